//! Records as CSV: UTF-8, commas, CR LF, quotes where needed, geometries as WKT, and no text that a
//! spreadsheet would run.

use std::io::{self, Write};

use ::csv::{QuoteStyle, Terminator, Writer, WriterBuilder};
use model::value::Value;

use crate::formula;

use super::{Exported, ID_COLUMN, Layout, Rows, WriteError};

/// Writes CSV.
#[derive(Debug)]
pub struct CsvWriter<W: Write> {
    layout: Layout,
    out: Writer<W>,
}

impl<W: Write> CsvWriter<W> {
    /// Writes the header.
    pub fn new(layout: Layout, out: W) -> Result<Self, WriteError> {
        let mut out = WriterBuilder::new()
            .quote_style(QuoteStyle::Necessary)
            .terminator(Terminator::CRLF)
            .from_writer(out);
        let names = layout.columns().iter().map(|column| column.name.as_str());
        out.write_record(std::iter::once(ID_COLUMN).chain(names)).map_err(io::Error::from)?;
        Ok(Self { layout, out })
    }
}

impl<W: Write> Rows for CsvWriter<W> {
    fn row(&mut self, record: &Exported<'_>) -> Result<(), WriteError> {
        self.out.write_field(record.id.to_string()).map_err(io::Error::from)?;
        for position in 0..self.layout.columns().len() {
            write_cell(&mut self.out, record.value(position)).map_err(io::Error::from)?;
        }
        self.out.write_record(None::<&[u8]>).map_err(io::Error::from)?;
        Ok(())
    }

    fn end(mut self: Box<Self>) -> Result<(), WriteError> {
        Ok(self.out.flush()?)
    }
}

fn write_cell<W: Write>(out: &mut Writer<W>, value: Option<&Value>) -> Result<(), ::csv::Error> {
    match value {
        None => out.write_field(""),
        Some(Value::Text(text) | Value::Code(text)) => {
            out.write_field(formula::neutralised(text).as_bytes())
        }
        Some(value @ Value::Codes(_)) => {
            out.write_field(formula::neutralised(&value.to_string()).as_bytes())
        }
        Some(value) => out.write_field(value.to_string()),
    }
}
