//! `casque import`: previews a file, imports it, lists batches, takes one back.

use std::path::Path;

use app::{ImportReport, Node, RefusedRow, Viewer};
use model::finding::Finding;
use model::id::RecordId;
use serde_json::{Value as Json, json};

use super::alike::{percent, why};
use super::pack::hex;
use crate::cli::{Import, ImportVerb};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::table::{Table, or_unknown};
use crate::terminal::{finding_json, finding_sentence};
use crate::words::Words;

/// Refused rows told one by one; all are in their file and in `--json`.
const REFUSED_TOLD_MAX: usize = 20;

/// Runs `import` or one of its verbs.
pub(crate) fn run(context: &mut Context<'_>, import: &Import) -> Result<Exit, Failure> {
    match (&import.verb, &import.register, &import.file) {
        (Some(ImportVerb::List), ..) => list(context),
        (Some(ImportVerb::Undo { batch }), ..) => undo(context, batch),
        (None, Some(register), Some(file)) => {
            let words = context.words;
            let said = |finding: &Finding| finding_sentence(words, finding);
            let asked = app::Import {
                register,
                mapping: &import.mapping,
                file: Path::new(file),
                sheet: import.sheet.as_deref(),
                given: &given(&import.set)?,
                rows_per_commit: import.rows_per_commit,
                leave_out_alike: import.leave_out_alike,
                as_of: None,
                words: &said,
            };
            file_import(context, import, &asked)
        }
        _ => Err(Failure::new(Exit::Usage, Finding::error("usage-wrong").with("what", "import"))),
    }
}

/// What `--set FIELD=VALUE` says.
fn given(set: &[String]) -> Result<Vec<(String, String)>, Failure> {
    let pair = |text: &String| {
        let pair = text.split_once('=').map(|(field, value)| (field.trim(), value.trim()));
        let whole = pair.filter(|(field, value)| !field.is_empty() && !value.is_empty());
        let finding = || Finding::error("import-set-wrong").with("value", text);
        let (field, value) = whole.ok_or_else(|| Failure::new(Exit::Usage, finding()))?;
        Ok((field.to_owned(), value.to_owned()))
    };
    set.iter().map(pair).collect()
}

/// Imports with `--yes`; without, previews and asks whoever is there.
fn file_import(
    context: &mut Context<'_>,
    flags: &Import,
    asked: &app::Import<'_>,
) -> Result<Exit, Failure> {
    let (mut node, viewer) = context.session()?;
    if flags.yes {
        let report = import(context, (&mut node, &viewer), asked)?;
        return told(context, &report, true);
    }
    let preview = preview(context, (&mut node, &viewer), asked)?;
    if flags.dry_run || !context.terminal.can_ask() {
        let exit = told(context, &preview, false)?;
        context.terminal.note(&context.words.say("cli-import-nothing-written"));
        return Ok(exit);
    }
    told(context, &preview, false)?;
    if !context.terminal.confirm(context.words, &context.words.say("cli-import-question"))? {
        context.terminal.note(&context.words.say("cli-import-nothing-written"));
        return Ok(Exit::Done);
    }
    let report = import(context, (&mut node, &viewer), asked)?;
    told(context, &report, true)
}

fn preview(
    context: &Context<'_>,
    (node, viewer): (&mut Node, &Viewer),
    asked: &app::Import<'_>,
) -> Result<ImportReport, Failure> {
    let work = context.terminal.work(context.words, "cli-work-preview");
    let mut rows = 0;
    Ok(node.preview(viewer, asked, &mut |_row, _fate| {
        rows += 1;
        work.reached(rows, None);
    })?)
}

fn import(
    context: &Context<'_>,
    (node, viewer): (&mut Node, &Viewer),
    asked: &app::Import<'_>,
) -> Result<ImportReport, Failure> {
    let work = context.terminal.work(context.words, "cli-work-import");
    let mut rows = 0;
    Ok(node.import(viewer, asked, &mut |_row, _fate| {
        rows += 1;
        work.reached(rows, None);
    })?)
}

/// Tells a report. It went wrong where rows were refused and not one was good.
fn told(context: &mut Context<'_>, report: &ImportReport, written: bool) -> Result<Exit, Failure> {
    if context.json() {
        context.terminal.json(&report_json(context.words, report, written))?;
    } else {
        context.terminal.table(&counts(context.words, report))?;
        tell_refused(context, report);
        tell_alike(context, report)?;
    }
    let good = report.created + report.updated + report.unchanged + report.left_out;
    Ok(if report.refused > 0 && good == 0 { Exit::Invalid } else { Exit::Done })
}

fn counts(words: &Words, report: &ImportReport) -> Table {
    let mut table = Table::pairs();
    for (key, count) in fates(report) {
        if key != "left-out" || count > 0 {
            table.row([words.say(&format!("cli-import-{key}")), count.to_string()]);
        }
    }
    if let Some(batch) = &report.batch {
        table.row([words.say("cli-import-batch"), batch.to_string()]);
    }
    if let Some(file) = &report.refused_file {
        table.row([words.say("cli-import-refused-file"), file.display().to_string()]);
    }
    table
}

