//! CSV: its separator and encoding are found out, its rows are checked one by one.
//!
//! A row that is broken is refused with its text, and reading goes on at the next line: one lost
//! quotation mark must not swallow the rest of the file.

mod scan;

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;
use model::finding::Finding;

use crate::formula;

use super::cells::{self, Cells};
use super::columns::Columns;
use super::encoding::{self, FromUtf16, Letters};
use super::guard::{Guarded, unreadable};
use super::header::HeaderSearch;
use super::hxl;
use super::options::{Header, Options};
use super::{Parts, RowError, Rows};

use scan::{Fault, Scanner};

/// How much of a file its encoding and separator are told from.
const SAMPLE_BYTES: u64 = 64 * 1024;
/// Separators that are told apart; the first wins where none is seen.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// Opens a CSV file.
pub(crate) fn open<'a>(
    reader: impl Read + 'a,
    options: &Options,
) -> Result<Parts<'a>, Vec<Finding>> {
    let (sample, reader) = sampled(reader).map_err(|error| vec![unreadable(&error)])?;
    if encoding::is_binary(&sample) {
        return Err(vec![Finding::error("file-not-a-table").with("kind", "binary")]);
    }
    match encoding::utf16(&sample) {
        None => open_bytes(&sample, reader, Letters::of(&sample), options),
        Some(utf16) => {
            let transcoded = FromUtf16::new(reader, utf16);
            let (sample, reader) = sampled(transcoded).map_err(|error| vec![unreadable(&error)])?;
            let mut parts = open_bytes(&sample, reader, Letters::Utf8, options)?;
            parts.warnings.push(in_encoding(utf16.name()));
            Ok(parts)
        }
    }
}

/// Opens a CSV file that is compressed with gzip.
pub(crate) fn open_gz<'a>(
    reader: impl Read + 'a,
    options: &Options,
) -> Result<Parts<'a>, Vec<Finding>> {
    let unfolded = MultiGzDecoder::new(reader);
    open(Guarded::new(unfolded, options.limits.unpacked_bytes), options)
}

/// The start of a file, and a reader that begins with it again.
fn sampled<'a>(mut reader: impl Read + 'a) -> io::Result<(Vec<u8>, impl Read + 'a)> {
    let mut sample = Vec::new();
    reader.by_ref().take(SAMPLE_BYTES).read_to_end(&mut sample)?;
    let again = io::Cursor::new(sample.clone()).chain(reader);
    Ok((sample, again))
}

fn open_bytes<'a>(
    sample: &[u8],
    mut reader: impl Read + 'a,
    letters: Letters,
    options: &Options,
) -> Result<Parts<'a>, Vec<Finding>> {
    let unmarked = sample.strip_prefix(encoding::UTF8_MARK).unwrap_or(sample);
    let mark_bytes = (sample.len() - unmarked.len()) as u64;
    io::copy(&mut reader.by_ref().take(mark_bytes), &mut io::sink())
        .map_err(|error| vec![unreadable(&error)])?;
    let mut rows =
        CsvRows::new(Box::new(reader), separator_of(unmarked, options), letters, options);
    if is_separator_line(unmarked) {
        rows.skip();
    }
    let columns = rows.header(options)?;
    let warnings = rows.take_warnings();
    Ok(Parts { columns, rows: Rows::Csv(Box::new(rows)), warnings })
}

/// The separator of a table; of one with hashtags, the one that stands between these.
fn separator_of(sample: &[u8], options: &Options) -> u8 {
    let lines = sample.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.is_empty());
    let tags = |line: &[u8], separator: u8| {
        let cells = line.split(|byte| *byte == separator).map(<[u8]>::trim_ascii_start);
        cells.filter(|cell| matches!(cell, [b'#', ..] | [b'"', b'#', ..])).count()
    };
    let most = |separator: u8| {
        let lines = lines.clone().take(hxl::ROWS_LOOKED_AT);
        lines.map(|line| tags(line, separator)).max().unwrap_or_default()
    };
    let named = options.header == Header::Headings || is_separator_line(sample);
    let found = SEPARATORS.into_iter().filter(|_| !named).map(|one| (most(one), one));
    let best = found.filter(|(tags, _)| *tags > 1).max_by_key(|(tags, _)| *tags);
    best.map_or_else(|| separator(sample), |(_, separator)| separator)
}

