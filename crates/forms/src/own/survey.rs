//! The rows of a register's surveys as one sheet: what nobody is asked on a phone is silent, what does
//! not exist for whoever gets the form is not there.

use std::collections::BTreeSet;

use model::finding::Finding;
use model::value::FieldType;

use super::{Asking, Spoken};
use crate::sheet::{self, Row, Sheet};
use crate::workbook::{RawSheet, SURVEY};
use crate::xform::{Controls, Part, asked, control_word, is_shown, parts};

const TYPE: &str = "type";
/// The columns that every sheet has, in this order.
const FIRST: [&str; 3] = [TYPE, "name", "default"];
/// The type of a question that nobody is asked: its node is there for expressions.
const SILENT: &str = "hidden";
/// What a question is computed from.
const CALCULATION: &str = "calculation";
/// Whether nobody may answer a question.
const READ_ONLY: &str = "read_only";
/// Rows that are no field of the register.
const WORDS_ALONE: [&str; 2] = ["note", "audit"];
/// What expressions read where an answer does not exist.
const NOTHING: &str = "''";

/// What becomes of a row.
enum Fate {
    Asked,
    /// Nobody is asked; what stands there at first.
    Silent(String),
    Absent,
}

/// A survey that is being put together.
pub(super) struct Survey<'a> {
    asking: &'a Asking<'a>,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
    /// How many repeats are open: names are distinct within each.
    repeats: usize,
    /// How many were open where one began that is absent.
    absent_from: Option<usize>,
    absent: BTreeSet<String>,
    /// The lists that questions draw from.
    lists: BTreeSet<String>,
    findings: Vec<Finding>,
}

/// A survey that was put together.
pub(super) struct Written {
    pub(super) sheet: RawSheet,
    pub(super) lists: BTreeSet<String>,
    /// Which questions are silent for want of anything to choose.
    pub(super) findings: Vec<Finding>,
}

impl Written {
    /// Whether a question draws from a list, or an expression looks into it as a part of the form.
    pub(super) fn holds(&self, list: &str) -> bool {
        let named = [format!("instance('{list}')"), format!("instance(\"{list}\")")];
        let mut cells = self.sheet.rows.iter().flat_map(|(_, cells)| cells);
        self.lists.contains(list) || cells.any(|cell| named.iter().any(|name| cell.contains(name)))
    }
}

impl<'a> Survey<'a> {
    pub(super) fn new(asking: &'a Asking<'a>) -> Self {
        Self {
            asking,
            headers: FIRST.map(str::to_owned).to_vec(),
            rows: Vec::new(),
            repeats: 0,
            absent_from: None,
            absent: BTreeSet::new(),
            lists: BTreeSet::new(),
            findings: Vec::new(),
        }
    }

    /// Adds the rows of a sheet below those that are there.
    pub(super) fn add(&mut self, sheet: Sheet<'_>, languages: &mut Spoken) {
        // The sheets were checked when the pack was.
        let table = sheet::read(sheet, &mut Vec::new());
        let headers = table.headers().iter();
        let places: Vec<Option<usize>> = headers
            .map(|header| languages.header(header, self.asking.language))
            .map(|header| (!header.is_empty()).then(|| self.place_of(header)))
            .collect();
        for row in table.rows() {
            let cells = self.cells(row, &places);
            let at = |code| Finding::warning(code).in_file(sheet.file).at_row(row.line);
            self.row(cells, &at);
        }
    }

    pub(super) fn finish(self) -> Written {
        let Self { headers, rows, mut absent, lists, findings, .. } = self;
        let mut rows = without_empty(rows, &mut absent);
        if !absent.is_empty() {
            rows.iter_mut().flatten().for_each(|cell| forget(cell, &absent));
        }
        let rows = (1..).zip(std::iter::once(headers).chain(rows)).collect();
        let sheet = RawSheet { name: SURVEY.to_owned(), rows };
        Written { sheet, lists, findings }
    }

    fn place_of(&mut self, header: String) -> usize {
        self.headers.iter().position(|known| *known == header).unwrap_or_else(|| {
            self.headers.push(header);
            self.headers.len().saturating_sub(1)
        })
    }

    fn cells(&self, row: Row<'_>, places: &[Option<usize>]) -> Vec<String> {
        let mut cells = vec![String::new(); self.headers.len()];
        for (column, place) in places.iter().enumerate() {
            if let Some(cell) = place.and_then(|place| cells.get_mut(place)) {
                row.cell(column).clone_into(cell);
            }
        }
        cells
    }

