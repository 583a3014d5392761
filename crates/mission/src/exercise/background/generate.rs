//! Draws the events of a background and what is told of them, right and wrong: the truth beside each.

use std::collections::BTreeMap;

use model::place::{Position, UNITS_PER_DEGREE};
use model::time::Timestamp;

use super::draw::Draw;
use super::hawkes::Hawkes;
use super::words::Said;
use super::{Background, EventType};
use crate::places::{Places, Settlement};

const MINUTE_MS: i64 = 60_000;
const HOUR_MIN: i32 = 60;
const DAY_MIN: i64 = 24 * 60;
/// How far from its settlement an event may lie, in units: about six kilometres.
const AROUND: i32 = UNITS_PER_DEGREE / 18;
/// How far a second report may put it from the first: about three kilometres.
const APART: i32 = UNITS_PER_DEGREE / 36;
/// Tries to find a position in the same area.
const TRIES: usize = 50;
/// Six degrees of longitude: what a wrong zone shifts a grid by.
const ZONE: i32 = 6 * UNITS_PER_DEGREE;
/// After so long an event is told of late.
const LATE_MIN: i32 = 48 * HOUR_MIN;
/// Days before the end in which nothing is late or withdrawn any more, since nobody would hear of it.
const LAST_DAYS: i64 = 5;

/// One row of the background, and the truth about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The key of its row.
    pub key: String,
    /// When it happened.
    pub occurred: Timestamp,
    /// When it was told of.
    pub reported: Timestamp,
    /// The P-code of the area it happened in.
    pub area: String,
    /// Where it happened.
    pub position: Position,
    /// Where the first report puts it, where that is wrong.
    pub told_at: Option<(Fault, Position)>,
    /// The key of the row that told of the same before.
    pub again: Option<String>,
    /// Whether it was told of late.
    pub is_late: bool,
    /// When it was withdrawn.
    pub withdrawn: Option<Timestamp>,
    /// The values of the other fields, as texts.
    pub values: BTreeMap<String, String>,
}

/// How a grid is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Latitude and longitude are exchanged.
    Swapped,
    /// The zone is the neighbouring one.
    Zone,
}

impl Fault {
    /// Its stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Swapped => "swapped",
            Self::Zone => "zone",
        }
    }
}

/// What becomes of an event's report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Plain,
    Twice,
    Wrong(Fault),
    Late,
    Withdrawn,
}

impl Background {
    /// Every row of so many days from an instant on, by when it was told of.
    pub fn events(&self, places: &Places, begins: Timestamp, days: u16) -> Vec<Event> {
        let mut draw = Draw::new(self.seed);
        let happened = self.happened(days, &mut draw);
        let minutes: Vec<i64> = happened.iter().map(|(minute, _area)| *minute).collect();
        let fates = self.fates(&minutes, days, &mut draw);
        let mut events = Vec::new();
        let mut drawing = Drawing { of: self, places, begins, days, draw };
        for (nth, ((minute, area), fate)) in happened.into_iter().zip(fates).enumerate() {
            drawing.event(nth + 1, (minute, area), fate, &mut events);
        }
        events.sort_by(|a, b| (a.reported, &a.key).cmp(&(b.reported, &b.key)));
        events
    }

    /// The minute and area of each event. Time is stretched so that exactly so many fall into the days: a
    /// Hawkes process in another unit of time is a Hawkes process.
    fn happened(&self, days: u16, draw: &mut Draw) -> Vec<(i64, &str)> {
        let wanted = usize::from(self.per_day) * usize::from(days);
        let all: u32 = self.areas.values().sum();
        let offspring = f64::from(self.offspring) / 100.0;
        let mut end = f64::from(days) * 1.2;
        loop {
            let mut attempt = draw.clone();
            let mut times: Vec<(f64, &str)> = Vec::new();
            for (area, weight) in self.areas.iter().filter(|(_area, weight)| **weight > 0) {
                let rate = f64::from(self.per_day) * f64::from(*weight) / f64::from(all);
                let decay = f64::from(self.decay_h) / 24.0;
                let hawkes = Hawkes { base: rate * (1.0 - offspring), offspring, decay };
                times.extend(
                    hawkes.times(end, &mut attempt).into_iter().map(|at| (at, area.as_str())),
                );
            }
            times.sort_by(|(one, _), (other, _)| one.total_cmp(other));
            if let Some((after, _area)) = times.get(wanted) {
                *draw = attempt;
                let scale = f64::from(days) / after;
                let minute = |at: f64| whole_minutes(at * scale);
                return times.iter().take(wanted).map(|(at, area)| (minute(*at), *area)).collect();
            }
            end *= 1.5;
        }
    }

    /// What becomes of which event: exactly as many of each kind as the shares say.
    fn fates(&self, minutes: &[i64], days: u16, draw: &mut Draw) -> Vec<Fate> {
        let share = |percent: u8| (minutes.len() * usize::from(percent)).div_ceil(100);
        let wrong = share(self.wrong_grids);
        let mut fates = vec![Fate::Plain; minutes.len()];
        let last = (i64::from(days) - LAST_DAYS).max(0) * DAY_MIN;
        let kinds = [
            (Fate::Late, share(self.late), true),
            (Fate::Withdrawn, share(self.withdrawn), true),
            (Fate::Twice, share(self.duplicates), false),
            (Fate::Wrong(Fault::Swapped), wrong.div_ceil(2), false),
            (Fate::Wrong(Fault::Zone), wrong / 2, false),
        ];
        for (fate, count, must_be_early) in kinds {
            let is_free = |place: &usize| {
                fates.get(*place) == Some(&Fate::Plain)
                    && (!must_be_early || minutes.get(*place).is_some_and(|at| *at < last))
            };
            let mut free: Vec<usize> = (0..minutes.len()).filter(is_free).collect();
            for _ in 0..count.min(free.len()) {
                let place = free.swap_remove(draw.place(free.len()));
                if let Some(known) = fates.get_mut(place) {
                    *known = fate;
                }
            }
        }
        fates
    }
}

