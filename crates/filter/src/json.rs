//! The JSON form of CQL2, read and written.

mod reader;
mod writer;

pub(crate) use reader::read;
pub(crate) use writer::write;
