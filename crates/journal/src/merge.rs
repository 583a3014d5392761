//! The merge: a record's operations, in any order and however often, folded into its state.
//!
//! Causality decides what is visible: an entry's share is hidden by the entries that name it as
//! overwritten, and by nothing else. Clocks only decide which of several visible ones is shown
//! first. No policy, no pack, no workflow rule here: every node must reach the same state.

mod hidden;
pub(crate) mod joined;
mod order;
mod state;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use model::id::{EntryId, LogId};
use model::time::hybrid::HybridTime;

use crate::operation::{Act, Operation};
use hidden::Hidden;
pub use order::in_order;
pub use state::{Moment, RecordState, Seen};

/// An operation of a record and the entry that holds it.
#[derive(Clone, Copy, Debug)]
pub struct Happened<'a> {
    /// The entry.
    pub entry: EntryId,
    /// Its log.
    pub log: LogId,
    /// When it was written, by its author's hybrid clock.
    pub at: HybridTime,
    /// What it says.
    pub operation: &'a Operation,
}

/// The state of the record that `operations` are about.
///
/// An entry that an erasure names counts as if its body were gone already, so that nodes agree
/// whether or not they have carried the erasure out.
pub fn fold<'a>(operations: impl IntoIterator<Item = Happened<'a>>) -> RecordState<'a> {
    let history = readable(latest_first(operations));
    let hidden = Hidden::by(&history);
    let mut state = RecordState::default();
    for happened in &history {
        state.note(happened);
        show(&mut state, &hidden, happened);
    }
    settle_register(&mut state, &history);
    settle_deletion(&mut state);
    state
}

/// The order in which visible values are shown: latest first, the larger id among equals.
fn latest_first<'a>(operations: impl IntoIterator<Item = Happened<'a>>) -> Vec<Happened<'a>> {
    let mut history: Vec<Happened<'a>> = operations.into_iter().collect();
    history.sort_unstable_by_key(|happened| Reverse((happened.at, happened.entry)));
    history.dedup_by(|a, b| a.entry == b.entry);
    history
}

/// What no erasure names. Erasures themselves always stay.
fn readable(mut history: Vec<Happened<'_>>) -> Vec<Happened<'_>> {
    let mut erased: Vec<EntryId> = Vec::new();
    for happened in &history {
        if let Act::Erase(erasure) = &happened.operation.act {
            erased.extend(&erasure.entries);
        }
    }
    if !erased.is_empty() {
        erased.sort_unstable();
        history.retain(|happened| {
            matches!(happened.operation.act, Act::Erase(_))
                || erased.binary_search(&happened.entry).is_err()
        });
    }
    history
}

fn show<'a>(state: &mut RecordState<'a>, hidden: &Hidden<'a>, happened: &Happened<'a>) {
    let entry = &happened.entry;
    match &happened.operation.act {
        Act::Set { edits, .. } => {
            for edit in edits.iter().filter(|edit| hidden.shows_field(&edit.field, entry)) {
                let values = state.fields.entry(&edit.field).or_default();
                values.push(Seen::new(happened, &edit.content));
            }
        }
        Act::Transition(step) if hidden.shows_transition(&step.workflow, entry) => {
            state.workflows.entry(&step.workflow).or_default().push(Seen::new(happened, step));
        }
        Act::Comment(comment) if hidden.shows_element(entry) => {
            state.comments.push(Seen::new(happened, comment));
        }
        Act::Attach(attachment) if hidden.shows_element(entry) => {
            state.attachments.push(Seen::new(happened, attachment));
        }
        Act::Link(link) if hidden.shows_element(entry) => {
            state.links.push(Seen::new(happened, link));
        }
        Act::Delete { overwrites } if hidden.shows_deletion(entry) => {
            state.deletions.push(Seen::new(happened, overwrites.as_slice()));
        }
        Act::Locked(locked) => state.locked.push(Seen::new(happened, locked)),
        _ => {}
    }
}

/// The register is the one the earliest edit names.
fn settle_register<'a>(state: &mut RecordState<'a>, history: &[Happened<'a>]) {
    for happened in history.iter().rev() {
        let Act::Set { register, .. } = &happened.operation.act else {
            continue;
        };
        match state.register {
            None => {
                state.register = Some(register);
                state.batch = happened.operation.batch;
            }
            Some(first) => state.register_disputed |= first != register,
        }
    }
}

/// A record is deleted when somebody deleted it and nothing is visible that none of those who did
/// had seen.
fn settle_deletion(state: &mut RecordState<'_>) {
    if state.deletions.is_empty() {
        return;
    }
    let mut seen: Vec<EntryId> =
        state.deletions.iter().flat_map(|deletion| deletion.content.iter().copied()).collect();
    seen.sort_unstable();
    let unseen = state.shows_beside(&seen);
    state.edited_after_deletion = unseen;
    state.deleted = !unseen;
}
