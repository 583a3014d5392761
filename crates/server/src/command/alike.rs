//! `casque alike`, `merge`, `unmerge`, `distinct`: the records that look like one, with how much and why,
//! and what a person says of them.

use serde_json::{Value as Json, json};

use crate::cli::{Distinct, Merge, Record, Restore};
use crate::command::record::{done, told};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::table::{Table, or_unknown};

const KILOMETRE_M: u64 = 1_000;
const HOUR_S: u64 = 3_600;
/// Words that are told of those two records share.
const WORDS_MAX: usize = 6;

/// Lists the look-alikes of a record.
pub(crate) fn run(context: &mut Context<'_>, record: &Record) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    let told = node.alike(&viewer, &record.register, &record.record)?;
    if context.json() {
        context.terminal.json(&told)?;
        return Ok(Exit::Done);
    }
    let alike = told["look_alikes"].as_array().map_or(&[][..], Vec::as_slice);
    if alike.is_empty() {
        let has_rule = !told["threshold"].is_null();
        let key = if has_rule { "cli-alike-none" } else { "cli-alike-no-rule" };
        context.terminal.note(&context.words.say(key));
        return Ok(Exit::Done);
    }
    let headings = ["score", "record", "title", "why"];
    let mut table =
        Table::new(headings.map(|name| context.words.say(&format!("cli-alike-{name}"))));
    for one in alike {
        let text = |name: &str| or_unknown(one[name].as_str());
        table.row([percent(&one["score"]), text("id"), text("title"), why(context, one)]);
    }
    context.terminal.table(&table)?;
    Ok(Exit::Done)
}

/// Merges one record into another.
pub(crate) fn merge(context: &mut Context<'_>, merge: &Merge) -> Result<Exit, Failure> {
    let (mut node, viewer) = context.session()?;
    let reason = merge.why.reason.as_deref();
    let what = app::Merge { other: &merge.other, take: &merge.take, reason };
    let merged = node.merge(&viewer, (merge.register.as_str(), merge.kept.as_str()), what)?;
    let taken = merged.outcome as u64;
    let text = context.words.say_with("cli-merged", &[("count", taken.into())]);
    let document = json!({ "id": merge.kept, "merged": merge.other, "taken": taken });
    told(context, &text, document, &merged.warnings)
}

/// Takes back that a record was merged.
pub(crate) fn unmerge(context: &mut Context<'_>, restore: &Restore) -> Result<Exit, Failure> {
    let (mut node, viewer) = context.session()?;
    let Record { register, record } = &restore.record;
    let aim = (register.as_str(), record.as_str());
    let from = node.unmerge(&viewer, aim, restore.why.reason.clone())?.to_string();
    let text = context.words.say_with("cli-unmerged", &[("record", (&from).into())]);
    done(context, &text, &json!({ "id": record, "unmerged_from": from }))
}

/// Says that two records are two, or takes that back.
pub(crate) fn distinct(context: &mut Context<'_>, distinct: &Distinct) -> Result<Exit, Failure> {
    let (mut node, viewer) = context.session()?;
    let Record { register, record } = &distinct.record;
    let (aim, reason) = ((register.as_str(), record.as_str()), distinct.why.reason.clone());
    let key = if distinct.undo {
        node.unsay_distinct(&viewer, aim, &distinct.other, reason)?;
        "cli-not-distinct"
    } else {
        node.say_distinct(&viewer, aim, &distinct.other, reason)?;
        "cli-distinct"
    };
    let text = context.words.say(key);
    let said = json!({ "id": record, "other": distinct.other, "distinct": !distinct.undo });
    done(context, &text, &said)
}

/// Of 100.
pub(super) fn percent(score: &Json) -> String {
    format!("{:.0}", score.as_f64().unwrap_or_default() * 100.0)
}

/// The parts that found something, in words.
pub(super) fn why(context: &Context<'_>, alike: &Json) -> String {
    let parts = alike["reasons"].as_array().into_iter().flatten();
    let told: Vec<String> = parts.filter_map(|part| reason(context, part)).collect();
    told.join("; ")
}

fn reason(context: &Context<'_>, part: &Json) -> Option<String> {
    let say = |key: &str, name: &str, value: String| {
        Some(context.words.say_with(key, &[(name, (&value).into())]))
    };
    if part["score"].as_f64().unwrap_or_default() <= 0.0 {
        return None;
    }
    match part["part"].as_str()? {
        "place" => say("cli-alike-place", "distance", distance(part["metres"].as_u64()?)),
        "time" => say("cli-alike-time", "hours", (part["seconds"].as_u64()? / HOUR_S).to_string()),
        "same" => say("cli-alike-same", "field", part["field"].as_str()?.to_owned()),
        _ => {
            let words = part["words"].as_array()?.iter().filter_map(Json::as_str);
            say("cli-alike-words", "words", words.take(WORDS_MAX).collect::<Vec<_>>().join(", "))
        }
    }
}

fn distance(metres: u64) -> String {
    if metres < KILOMETRE_M {
        format!("{metres} m")
    } else {
        format!("{} km", metres / KILOMETRE_M)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_and_scores_are_short() {
        assert_eq!([0, 999, 1_000, 12_999].map(distance), ["0 m", "999 m", "1 km", "12 km"]);
        assert_eq!(percent(&Json::from(0.876)), "88");
    }
}
