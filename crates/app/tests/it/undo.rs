//! An import taken back: what it made is deleted, what it changed is as before, and what somebody
//! did since stays.

use app::{Kind, Undone};
use model::id::RecordId;
use serde_json::json;

use crate::support::{TestNode, counts, id_of, refusal, user};

const FIRST: &str = "source_id,occurred_at,type,summary,deaths_best\n\
    A,2021-11-02T06:00Z,AC-CLASH,First,3\n\
    B,2021-11-03T06:00Z,AC-CLASH,Second,4\n\
    C,2021-11-04T06:00Z,VC-KILL,Third,\n";

/// Another number for A, a first one for C, and a record more.
const SECOND: &str = "source_id,occurred_at,type,summary,deaths_best\n\
    A,2021-11-02T06:00Z,AC-CLASH,First,7\n\
    B,2021-11-03T06:00Z,AC-CLASH,Second,4\n\
    C,2021-11-04T06:00Z,VC-KILL,Third,2\n\
    D,2021-11-05T06:00Z,AC-CLASH,Fourth,1\n";

fn import(test: &mut TestNode, csv: &str) -> RecordId {
    test.incidents(csv).batch.expect("a batch")
}

fn undo(test: &mut TestNode, batch: &RecordId) -> [u64; 3] {
    let admin = test.admin.clone();
    let undone = test.node.undo(&admin, batch).unwrap_or_else(|error| panic!("{error}"));
    let Undone { deleted, restored, kept } = undone;
    [deleted, restored, kept]
}

fn keys(test: &TestNode) -> Vec<String> {
    test.keys(&test.admin, None)
}

/// What is shown of every live record, and every conflict.
fn everything(test: &TestNode) -> Vec<serde_json::Value> {
    let keys = keys(test).into_iter();
    let shown = keys.map(|key| test.show("incident", &id_of("incident", &key)));
    shown
        .map(|shown| {
            json!([shown["values"], shown["conflicts"].as_object().map(serde_json::Map::len)])
        })
        .collect()
}

#[test]
fn records_the_import_made_are_gone_and_their_history_is_not() {
    let mut test = TestNode::minusek();
    let batch = import(&mut test, FIRST);
    assert_eq!(undo(&mut test, &batch), [3, 0, 0]);
    assert_eq!(keys(&test), Vec::<String>::new());
    let history = test.history("A");
    assert_eq!((history.len(), &history[1]["act"]), (2, &json!("delete")));
    assert_eq!(history[1]["user"], json!("admin"));
    test.assert_rebuild_changes_nothing();
}

#[test]
fn what_the_import_changed_is_as_it_was_before() {
    let mut test = TestNode::minusek();
    import(&mut test, FIRST);
    let before = everything(&test);
    let batch = import(&mut test, SECOND);
    assert_ne!(everything(&test), before);
    assert_eq!(undo(&mut test, &batch), [1, 2, 0]);
    assert_eq!(everything(&test), before);
    assert_eq!(test.value("C", "deaths_best"), json!(null), "it had none");
    test.assert_rebuild_changes_nothing();
}

#[test]
fn an_import_undone_twice_is_undone_once() {
    let mut test = TestNode::minusek();
    import(&mut test, FIRST);
    let batch = import(&mut test, SECOND);
    undo(&mut test, &batch);
    let (before, entries) = (everything(&test), test.entries());
    assert_eq!(undo(&mut test, &batch), [0, 0, 0]);
    assert_eq!(everything(&test), before);
    assert_eq!(test.entries(), entries);
}

#[test]
fn what_somebody_changed_since_stays_as_they_left_it() {
    let mut test = TestNode::minusek();
    import(&mut test, FIRST);
    let batch = import(&mut test, SECOND);
    test.edit("A", &[("deaths_best", "8")]);
    assert_eq!(undo(&mut test, &batch), [1, 1, 1]);
    assert_eq!(test.value("A", "deaths_best"), json!(8));
    assert!(test.conflicts("A").is_empty());
    assert_eq!(test.value("C", "deaths_best"), json!(null));
}

/// A record is taken back whole or not at all: a husk of the one corrected field would be worse.
#[test]
fn a_record_the_import_made_and_somebody_touched_since_stays_whole() {
    let mut test = TestNode::minusek();
    let batch = import(&mut test, FIRST);
    test.edit("A", &[("deaths_best", "8")]);
    let id = id_of("incident", "B");
    test.node
        .comment(&test.admin.clone(), ("incident", &id), "the chief confirms", None)
        .expect("said");
    assert_eq!(undo(&mut test, &batch), [1, 0, 2]);
    assert_eq!(keys(&test), ["A", "B"]);
    for (key, summary, deaths) in [("A", "First", 8), ("B", "Second", 4)] {
        assert_eq!(test.value(key, "summary"), json!(summary));
        assert_eq!(test.value(key, "deaths_best"), json!(deaths));
        assert_eq!(test.value(key, "classification"), json!("unclassified"));
    }
}

