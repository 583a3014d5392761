//! What is done to a record besides changing it: remarks, transitions, settled conflicts.

use app::{Aim, Answers, AppError, Choice, Done, Node, Viewer};
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use model::finding::Finding;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::record::Named;
use crate::http::input::Body;
use crate::http::parameters::NoParameters;
use crate::http::problem::Problem;
use crate::http::route::{Access, Routes};
use crate::http::state::Shared;

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
    named: Named,
    _: NoParameters,
) -> Result<Json<Value>, Problem> {
    let shown = named.asked(&state, |node, viewer, (register, id)| node.show(viewer, register, id));
    Ok(Json(shown.await?.0["comments"].take()))
}

async fn comment(
    State(state): State<Shared>,
    named: Named,
    Body(remark): Body<Remark>,
) -> Result<Response, Problem> {
    let comment = move |node: &mut Node, viewer: &Viewer, aim: Aim<'_>| {
        node.comment(viewer, aim, &remark.text, remark.field.as_deref()).map(Done::from)
    };
    named.changed(&state, comment).await
}

async fn transition(
    State(state): State<Shared>,
    named: Named,
    Body(step): Body<Step>,
) -> Result<Response, Problem> {
    let transition = move |node: &mut Node, viewer: &Viewer, aim: Aim<'_>| {
        let given = (step.transition.as_str(), Answers::from(&step.values));
        node.transition(viewer, aim, given, step.reason)
    };
    named.changed(&state, transition).await
}

async fn settle(
    State(state): State<Shared>,
    named: Named,
    Body(settlement): Body<Settlement>,
) -> Result<Response, Problem> {
    let Settlement { field, entry, value, reason } = settlement;
    let choice = match entry {
        Some(entry) => Choice::Entry(entry.parse().map_err(|_not_an_id| {
            let finding = Finding::error("entry-id-invalid").with("value", entry);
            Problem::from(AppError::invalid(vec![finding]))
        })?),
        None => Choice::Json(value),
    };
    let settle = move |node: &mut Node, viewer: &Viewer, aim: Aim<'_>| {
        node.settle(viewer, aim, (&field, &choice), reason)
    };
    named.changed(&state, settle).await
}
