//! Positions and geometries on integer coordinates of 1e-7 degree (about a centimetre), WGS 84.
//!
//! Shapes and their text only; predicates are in crate `spatial`.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Units of a coordinate in one degree.
pub const UNITS_PER_DEGREE: i32 = 10_000_000;
/// 180 degrees in units.
pub const LONGITUDE_MAX: i32 = 180 * UNITS_PER_DEGREE;
/// 90 degrees in units.
pub const LATITUDE_MAX: i32 = 90 * UNITS_PER_DEGREE;

/// Why something is not a place.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlaceError {
    /// Not a number of degrees.
    #[error("`{0}` is not a number of degrees")]
    NotDegrees(String),
    /// Longitude outside -180..180.
    #[error("longitude {0} is outside -180 to 180")]
    Longitude(String),
    /// Latitude outside -90..90.
    #[error("latitude {0} is outside -90 to 90")]
    Latitude(String),
    /// A line of fewer than two positions.
    #[error("a line needs two positions or more")]
    ShortLine,
    /// A ring of fewer than four positions, or whose last is not its first.
    #[error("a ring needs four positions or more and ends where it begins")]
    OpenRing,
    /// A ring that crosses itself.
    #[error("a ring crosses itself near {0}")]
    CrossingRing(Position),
    /// More positions than allowed.
    #[error("{found} positions are more than the {max} allowed")]
    TooManyPositions {
        /// How many there are.
        found: usize,
        /// How many are allowed.
        max: usize,
    },
}

/// A position. Order is by longitude, then latitude.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    lon: i32,
    lat: i32,
}

impl Position {
    /// A position from units of 1e-7 degree, longitude first.
    pub fn from_units(lon: i32, lat: i32) -> Result<Self, PlaceError> {
        if !(-LONGITUDE_MAX..=LONGITUDE_MAX).contains(&lon) {
            return Err(PlaceError::Longitude(degrees_text(lon)));
        }
        if !(-LATITUDE_MAX..=LATITUDE_MAX).contains(&lat) {
            return Err(PlaceError::Latitude(degrees_text(lat)));
        }
        Ok(Self { lon, lat })
    }

    /// A position from two texts of degrees, longitude first.
    pub fn parse(lon: &str, lat: &str) -> Result<Self, PlaceError> {
        let lon_units = parse_degrees(lon, PlaceError::Longitude)?;
        let lat_units = parse_degrees(lat, PlaceError::Latitude)?;
        Self::from_units(lon_units, lat_units)
    }

    /// A position from floats of degrees (GeoJSON, workbooks), rounded to 1e-7.
    pub fn from_degrees(lon: f64, lat: f64) -> Result<Self, PlaceError> {
        let lon_units = round_degrees(lon).ok_or_else(|| PlaceError::Longitude(lon.to_string()))?;
        let lat_units = round_degrees(lat).ok_or_else(|| PlaceError::Latitude(lat.to_string()))?;
        Self::from_units(lon_units, lat_units)
    }

    /// Longitude in units of 1e-7 degree.
    pub const fn lon(self) -> i32 {
        self.lon
    }

    /// Latitude in units of 1e-7 degree.
    pub const fn lat(self) -> i32 {
        self.lat
    }

    /// Longitude as exact decimal text of degrees.
    pub fn lon_text(self) -> String {
        degrees_text(self.lon)
    }

    /// Latitude as exact decimal text of degrees.
    pub fn lat_text(self) -> String {
        degrees_text(self.lat)
    }
}

/// Longitude and latitude, separated by a blank, as in WKT.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", degrees_text(self.lon), degrees_text(self.lat))
    }
}

/// Exact decimal text of units of 1e-7 degree.
pub fn degrees_text(units: i32) -> String {
    Degrees(units).to_string()
}

/// Units of 1e-7 degree that are shown as degrees: every digit, no zeros at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Degrees(pub i32);

impl fmt::Display for Degrees {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let unit = UNITS_PER_DEGREE.unsigned_abs();
        let (whole, mut part) = (self.0.unsigned_abs() / unit, self.0.unsigned_abs() % unit);
        if part == 0 {
            return write!(f, "{sign}{whole}");
        }
        let mut digits = *b".0000000";
        for digit in digits.iter_mut().skip(1).rev() {
            *digit += u8::try_from(part % 10).unwrap_or(0);
            part /= 10;
        }
        let length = digits.iter().rposition(|digit| *digit != b'0').map_or(0, |last| last + 1);
        let digits = digits.get(..length).and_then(|digits| std::str::from_utf8(digits).ok());
        write!(f, "{sign}{whole}{}", digits.unwrap_or_default())
    }
}

/// Degrees as units of 1e-7, or nothing where they are not a number within ±214.
pub fn round_degrees(degrees: f64) -> Option<i32> {
    let units = (degrees * f64::from(UNITS_PER_DEGREE)).round();
    #[expect(clippy::cast_possible_truncation, reason = "the range was just checked")]
    (units.abs() < f64::from(i32::MAX)).then_some(units as i32)
}

fn parse_degrees(text: &str, outside: impl Fn(String) -> PlaceError) -> Result<i32, PlaceError> {
    let trimmed = text.trim();
    let degrees =
        f64::from_str(trimmed).map_err(|_no_number| PlaceError::NotDegrees(trimmed.to_owned()))?;
    round_degrees(degrees).ok_or_else(|| outside(trimmed.to_owned()))
}

/// A closed ring: four positions or more, the last equal to the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ring(Vec<Position>);

impl Ring {
    /// Checks length and closure. Crossings are `spatial`'s to find.
    pub fn new(positions: Vec<Position>) -> Result<Self, PlaceError> {
        if positions.len() < 4 || positions.first() != positions.last() {
            return Err(PlaceError::OpenRing);
        }
        Ok(Self(positions))
    }

