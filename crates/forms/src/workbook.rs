//! A workbook of `XLSForm` sheets: every row as named cells, under the names that columns have today.
//!
//! Sheets come as rows of text, from a spreadsheet or from CSV files; whoever reads the bytes has
//! turned typed cells into text. Columns have many spellings (`relevance`, `Label::French`,
//! `bind:relevant`); here each gets one, and what stands in several languages stands under their
//! names. Nothing is left out because it is not known: it may be for somebody else.

mod cell;
mod header;
mod repair;

use std::collections::BTreeMap;

use model::finding::Finding;
use model::limits::{FORM_CELLS_MAX, FORM_ROWS_MAX};

pub use cell::{Cell, Row};
use header::Header;

/// The sheet of the questions.
pub const SURVEY: &str = "survey";
/// The sheet of the choices.
pub const CHOICES: &str = "choices";
/// The sheet of the settings.
pub const SETTINGS: &str = "settings";
/// The sheet of choices that are looked up in a file beside the form.
pub const EXTERNAL_CHOICES: &str = "external_choices";
/// The sheet of entities.
pub const ENTITIES: &str = "entities";
/// The sheet of map tags.
pub const OSM: &str = "osm";
/// The language of texts that do not say theirs.
pub const NO_LANGUAGE: &str = "default";

/// Rows without cells after which nothing belongs to the sheet any more, as with pyxform.
const EMPTY_ROWS_MAX: u64 = 60;
const SHEETS: [&str; 6] = [SURVEY, CHOICES, SETTINGS, EXTERNAL_CHOICES, OSM, ENTITIES];

/// A sheet as it comes: rows of cells, each with its number, the first of them the header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawSheet {
    /// Its name.
    pub name: String,
    /// Its rows; the numbers are those a spreadsheet shows.
    pub rows: Vec<(u64, Vec<String>)>,
}

/// A sheet of known columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The columns, as paths: `["label", "French"]`.
    pub headers: Vec<Vec<String>>,
    /// The header as it was written.
    pub written: Vec<String>,
    /// The rows that hold anything.
    pub rows: Vec<Row>,
}

impl Table {
    /// Whether there is a column whose path begins with this word.
    pub fn has(&self, column: &str) -> bool {
        self.headers.iter().any(|path| path.first().is_some_and(|first| first == column))
    }
}

/// The sheets of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workbook {
    sheets: BTreeMap<&'static str, Table>,
}

impl Workbook {
    /// Reads the sheets of a form; sheets of other names are somebody's notes. What is wrong goes to
    /// `findings`, with its sheet, row and column.
    pub fn read(raw: &[RawSheet], findings: &mut Vec<Finding>) -> Self {
        let known = named_sheets(raw);
        if !known.contains_key(SURVEY) {
            let found: Vec<&str> = raw.iter().map(|sheet| sheet.name.as_str()).collect();
            let finding = Finding::error("workbook-sheet-unknown").with("sheet", SURVEY);
            findings.push(finding.with("known", found.join(", ")));
        }
        if is_too_large(&known, findings) {
            return Self::default();
        }
        let settings = known.get(SETTINGS).map(|sheet| Reader::of(SETTINGS, sheet).read(findings));
        let settings = settings.unwrap_or_default();
        let said = settings.rows.first();
        let language = said.and_then(|row| row.text("default_language")).unwrap_or(NO_LANGUAGE);
        let keeps_blanks = said.and_then(|row| row.text("clean_text_values")).and_then(yes_or_no);
        let mut sheets = BTreeMap::new();
        for (name, sheet) in known.iter().filter(|(name, _sheet)| **name != SETTINGS) {
            let mut reader = Reader::of(name, sheet);
            reader.language = language;
            reader.joins_blanks = *name == SURVEY && keeps_blanks != Some(false);
            sheets.insert(*name, reader.read(findings));
        }
        demand(&sheets, SURVEY, "type", findings);
        demand(&sheets, CHOICES, "name", findings);
        sheets.insert(SETTINGS, settings);
        Self { sheets }
    }

    /// A sheet's rows; none where there is no such sheet.
    pub fn rows(&self, sheet: &str) -> &[Row] {
        self.sheets.get(sheet).map_or(&[], |table| &table.rows)
    }

    /// A sheet, where there is one.
    pub fn sheet(&self, sheet: &str) -> Option<&Table> {
        self.sheets.get(sheet)
    }

