//! What a step is held to: its roles, another person, a true stamp, an open gate.

use app::Kind;
use serde_json::{Value as Json, json};

use crate::desk::{Desk, NOW, titled};
use crate::support::{id_of, refusal};

const HOUR_MS: i64 = 3_600_000;

#[test]
fn a_stamp_is_what_is_given_or_now_and_never_the_future_nor_before_the_one_it_leaves() {
    let mut desk = Desk::new();
    let id = desk.warning(titled("A", json!({})));
    assert_eq!(desk.value(&id, "received_at"), json!(NOW), "made by hand in the start");
    let admin = desk.admin.clone();
    let future = json!({ "verified_at": "2018-03-10T07:30:01Z" });
    assert_eq!(
        refusal(desk.step(&admin, &id, "verify", future)),
        (Kind::Invalid, vec!["stamp-future"])
    );
    let early = json!({ "verified_at": "2018-03-10T07:29:59Z" });
    assert_eq!(
        refusal(desk.step(&admin, &id, "verify", early)),
        (Kind::Invalid, vec!["stamp-before"])
    );
    desk.clock.advance_ms(HOUR_MS);
    desk.moved(&id, "verify", json!({ "verified_at": "2018-03-10T08:00:00+00:00" }));
    assert_eq!(desk.value(&id, "verified_at"), json!("2018-03-10T08:00:00Z"));
    desk.moved(&id, "arrive", json!({}));
    assert_eq!(desk.value(&id, "arrived_at"), json!("2018-03-10T08:30:00Z"));
    desk.assert_rebuild_changes_nothing();
}

#[test]
fn work_that_is_filed_late_keeps_its_true_times() {
    let mut desk = Desk::new();
    let id = desk.warning(titled("A", json!({ "received_at": "2017-12-31T23:30:00Z" })));
    desk.moved(&id, "verify", json!({ "verified_at": "2018-01-01T00:15:00Z" }));
    // Filled before the step by an edit: that it was so is kept.
    desk.edit(&id, json!({ "arrived_at": "2018-01-01T02:15:00Z" }));
    desk.moved(&id, "arrive", json!({}));
    assert_eq!(desk.value(&id, "arrived_at"), json!("2018-01-01T02:15:00Z"));
    // The second time round the old stamp is not taken for the new one.
    desk.moved(&id, "reopen", json!({}));
    desk.moved(&id, "verify", json!({}));
    assert_eq!(desk.value(&id, "verified_at"), json!(NOW));
    let made = desk.try_make(
        &desk.admin.clone(),
        "warning",
        titled("B", json!({ "received_at": "2018-03-11T00:00Z" })),
    );
    assert_eq!(refusal(made), (Kind::Invalid, vec!["stamp-future"]));
}

#[test]
fn a_step_is_for_its_roles_and_for_another_person() {
    let mut desk = Desk::new();
    let (watch, chief) = (desk.person("awa", &["watch"]), desk.person("ben", &["chief"]));
    let both = desk.person("cy", &["chief", "watch"]);
    let id = desk.make(&watch, "warning", titled("A", json!({})));
    desk.step(&both, &id, "verify", json!({})).expect("whoever may move it");
    let admin = desk.admin.clone();
    for person in [&watch, &admin] {
        let refused = refusal(desk.step(person, &id, "authorise", json!({})));
        assert_eq!(refused, (Kind::DeniedOrAbsent, vec!["transition-role"]));
    }
    let refused = refusal(desk.step(&both, &id, "authorise", json!({})));
    assert_eq!(refused, (Kind::DeniedOrAbsent, vec!["transition-same-person"]));
    let offered = |desk: &Desk, who: &app::Viewer| {
        desk.node.show(who, "warning", &id).expect("shown").0["transitions"].clone()
    };
    assert_eq!(offered(&desk, &both), json!(["arrive", "drop"]));
    assert_eq!(offered(&desk, &chief), json!(["authorise", "arrive", "drop"]));
    // A correction by somebody else does not change who did the step.
    desk.edit(&id, json!({ "verified_at": "2018-03-10T07:30:00Z", "kind": "attack" }));
    assert_eq!(
        refusal(desk.step(&both, &id, "authorise", json!({}))).1,
        ["transition-same-person"]
    );
    desk.step(&chief, &id, "authorise", json!({})).expect("another person");
    // Whoever did it the last time round counts, not who did it the first time.
    desk.moved(&id, "arrive", json!({}));
    desk.moved(&id, "reopen", json!({}));
    desk.step(&chief, &id, "verify", json!({})).expect("verified");
    assert_eq!(
        refusal(desk.step(&chief, &id, "authorise", json!({}))).1,
        ["transition-same-person"]
    );
    desk.step(&both, &id, "authorise", json!({})).expect("the other one");
}

