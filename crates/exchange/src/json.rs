//! Values as JSON, the one form every output shares: geometries as GeoJSON, decimals as numbers,
//! days and instants as RFC 3339 text, codes as text or a list of texts, rows as a list of objects.
//!
//! [`value`] gives a tree to put into larger ones; [`write()`] writes the same straight to bytes,
//! with the exact digits of every number. [`parse_geometry`] reads geometries back.

use std::io::{self, Write};

use model::place::{Degrees, Geometry, Polygon, Position, Ring};
use model::rows::Row;
use model::value::Value;
use serde_json::{Number, Value as Json, json};

pub use spatial::geojson::{GeometryError, Parsed, parse_geometry};

/// A value as a JSON tree.
pub fn value(value: &Value) -> Json {
    match value {
        Value::Text(text) | Value::Code(text) => Json::String(text.clone()),
        Value::Integer(number) => Json::from(*number),
        Value::Decimal(number) => decimal(&number.to_string()),
        Value::Boolean(yes) => Json::Bool(*yes),
        Value::Codes(codes) => codes.iter().map(String::as_str).collect(),
        Value::Geometry(shape) => geometry(shape),
        Value::Date(_) | Value::Time(_) | Value::Record(_) | Value::Blob(_) => {
            Json::String(value.to_string())
        }
        Value::Rows(rows) => rows.iter().map(row).collect(),
    }
}

/// A geometry as a GeoJSON geometry object.
pub fn geometry(shape: &Geometry) -> Json {
    match shape {
        Geometry::Point(at) => json!({ "type": "Point", "coordinates": position(*at) }),
        Geometry::Line(line) => json!({ "type": "LineString", "coordinates": positions(line) }),
        Geometry::Area(polygons) => match polygons.as_slice() {
            [one] => json!({ "type": "Polygon", "coordinates": rings(one) }),
            several => {
                let several: Vec<Json> = several.iter().map(rings).collect();
                json!({ "type": "MultiPolygon", "coordinates": several })
            }
        },
    }
}

/// Writes a value as [`value`] has it, decimals with all their digits.
pub fn write(value: &Value, out: &mut impl Write) -> io::Result<()> {
    match value {
        Value::Text(text) | Value::Code(text) => write_text(text, out),
        Value::Codes(codes) => write_list(codes, out, |code, out| write_text(code, out)),
        Value::Geometry(shape) => write_geometry(shape, out),
        Value::Integer(_) | Value::Decimal(_) | Value::Boolean(_) | Value::Rows(_) => {
            write!(out, "{value}")
        }
        Value::Date(_) | Value::Time(_) | Value::Record(_) | Value::Blob(_) => {
            write!(out, "\"{value}\"")
        }
    }
}

/// Writes a geometry as [`geometry()`] has it.
pub fn write_geometry(shape: &Geometry, out: &mut impl Write) -> io::Result<()> {
    let kind = match shape {
        Geometry::Point(_) => "Point",
        Geometry::Line(_) => "LineString",
        Geometry::Area(polygons) if polygons.len() == 1 => "Polygon",
        Geometry::Area(_) => "MultiPolygon",
    };
    out.write_all(b"{\"type\":\"")?;
    out.write_all(kind.as_bytes())?;
    out.write_all(b"\",\"coordinates\":")?;
    match shape {
        Geometry::Point(at) => write_position(*at, out)?,
        Geometry::Line(line) => write_list(line, out, |at, out| write_position(*at, out))?,
        Geometry::Area(polygons) => match polygons.as_slice() {
            [one] => write_rings(one, out)?,
            several => write_list(several, out, write_rings)?,
        },
    }
    out.write_all(b"}")
}

/// Writes a text as a JSON string.
pub fn write_text(text: &str, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(out, text).map_err(io::Error::from)
}

fn row(row: &Row) -> Json {
    Json::Object(row.iter().map(|(name, one)| (name.to_string(), value(one))).collect())
}

fn decimal(text: &str) -> Json {
    text.parse::<Number>().map_or_else(|_not_json| Json::String(text.to_owned()), Json::Number)
}

fn position(at: Position) -> Json {
    json!([decimal(&at.lon_text()), decimal(&at.lat_text())])
}

