//! How long a record may stand in a state, and who is told when it stands there longer.

use std::str::FromStr;

use forms::labels::Labels;
use model::id::Name;
use model::time::Timestamp;
use model::time::zone::Zone;
use model::value::{FieldType, Value};

use super::condition::{self, Condition};
use super::read::{Around, titles};
use super::span::{Length, Span};
use super::state::States;
use crate::document::Section;
use crate::register::read::Fields;

const KEYS: [&str; 8] =
    ["name", "title", "states", "within", "of", "only_dated", "when", "escalate"];
const ESCALATION_KEYS: [&str; 2] = ["after", "to"];

/// A time within which records must leave some states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Its name.
    pub name: Name,
    /// What people call it.
    pub labels: Labels,
    /// The states in which it runs; at least one.
    pub states: Vec<Name>,
    /// How long after its beginning it falls due.
    pub within: Length,
    /// The time field it begins at, or the date field at the end of whose day it does; without one,
    /// or where a record has no value there, it begins when the record entered the state.
    pub of: Option<Name>,
    /// Whether it does not run where a record has no value there.
    pub only_dated: bool,
    /// What must be true of a record for it to run.
    pub when: Option<Condition>,
    /// Who else sees it as theirs, and how late.
    pub escalate: Vec<Escalation>,
    /// The line it begins in.
    pub row: u64,
}

impl Deadline {
    /// When it falls due for a record that holds this in the field it begins at, and that entered the
    /// state then; nothing where it does not run.
    pub fn due(
        &self,
        of: Option<&Value>,
        entered: Option<Timestamp>,
        zone: &Zone,
    ) -> Option<Timestamp> {
        match of {
            Some(Value::Date(day)) => self.within.after_day(*day, zone),
            Some(Value::Time(at)) => self.within.after(*at, zone),
            _ if self.only_dated => None,
            _ => self.within.after(entered?, zone),
        }
    }
}

/// A role that sees what is overdue as its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// How long after it fell due.
    pub after: Span,
    /// The role.
    pub to: Name,
}

/// Reads one of `[[workflow.deadline]]`.
pub(super) fn read(
    section: &Section<'_>,
    states: &States<'_>,
    around: &Around<'_>,
) -> Option<Deadline> {
    section.knows(&KEYS);
    for key in ["states", "within"] {
        section.demand(key);
    }
    let name = section.required_name("name");
    let labels = titles(section, name.as_ref(), around);
    let fields = Fields { root: section, form: &around.register.form };
    let of = fields.one("of", &[FieldType::Time, FieldType::Date]);
    // A wrong one is an error: what else is wrong with the deadline is still to be said.
    let within: Length = measured(section, "within").unwrap_or(Length::Months(1));
    let only_dated = section.flag("only_dated", false);
    check_beginning(section, within, only_dated);
    let when = condition::read(section, "when", around.register);
    let runs_in = states.several(section, "states");
    let escalate = section.sections("escalate").iter().filter_map(escalation).collect();
    let row = section.row_of("");
    let states = runs_in;
    Some(Deadline { name: name?, labels, states, within, of, only_dated, when, escalate, row })
}

fn escalation(section: &Section<'_>) -> Option<Escalation> {
    section.knows(&ESCALATION_KEYS);
    section.demand("after");
    let to = section.required_name("to");
    Some(Escalation { after: measured(section, "after").unwrap_or_default(), to: to? })
}

/// What says nothing of another time would be overdue at once, or never run.
fn check_beginning(section: &Section<'_>, within: Length, only_dated: bool) {
    if section.has("of") {
        return;
    }
    if within.is_zero() {
        section.report(section.finding("workflow-deadline-at-once", "within"));
    }
    if only_dated {
        section.report(section.finding("workflow-deadline-undated", "only_dated"));
    }
}

fn measured<T: FromStr>(section: &Section<'_>, key: &str) -> Option<T> {
    let text = section.text(key)?;
    let wrong =
        |_no_span| section.report(section.finding("span-invalid", key).with("value", &text));
    text.parse().map_err(wrong).ok()
}
