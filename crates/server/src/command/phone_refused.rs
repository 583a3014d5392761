//! `casque phone refused`: what phones sent and somebody has to look at.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use app::{AppError, Node, Viewer};
use model::finding::Finding;
use serde_json::{Value as Json, json};

use crate::cli::Refused;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::table::{Table, printable};
use crate::terminal::{finding_kept, finding_sentence, outlined, taken_json};
use crate::words::{Language, Words};

/// Runs it.
pub(crate) fn run(context: &mut Context<'_>, refused: &Refused) -> Result<Exit, Failure> {
    let reason = refused.reason.as_deref().unwrap_or_default();
    match &refused.id {
        None => list(context),
        Some(id) if refused.retry => retry(context, (id, reason)),
        Some(id) if refused.dismiss => dismiss(context, (id, reason)),
        Some(id) => show(context, id, refused.files.as_deref()),
    }
}

fn list(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    let mut document = node.phone_refused(&viewer, context.words.language())?;
    for one in document.as_array_mut().into_iter().flatten() {
        *one = outlined(context.words, one.take());
    }
    if context.json() {
        context.terminal.json(&document)?;
        return Ok(Exit::Done);
    }
    let columns = ["id", "received", "user", "form", "state"];
    let mut headings = columns.map(|key| context.words.say(&format!("cli-refused-{key}"))).to_vec();
    headings.push(context.words.say("cli-refused-findings"));
    let mut table = Table::new(headings);
    for one in document.as_array().into_iter().flatten() {
        let mut row = columns.map(|column| said(context.words, one, column)).to_vec();
        row.push(findings(one).collect::<Vec<_>>().join("; "));
        table.row(row);
    }
    context.terminal.table(&table)?;
    Ok(Exit::Done)
}

fn show(context: &mut Context<'_>, id: &str, files: Option<&Path>) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    let document = node.phone_refused_one(&viewer, id, context.words.language())?;
    let document = outlined(context.words, document);
    if let Some(folder) = files {
        write_files(&node, &viewer, (id, &document), folder)?;
    }
    if context.json() {
        context.terminal.json(&document)?;
        return Ok(Exit::Done);
    }
    for key in ["id", "received", "user", "device", "form", "instance", "state", "record"] {
        if !document[key].is_null() {
            let heading = context.words.say(&format!("cli-refused-{key}"));
            let value = printable(&said(context.words, &document, key));
            context.terminal.line(&format!("{heading}: {value}"))?;
        }
    }
    for finding in findings(&document) {
        context.terminal.line(&printable(&finding))?;
    }
    for note in document["notes"].as_array().into_iter().flatten() {
        let text = ["at", "user", "act", "reason"].map(|key| said(context.words, note, key));
        context.terminal.line(&printable(&text.join("  ")))?;
    }
    match document["xml"].as_str() {
        // Nobody has looked at it yet: it must not be able to move the cursor.
        Some(xml) => xml.lines().try_for_each(|line| context.terminal.line(&printable(line)))?,
        None => context.terminal.note(&context.words.say("cli-refused-closed")),
    }
    Ok(Exit::Done)
}

/// A value of one of them; states and acts in words.
fn said(words: &Words, of: &Json, key: &str) -> String {
    match (key, of[key].as_str()) {
        ("state" | "act", Some(code)) => words.say(&format!("cli-refused-{key}-{code}")),
        _ => super::show::plain(&of[key]),
    }
}

/// What is wrong with one of them, each with the field it is about.
fn findings(document: &Json) -> impl Iterator<Item = String> {
    document["findings"].as_array().into_iter().flatten().map(|finding| {
        let column = finding["column"].as_str().map(|column| format!("{column}: "));
        format!("{}{}", column.unwrap_or_default(), finding["text"].as_str().unwrap_or_default())
    })
}

/// The document and its files, each under a number: their own names are the sender's.
fn write_files(
    node: &Node,
    viewer: &Viewer,
    (id, document): (&str, &Json),
    folder: &Path,
) -> Result<(), Failure> {
    let Some(xml) = document["xml"].as_str() else {
        return Err(AppError::absent("phone-submission-closed-to", id).into());
    };
    fs::create_dir_all(folder).map_err(|error| AppError::file(folder, error))?;
    write(&folder.join("submission.xml"), xml.as_bytes())?;
    let files = document["files"].as_array().into_iter().flatten();
    for (nth, file) in (1..).zip(files) {
        let blob = file["blob"].as_str().unwrap_or_default();
        let content = node.phone_refused_file(viewer, id, blob)?;
        write(&folder.join(format!("{nth}.file")), &content)?;
    }
    Ok(())
}

/// A new file, for its owner alone; one that is there stays as it is.
pub(super) fn write(path: &Path, content: &[u8]) -> Result<(), AppError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| file.write_all(content));
    written.map_err(|error| AppError::file(path, error))
}

fn retry(context: &mut Context<'_>, (id, reason): (&str, &str)) -> Result<Exit, Failure> {
    let (mut node, viewer) = context.session()?;
    let (english, french) = (Words::new(Language::En), Words::new(Language::Fr));
    let words = |finding: &Finding| finding_kept([&english, &french], finding);
    let taken = node.phone_retry(&viewer, (id, reason), &words)?;
    let document = taken_json(&taken, context.words);
    let exit = if document["record"].is_null() { Exit::Invalid } else { Exit::Done };
    if context.json() {
        context.terminal.json(&document)?;
        return Ok(exit);
    }
    let key = if document["record"].is_null() { "cli-refused-still" } else { "cli-refused-made" };
    let record = super::show::plain(&document["record"]);
    context.terminal.note(&context.words.say_with(key, &[("record", record.as_str().into())]));
    for finding in &taken.findings {
        context.terminal.note(&finding_sentence(context.words, finding));
    }
    Ok(exit)
}

fn dismiss(context: &mut Context<'_>, (id, reason): (&str, &str)) -> Result<Exit, Failure> {
    let (mut node, viewer) = context.session()?;
    node.phone_dismiss(&viewer, (id, reason))?;
    if context.json() {
        context.terminal.json(&json!({ "id": id, "state": "closed" }))?;
        return Ok(Exit::Done);
    }
    context.terminal.note(&context.words.say("cli-refused-dismissed"));
    Ok(Exit::Done)
}
