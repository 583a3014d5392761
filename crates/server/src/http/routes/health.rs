//! Whether the server answers: for watchdogs and for whoever waits for its start.

use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use crate::http::route::{Access, Routes};

/// The address.
pub(crate) const HEALTH: &str = "/health";
/// What is answered there: nothing about the node, because anybody may ask.
pub(crate) const HEALTHY: &str = r#"{"status":"ok"}"#;

pub(super) fn routes() -> Routes {
    Routes::new().get(HEALTH, Access::Public, health)
}

async fn health() -> impl IntoResponse {
    ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], HEALTHY)
}
