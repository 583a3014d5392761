//! Rows that cannot be taken: each with its reasons in a file, and the rest goes on.

use std::fs;

use app::{Kind, RowFate};
use serde_json::json;

use crate::support::{TestNode, counts, id_of, refusal, user};

const HEADER: &str = "source_id,occurred_at,type,summary,deaths_best,longitude,latitude\n";
const GOOD: &str = "A,2021-11-02T06:00Z,AC-CLASH,First,3,-5,0.5\n";

/// Imports rows under the header; what became of them.
fn import(test: &mut TestNode, rows: &str) -> app::ImportReport {
    test.incidents(&format!("{HEADER}{rows}"))
}

/// So many good rows with keys of their own.
fn numbered_rows(count: u8) -> String {
    let row =
        |number: u8| format!("K{number},2021-11-02T06:00Z,AC-CLASH,Row {number},{number},-5,0.5\n");
    (0..count).map(row).collect::<Vec<_>>().concat()
}

fn codes(report: &app::ImportReport) -> Vec<(u64, Vec<&'static str>)> {
    let row = |refused: &app::RefusedRow| {
        (refused.row, refused.findings.iter().map(|finding| finding.code).collect())
    };
    report.refused_rows.iter().map(row).collect()
}

#[test]
fn each_kind_of_slip_is_refused_with_its_reason_and_the_good_rows_come_in() {
    for (row, expected) in [
        ("B,0025-03-01,AC-CLASH,x,3,-5,0.5\n", "answer-year"),
        ("B,soon,AC-CLASH,x,3,-5,0.5\n", "answer-not-a-time"),
        ("B,2021-11-02T06:00Z,AC-CLASH,x,three,-5,0.5\n", "answer-not-a-number"),
        ("B,2021-11-02T06:00Z,AC-CLASH,x,-3,-5,0.5\n", "answer-constraint"),
        ("B,2021-11-02T06:00Z,XX-NONE,x,3,-5,0.5\n", "answer-code-unknown"),
        ("B,2021-11-02T06:00Z,,x,3,-5,0.5\n", "answer-required"),
        (",2021-11-02T06:00Z,AC-CLASH,x,3,-5,0.5\n", "row-key-empty"),
        ("B,2021-11-02T06:00Z,AC-CLASH,x,3,-500,0.5\n", "place-longitude"),
        ("B,2021-11-02T06:00Z,AC-CLASH,x,3,-5,\n", "place-half"),
        // Latitude and longitude exchanged: outside of the mission as it stands, inside when turned.
        ("B,2021-11-02T06:00Z,AC-CLASH,x,3,0.5,-5\n", "place-swapped"),
        ("B,2021-11-02T06:00Z,AC-CLASH,\"x\"y,3,-5,0.5\n", "quote-broken"),
        ("B,2021-11-02T06:00Z,AC-CLASH,x,3\n", "row-too-few-cells"),
    ] {
        let mut test = TestNode::minusek();
        let report = import(&mut test, &format!("{row}{GOOD}"));
        assert_eq!(counts(&report), [1, 0, 0, 0, 1], "{row} {:?}", report.refused_rows);
        let refused = codes(&report);
        assert_eq!(refused, [(2, vec![expected])], "{row}");
        assert_eq!(test.value("A", "deaths_best"), json!(3), "{row}");
        test.assert_rebuild_changes_nothing();
    }
}

#[test]
fn refused_rows_lie_in_a_file_with_number_codes_reasons_and_their_own_text() {
    let mut test = TestNode::minusek();
    let bad = "B,never,XX-NONE,\"=2+3, \"\"really\"\"\",many,-5,0.5\n";
    let report = import(&mut test, &format!("{GOOD}{bad}"));
    let file = report.refused_file.expect("a file of refused rows");
    assert!(file.starts_with(test.node.files().refused()));
    let text = fs::read_to_string(&file).expect("read");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "row,codes,reasons,line");
    assert!(lines[1].starts_with("\"3\",\""), "{text}");
    for part in ["answer-", "never", "=2+3", "many"] {
        assert!(lines[1].contains(part), "{part} in {text}");
    }
    // The file can itself be read again as CSV, its last column being the row as the source had it.
    let again = test.file("again.csv", &text);
    let outcome = test.try_import(&test.admin.clone(), ("incident", "generic"), &again, 10);
    assert_eq!(refusal(outcome).0, Kind::Invalid, "it has no key column; it was read");
    assert_eq!(text.matches(&bad.trim_end().replace('"', "\"\"")).count(), 1, "{text}");
}

