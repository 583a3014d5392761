//! Payloads of membership, each of a kind of its own.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use model::classification::Classification;
use model::id::{DeviceKey, EntryId, LogId, Name};

use super::cbor::{Reader, Writer};
use super::order::{self, read_set};
use super::value::{read_bytes, read_name, read_text, read_time, write_text};
use super::{DecodeError, EncodeError, log};
use crate::log::Head;
use crate::operation::member::{Admission, CompartmentKey, Member, Revocation, User};

const KIND_ADMIT: u64 = 16;
const KIND_REVOKE: u64 = 17;
const KIND_USER: u64 = 18;
const KIND_LOG: u64 = 19;
const KIND_COMPARTMENT: u64 = 20;
/// All of them.
pub(super) const KINDS: RangeInclusive<u64> = KIND_ADMIT..=KIND_COMPARTMENT;

pub(super) fn kind(change: &Member) -> u64 {
    match change {
        Member::Admit(_) => KIND_ADMIT,
        Member::Revoke(_) => KIND_REVOKE,
        Member::User(_) => KIND_USER,
        Member::Log(_) => KIND_LOG,
        Member::Compartment(_) => KIND_COMPARTMENT,
    }
}

pub(super) fn write(writer: &mut Writer, change: &Member) -> Result<(), EncodeError> {
    match change {
        Member::Admit(admission) => write_admission(writer, admission)?,
        Member::Revoke(revocation) => write_revocation(writer, revocation)?,
        Member::User(user) => write_user(writer, user)?,
        Member::Log(descriptor) => log::write(writer, descriptor),
        Member::Compartment(key) => write_compartment(writer, key)?,
    }
    Ok(())
}

pub(super) fn read(reader: &mut Reader<'_>, kind: u64) -> Result<Member, DecodeError> {
    match kind {
        KIND_ADMIT => read_admission(reader).map(Member::Admit),
        KIND_REVOKE => read_revocation(reader).map(Member::Revoke),
        KIND_USER => read_user(reader).map(Member::User),
        KIND_LOG => log::read(reader).map(Member::Log),
        _ => read_compartment(reader).map(Member::Compartment),
    }
}

fn write_admission(writer: &mut Writer, admission: &Admission) -> Result<(), EncodeError> {
    writer.array(4);
    writer.bytes(admission.device.as_bytes());
    write_text(writer, &admission.label)?;
    write_names(writer, &admission.compartments);
    writer.optional(admission.until, Writer::time);
    Ok(())
}

fn read_admission(reader: &mut Reader<'_>) -> Result<Admission, DecodeError> {
    reader.array_of(4, "device, label, compartments and time")?;
    Ok(Admission {
        device: DeviceKey::from_bytes(reader.fixed("device key")?),
        label: read_text(reader)?,
        compartments: read_set(reader, read_name)?,
        until: reader.optional(read_time)?,
    })
}

fn write_revocation(writer: &mut Writer, revocation: &Revocation) -> Result<(), EncodeError> {
    let twice = |log: &LogId| EncodeError::Repeated { what: "log", which: log.to_string() };
    let believed = order::sorted(&revocation.believed, |(log, _head)| log, twice)?;
    writer.array(2);
    writer.bytes(revocation.device.as_bytes());
    writer.array(believed.len());
    for (log, head) in believed {
        writer.array(3);
        writer.bytes(log.as_bytes());
        writer.unsigned(head.height);
        writer.bytes(head.entry.as_bytes());
    }
    Ok(())
}

fn read_revocation(reader: &mut Reader<'_>) -> Result<Revocation, DecodeError> {
    reader.array_of(2, "device and heads")?;
    Ok(Revocation {
        device: DeviceKey::from_bytes(reader.fixed("device key")?),
        believed: read_set(reader, read_believed)?.into_iter().collect(),
    })
}

fn read_believed(reader: &mut Reader<'_>) -> Result<(LogId, Head), DecodeError> {
    reader.array_of(3, "log, height and entry")?;
    let log = LogId::from_bytes(reader.fixed("log id")?);
    let height = reader.unsigned()?;
    Ok((log, Head { height, entry: EntryId::from_bytes(reader.fixed("entry id")?) }))
}

fn write_user(writer: &mut Writer, user: &User) -> Result<(), EncodeError> {
    writer.array(8);
    writer.unsigned(user.number);
    write_text(writer, &user.name)?;
    write_text(writer, &user.display)?;
    write_names(writer, &user.roles);
    writer.array(user.areas.len());
    user.areas.iter().try_for_each(|area| write_text(writer, area))?;
    write_names(writer, &user.compartments);
    writer.unsigned(user.clearance.rank());
    writer.boolean(user.disabled);
    Ok(())
}

fn read_user(reader: &mut Reader<'_>) -> Result<User, DecodeError> {
    reader.array_of(8, "a user of eight parts")?;
    Ok(User {
        number: reader.number("user number")?,
        name: read_text(reader)?,
        display: read_text(reader)?,
        roles: read_set(reader, read_name)?,
        areas: read_set(reader, read_text)?,
        compartments: read_set(reader, read_name)?,
        clearance: read_clearance(reader)?,
        disabled: reader.boolean().ok_or_else(|| reader.malformed("yes or no"))?,
    })
}

fn read_clearance(reader: &mut Reader<'_>) -> Result<Classification, DecodeError> {
    let at = reader.at();
    let rank = reader.unsigned()?;
    let level = Classification::ALL.into_iter().find(|level| u64::from(level.rank()) == rank);
    level.ok_or(DecodeError::Invalid { at, what: "classification" })
}

fn write_compartment(writer: &mut Writer, key: &CompartmentKey) -> Result<(), EncodeError> {
    let twice = |user: &u32| EncodeError::Repeated { what: "user", which: user.to_string() };
    let recipients = order::sorted(&key.recipients, |(user, _wrapped)| user, twice)?;
    writer.array(4);
    writer.name(&key.compartment);
    writer.unsigned(key.epoch);
    writer.bytes(&key.public_key);
    writer.array(recipients.len());
    for (user, wrapped) in recipients {
        writer.array(2);
        writer.unsigned(*user);
        writer.bytes(wrapped);
    }
    Ok(())
}

fn read_compartment(reader: &mut Reader<'_>) -> Result<CompartmentKey, DecodeError> {
    reader.array_of(4, "compartment, epoch, key and recipients")?;
    Ok(CompartmentKey {
        compartment: read_name(reader)?,
        epoch: reader.number("epoch")?,
        public_key: read_bytes(reader)?,
        recipients: read_set(reader, read_recipient)?.into_iter().collect(),
    })
}

fn read_recipient(reader: &mut Reader<'_>) -> Result<(u32, Vec<u8>), DecodeError> {
    reader.array_of(2, "user and wrapped key")?;
    Ok((reader.number("user number")?, read_bytes(reader)?))
}

fn write_names(writer: &mut Writer, names: &BTreeSet<Name>) {
    writer.array(names.len());
    for name in names {
        writer.name(name);
    }
}
