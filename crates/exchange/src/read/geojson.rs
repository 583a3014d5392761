//! GeoJSON: features as rows, their properties as columns, in the order they are first seen.
//!
//! The shape of a feature is WKT in the column `geometry`; points are in `longitude` and `latitude`
//! as well, and the feature's own id in `id`, unless a property has that name. Nested values are
//! JSON text. Rows are counted from 1: there is no header.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufRead, BufReader, Read};

use model::finding::Finding;
use model::place::Geometry;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};

use crate::json::{GeometryError, parse_geometry};

use super::columns::{self, Columns};
use super::encoding::UTF8_MARK;
use super::grid::Grid;
use super::guard::{too_large, unreadable};
use super::options::Options;
use super::{Parts, Rows};

/// The column of a feature's shape.
const GEOMETRY: &str = "geometry";
/// The names of WGS 84, longitude first; other systems are refused.
const KNOWN_SYSTEMS: [&str; 4] = ["CRS84", "EPSG::4326", "EPSG:4326", "WGS84"];

/// Opens a GeoJSON file.
pub(crate) fn open<'a>(
    reader: impl Read,
    bytes: u64,
    options: &Options,
) -> Result<Parts<'a>, Vec<Finding>> {
    let bytes_max = options.limits.geojson_bytes;
    if bytes > bytes_max {
        return Err(vec![too_large(bytes, bytes_max)]);
    }
    let mut features = Features::new(options);
    features.read(reader).map_err(|finding| vec![finding])?;
    let names = features.names.iter().map(String::as_str);
    let columns = Columns::from_header(names, 1, &options.limits)?;
    Ok(Parts {
        columns,
        rows: Rows::Grid(features.grid.into_rows()),
        warnings: features.warnings.into_values().collect(),
    })
}

/// The features read so far.
struct Features {
    grid: Grid,
    names: Vec<String>,
    positions: BTreeMap<String, u32>,
    columns_max: usize,
    count: u64,
    kind: Option<String>,
    listed: bool,
    warnings: BTreeMap<&'static str, Finding>,
    refused: Option<Finding>,
}

impl Features {
    fn new(options: &Options) -> Self {
        Self {
            grid: Grid::new(options.limits.geojson_bytes, options.limits.cell_bytes),
            names: Vec::new(),
            positions: BTreeMap::new(),
            columns_max: options.limits.columns,
            count: 0,
            kind: None,
            listed: false,
            warnings: BTreeMap::new(),
            refused: None,
        }
    }

    fn read(&mut self, reader: impl Read) -> Result<(), Finding> {
        let mut reader = BufReader::new(reader);
        skip_mark(&mut reader)?;
        let mut json = serde_json::Deserializer::from_reader(reader);
        let read = self.deserialize(&mut json).and_then(|()| json.end());
        if let Some(finding) = self.refused.take() {
            return Err(finding);
        }
        read.map_err(|error| {
            Finding::error("geojson-broken").with("line", error.line()).with("cause", error)
        })?;
        if self.kind.as_deref() == Some("FeatureCollection") && self.listed {
            return Ok(());
        }
        let found = self.kind.take().unwrap_or_default();
        Err(Finding::error("geojson-no-collection").with("found", found))
    }
}

impl Features {
    fn add(&mut self, feature: &Json) -> Result<(), Finding> {
        self.count += 1;
        self.grid.begin_row(self.count);
        let empty = Map::new();
        let properties = feature.get("properties").and_then(Json::as_object).unwrap_or(&empty);
        for (name, value) in properties {
            if name == GEOMETRY {
                self.warn(Finding::warning("geojson-property-hidden").in_column(GEOMETRY));
            } else {
                self.add_cell(name, &text_of(value))?;
            }
        }
        if let Some(id) = feature.get("id") {
            self.add_unless(properties, "id", &text_of(id))?;
        }
        match parse_geometry(feature.get("geometry").unwrap_or(&Json::Null)) {
            Ok(parsed) => self.add_shape(properties, parsed.geometry.as_ref(), parsed.has_altitude),
            Err(error) => self.refuse_shape(&error),
        }
    }