/// The permit is in a compartment that nobody at the desk may see.
fn permit(desk: &mut Desk, more: Json) -> String {
    let admin = desk.admin.clone();
    let mut values = titled("P", json!({ "caveat": "secret", "result": "granted" }));
    if let (Json::Object(values), Json::Object(more)) = (&mut values, more) {
        values.extend(more);
    }
    desk.make(&admin, "permit", values)
}

#[test]
fn a_gate_is_seen_with_the_nodes_own_eyes_and_tells_nothing_but_its_field() {
    let mut desk = Desk::new();
    let watch = desk.person("awa", &["watch"]);
    let granted = permit(&mut desk, json!({}));
    let refused = permit(&mut desk, json!({ "result": "refused" }));
    let id = desk.make(&watch, "warning", titled("A", json!({ "joint": "yes" })));
    desk.step(&watch, &id, "verify", json!({})).expect("no gate");
    let nobody = "00000000000000000000000000";
    let mut told = Vec::new();
    for permit in [Json::Null, json!(nobody), json!(refused)] {
        let Ok(()) = desk
            .node
            .edit_record(
                &watch,
                ("warning", &id),
                json!({ "permit": permit }).as_object().expect("an object"),
                None,
            )
            .map(drop)
        else {
            continue;
        };
        let error = desk.step(&watch, &id, "arrive", json!({})).expect_err("shut");
        assert_eq!((error.kind, error.findings.len()), (Kind::Conflict, 1));
        told.push(error.findings[0].to_string());
    }
    assert!(told.len() >= 2, "{told:?}");
    assert!(
        told.iter().all(|said| said == "gate-shut [permit] field=permit transition=arrive"),
        "{told:?}"
    );
    desk.step(&watch, &id, "arrive", json!({ "permit": granted })).expect("open");
    let other = desk.warning(titled("B", json!({ "joint": "no" })));
    desk.moved(&other, "verify", json!({}));
    desk.moved(&other, "arrive", json!({}));
}

#[test]
fn a_gate_holds_on_the_day_of_the_step_at_the_place_of_the_mission() {
    let mut desk = Desk::new();
    let days = json!({ "valid_from": "2018-03-08", "valid_until": "2018-03-09" });
    let permit = permit(&mut desk, days);
    let mut at = |stamp: &str| {
        let early =
            json!({ "received_at": "2018-03-01T00:00Z", "joint": "yes", "permit": permit.clone() });
        let id = desk.warning(titled("A", early));
        desk.moved(&id, "verify", json!({ "verified_at": "2018-03-01T00:00Z" }));
        let admin = desk.admin.clone();
        desk.step(&admin, &id, "arrive", json!({ "arrived_at": stamp }))
            .map_err(|error| error.findings[0].code)
    };
    // The desk is an hour ahead: its 8 March begins at 23:00 of the 7th.
    assert_eq!(at("2018-03-07T22:59:59Z"), Err("gate-shut"));
    assert_eq!(at("2018-03-07T23:00:00Z"), Ok(()));
    assert_eq!(at("2018-03-09T22:59:59Z"), Ok(()));
    assert_eq!(at("2018-03-09T23:00:00Z"), Err("gate-shut"));
    desk.node
        .delete_record(&desk.admin.clone(), ("permit", permit.as_str()), None)
        .expect("deleted");
    let id = desk.warning(titled(
        "A",
        json!({ "joint": "yes", "permit": permit, "received_at": "2018-03-08T00:00Z" }),
    ));
    desk.moved(&id, "verify", json!({ "verified_at": "2018-03-08T01:00Z" }));
    let admin = desk.admin.clone();
    let step = desk.step(&admin, &id, "arrive", json!({ "arrived_at": "2018-03-08T12:00Z" }));
    assert_eq!(refusal(step).1, ["gate-shut"]);
}

