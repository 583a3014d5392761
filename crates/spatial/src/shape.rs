//! A shape to search by: a bounding box, which may cross the date line, or a geometry.

use std::fmt;

use model::place::{BoundingBox, Geometry, LONGITUDE_MAX, Polygon, Position, Ring};

use crate::predicate;

/// What a geometry is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A box; west > east where it crosses the date line.
    Box(BoundingBox),
    /// A point, line or area.
    Geometry(Geometry),
}

impl Shape {
    /// Whether the two have at least one position in common.
    pub fn intersects(&self, geometry: &Geometry) -> bool {
        match (self, geometry) {
            (Self::Geometry(shape), _) => predicate::intersects(shape, geometry),
            (Self::Box(bounds), Geometry::Point(position)) => bounds.holds(*position),
            (Self::Box(bounds), _) => {
                geometry.positions().any(|position| bounds.holds(position))
                    || parts(*bounds)
                        .any(|part| predicate::intersects(&box_geometry(part), geometry))
            }
        }
    }

    /// Whether no position of `geometry` lies outside of the shape.
    pub fn contains(&self, geometry: &Geometry) -> bool {
        match self {
            Self::Geometry(shape) => predicate::contains(shape, geometry),
            Self::Box(bounds) => box_contains(*bounds, geometry),
        }
    }

    /// Whether no position of the shape lies outside of `geometry`.
    pub fn is_within(&self, geometry: &Geometry) -> bool {
        match self {
            Self::Geometry(shape) => predicate::within(shape, geometry),
            Self::Box(bounds) => {
                parts(*bounds).all(|part| predicate::contains(geometry, &box_geometry(part)))
            }
        }
    }

    /// The smallest box around the shape: a first, cheap cut. `None` for an area without polygons.
    pub fn bounds(&self) -> Option<BoundingBox> {
        match self {
            Self::Box(bounds) => Some(*bounds),
            Self::Geometry(geometry) => geometry.bounds(),
        }
    }
}

/// The text of CQL2: `BBOX(west,south,east,north)` or WKT.
impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Box(BoundingBox { west, south, east, north }) => {
                let [west, south, east, north] =
                    [*west, *south, *east, *north].map(model::place::degrees_text);
                write!(f, "BBOX({west},{south},{east},{north})")
            }
            Self::Geometry(geometry) => write!(f, "{geometry}"),
        }
    }
}

/// A box is convex, so a connected part lies in it where all of its positions do; but not in one
/// half with one end and in the other half with the other.
fn box_contains(bounds: BoundingBox, geometry: &Geometry) -> bool {
    let in_one_part = |positions: &[Position]| {
        parts(bounds).any(|part| positions.iter().all(|position| part.holds(*position)))
    };
    match geometry {
        Geometry::Point(position) => bounds.holds(*position),
        Geometry::Line(line) => in_one_part(line),
        Geometry::Area(polygons) => {
            !polygons.is_empty() && polygons.iter().all(|p| in_one_part(p.outer.positions()))
        }
    }
}

/// The box, in two where it crosses the date line.
fn parts(bounds: BoundingBox) -> impl Iterator<Item = BoundingBox> {
    let crosses = bounds.west > bounds.east;
    let western = if crosses { BoundingBox { east: LONGITUDE_MAX, ..bounds } } else { bounds };
    let eastern = crosses.then_some(BoundingBox { west: -LONGITUDE_MAX, ..bounds });
    std::iter::once(western).chain(eastern)
}

/// The box as a geometry: an area, or a line or a point where it is flat.
fn box_geometry(bounds: BoundingBox) -> Geometry {
    let BoundingBox { west, south, east, north } = bounds;
    let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)];
    let corners: Vec<Position> =
        corners.into_iter().filter_map(|(lon, lat)| Position::from_units(lon, lat).ok()).collect();
    let opposite = (corners.first().copied(), corners.get(2).copied());
    match (opposite, west == east, south == north) {
        ((Some(corner), _), true, true) => Geometry::Point(corner),
        ((Some(from), Some(to)), true, false) | ((Some(from), Some(to)), false, true) => {
            Geometry::Line(vec![from, to])
        }
        _ => Geometry::Area(
            Ring::new(corners)
                .ok()
                .map(|outer| Polygon { outer, holes: vec![] })
                .into_iter()
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests;
