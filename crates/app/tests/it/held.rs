//! Records are held to their form's expressions, by whatever way they are written.

mod sealed;

use std::path::{Path, PathBuf};

use app::{Answers, AppError, Choice, Done, Node};
use model::finding::Finding;
use model::id::RecordId;
use serde_json::{Map, Value as Json, json};

use crate::support::{TestNode, counts, id_of, texts};

fn object(values: &Json) -> Map<String, Json> {
    values.as_object().expect("an object").clone()
}

/// A stay of these values, which began on a day of 2021.
fn stay(test: &mut TestNode, mut values: Json) -> Result<Done<RecordId>, AppError> {
    values["began_at"] = json!("2021-11-02T06:00Z");
    let admin = test.admin.clone();
    test.node.create_record(&admin, "stay", &object(&values), None)
}

fn made(test: &mut TestNode, values: Json) -> String {
    let made = stay(test, values).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(said(&made.warnings), Vec::<String>::new());
    made.outcome.to_string()
}

fn edit(test: &mut TestNode, id: &str, values: Json) -> Result<Done<usize>, AppError> {
    let (admin, Json::Object(values)) = (test.admin.clone(), values) else { panic!("an object") };
    test.node.edit_record(&admin, ("stay", id), &values, None)
}

fn edited(test: &mut TestNode, id: &str, values: Json) -> Vec<String> {
    said(&edit(test, id, values).unwrap_or_else(|error| panic!("{error}")).warnings)
}

fn said(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(Finding::to_string).collect()
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, AppError>) -> Vec<String> {
    said(&outcome.expect_err("it is refused").findings)
}

fn values(test: &TestNode, id: &str) -> Json {
    test.show("stay", id)["values"].clone()
}

/// A copy of the small pack in which texts of a register are others.
fn changed_pack(test: &TestNode, changes: &[(&str, &str, &str)]) -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/packs/cases");
    let to = test.folder.path().join("cases");
    copy(&from, &to);
    for (file, before, after) in changes {
        let path = to.join(file);
        let text = std::fs::read_to_string(&path).expect("a file of the pack");
        assert_eq!(text.matches(before).count(), 1, "{before}");
        std::fs::write(&path, text.replace(before, after)).expect("written");
    }
    to
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a kind").is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// The node with another form of stays.
fn with_pack(test: TestNode, changes: &[(&str, &str, &str)]) -> TestNode {
    let pack = changed_pack(&test, changes);
    let TestNode { folder, node, admin } = test;
    let (node, _findings) = node.use_pack(&admin, &pack).unwrap_or_else(|error| panic!("{error}"));
    let admin = node.viewer(None).expect("one administrator");
    TestNode { folder, node, admin }
}

const SURVEY: &str = "registers/stay/survey.csv";

#[test]
fn what_a_form_forbids_is_refused_all_at_once_and_in_every_language() {
    let mut test = TestNode::cases();
    let entries = test.entries();
    let wrong = json!({ "ended_at": "2021-11-01T06:00Z", "colour": "red", "people": 2, "women": 3,
                        "parts": ["head", "arm"], "guests": [{ "name": "A", "age": 170 }, {}] });
    let error = stay(&mut test, wrong).expect_err("refused");
    assert_eq!(
        said(&error.findings),
        [
            "answer-constraint-said [ended_at] value=2021-11-01T06:00:00Z \
             message=It ends before it begins.",
            "answer-required [why]",
            "answer-constraint [women] value=3 constraint=. <= ${people}",
            "answer-required [guests[2].name]",
            "answer-constraint [guests[1].age] value=170 constraint=. < 150",
        ]
    );
    assert_eq!(error.findings[0].said_in("fr"), Some("La fin précède le début."));
    assert_eq!(error.findings[0].said_in("de"), Some("It ends before it begins."));
    let filtered = stay(&mut test, json!({ "colour": "blue", "parts": ["head", "arm"] }));
    assert_eq!(refused(filtered), ["answer-choice-filtered [parts] code=head"]);
    assert_eq!(test.entries(), entries, "nothing of it is kept");
}

