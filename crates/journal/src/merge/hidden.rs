//! Which shares of which entries are overwritten. Sorted lists: histories are short, and a record
//! of one entry costs nothing.

use model::id::{EntryId, Name};

use super::Happened;
use crate::operation::Act;

/// Everything the operations of a record overwrite.
#[derive(Debug, Default)]
pub(super) struct Hidden<'a> {
    /// Values, by field.
    fields: Vec<(&'a Name, EntryId)>,
    /// Transitions, by workflow.
    transitions: Vec<(&'a Name, EntryId)>,
    /// Comments, attachments and links.
    elements: Vec<EntryId>,
    /// Deletions.
    deletions: Vec<EntryId>,
}

impl<'a> Hidden<'a> {
    /// What `history` overwrites.
    pub(super) fn by(history: &[Happened<'a>]) -> Self {
        let mut hidden = Self::default();
        for happened in history {
            hidden.add(&happened.operation.act);
        }
        hidden.fields.sort_unstable();
        hidden.transitions.sort_unstable();
        hidden.elements.sort_unstable();
        hidden.deletions.sort_unstable();
        hidden
    }

    pub(super) fn shows_field(&self, field: &Name, entry: &EntryId) -> bool {
        self.fields.binary_search_by(|(name, id)| (*name, id).cmp(&(field, entry))).is_err()
    }

    pub(super) fn shows_transition(&self, workflow: &Name, entry: &EntryId) -> bool {
        self.transitions.binary_search_by(|(name, id)| (*name, id).cmp(&(workflow, entry))).is_err()
    }

    pub(super) fn shows_element(&self, entry: &EntryId) -> bool {
        self.elements.binary_search(entry).is_err()
    }

    pub(super) fn shows_deletion(&self, entry: &EntryId) -> bool {
        self.deletions.binary_search(entry).is_err()
    }

    fn add(&mut self, act: &'a Act) {
        match act {
            Act::Set { edits, .. } => {
                for edit in edits {
                    self.fields.extend(edit.overwrites.iter().map(|entry| (&edit.field, *entry)));
                }
            }
            Act::Transition(step) => {
                self.transitions
                    .extend(step.overwrites.iter().map(|entry| (&step.workflow, *entry)));
            }
            Act::Comment(comment) => self.elements.extend(&comment.overwrites),
            Act::Attach(attachment) => self.elements.extend(&attachment.overwrites),
            Act::Link(link) => self.elements.extend(&link.overwrites),
            Act::Remove { overwrites } => self.elements.extend(overwrites),
            Act::Delete { overwrites } | Act::Restore { overwrites } => {
                self.deletions.extend(overwrites);
            }
            Act::Erase(_)
            | Act::Batch(_)
            | Act::Pack(_)
            | Act::Member(_)
            | Act::Locked(_)
            | Act::Unknown { .. } => {}
        }
    }
}
