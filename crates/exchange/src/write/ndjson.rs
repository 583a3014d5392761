//! Records as NDJSON: one object for each line, every column a member, exactly as they are.

use std::io::{self, Write};

use crate::json;

use super::{Exported, ID_COLUMN, Layout, Rows, WriteError};

/// Writes NDJSON.
#[derive(Debug)]
pub struct NdjsonWriter<W: Write> {
    layout: Layout,
    out: W,
}

impl<W: Write> NdjsonWriter<W> {
    /// There is nothing before the first line.
    pub fn new(layout: Layout, out: W) -> Self {
        Self { layout, out }
    }
}

impl<W: Write> Rows for NdjsonWriter<W> {
    fn row(&mut self, record: &Exported<'_>) -> Result<(), WriteError> {
        write!(self.out, "{{\"{ID_COLUMN}\":\"{}\"", record.id)?;
        write_members(&self.layout, record, &mut self.out)?;
        Ok(self.out.write_all(b"}\n")?)
    }

    fn end(mut self: Box<Self>) -> Result<(), WriteError> {
        Ok(self.out.flush()?)
    }
}

/// Writes `,"name":value` for each column.
fn write_members(layout: &Layout, record: &Exported<'_>, out: &mut impl Write) -> io::Result<()> {
    for (position, column) in layout.columns().iter().enumerate() {
        write!(out, ",\"{}\":", column.name)?;
        match record.value(position) {
            Some(value) => json::write(value, out)?,
            None => out.write_all(b"null")?,
        }
    }
    Ok(())
}
