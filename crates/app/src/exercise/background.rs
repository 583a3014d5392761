//! The background of an exercise, played: its rows go in through the importer, and the person who keeps the
//! log does what a mission does that keeps it well. Wrong grids are mended, what is told twice is merged where
//! the look-alike rule finds it, what is withdrawn is marked. What the rule does not find stays, and is told.

use std::collections::{BTreeMap, BTreeSet};

use mission::exercise::background::{Background, Event};
use mission::register::Register;
use model::id::{Name, RecordId};
use model::time::Timestamp;
use policy::Viewer;
use serde_json::{Map, Value as Json};

use super::Load;
use super::passage::{Passage, Sheet};
use crate::alike::Merge;
use crate::answers::Answers;
use crate::error::{AppError, Kind};
use crate::import::{ImportReport, RowFate};
use crate::node::Node;

/// The namespace of rows whose columns are called as the fields are.
const GENERIC: &str = "generic";
/// The column of the key where the register names none.
const KEY: &str = "source_id";
/// What stands for the day of an act in the values of a step.
const TODAY: &str = "{today}";

/// What became of the background, all days of a load together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ExerciseBackground {
    /// Rows that came in.
    pub rows: u64,
    /// Rows that the importer refused for their grid.
    pub refused: u64,
    /// Rows whose grid lies in no area of the mission.
    pub flagged: u64,
    /// Rows whose grid was mended.
    pub mended: u64,
    /// Second reports that the look-alike rule found, and that were merged.
    pub merged: u64,
    /// Second reports that it did not find.
    pub not_found: u64,
    /// Reports it told of that are about something else.
    pub told_wrongly: u64,
    /// Reports that were withdrawn and are marked.
    pub withdrawn: u64,
}

impl Load<'_> {
    /// What is told of on a day, and what the log's keeper does about it.
    pub(super) fn background(&mut self, node: &mut Node, day: u16) -> Result<(), AppError> {
        let Some(background) = &self.exercise.background else { return Ok(()) };
        let (begins, ends) =
            (self.exercise.begins(day, &self.zone), self.exercise.ends(day, &self.zone));
        let is_today = |at: Timestamp| begins <= at && at <= ends;
        let events = std::mem::take(&mut self.events);
        let told: Vec<&Event> = events.iter().filter(|event| is_today(event.reported)).collect();
        let withdrawn = events.iter().filter(|event| event.withdrawn.is_some_and(is_today));
        let by = self.cast.person(&background.person.name)?.clone();
        let register = node.register(&background.register)?.clone();
        let mut keeper = Keeper {
            background,
            by: &by,
            register: &register,
            passage: &self.passage,
            done: self.report.background,
        };
        let kept = keeper.bring_in(node, &told).and_then(|()| {
            told.iter().try_for_each(|event| keeper.compare(node, event, &events))?;
            withdrawn.clone().try_for_each(|event| keeper.mark(node, event))
        });
        self.report.background = keeper.done;
        self.events = events;
        kept
    }
}

/// Who keeps the log.
struct Keeper<'k> {
    background: &'k Background,
    by: &'k Viewer,
    register: &'k Register,
    passage: &'k Passage,
    done: ExerciseBackground,
}

