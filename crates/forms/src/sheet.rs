//! One sheet as CSV: decoded, its header and the length of its rows checked.
//!
//! Sheets of packs are UTF-8 and strict, because their authors can mend them; the lenient reader
//! of other people's data is crate `exchange`.

use std::collections::BTreeMap;

use model::finding::Finding;

/// The mark some spreadsheets put before UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A CSV file as it lies in a pack.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// Its name in findings.
    pub file: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

/// A sheet, read: a header of distinct names and rows of the same length.
#[derive(Clone, Debug, Default)]
pub struct Table {
    headers: Vec<String>,
    rows: Vec<(u64, csv::StringRecord)>,
}

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The line it begins in, counted from 1.
    pub line: u64,
    cells: &'a csv::StringRecord,
}

impl Row<'_> {
    /// The text of a cell without surrounding blanks; empty where there is none.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default().trim()
    }
}

impl Table {
    /// The names of the columns.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The rows that have any text.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let rows = self.rows.iter().map(|(line, cells)| Row { line: *line, cells });
        rows.filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()))
    }
}

/// Reads a sheet; what is wrong goes to `findings`, and what can be read is returned.
pub fn read(sheet: Sheet<'_>, findings: &mut Vec<Finding>) -> Table {
    let Some(text) = decoded(sheet, findings) else { return Table::default() };
    if text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
        findings.push(Finding::error("sheet-quote-open").in_file(sheet.file));
    }
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut records = reader.records();
    let Some(Ok(first)) = records.next() else {
        findings.push(Finding::error("sheet-empty").in_file(sheet.file));
        return Table::default();
    };
    let headers = headers(sheet, &first, findings);
    let mut rows = Vec::new();
    for record in records.flatten() {
        let line = first_line(text, record.position());
        check_length(sheet, line, &record, headers.len(), findings);
        rows.push((line, record));
    }
    Table { headers, rows }
}

fn decoded<'a>(sheet: Sheet<'a>, findings: &mut Vec<Finding>) -> Option<&'a str> {
    match std::str::from_utf8(sheet.bytes) {
        Ok(text) => Some(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)),
        Err(error) => {
            let before = sheet.bytes.get(..error.valid_up_to()).unwrap_or_default();
            findings.push(
                Finding::error("sheet-not-utf8")
                    .in_file(sheet.file)
                    .at_row(newlines(before).saturating_add(1)),
            );
            None
        }
    }
}

fn headers(
    sheet: Sheet<'_>,
    record: &csv::StringRecord,
    findings: &mut Vec<Finding>,
) -> Vec<String> {
    let mut seen = BTreeMap::new();
    let at_header = |code| Finding::error(code).in_file(sheet.file).at_row(1);
    for (place, header) in record.iter().map(str::trim).enumerate() {
        let number = place.saturating_add(1);
        if header.is_empty() {
            findings.push(at_header("sheet-header-blank").with("number", number));
        } else if let Some(first) = seen.insert(header, number) {
            let finding = at_header("sheet-header-twice").in_column(header);
            findings.push(finding.with("first", first).with("second", number));
        }
    }
    record.iter().map(|header| header.trim().to_owned()).collect()
}

fn check_length(
    sheet: Sheet<'_>,
    line: u64,
    record: &csv::StringRecord,
    expected: usize,
    findings: &mut Vec<Finding>,
) {
    let blank = record.iter().all(|cell| cell.trim().is_empty());
    if record.len() != expected && !blank {
        let finding = Finding::error("sheet-row-length").in_file(sheet.file).at_row(line);
        findings.push(finding.with("found", record.len()).with("expected", expected));
    }
}

/// The line in which a record begins: the reader counts from before the blank lines it skips.
fn first_line(text: &str, position: Option<&csv::Position>) -> u64 {
    let Some(position) = position else { return 1 };
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let blank = rest.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(0);
    position.line().saturating_add(newlines(rest.get(..blank).unwrap_or_default()))
}

fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').map(|_newline| 1_u64).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &[u8]) -> (Table, Vec<String>) {
        let mut findings = Vec::new();
        let table = read(Sheet { file: "s.csv", bytes: text }, &mut findings);
        (table, findings.iter().map(Finding::to_string).collect())
    }

    #[test]
    fn rows_carry_the_line_they_begin_in() {
        let (table, findings) = read_text(b"\xef\xbb\xbfa,b\r\n\r\n1,\"x\ny\"\r\n,\r\n2, z \r\n");
        assert_eq!(findings, Vec::<String>::new());
        assert_eq!(table.headers(), ["a", "b"]);
        let rows: Vec<(u64, &str)> =
            table.rows().map(|row| (row.line, row.cells.get(1).unwrap())).collect();
        assert_eq!(rows, [(3, "x\ny"), (6, " z ")]);
        assert_eq!(table.rows().last().map(|row| row.cell(1).to_owned()).as_deref(), Some("z"));
    }

    #[test]
    fn everything_wrong_with_a_sheet_is_said_at_once() {
        let (_table, findings) = read_text(b"a,,a\n1,2\n1,2,3,4\n");
        assert_eq!(
            findings,
            [
                "sheet-header-blank s.csv:1 number=2",
                "sheet-header-twice s.csv:1 [a] first=1 second=3",
                "sheet-row-length s.csv:2 found=2 expected=3",
                "sheet-row-length s.csv:3 found=4 expected=3",
            ]
        );
    }

    #[test]
    fn open_quotes_other_encodings_and_emptiness_are_named() {
        assert_eq!(read_text(b"a\n\"x\n").1, ["sheet-quote-open s.csv"]);
        assert_eq!(read_text(b"a\nb\n\xe9t\xe9\n").1, ["sheet-not-utf8 s.csv:3"]);
        assert_eq!(read_text(b"").1, ["sheet-empty s.csv"]);
    }
}
