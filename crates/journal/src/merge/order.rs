//! The order in which a record's operations are told: each after those it overwrites, whatever the
//! clocks of their authors said; those that did not know of each other by these clocks. Of one
//! device all come in the order it wrote them.

use std::collections::{BTreeMap, BTreeSet};

use model::id::{EntryId, LogId};

use super::{Happened, readable};
use crate::operation::Act;

/// What happened to a record, in the order it did, the earliest first and each once. What an erasure
/// names is left out.
pub fn in_order<'a>(operations: impl IntoIterator<Item = Happened<'a>>) -> Vec<Happened<'a>> {
    let mut history: Vec<Happened<'a>> = operations.into_iter().collect();
    history.sort_unstable_by_key(|happened| (happened.at, happened.entry));
    history.dedup_by(|a, b| a.entry == b.entry);
    let history = readable(history);
    if is_causal(&history) { history } else { causal(&history) }
}

/// Whether everything already stands after what it overwrites.
fn is_causal(history: &[Happened<'_>]) -> bool {
    let mut later: BTreeSet<EntryId> = history.iter().map(|happened| happened.entry).collect();
    history.iter().all(|happened| {
        later.remove(&happened.entry);
        overwritten(happened).all(|entry| !later.contains(entry))
    })
}

/// Puts before each entry those it overwrites, and the one before it in its log.
fn causal<'a>(history: &[Happened<'a>]) -> Vec<Happened<'a>> {
    let places: BTreeMap<EntryId, usize> =
        history.iter().enumerate().map(|(at, happened)| (happened.entry, at)).collect();
    let mut latest: BTreeMap<LogId, usize> = BTreeMap::new();
    let before_in_log: Vec<Option<usize>> =
        history.iter().enumerate().map(|(at, happened)| latest.insert(happened.log, at)).collect();
    let mut told: BTreeSet<usize> = BTreeSet::new();
    let mut order = Vec::with_capacity(history.len());
    for first in 0..history.len() {
        let mut waiting = vec![(first, false)];
        while let Some((at, is_ready)) = waiting.pop() {
            let Some(happened) = history.get(at) else { continue };
            if is_ready {
                order.push(*happened);
            } else if told.insert(at) {
                waiting.push((at, true));
                let known = overwritten(happened).filter_map(|entry| places.get(entry).copied());
                let before: BTreeSet<usize> =
                    known.chain(before_in_log.get(at).copied().flatten()).collect();
                waiting.extend(before.into_iter().rev().map(|at| (at, false)));
            }
        }
    }
    order
}

fn overwritten<'a>(happened: &Happened<'a>) -> Box<dyn Iterator<Item = &'a EntryId> + 'a> {
    match &happened.operation.act {
        Act::Set { edits, .. } => Box::new(edits.iter().flat_map(|edit| &edit.overwrites)),
        Act::Transition(step) => Box::new(step.overwrites.iter()),
        _ => Box::new(std::iter::empty()),
    }
}
