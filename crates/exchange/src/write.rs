//! Records going out, one by one: CSV, XLSX, GeoJSON and NDJSON to anything that takes bytes.
//!
//! A writer holds one record at a time and never goes back in what it has written, so an export of
//! any length takes the memory of one row. Which records and fields a person may see was settled
//! before they come here.

mod csv;
mod feature;
mod geojson;
mod ndjson;
mod xlsx;

use std::io::{self, Write};

use model::finding::Finding;
use model::id::{Name, RecordId};
use model::value::{FieldType, Value};
use thiserror::Error;

pub use csv::CsvWriter;
pub use feature::{FeatureWriter, Part, write_shape};
pub use geojson::GeoJsonWriter;
pub use ndjson::NdjsonWriter;
pub use xlsx::XlsxWriter;

/// The column of a record's own id in every format.
pub const ID_COLUMN: &str = "id";

/// A format that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputFormat {
    /// Comma-separated text in UTF-8.
    Csv,
    /// A feature collection.
    GeoJson,
    /// A workbook of one sheet.
    Xlsx,
    /// One JSON object for each line.
    Ndjson,
}

impl OutputFormat {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Csv, Self::GeoJson, Self::Xlsx, Self::Ndjson];

    /// The word for it on the command line; also the extension of its files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::GeoJson => "geojson",
            Self::Xlsx => "xlsx",
            Self::Ndjson => "ndjson",
        }
    }
}

/// What packs whatever is written with gzip.
pub fn packed<W: Write>(out: W) -> flate2::write::GzEncoder<W> {
    flate2::write::GzEncoder::new(out, flate2::Compression::fast())
}

/// A column of an export: a field and its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The field.
    pub name: Name,
    /// What it holds.
    pub field_type: FieldType,
}

/// The columns of an export, and which of them is where a record lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    columns: Vec<Column>,
    place: Option<usize>,
}

impl Layout {
    /// A layout of these columns; the first spatial one is where a record lies.
    pub fn new(columns: Vec<Column>) -> Self {
        let place = columns.iter().position(|column| column.field_type.is_spatial());
        Self { columns, place }
    }

    /// Adds columns of text at the end.
    #[must_use]
    pub fn marked<'n>(mut self, names: impl Iterator<Item = &'n Name>) -> Self {
        let text = |name: &Name| Column { name: name.clone(), field_type: FieldType::Text };
        self.columns.extend(names.map(text));
        self
    }

    /// Says which column is where a record lies; one that is not there or not spatial is ignored.
    #[must_use]
    pub fn located_by(mut self, field: &str) -> Self {
        let is_place =
            |column: &Column| column.name.as_str() == field && column.field_type.is_spatial();
        self.place = self.columns.iter().position(is_place).or(self.place);
        self
    }

    /// The columns, in order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The position of the column that is where a record lies.
    pub fn place(&self) -> Option<usize> {
        self.place
    }
}

/// A record on its way out: a value, or none, for each column of the layout.
#[derive(Clone, Copy, Debug)]
pub struct Exported<'r> {
    /// The record.
    pub id: RecordId,
    /// Its values, in the order of the columns.
    pub values: &'r [Option<&'r Value>],
}

impl<'r> Exported<'r> {
    /// The value of the column at this position.
    fn value(&self, position: usize) -> Option<&'r Value> {
        self.values.get(position).copied().flatten()
    }
}

/// Why an export cannot go on.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The bytes could not be written.
    #[error("the export could not be written")]
    Io(#[from] io::Error),
    /// A text that no cell of a workbook holds.
    #[error("`{column}` of {record} has {characters} characters, a workbook cell at most {max}")]
    CellTooLong {
        /// The record.
        record: RecordId,
        /// The field.
        column: Name,
        /// How long its text is.
        characters: usize,
        /// How long it may be.
        max: usize,
    },
    /// More records than a sheet has rows.
    #[error("a sheet of a workbook has at most {max} rows")]
    TooManyRows {
        /// How many rows there are, the header included.
        max: u32,
    },
}

impl WriteError {
    /// What to tell the person who exports.
    pub fn finding(&self) -> Finding {
        match self {
            Self::Io(cause) => Finding::error("export-unwritten").with("cause", cause),
            Self::CellTooLong { record, column, characters, max } => {
                Finding::error("export-cell-too-long")
                    .in_column(column.as_str())
                    .with("record", record)
                    .with("characters", characters)
                    .with("max", max)
            }
            Self::TooManyRows { max } => Finding::error("export-too-many-rows").with("max", max),
        }
    }
}

/// A writer of records.
pub trait Rows {
    /// Writes a record.
    fn row(&mut self, record: &Exported<'_>) -> Result<(), WriteError>;

    /// Writes what ends the file; without it the file is cut off.
    fn end(self: Box<Self>) -> Result<(), WriteError>;
}

/// A writer of this format, its beginning already written.
pub fn writer<'w>(
    format: OutputFormat,
    layout: Layout,
    out: impl Write + 'w,
) -> Result<Box<dyn Rows + 'w>, WriteError> {
    Ok(match format {
        OutputFormat::Csv => Box::new(CsvWriter::new(layout, out)?),
        OutputFormat::GeoJson => Box::new(GeoJsonWriter::new(&layout, out)?),
        OutputFormat::Xlsx => Box::new(XlsxWriter::new(layout, out)?),
        OutputFormat::Ndjson => Box::new(NdjsonWriter::new(layout, out)),
    })
}

#[cfg(test)]
mod tests;
