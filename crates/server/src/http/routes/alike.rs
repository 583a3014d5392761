//! Look-alikes: of a record, and of one that is being typed; merging two, and saying that two are two.

use app::{Aim, Done, Merge, Node, Viewer};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
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
    Routes::new()
        .post("/api/registers/{register}/alike", Access::Create, typed)
        .get("/api/registers/{register}/records/{id}/alike", Access::Read, of_record)
        .post("/api/registers/{register}/records/{id}/merge", Access::Edit, merge)
        .post("/api/registers/{register}/records/{id}/unmerge", Access::Edit, unmerge)
        .post("/api/registers/{register}/records/{id}/distinct", Access::Edit, distinct)
}

/// What is typed so far.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    values: Map<String, Value>,
}

/// A record that is merged into the one of the address.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Merging {
    other: String,
    #[serde(default)]
    take: Vec<String>,
    reason: Option<String>,
}

/// Why a merge is taken back.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parting {
    reason: Option<String>,
}

/// A record that is another thing, or that is not said to be any more.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Distinct {
    other: String,
    #[serde(default)]
    undo: bool,
    reason: Option<String>,
}

async fn typed(
    State(state): State<Shared>,
    Caller { viewer, .. }: Caller,
    Path(register): Path<String>,
    Body(typed): Body<Typed>,
) -> Result<Json<Value>, Problem> {
    let asked = move |node: &mut Node| node.alike_to(&viewer, &register, &typed.values);
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

async fn merge(
    State(state): State<Shared>,
    named: Named,
    Body(merging): Body<Merging>,
) -> Result<Response, Problem> {
    let merge = move |node: &mut Node, viewer: &Viewer, aim: Aim<'_>| {
        let Merging { other, take, reason } = &merging;
        node.merge(viewer, aim, Merge { other, take, reason: reason.as_deref() })
    };
    named.changed(&state, merge).await
}

async fn unmerge(
    State(state): State<Shared>,
    named: Named,
    Body(parting): Body<Parting>,
) -> Result<Response, Problem> {
    let part = move |node: &mut Node, viewer: &Viewer, aim: Aim<'_>| {
        node.unmerge(viewer, aim, parting.reason).map(Done::from)
    };
    named.changed(&state, part).await
}

async fn distinct(
    State(state): State<Shared>,
    named: Named,
    Body(said): Body<Distinct>,
) -> Result<Response, Problem> {
    let say = move |node: &mut Node, viewer: &Viewer, aim: Aim<'_>| {
        if said.undo {
            node.unsay_distinct(viewer, aim, &said.other, said.reason).map(Done::from)
        } else {
            node.say_distinct(viewer, aim, &said.other, said.reason).map(Done::from)
        }
    };
    named.changed(&state, say).await
}
