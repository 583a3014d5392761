//! Who may do what to which record, and why: one grant model, as a decision and as a filter.
//!
//! A [`Role`] of a pack holds grants; an [`Account`] holds roles, areas, compartments and a
//! clearance; a [`Viewer`] is what both give one person. A [`Rule`] is that person's right to one
//! action in one register, in two forms that say the same of every record: a filter, which the
//! store puts under every query, count, tile and search so that what may not be seen is never
//! counted; and a decision with its reason, for one record in hand. Where anything is unclear (no
//! classification, an unknown one, a scope that does not fit the register) the answer is no.
//!
//! Nothing here reads packs, journals or sessions, and nothing tells a user why they were denied:
//! a [`Reason`] is for audit and for administrators.

#![deny(
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    clippy::as_conversions
)]

mod action;
mod grant;
mod rule;
mod table;
mod viewer;

pub use action::{Action, ParseActionError};
pub use grant::{Compartments, Grant, Registers, Role};
pub use rule::{Decision, Reason, RegisterSchema, Rule};
pub use table::table;
pub use viewer::{Account, Held, Viewer};

/// The field that holds a record's classification.
pub const CLASSIFICATION: &str = "classification";
/// The field that holds the compartment a record is in; no value means that of its register, or none
/// where that has none.
pub const CAVEAT: &str = "caveat";

#[cfg(test)]
mod tests;
