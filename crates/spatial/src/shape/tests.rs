//! Boxes against the same boxes as polygons, and over the date line.

use model::place::{BoundingBox, Geometry, LONGITUDE_MAX};
use proptest::prelude::*;

use super::Shape;
use crate::testing::{area, at, geometry};

fn bounds(west: i32, south: i32, east: i32, north: i32) -> Shape {
    Shape::Box(BoundingBox { west, south, east, north })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_box_is_what_its_polygon_is(
        geometry in geometry(6), west in -1..4, south in -1..4, width in 1..5, height in 1..5,
    ) {
        let (east, north) = (west + width, south + height);
        let corners = [(west, south), (east, south), (east, north), (west, north)];
        let (boxed, polygon) = (bounds(west, south, east, north), Shape::Geometry(area(&corners)));
        prop_assert_eq!(boxed.intersects(&geometry), polygon.intersects(&geometry));
        prop_assert_eq!(boxed.contains(&geometry), polygon.contains(&geometry));
        prop_assert_eq!(boxed.is_within(&geometry), polygon.is_within(&geometry));
    }

    #[test]
    fn a_flat_box_is_the_line_or_point_it_looks_like(
        geometry in geometry(4), west in 0..4, south in 0..4, width in 0..3,
    ) {
        let line = Geometry::Line(vec![at(west, south), at(west + width, south)]);
        let (flat, line) = (bounds(west, south, west + width, south), Shape::Geometry(line));
        prop_assert_eq!(flat.intersects(&geometry), line.intersects(&geometry));
        prop_assert_eq!(flat.is_within(&geometry), line.is_within(&geometry));
    }
}

#[test]
fn a_box_over_the_date_line_has_two_halves_and_no_middle() {
    let edge = LONGITUDE_MAX;
    let far = bounds(edge - 100, -10, -edge + 100, 10);
    let (east, west) = (
        area(&[(edge - 50, 0), (edge, 0), (edge, 5)]),
        area(&[(-edge, 0), (-edge + 50, 0), (-edge, 5)]),
    );
    let Geometry::Area(parts) = (match (east.clone(), west.clone()) {
        (Geometry::Area(a), Geometry::Area(b)) => Geometry::Area([a, b].concat()),
        other => panic!("{other:?}"),
    }) else {
        panic!("an area")
    };
    let both = Geometry::Area(parts);
    for geometry in [&east, &west, &both] {
        assert!(far.intersects(geometry) && far.contains(geometry));
    }
    let round = Geometry::Line(vec![at(edge - 50, 0), at(-edge + 50, 0)]);
    assert!(far.intersects(&round) && !far.contains(&round), "a line goes the long way round");
    assert!(!far.intersects(&area(&[(0, 0), (10, 0), (10, 10)])));
    let big = area(&[(-edge, -20), (edge, -20), (edge, 20), (-edge, 20)]);
    assert!(far.is_within(&big) && !far.is_within(&east));
}

#[test]
fn shapes_are_written_as_cql2_does() {
    assert_eq!(bounds(-15_000_000, 0, 20_000_000, 1).to_string(), "BBOX(-1.5,0,2,0.0000001)");
    assert_eq!(Shape::Geometry(Geometry::Point(at(1, 0))).to_string(), "POINT(0.0000001 0)");
}
