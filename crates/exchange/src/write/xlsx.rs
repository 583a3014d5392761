//! Records as a workbook of one sheet: written straight into its archive, row by row.
//!
//! The archive is streamed (sizes follow the data), texts stand in their cells instead of in a
//! shared list, and nothing is kept back: neither memory nor a temporary file ever holds the export.
//! Numbers stay numbers, days and instants are dates of Excel, and no text can run as a formula.

mod cell;
mod latch;
mod parts;

use std::fmt;
use std::io::{self, Write};

use zip::CompressionMethod;
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, StreamWriter, ZipWriter};

use super::{Exported, ID_COLUMN, Layout, Rows, WriteError};

use cell::Place;
use latch::Latch;

/// Rows of a sheet, the header included.
const ROWS_MAX: u32 = 1_048_576;

/// Quick rather than small: most of the time of an export is spent here.
const COMPRESSION_LEVEL: i64 = 3;

/// Writes XLSX.
pub struct XlsxWriter<W: Write> {
    layout: Layout,
    archive: ZipWriter<StreamWriter<Latch<W>>>,
    row: u32,
    xml: String,
}

impl<W: Write> XlsxWriter<W> {
    /// Writes everything that comes before the first record.
    pub fn new(layout: Layout, out: W) -> Result<Self, WriteError> {
        let mut archive = ZipWriter::new_stream(Latch::new(out));
        for (path, xml) in parts::BEFORE_SHEET {
            begin_part(&mut archive, path)?;
            archive.write_all(xml.as_bytes())?;
        }
        begin_part(&mut archive, parts::SHEET_PATH)?;
        archive.write_all(parts::SHEET_BEGIN.as_bytes())?;
        let mut writer = Self { layout, archive, row: 0, xml: String::new() };
        writer.write_header()?;
        Ok(writer)
    }

    fn write_header(&mut self) -> Result<(), WriteError> {
        self.begin_row()?;
        let names = self.layout.columns().iter().map(|column| column.name.as_str());
        for (column, name) in std::iter::once(ID_COLUMN).chain(names).enumerate() {
            cell::add_header(&mut self.xml, Place { column, row: self.row }, name);
        }
        self.end_row()
    }

    fn begin_row(&mut self) -> Result<(), WriteError> {
        if self.row == ROWS_MAX {
            return Err(WriteError::TooManyRows { max: ROWS_MAX });
        }
        self.row += 1;
        self.xml.clear();
        self.xml.push_str("<row>");
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), WriteError> {
        self.xml.push_str("</row>");
        Ok(self.archive.write_all(self.xml.as_bytes())?)
    }
}

impl<W: Write> Rows for XlsxWriter<W> {
    fn row(&mut self, record: &Exported<'_>) -> Result<(), WriteError> {
        self.begin_row()?;
        let row = self.row;
        cell::add_text(&mut self.xml, Place { column: 0, row }, &record.id.to_string());
        for (position, column) in self.layout.columns().iter().enumerate() {
            if let Some(value) = record.value(position) {
                let place = Place { column: position + 1, row };
                cell::add_value(&mut self.xml, place, value).map_err(|too_long| {
                    WriteError::CellTooLong {
                        record: record.id,
                        column: column.name.clone(),
                        characters: too_long.characters,
                        max: cell::CHARACTERS_MAX,
                    }
                })?;
            }
        }
        self.end_row()
    }

    fn end(mut self: Box<Self>) -> Result<(), WriteError> {
        self.archive.write_all(parts::SHEET_END.as_bytes())?;
        let out = self.archive.finish().map_err(unwritten)?;
        Ok(out.into_inner().end()?)
    }
}

impl<W: Write> fmt::Debug for XlsxWriter<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("XlsxWriter").field("row", &self.row).finish_non_exhaustive()
    }
}

fn begin_part<W: Write>(
    archive: &mut ZipWriter<StreamWriter<Latch<W>>>,
    path: &str,
) -> Result<(), WriteError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(COMPRESSION_LEVEL));
    Ok(archive.start_file(path, options).map_err(unwritten)?)
}

fn unwritten(error: ZipError) -> io::Error {
    match error {
        ZipError::Io(error) => error,
        other => io::Error::other(other),
    }
}
