//! Log descriptors: `[1, device, compartment, lane, incarnation]`, and the log id.

use model::id::{DeviceKey, LogId};

use super::DecodeError;
use super::cbor::{Reader, Writer};
use super::value::read_name;
use crate::log::{Lane, LogDescriptor};

const VERSION: u64 = 1;
const ITEMS: usize = 5;
/// The longest descriptor: a compartment of 63 characters.
pub(super) const BYTES_MAX: usize = 107;
const CONTEXT: &str = "casque journal v1 log";

pub(crate) fn encode(descriptor: &LogDescriptor) -> Vec<u8> {
    let mut writer = Writer::with_capacity(BYTES_MAX);
    write(&mut writer, descriptor);
    writer.finish()
}

pub(crate) fn decode(bytes: &[u8]) -> Result<LogDescriptor, DecodeError> {
    let mut reader = Reader::new(bytes);
    let descriptor = read(&mut reader)?;
    reader.end()?;
    Ok(descriptor)
}

pub(crate) fn id(descriptor: &LogDescriptor) -> LogId {
    let [head @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] =
        blake3::derive_key(CONTEXT, &encode(descriptor));
    LogId::from_bytes(head)
}

pub(super) fn write(writer: &mut Writer, descriptor: &LogDescriptor) {
    writer.array(ITEMS);
    writer.unsigned(VERSION);
    writer.bytes(descriptor.device.as_bytes());
    writer.optional(descriptor.compartment.as_ref(), Writer::name);
    writer.unsigned(descriptor.lane.number());
    writer.unsigned(descriptor.incarnation);
}

pub(super) fn read(reader: &mut Reader<'_>) -> Result<LogDescriptor, DecodeError> {
    reader.array_of(ITEMS, "a log descriptor of five parts")?;
    let at = reader.at();
    if reader.unsigned()? != VERSION {
        return Err(DecodeError::Invalid { at, what: "version" });
    }
    Ok(LogDescriptor {
        device: DeviceKey::from_bytes(reader.fixed("device key")?),
        compartment: reader.optional(read_name)?,
        lane: read_lane(reader)?,
        incarnation: reader.number("incarnation")?,
    })
}

fn read_lane(reader: &mut Reader<'_>) -> Result<Lane, DecodeError> {
    let at = reader.at();
    Lane::from_number(reader.unsigned()?).ok_or(DecodeError::Invalid { at, what: "lane" })
}
