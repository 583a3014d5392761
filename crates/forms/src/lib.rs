//! A form: the fields of a register, read from an `XLSForm`'s sheets, and what may be answered.
//!
//! Sheets come as CSV bytes and leave as a [`form::Form`], code lists and findings: everything
//! that is wrong at once, each with its file, row and column. Nothing here opens a file, knows a
//! mission. Expressions are kept as text until a form is [`compiled`].
#![cfg_attr(
    not(test),
    deny(
        clippy::indexing_slicing,
        clippy::expect_used,
        clippy::arithmetic_side_effects,
        clippy::as_conversions
    )
)]

pub mod adopt;
pub mod answer;
pub mod check;
pub mod compiled;
pub mod expression;
pub mod form;
pub mod labels;
pub mod list;
pub mod list_sheet;
pub mod own;
mod shape;
pub mod sheet;
pub mod suggestion;
pub mod survey;
pub mod workbook;
pub mod xform;