/// Excel's own first line `sep=;`, which is no row.
fn is_separator_line(sample: &[u8]) -> bool {
    matches!(sample, [b's', b'e', b'p', b'=', _, b'\r' | b'\n', ..])
}

/// The separator: the one that occurs most outside of quotes in the first line that is not blank.
fn separator(sample: &[u8]) -> u8 {
    if is_separator_line(sample)
        && let Some(named) = sample.get(4)
    {
        return *named;
    }
    let mut counts = [0_usize; SEPARATORS.len()];
    let mut in_quotes = false;
    for byte in sample.trim_ascii_start() {
        match byte {
            b'"' => in_quotes = !in_quotes,
            _ if in_quotes => {}
            b'\n' | b'\r' => break,
            _ => count_one(&mut counts, *byte),
        }
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    let found = SEPARATORS.iter().zip(counts).find(|(_, count)| *count == most);
    found.map_or(b',', |(separator, _)| *separator)
}

fn count_one(counts: &mut [usize; SEPARATORS.len()], byte: u8) {
    for (separator, count) in SEPARATORS.iter().zip(counts) {
        *count += usize::from(*separator == byte);
    }
}

fn in_encoding(name: &str) -> Finding {
    Finding::warning("file-encoding").with("encoding", name)
}

/// The rows of a CSV file.
pub(crate) struct CsvRows<'a> {
    scanner: Scanner<Box<dyn Read + 'a>>,
    letters: Letters,
    number: u64,
    cell_bytes_max: usize,
    row_bytes_max: usize,
    restores_formulas: bool,
    warnings: Vec<Finding>,
    stopped: bool,
}

impl<'a> CsvRows<'a> {
    fn new(reader: Box<dyn Read + 'a>, separator: u8, letters: Letters, options: &Options) -> Self {
        let mut rows = Self {
            scanner: Scanner::new(reader, separator, options.limits.row_bytes),
            letters: Letters::Undecided,
            number: 0,
            cell_bytes_max: options.limits.cell_bytes,
            row_bytes_max: options.limits.row_bytes,
            restores_formulas: options.restores_formulas,
            warnings: Vec::new(),
            stopped: false,
        };
        rows.settle(letters);
        rows
    }

    /// Leaves a row out.
    fn skip(&mut self) {
        self.number += 1;
        self.scanner.skip_line();
    }

    /// Reads the first row that holds anything as the header, or the rows down to that of hashtags.
    fn header(&mut self, options: &Options) -> Result<Columns, Vec<Finding>> {
        let mut cells = Cells::default();
        let mut header = HeaderSearch::of(options);
        loop {
            match self.scan(&mut cells) {
                None => return Err(header.missing()),
                Some(Err(error)) => return Err(error.findings),
                Some(Ok(())) if cells.is_blank() => {}
                Some(Ok(())) => {
                    if let Some(found) = header.look(&cells, self.number) {
                        let found = found?;
                        self.warnings.extend(found.warnings);
                        return Ok(found.columns);
                    }
                }
            }
        }
    }

