//! The places of the mission: areas by level, places by name.

use axum::Json;
use axum::extract::State;
use serde_json::Value;

use crate::http::parameters::Parameters;
use crate::http::problem::Problem;
use crate::http::route::{Access, Routes};
use crate::http::state::Shared;

/// How many places are found at most.
const PLACES_MAX: usize = 100;
const PLACES_DEFAULT: usize = 10;
/// The deepest level of areas anybody has.
const LEVELS_MAX: u8 = 9;

pub(super) fn routes() -> Routes {
    Routes::new().get("/api/areas", Access::SignedIn, areas).get(
        "/api/places",
        Access::SignedIn,
        places,
    )
}

async fn areas(
    State(state): State<Shared>,
    mut parameters: Parameters,
) -> Result<Json<Value>, Problem> {
    let level = parameters.number("level", &(0..=LEVELS_MAX));
    parameters.end()?;
    Ok(Json(state.nodes.read(move |node| node.areas_json(level)).await?))
}

async fn places(
    State(state): State<Shared>,
    mut parameters: Parameters,
) -> Result<Json<Value>, Problem> {
    let words = parameters.text("q").unwrap_or_default();
    let limit = parameters.number("limit", &(1..=PLACES_MAX)).unwrap_or(PLACES_DEFAULT);
    parameters.end()?;
    Ok(Json(state.nodes.read(move |node| node.places_json(&words, limit)).await?))
}
