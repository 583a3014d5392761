//! Bodies: a map with small numbers as keys, in ascending order, absent parts left out.

use model::id::RecordId;
use model::limits::ENTRY_BODY_BYTES_MAX;

use super::cbor::{Reader, Writer};
use super::order::check_count;
use super::references::References;
use super::value::{read_bytes, read_text, write_text};
use super::{DecodeError, EncodeError, act};
use crate::operation::Operation;

const KEY_KIND: u8 = 0;
const KEY_RECORD: u8 = 1;
const KEY_USER: u8 = 2;
const KEY_SCHEMA: u8 = 3;
const KEY_EPOCH: u8 = 4;
const KEY_BATCH: u8 = 5;
const KEY_REASON: u8 = 6;
const KEY_PROOF: u8 = 7;
const KEY_REFERENCES: u8 = 8;
const KEY_PAYLOAD: u8 = 9;

/// Kind, user, schema, epoch and payload are always there.
const PARTS_ALWAYS: usize = 5;
/// Room for the body of an ordinary report.
const ORDINARY_BYTES: usize = 768;
const BODY_BYTES: &str = "bytes of an entry";

pub(crate) fn encode(operation: &Operation) -> Result<Vec<u8>, EncodeError> {
    let act = &operation.act;
    let references = References::of(act::references(act));
    let parts = [
        operation.record.is_some(),
        operation.batch.is_some(),
        operation.reason.is_some(),
        operation.proof.is_some(),
        !references.is_empty(),
    ];
    let present = parts.into_iter().filter(|present| *present).count();
    let mut writer = Writer::with_capacity(ORDINARY_BYTES);
    writer.map(present.saturating_add(PARTS_ALWAYS));
    write_circumstances(&mut writer, operation)?;
    if !references.is_empty() {
        writer.unsigned(KEY_REFERENCES);
        references.write(&mut writer);
    }
    writer.unsigned(KEY_PAYLOAD);
    act::write(&mut writer, act, &references)?;
    check_count(BODY_BYTES, writer.len(), ENTRY_BODY_BYTES_MAX)?;
    Ok(writer.finish())
}

pub(crate) fn decode(bytes: &[u8]) -> Result<Operation, DecodeError> {
    if bytes.len() > ENTRY_BODY_BYTES_MAX {
        return Err(DecodeError::Limit { what: BODY_BYTES, max: ENTRY_BODY_BYTES_MAX });
    }
    let operation = read(&mut Reader::new(bytes))?;
    match encode(&operation) {
        Ok(canonical) if canonical == bytes => Ok(operation),
        _ => Err(DecodeError::NotCanonical { at: bytes.len() }),
    }
}

fn write_circumstances(writer: &mut Writer, operation: &Operation) -> Result<(), EncodeError> {
    writer.unsigned(KEY_KIND);
    writer.unsigned(act::kind(&operation.act));
    if let Some(record) = operation.record {
        writer.unsigned(KEY_RECORD);
        writer.bytes(record.as_bytes());
    }
    writer.unsigned(KEY_USER);
    writer.unsigned(operation.user);
    writer.unsigned(KEY_SCHEMA);
    writer.unsigned(operation.schema);
    writer.unsigned(KEY_EPOCH);
    writer.unsigned(operation.epoch);
    if let Some(batch) = operation.batch {
        writer.unsigned(KEY_BATCH);
        writer.bytes(batch.as_bytes());
    }
    if let Some(reason) = &operation.reason {
        writer.unsigned(KEY_REASON);
        write_text(writer, reason)?;
    }
    if let Some(proof) = &operation.proof {
        writer.unsigned(KEY_PROOF);
        writer.bytes(proof);
    }
    Ok(())
}

fn read(reader: &mut Reader<'_>) -> Result<Operation, DecodeError> {
    let mut parts = Parts { left: reader.map()?, next: None };
    parts.require(reader, KEY_KIND)?;
    let kind = reader.unsigned()?;
    let record = parts.read(reader, KEY_RECORD, read_record)?;
    parts.require(reader, KEY_USER)?;
    let user = reader.number("user number")?;
    parts.require(reader, KEY_SCHEMA)?;
    let schema = reader.number("pack number")?;
    parts.require(reader, KEY_EPOCH)?;
    let epoch = reader.number("membership epoch")?;
    let batch = parts.read(reader, KEY_BATCH, read_record)?;
    let reason = parts.read(reader, KEY_REASON, read_text)?;
    let proof = parts.read(reader, KEY_PROOF, read_bytes)?;
    let references = parts.read(reader, KEY_REFERENCES, References::read)?.unwrap_or_default();
    parts.require(reader, KEY_PAYLOAD)?;
    let act = act::read(reader, kind, &references)?;
    parts.end(reader)?;
    Ok(Operation { record, user, schema, epoch, batch, reason, proof, act })
}

fn read_record(reader: &mut Reader<'_>) -> Result<RecordId, DecodeError> {
    reader.fixed("record id").map(RecordId::from_bytes)
}

/// The parts of the map that are still to be read.
struct Parts {
    left: usize,
    /// The key that was read ahead.
    next: Option<u64>,
}

impl Parts {
    /// Reads the part with this key if it is the next one.
    fn read<'b, T>(
        &mut self,
        reader: &mut Reader<'b>,
        key: u8,
        read: impl FnOnce(&mut Reader<'b>) -> Result<T, DecodeError>,
    ) -> Result<Option<T>, DecodeError> {
        if self.is_next(reader, key)? { read(reader).map(Some) } else { Ok(None) }
    }

    /// Demands that the next part has this key.
    fn require(&mut self, reader: &mut Reader<'_>, key: u8) -> Result<(), DecodeError> {
        if self.is_next(reader, key)? { Ok(()) } else { Err(reader.malformed("an earlier key")) }
    }

    /// Demands that no part is left.
    fn end(&self, reader: &Reader<'_>) -> Result<(), DecodeError> {
        if self.left > 0 || self.next.is_some() {
            return Err(reader.malformed("no such key"));
        }
        reader.end()
    }

    fn is_next(&mut self, reader: &mut Reader<'_>, key: u8) -> Result<bool, DecodeError> {
        if self.next.is_none() {
            let Some(left) = self.left.checked_sub(1) else {
                return Ok(false);
            };
            self.left = left;
            self.next = Some(reader.unsigned()?);
        }
        let found = self.next == Some(u64::from(key));
        if found {
            self.next = None;
        }
        Ok(found)
    }
}