/// Drawing events one by one.
struct Drawing<'b> {
    of: &'b Background,
    places: &'b Places,
    begins: Timestamp,
    days: u16,
    draw: Draw,
}

impl<'b> Drawing<'b> {
    fn event(
        &mut self,
        number: usize,
        (minute, area): (i64, &'b str),
        fate: Fate,
        events: &mut Vec<Event>,
    ) {
        let Some(settlement) = self.settlement(area) else { return };
        let position = self.near(area, settlement.position, AROUND);
        let mut said = Said::near(&settlement.name, &self.of.words);
        let Some(kind) = self.kind(area) else { return };
        let told_after = match fate {
            Fate::Late => self.draw.within(LATE_MIN + HOUR_MIN, LATE_MIN * 2),
            _ => self.draw.within(20, 10 * HOUR_MIN),
        };
        let key = format!("{}{number:04}", self.of.key);
        let reported = self.time(minute + i64::from(told_after));
        let event = Event {
            key: key.clone(),
            occurred: self.time(minute),
            reported,
            area: area.to_owned(),
            position,
            told_at: wrong(fate, position),
            again: None,
            is_late: fate == Fate::Late,
            withdrawn: (fate == Fate::Withdrawn).then(|| {
                let hours = self.draw.within(20, 40);
                Timestamp::from_ms(reported.as_ms() + i64::from(hours * HOUR_MIN) * MINUTE_MS)
            }),
            values: self.values(kind, &mut said, false),
        };
        if fate == Fate::Twice {
            let apart = self.draw.within(-3 * HOUR_MIN, 3 * HOUR_MIN);
            let later = self.draw.within(30, 14 * HOUR_MIN);
            let again = Event {
                key: format!("{key}-2"),
                occurred: self.time((minute + i64::from(apart)).max(0)),
                reported: self.time(minute + i64::from(told_after + later).max(i64::from(apart))),
                position: self.near(area, position, APART),
                again: Some(key),
                values: self.values(kind, &mut said, true),
                ..event.clone()
            };
            events.push(again);
        }
        events.push(event);
    }

    /// An instant of the exercise; what would be told of after it is told at its end.
    fn time(&self, minute: i64) -> Timestamp {
        let minute = minute.clamp(0, i64::from(self.days) * DAY_MIN - 1);
        Timestamp::from_ms(self.begins.as_ms() + minute * MINUTE_MS)
    }

    fn settlement(&mut self, area: &str) -> Option<&'b Settlement> {
        let level = self.of.level;
        let lies = |known: &&Settlement| self.places.find(level, known.position) == Some(area);
        let known: Vec<&Settlement> = self.places.settlements().iter().filter(lies).collect();
        known.get(self.draw.place(known.len())).copied()
    }

    fn near(&mut self, area: &str, around: Position, reach: i32) -> Position {
        for _ in 0..TRIES {
            let lon = around.lon() + self.draw.within(-reach, reach);
            let lat = around.lat() + self.draw.within(-reach, reach);
            if let Ok(position) = Position::from_units(lon, lat)
                && self.places.find(self.of.level, position) == Some(area)
            {
                return position;
            }
        }
        around
    }

    fn kind(&mut self, area: &str) -> Option<&'b EventType> {
        let fits = |kind: &EventType| {
            kind.areas.is_empty() || kind.areas.iter().any(|start| area.starts_with(start))
        };
        let types = &self.of.types;
        let weight = |kind: &EventType| if fits(kind) { kind.weight } else { 0 };
        let weights: Vec<u32> = types.iter().map(weight).collect();
        let place = self.draw.weighed(&weights);
        types.get(place)
    }

    fn values(
        &mut self,
        kind: &EventType,
        said: &mut Said<'_>,
        is_again: bool,
    ) -> BTreeMap<String, String> {
        let mut values = BTreeMap::new();
        let more = is_again.then_some(&self.of.again);
        for (name, template) in
            self.of.values.iter().chain(&kind.values).chain(more.into_iter().flatten())
        {
            values.insert(name.clone(), template.fill(said, &mut self.draw));
        }
        let texts = if is_again && !kind.again.is_empty() { &kind.again } else { &kind.texts };
        if let Some(text) = texts.get(self.draw.place(texts.len())) {
            values.insert(self.of.text.to_string(), text.fill(said, &mut self.draw));
        }
        values
    }
}

fn wrong(fate: Fate, right: Position) -> Option<(Fault, Position)> {
    let Fate::Wrong(fault) = fate else { return None };
    let position = match fault {
        Fault::Swapped => Position::from_units(right.lat(), right.lon()),
        // Always out of the mission's two zones, on one side or the other.
        Fault::Zone if right.lon() < -ZONE => Position::from_units(right.lon() + ZONE, right.lat()),
        Fault::Zone => Position::from_units(right.lon() - ZONE, right.lat()),
    };
    position.ok().map(|position| (fault, position))
}

/// Minutes of a time in days.
#[expect(clippy::cast_possible_truncation, reason = "days of an exercise are far from the bounds")]
fn whole_minutes(days: f64) -> i64 {
    (days * 24.0 * 60.0).floor() as i64
}
