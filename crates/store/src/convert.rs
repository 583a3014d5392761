//! Values to and from SQL columns.

use model::decimal::Decimal;
use model::place::{Geometry, Position};
use model::time::{Date, Timestamp};
use model::value::{FieldType, Value};
use rusqlite::types::{Null, ToSqlOutput, Value as SqlValue, ValueRef};
use rusqlite::{Row, Statement};

use crate::error::StoreError;
use crate::table::Column;

/// Binds a field's value to the statement's parameters from `parameter` on; returns the next one.
pub(crate) fn bind(
    statement: &mut Statement<'_>,
    parameter: usize,
    kind: FieldType,
    value: Option<&Value>,
) -> rusqlite::Result<usize> {
    if kind == FieldType::Point {
        let at = match value {
            Some(Value::Geometry(Geometry::Point(at))) => Some(*at),
            _ => None,
        };
        statement.raw_bind_parameter(parameter, at.map(Position::lon))?;
        statement.raw_bind_parameter(parameter + 1, at.map(Position::lat))?;
        return Ok(parameter + 2);
    }
    match value {
        None => statement.raw_bind_parameter(parameter, Null)?,
        Some(value) => statement.raw_bind_parameter(parameter, to_sql(value))?,
    }
    Ok(parameter + 1)
}

/// A value as one SQL value; a point as WKT.
pub(crate) fn to_sql(value: &Value) -> ToSqlOutput<'_> {
    let borrowed = |text: &'_ str| ToSqlOutput::Owned(SqlValue::Text(text.to_owned()));
    match value {
        Value::Text(text) | Value::Code(text) => {
            ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes()))
        }
        Value::Integer(number) => ToSqlOutput::Owned(SqlValue::Integer(*number)),
        Value::Decimal(number) => borrowed(&number.to_string()),
        Value::Boolean(yes) => ToSqlOutput::Owned(SqlValue::Integer(i64::from(*yes))),
        Value::Date(date) => ToSqlOutput::Owned(SqlValue::Integer(i64::from(date.as_days()))),
        Value::Time(time) => ToSqlOutput::Owned(SqlValue::Integer(time.as_ms())),
        Value::Codes(codes) => {
            let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
            borrowed(&format!(" {} ", codes.join(" ")))
        }
        Value::Geometry(geometry) => borrowed(&geometry.to_string()),
        Value::Record(id) => borrowed(&id.to_string()),
        Value::Blob(id) => borrowed(&id.to_string()),
        // What was read from an entry fits into one; NULL would be no value where there is one.
        Value::Rows(rows) => {
            ToSqlOutput::Owned(SqlValue::Blob(journal::wire::encode_rows(rows).unwrap_or_default()))
        }
    }
}

/// A field's value as the database holds it: nothing is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell<'r> {
    /// Text.
    Text(&'r str),
    /// A code.
    Code(&'r str),
    /// Several codes, a blank around each, sorted.
    Codes(&'r str),
    /// A whole number.
    Integer(i64),
    /// A decimal with its exact digits.
    Decimal(&'r str),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// An instant.
    Time(Timestamp),
    /// A point.
    Point(Position),
    /// A line or an area as WKT.
    Shape(&'r str),
    /// The id of a record, in text.
    Record(&'r str),
    /// The id of a blob, in text.
    Blob(&'r str),
    /// Rows, as an entry has them.
    Rows(&'r [u8]),
}

/// A field's value out of a row of all columns that starts at `base`.
pub(crate) fn read(
    row: &Row<'_>,
    base: usize,
    column: &Column,
) -> Result<Option<Value>, StoreError> {
    let Some(cell) = cell(row, base, column)? else { return Ok(None) };
    cell.to_value().map(Some).ok_or_else(|| damaged(column))
}

/// The same, borrowed from the row.
pub(crate) fn cell<'r>(
    row: &'r Row<'_>,
    base: usize,
    column: &Column,
) -> Result<Option<Cell<'r>>, StoreError> {
    let cell = match row.get_ref(base + column.first)? {
        ValueRef::Null => return Ok(None),
        ValueRef::Integer(lon) if column.kind == FieldType::Point => {
            point(lon, row.get(base + column.first + 1)?)
        }
        ValueRef::Integer(number) => from_integer(number, column.kind),
        ValueRef::Text(text) => {
            std::str::from_utf8(text).ok().and_then(|text| from_text(text, column.kind))
        }
        ValueRef::Blob(bytes) if column.kind == FieldType::Rows => Some(Cell::Rows(bytes)),
        _ => None,
    };
    cell.map(Some).ok_or_else(|| damaged(column))
}

fn damaged(column: &Column) -> StoreError {
    StoreError::Damaged(format!("column `{}` holds what it cannot", column.field))
}

fn point<'r>(lon: i64, lat: i64) -> Option<Cell<'r>> {
    let units = |number: i64| i32::try_from(number).ok();
    Some(Cell::Point(Position::from_units(units(lon)?, units(lat)?).ok()?))
}

fn from_integer<'r>(number: i64, kind: FieldType) -> Option<Cell<'r>> {
    match kind {
        FieldType::Integer => Some(Cell::Integer(number)),
        FieldType::Boolean => Some(Cell::Boolean(number != 0)),
        FieldType::Date => Some(Cell::Date(Date::from_days(i32::try_from(number).ok()?))),
        FieldType::Time => Some(Cell::Time(Timestamp::from_ms(number))),
        _ => None,
    }
}

fn from_text(text: &str, kind: FieldType) -> Option<Cell<'_>> {
    match kind {
        FieldType::Decimal => Some(Cell::Decimal(text)),
        FieldType::Text => Some(Cell::Text(text)),
        FieldType::Code => Some(Cell::Code(text)),
        FieldType::Codes => Some(Cell::Codes(text)),
        FieldType::Record => Some(Cell::Record(text)),
        FieldType::Blob => Some(Cell::Blob(text)),
        FieldType::Line | FieldType::Area => Some(Cell::Shape(text)),
        _ => None,
    }
}

impl Cell<'_> {
    /// The value, copied; nothing where the text is not what its field holds.
    pub fn to_value(&self) -> Option<Value> {
        Some(match *self {
            Self::Text(text) => Value::Text(text.to_owned()),
            Self::Code(code) => Value::Code(code.to_owned()),
            Self::Codes(codes) => {
                Value::Codes(codes.split_whitespace().map(str::to_owned).collect())
            }
            Self::Integer(number) => Value::Integer(number),
            Self::Decimal(digits) => Value::Decimal(digits.parse::<Decimal>().ok()?),
            Self::Boolean(yes) => Value::Boolean(yes),
            Self::Date(date) => Value::Date(date),
            Self::Time(time) => Value::Time(time),
            Self::Point(at) => Value::Geometry(Geometry::Point(at)),
            Self::Shape(wkt) => Value::Geometry(spatial::wkt::parse(wkt).ok()?),
            Self::Record(id) => Value::Record(id.parse().ok()?),
            Self::Blob(id) => Value::Blob(id.parse().ok()?),
            Self::Rows(bytes) => Value::Rows(journal::wire::decode_rows(bytes).ok()?),
        })
    }
}
