//! A newer release of the same data: what changed comes in, what somebody corrected here stays, and
//! where both happened both are shown until somebody settles it.

use app::{Choice, RowFate};
use serde_json::json;

use crate::support::{TestNode, counts, id_of, refusal, user};

const FIRST: &str = "source_id,occurred_at,type,summary,deaths_best,verification\n\
    A,2021-11-02T06:00Z,AC-CLASH,First,3,reported\n\
    B,2021-11-03T06:00Z,AC-CLASH,Second,4,reported\n\
    C,2021-11-04T06:00Z,VC-KILL,Third,,reported\n";

/// A node that holds the first release.
fn first() -> TestNode {
    let mut test = TestNode::minusek();
    assert_eq!(counts(&test.incidents(FIRST)), [3, 0, 0, 0, 0]);
    test
}

fn with(from: &str, to: &str) -> String {
    assert!(FIRST.contains(from), "{from}");
    FIRST.replace(from, to)
}

/// The fields that a step of a history set, with what it overwrote in each.
fn set_fields(step: &serde_json::Value) -> Vec<(String, usize)> {
    let fields = step["detail"]["fields"].as_object().expect("a set");
    let field = |(name, edit): (&String, &serde_json::Value)| {
        (name.clone(), edit["overwrites"].as_array().map_or(0, Vec::len))
    };
    fields.iter().map(field).collect()
}

#[test]
fn only_what_the_source_changed_is_written_and_what_it_left_out_stays() {
    let mut test = first();
    let second = "source_id,occurred_at,type,summary,deaths_best,verification\n\
        D,2021-11-05T06:00Z,AC-CLASH,Fourth,1,reported\n\
        B,2021-11-03T06:00Z,AC-CLASH,Second,6,reported\n\
        A,2021-11-02T06:00Z,AC-CLASH,First,3,reported\n";
    assert_eq!(counts(&test.incidents(second)), [1, 1, 1, 0, 0]);
    let admin = test.admin.clone();
    assert_eq!(test.keys(&admin, None), ["A", "B", "C", "D"]);
    assert_eq!(test.value("B", "deaths_best"), json!(6));
    let history = test.history("B");
    assert_eq!(history.len(), 2);
    assert_eq!(set_fields(&history[1]), [("deaths_best".to_owned(), 1)]);
    assert_eq!(test.history("A").len(), 1, "an unchanged row writes nothing");
    test.assert_rebuild_changes_nothing();
}

#[test]
fn a_correction_made_here_stays_while_the_source_says_what_it_said() {
    let mut test = first();
    test.edit("A", &[("deaths_best", "5")]);
    assert_eq!(counts(&test.incidents(FIRST)), [0, 0, 3, 0, 0]);
    let other_field = with("First", "First (corrected)");
    assert_eq!(counts(&test.incidents(&other_field)), [0, 1, 2, 0, 0]);
    assert_eq!(test.value("A", "deaths_best"), json!(5));
    assert_eq!(test.value("A", "summary"), json!("First (corrected)"));
    assert!(test.conflicts("A").is_empty());
}

#[test]
fn a_field_emptied_here_stays_empty_while_the_source_says_what_it_said() {
    let mut test = first();
    test.edit("A", &[("deaths_best", "")]);
    assert_eq!(counts(&test.incidents(FIRST)), [0, 0, 3, 0, 0]);
    assert_eq!(test.value("A", "deaths_best"), json!(null));
}

#[test]
fn a_value_the_source_takes_back_is_taken_back() {
    let mut test = first();
    assert_eq!(counts(&test.incidents(&with("First,3", "First,"))), [0, 1, 2, 0, 0]);
    assert_eq!(test.value("A", "deaths_best"), json!(null));
    assert!(test.conflicts("A").is_empty());
    assert_eq!(counts(&test.incidents(FIRST)), [0, 1, 2, 0, 0], "and back again");
    assert_eq!(test.value("A", "deaths_best"), json!(3));
}

