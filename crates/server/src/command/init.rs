//! `casque init`: makes a node with a pack and its first administrator.

use app::{NewUser, Node};
use model::classification::Classification;
use serde_json::json;

use crate::cli::Init;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::{password, system};

/// The first administrator's name and role. The role itself, and what it may not see, is in the pack.
const ADMINISTRATOR: (&str, &str) = ("admin", "administrator");

/// Makes the node.
pub(crate) fn run(context: &mut Context<'_>, init: &Init) -> Result<Exit, Failure> {
    let (password, told) = first_password(context, init)?;
    password::warn(context, &password);
    let folder = context.folder();
    let node =
        Node::create(&folder, &init.pack, administrator(password.clone()), system::environment())?;
    let shown = folder.display().to_string();
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
    NewUser {
        name: name.to_owned(),
        display: String::new(),
        roles: vec![role.to_owned()],
        areas: Vec::new(),
        compartments: Vec::new(),
        clearance: Classification::StrictlyConfidential,
        password: Some(password),
    }
}
