//! The text form of CQL2, read and written.

mod lexer;
mod reader;
mod writer;

pub(crate) use reader::read;
pub(crate) use writer::write;
