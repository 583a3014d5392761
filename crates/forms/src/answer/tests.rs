//! What texts mean, and what is said about those that mean nothing.

use model::id::Name;
use model::place::{Geometry, Position};
use proptest::prelude::*;

use super::*;

fn field(kind: FieldType) -> Field {
    Field::new(Name::new("f").expect("a name"), kind)
}

fn value(kind: FieldType, text: &str) -> Option<Value> {
    parse_answer(&field(kind), text).expect(text)
}

fn said(kind: FieldType, text: &str) -> String {
    let findings = parse_answer(&field(kind), text).expect_err(text);
    findings.iter().map(Finding::to_string).collect::<Vec<_>>().join("; ")
}

#[test]
fn numbers_are_read_as_spreadsheets_write_them() {
    assert_eq!(value(FieldType::Integer, " 12 "), Some(Value::Integer(12)));
    assert_eq!(value(FieldType::Integer, "12.0"), Some(Value::Integer(12)));
    assert_eq!(value(FieldType::Integer, "-9223372036854775808"), Some(Value::Integer(i64::MIN)));
    assert_eq!(value(FieldType::Decimal, "1.50"), Decimal::new(15, 1).map(Value::Decimal));
    assert_eq!(said(FieldType::Integer, "12.5"), "answer-not-whole [f] value=12.5");
    for text in ["1e3", "1,000", "9223372036854775808", "twelve", "0x1f"] {
        assert_eq!(said(FieldType::Integer, text), format!("answer-not-a-number [f] value={text}"));
    }
}

#[test]
fn empty_is_unknown_for_every_type() {
    for kind in FieldType::ALL {
        assert_eq!(value(kind, " \t"), None, "{kind}");
    }
}

#[test]
fn yes_and_no_have_several_words() {
    for (text, yes) in [("TRUE", true), ("ok", true), ("1", true), ("No", false), ("0", false)] {
        assert_eq!(value(FieldType::Boolean, text), Some(Value::Boolean(yes)));
    }
    assert_eq!(said(FieldType::Boolean, "2"), "answer-not-yes-or-no [f] value=2");
}

#[test]
fn impossible_days_say_why() {
    let day = value(FieldType::Date, "2018-03-01 00:00:00.000");
    assert_eq!(day, "2018-03-01".parse().ok().map(Value::Date));
    assert_eq!(value(FieldType::Date, "2018-3-1"), day);
    let midnight = value(FieldType::Time, "2018-03-01");
    assert_eq!(value(FieldType::Time, "2018-3-01"), midnight);
    assert_eq!(said(FieldType::Date, "18-3-1"), "answer-not-a-date [f] value=18-3-1");
    assert_eq!(said(FieldType::Date, "0025-03-01"), "answer-year [f] value=0025-03-01");
    assert_eq!(said(FieldType::Date, "01/03/2018"), "answer-not-a-date [f] value=01/03/2018");
    assert_eq!(said(FieldType::Time, "25:00"), "answer-not-a-time [f] value=25:00");
}

#[test]
fn places_are_latitude_first_as_odk_writes_and_longitude_first_in_wkt() {
    let gao = Position::parse("-0.0447", "16.2717").map(|at| Value::Geometry(Geometry::Point(at)));
    assert_eq!(value(FieldType::Point, "16.2717 -0.0447 0 5.5"), gao.clone().ok());
    assert_eq!(value(FieldType::Point, "POINT(-0.0447 16.2717)"), gao.ok());
    assert_eq!(said(FieldType::Point, "16,27 -0,04"), "place-not-degrees [f] value=-0,04");
    assert_eq!(said(FieldType::Point, "91 0"), "place-latitude [f] value=91");
    assert_eq!(said(FieldType::Point, "16.27"), "answer-not-a-place [f] value=16.27");
    assert_eq!(said(FieldType::Point, "1 2 3 4 5"), "answer-not-a-place [f] value=1 2 3 4 5");
    assert_eq!(said(FieldType::Point, "PINT(1 2)"), "answer-not-a-place [f] value=PINT(1 2)");
}

#[test]
fn lines_and_areas_must_be_such() {
    let line = value(FieldType::Line, "1 2 0 0; 3 4 0 0;");
    assert_eq!(line.map(|line| line.to_string()).as_deref(), Some("LINESTRING(2 1,4 3)"));
    let area = value(FieldType::Area, "0 0;0 1;1 1;0 0");
    assert_eq!(area.map(|area| area.to_string()).as_deref(), Some("POLYGON((0 0,1 0,1 1,0 0))"));
    assert_eq!(said(FieldType::Line, "1 2"), "place-line-short [f]");
    assert_eq!(said(FieldType::Area, "0 0;0 1;1 1"), "place-ring-open [f]");
    let shape = said(FieldType::Area, "POINT(1 2)");
    assert_eq!(shape, "answer-other-shape [f] value=POINT(1 2) type=area");
    let many = said(FieldType::Line, &"1 2;".repeat(4_001));
    assert_eq!(many, "place-too-long [f] found=4001 max=4000");
}

#[test]
fn ids_of_records_and_files_are_checked() {
    let id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    assert_eq!(value(FieldType::Record, id).map(|id| id.to_string()).as_deref(), Some(id));
    assert_eq!(said(FieldType::Record, "17"), "answer-not-a-record [f] value=17");
    assert_eq!(said(FieldType::Blob, "photo.jpg"), "answer-not-a-file [f] value=photo.jpg");
}

#[test]
fn long_wrong_texts_are_shown_in_part() {
    let finding = said(FieldType::Integer, &"é".repeat(500));
    assert_eq!(finding, format!("answer-not-a-number [f] value={}…", "é".repeat(80)));
}

proptest! {
    #[test]
    fn what_a_value_prints_is_read_back(number: i64, day in -60_000_i32..80_000, codes in proptest::collection::btree_set("[a-z]{1,4}", 1..4)) {
        let whole = Value::Integer(number);
        prop_assert_eq!(value(FieldType::Integer, &whole.to_string()), Some(whole));
        let date = Value::Date(Date::from_days(day));
        prop_assert_eq!(value(FieldType::Date, &date.to_string()), Some(date));
        let several = Value::Codes(codes);
        prop_assert_eq!(value(FieldType::Codes, &several.to_string()), Some(several));
    }

    #[test]
    fn no_text_brings_the_reader_down(text in ".{0,60}", kind in 0..FieldType::ALL.len()) {
        let read = parse_answer(&field(FieldType::ALL[kind]), &text);
        prop_assert!(read.is_ok() || read.is_err_and(|found| found.iter().all(|finding| finding.at.column.is_some())));
    }
}
