//! The Universal Transverse Mercator projection on WGS 84, by Krüger's series to the sixth power
//! of the flattening: good to micrometres in a zone and well beyond it.

use model::place::{LONGITUDE_MAX, Position, UNITS_PER_DEGREE, round_degrees};

/// A position in a zone, in metres; northing from the equator or, in the south, from 10,000 km
/// below it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Utm {
    pub(super) easting: f64,
    pub(super) northing: f64,
}

/// The scale on the central meridian.
const SCALE: f64 = 0.9996;
const FALSE_EASTING: f64 = 500_000.0;
const FALSE_NORTHING: f64 = 10_000_000.0;
/// The flattening of WGS 84.
const FLATTENING: f64 = 1.0 / 298.257_223_563;
/// The equatorial radius of WGS 84, in metres.
const RADIUS: f64 = 6_378_137.0;

/// The position in a zone.
pub(super) fn project(position: Position, zone: u8) -> Utm {
    let n = third_flattening();
    let latitude = radians(position.lat());
    let longitude = radians(from_meridian(position.lon(), zone));
    let eccentricity = eccentricity();
    let tangent = latitude.tan();
    let sigma = (eccentricity * (eccentricity * tangent / tangent.hypot(1.0)).atanh()).sinh();
    let conformal = tangent * sigma.hypot(1.0) - sigma * tangent.hypot(1.0);
    let xi = conformal.atan2(longitude.cos());
    let eta = (longitude.sin() / conformal.hypot(longitude.cos())).asinh();
    let (mut north, mut east) = (xi, eta);
    for (coefficient, order) in alpha(n).into_iter().zip([2.0, 4.0, 6.0, 8.0, 10.0, 12.0]) {
        north += coefficient * (order * xi).sin() * (order * eta).cosh();
        east += coefficient * (order * xi).cos() * (order * eta).sinh();
    }
    let northing = SCALE * rectifying_radius(n) * north;
    let shift = if position.lat() < 0 { FALSE_NORTHING } else { 0.0 };
    Utm { easting: FALSE_EASTING + SCALE * rectifying_radius(n) * east, northing: northing + shift }
}

/// The position of a place in a zone; `None` where it is not on the earth.
pub(super) fn unproject(utm: Utm, zone: u8, is_south: bool) -> Option<Position> {
    let n = third_flattening();
    let shift = if is_south { FALSE_NORTHING } else { 0.0 };
    let xi = (utm.northing - shift) / (SCALE * rectifying_radius(n));
    let eta = (utm.easting - FALSE_EASTING) / (SCALE * rectifying_radius(n));
    let (mut north, mut east) = (xi, eta);
    for (coefficient, order) in beta(n).into_iter().zip([2.0, 4.0, 6.0, 8.0, 10.0, 12.0]) {
        north -= coefficient * (order * xi).sin() * (order * eta).cosh();
        east -= coefficient * (order * xi).cos() * (order * eta).sinh();
    }
    let conformal = north.sin() / east.sinh().hypot(north.cos());
    let latitude = geodetic_tangent(conformal).atan().to_degrees();
    let longitude = east.sinh().atan2(north.cos()).to_degrees();
    let lon = i64::from(round_degrees(longitude)?) + i64::from(meridian(zone));
    let turn = 2 * i64::from(LONGITUDE_MAX);
    let lon = if lon > turn / 2 {
        lon - turn
    } else if lon < -turn / 2 {
        lon + turn
    } else {
        lon
    };
    Position::from_units(i32::try_from(lon).ok()?, round_degrees(latitude)?).ok()
}

