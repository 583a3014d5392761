//! GeoJSON: properties as columns, shapes as WKT, and what is no feature collection.

use model::value::{FieldType, Value};

use super::*;
use crate::testing::{shapes, written};
use crate::write::OutputFormat;

fn check(json: &str, expected: &str) {
    assert_eq!(shown(Format::GeoJson, json.as_bytes(), &Options::of("file")), expected);
}

fn collection(features: &[&str]) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","))
}

fn feature(geometry: &str, properties: &str) -> String {
    format!("{{\"type\":\"Feature\",\"geometry\":{geometry},\"properties\":{properties}}}")
}

fn point(coordinates: &str) -> String {
    format!("{{\"type\":\"Point\",\"coordinates\":{coordinates}}}")
}

#[test]
fn properties_are_columns_and_points_have_their_degrees_apart() {
    let json = collection(&[
        &feature(&point("[-0.0447,16.2717]"), r#"{"name":"Gao","n":1,"x":1.50,"yes":true}"#),
        &feature("null", r#"{"name":null,"more":{"a":[1,"é"]}}"#),
        &feature(&point("[1,2]"), "null"),
    ]);
    check(
        &json,
        "name|n|x|yes|geometry|longitude|latitude|more\n\
         1: Gao|1|1.5|true|POINT(-0.0447 16.2717)|-0.0447|16.2717|\n\
         2: |||||||{\"a\":[1,\"é\"]}\n\
         3: ||||POINT(1 2)|1|2|\n",
    );
    check(
        &format!("\u{FEFF}{json}"),
        &shown(Format::GeoJson, json.as_bytes(), &Options::of("file")),
    );
}

#[test]
fn properties_come_before_what_is_made_from_the_shape() {
    let json = collection(&[
        &feature(&point("[1,2]"), r#"{"longitude":"east","geometry":"mine"}"#),
        r#"{"type":"Feature","id":7,"geometry":null,"properties":{"a":1}}"#,
        r#"{"type":"Feature","id":7,"geometry":null,"properties":{"id":"own"}}"#,
    ]);
    check(
        &json,
        "longitude|geometry|latitude|a|id\n1: east|POINT(1 2)|2||\n2: |||1|7\n3: ||||own\n\
         warning: geojson-property-hidden\n",
    );
}

#[test]
fn every_shape_a_field_can_hold_is_read() {
    for (geometry, wkt) in [
        (r#"{"type":"MultiPoint","coordinates":[[1,2]]}"#, "POINT(1 2)"),
        (r#"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#, "LINESTRING(1 2,3 4)"),
        (r#"{"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]}"#, "LINESTRING(1 2,3 4)"),
        (
            r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#,
            "POLYGON((0 0,1 0,1 1,0 0))",
        ),
        (
            r#"{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[2,2],[3,2],[3,3],[2,2]]]]}"#,
            "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((2 2,3 2,3 3,2 2)))",
        ),
    ] {
        let json = collection(&[&feature(geometry, "{}")]);
        let text = shown(Format::GeoJson, json.as_bytes(), &Options::of("file"));
        assert!(text.contains(&format!("1: {wkt}")), "{text}");
    }
}

#[test]
fn shapes_that_are_none_refuse_their_feature_only() {
    let good = feature(&point("[1,2]"), r#"{"a":"good"}"#);
    for (geometry, code) in [
        (r#"{"type":"GeometryCollection","geometries":[]}"#, "geometry-kind"),
        (r#"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#, "geometry-kind"),
        (r#"{"type":"Point","coordinates":[181,2]}"#, "geometry-invalid"),
        (r#"{"type":"Point","coordinates":["1","2"]}"#, "geometry-invalid"),
        (r#"{"type":"LineString","coordinates":[[1,2]]}"#, "geometry-invalid"),
        (r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}"#, "geometry-invalid"),
        (r#"{"type":"Polygon","coordinates":7}"#, "geometry-invalid"),
        ("7", "geometry-kind"),
    ] {
        let json = collection(&[&feature(geometry, r#"{"a":"bad"}"#), &good]);
        let expected = format!(
            "a|geometry|longitude|latitude\n1: !{code}[geometry] <bad,,,>\n2: good|POINT(1 2)|1|2\n"
        );
        check(&json, &expected);
    }
}

#[test]
fn altitudes_are_left_out_with_a_warning_and_empty_shapes_are_none() {
    let json = collection(&[
        &feature(&point("[1,2,300]"), "{}"),
        &feature(&point("[3,4,300]"), "{}"),
        &feature(&point("[]"), r#"{"a":1}"#),
    ]);
    check(
        &json,
        "geometry|longitude|latitude|a\n1: POINT(1 2)|1|2|\n2: POINT(3 4)|3|4|\n3: |||1\n\
         warning: geojson-altitude-left-out\n",
    );
}

#[test]
fn only_feature_collections_in_wgs_84_are_read() {
    check(r#"{"type":"Feature"}"#, "refused: geojson-no-collection found=Feature\n");
    check(
        r#"{"type":"FeatureCollection"}"#,
        "refused: geojson-no-collection found=FeatureCollection\n",
    );
    check(&collection(&[]), "refused: file-empty\n");
    let system = |name: &str| {
        let crs = format!("{{\"type\":\"name\",\"properties\":{{\"name\":\"{name}\"}}}}");
        let features = feature("null", "{\"a\":1}");
        format!("{{\"type\":\"FeatureCollection\",\"crs\":{crs},\"features\":[{features}]}}")
    };
    check(&system("urn:ogc:def:crs:OGC:1.3:CRS84"), "a\n1: 1\n");
    let mercator = "urn:ogc:def:crs:EPSG::3857";
    check(&system(mercator), &format!("refused: geojson-system system={mercator}\n"));
}

#[test]
fn broken_json_says_where() {
    let broken = "{\"type\":\"FeatureCollection\",\n\"features\":[{]}";
    let refused = shown(Format::GeoJson, broken.as_bytes(), &Options::of("file"));
    assert!(refused.starts_with("refused: geojson-broken line=2 cause="), "{refused}");
    let deep = format!("{{\"features\":{}", "[".repeat(100_000));
    let refused = shown(Format::GeoJson, deep.as_bytes(), &Options::of("file"));
    assert!(refused.starts_with("refused: geojson-broken"), "{refused}");
}

#[test]
fn limits_hold() {
    let json = collection(&[&feature("null", r#"{"a":"12345","b":1,"c":"\u0000"}"#)]);
    let refused = |change: fn(&mut Limits)| shown(Format::GeoJson, json.as_bytes(), &small(change));
    assert!(refused(|limits| limits.geojson_bytes = 10).starts_with("refused: file-too-large"));
    assert_eq!(
        refused(|limits| limits.columns = 2),
        "refused: header-too-many-columns row 1 max=2\n"
    );
    assert_eq!(
        refused(|limits| limits.cell_bytes = 4),
        "a|b|c\n1: !cell-too-long[a] cell-nul[c] <12345,1,\0>\n"
    );
}

proptest! {
    #[test]
    fn what_is_written_is_read(text: String, number: i64, shape in shapes()) {
        prop_assume!(!text.contains('\0'));
        let wkt = shape.to_string();
        let types = [FieldType::Text, shape_type(&shape), FieldType::Integer];
        let record = vec![Some(Value::Text(text.clone())), Some(Value::Geometry(shape)), Some(Value::Integer(number))];
        let bytes = written(OutputFormat::GeoJson, &types, &[record]).expect("a Vec");
        let options = Options::of("file");
        let mut table = open(Format::GeoJson, Cursor::new(bytes), &options).expect("a table");
        let row = table.next_row().expect("a row").expect("a good one");
        prop_assert_eq!(row.get("text"), Some(text.as_str()));
        prop_assert_eq!(row.get("geometry"), Some(wkt.as_str()));
        prop_assert_eq!(row.get("integer").map(str::parse), Some(Ok(number)));
    }

    #[test]
    fn no_json_makes_the_reader_panic(noise in "([\\[\\]{},:]|\"(type|features|geometry|coordinates|Point)\"|[0-9.e-]{1,3}|null){0,30}") {
        shown(Format::GeoJson, noise.as_bytes(), &Options::of("file"));
        let inside = format!("{{\"type\":\"FeatureCollection\",\"features\":[{{\"geometry\":{noise}}}]}}");
        shown(Format::GeoJson, inside.as_bytes(), &Options::of("file"));
    }
}

fn shape_type(shape: &model::place::Geometry) -> FieldType {
    Value::Geometry(shape.clone()).field_type()
}