#[test]
fn a_record_in_conflict_about_what_a_gate_asks_of_it_opens_nothing() {
    let mut desk = Desk::new();
    let admin = desk.admin.clone();
    let csv = |result: &str| format!("source_id,title,result\n1,P,{result}\n");
    desk.import_to("permit", &csv("asked"));
    let permit = id_of("permit", "1");
    let refused = json!({ "result": "refused" });
    let refused = refused.as_object().expect("an object");
    desk.node.edit_record(&admin, ("permit", &permit), refused, None).expect("edited");
    desk.import_to("permit", &csv("granted"));
    let shown = desk.node.show(&admin, "permit", &permit).expect("shown").0;
    assert_eq!(shown["values"]["result"], json!("granted"), "as the gate asks for");
    let id = desk.warning(titled("A", json!({ "joint": "yes", "permit": permit })));
    desk.moved(&id, "verify", json!({}));
    assert_eq!(refusal(desk.step(&admin, &id, "arrive", json!({}))).1, ["gate-shut"]);
    let choice = app::Choice::Value("granted".to_owned());
    let settled = desk.node.settle(&admin, ("permit", &permit), ("result", &choice), None);
    settled.expect("settled");
    desk.moved(&id, "arrive", json!({}));
}

#[test]
fn for_a_record_that_was_merged_the_one_that_was_kept_opens_a_gate() {
    let mut desk = Desk::new();
    let admin = desk.admin.clone();
    let [kept, other] = [(); 2].map(|()| permit(&mut desk, json!({})));
    let merge = app::Merge { other: &other, take: &[], reason: None };
    desk.node.merge(&admin, ("permit", &*kept), merge).expect("merged");
    let id = desk.warning(titled("A", json!({ "joint": "yes", "permit": other })));
    desk.moved(&id, "verify", json!({}));
    let result = |desk: &mut Desk, result: &str| {
        let values = json!({ "result": result });
        let values = values.as_object().expect("an object");
        desk.node.edit_record(&admin, ("permit", &kept), values, None).expect("edited");
        desk.step(&admin, &id, "arrive", json!({}))
    };
    assert_eq!(refusal(result(&mut desk, "refused")).1, ["gate-shut"]);
    result(&mut desk, "granted").expect("open");
}

#[test]
fn beginning_behind_a_gate_a_role_or_a_second_person_is_no_way_past_them() {
    let mut desk = Desk::new();
    let (watch, admin) = (desk.person("awa", &["watch"]), desk.admin.clone());
    let both = desk.person("cy", &["chief", "watch"]);
    let granted = permit(&mut desk, json!({}));
    let arrived = |more: Json| {
        let mut values = titled("A", json!({ "status": "arrived", "joint": "yes" }));
        if let (Json::Object(values), Json::Object(more)) = (&mut values, more) {
            values.extend(more);
        }
        values
    };
    assert_eq!(
        refusal(desk.try_make(&watch, "warning", arrived(json!({})))),
        (Kind::Conflict, vec!["gate-shut"])
    );
    desk.try_make(&watch, "warning", arrived(json!({ "permit": granted }))).expect("open");
    desk.try_make(&watch, "warning", arrived(json!({ "joint": "no" }))).expect("no gate");
    let authorised = || titled("B", json!({ "status": "authorised" }));
    assert_eq!(refusal(desk.try_make(&admin, "warning", authorised())).1, ["transition-role"]);
    assert_eq!(
        refusal(desk.try_make(&both, "warning", authorised())).1,
        ["transition-needs-another"]
    );
    desk.try_make(&watch, "warning", titled("C", json!({ "status": "verified" })))
        .expect("a late one");
}
