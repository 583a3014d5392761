//! Forms of other people's making: reading workbooks, making registers of them, and writing the forms of
//! registers for form clients.

mod file;
mod layer;
mod own;
mod register;

pub use file::{FormFile, read_form, read_form_bytes};
pub(crate) use layer::OwnForms;
pub(crate) use own::file_of_form;
pub use own::xform;
pub use register::TakenForm;
