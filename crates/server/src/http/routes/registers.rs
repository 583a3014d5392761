//! Registers: which there are, what their records are made of, their records counted, their clocks
//! and what is overdue.

use app::{ClockQuestion, OverdueQuestion};
use axum::Json;
use axum::extract::{Path, State};
use serde_json::Value;

use crate::http::caller::Caller;
use crate::http::parameters::{NoParameters, Parameters};
use crate::http::problem::Problem;
use crate::http::route::{Access, Routes};
use crate::http::state::Shared;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/registers", Access::SignedIn, registers)
        .get("/api/registers/{register}", Access::SignedIn, register)
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
