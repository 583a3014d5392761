//! Registers: which there are, what their records are made of, their records counted, their clocks
//! and what is overdue.

use app::{ClockQuestion, OverdueQuestion};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use model::limits::FORM_BYTES_MAX;
use serde_json::Value;

use crate::http::caller::Caller;
use crate::http::parameters::{NoParameters, Parameters};
use crate::http::problem::Problem;
use crate::http::route::{Access, Routes};
use crate::http::state::Shared;
use crate::system;
use crate::terminal::finding_json;

#[expect(clippy::cast_possible_truncation, reason = "16 MiB is a size on every machine")]
const BODY_BYTES_MAX: usize = FORM_BYTES_MAX as usize;
/// What form clients take a form for; others would not be read as XML by some of them.
const XML: &str = "text/xml; charset=utf-8";
/// The id of a form that has none.
const UNNAMED: &str = "form";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/registers", Access::SignedIn, registers)
        .post("/api/registers", Access::Administer, take)
        .taking(BODY_BYTES_MAX)
        .get("/api/registers/{register}", Access::SignedIn, register)
        .get("/api/registers/{register}/form.xml", Access::SignedIn, form)
        .get("/api/registers/{register}/timeline", Access::Read, timeline)
        .get("/api/registers/{register}/facets", Access::Read, facets)
        .get("/api/registers/{register}/clock", Access::Read, clock)
        .get("/api/overdue", Access::Read, overdue)
}

async fn registers(
    State(state): State<Shared>,
    Caller { viewer, language, .. }: Caller,
    _: NoParameters,
) -> Result<Json<Value>, Problem> {
    let found = move |node: &mut app::Node| node.registers_json(&viewer, language.code());
    Ok(Json(state.nodes.read(found).await?))
}

/// Makes a register of a form; the connections notice the changed pack with their next question.
async fn take(
    State(state): State<Shared>,
    Caller { viewer, language, .. }: Caller,
    mut parameters: Parameters,
    body: Bytes,
) -> Result<Response, Problem> {
    let name = parameters.text("name");
    parameters.end()?;
    let taken = state.nodes.write(move |node: &mut app::Node| {
        let apart = app::Node::open(node.folder(), system::environment())?;
        node.take_form(apart, &viewer, (UNNAMED, &body), name.as_deref())
    });
    let taken = taken.await?;
    let place = HeaderValue::from_str(&format!("/api/registers/{}", taken.register));
    let place = [(LOCATION, place.map_err(Problem::malformed)?)];
    let words = state.words(language);
    let mut document = taken.json();
    document["findings"] =
        taken.findings.iter().map(|finding| finding_json(words, finding)).collect();
    Ok((StatusCode::CREATED, place, Json(document)).into_response())
}

/// The form of a register as form clients read it.
async fn form(
    State(state): State<Shared>,
    Caller { viewer, language, .. }: Caller,
    Path(register): Path<String>,
    _: NoParameters,
) -> Result<Response, Problem> {
    let found =
        move |node: &mut app::Node| node.register_xform(&viewer, &register, language.code());
    let (emitted, _not_asked) = state.nodes.read(found).await?;
    Ok(([(CONTENT_TYPE, XML)], emitted.xml).into_response())
}

async fn register(
    State(state): State<Shared>,
    Caller { viewer, language, .. }: Caller,
    Path(register): Path<String>,
    _: NoParameters,
) -> Result<Json<Value>, Problem> {
    let found = move |node: &mut app::Node| node.register_json(&viewer, &register, language.code());
    Ok(Json(state.nodes.read(found).await?))
}

async fn timeline(
    State(state): State<Shared>,
    Caller { viewer, .. }: Caller,
    Path(register): Path<String>,
    mut parameters: Parameters,
) -> Result<Json<Value>, Problem> {
    let by = parameters.value("by").unwrap_or_default();
    let question = parameters.selection(register);
    parameters.end()?;
    let found = move |node: &mut app::Node| node.timeline(&viewer, &question, by);
    Ok(Json(state.nodes.read(found).await?))
}

async fn facets(
    State(state): State<Shared>,
    Caller { viewer, .. }: Caller,
    Path(register): Path<String>,
    mut parameters: Parameters,
) -> Result<Json<Value>, Problem> {
    let fields = parameters.names("fields");
    let question = parameters.selection(register);
    parameters.end()?;
    let found = move |node: &mut app::Node| node.facets(&viewer, &question, &fields);
    Ok(Json(state.nodes.read(found).await?))
}

async fn clock(
    State(state): State<Shared>,
    Caller { viewer, .. }: Caller,
    Path(register): Path<String>,
    mut parameters: Parameters,
) -> Result<Json<Value>, Problem> {
    let [from, to] = ["from", "to"].map(|name| parameters.required(name));
    let by = parameters.names("by");
    let question = parameters.selection(register);
    parameters.end()?;
    let asked = ClockQuestion { question, from, to, by };
    let found = move |node: &mut app::Node| node.clock(&viewer, &asked);
    Ok(Json(state.nodes.read(found).await?))
}

async fn overdue(
    State(state): State<Shared>,
    Caller { viewer, .. }: Caller,
    mut parameters: Parameters,
) -> Result<Json<Value>, Problem> {
    let register = parameters.text("register");
    let mine = parameters.word("mine", &["true", "false"]) == Some("true");
    parameters.end()?;
    let asked = OverdueQuestion { register, mine };
    let found = move |node: &mut app::Node| node.overdue(&viewer, &asked);
    Ok(Json(state.nodes.read(found).await?))
}