#[test]
fn the_same_correction_on_both_sides_is_no_conflict() {
    let mut test = first();
    test.edit("A", &[("deaths_best", "5")]);
    test.incidents(&with("First,3", "First,5"));
    assert!(test.conflicts("A").is_empty());
    assert_eq!(test.value("A", "deaths_best"), json!(5));
    // The source then goes back to its first number, which nobody here had doubted in favour of it.
    test.incidents(FIRST);
    assert_eq!(test.value("A", "deaths_best"), json!(5));
}

/// Corrected to 5 here, to 7 by the source.
fn in_conflict() -> TestNode {
    let mut test = first();
    let analyst = test.add(user("awa", &["jmac-analyst"]));
    let id = id_of("incident", "A");
    let answers = [("deaths_best".to_owned(), "5".to_owned())];
    test.node.edit_record(&analyst, ("incident", &id), &answers, None).expect("edited");
    assert_eq!(counts(&test.incidents(&with("First,3", "First,7"))), [0, 1, 2, 0, 0]);
    test
}

#[test]
fn both_values_are_shown_where_both_sides_changed_a_field() {
    let test = in_conflict();
    assert_eq!(test.conflicts("A"), ["deaths_best"]);
    let shown = test.show("incident", &id_of("incident", "A"));
    let visible = shown["conflicts"]["deaths_best"].as_array().expect("values").clone();
    let told: Vec<_> =
        visible.iter().map(|seen| (seen["value"].clone(), seen["user"].clone())).collect();
    assert_eq!(told, [(json!(7), json!("admin")), (json!(5), json!("awa"))], "latest first");
    let answer = test.node.ask(&test.admin, &crate::support::all("incident")).expect("a page");
    let conflicting = answer.records.iter().filter(|record| record.conflict).count();
    assert_eq!(conflicting, 1);
}

#[test]
fn a_conflict_is_settled_with_one_of_its_values_and_stays_settled() {
    let mut test = in_conflict();
    let id = id_of("incident", "A");
    let visible = test.show("incident", &id)["conflicts"]["deaths_best"].clone();
    let entry = visible[1]["entry"].as_str().expect("an entry").parse().expect("an id");
    let reason = Some("the patrol counted".to_owned());
    let settled = test.node.settle(
        &test.admin,
        ("incident", &id),
        ("deaths_best", &Choice::Entry(entry)),
        reason,
    );
    settled.unwrap_or_else(|error| panic!("{error}"));
    assert!(test.conflicts("A").is_empty());
    assert_eq!(test.value("A", "deaths_best"), json!(5));
    let last = test.history("A").pop().expect("a step");
    assert_eq!((&last["reason"], &last["user"]), (&json!("the patrol counted"), &json!("admin")));
    assert_eq!(set_fields(&last), [("deaths_best".to_owned(), 2)]);
    assert_eq!(counts(&test.incidents(&with("First,3", "First,7"))), [0, 0, 3, 0, 0]);
    assert_eq!(test.value("A", "deaths_best"), json!(5));
    test.incidents(&with("First,3", "First,8"));
    assert_eq!(test.conflicts("A"), ["deaths_best"], "a third number is news");
    test.assert_rebuild_changes_nothing();
}

#[test]
fn a_conflict_is_settled_with_a_value_nobody_had() {
    let mut test = in_conflict();
    let id = id_of("incident", "A");
    let six = Choice::Value("6".to_owned());
    let settled = test.node.settle(&test.admin, ("incident", &id), ("deaths_best", &six), None);
    settled.expect("settled");
    assert_eq!(test.value("A", "deaths_best"), json!(6));
    assert!(test.conflicts("A").is_empty());
    let again = test.node.settle(&test.admin, ("incident", &id), ("deaths_best", &six), None);
    assert_eq!(refusal(again), (app::Kind::Conflict, vec!["no-conflict"]));
}

#[test]
fn what_settles_a_conflict_is_checked_like_any_value() {
    let mut test = in_conflict();
    let id = id_of("incident", "A");
    let unseen = model::id::EntryId::from_bytes([1; 32]);
    for choice in [Choice::Value("many".to_owned()), Choice::Entry(unseen)] {
        let refused =
            test.node.settle(&test.admin, ("incident", &id), ("deaths_best", &choice), None);
        assert_eq!(refusal(refused).0, app::Kind::Invalid);
    }
    assert_eq!(test.conflicts("A"), ["deaths_best"]);
}

