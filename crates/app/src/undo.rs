//! Undoing an import batch: new entries that take its changes back, nothing erased.
//!
//! A record the batch made and nobody touched since is deleted; a field it changed gets its former
//! value back; whatever somebody changed since stays as they left it and is counted.

use std::collections::{BTreeMap, BTreeSet};

use journal::{Act, Content, Edit, Lane, Operation};
use model::finding::Finding;
use model::id::{EntryId, Name, RecordId};
use policy::{Action, Viewer};
use store::{EntrySpan, StoredEntry, Whole};

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
        let opened = self.store.ground().batch(batch)?.ok_or_else(absent)?;
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
                    operations.extend(self.take_back(viewer, batch, &whole, &mut undone));
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
        if whole.deleted {
            return None;
        }
        let ours: BTreeMap<EntryId, &Operation> = whole
            .history
            .iter()
            .filter_map(|stored| Some((stored.id, in_batch(stored, batch)?)))
            .collect();
        let state = whole.state();
        let visible: BTreeSet<EntryId> = state.fields.values().flatten().map(|s| s.entry).collect();
        let untouched = visible.iter().all(|entry| ours.contains_key(entry));
        let act = if untouched && whole.history.iter().all(|stored| ours.contains_key(&stored.id)) {
            undone.deleted += 1;
            Act::Delete { overwrites: visible.into_iter().collect() }
        } else {
            let edits = former_values(whole, &ours);
            let kept = visible.iter().any(|entry| !ours.contains_key(entry) && made_since(whole, entry, &ours));
            *(if kept { &mut undone.kept } else { &mut undone.restored }) += 1;
            if edits.is_empty() {
                return None;
            }
            Act::Set { register: whole.register.clone(), edits }
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

/// Whether an entry overwrote something of the batch: it came after.
fn made_since(whole: &Whole, entry: &EntryId, ours: &BTreeMap<EntryId, &Operation>) -> bool {
    let stored = whole.history.iter().find(|stored| stored.id == *entry);
    let Some(Act::Set { edits, .. }) = stored.and_then(|s| s.operation.as_ref()).map(|o| &o.act)
    else {
        return false;
    };
    edits.iter().flat_map(|edit| &edit.overwrites).any(|entry| ours.contains_key(entry))
}

/// For each field that shows a value of the batch: what the batch had overwritten there.
fn former_values(whole: &Whole, ours: &BTreeMap<EntryId, &Operation>) -> Vec<Edit> {
    let state = whole.state();
    let mut edits = Vec::new();
    for (field, seen) in &state.fields {
        let shown: Vec<EntryId> =
            seen.iter().map(|s| s.entry).filter(|entry| ours.contains_key(entry)).collect();
        if shown.is_empty() || shown.len() < seen.len() {
            continue;
        }
        let content = shown.iter().find_map(|entry| former(whole, ours.get(entry)?, field));
        let content = content.unwrap_or(Content::Plain(None));
        edits.push(Edit { field: (*field).clone(), content, overwrites: shown });
    }
    edits
}

/// The latest content of the field that this operation overwrote.
fn former(whole: &Whole, operation: &Operation, field: &Name) -> Option<Content> {
    let edit = edit_of(operation, field)?;
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
