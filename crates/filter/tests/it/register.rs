//! A register with a field of every type, and rows of it.

use std::collections::BTreeMap;

use filter::{Filter, Row, Schema};
use model::finding::Finding;
use model::place::Position;
use model::value::{FieldType, Value};

/// The fields, by type. `date` and `not-quoted` need care in text.
pub(crate) const FIELDS: [(&str, FieldType); 20] = [
    ("summary", FieldType::Text),
    ("side_a", FieldType::Text),
    ("deaths_best", FieldType::Integer),
    ("deaths_high", FieldType::Integer),
    ("distance", FieldType::Decimal),
    ("armed", FieldType::Boolean),
    ("date", FieldType::Date),
    ("reported_on", FieldType::Date),
    ("occurred_at", FieldType::Time),
    ("not-quoted", FieldType::Code),
    ("type", FieldType::Code),
    ("classification", FieldType::Code),
    ("weapons", FieldType::Codes),
    ("place", FieldType::Point),
    ("route", FieldType::Line),
    ("zone", FieldType::Area),
    ("follows", FieldType::Record),
    ("photo", FieldType::Blob),
    ("victims", FieldType::Rows),
    ("in", FieldType::Text),
];

pub(crate) struct Register;

impl Schema for Register {
    fn field(&self, name: &str) -> Option<FieldType> {
        FIELDS.iter().find(|(known, _)| *known == name).map(|(_, of)| *of)
    }

    fn names(&self) -> Vec<String> {
        FIELDS.iter().map(|(name, _)| (*name).to_owned()).collect()
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Record(pub(crate) BTreeMap<String, Value>);

impl Record {
    pub(crate) fn with(mut self, field: &str, value: Value) -> Self {
        self.0.insert(field.to_owned(), value);
        self
    }
}

impl Row for Record {
    fn value(&self, field: &str) -> Option<&Value> {
        self.0.get(field)
    }
}

pub(crate) fn read(text: &str) -> Filter {
    filter::parse(text, &Register).unwrap_or_else(|found| panic!("{text}: {found:?}"))
}

pub(crate) fn refused(text: &str) -> Vec<Finding> {
    match filter::parse(text, &Register) {
        Ok(filter) => panic!("{text} was read as {}", filter.to_text()),
        Err(found) => found,
    }
}

pub(crate) fn at(lon: i32, lat: i32) -> Position {
    Position::from_units(lon, lat).expect("on the earth")
}
