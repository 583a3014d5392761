//! Undoing an import batch: new entries that take its changes back, nothing erased.
//!
//! A record the batch made and nobody touched since is deleted, one that somebody touched stays as
//! it is; a field it changed in a record that was there gets its former value back, unless somebody
//! changed it since. What stays is counted. Undoing twice is undoing once.

use std::collections::BTreeSet;

use journal::{Act, Content, Edit, Lane, Operation, Seen};
use model::finding::Finding;
use model::id::{EntryId, Name, RecordId};
use policy::{Action, Viewer};
use store::{EntrySpan, StoredEntry, Whole};

use crate::batches::Batches;
use crate::error::{AppError, Kind};
use crate::node::Node;

/// Entries read at once.
const CHUNK: usize = 4_096;

/// What an undo did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Undone {
    /// Records that the batch had made and that are deleted now.
    pub deleted: u64,
    /// Records that have their former values back.
    pub restored: u64,
    /// Records that somebody changed since: what they changed stays.
    pub kept: u64,
}

impl Node {
    /// Takes an import batch back.
    pub fn undo(&mut self, viewer: &Viewer, batch: &RecordId) -> Result<Undone, AppError> {
        let absent = || AppError::absent("batch-unknown", batch);
        let (.., opened) = self.store.ground().batch(batch)?.ok_or_else(absent)?;
        let schema = self.store.table(&opened.register)?.policy_schema();
        if !viewer.may_ever(Action::Import, &schema) {
            return Err(absent());
        }
        let records: Vec<RecordId> = self.records_of(batch)?.into_iter().collect();
        let mut undone = Undone::default();
        for chunk in records.chunks(CHUNK) {
            let mut operations = Vec::new();
            for id in chunk {
                if let Some(whole) =
                    self.store.record_for(viewer, Action::Import, &opened.register, id)?
                {
                    operations.extend(self.take_back(viewer, batch, whole.full(), &mut undone));
                }
            }
            self.append(Lane::Bulk, &operations)?;
        }
        Ok(undone)
    }

    /// The records a batch touched. The journal has no index by batch: it is read once.
    fn records_of(&self, batch: &RecordId) -> Result<BTreeSet<RecordId>, AppError> {
        let mut records = BTreeSet::new();
        let mut after = 0;
        loop {
            let entries = self.store.entries(EntrySpan { after, limit: CHUNK })?;
            let Some(last) = entries.last() else { return Ok(records) };
            after = last.number;
            records.extend(entries.iter().filter_map(|stored| in_batch(stored, batch)?.record));
        }
    }

    fn take_back(
        &self,
        viewer: &Viewer,
        batch: &RecordId,
        whole: &Whole,
        undone: &mut Undone,
    ) -> Option<Operation> {
        let batches = Batches::of(whole);
        if whole.deleted || batches.is_undone(batch) {
            return None;
        }
        let state = whole.state();
        let visible: BTreeSet<EntryId> = state.fields.values().flatten().map(|s| s.entry).collect();
        let act = match brought(&batches, batch) {
            Some(Since::Untouched) => {
                undone.deleted += 1;
                Act::Delete { overwrites: visible.into_iter().collect() }
            }
            Some(Since::Touched) => {
                undone.kept += 1;
                return None;
            }
            None => {
                let edits = former_values(whole, &batches, batch);
                let kept = visible.iter().any(|entry| replaces(whole, &batches, batch, entry));
                undone.kept += u64::from(kept);
                undone.restored += u64::from(!kept && !edits.is_empty());
                if edits.is_empty() {
                    return None;
                }
                Act::Set { register: whole.register.clone(), edits }
            }
        };
        let reason = Some(format!("undo of import {batch}"));
        let operation = self.operation(viewer.user, act);
        Some(Operation { record: Some(whole.id), batch: Some(*batch), reason, ..operation })
    }
}

