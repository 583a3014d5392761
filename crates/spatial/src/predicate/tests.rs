//! Predicates against hand-made cases and against a slow oracle over exact fractions.

mod oracle;

use model::place::{Geometry, Polygon};
use proptest::prelude::*;

use super::{contains, intersects, point_in_area, within};
use crate::testing::{area, at, geometry, ring, with_hole};

const SQUARE: [(i32, i32); 4] = [(0, 0), (10, 0), (10, 10), (0, 10)];

fn line(positions: &[(i32, i32)]) -> Geometry {
    Geometry::Line(positions.iter().map(|(lon, lat)| at(*lon, *lat)).collect())
}

#[test]
fn edges_and_corners_belong_to_an_area_and_to_its_holes_edge() {
    let holed = with_hole(&SQUARE, &[(4, 4), (6, 4), (6, 6), (4, 6)]);
    for (lon, lat) in [(0, 0), (5, 0), (10, 10), (1, 1), (4, 5), (6, 6)] {
        assert!(point_in_area(at(lon, lat), &holed), "{lon} {lat}");
    }
    for (lon, lat) in [(5, 5), (-1, 0), (11, 10), (5, -1)] {
        assert!(!point_in_area(at(lon, lat), &holed), "{lon} {lat}");
    }
    assert!(!point_in_area(at(0, 0), &Geometry::Point(at(0, 0))));
}

#[test]
fn a_ray_through_corners_counts_them_once() {
    let diamond = area(&[(0, 5), (5, 0), (10, 5), (5, 10)]);
    assert!(!point_in_area(at(-1, 5), &diamond));
    assert!(!point_in_area(at(1, 10), &diamond));
    assert!(point_in_area(at(1, 5), &diamond));
    let notch = area(&[(0, 0), (10, 0), (10, 10), (5, 5), (0, 10)]);
    assert!(point_in_area(at(1, 5), &notch) && point_in_area(at(9, 5), &notch));
    assert!(!point_in_area(at(5, 6), &notch));
}

#[test]
fn areas_meet_when_they_share_only_a_corner_or_one_lies_in_the_other() {
    let square = area(&SQUARE);
    assert!(intersects(&square, &area(&[(10, 10), (20, 10), (20, 20)])));
    assert!(intersects(&square, &area(&[(4, 4), (5, 4), (5, 5)])));
    assert!(!intersects(&square, &area(&[(11, 10), (20, 10), (20, 20)])));
    let holed = with_hole(&SQUARE, &[(2, 2), (8, 2), (8, 8), (2, 8)]);
    assert!(!intersects(&holed, &area(&[(4, 4), (5, 4), (5, 5)])));
}

#[test]
fn an_area_does_not_hold_what_fills_its_hole() {
    let hole = [(2, 2), (8, 2), (8, 8), (2, 8)];
    let holed = with_hole(&SQUARE, &hole);
    assert!(!contains(&holed, &area(&hole)));
    assert!(contains(&holed, &holed));
    assert!(!contains(&holed, &area(&SQUARE)));
    assert!(contains(&area(&SQUARE), &holed));
    assert!(contains(&holed, &line(&[(2, 2), (8, 2), (8, 8)])));
    assert!(!contains(&holed, &line(&[(2, 2), (8, 8)])));
}

#[test]
fn a_line_may_cross_from_polygon_to_polygon_where_they_touch() {
    let polygon = |corners: &[(i32, i32)]| Polygon { outer: ring(corners), holes: vec![] };
    let bow = Geometry::Area(vec![
        polygon(&[(0, 0), (5, 5), (0, 10)]),
        polygon(&[(5, 5), (10, 0), (10, 10)]),
    ]);
    assert!(contains(&bow, &line(&[(1, 5), (9, 5)])));
    assert!(!contains(&bow, &line(&[(1, 5), (4, 5), (5, 6), (9, 5)])));
}

#[test]
fn a_line_holds_another_that_runs_along_several_of_its_segments() {
    let long = line(&[(0, 0), (4, 4), (10, 10), (10, 20)]);
    assert!(contains(&long, &line(&[(2, 2), (8, 8)])));
    assert!(contains(&long, &line(&[(8, 8), (10, 10), (10, 11)])));
    assert!(!contains(&long, &line(&[(8, 8), (11, 11)])));
    assert!(contains(&long, &line(&[(10, 15), (10, 15)])));
    assert!(!contains(&line(&[(0, 0), (1, 1), (2, 0), (3, 3), (2, 2)]), &line(&[(0, 0), (3, 3)])));
}

#[test]
fn the_largest_coordinates_do_not_overflow() {
    let (lon, lat) = (1_800_000_000, 900_000_000);
    let world = area(&[(-lon, -lat), (lon, -lat), (lon, lat), (-lon, lat)]);
    let diagonal = line(&[(-lon, -lat), (lon, lat)]);
    let other = line(&[(-lon, lat), (lon, -lat)]);
    assert!(contains(&world, &diagonal) && contains(&world, &world));
    assert!(intersects(&diagonal, &other) && !within(&diagonal, &other));
    assert!(intersects(&diagonal, &Geometry::Point(at(2, 1))));
    assert!(!intersects(&diagonal, &Geometry::Point(at(1, 1))));
}

#[test]
fn nothing_meets_or_holds_an_area_without_polygons() {
    let nothing = Geometry::Area(vec![]);
    for geometry in [area(&SQUARE), nothing.clone()] {
        assert!(!intersects(&nothing, &geometry) && !contains(&geometry, &nothing));
        assert!(!contains(&nothing, &geometry));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn intersects_agrees_with_the_oracle(a in geometry(6), b in geometry(6)) {
        prop_assert_eq!(intersects(&a, &b), oracle::intersects(&a, &b), "{} and {}", a, b);
        prop_assert_eq!(intersects(&b, &a), intersects(&a, &b));
    }

    #[test]
    fn contains_agrees_with_the_oracle(a in geometry(4), b in geometry(4)) {
        prop_assert_eq!(contains(&a, &b), oracle::contains(&a, &b), "{} holds {}", a, b);
        prop_assert_eq!(within(&b, &a), contains(&a, &b));
    }

    #[test]
    fn point_in_area_agrees_with_the_oracle(area in geometry(6), lon in -1..8, lat in -1..8) {
        let position = at(lon, lat);
        let expected = matches!(area, Geometry::Area(_)) && oracle::holds(&area, position);
        prop_assert_eq!(point_in_area(position, &area), expected);
    }
}
