//! Moving records along a workflow, and who may.

use app::{Aim, Answers, AppError, Kind, Version};
use serde_json::{Map, Value as Json, json};

use crate::support::{TestNode, id_of, refusal, said, texts, user};

const TWO: &str = "source_id,occurred_at,type,summary,verification\n\
                   A,2021-11-02T06:00Z,AC-CLASH,First,\nB,2021-11-03T06:00Z,AC-CLASH,Second,verified\n";

fn two() -> TestNode {
    let mut test = TestNode::minusek();
    assert_eq!(test.incidents(TWO).created, 2);
    test
}

fn object(value: Json) -> Map<String, Json> {
    match value {
        Json::Object(object) => object,
        other => panic!("{other} is no object"),
    }
}

fn moved(
    test: &mut TestNode,
    key: &str,
    name: &str,
    values: Json,
    reason: Option<&str>,
) -> Result<(), AppError> {
    let (admin, id, values) = (test.admin.clone(), id_of("incident", key), object(values));
    let answers = Answers::from(&values);
    let (aim, reason) = (("incident", id.as_str()), reason.map(str::to_owned));
    test.node.transition(&admin, aim, (name, answers), reason).map(|done| done.outcome)
}

fn verdict() -> Json {
    json!({ "verified_on": "2021-11-05", "verified_by": "JOC", "verification_basis": "two patrols" })
}

#[test]
fn a_transition_is_one_step_and_the_fields_given_with_it() {
    let mut test = two();
    moved(&mut test, "A", "take-up", json!({}), None).expect("from the start");
    assert_eq!(test.value("A", "verification"), json!("under_verification"));
    moved(&mut test, "A", "verify", verdict(), Some("seen by us")).expect("all is given");
    let shown = test.show("incident", &id_of("incident", "A"));
    assert_eq!(shown["values"]["verification"], json!("verified"));
    assert_eq!(shown["values"]["verified_on"], json!("2021-11-05"));
    assert_eq!(shown["transitions"], json!(["reopen"]));
    let steps = test.history("A");
    let [.., step, set] = steps.as_slice() else { panic!("two steps: {steps:?}") };
    assert_eq!(step["act"], json!("transition"));
    assert_eq!(
        step["detail"],
        json!({ "workflow": "verification", "from": "under_verification", "to": "verified" })
    );
    assert_eq!((&step["reason"], &set["reason"]), (&json!("seen by us"), &json!("seen by us")));
    assert_eq!(set["detail"]["fields"].as_object().expect("fields").len(), 4);
    test.assert_rebuild_changes_nothing();
}

#[test]
fn a_step_that_does_not_begin_here_or_lacks_something_changes_nothing() {
    let mut test = two();
    let entries = test.entries();
    let refused = moved(&mut test, "A", "verify", verdict(), None);
    assert_eq!(refusal(refused), (Kind::Conflict, vec!["transition-not-from"]));
    let refused = moved(&mut test, "A", "verifi", json!({}), None);
    assert_eq!(refusal(refused), (Kind::Invalid, vec!["transition-unknown"]));
    let refused = moved(&mut test, "B", "reopen", json!({}), Some("  "));
    assert_eq!(refusal(refused), (Kind::Invalid, vec!["transition-reason"]));
    let refused = moved(&mut test, "A", "take-up", json!({ "deaths_best": -1 }), None);
    assert_eq!(refusal(refused), (Kind::Invalid, vec!["answer-constraint"]));
    assert_eq!(test.entries(), entries);
    moved(&mut test, "A", "take-up", json!({}), None).expect("from the start");
    let error = moved(&mut test, "A", "verify", json!({ "verified_by": "JOC" }), None);
    let error = error.expect_err("something is missing");
    let columns: Vec<_> = error.findings.iter().filter_map(|f| f.at.column.as_deref()).collect();
    assert_eq!(said(&error).1, ["transition-requires"; 2]);
    assert_eq!(columns, ["verified_on", "verification_basis"]);
    let site = test.node.create_record(
        &test.admin.clone(),
        "site",
        &texts(&[("kind", "AIRFIELD"), ("name", "Port Amaro")]),
        None,
    );
    let (admin, id, none) =
        (test.admin.clone(), site.expect("made").outcome.to_string(), Map::new());
    let refused =
        test.node.transition(&admin, ("site", &id), ("verify", Answers::from(&none)), None);
    assert_eq!(refusal(refused), (Kind::Invalid, vec!["workflow-none"]));
}

