//! Records as GeoJSON (RFC 7946): a collection with a feature for each.

use std::io::Write;

use super::feature::FeatureWriter;
use super::{Exported, ID_COLUMN, Layout, Rows, WriteError};

/// Writes GeoJSON.
#[derive(Debug)]
pub struct GeoJsonWriter<W: Write> {
    features: FeatureWriter,
    out: W,
    is_first: bool,
}

impl<W: Write> GeoJsonWriter<W> {
    /// Writes the beginning of the collection.
    pub fn new(layout: &Layout, mut out: W) -> Result<Self, WriteError> {
        out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
        Ok(Self { features: FeatureWriter::new(layout), out, is_first: true })
    }
}

impl<W: Write> Rows for GeoJsonWriter<W> {
    fn row(&mut self, record: &Exported<'_>) -> Result<(), WriteError> {
        let separator = if std::mem::take(&mut self.is_first) { "\n" } else { ",\n" };
        self.out.write_all(separator.as_bytes())?;
        let value = |position| record.value(position);
        Ok(self.features.write_with_id((record.id, ID_COLUMN), value, &mut self.out)?)
    }

    fn end(mut self: Box<Self>) -> Result<(), WriteError> {
        self.out.write_all(b"\n]}\n")?;
        Ok(self.out.flush()?)
    }
}
