//! Data from outside, through the mappings of the packs: small cuts of real files, with their faults.

use std::collections::BTreeSet;
use std::path::PathBuf;

use app::ImportReport;
use serde_json::json;

use crate::support::{TestNode, all, counts, packs};

fn outside(file: &str) -> PathBuf {
    packs().join("../fixtures/outside").join(file)
}

fn demo(file: &str) -> PathBuf {
    packs().join("minusma/demo").join(file)
}

fn told(report: &ImportReport) -> Vec<String> {
    let told = report.warnings.iter().map(|(finding, times)| {
        let value = finding.value("value").or(finding.value("day")).unwrap_or_default();
        format!("{} {value} {times}", finding.code).replace("  ", " ")
    });
    told.collect()
}

fn refused(report: &ImportReport) -> Vec<String> {
    let rows = report.refused_rows.iter();
    rows.map(|row| format!("{} {}", row.row, row.findings[0].code)).collect()
}

/// Every mapping of the core and of Mali, a file it reads, and what it makes of it: created, skipped, refused.
const READ: [(&str, &str, &str, [u64; 3]); 16] = [
    ("activity", "hxl-3w", "3w_car_mar2022.csv", [12, 0, 0]),
    ("activity", "hxl-3w", "3w_sudan_2021.csv", [12, 0, 0]),
    ("activity", "hxl-3w", "3w_chad_oct2021.csv", [12, 0, 0]),
    ("activity", "hxl-3w", "3w_niger_feb2022.csv", [18, 0, 1]),
    ("activity", "hxl-3w", "5w_mali_mar2022.csv", [15, 0, 0]),
    ("displacement", "unhcr-population", "unhcr-population.csv", [14, 0, 0]),
    ("displacement", "unhcr-idps", "unhcr-idps.csv", [5, 0, 0]),
    ("displacement", "idmc-displacement", "idmc-displacement.csv", [31, 1, 0]),
    ("displacement", "malian-refugee-camps", "malian-refugee-camps.csv", [2, 1, 1]),
    ("casualty", "un-fatalities-all", "un-fatalities.csv", [11, 0, 0]),
    ("incident", "ucdp-candidate", "ucdp-candidate.csv", [8, 0, 0]),
    ("deployment", "geopko", "geopko.csv", [1, 0, 1]),
    ("incident", "ucdp", "demo:ucdp-mali-1990-2019.csv", [735, 0, 0]),
    ("casualty", "un-fatalities", "demo:un-fatalities-minusma-2013-2022.csv", [298, 0, 0]),
    ("site", "ourairports", "demo:ourairports-mali.csv", [36, 0, 0]),
    ("site", "who-health-sites", "demo:who-health-sites-mali.csv", [1478, 0, 0]),
];

#[test]
fn every_mapping_reads_what_it_is_for_and_again_changes_nothing() {
    let mut test = TestNode::minusma();
    for (register, mapping, file, [created, skipped, wrong]) in READ {
        let file = file.strip_prefix("demo:").map_or_else(|| outside(file), demo);
        let report = test.import(register, mapping, &file);
        assert_eq!(counts(&report), [created, 0, 0, skipped, wrong], "{file:?} {report:?}");
        let report = test.import(register, mapping, &file);
        assert_eq!(counts(&report), [0, 0, created, skipped, wrong], "{file:?} again");
    }
    test.assert_rebuild_changes_nothing();
}

#[test]
fn no_mapping_of_these_packs_is_without_a_file_that_tests_it() {
    let tested: BTreeSet<String> =
        READ.iter().map(|(_, mapping, ..)| (*mapping).to_owned()).collect();
    let folders = ["core", "minusma"].map(|pack| packs().join(pack).join("mappings"));
    let files = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
    let there: BTreeSet<String> = files
        .map(|file| {
            file.expect("a file").path().file_stem().expect("a name").to_string_lossy().into_owned()
        })
        .collect();
    assert_eq!(tested, there);
}

#[test]
fn a_return_says_who_does_what_where_in_the_codes_of_the_mission() {
    let mut test = TestNode::minusma();
    let report = test.import("activity", "hxl-3w", &outside("3w_niger_feb2022.csv"));
    let told = told(&report);
    for expected in [
        "import-day-of-name 2022-02-28 1",
        "row-value-left-out 0201-12-31 1",
        "row-value-left-out #REF! 1",
        "hxl-columns-untagged 1",
    ] {
        assert!(told.iter().any(|told| told == expected), "{expected} in {told:?}");
    }
    assert_eq!(refused(&report), ["19 answer-constraint-said"], "it ends before it begins");
    let answer = test.node.ask(&test.admin, &all("activity")).expect("a page");
    let rows: Vec<_> = answer.records.iter().map(|record| answer.json(record)).collect();
    assert!(rows.iter().all(|row| row["as_of"] == json!("2022-02-28")));
    assert!(rows.iter().all(|row| !row["sector"].is_null()), "every word of the file has its code");
    assert!(
        rows.iter().all(|row| row["organization"].as_str().is_some_and(|name| name.len() < 20))
    );
}

#[test]
fn a_published_figure_is_a_stock_or_a_flow_and_never_a_displacement_to_follow() {
    let mut test = TestNode::minusma();
    test.import("displacement", "idmc-displacement", &outside("idmc-displacement.csv"));
    test.import("displacement", "unhcr-population", &outside("unhcr-population.csv"));
    let answer = test.node.ask(&test.admin, &all("displacement")).expect("a page");
    for record in &answer.records {
        let row = answer.json(record);
        assert_eq!(row["status"], json!("published"));
        assert!(row["persons"].is_null(), "no sum takes it in");
        let kind = row["figure"].as_str().expect("a kind");
        assert!(row[kind].as_i64().is_some_and(|number| number > 0), "{row}");
        let at = row["occurred_at"].as_str();
        assert!(at.is_some_and(|at| at.contains("-12-31")), "{at:?}");
    }
}