#[test]
fn an_import_that_a_later_one_built_on_leaves_those_records_whole() {
    let mut test = TestNode::minusek();
    let batch = import(&mut test, FIRST);
    import(&mut test, SECOND);
    let before = everything(&test);
    // B alone is as the first import left it.
    assert_eq!(undo(&mut test, &batch), [1, 0, 2]);
    assert_eq!(keys(&test), ["A", "C", "D"]);
    let kept: Vec<_> = before.into_iter().filter(|row| row[0]["source_id"] != json!("B")).collect();
    assert_eq!(everything(&test), kept);
}

#[test]
fn a_conflict_the_import_brought_goes_with_it() {
    let mut test = TestNode::minusek();
    import(&mut test, FIRST);
    test.edit("A", &[("deaths_best", "5")]);
    let before = everything(&test);
    let batch = import(&mut test, SECOND);
    assert_eq!(test.conflicts("A"), ["deaths_best"]);
    assert_eq!(undo(&mut test, &batch), [1, 2, 0]);
    assert_eq!(everything(&test), before);
    assert!(test.conflicts("A").is_empty());
    test.assert_rebuild_changes_nothing();
}

#[test]
fn an_import_undone_comes_back_when_it_is_imported_again() {
    let mut test = TestNode::minusek();
    let batch = import(&mut test, FIRST);
    let before = everything(&test);
    undo(&mut test, &batch);
    let again = test.incidents(FIRST);
    assert_eq!(counts(&again), [3, 0, 0, 0, 0]);
    assert_eq!(everything(&test), before);
    assert_eq!(undo(&mut test, &again.batch.expect("a batch")), [3, 0, 0]);
    assert_eq!(keys(&test), Vec::<String>::new());
    assert_eq!(counts(&test.incidents(SECOND)), [4, 0, 0, 0, 0]);
    assert_eq!(test.value("A", "deaths_best"), json!(7));
    test.assert_rebuild_changes_nothing();
}

#[test]
fn imports_undone_one_after_the_other_leave_nothing() {
    let mut test = TestNode::minusek();
    let first = import(&mut test, FIRST);
    let second = import(&mut test, SECOND);
    assert_eq!(undo(&mut test, &second), [1, 2, 0]);
    assert_eq!(undo(&mut test, &first), [3, 0, 0]);
    assert_eq!(keys(&test), Vec::<String>::new());
    test.assert_rebuild_changes_nothing();
}

/// What was undone is no release: the next one is compared with the one before.
#[test]
fn a_correction_made_here_outlives_an_import_that_was_undone() {
    let mut test = TestNode::minusek();
    import(&mut test, FIRST);
    test.edit("A", &[("deaths_best", "5")]);
    let batch = import(&mut test, SECOND);
    undo(&mut test, &batch);
    assert_eq!(counts(&test.incidents(FIRST)), [0, 0, 3, 0, 0]);
    assert_eq!(test.value("A", "deaths_best"), json!(5));
    assert!(test.conflicts("A").is_empty());
}

#[test]
fn a_change_undone_comes_back_when_it_is_imported_again() {
    let mut test = TestNode::minusek();
    import(&mut test, FIRST);
    let batch = import(&mut test, SECOND);
    let with_second = everything(&test);
    undo(&mut test, &batch);
    assert_eq!(counts(&test.incidents(SECOND)), [1, 2, 1, 0, 0]);
    assert_eq!(everything(&test), with_second);
}

#[test]
fn a_record_somebody_deleted_stays_deleted_when_its_import_is_undone() {
    let mut test = TestNode::minusek();
    let batch = import(&mut test, FIRST);
    test.delete("A");
    assert_eq!(undo(&mut test, &batch), [2, 0, 0]);
    assert_eq!(counts(&test.incidents(FIRST)), [2, 0, 1, 0, 0], "nor does it come back later");
    assert_eq!(keys(&test), ["B", "C"]);
}

#[test]
fn whoever_may_not_import_cannot_tell_whether_there_is_an_import() {
    let mut test = TestNode::minusek();
    let batch = import(&mut test, FIRST);
    let member = test.add(user("awa", &["syndicate-member"]));
    let admin = test.admin.clone();
    let denied = test.node.undo(&member, &batch).expect_err("refused");
    let absent = test.node.undo(&admin, &RecordId::from_bytes([9; 16])).expect_err("refused");
    assert_eq!(refusal::<()>(Err(denied)), (Kind::DeniedOrAbsent, vec!["batch-unknown"]));
    assert_eq!(refusal::<()>(Err(absent)), (Kind::DeniedOrAbsent, vec!["batch-unknown"]));
    assert_eq!(keys(&test), ["A", "B", "C"]);
}

#[test]
fn a_record_the_undoer_may_not_see_is_left() {
    let mut test = TestNode::minusek();
    let batch = import(&mut test, FIRST);
    test.edit("A", &[("classification", "strictly-confidential")]);
    let importer = test.add(user("awa", &["administrator"]));
    let undone = test.node.undo(&importer, &batch).expect("undone");
    assert_eq!((undone.deleted, undone.kept), (2, 0), "and is not counted");
    assert_eq!(keys(&test), ["A"]);
}
