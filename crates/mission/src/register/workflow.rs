//! A workflow: the field that shows where a record stands, and the steps from one state to another.
//!
//! States are the codes of that field. The journal keeps them as names, so a code that is no name
//! can be no state. A key nobody knows is an error, so nothing can be written down and silently not
//! be kept.

mod asked;
mod check;
mod clock;
mod condition;
mod deadline;
mod gate;
mod read;
mod span;
mod state;

use std::collections::BTreeSet;

use forms::labels::Labels;
use model::id::Name;

pub(super) use asked::check as check_asked;
pub(crate) use check::{check_gates, check_roles};
pub(super) use clock::read as read_clocks;
pub use clock::{ClockKey, StateClock};
pub use condition::Condition;
pub use deadline::{Deadline, Escalation};
pub use gate::Gate;
pub(super) use read::{Around, is_computed, read};
pub use span::{Length, Span};

/// What stands among the steps of `other_than` for whoever made the record.
const AUTHOR: &str = "author";

/// How the records of a register move from state to state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workflow {
    /// Its name: what the journal calls it.
    pub name: Name,
    /// The code field that shows the state.
    pub field: Name,
    /// The state of a record that shows none, and of one made by hand that does not say.
    pub start: Name,
    /// The time field that says when a record entered the start.
    pub stamp: Option<Name>,
    /// The steps, in the order of the file.
    pub transitions: Vec<Transition>,
    /// How long records may stand in a state, in the order of the file.
    pub deadlines: Vec<Deadline>,
}

/// A step of a workflow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// Its name.
    pub name: Name,
    /// What people read on its button: what is done.
    pub labels: Labels,
    /// The states it starts from; at least one.
    pub from: Vec<Name>,
    /// The state it leads to.
    pub to: Name,
    /// The fields that must have a value when it is done.
    pub requires: Vec<Name>,
    /// Whether whoever does it must say why.
    pub reason: bool,
    /// The roles that may do it; empty: whoever has the right to transition.
    pub roles: Vec<Name>,
    /// Steps whose author, of the latest of them, may not do this one.
    pub other_than: Vec<Name>,
    /// Whether whoever made the record may not do it either.
    pub not_author: bool,
    /// What must be true of the record, with what is given with the step.
    pub condition: Option<Condition>,
    /// What people read where the condition is not true.
    pub condition_message: Labels,
    /// The time or date field that says when the record entered the state it leads to.
    pub stamp: Option<Name>,
    /// Another record that must allow it.
    pub gate: Option<Gate>,
    /// The line it begins in.
    pub row: u64,
}

impl Transition {
    /// Whether it asks for this field: whoever may make the step may fill it.
    pub fn asks_for(&self, field: &Name) -> bool {
        self.requires.contains(field) || self.stamp.as_ref() == Some(field)
    }
}

impl Workflow {
    /// The transition of this name.
    pub fn transition(&self, name: &str) -> Option<&Transition> {
        self.transitions.iter().find(|transition| transition.name.as_str() == name)
    }

    /// The transitions that start from this state.
    pub fn leaving(&self, state: &str) -> impl Iterator<Item = &Transition> {
        let starts =
            move |from: &&Transition| from.from.iter().any(|known| known.as_str() == state);
        self.transitions.iter().filter(starts)
    }

    /// The deadlines that run in this state.
    pub fn deadlines_in(&self, state: &str) -> impl Iterator<Item = &Deadline> {
        let runs = move |deadline: &&Deadline| deadline.states.iter().any(|s| s.as_str() == state);
        self.deadlines.iter().filter(runs)
    }

    /// The fields that say when a record entered this state, each once: that of the start first,
    /// then those of the steps that lead there.
    pub fn stamps_of(&self, state: &str) -> Vec<&Name> {
        let start = self.stamp.iter().filter(|_stamp| self.start.as_str() == state);
        let leading = self.transitions.iter().filter(|step| step.to.as_str() == state);
        let mut stamps: Vec<&Name> = Vec::new();
        for stamp in start.chain(leading.filter_map(|step| step.stamp.as_ref())) {
            if !stamps.contains(&stamp) {
                stamps.push(stamp);
            }
        }
        stamps
    }

    /// The states that transitions lead to from the start, the start among them.
    pub fn reachable(&self) -> BTreeSet<&Name> {
        self.reachable_from(&self.start, None)
    }

    /// The states that transitions lead to from this one, itself among them, without going through
    /// the one that is avoided.
    pub fn reachable_from<'a>(
        &'a self,
        start: &'a Name,
        avoided: Option<&Name>,
    ) -> BTreeSet<&'a Name> {
        let mut reached = BTreeSet::from([start]);
        loop {
            let leads = |step: &&Transition| step.from.iter().any(|from| reached.contains(from));
            let next: Vec<&Name> = self
                .transitions
                .iter()
                .filter(leads)
                .map(|step| &step.to)
                .filter(|to| !reached.contains(to) && avoided != Some(*to))
                .collect();
            if next.is_empty() {
                return reached;
            }
            reached.extend(next);
        }
    }
}

#[cfg(test)]
mod tests;