#[test]
fn the_state_is_not_edited_by_hand_and_the_refusal_names_the_way() {
    let mut test = two();
    let (admin, id, entries) = (test.admin.clone(), id_of("incident", "A"), test.entries());
    let edit = |test: &mut TestNode, state: &str| {
        let texts = texts(&[("verification", state), ("summary", "Changed")]);
        test.node.edit_record(&admin, ("incident", &id), &texts, None)
    };
    let error = edit(&mut test, "under_verification").expect_err("refused");
    assert_eq!(said(&error), (Kind::Invalid, vec!["workflow-field-edited"]));
    assert_eq!(error.findings[0].value("transitions"), Some("take-up"));
    assert_eq!(error.findings[0].at.column.as_deref(), Some("verification"));
    let error = edit(&mut test, "verified").expect_err("refused");
    assert_eq!(error.findings[0].value("transitions"), Some(""));
    assert_eq!(test.entries(), entries);
    let same = texts(&[("verification", "verified"), ("summary", "Changed")]);
    let b = id_of("incident", "B");
    let changed = test.node.edit_record(&admin, ("incident", &b), &same, None);
    assert_eq!(changed.expect("a form sends what it shows").outcome, 1);
}

#[test]
fn a_record_made_by_hand_begins_at_the_start_or_where_its_maker_says() {
    let mut test = TestNode::minusek();
    let admin = test.admin.clone();
    let mut made = |more: &[(&str, &str)]| {
        let answers =
            [&[("occurred_at", "2021-11-02T06:00Z"), ("type", "AC-CLASH")], more].concat();
        let id = test.node.create_record(&admin, "incident", &texts(&answers), None);
        test.show("incident", &id.expect("made").outcome.to_string())["values"]["verification"]
            .clone()
    };
    assert_eq!(made(&[]), json!("reported"));
    assert_eq!(made(&[("verification", "verified")]), json!("verified"));
}

/// The right to move a record on is not the right to write what one likes into it.
#[test]
fn a_right_to_transitions_sets_what_they_ask_for_and_no_more() {
    let mut test = two();
    let planner = test.add(user("planner", &["force-planner"]));
    let id = id_of("incident", "A");
    let none = Map::new();
    let refused =
        test.node.transition(&planner, ("incident", &id), ("take-up", Answers::from(&none)), None);
    assert_eq!(refusal(refused), (Kind::DeniedOrAbsent, vec!["not-allowed"]));
    let sector = test.add(app::NewUser {
        areas: vec!["KU01".to_owned()],
        ..user("sector", &["sector-operations-officer"])
    });
    let refused =
        test.node.transition(&sector, ("incident", &id), ("take-up", Answers::from(&none)), None);
    assert_eq!(refusal(refused), (Kind::DeniedOrAbsent, vec!["record-absent"]));
}

#[test]
fn states_that_did_not_see_each_other_are_settled_before_anything_moves() {
    let mut test = two();
    let corrected = TWO.replace("Second,verified", "Second,refuted");
    moved(&mut test, "B", "reopen", json!({}), Some("new witnesses")).expect("reopened");
    test.incidents(&corrected);
    assert_eq!(test.conflicts("B"), ["verification"]);
    let refused = moved(&mut test, "B", "verify", verdict(), None);
    assert_eq!(refusal(refused), (Kind::Conflict, vec!["transition-in-conflict"]));
    let (admin, id) = (test.admin.clone(), id_of("incident", "B"));
    let settle = |test: &mut TestNode, state: &str| {
        let choice = app::Choice::Value(state.to_owned());
        test.node.settle(&admin, ("incident", &id), ("verification", &choice), None)
    };
    assert_eq!(
        refusal(settle(&mut test, "verified")),
        (Kind::Invalid, vec!["workflow-field-edited"])
    );
    settle(&mut test, "under_verification").expect("one of the two");
    assert_eq!(test.conflicts("B"), Vec::<String>::new());
    moved(&mut test, "B", "verify", verdict(), None).expect("moves again");
}

/// An incident, as somebody saw it in any of these versions.
fn aim<'a>(id: &'a str, seen: &'a [Version]) -> Aim<'a> {
    Aim { register: "incident", id, seen: Some(seen) }
}

