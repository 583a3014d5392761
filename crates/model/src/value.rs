//! What a field can hold, and the types a register gives its fields.

use std::collections::BTreeSet;
use std::fmt;

use crate::decimal::Decimal;
use crate::id::{BlobId, RecordId};
use crate::place::Geometry;
use crate::rows::{self, Row};
use crate::time::{Date, Timestamp};

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldType {
    /// Free text.
    Text,
    /// A whole number.
    Integer,
    /// A decimal number.
    Decimal,
    /// Yes or no.
    Boolean,
    /// A calendar day.
    Date,
    /// An instant, UTC.
    Time,
    /// One code of a code list.
    Code,
    /// Several codes of a code list.
    Codes,
    /// One position.
    Point,
    /// A line of positions.
    Line,
    /// One polygon or several.
    Area,
    /// Another record.
    Record,
    /// A file, by its hash.
    Blob,
    /// Rows of values by name: a part of a form that is answered as often as there is to say.
    Rows,
}

impl FieldType {
    /// All types.
    pub const ALL: [Self; 14] = [
        Self::Text,
        Self::Integer,
        Self::Decimal,
        Self::Boolean,
        Self::Date,
        Self::Time,
        Self::Code,
        Self::Codes,
        Self::Point,
        Self::Line,
        Self::Area,
        Self::Record,
        Self::Blob,
        Self::Rows,
    ];

    /// The word for it in messages and JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Time => "time",
            Self::Code => "code",
            Self::Codes => "codes",
            Self::Point => "point",
            Self::Line => "line",
            Self::Area => "area",
            Self::Record => "record",
            Self::Blob => "blob",
            Self::Rows => "rows",
        }
    }

    /// Whether values are geometries.
    pub const fn is_spatial(self) -> bool {
        matches!(self, Self::Point | Self::Line | Self::Area)
    }
}

impl fmt::Display for FieldType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A value of a field. "No value" is `Option::None` around it: unknown is not zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Free text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Decimal(Decimal),
    /// Yes or no.
    Boolean(bool),
    /// A calendar day.
    Date(Date),
    /// An instant, UTC.
    Time(Timestamp),
    /// One code.
    Code(String),
    /// Several codes, sorted.
    Codes(BTreeSet<String>),
    /// A point, line or area.
    Geometry(Geometry),
    /// Another record.
    Record(RecordId),
    /// A file.
    Blob(BlobId),
    /// Rows, in the order somebody gave them.
    Rows(Vec<Row>),
}

impl Value {
    /// The type this value is of.
    pub fn field_type(&self) -> FieldType {
        match self {
            Self::Text(_) => FieldType::Text,
            Self::Integer(_) => FieldType::Integer,
            Self::Decimal(_) => FieldType::Decimal,
            Self::Boolean(_) => FieldType::Boolean,
            Self::Date(_) => FieldType::Date,
            Self::Time(_) => FieldType::Time,
            Self::Code(_) => FieldType::Code,
            Self::Codes(_) => FieldType::Codes,
            Self::Geometry(Geometry::Point(_)) => FieldType::Point,
            Self::Geometry(Geometry::Line(_)) => FieldType::Line,
            Self::Geometry(Geometry::Area(_)) => FieldType::Area,
            Self::Record(_) => FieldType::Record,
            Self::Blob(_) => FieldType::Blob,
            Self::Rows(_) => FieldType::Rows,
        }
    }
}

/// The text a person would type for it; geometries as WKT, rows as JSON.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Code(text) => f.write_str(text),
            Self::Integer(number) => write!(f, "{number}"),
            Self::Decimal(number) => write!(f, "{number}"),
            Self::Boolean(yes) => write!(f, "{yes}"),
            Self::Date(date) => write!(f, "{date}"),
            Self::Time(time) => write!(f, "{time}"),
            Self::Codes(codes) => {
                let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
                f.write_str(&codes.join(" "))
            }
            Self::Geometry(geometry) => write!(f, "{geometry}"),
            Self::Record(id) => write!(f, "{id}"),
            Self::Blob(id) => write!(f, "{id}"),
            Self::Rows(rows) => rows::write_json(rows, f),
        }
    }
}
