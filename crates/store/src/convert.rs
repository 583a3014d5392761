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
    }
}

/// A field's value out of a row of all columns that starts at `base`.
pub(crate) fn read(
    row: &Row<'_>,
    base: usize,
    column: &Column,
) -> Result<Option<Value>, StoreError> {
    let stored = row.get_ref(base + column.first)?;
    if stored == ValueRef::Null {
        return Ok(None);
    }
    let damaged = || StoreError::Damaged(format!("column `{}` holds what it cannot", column.field));
    let value = match column.kind {
        FieldType::Point => {
            let (lon, lat): (i32, i32) =
                (row.get(base + column.first)?, row.get(base + column.first + 1)?);
            let at = Position::from_units(lon, lat).map_err(|_outside| damaged())?;
            Some(Value::Geometry(Geometry::Point(at)))
        }
        kind => from_sql(stored, kind),
    };
    value.map(Some).ok_or_else(damaged)
}

fn from_sql(stored: ValueRef<'_>, kind: FieldType) -> Option<Value> {
    match stored {
        ValueRef::Integer(number) => from_integer(number, kind),
        ValueRef::Text(text) => from_text(std::str::from_utf8(text).ok()?, kind),
        _ => None,
    }
}

fn from_integer(number: i64, kind: FieldType) -> Option<Value> {
    match kind {
        FieldType::Integer => Some(Value::Integer(number)),
        FieldType::Boolean => Some(Value::Boolean(number != 0)),
        FieldType::Date => Some(Value::Date(Date::from_days(i32::try_from(number).ok()?))),
        FieldType::Time => Some(Value::Time(Timestamp::from_ms(number))),
        _ => None,
    }
}

fn from_text(text: &str, kind: FieldType) -> Option<Value> {
    match kind {
        FieldType::Decimal => Some(Value::Decimal(text.parse::<Decimal>().ok()?)),
        FieldType::Text => Some(Value::Text(text.to_owned())),
        FieldType::Code => Some(Value::Code(text.to_owned())),
        FieldType::Codes => {
            Some(Value::Codes(text.split_whitespace().map(str::to_owned).collect()))
        }
        FieldType::Record => Some(Value::Record(text.parse().ok()?)),
        FieldType::Blob => Some(Value::Blob(text.parse().ok()?)),
        FieldType::Line | FieldType::Area => Some(Value::Geometry(spatial::wkt::parse(text).ok()?)),
        _ => None,
    }
}
