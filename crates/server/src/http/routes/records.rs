//! Records: pages of them, one of them, making, changing, deleting and bringing back.

use app::{Answers, Node, Shown};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_TYPE, ETAG, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::http::caller::Caller;
use crate::http::input::Body;
use crate::http::parameters::Parameters;
use crate::http::problem::Problem;
use crate::http::route::{Access, Routes};
use crate::http::state::Shared;
use crate::http::versions::{self, Seen, tagged};

const RECORDS: &str = "/api/registers/{register}/records";
const RECORD: &str = "/api/registers/{register}/records/{id}";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(RECORDS, Access::Read, page)
        .post(RECORDS, Access::Create, create)
        .get(RECORD, Access::Read, show)
        .patch(RECORD, Access::Edit, change)
        .delete(RECORD, Access::Delete, delete)
        .get("/api/registers/{register}/records/{id}/history", Access::Read, history)
        .post("/api/registers/{register}/records/{id}/restore", Access::Delete, restore)
}

/// What is given for the fields of a record.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    values: Map<String, Value>,
    reason: Option<String>,
}

/// Why something is done.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Why {
    reason: Option<String>,
}

async fn page(
    State(state): State<Shared>,
    Caller { viewer, .. }: Caller,
    Path(register): Path<String>,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let question = parameters.page(register);
    let count = parameters.word("count", &["true", "false"]) == Some("true");
    parameters.end()?;
    let written = move |node: &mut Node| {
        node.register_for(&viewer, &question.register)?;
        let mut out = b"{\"records\":[".to_vec();
        let page = node.write_records(&viewer, &question, count, &mut out)?;
        let end = match page.matched {
            Some(matched) => {
                json!({ "matched": matched, "returned": page.returned, "more": page.more })
            }
            None => json!({ "returned": page.returned, "more": page.more }),
        };
        out.extend_from_slice(b"],");
        out.extend_from_slice(end.to_string().trim_start_matches('{').as_bytes());
        Ok(out)
    };
    let body = state.nodes.read(written).await?;
    let kind = HeaderValue::from_static("application/json");
    Ok(([(CONTENT_TYPE, kind)], body).into_response())
}

/// Makes a record. Whoever may file into a register and not read it hears its id alone.
async fn create(
    State(state): State<Shared>,
    Caller { viewer, .. }: Caller,
    Path(register): Path<String>,
    Body(given): Body<Given>,
) -> Result<Response, Problem> {
    let made = move |node: &mut Node| {
        node.register_for(&viewer, &register)?;
        let answers = Answers::from(&given.values);
        let id = node.create_record(&viewer, &register, answers, given.reason)?.to_string();
        let shown = node.show(&viewer, &register, &id).ok();
        Ok((format!("/api/registers/{register}/records/{id}"), id, shown))
    };
    let (address, id, shown) = state.nodes.write(made).await?;
    let location = HeaderValue::from_str(&address).map_err(Problem::malformed)?;
    let headers = [(LOCATION, location)];
    Ok(match shown {
        Some(shown) => (StatusCode::CREATED, headers, tagged(shown)).into_response(),
        None => (StatusCode::CREATED, headers, Json(json!({ "id": id }))).into_response(),
    })
}

async fn show(
    State(state): State<Shared>,
    Caller { viewer, .. }: Caller,
    Path((register, id)): Path<(String, String)>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    parameters.end()?;
    let found = move |node: &mut Node| {
        node.register_for(&viewer, &register)?;
        node.show(&viewer, &register, &id)
    };
    Ok(tagged(state.nodes.read(found).await?).into_response())
}

async fn change(
    State(state): State<Shared>,
    caller: Caller,
    Path((register, id)): Path<(String, String)>,
    seen: Seen,
    Body(given): Body<Given>,
) -> Result<Response, Problem> {
    let seen = seen.demanded()?;
    let change = Change { caller, register, id, seen };
    change
        .carried_out(&state, move |node, change| {
            let answers = Answers::from(&given.values);
            let aim = change.seen.aim(&change.register, &change.id)?;
            node.edit_record(&change.caller.viewer, aim, answers, given.reason).map(drop)
        })
        .await
}

async fn delete(
    State(state): State<Shared>,
    caller: Caller,
    Path((register, id)): Path<(String, String)>,
    seen: Seen,
    body: Bytes,
) -> Result<Response, Problem> {
    let seen = seen.demanded()?;
    let reason = reason(&body)?;
    let change = Change { caller, register, id, seen };
    let done = change.carried_out(&state, move |node, change| {
        let aim = change.seen.aim(&change.register, &change.id)?;
        node.delete_record(&change.caller.viewer, aim, reason)
    });
    let tag = done.await?.headers().get(ETAG).cloned();
    let headers = tag.map(|tag| [(ETAG, tag)]);
    Ok(match headers {
        Some(headers) => (StatusCode::NO_CONTENT, headers).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    })
}

async fn restore(
    State(state): State<Shared>,
    caller: Caller,
    Path((register, id)): Path<(String, String)>,
    seen: Seen,
    body: Bytes,
) -> Result<Response, Problem> {
    let reason = reason(&body)?;
    let change = Change { caller, register, id, seen };
    change
        .carried_out(&state, move |node, change| {
            let aim = change.seen.aim(&change.register, &change.id)?;
            node.restore_record(&change.caller.viewer, aim, reason)
        })
        .await
}

async fn history(
    State(state): State<Shared>,
    Caller { viewer, .. }: Caller,
    Path((register, id)): Path<(String, String)>,
    parameters: Parameters,
) -> Result<Json<Value>, Problem> {
    parameters.end()?;
    let found = move |node: &mut Node| {
        node.register_for(&viewer, &register)?;
        let steps = node.history(&viewer, &register, &id)?;
        Ok(steps.into_iter().map(|step| step.0).collect())
    };
    Ok(Json(state.nodes.read(found).await?))
}

/// The reason in a body, which may be empty.
fn reason(body: &[u8]) -> Result<Option<String>, Problem> {
    if body.is_empty() {
        return Ok(None);
    }
    let why: Why = serde_json::from_slice(body).map_err(Problem::malformed)?;
    Ok(why.reason)
}

/// Something to be done to a record.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// Who does it.
    pub(super) caller: Caller,
    /// The record's register.
    pub(super) register: String,
    /// The record's id.
    pub(super) id: String,
    /// What its author says they saw.
    pub(super) seen: Seen,
}

impl Change {
    /// Does it, and answers with the record as it is then. A record that its author may no longer
    /// read afterwards is not shown.
    pub(super) async fn carried_out(
        self,
        state: &Shared,
        act: impl FnOnce(&mut Node, &Self) -> Result<(), app::AppError> + Send + 'static,
    ) -> Result<Response, Problem> {
        let change = self.clone();
        let done = state.nodes.write(move |node| {
            let viewer = &change.caller.viewer;
            node.register_for(viewer, &change.register)?;
            act(node, &change)?;
            Ok::<Option<Shown>, _>(node.show(viewer, &change.register, &change.id).ok())
        });
        match done.await {
            Ok(Some(shown)) => Ok(tagged(shown).into_response()),
            Ok(None) => Ok(StatusCode::NO_CONTENT.into_response()),
            Err(error) => {
                let at = (self.register.as_str(), self.id.as_str());
                Err(versions::refused(state, &self.caller, at, error).await)
            }
        }
    }
}
