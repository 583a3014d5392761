//! A person's tokens: programs list theirs, only a person makes and revokes them.

use app::{Scope, TokenView};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use crate::http::caller::Caller;
use crate::http::input::Body;
use crate::http::problem::Problem;
use crate::http::route::{Access, Routes};
use crate::http::state::Shared;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/tokens", Access::SignedIn, list)
        .post("/api/tokens", Access::SignedIn, create)
        .delete("/api/tokens/{id}", Access::SignedIn, revoke)
}

async fn list(State(state): State<Shared>, caller: Caller) -> Result<Json<Value>, Problem> {
    let tokens = state.nodes.read(move |node| node.tokens(&caller.viewer)).await?;
    Ok(Json(tokens.iter().map(TokenView::json).collect()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewToken {
    name: String,
    scope: String,
    days: u32,
}

/// The secret is in this answer and in no other.
async fn create(
    State(state): State<Shared>,
    caller: Caller,
    Body(given): Body<NewToken>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    caller.known.signed_in()?;
    let NewToken { name, scope, days } = given;
    let scope = Scope::from_code(&scope).ok_or_else(|| Problem::malformed("scope"))?;
    let create = move |node: &mut app::Node| node.token_create(&caller.viewer, &name, scope, days);
    let (token, secret) = state.nodes.write(create).await?;
    let mut document = token.json();
    document["token"] = secret.reveal().into();
    Ok((StatusCode::CREATED, Json(document)))
}

async fn revoke(
    State(state): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    caller.known.signed_in()?;
    state.nodes.write(move |node| node.token_revoke(&caller.viewer, &id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
