//! Signed entries: canonical bytes, hash chain, verification, the merge of a record's history.
//!
//! A node writes [`Operation`]s. Each becomes the body of one [`Entry`] in one log; a log belongs
//! to a device key, a compartment and a [`Lane`], only grows, and every entry names the hash of the
//! one before. [`LogWriter`] makes entries, [`Verifier`] checks them, [`fold`] turns the operations
//! of a record, in whatever order they came, into its state.
//!
//! The bytes are written down in `docs/journal-format.md` and never change for a version already
//! written. This crate is pure: no clock, no disk, no randomness, no mission, and no opinion about
//! who may do what. A body that one node accepts every node accepts, so nothing here may depend on
//! anything but the bytes.
//!
//! ```
//! use journal::{Act, Content, Edit, Happened, Lane, LogDescriptor, LogWriter, Operation, Signer, Verifier};
//! use model::{id::{Name, RecordId}, time::hybrid::HybridTime, value::Value};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let signer = Signer::from_secret(&[7; 32]);
//! let log = LogDescriptor { device: signer.device(), compartment: None, lane: Lane::Routine, incarnation: 0 };
//!
//! let deaths = Edit {
//!     field: Name::new("deaths_best")?,
//!     content: Content::Plain(Some(Value::Integer(3))),
//!     overwrites: vec![],
//! };
//! let report = Operation {
//!     record: Some(RecordId::from_bytes([9; 16])),
//!     user: 12, schema: 1, epoch: 1, batch: None, reason: None, proof: None,
//!     act: Act::Set { register: Name::new("incident")?, edits: vec![deaths] },
//! };
//! let entry = LogWriter::new(&signer, &log, None)?.append(HybridTime::from_bits(1), report.encode()?)?;
//!
//! Verifier::new(&log, None)?.check(std::slice::from_ref(&entry))?;
//! let happened = Happened { entry: entry.id(), log: log.id(), at: entry.header.at, operation: &report };
//! assert_eq!(journal::fold([happened]).value(&Name::new("deaths_best")?), Some(&Value::Integer(3)));
//! # Ok(())
//! # }
//! ```
//!
//! To add a kind of operation: a variant of [`Act`] in `operation`, its number and payload in
//! `wire::act`, its share of the merge in `merge`, a paragraph in the format document, a line in
//! the golden file. Nodes that do not know the kind keep it as [`Act::Unknown`] and pass it on.

#![deny(clippy::indexing_slicing, clippy::expect_used)]

mod entry;
mod log;
mod merge;
mod operation;
mod sign;
mod verify;
pub mod wire;

pub use entry::{Body, Entry, Header};
pub use log::{Head, Lane, LogDescriptor};
pub use merge::joined::{MERGED, MERGED_INTO, NOT_DUPLICATE_OF, Standing, kept};
pub use merge::{Happened, Moment, RecordState, Seen, fold, in_order};
pub use operation::member::{Admission, CompartmentKey, Member, Revocation, User};
pub use operation::{
    Act, Attachment, Batch, Comment, Content, Edit, Erasure, Link, Locked, Operation, Pack,
    PackFile, Transition,
};
pub use sign::{AppendError, LogWriter, Signer};
pub use verify::{BadDeviceKey, Cause, Verifier, VerifyError};
pub use wire::{DecodeError, EncodeError};
