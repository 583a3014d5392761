//! Headers: `[1, log, sequence, previous, at, body length, body hash]`, the entry id, and the
//! bytes that are signed.

use model::id::{EntryId, LogId};
use model::time::hybrid::HybridTime;

use super::DecodeError;
use super::cbor::{Reader, Writer};
use crate::entry::Header;

/// Format of header and body.
const VERSION: u64 = 1;
const ITEMS: usize = 7;
/// The longest header: all numbers in nine bytes, the body length in five.
pub(super) const BYTES_MAX: usize = 110;

const ENTRY_CONTEXT: &str = "casque journal v1 entry";
const SIGNATURE_CONTEXT: &[u8; 27] = b"casque journal v1 signature";
const SIGNED_BYTES: usize = 59;

pub(crate) fn encode(header: &Header) -> Vec<u8> {
    let mut writer = Writer::with_capacity(BYTES_MAX);
    writer.array(ITEMS);
    writer.unsigned(VERSION);
    writer.bytes(header.log.as_bytes());
    writer.unsigned(header.sequence);
    writer.bytes(header.previous.as_bytes());
    writer.unsigned(header.at.as_bits());
    writer.unsigned(header.body_len);
    writer.bytes(&header.body_hash);
    writer.finish()
}

pub(crate) fn decode(bytes: &[u8]) -> Result<Header, DecodeError> {
    let mut reader = Reader::new(bytes);
    reader.array_of(ITEMS, "a header of seven parts")?;
    if reader.unsigned()? != VERSION {
        return Err(DecodeError::Invalid { at: 1, what: "version" });
    }
    let header = Header {
        log: LogId::from_bytes(reader.fixed("log id")?),
        sequence: reader.unsigned()?,
        previous: EntryId::from_bytes(reader.fixed("entry id")?),
        at: HybridTime::from_bits(reader.unsigned()?),
        body_len: reader.number("body length")?,
        body_hash: reader.fixed("hash")?,
    };
    reader.end()?;
    Ok(header)
}

pub(crate) fn id(header: &Header) -> EntryId {
    EntryId::from_bytes(blake3::derive_key(ENTRY_CONTEXT, &encode(header)))
}

/// What the device signs: the context, then the entry's id.
pub(crate) fn signed_bytes(entry: &EntryId) -> [u8; SIGNED_BYTES] {
    let mut bytes = [0; SIGNED_BYTES];
    let (context, id) = bytes.split_at_mut(SIGNATURE_CONTEXT.len());
    context.copy_from_slice(SIGNATURE_CONTEXT);
    id.copy_from_slice(entry.as_bytes());
    bytes
}
