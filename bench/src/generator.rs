//! A seeded stream of made-up events that look like a mission's: clustered around towns of the
//! Sahel, more every year, arriving within weeks of happening and not in order.
//!
//! The same seed and number give the same bytes on every machine. Actors are kinds, never real
//! groups: nothing here claims that anybody did anything.

mod calendar;
mod places;
mod towns;
mod vocabulary;

use std::io::Write;

use anyhow::Context;

pub(crate) use vocabulary::Vocabulary;

use crate::event::{COLUMNS, Deaths, Event};
use crate::random::Random;
use places::Places;

/// More than this would leave some events without a second of their own.
pub(crate) const EVENTS_MAX: u64 = 10_000_000;

/// Ten years are this many stretches, two weeks each on the mean; within one, reports arrive in any
/// order.
const ARRIVAL_STRETCHES: u64 = 250;

const TYPES: [(&str, u64); 16] = [
    ("AC-CLASH", 18),
    ("VC-KILL", 14),
    ("TE-IED", 9),
    ("VC-LOOT", 9),
    ("CR-BANDIT", 8),
    ("VC-ABD", 7),
    ("VC-THREAT", 6),
    ("CR-ROB", 5),
    ("CU-INTER", 5),
    ("TE-FIND", 4),
    ("AC-SHELL", 4),
    ("UN-ATT", 3),
    ("HU-ACC", 3),
    ("CU-PROT", 3),
    ("AC-AIR", 1),
    ("VC-MASS", 1),
];
const SIDES_A: [&str; 9] = [
    "non-signatory armed group",
    "unidentified armed men",
    "community militia",
    "State defence force",
    "self-defence group",
    "signatory armed group",
    "criminal network",
    "gendarmerie",
    "regional force",
];
const SIDES_B: [&str; 8] = [
    "civilians",
    "State defence force",
    "herders",
    "farmers",
    "community militia",
    "UN military",
    "humanitarian workers",
    "",
];
const VERIFICATION: [(&str, u64); 6] = [
    ("reported", 52),
    ("verified", 22),
    ("under_verification", 12),
    ("partially_verified", 8),
    ("unverifiable", 4),
    ("refuted", 2),
];
const CLASSIFICATION: [(&str, u64); 3] =
    [("unclassified", 91), ("confidential", 8), ("strictly-confidential", 1)];
const PRECISION: [(&str, u64); 3] = [("exact", 40), ("near", 45), ("admin2", 15)];
const GRADES: [(&str, u64); 6] = [("A", 6), ("B", 24), ("C", 30), ("D", 12), ("E", 3), ("F", 25)];
const CREDIBILITY: [(&str, u64); 6] =
    [("1", 10), ("2", 28), ("3", 25), ("4", 8), ("5", 2), ("6", 27)];

/// The stream.
#[derive(Debug)]
pub(crate) struct Generator {
    seed: u64,
    total: u64,
    places: Places,
    vocabulary: Vocabulary,
    /// What happened in the stretch of time that is being reported, last to arrive first.
    stretch: Vec<u64>,
    happened: u64,
    arrived: u64,
}

impl Generator {
    /// `total` events of `seed`.
    pub(crate) fn new(seed: u64, total: u64) -> Self {
        let (places, vocabulary) = (Places::new(), Vocabulary::new());
        let total = total.min(EVENTS_MAX);
        Self { seed, total, places, vocabulary, stretch: Vec::new(), happened: 0, arrived: 0 }
    }

    fn refill(&mut self) {
        let end = self.total.min(self.happened + self.total.div_ceil(ARRIVAL_STRETCHES).max(16));
        self.stretch = (self.happened..end).collect();
        let mut random = Random::new(self.seed ^ 0xA44B_0001, self.happened);
        for last in (1..self.stretch.len()).rev() {
            let other = usize::try_from(random.below(last as u64 + 1)).unwrap_or(0);
            self.stretch.swap(last, other);
        }
        self.happened = end;
    }

    fn event(&self, serial: u64, slot: u64) -> Event {
        let mut random = Random::new(self.seed, slot);
        let occurred_at = calendar::instant(slot, self.total, |bound| random.below(bound));
        let (place, district) = self.places.draw(&mut random);
        let kind = weighted(&TYPES, &mut random);
        Event {
            source_id: format!("SIM-{serial:08}"),
            occurred_at,
            place,
            place_precision: weighted(&PRECISION, &mut random),
            place_name: district.name.clone(),
            admin1: district.region.clone(),
            admin2: district.code.clone(),
            kind,
            deaths: deaths(kind, &mut random),
            side_a: random.pick(&SIDES_A),
            side_b: random.pick(&SIDES_B),
            verification: weighted(&VERIFICATION, &mut random),
            source_grade: weighted(&GRADES, &mut random),
            credibility: weighted(&CREDIBILITY, &mut random),
            classification: weighted(&CLASSIFICATION, &mut random),
            summary: self.vocabulary.text(&mut random),
        }
    }
}

impl Iterator for Generator {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        if self.stretch.is_empty() {
            self.refill();
        }
        let slot = self.stretch.pop()?;
        self.arrived += 1;
        Some(self.event(self.arrived, slot))
    }
}

/// Writes `events` as CSV with a header.
pub(crate) fn write_csv(
    events: impl Iterator<Item = Event>,
    output: impl Write,
) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_writer(output);
    writer.write_record(COLUMNS).context("cannot write the header")?;
    for event in events {
        writer.write_record(event.cells()).context("cannot write an event")?;
    }
    writer.flush().context("cannot write the last events")
}

/// One of `choices`, each as often as its weight says.
fn weighted(choices: &[(&'static str, u64)], random: &mut Random) -> &'static str {
    let mut drawn = random.below(choices.iter().map(|(_, weight)| weight).sum());
    for (choice, weight) in choices {
        match drawn.checked_sub(*weight) {
            Some(left) => drawn = left,
            None => return choice,
        }
    }
    ""
}

/// Most events kill nobody, a few many; one in sixteen was never counted.
fn deaths(kind: &str, random: &mut Random) -> Option<Deaths> {
    if random.below(16) == 0 {
        return None;
    }
    let best = match kind {
        "VC-MASS" => 5 + random.below(60),
        "AC-CLASH" | "VC-KILL" | "AC-AIR" | "TE-IED" | "UN-ATT" => halving(random),
        _ if random.percent(10) => 1,
        _ => 0,
    };
    let low = best - random.below(best / 3 + 1);
    let high = best + random.below(best / 2 + 2);
    Some(Deaths { low, best, high })
}

/// 0 for half, 1 for a quarter, and so on; one in fifty is ten times as bad.
fn halving(random: &mut Random) -> u64 {
    let base = u64::from(random.next().trailing_zeros());
    if random.percent(2) { base * 10 } else { base }
}

#[cfg(test)]
mod tests;
