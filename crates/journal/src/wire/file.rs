//! Files of one log: magic, descriptor, entries, and a last item that says how far the log reaches,
//! so that a file cut short is never taken for a whole one.
//!
//! The reader checks shapes and limits and that the last item is true. It does not check hashes or
//! signatures; give what it reads to a [`Verifier`](crate::Verifier), or use [`read_verified`].

mod read;
mod source;
mod write;

use std::io;

use model::finding::Finding;
use thiserror::Error;

use super::DecodeError;
use crate::verify::{BadDeviceKey, VerifyError};

pub use read::{Reader, read_verified};
pub use write::Writer;

/// The first bytes of a file: name and version of the format.
pub const MAGIC: [u8; 8] = *b"CASQUEJ1";

const ENTRY_ITEMS: usize = 3;
const END_ITEMS: usize = 2;

/// Why a file is not a log.
#[derive(Debug, Error)]
pub enum FileError {
    /// It does not begin like one.
    #[error("not a journal file of this version: it does not begin with CASQUEJ1")]
    Magic,
    /// It ends in the middle.
    #[error("the file ends too early, after {entries} entries")]
    Truncated {
        /// Entries read before.
        entries: u64,
    },
    /// An item is not what it should be.
    #[error("item after {entries} entries: {source}")]
    Item {
        /// Entries read before.
        entries: u64,
        /// What is wrong; offsets count from the item's part.
        source: DecodeError,
    },
    /// The last item says the log reaches elsewhere.
    #[error("the file holds {entries} entries, which is not where it says the log ends")]
    End {
        /// Entries read.
        entries: u64,
    },
    /// The device key is not one.
    #[error(transparent)]
    Device(#[from] BadDeviceKey),
    /// An entry is wrong.
    #[error(transparent)]
    Entry(#[from] VerifyError),
    /// The disk, not the file.
    #[error("reading or writing failed: {0}")]
    Io(#[from] io::Error),
}

impl FileError {
    /// What a person is told.
    pub fn finding(&self) -> Finding {
        match self {
            Self::Magic => Finding::error("journal-not-a-journal"),
            Self::Truncated { entries } => {
                Finding::error("journal-truncated").with("entries", entries)
            }
            Self::Item { entries, source } => {
                Finding::error("journal-damaged").with("entries", entries).with("cause", source)
            }
            Self::End { entries } => Finding::error("journal-wrong-end").with("entries", entries),
            Self::Device(BadDeviceKey(device)) => {
                Finding::error("journal-bad-key").with("device", device)
            }
            Self::Entry(error) => error.finding(),
            Self::Io(error) => Finding::error("journal-not-read").with("cause", error),
        }
    }
}
