//! A filter as it was written, before its fields and types are known: what text and JSON both
//! become, and what the check takes.

use std::fmt;

use model::decimal::Decimal;
use model::time::{Date, Timestamp};
use spatial::shape::Shape;

/// A part of a filter, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expression {
    pub(crate) at: At,
    pub(crate) part: Part,
}

/// Where a part stands: a character of the text, from 1, or a pointer into the JSON.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum At {
    Character(usize),
    Pointer(String),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    /// An operator or function by its name in CQL2 JSON.
    Call {
        name: String,
        arguments: Vec<Expression>,
    },
    Field(String),
    Text(String),
    Number(Decimal),
    Boolean(bool),
    Date(Date),
    Instant(Timestamp),
    /// From the first moment to the second, both included; at least one is there.
    Interval(Option<Moment>, Option<Moment>),
    Shape(Shape),
    List(Vec<Expression>),
    Null,
}

/// A day or an instant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Moment {
    Day(Date),
    Instant(Timestamp),
}

impl Moment {
    /// Its first instant.
    pub(crate) fn first(self) -> Timestamp {
        match self {
            Self::Day(day) => day.start(),
            Self::Instant(instant) => instant,
        }
    }

    /// Its last instant: instants are whole milliseconds.
    pub(crate) fn last(self) -> Timestamp {
        match self {
            Self::Day(day) => Timestamp::from_ms(day.next().start().as_ms() - 1),
            Self::Instant(instant) => instant,
        }
    }
}

impl Part {
    /// The word for what was written, in messages: a type code, or `list`, `null`, `condition`.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Call { .. } => "condition",
            Self::Field(_) => "field",
            Self::Text(_) => "text",
            Self::Number(number) if number.to_integer().is_some() => "integer",
            Self::Number(_) => "decimal",
            Self::Boolean(_) => "boolean",
            Self::Date(_) => "date",
            Self::Instant(_) => "time",
            Self::Interval(..) => "interval",
            Self::Shape(_) => "shape",
            Self::List(_) => "list",
            Self::Null => "null",
        }
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Character(place) => write!(f, "{place}"),
            Self::Pointer(pointer) => f.write_str(pointer),
        }
    }
}
