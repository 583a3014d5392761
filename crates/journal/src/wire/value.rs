//! Values of fields: each says its own type. Geometries are in `shape`, rows in `rows`.

mod rows;
mod shape;

use model::decimal::Decimal;
use model::id::{BlobId, Name, RecordId};
use model::limits::TEXT_BYTES_MAX;
use model::rows::Row;
use model::time::{Date, Timestamp};
use model::value::Value;

use super::cbor::{NEGATIVE, Reader, TEXT, UNSIGNED, Writer};
use super::order::read_set;
use super::{DecodeError, EncodeError};
use crate::operation::Content;
use rows::Room;

/// RFC 8949, 3.4.4: exponent of ten and mantissa.
const TAG_DECIMAL: u64 = 4;
/// RFC 8943: days since 1970-01-01.
const TAG_DATE: u64 = 100;
/// Our own from here on.
const TAG_TIME: u64 = 6;
const TAG_CODE: u64 = 7;
const TAG_CODES: u64 = 8;
const TAG_POINT: u64 = 9;
const TAG_LINE: u64 = 10;
const TAG_AREA: u64 = 11;
const TAG_RECORD: u64 = 12;
const TAG_BLOB: u64 = 13;
const TAG_SEALED: u64 = 14;
const TAG_ROWS: u64 = 15;

const TEXT_BYTES: &str = "bytes of text";

pub(super) fn write_content(writer: &mut Writer, content: &Content) -> Result<(), EncodeError> {
    match content {
        Content::Plain(None) => writer.null(),
        Content::Plain(Some(value)) => write(writer, value)?,
        Content::Sealed { compartment, epoch, bytes } => {
            writer.tag(TAG_SEALED);
            writer.array(3);
            writer.name(compartment);
            writer.unsigned(*epoch);
            writer.bytes(bytes);
        }
    }
    Ok(())
}

pub(super) fn read_content(reader: &mut Reader<'_>) -> Result<Content, DecodeError> {
    if reader.null() {
        return Ok(Content::Plain(None));
    }
    let at = reader.at();
    match reader.tag()? {
        Some(TAG_SEALED) => read_sealed(reader),
        tag => {
            let value = read_after(reader, tag, at, &mut Room::whole())?;
            Ok(Content::Plain(Some(value)))
        }
    }
}

/// Rows on their own, in the form they have in an entry.
pub(crate) fn encode_rows(rows: &[Row]) -> Result<Vec<u8>, EncodeError> {
    let mut writer = Writer::default();
    rows::write(&mut writer, rows)?;
    Ok(writer.finish())
}

/// Reads what [`encode_rows`] wrote.
pub(crate) fn decode_rows(bytes: &[u8]) -> Result<Vec<Row>, DecodeError> {
    let mut reader = Reader::new(bytes);
    let rows = match reader.tag()? {
        Some(TAG_ROWS) => rows::read(&mut reader, &mut Room::whole())?,
        _ => return Err(reader.malformed("rows")),
    };
    reader.end()?;
    Ok(rows)
}

/// Writes a text a person may have written, within the limit.
pub(super) fn write_text(writer: &mut Writer, text: &str) -> Result<(), EncodeError> {
    let (found, max) = (text.len(), TEXT_BYTES_MAX);
    if found > max {
        return Err(EncodeError::Limit { what: TEXT_BYTES, found, max });
    }
    writer.text(text);
    Ok(())
}

pub(super) fn read_text(reader: &mut Reader<'_>) -> Result<String, DecodeError> {
    let text = reader.text()?;
    if text.len() > TEXT_BYTES_MAX {
        return Err(DecodeError::Limit { what: TEXT_BYTES, max: TEXT_BYTES_MAX });
    }
    Ok(text.to_owned())
}

pub(super) fn read_name(reader: &mut Reader<'_>) -> Result<Name, DecodeError> {
    let at = reader.at();
    Name::new(reader.text()?).map_err(|_not_a_name| DecodeError::Invalid { at, what: "name" })
}

/// An instant without its tag, where nothing else can stand.
pub(super) fn read_time(reader: &mut Reader<'_>) -> Result<Timestamp, DecodeError> {
    reader.integer().map(Timestamp::from_ms)
}

