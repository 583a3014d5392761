//! `Idempotency-Key`: a request that is sent again because its answer was lost says so by its key.

use app::RequestKey;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use model::finding::Finding;

use crate::http::problem::Problem;

const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The key of a request, where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Once(pub(crate) Option<RequestKey>);

impl<S: Send + Sync> FromRequestParts<S> for Once {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let Some(given) = parts.headers.get(IDEMPOTENCY_KEY) else { return Ok(Self(None)) };
        // The draft standard writes it in quotes, most clients without.
        let text = given.to_str().unwrap_or_default().trim_matches('"');
        let key = text.parse().map_err(|_error| {
            Problem::new(StatusCode::BAD_REQUEST, Finding::error("request-key-invalid"))
        });
        Ok(Self(Some(key?)))
    }
}