    /// What a setting says.
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.rows(SETTINGS).first().and_then(|row| row.text(name))
    }

    /// Whether a setting says yes.
    pub fn is_set(&self, name: &str) -> bool {
        self.setting(name).and_then(yes_or_no).unwrap_or(false)
    }
}

/// What `XLSForm` takes for yes and for no.
pub fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "true()" => Some(true),
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "false()" => Some(false),
        _ => None,
    }
}

/// The sheets by the names they should have; an only sheet is the survey, whatever its name.
fn named_sheets(raw: &[RawSheet]) -> BTreeMap<&'static str, &RawSheet> {
    let mut known = BTreeMap::new();
    for sheet in raw {
        let name = sheet.name.to_lowercase();
        if let Some(found) = SHEETS.iter().find(|known| **known == name) {
            known.insert(*found, sheet);
        }
    }
    if let ([only], true) = (raw, known.is_empty()) {
        known.insert(SURVEY, only);
    }
    known
}

/// Whether there is more than a form may hold; said where there is.
fn is_too_large(known: &BTreeMap<&'static str, &RawSheet>, findings: &mut Vec<Finding>) -> bool {
    let before = findings.len();
    for (name, sheet) in known {
        let cells: usize = sheet.rows.iter().map(|(_row, cells)| cells.len()).sum();
        let limits = [("rows", sheet.rows.len(), FORM_ROWS_MAX), ("cells", cells, FORM_CELLS_MAX)];
        for (what, found, max) in limits.into_iter().filter(|(_, found, max)| found > max) {
            let finding = Finding::error("form-sheet-large").in_file(*name).with("what", what);
            findings.push(finding.with("found", found).with("max", max));
        }
    }
    findings.len() > before
}

fn demand(
    sheets: &BTreeMap<&'static str, Table>,
    sheet: &str,
    column: &str,
    findings: &mut Vec<Finding>,
) {
    let Some(table) = sheets.get(sheet) else { return };
    if !table.has(column) && (sheet == SURVEY || !table.rows.is_empty()) {
        let finding = Finding::error("sheet-column-missing").in_file(sheet).at_row(1);
        findings.push(finding.in_column(column).with("column", column));
    }
}

/// One sheet that is being read.
struct Reader<'a> {
    name: &'static str,
    sheet: &'a RawSheet,
    language: &'a str,
    joins_blanks: bool,
}

impl<'a> Reader<'a> {
    fn of(name: &'static str, sheet: &'a RawSheet) -> Self {
        Self { name, sheet, language: NO_LANGUAGE, joins_blanks: false }
    }

    fn read(&self, findings: &mut Vec<Finding>) -> Table {
        let mut rows = self.sheet.rows.iter();
        let Some((_row, written)) = rows.next() else { return Table::default() };
        let written: Vec<String> = written.iter().map(|text| repair::header(text)).collect();
        let header = Header::read(self.name, &written, findings);
        let mut table = Table::default();
        let mut last = 1;
        for (number, cells) in rows {
            if number.saturating_sub(last) > EMPTY_ROWS_MAX.saturating_add(1) {
                findings.push(Finding::warning("form-rows-far").in_file(self.name).at_row(*number));
                break;
            }
            last = *number;
            let row = self.row(*number, cells, &header, findings);
            if !row.is_empty() {
                table.rows.push(row);
            }
        }
        table.headers = header.paths.into_iter().filter(|path| !path.is_empty()).collect();
        table.written = written;
        table
    }

    fn row(
        &self,
        number: u64,
        cells: &[String],
        header: &Header,
        findings: &mut Vec<Finding>,
    ) -> Row {
        let mut row = Row::new(number);
        for (place, written) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let text = repair::text(written, self.joins_blanks);
            let path = header.paths.get(place).map_or(&[][..], Vec::as_slice);
            let at = || {
                let finding = Finding::error("form-cell-control").in_file(self.name);
                finding.at_row(number).in_column(path.join("::"))
            };
            match path {
                _ if text.is_empty() => {}
                [] => findings.push(headless(self.name, number, place, &text)),
                _ if repair::has_control(&text) => findings.push(at()),
                path => row.set(path, text, self.language),
            }
        }
        row
    }
}

/// A cell below no header, as cells that were joined leave them.
fn headless(sheet: &str, row: u64, place: usize, text: &str) -> Finding {
    let finding = Finding::warning("form-cell-headless").in_file(sheet).at_row(row);
    finding.with("number", place.saturating_add(1)).with("value", text)
}

#[cfg(test)]
mod tests;
