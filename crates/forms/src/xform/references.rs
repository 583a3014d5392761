//! Every `${name}` must be the name of one question or group.

use model::finding::Finding;

use super::scan;
use super::tree::{Named, Tree};
use crate::suggestion::suggestion;
use crate::workbook::{CHOICES, Cell, Row, SETTINGS, SURVEY, Workbook};

/// Columns of the survey that refer to questions.
const OF_SURVEY: [&str; 11] = [
    "type",
    "label",
    "hint",
    "guidance_hint",
    "bind",
    "control",
    "instance",
    "default",
    "trigger",
    "choice_filter",
    "parameters",
];

/// Checks every reference of a workbook.
pub(super) fn check(book: &Workbook, tree: &Tree, findings: &mut Vec<Finding>) {
    let mut checker = Checker { tree, findings };
    for row in book.rows(SURVEY) {
        checker.row(SURVEY, row, &OF_SURVEY);
    }
    for row in book.rows(CHOICES) {
        checker.row(CHOICES, row, &["label"]);
    }
    for row in book.rows(SETTINGS) {
        checker.row(SETTINGS, row, &["instance_name"]);
    }
}

struct Checker<'a> {
    tree: &'a Tree,
    findings: &'a mut Vec<Finding>,
}

impl Checker<'_> {
    fn row(&mut self, sheet: &str, row: &Row, columns: &[&str]) {
        for column in columns {
            if let Some(cell) = row.get(column) {
                self.cell(sheet, row.number, column, cell);
            }
        }
    }

    fn cell(&mut self, sheet: &str, row: u64, column: &str, cell: &Cell) {
        match cell {
            Cell::Text(text) if text.contains("${") => self.text(sheet, row, column, text),
            Cell::Text(_) => {}
            Cell::Named(cells) => {
                for (name, cell) in cells {
                    // What people write in these columns, they write without what holds them.
                    let column = match column {
                        "bind" | "control" => name.clone(),
                        _ => format!("{column}::{name}"),
                    };
                    self.cell(sheet, row, &column, cell);
                }
            }
        }
    }

    fn text(&mut self, sheet: &str, row: u64, column: &str, text: &str) {
        let at = |code| Finding::error(code).in_file(sheet).at_row(row).in_column(column);
        if let Some(broken) = scan::broken_reference(text) {
            self.findings.push(at("form-reference-broken").with("value", broken));
        }
        for reference in scan::references(text) {
            let name = reference.name;
            match self.tree.named(name) {
                Some(Named::One(_)) => {}
                Some(Named::Several) => {
                    self.findings.push(at("form-reference-several").with("name", name));
                }
                None => {
                    let near = suggestion(name, self.tree.names());
                    let finding = at("form-reference-unknown").with("name", name);
                    self.findings.push(finding.with("nearest", near));
                }
            }
        }
    }
}
