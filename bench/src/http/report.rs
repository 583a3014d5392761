//! The figures of the servers as Markdown. A ratio stands only where the answers were the same.

use super::{Outcome, Plan, Row};
use crate::measure::machine;
use crate::report::{digits, thousands};

/// The table, under the command that made it.
pub(crate) fn written(plan: &Plan, outcome: &Outcome, command: &str) -> String {
    let mut lines = vec![
        format!("Command: `{command}`. Machine: {}.", machine()),
        format!(
            "{} events, seed {}; 600 windows, {} matches on the mean, newest 100 with every field \
             and the exact count as GeoJSON; one connection for CPU and percentiles, eight for the \
             throughput, wrk on the same cores. What is compared: the count and the ids in order.",
            thousands(plan.events),
            plan.seed,
            outcome.matched_mean
        ),
        String::new(),
    ];
    lines.extend(outcome.rows.iter().map(|row| format!("- {}: {}", row.name, row.version)));
    lines.extend(outcome.missing.iter().map(|missing| format!("- not measured: {missing}")));
    lines.extend([
        String::new(),
        "| server | CPU ms a request | p50 ms | p99 ms | KB | requests/s (p99 ms) | anonymous MB \
         (shared) | its CPU against Casque's | its p99 against Casque's | load |"
            .to_owned(),
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|".to_owned(),
    ]);
    lines.extend(outcome.rows.iter().map(|row| line(row, outcome.rows.first())));
    lines.push(String::new());
    lines.push(format!(
        "From the start of the process to Casque's first page: {} ms.",
        digits(outcome.first_page_ms)
    ));
    for row in &outcome.rows {
        if let Some((count, first)) = &row.differs {
            lines.push(format!("{} answers of {} differ; the first: {first}", count, row.name));
        }
    }
    lines.join("\n")
}

fn line(row: &Row, first: Option<&Row>) -> String {
    let (cpu, p99) = ratios(row, first);
    let throughput = row.throughput.map_or_else(
        || "–".to_owned(),
        |(rate, p99)| format!("{} ({})", digits(rate), digits(p99)),
    );
    format!(
        "| {} | {} | {} | {} | {} | {throughput} | {} ({}) | {cpu} | {p99} | {} |",
        row.name,
        digits(row.cpu_ms),
        digits(row.times.percentile_ms(50)),
        digits(row.times.percentile_ms(99)),
        row.bytes / 1_000,
        row.memory.anonymous_kb / 1_024,
        row.memory.shared_kb / 1_024,
        row.load
    )
}

/// How many times as much as Casque's, or why that is not said.
fn ratios(row: &Row, first: Option<&Row>) -> (String, String) {
    let Some(first) = first.filter(|first| first.name != row.name) else {
        return ("–".to_owned(), "–".to_owned());
    };
    if row.differs.is_some() {
        return ("answers differ".to_owned(), "answers differ".to_owned());
    }
    let p99 = row.times.percentile_ms(99) / first.times.percentile_ms(99);
    (format!("{:.0}", row.cpu_ms / first.cpu_ms), format!("{p99:.0}"))
}
