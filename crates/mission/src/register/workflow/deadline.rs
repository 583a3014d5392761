//! How long a record may stand in a state, and who is told when it stands there longer.

use forms::labels::Labels;
use model::id::Name;
use model::value::FieldType;

use super::read::{Around, titles};
use super::span::Span;
use super::state::States;
use crate::document::Section;
use crate::register::read::Fields;

const KEYS: [&str; 6] = ["name", "title", "states", "within", "of", "escalate"];
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
    pub within: Span,
    /// The time field it begins at; without one, or where a record has no value there, it begins
    /// when the record entered the state.
    pub of: Option<Name>,
    /// Who else sees it as theirs, and how late.
    pub escalate: Vec<Escalation>,
    /// The line it begins in.
    pub row: u64,
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
    let of = fields.one("of", &[FieldType::Time]);
    // A wrong one is an error: what else is wrong with the deadline is still to be said.
    let within = span(section, "within").unwrap_or_default();
    let runs_in = states.several(section, "states");
    let escalate = section.sections("escalate").iter().filter_map(escalation).collect();
    let row = section.row_of("");
    Some(Deadline { name: name?, labels, states: runs_in, within, of, escalate, row })
}

fn escalation(section: &Section<'_>) -> Option<Escalation> {
    section.knows(&ESCALATION_KEYS);
    section.demand("after");
    let to = section.required_name("to");
    Some(Escalation { after: span(section, "after").unwrap_or_default(), to: to? })
}

fn span(section: &Section<'_>, key: &str) -> Option<Span> {
    let text = section.text(key)?;
    let wrong =
        |_no_span| section.report(section.finding("span-invalid", key).with("value", &text));
    text.parse().map_err(wrong).ok()
}
