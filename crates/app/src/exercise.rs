//! Loading an exercise: what happened up to a day, brought in by the very use cases that people work with.
//!
//! Day by day: rows that stand go in through the importer, as they were at the end of that day; the
//! people of the exercise act, each as themselves; then they look, and see what they must. How far that
//! went is kept in the transaction of each act, so an interrupted load goes on where it was. Nothing of a
//! later day is ever in the node.

mod background;
mod clock;
mod deed;
mod ledger;
mod passage;
mod people;
mod rows;
mod watch;

use mission::exercise::Exercise;
use mission::exercise::background::Event;
use mission::folder::Packs;
use model::finding::Finding;
use model::time::zone::Zone;
use model::time::{Date, Timestamp};
use policy::Viewer;
use serde_json::{Value as Json, json};

use crate::accounts::must_administer;
use crate::error::{AppError, Kind};
use crate::node::Node;
use crate::packs::PackFolders;
pub use background::ExerciseBackground;
pub(crate) use clock::{SETTING, Standing};
use passage::Passage;
use people::Cast;
pub use rows::ExerciseRows;

/// What a day of an exercise may be called beside its number.
const DAY_WORDS: [&str; 3] = ["day", "jour", "d"];

/// What loading brought.
#[derive(Debug, Clone, Default)]
pub struct ExerciseReport {
    /// The exercise's name.
    pub name: String,
    /// The day before the first that was loaded now; 0 where nothing was.
    pub from_day: u16,
    /// The day that is loaded now.
    pub day: u16,
    /// How many days the exercise has.
    pub days: u16,
    /// What time it is in the mission.
    pub now: Option<Timestamp>,
    /// People who were made.
    pub people: u64,
    /// What became of imported rows.
    pub rows: ExerciseRows,
    /// What became of the background.
    pub background: ExerciseBackground,
    /// Acts that were done.
    pub acts: u64,
    /// Acts that were refused as they must be.
    pub refused: u64,
    /// Acts that somebody had done before.
    pub known: u64,
    /// Checks that held.
    pub held: u64,
    /// What did not go as the exercise says.
    pub failures: Vec<Finding>,
}

impl Node {
    /// Brings what happened up to the end of a day: `Day 16`, `16` or its date. Where the node stands there
    /// already, nothing happens; a day before that is refused, since nothing can be taken back.
    pub fn load_exercise(
        &mut self,
        viewer: &Viewer,
        until: &str,
        each: &mut dyn FnMut(u16),
    ) -> Result<ExerciseReport, AppError> {
        must_administer(viewer)?;
        let exercise = self.exercise_of_pack()?;
        let until = day_meant(&exercise, until)?;
        let passage = Passage::open(self)?;
        let from_day = self.loaded_day(&exercise)?;
        if until < from_day {
            let finding = Finding::error("exercise-day-behind").with("day", until);
            return Err(AppError::new(Kind::Conflict, finding.with("loaded", from_day)));
        }
        let mut report = ExerciseReport {
            name: exercise.name.to_string(),
            from_day,
            days: exercise.days,
            ..ExerciseReport::default()
        };
        let cast = Cast::made(self, viewer, &exercise, &mut report)?;
        let (zone, places) = (self.zone(), self.places()?);
        let begins = exercise.begins(1, &zone);
        let events = exercise.background.as_ref();
        let events = events.map(|drawn| drawn.events(&places, begins, exercise.days));
        let events = events.unwrap_or_default();
        let mut load =
            Load { zone, viewer, exercise: &exercise, passage, cast, events, report: &mut report };
        for day in from_day + 1..=until {
            each(day);
            let loaded = load.day(self, day);
            self.exercise.release();
            loaded?;
        }
        report.day = until;
        report.now = Some(exercise.ends(until, &self.zone()));
        Ok(report)
    }

