//! Whether two geometries meet, and whether one holds the other.
//!
//! Shapes are closed sets: the edge of an area and the ends of a line belong to them, so a place on
//! a border lies in the areas on both sides of it. Areas are taken to be valid, as
//! [`crate::ring::check_area`] finds them: rings do not cross, and the polygons of one area touch
//! in single positions at most.

mod cover;
pub(crate) mod locate;
pub(crate) mod segment;

use model::place::{BoundingBox, Geometry, Polygon, Position};

use self::locate::{Fine, Where, in_area};
use self::segment::{Segment, segments};
use crate::sweep;

/// Whether `position` lies in the area or on its edge. Lines and points are not areas.
pub fn point_in_area(position: Position, area: &Geometry) -> bool {
    match area {
        Geometry::Area(polygons) => in_polygons(position, polygons),
        Geometry::Point(_) | Geometry::Line(_) => false,
    }
}

/// Whether the two have at least one position in common.
pub fn intersects(a: &Geometry, b: &Geometry) -> bool {
    let (Some(a_bounds), Some(b_bounds)) = (a.bounds(), b.bounds()) else { return false };
    if !boxes_overlap(a_bounds, b_bounds) {
        return false;
    }
    match (a, b) {
        (Geometry::Point(position), other) | (other, Geometry::Point(position)) => {
            point_on(*position, other)
        }
        (Geometry::Line(a), Geometry::Line(b)) => edges_meet(&edges_of_line(a), &edges_of_line(b)),
        (Geometry::Line(line), Geometry::Area(area))
        | (Geometry::Area(area), Geometry::Line(line)) => {
            line.iter().any(|position| in_polygons(*position, area))
                || edges_meet(&edges_of_line(line), &edges_of_area(area))
        }
        (Geometry::Area(a), Geometry::Area(b)) => areas_meet(a, b),
    }
}

/// Whether no position of `b` lies outside of `a`. Nothing holds an area without polygons.
pub fn contains(a: &Geometry, b: &Geometry) -> bool {
    let (Some(a_bounds), Some(b_bounds)) = (a.bounds(), b.bounds()) else { return false };
    box_in_box(b_bounds, a_bounds) && cover::covers(a, b)
}

/// Whether no position of `a` lies outside of `b`.
pub fn within(a: &Geometry, b: &Geometry) -> bool {
    contains(b, a)
}

fn point_on(position: Position, geometry: &Geometry) -> bool {
    match geometry {
        Geometry::Point(other) => position == *other,
        Geometry::Line(line) => segments(line).any(|segment| segment.holds(position)),
        Geometry::Area(polygons) => in_polygons(position, polygons),
    }
}

fn in_polygons(position: Position, polygons: &[Polygon]) -> bool {
    in_area(Fine::from(position), polygons) != Where::Outside
}

/// Two areas meet where edges meet or where one lies wholly in the other.
fn areas_meet(a: &[Polygon], b: &[Polygon]) -> bool {
    let starts_in = |polygons: &[Polygon], other: &[Polygon]| {
        let mut starts = polygons.iter().filter_map(|p| p.outer.positions().first());
        starts.any(|position| in_polygons(*position, other))
    };
    starts_in(a, b) || starts_in(b, a) || edges_meet(&edges_of_area(a), &edges_of_area(b))
}

fn edges_meet(a: &[Segment], b: &[Segment]) -> bool {
    sweep::any_between(a, b, Segment::meets)
}

fn edges_of_line(line: &[Position]) -> Vec<Segment> {
    segments(line).collect()
}

fn edges_of_area(polygons: &[Polygon]) -> Vec<Segment> {
    let rings = polygons.iter().flat_map(Polygon::rings);
    rings.flat_map(|ring| segments(ring.positions())).collect()
}

/// Whether two boxes have a position in common. Not for boxes over the date line.
pub(crate) fn boxes_overlap(a: BoundingBox, b: BoundingBox) -> bool {
    a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north
}

/// Whether `inner` lies in `outer`. Not for boxes over the date line.
pub(crate) fn box_in_box(inner: BoundingBox, outer: BoundingBox) -> bool {
    let in_longitude = outer.west <= inner.west && inner.east <= outer.east;
    in_longitude && outer.south <= inner.south && inner.north <= outer.north
}

#[cfg(test)]
mod tests;
