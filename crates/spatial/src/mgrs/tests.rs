//! Grid references against vectors computed with the GEOTRANS library, and against themselves.

use model::place::{Position, UNITS_PER_DEGREE};
use proptest::prelude::*;

use super::{MgrsError, format, parse};

fn at(lat: &str, lon: &str) -> Position {
    Position::parse(lon, lat).expect("on the earth")
}

#[test]
fn references_are_those_of_geotrans() {
    for (lat, lon, reference) in [
        ("16.2717", "-0.0447", "30QZD1588001273"),
        ("-2.300", "-3.400", "30MVC5552545773"),
        ("-2.050", "-4.150", "30MUC7210673366"),
        ("-2.900", "-4.500", "30MUB3328079349"),
        ("0.650", "-4.900", "30NTF8855271884"),
        ("0.150", "-5.600", "30NTF1058616596"),
        ("-0.020", "-4.980", "30MTE7963197788"),
        ("1.050", "-5.950", "30NSG7164716211"),
        ("-1.200", "-6.350", "29MQU9492067220"),
        ("-1.750", "-6.900", "29MQU3362106441"),
        ("-0.800", "-6.050", "29MRV2837511457"),
        ("-0.600", "-3.050", "30MVE9443633681"),
        ("-3.350", "-5.100", "30MTB6666629470"),
        ("-3.600", "-5.750", "30MSB9447601625"),
    ] {
        assert_eq!(format(at(lat, lon), 10).as_deref(), Ok(reference));
        let corner = parse(reference).expect(reference);
        let off = |a: i32, b: i32| (i64::from(a) - i64::from(b)).abs();
        let place = at(lat, lon);
        assert!(
            off(corner.lon(), place.lon()) < 140 && off(corner.lat(), place.lat()) < 140,
            "{corner}"
        );
    }
}

#[test]
fn shorter_references_are_cut_and_not_rounded() {
    let kembele = at("-2.050", "-4.150");
    for (digits, reference) in
        [(8, "30MUC72107336"), (6, "30MUC721733"), (4, "30MUC7273"), (2, "30MUC77"), (0, "30MUC")]
    {
        assert_eq!(format(kembele, digits).as_deref(), Ok(reference));
    }
    assert_eq!(format(kembele, 5), Err(MgrsError::Digits(5)));
    assert_eq!(format(kembele, 12), Err(MgrsError::Digits(12)));
}

#[test]
fn norway_and_svalbard_have_their_own_zones() {
    for (lat, lon, zone) in [
        ("60.4", "5.3", "32V"),
        ("55.9", "5.3", "31U"),
        ("78.2", "15.6", "33X"),
        ("78.2", "8.9", "31X"),
        ("83.9", "33.1", "37X"),
        ("0", "180", "01N"),
        ("-0.0000001", "179.9999999", "60M"),
    ] {
        let found = format(at(lat, lon), 0).expect("in the grid");
        assert!(found.starts_with(zone), "{found} is not in {zone}");
    }
}

#[test]
fn what_is_no_reference_is_refused() {
    for text in [
        "",
        "30",
        "30Q",
        "30QZ",
        "30QZD1",
        "30QZD123",
        "30QZD123456789012",
        "61QZD12",
        "0QZD12",
        "30IZD12",
        "30QID12",
        "30QZW12",
        "30QZD1a",
        "30QZDé1",
        "130QZD12",
        "30QZD-1+1",
    ] {
        assert_eq!(parse(text), Err(MgrsError::Format(text.to_owned())), "{text}");
    }
    assert_eq!(
        parse("30QAD12"),
        Err(MgrsError::Format("30QAD12".into())),
        "A is no column of zone 30"
    );
    assert_eq!(
        parse("30QZV00"),
        Err(MgrsError::Square("30QZV00".into())),
        "row V is not in band Q here"
    );
    let north_pole = at("84.1", "0");
    assert_eq!(format(north_pole, 10), Err(MgrsError::Polar(north_pole)));
}

#[test]
fn blanks_and_case_do_not_matter() {
    assert_eq!(parse(" 30q zd 15880 01273 "), parse("30QZD1588001273"));
    assert_eq!(parse("1NAA1111111111"), parse("01NAA1111111111"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_reference_names_the_metre_its_position_lies_in(
        lon in -180 * UNITS_PER_DEGREE..=180 * UNITS_PER_DEGREE,
        lat in -80 * UNITS_PER_DEGREE..=84 * UNITS_PER_DEGREE,
    ) {
        let position = Position::from_units(lon, lat).expect("on the earth");
        let reference = format(position, 10).expect("in the grid");
        let corner = parse(&reference);
        prop_assert!(corner.is_ok(), "{reference} {corner:?}");
        let corner = corner.expect("checked");
        let metres = distance_m(position, corner);
        prop_assert!(metres < 1.6, "{reference} is {metres} m from {position}");
    }

    #[test]
    fn coarse_references_can_be_read_back(
        lon in -180 * UNITS_PER_DEGREE..=180 * UNITS_PER_DEGREE,
        lat in -79 * UNITS_PER_DEGREE..=83 * UNITS_PER_DEGREE,
        half in 1_usize..=5,
    ) {
        let position = Position::from_units(lon, lat).expect("on the earth");
        let reference = format(position, 2 * half).expect("in the grid");
        let corner = parse(&reference);
        prop_assert!(corner.is_ok(), "{reference} of {position}: {corner:?}");
        let side = 10_f64.powi(5 - i32::try_from(half).expect("small"));
        prop_assert!(distance_m(position, corner.expect("checked")) < 1.5 * side + 1.0);
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,20}") {
        assert!(parse(&text).is_ok() || parse(&text).is_err());
    }
}

/// Metres between two near positions, well enough for a test.
fn distance_m(a: Position, b: Position) -> f64 {
    let degrees = |units: i32| f64::from(units) / f64::from(UNITS_PER_DEGREE);
    let east = (degrees(a.lon()) - degrees(b.lon()) + 180.0).rem_euclid(360.0) - 180.0;
    let north = degrees(a.lat()) - degrees(b.lat());
    111_700.0 * (east * degrees(a.lat()).to_radians().cos()).hypot(north)
}
