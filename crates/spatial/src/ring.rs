//! Whether the rings of an area are sound: none crosses itself or another ring of its polygon.

use model::limits::GEOMETRY_POSITIONS_MAX;
use model::place::{Geometry, PlaceError, Polygon, Position, Ring};

use crate::predicate::contains;
use crate::predicate::segment::{Segment, segments};
use crate::sweep;

/// Checks every polygon of an area; lines and points pass.
///
/// Refused: a ring that crosses or touches itself or has no inside, two rings of a polygon that
/// cross or share an edge, a hole that leaves its outer ring, more than
/// [`GEOMETRY_POSITIONS_MAX`] positions. A hole may touch another ring in single positions.
/// Positions repeated in a row do no harm.
pub fn check_area(geometry: &Geometry) -> Result<(), PlaceError> {
    let found = geometry.positions().count();
    if found > GEOMETRY_POSITIONS_MAX {
        return Err(PlaceError::TooManyPositions { found, max: GEOMETRY_POSITIONS_MAX });
    }
    match geometry {
        Geometry::Area(polygons) => polygons.iter().try_for_each(check_polygon),
        Geometry::Point(_) | Geometry::Line(_) => Ok(()),
    }
}

fn check_polygon(polygon: &Polygon) -> Result<(), PlaceError> {
    let edges: Vec<Edge> = polygon.rings().enumerate().flat_map(edges_of).collect();
    let clash = sweep::find_among(&edges, |edge| edge.segment, clash).map(|edge| edge.segment.from);
    match clash.or_else(|| flat_ring(polygon)) {
        Some(near) => Err(PlaceError::CrossingRing(near)),
        None => holes_inside(polygon),
    }
}

/// The position of a ring that never leaves it.
fn flat_ring(polygon: &Polygon) -> Option<Position> {
    let mut starts = polygon.rings().filter_map(|ring| {
        let (first, rest) = ring.positions().split_first()?;
        rest.iter().all(|position| position == first).then_some(*first)
    });
    starts.next()
}

/// An edge of a ring: its place among the edges of that ring, and how many there are.
struct Edge {
    segment: Segment,
    ring: usize,
    place: usize,
    count: usize,
}

fn edges_of((ring, positions): (usize, &Ring)) -> Vec<Edge> {
    let long = |segment: &Segment| segment.from != segment.to;
    let of_ring: Vec<Segment> = segments(positions.positions()).filter(long).collect();
    let count = of_ring.len();
    let edge = |(place, segment)| Edge { segment, ring, place, count };
    of_ring.into_iter().enumerate().map(edge).collect()
}

fn clash(a: &Edge, b: &Edge) -> bool {
    let meets = a.segment.meets(b.segment);
    if a.ring != b.ring || follows(a, b) || follows(b, a) {
        return meets && (a.segment.crosses(b.segment) || overlap_along(a.segment, b.segment));
    }
    meets
}

/// Whether `b` is the edge after `a` in their ring.
fn follows(a: &Edge, b: &Edge) -> bool {
    (a.place + 1) % a.count == b.place
}

/// Whether two edges on one line share more than one position.
fn overlap_along(a: Segment, b: Segment) -> bool {
    if a.side(b.from).is_ne() || a.side(b.to).is_ne() {
        return false;
    }
    let ends = [a.from, a.to, b.from, b.to];
    let mut shared: Vec<Position> =
        ends.into_iter().filter(|end| a.holds(*end) && b.holds(*end)).collect();
    shared.sort_unstable();
    shared.dedup();
    shared.len() > 1
}

fn holes_inside(polygon: &Polygon) -> Result<(), PlaceError> {
    if polygon.holes.is_empty() {
        return Ok(());
    }
    let outer = Polygon { outer: polygon.outer.clone(), holes: vec![] };
    let outer = Geometry::Area(vec![outer]);
    let leaves = |hole: &&Ring| !contains(&outer, &Geometry::Line(hole.positions().to_vec()));
    match polygon.holes.iter().find(leaves).and_then(|hole| hole.positions().first()) {
        Some(position) => Err(PlaceError::CrossingRing(*position)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
