//! Values as the database holds them, written as JSON without a copy between.
//!
//! The form is that of `exchange::json`, which writes values that were copied; a test holds the two
//! against each other.

use std::io::{self, Write};

use exchange::json;
use exchange::write::write_shape;
use model::place::Geometry;
use model::value::Value;
use store::{Cell, StoreError};

use crate::error::AppError;

/// Writes a value, `null` where there is none.
pub(crate) fn write(cell: Option<Cell<'_>>, out: &mut Vec<u8>) -> Result<(), AppError> {
    let Some(cell) = cell else { return Ok(null(out)?) };
    match cell {
        Cell::Text(text) | Cell::Code(text) => json::write_text(text, out)?,
        Cell::Codes(codes) => write_list(codes, out)?,
        Cell::Integer(number) => write!(out, "{number}")?,
        Cell::Decimal(digits) => out.extend_from_slice(digits.as_bytes()),
        Cell::Boolean(yes) => write!(out, "{yes}")?,
        Cell::Date(date) => write!(out, "\"{date}\"")?,
        Cell::Time(time) => write!(out, "\"{time}\"")?,
        Cell::Point(at) => json::write_geometry(&Geometry::Point(at), out)?,
        Cell::Record(id) | Cell::Blob(id) => write!(out, "\"{id}\"")?,
        Cell::Shape(_) => json::write_geometry(&shape(&cell)?, out)?,
        Cell::Rows(_) => json::write(&rows(&cell)?, out)?,
    }
    Ok(())
}

/// Writes a value as the geometry of a feature, `null` where it is none.
pub(crate) fn write_as_shape(cell: Option<Cell<'_>>, out: &mut Vec<u8>) -> Result<(), AppError> {
    match cell {
        Some(Cell::Point(at)) => json::write_geometry(&Geometry::Point(at), out)?,
        Some(cell @ Cell::Shape(_)) => write_shape(&shape(&cell)?, out)?,
        _ => null(out)?,
    }
    Ok(())
}

fn null(out: &mut Vec<u8>) -> io::Result<()> {
    out.write_all(b"null")
}

fn write_list(codes: &str, out: &mut Vec<u8>) -> io::Result<()> {
    out.push(b'[');
    for (nth, code) in codes.split_whitespace().enumerate() {
        if nth > 0 {
            out.push(b',');
        }
        json::write_text(code, out)?;
    }
    out.push(b']');
    Ok(())
}

fn shape(cell: &Cell<'_>) -> Result<Geometry, AppError> {
    match cell.to_value() {
        Some(Value::Geometry(shape)) => Ok(shape),
        _ => Err(StoreError::Damaged("a shape cannot be read".to_owned()).into()),
    }
}

fn rows(cell: &Cell<'_>) -> Result<Value, AppError> {
    let unreadable = || StoreError::Damaged("rows cannot be read".to_owned());
    Ok(cell.to_value().ok_or_else(unreadable)?)
}

#[cfg(test)]
mod tests {
    use model::place::Position;
    use model::time::{Date, Timestamp};

    use super::*;

    #[test]
    fn a_value_is_written_as_its_copy_is() {
        let id = "0123456789ABCDEFGHJKMNPQRS";
        let blob = "0f".repeat(32);
        let row = |text: &str| {
            let name = model::id::Name::new("name").expect("a name");
            model::rows::Row::from([(name, Value::Text(text.to_owned()))])
        };
        let rows = journal::wire::encode_rows(&[row("a \"b\"\n=\u{e9}"), model::rows::Row::new()])
            .expect("rows");
        let cells = [
            Cell::Text("a \"b\"\n=\u{e9}\u{1}"),
            Cell::Code("AC-CLASH"),
            Cell::Codes(" a b "),
            Cell::Codes("  "),
            Cell::Integer(-7),
            Cell::Decimal("-1.25"),
            Cell::Decimal("123456789.012345678"),
            Cell::Boolean(true),
            Cell::Date(Date::from_days(17_591)),
            Cell::Time(Timestamp::from_ms(1_519_905_600_250)),
            Cell::Point(Position::parse("-0.0447", "16.2717").expect("a place")),
            Cell::Shape("LINESTRING (0 0, 1 1)"),
            Cell::Shape("POLYGON ((0 0, 0 1, 1 1, 0 0))"),
            Cell::Record(id),
            Cell::Blob(&blob),
            Cell::Rows(&rows),
        ];
        for cell in cells {
            let value = cell.to_value().unwrap_or_else(|| panic!("{cell:?}"));
            let (mut copied, mut borrowed) = (Vec::new(), Vec::new());
            json::write(&value, &mut copied).expect("a Vec takes every byte");
            write(Some(cell), &mut borrowed).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(String::from_utf8(borrowed), String::from_utf8(copied));
        }
    }
}
