//! Operations: what an entry says. Types only; their bytes are in `wire`, their merge in `merge`.

pub(crate) mod member;

use model::id::{BlobId, EntryId, Name, RecordId};
use model::time::Timestamp;
use model::value::Value;

use crate::wire;
use member::Member;

/// What one entry says: who did what to which record, under which pack and membership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The record it is about; `None` for packs and members.
    pub record: Option<RecordId>,
    /// The user who acted, by number; 0 is the node itself.
    pub user: u32,
    /// The pack the act was checked against, by its number in this journal.
    pub schema: u32,
    /// The membership epoch the author knew.
    pub epoch: u32,
    /// The import batch it belongs to.
    pub batch: Option<RecordId>,
    /// Why, in the author's words.
    pub reason: Option<String>,
    /// The user's own proof for acts that need one: a `WebAuthn` assertion.
    pub proof: Option<Vec<u8>>,
    /// What was done.
    pub act: Act,
}

impl Operation {
    /// The canonical bytes. Edits are written in the order of their field names, overwritten
    /// entries in the order of their ids; what breaks a limit is an error.
    pub fn encode(&self) -> Result<Vec<u8>, wire::EncodeError> {
        wire::operation::encode(self)
    }

    /// Reads an operation from its canonical bytes; any other bytes of the same meaning are refused.
    pub fn decode(bytes: &[u8]) -> Result<Self, wire::DecodeError> {
        wire::operation::decode(bytes)
    }
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Fields of a record were given values. The first one makes the record.
    Set {
        /// The register the record is in.
        register: Name,
        /// The fields, each once.
        edits: Vec<Edit>,
    },
    /// The record was deleted by someone who had seen these entries (edits, transitions, deletions).
    Delete {
        /// What its author had seen.
        overwrites: Vec<EntryId>,
    },
    /// These deletions were taken back.
    Restore {
        /// The deletions.
        overwrites: Vec<EntryId>,
    },
    /// The record moved along a workflow.
    Transition(Transition),
    /// Somebody said something about the record.
    Comment(Comment),
    /// A file was attached.
    Attach(Attachment),
    /// The record was linked to another.
    Link(Link),
    /// Comments, attachments or links were taken away.
    Remove {
        /// The entries that had added them.
        overwrites: Vec<EntryId>,
    },
    /// Bodies and files must be destroyed on every node.
    Erase(Erasure),
    /// An import batch begins; [`Operation::record`] is the batch's own id.
    Batch(Batch),
    /// A pack came into force.
    Pack(Pack),
    /// Devices, users, logs and compartment keys.
    Member(Member),
    /// An act encrypted with the record's own key.
    Locked(Locked),
    /// A kind this release does not know: kept and passed on, never applied.
    Unknown {
        /// Its number.
        kind: u64,
        /// The entries it refers to, in ascending order.
        references: Vec<EntryId>,
        /// Its payload, one canonical CBOR item; empty where it has none.
        bytes: Vec<u8>,
    },
}

/// One field given a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The field.
    pub field: Name,
    /// What it now holds.
    pub content: Content,
    /// The entries whose value of this field the author saw and replaced.
    pub overwrites: Vec<EntryId>,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A value, or none: cleared.
    Plain(Option<Value>),
    /// A value only members of a compartment can read.
    Sealed {
        /// The compartment.
        compartment: Name,
        /// Which of the compartment's keys.
        epoch: u32,
        /// The ciphertext.
        bytes: Vec<u8>,
    },
}

/// A step along a workflow. Whether it is allowed is checked when it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The workflow.
    pub workflow: Name,
    /// The state its author saw; `None` at the start.
    pub from: Option<Name>,
    /// The state it leads to.
    pub to: Name,
    /// When it took effect, where that was not when it was written.
    pub effective: Option<Timestamp>,
    /// The transitions its author saw and replaced.
    pub overwrites: Vec<EntryId>,
}

/// A remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The words.
    pub text: String,
    /// The field it is about; `None` for the record as a whole.
    pub field: Option<Name>,
    /// The comment it answers.
    pub answers: Option<EntryId>,
    /// Earlier comments it replaces.
    pub overwrites: Vec<EntryId>,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The content.
    pub blob: BlobId,
    /// Its length in bytes.
    pub bytes: u64,
    /// The file's name, as its owner had it.
    pub name: String,
    /// Its media type: `image/jpeg`.
    pub media_type: String,
    /// The field it answers, where there is one.
    pub field: Option<Name>,
    /// The key the content is encrypted with, itself encrypted with the record's key.
    pub key: Option<Vec<u8>>,
    /// Earlier attachments it replaces.
    pub overwrites: Vec<EntryId>,
}

/// A link to another record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What the link means: `merged-into`.
    pub relation: Name,
    /// The other record.
    pub target: RecordId,
    /// Earlier links it replaces; of a merge also the values and steps its author had seen.
    pub overwrites: Vec<EntryId>,
}

/// An order to destroy. Values that an erased entry had overwritten would show again: whoever
/// orders an erasure first overwrites those too, with an ordinary edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// Entries whose bodies go.
    pub entries: Vec<EntryId>,
    /// Files that go.
    pub blobs: Vec<BlobId>,
}

/// The opening of an import batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The register the rows go to.
    pub register: Name,
    /// The mapping that reads them.
    pub mapping: Name,
    /// The file, as its owner named it.
    pub file_name: String,
    /// BLAKE3 of the file.
    pub file_hash: [u8; 32],
    /// Rows it holds.
    pub rows: u64,
}

/// A pack that came into force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// Its name.
    pub name: Name,
    /// Its version.
    pub version: String,
    /// The hash of the whole folder.
    pub hash: [u8; 32],
    /// Its files, each path once.
    pub files: Vec<PackFile>,
}

/// A file of a pack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackFile {
    /// The path within the pack, parts divided by `/`.
    pub path: String,
    /// The content.
    pub blob: BlobId,
    /// Its length in bytes.
    pub bytes: u64,
}

/// An act encrypted with the record's own key, which is kept outside of the journal: when the key
/// is deleted, so is the act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked {
    /// The nonce.
    pub nonce: [u8; 24],
    /// The ciphertext of a body that holds only kind, references and payload.
    pub bytes: Vec<u8>,
}
