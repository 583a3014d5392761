//! The choices of a register from those of a form.

use std::collections::{BTreeMap, BTreeSet};

use model::finding::Finding;
use model::id::Name;

use super::Around;
use super::grid::Grid;
use super::languages::Languages;
use super::names::fitting;
use crate::workbook::{CHOICES, Cell, Row, Workbook};

/// The code for what no other fits.
const OTHER: &str = "other";

/// The names of lists as a register has them.
#[derive(Debug, Default)]
pub(super) struct Lists {
    names: BTreeMap<String, String>,
}

impl Lists {
    /// Chooses a name for every list; one that others have gets the register's before it.
    pub(super) fn choose(
        book: &Workbook,
        around: &Around<'_>,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let mut lists = Self::default();
        let mut taken: BTreeSet<String> = around.lists.iter().map(|l| (*l).to_owned()).collect();
        for row in book.rows(CHOICES) {
            let Some(written) = row.text("list name") else { continue };
            if lists.names.contains_key(written) {
                continue;
            }
            let plain = fitting(written);
            let own = fitting(&format!("{}_{plain}", around.name));
            let numbered = (2..).map(|number: u32| fitting(&format!("{own}_{number}")));
            let mut names = [plain, own.clone()].into_iter().chain(numbered);
            let name = names.find(|name| !taken.contains(name)).unwrap_or_default();
            if name != written {
                let finding = Finding::warning("form-name-changed").in_file(CHOICES);
                let finding = finding.at_row(row.number).in_column("list_name");
                findings.push(finding.with("from", written).with("to", &name));
            }
            taken.insert(name.clone());
            lists.names.insert(written.to_owned(), name);
        }
        lists
    }

    /// What a list is called in the register.
    pub(super) fn name(&self, list: &str) -> Option<&str> {
        self.names.get(list).map(String::as_str)
    }
}

/// Writes the choices. Lists of `with_other` get a choice for that.
pub(super) fn write(
    book: &Workbook,
    lists: &Lists,
    languages: &Languages,
    (with_other, findings): (&BTreeSet<String>, &mut Vec<Finding>),
) -> Grid {
    let mut grid = Grid::with(&["list_name", "name"]);
    let mut left_out: BTreeMap<String, u64> = BTreeMap::new();
    let mut has_other: BTreeSet<&str> = BTreeSet::new();
    for row in book.rows(CHOICES) {
        let (Some(list), Some(code)) = (row.text("list name"), row.text("name")) else { continue };
        if code == OTHER {
            has_other.insert(list);
        }
        grid.begin_row();
        grid.put("list_name", lists.name(list).unwrap_or_default());
        grid.put("name", &code_of(row, code, findings));
        for (language, text) in row.get("label").iter().flat_map(|cell| languages.texts(cell)) {
            grid.put(&format!("label::{language}"), text);
        }
        for column in fill_others(&mut grid, row) {
            left_out.entry(column).or_insert(row.number);
        }
    }
    for list in with_other.iter().filter(|list| !has_other.contains(list.as_str())) {
        grid.begin_row();
        grid.put("list_name", lists.name(list).unwrap_or_default());
        grid.put("name", OTHER);
        for (language, text) in languages.texts(&other_label()) {
            grid.put(&format!("label::{language}"), text);
        }
    }
    for (column, row) in left_out {
        let finding = Finding::warning("form-column-left-out").in_file(CHOICES).at_row(row);
        findings.push(finding.in_column(&column).with("column", &column));
    }
    grid
}

/// The label of the choice for what no other fits.
pub(super) fn other_label() -> Cell {
    Cell::Text("Other".to_owned())
}

/// A code of a list holds no blank, comma or semicolon.
fn code_of(row: &Row, written: &str, findings: &mut Vec<Finding>) -> String {
    let plain = |c: char| if c.is_whitespace() || ",;".contains(c) { '_' } else { c };
    let code: String = written.chars().map(plain).collect();
    if code != written {
        let finding = Finding::warning("form-name-changed").in_file(CHOICES).at_row(row.number);
        let finding = finding.in_column("name").with("from", written);
        findings.push(finding.with("to", &code));
    }
    code
}

/// Columns that filters look at; those a list of codes understands otherwise are handed back.
fn fill_others(grid: &mut Grid, row: &Row) -> Vec<String> {
    let own = ["list name", "name", "label"];
    let taken =
        ["parent", "valid_from", "valid_to", "source", "note", "code", "definition", "media"];
    let mut left_out = Vec::new();
    for (column, cell) in row.cells().iter().filter(|(column, _)| !own.contains(&&**column)) {
        let fits = Name::new(column).is_ok() && !taken.contains(&column.as_str());
        match cell.text().filter(|_| fits) {
            Some(text) => grid.put(column, text),
            None => left_out.push(column.clone()),
        }
    }
    left_out
}
