//! `casque user`: who may use the node, as what, and with which password.

use std::path::Path;

use app::{NewUser, UserChange};
use model::classification::Classification;
use serde_json::{Value as Json, json};

use crate::cli::{Rights, User};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::password;
use crate::table::Table;

/// Runs a verb of `user`.
pub(crate) fn run(context: &mut Context<'_>, user: &User) -> Result<Exit, Failure> {
    match user {
        User::Add { name, display, rights, password_file } => {
            add(context, (name, display.as_deref()), rights, password_file.as_deref())
        }
        User::List => list(context),
        User::Change { name, rights, disable, enable } => {
            change(context, name, changed(rights, *disable, *enable))
        }
        User::Password { name, password_file } => {
            set_password(context, name, password_file.as_deref())
        }
        User::TotpReset { name } => reset_totp(context, name),
    }
}

fn add(
    context: &mut Context<'_>,
    (name, display): (&str, Option<&str>),
    rights: &Rights,
    password_file: Option<&Path>,
) -> Result<Exit, Failure> {
    let (mut node, viewer) = context.session()?;
    let (password, told) = chosen_password(context, name, password_file)?;
    let new = NewUser {
        name: name.to_owned(),
        display: display.unwrap_or_default().to_owned(),
        roles: rights.role.clone().unwrap_or_default(),
        areas: rights.area.clone().unwrap_or_default(),
        compartments: rights.compartment.clone().unwrap_or_default(),
        clearance: clearance(rights).unwrap_or_default(),
        password: Some(password.clone()),
    };
    let number = node.add_user(&viewer, new)?;
    tell(
        context,
        "cli-user-added",
        name,
        &json!({ "user": name, "number": number }),
        told.then_some(password),
    )
}

fn list(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    let document = node.users_json(&viewer)?;
    if context.json() {
        context.terminal.json(&document)?;
        return Ok(Exit::Done);
    }
    let columns =
        ["name", "display", "roles", "areas", "compartments", "clearance", "totp", "disabled"];
    let mut table = Table::new(columns.map(|key| context.words.say(&format!("cli-user-{key}"))));
    for user in document.as_array().into_iter().flatten() {
        table.row(columns.map(|key| match &user[key] {
            Json::Bool(yes) => context.words.say(if *yes { "cli-yes" } else { "cli-no" }),
            value => super::show::plain(value),
        }));
    }
    context.terminal.table(&table)?;
    Ok(Exit::Done)
}

fn change(context: &mut Context<'_>, name: &str, change: UserChange) -> Result<Exit, Failure> {
    let (mut node, viewer) = context.session()?;
    node.change_user(&viewer, name, change)?;
    tell(context, "cli-user-changed", name, &json!({ "user": name }), None)
}

fn set_password(
    context: &mut Context<'_>,
    name: &str,
    file: Option<&Path>,
) -> Result<Exit, Failure> {
    let (mut node, viewer) = context.session()?;
    let (password, told) = chosen_password(context, name, file)?;
    node.set_password(&viewer, name, &password)?;
    let document = json!({ "user": name });
    tell(context, "cli-user-password", name, &document, told.then_some(password))
}

fn reset_totp(context: &mut Context<'_>, name: &str) -> Result<Exit, Failure> {
    let (mut node, viewer) = context.session()?;
    let had = node.totp_reset(&viewer, name)?;
    let key = if had { "cli-user-totp-reset" } else { "cli-user-totp-none" };
    tell(context, key, name, &json!({ "user": name, "reset": had }), None)
}

/// The password, and whether it has to be told because nobody chose it.
fn chosen_password(
    context: &mut Context<'_>,
    name: &str,
    file: Option<&Path>,
) -> Result<(String, bool), Failure> {
    let (password, told) = match file {
        Some(file) => (password::from_file(file)?, false),
        None if context.terminal.can_ask() => (password::asked(context, name)?, false),
        None => (password::generated(), true),
    };
    password::warn(context, &password);
    Ok((password, told))
}

/// Says what was done to a user; a generated password is the data.
fn tell(
    context: &mut Context<'_>,
    key: &str,
    name: &str,
    document: &Json,
    password: Option<String>,
) -> Result<Exit, Failure> {
    if context.json() {
        let mut document = document.clone();
        if let (Some(fields), Some(password)) = (document.as_object_mut(), password) {
            fields.insert("password".to_owned(), Json::String(password));
        }
        context.terminal.json(&document)?;
        return Ok(Exit::Done);
    }
    context.terminal.note(&context.words.say_with(key, &[("user", name.into())]));
    if let Some(password) = password {
        let user = [("user", name.into())];
        context.terminal.note(&context.words.say_with("cli-init-password", &user));
        context.terminal.line(&password)?;
    }
    Ok(Exit::Done)
}

fn changed(rights: &Rights, disable: bool, enable: bool) -> UserChange {
    UserChange {
        display: None,
        roles: given(rights.role.as_ref()),
        areas: given(rights.area.as_ref()),
        compartments: given(rights.compartment.as_ref()),
        clearance: clearance(rights),
        disabled: (disable || enable).then_some(disable),
    }
}

/// What was given; one empty name takes all away: `--area ''`.
fn given(names: Option<&Vec<String>>) -> Option<Vec<String>> {
    names.map(|names| names.iter().filter(|name| !name.is_empty()).cloned().collect())
}

fn clearance(rights: &Rights) -> Option<Classification> {
    rights.clearance.as_deref().and_then(|level| level.parse().ok())
}
