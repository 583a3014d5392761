//! `casque token`: secrets that programs use in place of a person, in the name of the acting user.

use app::{Scope, TokenView};
use serde_json::Value as Json;

use crate::cli::Token;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::table::Table;

/// Runs a verb of `token`.
pub(crate) fn run(context: &mut Context<'_>, token: &Token) -> Result<Exit, Failure> {
    match token {
        Token::Create { scope, days, name } => create(context, *scope, *days, name.as_deref()),
        Token::List => list(context),
        Token::Revoke { token } => revoke(context, token),
    }
}

fn create(
    context: &mut Context<'_>,
    scope: Scope,
    days: u32,
    name: Option<&str>,
) -> Result<Exit, Failure> {
    let (mut node, viewer) = context.session()?;
    let name = name.unwrap_or(scope.code());
    let (token, secret) = node.token_create(&viewer, name, scope, days)?;
    if context.json() {
        let mut document = token.json();
        document["token"] = Json::from(secret.reveal());
        context.terminal.json(&document)?;
        return Ok(Exit::Done);
    }
    let said = [("user", viewer.name.as_str().into()), ("token", token.id.as_str().into())];
    context.terminal.note(&context.words.say_with("cli-token-made", &said));
    context.terminal.line(secret.reveal())?;
    Ok(Exit::Done)
}

fn list(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    let tokens = node.tokens(&viewer)?;
    let document: Json = tokens.iter().map(TokenView::json).collect();
    if context.json() {
        context.terminal.json(&document)?;
        return Ok(Exit::Done);
    }
    let columns = ["id", "name", "scope", "created", "expires", "last_used"];
    let headings = columns.map(|key| format!("cli-token-{}", key.replace('_', "-")));
    let mut table = Table::new(headings.map(|key| context.words.say(&key)));
    for token in document.as_array().into_iter().flatten() {
        table.row(columns.map(|key| super::show::plain(&token[key])));
    }
    context.terminal.table(&table)?;
    Ok(Exit::Done)
}

fn revoke(context: &mut Context<'_>, id: &str) -> Result<Exit, Failure> {
    let (mut node, viewer) = context.session()?;
    node.token_revoke(&viewer, id)?;
    if context.json() {
        context.terminal.json(&serde_json::json!({ "id": id }))?;
        return Ok(Exit::Done);
    }
    let said = [("token", id.into())];
    context.terminal.note(&context.words.say_with("cli-token-revoked", &said));
    Ok(Exit::Done)
}