    /// Reads the next row that holds anything into `cells`.
    pub(crate) fn advance(
        &mut self,
        columns: &Columns,
        cells: &mut Cells,
    ) -> Option<Result<u64, RowError>> {
        loop {
            match self.scan(cells)? {
                Ok(()) if cells.is_blank() => {}
                Ok(()) => return Some(self.checked(columns, cells)),
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// The text of the row that was read last, without its end.
    pub(crate) fn raw(&self) -> &[u8] {
        self.scanner.raw()
    }

    /// What became known of the file as a whole since it was last asked.
    pub(crate) fn take_warnings(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.warnings)
    }

    fn scan(&mut self, cells: &mut Cells) -> Option<Result<(), RowError>> {
        if self.stopped {
            return None;
        }
        self.number += 1;
        match self.scanner.next(cells.take_buffer()) {
            Ok(None) => None,
            Ok(Some(bytes)) => Some(self.decode(bytes, cells)),
            Err(Fault::Reading(error)) => {
                self.stopped = true;
                let finding = unreadable(&error);
                Some(Err(RowError { stops: true, ..self.refused(vec![finding]) }))
            }
            Err(fault) => {
                let finding = fault_finding(&fault, self.row_bytes_max);
                Some(Err(self.refused(vec![finding])))
            }
        }
    }

    /// Turns bytes into letters; the usual case, valid UTF-8, costs one look at them.
    fn decode(&mut self, bytes: Vec<u8>, cells: &mut Cells) -> Result<(), RowError> {
        let bytes = match String::from_utf8(bytes) {
            Ok(text) if self.letters == Letters::Utf8 || text.is_ascii() => {
                return self.filled(cells.set(text, self.scanner.ends()));
            }
            Ok(text) if self.letters == Letters::Undecided => {
                self.settle(Letters::Utf8);
                return self.filled(cells.set(text, self.scanner.ends()));
            }
            Ok(text) => text.into_bytes(),
            Err(error) => error.into_bytes(),
        };
        if self.letters == Letters::Undecided {
            self.settle(Letters::Windows1252);
        }
        if self.letters == Letters::Utf8 {
            return self.filled(false);
        }
        fill_from_windows_1252(cells, &bytes, self.scanner.ends());
        Ok(())
    }

    fn filled(&self, whole: bool) -> Result<(), RowError> {
        if whole {
            return Ok(());
        }
        let finding = Finding::error("text-not-utf8");
        Err(self.refused(vec![finding]))
    }

    fn settle(&mut self, letters: Letters) {
        self.letters = letters;
        if letters == Letters::Windows1252 {
            self.warnings.push(in_encoding(letters.name()));
        }
    }

    fn checked(&self, columns: &Columns, cells: &mut Cells) -> Result<u64, RowError> {
        let findings = check_cells(columns, cells, self.cell_bytes_max);
        if !findings.is_empty() {
            return Err(self.refused(findings));
        }
        if self.restores_formulas {
            restore_formulas(cells);
        }
        Ok(self.number)
    }

    fn refused(&self, findings: Vec<Finding>) -> RowError {
        let at_line = |finding: Finding| finding.at_row(self.number);
        RowError {
            row: self.number,
            raw: encoding::shown(self.scanner.raw()).into_owned(),
            findings: findings.into_iter().map(at_line).collect(),
            stops: false,
        }
    }
}

fn fill_from_windows_1252(cells: &mut Cells, bytes: &[u8], ends: &[usize]) {
    cells.clear();
    let mut start = 0;
    for end in ends {
        cells.push(&encoding::from_windows_1252(bytes.get(start..*end).unwrap_or_default()));
        start = *end;
    }
}

fn fault_finding(fault: &Fault, row_bytes_max: usize) -> Finding {
    match fault {
        Fault::AfterQuote { line } => Finding::error("quote-broken").with("line", line),
        Fault::Unclosed { line } => Finding::error("quote-unclosed").with("line", line),
        Fault::TooLong => Finding::error("row-too-long").with("max", row_bytes_max),
        Fault::Reading(error) => unreadable(error),
    }
}

/// Everything that is wrong with the cells of a row. Cells beyond the last column are no fault
/// where they are empty.
fn check_cells(columns: &Columns, cells: &Cells, cell_bytes_max: usize) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (found, expected) = (cells.len(), columns.len());
    if found < expected {
        findings.push(miscounted("row-too-few-cells", found, expected));
    }
    if found > expected
        && !columns.are_tags()
        && cells.iter().skip(expected).any(|text| !text.is_empty())
    {
        findings.push(too_many_cells(found, expected));
    }
    if cells.has_nul() || cells.has_longer_than(cell_bytes_max) {
        for (name, text) in columns.names().iter().zip(cells.iter()) {
            findings.extend(
                cells::check_text(text, cell_bytes_max).map(|finding| finding.in_column(name)),
            );
        }
    }
    findings
}

/// Cells that hold something and stand under no column.
pub(crate) fn too_many_cells(found: usize, expected: usize) -> Finding {
    miscounted("row-too-many-cells", found, expected)
}

fn miscounted(code: &'static str, found: usize, expected: usize) -> Finding {
    Finding::error(code).with("found", found).with("expected", expected)
}

/// Takes off the apostrophes that keep texts from being run as formulas.
fn restore_formulas(cells: &mut Cells) {
    if cells.iter().any(|text| formula::original(text).len() < text.len()) {
        let texts: Vec<String> =
            cells.iter().map(|text| formula::original(text).to_owned()).collect();
        cells.clear();
        for text in &texts {
            cells.push(text);
        }
    }
}
