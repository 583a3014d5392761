//! Typed text into values: what a person, a spreadsheet or a phone wrote for a field.
//!
//! Whether the value may stand in a record is [`crate::check`]'s question.

mod geometry;
mod json;

use std::borrow::Cow;
use std::collections::BTreeSet;

use model::decimal::Decimal;
use model::finding::Finding;
use model::time::{Date, ParseTimeError, Timestamp};
use model::value::{FieldType, Value};

use crate::form::Field;
pub use geometry::place_finding;
pub use json::parse_json;
pub(crate) use json::within;

/// The longest part of a wrong text that is repeated in a finding, in characters.
const SHOWN_CHARS_MAX: usize = 80;

/// The value that `text` means for `field`; `None` where it is empty. A geometry may be ODK's
/// `latitude longitude` or WKT; a time without offset is UTC; rows are JSON, and the only answer with
/// which more than one thing can be wrong.
pub fn parse_answer(field: &Field, text: &str) -> Result<Option<Value>, Vec<Finding>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if field.kind == FieldType::Rows {
        return json::parse_rows(field, text);
    }
    let value = parse(field.kind, text);
    value.map(Some).map_err(|finding| vec![finding.in_column(field.name.as_str())])
}

fn parse(kind: FieldType, text: &str) -> Result<Value, Finding> {
    match kind {
        FieldType::Text => Ok(Value::Text(text.to_owned())),
        FieldType::Code => Ok(Value::Code(text.to_owned())),
        FieldType::Codes => Ok(Value::Codes(codes(text))),
        FieldType::Integer => integer(text).map(Value::Integer),
        FieldType::Decimal => {
            text.parse().map(Value::Decimal).map_err(|_no| wrong("answer-not-a-number", text))
        }
        FieldType::Boolean => boolean(text).map(Value::Boolean),
        FieldType::Date => {
            padded(text).parse::<Date>().map(Value::Date).map_err(|e| wrong_time(&e, kind))
        }
        FieldType::Time => {
            padded(text).parse::<Timestamp>().map(Value::Time).map_err(|e| wrong_time(&e, kind))
        }
        FieldType::Point | FieldType::Line | FieldType::Area => {
            geometry::parse(kind, text).map(Value::Geometry)
        }
        FieldType::Record => {
            text.parse().map(Value::Record).map_err(|_no| wrong("answer-not-a-record", text))
        }
        FieldType::Blob => {
            text.parse().map(Value::Blob).map_err(|_no| wrong("answer-not-a-file", text))
        }
        FieldType::Rows => Err(wrong("answer-not-rows", text)),
    }
}

fn codes(text: &str) -> BTreeSet<String> {
    let parts = text.split(|c: char| c.is_whitespace() || ",;".contains(c));
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// A whole number; `3.0`, as spreadsheets and statistics packages write it, is one.
fn integer(text: &str) -> Result<i64, Finding> {
    if let Ok(number) = text.parse() {
        return Ok(number);
    }
    let number: Decimal = text.parse().map_err(|_no| wrong("answer-not-a-number", text))?;
    number.to_integer().ok_or_else(|| wrong("answer-not-whole", text))
}

fn boolean(text: &str) -> Result<bool, Finding> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" | "ok" => Ok(true),
        "false" | "no" | "0" => Ok(false),
        _ => Err(wrong("answer-not-yes-or-no", text)),
    }
}

/// `2018-3-1` means one day only, so it is read as `2018-03-01`.
fn padded(text: &str) -> Cow<'_, str> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = text.split('-');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day), None)
            if text.len() < 10 && year.len() == 4 && [year, month, day].into_iter().all(digits) =>
        {
            Cow::Owned(format!("{year}-{month:0>2}-{day:0>2}"))
        }
        _ => Cow::Borrowed(text),
    }
}

fn wrong_time(error: &ParseTimeError, kind: FieldType) -> Finding {
    match (error, kind) {
        (ParseTimeError::Year(text), _) => wrong("answer-year", text),
        (ParseTimeError::Format(text), FieldType::Date) => wrong("answer-not-a-date", text),
        (ParseTimeError::Format(text), _) => wrong("answer-not-a-time", text),
    }
}

/// An error about `text`, of which a long one is shown in part.
fn wrong(code: &'static str, text: &str) -> Finding {
    let mut shown: String = text.chars().take(SHOWN_CHARS_MAX).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    Finding::error(code).with("value", shown)
}

#[cfg(test)]
mod tests;
