//! Look-alikes: of a record, and of one that is being typed.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::record::Named;
use crate::http::caller::Caller;
use crate::http::input::Body;
use crate::http::parameters::NoParameters;
use crate::http::problem::Problem;
use crate::http::route::{Access, Routes};
use crate::http::state::Shared;

pub(super) fn routes() -> Routes {
    Routes::new().post("/api/registers/{register}/alike", Access::Create, typed).get(
        "/api/registers/{register}/records/{id}/alike",
        Access::Read,
        of_record,
    )
}

/// What is typed so far.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    values: Map<String, Value>,
}

async fn typed(
    State(state): State<Shared>,
    Caller { viewer, .. }: Caller,
    Path(register): Path<String>,
    Body(typed): Body<Typed>,
) -> Result<Json<Value>, Problem> {
    let asked = move |node: &mut app::Node| node.alike_to(&viewer, &register, &typed.values);
    Ok(Json(state.nodes.read(asked).await?))
}

async fn of_record(
    State(state): State<Shared>,
    named: Named,
    _: NoParameters,
) -> Result<Json<Value>, Problem> {
    let asked =
        named.asked(&state, |node, viewer, (register, id)| node.alike(viewer, register, id));
    Ok(Json(asked.await?))
}
