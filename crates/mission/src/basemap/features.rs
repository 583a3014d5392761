//! Features of a map from a GeoJSON feature collection.

use forms::answer::place_finding;
use model::finding::Finding;
use model::place::{Geometry, PlaceError, Polygon, Position, Ring};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Feature, Scalar};
use crate::findings::Findings;

/// The property that says from which zoom on a feature is drawn.
const ZOOM: &str = "zoom";

#[derive(Deserialize)]
struct Collection {
    features: Vec<Given>,
}

#[derive(Deserialize)]
struct Given {
    properties: Option<Map<String, Value>>,
    geometry: Option<Shape>,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Shape {
    Point(Degrees),
    LineString(Vec<Degrees>),
    MultiLineString(Vec<Vec<Degrees>>),
    Polygon(Vec<Vec<Degrees>>),
    MultiPolygon(Vec<Vec<Vec<Degrees>>>),
    #[serde(untagged)]
    Other(serde::de::IgnoredAny),
}

/// Longitude, latitude, and what may follow.
type Degrees = Vec<f64>;

/// Reads the features; several lines in one become several. What is wrong is a finding with the
/// number of the feature, from 1.
pub(super) fn read(file: &str, content: &[u8], findings: &Findings) -> Vec<Feature> {
    let collection: Collection = match serde_json::from_slice(content) {
        Ok(collection) => collection,
        Err(error) => {
            let finding = Finding::error("geojson-invalid").in_file(file);
            findings.push(finding.at_row(error.line() as u64).with("problem", error));
            return Vec::new();
        }
    };
    let mut features = Vec::new();
    for (number, given) in (1..).zip(collection.features) {
        let properties = given.properties.unwrap_or_default();
        let zoom = properties.get(ZOOM).and_then(Value::as_u64);
        let zoom = zoom.and_then(|zoom| u8::try_from(zoom).ok());
        let attributes: Vec<(String, Scalar)> =
            properties.into_iter().filter_map(|(name, value)| attribute(name, value)).collect();
        match geometries(given.geometry) {
            Ok(shapes) => features.extend(shapes.into_iter().map(|geometry| Feature {
                geometry,
                zoom,
                attributes: attributes.clone(),
            })),
            Err(problem) => {
                let finding =
                    problem.map_or(Finding::error("basemap-shape"), |e| place_finding(&e));
                findings.push(finding.in_file(file).at_row(number));
            }
        }
    }
    features
}

fn attribute(name: String, value: Value) -> Option<(String, Scalar)> {
    let scalar = match value {
        Value::String(text) => Scalar::Text(text),
        Value::Bool(yes) => Scalar::Boolean(yes),
        Value::Number(number) => Scalar::Integer(number.as_i64()?),
        _ => return None,
    };
    (name != ZOOM).then_some((name, scalar))
}

/// The shapes; without an error where there is none that can be drawn.
fn geometries(shape: Option<Shape>) -> Result<Vec<Geometry>, Option<PlaceError>> {
    Ok(match shape {
        Some(Shape::Point(degrees)) => vec![Geometry::Point(position(&degrees)?)],
        Some(Shape::LineString(line)) => vec![self::line(&line)?],
        Some(Shape::MultiLineString(lines)) => {
            lines.iter().map(|line| self::line(line)).collect::<Result<_, _>>()?
        }
        Some(Shape::Polygon(rings)) => vec![Geometry::Area(vec![polygon(&rings)?])],
        Some(Shape::MultiPolygon(polygons)) => {
            let polygons = polygons.iter().map(|rings| polygon(rings));
            vec![Geometry::Area(polygons.collect::<Result<_, _>>()?)]
        }
        Some(Shape::Other(_)) | None => return Err(None),
    })
}

fn line(degrees: &[Degrees]) -> Result<Geometry, PlaceError> {
    let positions = positions(degrees)?;
    if positions.len() < 2 { Err(PlaceError::ShortLine) } else { Ok(Geometry::Line(positions)) }
}

fn polygon(rings: &[Vec<Degrees>]) -> Result<Polygon, PlaceError> {
    let mut rings = rings.iter().map(|ring| Ring::new(positions(ring)?));
    let outer = rings.next().unwrap_or(Err(PlaceError::OpenRing))?;
    Ok(Polygon { outer, holes: rings.collect::<Result<_, _>>()? })
}

fn positions(degrees: &[Degrees]) -> Result<Vec<Position>, PlaceError> {
    degrees.iter().map(|pair| position(pair)).collect()
}

fn position(degrees: &[f64]) -> Result<Position, PlaceError> {
    match degrees {
        [lon, lat, ..] => Position::from_degrees(*lon, *lat),
        _ => Err(PlaceError::NotDegrees(format!("{degrees:?}"))),
    }
}