impl Keeper<'_> {
    /// Brings rows in as they were told, then once more those whose grid was refused or lies nowhere.
    fn bring_in(&mut self, node: &mut Node, told: &[&Event]) -> Result<(), AppError> {
        if told.is_empty() {
            return Ok(());
        }
        let mut refused = BTreeSet::new();
        let report = self.import(node, told, true, &mut |row, fate| {
            if fate == RowFate::Refused {
                refused.insert(row);
            }
        })?;
        let nowhere = self.nowhere(node)?;
        let mut mended = Vec::new();
        // The header is row 1.
        for (event, row) in told.iter().zip(2..) {
            let is_flagged = nowhere.contains(&id(self.register, event).to_string());
            self.done.refused += u64::from(refused.contains(&row));
            self.done.flagged += u64::from(is_flagged);
            if refused.contains(&row) || is_flagged {
                mended.push(*event);
            }
        }
        self.done.rows += report.created + report.refused;
        if !mended.is_empty() {
            let report = self.import(node, &mended, false, &mut |_row, _fate| {})?;
            self.done.mended += report.created + report.updated;
        }
        Ok(())
    }

    fn import(
        &self,
        node: &mut Node,
        events: &[&Event],
        as_told: bool,
        each: &mut dyn FnMut(u64, RowFate),
    ) -> Result<ImportReport, AppError> {
        let rows = sheet(self.register, events, as_told);
        let sheet = Sheet {
            register: self.register.name.as_str(),
            mapping: GENERIC,
            name: "background.csv",
            content: rows.as_bytes(),
            as_of: None,
        };
        self.passage.import(node, self.by, sheet, each)
    }

    /// The ids of rows of the background that lie in no area.
    fn nowhere(&self, node: &Node) -> Result<BTreeSet<String>, AppError> {
        let level = usize::from(self.background.level).saturating_sub(1);
        let Some(area) = self.register.area_fields.get(level) else { return Ok(BTreeSet::new()) };
        let nowhere = format!(" AND {area} IS NULL");
        let found = node.drawn(self.by, (self.register, self.background), &nowhere)?;
        Ok(found.iter().filter_map(|record| record["id"].as_str().map(str::to_owned)).collect())
    }

    /// Looks for look-alikes of a report that just came in; a report of the same is merged into the one told
    /// first. Whether two are the same, a person says who asked: here the ledger says it.
    fn compare(&mut self, node: &mut Node, event: &Event, all: &[Event]) -> Result<(), AppError> {
        let (register, own) = (self.register.name.as_str(), id(self.register, event).to_string());
        let alike = match node.alike(self.by, register, &own) {
            Err(error) if error.kind == Kind::DeniedOrAbsent => return Ok(()),
            alike => alike?,
        };
        let told = alike["look_alikes"].as_array().into_iter().flatten();
        let told: BTreeSet<&str> = told.filter_map(|other| other["id"].as_str()).collect();
        let other = all.iter().find(|other| is_same(event, other));
        let came_first =
            |other: &&Event| (other.reported, &other.key) < (event.reported, &event.key);
        let other = other.filter(came_first);
        let other = other.map(|other| id(self.register, other).to_string());
        let is_found = other.as_ref().is_some_and(|other| told.contains(other.as_str()));
        self.done.told_wrongly += told.len() as u64 - u64::from(is_found);
        let Some(other) = other else { return Ok(()) };
        let whole = node.whole(self.by, register, &own)?;
        if whole.merged {
            return Ok(());
        }
        if !is_found {
            self.done.not_found += 1;
            return Ok(());
        }
        let merge = Merge { other: &own, take: &[], reason: Some("background") };
        node.merge(self.by, (register, &other), merge)?;
        self.done.merged += 1;
        Ok(())
    }

    /// Marks a report that its source withdrew, by the steps that the pack names.
    fn mark(&mut self, node: &mut Node, event: &Event) -> Result<(), AppError> {
        let own = id(self.register, event).to_string();
        let aim = (self.register.name.as_str(), &own);
        for (step, values) in &self.background.withdraw {
            let values = dated(values, node.now());
            let step = (step.as_str(), Answers::from(&values));
            match node.transition(self.by, aim, step, None) {
                // An interrupted load had made this step.
                Err(error) if error.findings.iter().any(|f| f.code == "transition-not-from") => {}
                made => drop(made?),
            }
        }
        self.done.withdrawn += 1;
        Ok(())
    }
}

/// Whether two rows tell of one event.
fn is_same(one: &Event, other: &Event) -> bool {
    one.key != other.key
        && (one.again.as_ref() == Some(&other.key) || other.again.as_ref() == Some(&one.key))
}

pub(super) fn id(register: &Register, event: &Event) -> RecordId {
    RecordId::derived(&register.name, GENERIC, &event.key)
}

pub(super) fn key_column(register: &Register) -> &str {
    register.key_field.as_ref().map_or(KEY, Name::as_str)
}

fn dated(values: &Map<String, Json>, now: Timestamp) -> Map<String, Json> {
    let mut values = values.clone();
    for value in values.values_mut().filter(|value| value.as_str() == Some(TODAY)) {
        *value = Json::from(now.date().to_string());
    }
    values
}

/// The rows as a file: as they were told, or as they are right.
fn sheet(register: &Register, events: &[&Event], as_told: bool) -> String {
    let names: BTreeSet<&String> = events.iter().flat_map(|event| event.values.keys()).collect();
    let time = register.time_field.as_ref().map(Name::as_str);
    let workflow = register.workflow.as_ref();
    let reported = workflow.and_then(|workflow| workflow.stamp.as_ref()).map(Name::as_str);
    let columns = [Some(key_column(register)), time, reported, Some("longitude"), Some("latitude")];
    let row = |event: &Event| {
        let at = event.told_at.filter(|_wrong| as_told).map_or(event.position, |(_, at)| at);
        let fixed = [
            Some(event.key.clone()),
            time.map(|_field| event.occurred.to_string()),
            reported.map(|_field| event.reported.to_string()),
            Some(at.lon_text()),
            Some(at.lat_text()),
        ];
        let value = |name: &&String| event.values.get(*name).cloned().unwrap_or_default();
        let cells = fixed.into_iter().flatten().chain(names.iter().map(value));
        cells.map(|cell| quoted(&cell)).collect::<Vec<_>>().join(",")
    };
    let header = columns.into_iter().flatten().chain(names.iter().map(|name| name.as_str()));
    let header = header.map(quoted).collect::<Vec<_>>().join(",");
    let rows = events.iter().map(|event| row(event));
    [header].into_iter().chain(rows).collect::<Vec<_>>().join("\n") + "\n"
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

/// Counts by a name.
pub(super) fn tally(names: impl Iterator<Item = String>) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    counts
}
