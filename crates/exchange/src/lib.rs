//! Outside formats, both ways: CSV, XLSX and GeoJSON come in; CSV, XLSX, GeoJSON and NDJSON go out.
//!
//! What comes in is text in named columns, whatever the format: [`read::open`] gives a
//! [`read::Table`] whose rows are read one by one, and a row that cannot be read is handed back with
//! its raw text and its findings while the rest goes on. What goes out is written record by record
//! by a [`write::Rows`], to anything that takes bytes.
//!
//! Nothing here knows a register, a mapping or a pack, opens a file, or trusts a byte it reads: every
//! length is checked against [`model::limits`] before memory is spent on it.

pub mod formula;
pub mod json;
pub mod read;
pub mod write;

#[cfg(test)]
mod testing;
