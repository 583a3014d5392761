//! The figures as Markdown, written into a document between two markers.
//!
//! A ratio is printed only where the answers were the same.

mod chart;

use std::fs;
use std::path::Path;

use anyhow::Context;

pub(crate) use chart::chart;

use crate::measure::{machine, milliseconds};
use crate::run::{About, Difference, GOAL_P99, Outcome, TimedQuestion};
use crate::subject::{CLEARANCE, Kind};

/// Differences printed in full; the number of the others is told.
const DIFFERENCES_SHOWN: usize = 5;

/// One run.
pub(crate) fn run(outcome: &Outcome, command: &str) -> String {
    let mut lines = vec![
        format!("Command: `{command}`. Machine: {}.", machine()),
        format!(
            "Viewer: everything up to {CLEARANCE}; the same filter for all. {} events, seed {}.",
            thousands(outcome.plan.events),
            outcome.plan.seed
        ),
        String::new(),
    ];
    lines.extend(
        outcome.subjects.iter().map(|about| format!("- {}: {}", about.name, about.version)),
    );
    lines.push(String::new());
    lines.extend(answers(outcome));
    lines.extend(differences(&outcome.differences));
    lines.extend(loading(outcome));
    lines.extend(sizes(outcome));
    lines.extend(extras(&outcome.subjects));
    lines.join("\n")
}

/// Several runs of growing size: one table, a line for each size.
pub(crate) fn growth(outcomes: &[Outcome], command: &str) -> String {
    let mut lines = vec![format!("Command: `{command}`. Machine: {}.", machine()), String::new()];
    lines.push(
        "CPU milliseconds an answer (p99 wall milliseconds), by number of events:".to_owned(),
    );
    lines.push(String::new());
    let Some(first) = outcomes.first() else {
        return String::new();
    };
    let header: Vec<String> = outcomes.iter().map(|o| thousands(o.plan.events)).collect();
    lines.push(format!("| question | subject | {} |", header.join(" | ")));
    lines.push(format!("|---|---|{}", "---:|".repeat(outcomes.len())));
    for (position, row) in first.rows.iter().enumerate() {
        for (index, about) in first.subjects.iter().enumerate() {
            let cells: Vec<String> =
                outcomes.iter().map(|o| growth_cell(o, &o.rows[position], index)).collect();
            lines.push(format!(
                "| {} | {} | {} |",
                row.question.title(),
                about.name,
                cells.join(" | ")
            ));
        }
    }
    for (index, about) in first.subjects.iter().enumerate() {
        lines.extend(growth_of_store(outcomes, index, about.name));
    }
    lines.join("\n")
}

/// Puts `text` between `<!-- NAME:begin -->` and `<!-- NAME:end -->` of the document.
pub(crate) fn write_between(document: &Path, name: &str, text: &str) -> anyhow::Result<()> {
    let shown = document.display();
    let old = fs::read_to_string(document).with_context(|| format!("cannot read {shown}"))?;
    let new = replaced(&old, name, text)
        .with_context(|| format!("{shown} has no markers `<!-- {name}:begin -->` and `:end`"))?;
    fs::write(document, new).with_context(|| format!("cannot write {shown}"))
}

fn replaced(document: &str, name: &str, text: &str) -> Option<String> {
    let (begin, end) = (format!("<!-- {name}:begin -->"), format!("<!-- {name}:end -->"));
    let (before, rest) = document.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}\n{}\n{end}{after}", text.trim_end()))
}

fn answers(outcome: &Outcome) -> Vec<String> {
    let mut lines = vec![
        "| question | asked | rows or count, mean | subject | CPU ms | p50 ms | p99 ms | CPU against PostgreSQL (goal) \
         | p99 against PostgreSQL (goal) | load |"
            .to_owned(),
        "|---|---:|---:|---|---:|---:|---:|---:|---:|---:|".to_owned(),
    ];
    for row in &outcome.rows {
        for (index, about) in outcome.subjects.iter().enumerate() {
            let times = &row.times[index];
            let (cpu, p99) = ratios(outcome, row, index);
            lines.push(format!(
                "| {} | {} | {} | {} | {} | {} | {} | {cpu} | {p99} | {} |",
                row.question.title(),
                times.count(),
                row.answered / (times.count() as u64).max(1),
                about.name,
                digits(times.cpu_ms()),
                digits(times.percentile_ms(50)),
                digits(times.percentile_ms(99)),
                row.load_average,
            ));
        }
    }
    lines
}

/// How many times less CPU and p99 than PostgreSQL, with the goal, or why there is no ratio.
fn ratios(outcome: &Outcome, row: &TimedQuestion, index: usize) -> (String, String) {
    let peer = outcome.plan.kinds.first().filter(|kind| **kind == Kind::Postgres);
    if peer.is_none() || index == 0 {
        return ("–".to_owned(), "–".to_owned());
    }
    if outcome.differs(row.question, outcome.subjects[index].name) {
        return ("answers differ".to_owned(), "answers differ".to_owned());
    }
    let (peer, own) = (&row.times[0], &row.times[index]);
    let goal_p99 = row.question.goal().map(|_| GOAL_P99);
    (
        ratio(peer.cpu_ms(), own.cpu_ms(), row.question.goal()),
        ratio(peer.percentile_ms(99), own.percentile_ms(99), goal_p99),
    )
}

