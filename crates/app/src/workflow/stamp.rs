//! Stamps: when a record entered a state, as whoever moves it says, or now.

use journal::Happened;
use mission::register::{Register, Transition, Workflow};
use model::finding::Finding;
use model::id::Name;
use model::time::Timestamp;
use model::value::Value;
use store::{Known, Stay};

use crate::edit::Values;

/// A step's stamp: what was given, else what the field holds already where its state was never
/// entered, else now. A stamp in the past is right where work is filed late; one in the future is
/// not, nor one before that of the state the record leaves.
pub(super) fn take(
    (workflow, transition): (&Workflow, &Transition),
    (before, changes): (&Values, &mut Values),
    stays: &[Stay],
    (state, now): (&Name, Timestamp),
) -> Result<Option<Timestamp>, Finding> {
    let Some(field) = &transition.stamp else { return Ok(None) };
    let held = || time(before, field).filter(|_at| !was_used(workflow, field, stays));
    let at = time(changes, field).or_else(held).unwrap_or(now);
    check_future(field, at, now)?;
    let mut left = workflow.stamps_of(state.as_str()).into_iter();
    let left = left.find_map(|stamp| Some((stamp, time(before, stamp)?)));
    if let Some((stamp, entered)) = left.filter(|(_stamp, entered)| at < *entered) {
        let finding = Finding::error("stamp-before").in_column(field.as_str()).with("field", field);
        let finding = finding.with("value", at).with("state", state);
        return Err(finding.with("stamp", stamp).with("entered", entered));
    }
    changes.insert(field.clone(), Some(Value::Time(at)));
    Ok(Some(at))
}

/// A record made by hand in the start entered it now, where nothing else is said.
pub(super) fn begin(workflow: &Workflow, values: &mut Values, now: Timestamp) {
    let Some(field) = &workflow.stamp else { return };
    let value = values.entry(field.clone()).or_default();
    if value.is_none() {
        *value = Some(Value::Time(now));
    }
}

/// What is wrong with the stamps of a record that is made by hand.
pub(super) fn faults(register: &Register, values: &Values, now: Timestamp) -> Vec<Finding> {
    let Some(workflow) = &register.workflow else { return Vec::new() };
    let steps = workflow.transitions.iter().filter_map(|step| step.stamp.as_ref());
    let mut stamps: Vec<&Name> = steps.chain(workflow.stamp.as_ref()).collect();
    stamps.sort_unstable();
    stamps.dedup();
    let given = stamps.into_iter().filter_map(|field| Some((field, time(values, field)?)));
    given.filter_map(|(field, at)| check_future(field, at, now).err()).collect()
}

fn check_future(field: &Name, at: Timestamp, now: Timestamp) -> Result<(), Finding> {
    if at <= now {
        return Ok(());
    }
    let finding = Finding::error("stamp-future").in_column(field.as_str()).with("field", field);
    Err(finding.with("value", at).with("now", now))
}

fn was_used(workflow: &Workflow, field: &Name, stays: &[Stay]) -> bool {
    stays.iter().filter(|stay| stay.known != Known::Told).any(|stay| {
        let state = stay.state.as_ref().map_or("", Name::as_str);
        workflow.stamps_of(state).contains(&field)
    })
}

/// The time a field holds.
pub(super) fn time(values: &Values, field: &Name) -> Option<Timestamp> {
    match values.get(field)?.as_ref()? {
        Value::Time(at) => Some(*at),
        _ => None,
    }
}

/// Whether an entry is a step that this transition can have made: the journal keeps where from and
/// where to, not the name.
pub(super) fn is_step(
    workflow: &Workflow,
    transition: &Transition,
    happened: &Happened<'_>,
) -> bool {
    let journal::Act::Transition(step) = &happened.operation.act else { return false };
    let from = step.from.as_ref().unwrap_or(&workflow.start);
    step.workflow == workflow.name && step.to == transition.to && transition.from.contains(from)
}
