//! An exercise: invented people, injects, what is done about them, and what must then be seen.
//!
//! It stands in `exercise/` of a pack whose manifest says `exercise = true`. Everything it refers to
//! (registers, fields, steps, roles, keys) is checked when the pack is checked; whether its acts may
//! happen is decided when they are done, by the same rules as everybody's acts.

mod acts;
pub mod background;
mod injects;
mod read;
mod reference;

use std::collections::BTreeSet;

use forms::labels::Labels;
use model::classification::Classification;
use model::finding::Finding;
use model::id::{Name, RecordId};
use model::place::Position;
use model::time::zone::Zone;
use model::time::{Date, Timestamp};
use serde_json::{Map, Value as Json};

use crate::findings::Findings;
use crate::folder::Packs;
use crate::layer;
use crate::pack::Pack;
use crate::places::Places;
use background::Background;
pub(crate) use read::read;

/// The folder of a pack that an exercise stands in.
pub(crate) const FOLDER: &str = "exercise/";
/// The file that makes it one.
pub(crate) const FILE: &str = "exercise/exercise.toml";

/// An exercise of a pack.
#[derive(Clone, Debug)]
pub struct Exercise {
    /// Its name.
    pub name: Name,
    /// What people call it.
    pub titles: Labels,
    /// The day that is its first.
    pub day_one: Date,
    /// How many days it lasts.
    pub days: u16,
    /// The people who act in it.
    pub users: Vec<Person>,
    /// The files of rows that stand from a day on.
    pub imports: Vec<Rows>,
    /// What is told to whom, by number.
    pub injects: Vec<Inject>,
    /// What is done, in the order of time.
    pub acts: Vec<Act>,
    /// What must be seen, in the order of days.
    pub checks: Vec<Check>,
    /// What happens beside the injects, drawn from a seed.
    pub background: Option<Background>,
}

/// A person of an exercise: made when it is loaded, without a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name the person acts by.
    pub name: Name,
    /// What people read, by language.
    pub titles: Labels,
    /// What the person may do.
    pub roles: Vec<Name>,
    /// The P-codes of the person's areas; none for the whole mission.
    pub areas: Vec<String>,
    /// The highest classification the person may read.
    pub clearance: Classification,
    /// The compartments the person is read into.
    pub compartments: BTreeSet<Name>,
}

/// A file of rows that goes in through the importer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// The register.
    pub register: Name,
    /// The mapping.
    pub mapping: Name,
    /// The file's name, without its folder.
    pub file: String,
    /// Its content.
    pub content: Vec<u8>,
    /// The day from which on its rows stand.
    pub day: u16,
    /// The person in whose name they go in; whoever loads the exercise where none is named.
    pub by: Option<Name>,
    /// The keys of rows that are left out.
    pub without: BTreeSet<String>,
}

/// What is told to the players.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inject {
    /// Its number.
    pub number: u16,
    /// The day.
    pub day: u16,
    /// When.
    pub at: Timestamp,
    /// What kind: an event, a message, a rumour.
    pub kind: &'static str,
    /// How it arrives.
    pub means: &'static str,
    /// Who tells it.
    pub from: String,
    /// Whom.
    pub to: String,
    /// What is told.
    pub texts: Labels,
    /// Where, in words.
    pub place: Option<String>,
    /// Where, as a military grid reference.
    pub grid: Option<String>,
    /// The same as a position.
    pub position: Option<Position>,
    /// Reliability and credibility: `B2`.
    pub grade: Option<String>,
    /// How it is classified.
    pub classification: Classification,
    /// The compartment it belongs to.
    pub caveat: Option<Name>,
    /// What a mission that handles it well does.
    pub expected: Labels,
    /// The tasks and modules it tries.
    pub modules: Vec<String>,
    /// By what it is judged.
    pub criteria: Labels,
    /// The part of the work that will answer it, where today's system cannot.
    pub part: Option<u16>,
}

/// Something a person of the exercise does.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// The inject it answers.
    pub inject: Option<u16>,
    /// The day.
    pub day: u16,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Name,
    /// The register.
    pub register: Name,
    /// The record.
    pub record: RecordId,
    /// What the exercise calls it.
    pub key: String,
    /// What is done.
    pub deed: Deed,
    /// Why, as the person says.
    pub reason: Option<String>,
    /// The code of the finding it must be refused with; nothing where it must be done.
    pub refused: Option<String>,
    /// Its file and line.
    pub place: (String, u64),
}

/// What an act does.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// Makes the record of these values.
    Create(Map<String, Json>),
    /// Changes these values.
    Edit(Map<String, Json>),
    /// Moves the record by a transition, with these values.
    Step(Name, Map<String, Json>),
    /// Says something about the record.
    Comment(String),
    /// Merges another record into this one, taking these of its values.
    Merge(RecordId, Vec<String>),
    /// Says that another record is another thing.
    Distinct(RecordId),
    /// Deletes the record.
    Delete,
}

/// What a person must, or must not, see at the end of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The inject it belongs to.
    pub inject: Option<u16>,
    /// The day at whose end it is asked.
    pub day: u16,
    /// Who looks.
    pub by: Name,
    /// The register.
    pub register: Name,
    /// Which records, as CQL2; all where nothing is said.
    pub filter: Option<String>,
    /// The least and the most that may be seen.
    pub count: (u64, u64),
    /// What it shows, in words.
    pub says: Labels,
    /// Its file and line.
    pub place: (String, u64),
}

impl Exercise {
    /// When a day begins, where the mission is.
    pub fn begins(&self, day: u16, zone: &Zone) -> Timestamp {
        let days = self.day_one.as_days().saturating_add(i32::from(day).saturating_sub(1));
        zone.start(Date::from_days(days))
    }

    /// The last instant of a day.
    pub fn ends(&self, day: u16, zone: &Zone) -> Timestamp {
        let next = self.begins(day.saturating_add(1), zone);
        Timestamp::from_ms(next.as_ms().saturating_sub(1))
    }

    /// The day an instant lies in; nothing where it lies outside of the exercise.
    pub fn day_of(&self, at: Timestamp, zone: &Zone) -> Option<u16> {
        self.day_on(zone.date(at))
    }

    /// The number of a day of the calendar; nothing where it lies outside of the exercise.
    pub fn day_on(&self, date: Date) -> Option<u16> {
        let passed = date.as_days().checked_sub(self.day_one.as_days())?;
        let day = u16::try_from(passed).ok()?.checked_add(1)?;
        (day <= self.days).then_some(day)
    }
}

/// The exercise of a pack, or of the nearest it extends; nothing where there is none.
pub fn load(pack: &Pack, packs: &dyn Packs) -> Result<Option<Exercise>, Vec<Finding>> {
    let findings = Findings::default();
    let layers = layer::chain(pack.name.as_str(), packs, &findings).unwrap_or_default();
    let places = crate::places::read(&layers, &findings);
    let exercise = read(&layers, (pack, &places), &findings);
    let findings = findings.into_sorted();
    if findings.iter().any(Finding::is_error) { Err(findings) } else { Ok(exercise) }
}

/// What reading an exercise needs at hand.
struct Around<'a> {
    pack: &'a Pack,
    places: &'a Places,
    zone: Zone,
}

#[cfg(test)]
mod tests;
