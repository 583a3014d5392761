//! A mission pack: mandates, registers, code lists, roles, mappings, places, the map under them.
//! Load, check, compare.
//!
//! A pack is a folder of plain files that people write. It comes as bytes ([`folder::Folder`]) and
//! leaves as a [`pack::Pack`] in which every reference leads somewhere, or as findings: all of them
//! at once, each with its code, file, line and key. Nothing here opens a file, reads a clock or
//! knows any particular mission.

pub mod basemap;
pub mod diff;
mod document;
pub mod effects;
pub mod exercise;
mod findings;
pub mod folder;
mod laid;
mod layer;
pub mod load;
pub mod mandate;
pub mod mapping;
pub mod pack;
mod packed;
pub mod places;
pub mod register;
mod role;
#[cfg(test)]
mod testing;
mod translation;
