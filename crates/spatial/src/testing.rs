//! Small geometries for tests, on a coarse grid where edges and corners often coincide.

use model::place::{Geometry, Polygon, Position, Ring};
use proptest::prelude::*;

use crate::ring::check_area;

pub(crate) fn at(lon: i32, lat: i32) -> Position {
    Position::from_units(lon, lat).expect("on the earth")
}

pub(crate) fn ring(corners: &[(i32, i32)]) -> Ring {
    let positions = corners.iter().chain(corners.first()).map(|(lon, lat)| at(*lon, *lat));
    Ring::new(positions.collect()).expect("closed")
}

pub(crate) fn area(corners: &[(i32, i32)]) -> Geometry {
    Geometry::Area(vec![Polygon { outer: ring(corners), holes: vec![] }])
}

pub(crate) fn with_hole(outer: &[(i32, i32)], hole: &[(i32, i32)]) -> Geometry {
    Geometry::Area(vec![Polygon { outer: ring(outer), holes: vec![ring(hole)] }])
}

fn corner(side: i32) -> impl Strategy<Value = (i32, i32)> {
    (0..=side, 0..=side)
}

fn moved(corners: Vec<(i32, i32)>, east: i32) -> Vec<(i32, i32)> {
    corners.into_iter().map(|(lon, lat)| (lon + east, lat)).collect()
}

/// Rings of three to six corners, which may cross themselves.
pub(crate) fn any_ring(side: i32) -> impl Strategy<Value = Vec<(i32, i32)>> {
    prop::collection::vec(corner(side), 3..=6)
}

/// Valid polygons of three to six corners.
pub(crate) fn polygon(side: i32) -> impl Strategy<Value = Polygon> {
    any_ring(side)
        .prop_map(|corners| Polygon { outer: ring(&corners), holes: vec![] })
        .prop_filter("rings must not cross", is_valid)
}

/// A box with a valid hole that may touch its edge.
fn holed(side: i32) -> impl Strategy<Value = Polygon> {
    polygon(side)
        .prop_map(move |hole| Polygon {
            outer: ring(&[(0, 0), (side, 0), (side, side), (0, side)]),
            holes: vec![hole.outer],
        })
        .prop_filter("the hole must lie inside", is_valid)
}

/// Two polygons side by side, which may touch in positions and not along edges.
fn pair(side: i32) -> impl Strategy<Value = Geometry> {
    let half = || prop::collection::vec(corner(side / 2), 3..=4);
    (half(), half())
        .prop_map(move |(west, east)| {
            let polygon =
                |corners: Vec<(i32, i32)>| Polygon { outer: ring(&corners), holes: vec![] };
            [polygon(west), polygon(moved(east, side / 2))]
        })
        .prop_filter("both must be valid and not share an edge", |both| {
            both.iter().all(is_valid) && !shares_edge(both)
        })
        .prop_map(|both| Geometry::Area(both.to_vec()))
}

fn is_valid(polygon: &Polygon) -> bool {
    check_area(&Geometry::Area(vec![polygon.clone()])).is_ok()
}

/// Two polygons either side of a line share an edge where both have two corners on the line and
/// the spans between them overlap; refusing two corners on it at all is simpler.
fn shares_edge(both: &[Polygon; 2]) -> bool {
    let line = both[0].outer.positions().iter().map(|p| p.lon()).max();
    both.iter().all(|polygon| {
        let positions = polygon.outer.positions().split_last().map_or(&[][..], |(_, open)| open);
        positions.iter().filter(|p| Some(p.lon()) == line).count() > 1
    })
}

/// Any valid geometry on a grid of `side` units.
pub(crate) fn geometry(side: i32) -> impl Strategy<Value = Geometry> {
    prop_oneof![
        corner(side).prop_map(|(lon, lat)| Geometry::Point(at(lon, lat))),
        prop::collection::vec(corner(side), 2..=4).prop_map(|line| Geometry::Line(
            line.into_iter().map(|(lon, lat)| at(lon, lat)).collect()
        )),
        polygon(side).prop_map(|polygon| Geometry::Area(vec![polygon])),
        polygon(side).prop_map(|polygon| Geometry::Area(vec![polygon])),
        holed(side).prop_map(|polygon| Geometry::Area(vec![polygon])),
        pair(side),
    ]
}
