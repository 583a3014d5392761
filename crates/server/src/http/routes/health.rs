//! Whether the server answers: for watchdogs and for whoever waits for its start.

use axum::Json;
use serde_json::{Value, json};

use crate::http::route::{Access, Routes};

pub(super) fn routes() -> Routes {
    Routes::new().get("/health", Access::Public, health)
}

/// Says nothing about the node: anybody may ask.
async fn health() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}