#[test]
fn who_may_not_settle_does_not() {
    let mut test = in_conflict();
    let planner = test.add(user("bintou", &["force-planner"]));
    let id = id_of("incident", "A");
    let six = Choice::Value("6".to_owned());
    let refused = test.node.settle(&planner, ("incident", &id), ("deaths_best", &six), None);
    assert_eq!(refusal(refused), (app::Kind::DeniedOrAbsent, vec!["not-allowed"]));
}

#[test]
fn a_record_somebody_deleted_does_not_come_back_with_the_next_release() {
    let mut test = first();
    test.delete("B");
    for release in [FIRST.to_owned(), with("Second,4", "Second,9")] {
        assert_eq!(counts(&test.incidents(&release)), [0, 0, 3, 0, 0]);
        let admin = test.admin.clone();
        assert_eq!(test.keys(&admin, None), ["A", "C"]);
    }
    test.assert_rebuild_changes_nothing();
}

#[test]
fn a_preview_says_what_the_import_then_does_and_writes_nothing() {
    let mut test = first();
    let next = with("First,3", "First,4") + "D,2021-11-05T06:00Z,AC-CLASH,Fourth,x,reported\n";
    let (hash, entries) = (test.node.state_hash().expect("a hash"), test.entries());
    let (preview, fates) = test.preview(&next);
    assert_eq!((test.node.state_hash().expect("a hash"), test.entries()), (hash, entries));
    assert_eq!(preview.batch, None);
    assert_eq!(preview.refused_file, None);
    assert_eq!(
        fates,
        [
            (2, RowFate::Updated),
            (3, RowFate::Unchanged),
            (4, RowFate::Unchanged),
            (5, RowFate::Refused)
        ]
    );
    let report = test.incidents(&next);
    assert_eq!(counts(&report), counts(&preview));
    assert_eq!(report.file_hash, preview.file_hash);
    assert!(report.batch.is_some() && report.refused_file.is_some());
}

#[test]
fn every_record_says_which_file_it_came_from_and_who_brought_it() {
    let mut test = TestNode::minusek();
    let report = test.incidents(FIRST);
    let batch = report.batch.expect("a batch").to_string();
    let shown = test.show("incident", &id_of("incident", "A"));
    assert_eq!(shown["batch"]["id"], json!(batch));
    assert_eq!(shown["batch"]["file"], json!("incidents.csv"));
    assert_eq!(shown["batch"]["importer"], json!("admin"));
    assert_eq!(shown["batch"]["file_hash"].as_str().map(str::len), Some(64));
    let batches = test.node.batches(&test.admin).expect("batches");
    assert_eq!(batches[0]["rows"], json!(3));
    assert_eq!(test.history("A")[0]["batch"], json!(batch));
}

/// What a mapping says of every row holds for a record's first day only.
#[test]
fn a_newer_release_does_not_undo_what_was_verified_or_classified_here() {
    let mut test = TestNode::minusma();
    test.ucdp();
    let id = {
        let question = crate::support::filtered("incident", "source_id = '12993'");
        test.node.ask(&test.admin, &question).expect("a page").records[0].id.to_string()
    };
    for step in ["take-up", "verify"] {
        test.step(&id, step);
    }
    let raised = crate::support::texts(&[("classification", "confidential")]);
    test.node.edit_record(&test.admin, ("incident", &id), &raised, None).expect("edited");
    let demo = crate::support::packs().join("minusma/demo/ucdp-mali-1990-2019.csv");
    let text = std::fs::read_to_string(demo).expect("the demo file");
    let newer = text.replacen("153725,4,4,4", "153725,5,4,6", 1);
    let file = test.file("ucdp-newer.csv", newer);
    assert_eq!(counts(&test.import("incident", "ucdp", &file)), [0, 1, 734, 0, 0]);
    let shown = test.show("incident", &id);
    assert_eq!(shown["values"]["deaths_best"], json!(5));
    assert_eq!(shown["values"]["verification"], json!("verified"));
    assert_eq!(shown["values"]["classification"], json!("confidential"));
    assert_eq!(shown["conflicts"], json!({}));
}