    /// The injects up to the loaded day, with what was expected; the later ones are not told.
    pub fn exercise_json(&self, viewer: &Viewer, language: &str) -> Result<Json, AppError> {
        must_administer(viewer)?;
        let exercise = self.exercise_of_pack()?;
        let day = self.loaded_day(&exercise)?;
        let injects = exercise.injects.iter().filter(|inject| inject.day <= day);
        let injects: Vec<Json> = injects
            .map(|inject| {
                json!({
                    "inject": inject.number,
                    "day": inject.day,
                    "at": inject.at.to_string(),
                    "type": inject.kind,
                    "means": inject.means,
                    "from": inject.from,
                    "to": inject.to,
                    "text": inject.texts.get(language),
                    "place": inject.place,
                    "grid": inject.grid,
                    "grade": inject.grade,
                    "classification": inject.classification.code(),
                    "caveat": inject.caveat.as_ref().map(model::id::Name::as_str),
                    "expected": inject.expected.get(language),
                    "modules": inject.modules,
                    "pass_criteria": inject.criteria.get(language),
                    "part": inject.part,
                })
            })
            .collect();
        Ok(json!({
            "name": exercise.name.as_str(),
            "title": exercise.titles.get(language),
            "day_one": exercise.day_one.to_string(),
            "days": exercise.days,
            "day": day,
            "now": (day > 0).then(|| self.now().to_string()),
            "injects": injects,
        }))
    }

    fn exercise_of_pack(&self) -> Result<Exercise, AppError> {
        let folders = PackFolders::of_node(self.store.ground())?;
        let read = mission::exercise::load(self.pack(), &folders as &dyn Packs);
        read.map_err(AppError::invalid)?.ok_or_else(|| {
            let finding = Finding::error("exercise-none").with("pack", &self.pack().name);
            AppError::invalid(vec![finding])
        })
    }

    /// The day up to which this exercise is loaded; 0 where it is not.
    fn loaded_day(&self, exercise: &Exercise) -> Result<u16, AppError> {
        match self.exercise.loaded() {
            None => Ok(0),
            Some(loaded) if loaded.name == exercise.name.as_str() => Ok(loaded.day),
            Some(loaded) => {
                let finding = Finding::error("exercise-another").with("loaded", &loaded.name);
                Err(AppError::new(Kind::Conflict, finding.with("name", &exercise.name)))
            }
        }
    }
}

/// A load in progress.
struct Load<'l> {
    viewer: &'l Viewer,
    exercise: &'l Exercise,
    zone: Zone,
    passage: Passage,
    cast: Cast,
    /// Every row of the background.
    events: Vec<Event>,
    report: &'l mut ExerciseReport,
}

impl Load<'_> {
    /// One day, from its rows to its checks.
    fn day(&mut self, node: &mut Node, day: u16) -> Result<(), AppError> {
        let ends = self.exercise.ends(day, &self.zone);
        node.exercise.hold(ends);
        self.rows(node, day)?;
        self.background(node, day)?;
        self.acts(node, day)?;
        node.exercise.hold(ends);
        self.checks(node, day)?;
        let real = node.environment.clock.now();
        node.exercise.close(self.exercise, (day, ends), real);
        node.exercise.keep(node.store.ground())
    }

    /// Tells what went wrong, once: a row that is wrong is wrong on every day.
    fn fail(&mut self, finding: Finding) {
        if !self.report.failures.contains(&finding) {
            self.report.failures.push(finding);
        }
    }
}

/// The day a person means: `Day 16`, `16`, or its date.
fn day_meant(exercise: &Exercise, text: &str) -> Result<u16, AppError> {
    let plain = text.trim().to_lowercase();
    let number = DAY_WORDS.iter().find_map(|word| plain.strip_prefix(word)).unwrap_or(&plain);
    let by_number = number.trim().parse().ok().filter(|day| (1..=exercise.days).contains(day));
    let by_date = || exercise.day_on(plain.parse::<Date>().ok()?);
    by_number.or_else(by_date).ok_or_else(|| {
        let finding = Finding::error("exercise-until-invalid").with("value", text.trim());
        let last = exercise.day_one.as_days() + i32::from(exercise.days) - 1;
        let finding = finding.with("days", exercise.days).with("first", exercise.day_one);
        AppError::invalid(vec![finding.with("last", Date::from_days(last))])
    })
}
