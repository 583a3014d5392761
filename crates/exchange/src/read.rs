//! Tables from outside: what they are, their columns, their rows, and the rows that cannot be read.
//!
//! All cells are text here, exactly as the file has it; what a text means is a mapping's to say.
//! Reading never stops at a bad row where a next one can be found.

mod cells;
mod columns;
mod csv;
mod detect;
mod encoding;
mod geojson;
mod grid;
mod guard;
mod header;
mod hxl;
mod options;
mod sheets;
mod xlsx;

use std::borrow::Cow;
use std::fmt;
use std::io::{Read, Seek};

use model::finding::Finding;

use cells::Cells;
use columns::Columns;
use guard::file_bytes_within;
use hxl::Again;

pub use detect::{Format, detect};
pub use options::{Header, Limits, Options};
pub use sheets::{Kinds, Sheet, sheets};

/// A row that was refused: where it is, its text as the file has it, and everything wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// The row, counted as in [`Row::number`].
    pub row: u64,
    /// Its text; the cells as a line of CSV where the file is not text.
    pub raw: String,
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// Whether nothing after it can be read: the file is cut off, broken or too large.
    pub stops: bool,
}

/// A table that is being read.
pub struct Table<'a> {
    format: Format,
    columns: Columns,
    cells: Cells,
    rows: Rows<'a>,
    warnings: Vec<Finding>,
    file: String,
    /// Whether a row was read.
    begun: bool,
}

/// Where the rows come from.
enum Rows<'a> {
    Csv(Box<csv::CsvRows<'a>>),
    Grid(grid::GridRows),
}

/// A row: text in named columns. It lives until the next one is read.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    number: u64,
    columns: &'t Columns,
    cells: &'t Cells,
    raw: Option<&'t [u8]>,
}

/// Opens a table: reads its header, or all of it where the format cannot be read in pieces.
pub fn open<'a>(
    format: Format,
    mut reader: impl Read + Seek + 'a,
    options: &Options,
) -> Result<Table<'a>, Vec<Finding>> {
    let opened = match file_bytes_within(&mut reader, &options.limits) {
        Err(finding) => Err(vec![finding]),
        Ok(bytes) => match format {
            Format::Csv => csv::open(reader, options),
            Format::CsvGz => csv::open_gz(reader, options),
            Format::Xlsx => xlsx::open(reader, bytes, options),
            Format::GeoJson => geojson::open(reader, bytes, options),
        },
    };
    match opened {
        Ok(parts) => Ok(Table::from_parts(format, parts, &options.file_name)),
        Err(findings) => Err(in_file(findings, &options.file_name)),
    }
}

/// What opening a file of any format gives.
struct Parts<'a> {
    columns: Columns,
    rows: Rows<'a>,
    warnings: Vec<Finding>,
}

impl<'a> Table<'a> {
    fn from_parts(format: Format, parts: Parts<'a>, file: &str) -> Self {
        Self {
            format,
            columns: parts.columns,
            cells: Cells::default(),
            rows: parts.rows,
            warnings: in_file(parts.warnings, file),
            file: file.to_owned(),
            begun: false,
        }
    }

    /// What it is read as.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The names of its columns, in order, each once.
    pub fn columns(&self) -> &[String] {
        self.columns.names()
    }

    /// What is worth knowing about the file as a whole so far: its encoding, what was left out.
    pub fn warnings(&self) -> &[Finding] {
        &self.warnings
    }

    /// Reads the next row that holds anything.
    pub fn next_row(&mut self) -> Option<Result<Row<'_>, RowError>> {
        let mut advanced = self.advance()?;
        let first = !std::mem::replace(&mut self.begun, true);
        if let Ok(number) = advanced
            && let Some(again) = hxl::again(&self.columns, &self.cells, first)
        {
            match again {
                Again::LeftOut(finding) => {
                    self.warnings.extend(in_file(vec![finding.at_row(number)], &self.file));
                    advanced = self.advance()?;
                }
                Again::Same(finding) => advanced = Err(self.tags_again(number, finding, false)),
                Again::Other(finding) => advanced = Err(self.tags_again(number, finding, true)),
            }
        }
        if let Rows::Csv(rows) = &mut self.rows {
            let news = in_file(rows.take_warnings(), &self.file);
            self.warnings.extend(news);
        }
        Some(match advanced {
            Ok(number) => Ok(self.row(number)),
            Err(error) => Err(RowError { findings: in_file(error.findings, &self.file), ..error }),
        })
    }

    fn advance(&mut self) -> Option<Result<u64, RowError>> {
        match &mut self.rows {
            Rows::Csv(rows) => rows.advance(&self.columns, &mut self.cells),
            Rows::Grid(rows) => rows.advance(&self.columns, &mut self.cells),
        }
    }

    /// The error of a second row of hashtags.
    fn tags_again(&self, number: u64, finding: Finding, stops: bool) -> RowError {
        let raw = self.row(number).raw().into_owned();
        RowError { row: number, raw, findings: vec![finding.at_row(number)], stops }
    }

    fn row(&self, number: u64) -> Row<'_> {
        let raw = match &self.rows {
            Rows::Csv(rows) => Some(rows.raw()),
            Rows::Grid(_) => None,
        };
        Row { number, columns: &self.columns, cells: &self.cells, raw }
    }
}

impl fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").field("format", &self.format).finish_non_exhaustive()
    }
}

impl<'t> Row<'t> {
    /// Its number as a spreadsheet counts: the header is 1, blank rows count.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The text in a column; `None` where the table has no such column.
    pub fn get(&self, column: &str) -> Option<&'t str> {
        self.cell(self.columns.position(column)?)
    }

    /// The text in the column at this position, from 0.
    pub fn cell(&self, position: usize) -> Option<&'t str> {
        self.cells.get(position)
    }

    /// All its texts, in the order of the columns.
    pub fn cells(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        let cells = self.cells;
        (0..self.columns.len()).map(move |position| cells.get(position).unwrap_or_default())
    }

    /// The row as the file has it, for the file of refused rows.
    pub fn raw(&self) -> Cow<'t, str> {
        match self.raw {
            Some(bytes) => encoding::shown(bytes),
            None => Cow::Owned(self.cells.to_csv(self.columns.len())),
        }
    }
}

fn in_file(findings: Vec<Finding>, file: &str) -> Vec<Finding> {
    findings.into_iter().map(|finding| finding.in_file(file)).collect()
}

#[cfg(test)]
mod tests;
