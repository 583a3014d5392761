//! One made-up event and its row of text. Columns are named as the fields of register `incident`.

use model::place::Position;
use model::time::Timestamp;

/// The columns, in order.
pub(crate) const COLUMNS: [&str; 18] = [
    "source_id",
    "occurred_at",
    "place",
    "place_precision",
    "place_name",
    "admin1",
    "admin2",
    "type",
    "deaths_low",
    "deaths_best",
    "deaths_high",
    "side_a",
    "side_b",
    "verification",
    "source_grade",
    "credibility",
    "classification",
    "summary",
];

/// How many died, by the lowest, the best and the highest account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Deaths {
    pub(crate) low: u64,
    pub(crate) best: u64,
    pub(crate) high: u64,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    /// Stable and unique: what answers of different subjects are compared by.
    pub(crate) source_id: String,
    /// Unique among the events of a run, so that "newest first" has one right order.
    pub(crate) occurred_at: Timestamp,
    pub(crate) place: Position,
    pub(crate) place_precision: &'static str,
    pub(crate) place_name: String,
    pub(crate) admin1: String,
    pub(crate) admin2: String,
    pub(crate) kind: &'static str,
    /// `None` where nobody counted.
    pub(crate) deaths: Option<Deaths>,
    pub(crate) side_a: &'static str,
    pub(crate) side_b: &'static str,
    pub(crate) verification: &'static str,
    pub(crate) source_grade: &'static str,
    pub(crate) credibility: &'static str,
    pub(crate) classification: &'static str,
    pub(crate) summary: String,
}

impl Event {
    /// Its cells, in the order of [`COLUMNS`].
    pub(crate) fn cells(&self) -> [String; 18] {
        let count =
            |of: fn(Deaths) -> u64| self.deaths.map(of).map_or_else(String::new, |n| n.to_string());
        [
            self.source_id.clone(),
            self.occurred_at.to_string(),
            format!("POINT({} {})", self.place.lon_text(), self.place.lat_text()),
            self.place_precision.to_owned(),
            self.place_name.clone(),
            self.admin1.clone(),
            self.admin2.clone(),
            self.kind.to_owned(),
            count(|d| d.low),
            count(|d| d.best),
            count(|d| d.high),
            self.side_a.to_owned(),
            self.side_b.to_owned(),
            self.verification.to_owned(),
            self.source_grade.to_owned(),
            self.credibility.to_owned(),
            self.classification.to_owned(),
            self.summary.clone(),
        ]
    }
}
