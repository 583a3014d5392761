//! Where to write the name of an area: the place inside of it that is farthest from its edge.
//!
//! A grid is laid over the largest polygon and refined where a farther place may be, until nothing
//! can be won. On the map's plane ([`crate::mercator`]), in whole numbers: the polygon is shrunk to
//! a small square first, so that products fit in 64 bits.

use std::collections::BinaryHeap;

use model::place::{Geometry, Polygon, Position};

use crate::mercator::{Projected, project, unproject};
use crate::tile::simplify;

type Place = (i64, i64);

/// The longer side of the square a polygon is shrunk to.
const SHRUNK: i64 = 1 << 14;
/// What is thinned out of a shrunk polygon.
const TOLERANCE: i64 = 12;
/// The finest step, as a part of the polygon's shorter side.
const STEPS: i64 = 128;
/// Cells of the first grid along the shorter side.
const CELLS: i64 = 4;
/// The most cells that are looked at: a polygon of wild shape gets the best place so far.
const LOOKS_MAX: usize = 4_000;

/// Where the name of a geometry is written; nothing for an area without polygons. The middle
/// position of a line.
pub fn label_position(geometry: &Geometry) -> Option<Position> {
    match geometry {
        Geometry::Point(position) => Some(*position),
        Geometry::Line(line) => line.get(line.len() / 2).copied(),
        Geometry::Area(polygons) => {
            let rings = polygons.iter().map(rings_of).max_by_key(|rings| area(rings.first()))?;
            let shrinking = Shrinking::of(rings.first()?)?;
            let shrunk: Vec<Vec<Place>> = rings.iter().map(|ring| shrinking.ring(ring)).collect();
            let (x, y) = shrinking.back(innermost(&shrunk)?);
            let units = |value: i64| u32::try_from(value).unwrap_or(0);
            Some(unproject(Projected { x: units(x), y: units(y) }))
        }
    }
}

fn rings_of(polygon: &Polygon) -> Vec<Vec<Place>> {
    let place = |position: &Position| {
        let at = project(*position);
        (i64::from(at.x), i64::from(at.y))
    };
    polygon.rings().map(|ring| ring.positions().iter().map(place).collect()).collect()
}

/// Twice the area of a closed ring.
fn area(ring: Option<&Vec<Place>>) -> i128 {
    let Some(ring) = ring else { return 0 };
    let wide = |(x, y): Place| (i128::from(x), i128::from(y));
    let part = |pair: &[Place]| {
        let ((ax, ay), (bx, by)) = (wide(pair[0]), wide(pair[1]));
        ax * by - bx * ay
    };
    ring.windows(2).map(part).sum::<i128>().abs()
}

/// How a polygon is brought to a small square.
struct Shrinking {
    corner: Place,
    /// Units of the map in one of the square.
    unit: i64,
}

impl Shrinking {
    fn of(outer: &[Place]) -> Option<Self> {
        let (xs, ys) = (outer.iter().map(|at| at.0), outer.iter().map(|at| at.1));
        let corner = (xs.clone().min()?, ys.clone().min()?);
        let longer = (xs.max()? - corner.0).max(ys.max()? - corner.1);
        Some(Self { corner, unit: longer / SHRUNK + 1 })
    }

    /// A closed ring, shrunk and thinned.
    fn ring(&self, ring: &[Place]) -> Vec<Place> {
        let open = ring.split_last().map_or(ring, |(_first_again, open)| open);
        let place =
            |(x, y): &Place| ((x - self.corner.0) / self.unit, (y - self.corner.1) / self.unit);
        let shrunk: Vec<Place> = open.iter().map(place).collect();
        let mut thinned = simplify::ring(&shrunk, TOLERANCE);
        thinned.extend(thinned.first().copied());
        thinned
    }

    fn back(&self, (x, y): Place) -> Place {
        (self.corner.0 + x * self.unit, self.corner.1 + y * self.unit)
    }
}

/// A square of the search, the most promising first.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cell {
    /// No place in the square is farther from the edge than this.
    reach: i64,
    /// How far its middle is from the edge; negative outside of the polygon.
    distance: i64,
    half: i64,
    middle: Place,
}

impl Cell {
    fn new(middle: Place, half: i64, rings: &[Vec<Place>]) -> Self {
        let distance = distance_inside(middle, rings);
        // The corner of a square is 1.42 times its half side away.
        Self { reach: distance + half * 142 / 100 + 1, distance, half, middle }
    }
}