fn ratio(peer: f64, own: f64, goal: Option<f64>) -> String {
    let goal = goal.map_or_else(String::new, |goal| format!(" ({goal})"));
    format!("{:.1}{goal}", peer / own)
}

fn differences(differences: &[Difference]) -> Vec<String> {
    if differences.is_empty() {
        return vec![
            String::new(),
            "All subjects gave the same answers to every question.".to_owned(),
        ];
    }
    let mut lines = vec![String::new(), format!("{} answers differ:", differences.len())];
    let shown = differences.iter().take(DIFFERENCES_SHOWN);
    lines.extend(shown.map(|difference| format!("- {}", difference.what)));
    if let Some(more) = differences.len().checked_sub(DIFFERENCES_SHOWN).filter(|more| *more > 0) {
        lines.push(format!("- and {more} more"));
    }
    lines
}

fn loading(outcome: &Outcome) -> Vec<String> {
    let mut lines = vec![
        String::new(),
        "| loading | step | CPU s | wall s | events per CPU s |".to_owned(),
        "|---|---|---:|---:|---:|".to_owned(),
    ];
    for about in &outcome.subjects {
        for step in &about.steps {
            let (cpu, wall) = (step.cpu.as_secs_f64(), step.wall.as_secs_f64());
            lines.push(format!("| {} | {} | {cpu:.2} | {wall:.2} | |", about.name, step.what));
        }
        let (cpu, wall) = load_seconds(about);
        let rate = per_second(outcome.plan.events, cpu);
        lines.push(format!("| {} | **all** | {cpu:.2} | {wall:.2} | {rate} |", about.name));
    }
    lines
}

fn sizes(outcome: &Outcome) -> Vec<String> {
    let mut lines = vec![
        String::new(),
        "| at rest | disk MB | bytes per event | anonymous memory MB | shared memory MB \
         | open to first answer ms |"
            .to_owned(),
        "|---|---:|---:|---:|---:|---:|".to_owned(),
    ];
    for about in &outcome.subjects {
        lines.push(format!(
            "| {} | {} | {} | {} | {} | {} |",
            about.name,
            about.bytes_on_disk / 1_000_000,
            about.bytes_on_disk / outcome.plan.events.max(1),
            about.memory.anonymous_kb / 1_000,
            about.memory.shared_kb / 1_000,
            about.first_answer_ms.map_or_else(|| "–".to_owned(), digits),
        ));
    }
    lines
}

fn extras(subjects: &[About]) -> Vec<String> {
    let mut lines: Vec<String> = subjects
        .iter()
        .flat_map(|about| about.extras.iter().map(move |extra| (about.name, extra)))
        .map(|(name, extra)| format!("| {name} | {} | {} |", extra.what, extra.value))
        .collect();
    if !lines.is_empty() {
        let header = ["", "| subject | also measured | value |", "|---|---|---:|"];
        lines.splice(0..0, header.map(str::to_owned));
    }
    lines
}

fn growth_cell(outcome: &Outcome, row: &TimedQuestion, index: usize) -> String {
    if outcome.differs(row.question, outcome.subjects[index].name) {
        return "answers differ".to_owned();
    }
    let times = &row.times[index];
    format!("{} ({})", digits(times.cpu_ms()), digits(times.percentile_ms(99)))
}

fn growth_of_store(outcomes: &[Outcome], index: usize, name: &str) -> [String; 2] {
    let each = |cell: &dyn Fn(&Outcome, &About) -> String| {
        let cells: Vec<String> = outcomes.iter().map(|o| cell(o, &o.subjects[index])).collect();
        cells.join(" | ")
    };
    let rate = each(&|outcome, about| per_second(outcome.plan.events, load_seconds(about).0));
    let bytes =
        each(&|outcome, about| (about.bytes_on_disk / outcome.plan.events.max(1)).to_string());
    [
        format!("| events loaded per CPU second | {name} | {rate} |"),
        format!("| bytes on disk per event | {name} | {bytes} |"),
    ]
}

fn load_seconds(about: &About) -> (f64, f64) {
    let cpu = about.steps.iter().map(|step| milliseconds(step.cpu)).sum::<f64>() / 1_000.0;
    let wall = about.steps.iter().map(|step| milliseconds(step.wall)).sum::<f64>() / 1_000.0;
    (cpu, wall)
}

fn per_second(events: u64, seconds: f64) -> String {
    let events = u32::try_from(events).map_or(f64::MAX, f64::from);
    format!("{:.0}", events / seconds.max(1e-9))
}

/// Three significant digits, as far as a table needs them.
pub(crate) fn digits(value: f64) -> String {
    match value {
        v if v >= 100.0 => format!("{v:.0}"),
        v if v >= 10.0 => format!("{v:.1}"),
        v if v >= 1.0 => format!("{v:.2}"),
        v => format!("{v:.3}"),
    }
}

/// A number with commas.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|group| std::str::from_utf8(group).unwrap_or_default())
        .collect();
    groups.join(",")
}

#[cfg(test)]
mod tests;
