//! `casque create`, `edit`, `settle`, `comment`, `transition`, `delete`, `restore`: what is done to one
//! record by hand.

use app::{Answers, Choice};
use model::finding::Finding;
use serde_json::{Value as Json, json};

use crate::cli::{Comment, Create, Delete, Edit, Record, Restore, Settle, Transition};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::terminal::finding_json;

/// Makes a record; its id is the data.
pub(crate) fn create(context: &mut Context<'_>, create: &Create) -> Result<Exit, Failure> {
    let answers = answers(&create.values)?;
    let (mut node, viewer) = context.session()?;
    let reason = create.why.reason.clone();
    let made = node.create_record(&viewer, &create.register, &answers, reason)?;
    let id = made.outcome.to_string();
    if context.json() {
        let document = warned(context, json!({ "id": id }), &made.warnings);
        context.terminal.json(&document)?;
    } else {
        tell(context, &made.warnings);
        context.terminal.line(&id)?;
    }
    Ok(Exit::Done)
}

/// Changes fields of a record.
pub(crate) fn edit(context: &mut Context<'_>, edit: &Edit) -> Result<Exit, Failure> {
    let answers = answers(&edit.values)?;
    let (mut node, viewer) = context.session()?;
    let reason = edit.why.reason.clone();
    let edited = node.edit_record(&viewer, named(&edit.record), &answers, reason)?;
    let changed = edited.outcome as u64;
    let text = context.words.say_with("cli-edited", &[("count", changed.into())]);
    let document = json!({ "id": edit.record.record, "changed": changed });
    told(context, &text, document, &edited.warnings)
}

/// Settles a conflict.
pub(crate) fn settle(context: &mut Context<'_>, settle: &Settle) -> Result<Exit, Failure> {
    let choice = match (&settle.take, &settle.value) {
        (Some(entry), _) => Choice::Entry(entry.parse().map_err(|_not_an_id| {
            Failure::invalid(Finding::error("entry-id-invalid").with("value", entry))
        })?),
        (None, value) => Choice::Value(value.clone().unwrap_or_default()),
    };
    let (mut node, viewer) = context.session()?;
    let reason = settle.why.reason.clone();
    let settled = node.settle(&viewer, named(&settle.record), (&settle.field, &choice), reason)?;
    let text = context.words.say_with("cli-settled", &[("field", (&settle.field).into())]);
    let document = json!({ "id": settle.record.record, "settled": settle.field });
    told(context, &text, document, &settled.warnings)
}

/// Says something about a record.
pub(crate) fn comment(context: &mut Context<'_>, comment: &Comment) -> Result<Exit, Failure> {
    let (mut node, viewer) = context.session()?;
    node.comment(&viewer, named(&comment.record), &comment.text, comment.field.as_deref())?;
    let text = context.words.say("cli-commented");
    done(context, &text, &json!({ "id": comment.record.record, "commented": true }))
}

/// Moves a record along its workflow.
pub(crate) fn transition(
    context: &mut Context<'_>,
    transition: &Transition,
) -> Result<Exit, Failure> {
    let answers = answers(&transition.values)?;
    let (mut node, viewer) = context.session()?;
    let reason = transition.why.reason.clone();
    let step = (transition.step.as_str(), Answers::from(&answers));
    let moved = node.transition(&viewer, named(&transition.record), step, reason)?;
    let text = context.words.say("cli-moved");
    let id = &transition.record.record;
    let document = json!({ "id": id, "transition": transition.step });
    told(context, &text, document, &moved.warnings)
}

/// Brings a deleted record back.
pub(crate) fn restore(context: &mut Context<'_>, restore: &Restore) -> Result<Exit, Failure> {
    let (mut node, viewer) = context.session()?;
    node.restore_record(&viewer, named(&restore.record), restore.why.reason.clone())?;
    let text = context.words.say("cli-restored");
    done(context, &text, &json!({ "id": restore.record.record, "deleted": false }))
}

/// Deletes a record, with `--yes` or after asking.
pub(crate) fn delete(context: &mut Context<'_>, delete: &Delete) -> Result<Exit, Failure> {
    if !delete.yes && !confirmed(context, &delete.record)? {
        return Err(Failure::new(Exit::Usage, Finding::error("usage-yes-missing")));
    }
    let (mut node, viewer) = context.session()?;
    node.delete_record(&viewer, named(&delete.record), delete.why.reason.clone())?;
    let text = context.words.say("cli-deleted");
    done(context, &text, &json!({ "id": delete.record.record, "deleted": true }))
}

fn confirmed(context: &mut Context<'_>, record: &Record) -> Result<bool, Failure> {
    if !context.terminal.can_ask() {
        return Ok(false);
    }
    let values = [("record", (&record.record).into())];
    context.terminal.confirm(context.words, &context.words.say_with("cli-delete-question", &values))
}

pub(super) fn done(
    context: &mut Context<'_>,
    text: &str,
    document: &Json,
) -> Result<Exit, Failure> {
    if context.json() {
        context.terminal.json(document)?;
    } else {
        context.terminal.note(text);
    }
    Ok(Exit::Done)
}

/// The same of an act of which its author should know more.
pub(super) fn told(
    context: &mut Context<'_>,
    text: &str,
    document: Json,
    warnings: &[Finding],
) -> Result<Exit, Failure> {
    if !context.json() {
        tell(context, warnings);
    }
    let document = warned(context, document, warnings);
    done(context, text, &document)
}

fn tell(context: &mut Context<'_>, warnings: &[Finding]) {
    for warning in warnings {
        context.terminal.warn(context.words, warning);
    }
}

fn warned(context: &Context<'_>, mut document: Json, warnings: &[Finding]) -> Json {
    if !warnings.is_empty() {
        let warnings = warnings.iter().map(|warning| finding_json(context.words, warning));
        document["warnings"] = warnings.collect();
    }
    document
}

fn named(record: &Record) -> (&str, &str) {
    (&record.register, &record.record)
}

/// `field=value`, each; an empty value clears the field.
fn answers(words: &[String]) -> Result<Vec<(String, String)>, Failure> {
    let mut answers = Vec::new();
    let mut findings = Vec::new();
    for word in words {
        match word.split_once('=') {
            Some((field, value)) => answers.push((field.trim().to_owned(), value.to_owned())),
            None => findings.push(Finding::error("usage-field-value").with("given", word)),
        }
    }
    if findings.is_empty() { Ok(answers) } else { Err(Failure { exit: Exit::Usage, findings }) }
}
