//! Signing in and out, and what a person does about their own account.
//!
//! The session's secret travels in a cookie that scripts cannot read and other sites cannot send.

use std::net::IpAddr;

use app::{AppError, Checked, NewPassword, Node};
use axum::Json;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use qrcode::QrCode;
use qrcode::render::svg;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::http::caller::{self, Caller, Presented, Remote};
use crate::http::hashing::Place;
use crate::http::input::Body;
use crate::http::problem::Problem;
use crate::http::route::{Access, Routes};
use crate::http::state::{Settings, Shared};
use crate::system::SystemRandomness;
use crate::words::Language;

/// How many bytes what is sent here has at most.
const BODY_BYTES_MAX: usize = 8 << 10;
/// The longest code anybody types, in bytes.
const CODE_BYTES_MAX: usize = 16;
/// The smallest picture of a secret that telephones read well, in pixels.
const PICTURE_PIXELS: u32 = 240;

pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/api/sign-in", Access::Public, sign_in)
        .taking(BODY_BYTES_MAX)
        .post("/api/sign-out", Access::SignedIn, sign_out)
        .get("/api/session", Access::SignedIn, session)
        .post("/api/session/password", Access::SignedIn, change_password)
        .taking(BODY_BYTES_MAX)
        .post("/api/session/totp", Access::SignedIn, begin_codes)
        .put("/api/session/totp", Access::SignedIn, confirm_codes)
        .taking(BODY_BYTES_MAX)
        .delete("/api/session/totp", Access::SignedIn, end_codes)
        .taking(BODY_BYTES_MAX)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Credentials {
    name: String,
    password: String,
    code: Option<String>,
}

/// Whatever is wrong, the answer is the same. A session the browser had before is ended, so that
/// nobody goes on with an id that somebody else gave them.
async fn sign_in(
    State(state): State<Shared>,
    Remote(remote): Remote,
    language: Language,
    headers: HeaderMap,
    Body(given): Body<Credentials>,
) -> Result<Response, Problem> {
    let Credentials { name, password, code } = given;
    let code = code.filter(|code| !code.is_empty() && code.len() <= CODE_BYTES_MAX);
    let before = session_before(&headers, &state.settings);
    let place = state.hashing.place()?;
    let attempt = state.nodes.write(move |node| node.sign_in_begin(&name, remote.ip())).await?;
    let checked = place.hash(move || attempt.check(&password)).await?;
    let change = move |node: &mut Node| {
        let signed_in = node.sign_in_finish(checked, code.as_deref())?;
        end_session(node, before.as_deref())?;
        let told = node.session_json(&signed_in.caller, language.code())?;
        Ok((signed_in.secret, told))
    };
    let (secret, told) = state.nodes.write(change).await?;
    let cookie = cookie(&state.settings, secret.reveal());
    Ok(([(SET_COOKIE, cookie)], Json(told)).into_response())
}

/// The secret of the session that a browser has had so far.
fn session_before(headers: &HeaderMap, settings: &Settings) -> Option<Vec<u8>> {
    match caller::presented(headers, settings.is_secure)? {
        Presented::Session(secret) => Some(secret.as_bytes().to_vec()),
        Presented::Token(_) => None,
    }
}

fn end_session(node: &mut Node, secret: Option<&[u8]>) -> Result<(), AppError> {
    let caller = secret.map(|secret| node.session_caller(secret)).transpose()?.flatten();
    caller.map_or(Ok(()), |caller| node.sign_out(&caller))
}

async fn sign_out(State(state): State<Shared>, caller: Caller) -> Result<Response, Problem> {
    let known = caller.known;
    known.signed_in()?;
    state.nodes.write(move |node| node.sign_out(&known)).await?;
    let cookie = format!("{}; Max-Age=0", cookie_text(&state.settings, ""));
    let cookie = HeaderValue::from_str(&cookie).map_err(Problem::malformed)?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]).into_response())
}

async fn session(State(state): State<Shared>, caller: Caller) -> Result<Json<Value>, Problem> {
    let Caller { known, language, .. } = caller;
    let told = state.nodes.read(move |node| node.session_json(&known, language.code())).await?;
    Ok(Json(told))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PasswordChange {
    old: String,
    new: String,
}

async fn change_password(
    State(state): State<Shared>,
    Remote(remote): Remote,
    caller: Caller,
    Body(given): Body<PasswordChange>,
) -> Result<StatusCode, Problem> {
    let PasswordChange { old, new } = given;
    let (known, place) = (caller.known, state.hashing.place()?);
    let checked = checked(&state, &place, (&known, remote.ip()), old).await?;
    let new = place.hash(move || NewPassword::new(&new, &mut SystemRandomness)).await?;
    state.nodes.write(move |node| node.password_finish(&known, &checked, &new)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether somebody who is signed in gave their password: a guess like any other.
async fn checked(
    state: &Shared,
    place: &Place,
    (known, address): (&app::Caller, IpAddr),
    password: String,
) -> Result<Checked, Problem> {
    let known = known.clone();
    let attempt = state.nodes.write(move |node| node.password_begin(&known, address)).await?;
    place.hash(move || attempt.check(&password)).await
}

/// A secret for the telephone, as text and as a picture. It counts once a code of it was given.
async fn begin_codes(State(state): State<Shared>, caller: Caller) -> Result<Json<Value>, Problem> {
    let enrolment = state.nodes.write(move |node| node.totp_begin(&caller.known)).await?;
    let picture = QrCode::new(&enrolment.uri).map_err(Problem::malformed)?;
    let mut picture = picture.render::<svg::Color<'_>>();
    let picture = picture.min_dimensions(PICTURE_PIXELS, PICTURE_PIXELS).build();
    Ok(Json(json!({ "secret": enrolment.secret, "uri": enrolment.uri, "qr_svg": picture })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Code {
    code: String,
}

async fn confirm_codes(
    State(state): State<Shared>,
    caller: Caller,
    Body(given): Body<Code>,
) -> Result<StatusCode, Problem> {
    state.nodes.write(move |node| node.totp_confirm(&caller.known, &given.code)).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Password {
    password: String,
}

async fn end_codes(
    State(state): State<Shared>,
    Remote(remote): Remote,
    caller: Caller,
    Body(given): Body<Password>,
) -> Result<StatusCode, Problem> {
    let (known, place) = (caller.known, state.hashing.place()?);
    let checked = checked(&state, &place, (&known, remote.ip()), given.password).await?;
    state.nodes.write(move |node| node.totp_end(&known, &checked)).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn cookie(settings: &Settings, secret: &str) -> HeaderValue {
    let mut cookie = HeaderValue::from_str(&cookie_text(settings, secret))
        .expect("a secret is letters, digits and underscores");
    cookie.set_sensitive(true);
    cookie
}

/// Gone with the browser: a cookie without an age.
fn cookie_text(settings: &Settings, secret: &str) -> String {
    let name = caller::cookie_name(settings.is_secure);
    let secure = if settings.is_secure { "; Secure" } else { "" };
    format!("{name}={secret}; Path=/; HttpOnly; SameSite=Strict{secure}")
}
