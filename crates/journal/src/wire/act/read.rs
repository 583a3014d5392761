//! Reading payloads.

use model::id::{BlobId, RecordId};
use model::limits::{ENTRY_FIELDS_MAX, FIELD_PREDECESSORS_MAX};

use super::super::DecodeError;
use super::super::cbor::Reader;
use super::super::order::{self, read_set};
use super::super::references::References;
use super::super::value::{read_bytes, read_content, read_name, read_text, read_time};
use super::{
    KIND_ATTACH, KIND_BATCH, KIND_COMMENT, KIND_DELETE, KIND_ERASE, KIND_LINK, KIND_LOCKED,
    KIND_PACK, KIND_REMOVE, KIND_RESTORE, KIND_SET, KIND_TRANSITION, OVERWRITTEN, member,
};
use crate::operation::{
    Act, Attachment, Batch, Comment, Edit, Erasure, Link, Locked, Pack, PackFile, Transition,
};

type Result<T> = std::result::Result<T, DecodeError>;

pub(in crate::wire) fn read(
    reader: &mut Reader<'_>,
    kind: u64,
    references: &References,
) -> Result<Act> {
    match kind {
        KIND_SET => read_set_act(reader, references),
        KIND_DELETE => Ok(Act::Delete { overwrites: references.read_many(reader)? }),
        KIND_RESTORE => Ok(Act::Restore { overwrites: references.read_many(reader)? }),
        KIND_TRANSITION => read_transition(reader, references).map(Act::Transition),
        KIND_COMMENT => read_comment(reader, references).map(Act::Comment),
        KIND_ATTACH => read_attachment(reader, references).map(Act::Attach),
        KIND_LINK => read_link(reader, references).map(Act::Link),
        KIND_REMOVE => Ok(Act::Remove { overwrites: references.read_many(reader)? }),
        KIND_ERASE => read_erasure(reader, references).map(Act::Erase),
        KIND_BATCH => read_batch(reader).map(Act::Batch),
        KIND_PACK => read_pack(reader).map(Act::Pack),
        KIND_LOCKED => read_locked(reader).map(Act::Locked),
        _ if member::KINDS.contains(&kind) => member::read(reader, kind).map(Act::Member),
        _ => read_unknown(reader, kind, references),
    }
}

fn read_set_act(reader: &mut Reader<'_>, references: &References) -> Result<Act> {
    reader.array_of(2, "register and edits")?;
    let register = read_name(reader)?;
    let count = reader.array()?;
    if count > ENTRY_FIELDS_MAX {
        return Err(DecodeError::Limit { what: "fields", max: ENTRY_FIELDS_MAX });
    }
    let read_one = |reader: &mut Reader<'_>| read_edit(reader, references);
    let edits = order::read_by(reader, count, read_one, |a, b| a.field < b.field)?;
    Ok(Act::Set { register, edits })
}

fn read_edit(reader: &mut Reader<'_>, references: &References) -> Result<Edit> {
    let items = reader.array()?;
    let places = items.checked_sub(2).ok_or_else(|| reader.malformed("field and content"))?;
    if places > FIELD_PREDECESSORS_MAX {
        return Err(DecodeError::Limit { what: OVERWRITTEN, max: FIELD_PREDECESSORS_MAX });
    }
    Ok(Edit {
        field: read_name(reader)?,
        content: read_content(reader)?,
        overwrites: references.read_count(reader, places)?,
    })
}

fn read_transition(reader: &mut Reader<'_>, references: &References) -> Result<Transition> {
    reader.array_of(5, "workflow, from, to, time and entries")?;
    Ok(Transition {
        workflow: read_name(reader)?,
        from: reader.optional(read_name)?,
        to: read_name(reader)?,
        effective: reader.optional(read_time)?,
        overwrites: references.read_many(reader)?,
    })
}

fn read_comment(reader: &mut Reader<'_>, references: &References) -> Result<Comment> {
    reader.array_of(4, "text, field, answered entry and entries")?;
    Ok(Comment {
        text: read_text(reader)?,
        field: reader.optional(read_name)?,
        answers: reader.optional(|reader| references.read_one(reader))?,
        overwrites: references.read_many(reader)?,
    })
}

fn read_attachment(reader: &mut Reader<'_>, references: &References) -> Result<Attachment> {
    reader.array_of(7, "a file of seven parts")?;
    Ok(Attachment {
        blob: read_blob(reader)?,
        bytes: reader.unsigned()?,
        name: read_text(reader)?,
        media_type: read_text(reader)?,
        field: reader.optional(read_name)?,
        key: reader.optional(read_bytes)?,
        overwrites: references.read_many(reader)?,
    })
}

fn read_link(reader: &mut Reader<'_>, references: &References) -> Result<Link> {
    reader.array_of(3, "relation, record and entries")?;
    Ok(Link {
        relation: read_name(reader)?,
        target: RecordId::from_bytes(reader.fixed("record id")?),
        overwrites: references.read_many(reader)?,
    })
}

fn read_erasure(reader: &mut Reader<'_>, references: &References) -> Result<Erasure> {
    reader.array_of(2, "entries and files")?;
    Ok(Erasure {
        entries: references.read_many(reader)?,
        blobs: read_set(reader, read_blob)?.into_iter().collect(),
    })
}

fn read_batch(reader: &mut Reader<'_>) -> Result<Batch> {
    reader.array_of(5, "a batch of five parts")?;
    Ok(Batch {
        register: read_name(reader)?,
        mapping: read_name(reader)?,
        file_name: read_text(reader)?,
        file_hash: reader.fixed("hash")?,
        rows: reader.unsigned()?,
    })
}

fn read_pack(reader: &mut Reader<'_>) -> Result<Pack> {
    reader.array_of(4, "name, version, hash and files")?;
    Ok(Pack {
        name: read_name(reader)?,
        version: read_text(reader)?,
        hash: reader.fixed("hash")?,
        files: read_set(reader, read_pack_file)?.into_iter().collect(),
    })
}

fn read_pack_file(reader: &mut Reader<'_>) -> Result<PackFile> {
    reader.array_of(3, "path, file and length")?;
    Ok(PackFile { path: read_text(reader)?, blob: read_blob(reader)?, bytes: reader.unsigned()? })
}

fn read_locked(reader: &mut Reader<'_>) -> Result<Locked> {
    reader.array_of(2, "nonce and ciphertext")?;
    Ok(Locked { nonce: reader.fixed("nonce")?, bytes: read_bytes(reader)? })
}

fn read_unknown(reader: &mut Reader<'_>, kind: u64, references: &References) -> Result<Act> {
    let bytes = reader.item()?.to_vec();
    Ok(Act::Unknown { kind, references: references.entries().to_vec(), bytes })
}

fn read_blob(reader: &mut Reader<'_>) -> Result<BlobId> {
    reader.fixed("blob id").map(BlobId::from_bytes)
}