#[test]
fn what_is_not_asked_is_left_out_and_said_and_what_is_computed_is_computed_here() {
    let mut test = TestNode::cases();
    let given = json!({ "colour": "blue", "why": "no reason", "people": 5, "women": 2, "men": 99,
                        "pairs": 1, "guests": [{ "name": "A", "age": 40, "school": "B" }] });
    let made = stay(&mut test, given).unwrap_or_else(|error| panic!("{error}"));
    let not_asked = ["answer-not-asked [why]", "answer-not-asked [guests[1].school]"];
    assert_eq!(said(&made.warnings), not_asked);
    let id = made.outcome.to_string();
    let shown = values(&test, &id);
    assert_eq!(shown["why"], Json::Null);
    assert_eq!(shown["guests"], json!([{ "name": "A", "age": 40 }]));
    assert_eq!((&shown["men"], &shown["pairs"]), (&json!(3), &json!(5)), "in their order");
    assert_eq!(shown["seen_at"], json!("2026-11-22T08:00:00Z"));

    assert_eq!(edited(&mut test, &id, json!({ "women": 1, "pairs": 7 })), Vec::<String>::new());
    let shown = values(&test, &id);
    assert_eq!((&shown["men"], &shown["pairs"]), (&json!(4), &json!(5)));
    let warnings = edited(&mut test, &id, json!({ "people": 0, "women": 0 }));
    assert_eq!(warnings, ["answer-not-asked [guests]"], "a group takes with it what is in it");
    assert_eq!(values(&test, &id)["guests"], Json::Null);
    test.assert_rebuild_changes_nothing();
}

#[test]
fn what_is_computed_once_stays_and_nothing_changes_where_nothing_is_given() {
    let mut test = TestNode::cases();
    let id = made(&mut test, json!({ "seen_at": "2020-01-01T00:00Z", "people": 3, "women": 1 }));
    let entries = test.entries();
    let again = json!({ "people": 3, "women": 1, "men": 2, "began_on": "2021-11-02" });
    assert_eq!(edit(&mut test, &id, again).expect("the same").outcome, 0);
    let wrong = json!({ "men": 77 });
    assert_eq!(edit(&mut test, &id, wrong).expect("computed").outcome, 0);
    assert_eq!(test.entries(), entries);
    edited(&mut test, &id, json!({ "summary": "another" }));
    assert_eq!(values(&test, &id)["seen_at"], json!("2020-01-01T00:00:00Z"));
}

#[test]
fn days_are_those_of_the_mission() {
    let zone = [("pack.toml", "Africa/Bamako", "Asia/Tokyo")];
    let mut test = with_pack(TestNode::cases(), &zone);
    let given = object(&json!({ "began_at": "2021-11-02T20:00Z" }));
    let admin = test.admin.clone();
    let id = test.node.create_record(&admin, "stay", &given, None).expect("made").outcome;
    assert_eq!(values(&test, &id.to_string())["began_on"], json!("2021-11-03"));
}

/// A form that changed asks nothing new of a record until somebody changes what it is about.
#[test]
fn a_record_that_a_later_form_forbids_can_still_be_changed_elsewhere() {
    let mut test = TestNode::cases();
    let id = made(&mut test, json!({ "people": 9, "women": 4, "colour": "blue" }));
    let mut test = with_pack(
        test,
        &[
            (SURVEY, "integer,people,People,,,. >= 0", "integer,people,People,,,. < 5"),
            (SURVEY, "text,summary,Summary,,", "text,summary,Summary,yes,"),
            (SURVEY, "integer,women,Women,,,", "integer,women,Women,,${colour} = 'red',"),
            (
                SURVEY,
                "integer,pairs,Pairs,,,,,,${men} + ${women}",
                "integer,pairs,Pairs,,,,,,${men}",
            ),
        ],
    );
    let shown = values(&test, &id);
    assert_eq!(edited(&mut test, &id, json!({ "vehicle": "a truck" })), Vec::<String>::new());
    let expected = json!({ "vehicle": "a truck" });
    let mut after = values(&test, &id);
    assert_eq!(after["vehicle"].take(), expected["vehicle"]);
    let mut before = shown;
    before["vehicle"].take();
    assert_eq!(after, before, "what the edit has nothing to do with stays as it is");
    let touched = refused(edit(&mut test, &id, json!({ "people": 8 })));
    let not_asked = "answer-not-asked [women]".to_owned();
    let people = "answer-constraint [people] value=8 constraint=. < 5".to_owned();
    assert_eq!(touched, [not_asked, people], "the women are held to what the people are");
    let warnings = edited(&mut test, &id, json!({ "colour": null }));
    assert_eq!(warnings, ["answer-not-asked [women]"], "its condition was touched");
    let fresh = refused(stay(&mut test, json!({ "people": 1 })));
    assert_eq!(fresh, ["answer-required [summary]"], "a new record is held to all of it");
}

