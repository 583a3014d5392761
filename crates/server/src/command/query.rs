//! `casque query`: a page of records, their number, or sums by area, month or field.

use app::{Answer, Node, Question, SumBy, SumRow, Viewer};
use serde_json::{Map, Value as Json, json};

use super::export::question;
use crate::cli::{Order, Query};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::table::{Table, or_unknown};

/// Answers the question.
pub(crate) fn run(context: &mut Context<'_>, query: &Query) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    let asked = Question {
        oldest_first: query.order == Order::Oldest,
        limit: query.limit,
        offset: query.offset,
        ..question(&query.selection)
    };
    if query.count {
        count(context, &node, &viewer, &asked)
    } else if query.by.is_empty() {
        page(context, &node, &viewer, &asked)
    } else {
        let sums = SumBy { question: asked, sums: query.sum.clone(), by: query.by.clone() };
        let groups = node.sums(&viewer, &sums)?;
        told_sums(context, &sums, &groups)
    }
}

fn count(
    context: &mut Context<'_>,
    node: &Node,
    viewer: &Viewer,
    asked: &Question,
) -> Result<Exit, Failure> {
    let count = node.count(viewer, asked)?;
    if context.json() {
        context.terminal.json(&json!({ "count": count }))?;
    } else {
        context.terminal.line(&count.to_string())?;
    }
    Ok(Exit::Done)
}

fn page(
    context: &mut Context<'_>,
    node: &Node,
    viewer: &Viewer,
    asked: &Question,
) -> Result<Exit, Failure> {
    let answer = node.ask(viewer, asked)?;
    if context.json() {
        let records = answer.records.iter().map(|record| answer.json(record));
        let records: Json = records.collect();
        context.terminal.json(&json!({ "records": records, "more": answer.more }))?;
        return Ok(Exit::Done);
    }
    context.terminal.table(&table(&answer))?;
    if answer.more {
        let shown = [("count", (answer.records.len() as u64).into())];
        context.terminal.note(&context.words.say_with("cli-query-more", &shown));
    }
    Ok(Exit::Done)
}

/// The register's columns of a list, after the id.
fn table(answer: &Answer) -> Table {
    let names = answer.list_columns.iter().map(ToString::to_string);
    let mut table = Table::new(std::iter::once("id".to_owned()).chain(names));
    for record in &answer.records {
        let id = record.id.to_string();
        let id = if record.conflict { format!("{id} !") } else { id };
        let values =
            answer.list_columns.iter().map(|field| or_unknown(answer.value(record, field)));
        table.row(std::iter::once(id).chain(values));
    }
    table
}

fn told_sums(context: &mut Context<'_>, asked: &SumBy, groups: &[SumRow]) -> Result<Exit, Failure> {
    if context.json() {
        let groups = groups.iter().map(|group| group_json(asked, group));
        context.terminal.json(&json!({ "groups": groups.collect::<Vec<_>>() }))?;
        return Ok(Exit::Done);
    }
    let named = groups.iter().any(|group| group.area.is_some());
    let name = named.then(|| context.words.say("cli-sum-name"));
    let count = context.words.say("cli-sum-count");
    let headings = asked.by.iter().cloned().chain(name);
    let headings = headings.chain(asked.sums.iter().cloned()).chain(std::iter::once(count));
    let mut table = Table::new(headings);
    for group in groups {
        let keys = group.keys.iter().map(|key| or_unknown(key.as_ref()));
        let name = named.then(|| group.area.clone().unwrap_or_default());
        let sums = group.sums.iter().map(|sum| or_unknown((sum.known > 0).then_some(sum.sum)));
        let count = std::iter::once(group.count.to_string());
        table.row(keys.chain(name).chain(sums).chain(count));
    }
    context.terminal.table(&table)?;
    Ok(Exit::Done)
}

/// A group; a sum over no known value is null, not 0.
fn group_json(asked: &SumBy, group: &SumRow) -> Json {
    let keys = asked.by.iter().zip(&group.keys);
    let keys: Map<String, Json> = keys.map(|(name, key)| (name.clone(), json!(key))).collect();
    let sums = asked.sums.iter().zip(&group.sums).map(|(name, sum)| {
        let said = (sum.known > 0).then_some(sum.sum);
        (name.clone(), json!({ "sum": said, "known": sum.known }))
    });
    let sums: Map<String, Json> = sums.collect();
    json!({ "keys": keys, "area": group.area, "count": group.count, "sums": sums })
}
