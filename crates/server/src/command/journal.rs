//! `casque journal`: verifies every entry, shows entries, writes logs to files.

use std::path::Path;

use serde_json::{Value as Json, json};

use super::show::step_rows;
use crate::cli::Journal;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::table::Table;
use crate::terminal::{counted, finding_json};

/// Runs a verb of `journal`.
pub(crate) fn run(context: &mut Context<'_>, journal: &Journal) -> Result<Exit, Failure> {
    match journal {
        Journal::Verify => verify(context),
        Journal::Show { after, limit } => show(context, *after, *limit),
        Journal::Export { folder } => export(context, folder),
    }
}

/// Checks every hash, link and signature; wrong where one is.
fn verify(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let node = context.node()?;
    let work = context.terminal.work(context.words, "cli-work-verify");
    let verified = node.verify(&mut |done, of| work.reached(done, Some(of)))?;
    drop(work);
    let good = verified.damage.is_empty();
    let words = context.words;
    if context.json() {
        let damage = verified.damage.iter().map(|finding| finding_json(words, finding));
        context.terminal.json(&json!({
            "good": good,
            "logs": verified.logs,
            "entries": verified.entries,
            "damage": damage.collect::<Vec<_>>(),
        }))?;
    } else {
        let values =
            [("entries", verified.entries.into()), ("logs", (verified.logs as u64).into())];
        context.terminal.line(&words.say_with("cli-journal-verified", &values))?;
        for finding in &verified.damage {
            context.terminal.warn(words, finding);
        }
    }
    Ok(if good { Exit::Done } else { Exit::Invalid })
}

fn show(context: &mut Context<'_>, after: i64, limit: usize) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    let entries = node.journal(&viewer, after, limit)?;
    if context.json() {
        let numbered = entries.into_iter().map(|(number, step)| {
            let mut step = step.0;
            if let Some(fields) = step.as_object_mut() {
                fields.insert("number".to_owned(), json!(number));
            }
            step
        });
        let numbered: Json = numbered.collect();
        context.terminal.json(&numbered)?;
        return Ok(Exit::Done);
    }
    let columns = ["at", "user", "act", "field", "value", "reason"];
    let mut table = Table::new(columns.map(|key| context.words.say(&format!("cli-step-{key}"))));
    for (_, step) in &entries {
        step_rows(&step.0, &mut table);
    }
    context.terminal.table(&table)?;
    if let Some((last, _)) = entries.last().filter(|_| entries.len() == limit) {
        let last = last.to_string();
        context
            .terminal
            .note(&context.words.say_with("cli-journal-more", &[("after", (&last).into())]));
    }
    Ok(Exit::Done)
}

fn export(context: &mut Context<'_>, folder: &Path) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    let entries = node.export_journal(&viewer, folder)?;
    if context.json() {
        let folder = folder.display().to_string();
        context.terminal.json(&json!({ "entries": entries, "folder": folder }))?;
    } else {
        context.terminal.note(&counted(context.words, "cli-journal-exported", entries));
    }
    Ok(Exit::Done)
}
