//! Who asks: the user behind a session cookie or a token.
//!
//! A handler that takes a [`Caller`] gets the one its route admitted. Unknown, expired and shut out
//! look the same: nobody has signed in.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use app::{Action, AppError, Node, Viewer};
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, COOKIE};
use axum::http::request::Parts;

use crate::http::language;
use crate::http::openrosa;
use crate::http::problem::Problem;
use crate::http::state::State;
use crate::words::Language;

/// The name of the session's cookie over TLS: browsers take it from this host alone.
pub(crate) const COOKIE_SECURE: &str = "__Host-casque";
/// Its name without TLS, where browsers refuse the prefix.
pub(crate) const COOKIE_PLAIN: &str = "casque";
const BEARER: &str = "bearer ";

/// Who asks, in which language.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// What they may see and do, within what their session or token is good for.
    pub(crate) viewer: Arc<Viewer>,
    /// The session or token as the node knows it.
    pub(crate) known: app::Caller,
    /// In which language they are answered.
    pub(crate) language: Language,
}

impl Caller {
    /// Whether the caller may do this to anything at all. Which records it may be done to, `app`
    /// decides with each of them.
    pub(crate) fn may(&self, action: Action) -> bool {
        self.viewer.grants.iter().any(|held| held.grant.actions.contains(&action))
    }
}

/// What a request brings along, before anybody looked at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presented<'a> {
    /// The text of the session's cookie.
    Session(&'a str),
    /// The text of the token.
    Token(&'a [u8]),
}

/// The caller of a request, or the problem that nobody has signed in.
pub(crate) async fn of(state: &State, parts: &Parts) -> Result<Caller, Problem> {
    let presented = presented(&parts.headers, state.settings.is_secure);
    let presented = presented.ok_or_else(Problem::sign_in_needed)?;
    let known = state.nodes.glance(|node| identify(node, presented)).await?;
    let known = known.ok_or_else(Problem::sign_in_needed)?;
    if known.due {
        note_use(state, known.clone());
    }
    let language = language::asked(&parts.uri, &parts.headers);
    Ok(Caller { viewer: Arc::clone(&known.viewer), known, language })
}

/// The caller of a request whose address holds a phone's key, or the problem that it is no good.
pub(crate) async fn of_phone(state: &State, parts: &Parts) -> Result<Caller, Problem> {
    let key = openrosa::key(parts.uri.path()).ok_or_else(Problem::phone_key_refused)?;
    let known = state.nodes.glance(|node| node.phone_caller(key.as_bytes())).await?;
    let known = known.ok_or_else(Problem::phone_key_refused)?;
    if known.due {
        note_use(state, known.clone());
    }
    let language = language::asked(&parts.uri, &parts.headers);
    Ok(Caller { viewer: Arc::clone(&known.viewer), known, language })
}

/// Writes down that a session or token was used, at most once a minute each.
fn note_use(state: &State, known: app::Caller) {
    let note = move |node: &mut Node| node.caller_seen(&known);
    state.nodes.write_beside("the use of a session or token was not noted", note);
}

/// What the headers bring along. A token comes before a cookie.
pub(crate) fn presented(headers: &HeaderMap, is_secure: bool) -> Option<Presented<'_>> {
    if let Some(authorization) = headers.get(AUTHORIZATION) {
        let (scheme, token) = authorization.as_bytes().split_at_checked(BEARER.len())?;
        let is_bearer = scheme.eq_ignore_ascii_case(BEARER.as_bytes());
        return is_bearer.then(|| Presented::Token(token.trim_ascii()));
    }
    let name = cookie_name(is_secure);
    let pairs = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs =
        pairs.flat_map(|value| value.split(';')).filter_map(|pair| pair.split_once('='));
    let secret = pairs.find_map(|(key, secret)| (key.trim() == name).then_some(secret))?;
    Some(Presented::Session(secret.trim()))
}

/// The name of the session's cookie.
pub(crate) const fn cookie_name(is_secure: bool) -> &'static str {
    if is_secure { COOKIE_SECURE } else { COOKIE_PLAIN }
}

/// Whom the node knows by it; nobody where it is unknown, expired or shut out.
fn identify(node: &Node, presented: Presented<'_>) -> Result<Option<app::Caller>, AppError> {
    match presented {
        Presented::Session(secret) => node.session_caller(secret.as_bytes()),
        Presented::Token(secret) => node.token_caller(secret),
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(Problem::sign_in_needed)
    }
}

/// Where a request comes from: the other end of its connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Remote(pub(crate) SocketAddr);

impl<S: Send + Sync> FromRequestParts<S> for Remote {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let unknown = Self(SocketAddr::from(([0, 0, 0, 0], 0)));
        Ok(parts.extensions.get::<Self>().copied().unwrap_or(unknown))
    }
}
