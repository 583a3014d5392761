//! What a record's history says of the imports that touched it.
//!
//! Undoing an import writes entries of the import's own batch: a deletion, or values that overwrite
//! the batch's. An import writes neither, so the two can be told apart, and a batch that was undone
//! counts for nothing afterwards: neither for the next release nor for another undo.

use std::collections::{BTreeMap, BTreeSet};

use journal::{Act, Operation};
use model::id::{EntryId, RecordId};
use store::{StoredEntry, Whole};

/// The imports in a record's history.
#[derive(Debug)]
pub(crate) struct Batches<'w> {
    history: &'w [StoredEntry],
    of: BTreeMap<EntryId, RecordId>,
    undone: BTreeSet<RecordId>,
}

impl<'w> Batches<'w> {
    /// Reads a record's history.
    pub(crate) fn of(whole: &'w Whole) -> Self {
        let of = whole.history.iter().filter_map(|stored| Some((stored.id, batch_of(stored)?)));
        let mut batches =
            Self { history: &whole.history, of: of.collect(), undone: BTreeSet::new() };
        let undone = whole.history.iter().filter_map(|stored| batches.undone_by(stored));
        batches.undone = undone.collect();
        batches
    }

    /// Whether an import, or the undoing of one, made the entry.
    pub(crate) fn made(&self, entry: &EntryId) -> bool {
        self.of.contains_key(entry)
    }

    /// Whether the batch made the entry.
    pub(crate) fn made_by(&self, batch: &RecordId, entry: &EntryId) -> bool {
        self.of.get(entry) == Some(batch)
    }

    /// Whether the batch was undone here.
    pub(crate) fn is_undone(&self, batch: &RecordId) -> bool {
        self.undone.contains(batch)
    }

    /// The entries that count: all but those of batches that were undone, in order of arrival.
    pub(crate) fn standing(&self) -> impl Iterator<Item = &'w StoredEntry> {
        self.history.iter().filter(|stored| {
            self.of.get(&stored.id).is_none_or(|batch| !self.undone.contains(batch))
        })
    }

    /// What standing imports said.
    pub(crate) fn imported(&self) -> impl Iterator<Item = (&'w StoredEntry, &'w Operation)> {
        let imported = self.standing().filter(|stored| self.made(&stored.id));
        imported.filter_map(|stored| Some((stored, stored.operation.as_ref()?)))
    }

    /// The batch that an entry undoes.
    fn undone_by(&self, stored: &StoredEntry) -> Option<RecordId> {
        let batch = batch_of(stored)?;
        let undoes = match &stored.operation.as_ref()?.act {
            Act::Delete { .. } => true,
            Act::Set { edits, .. } => {
                let mut overwritten = edits.iter().flat_map(|edit| &edit.overwrites);
                overwritten.any(|entry| self.made_by(&batch, entry))
            }
            _ => false,
        };
        undoes.then_some(batch)
    }
}

fn batch_of(stored: &StoredEntry) -> Option<RecordId> {
    stored.operation.as_ref()?.batch
}
