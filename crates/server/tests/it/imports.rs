//! Imports: preview, releases of the same data, undo, formats.

use std::fs;

use serde_json::Value as Json;

use crate::casque::{Casque, events, pack};
use crate::files::{Event, csv, many};

/// Created, updated, unchanged, refused, skipped.
fn counts(report: &Json) -> [u64; 5] {
    ["created", "updated", "unchanged", "refused", "skipped"]
        .map(|key| report[key].as_u64().expect("a count"))
}

#[test]
fn a_second_import_of_a_file_changes_nothing() {
    let casque = Casque::with_events();
    let again = casque.import(&events()).json();
    assert_eq!(counts(&again), [0, 0, 735, 0, 0]);
    assert_eq!(casque.total(), 735);
    casque.assert_whole();
}

#[test]
fn a_newer_release_updates_what_changed_and_adds_what_is_new() {
    let casque = Casque::new();
    let first = casque.file("first.csv", many(20, 3));
    assert_eq!(counts(&casque.import(&first).json()), [20, 0, 0, 0, 0]);
    let changed = |id| Event::new(id).deaths(if id <= 5 { 4 } else { 3 });
    let second = casque.file("second.csv", csv(&(1..=22).map(changed).collect::<Vec<_>>()));
    assert_eq!(counts(&casque.import(&second).json()), [2, 5, 15, 0, 0]);
    assert_eq!((casque.count("deaths_best = 4"), casque.total()), (5, 22));
    casque.assert_whole();
}

#[test]
fn an_import_can_be_taken_back_and_what_people_changed_since_stays() {
    let casque = Casque::new();
    casque.import(&casque.file("first.csv", many(10, 3)));
    let second = (1..=12).map(|id| Event::new(id).deaths(if id <= 4 { 9 } else { 3 }));
    let report = casque.import(&casque.file("second.csv", csv(&second.collect::<Vec<_>>()))).json();
    assert_eq!(counts(&report), [2, 4, 6, 0, 0]);
    let kept = casque.id_of("1");
    casque.run(["edit", "incident", &kept, "deaths_best=11", "--reason", "counted on site"]).out();
    let batch = report["batch"].as_str().expect("a batch");
    let undone = casque.run(["import", "undo", batch, "--json"]).json();
    assert_eq!([&undone["deleted"], &undone["restored"], &undone["kept"]], [2, 3, 1]);
    assert_eq!(
        [9, 3, 11].map(|deaths| casque.count(&format!("deaths_best = {deaths}"))),
        [0, 9, 1]
    );
    casque.assert_whole();
    let listed = casque.line("import list --json").json();
    assert_eq!(listed.as_array().map(Vec::len), Some(2));
    casque.run(["import", "undo", "00000000000000000000000000"]).told(3, "batch-unknown");
    casque.run(["import", "undo", "not-an-id"]).told(1, "record-id-invalid");
}

#[test]
fn an_import_that_was_taken_back_can_be_made_again() {
    let casque = Casque::new();
    let file = casque.file("events.csv", many(10, 3));
    let batch = casque.import(&file).json()["batch"].as_str().expect("a batch").to_owned();
    casque.run(["import", "undo", &batch]).out();
    assert_eq!(casque.total(), 0);
    assert_eq!(counts(&casque.import(&file).json()), [10, 0, 0, 0, 0]);
    assert_eq!(casque.count("deaths_best = 3"), 10);
    casque.assert_whole();
}

#[test]
fn without_yes_and_without_a_terminal_nothing_is_written() {
    let casque = Casque::new();
    let file = casque.file("events.csv", many(7, 3));
    let file = file.to_str().expect("a path of text");
    for flags in [vec![], vec!["--dry-run"]] {
        let line = ["import", "--register", "incident", "--mapping", "ucdp", "--json", file];
        let ran = casque.run(line.into_iter().chain(flags));
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert_eq!(counts(&ran.json()), [7, 0, 0, 0, 0]);
        assert_eq!((&ran.json()["written"], &ran.json()["batch"]), (&false.into(), &Json::Null));
        assert!(ran.err.contains("--yes"), "{}", ran.err);
    }
    assert_eq!(casque.total(), 0);
}

#[test]
fn refused_rows_land_in_a_file_with_their_reasons_and_the_rest_goes_on() {
    let casque = Casque::new();
    let events = [Event::new(1), Event::new(2).deaths("many"), Event::new(3).on("0025-03-01")];
    let ran = casque.import(&casque.file("events.csv", csv(&events)));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let report = ran.json();
    assert_eq!(counts(&report), [1, 0, 0, 2, 0]);
    let rows: Vec<u64> = report["refused_rows"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|row| row["row"].as_u64())
        .collect();
    assert_eq!(rows, [3, 4]);
    let path = report["refused_file"].as_str().expect("a file of refused rows");
    let refused = fs::read_to_string(path).expect("the refused rows");
    assert!(refused.contains("0025-03-01") && refused.contains("many"), "{refused}");
    assert_eq!(refused.lines().count(), 3, "{refused}");
    assert_eq!(casque.total(), 1);
}

#[test]
fn every_demo_file_of_the_pack_is_taken_whole() {
    let casque = Casque::new();
    for (register, mapping, file) in [
        ("casualty", "un-fatalities", "un-fatalities-minusma-2013-2022.csv"),
        ("site", "ourairports", "ourairports-mali.csv"),
        ("site", "who-health-sites", "who-health-sites-mali.csv"),
    ] {
        let path = pack("minusma").join("demo").join(file);
        let path = path.to_str().expect("a path of text");
        let flags = ["import", "--register", register, "--mapping", mapping, "--yes", "--json"];
        let report = casque.run(flags.into_iter().chain([path])).json();
        let [created, _, _, refused, _] = counts(&report);
        let rows = fs::read_to_string(path).expect("the file").lines().count() as u64 - 1;
        assert_eq!((created, refused), (rows, 0), "{file}: {}", report["refused_rows"]);
    }
    casque.assert_whole();
}

#[test]
fn what_is_exported_can_be_imported_again() {
    let casque = Casque::with_events();
    for (format, name) in [("csv", "out.csv"), ("xlsx", "out.xlsx"), ("geojson", "out.geojson")] {
        let path = casque.path(name);
        let path = path.to_str().expect("a path of text");
        casque.run(["export", "incident", "--format", format, "--output", path]).out();
        let other = Casque::new();
        let report = other.import_as("generic", path.as_ref()).json();
        assert_eq!(counts(&report), [735, 0, 0, 0, 0], "{format}: {}", report["refused_rows"][0]);
        let totals = |casque: &Casque| {
            let sums =
                casque.line("query incident --sum deaths_best,deaths_high --by admin1 --json");
            sums.json()["groups"].clone()
        };
        assert_eq!(totals(&other), totals(&casque), "{format}");
    }
}

#[test]
fn a_formula_in_a_cell_is_text_in_every_export() {
    let casque = Casque::new();
    let evil = "=HYPERLINK(\"\"http://x\"\")";
    let events = [Event::new(1).side(&format!("\"{evil}\"")), Event::new(2).side("@SUM(A1)")];
    let report = casque.import(&casque.file("events.csv", csv(&events))).json();
    assert_eq!(counts(&report), [2, 0, 0, 0, 0]);
    let exported = casque.line("export incident --format csv");
    assert!(
        exported.out().contains("'=HYPERLINK") && exported.out.contains("'@SUM"),
        "{}",
        exported.out
    );
    let shown = casque.run(["show", "incident", &casque.id_of("2"), "--json"]).json();
    assert_eq!(shown["values"]["side_a"], "@SUM(A1)");
}
