//! What phones sent and somebody has to look at: the same as `casque phone refused`.

use app::Node;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use model::finding::Finding;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::http::caller::Caller;
use crate::http::input::Body;
use crate::http::parameters::NoParameters;
use crate::http::problem::Problem;
use crate::http::route::{Access, Routes};
use crate::http::state::Shared;
use crate::terminal::{finding_kept, outlined, taken_json};
use crate::words::Language;

const REFUSED: &str = "/api/phone/refused";
const ONE: &str = "/api/phone/refused/{id}";
const FILE: &str = "/api/phone/refused/{id}/files/{blob}";
const RETRY: &str = "/api/phone/refused/{id}/retry";
const DISMISS: &str = "/api/phone/refused/{id}/dismiss";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(REFUSED, Access::SignedIn, list)
        .get(ONE, Access::SignedIn, show)
        .get(FILE, Access::SignedIn, file)
        .post(RETRY, Access::SignedIn, retry)
        .post(DISMISS, Access::SignedIn, dismiss)
}

/// A finding as it is kept: with its words in every language, for whoever looks at it later.
pub(super) fn kept_words(state: &Shared, finding: &Finding) -> Value {
    finding_kept([Language::En, Language::Fr].map(|language| state.words(language)), finding)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Closing {
    reason: String,
}

async fn list(
    State(state): State<Shared>,
    Caller { viewer, language, .. }: Caller,
    _: NoParameters,
) -> Result<Json<Value>, Problem> {
    let all = move |node: &mut Node| node.phone_refused(&viewer, language.code());
    let mut found = state.nodes.read(all).await?;
    let words = state.words(language);
    for one in found.as_array_mut().into_iter().flatten() {
        *one = outlined(words, one.take());
    }
    Ok(Json(found))
}

async fn show(
    State(state): State<Shared>,
    Caller { viewer, language, .. }: Caller,
    Path(id): Path<String>,
    _: NoParameters,
) -> Result<Json<Value>, Problem> {
    let one = move |node: &mut Node| node.phone_refused_one(&viewer, &id, language.code());
    Ok(Json(outlined(state.words(language), state.nodes.read(one).await?)))
}

/// Saved, never shown: nobody has looked at it yet.
async fn file(
    State(state): State<Shared>,
    Caller { viewer, .. }: Caller,
    Path((id, blob)): Path<(String, String)>,
    _: NoParameters,
) -> Result<Response, Problem> {
    let content = move |node: &mut Node| node.phone_refused_file(&viewer, &id, &blob);
    let content = state.nodes.read(content).await?;
    let headers = [(CONTENT_TYPE, "application/octet-stream"), (CONTENT_DISPOSITION, "attachment")];
    Ok((headers, content).into_response())
}

async fn retry(
    State(state): State<Shared>,
    Caller { viewer, language, .. }: Caller,
    Path(id): Path<String>,
    _: NoParameters,
    Body(closing): Body<Closing>,
) -> Result<Json<Value>, Problem> {
    let shared = state.clone();
    let retried = state.nodes.write(move |node: &mut Node| {
        let words = |finding: &Finding| kept_words(&shared, finding);
        node.phone_retry(&viewer, (&id, &closing.reason), &words)
    });
    let taken = retried.await?;
    Ok(Json(taken_json(&taken, state.words(language))))
}

async fn dismiss(
    State(state): State<Shared>,
    Caller { viewer, .. }: Caller,
    Path(id): Path<String>,
    _: NoParameters,
    Body(closing): Body<Closing>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let gone = id.clone();
    let close = move |node: &mut Node| node.phone_dismiss(&viewer, (&gone, &closing.reason));
    state.nodes.write(close).await?;
    Ok((StatusCode::OK, Json(json!({ "id": id, "state": "closed" }))))
}
