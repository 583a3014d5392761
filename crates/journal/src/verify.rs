//! Checking entries: chain, body, signature, and the name of the first that is wrong.
//!
//! Signatures are checked many at a time, which costs a third. Nobody without the device's key can
//! make one that passes. The holder of the key can make one that passes among others and not alone
//! (with a component of small order); the id of an entry does not cover its signature, so all such
//! a device can achieve is that some node refuses its log, as it could by forking it. Batches use
//! no randomness: their coefficients are hashes of the signatures.

use ed25519_dalek::{Signature, VerifyingKey, verify_batch};
use model::finding::Finding;
use model::id::{DeviceKey, EntryId, LogId};
use model::limits::ENTRY_BODY_BYTES_MAX;
use thiserror::Error;

use crate::entry::{Entry, Header};
use crate::log::{Head, LogDescriptor};
use crate::wire;

/// Signatures checked together: more gain little, and waste more where one is bad.
pub(crate) const BATCH: usize = 512;

/// The device key of a log is not a point a signature can be checked with.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("device key {0} is not a usable Ed25519 key")]
pub struct BadDeviceKey(pub DeviceKey);

/// The first entry of a log that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("entry {sequence}: {cause}")]
pub struct VerifyError {
    /// The sequence the entry should have.
    pub sequence: u64,
    /// What is wrong with it.
    pub cause: Cause,
}

impl VerifyError {
    /// What a person is told.
    pub fn finding(&self) -> Finding {
        let code = match &self.cause {
            Cause::Log { .. } => "journal-entry-foreign",
            Cause::Sequence { .. } => "journal-entry-out-of-order",
            Cause::Previous { .. } => "journal-entry-unchained",
            Cause::Body => "journal-entry-changed",
            Cause::BodyTooLong { .. } => "journal-entry-too-long",
            Cause::Signature => "journal-entry-forged",
        };
        let finding = Finding::error(code).with("sequence", self.sequence);
        match &self.cause {
            Cause::Log { found } => finding.with("found", found),
            Cause::Sequence { found } => finding.with("found", found),
            Cause::Previous { found } => finding.with("found", found),
            Cause::BodyTooLong { found } => finding.with("found", found),
            Cause::Body | Cause::Signature => finding,
        }
    }
}

/// What is wrong with an entry.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Cause {
    /// It belongs to another log.
    #[error("it belongs to log {found}")]
    Log {
        /// That log.
        found: LogId,
    },
    /// An entry is missing, doubled or out of order.
    #[error("it says it is entry {found}")]
    Sequence {
        /// The sequence it has.
        found: u64,
    },
    /// It does not continue what came before.
    #[error("it continues {found}, not the entry before it")]
    Previous {
        /// What it continues.
        found: EntryId,
    },
    /// The body is not the one the header was made for.
    #[error("its body was changed")]
    Body,
    /// The header allows a body longer than any may be.
    #[error("its body of {found} bytes is longer than the {ENTRY_BODY_BYTES_MAX} allowed")]
    BodyTooLong {
        /// The length it states.
        found: u32,
    },
    /// The signature is not the device's.
    #[error("its signature is not the device's")]
    Signature,
}

/// Checks the entries of one log, in order, in as many calls as the caller likes.
#[derive(Debug)]
pub struct Verifier {
    log: LogId,
    key: VerifyingKey,
    head: Option<Head>,
}

impl Verifier {
    /// A verifier that goes on after `head`, or begins with the first entry.
    pub fn new(descriptor: &LogDescriptor, head: Option<Head>) -> Result<Self, BadDeviceKey> {
        let error = || BadDeviceKey(descriptor.device);
        let key = VerifyingKey::from_bytes(descriptor.device.as_bytes()).map_err(|_off| error())?;
        if key.is_weak() {
            return Err(error());
        }
        Ok(Self { log: descriptor.id(), key, head })
    }

    /// Checks that `entries` continue the log. After an error the verifier stands before the
    /// entry the error names: all earlier ones are good.
    pub fn check(&mut self, entries: &[Entry]) -> Result<(), VerifyError> {
        entries.chunks(BATCH).try_for_each(|chunk| self.check_chunk(chunk))
    }

    /// How far the entries were good.
    pub fn head(&self) -> Option<Head> {
        self.head
    }

    fn check_chunk(&mut self, entries: &[Entry]) -> Result<(), VerifyError> {
        let mut heads = Vec::with_capacity(entries.len());
        let mut broken = Ok(());
        for entry in entries {
            match self.check_link(heads.last().copied().or(self.head), entry) {
                Ok(head) => heads.push(head),
                Err(error) => {
                    broken = Err(error);
                    break;
                }
            }
        }
        self.check_signatures(entries, &heads)?;
        self.head = heads.last().copied().or(self.head);
        broken
    }

    fn check_link(&self, head: Option<Head>, entry: &Entry) -> Result<Head, VerifyError> {
        let sequence = head.map_or(0, |head| head.height);
        let previous = head.map_or(Header::NO_PREVIOUS, |head| head.entry);
        let error = |cause| VerifyError { sequence, cause };
        let header = &entry.header;
        if header.log != self.log {
            return Err(error(Cause::Log { found: header.log }));
        }
        let Some(height) = sequence.checked_add(1).filter(|_room| header.sequence == sequence)
        else {
            return Err(error(Cause::Sequence { found: header.sequence }));
        };
        if header.previous != previous {
            return Err(error(Cause::Previous { found: header.previous }));
        }
        check_body(entry).map_err(error)?;
        Ok(Head { height, entry: header.id() })
    }

    fn check_signatures(&mut self, entries: &[Entry], heads: &[Head]) -> Result<(), VerifyError> {
        let messages: Vec<_> =
            heads.iter().map(|head| wire::header::signed_bytes(&head.entry)).collect();
        let signatures: Vec<_> = entries
            .iter()
            .take(heads.len())
            .map(|entry| Signature::from_bytes(&entry.signature))
            .collect();
        let slices: Vec<&[u8]> = messages.iter().map(<[u8; 59]>::as_slice).collect();
        if verify_batch(&slices, &signatures, &vec![self.key; heads.len()]).is_ok() {
            return Ok(());
        }
        for ((head, message), signature) in heads.iter().zip(&messages).zip(&signatures) {
            if self.key.verify_strict(message, signature).is_err() {
                return Err(VerifyError {
                    sequence: self.head.map_or(0, |head| head.height),
                    cause: Cause::Signature,
                });
            }
            self.head = Some(*head);
        }
        Ok(())
    }
}

fn check_body(entry: &Entry) -> Result<(), Cause> {
    let stated = entry.header.body_len;
    if usize::try_from(stated).map_or(true, |len| len > ENTRY_BODY_BYTES_MAX) {
        return Err(Cause::BodyTooLong { found: stated });
    }
    let Some(body) = entry.body.bytes() else {
        return Ok(());
    };
    let same_length = u32::try_from(body.len()) == Ok(stated);
    if same_length && *blake3::hash(body).as_bytes() == entry.header.body_hash {
        Ok(())
    } else {
        Err(Cause::Body)
    }
}
