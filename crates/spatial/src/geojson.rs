//! Shapes from GeoJSON geometry objects.
//!
//! Lists of one point or one line, which some programs write, are that point or line. Rings are
//! checked for length and closure only; whether they cross themselves is for [`crate::ring`] to say.

use model::finding::Finding;
use model::limits::GEOMETRY_POSITIONS_MAX;
use model::place::{Geometry, PlaceError, Polygon, Position, Ring};
use serde_json::Value as Json;
use thiserror::Error;

/// Why a JSON value is not a shape.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GeometryError {
    /// A kind of geometry that no field holds.
    #[error("`{0}` is not Point, LineString, Polygon or MultiPolygon")]
    Kind(String),
    /// Coordinates that are not nested as this kind of geometry has them.
    #[error("the coordinates of a {0} are not nested as they must be")]
    Nesting(&'static str),
    /// Coordinates that are nested right and are no place.
    #[error(transparent)]
    Place(#[from] PlaceError),
}

impl GeometryError {
    /// What to tell the person whose file it is.
    pub fn finding(&self) -> Finding {
        match self {
            Self::Kind(kind) => Finding::error("geometry-kind").with("kind", kind),
            Self::Nesting(_) | Self::Place(_) => {
                Finding::error("geometry-invalid").with("cause", self)
            }
        }
    }
}

/// A shape, and whether anything was left out of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The shape; none where the JSON is null or has no coordinates.
    pub geometry: Option<Geometry>,
    /// Whether positions had a third number.
    pub has_altitude: bool,
}

/// Reads a GeoJSON geometry object, or null.
pub fn parse_geometry(json: &Json) -> Result<Parsed, GeometryError> {
    if json.is_null() {
        return Ok(Parsed::default());
    }
    let kind = json.get("type").and_then(Json::as_str).unwrap_or_default();
    let coordinates = json.get("coordinates").unwrap_or(&Json::Null);
    let mut shapes = Shapes::default();
    let geometry = match kind {
        "Point" | "LineString" | "Polygon" | "MultiPolygon" if is_empty(coordinates) => None,
        "Point" => Some(Geometry::Point(shapes.position(coordinates)?)),
        "MultiPoint" => Some(Geometry::Point(shapes.position(only(kind, coordinates)?)?)),
        "LineString" => Some(shapes.line(coordinates)?),
        "MultiLineString" => Some(shapes.line(only(kind, coordinates)?)?),
        "Polygon" => Some(Geometry::Area(vec![shapes.polygon(coordinates)?])),
        "MultiPolygon" => Some(shapes.area(coordinates)?),
        other => return Err(GeometryError::Kind(other.to_owned())),
    };
    Ok(Parsed { geometry, has_altitude: shapes.has_altitude })
}

fn is_empty(coordinates: &Json) -> bool {
    coordinates.as_array().is_some_and(Vec::is_empty)
}

/// The only part of a list of points or lines.
fn only<'j>(kind: &str, coordinates: &'j Json) -> Result<&'j Json, GeometryError> {
    match coordinates.as_array().map(Vec::as_slice) {
        Some([one]) => Ok(one),
        _ => Err(GeometryError::Kind(kind.to_owned())),
    }
}

/// Reads coordinates and counts positions.
#[derive(Default)]
struct Shapes {
    positions: usize,
    has_altitude: bool,
}

impl Shapes {
    fn position(&mut self, json: &Json) -> Result<Position, GeometryError> {
        self.positions += 1;
        if self.positions > GEOMETRY_POSITIONS_MAX {
            let found = self.positions;
            return Err(PlaceError::TooManyPositions { found, max: GEOMETRY_POSITIONS_MAX }.into());
        }
        let numbers = list("Point", json)?;
        let (Some(lon), Some(lat)) = (number(numbers, 0), number(numbers, 1)) else {
            return Err(GeometryError::Nesting("Point"));
        };
        self.has_altitude |= numbers.len() > 2;
        Ok(Position::from_degrees(lon, lat)?)
    }

    fn positions(&mut self, json: &[Json]) -> Result<Vec<Position>, GeometryError> {
        json.iter().map(|position| self.position(position)).collect()
    }

    fn line(&mut self, json: &Json) -> Result<Geometry, GeometryError> {
        let line = self.positions(list("LineString", json)?)?;
        if line.len() < 2 { Err(PlaceError::ShortLine.into()) } else { Ok(Geometry::Line(line)) }
    }

    fn polygon(&mut self, json: &Json) -> Result<Polygon, GeometryError> {
        let mut rings = list("Polygon", json)?.iter();
        let outer = rings.next().ok_or(GeometryError::Nesting("Polygon"))?;
        let outer = self.ring(outer)?;
        let holes = rings.map(|ring| self.ring(ring)).collect::<Result<_, _>>()?;
        Ok(Polygon { outer, holes })
    }

    fn ring(&mut self, json: &Json) -> Result<Ring, GeometryError> {
        Ok(Ring::new(self.positions(list("Polygon", json)?)?)?)
    }

    fn area(&mut self, json: &Json) -> Result<Geometry, GeometryError> {
        let polygons = list("MultiPolygon", json)?.iter().map(|polygon| self.polygon(polygon));
        Ok(Geometry::Area(polygons.collect::<Result<_, _>>()?))
    }
}

fn list<'j>(kind: &'static str, json: &'j Json) -> Result<&'j [Json], GeometryError> {
    json.as_array().map(Vec::as_slice).ok_or(GeometryError::Nesting(kind))
}

fn number(numbers: &[Json], place: usize) -> Option<f64> {
    numbers.get(place)?.as_f64()
}
