//! Writing payloads.

use std::collections::BTreeSet;

use model::id::Name;
use model::limits::{ENTRY_FIELDS_MAX, FIELD_PREDECESSORS_MAX};

use super::super::EncodeError;
use super::super::cbor::{Reader, Writer};
use super::super::order::{self, check_count};
use super::super::references::References;
use super::super::value::{write_content, write_text};
use super::{OVERWRITTEN, is_known, member};
use crate::operation::{
    Act, Attachment, Batch, Comment, Edit, Erasure, Link, Locked, Pack, PackFile, Transition,
};

type Result<T> = std::result::Result<T, EncodeError>;

pub(in crate::wire) fn write(
    writer: &mut Writer,
    act: &Act,
    references: &References,
) -> Result<()> {
    match act {
        Act::Set { register, edits } => {
            writer.array(2);
            writer.name(register);
            write_edits(writer, edits, references)?;
        }
        Act::Delete { overwrites } | Act::Restore { overwrites } | Act::Remove { overwrites } => {
            references.write_many(writer, overwrites);
        }
        Act::Transition(step) => write_transition(writer, step, references),
        Act::Comment(comment) => write_comment(writer, comment, references)?,
        Act::Attach(attachment) => write_attachment(writer, attachment, references)?,
        Act::Link(link) => write_link(writer, link, references),
        Act::Erase(erasure) => write_erasure(writer, erasure, references),
        Act::Batch(batch) => write_batch(writer, batch)?,
        Act::Pack(pack) => write_pack(writer, pack)?,
        Act::Locked(locked) => write_locked(writer, locked),
        Act::Member(change) => member::write(writer, change)?,
        Act::Unknown { kind, bytes, .. } => write_unknown(writer, *kind, bytes)?,
    }
    Ok(())
}

fn write_edits(writer: &mut Writer, edits: &[Edit], references: &References) -> Result<()> {
    check_count("fields", edits.len(), ENTRY_FIELDS_MAX)?;
    let twice = |field: &Name| EncodeError::RepeatedField(field.clone());
    let sorted = order::sorted(edits, |edit| &edit.field, twice)?;
    writer.array(sorted.len());
    sorted.into_iter().try_for_each(|edit| write_edit(writer, edit, references))
}

/// Field and content, then the places of what it overwrites.
fn write_edit(writer: &mut Writer, edit: &Edit, references: &References) -> Result<()> {
    let places = references.places(&edit.overwrites);
    check_count(OVERWRITTEN, places.len(), FIELD_PREDECESSORS_MAX)?;
    writer.array(places.len().saturating_add(2));
    writer.name(&edit.field);
    write_content(writer, &edit.content)?;
    writer.numbers(&places);
    Ok(())
}

fn write_transition(writer: &mut Writer, step: &Transition, references: &References) {
    writer.array(5);
    writer.name(&step.workflow);
    writer.optional(step.from.as_ref(), Writer::name);
    writer.name(&step.to);
    writer.optional(step.effective, Writer::time);
    references.write_many(writer, &step.overwrites);
}

fn write_comment(writer: &mut Writer, comment: &Comment, references: &References) -> Result<()> {
    writer.array(4);
    write_text(writer, &comment.text)?;
    writer.optional(comment.field.as_ref(), Writer::name);
    let answered = comment.answers.map(|entry| references.place(&entry));
    writer.optional(answered, Writer::unsigned);
    references.write_many(writer, &comment.overwrites);
    Ok(())
}

fn write_attachment(
    writer: &mut Writer,
    attachment: &Attachment,
    references: &References,
) -> Result<()> {
    writer.array(7);
    writer.bytes(attachment.blob.as_bytes());
    writer.unsigned(attachment.bytes);
    write_text(writer, &attachment.name)?;
    write_text(writer, &attachment.media_type)?;
    writer.optional(attachment.field.as_ref(), Writer::name);
    writer.optional(attachment.key.as_deref(), Writer::bytes);
    references.write_many(writer, &attachment.overwrites);
    Ok(())
}

fn write_link(writer: &mut Writer, link: &Link, references: &References) {
    writer.array(3);
    writer.name(&link.relation);
    writer.bytes(link.target.as_bytes());
    references.write_many(writer, &link.overwrites);
}

fn write_erasure(writer: &mut Writer, erasure: &Erasure, references: &References) {
    let blobs: BTreeSet<_> = erasure.blobs.iter().collect();
    writer.array(2);
    references.write_many(writer, &erasure.entries);
    writer.array(blobs.len());
    for blob in blobs {
        writer.bytes(blob.as_bytes());
    }
}

fn write_batch(writer: &mut Writer, batch: &Batch) -> Result<()> {
    writer.array(5);
    writer.name(&batch.register);
    writer.name(&batch.mapping);
    write_text(writer, &batch.file_name)?;
    writer.bytes(&batch.file_hash);
    writer.unsigned(batch.rows);
    Ok(())
}

fn write_pack(writer: &mut Writer, pack: &Pack) -> Result<()> {
    let twice = |path: &str| EncodeError::Repeated { what: "file", which: path.to_owned() };
    let files = order::sorted(&pack.files, |file| file.path.as_str(), twice)?;
    writer.array(4);
    writer.name(&pack.name);
    write_text(writer, &pack.version)?;
    writer.bytes(&pack.hash);
    writer.array(files.len());
    files.into_iter().try_for_each(|file| write_pack_file(writer, file))
}

fn write_pack_file(writer: &mut Writer, file: &PackFile) -> Result<()> {
    writer.array(3);
    write_text(writer, &file.path)?;
    writer.bytes(file.blob.as_bytes());
    writer.unsigned(file.bytes);
    Ok(())
}

fn write_locked(writer: &mut Writer, locked: &Locked) {
    writer.array(2);
    writer.bytes(&locked.nonce);
    writer.bytes(&locked.bytes);
}

fn write_unknown(writer: &mut Writer, kind: u64, payload: &[u8]) -> Result<()> {
    let one_item = Reader::new(payload).item().is_ok_and(|item| item == payload);
    if is_known(kind) || !one_item {
        return Err(EncodeError::UnknownKind(kind));
    }
    writer.raw(payload);
    Ok(())
}
