//! Acts: their kinds and payloads. Those of membership are in `member`.

mod read;
mod write;

use model::id::EntryId;

use super::member;
use crate::operation::Act;

pub(super) use read::read;
pub(super) use write::write;

const KIND_SET: u64 = 1;
const KIND_DELETE: u64 = 2;
const KIND_RESTORE: u64 = 3;
const KIND_TRANSITION: u64 = 4;
const KIND_COMMENT: u64 = 5;
const KIND_ATTACH: u64 = 6;
const KIND_LINK: u64 = 7;
const KIND_REMOVE: u64 = 8;
const KIND_ERASE: u64 = 9;
const KIND_BATCH: u64 = 10;
const KIND_PACK: u64 = 11;
const KIND_LOCKED: u64 = 12;

const OVERWRITTEN: &str = "overwritten entries of one field";

/// The number of an act's kind.
pub(super) fn kind(act: &Act) -> u64 {
    match act {
        Act::Set { .. } => KIND_SET,
        Act::Delete { .. } => KIND_DELETE,
        Act::Restore { .. } => KIND_RESTORE,
        Act::Transition(_) => KIND_TRANSITION,
        Act::Comment(_) => KIND_COMMENT,
        Act::Attach(_) => KIND_ATTACH,
        Act::Link(_) => KIND_LINK,
        Act::Remove { .. } => KIND_REMOVE,
        Act::Erase(_) => KIND_ERASE,
        Act::Batch(_) => KIND_BATCH,
        Act::Pack(_) => KIND_PACK,
        Act::Locked(_) => KIND_LOCKED,
        Act::Member(change) => member::kind(change),
        Act::Unknown { kind, .. } => *kind,
    }
}

/// Whether this release knows acts of this kind.
fn is_known(kind: u64) -> bool {
    (KIND_SET..=KIND_LOCKED).contains(&kind) || member::KINDS.contains(&kind)
}

/// Every entry an act refers to, in no order.
pub(super) fn references(act: &Act) -> Vec<EntryId> {
    match act {
        Act::Set { edits, .. } => {
            edits.iter().flat_map(|edit| edit.overwrites.iter().copied()).collect()
        }
        Act::Delete { overwrites } | Act::Restore { overwrites } | Act::Remove { overwrites } => {
            overwrites.clone()
        }
        Act::Transition(step) => step.overwrites.clone(),
        Act::Comment(comment) => {
            comment.overwrites.iter().chain(&comment.answers).copied().collect()
        }
        Act::Attach(attachment) => attachment.overwrites.clone(),
        Act::Link(link) => link.overwrites.clone(),
        Act::Erase(erasure) => erasure.entries.clone(),
        Act::Unknown { references, .. } => references.clone(),
        Act::Batch(_) | Act::Pack(_) | Act::Locked(_) | Act::Member(_) => Vec::new(),
    }
}
