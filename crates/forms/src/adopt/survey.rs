//! The survey of a register from that of a form.

use std::collections::{BTreeMap, BTreeSet};

use model::finding::Finding;

use super::Around;
use super::choices::Lists;
use super::columns;
use super::grid::Grid;
use super::languages::Languages;
use super::names::Names;
use crate::workbook::{Row, SURVEY, Workbook, yes_or_no};
use crate::xform::{Asked, Controls, asked, control_word, newer_word, plain_word};

/// A field of the register that is being made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) name: String,
    /// Its type, without argument.
    pub(super) word: String,
    /// Whether it stands in no repeat.
    pub(super) is_top: bool,
}

/// The survey, its fields, and the lists that need a choice for what is none of theirs.
pub(super) struct Written {
    pub(super) grid: Grid,
    pub(super) fields: Vec<Made>,
    pub(super) with_other: BTreeSet<String>,
}

/// Writes the survey.
pub(super) struct Writer<'a> {
    names: &'a Names,
    languages: &'a Languages,
    lists: &'a Lists,
    findings: &'a mut Vec<Finding>,
    written: Written,
    /// Repeats that are open.
    repeats: usize,
    /// Columns that were left out, with the first row.
    left_out: BTreeMap<String, u64>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        names: &'a Names,
        languages: &'a Languages,
        lists: &'a Lists,
        findings: &'a mut Vec<Finding>,
    ) -> Self {
        let grid = Grid::with(&["type", "name"]);
        let written = Written { grid, fields: Vec::new(), with_other: BTreeSet::new() };
        let left_out = BTreeMap::new();
        Self { names, languages, lists, findings, written, repeats: 0, left_out }
    }

    pub(super) fn write(&mut self, book: &Workbook) {
        for row in book.rows(SURVEY) {
            if row.text("disabled").and_then(yes_or_no) != Some(true) {
                self.row(row);
            }
        }
        for (column, row) in std::mem::take(&mut self.left_out) {
            let finding = Finding::warning("form-column-left-out").in_file(SURVEY).at_row(row);
            self.findings.push(finding.in_column(&column).with("column", &column));
        }
    }

    pub(super) fn finish(self) -> Written {
        self.written
    }

    fn row(&mut self, row: &Row) {
        let Some(word) = row.text("type").map(newer_word) else { return };
        match control_word(word) {
            Some(Controls::Begin(_, Some(_)) | Controls::End(_, true)) => self.refuse(row, word),
            Some(Controls::Begin(kind, None)) => {
                self.plain(row, if kind.repeats() { "begin_repeat" } else { "begin_group" });
                if let Some(name) = self.names.of(row).filter(|_| kind.repeats()) {
                    self.made(name.to_owned(), "begin_repeat");
                }
                self.repeats = self.repeats.saturating_add(usize::from(kind.repeats()));
            }
            Some(Controls::End(kind, false)) => {
                self.written.grid.begin_row();
                let word = if kind.repeats() { "end_repeat" } else { "end_group" };
                self.written.grid.put("type", word);
                self.repeats = self.repeats.saturating_sub(usize::from(kind.repeats()));
            }
            None => match (asked(word), plain_word(word)) {
                (Some(asked), _) => self.select(row, word, &asked),
                (None, Some(plain)) => self.field(row, plain),
                (None, None) => self.refuse(row, word),
            },
        }
    }

    /// A row with its type as it stands in the register, and all its cells.
    fn plain(&mut self, row: &Row, word: &str) {
        let grid = &mut self.written.grid;
        grid.begin_row();
        grid.put("type", word);
        if let Some(name) = self.names.of(row) {
            grid.put("name", name);
        }
        for column in columns::fill(grid, row, self.names, self.languages) {
            self.left_out.entry(column).or_insert(row.number);
        }
    }

    fn field(&mut self, row: &Row, word: &str) {
        self.plain(row, word);
        if let Some(name) = self.names.of(row).filter(|_| !["note", "audit"].contains(&word)) {
            self.made(name.to_owned(), word);
        }
    }

    fn made(&mut self, name: String, word: &str) {
        let (word, is_top) = (word.to_owned(), self.repeats == 0);
        self.written.fields.push(Made { name, word, is_top });
    }

    fn select(&mut self, row: &Row, word: &str, asked: &Asked) {
        let (Some(list), false) = (self.lists.name(&asked.list), asked.is_outside()) else {
            return self.refuse(row, word);
        };
        let command = asked.command();
        self.plain(row, &format!("{command} {list}"));
        let Some(name) = self.names.of(row).map(str::to_owned) else { return };
        self.made(name.clone(), command);
        if asked.has_other {
            self.written.with_other.insert(asked.list.clone());
            let other = format!("{name}_other");
            let grid = &mut self.written.grid;
            grid.begin_row();
            grid.put("type", "text");
            grid.put("name", &other);
            for (language, text) in self.languages.texts(&super::choices::other_label()) {
                grid.put(&format!("label::{language}"), text);
            }
            grid.put("relevant", &format!("selected(${{{name}}}, 'other')"));
            self.made(other, "text");
        }
    }

    fn refuse(&mut self, row: &Row, word: &str) {
        let finding = Finding::error("form-type-unsupported").in_file(SURVEY).at_row(row.number);
        self.findings.push(finding.in_column("type").with("type", word));
    }
}

/// Adds the fields that every register must have, as another has them.
pub(super) fn add_demanded(grid: &mut Grid, around: &Around<'_>) {
    for field in &around.demanded {
        grid.begin_row();
        let list = field.list.as_ref().map_or("", model::id::Name::as_str);
        grid.put("type", format!("{} {list}", field.question).trim());
        grid.put("name", field.name.as_str());
        for (language, text) in field.labels.iter() {
            grid.put(&format!("label::{language}"), text);
        }
        for (language, text) in field.hints.iter() {
            grid.put(&format!("hint::{language}"), text);
        }
    }
}
