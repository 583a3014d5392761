//! Web Mercator as whole numbers: the world is a square of 2^32 units a side, from the north-west.
//!
//! What map tiles are made of. Longitude is exact; latitude goes through floats, here and nowhere
//! else, and is good to one unit (a centimetre at the equator). Both keep their order: of two
//! positions the more eastern never has the smaller `x`, the more southern never the smaller `y`.

use std::f64::consts::PI;

use model::place::{LONGITUDE_MAX, Position, round_degrees};

/// Units along a side of the world.
pub const WORLD: i64 = 1 << 32;

/// A position on the map, in units from the north-west.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Projected {
    /// From the date line to the east.
    pub x: u32,
    /// From the northern edge (85.05 degrees north) to the south.
    pub y: u32,
}

/// Where a position is on the map. What lies beyond 85.05 degrees is put on the edge.
pub fn project(position: Position) -> Projected {
    Projected { x: x_of(position.lon()), y: y_of(position.lat()) }
}

/// The position of a place on the map, within a unit.
pub fn unproject(at: Projected) -> Position {
    // A unit of longitude is longer than one of the map: rounding up undoes rounding down.
    let east = i64::from(at.x) * i64::from(LONGITUDE_MAX) + (WORLD / 2 - 1);
    let lon = east / (WORLD / 2) - i64::from(LONGITUDE_MAX);
    let from_equator = PI * (1.0 - 2.0 * f64::from(at.y) / float(WORLD));
    let lat = round_degrees(from_equator.sinh().atan().to_degrees()).unwrap_or(0);
    let lon = i32::try_from(lon).unwrap_or(0);
    Position::from_units(lon, lat).unwrap_or_else(|_off| equator(lon))
}

fn equator(lon: i32) -> Position {
    let lon = lon.clamp(-LONGITUDE_MAX, LONGITUDE_MAX);
    Position::from_units(lon, 0).expect("the longitude was just brought into its range")
}

fn x_of(lon: i32) -> u32 {
    let east = i64::from(lon) + i64::from(LONGITUDE_MAX);
    u32::try_from(east * (WORLD / 2) / i64::from(LONGITUDE_MAX)).unwrap_or(u32::MAX)
}

fn y_of(lat: i32) -> u32 {
    let sine = (f64::from(lat) / 1e7).to_radians().sin();
    let from_equator = sine.atanh() / (2.0 * PI);
    let down = ((0.5 - from_equator) * float(WORLD)).floor();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range is brought to that of the type first"
    )]
    let units = down.clamp(0.0, f64::from(u32::MAX)) as u32;
    units
}

#[expect(clippy::cast_precision_loss, reason = "2^32 has an exact float")]
fn float(units: i64) -> f64 {
    units as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::at;

    #[test]
    fn known_places_are_where_other_software_puts_them() {
        assert_eq!(project(at(0, 0)), Projected { x: 1 << 31, y: 1 << 31 });
        assert_eq!(project(at(-LONGITUDE_MAX, 0)).x, 0);
        assert_eq!(project(at(LONGITUDE_MAX, 0)).x, u32::MAX);
        // EPSG:3857 of -0.0447, 16.2717 by PROJ: -4975.98, 1836208.68 metres.
        let gao = project(at(-447_000, 162_717_000));
        let metres = |units: u32| (f64::from(units) / 4_294_967_296.0 - 0.5) * 40_075_016.685_578;
        assert!((metres(gao.x) - -4_975.98).abs() < 0.02, "{}", metres(gao.x));
        assert!((-metres(gao.y) - 1_836_208.68).abs() < 0.02, "{}", -metres(gao.y));
    }

    #[test]
    fn the_poles_are_on_the_edge() {
        assert_eq!(project(at(0, 900_000_000)).y, 0);
        assert_eq!(project(at(0, 851_000_000)).y, 0);
        assert_eq!(project(at(0, -900_000_000)).y, u32::MAX);
        assert_ne!(project(at(0, 850_500_000)).y, 0);
    }

    proptest! {
        #[test]
        fn order_is_kept_and_the_way_back_is_near(
            (lon, lat) in (-1_800_000_000..=1_799_999_990_i32, -850_000_000..=850_000_000_i32),
            step in 1..1_000_i32,
        ) {
            let here = project(at(lon, lat));
            let back = unproject(here);
            prop_assert!(back.lon() == lon && (back.lat() - lat).abs() <= 2);
            prop_assert!(project(at(lon, lat - step)).y > here.y);
            prop_assert!(project(at((lon + step).min(LONGITUDE_MAX), lat)).x >= here.x);
        }
    }
}