#[test]
fn whoever_saw_an_older_version_is_refused_and_loses_nothing() {
    let mut test = two();
    let (admin, id) = (test.admin.clone(), id_of("incident", "A"));
    let version = |test: &TestNode| -> Version {
        let shown = test.show("incident", &id);
        shown["version"].as_str().expect("a version").parse().expect("of a record")
    };
    let seen = [version(&test)];
    test.node
        .edit_record(&admin, aim(&id, &seen), &texts(&[("summary", "One")]), None)
        .expect("first");
    let entries = test.entries();
    let stale = (Kind::Conflict, vec!["record-changed"]);
    let second =
        test.node.edit_record(&admin, aim(&id, &seen), &texts(&[("summary", "Two")]), None);
    assert_eq!(refusal(second), stale);
    assert_eq!(refusal(test.node.delete_record(&admin, aim(&id, &seen), None)), stale);
    let none = Map::new();
    let step = ("take-up", Answers::from(&none));
    assert_eq!(refusal(test.node.transition(&admin, aim(&id, &seen), step, None)), stale);
    assert_eq!(test.entries(), entries);
    assert_eq!(test.value("A", "summary"), json!("One"));
    let now = [seen[0], version(&test)];
    assert_ne!(now[0], now[1]);
    test.node
        .edit_record(&admin, aim(&id, &now), &texts(&[("summary", "Two")]), None)
        .expect("second");
}

#[test]
fn a_deleted_record_comes_back_as_it_was() {
    let mut test = two();
    moved(&mut test, "A", "take-up", json!({}), None).expect("moved");
    let before = test.show("incident", &id_of("incident", "A"))["values"].clone();
    test.delete("A");
    let (admin, id) = (test.admin.clone(), id_of("incident", "A"));
    let shown = test.show("incident", &id);
    assert_eq!((&shown["deleted"], &shown["transitions"]), (&json!(true), &json!([])));
    assert_eq!((&shown["can"]["edit"], &shown["can"]["delete"]), (&json!(false), &json!(true)));
    let reason = Some("deleted the wrong one".to_owned());
    test.node.restore_record(&admin, ("incident", &id), reason).expect("brought back");
    let shown = test.show("incident", &id);
    assert_eq!((&shown["deleted"], &shown["values"]), (&json!(false), &before));
    assert_eq!(test.keys(&admin, None), ["A", "B"]);
    let again = test.node.restore_record(&admin, ("incident", &id), None);
    assert_eq!(refusal(again), (Kind::Conflict, vec!["record-not-deleted"]));
    test.assert_rebuild_changes_nothing();
}

#[test]
fn a_remark_may_be_about_one_field() {
    let mut test = two();
    let (admin, id) = (test.admin.clone(), id_of("incident", "A"));
    let at = ("incident", &id);
    test.node.comment(&admin, at, "too high", Some("deaths_best")).expect("said");
    let refused = test.node.comment(&admin, at, "too high", Some("deaths"));
    assert_eq!(refusal(refused), (Kind::Invalid, vec!["answer-field-unknown"]));
    assert_eq!(refusal(test.node.comment(&admin, at, " \n", None)).1, ["comment-empty"]);
    let shown = test.show("incident", &id);
    assert_eq!(shown["comments"].as_array().map(Vec::len), Some(1));
    assert_eq!(shown["comments"][0]["field"], json!("deaths_best"));
}

/// What a record's own JSON gives is taken back, and makes no entry because nothing changes.
#[test]
fn json_values_come_back_as_they_were_given() {
    let mut test = TestNode::minusek();
    let admin = test.admin.clone();
    let given = object(json!({
        "occurred_at": "2021-11-02T06:00:00Z", "type": "AC-CLASH", "summary": "  =1+1 \u{202e}x\u{0}  ",
        "deaths_best": 3, "place": { "type": "Point", "coordinates": [-5.25, 0.5] },
        "weapons": ["GRENADE", "SMALL-ARMS"], "verified_on": "2021-11-05", "displaced": 1e3,
        "verification": "verified",
    }));
    let made = test.node.create_record(&admin, "incident", &given, None);
    let made = made.unwrap_or_else(|error| panic!("{error}")).outcome.to_string();
    let shown = test.show("incident", &made)["values"].clone();
    for (field, value) in &given {
        let expected = if field == "displaced" { &json!(1000) } else { value };
        assert_eq!(&shown[field], expected, "{field}");
    }
    let back = object(shown);
    let changed = test.node.edit_record(&admin, ("incident", &made), &back, None);
    assert_eq!(changed.expect("nothing to change").outcome, 0);
    let wrong = object(json!({
        "type": 3, "deaths_best": "many", "weapons": [1], "place": [1, 2], "nothing": 1, "summary": 5,
    }));
    let error = test.node.edit_record(&admin, ("incident", &made), &wrong, None);
    let mut columns: Vec<String> =
        error.expect_err("refused").findings.iter().filter_map(|f| f.at.column.clone()).collect();
    columns.sort();
    assert_eq!(columns, ["deaths_best", "nothing", "place", "summary", "type", "weapons"]);
}