#[test]
fn another_day_is_another_day_for_every_code() {
    let mut test = TestNode::cases();
    let id = made(&mut test, json!({ "colour": "blue", "people": 1, "women": 1 }));
    let list = [
        ("codelists/colour.csv", "code,label::en\n", "code,label::en,valid_to\n"),
        ("codelists/colour.csv", "blue,Blue\n", "blue,Blue,2021-12-31\n"),
        ("codelists/colour.csv", "red,Red\n", "red,Red,\n"),
    ];
    let mut test = with_pack(test, &list);
    edited(&mut test, &id, json!({ "summary": "still blue" }));
    let late = refused(edit(&mut test, &id, json!({ "began_at": "2022-01-01T06:00Z" })));
    assert_eq!(late.len(), 1, "{late:?}");
    assert!(late[0].starts_with("answer-code-not-valid [colour] code=blue"), "{late:?}");
}

const CSV: &str = "source_id,began_at,colour,why,people,women,men\n";

fn import(test: &mut TestNode, rows: &str) -> ([u64; 5], Vec<(String, u64)>) {
    let file = test.file("stays.csv", format!("{CSV}{rows}"));
    let report = test.import("stay", "generic", &file);
    let warnings = report.warnings.iter().map(|(finding, times)| (finding.to_string(), *times));
    (counts(&report), warnings.collect())
}

#[test]
fn an_import_is_held_to_the_form_says_what_it_left_out_and_is_the_same_the_second_time() {
    let mut test = TestNode::cases();
    let rows = "A,2021-11-02T06:00Z,blue,because,5,2,99\nB,2021-11-02T06:00Z,red,,1,0,\n\
                C,2021-11-02T06:00Z,blue,,2,3,\nD,2021-11-02T06:00Z,blue,x,2,2,\n";
    let left_out = ("answer-not-asked [why]".to_owned(), 2);
    assert_eq!(import(&mut test, rows), ([2, 0, 0, 0, 2], vec![left_out.clone()]));
    let shown = values(&test, &id_of("stay", "A"));
    assert_eq!((&shown["why"], &shown["men"]), (&Json::Null, &json!(3)));
    let entries = test.entries();
    assert_eq!(import(&mut test, rows), ([0, 0, 2, 0, 2], vec![left_out.clone()]));
    assert_eq!(test.entries(), entries + 1, "the batch, and nothing in it");

    let later = "A,2021-11-02T06:00Z,blue,because,6,2,99\nD,2021-11-02T06:00Z,red,x,2,2,\n";
    let once = vec![("answer-not-asked [why]".to_owned(), 1)];
    assert_eq!(import(&mut test, later), ([0, 2, 0, 0, 0], once));
    assert_eq!(values(&test, &id_of("stay", "A"))["men"], json!(4));
    assert_eq!(values(&test, &id_of("stay", "D"))["why"], json!("x"), "now it is asked");
    assert_eq!(test.show("stay", &id_of("stay", "A"))["conflicts"], json!({}));
    test.assert_rebuild_changes_nothing();
}

