//! Where to write the name of an area: the place inside of it that is farthest from its edge.
//!
//! A grid is laid over the largest polygon and refined where a farther place may be, until nothing
//! can be won. On the map's plane ([`crate::mercator`]), in whole numbers.

use std::collections::BinaryHeap;

use model::place::{Geometry, Polygon, Position};

use crate::mercator::{Projected, project, unproject};

type Place = (i64, i64);

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
            let (x, y) = innermost(&rings)?;
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
    let mut nearest = u128::MAX;
    for pair in rings.iter().flat_map(|ring| ring.windows(2)) {
        let (a, b) = (pair[0], pair[1]);
        if (a.1 > place.1) != (b.1 > place.1) {
            let turn = i128::from(b.0 - a.0) * i128::from(place.1 - a.1)
                - i128::from(b.1 - a.1) * i128::from(place.0 - a.0);
            inside ^= (turn > 0) == (b.1 > a.1);
        }
        nearest = nearest.min(squared_distance(place, a, b));
    }
    let distance = i64::try_from(nearest.isqrt()).unwrap_or(i64::MAX / 4);
    if inside { distance } else { -distance }
}

fn squared_distance(place: Place, a: Place, b: Place) -> u128 {
    let wide = |from: Place, to: Place| (i128::from(to.0 - from.0), i128::from(to.1 - from.1));
    let ((along_x, along_y), (to_x, to_y)) = (wide(a, b), wide(a, place));
    let length = along_x * along_x + along_y * along_y;
    let dot = (along_x * to_x + along_y * to_y).clamp(0, length);
    let square = |x: i128, y: i128| (x * x + y * y).unsigned_abs();
    if length == 0 {
        return square(to_x, to_y);
    }
    square(to_x - along_x * dot / length, to_y - along_y * dot / length)
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
