//! Forms of other people's making: reading workbooks, and writing registers as `XForm`s.

mod file;

pub use file::{FormFile, read_form, read_form_bytes};
