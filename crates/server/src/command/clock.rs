//! `casque clock` and `casque overdue`: how long records take between two states, and which stand
//! longer than they may.

use app::{ClockQuestion, OverdueQuestion, Question};
use serde_json::Value as Json;

use crate::cli::{Clock, Overdue};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::table::{Table, or_unknown};

const MINUTE_S: i64 = 60;
const HOUR_S: i64 = 60 * MINUTE_S;
/// The figures of a group that are counts, in the order they are told.
const COUNTS: [&str; 6] =
    ["count", "answered", "never_answered", "still_open", "missing_stamp", "out_of_order"];

/// Tells the clock of a register.
pub(crate) fn run(context: &mut Context<'_>, clock: &Clock) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    let question = Question {
        register: clock.register.clone(),
        filter: clock.filter.clone(),
        ..Question::default()
    };
    let (from, to, by) = (clock.from.clone(), clock.to.clone(), clock.by.clone());
    let told = node.clock(&viewer, &ClockQuestion { question, from, to, by })?;
    if context.json() {
        context.terminal.json(&told)?;
    } else {
        let table = clock_table(context, &told);
        context.terminal.table(&table)?;
    }
    Ok(Exit::Done)
}

/// Lists what is overdue.
pub(crate) fn overdue(context: &mut Context<'_>, asked: &Overdue) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    let asked = OverdueQuestion { register: asked.register.clone(), mine: asked.mine };
    let late = node.overdue(&viewer, &asked)?;
    if context.json() {
        context.terminal.json(&late)?;
        return Ok(Exit::Done);
    }
    let headings = ["register", "record", "title", "state", "deadline", "late", "to"];
    let headings = headings.map(|name| context.words.say(&format!("cli-overdue-{name}")));
    let mut table = Table::new(headings);
    for item in items(&late) {
        let to = item["escalated_to"].as_array().into_iter().flatten();
        let to: Vec<&str> = to.filter_map(Json::as_str).collect();
        let texts = ["register", "record", "title", "state", "deadline"];
        let texts = texts.map(|name| or_unknown(item[name].as_str()));
        let last = [or_unknown(item["overdue_s"].as_i64().map(hours)), to.join(", ")];
        table.row(texts.into_iter().chain(last));
    }
    context.terminal.table(&table)?;
    Ok(Exit::Done)
}

/// The groups, and all of them together in the last line.
fn clock_table(context: &Context<'_>, told: &Json) -> Table {
    let by: Vec<&str> = items(&told["by"]).filter_map(Json::as_str).collect();
    let say = |name: &str| context.words.say(&format!("cli-clock-{}", name.replace('_', "-")));
    let headings = by.iter().map(|name| (*name).to_owned());
    let times = ["median", "p90"].map(say);
    let mut table = Table::new(headings.chain(times).chain(COUNTS.map(say)));
    // Without keys the one group there is would say the same as the last line.
    for group in items(&told["groups"]).filter(|_group| !by.is_empty()) {
        let keys = by.iter().map(|name| or_unknown(group["key"][*name].as_str()));
        table.row(keys.chain(figures(group)));
    }
    let blank =
        by.iter().enumerate().map(|(at, _)| if at == 0 { say("total") } else { String::new() });
    table.row(blank.chain(figures(&told["total"])));
    table
}

fn figures(group: &Json) -> Vec<String> {
    let times = ["median_s", "p90_s"].map(|name| or_unknown(group[name].as_i64().map(hours)));
    let counts = COUNTS.map(|name| or_unknown(group[name].as_i64()));
    times.into_iter().chain(counts).collect()
}

fn items(list: &Json) -> impl Iterator<Item = &Json> {
    list.as_array().into_iter().flatten()
}

/// Hours and minutes, begun minutes left off: the same in every language.
fn hours(seconds: i64) -> String {
    format!("{}:{:02}", seconds / HOUR_S, seconds % HOUR_S / MINUTE_S)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_hours_and_minutes() {
        assert_eq!(
            [0, 59, 60, 3_599, 3_600, 360_061].map(hours),
            ["0:00", "0:00", "0:01", "0:59", "1:00", "100:01"]
        );
    }
}
