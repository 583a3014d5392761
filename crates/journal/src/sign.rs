//! Making entries: hash, chain, sign. Pure; whoever calls stores the entry before showing it.

use std::fmt;

use ed25519_dalek::{Signer as _, SigningKey};
use model::id::{DeviceKey, EntryId, LogId};
use model::limits::ENTRY_BODY_BYTES_MAX;
use model::time::hybrid::HybridTime;
use thiserror::Error;

use crate::entry::{Body, Entry, Header};
use crate::log::{Head, LogDescriptor};
use crate::wire;

/// A device's signing key. It never shows its secret.
#[derive(Clone)]
pub struct Signer(SigningKey);

impl Signer {
    /// The key with this secret: 32 bytes nobody can guess.
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The public key: the device's name in the journal.
    pub fn device(&self) -> DeviceKey {
        DeviceKey::from_bytes(self.0.verifying_key().to_bytes())
    }

    fn sign(&self, entry: &EntryId) -> [u8; 64] {
        self.0.sign(&wire::header::signed_bytes(entry)).to_bytes()
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.device())
    }
}

/// Why no entry was made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AppendError {
    /// The log belongs to another device.
    #[error("the log belongs to device {log}, the key to device {key}")]
    ForeignLog {
        /// Whose log it is.
        log: DeviceKey,
        /// Whose key it is.
        key: DeviceKey,
    },
    /// The body is too long.
    #[error("a body of {found} bytes is longer than the {max} allowed")]
    BodyTooLong {
        /// Its length.
        found: usize,
        /// The longest allowed.
        max: usize,
    },
    /// The log cannot grow: 2^64 entries.
    #[error("the log is full")]
    Full,
}

/// Appends to one log. Make a new one from the stored head whenever storing an entry failed.
#[derive(Debug)]
pub struct LogWriter<'s> {
    signer: &'s Signer,
    log: LogId,
    head: Option<Head>,
}

impl<'s> LogWriter<'s> {
    /// A writer that continues the log after `head`, or begins it.
    pub fn new(
        signer: &'s Signer,
        descriptor: &LogDescriptor,
        head: Option<Head>,
    ) -> Result<Self, AppendError> {
        let key = signer.device();
        if descriptor.device != key {
            return Err(AppendError::ForeignLog { log: descriptor.device, key });
        }
        Ok(Self { signer, log: descriptor.id(), head })
    }

    /// Makes the next entry: `body` is what [`Operation::encode`](crate::Operation::encode) gave.
    pub fn append(&mut self, at: HybridTime, body: Vec<u8>) -> Result<Entry, AppendError> {
        let header = self.next_header(at, &body)?;
        let id = header.id();
        let height = header.sequence.checked_add(1).ok_or(AppendError::Full)?;
        let signature = self.signer.sign(&id);
        self.head = Some(Head { height, entry: id });
        Ok(Entry { header, signature, body: Body::Present(body) })
    }

    /// The log.
    pub fn log(&self) -> LogId {
        self.log
    }

    /// How far the log reaches; `None` while it is empty.
    pub fn head(&self) -> Option<Head> {
        self.head
    }

    fn next_header(&self, at: HybridTime, body: &[u8]) -> Result<Header, AppendError> {
        Ok(Header {
            log: self.log,
            sequence: self.head.map_or(0, |head| head.height),
            previous: self.head.map_or(Header::NO_PREVIOUS, |head| head.entry),
            at,
            body_len: body_len(body)?,
            body_hash: *blake3::hash(body).as_bytes(),
        })
    }
}

fn body_len(body: &[u8]) -> Result<u32, AppendError> {
    let max = ENTRY_BODY_BYTES_MAX;
    let found = body.len();
    if found > max {
        return Err(AppendError::BodyTooLong { found, max });
    }
    u32::try_from(found).map_err(|_over_32_bits| AppendError::BodyTooLong { found, max })
}
