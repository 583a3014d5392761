//! `casque exercise`: loads the pack's exercise up to a day, and tells what was played by then.

use app::ExerciseReport;
use serde_json::{Value as Json, json};

use super::show::plain;
use crate::cli::Exercise;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::table::Table;
use crate::terminal::finding_json;

/// Runs a verb of `exercise`.
pub(crate) fn run(context: &mut Context<'_>, exercise: &Exercise) -> Result<Exit, Failure> {
    match exercise {
        Exercise::Load { until } => load(context, until),
        Exercise::Show => show(context),
        Exercise::Ledger => ledger(context),
    }
}

fn load(context: &mut Context<'_>, until: &str) -> Result<Exit, Failure> {
    let (mut node, viewer) = context.session()?;
    let work = context.terminal.work(context.words, "cli-work-exercise");
    let report = node.load_exercise(&viewer, until, &mut |day| work.reached(day.into(), None))?;
    drop(work);
    if context.json() {
        let failures = report.failures.iter().map(|finding| finding_json(context.words, finding));
        let document = report_json(&report, &failures.collect());
        context.terminal.json(&document)?;
    } else {
        let mut table = Table::pairs();
        for (name, count) in figures(&report) {
            table.row([context.words.say(&format!("cli-exercise-{name}")), count]);
        }
        context.terminal.table(&table)?;
        for finding in &report.failures {
            context.terminal.warn(context.words, finding);
        }
    }
    Ok(if report.failures.is_empty() { Exit::Done } else { Exit::Invalid })
}

fn figures(report: &ExerciseReport) -> [(&'static str, String); 19] {
    let (rows, drawn) = (report.rows, report.background);
    let days = format!("{} / {}", report.day, report.days);
    let now = report.now.map(|now| now.to_string()).unwrap_or_default();
    [
        ("name", report.name.clone()),
        ("day", days),
        ("now", now),
        ("people", report.people.to_string()),
        ("rows-created", rows.created.to_string()),
        ("rows-updated", rows.updated.to_string()),
        ("rows-refused", rows.refused.to_string()),
        ("drawn-rows", drawn.rows.to_string()),
        ("drawn-refused", drawn.refused.to_string()),
        ("drawn-flagged", drawn.flagged.to_string()),
        ("drawn-mended", drawn.mended.to_string()),
        ("drawn-merged", drawn.merged.to_string()),
        ("drawn-not-found", drawn.not_found.to_string()),
        ("drawn-told-wrongly", drawn.told_wrongly.to_string()),
        ("drawn-withdrawn", drawn.withdrawn.to_string()),
        ("acts", report.acts.to_string()),
        ("refused", report.refused.to_string()),
        ("held", report.held.to_string()),
        ("failed", report.failures.len().to_string()),
    ]
}

fn report_json(report: &ExerciseReport, failures: &Json) -> Json {
    let drawn = report.background;
    json!({
        "exercise": report.name,
        "from_day": report.from_day,
        "day": report.day,
        "days": report.days,
        "now": report.now.map(|now| now.to_string()),
        "people": report.people,
        "rows": {
            "created": report.rows.created,
            "updated": report.rows.updated,
            "refused": report.rows.refused,
        },
        "background": {
            "rows": drawn.rows,
            "refused": drawn.refused,
            "flagged": drawn.flagged,
            "mended": drawn.mended,
            "merged": drawn.merged,
            "not_found": drawn.not_found,
            "told_wrongly": drawn.told_wrongly,
            "withdrawn": drawn.withdrawn,
        },
        "acts": report.acts,
        "acts_refused": report.refused,
        "acts_known": report.known,
        "checks_held": report.held,
        "failures": failures,
    })
}

/// The truth about the background: a document, whoever asks.
fn ledger(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    context.terminal.json(&node.exercise_ledger(&viewer)?)?;
    Ok(Exit::Done)
}

/// The injects up to the loaded day, each with what was expected.
fn show(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    let told = node.exercise_json(&viewer, context.words.language())?;
    if context.json() {
        context.terminal.json(&told)?;
        return Ok(Exit::Done);
    }
    let mut table = Table::pairs();
    for key in ["title", "day_one", "days", "day", "now"] {
        let name = format!("cli-exercise-{}", key.replace('_', "-"));
        table.row([context.words.say(&name), plain(&told[key])]);
    }
    context.terminal.table(&table)?;
    let columns = ["inject", "at", "type", "from", "text", "expected", "part"];
    let headings = columns.map(|key| context.words.say(&format!("cli-exercise-{key}")));
    let mut table = Table::new(headings);
    for inject in told["injects"].as_array().into_iter().flatten() {
        table.row(columns.map(|key| plain(&inject[key])));
    }
    context.terminal.table(&table).map(|()| Exit::Done)
}
