//! `casque register`: lists the registers of a pack, makes one of somebody's own form, checks forms,
//! and writes forms for phones.

use std::path::Path;

use model::finding::Finding;
use serde_json::{Value as Json, json};

use crate::cli::Register;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::table::Table;
use crate::terminal::{counted, finding_json};

/// Runs a verb of `register`.
pub(crate) fn run(context: &mut Context<'_>, register: &Register) -> Result<Exit, Failure> {
    match register {
        Register::List(source) => list(context, source.pack.as_deref()),
        Register::Import { form, name } => import(context, form, name.as_deref()),
        Register::Check { form, xform } => check(context, form, *xform),
        Register::Xform { register } => xform(context, register),
    }
}

/// Every register of a pack with what stands in it.
fn list(context: &mut Context<'_>, folder: Option<&Path>) -> Result<Exit, Failure> {
    let pack = context.pack(folder)?;
    let document = app::register_list_json(&pack, context.words.language());
    if context.json() {
        context.terminal.json(&document)?;
        return Ok(Exit::Done);
    }
    let words = context.words;
    let headings = ["name", "fields", "states", "evidence", "title"];
    let mut table = Table::new(headings.map(|h| words.say(&format!("cli-register-{h}"))));
    for register in document["registers"].as_array().into_iter().flatten() {
        let count = |list: &Json| list.as_array().map_or(0, Vec::len).to_string();
        table.row([
            register["name"].as_str().unwrap_or_default().to_owned(),
            register["fields"].to_string(),
            count(&register["workflow"]["states"]),
            count(&register["evidence_for"]),
            register["title"].as_str().unwrap_or_default().to_owned(),
        ]);
    }
    context.terminal.table(&table)?;
    let totals = &document["totals"];
    let total = |key: &'static str| (key, totals[key].as_u64().unwrap_or_default().into());
    let values = ["registers", "fields", "lists", "codes", "tasks", "covered"].map(total);
    context.terminal.note(&words.say_with("cli-register-totals", &values));
    Ok(Exit::Done)
}

/// Says the register, what was decided, and everything that was changed or left out.
fn import(context: &mut Context<'_>, form: &Path, name: Option<&str>) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    let taken = node.import_form(&viewer, form, name)?;
    if context.json() {
        let mut document = taken.json();
        document["findings"] = findings_json(context, &taken.findings);
        context.terminal.json(&document)?;
        return Ok(Exit::Done);
    }
    let words = context.words;
    let key = if taken.is_new_version { "cli-register-changed" } else { "cli-register-imported" };
    context.terminal.note(&words.say_with(key, &[("register", taken.register.as_str().into())]));
    let mut table = Table::pairs();
    for (key, value) in &taken.decided {
        table.row([*key, value.as_str()]);
    }
    context.terminal.table(&table)?;
    for finding in &taken.findings {
        context.terminal.warn(words, finding);
    }
    Ok(Exit::Done)
}

/// Every finding of a form at once, or the form as clients read it. Needs no node.
fn check(context: &mut Context<'_>, form: &Path, is_written: bool) -> Result<Exit, Failure> {
    let (emitted, findings) = app::read_form(form)?.xform()?;
    let words = context.words;
    if is_written {
        context.terminal.text(&emitted.xml)?;
    } else if context.json() {
        let findings = findings_json(context, &findings);
        context.terminal.json(&json!({
            "id": emitted.id,
            "title": emitted.title,
            "version": emitted.version,
            "files": emitted.files,
            "findings": findings,
        }))?;
    }
    if is_written || !context.json() {
        for finding in &findings {
            context.terminal.warn(words, finding);
        }
    }
    context.terminal.note(&counted(words, "cli-warnings", findings.len() as u64));
    Ok(Exit::Done)
}

/// The form of a register, for form clients.
fn xform(context: &mut Context<'_>, register: &str) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    let language = context.words.language();
    let (emitted, not_asked) = node.register_xform(&viewer, register, language)?;
    context.terminal.text(&emitted.xml)?;
    for finding in &not_asked {
        context.terminal.warn(context.words, finding);
    }
    Ok(Exit::Done)
}

fn findings_json(context: &Context<'_>, findings: &[Finding]) -> Json {
    findings.iter().map(|finding| finding_json(context.words, finding)).collect()
}
