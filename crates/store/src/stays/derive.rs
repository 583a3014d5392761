//! From a record's history to its stays.
//!
//! A step is two entries, the step and the state field it sets; a state field that is set without a
//! step says where the record stands without saying how it came there. The latter kind takes the
//! place of an earlier one of its kind that it overwrites, as a second import of one file does.

use std::collections::BTreeMap;

use journal::{Act, Content, Edit, Happened, Transition};
use model::id::{EntryId, LogId, Name};
use model::value::Value;

use super::{Flow, Kept, Known};

/// The stays of a record, in the order they happened.
pub(super) fn stays(flow: &Flow, history: &[Happened<'_>]) -> Vec<Kept> {
    let mut walk = Walk { flow, stays: Vec::new(), stamps: BTreeMap::new(), steps: Vec::new() };
    for happened in journal::in_order(history.iter().copied()) {
        walk.take(&happened);
    }
    walk.finish()
}

/// What a stamp says: the first and the last instant it can mean, the same where it is a time.
type Stamp = (i64, i64);

/// A stay whose stamp may still be corrected.
struct Open<'a> {
    state: &'a str,
    is_step: bool,
    /// The fields that say when it began.
    fields: Vec<&'a Name>,
    stamp: Option<Stamp>,
    /// When it began where nothing says so.
    otherwise: i64,
    /// The entries that set the state field to this state.
    set_by: Vec<EntryId>,
}

struct Walk<'a> {
    flow: &'a Flow,
    stays: Vec<Open<'a>>,
    /// What the stamps hold.
    stamps: BTreeMap<&'a Name, Option<Stamp>>,
    /// Steps whose state field is still to be set, and their logs.
    steps: Vec<(LogId, Open<'a>)>,
}

impl<'a> Walk<'a> {
    fn take(&mut self, happened: &Happened<'a>) {
        match &happened.operation.act {
            Act::Transition(step) if step.workflow == self.flow.workflow.name => {
                self.step(happened, step);
            }
            Act::Set { edits, .. } => {
                let field = &self.flow.workflow.field;
                match edits.iter().find(|edit| edit.field == *field) {
                    Some(edit) => self.state(happened, edit),
                    None if self.stays.is_empty() => {
                        let start = self.flow.workflow.start.as_str();
                        self.enter(start_of(start, happened, self.flow));
                    }
                    None => {}
                }
                for edit in edits {
                    self.stamp(edit);
                }
            }
            _ => {}
        }
    }

    /// A step begins a stay when its state field is set, which comes after what the step knew of.
    fn step(&mut self, happened: &Happened<'a>, step: &'a Transition) {
        let workflow = &self.flow.workflow;
        let from = step.from.as_ref().unwrap_or(&workflow.start);
        let of_step = workflow
            .transitions
            .iter()
            .filter(|known| known.to == step.to && known.from.contains(from));
        let effective = step.effective.unwrap_or_else(|| happened.at.wall());
        let stay = Open {
            state: step.to.as_str(),
            is_step: true,
            fields: of_step.filter_map(|known| known.stamp.as_ref()).collect(),
            stamp: None,
            otherwise: effective.as_ms(),
            set_by: Vec::new(),
        };
        self.steps.push((happened.log, stay));
    }

    /// The state field was set: by a step, by whoever settled a conflict, or otherwise.
    fn state(&mut self, happened: &Happened<'a>, edit: &'a Edit) {
        let state = match &edit.content {
            Content::Plain(Some(Value::Code(code))) => code.as_str(),
            _ => self.flow.workflow.start.as_str(),
        };
        let is_its_step =
            |(log, step): &(LogId, Open<'a>)| *log == happened.log && step.state == state;
        if let Some(at) = self.steps.iter().position(is_its_step) {
            let (_log, step) = self.steps.remove(at);
            self.enter(Open { set_by: vec![happened.entry], ..step });
            return;
        }
        let is_settled = edit.overwrites.len() > 1;
        let overwritten =
            |stay: &Open<'_>| stay.set_by.iter().any(|by| edit.overwrites.contains(by));
        self.stays.retain(|stay| {
            let is_replaced = overwritten(stay) && (is_settled || !stay.is_step);
            stay.state == state || !is_replaced
        });
        let standing = self.stays.iter().rposition(|stay| stay.state == state && overwritten(stay));
        let standing = standing.and_then(|at| self.stays.get_mut(at));
        if let Some(stay) = standing {
            stay.set_by.push(happened.entry);
            return;
        }
        let mut stay = start_of(state, happened, self.flow);
        stay.set_by.push(happened.entry);
        self.enter(stay);
    }

    /// A stamp that was filled before its state was ever entered is the stamp of the first entry.
    fn enter(&mut self, stay: Open<'a>) {
        let used = |field: &Name| self.stays.iter().any(|stay| stay.fields.contains(&field));
        let held = |field: &&Name| self.stamps.get(*field).copied().flatten();
        let stamp = stay.fields.iter().filter(|field| !used(field)).find_map(held);
        self.stays.push(Open { stamp, ..stay });
    }

    /// A stamp was filled or corrected: that of the latest stay that has it.
    fn stamp(&mut self, edit: &'a Edit) {
        let Some(field) = self.flow.stamps.get(&edit.field) else { return };
        let value = match &edit.content {
            Content::Plain(Some(Value::Time(at))) => Some((at.as_ms(), at.as_ms())),
            Content::Plain(Some(Value::Date(day))) => self.flow.day(*day),
            _ => None,
        };
        self.stamps.insert(field, value);
        let Self { stays, stamps, .. } = self;
        if let Some(stay) = stays.iter_mut().rev().find(|stay| stay.fields.contains(&field)) {
            stay.stamp = stay.fields.iter().find_map(|field| stamps.get(field).copied().flatten());
        }
    }

    fn finish(mut self) -> Vec<Kept> {
        // Whose state field was erased.
        for (_log, step) in std::mem::take(&mut self.steps) {
            self.enter(step);
        }
        let Self { flow, stays, stamps, .. } = self;
        let stayed = |state: &str| stays.iter().any(|stay| stay.state == state);
        let told = flow.own_stamps().filter(|(state, _stamp)| !stayed(state));
        let told = told.filter_map(|(state, stamp)| {
            let (_first, at_ms) = stamps.get(stamp).copied().flatten()?;
            Some(Kept { state: flow.number(state), known: Known::Told, at_ms })
        });
        let told: Vec<Kept> = told.collect();
        let mut kept: Vec<Kept> = stays.iter().map(|stay| stay.kept(flow)).collect();
        kept.extend(told);
        kept
    }
}

/// A stay of a record that was put into a state, not moved there.
fn start_of<'a>(state: &'a str, happened: &Happened<'a>, flow: &'a Flow) -> Open<'a> {
    Open {
        state,
        is_step: false,
        fields: flow.workflow.stamps_of(state),
        stamp: None,
        otherwise: happened.at.wall().as_ms(),
        set_by: Vec::new(),
    }
}

impl Open<'_> {
    fn kept(&self, flow: &Flow) -> Kept {
        let known = match (self.is_step, self.stamp) {
            (true, _) => Known::Moved,
            (false, Some(_)) => Known::Stamped,
            (false, None) => Known::Unstamped,
        };
        // On the day of a stamp the step itself says when; filed later, it was by the end of that day.
        let at_ms = match self.stamp {
            Some((first, last)) => self.otherwise.max(first).min(last),
            None => self.otherwise,
        };
        Kept { state: flow.number(self.state), known, at_ms }
    }
}

#[cfg(test)]
mod tests;