#[test]
fn a_file_without_a_wrong_row_leaves_no_file_of_refused_rows() {
    let mut test = TestNode::minusek();
    let report = import(&mut test, GOOD);
    assert_eq!(report.refused_file, None);
    assert!(!test.node.files().refused().exists());
}

#[test]
fn one_key_twice_in_a_file_is_taken_once() {
    let other = "A,2021-11-02T06:00Z,AC-CLASH,Other,9,-5,0.5\n";
    for rows_per_commit in [1, 2, 10_000] {
        let mut test = TestNode::minusek();
        let file = test.file("incidents.csv", format!("{HEADER}{GOOD}{other}{GOOD}"));
        let admin = test.admin.clone();
        let report = test.try_import(&admin, ("incident", "generic"), &file, rows_per_commit);
        let report = report.expect("imported");
        assert_eq!(report.created, 1, "{rows_per_commit}: {report:?}");
        assert_eq!(codes(&report).first(), Some(&(3, vec!["row-key-twice"])), "{rows_per_commit}");
        assert_eq!(test.value("A", "deaths_best"), json!(3), "{rows_per_commit}");
        assert!(test.conflicts("A").is_empty(), "{rows_per_commit}");
        assert_eq!(test.history("A").len(), 1, "{rows_per_commit}");
    }
}

#[test]
fn one_key_twice_in_a_newer_release_changes_its_record_once() {
    for rows_per_commit in [1, 2, 10_000] {
        let mut test = TestNode::minusek();
        import(&mut test, GOOD);
        let (five, six) = (GOOD.replace(",3,", ",5,"), GOOD.replace(",3,", ",6,"));
        let file = test.file("incidents.csv", format!("{HEADER}{five}{six}"));
        let admin = test.admin.clone();
        let report = test.try_import(&admin, ("incident", "generic"), &file, rows_per_commit);
        let report = report.expect("imported");
        assert_eq!(counts(&report), [0, 1, 0, 0, 1], "{rows_per_commit}");
        assert_eq!(test.value("A", "deaths_best"), json!(5), "{rows_per_commit}");
        assert!(test.conflicts("A").is_empty(), "{rows_per_commit}");
    }
}

#[test]
fn a_preview_sees_one_key_twice_as_the_import_does() {
    let mut test = TestNode::minusek();
    let other = GOOD.replace("First", "Other");
    let (report, fates) = test.preview(&format!("{HEADER}{GOOD}{other}"));
    assert_eq!(counts(&report), [1, 0, 0, 0, 1]);
    assert_eq!(fates, [(2, RowFate::Created), (3, RowFate::Refused)]);
}

#[test]
fn the_size_of_a_transaction_changes_nothing_but_time() {
    let rows = numbered_rows(25);
    let outcomes = [1, 7, 25, 10_000].map(|rows_per_commit| {
        let mut test = TestNode::minusek();
        let file = test.file("incidents.csv", format!("{HEADER}{rows}"));
        let admin = test.admin.clone();
        let report = test.try_import(&admin, ("incident", "generic"), &file, rows_per_commit);
        let sums = test.deaths_by(&admin, None, &["admin2", "month"]);
        (counts(&report.expect("imported")), test.keys(&admin, None), sums, test.entries())
    });
    assert!(outcomes.iter().all(|outcome| *outcome == outcomes[0]), "{outcomes:?}");
}

#[test]
fn a_file_in_an_old_encoding_comes_in_with_a_word_about_it() {
    let mut test = TestNode::minusek();
    let text = format!("{HEADER}B,2021-11-02T06:00Z,AC-CLASH,Ménaka,3,-5,0.5\n");
    let latin: Vec<u8> =
        text.chars().map(|letter| u8::try_from(u32::from(letter)).expect("Latin-1")).collect();
    let file = test.file("latin.csv", latin);
    let report = test.import("incident", "generic", &file);
    assert_eq!(counts(&report), [1, 0, 0, 0, 0]);
    assert_eq!(report.warnings.len(), 1, "{:?}", report.warnings);
    assert_eq!(test.value("B", "summary"), json!("Ménaka"));
}

