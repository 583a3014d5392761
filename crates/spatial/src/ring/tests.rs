//! Rings that are sound and rings that are not, against every pair of edges tried.

use model::place::{Geometry, PlaceError, Polygon, Position};
use proptest::prelude::*;

use super::check_area;
use crate::predicate::segment::{Segment, segments};
use crate::testing::{any_ring, area, at, ring, with_hole};

fn crosses(geometry: &Geometry) -> bool {
    matches!(check_area(geometry), Err(PlaceError::CrossingRing(_)))
}

#[test]
fn a_bow_tie_is_refused_with_a_position_near_its_crossing() {
    let bow = area(&[(0, 0), (10, 10), (10, 0), (0, 10)]);
    let Err(PlaceError::CrossingRing(near)) = check_area(&bow) else { panic!("the ring crosses") };
    assert!([at(0, 0), at(10, 0)].contains(&near), "{near}");
}

#[test]
fn rings_that_touch_or_double_back_on_themselves_are_refused() {
    assert!(crosses(&area(&[(0, 0), (2, 2), (2, 0), (1, 1), (0, 2)])), "through a corner");
    assert!(crosses(&area(&[(0, 0), (10, 0), (5, 0), (5, 5)])), "a spike");
    assert!(crosses(&area(&[(0, 0), (10, 0), (10, 0), (0, 0)])), "no inside");
    assert!(crosses(&area(&[(1, 5), (1, 5), (1, 5)])), "one position");
    assert!(crosses(&area(&[(0, 0), (4, 0), (2, 2), (4, 4), (0, 4), (2, 2)])), "a corner twice");
}

#[test]
fn positions_repeated_in_a_row_do_no_harm() {
    assert_eq!(check_area(&area(&[(0, 0), (10, 0), (10, 0), (10, 10), (0, 0)])), Ok(()));
}

#[test]
fn holes_may_touch_their_outer_ring_but_not_cross_leave_or_share_an_edge() {
    let outer = [(0, 0), (10, 0), (10, 10), (0, 10)];
    assert_eq!(check_area(&with_hole(&outer, &[(0, 5), (4, 4), (4, 6)])), Ok(()));
    assert!(crosses(&with_hole(&outer, &[(-1, 5), (4, 4), (4, 6)])));
    assert!(crosses(&with_hole(&outer, &[(0, 4), (0, 6), (4, 5)])));
    assert!(crosses(&with_hole(&outer, &[(20, 20), (30, 20), (30, 30)])));
    let notched = [(0, 0), (10, 0), (10, 10), (5, 5), (0, 10)];
    assert!(crosses(&with_hole(&notched, &[(2, 8), (8, 8), (5, 1)])));
}

#[test]
fn points_lines_and_several_polygons_pass() {
    assert_eq!(check_area(&Geometry::Point(at(0, 0))), Ok(()));
    assert_eq!(check_area(&Geometry::Line(vec![at(0, 0), at(1, 1), at(0, 0)])), Ok(()));
    let polygon = |corners: &[(i32, i32)]| Polygon { outer: ring(corners), holes: vec![] };
    let two = [polygon(&[(0, 0), (1, 0), (1, 1)]), polygon(&[(5, 0), (6, 0), (6, 1)])];
    assert_eq!(check_area(&Geometry::Area(two.to_vec())), Ok(()));
}

#[test]
fn a_long_ring_whose_last_edge_crosses_is_found() {
    let teeth = (0..2_000).flat_map(|i| [(i * 10, 0), (i * 10 + 5, 1_000)]);
    let mut corners: Vec<(i32, i32)> = teeth.collect();
    corners.extend([(30_000, -10), (-10, -10)]);
    assert_eq!(check_area(&area(&corners)), Ok(()));
    corners.push((9_999, 500));
    assert!(crosses(&area(&corners)));
}

#[test]
fn too_many_positions_are_refused_before_anything_is_compared() {
    let corners: Vec<(i32, i32)> = (0..100_001).map(|i| (i, i % 2)).collect();
    let refused = PlaceError::TooManyPositions { found: 100_002, max: 100_000 };
    assert_eq!(check_area(&area(&corners)), Err(refused));
}

/// Every pair of edges, without a sweep.
fn is_simple(positions: &[Position]) -> bool {
    let edges: Vec<Segment> = segments(positions).filter(|edge| edge.from != edge.to).collect();
    let count = edges.len();
    let apart = |i: usize, j: usize| i + 1 != j && (j + 1) % count != i;
    count > 2
        && edges.iter().enumerate().all(|(i, a)| {
            let later = edges.iter().enumerate().skip(i + 1);
            later
                .into_iter()
                .all(|(j, b)| if apart(i, j) { !a.meets(*b) } else { only_joined(*a, *b) })
        })
}

/// Whether two edges that follow each other share nothing but their joint.
fn only_joined(a: Segment, b: Segment) -> bool {
    let ends = [a.from, a.to, b.from, b.to];
    let shared = |end: &Position| a.holds(*end) && b.holds(*end);
    ends.iter()
        .filter(|end| shared(end))
        .all(|end| [a.from, a.to].contains(end) && [b.from, b.to].contains(end))
        && !a.crosses(b)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_sweep_finds_what_trying_every_pair_finds(corners in any_ring(5)) {
        let geometry = area(&corners);
        let simple = is_simple(ring(&corners).positions());
        prop_assert_eq!(check_area(&geometry).is_ok(), simple, "{}", geometry);
    }
}