    fn add_shape(
        &mut self,
        properties: &Map<String, Json>,
        shape: Option<&Geometry>,
        has_altitude: bool,
    ) -> Result<(), Finding> {
        if has_altitude {
            self.warn(Finding::warning("geojson-altitude-left-out"));
        }
        if let Some(shape) = shape {
            self.add_cell(GEOMETRY, &shape.to_string())?;
        }
        if let Some(Geometry::Point(at)) = shape {
            self.add_unless(properties, "longitude", &at.lon_text())?;
            self.add_unless(properties, "latitude", &at.lat_text())?;
        }
        Ok(())
    }

    fn refuse_shape(&mut self, error: &GeometryError) -> Result<(), Finding> {
        let column = self.column(GEOMETRY)?;
        self.grid.refuse(Some(column), error.finding());
        Ok(())
    }

    fn add_unless(
        &mut self,
        properties: &Map<String, Json>,
        name: &str,
        text: &str,
    ) -> Result<(), Finding> {
        if properties.contains_key(name) { Ok(()) } else { self.add_cell(name, text) }
    }

    fn add_cell(&mut self, name: &str, text: &str) -> Result<(), Finding> {
        let column = self.column(name)?;
        self.grid.push(column, text)
    }

    fn column(&mut self, name: &str) -> Result<u32, Finding> {
        if let Some(position) = self.positions.get(name) {
            return Ok(*position);
        }
        if self.names.len() == self.columns_max {
            return Err(columns::too_many(self.columns_max).at_row(self.count));
        }
        let too_many = |_too_many| columns::too_many(self.columns_max);
        let position = u32::try_from(self.names.len()).map_err(too_many)?;
        self.positions.insert(name.to_owned(), position);
        self.names.push(name.to_owned());
        Ok(position)
    }

    /// Notes a warning once.
    fn warn(&mut self, finding: Finding) {
        self.warnings.entry(finding.code).or_insert(finding);
    }

    /// Keeps the finding and gives the parser an error to stop with.
    fn stop<E: serde::de::Error>(&mut self, finding: Finding) -> E {
        let error = E::custom(finding.code);
        self.refused = Some(finding);
        error
    }
}

fn check_system(system: &Json) -> Result<(), Finding> {
    let name = system.pointer("/properties/name").and_then(Json::as_str).unwrap_or_default();
    if system.is_null() || KNOWN_SYSTEMS.iter().any(|known| name.ends_with(known)) {
        return Ok(());
    }
    Err(Finding::error("geojson-system").with("system", name))
}

/// A JSON value as a cell; null is no value.
fn text_of(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn skip_mark(reader: &mut impl BufRead) -> Result<(), Finding> {
    let start = reader.fill_buf().map_err(|error| unreadable(&error))?;
    let mark_bytes = if start.starts_with(UTF8_MARK) { UTF8_MARK.len() } else { 0 };
    reader.consume(mark_bytes);
    Ok(())
}

/// The collection: features are taken as they come, the rest of it is looked over.
impl<'de> DeserializeSeed<'de> for &mut Features {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(Collection(self))
    }
}

struct Collection<'f>(&'f mut Features);

impl<'de> Visitor<'de> for Collection<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feature collection")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "type" => self.0.kind = map.next_value::<Json>()?.as_str().map(str::to_owned),
                "features" => map.next_value_seed(List(self.0))?,
                "crs" => {
                    let system = map.next_value::<Json>()?;
                    check_system(&system).map_err(|finding| self.0.stop(finding))?;
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

struct List<'f>(&'f mut Features);

impl<'de> DeserializeSeed<'de> for List<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        self.0.listed = true;
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(feature) = list.next_element::<Json>()? {
            self.0.add(&feature).map_err(|finding| self.0.stop(finding))?;
        }
        Ok(())
    }
}