fn in_batch<'s>(stored: &'s StoredEntry, batch: &RecordId) -> Option<&'s Operation> {
    stored.operation.as_ref().filter(|operation| {
        operation.batch == Some(*batch) && !matches!(operation.act, Act::Batch(_))
    })
}

/// Whether somebody touched a record since a batch made it or brought it back.
enum Since {
    Untouched,
    Touched,
}

/// Nothing where the batch found the record there.
fn brought(batches: &Batches<'_>, batch: &RecordId) -> Option<Since> {
    let ours = |stored: &StoredEntry| batches.made_by(batch, &stored.id);
    let standing: Vec<(&StoredEntry, &Act)> =
        batches.standing().filter_map(|s| Some((s, &s.operation.as_ref()?.act))).collect();
    let is_restore = |act: &Act| matches!(act, Act::Restore { .. });
    let restored = standing.iter().position(|(stored, act)| ours(stored) && is_restore(act));
    let made = standing.iter().find(|(_, act)| matches!(act, Act::Set { .. }));
    let from = match (restored, made) {
        (Some(restored), _) => restored,
        (None, Some((first, _))) if ours(first) => 0,
        _ => return None,
    };
    let touched = standing.iter().skip(from).any(|(stored, _)| !ours(stored));
    Some(if touched { Since::Touched } else { Since::Untouched })
}

/// Whether an entry of somebody else overwrote something of the batch.
fn replaces(whole: &Whole, batches: &Batches<'_>, batch: &RecordId, entry: &EntryId) -> bool {
    let stored = whole.history.iter().find(|stored| stored.id == *entry);
    let Some(Act::Set { edits, .. }) = stored.and_then(|s| s.operation.as_ref()).map(|o| &o.act)
    else {
        return false;
    };
    let mut overwritten = edits.iter().flat_map(|edit| &edit.overwrites);
    !batches.made_by(batch, entry) && overwritten.any(|entry| batches.made_by(batch, entry))
}

/// For each field that shows a value of the batch: what stands beside it, else what it overwrote.
fn former_values(whole: &Whole, batches: &Batches<'_>, batch: &RecordId) -> Vec<Edit> {
    let state = whole.state();
    let mut edits = Vec::new();
    for (field, seen) in &state.fields {
        let (ours, others): (Vec<&Seen<'_, Content>>, Vec<_>) =
            seen.iter().partition(|seen| batches.made_by(batch, &seen.entry));
        if ours.is_empty() {
            continue;
        }
        let beside = others.first().map(|seen| seen.content.clone());
        let content =
            beside.or_else(|| ours.iter().find_map(|s| former_value(whole, &s.entry, field)));
        let content = content.unwrap_or(Content::Plain(None));
        let overwrites = ours.into_iter().map(|seen| seen.entry).collect();
        edits.push(Edit { field: (*field).clone(), content, overwrites });
    }
    edits
}

/// The latest content of the field that this entry overwrote.
pub(crate) fn former_value(whole: &Whole, entry: &EntryId, field: &Name) -> Option<Content> {
    let stored = whole.history.iter().find(|stored| stored.id == *entry)?;
    let edit = edit_of(stored.operation.as_ref()?, field)?;
    let overwritten = whole.history.iter().filter(|stored| edit.overwrites.contains(&stored.id));
    let contents = overwritten.filter_map(|stored| {
        let content = &edit_of(stored.operation.as_ref()?, field)?.content;
        Some(((stored.at, stored.id), content.clone()))
    });
    contents.max_by_key(|(order, _)| *order).map(|(_, content)| content)
}

fn edit_of<'o>(operation: &'o Operation, field: &Name) -> Option<&'o Edit> {
    match &operation.act {
        Act::Set { edits, .. } => edits.iter().find(|edit| edit.field == *field),
        _ => None,
    }
}

/// The batch of an id a person typed.
pub(crate) fn batch_id(text: &str) -> Result<RecordId, AppError> {
    text.parse().map_err(|_not_an_id| {
        let finding = Finding::error("record-id-invalid").with("value", text);
        AppError::new(Kind::Invalid, finding)
    })
}
