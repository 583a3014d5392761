//! The bytes of the journal: the only place that knows them. `docs/journal-format.md` says the same
//! in words.
//!
//! Every decoder here reads what a peer or a damaged disk may send: lengths are checked before
//! anything is reserved, nothing recurses but rows within rows, three deep, and only the one canonical form is accepted.

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

use model::rows::Row;

/// Rows on their own, in the form they have within an entry: for whoever stores values.
pub fn encode_rows(rows: &[Row]) -> Result<Vec<u8>, EncodeError> {
    value::encode_rows(rows)
}

/// Reads what [`encode_rows`] wrote.
pub fn decode_rows(bytes: &[u8]) -> Result<Vec<Row>, DecodeError> {
    value::decode_rows(bytes)
}
