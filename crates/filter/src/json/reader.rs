//! Reading CQL2 JSON. Positions in findings are pointers: `/args/0`.
//!
//! The JSON reader's own limit of 128 levels ends a filter of more than about 60 levels.

use model::finding::Finding;
use model::limits::{FILTER_BYTES_MAX, FILTER_DEPTH_MAX, GEOMETRY_POSITIONS_MAX};
use model::place::{Geometry, Polygon, Position, Ring};
use serde_json::error::Category;
use serde_json::{Map, Value as Json};
use spatial::shape::Shape;

use crate::expression::{At, Expression, Part};
use crate::{findings, literal};

/// Reads a whole document.
pub(crate) fn read(text: &str) -> Result<Expression, Finding> {
    if text.len() > FILTER_BYTES_MAX {
        return Err(findings::too_long(text.len()));
    }
    let json: Json = serde_json::from_str(text).map_err(|error| not_json(&error))?;
    expression(&json, String::new(), 0)
}

fn not_json(error: &serde_json::Error) -> Finding {
    let too_deep =
        error.classify() == Category::Syntax && error.to_string().starts_with("recursion");
    if too_deep {
        return findings::too_deep(&At::Pointer(String::new()));
    }
    findings::not_json(error.line(), error.column())
}

type Read<T> = Result<T, Finding>;

fn expression(json: &Json, pointer: String, depth: usize) -> Read<Expression> {
    if depth > FILTER_DEPTH_MAX {
        return Err(findings::too_deep(&At::Pointer(pointer)));
    }
    let part = match json {
        Json::Null => Part::Null,
        Json::Bool(value) => Part::Boolean(*value),
        Json::Number(number) => {
            Part::Number(literal::number(&At::Pointer(pointer.clone()), &number.to_string())?)
        }
        Json::String(text) => Part::Text(text.clone()),
        Json::Array(items) => Part::List(expressions(items, &pointer, depth)?),
        Json::Object(object) => object_part(object, &pointer, depth)?,
    };
    Ok(Expression { at: At::Pointer(pointer), part })
}

fn expressions(items: &[Json], pointer: &str, depth: usize) -> Read<Vec<Expression>> {
    let numbered = items.iter().enumerate();
    numbered
        .map(|(place, item)| expression(item, format!("{pointer}/{place}"), depth + 1))
        .collect()
}

/// What an object is, told by the one member it must have.
fn object_part(object: &Map<String, Json>, pointer: &str, depth: usize) -> Read<Part> {
    let at = At::Pointer(pointer.to_owned());
    if let Some(op) = object.get("op") {
        let (Json::String(op), Some(Json::Array(items))) = (op, object.get("args")) else {
            return Err(findings::wrong_arguments(&at, "op", r#"{"op": "=", "args": []}"#));
        };
        only(object, &["op", "args"], &at)?;
        let arguments = expressions(items, &format!("{pointer}/args"), depth)?;
        return Ok(Part::Call { name: op.clone(), arguments });
    }
    if object.contains_key("type") {
        only(object, &["type", "coordinates"], &at)?;
        return geometry(object)
            .map(|geometry| Part::Shape(Shape::Geometry(geometry)))
            .ok_or_else(|| findings::wrong_shape(&at, &Json::Object(object.clone()).to_string()));
    }
    let mut members = object.iter();
    let (Some((key, value)), None) = (members.next(), members.next()) else {
        return Err(findings::syntax(&at, "op", &Json::Object(object.clone()).to_string()));
    };
    wrapped(key, value, &at, depth)
}

/// A property, date, timestamp, interval or box.
fn wrapped(key: &str, value: &Json, at: &At, depth: usize) -> Read<Part> {
    let pointer = format!("{at}/{key}");
    let one = || expression(value, pointer.clone(), depth + 1);
    let several = || match value {
        Json::Array(items) => expressions(items, &pointer, depth + 1),
        _ => Err(findings::syntax(at, "[", &value.to_string())),
    };
    match (key, value) {
        ("property", Json::String(name)) => Ok(Part::Field(name.clone())),
        ("date", _) => literal::date(at, &[one()?]),
        ("timestamp", _) => literal::instant(at, &[one()?]),
        ("interval", _) => literal::interval(at, &several()?),
        ("bbox", _) => literal::bounds(at, &several()?),
        _ => Err(findings::syntax(at, "op", key)),
    }
}

/// Refuses members that would be dropped.
fn only(object: &Map<String, Json>, known: &[&str], at: &At) -> Read<()> {
    match object.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(findings::syntax(at, &known.join(" "), key)),
        None => Ok(()),
    }
}

/// A `GeoJSON` geometry of two dimensions; `None` where it is not one of our kinds.
fn geometry(object: &Map<String, Json>) -> Option<Geometry> {
    let coordinates = object.get("coordinates")?;
    let geometry = match object.get("type")?.as_str()? {
        "Point" => Geometry::Point(position(coordinates)?),
        "LineString" => Geometry::Line(many(coordinates, position)?),
        "Polygon" => Geometry::Area(vec![polygon(coordinates)?]),
        "MultiPolygon" => Geometry::Area(many(coordinates, polygon)?),
        _ => return None,
    };
    let short = matches!(&geometry, Geometry::Line(line) if line.len() < 2);
    let empty = matches!(&geometry, Geometry::Area(polygons) if polygons.is_empty());
    let long = geometry.positions().count() > GEOMETRY_POSITIONS_MAX;
    (!short && !empty && !long).then_some(geometry)
}

fn polygon(json: &Json) -> Option<Polygon> {
    let mut rings = many(json, |ring| Ring::new(many(ring, position)?).ok())?;
    (!rings.is_empty()).then(|| Polygon { outer: rings.remove(0), holes: rings })
}

fn position(json: &Json) -> Option<Position> {
    match json.as_array()?.as_slice() {
        [lon, lat] => Position::from_degrees(lon.as_f64()?, lat.as_f64()?).ok(),
        _ => None,
    }
}

fn many<T>(json: &Json, item: impl Fn(&Json) -> Option<T>) -> Option<Vec<T>> {
    json.as_array()?.iter().map(item).collect()
}
