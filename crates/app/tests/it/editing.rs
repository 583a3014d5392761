//! Records made and changed by hand.

use app::Kind;
use serde_json::json;

use crate::support::{TestNode, id_of, refusal, texts};

const ONE: &str =
    "source_id,occurred_at,type,summary,deaths_best\nA,2021-11-02T06:00Z,AC-CLASH,First,3\n";

fn one() -> TestNode {
    let mut test = TestNode::minusek();
    test.incidents(ONE);
    test
}

#[test]
fn a_record_made_by_hand_says_who_made_it_and_why_and_is_classified() {
    let mut test = TestNode::minusek();
    let answers = texts(&[
        ("occurred_at", "2021-11-02T06:00Z"),
        ("type", "AC-CLASH"),
        ("deaths_best", "3"),
        ("place", "0.5 -5"),
        ("summary", ""),
    ]);
    let reason = Some("radio report".to_owned());
    let id = test.node.create_record(&test.admin.clone(), "incident", &answers, reason);
    let shown = test.show("incident", &id.expect("made").outcome.to_string());
    assert_eq!(shown["created"]["user"], json!("admin"));
    assert_eq!(shown["values"]["classification"], json!("unclassified"));
    assert_eq!(shown["values"]["place"]["coordinates"], json!([-5, 0.5]));
    assert_eq!(shown["values"]["summary"], json!(null));
    assert_eq!((&shown["batch"], &shown["entries"]), (&json!(null), &json!(1)));
    test.assert_rebuild_changes_nothing();
}

#[test]
fn everything_wrong_with_a_record_is_said_at_once_and_nothing_is_kept() {
    let mut test = TestNode::minusek();
    let (admin, entries) = (test.admin.clone(), test.entries());
    let wrong = texts(&[("occured_at", "x"), ("deaths_best", "many"), ("place", "somewhere")]);
    let error = test.node.create_record(&admin, "incident", &wrong, None).expect_err("refused");
    assert_eq!((error.kind, error.findings.len()), (Kind::Invalid, 3), "{error}");
    let lacking = texts(&[("summary", "no time and no type")]);
    let error = test.node.create_record(&admin, "incident", &lacking, None).expect_err("refused");
    assert_eq!(error.findings.len(), 2, "{error}");
    assert_eq!(test.entries(), entries);
}

#[test]
fn an_edit_writes_the_fields_that_change_and_no_others() {
    let mut test = one();
    assert_eq!(test.edit("A", &[("deaths_best", "3"), ("summary", "First, corrected")]), 1);
    let step = test.history("A").pop().expect("a step");
    let fields: Vec<&String> =
        step["detail"]["fields"].as_object().expect("a set").keys().collect();
    assert_eq!(fields, ["summary"]);
    let entries = test.entries();
    assert_eq!(test.edit("A", &[("deaths_best", "3")]), 0);
    assert_eq!(test.entries(), entries, "nothing to say, nothing said");
}

#[test]
fn a_deleted_record_leaves_every_list_and_its_history_says_why() {
    let mut test = one();
    test.delete("A");
    let admin = test.admin.clone();
    assert_eq!(test.keys(&admin, None), Vec::<String>::new());
    let shown = test.show("incident", &id_of("incident", "A"));
    assert_eq!(shown["deleted"], json!(true));
    let last = test.history("A").pop().expect("a step");
    assert_eq!((&last["act"], &last["reason"]), (&json!("delete"), &json!("a false report")));
    test.assert_rebuild_changes_nothing();
}

/// An edit the deletion had not seen brings a record back with a flag; that is for people who could
/// not know. One who can see that it is deleted is told so.
#[test]
fn a_deleted_record_is_not_edited_or_deleted_again() {
    let mut test = one();
    test.delete("A");
    let (id, admin, entries) = (id_of("incident", "A"), test.admin.clone(), test.entries());
    let at = ("incident", id.as_str());
    let refused = test.node.edit_record(&admin, at, &texts(&[("deaths_best", "9")]), None);
    assert_eq!(refusal(refused), (Kind::Conflict, vec!["record-deleted"]));
    let refused = test.node.delete_record(&admin, at, None);
    assert_eq!(refusal(refused), (Kind::Conflict, vec!["record-deleted"]));
    assert_eq!(test.entries(), entries);
}

#[test]
fn a_remark_is_shown_with_its_author_and_changes_no_value() {
    let mut test = one();
    let (id, admin) = (id_of("incident", "A"), test.admin.clone());
    let before = test.show("incident", &id)["values"].clone();
    test.node.comment(&admin, ("incident", &id), "the chief confirms", None).expect("said");
    let shown = test.show("incident", &id);
    assert_eq!(shown["comments"][0]["text"], json!("the chief confirms"));
    assert_eq!(shown["comments"][0]["user"], json!("admin"));
    assert_eq!(shown["values"], before);
    let huge = test.node.comment(&admin, ("incident", &id), &"x".repeat(40_000), None);
    assert_eq!(refusal(huge).0, Kind::Invalid);
}

#[test]
fn an_id_that_is_none_is_told_from_one_that_is_absent() {
    let test = one();
    let refused = test.node.show(&test.admin, "incident", "12993");
    assert_eq!(refusal(refused), (Kind::Invalid, vec!["record-id-invalid"]));
    let refused = test.node.show(&test.admin, "site", &id_of("incident", "A"));
    assert_eq!(
        refusal(refused),
        (Kind::DeniedOrAbsent, vec!["record-absent"]),
        "another register's"
    );
}

#[test]
fn a_node_opened_again_is_the_same_node() {
    let mut test = one();
    test.edit("A", &[("deaths_best", "5")]);
    let (hash, device) = (test.node.state_hash().expect("a hash"), test.node.device());
    let folder = test.node.files().folder.clone();
    drop(test.node);
    let node = app::Node::open(&folder, crate::support::environment(2)).expect("opened");
    assert_eq!((node.state_hash().expect("a hash"), node.device()), (hash, device));
    let again = app::Node::create(
        &folder,
        &crate::support::packs().join("minusek"),
        crate::support::user("admin", &["administrator"]),
        crate::support::environment(3),
    );
    assert_eq!(refusal(again), (Kind::Conflict, vec!["node-exists"]));
}

#[test]
fn a_node_goes_over_to_another_pack_and_keeps_its_journal() {
    let mut test = TestNode::minusma();
    test.ucdp();
    let entries = test.entries();
    let pack = crate::support::packs().join("minusek");
    let (node, _) = test.node.use_pack(&test.admin, &pack).expect("changed");
    assert_eq!(node.pack().name.as_str(), "minusek");
    let folder = node.files().folder.clone();
    drop(node);
    test.node = app::Node::open(&folder, crate::support::environment(2)).expect("opened");
    test.admin = test.node.viewer(None).expect("the administrator");
    assert_eq!(test.entries(), entries + 1);
    assert_eq!(
        test.node.count(&test.admin, &crate::support::all("incident")).expect("a count"),
        735
    );
    test.assert_rebuild_changes_nothing();
}
