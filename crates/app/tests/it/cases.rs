//! A register whose records are all closed, and what a workflow says of who wrote one, of conditions
//! and of days.

use app::{Answers, AppError, Kind, OverdueQuestion, Viewer};
use serde_json::{Map, Value as Json, json};

use crate::desk::{Desk, titled};
use crate::support::{all, id_of, refusal};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

fn object(value: &Json) -> &Map<String, Json> {
    value.as_object().expect("an object")
}

fn step(
    desk: &mut Desk,
    by: &Viewer,
    id: &str,
    (name, values): (&str, Json),
) -> Result<(), AppError> {
    let step = (name, Answers::from(object(&values)));
    desk.node.transition(by, ("case", id), step, None).map(drop)
}

/// How many cases somebody is told there are, and whether they are shown this one.
fn seen(desk: &Desk, by: &Viewer, id: &str) -> (usize, bool) {
    let found = desk.node.ask(by, &all("case")).expect("asked").records.len();
    (found, desk.node.show(by, "case", id).is_ok())
}

#[test]
fn a_record_without_a_caveat_has_that_of_its_register() {
    let mut desk = Desk::new();
    let worker = desk.read_in("awa", "worker", &["secret"]);
    let doctor = desk.read_in("ben", "doctor", &["medical"]);
    let id = desk.make(&worker, "case", titled("A", json!({})));
    let shown = desk.node.show(&worker, "case", &id).expect("shown").0;
    assert_eq!(shown["values"]["caveat"], json!("secret"), "it is written down");
    assert_eq!(seen(&desk, &worker, &id), (1, true));
    assert_eq!(seen(&desk, &doctor, &id), (0, false));
    let refused = refusal(desk.try_make(&doctor, "case", titled("B", json!({}))));
    assert_eq!(refused, (Kind::DeniedOrAbsent, vec!["not-allowed"]), "they could not read it back");
    let other = desk.make(&doctor, "case", titled("B", json!({ "caveat": "medical" })));
    assert_eq!(seen(&desk, &doctor, &other), (1, true));
    assert_eq!(seen(&desk, &worker, &other), (1, false));
    // As a record stands that was filed before the register had a caveat.
    let cleared = json!({ "caveat": null });
    desk.node.edit_record(&worker, ("case", &id), object(&cleared), None).expect("edited");
    assert_eq!(seen(&desk, &worker, &id), (1, true));
    assert_eq!(seen(&desk, &doctor, &id), (1, false));
    desk.assert_rebuild_changes_nothing();
    assert_eq!(seen(&desk, &doctor, &id), (1, false));
}

#[test]
fn an_imported_row_has_the_protection_of_its_register_each_time() {
    let mut desk = Desk::new();
    let worker = desk.read_in("awa", "worker", &["secret"]);
    let csv = "source_id,title,classification,caveat\n1,A,,\n2,B,,secret\n";
    let report = desk.import_to("case", csv);
    assert_eq!((report.created, report.refused), (2, 0));
    assert_eq!(desk.node.ask(&worker, &all("case")).expect("asked").records.len(), 2);
    let again = desk.import_to("case", csv);
    assert_eq!((again.unchanged, again.updated), (2, 0));
}

#[test]
fn whoever_made_a_record_does_not_make_the_step() {
    let mut desk = Desk::new();
    let author = desk.read_in("awa", "worker", &["secret"]);
    let other = desk.read_in("ben", "worker", &["secret"]);
    let checked = json!({ "checked": "yes" });
    let id = desk.make(&author, "case", titled("A", checked.clone()));
    // A correction makes nobody its author.
    let edited = json!({ "title": "B" });
    desk.node.edit_record(&other, ("case", &id), object(&edited), None).expect("edited");
    let offered = |desk: &Desk, who: &Viewer| {
        desk.node.show(who, "case", &id).expect("shown").0["transitions"].clone()
    };
    assert_eq!((offered(&desk, &author), offered(&desk, &other)), (json!([]), json!(["close"])));
    let refused = refusal(step(&mut desk, &author, &id, ("close", json!({}))));
    assert_eq!(refused, (Kind::DeniedOrAbsent, vec!["transition-author"]));
    step(&mut desk, &other, &id, ("close", json!({}))).expect("another person");
    step(&mut desk, &author, &id, ("reopen", json!({}))).expect("a step for all");
    let made = titled("C", json!({ "status": "closed", "checked": "yes" }));
    assert_eq!(refusal(desk.try_make(&other, "case", made)).1, ["transition-author"]);
}

