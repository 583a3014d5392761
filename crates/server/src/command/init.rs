//! `casque init`: makes a node with a pack and its first administrator.

use std::path::Path;

use app::{NewUser, Node};
use serde_json::json;

use crate::cli::Init;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::{password, system};

/// The first administrator's name and role. The role itself, and what it may not see, is in the pack.
pub(crate) const ADMINISTRATOR: (&str, &str) = ("admin", "administrator");

/// Makes the node.
pub(crate) fn run(context: &mut Context<'_>, init: &Init) -> Result<Exit, Failure> {
    let (password, told) = first_password(context, init)?;
    password::warn(context, &password);
    let node = made(context, &init.pack, &password)?;
    let shown = context.folder().display().to_string();
    if context.json() {
        let pack = node.pack();
        return context
            .terminal
            .json(&json!({
                "data": shown,
                "pack": { "name": pack.name.as_str(), "version": pack.version },
                "administrator": ADMINISTRATOR.0,
                "device": node.device().to_string(),
                "password": told.then_some(password),
            }))
            .map(|()| Exit::Done);
    }
    let values = [("data", (&shown).into()), ("pack", node.pack().name.as_str().into())];
    context.terminal.note(&context.words.say_with("cli-init-done", &values));
    if told {
        let user = [("user", ADMINISTRATOR.0.into())];
        context.terminal.note(&context.words.say_with("cli-init-password", &user));
        context.terminal.line(&password)?;
    }
    Ok(Exit::Done)
}

/// A new node that works with a pack, its administrator having this password.
pub(crate) fn made(context: &Context<'_>, pack: &Path, password: &str) -> Result<Node, Failure> {
    let administrator = administrator(password.to_owned());
    Ok(Node::create(&context.folder(), pack, administrator, system::environment())?)
}

/// The password, and whether it has to be told because nobody chose it.
fn first_password(context: &Context<'_>, init: &Init) -> Result<(String, bool), Failure> {
    match &init.admin_password_file {
        Some(file) => Ok((password::from_file(file)?, false)),
        None if context.terminal.can_ask() => {
            Ok((password::asked(context, ADMINISTRATOR.0)?, false))
        }
        None => Ok((password::generated(), true)),
    }
}

fn administrator(password: String) -> NewUser {
    let (name, role) = ADMINISTRATOR;
    NewUser { password: Some(password), ..NewUser::cleared(name, &[role]) }
}
