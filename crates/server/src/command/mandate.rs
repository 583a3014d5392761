//! `casque mandate`: what the Security Council asked for, and what changed from one resolution to
//! the next.

use std::path::Path;

use serde_json::{Value as Json, json};

use crate::cli::Mandate;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::table::{Table, or_unknown};
use crate::words::Words;

/// Runs a verb of `mandate`.
pub(crate) fn run(context: &mut Context<'_>, mandate: &Mandate) -> Result<Exit, Failure> {
    match mandate {
        Mandate::List(source) => list(context, source.pack.as_deref()),
        Mandate::Show { mandate, source } => show(context, mandate, source.pack.as_deref()),
        Mandate::Coverage(source) => coverage(context, source.pack.as_deref()),
        Mandate::Diff { before, after, source } => {
            diff(context, before, after, source.pack.as_deref())
        }
    }
}

fn list(context: &mut Context<'_>, folder: Option<&Path>) -> Result<Exit, Failure> {
    let pack = context.pack(folder)?;
    let language = context.words.language();
    if context.json() {
        let all = pack.mandates.iter().map(|mandate| {
            let mut document = app::mandate_json(mandate, language);
            if let Some(fields) = document.as_object_mut() {
                fields.shift_remove("tasks");
                fields.shift_remove("issues");
                fields.insert("task_count".to_owned(), json!(mandate.tasks.len()));
            }
            document
        });
        let all: Json = all.collect();
        context.terminal.json(&all)?;
        return Ok(Exit::Done);
    }
    let headings = ["resolution", "adopted", "until", "tasks", "title"];
    let mut table = Table::new(headings.map(|h| context.words.say(&format!("cli-mandate-{h}"))));
    for mandate in &pack.mandates {
        let tasks = mandate.tasks_known.then_some(mandate.tasks.len());
        table.row([
            mandate.citation(),
            mandate.adopted.to_string(),
            or_unknown(mandate.until),
            or_unknown(tasks),
            mandate.titles.get(language).unwrap_or_default().to_owned(),
        ]);
    }
    context.terminal.table(&table)?;
    Ok(Exit::Done)
}

fn show(context: &mut Context<'_>, named: &str, folder: Option<&Path>) -> Result<Exit, Failure> {
    let pack = context.pack(folder)?;
    let mandate = app::mandate_named(&pack, named)?;
    let document = app::mandate_json(mandate, context.words.language());
    if context.json() {
        context.terminal.json(&document)?;
        return Ok(Exit::Done);
    }
    let words = context.words;
    context.terminal.line(&format!("{}: {}", mandate.citation(), text(&document["title"])))?;
    let adopted = [("adopted", text(&document["adopted"]).into())];
    context.terminal.line(&words.say_with("cli-mandate-adopted-on", &adopted))?;
    if let Some(until) = document["until"].as_str() {
        context
            .terminal
            .line(&words.say_with("cli-mandate-until-day", &[("until", until.into())]))?;
    }
    if !text(&document["note"]).is_empty() {
        context.terminal.line(text(&document["note"]))?;
    }
    context.terminal.table(&ceilings(&document["ceilings"], words))?;
    heading(context, "cli-mandate-tasks-heading")?;
    if mandate.tasks_known {
        context.terminal.table(&tasks(&document["tasks"], "", words))?;
    } else {
        context.terminal.line(&words.say("cli-mandate-tasks-unknown"))?;
    }
    if !mandate.issues.is_empty() {
        heading(context, "cli-mandate-issues-heading")?;
        context.terminal.table(&issues(&document["issues"], ""))?;
    }
    Ok(Exit::Done)
}

/// Each task with the registers that are evidence for it; wrong where one has none.
fn coverage(context: &mut Context<'_>, folder: Option<&Path>) -> Result<Exit, Failure> {
    let pack = context.pack(folder)?;
    let document = app::coverage_json(&pack, context.words.language());
    let is_whole = document["without"].as_array().is_none_or(Vec::is_empty);
    if context.json() {
        context.terminal.json(&document)?;
    } else {
        tell_coverage(context, &document)?;
    }
    Ok(if is_whole { Exit::Done } else { Exit::Invalid })
}

fn tell_coverage(context: &mut Context<'_>, document: &Json) -> Result<(), Failure> {
    let words = context.words;
    for mandate in document["mandates"].as_array().into_iter().flatten() {
        let title = format!("{}: {}", text(&mandate["citation"]), text(&mandate["title"]));
        context.terminal.line(&title)?;
        if mandate["tasks_known"] == false {
            context.terminal.line(&words.say("cli-mandate-tasks-unknown"))?;
        }
        context.terminal.table(&covered(&mandate["rows"], words))?;
        context.terminal.line("")?;
    }
    let number = |key: &str| document[key].as_u64().unwrap_or_default();
    let values = [("tasks", number("tasks").into()), ("covered", number("covered").into())];
    context.terminal.line(&words.say_with("cli-mandate-covered", &values))
}

