//! Records: pages of them, one of them, making, changing, deleting and bringing back.

use app::{Aim, Answers, Done, Node, Shown, Viewer};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_TYPE, ETAG, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::record::{Named, warned};
use crate::http::caller::Caller;
use crate::http::input::Body;
use crate::http::once::Once;
use crate::http::parameters::{NoParameters, Parameters};
use crate::http::problem::Problem;
use crate::http::route::{Access, Routes};
use crate::http::state::Shared;
use crate::http::versions::{tag, tagged};

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

/// Makes a record, once for each key. Whoever may file into a register and not read it hears its id alone.
async fn create(
    State(state): State<Shared>,
    Caller { viewer, language, .. }: Caller,
    Path(register): Path<String>,
    Once(key): Once,
    Body(Given { values, reason }): Body<Given>,
) -> Result<Response, Problem> {
    let made = move |node: &mut Node| {
        let answers = Answers::from(&values);
        let Done { outcome: id, warnings } = match key {
            Some(key) => node.create_record_once(&viewer, &register, (&values, reason), key)?,
            None => node.create_record(&viewer, &register, answers, reason)?,
        };
        let id = id.to_string();
        let shown = node.show(&viewer, &register, &id).ok();
        let shown = shown.unwrap_or_else(|| Shown(json!({ "id": id })));
        Ok((format!("/api/registers/{register}/records/{id}"), shown, warnings))
    };
    let (address, shown, warnings) = state.nodes.write(made).await?;
    let shown = warned(shown, state.words(language), &warnings);
    let location = HeaderValue::from_str(&address).map_err(Problem::malformed)?;
    let headers = [(LOCATION, location)];
    if shown.version().is_empty() {
        return Ok((StatusCode::CREATED, headers, Json(shown.0)).into_response());
    }
    Ok((StatusCode::CREATED, headers, tagged(shown)).into_response())
}

async fn show(
    State(state): State<Shared>,
    named: Named,
    _: NoParameters,
) -> Result<impl IntoResponse, Problem> {
    let shown = named.asked(&state, |node, viewer, (register, id)| node.show(viewer, register, id));
    Ok(tagged(shown.await?))
}

async fn change(
    State(state): State<Shared>,
    named: Named,
    Body(given): Body<Given>,
) -> Result<Response, Problem> {
    let edit = move |node: &mut Node, viewer: &Viewer, aim: Aim<'_>| {
        node.edit_record(viewer, aim, Answers::from(&given.values), given.reason)
    };
    named.seen()?.changed(&state, edit).await
}

async fn delete(
    State(state): State<Shared>,
    named: Named,
    body: Bytes,
) -> Result<impl IntoResponse, Problem> {
    let named = named.seen()?;
    let reason = reason(&body)?;
    let done = named.done(&state, |node, viewer, aim| node.delete_record(viewer, aim, reason));
    let tag = done.await?.1.map(|shown| [(ETAG, tag(shown.version()))]);
    Ok((tag, StatusCode::NO_CONTENT))
}

async fn restore(
    State(state): State<Shared>,
    named: Named,
    body: Bytes,
) -> Result<Response, Problem> {
    let reason = reason(&body)?;
    let restore = move |node: &mut Node, viewer: &Viewer, aim: Aim<'_>| {
        node.restore_record(viewer, aim, reason).map(Done::from)
    };
    named.changed(&state, restore).await
}

async fn history(
    State(state): State<Shared>,
    named: Named,
    _: NoParameters,
) -> Result<Json<Value>, Problem> {
    let steps =
        named.asked(&state, |node, viewer, (register, id)| node.history(viewer, register, id));
    Ok(Json(steps.await?.into_iter().map(|step| step.0).collect()))
}

/// The reason in a body, which may be empty.
fn reason(body: &[u8]) -> Result<Option<String>, Problem> {
    if body.is_empty() {
        return Ok(None);
    }
    let why: Why = serde_json::from_slice(body).map_err(Problem::malformed)?;
    Ok(why.reason)
}
