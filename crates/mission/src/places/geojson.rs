//! Areas from a GeoJSON feature collection.

use forms::answer::place_finding;
use model::finding::Finding;
use model::place::{Geometry, PlaceError, Polygon, Position, Ring};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::Area;
use crate::findings::Findings;

/// The properties that hold what an area is.
pub(super) struct Columns<'a> {
    pub(super) code: &'a str,
    pub(super) name: &'a str,
    pub(super) parent: Option<&'a str>,
}

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Option<Map<String, Value>>,
    geometry: Option<Shape>,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Shape {
    Polygon(Vec<Positions>),
    MultiPolygon(Vec<Vec<Positions>>),
    #[serde(untagged)]
    Other(serde::de::IgnoredAny),
}

type Positions = Vec<Vec<f64>>;

/// Reads the areas; each comes with a finding that says where it stands, to be given a code. The
/// row is the number of the feature, from 1.
pub(super) fn read(
    file: &str,
    content: &[u8],
    columns: &Columns<'_>,
    findings: &Findings,
) -> Vec<(Area, Finding)> {
    let collection: Collection = match serde_json::from_slice(content) {
        Ok(collection) => collection,
        Err(error) => {
            let finding = Finding::error("geojson-invalid").in_file(file);
            findings.push(finding.at_row(error.line() as u64).with("problem", error));
            return Vec::new();
        }
    };
    let mut areas = Vec::new();
    for (number, feature) in (1..).zip(collection.features) {
        let at = Finding::error("").in_file(file).at_row(number);
        match read_feature(feature, columns, &at) {
            Ok(area) => areas.push((area, at)),
            Err(finding) => findings.push(finding),
        }
    }
    areas
}

fn read_feature(feature: Feature, columns: &Columns<'_>, at: &Finding) -> Result<Area, Finding> {
    let properties = feature.properties.unwrap_or_default();
    let text = |column: &str| properties.get(column).and_then(Value::as_str).map(str::trim);
    let needed = |column: &str| {
        text(column).filter(|text| !text.is_empty()).map(str::to_owned).ok_or_else(|| {
            let finding = Finding { code: "places-property-missing", ..at.clone() };
            finding.in_column(column).with("property", column)
        })
    };
    let (code, name) = (needed(columns.code)?, needed(columns.name)?);
    let geometry = geometry(feature.geometry).map_err(|problem| {
        let problem = problem.map(|error| place_finding(&error));
        let finding = problem.unwrap_or_else(|| Finding::error("places-not-an-area"));
        Finding { at: at.at.clone(), ..finding }.in_column(&code)
    })?;
    let parent = columns.parent.and_then(text).map(str::to_owned);
    Ok(Area { code, name, parent, geometry })
}

/// The shape; without an error where it is none of an area at all.
fn geometry(shape: Option<Shape>) -> Result<Geometry, Option<PlaceError>> {
    let polygons = match shape {
        Some(Shape::Polygon(rings)) => vec![rings],
        Some(Shape::MultiPolygon(polygons)) => polygons,
        Some(Shape::Other(_)) | None => return Err(None),
    };
    let polygons = polygons.into_iter().map(polygon).collect::<Result<Vec<_>, _>>()?;
    if polygons.is_empty() { Err(None) } else { Ok(Geometry::Area(polygons)) }
}

fn polygon(rings: Vec<Positions>) -> Result<Polygon, PlaceError> {
    let mut rings = rings.into_iter().map(ring);
    let outer = rings.next().unwrap_or(Err(PlaceError::OpenRing))?;
    Ok(Polygon { outer, holes: rings.collect::<Result<_, _>>()? })
}

fn ring(positions: Positions) -> Result<Ring, PlaceError> {
    let position = |pair: Vec<f64>| match pair.as_slice() {
        [lon, lat, ..] => Position::from_degrees(*lon, *lat),
        _ => Err(PlaceError::NotDegrees(format!("{pair:?}"))),
    };
    Ring::new(positions.into_iter().map(position).collect::<Result<_, _>>()?)
}
