//! Conditions: what must be true of a record, in CQL2, read once with its pack.

use std::collections::BTreeSet;

use filter::{Filter, Row};
use forms::form::Form;
use model::id::Name;

use crate::document::Section;
use crate::register::Register;

/// CQL2 over the records of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// As the pack has it.
    pub text: String,
    filter: Filter,
}

impl Condition {
    /// Whether it is true of a record; what is not known is not true.
    pub fn holds(&self, row: &dyn Row) -> bool {
        filter::matches(&self.filter, row)
    }

    /// The fields it looks at.
    pub fn fields(&self) -> BTreeSet<Name> {
        self.filter.fields()
    }
}

/// The condition of a key, on the fields of the register. None may be sealed: who learns whether it is
/// true would learn what is sealed.
pub(super) fn read(section: &Section<'_>, key: &str, register: &Register) -> Option<Condition> {
    let text = section.text(key)?;
    match filter::parse(&text, register.schema()) {
        Ok(filter) => {
            check_open(section, key, (&register.form, &filter));
            Some(Condition { text, filter })
        }
        Err(findings) => {
            for finding in findings {
                section.report(section.locate(finding, key));
            }
            None
        }
    }
}

fn check_open(section: &Section<'_>, key: &str, (form, filter): (&Form, &Filter)) {
    let named = filter.fields();
    let fields = named.iter().filter_map(|name| form.field(name.as_str()));
    for field in fields.filter(|field| field.sealed.is_some()) {
        let finding = section.finding("register-field-sealed", key);
        section.report(finding.with("field", &field.name));
    }
}
