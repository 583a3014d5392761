//! What a record is, once its history is folded. Borrows from the operations it came from.

use std::collections::BTreeMap;

use model::id::{EntryId, LogId, Name, RecordId};
use model::time::hybrid::HybridTime;
use model::value::Value;

use super::Happened;
use crate::operation::{Attachment, Comment, Content, Link, Locked, Transition};

/// Something visible, and who put it there.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen<'a, T: ?Sized> {
    /// The entry that holds it: what an author who has seen it overwrites.
    pub entry: EntryId,
    /// The entry's log.
    pub log: LogId,
    /// When it was written.
    pub at: HybridTime,
    /// Who wrote it, by number.
    pub user: u32,
    /// What it is.
    pub content: &'a T,
}

impl<T: ?Sized> Clone for Seen<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Seen<'_, T> {}

impl<'a, T: ?Sized> Seen<'a, T> {
    pub(super) fn new(happened: &Happened<'_>, content: &'a T) -> Self {
        let Happened { entry, log, at, operation } = *happened;
        Self { entry, log, at, user: operation.user, content }
    }
}

/// When a record was touched, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The entry.
    pub entry: EntryId,
    /// Its log.
    pub log: LogId,
    /// When it was written.
    pub at: HybridTime,
    /// Who wrote it, by number.
    pub user: u32,
}

/// A record. Every list shows the latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordState<'a> {
    /// The register it is in; `None` while only remarks about it have arrived.
    pub register: Option<&'a Name>,
    /// Whether edits name different registers: a fault in some node's software.
    pub register_disputed: bool,
    /// The visible values of each field: more than one where people wrote without seeing each other.
    pub fields: BTreeMap<&'a Name, Vec<Seen<'a, Content>>>,
    /// The visible steps of each workflow.
    pub workflows: BTreeMap<&'a Name, Vec<Seen<'a, Transition>>>,
    /// Comments nobody replaced or took away.
    pub comments: Vec<Seen<'a, Comment>>,
    /// Attachments nobody replaced or took away.
    pub attachments: Vec<Seen<'a, Attachment>>,
    /// Links nobody replaced or took away.
    pub links: Vec<Seen<'a, Link>>,
    /// Deletions nobody took back, each with what its author had seen.
    pub deletions: Vec<Seen<'a, [EntryId]>>,
    /// Acts that need the record's key to be read.
    pub locked: Vec<Seen<'a, Locked>>,
    /// Whether it is deleted.
    pub deleted: bool,
    /// Whether it was deleted and, by someone who did not know, edited: it shows again until
    /// somebody decides.
    pub edited_after_deletion: bool,
    /// The import batch that made it.
    pub batch: Option<RecordId>,
    /// The earliest entry about it.
    pub first: Option<Moment>,
    /// The latest entry about it.
    pub last: Option<Moment>,
}

impl<'a> RecordState<'a> {
    /// What the field shows first.
    pub fn shown(&self, field: &Name) -> Option<&Seen<'a, Content>> {
        self.fields.get(field).and_then(|values| values.first())
    }

    /// The plain value the field shows first; nothing where it is cleared, sealed or never set.
    pub fn value(&self, field: &Name) -> Option<&'a Value> {
        match self.shown(field)?.content {
            Content::Plain(value) => value.as_ref(),
            Content::Sealed { .. } => None,
        }
    }

    /// The fields with visible values that differ. Equal values are no conflict.
    pub fn conflicts(&self) -> impl Iterator<Item = &'a Name> {
        differing(&self.fields, |content| content)
    }

    /// The workflows whose visible steps lead to different states.
    pub fn workflow_conflicts(&self) -> impl Iterator<Item = &'a Name> {
        differing(&self.workflows, |step| &step.to)
    }

    /// Takes note of an entry; called with the latest first.
    pub(super) fn note(&mut self, happened: &Happened<'_>) {
        let Happened { entry, log, at, operation } = *happened;
        let moment = Moment { entry, log, at, user: operation.user };
        self.first = Some(moment);
        self.last = self.last.or(Some(moment));
    }
}

fn differing<'a, T, K: PartialEq + 'a>(
    all: &BTreeMap<&'a Name, Vec<Seen<'a, T>>>,
    key: impl Fn(&'a T) -> &'a K,
) -> impl Iterator<Item = &'a Name> {
    let differ = move |seen: &[Seen<'a, T>]| match seen.split_first() {
        Some((first, others)) => {
            others.iter().any(|other| key(other.content) != key(first.content))
        }
        None => false,
    };
    all.iter().filter(move |(_name, seen)| differ(seen.as_slice())).map(|(name, _seen)| *name)
}
