//! A register, records, a person and a grant to start from.

use std::collections::{BTreeMap, BTreeSet};

use filter::{Row, Schema};
use model::classification::Classification;
use model::id::Name;
use model::value::{FieldType, Value};

use crate::{Account, Action, Compartments, Grant, RegisterSchema, Registers, Role};

pub(super) const FIELDS: [(&str, FieldType); 7] = [
    ("classification", FieldType::Code),
    ("caveat", FieldType::Code),
    ("admin1", FieldType::Code),
    ("admin2", FieldType::Code),
    ("verification", FieldType::Code),
    ("deaths", FieldType::Integer),
    ("armed", FieldType::Boolean),
];

pub(super) struct Fields;

impl Schema for Fields {
    fn field(&self, name: &str) -> Option<FieldType> {
        FIELDS.iter().find(|(known, _)| *known == name).map(|(_, of)| *of)
    }

    fn names(&self) -> Vec<String> {
        FIELDS.iter().map(|(name, _)| (*name).to_owned()).collect()
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Record(pub(super) BTreeMap<String, Value>);

impl Record {
    pub(super) fn with(mut self, field: &str, value: Value) -> Self {
        self.0.insert(field.to_owned(), value);
        self
    }

    pub(super) fn code(self, field: &str, code: &str) -> Self {
        self.with(field, Value::Code(code.to_owned()))
    }
}

impl Row for Record {
    fn value(&self, field: &str) -> Option<&Value> {
        self.0.get(field)
    }
}

pub(super) fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

pub(super) fn names(texts: &[&str]) -> Vec<Name> {
    texts.iter().map(|text| name(text)).collect()
}

pub(super) fn register<'a>(
    name: &'a Name,
    schema: &'a dyn Schema,
    area_fields: &'a [Name],
) -> RegisterSchema<'a> {
    RegisterSchema { name, schema, area_fields, caveat: None }
}

/// Cleared for everything, in every compartment, in the whole mission.
pub(super) fn account() -> Account {
    Account {
        user: 7,
        name: "awa".to_owned(),
        roles: names(&["officer"]),
        areas: vec![],
        compartments: Compartments::All,
        clearance: Classification::StrictlyConfidential,
        disabled: false,
    }
}

/// Reading every register, up to confidential.
pub(super) fn grant() -> Grant {
    Grant {
        registers: Registers::All,
        actions: BTreeSet::from([Action::Read]),
        scope: None,
        own_area: false,
        clearance: Classification::Confidential,
        compartments: Compartments::All,
    }
}

pub(super) fn role(title: &str, grants: Vec<Grant>) -> Role {
    Role { name: name(title), labels: BTreeMap::new(), grants }
}
