//! How records are written, read back by other programs' code where there is any.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use model::decimal::Decimal;
use model::time::Timestamp;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;
use crate::testing::{self, ID, layout, shape, written};

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

fn check(
    format: OutputFormat,
    types: &[FieldType],
    records: &[Vec<Option<Value>>],
    expected: &str,
) {
    let bytes = written(format, types, records).expect("written");
    assert_eq!(text(&bytes).replace(&ID.to_string(), "ID"), expected);
}

fn words(words: &str) -> Value {
    Value::Text(words.to_owned())
}

#[test]
fn csv_is_quoted_and_texts_cannot_run() {
    let types = [FieldType::Text, FieldType::Integer, FieldType::Codes, FieldType::Point];
    let records = [
        vec![Some(words("=1+1")), Some(Value::Integer(-5)), None, None],
        vec![
            Some(words("a,\"b\"\n")),
            None,
            Some(Value::Codes(BTreeSet::from(["@x".into(), "y".into()]))),
            Some(Value::Geometry(shape("-1.5 2"))),
        ],
        vec![Some(words("-5 degrees"))],
    ];
    check(
        OutputFormat::Csv,
        &types,
        &records,
        "id,text,integer,codes,point\r\nID,'=1+1,-5,,\r\nID,\"a,\"\"b\"\"\n\",,'@x y,POINT(-1.5 2)\r\n\
         ID,'-5 degrees,,,\r\n",
    );
}

#[test]
fn ndjson_keeps_texts_as_they_are_and_unknown_apart_from_empty() {
    let types = [FieldType::Text, FieldType::Decimal, FieldType::Point];
    let records = [
        vec![
            Some(words("=1+1")),
            Some(Value::Decimal(Decimal::new(15, 1).expect("a scale"))),
            None,
        ],
        vec![Some(words("")), None, Some(Value::Geometry(shape("1 2")))],
    ];
    check(
        OutputFormat::Ndjson,
        &types,
        &records,
        "{\"id\":\"ID\",\"text\":\"=1+1\",\"decimal\":1.5,\"point\":null}\n\
         {\"id\":\"ID\",\"text\":\"\",\"decimal\":null,\"point\":{\"type\":\"Point\",\"coordinates\":[1,2]}}\n",
    );
}

#[test]
fn geojson_features_lie_where_the_layout_says() {
    let types = [FieldType::Point, FieldType::Line, FieldType::Text];
    let record = [
        Some(Value::Geometry(shape("1 2"))),
        Some(Value::Geometry(shape("1 2,3 4"))),
        Some(words("=x")),
    ];
    let mut bytes = Vec::new();
    let mut rows = writer(OutputFormat::GeoJson, layout(&types).located_by("line"), &mut bytes)
        .expect("a writer");
    let values: Vec<Option<&Value>> = record.iter().map(Option::as_ref).collect();
    rows.row(&Exported { id: ID, values: &values }).expect("a row");
    rows.row(&Exported { id: ID, values: &[] }).expect("a row");
    rows.end().expect("an end");
    let id = ID.to_string();
    let line = json!({ "type": "LineString", "coordinates": [[1, 2], [3, 4]] });
    let point = json!({ "type": "Point", "coordinates": [1, 2] });
    assert_eq!(
        serde_json::from_slice::<Json>(&bytes).expect("JSON"),
        json!({ "type": "FeatureCollection", "features": [
            { "type": "Feature", "id": id, "geometry": line,
              "properties": { "id": id, "point": point, "text": "=x" } },
            { "type": "Feature", "id": id, "geometry": null,
              "properties": { "id": id, "point": null, "text": null } },
        ] })
    );
}

#[test]
fn geojson_of_nothing_is_an_empty_collection() {
    check(
        OutputFormat::GeoJson,
        &[FieldType::Text],
        &[],
        "{\"type\":\"FeatureCollection\",\"features\":[\n]}\n",
    );
}

#[test]
fn geojson_rings_run_the_way_the_standard_demands() {
    let check = |given: &str, expected: &str| {
        let record = vec![Some(Value::Geometry(shape(given)))];
        let bytes = written(OutputFormat::GeoJson, &[FieldType::Area], &[record]).expect("written");
        let json: Json = serde_json::from_slice(&bytes).expect("JSON");
        let parsed =
            crate::json::parse_geometry(&json["features"][0]["geometry"]).expect("a shape");
        assert_eq!(parsed.geometry, Some(shape(expected)));
    };
    let (right, wrong) = ("0 0,9 0,9 9,0 0", "0 0,9 9,9 0,0 0");
    let (right_hole, wrong_hole) = ("5 1,5 2,6 2,5 1", "5 1,6 2,5 2,5 1");
    check(&format!("({right}/{right_hole})"), &format!("({right}/{right_hole})"));
    check(&format!("({wrong}/{wrong_hole})"), &format!("({right}/{right_hole})"));
    check(&format!("({right})({wrong})"), &format!("({right})({right})"));
}

