//! Whether every position of one geometry belongs to another.
//!
//! The trick that keeps this exact: where a segment lies in a polygon, it meets the polygon's edges
//! only at whole positions (a corner of the polygon or an end of the segment). Cut at the corners,
//! each piece lies wholly inside, wholly outside or along an edge, and its middle tells which.

use model::place::{Geometry, Polygon, Position};

use super::locate::{Fine, Where, in_polygon, in_ring};
use super::segment::{Segment, segments};

/// Whether `inner` is a part of `outer`.
pub(super) fn covers(outer: &Geometry, inner: &Geometry) -> bool {
    match (outer, inner) {
        (_, Geometry::Point(position)) => super::point_on(*position, outer),
        (Geometry::Point(position), Geometry::Line(line)) => line.iter().all(|p| p == position),
        (Geometry::Line(outer), Geometry::Line(inner)) => {
            segments(inner).all(|segment| line_covers(outer, segment))
        }
        (Geometry::Area(polygons), Geometry::Line(line)) => {
            segments(line).all(|segment| area_covers(polygons, segment))
        }
        (Geometry::Area(outer), Geometry::Area(inner)) => inner
            .iter()
            .all(|polygon| outer.iter().any(|candidate| polygon_covers(candidate, polygon))),
        (Geometry::Point(_) | Geometry::Line(_), Geometry::Area(_)) => false,
    }
}

/// Whether a line runs along the whole of `segment`, with as many of its own segments as it takes.
fn line_covers(line: &[Position], segment: Segment) -> bool {
    let along = |position: Position| along_axis(segment, position);
    let (start, end) = ordered(along(segment.from), along(segment.to));
    let mut parts: Vec<(i32, i32)> = segments(line)
        .filter(|part| segment_is_along(segment, *part))
        .map(|part| ordered(along(part.from), along(part.to)))
        .collect();
    parts.sort_unstable();
    let mut reached = None;
    for (from, to) in parts {
        if from > reached.unwrap_or(start) {
            break;
        }
        reached = Some(to.max(reached.unwrap_or(to)));
    }
    reached.is_some_and(|reached| reached >= end)
}

/// Whether `part` lies on the line through `segment`; for a segment of no length, whether `part`
/// runs through it.
fn segment_is_along(segment: Segment, part: Segment) -> bool {
    if segment.from == segment.to {
        return part.holds(segment.from);
    }
    segment.side(part.from).is_eq() && segment.side(part.to).is_eq()
}

/// The coordinate that changes along a segment: longitude, or latitude where it runs due north.
fn along_axis(segment: Segment, position: Position) -> i32 {
    if segment.from.lon() == segment.to.lon() { position.lat() } else { position.lon() }
}

fn ordered(a: i32, b: i32) -> (i32, i32) {
    (a.min(b), a.max(b))
}

/// Whether the polygons hold `segment`, each piece of it in one of them.
fn area_covers(polygons: &[Polygon], segment: Segment) -> bool {
    let corners = polygons.iter().flat_map(corners_of);
    let pieces = cut(segment, corners);
    pieces.into_iter().all(|piece| polygons.iter().any(|polygon| holds_piece(polygon, piece)))
}

fn corners_of(polygon: &Polygon) -> impl Iterator<Item = Position> + '_ {
    polygon.rings().flat_map(|ring| ring.positions().iter().copied())
}

/// The segment in pieces, cut at each corner that lies on it.
fn cut(segment: Segment, corners: impl Iterator<Item = Position>) -> Vec<Segment> {
    let mut stops: Vec<Position> = corners.filter(|corner| segment.holds(*corner)).collect();
    stops.extend([segment.from, segment.to]);
    stops.sort_unstable();
    stops.dedup();
    if let [only] = stops.as_slice() {
        return vec![Segment { from: *only, to: *only }];
    }
    segments(&stops).collect()
}

/// Whether one polygon holds a piece that no corner of it cuts.
fn holds_piece(polygon: &Polygon, piece: Segment) -> bool {
    in_polygon(Fine::middle(piece.from, piece.to), polygon) != Where::Outside
        && !polygon.rings().flat_map(|ring| segments(ring.positions())).any(|e| e.crosses(piece))
}

/// Whether `outer` holds `inner`: it holds the edge, and none of its holes lies in the inside.
fn polygon_covers(outer: &Polygon, inner: &Polygon) -> bool {
    let holds = |segment: Segment| {
        let pieces = cut(segment, corners_of(outer));
        pieces.into_iter().all(|piece| holds_piece(outer, piece))
    };
    inner.rings().flat_map(|ring| segments(ring.positions())).all(holds)
        && !outer.holes.iter().any(|hole| hole_lies_in(hole.positions(), inner))
}

/// Whether the inside of `hole` lies in `polygon`, whose edge is known not to enter it.
fn hole_lies_in(hole: &[Position], polygon: &Polygon) -> bool {
    inner_place(hole).is_some_and(|place| in_polygon(place, polygon) == Where::Inside)
}

/// A place strictly inside of a ring; `None` for a ring without an inside.
///
/// Its smallest corner is convex. Where the triangle with the two neighbours holds no other corner,
/// its centre is inside; else the middle between the corner and the one nearest to it is.
fn inner_place(ring: &[Position]) -> Option<Fine> {
    let (_, open) = ring.split_last()?;
    let smallest = open.iter().enumerate().min_by_key(|(_, position)| **position)?.0;
    let corner = *open.get(smallest)?;
    let other = |position: &&Position| **position != corner;
    let next = *open.iter().cycle().skip(smallest).take(open.len()).find(other)?;
    let before =
        *open.iter().rev().cycle().skip(open.len() - smallest).take(open.len()).find(other)?;
    let triangle = [corner, next, before, corner];
    let base = Segment { from: next, to: before };
    let nearest = open
        .iter()
        .filter(|position| ![corner, next, before].contains(position))
        .filter(|position| in_ring(Fine::from(**position), &triangle) != Where::Outside)
        .max_by_key(|position| distance_rank(base, **position));
    let place =
        nearest.map_or_else(|| Fine::centre(corner, next, before), |n| Fine::middle(corner, *n));
    (in_ring(place, ring) == Where::Inside).then_some(place)
}

/// Grows with the distance from the line through `base`.
fn distance_rank(base: Segment, position: Position) -> u128 {
    let east = i128::from(base.to.lon()) - i128::from(base.from.lon());
    let north = i128::from(base.to.lat()) - i128::from(base.from.lat());
    let position_east = i128::from(position.lon()) - i128::from(base.from.lon());
    let position_north = i128::from(position.lat()) - i128::from(base.from.lat());
    (east * position_north - north * position_east).unsigned_abs()
}
