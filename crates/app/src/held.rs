//! Records held to their register's form before they are written: what must be answered and how, what
//! is computed from other answers, and what is left out because it is not asked.
//!
//! A record that is made is held to all of its form; a change to what it has to do with. What is closed
//! to the author of a change stays as it is, and nothing is said of it.

use std::collections::BTreeSet;

use forms::compiled::{Change, Checked, Context};
use mission::pack::Pack;
use mission::register::Register;
use model::finding::Finding;
use model::id::Name;
use model::time::zone::Zone;
use model::time::{Date, Timestamp};
use model::value::Value;

use crate::edit::{Values, with};
use crate::node::Node;

/// What came of an act on a record, and what its author should know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done<T> {
    /// What came of it.
    pub outcome: T,
    /// Which answers were left out because they are not asked.
    pub warnings: Vec<Finding>,
}

/// An act of which there is nothing else to know.
impl<T> From<T> for Done<T> {
    fn from(outcome: T) -> Self {
        Self { outcome, warnings: Vec::new() }
    }
}

/// What an author should know of values that may be kept, or everything that refuses them.
pub(crate) type Held = Result<Vec<Finding>, Vec<Finding>>;

/// Where and when records are held to their forms, with random bits for one of them.
#[derive(Debug, Clone)]
pub(crate) struct Moment {
    now: Timestamp,
    zone: Zone,
    language: String,
    seed: [u64; 2],
}

impl Node {
    /// Now, with random bits of its own.
    pub(crate) fn moment(&mut self) -> Moment {
        let mut bytes = [0; 16];
        self.environment.randomness.fill(&mut bytes);
        Moment::new(self.now(), self.pack()).with_bits_of(bytes)
    }
}

impl Moment {
    /// An instant in a mission.
    pub(crate) fn new(now: Timestamp, pack: &Pack) -> Self {
        // A pack without such a zone is not loaded.
        let zone = Zone::named(&pack.time_zone).unwrap_or(Zone::utc());
        let language = pack.languages.first().cloned().unwrap_or_default();
        Self { now, zone, language, seed: [0; 2] }
    }

    /// The same with other random bits.
    pub(crate) fn with_bits_of(&self, bytes: [u8; 16]) -> Self {
        let half = |bytes: &[u8]| bytes.iter().fold(0, |bits, byte| bits << 8 | u64::from(*byte));
        let (first, second) = bytes.split_at(8);
        Self { seed: [half(first), half(second)], ..self.clone() }
    }

    /// Holds a record that is made to all of its form. What is computed, and what is left out, is put
    /// into its values.
    pub(crate) fn hold_made(&self, register: &Register, values: &mut Values) -> Held {
        let context = self.context(self.day_of(register, values));
        held(register.compiled.check(values, &context), values)
    }

    /// Holds what a change of a record has to do with to its form; `closed` are the fields that its
    /// author does not see. What is computed, and what is left out, is put among the changes.
    pub(crate) fn hold_change(
        &self,
        register: &Register,
        (before, changes): (&Values, &mut Values),
        closed: &BTreeSet<Name>,
    ) -> Held {
        let differs = |(field, value): &(&Name, &Option<Value>)| before.get(*field) != Some(value);
        let touched = changes.iter().filter(differs).map(|(field, _value)| field.clone());
        let touched: BTreeSet<Name> = touched.collect();
        let after = with(before, changes);
        let day = self.day_of(register, &after);
        let moves_day = day != self.day_of(register, before);
        let change = Change { touched: &touched, moves_day, closed };
        let checked = register.compiled.check_change(&after, &self.context(day), &change);
        held(checked, changes)
    }

    fn context(&self, on: Date) -> Context<'_> {
        let offset_minutes = self.zone.offset_minutes(self.now);
        Context { now: self.now, on, offset_minutes, language: &self.language, seed: self.seed }
    }

    /// The day on which a record's codes must hold: its own, else today, where the mission is.
    fn day_of(&self, register: &Register, values: &Values) -> Date {
        let field = register.time_field.as_ref();
        match field.and_then(|field| values.get(field)?.as_ref()) {
            Some(Value::Time(time)) => self.zone.date(*time),
            Some(Value::Date(date)) => *date,
            _ => self.zone.date(self.now),
        }
    }
}

fn held(checked: Checked, values: &mut Values) -> Held {
    if checked.is_refused() {
        return Err(checked.findings);
    }
    values.extend(checked.changes);
    Ok(checked.findings)
}
