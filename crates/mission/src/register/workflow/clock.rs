//! Clocks that people look at: how long records take from one state to another.

use forms::labels::Labels;
use forms::suggestion::suggestion;
use model::finding::Finding;
use model::id::Name;
use model::limits::CLOCK_KEYS_MAX;
use model::value::FieldType;

use super::read::{Around, titles};
use super::state::States;
use crate::document::Section;
use crate::register::Register;

const KEYS: [&str; 5] = ["name", "title", "from", "to", "by"];
/// What stands for the month of the first stamp, where fields are named.
const MONTH: &str = "month";

/// The types of fields that records are told apart by: areas and units are codes or texts.
const KINDS: [FieldType; 3] = [FieldType::Code, FieldType::Text, FieldType::Record];

/// A named clock between two states of a register's workflow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateClock {
    /// Its name.
    pub name: Name,
    /// What people call it.
    pub labels: Labels,
    /// The state it starts in.
    pub from: Name,
    /// The state it stops in.
    pub to: Name,
    /// What it is told apart by, where nobody says otherwise.
    pub by: Vec<ClockKey>,
}

/// What a clock can be told apart by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClockKey {
    /// A field: an area, a unit, a code, another record.
    Field(Name),
    /// The month in which it started, in the mission's time zone.
    Month,
}

impl ClockKey {
    /// Reads one; a finding where the register has no such field, or of another type.
    pub fn read(word: &str, register: &Register) -> Result<Self, Finding> {
        if word == MONTH {
            return Ok(Self::Month);
        }
        let is_key =
            |field: &forms::form::Field| field.sealed.is_none() && KINDS.contains(&field.kind);
        let fits = |name: &str| register.form.field(name).is_some_and(is_key);
        match register.form.field(word) {
            Some(field) if fits(word) => Ok(Self::Field(field.name.clone())),
            _ => {
                let known = register.form.names().filter(|name| fits(name)).chain([MONTH]);
                let finding = Finding::error("clock-key-unknown").with("key", word);
                Err(finding.with("nearest", suggestion(word, known)))
            }
        }
    }

    /// The word for it.
    pub fn word(&self) -> &str {
        match self {
            Self::Field(name) => name.as_str(),
            Self::Month => MONTH,
        }
    }
}

/// Reads every `[[clock]]` of a register, which must have a workflow for it.
pub(in crate::register) fn read(root: &Section<'_>, around: &Around<'_>) -> Vec<StateClock> {
    let sections = root.sections("clock");
    let Some(states) = around.register.workflow.as_ref().and_then(|w| States::of(&w.field, around))
    else {
        if !sections.is_empty() && !root.has("workflow") {
            root.report(root.finding("clock-without-workflow", "clock"));
        }
        return Vec::new();
    };
    let mut clocks: Vec<StateClock> = Vec::new();
    for section in &sections {
        let Some(clock) = read_clock(section, &states, around) else { continue };
        if clocks.iter().any(|known| known.name == clock.name) {
            let finding = section.finding("clock-twice", "name").with("name", &clock.name);
            section.report(finding);
        }
        clocks.push(clock);
    }
    clocks
}

fn read_clock(
    section: &Section<'_>,
    states: &States<'_>,
    around: &Around<'_>,
) -> Option<StateClock> {
    section.knows(&KEYS);
    for key in ["from", "to"] {
        section.demand(key);
    }
    let name = section.required_name("name");
    let labels = titles(section, name.as_ref(), around);
    let (from, to) = (states.one(section, "from"), states.one(section, "to"));
    if let Some(state) = from.as_ref().filter(|from| Some(*from) == to.as_ref()) {
        section.report(section.finding("clock-nowhere", "to").with("state", state));
    }
    let by = keys(section, around.register);
    Some(StateClock { name: name?, labels, from: from?, to: to?, by })
}

fn keys(section: &Section<'_>, register: &Register) -> Vec<ClockKey> {
    let words = section.texts("by");
    if words.len() > CLOCK_KEYS_MAX {
        let finding = section.finding("clock-keys-many", "by").with("found", words.len());
        section.report(finding.with("max", CLOCK_KEYS_MAX));
    }
    let read = |word: &String| {
        let wrong = |finding| section.report(section.locate(finding, "by"));
        ClockKey::read(word, register).map_err(wrong).ok()
    };
    words.iter().filter_map(read).collect()
}
