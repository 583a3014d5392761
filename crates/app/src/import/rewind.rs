//! Rows as they stood at an instant: without what came later.
//!
//! A file tells how things ended. For an instant before that, a row is not there yet whose start of the
//! workflow lies later; where the workflow says nothing of the start, one whose own time lies later, unless
//! a step was made before. A record stands in the state it had entered by then, told by the stamps of its
//! workflow; stamps that lie later are empty, and so is what only steps into states not yet entered ask for.
//! Of rows within a value those go whose first time is later. Times after the last that is told of are plans
//! and hide nothing. Fields that no workflow speaks of stay as the file has them.

use std::collections::BTreeSet;

use mission::mapping::Imported;
use mission::register::{Register, Workflow};
use model::id::Name;
use model::rows::Row;
use model::time::Timestamp;
use model::value::Value;

use crate::edit::Values;
use crate::workflow::state_of;

/// An instant at which rows are taken.
#[derive(Clone, Copy, Debug)]
pub struct AsOf<'a> {
    /// The instant.
    pub at: Timestamp,
    /// The last instant that the rows tell of; later times are plans.
    pub last: Timestamp,
    /// The keys of rows that are never taken.
    pub without: &'a BTreeSet<String>,
}

impl AsOf<'_> {
    /// Takes away what came after the instant; whether the row is there at all.
    pub(super) fn takes(&self, register: &Register, row: &mut Imported) -> bool {
        if self.without.contains(&row.key) || !self.is_known(register, &row.values) {
            return false;
        }
        let values = &mut row.values;
        if let Some(workflow) = &register.workflow {
            rewind_state(workflow, register, values, *self);
        }
        for value in values.values_mut() {
            if let Some(Value::Rows(rows)) = value {
                rows.retain(|row| !row_time(row).is_some_and(|time| self.is_later(time)));
                if rows.is_empty() {
                    *value = None;
                }
            }
        }
        true
    }

    /// Whether something happens after the instant, and is told of.
    fn is_later(&self, time: Timestamp) -> bool {
        time > self.at && time <= self.last
    }

    /// Whether anybody knew of a record.
    fn is_known(&self, register: &Register, values: &Values) -> bool {
        let own = register.time_field.as_ref().and_then(|field| time(values, field));
        let Some(workflow) = &register.workflow else {
            return !own.is_some_and(|time| self.is_later(time));
        };
        if let Some(begun) = workflow.stamp.as_ref().and_then(|stamp| time(values, stamp)) {
            return begun <= self.at;
        }
        let stamps = workflow.transitions.iter().filter_map(|step| step.stamp.as_ref());
        let first = stamps.filter_map(|stamp| time(values, stamp)).min();
        !own.into_iter().chain(first).min().is_some_and(|time| self.is_later(time))
    }
}

fn rewind_state(workflow: &Workflow, register: &Register, values: &mut Values, then: AsOf<'_>) {
    let last = state_of(workflow, values);
    let stands = standing(workflow, values, (&last, then));
    if stands != last {
        values.insert(workflow.field.clone(), Some(Value::Code(stands.to_string())));
    }
    let is_by_then =
        |state: &Name| moment(workflow, values, state).is_some_and(|time| time <= then.at);
    let is_after =
        |state: &Name| moment(workflow, values, state).is_some_and(|time| then.is_later(time));
    let steps = workflow.transitions.iter();
    let past = steps.clone().filter(|step| step.to == stands || is_by_then(&step.to));
    let asked: BTreeSet<&Name> = past.flat_map(|step| &step.requires).collect();
    let later = steps.filter(|step| is_after(&step.to) || (stands != last && step.to == last));
    let asked_later = later.flat_map(|step| &step.requires);
    let mut cleared: BTreeSet<Name> =
        asked_later.filter(|name| !asked.contains(name)).cloned().collect();
    let stamps = workflow.transitions.iter().filter_map(|step| step.stamp.as_ref());
    let late = stamps.filter(|stamp| time(values, stamp).is_some_and(|time| then.is_later(time)));
    cleared.extend(late.cloned());
    for name in cleared {
        let field = register.form.field(name.as_str());
        let is_required = field.is_some_and(|f| f.required || f.other.contains_key("required"));
        if !is_required && name != workflow.field {
            values.insert(name, None);
        }
    }
}

/// Where the record stood. A state without any time is the last one where nothing lies later.
fn standing(workflow: &Workflow, values: &Values, (last, then): (&Name, AsOf<'_>)) -> Name {
    let states = workflow.transitions.iter().map(|step| &step.to).chain([&workflow.start]);
    let times: Vec<(Timestamp, &Name)> =
        states.filter_map(|state| Some((moment(workflow, values, state)?, state))).collect();
    let is_after = match moment(workflow, values, last) {
        Some(time) => then.is_later(time),
        None => times.iter().any(|(time, _state)| then.is_later(*time)),
    };
    if !is_after {
        return last.clone();
    }
    let by_then = times.iter().filter(|(time, _state)| *time <= then.at);
    // Of two states entered at once, the one from which the other does not lead on is the later.
    let latest = by_then.max_by(|(one, from), (other, to)| {
        let leads = |from, to| workflow.reachable_from(from, None).contains(to);
        one.cmp(other).then_with(|| leads(*to, *from).cmp(&leads(*from, *to)))
    });
    latest.map_or_else(|| workflow.start.clone(), |(_time, state)| (*state).clone())
}

/// When a record entered a state: by its stamps, else by a day or time that the steps into it ask for.
fn moment(workflow: &Workflow, values: &Values, state: &Name) -> Option<Timestamp> {
    let stamps = workflow.stamps_of(state.as_str());
    if !stamps.is_empty() {
        return stamps.into_iter().filter_map(|stamp| time(values, stamp)).min();
    }
    let steps = workflow.transitions.iter().filter(|step| step.to == *state);
    steps.flat_map(|step| &step.requires).filter_map(|field| time(values, field)).min()
}

fn time(values: &Values, field: &Name) -> Option<Timestamp> {
    values.get(field)?.as_ref().and_then(instant)
}

fn row_time(row: &Row) -> Option<Timestamp> {
    row.values().find_map(instant)
}

fn instant(value: &Value) -> Option<Timestamp> {
    match value {
        Value::Time(time) => Some(*time),
        Value::Date(date) => Some(date.start()),
        _ => None,
    }
}