fn write(writer: &mut Writer, value: &Value) -> Result<(), EncodeError> {
    match value {
        Value::Text(text) => write_text(writer, text)?,
        Value::Integer(number) => writer.integer(*number),
        Value::Decimal(number) => write_decimal(writer, *number),
        Value::Boolean(yes) => writer.boolean(*yes),
        Value::Date(date) => {
            writer.tag(TAG_DATE);
            writer.integer(date.as_days());
        }
        Value::Time(time) => {
            writer.tag(TAG_TIME);
            writer.time(*time);
        }
        Value::Code(code) => {
            writer.tag(TAG_CODE);
            write_text(writer, code)?;
        }
        Value::Codes(codes) => {
            writer.tag(TAG_CODES);
            writer.array(codes.len());
            codes.iter().try_for_each(|code| write_text(writer, code))?;
        }
        Value::Geometry(geometry) => shape::write(writer, geometry)?,
        Value::Record(id) => {
            writer.tag(TAG_RECORD);
            writer.bytes(id.as_bytes());
        }
        Value::Blob(id) => {
            writer.tag(TAG_BLOB);
            writer.bytes(id.as_bytes());
        }
        Value::Rows(rows) => rows::write(writer, rows)?,
    }
    Ok(())
}

fn write_decimal(writer: &mut Writer, number: Decimal) {
    writer.tag(TAG_DECIMAL);
    writer.array(2);
    writer.integer(i64::from(number.scale()).saturating_neg());
    writer.integer(number.mantissa());
}

fn read_value(reader: &mut Reader<'_>, room: &mut Room) -> Result<Value, DecodeError> {
    let at = reader.at();
    let tag = reader.tag()?;
    read_after(reader, tag, at, room)
}

fn read_after(
    reader: &mut Reader<'_>,
    tag: Option<u64>,
    at: usize,
    room: &mut Room,
) -> Result<Value, DecodeError> {
    match tag {
        None => read_untagged(reader),
        Some(TAG_ROWS) => rows::read(reader, room).map(Value::Rows),
        Some(tag) => read_tagged(reader, tag, at),
    }
}

fn read_untagged(reader: &mut Reader<'_>) -> Result<Value, DecodeError> {
    if let Some(yes) = reader.boolean() {
        return Ok(Value::Boolean(yes));
    }
    match reader.major() {
        Some(UNSIGNED | NEGATIVE) => reader.integer().map(Value::Integer),
        Some(TEXT) => read_text(reader).map(Value::Text),
        _ => Err(reader.malformed("a value")),
    }
}

fn read_tagged(reader: &mut Reader<'_>, tag: u64, at: usize) -> Result<Value, DecodeError> {
    match tag {
        TAG_DECIMAL => read_decimal(reader).map(Value::Decimal),
        TAG_DATE => read_date(reader).map(Value::Date),
        TAG_TIME => read_time(reader).map(Value::Time),
        TAG_CODE => read_text(reader).map(Value::Code),
        TAG_CODES => read_set(reader, read_text).map(Value::Codes),
        TAG_POINT => shape::read_point(reader).map(Value::Geometry),
        TAG_LINE => shape::read_line(reader).map(Value::Geometry),
        TAG_AREA => shape::read_area(reader).map(Value::Geometry),
        TAG_RECORD => Ok(Value::Record(RecordId::from_bytes(reader.fixed("record id")?))),
        TAG_BLOB => Ok(Value::Blob(BlobId::from_bytes(reader.fixed("blob id")?))),
        _ => Err(DecodeError::Malformed { at, expected: "the tag of a value" }),
    }
}

fn read_decimal(reader: &mut Reader<'_>) -> Result<Decimal, DecodeError> {
    let at = reader.at();
    reader.array_of(2, "exponent and mantissa")?;
    let (exponent, mantissa) = (reader.integer()?, reader.integer()?);
    let number = exponent
        .checked_neg()
        .and_then(|scale| u8::try_from(scale).ok())
        .and_then(|scale| Decimal::new(mantissa, scale).filter(|number| number.scale() == scale));
    number.ok_or(DecodeError::Invalid { at, what: "decimal in its shortest form" })
}

fn read_date(reader: &mut Reader<'_>) -> Result<Date, DecodeError> {
    let at = reader.at();
    let days = i32::try_from(reader.integer()?);
    days.map(Date::from_days).map_err(|_too_far| DecodeError::Invalid { at, what: "date" })
}

fn read_sealed(reader: &mut Reader<'_>) -> Result<Content, DecodeError> {
    reader.array_of(3, "compartment, epoch and ciphertext")?;
    Ok(Content::Sealed {
        compartment: read_name(reader)?,
        epoch: reader.number("epoch")?,
        bytes: read_bytes(reader)?,
    })
}

/// Bytes of any length the body has room for.
pub(super) fn read_bytes(reader: &mut Reader<'_>) -> Result<Vec<u8>, DecodeError> {
    reader.bytes().map(<[u8]>::to_vec)
}
