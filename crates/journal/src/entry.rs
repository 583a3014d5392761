//! Entries: a header in a hash chain, a signature, and a body that can be erased without breaking it.

use model::id::{EntryId, LogId};
use model::time::hybrid::HybridTime;

use crate::wire;

/// The signed part of an entry. It holds the hash of the body, not the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The log.
    pub log: LogId,
    /// The place in the log, from 0.
    pub sequence: u64,
    /// The entry before; all zeros for the first.
    pub previous: EntryId,
    /// When it was written, by the hybrid clock of its author. Orders display, nothing else.
    pub at: HybridTime,
    /// Bytes of the body.
    pub body_len: u32,
    /// BLAKE3 of the body.
    pub body_hash: [u8; 32],
}

impl Header {
    /// What the first entry of a log names as the one before.
    pub const NO_PREVIOUS: EntryId = EntryId::from_bytes([0; 32]);

    /// The id of the entry: a hash of the canonical bytes of this header.
    pub fn id(&self) -> EntryId {
        wire::header::id(self)
    }

    /// The canonical bytes.
    pub fn encode(&self) -> Vec<u8> {
        wire::header::encode(self)
    }

    /// Reads a header from its canonical bytes and nothing else.
    pub fn decode(bytes: &[u8]) -> Result<Self, wire::DecodeError> {
        wire::header::decode(bytes)
    }
}

/// What an entry says, or that it was erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// The canonical bytes of an [`Operation`](crate::Operation).
    Present(Vec<u8>),
    /// Erased here. The header still proves that it was, how long it was and what it hashed to.
    Erased,
}

impl Body {
    /// The bytes, where they are present.
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Present(bytes) => Some(bytes),
            Self::Erased => None,
        }
    }
}

/// One entry of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The part in the hash chain.
    pub header: Header,
    /// The device's Ed25519 signature of the entry's id.
    pub signature: [u8; 64],
    /// What it says.
    pub body: Body,
}

impl Entry {
    /// Its id.
    pub fn id(&self) -> EntryId {
        self.header.id()
    }
}