#[test]
fn a_condition_is_true_of_the_record_with_what_is_given_or_the_step_is_not_made() {
    let mut desk = Desk::new();
    let (author, other) =
        (desk.read_in("awa", "worker", &["secret"]), desk.read_in("ben", "worker", &["secret"]));
    let id = desk.make(&author, "case", titled("A", json!({})));
    for given in [json!({}), json!({ "checked": "no" })] {
        let error = step(&mut desk, &other, &id, ("close", given)).expect_err("not true");
        assert_eq!((error.kind, error.findings.len()), (Kind::Invalid, 1));
        let finding = &error.findings[0];
        assert_eq!(finding.code, "transition-condition");
        assert_eq!(finding.said_in("fr"), Some("Personne ne l’a vérifiée"));
        assert_eq!(finding.said_in("en"), Some("Nobody has checked it"));
    }
    step(&mut desk, &other, &id, ("close", json!({ "checked": "yes" }))).expect("true");
}

/// Which of several values is shown hangs on the clocks of those who wrote them.
#[test]
fn a_step_waits_until_what_its_condition_looks_at_is_settled() {
    let mut desk = Desk::new();
    let other = desk.read_in("ben", "worker", &["secret"]);
    let csv = |checked: &str| format!("source_id,title,checked\n1,A,{checked}\n");
    desk.import_to("case", &csv("no"));
    let id = id_of("case", "1");
    let edited = json!({ "checked": "never" });
    desk.node.edit_record(&other, ("case", &id), object(&edited), None).expect("edited");
    desk.import_to("case", &csv("yes"));
    let shown = desk.node.show(&other, "case", &id).expect("shown").0;
    assert_eq!(shown["values"]["checked"], json!("yes"), "as the condition asks for");
    let error = step(&mut desk, &other, &id, ("close", json!({}))).expect_err("in conflict");
    assert_eq!(error.findings[0].to_string(), "transition-in-conflict [checked] field=checked");
    assert_eq!(error.kind, Kind::Conflict);
    let (admin, choice) = (desk.admin.clone(), app::Choice::Value("yes".to_owned()));
    desk.node.settle(&admin, ("case", &id), ("checked", &choice), None).expect("settled");
    step(&mut desk, &other, &id, ("close", json!({}))).expect("true");
}

#[test]
fn a_deadline_counts_from_the_end_of_a_day_where_the_record_says_one_and_its_condition_is_true() {
    let mut desk = Desk::new();
    let worker = desk.read_in("awa", "worker", &["secret"]);
    let undated = desk.make(&worker, "case", titled("A", json!({ "serious": "yes" })));
    let plain = desk.make(&worker, "case", titled("B", json!({ "due_on": "2018-01-31" })));
    let serious = json!({ "due_on": "2018-03-10", "serious": "yes" });
    let serious = desk.make(&worker, "case", titled("C", serious));
    let running = |desk: &Desk, id: &str| {
        desk.node.show(&worker, "case", id).expect("shown").0["clock"].clone()
    };
    assert_eq!(running(&desk, &undated), Json::Null, "nothing to count from");
    let told = running(&desk, &plain);
    // The last day of February ends an hour earlier in universal time than at the desk.
    assert_eq!(
        (&told["deadline"], &told["due"]),
        (&json!("review"), &json!("2018-02-28T23:00:00Z"))
    );
    let told = running(&desk, &serious);
    assert_eq!((&told["deadline"], &told["due"]), (&json!("act"), &json!("2018-03-10T23:00:00Z")));
    let late = |desk: &Desk| -> Vec<Json> {
        let asked = OverdueQuestion { register: Some("case".to_owned()), mine: false };
        let Json::Array(late) = desk.node.overdue(&worker, &asked).expect("asked") else {
            panic!("no list")
        };
        late.iter().map(|late| json!([late["title"], late["deadline"]])).collect()
    };
    assert_eq!(late(&desk), [json!(["B", "review"])]);
    desk.clock.advance_ms(DAY_MS);
    assert_eq!(late(&desk), [json!(["B", "review"]), json!(["C", "act"])]);
}