fn positions(line: &[Position]) -> Json {
    line.iter().map(|at| position(*at)).collect()
}

fn rings(polygon: &Polygon) -> Json {
    polygon.rings().map(|ring| positions(ring.positions())).collect()
}

fn write_rings(polygon: &Polygon, out: &mut impl Write) -> io::Result<()> {
    write_list(polygon.rings(), out, |ring: &Ring, out| {
        write_list(ring.positions(), out, |at, out| write_position(*at, out))
    })
}

fn write_position(at: Position, out: &mut impl Write) -> io::Result<()> {
    write!(out, "[{},{}]", Degrees(at.lon()), Degrees(at.lat()))
}

fn write_list<W: Write, T>(
    items: impl IntoIterator<Item = T>,
    out: &mut W,
    mut write_one: impl FnMut(T, &mut W) -> io::Result<()>,
) -> io::Result<()> {
    out.write_all(b"[")?;
    for (place, item) in items.into_iter().enumerate() {
        if place > 0 {
            out.write_all(b",")?;
        }
        write_one(item, out)?;
    }
    out.write_all(b"]")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use model::decimal::Decimal;
    use model::id::{BlobId, RecordId};
    use model::time::{Date, Timestamp};
    use proptest::prelude::*;

    use super::*;
    use crate::testing;

    fn check(given: &Value, expected: &str) {
        let mut written = Vec::new();
        write(given, &mut written).expect("a Vec takes every byte");
        assert_eq!(String::from_utf8(written).expect("UTF-8"), expected);
        assert_eq!(value(given), serde_json::from_str::<Json>(expected).expect("JSON"));
    }

    #[test]
    fn every_kind_of_value_has_its_form() {
        check(&Value::Text("a \"b\"\n=é".into()), "\"a \\\"b\\\"\\n=é\"");
        check(&Value::Integer(-7), "-7");
        check(&Value::Decimal(Decimal::new(-125, 2).expect("a scale")), "-1.25");
        check(&Value::Boolean(true), "true");
        check(&Value::Date(Date::from_days(17_591)), "\"2018-03-01\"");
        check(&Value::Time(Timestamp::from_ms(1_519_905_600_250)), "\"2018-03-01T12:00:00.250Z\"");
        check(&Value::Code("AC-CLASH".into()), "\"AC-CLASH\"");
        check(&Value::Codes(BTreeSet::from(["b".into(), "a".into()])), "[\"a\",\"b\"]");
        check(&Value::Record(RecordId::from_bytes([0; 16])), "\"00000000000000000000000000\"");
        let blob = "00".repeat(32);
        check(&Value::Blob(BlobId::from_bytes([0; 32])), &format!("\"{blob}\""));
    }

    #[test]
    fn shapes_are_geojson_geometries_in_exact_degrees() {
        let shape = |text: &str| Value::Geometry(testing::shape(text));
        check(&shape("-0.0447 16.2717"), r#"{"type":"Point","coordinates":[-0.0447,16.2717]}"#);
        check(&shape("0 0,1 1"), r#"{"type":"LineString","coordinates":[[0,0],[1,1]]}"#);
        check(
            &shape("(0 0,1 0,1 1,0 0)"),
            r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#,
        );
        check(
            &shape("(0 0,1 0,1 1,0 0)(2 2,3 2,3 3,2 2)"),
            r#"{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[2,2],[3,2],[3,3],[2,2]]]]}"#,
        );
    }

    #[test]
    fn long_decimals_keep_every_digit_where_they_are_written() {
        let long = Decimal::new(123_456_789_012_345_678, 9).expect("a scale");
        let mut written = Vec::new();
        write(&Value::Decimal(long), &mut written).expect("a Vec takes every byte");
        assert_eq!(written, b"123456789.012345678");
    }

    proptest! {
        #[test]
        fn what_is_written_is_what_the_tree_says(given in testing::values()) {
            let mut written = Vec::new();
            write(&given, &mut written)?;
            prop_assert_eq!(serde_json::from_slice::<Json>(&written)?, value(&given));
        }

        #[test]
        fn shapes_come_back(shape in testing::shapes()) {
            let parsed = parse_geometry(&geometry(&shape))?;
            prop_assert_eq!(parsed, Parsed { geometry: Some(shape), has_altitude: false });
        }
    }
}
