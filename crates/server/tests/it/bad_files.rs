//! Bad files: each is told in words with a way to mend it, and the good rest is taken.

use std::fs::File;
use std::io::Write;

use serde_json::Value as Json;

use crate::casque::{Casque, Ran};
use crate::files::{Event, HEADER, csv};

/// The codes of what was said about rows and about the file.
fn codes(report: &Json) -> Vec<String> {
    let rows = report["refused_rows"].as_array().into_iter().flatten();
    let rows = rows.flat_map(|row| row["findings"].as_array().cloned().unwrap_or_default());
    let warnings =
        report["warnings"].as_array().into_iter().flatten().map(|w| w["finding"].clone());
    let all = rows.chain(warnings);
    all.filter_map(|finding| finding["code"].as_str().map(str::to_owned)).collect()
}

/// Imports without `--json`, so that what is told can be read.
fn told(casque: &Casque, name: &str, content: &[u8]) -> Ran {
    let file = casque.file(name, content);
    let file = file.to_str().expect("a path of text");
    casque.run(["import", "--register", "incident", "--mapping", "ucdp", "--yes", file])
}

#[test]
fn a_broken_quote_costs_its_row_and_no_other() {
    let casque = Casque::new();
    let events = [Event::new(1), Event::new(2).side("\"Side\" A\""), Event::new(3)];
    let report = casque.import(&casque.file("events.csv", csv(&events))).json();
    assert_eq!([&report["created"], &report["refused"]], [2, 1], "{report}");
    assert_eq!(codes(&report), ["quote-broken"]);
    let unclosed = [Event::new(4), Event::new(5).side("\"Side A")];
    let report = casque.import(&casque.file("more.csv", csv(&unclosed))).json();
    assert_eq!([&report["created"], &report["refused"]], [1, 1], "{report}");
    assert_eq!(codes(&report), ["quote-unclosed"]);
}

#[test]
fn other_encodings_are_read_and_said() {
    let casque = Casque::new();
    let text = csv(&[Event::new(1).side("Ménaka")]);
    let latin: Vec<u8> =
        text.chars().map(|letter| u8::try_from(u32::from(letter)).expect("Latin-1")).collect();
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
    for (name, bytes, warns) in
        [("latin.csv", latin, true), ("utf16.csv", utf16, true), ("bom.csv", marked, false)]
    {
        let report = casque.import(&casque.file(name, bytes)).json();
        assert_eq!(report["refused"], 0, "{name}: {report}");
        assert_eq!(codes(&report), vec!["file-encoding"; usize::from(warns)], "{name}");
        let id = casque.id_of("1");
        assert_eq!(
            casque.run(["show", "incident", &id, "--json"]).json()["values"]["side_a"],
            "Ménaka",
            "{name}"
        );
    }
}

#[test]
fn impossible_rows_are_refused_each_with_its_reason() {
    let casque = Casque::new();
    for (id, event, code) in [
        (1, Event::new(1).at("-0.0447", "16.2717"), "place-swapped"),
        (2, Event::new(2).on("0025-03-01"), "answer-year"),
        (3, Event::new(3).on("2018-02-30"), "answer-not-a-time"),
        (4, Event::new(4).deaths("1e999"), "answer-not-a-number"),
        (5, Event::new(5).deaths("99999999999999999999"), "answer-not-a-number"),
        (6, Event::new(6).deaths("NaN"), "answer-not-a-number"),
        (7, Event::new(7).deaths(-4), "answer-constraint"),
        (8, Event::new(8).deaths("2.5"), "answer-not-whole"),
        (9, Event::new(9).at("91", "0"), "place-latitude"),
    ] {
        let ran = told(&casque, "events.csv", csv(&[event]).as_bytes());
        ran.told(1, code);
        assert!(ran.err.contains(":2"), "{id}: the row is named: {}", ran.err);
    }
    assert_eq!(casque.total(), 0);
    casque.assert_whole();
}

#[test]
fn files_that_are_no_table_of_events_are_refused_whole() {
    let casque = Casque::new();
    let columns = csv(&[Event::new(1)]).replace("date_start", "date");
    let twice = csv(&[Event::new(1)]).replacen("side_b", "side_a", 1);
    for (name, content, code) in [
        ("empty.csv", Vec::new(), "file-empty"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "file-not-a-table"),
        ("columns.csv", columns.into_bytes(), "mapping-column-missing"),
        ("twice.csv", twice.into_bytes(), "header-duplicate"),
        (
            "broken.geojson",
            b"{\"type\": \"FeatureCollection\", \"features\": [".to_vec(),
            "geojson-broken",
        ),
        ("book.xlsx", b"PK\x03\x04 no workbook".to_vec(), "workbook-broken"),
    ] {
        told(&casque, name, &content).told(1, code);
    }
    assert_eq!(casque.line("import list --json").json().as_array().map(Vec::len), Some(0));
}

#[test]
fn a_file_over_two_gigabytes_is_refused_at_once() {
    let casque = Casque::new();
    let path = casque.file("huge.csv", format!("{HEADER}\n"));
    let file = File::options().write(true).open(&path).expect("the file");
    file.set_len((2 << 30) + 1).expect("a sparse file");
    let path = path.to_str().expect("a path of text");
    casque
        .run(["import", "--register", "incident", "--mapping", "ucdp", "--yes", path])
        .told(1, "file-too-large");
}

#[test]
fn a_workbook_that_unfolds_without_end_is_not_unfolded() {
    let casque = Casque::new();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for part in ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
        archive.start_file(part, options).expect("a part");
        let bytes = if part.ends_with("sheet1.xml") { 64 << 20 } else { 10 };
        archive.write_all(&vec![b' '; bytes]).expect("written");
    }
    let bomb = archive.finish().expect("an archive").into_inner();
    told(&casque, "bomb.xlsx", &bomb).told(1, "workbook-bomb");
}

#[test]
fn a_filter_with_an_invalid_polygon_is_refused() {
    let casque = Casque::new();
    for (filter, code) in [
        ("S_WITHIN(place, POLYGON((0 0, 4 4, 4 0, 0 4, 0 0)))", "filter-crossing-ring"),
        ("deaths_best >", "filter-ends-early"),
        ("deaths_best > 'many'", "filter-wrong-type"),
        ("occurred_at > DATE('0025-03-01')", "filter-wrong-date"),
        ("S_INTERSECTS(place, BBOX(13, -5, 0))", "filter-wrong-box"),
    ] {
        casque.run(["query", "incident", "--filter", filter]).told(1, code);
    }
}

#[test]
fn one_key_twice_in_a_file_is_refused_the_second_time() {
    let casque = Casque::new();
    let events = [Event::new(1).deaths(3), Event::new(2), Event::new(1).deaths(4)];
    let report = casque.import(&casque.file("events.csv", csv(&events))).json();
    assert_eq!([&report["created"], &report["refused"]], [2, 1], "{report}");
    assert_eq!(codes(&report), ["row-key-twice"]);
    assert_eq!(casque.count("deaths_best = 4"), 0);
}
