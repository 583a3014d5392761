//! Look-alikes at import: what new rows look like, and rows that are left out for it.

use std::fs;

use app::{AppError, Import, ImportReport, Kind, Viewer};
use serde_json::{Value as Json, json};

use crate::support::{TestNode, id_of, refusal, user};

const HEAD: &str = "source_id,occurred_at,occurred_precision,type,place,place_precision,place_name,admin2,side_a,side_b,summary,deaths_best,classification,caveat\n";
const MARKET: &str = "a,2018-03-01T10:00Z,hour,TE-IED,15.9182 2.4022,exact,Ménaka,ML0801,JNIM,Civilians,Armed men attacked the market of Ménaka,4,unclassified,\n";
const MARCH: &str = "m,2019-07-01T10:00Z,hour,AC-CLASH,16.27 -0.04,exact,Gao,,,,Students and soldiers clashed,,unclassified,\n";

/// The attack as another source tells it, at another hour of the day.
fn told_at(key: &str, hour: &str) -> String {
    MARKET.replacen('a', key, 1).replace("01T10", hour)
}

fn asked(
    node: &mut TestNode,
    viewer: &Viewer,
    (register, csv): (&str, &str),
    (writes, leave_out_alike): (bool, bool),
) -> Result<ImportReport, AppError> {
    let file = node.file("rows.csv", csv);
    let import =
        Import { leave_out_alike, rows_per_commit: 2, ..Import::of((register, "generic"), &file) };
    if writes {
        node.node.import(viewer, &import, &mut |_row, _fate| {})
    } else {
        node.node.preview(viewer, &import, &mut |_row, _fate| {})
    }
}

fn previewed(node: &mut TestNode, csv: &str) -> ImportReport {
    let admin = node.admin.clone();
    let report = asked(node, &admin, ("incident", csv), (false, false));
    report.unwrap_or_else(|error| panic!("{error}"))
}

fn left_out(node: &mut TestNode, csv: &str, writes: bool) -> ImportReport {
    let admin = node.admin.clone();
    let report = asked(node, &admin, ("incident", csv), (writes, true));
    report.unwrap_or_else(|error| panic!("{error}"))
}

/// Rows that look like something, and all look-alikes.
fn counted(report: &ImportReport) -> (&Json, &Json) {
    (&report.look_alikes["rows"], &report.look_alikes["pairs"])
}

/// Row and what it looks like.
fn pairs(report: &ImportReport) -> Vec<(u64, Json)> {
    let told = report.look_alikes["most_alike"].as_array().expect("a list").iter();
    told.map(|one| {
        let other = if one["id"].is_null() { &one["other_row"] } else { &one["id"] };
        (one["row"].as_u64().expect("a number"), other.clone())
    })
    .collect()
}

fn codes(report: &ImportReport) -> Vec<(u64, &'static str)> {
    report.left_out_rows.iter().map(|row| (row.row, row.findings[0].code)).collect()
}

/// One like the record that is here, two like one another, one like nothing.
fn file() -> String {
    let again = MARCH.replacen('m', "n", 1).replace("T10", "T11");
    format!("{HEAD}{}{MARCH}{again}{}", told_at("b", "01T16"), told_at("c", "20T10"))
}

#[test]
fn a_preview_tells_what_new_rows_look_like_and_an_import_takes_them_all() {
    let mut node = TestNode::minusma();
    node.incidents(&format!("{HEAD}{MARKET}"));
    let preview = previewed(&mut node, &file());
    assert_eq!((preview.created, preview.left_out), (4, 0));
    assert_eq!(counted(&preview), (&json!(2), &json!(2)));
    assert_eq!(pairs(&preview), [(2, json!(id_of("incident", "a"))), (4, json!(3))]);
    let first = &preview.look_alikes["most_alike"][0];
    assert_eq!(first["title"], json!("Armed men attacked the market of Ménaka"));
    assert!(first["reasons"].as_array().is_some_and(|parts| parts.len() > 2), "{first}");
    let report = node.incidents(&file());
    assert_eq!((report.created, report.left_out, &report.look_alikes), (4, 0, &Json::Null));
    // A row whose key is known updates its record, and is no look-alike of it or of any other.
    assert_eq!(counted(&previewed(&mut node, &file())), (&json!(0), &json!(0)));
}

