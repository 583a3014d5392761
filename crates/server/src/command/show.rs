//! `casque show` and `casque history`: one record as it is, and how it came to be so.

use app::{Field, Register};
use serde_json::Value as Json;

use crate::cli::Record;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::table::Table;

/// Shows a record whole.
pub(crate) fn record(context: &mut Context<'_>, record: &Record) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    let shown = node.show(&viewer, &record.register, &record.record)?.0;
    if context.json() {
        context.terminal.json(&shown)?;
        return Ok(Exit::Done);
    }
    let register = node.pack().register(&record.register);
    context.terminal.table(&values(&shown, register, context.words.language()))?;
    for key in ["conflicts", "comments"] {
        if shown[key].as_object().is_some_and(|all| !all.is_empty())
            || shown[key].as_array().is_some_and(|all| !all.is_empty())
        {
            context.terminal.line("")?;
            context.terminal.line(&context.words.say(&format!("cli-show-{key}")))?;
            let table = if key == "conflicts" { conflicts(&shown) } else { comments(&shown) };
            context.terminal.table(&table)?;
        }
    }
    context.terminal.line("")?;
    let origin = origin(context, &shown);
    context.terminal.table(&origin)?;
    Ok(Exit::Done)
}

/// Shows every step of a record.
pub(crate) fn history(context: &mut Context<'_>, record: &Record) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    let steps = node.history(&viewer, &record.register, &record.record)?;
    if context.json() {
        let steps: Json = steps.into_iter().map(|step| step.0).collect();
        context.terminal.json(&steps)?;
        return Ok(Exit::Done);
    }
    let columns = ["at", "user", "act", "field", "value", "reason"];
    let mut table = Table::new(columns.map(|key| context.words.say(&format!("cli-step-{key}"))));
    for step in &steps {
        step_rows(&step.0, &mut table);
    }
    context.terminal.table(&table)?;
    Ok(Exit::Done)
}

/// A value of a document as text.
pub(super) fn plain(value: &Json) -> String {
    match value {
        Json::Null => "–".to_owned(),
        Json::String(text) => text.clone(),
        Json::Array(all) => all.iter().map(plain).collect::<Vec<_>>().join(" "),
        Json::Object(object) => match (object.get("type"), object.get("coordinates")) {
            (Some(Json::String(kind)), Some(coordinates)) if kind == "Point" => plain(coordinates),
            _ => value.to_string(),
        },
        other => other.to_string(),
    }
}

/// One row for each field that a step sets, one for a step that sets none.
pub(super) fn step_rows(step: &Json, table: &mut Table) {
    let head = |key: &str| if step[key].is_null() { String::new() } else { plain(&step[key]) };
    let start = [head("at"), head("user"), head("act")];
    let fields = step["detail"]["fields"].as_object();
    let Some(fields) = fields.filter(|fields| !fields.is_empty()) else {
        let detail = detail(&step["detail"]);
        table.row(start.into_iter().chain([String::new(), detail, head("reason")]));
        return;
    };
    let same = || ["", "", ""].map(str::to_owned);
    for (nth, (field, edit)) in fields.iter().enumerate() {
        let start = if nth == 0 { start.clone() } else { same() };
        let reason = if nth == 0 { head("reason") } else { String::new() };
        table.row(start.into_iter().chain([field.clone(), plain(&edit["value"]), reason]));
    }
}

fn detail(detail: &Json) -> String {
    match detail {
        Json::Object(parts) => {
            let parts = parts.iter().map(|(key, value)| format!("{key}={}", plain(value)));
            parts.collect::<Vec<_>>().join(" ")
        }
        _ => String::new(),
    }
}

/// The fields that have a value, codes with what they mean.
fn values(shown: &Json, register: Option<&Register>, language: &str) -> Table {
    let mut table = Table::pairs();
    table.row(["id".to_owned(), plain(&shown["id"]), String::new()]);
    for (name, value) in shown["values"].as_object().into_iter().flatten() {
        let known = register.and_then(|register| Some((register, register.form.field(name)?)));
        add_value(&mut table, name, value, (known, language));
    }
    table
}

/// One row for a value, or one for each value within its rows: `victims[2].age`.
fn add_value(
    table: &mut Table,
    name: &str,
    value: &Json,
    (known, language): (Option<(&Register, &Field)>, &str),
) {
    let rows = value.as_array().filter(|all| !all.is_empty() && all.iter().all(Json::is_object));
    match rows {
        None if value.is_null() => {}
        None => {
            let meaning =
                known.and_then(|(register, field)| meaning(register, field, value, language));
            table.row([name.to_owned(), plain(value), meaning.unwrap_or_default()]);
        }
        Some(rows) => {
            for (nth, row) in (1..).zip(rows) {
                for (column, value) in row.as_object().into_iter().flatten() {
                    let known =
                        known.and_then(|(register, field)| Some((register, field.column(column)?)));
                    add_value(table, &format!("{name}[{nth}].{column}"), value, (known, language));
                }
            }
        }
    }
}

/// What the code in a field means.
fn meaning(register: &Register, field: &Field, value: &Json, language: &str) -> Option<String> {
    let list = field.list.as_ref()?;
    let code = register.lists.get(list.as_str())?.get(value.as_str()?)?;
    code.labels.get(language).map(str::to_owned)
}

fn conflicts(shown: &Json) -> Table {
    let mut table = Table::pairs();
    for (field, values) in shown["conflicts"].as_object().into_iter().flatten() {
        for value in values.as_array().into_iter().flatten() {
            let parts = ["value", "user", "at", "entry"].map(|key| plain(&value[key]));
            table.row(std::iter::once(field.clone()).chain(parts));
        }
    }
    table
}

fn comments(shown: &Json) -> Table {
    let mut table = Table::pairs();
    for comment in shown["comments"].as_array().into_iter().flatten() {
        table.row(["at", "user", "text"].map(|key| plain(&comment[key])));
    }
    table
}

/// Who made it, who changed it last, where it comes from.
fn origin(context: &Context<'_>, shown: &Json) -> Table {
    let mut table = Table::pairs();
    for key in ["created", "changed"] {
        let moment = &shown[key];
        if !moment.is_null() {
            let label = context.words.say(&format!("cli-show-{key}"));
            table.row([label, plain(&moment["at"]), plain(&moment["user"])]);
        }
    }
    let batch = &shown["batch"];
    if !batch.is_null() {
        let label = context.words.say("cli-show-batch");
        table.row([label, plain(&batch["id"]), plain(&batch["file"])]);
    }
    if shown["deleted"] == true {
        table.row([context.words.say("cli-show-deleted")]);
    }
    if shown["is_merged"] == true {
        table.row([context.words.say("cli-show-merged-into"), plain(&shown["merged_into"])]);
    }
    for other in shown["merged"].as_array().into_iter().flatten() {
        let label = context.words.say("cli-show-merged");
        table.row([label, plain(&other["id"]), plain(&other["title"])]);
    }
    table
}