    fn row(&mut self, cells: Vec<String>, at: &dyn Fn(&'static str) -> Finding) {
        let [word, name, ..] = cells.as_slice() else { return };
        let around = self.repeats;
        let fate =
            if self.absent_from.is_some() { Fate::Absent } else { self.fate(word, name, at) };
        match control_word(word) {
            Some(Controls::Begin(kind, _)) if kind.repeats() => {
                self.repeats = around.saturating_add(1);
            }
            Some(Controls::End(kind, _)) if kind.repeats() => {
                self.repeats = around.saturating_sub(1);
            }
            _ => {}
        }
        match (fate, self.absent_from) {
            (Fate::Asked, _) => {
                let cells = self.as_computed(cells);
                self.rows.push(cells);
            }
            (Fate::Silent(first), _) => {
                self.rows.push(vec![SILENT.to_owned(), name.clone(), first]);
            }
            (Fate::Absent, None) => {
                self.absent.insert(name.clone());
                self.absent_from = (self.repeats > around).then_some(around);
            }
            (Fate::Absent, Some(from)) => {
                self.absent_from = (self.repeats > from).then_some(from);
            }
        }
    }

    /// What is computed is shown and not asked: the node would not take what somebody answers.
    fn as_computed(&mut self, mut cells: Vec<String>) -> Vec<String> {
        let place = self.headers.iter().position(|header| header == CALCULATION);
        let is_computed =
            place.and_then(|place| cells.get(place)).is_some_and(|cell| !cell.is_empty());
        if is_computed && cells.first().is_some_and(|word| is_shown(word)) {
            let place = self.place_of(READ_ONLY.to_owned());
            cells.resize(self.headers.len(), String::new());
            if let Some(cell) = cells.get_mut(place) {
                "yes".clone_into(cell);
            }
        }
        cells
    }

    fn fate(&mut self, word: &str, name: &str, at: &dyn Fn(&'static str) -> Finding) -> Fate {
        let (asking, is_outermost) = (self.asking, self.repeats == 0);
        if is_outermost && is_field(word) && asking.form.field(name).is_none() {
            return Fate::Absent;
        }
        match asking.state {
            Some((state, start)) if is_outermost && state == name => {
                return Fate::Silent(start.to_owned());
            }
            _ if first_word(word) == FieldType::Record.code() => return Fate::Silent(String::new()),
            _ => {}
        }
        let Some(asked) = asked(word) else { return Fate::Asked };
        if asking.offers(&asked.list) {
            self.lists.insert(asked.list);
            return Fate::Asked;
        }
        let finding = at("form-list-closed").in_column(TYPE).with("name", name);
        self.findings.push(finding.with("list", asked.list).with("day", asking.day));
        Fate::Silent(String::new())
    }
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

fn is_field(word: &str) -> bool {
    match control_word(word) {
        Some(Controls::Begin(kind, _)) => kind.repeats(),
        Some(Controls::End(..)) => false,
        None => !WORDS_ALONE.contains(&first_word(word)),
    }
}

/// The rows without groups and repeats in which nobody is asked anything: clients refuse such a form.
/// What a group held stays, for expressions; of a repeat there is never a row.
fn without_empty(rows: Vec<Vec<String>>, absent: &mut BTreeSet<String>) -> Vec<Vec<String>> {
    let mut gone = BTreeSet::new();
    let mut open: Vec<(usize, bool)> = Vec::new();
    for (place, cells) in rows.iter().enumerate() {
        let word = cells.first().map_or("", String::as_str);
        match control_word(word) {
            Some(Controls::Begin(..)) => open.push((place, false)),
            Some(Controls::End(kind, _)) => match open.pop() {
                Some((start, false)) if kind.repeats() => gone.extend(start..=place),
                Some((start, false)) => gone.extend([start, place]),
                Some((_, true)) => open.iter_mut().for_each(|(_, is_shown)| *is_shown = true),
                None => {}
            },
            None if is_shown(word) => open.iter_mut().for_each(|(_, is_shown)| *is_shown = true),
            None => {}
        }
    }
    let name = |place: &usize| rows.get(*place).and_then(|cells| cells.get(1)).cloned();
    absent.extend(gone.iter().filter_map(name).filter(|name| !name.is_empty()));
    let kept = rows.into_iter().enumerate().filter(|(place, _)| !gone.contains(place));
    kept.map(|(_, cells)| cells).collect()
}

/// Takes out of a cell what refers to answers that do not exist.
fn forget(cell: &mut String, absent: &BTreeSet<String>) {
    let is_absent =
        |part: &Part<'_>| matches!(part, Part::Reference(to) if absent.contains(to.name));
    let parts = parts(cell);
    if parts.iter().any(is_absent) {
        let written = parts.iter().map(|part| match part {
            part if is_absent(part) => NOTHING.to_owned(),
            Part::Text(text) => (*text).to_owned(),
            Part::Reference(reference) => format!("${{{}}}", reference.name),
        });
        *cell = written.collect();
    }
}
