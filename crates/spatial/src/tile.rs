//! Map tiles: their addresses, and shapes cut, thinned and rounded to the grid of a tile.
//!
//! A tile is a square of the [`crate::mercator`] map, 4096 units a side, numbered from the
//! north-west. Shapes are cut a little outside of it, so that lines drawn along its edge do not
//! show. All of it is whole numbers. What comes out is for drawing; no answer is computed from it.

mod clip;
mod outline;
pub(crate) mod simplify;
mod sound;

use std::fmt;

use model::place::{BoundingBox, LONGITUDE_MAX};
use thiserror::Error;

pub use outline::Outline;

use crate::mercator::{Projected, WORLD, unproject};

/// The largest zoom there is.
pub const ZOOM_MAX: u8 = 22;
/// Units along a side of a tile, as a power of two.
const EXTENT_BITS: u32 = 12;
/// Units along a side of a tile.
pub const EXTENT: i32 = 1 << EXTENT_BITS;
/// How far outside of a tile its shapes reach, in its units.
pub const BUFFER: i32 = 64;

/// Why something is not the address of a tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TileError {
    /// A zoom that does not exist.
    #[error("zoom {0} is more than {ZOOM_MAX}")]
    Zoom(u8),
    /// A column or row outside of the world.
    #[error("{0} is outside of 0 to {1}")]
    Outside(u32, u32),
}

/// The address of a tile: a zoom, a column from the date line, a row from the north.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileAddress {
    z: u8,
    x: u32,
    y: u32,
}

/// A place in a tile, in its units from its north-west.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// To the east.
    pub x: i32,
    /// To the south.
    pub y: i32,
}

/// A shape as a tile draws it. Rings are open: the last place is not the first again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// Points.
    Points(Vec<At>),
    /// Lines of two places or more.
    Lines(Vec<Vec<At>>),
    /// Polygons: an outer ring and its holes.
    Polygons(Vec<Vec<Vec<At>>>),
}

impl TileAddress {
    /// The address, where there is such a tile.
    pub fn new(z: u8, x: u32, y: u32) -> Result<Self, TileError> {
        if z > ZOOM_MAX {
            return Err(TileError::Zoom(z));
        }
        let last = (1 << u32::from(z)) - 1;
        match [x, y].into_iter().find(|at| *at > last) {
            Some(outside) => Err(TileError::Outside(outside, last)),
            None => Ok(Self { z, x, y }),
        }
    }

    /// The tile of this zoom that a place of the map lies in. A zoom beyond [`ZOOM_MAX`] counts as
    /// that.
    pub fn holding(z: u8, at: Projected) -> Self {
        let z = z.min(ZOOM_MAX);
        let shift = 32 - u32::from(z);
        let of = |units: u32| units.checked_shr(shift).unwrap_or(0);
        Self { z, x: of(at.x), y: of(at.y) }
    }

    /// The zoom.
    pub const fn z(self) -> u8 {
        self.z
    }

    /// The column.
    pub const fn x(self) -> u32 {
        self.x
    }

    /// The row.
    pub const fn y(self) -> u32 {
        self.y
    }

    /// The length of its side on the map.
    pub(crate) const fn side(self) -> i64 {
        WORLD >> self.z
    }

    /// Its north-western corner on the map.
    pub(crate) fn corner(self) -> (i64, i64) {
        (i64::from(self.x) * self.side(), i64::from(self.y) * self.side())
    }

    /// Where a place of the map is in the tile; outside of `0..EXTENT` where it lies outside.
    pub fn place(self, at: Projected) -> At {
        self.place_plane((i64::from(at.x), i64::from(at.y)))
    }

    pub(crate) fn place_plane(self, (x, y): (i64, i64)) -> At {
        let (west, north) = self.corner();
        At { x: self.scaled(x - west), y: self.scaled(y - north) }
    }

    /// Whether a place of the map lies in the tile itself.
    pub fn holds(self, at: Projected) -> bool {
        Self::holding(self.z, at) == self
    }

    /// The box of the tile in degrees.
    pub fn bounds(self) -> BoundingBox {
        let corner = |x: u32, y: u32| {
            let units = |n: u32| u32::try_from(i64::from(n) * self.side()).unwrap_or(u32::MAX);
            unproject(Projected { x: units(x), y: units(y) })
        };
        let (first, last) = (corner(self.x, self.y), corner(self.x + 1, self.y + 1));
        let ends_world = i64::from(self.x + 1) * self.side() == WORLD;
        let east = if ends_world { LONGITUDE_MAX } else { last.lon() };
        BoundingBox { west: first.lon(), south: last.lat(), east, north: first.lat() }
    }

    /// A distance on the map in units of the tile, rounded down.
    fn scaled(self, distance: i64) -> i32 {
        let units = (distance << EXTENT_BITS) >> (32 - u32::from(self.z));
        i32::try_from(units).unwrap_or(if units < 0 { i32::MIN } else { i32::MAX })
    }
}

/// `z/x/y`.
impl fmt::Display for TileAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.z, self.x, self.y)
    }
}

#[cfg(test)]
mod tests;
