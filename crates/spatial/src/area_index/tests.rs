//! The index against trying every area.

use model::place::Geometry;
use proptest::prelude::*;

use super::AreaIndex;
use crate::predicate::point_in_area;
use crate::testing::{area, at, geometry, with_hole};

#[test]
fn the_first_of_areas_that_share_a_border_is_found() {
    let (west, east) =
        (area(&[(0, 0), (5, 0), (5, 5), (0, 5)]), area(&[(5, 0), (9, 0), (9, 5), (5, 5)]));
    let index = AreaIndex::new([("ML01", &west), ("ML02", &east)]);
    assert_eq!(index.find(at(5, 2)), Some("ML01"));
    assert_eq!(index.find(at(6, 2)), Some("ML02"));
    assert_eq!(index.find(at(10, 2)), None);
    assert_eq!((index.len(), index.is_empty()), (2, false));
}

#[test]
fn an_index_of_nothing_finds_nothing() {
    let index = AreaIndex::new(Vec::<(String, Geometry)>::new());
    assert_eq!(index.find(at(0, 0)), None);
    assert!(index.is_empty());
    let point = AreaIndex::new([("X", Geometry::Point(at(0, 0)))]);
    assert_eq!(point.find(at(0, 0)), None);
}

#[test]
fn a_city_in_the_hole_of_its_region_is_found_by_both_names() {
    let hole = [(2, 2), (4, 2), (4, 4), (2, 4)];
    let region = with_hole(&[(0, 0), (9, 0), (9, 9), (0, 9)], &hole);
    let index = AreaIndex::new([("ML04", region), ("ML09", area(&hole))]);
    assert_eq!(index.find(at(3, 3)), Some("ML09"));
    assert_eq!(index.find(at(2, 3)), Some("ML04"), "on the border of both");
    assert_eq!(index.find(at(1, 1)), Some("ML04"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_index_finds_what_trying_every_area_finds(
        areas in prop::collection::vec((geometry(9), 0..40_i32, 0..40_i32), 1..30),
        places in prop::collection::vec((-2..60_i32, -2..60_i32), 50),
    ) {
        let areas: Vec<(String, Geometry)> = areas
            .iter()
            .enumerate()
            .map(|(number, (geometry, east, north))| (number.to_string(), moved(geometry, *east, *north)))
            .collect();
        let index = AreaIndex::new(areas.clone());
        for (lon, lat) in places {
            let tried = areas.iter().find(|(_, area)| point_in_area(at(lon, lat), area));
            prop_assert_eq!(index.find(at(lon, lat)), tried.map(|(code, _)| code.as_str()));
        }
    }

    #[test]
    fn rings_of_many_corners_are_cut_into_strips_without_loss(
        heights in prop::collection::vec(1..40_i32, 20..400), lon in -1..401_i32, lat in -1..41_i32,
    ) {
        let top = heights.iter().enumerate().map(|(lon, height)| (i32::try_from(lon).unwrap_or(0), *height));
        let last = i32::try_from(heights.len()).unwrap_or(0) - 1;
        let mut corners: Vec<(i32, i32)> = top.collect();
        corners.extend([(last, 0), (0, 0)]);
        let skyline = area(&corners);
        let index = AreaIndex::new([("X", &skyline)]);
        prop_assert_eq!(index.find(at(lon, lat)).is_some(), point_in_area(at(lon, lat), &skyline));
    }
}

fn moved(geometry: &Geometry, east: i32, north: i32) -> Geometry {
    use model::place::{Polygon, Position, Ring};
    let shift = |p: &Position| at(p.lon() + east, p.lat() + north);
    let ring =
        |ring: &Ring| Ring::new(ring.positions().iter().map(shift).collect()).expect("closed");
    match geometry {
        Geometry::Point(position) => Geometry::Point(shift(position)),
        Geometry::Line(line) => Geometry::Line(line.iter().map(shift).collect()),
        Geometry::Area(polygons) => Geometry::Area(
            polygons
                .iter()
                .map(|p| Polygon {
                    outer: ring(&p.outer),
                    holes: p.holes.iter().map(ring).collect(),
                })
                .collect(),
        ),
    }
}
