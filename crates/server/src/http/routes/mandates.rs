//! The resolutions the mission works under, and what changed from one to another.

use app::{Node, mandate_diff_json, mandate_json, mandate_named, mandates_json};
use axum::Json;
use axum::extract::{Path, State};
use serde_json::Value;

use crate::http::caller::Caller;
use crate::http::parameters::NoParameters;
use crate::http::problem::Problem;
use crate::http::route::{Access, Routes};
use crate::http::state::Shared;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/mandates", Access::SignedIn, mandates)
        .get("/api/mandates/{key}", Access::SignedIn, mandate)
        .get("/api/mandates/{key}/diff/{other}", Access::SignedIn, diff)
}

async fn mandates(
    State(state): State<Shared>,
    Caller { language, .. }: Caller,
    _: NoParameters,
) -> Result<Json<Value>, Problem> {
    let told = move |node: &mut Node| Ok(mandates_json(node.pack(), language.code()));
    Ok(Json(state.nodes.read(told).await?))
}

async fn mandate(
    State(state): State<Shared>,
    Caller { language, .. }: Caller,
    Path(key): Path<String>,
    _: NoParameters,
) -> Result<Json<Value>, Problem> {
    let told =
        move |node: &mut Node| Ok(mandate_json(mandate_named(node.pack(), &key)?, language.code()));
    Ok(Json(state.nodes.read(told).await?))
}

async fn diff(
    State(state): State<Shared>,
    Caller { language, .. }: Caller,
    Path((key, other)): Path<(String, String)>,
    _: NoParameters,
) -> Result<Json<Value>, Problem> {
    let told = move |node: &mut Node| {
        let pack = node.pack();
        let (from, to) = (mandate_named(pack, &key)?, mandate_named(pack, &other)?);
        Ok(mandate_diff_json(pack, from, to, language.code()))
    };
    Ok(Json(state.nodes.read(told).await?))
}