#[test]
fn rows_that_look_like_a_record_or_an_earlier_row_are_left_out_and_kept() {
    let mut node = TestNode::minusma();
    node.incidents(&format!("{HEAD}{MARKET}"));
    let preview = left_out(&mut node, &file(), false);
    let report = left_out(&mut node, &file(), true);
    for report in [&preview, &report] {
        assert_eq!((report.created, report.left_out, report.refused, report.rows()), (2, 2, 0, 4));
        assert_eq!(codes(report), [(2, "row-like-record"), (4, "row-like-row")]);
        assert_eq!(counted(report), (&json!(2), &json!(2)));
    }
    let admin = node.admin.clone();
    assert_eq!(node.keys(&admin, None), ["a", "c", "m"]);
    assert!(preview.refused_file.is_none());
    let kept = fs::read_to_string(report.refused_file.expect("a file")).expect("text");
    assert_eq!(kept.lines().count(), 3);
    assert!(kept.contains("\"row-like-row\"") && kept.contains("b,2018-03-01T16:00Z"), "{kept}");
    // Again, they look like what was taken the first time.
    let again = left_out(&mut node, &file(), true);
    assert_eq!((again.created, again.unchanged, again.left_out), (0, 2, 2));
    assert_eq!(codes(&again), [(2, "row-like-record"), (4, "row-like-record")]);
    node.assert_rebuild_changes_nothing();
}

#[test]
fn a_row_that_is_left_out_leaves_out_no_other_and_its_key_stays_taken() {
    let mut node = TestNode::minusma();
    // Each is like the one before and only like that: 30 of the 36 hours away, the last 1 km off.
    let chain = format!(
        "{HEAD}{MARKET}{}{}{}",
        told_at("b", "02T16"),
        told_at("c", "03T22").replace("15.9182", "15.9282"),
        told_at("b", "15T10"),
    );
    let preview = previewed(&mut node, &chain);
    assert_eq!(pairs(&preview), [(3, json!(2)), (4, json!(3))]);
    let report = left_out(&mut node, &chain, true);
    assert_eq!((report.created, report.left_out, report.refused), (2, 1, 1));
    assert_eq!(codes(&report), [(3, "row-like-row")]);
    let admin = node.admin.clone();
    assert_eq!(node.keys(&admin, None), ["a", "c"]);
}

#[test]
fn what_the_viewer_may_not_read_is_not_told_and_leaves_nothing_out() {
    let mut node = TestNode::minusma();
    let secret = MARKET.replace("unclassified", "confidential");
    node.incidents(&format!("{HEAD}{secret}"));
    let low = node.add(app::NewUser {
        clearance: model::classification::Classification::Unclassified,
        ..user("low", &["joc-chief"])
    });
    let csv = format!("{HEAD}{}", told_at("b", "01T11"));
    let seen = previewed(&mut node, &csv);
    assert_eq!(counted(&seen), (&json!(1), &json!(1)));
    let unseen = asked(&mut node, &low, ("incident", &csv), (false, false)).expect("a preview");
    assert_eq!(counted(&unseen), (&json!(0), &json!(0)));
    let report = asked(&mut node, &low, ("incident", &csv), (true, true)).expect("imported");
    assert_eq!((report.created, report.left_out), (1, 0));
}

#[test]
fn what_was_said_to_be_another_thing_is_no_look_alike() {
    let mut node = TestNode::minusma();
    node.incidents(&format!("{HEAD}{MARKET}"));
    let other = format!("{HEAD}{}", told_at("b", "01T11"));
    let batch = node.incidents(&other).batch.expect("a batch");
    let admin = node.admin.clone();
    let (one, two) = (id_of("incident", "a"), id_of("incident", "b"));
    node.node.undo(&admin, &batch).expect("undone");
    assert_eq!(counted(&previewed(&mut node, &other)), (&json!(1), &json!(1)));
    let batch = node.incidents(&other).batch.expect("a batch");
    node.node.say_distinct(&admin, ("incident", &one), &two, None).expect("said");
    node.node.undo(&admin, &batch).expect("undone");
    assert_eq!(counted(&previewed(&mut node, &other)), (&json!(0), &json!(0)));
}

#[test]
fn rows_without_a_place_or_a_time_are_compared_with_those_of_their_area() {
    let mut node = TestNode::minusma();
    let placeless = |key: &str, hour: &str| told_at(key, hour).replace("15.9182 2.4022,exact", ",");
    let csv = format!("{HEAD}{}{}", placeless("b", "01T10"), placeless("c", "01T10"));
    // Place is unknown of both: what is left is 7 of 10.
    assert_eq!(pairs(&previewed(&mut node, &csv)), [(3, json!(2))]);
    let elsewhere = csv.replacen("ML0801", "ML0101", 1);
    assert_eq!(pairs(&previewed(&mut node, &elsewhere)), []);
}

#[test]
fn where_look_alikes_cannot_be_told_none_are_left_out() {
    let mut node = TestNode::minusma();
    let admin = node.admin.clone();
    let site = "source_id,name\ns1,Gao camp\n";
    let told = refusal(asked(&mut node, &admin, ("site", site), (true, true)));
    assert_eq!(told, (Kind::Invalid, vec!["import-no-look-alike-rule"]));
    let preview = asked(&mut node, &admin, ("site", site), (false, false)).expect("a preview");
    assert_eq!(preview.look_alikes, Json::Null);
}
