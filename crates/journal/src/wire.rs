//! The bytes of the journal: the only place that knows them. `docs/journal-format.md` says the same
//! in words.
//!
//! Every decoder here reads what a peer or a damaged disk may send: lengths are checked before
//! anything is reserved, nothing recurses, and only the one canonical form is accepted.

#![deny(clippy::arithmetic_side_effects, clippy::as_conversions)]

mod act;
mod cbor;
mod error;
pub mod file;
pub(crate) mod header;
pub(crate) mod log;
mod member;
pub(crate) mod operation;
mod order;
mod references;
mod value;

pub use error::{DecodeError, EncodeError};
