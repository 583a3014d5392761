//! Mandates: what a resolution asks of a mission, as tasks with ids that reports can point at.

pub mod diff;
mod read;
mod rules;

use std::collections::BTreeMap;

use forms::labels::Labels;
use model::id::Name;
use model::time::Date;

pub(crate) use read::read;
pub(crate) use rules::check;

/// What names a resolution within a mission. Numbers alone are not enough: an exercise may use the
/// number of a real one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MandateKey {
    /// The pack that carries it.
    pub mission: Name,
    /// The resolution's number.
    pub number: u32,
    /// The year of its adoption.
    pub year: u16,
    /// Whether it belongs to an exercise.
    pub fictional: bool,
}

/// A resolution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mandate {
    /// Its key.
    pub key: MandateKey,
    /// What it is called.
    pub titles: Labels,
    /// What else is worth knowing.
    pub notes: Labels,
    /// The day it was adopted.
    pub adopted: Date,
    /// The day its term ends, where it says so.
    pub until: Option<Date>,
    /// The chapter of the Charter it acts under.
    pub chapter: Option<u8>,
    /// The document all this was read from.
    pub source: Option<String>,
    /// Whether its tasks are known; an empty list of known tasks is not the same as unknown ones.
    pub tasks_known: bool,
    /// The resolutions it takes the place of, as number and year.
    pub replaces: Vec<(u32, u16)>,
    /// The highest strength by category: `military`, `police`, `civilian`, `uniformed`.
    pub ceilings: BTreeMap<String, i64>,
    /// Its tasks in their order.
    pub tasks: Vec<Task>,
    /// Its cross-cutting issues in their order.
    pub issues: Vec<Issue>,
    /// The file it was read from.
    pub file: String,
}

/// One task of a mandate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its id, distinct within the pack.
    pub id: String,
    /// Whether the Council named it a priority.
    pub priority: bool,
    /// What kind of task it is.
    pub kind: TaskKind,
    /// What is to be done.
    pub texts: Labels,
    /// The earlier tasks it carries on.
    pub continues: Vec<String>,
    /// The parts of the work it belongs to.
    pub modules: Vec<String>,
    /// The task of the same mandate that says the same.
    pub duplicate_of: Option<String>,
    /// Its line in the file.
    pub row: u64,
}

/// What kind of task a task is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum TaskKind {
    /// Something to do.
    #[default]
    Task,
    /// An end to reach.
    Objective,
    /// Something about the forces themselves.
    ForceGeneration,
}

impl TaskKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Task, Self::Objective, Self::ForceGeneration];

    /// The word in packs and JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Objective => "objective",
            Self::ForceGeneration => "force-generation",
        }
    }
}

/// Something that touches every task, such as the protection of children.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Its id; the same issue has the same id in every mandate.
    pub id: String,
    /// What it asks.
    pub texts: Labels,
    /// Its line in the file.
    pub row: u64,
}

impl Mandate {
    /// The task of this id.
    pub fn task(&self, id: &str) -> Option<&Task> {
        self.tasks.iter().find(|task| task.id == id)
    }

    /// `2364 (2017)`.
    pub fn citation(&self) -> String {
        format!("{} ({})", self.key.number, self.key.year)
    }
}