fn cells(bytes: Vec<u8>) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range("records").expect("the sheet");
    range.rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn workbooks_hold_numbers_dates_and_harmless_texts() {
    let types = [
        FieldType::Text,
        FieldType::Integer,
        FieldType::Decimal,
        FieldType::Boolean,
        FieldType::Time,
    ];
    let record = vec![
        Some(words("=1+1")),
        Some(Value::Integer(-5)),
        Some(Value::Decimal(Decimal::new(15, 1).expect("a scale"))),
        Some(Value::Boolean(false)),
        Some(Value::Time(Timestamp::from_ms(1_519_905_600_000))),
    ];
    let rows = cells(written(OutputFormat::Xlsx, &types, &[record]).expect("written"));
    let header = ["id", "text", "integer", "decimal", "boolean", "time"];
    assert_eq!(rows[0], header.map(|name| Data::String(name.to_owned())));
    assert_eq!(rows[1][..2], [Data::String(ID.to_string()), Data::String("'=1+1".into())]);
    assert_eq!(rows[1][2..5], [Data::Float(-5.0), Data::Float(1.5), Data::Bool(false)]);
    let Data::DateTime(time) = &rows[1][5] else { panic!("{:?}", rows[1][5]) };
    assert_eq!(time.to_ymd_hms_milli(), (2018, 3, 1, 12, 0, 0, 0));
}

#[test]
fn a_text_that_no_cell_holds_is_an_error_and_not_cut() {
    let fits = vec![Some(words(&"x".repeat(32_767)))];
    assert!(written(OutputFormat::Xlsx, &[FieldType::Text], &[fits]).is_ok());
    let long = vec![Some(words(&format!("={}", "x".repeat(32_766))))];
    let error = written(OutputFormat::Xlsx, &[FieldType::Text], &[long]).expect_err("too long");
    let expected = format!("export-cell-too-long [text] record={ID} characters=32768 max=32767");
    assert_eq!(error.finding().to_string(), expected);
}

/// Takes nothing more after this many bytes.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_an_error_in_every_format() {
    let value = Value::Text("x".repeat(1_000));
    for format in OutputFormat::ALL {
        for room in [0, 40, 1_000] {
            let write_all = || {
                let mut rows = writer(format, layout(&[FieldType::Text]), Full(room))?;
                for _ in 0..1_000 {
                    rows.row(&Exported { id: ID, values: &[Some(&value)] })?;
                }
                rows.end()
            };
            let failed = write_all().expect_err(format.code());
            assert_eq!(failed.finding().code, "export-unwritten", "{}", format.code());
        }
    }
}

proptest! {
    #[test]
    fn csv_gives_every_text_back(texts in prop::collection::vec(any::<String>(), 1..4)) {
        let types = vec![FieldType::Text; texts.len()];
        let record = texts.iter().map(|text| Some(words(text))).collect();
        let bytes = written(OutputFormat::Csv, &types, &[record]).expect("written");
        let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
        let read = reader.records().next().expect("a row")?;
        for (cell, text) in read.iter().skip(1).zip(&texts) {
            prop_assert_eq!(crate::formula::original(cell), text);
        }
    }

    #[test]
    fn workbooks_give_every_text_back(text in "\\PC{0,20}|[\t\n _x0-9A-F&<>\"']{0,20}") {
        prop_assume!(!text.is_empty());
        let record = vec![Some(words(&text))];
        let rows = cells(written(OutputFormat::Xlsx, &[FieldType::Text], &[record]).expect("written"));
        let safe = crate::formula::neutralised(&text).into_owned();
        prop_assert_eq!(&rows[1][1], &Data::String(safe));
    }

    #[test]
    fn every_line_of_ndjson_is_the_value(value in testing::values()) {
        let record = vec![Some(value.clone())];
        let bytes = written(OutputFormat::Ndjson, &[value.field_type()], &[record]).expect("written");
        let line: Json = serde_json::from_slice(&bytes)?;
        prop_assert_eq!(&line[value.field_type().code()], &crate::json::value(&value));
    }
}
