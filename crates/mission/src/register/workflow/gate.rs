//! A gate: a record of a register that must allow a step of another.

use model::id::Name;
use model::value::FieldType;

use super::condition::{self, Condition};
use super::read::Around;
use crate::document::Section;
use crate::register::Register;
use crate::register::read::Fields;

const KEYS: [&str; 5] = ["when", "field", "filter", "from", "until"];

/// What another record must be like for a step to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// CQL2 over the record that moves: the gate stands only where this is true.
    pub when: Option<Condition>,
    /// The record field that points to the other.
    pub field: Name,
    /// CQL2 that the other must fulfil.
    pub filter: Option<String>,
    /// The other's day from which on it counts.
    pub from: Option<Name>,
    /// The other's last day.
    pub until: Option<Name>,
    /// The line it begins in.
    pub row: u64,
}

impl Gate {
    /// The register that its field points into.
    pub fn register<'a>(&self, register: &'a Register) -> Option<&'a Name> {
        register.form.field(self.field.as_str())?.register.as_ref()
    }
}

/// Reads `[workflow.transition.gate]`, but not what it says of the other register.
pub(super) fn read(section: &Section<'_>, around: &Around<'_>) -> Option<Gate> {
    section.knows(&KEYS);
    section.demand("field");
    let when = condition::read(section, "when", around.register);
    let fields = Fields { root: section, form: &around.register.form };
    Some(Gate {
        when,
        field: fields.one("field", &[FieldType::Record])?,
        filter: section.text("filter"),
        from: section.name("from"),
        until: section.name("until"),
        row: section.row_of(""),
    })
}
