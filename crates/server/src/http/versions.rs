//! Entity tags of records, and what whoever changes one says they have seen.

use app::{Aim, AppError, Version};
use axum::extract::FromRequestParts;
use axum::http::header::{ETAG, IF_MATCH, IF_NONE_MATCH};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use model::finding::Finding;
use serde_json::Value as Json;

use crate::http::caller::Caller;
use crate::http::problem::Problem;
use crate::http::state::State;

/// What `If-Match` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// Nothing.
    Unsaid,
    /// `*`: the record as it is, whatever that be.
    Anything,
    /// One of these versions; of none, what no record of ours ever was.
    Versions(Vec<Version>),
}

impl<S: Send + Sync> FromRequestParts<S> for Seen {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        _state: &S,
    ) -> Result<Self, std::convert::Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

impl Seen {
    /// What the headers say.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let lists = headers.get_all(IF_MATCH).iter();
        let lists: Vec<&str> = lists.map(|list| list.to_str().unwrap_or_default()).collect();
        if lists.is_empty() { Self::Unsaid } else { Self::read(&lists.join(",")) }
    }

    /// What was seen, where something has to be said.
    pub(crate) fn demanded(self) -> Result<Self, Problem> {
        if self == Self::Unsaid {
            let finding = Finding::error("if-match-missing");
            return Err(Problem::new(StatusCode::PRECONDITION_REQUIRED, finding));
        }
        Ok(self)
    }

    /// The record of this register and id, as it was seen.
    pub(crate) fn aim<'a>(&'a self, register: &'a str, id: &'a str) -> Result<Aim<'a>, AppError> {
        let seen = match self {
            Self::Unsaid | Self::Anything => None,
            Self::Versions(versions) if versions.is_empty() => {
                let finding = Finding::error("record-changed").with("record", id);
                return Err(AppError::new(app::Kind::Conflict, finding));
            }
            Self::Versions(versions) => Some(versions.as_slice()),
        };
        Ok(Aim { register, id, seen })
    }

    /// The versions among a list of entity tags.
    fn read(text: &str) -> Self {
        if text.trim() == "*" {
            return Self::Anything;
        }
        let tags = text.split(',').map(|tag| tag.trim().trim_matches('"'));
        Self::Versions(tags.filter_map(|tag| tag.parse().ok()).collect())
    }
}

/// Whether the client says that it holds what has this tag. Strong and weak tags count as one:
/// nothing is asked for in parts.
pub(crate) fn is_held(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let strong = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let tag = tag.to_str().map(strong);
    let lists = headers.get_all(IF_NONE_MATCH).into_iter().filter_map(|list| list.to_str().ok());
    let mut held = lists.flat_map(|list| list.split(',')).map(strong);
    held.any(|held| held == "*" || tag.as_ref().is_ok_and(|tag| held == *tag))
}

/// The entity tag of a shown record.
pub(crate) fn tag(version: &str) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

/// A change that was refused: where somebody else was quicker, with the record as it is now.
pub(crate) async fn refused(
    state: &State,
    caller: &Caller,
    (register, id): (&str, &str),
    error: AppError,
) -> Problem {
    if !error.findings.iter().any(|finding| finding.code == "record-changed") {
        return error.into();
    }
    let (viewer, register, id) = (caller.viewer.clone(), register.to_owned(), id.to_owned());
    let current = state.nodes.read(move |node| node.show(&viewer, &register, &id)).await;
    match (current, error.findings.into_iter().next()) {
        (Ok(shown), Some(finding)) => {
            let tag = tag(shown.version());
            let problem = Problem::new(StatusCode::PRECONDITION_FAILED, finding);
            problem.with_header(ETAG, tag).with_member("record", shown.0)
        }
        (Err(error), _) => error.into(),
        (Ok(_), None) => Problem::nothing_here(),
    }
}

/// A record's document and its entity tag.
pub(crate) fn tagged(
    shown: app::Shown,
) -> ([(axum::http::HeaderName, HeaderValue); 1], axum::Json<Json>) {
    let tag = tag(shown.version());
    ([(ETAG, tag)], axum::Json(shown.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entity_tags_are_versions_or_nothing_that_ever_was() {
        let text = "0f".repeat(16);
        let (first, second) = (text.parse().expect("a version"), "1e".repeat(16));
        let version = Seen::Versions(vec![first]);
        assert_eq!(Seen::read(&format!("\"{text}\"")), version);
        assert_eq!(Seen::read(&format!("\"x\", \"{text}\"")), version);
        let both = vec![first, second.parse().expect("a version")];
        assert_eq!(Seen::read(&format!("\"{text}\",\"{second}\"")), Seen::Versions(both));
        assert_eq!(Seen::read(" * "), Seen::Anything);
        for odd in ["", "\"x\"", "W/\"*\"", &format!("W/\"{text}\"")] {
            assert_eq!(Seen::read(odd), Seen::Versions(Vec::new()), "{odd}");
        }
        assert!(Seen::Unsaid.demanded().is_err());
        assert_eq!(Seen::Anything.aim("r", "i").expect("any").seen, None);
        assert!(Seen::Versions(Vec::new()).aim("r", "i").is_err());
    }

    #[test]
    fn what_a_client_holds_is_known_by_any_of_its_tags() {
        let is_held = |lists: &[&'static str]| {
            let lists = lists.iter().map(|list| (IF_NONE_MATCH, HeaderValue::from_static(list)));
            let mut headers = HeaderMap::new();
            for (name, list) in lists {
                headers.append(name, list);
            }
            ["\"a\"", "W/\"a\""].map(|tag| is_held(&headers, &HeaderValue::from_static(tag)))
        };
        for lists in [&["\"a\""][..], &["W/\"a\""], &["\"b\", \"a\""], &["\"b\"", "\"a\""], &["*"]]
        {
            assert_eq!(is_held(lists), [true, true], "{lists:?}");
        }
        for lists in [&[][..], &["\"b\""], &["a"], &["\"aa\""], &[""]] {
            assert_eq!(is_held(lists), [false, false], "{lists:?}");
        }
    }
}
