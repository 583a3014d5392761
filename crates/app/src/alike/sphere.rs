//! Distances on the ground, for telling and for looking around. The Earth is a sphere here: half a
//! percent off at most, which is less than any report knows of a place.

use model::place::{BoundingBox, LATITUDE_MAX, LONGITUDE_MAX, Position, UNITS_PER_DEGREE};

/// The mean radius of the Earth, in metres.
const RADIUS_M: f64 = 6_371_009.0;
/// Metres of one degree of latitude, rounded down: a window must not be too small.
const DEGREE_M: u64 = 111_000;

/// Whole metres between two positions; the same from either.
pub(super) fn metres(one: Position, other: Position) -> u64 {
    let radians = |units: i32| (f64::from(units) / f64::from(UNITS_PER_DEGREE)).to_radians();
    let half = |one: i32, other: i32| ((radians(one) - radians(other)) / 2.0).sin().powi(2);
    let across = radians(one.lat()).cos() * radians(other.lat()).cos();
    let chord = half(one.lat(), other.lat()) + across * half(one.lon(), other.lon());
    let distance = 2.0 * RADIUS_M * chord.min(1.0).sqrt().asin();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "no two places are farther apart than half the Earth"
    )]
    let whole = distance.round() as u64;
    whole
}

/// A box that holds every position within so many metres.
pub(super) fn around(at: Position, metres: u64) -> BoundingBox {
    let unit = UNITS_PER_DEGREE.unsigned_abs();
    let high = i64::try_from(metres * u64::from(unit) / DEGREE_M + 1).unwrap_or(i64::MAX);
    let clamp = |value: i64, max: i32| {
        i32::try_from(value.clamp(-i64::from(max), i64::from(max))).unwrap_or(max)
    };
    let south = clamp(i64::from(at.lat()) - high, LATITUDE_MAX);
    let north = clamp(i64::from(at.lat()) + high, LATITUDE_MAX);
    let farthest = south.unsigned_abs().max(north.unsigned_abs());
    let cosine = (f64::from(farthest) / f64::from(unit)).to_radians().cos();
    let whole = BoundingBox { west: -LONGITUDE_MAX, east: LONGITUDE_MAX, south, north };
    // Near a pole every meridian is near.
    if cosine < 0.02 {
        return whole;
    }
    #[expect(clippy::cast_precision_loss, reason = "a thousand kilometres are 9e7 units")]
    let wide = (high as f64 / cosine).ceil();
    if wide >= f64::from(LONGITUDE_MAX) {
        return whole;
    }
    #[expect(clippy::cast_possible_truncation, reason = "it is less than half the globe")]
    let wide = wide as i64;
    let turned = |lon: i64| {
        let full = 2 * i64::from(LONGITUDE_MAX);
        clamp(
            (lon + i64::from(LONGITUDE_MAX)).rem_euclid(full) - i64::from(LONGITUDE_MAX),
            LONGITUDE_MAX,
        )
    };
    let lon = i64::from(at.lon());
    BoundingBox { west: turned(lon - wide), east: turned(lon + wide), south, north }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_distances_are_right_to_half_a_percent() {
        let at = |lon, lat| Position::parse(lon, lat).expect("a position");
        // Gao to Ménaka on the ellipsoid.
        let distance = metres(at("-0.0447", "16.2717"), at("2.4022", "15.9182"));
        assert!((262_000..266_000).contains(&distance), "{distance}");
        assert_eq!(metres(at("179.9999", "0"), at("-179.9999", "0")), 22);
        assert_eq!(metres(at("5", "5"), at("5", "5")), 0);
    }

    fn positions() -> impl Strategy<Value = Position> {
        (-LONGITUDE_MAX..=LONGITUDE_MAX, -LATITUDE_MAX..=LATITUDE_MAX)
            .prop_map(|(lon, lat)| Position::from_units(lon, lat).expect("within"))
    }

    proptest! {
        #[test]
        fn whatever_is_near_lies_in_the_box(at in positions(), lon in -90_000_000..90_000_000_i32, lat in -90_000_000..90_000_000_i32) {
            let full = 2 * i64::from(LONGITUDE_MAX);
            let turned = (i64::from(at.lon()) + i64::from(lon) + i64::from(LONGITUDE_MAX)).rem_euclid(full) - i64::from(LONGITUDE_MAX);
            let lat = (at.lat() + lat).clamp(-LATITUDE_MAX, LATITUDE_MAX);
            let other = Position::from_units(i32::try_from(turned).expect("within"), lat).expect("within");
            let distance = metres(at, other);
            prop_assert_eq!(distance, metres(other, at));
            prop_assert!(distance > 1_000_000 || around(at, distance + 1).holds(other), "{distance} {:?}", around(at, distance));
        }
    }
}