/// The tangent of the latitude, from that of the conformal latitude: Newton's method, which doubles
/// its digits each time.
fn geodetic_tangent(conformal: f64) -> f64 {
    let eccentricity = eccentricity();
    let mut tangent = conformal / (1.0 - eccentricity * eccentricity);
    for _ in 0..6 {
        let sigma = (eccentricity * (eccentricity * tangent / tangent.hypot(1.0)).atanh()).sinh();
        let found = tangent * sigma.hypot(1.0) - sigma * tangent.hypot(1.0);
        let squared = (1.0 - eccentricity * eccentricity) * tangent * tangent;
        let slope = (1.0 + squared) / ((1.0 - eccentricity * eccentricity) * tangent.hypot(1.0));
        tangent += (conformal - found) / found.hypot(1.0) * slope;
        tangent = if tangent.is_finite() { tangent } else { conformal };
    }
    tangent
}

fn eccentricity() -> f64 {
    (FLATTENING * (2.0 - FLATTENING)).sqrt()
}

fn third_flattening() -> f64 {
    FLATTENING / (2.0 - FLATTENING)
}

fn rectifying_radius(n: f64) -> f64 {
    let squared = n * n;
    RADIUS / (1.0 + n) * (1.0 + squared / 4.0 + squared.powi(2) / 64.0 + squared.powi(3) / 256.0)
}

/// The value of a polynomial in `n` whose lowest power is `power`.
fn series<const TERMS: usize>(n: f64, power: i32, terms: [f64; TERMS]) -> f64 {
    terms.into_iter().rev().fold(0.0, |sum, term| sum * n + term) * n.powi(power)
}

/// Krüger's coefficients of the projection.
fn alpha(n: f64) -> [f64; 6] {
    [
        series(
            n,
            1,
            [1.0 / 2.0, -2.0 / 3.0, 5.0 / 16.0, 41.0 / 180.0, -127.0 / 288.0, 7_891.0 / 37_800.0],
        ),
        series(
            n,
            2,
            [13.0 / 48.0, -3.0 / 5.0, 557.0 / 1_440.0, 281.0 / 630.0, -1_983_433.0 / 1_935_360.0],
        ),
        series(n, 3, [61.0 / 240.0, -103.0 / 140.0, 15_061.0 / 26_880.0, 167_603.0 / 181_440.0]),
        series(n, 4, [49_561.0 / 161_280.0, -179.0 / 168.0, 6_601_661.0 / 7_257_600.0]),
        series(n, 5, [34_729.0 / 80_640.0, -3_418_889.0 / 1_995_840.0]),
        series(n, 6, [212_378_941.0 / 319_334_400.0]),
    ]
}

/// Krüger's coefficients of the inverse.
fn beta(n: f64) -> [f64; 6] {
    [
        series(
            n,
            1,
            [1.0 / 2.0, -2.0 / 3.0, 37.0 / 96.0, -1.0 / 360.0, -81.0 / 512.0, 96_199.0 / 604_800.0],
        ),
        series(
            n,
            2,
            [1.0 / 48.0, 1.0 / 15.0, -437.0 / 1_440.0, 46.0 / 105.0, -1_118_711.0 / 3_870_720.0],
        ),
        series(n, 3, [17.0 / 480.0, -37.0 / 840.0, -209.0 / 4_480.0, 5_569.0 / 90_720.0]),
        series(n, 4, [4_397.0 / 161_280.0, -11.0 / 504.0, -830_251.0 / 7_257_600.0]),
        series(n, 5, [4_583.0 / 161_280.0, -108_847.0 / 3_991_680.0]),
        series(n, 6, [20_648_693.0 / 638_668_800.0]),
    ]
}

/// The central meridian of a zone, in units.
fn meridian(zone: u8) -> i32 {
    (i32::from(zone) * 6 - 183) * UNITS_PER_DEGREE
}

/// Units east of a zone's central meridian, the short way round.
fn from_meridian(lon: i32, zone: u8) -> i32 {
    let turn = 2 * i64::from(LONGITUDE_MAX);
    let east = (i64::from(lon) - i64::from(meridian(zone)) + turn / 2).rem_euclid(turn) - turn / 2;
    i32::try_from(east).unwrap_or(0)
}

fn radians(units: i32) -> f64 {
    (f64::from(units) / f64::from(UNITS_PER_DEGREE)).to_radians()
}
