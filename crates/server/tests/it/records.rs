//! One record by hand: made, changed, in conflict, settled, commented, deleted.

use serde_json::Value as Json;

use crate::casque::Casque;
use crate::files::{Event, csv};

fn shown(casque: &Casque, id: &str) -> Json {
    casque.run(["show", "incident", id, "--json"]).json()
}

fn created(casque: &Casque) -> String {
    let line = [
        "create",
        "incident",
        "--json",
        "type=VC-KILL",
        "occurred_at=2020-02-03T04:05Z",
        "place=16.2717 -0.0447",
        "deaths_best=2",
        "--reason",
        "told by radio",
    ];
    casque.run(line).json()["id"].as_str().expect("an id").to_owned()
}

#[test]
fn a_record_lives_from_its_making_to_its_deletion() {
    let casque = Casque::new();
    let id = created(&casque);
    assert_eq!(
        shown(&casque, &id)["values"]["place"]["coordinates"],
        serde_json::json!([-0.0447, 16.2717])
    );
    let edited =
        casque.run(["edit", "incident", &id, "deaths_best=4", "type=VC-KILL", "--json"]).json();
    assert_eq!(edited["changed"], 1);
    casque.run(["edit", "incident", &id, "place="]).out();
    casque.run(["comment", "incident", &id, "to be looked at"]).out();
    let now = shown(&casque, &id);
    assert_eq!((&now["values"]["deaths_best"], &now["values"]["place"]), (&4.into(), &Json::Null));
    assert_eq!(now["comments"][0]["text"], "to be looked at");
    assert_eq!(now["values"]["classification"], "unclassified");
    casque.run(["delete", "incident", &id, "--yes", "--reason", "entered twice"]).out();
    assert_eq!(casque.total(), 0);
    let history = casque.run(["history", "incident", &id, "--json"]).json();
    let acts: Vec<&str> =
        history.as_array().into_iter().flatten().filter_map(|step| step["act"].as_str()).collect();
    assert_eq!(acts, ["set", "set", "set", "comment", "delete"]);
    assert_eq!(
        (history[0]["reason"].as_str(), history[4]["reason"].as_str()),
        (Some("told by radio"), Some("entered twice"))
    );
    casque.assert_whole();
}

#[test]
fn wrong_values_are_told_all_at_once_and_nothing_is_written() {
    let casque = Casque::new();
    let line = [
        "create",
        "incident",
        "type=VC-KIL",
        "occurred_at=0025-03-01",
        "deaths_best=few",
        "place=99 12",
        "colour=red",
    ];
    let ran = casque.run(line);
    for finding in ["answer-year", "answer-not-a-number", "answer-field-unknown"] {
        ran.told(1, finding);
    }
    let ran = casque.run(["create", "incident", "type=VC-KIL", "occurred_at=2020-01-01"]);
    ran.told(1, "answer-code-unknown");
    assert!(ran.err.contains("VC-KILL"), "{}", ran.err);
    assert_eq!(casque.total(), 0);
}

/// A record whose deaths somebody corrected here while the source changed them too.
fn in_conflict() -> (Casque, String) {
    let casque = Casque::new();
    casque.import(&casque.file("first.csv", csv(&[Event::new(1).deaths(3)])));
    let id = casque.id_of("1");
    casque.run(["edit", "incident", &id, "deaths_best=5", "--reason", "graves counted"]).out();
    let report = casque.import(&casque.file("second.csv", csv(&[Event::new(1).deaths(8)]))).json();
    assert_eq!(report["updated"], 1, "{report}");
    (casque, id)
}

#[test]
fn a_correction_and_a_changed_source_stand_side_by_side_until_settled() {
    let (casque, id) = in_conflict();
    let conflict = shown(&casque, &id)["conflicts"]["deaths_best"].clone();
    let values: Vec<i64> = conflict
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|seen| seen["value"].as_i64())
        .collect();
    assert_eq!(values, [8, 5]);
    assert!(casque.line("query incident").out().contains(" !"));
    assert!(casque.line("doctor").out().contains("conflicts-open"));
    let corrected = conflict[1]["entry"].as_str().expect("an entry").to_owned();
    let settle =
        ["settle", "incident", &id, "deaths_best", "--take", &corrected, "--reason", "we counted"];
    casque.run(settle).out();
    let now = shown(&casque, &id);
    assert_eq!(
        (&now["values"]["deaths_best"], &now["conflicts"]),
        (&5.into(), &serde_json::json!({}))
    );
    casque.run(settle).told(1, "no-conflict");
    casque.assert_whole();
}