#[test]
fn a_file_that_is_not_there_or_no_table_is_refused_before_anything_is_written() {
    let mut test = TestNode::minusek();
    let (entries, admin) = (test.entries(), test.admin.clone());
    let absent = test.folder.path().join("absent.csv");
    let outcome = test.try_import(&admin, ("incident", "generic"), &absent, 10);
    assert_eq!(refusal(outcome), (Kind::Invalid, vec!["file-not-found"]));
    for content in ["", "a,a\n1,2\n", "only,unknown,columns\n1,2,3\n"] {
        let file = test.file("bad.csv", content);
        let outcome = test.try_import(&admin, ("incident", "generic"), &file, 10);
        assert_eq!(refusal(outcome).0, Kind::Invalid, "{content:?}");
    }
    let file = test.file("good.csv", format!("{HEADER}{GOOD}"));
    for (register, mapping) in [("incidents", "generic"), ("incident", "ucpd"), ("site", "ucdp")] {
        let outcome = test.try_import(&admin, (register, mapping), &file, 10);
        assert_eq!(refusal(outcome).0, Kind::Invalid, "{register} {mapping}");
    }
    assert_eq!(test.entries(), entries);
}

/// The importer's rights hold for every row, as it is and as it was.
#[test]
fn a_row_for_a_record_the_importer_may_not_see_does_not_touch_it() {
    let mut test = TestNode::minusek();
    import(&mut test, GOOD);
    test.edit("A", &[("classification", "strictly-confidential"), ("summary", "Secret")]);
    let importer = test.add(user("awa", &["joc-watch-officer"]));
    let before = test.show("incident", &id_of("incident", "A"));
    let rows = format!("{HEADER}{}", GOOD.replace(",3,", ",9,").replace("First", "Newer"));
    let file = test.file("incidents.csv", rows);
    let report = test.try_import(&importer, ("incident", "generic"), &file, 10).expect("imported");
    assert_eq!(counts(&report), [0, 0, 0, 0, 1], "{report:?}");
    assert_eq!(test.show("incident", &id_of("incident", "A")), before);
}

#[test]
fn a_row_for_a_deleted_record_the_importer_may_not_see_does_not_bring_it_back() {
    let mut test = TestNode::minusek();
    import(&mut test, GOOD);
    test.edit("A", &[("classification", "strictly-confidential")]);
    test.delete("A");
    let importer = test.add(user("awa", &["joc-watch-officer"]));
    let file = test.file("incidents.csv", format!("{HEADER}{GOOD}"));
    test.try_import(&importer, ("incident", "generic"), &file, 10).expect("imported");
    let admin = test.admin.clone();
    assert_eq!(test.keys(&admin, None), Vec::<String>::new());
}

#[test]
fn a_row_the_importer_could_not_have_made_by_hand_is_refused() {
    let mut test = TestNode::minusek();
    let importer = test.add(user("awa", &["joc-watch-officer"]));
    let csv = "source_id,occurred_at,type,classification\n\
        A,2021-11-02T06:00Z,AC-CLASH,strictly-confidential\nB,2021-11-02T06:00Z,AC-CLASH,confidential\n";
    let file = test.file("incidents.csv", csv);
    let report = test.try_import(&importer, ("incident", "generic"), &file, 10).expect("imported");
    assert_eq!(codes(&report), [(2, vec!["row-not-allowed"])]);
    assert_eq!(report.created, 1);
}

#[test]
fn whoever_may_not_import_is_told_so_before_the_file_is_read() {
    let mut test = TestNode::minusek();
    let member = test.add(user("awa", &["syndicate-member"]));
    let absent = test.folder.path().join("absent.csv");
    let outcome = test.try_import(&member, ("incident", "generic"), &absent, 10);
    assert_eq!(refusal(outcome), (Kind::DeniedOrAbsent, vec!["import-not-allowed"]));
}

/// Somebody stops the program in the middle: what was committed is there, and the same file goes on.
#[test]
fn an_interrupted_import_goes_on_where_it_was_committed() {
    let rows = numbered_rows(10);
    let mut test = TestNode::minusek();
    let file = test.file("incidents.csv", format!("{HEADER}{rows}"));
    let admin = test.admin.clone();
    let interrupted = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let import =
            app::Import { rows_per_commit: 3, ..app::Import::of(("incident", "generic"), &file) };
        test.node.import(&admin, &import, &mut |row, _fate| assert!(row < 9, "stop here"))
    }));
    assert!(interrupted.is_err());
    assert_eq!(test.keys(&admin, None).len(), 6);
    test.assert_rebuild_changes_nothing();
    let report = test.try_import(&admin, ("incident", "generic"), &file, 3).expect("imported");
    assert_eq!(counts(&report), [4, 0, 6, 0, 0]);
}
