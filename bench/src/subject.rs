//! What is measured: anything that can load the same file and answer the same questions.
//!
//! Every answer is given to the same viewer: nothing above [`CLEARANCE`] is seen or counted.

pub(crate) mod casque;
pub(crate) mod floor;
#[cfg(test)]
pub(crate) mod naive;
pub(crate) mod postgres;

use std::path::Path;
use std::time::Duration;

use model::classification::Classification;
use model::place::Position;
use model::time::Timestamp;

use crate::measure::Memory;
use crate::workload::{TextQuery, Window};

/// The highest classification that the viewer of all questions may see.
pub(crate) const CLEARANCE: Classification = Classification::Confidential;
/// Rows of an answer to "newest in this window".
pub(crate) const WINDOW_LIMIT: u32 = 100;
/// Rows of an answer to "newest with these words".
pub(crate) const TEXT_LIMIT: u32 = 20;

/// One row of an answer: what a list shows and what a map draws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) source_id: String,
    pub(crate) occurred_at: Timestamp,
    pub(crate) place: Position,
    pub(crate) kind: String,
    pub(crate) admin2: String,
    pub(crate) deaths_best: Option<i64>,
    pub(crate) verification: String,
}

/// Deaths of a district in a month.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Figure {
    pub(crate) admin2: String,
    /// Months since January of year 0, as `model::time::Date::month_index`.
    pub(crate) month: i32,
    pub(crate) events: i64,
    /// Added over events that were counted.
    pub(crate) deaths_best: i64,
}

/// One step of loading, measured.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) what: String,
    pub(crate) cpu: Duration,
    pub(crate) wall: Duration,
}

/// A measurement that only some subjects have: verifying a journal, rebuilding.
#[derive(Debug, Clone)]
pub(crate) struct Extra {
    pub(crate) what: String,
    /// With its unit.
    pub(crate) value: String,
}

/// Something that is measured.
pub(crate) trait Subject {
    /// One word, for tables and the command line.
    fn name(&self) -> &'static str;

    /// Product and version.
    fn version(&self) -> String;

    /// Takes the file in, with everything the questions need, and says what each step took.
    fn load(&mut self, csv: &Path) -> anyhow::Result<Vec<Step>>;

    /// The newest [`WINDOW_LIMIT`] in the window, newest first.
    fn newest_in_window(&mut self, window: &Window) -> anyhow::Result<Vec<Hit>>;

    /// How many are in the window, exactly.
    fn count_in_window(&mut self, window: &Window) -> anyhow::Result<u64>;

    /// The newest [`TEXT_LIMIT`] with all these words in summary, place name or sides.
    fn text_newest(&mut self, query: &TextQuery) -> anyhow::Result<Vec<Hit>>;

    /// Deaths by district and month over everything, by district, then month.
    fn deaths_by_district_month(&mut self) -> anyhow::Result<Vec<Figure>>;

    /// CPU spent so far by whatever works for this subject.
    fn cpu(&self) -> anyhow::Result<Duration>;

    /// Bytes on disk, once loaded.
    fn bytes_on_disk(&mut self) -> anyhow::Result<u64>;

    /// Memory of a server of its own. `None` for what works in this process: that is opened again
    /// in a fresh process, which measures itself.
    fn server_memory(&self) -> anyhow::Result<Option<Memory>> {
        Ok(None)
    }

    /// Opens what an earlier process loaded, for subjects that work in this process.
    fn open(&mut self) -> anyhow::Result<()> {
        anyhow::bail!("{} cannot be opened again", self.name())
    }

    /// Measurements of its own.
    fn extras(&mut self) -> anyhow::Result<Vec<Extra>> {
        Ok(Vec::new())
    }
}

/// The subjects there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub(crate) enum Kind {
    /// PostgreSQL 15 with PostGIS 3, a server of its own.
    Postgres,
    /// Bare `SQLite` with R*Tree and FTS5.
    Floor,
    /// Casque.
    Casque,
}

impl Kind {
    /// All, the one the others are compared with first.
    pub(crate) const ALL: [Self; 3] = [Self::Postgres, Self::Floor, Self::Casque];

    /// Sets the subject up in `folder`, empty or loaded before.
    pub(crate) fn set_up(self, folder: &Path) -> anyhow::Result<Box<dyn Subject>> {
        Ok(match self {
            Self::Postgres => Box::new(postgres::Postgres::start(folder)?),
            Self::Floor => Box::new(floor::Floor::new(folder)),
            Self::Casque => Box::new(casque::Casque::new(folder)),
        })
    }
}

/// Runs one step of loading and notes what `cpu` and the wall clock say it took.
fn step(
    what: &str,
    cpu: impl Fn() -> anyhow::Result<Duration>,
    work: impl FnOnce() -> anyhow::Result<()>,
) -> anyhow::Result<Step> {
    let (before, watch) = (cpu()?, crate::measure::Stopwatch::start());
    work()?;
    let wall = watch.elapsed();
    Ok(Step { what: what.to_owned(), cpu: cpu()?.saturating_sub(before), wall })
}

#[cfg(test)]
mod tests;