#[test]
fn a_conflict_can_be_settled_with_a_value_of_ones_own() {
    let (casque, id) = in_conflict();
    let none = "0".repeat(64);
    casque
        .run(["settle", "incident", &id, "deaths_best", "--take", &none])
        .told(1, "conflict-entry-unknown");
    casque
        .run(["settle", "incident", &id, "deaths_best", "--take", "x"])
        .told(1, "entry-id-invalid");
    casque
        .run(["settle", "incident", &id, "deaths_best", "--value", "seven"])
        .told(1, "answer-not-a-number");
    casque.run(["settle", "incident", &id, "deaths_best", "--value", "7"]).out();
    let now = shown(&casque, &id);
    assert_eq!(
        (&now["values"]["deaths_best"], &now["conflicts"]),
        (&7.into(), &serde_json::json!({}))
    );
}

#[test]
fn questions_page_sort_search_and_sum() {
    let casque = Casque::with_events();
    let ids = |line: &str| -> Vec<String> {
        let found = casque.line(line).json();
        let records = found["records"].as_array().cloned().unwrap_or_default();
        records.iter().map(|record| record["id"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let all = ids("query incident --json --limit 1000");
    assert_eq!(all.len(), 735);
    let paged: Vec<String> = (0..8)
        .flat_map(|page| ids(&format!("query incident --json --limit 100 --offset {}", page * 100)))
        .collect();
    assert_eq!(paged, all);
    let mut oldest = ids("query incident --json --limit 1000 --order oldest");
    oldest.reverse();
    assert_eq!(oldest, all);
    let found = casque.line("query incident --search Ogossogou --json").json();
    assert!(found["records"].as_array().is_some_and(|records| {
        !records.is_empty() && records.iter().all(|record| record.to_string().contains("Ogossogou"))
    }));
    let groups = casque
        .line("query incident --sum deaths_best --by admin2,month --json --limit 5000")
        .json();
    let groups = groups["groups"].as_array().cloned().unwrap_or_default();
    let records: i64 = groups.iter().filter_map(|group| group["count"].as_i64()).sum();
    assert_eq!(records, 735);
    casque.line("query incident --limit 20000").told(1, "page-too-large");
    casque.line("query incident --sum summary --by admin1").told(1, "sum-wrong-type");
}

#[test]
fn a_record_moves_along_its_workflow_and_comes_back_when_deleted() {
    let casque = Casque::with_pack("minusek");
    let made = ["create", "incident", "occurred_at=2021-11-02T06:00Z", "type=AC-CLASH", "--json"];
    let id = casque.run(made).json()["id"].as_str().expect("an id").to_owned();
    casque.run(["edit", "incident", &id, "verification=verified"]).told(1, "workflow-field-edited");
    casque.run(["transition", "incident", &id, "verify"]).told(1, "transition-not-from");
    casque.run(["transition", "incident", &id, "take-up"]).out();
    casque.run(["comment", "incident", &id, "sure?", "--field", "verification"]).out();
    let verdict = ["verified_on=2021-11-03", "verified_by=JOC", "verification_basis=a patrol"];
    let line = ["transition", "incident", id.as_str(), "verify"].into_iter().chain(verdict);
    casque.run(line).out();
    casque.run(["delete", "incident", &id, "--yes"]).out();
    casque.run(["restore", "incident", &id, "--reason", "it happened"]).out();
    let shown = casque.run(["show", "incident", &id, "--json"]).json();
    assert_eq!(shown["values"]["verification"], "verified");
    assert_eq!(shown["comments"][0]["field"], "verification");
    assert_eq!(shown["deleted"], false);
}