#[test]
fn a_conflict_is_settled_by_what_the_form_allows_and_brings_what_follows_from_it() {
    let mut test = TestNode::cases();
    import(&mut test, "A,2021-11-02T06:00Z,blue,,6,2,\n");
    let id = id_of("stay", "A");
    edited(&mut test, &id, json!({ "people": 7 }));
    import(&mut test, "A,2021-11-02T06:00Z,blue,,8,2,\n");
    let conflicts = test.show("stay", &id)["conflicts"].clone();
    assert!(conflicts.get("people").is_some(), "{conflicts}");
    let admin = test.admin.clone();
    let mut settle = |value: &str| {
        let choice = Choice::Value(value.to_owned());
        test.node.settle(&admin, ("stay", &id), ("people", &choice), None)
    };
    let wrong = refused(settle("1"));
    assert_eq!(wrong, ["answer-constraint [women] value=2 constraint=. <= ${people}"]);
    settle("10").unwrap_or_else(|error| panic!("{error}"));
    let shown = test.show("stay", &id);
    assert_eq!((&shown["values"]["people"], &shown["values"]["men"]), (&json!(10), &json!(8)));
    assert_eq!(shown["conflicts"], json!({}), "what was computed twice is settled with it");
}

#[test]
fn a_step_is_held_to_the_form_with_what_is_given_beside_it() {
    let mut test = TestNode::minusma();
    let admin = test.admin.clone();
    let given = object(&json!({ "occurred_at": "2018-11-02T06:00Z", "type": "AC-CLASH",
                                "summary": "a clash", "admin1": "ML04" }));
    let id = test.node.create_record(&admin, "incident", &given, None).expect("made").outcome;
    let beside = object(&json!({ "displaced": -3 }));
    let id = id.to_string();
    let step = ("take-up", Answers::from(&beside));
    let wrong = refused(test.node.transition(&admin, ("incident", &id), step, None));
    assert_eq!(wrong, ["answer-constraint [displaced] value=-3 constraint=. >= 0"]);
    let beside = object(&json!({ "ied_type": "RC" }));
    let step = ("take-up", Answers::from(&beside));
    let moved = test.node.transition(&admin, ("incident", &id), step, None);
    let moved = moved.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(said(&moved.warnings), ["answer-not-asked [ied_type]"]);
    assert_eq!(test.show("incident", &id)["values"]["ied_type"], Json::Null);
}

#[test]
fn a_record_made_once_tells_again_what_was_left_out() {
    let mut test = TestNode::cases();
    let admin = test.admin.clone();
    let given = object(&json!({ "began_at": "2021-11-02T06:00Z", "colour": "blue", "why": "x" }));
    let key = "0192a5b4-0000-7abc-8def-0123456789ab".parse().expect("a key");
    let once = |node: &mut Node| {
        let made = node.create_record_once(&admin, "stay", (&given, None), key);
        made.unwrap_or_else(|error| panic!("{error}"))
    };
    let first = once(&mut test.node);
    assert_eq!(said(&first.warnings), ["answer-not-asked [why]"]);
    assert_eq!(once(&mut test.node), first);
}

#[test]
fn a_question_that_an_earlier_version_asked_keeps_what_is_answered_to_it() {
    let retired = [(SURVEY, "text,vehicle,Vehicle,,", "text,vehicle,Vehicle,yes,false()")];
    let mut test = with_pack(TestNode::cases(), &retired);
    let id = made(&mut test, json!({ "people": 1, "women": 1, "vehicle": "a truck" }));
    assert_eq!(values(&test, &id)["vehicle"], json!("a truck"));
    made(&mut test, json!({ "people": 1, "women": 1 }));
    let texts = texts(&[("vehicle", "")]);
    let admin = test.admin.clone();
    test.node.edit_record(&admin, ("stay", &id), &texts, None).expect("cleared");
}

#[test]
fn a_pack_without_codes_that_records_have_says_of_each_how_many_have_it() {
    let mut test = TestNode::cases();
    for parts in [json!(["arm", "leg"]), json!(["arm"]), json!(null)] {
        made(&mut test, json!({ "colour": "red", "why": "seen", "parts": parts }));
    }
    let list = "codelists/part.csv";
    let gone = [(list, "head,Head\narm,Arm\nleg,Leg\n", "foot,Foot\n")];
    let pack = changed_pack(&test, &gone);
    let refused = refused(test.node.use_pack(&test.admin, &pack).map(|_taken| ()));
    assert_eq!(
        refused,
        [
            "pack-code-gone code=arm field=parts register=stay records=2",
            "pack-code-gone code=leg field=parts register=stay records=1",
        ]
    );
}
