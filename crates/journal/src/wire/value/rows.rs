//! Rows: an array of rows, each an array of names and contents in turn, names ascending. Rows may
//! stand within rows, so this is the one place of the wire that recurses: as deep as the limit and no
//! deeper.

use model::id::Name;
use model::limits::{ENTRY_FIELDS_MAX, ROWS_BYTES_MAX, ROWS_DEPTH_MAX, ROWS_MAX};
use model::rows::{self, Row};

use super::super::cbor::{Reader, Writer};
use super::super::order::check_count;
use super::super::{DecodeError, EncodeError};
use super::{TAG_ROWS, read_name};

const ROWS: &str = "rows";
const DEPTH: &str = "rows within rows";
const COLUMNS: &str = "columns of a row";
const BYTES: &str = "bytes of rows";

/// What is left of the limits while rows are read.
pub(super) struct Room {
    rows: usize,
    depth: usize,
}

impl Room {
    /// Nothing is read yet.
    pub(super) const fn whole() -> Self {
        Self { rows: ROWS_MAX, depth: ROWS_DEPTH_MAX }
    }
}

pub(super) fn write(writer: &mut Writer, rows: &[Row]) -> Result<(), EncodeError> {
    let measure = rows::measure(rows);
    check_count(ROWS, measure.rows, ROWS_MAX)?;
    check_count(DEPTH, measure.depth, ROWS_DEPTH_MAX)?;
    let before = writer.len();
    writer.tag(TAG_ROWS);
    writer.array(rows.len());
    for row in rows {
        check_count(COLUMNS, row.len(), ENTRY_FIELDS_MAX)?;
        writer.array(row.len().saturating_mul(2));
        for (name, value) in row {
            writer.name(name);
            super::write(writer, value)?;
        }
    }
    check_count(BYTES, writer.len().saturating_sub(before), ROWS_BYTES_MAX)
}

/// Reads what follows the tag.
pub(super) fn read(reader: &mut Reader<'_>, room: &mut Room) -> Result<Vec<Row>, DecodeError> {
    let inside = room.depth.checked_sub(1).ok_or(limit(DEPTH, ROWS_DEPTH_MAX))?;
    let (around, start) = (std::mem::replace(&mut room.depth, inside), reader.at());
    let mut rows = Vec::new();
    for _ in 0..reader.array()? {
        room.rows = room.rows.checked_sub(1).ok_or(limit(ROWS, ROWS_MAX))?;
        rows.push(read_row(reader, room)?);
    }
    room.depth = around;
    if reader.at().saturating_sub(start) > ROWS_BYTES_MAX {
        return Err(limit(BYTES, ROWS_BYTES_MAX));
    }
    Ok(rows)
}

fn read_row(reader: &mut Reader<'_>, room: &mut Room) -> Result<Row, DecodeError> {
    let items = reader.array()?;
    if !items.is_multiple_of(2) {
        return Err(reader.malformed("names and contents in turn"));
    }
    if items / 2 > ENTRY_FIELDS_MAX {
        return Err(limit(COLUMNS, ENTRY_FIELDS_MAX));
    }
    let mut row = Row::new();
    for _ in 0..items / 2 {
        let at = reader.at();
        let name = read_name(reader)?;
        if row.last_key_value().is_some_and(|(last, _): (&Name, _)| *last >= name) {
            return Err(DecodeError::NotCanonical { at });
        }
        row.insert(name, super::read_value(reader, room)?);
    }
    Ok(row)
}

const fn limit(what: &'static str, max: usize) -> DecodeError {
    DecodeError::Limit { what, max }
}