fn innermost(rings: &[Vec<Place>]) -> Option<Place> {
    let outer = rings.first()?;
    let (xs, ys) = (outer.iter().map(|at| at.0), outer.iter().map(|at| at.1));
    let (west, east) = (xs.clone().min()?, xs.max()?);
    let (north, south) = (ys.clone().min()?, ys.max()?);
    let side = (east - west).min(south - north).max(1);
    let (step, finest) = ((side / CELLS).max(1), (side / STEPS).max(1));
    let mut cells = BinaryHeap::new();
    for row in 0..=(south - north) / step {
        for column in 0..=(east - west) / step {
            let middle = (west + column * step + step / 2, north + row * step + step / 2);
            cells.push(Cell::new(middle, step / 2 + 1, rings));
        }
    }
    let mut best = cells.iter().max_by_key(|cell| cell.distance).map(|c| (c.distance, c.middle))?;
    for _ in 0..LOOKS_MAX {
        let Some(cell) = cells.pop().filter(|cell| cell.reach > best.0 + finest) else { break };
        let half = cell.half / 2 + 1;
        for (x, y) in [(-half, -half), (half, -half), (-half, half), (half, half)] {
            let part = Cell::new((cell.middle.0 + x, cell.middle.1 + y), half, rings);
            best = best.max((part.distance, part.middle));
            cells.push(part);
        }
    }
    (best.0 >= 0).then_some(best.1).or_else(|| outer.first().copied())
}

/// The distance from the nearest edge; negative outside.
fn distance_inside(place: Place, rings: &[Vec<Place>]) -> i64 {
    let mut inside = false;
    let mut nearest = i64::MAX;
    for pair in rings.iter().flat_map(|ring| ring.windows(2)) {
        let (a, b) = (pair[0], pair[1]);
        if (a.1 > place.1) != (b.1 > place.1) {
            let turn = (b.0 - a.0) * (place.1 - a.1) - (b.1 - a.1) * (place.0 - a.0);
            inside ^= (turn > 0) == (b.1 > a.1);
        }
        nearest = nearest.min(squared_distance(place, a, b));
    }
    if inside { nearest.isqrt() } else { -nearest.isqrt() }
}

fn squared_distance(place: Place, a: Place, b: Place) -> i64 {
    let ((along_x, along_y), (to_x, to_y)) = (minus(b, a), minus(place, a));
    let length = along_x * along_x + along_y * along_y;
    let dot = along_x * to_x + along_y * to_y;
    if dot <= 0 {
        return to_x * to_x + to_y * to_y;
    }
    if dot >= length {
        let (to_x, to_y) = minus(place, b);
        return to_x * to_x + to_y * to_y;
    }
    let cross = along_x * to_y - along_y * to_x;
    let off = cross / length.isqrt().max(1);
    off * off
}

fn minus(a: Place, b: Place) -> Place {
    (a.0 - b.0, a.1 - b.1)
}

#[cfg(test)]
mod tests {
    use model::place::UNITS_PER_DEGREE;
    use proptest::prelude::*;

    use super::*;
    use crate::predicate::contains;
    use crate::testing::{at, polygon, ring};

    #[test]
    fn a_horseshoe_is_named_in_its_bow_and_not_between_its_ends() {
        let degree = UNITS_PER_DEGREE;
        let corners =
            [(0, 0), (10, 0), (10, 10), (8, 10), (8, 4), (2, 4), (2, 10), (0, 10), (0, 0)];
        let corners = corners.map(|(lon, lat)| (lon * degree, lat * degree));
        let shoe = Geometry::Area(vec![Polygon { outer: ring(&corners), holes: vec![] }]);
        let label = label_position(&shoe).expect("it has a place");
        assert!(contains(&shoe, &Geometry::Point(label)), "{label}");
        assert!(label.lat() < 3 * degree, "{label}");
    }

    #[test]
    fn points_and_empty_areas() {
        assert_eq!(label_position(&Geometry::Point(at(5, 6))), Some(at(5, 6)));
        assert_eq!(label_position(&Geometry::Area(vec![])), None);
    }

    proptest! {
        #[test]
        fn a_polygon_is_named_inside_of_itself(polygon in polygon(8)) {
            let area = Geometry::Area(vec![scaled(&polygon)]);
            let label = label_position(&area).expect("it has a place");
            prop_assert!(contains(&area, &Geometry::Point(label)), "{} {}", label, area);
        }
    }

    fn scaled(polygon: &Polygon) -> Polygon {
        let scale = |ring: &model::place::Ring| {
            let corners: Vec<(i32, i32)> = ring
                .positions()
                .iter()
                .map(|p| (p.lon() * UNITS_PER_DEGREE, p.lat() * UNITS_PER_DEGREE))
                .collect();
            crate::testing::ring(&corners)
        };
        Polygon { outer: scale(&polygon.outer), holes: polygon.holes.iter().map(scale).collect() }
    }
}
