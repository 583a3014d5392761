//! What is done to a record besides changing it: remarks, transitions, settled conflicts.

use app::{Answers, Choice, Node};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use model::finding::Finding;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::records::Change;
use crate::http::caller::Caller;
use crate::http::input::Body;
use crate::http::parameters::Parameters;
use crate::http::problem::Problem;
use crate::http::route::{Access, Routes};
use crate::http::state::Shared;
use crate::http::versions::Seen;

const COMMENTS: &str = "/api/registers/{register}/records/{id}/comments";
const TRANSITIONS: &str = "/api/registers/{register}/records/{id}/transitions";
const SETTLEMENTS: &str = "/api/registers/{register}/records/{id}/settlements";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(COMMENTS, Access::Read, comments)
        .post(COMMENTS, Access::Comment, comment)
        .post(TRANSITIONS, Access::Transition, transition)
        .post(SETTLEMENTS, Access::Settle, settle)
}

/// A remark to be.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Remark {
    text: String,
    field: Option<String>,
}

/// A step to be made.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    transition: String,
    #[serde(default)]
    values: Map<String, Value>,
    reason: Option<String>,
}

/// A conflict to be settled, with an entry's value or another one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settlement {
    field: String,
    entry: Option<String>,
    #[serde(default)]
    value: Value,
    reason: Option<String>,
}

async fn comments(
    State(state): State<Shared>,
    Caller { viewer, .. }: Caller,
    Path((register, id)): Path<(String, String)>,
    parameters: Parameters,
) -> Result<Json<Value>, Problem> {
    parameters.end()?;
    let found = move |node: &mut Node| {
        node.register_for(&viewer, &register)?;
        Ok(node.show(&viewer, &register, &id)?.0["comments"].take())
    };
    Ok(Json(state.nodes.read(found).await?))
}

async fn comment(
    State(state): State<Shared>,
    caller: Caller,
    Path((register, id)): Path<(String, String)>,
    seen: Seen,
    Body(remark): Body<Remark>,
) -> Result<Response, Problem> {
    let change = Change { caller, register, id, seen };
    change
        .carried_out(&state, move |node, change| {
            let aim = change.seen.aim(&change.register, &change.id)?;
            node.comment(&change.caller.viewer, aim, &remark.text, remark.field.as_deref())
        })
        .await
}

async fn transition(
    State(state): State<Shared>,
    caller: Caller,
    Path((register, id)): Path<(String, String)>,
    seen: Seen,
    Body(step): Body<Step>,
) -> Result<Response, Problem> {
    let change = Change { caller, register, id, seen };
    change
        .carried_out(&state, move |node, change| {
            let aim = change.seen.aim(&change.register, &change.id)?;
            let given = (step.transition.as_str(), Answers::from(&step.values));
            node.transition(&change.caller.viewer, aim, given, step.reason)
        })
        .await
}

async fn settle(
    State(state): State<Shared>,
    caller: Caller,
    Path((register, id)): Path<(String, String)>,
    seen: Seen,
    Body(settlement): Body<Settlement>,
) -> Result<Response, Problem> {
    let Settlement { field, entry, value, reason } = settlement;
    let choice = match entry {
        Some(entry) => Choice::Entry(entry.parse().map_err(|_not_an_id| {
            let finding = Finding::error("entry-id-invalid").with("value", entry);
            Problem::from(app::AppError::invalid(vec![finding]))
        })?),
        None => Choice::Json(value),
    };
    let change = Change { caller, register, id, seen };
    change
        .carried_out(&state, move |node, change| {
            let aim = change.seen.aim(&change.register, &change.id)?;
            node.settle(&change.caller.viewer, aim, (&field, &choice), reason)
        })
        .await
}