    /// The positions, first and last equal.
    pub fn positions(&self) -> &[Position] {
        &self.0
    }
}

/// A polygon: the outer ring and its holes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Polygon {
    /// The outer ring.
    pub outer: Ring,
    /// Rings cut out of it.
    pub holes: Vec<Ring>,
}

impl Polygon {
    /// Every ring, the outer one first.
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        std::iter::once(&self.outer).chain(&self.holes)
    }
}

/// A point, a line of two positions or more, or one polygon or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Geometry {
    /// One position.
    Point(Position),
    /// A line.
    Line(Vec<Position>),
    /// Polygons.
    Area(Vec<Polygon>),
}

impl Geometry {
    /// Every position.
    pub fn positions(&self) -> Box<dyn Iterator<Item = Position> + '_> {
        match self {
            Self::Point(position) => Box::new(std::iter::once(*position)),
            Self::Line(line) => Box::new(line.iter().copied()),
            Self::Area(polygons) => Box::new(
                polygons.iter().flat_map(Polygon::rings).flat_map(|ring| ring.0.iter().copied()),
            ),
        }
    }

    /// The smallest box around it; `None` for an area without polygons.
    pub fn bounds(&self) -> Option<BoundingBox> {
        self.positions().fold(None, |bounds: Option<BoundingBox>, position| {
            Some(bounds.map_or_else(|| BoundingBox::of(position), |b| b.including(position)))
        })
    }
}

/// WKT.
impl fmt::Display for Geometry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Point(position) => write!(f, "POINT({position})"),
            Self::Line(line) => write!(f, "LINESTRING({})", joined(line)),
            Self::Area(polygons) if polygons.len() == 1 => {
                write!(f, "POLYGON{}", polygon_text(&polygons[0]))
            }
            Self::Area(polygons) => {
                let texts: Vec<String> = polygons.iter().map(polygon_text).collect();
                write!(f, "MULTIPOLYGON({})", texts.join(","))
            }
        }
    }
}

fn joined(positions: &[Position]) -> String {
    positions.iter().map(Position::to_string).collect::<Vec<_>>().join(",")
}

fn polygon_text(polygon: &Polygon) -> String {
    let rings: Vec<String> = polygon.rings().map(|r| format!("({})", joined(&r.0))).collect();
    format!("({})", rings.join(","))
}

/// A box in units of 1e-7 degree; west > east means that it crosses the date line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoundingBox {
    /// Western longitude.
    pub west: i32,
    /// Southern latitude.
    pub south: i32,
    /// Eastern longitude.
    pub east: i32,
    /// Northern latitude.
    pub north: i32,
}

impl BoundingBox {
    /// The box of one position.
    pub fn of(position: Position) -> Self {
        let Position { lon, lat } = position;
        Self { west: lon, south: lat, east: lon, north: lat }
    }

    /// This box, grown to hold `position`. Not for boxes over the date line.
    #[must_use]
    pub fn including(self, position: Position) -> Self {
        Self {
            west: self.west.min(position.lon),
            south: self.south.min(position.lat),
            east: self.east.max(position.lon),
            north: self.north.max(position.lat),
        }
    }

    /// Whether `position` lies in the box or on its edge.
    pub fn holds(&self, position: Position) -> bool {
        let in_latitude = (self.south..=self.north).contains(&position.lat);
        let in_longitude = if self.west <= self.east {
            (self.west..=self.east).contains(&position.lon)
        } else {
            position.lon >= self.west || position.lon <= self.east
        };
        in_latitude && in_longitude
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_read_and_written_exactly() {
        let gao = Position::parse("-0.0447", "16.2717").expect("a place");
        assert_eq!((gao.lon(), gao.lat()), (-447_000, 162_717_000));
        assert_eq!(gao.to_string(), "-0.0447 16.2717");
        assert_eq!(Position::from_degrees(-0.0447, 16.2717), Ok(gao));
    }

    #[test]
    fn positions_off_the_earth_are_refused_with_the_value() {
        assert_eq!(Position::parse("181", "0"), Err(PlaceError::Longitude("181".into())));
        assert_eq!(Position::parse("0", "-90.1"), Err(PlaceError::Latitude("-90.1".into())));
        assert_eq!(Position::parse("x", "0"), Err(PlaceError::NotDegrees("x".into())));
        assert_eq!(Position::parse("NaN", "0"), Err(PlaceError::Longitude("NaN".into())));
        assert_eq!(Position::parse("1e300", "0"), Err(PlaceError::Longitude("1e300".into())));
    }

    #[test]
    fn rings_must_close() {
        let at = |lon, lat| Position::from_units(lon, lat).expect("in range");
        let open = vec![at(0, 0), at(1, 0), at(1, 1), at(0, 1)];
        assert_eq!(Ring::new(open.clone()), Err(PlaceError::OpenRing));
        let mut closed = open;
        closed.push(at(0, 0));
        let area = Geometry::Area(vec![Polygon {
            outer: Ring::new(closed).expect("closed"),
            holes: vec![],
        }]);
        assert_eq!(area.bounds(), Some(BoundingBox { west: 0, south: 0, east: 1, north: 1 }));
        assert!(area.to_string().starts_with("POLYGON((0 0,0.0000001 0,"));
    }

    #[test]
    fn a_box_over_the_date_line_holds_both_sides() {
        let far = BoundingBox { west: 170, south: -10, east: -170, north: 10 };
        let at = |lon| Position::from_units(lon, 0).expect("in range");
        assert!(far.holds(at(175)) && far.holds(at(-175)) && !far.holds(at(0)));
    }
}