fn tell_refused(context: &mut Context<'_>, report: &ImportReport) {
    for (warning, times) in &report.warnings {
        context.terminal.warn(context.words, warning);
        if *times > 1 {
            let times = [("count", (*times).into())];
            context.terminal.note(&context.words.say_with("cli-import-times", &times));
        }
    }
    for refused in report.refused_rows.iter().take(REFUSED_TOLD_MAX) {
        for finding in &refused.findings {
            context.terminal.warn(context.words, finding);
        }
    }
    let untold = report.refused.saturating_sub(REFUSED_TOLD_MAX as u64);
    if untold > 0 {
        let count = [("count", untold.into())];
        context.terminal.note(&context.words.say_with("cli-import-more-refused", &count));
    }
}

/// What new rows look like, the most alike first.
fn tell_alike(context: &mut Context<'_>, report: &ImportReport) -> Result<(), Failure> {
    let alike = &report.look_alikes;
    if alike["looked_for"] == Json::Bool(false) {
        let most = [("max", alike["rows_max"].as_u64().unwrap_or_default().into())];
        context.terminal.note(&context.words.say_with("cli-import-alike-not-looked-for", &most));
        return Ok(());
    }
    let told = alike["most_alike"].as_array().map_or(&[][..], Vec::as_slice);
    if told.is_empty() {
        return Ok(());
    }
    let count = |name: &str| alike[name].as_u64().unwrap_or_default();
    let rows = [("rows", count("rows").into()), ("pairs", count("pairs").into())];
    context.terminal.note(&context.words.say_with("cli-import-alike", &rows));
    let headings = ["import-row", "alike-score", "import-other", "alike-title", "alike-why"];
    let mut table = Table::new(headings.map(|name| context.words.say(&format!("cli-{name}"))));
    for one in told {
        let other = match one["other_row"].as_u64() {
            Some(row) => context.words.say_with("cli-import-other-row", &[("row", row.into())]),
            None => or_unknown(one["id"].as_str()),
        };
        let (score, title) = (percent(&one["score"]), or_unknown(one["title"].as_str()));
        table.row([one["row"].to_string(), score, other, title, why(context, one)]);
    }
    context.terminal.table(&table)?;
    let untold = count("pairs").saturating_sub(told.len() as u64);
    if untold > 0 {
        let untold = [("count", untold.into())];
        context.terminal.note(&context.words.say_with("cli-import-alike-more", &untold));
    }
    if report.left_out == 0 {
        context.terminal.note(&context.words.say("cli-import-alike-hint"));
    }
    Ok(())
}

const fn fates(report: &ImportReport) -> [(&'static str, u64); 6] {
    [
        ("created", report.created),
        ("updated", report.updated),
        ("unchanged", report.unchanged),
        ("skipped", report.skipped),
        ("refused", report.refused),
        ("left-out", report.left_out),
    ]
}

fn report_json(words: &Words, report: &ImportReport, written: bool) -> Json {
    let findings =
        |all: &[Finding]| -> Json { all.iter().map(|f| finding_json(words, f)).collect() };
    let rows = |rows: &[RefusedRow]| -> Json {
        let told = rows.iter();
        told.map(|row| json!({ "row": row.row, "findings": findings(&row.findings) })).collect()
    };
    let warnings = report
        .warnings
        .iter()
        .map(|(finding, times)| json!({ "times": times, "finding": finding_json(words, finding) }));
    json!({
        "written": written,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "refused": report.refused,
        "skipped": report.skipped,
        "left_out": report.left_out,
        "batch": report.batch.map(|batch| batch.to_string()),
        "file_hash": hex(&report.file_hash),
        "refused_file": report.refused_file.as_ref().map(|file| file.display().to_string()),
        "refused_rows": rows(&report.refused_rows),
        "left_out_rows": rows(&report.left_out_rows),
        "look_alikes": report.look_alikes,
        "warnings": warnings.collect::<Vec<_>>(),
    })
}

fn list(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    let batches = node.batches(&viewer)?;
    if context.json() {
        context.terminal.json(&batches)?;
        return Ok(Exit::Done);
    }
    let columns = ["id", "at", "importer", "register", "mapping", "rows", "file"];
    let mut table = Table::new(columns.map(|key| context.words.say(&format!("cli-batch-{key}"))));
    for batch in batches.as_array().into_iter().flatten() {
        table.row(columns.map(|key| super::show::plain(&batch[key])));
    }
    context.terminal.table(&table)?;
    Ok(Exit::Done)
}

fn undo(context: &mut Context<'_>, batch: &str) -> Result<Exit, Failure> {
    let id: RecordId = batch.parse().map_err(|_not_an_id| {
        Failure::invalid(Finding::error("record-id-invalid").with("value", batch))
    })?;
    let (mut node, viewer) = context.session()?;
    let undone = node.undo(&viewer, &id)?;
    let counts =
        [("deleted", undone.deleted), ("restored", undone.restored), ("kept", undone.kept)];
    if context.json() {
        let counts = counts.map(|(key, count)| (key.to_owned(), json!(count)));
        context.terminal.json(&Json::Object(counts.into_iter().collect()))?;
        return Ok(Exit::Done);
    }
    let mut table = Table::pairs();
    for (key, count) in counts {
        table.row([context.words.say(&format!("cli-undo-{key}")), count.to_string()]);
    }
    context.terminal.table(&table)?;
    Ok(Exit::Done)
}