#[test]
fn rows_name_records_by_their_keys_and_one_that_is_not_there_is_told_and_kept() {
    let mut desk = Desk::new();
    let watch = desk.person("awa", &["watch"]);
    let permits = "source_id,title,result,caveat\nP1,One,granted,\nP2,Two,granted,secret\n";
    assert_eq!(desk.import_to("permit", permits).created, 2);
    let warnings = "source_id,title,permit\nW1,A,key:P1\nW2,B,key:P2\nW3,C,key:P3\nW4,D,\n";
    let report = desk.import_to("warning", warnings);
    let told: Vec<String> =
        report.warnings.iter().map(|(finding, times)| format!("{times} {finding}")).collect();
    assert_eq!(told, ["1 import-link-absent [permit] field=permit key=P3 register=permit"]);
    assert_eq!((report.created, report.refused), (4, 0));
    let permit = |desk: &Desk, key: &str| desk.value(&id_of("warning", key), "permit");
    assert_eq!(permit(&desk, "W1"), json!(id_of("permit", "P1")));
    assert_eq!(permit(&desk, "W3"), json!(id_of("permit", "P3")), "kept until it comes");
    assert_eq!(permit(&desk, "W4"), Json::Null);
    // It came; and the same file again changes nothing.
    desk.import_to("permit", "source_id,title\nP3,Three\n");
    let again = desk.import_to("warning", warnings);
    assert_eq!((again.unchanged, again.warnings.len()), (4, 0));
    // Whoever may not read a permit is told the same of one that is closed and one that is not there.
    let told = desk.import_by(&watch, "warning", "source_id,title,permit\nW9,A,key:P1\n");
    assert_eq!(told.refused, 0);
    assert_eq!(
        told.warnings.iter().map(|(finding, _)| finding.code).collect::<Vec<_>>(),
        ["import-link-absent"]
    );
}

#[test]
fn a_stamp_may_be_a_day_and_is_made_anew_each_time() {
    let mut desk = Desk::new();
    let (author, other) =
        (desk.read_in("awa", "worker", &["secret"]), desk.read_in("ben", "worker", &["secret"]));
    let id = desk.make(&author, "case", titled("A", json!({ "checked": "yes" })));
    let closed_on = |desk: &Desk| {
        desk.node.show(&other, "case", &id).expect("shown").0["values"]["closed_on"].clone()
    };
    let tomorrow = json!({ "closed_on": "2018-03-11" });
    let refused = refusal(step(&mut desk, &other, &id, ("close", tomorrow)));
    assert_eq!(refused, (Kind::Invalid, vec!["stamp-future"]));
    // Half past eleven at night in universal time is tomorrow at the desk.
    desk.clock.advance_ms(16 * HOUR_MS);
    step(&mut desk, &other, &id, ("close", json!({}))).expect("closed");
    assert_eq!(closed_on(&desk), json!("2018-03-11"));
    step(&mut desk, &author, &id, ("reopen", json!({}))).expect("opened again");
    desk.clock.advance_ms(2 * DAY_MS);
    step(&mut desk, &other, &id, ("close", json!({}))).expect("closed again");
    assert_eq!(closed_on(&desk), json!("2018-03-13"), "not the day of the first time");
    step(&mut desk, &author, &id, ("reopen", json!({}))).expect("opened again");
    let late = json!({ "closed_on": "2018-03-12" });
    step(&mut desk, &other, &id, ("close", late)).expect("filed late");
    assert_eq!(closed_on(&desk), json!("2018-03-12"));
    desk.assert_rebuild_changes_nothing();
}

#[test]
fn a_register_tells_the_digits_of_its_symbol_and_of_its_codes() {
    let desk = Desk::new();
    let told = |register: &str| {
        desk.node.register_json(&desk.admin, register, "en").expect("told")["symbol"].clone()
    };
    let codes = json!({ "closed": "10014000001102000000" });
    let symbol = json!({ "digits": "10014000001101000000", "by": "status", "codes": codes });
    assert_eq!(told("case"), symbol);
    assert_eq!(told("warning"), Json::Null);
}
