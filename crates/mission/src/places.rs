//! The places of a mission: its areas by level, and its settlements.
//!
//! Loaded apart from the pack, when a map, a filter or an import first asks: they are megabytes
//! where the rest of a pack is kilobytes.

mod gazetteer;
mod geojson;
mod read;

use std::collections::BTreeMap;

use model::place::{Geometry, Position};
use spatial::area_index::AreaIndex;

pub use read::load;
pub(crate) use read::read;

/// The places of a pack.
#[derive(Debug, Default)]
pub struct Places {
    levels: BTreeMap<u8, Level>,
    settlements: Vec<Settlement>,
}

/// The areas of one level.
#[derive(Debug)]
pub struct Level {
    areas: BTreeMap<String, Area>,
    index: AreaIndex,
}

/// An administrative area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its P-code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// The P-code of the area it is part of.
    pub parent: Option<String>,
    /// Its shape.
    pub geometry: Geometry,
}

/// A place people live in or speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// Its P-code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What kind of place it is, in the source's words.
    pub class: Option<String>,
    /// The P-code of the area it belongs to.
    pub area: Option<String>,
    /// Where it is.
    pub position: Position,
}

impl Places {
    /// The P-code of the area of this level that a position lies in.
    pub fn find(&self, level: u8, position: Position) -> Option<&str> {
        self.levels.get(&level)?.index.find(position)
    }

    /// The levels there are, the largest areas first.
    pub fn levels(&self) -> impl Iterator<Item = (u8, &Level)> {
        self.levels.iter().map(|(level, areas)| (*level, areas))
    }

    /// The area of this P-code, of any level.
    pub fn area(&self, code: &str) -> Option<&Area> {
        self.levels.values().find_map(|level| level.areas.get(code))
    }

    /// The settlements, as their sheet has them.
    pub fn settlements(&self) -> &[Settlement] {
        &self.settlements
    }
}

impl Level {
    /// Its areas by P-code.
    pub fn areas(&self) -> impl Iterator<Item = &Area> {
        self.areas.values()
    }
}

#[cfg(test)]
mod tests;