fn covered(rows: &Json, words: &Words) -> Table {
    let headings = ["id", "text", "registers"];
    let mut table = Table::new(headings.map(|h| words.say(&format!("cli-mandate-{h}"))));
    for row in rows.as_array().into_iter().flatten() {
        let registers = row["registers"].as_array().into_iter().flatten();
        let registers: Vec<&str> = registers.map(|register| text(&register["name"])).collect();
        let none = words.say("cli-mandate-no-register");
        let registers = if registers.is_empty() { none } else { registers.join(", ") };
        table.row([text(&row["id"]), text(&row["text"]), &registers]);
    }
    table
}

fn diff(
    context: &mut Context<'_>,
    before: &str,
    after: &str,
    folder: Option<&Path>,
) -> Result<Exit, Failure> {
    let pack = context.pack(folder)?;
    let (before, after) = (app::mandate_named(&pack, before)?, app::mandate_named(&pack, after)?);
    let diff = app::mandate_diff_json(&pack, before, after, context.words.language());
    if context.json() {
        context.terminal.json(&diff)?;
        return Ok(Exit::Done);
    }
    let words = context.words;
    context.terminal.line(&format!("{} → {}", before.citation(), after.citation()))?;
    for unknown in [before, after].into_iter().filter(|mandate| !mandate.tasks_known) {
        let citation = unknown.citation();
        let said =
            words.say_with("cli-mandate-tasks-unknown-of", &[("mandate", (&citation).into())]);
        context.terminal.line(&said)?;
    }
    heading(context, "cli-mandate-ceilings-heading")?;
    context.terminal.table(&changed_ceilings(&diff["ceilings"], words))?;
    heading(context, "cli-mandate-tasks-heading")?;
    for (key, sign) in [("added", "+"), ("dropped", "-"), ("changed", "~"), ("kept", "=")] {
        part(context, key, &diff[key])?;
        context.terminal.table(&tasks(&diff[key], sign, words))?;
    }
    heading(context, "cli-mandate-issues-heading")?;
    for (key, sign) in [("added", "+"), ("dropped", "-"), ("changed", "~"), ("kept", "=")] {
        context.terminal.table(&issues(&diff["issues"][key], sign))?;
    }
    Ok(Exit::Done)
}

fn heading(context: &mut Context<'_>, key: &str) -> Result<(), Failure> {
    context.terminal.line("")?;
    context.terminal.line(&context.words.say(key))
}

fn part(context: &mut Context<'_>, key: &str, tasks: &Json) -> Result<(), Failure> {
    let count = tasks.as_array().map_or(0, Vec::len) as u64;
    let said = context.words.say_with(&format!("cli-mandate-{key}"), &[("count", count.into())]);
    context.terminal.line(&said)
}

fn ceilings(ceilings: &Json, words: &Words) -> Table {
    let mut table = Table::pairs();
    for (category, number) in ceilings.as_object().into_iter().flatten() {
        table.row([words.say("cli-mandate-ceiling"), category.clone(), number.to_string()]);
    }
    table
}

fn changed_ceilings(ceilings: &Json, words: &Words) -> Table {
    let headings = ["category", "before", "after", "change"];
    let mut table = Table::new(headings.map(|h| words.say(&format!("cli-mandate-{h}"))));
    let number = |value: &Json| or_unknown(value.as_i64());
    for (category, change) in ceilings.as_object().into_iter().flatten() {
        let parts = ["before", "after", "change"].map(|part| number(&change[part]));
        table.row(std::iter::once(category.clone()).chain(parts));
    }
    table
}

/// Tasks, a changed one as it is now and as it was.
fn tasks(tasks: &Json, sign: &str, words: &Words) -> Table {
    let mut table = Table::pairs();
    let priority = words.say("cli-mandate-priority");
    let mut row = |sign: &str, task: &Json| {
        let mark = if task["priority"] == true { priority.as_str() } else { "" };
        table.row([sign, text(&task["id"]), mark, text(&task["text"])]);
    };
    for task in tasks.as_array().into_iter().flatten() {
        match task.get("after") {
            Some(after) => {
                row(sign, after);
                row("", &task["before"]);
            }
            None => row(sign, task),
        }
    }
    table
}

fn issues(issues: &Json, sign: &str) -> Table {
    let mut table = Table::pairs();
    for issue in issues.as_array().into_iter().flatten() {
        let issue = issue.get("after").unwrap_or(issue);
        table.row([sign, text(&issue["id"]), text(&issue["text"])]);
    }
    table
}

fn text(value: &Json) -> &str {
    value.as_str().unwrap_or_default()
}
