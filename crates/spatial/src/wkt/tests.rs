//! Well-known text read and refused.

use model::place::{Geometry, PlaceError};
use proptest::prelude::*;

use super::{WktCause, parse, parse_prefix};
use crate::testing::{at, geometry};

proptest! {
    #[test]
    fn geometries_survive_their_text(geometry in geometry(1_000)) {
        prop_assert_eq!(parse(&geometry.to_string()), Ok(geometry));
    }

    #[test]
    fn no_text_panics_and_every_error_lies_in_the_text(text in "[POINTLESYG (),.0-9\\-é]{0,40}") {
        if let Err(error) = parse(&text) {
            prop_assert!(text.is_char_boundary(error.at), "{error} in {text:?}");
        }
    }
}

#[test]
fn blanks_and_case_do_not_matter() {
    let spaced = parse(" Polygon ( ( 0 0 , 1 0, 1 1,0 0 ) ,(0.1 0.1,0.2 0.1,0.2 0.2,0.1 0.1)) ");
    let Ok(Geometry::Area(polygons)) = spaced else { panic!("{spaced:?}") };
    assert_eq!((polygons.len(), polygons[0].holes.len()), (1, 1));
    assert_eq!(parse("POINT(1e0 -2.5)"), Ok(Geometry::Point(at(10_000_000, -25_000_000))));
}

#[test]
fn what_would_be_dropped_or_guessed_is_refused_where_it_stands() {
    for (text, at) in [
        ("", 0),
        ("CIRCLE(1 2)", 0),
        ("MULTIPOINT(1 2)", 0),
        ("POINT EMPTY", 6),
        ("POINT Z(1 2 3)", 6),
        ("POINT(1 2 3)", 10),
        ("POINT(1)", 7),
        ("POINT(1 2", 9),
        ("POINT(1 2) x", 11),
        ("POINT(1,2)", 7),
        ("POINT(200 2)", 6),
        ("POINT(1 1-2)", 6),
        ("LINESTRING(1 2)", 10),
        ("POLYGON((0 0,1 0,1 1))", 8),
        ("POLYGON()", 8),
        ("LINESTRING(1 2,,3 4)", 15),
    ] {
        let error = parse(text).expect_err(text);
        assert_eq!(error.at, at, "{text}: {error}");
    }
    let outside = parse("POINT(200 2)").expect_err("off the earth");
    assert_eq!(outside.cause, WktCause::Place(PlaceError::Longitude("200".into())));
}

#[test]
fn a_geometry_can_begin_a_longer_text() {
    assert_eq!(parse_prefix("POINT(0 0) AND x"), Ok((Geometry::Point(at(0, 0)), 10)));
}

#[test]
fn more_positions_than_allowed_are_refused() {
    let positions: Vec<String> = (0..100_001).map(|i| format!("{} 0", i % 180)).collect();
    let error = parse(&format!("LINESTRING({})", positions.join(","))).expect_err("too many");
    let cause = PlaceError::TooManyPositions { found: 100_001, max: 100_000 };
    assert_eq!(error.cause, WktCause::Place(cause));
}
