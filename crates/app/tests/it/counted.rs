//! Registers as documents, timelines, facets, places: each through the viewer's rights.

use app::{Question, Stretch};
use serde_json::{Value as Json, json};

use crate::support::{TestNode, all, filtered, refusal, user};

const FIVE: &str = "source_id,occurred_at,type,summary,deaths_best,admin1,verification,caveat,weapons\n\
     A,2020-12-31T23:59:59.999Z,AC-CLASH,attack,3,KU01,reported,,GRENADE\n\
     B,2021-01-01T00:00Z,AC-CLASH,attack,,KU01,verified,,GRENADE MORTAR\n\
     C,2021-01-01T12:00Z,TE-IED,mine,5,KU02,reported,,\n\
     D,2021-02-10T06:00Z,TE-IED,mine,1,KU02,reported,hrd-only,\n\
     E,2021-02-11T06:00Z,AC-CLASH,attack,2,,refuted,,\n";

fn five() -> TestNode {
    let mut test = TestNode::minusek();
    assert_eq!(test.incidents(FIVE).created, 5);
    test
}

fn timeline(test: &TestNode, question: &Question, by: Stretch) -> Vec<(String, i64, Json)> {
    let told = test.node.timeline(&test.admin, question, by);
    let told = told.unwrap_or_else(|error| panic!("{error}"));
    let buckets = told["buckets"].as_array().expect("buckets");
    let bucket = |b: &Json| {
        let at = b["at"].as_str().expect("a time").to_owned();
        (at, b["count"].as_i64().expect("a count"), b["sums"]["deaths_best"].clone())
    };
    buckets.iter().map(bucket).collect()
}

fn at(at: &str, count: i64, deaths: Json) -> (String, i64, Json) {
    (at.to_owned(), count, deaths)
}

#[test]
fn a_timeline_counts_and_sums_by_day_month_and_year() {
    let test = five();
    let question = all("incident");
    assert_eq!(
        timeline(&test, &question, Stretch::Year),
        [at("2020", 1, json!(3)), at("2021", 4, json!(8))]
    );
    assert_eq!(
        timeline(&test, &question, Stretch::Month),
        [at("2020-12", 1, json!(3)), at("2021-01", 2, json!(5)), at("2021-02", 2, json!(3))]
    );
    let days = timeline(&test, &question, Stretch::Day);
    let days: Vec<(&str, i64)> = days.iter().map(|(at, count, _)| (at.as_str(), *count)).collect();
    assert_eq!(days, [("2020-12-31", 1), ("2021-01-01", 2), ("2021-02-10", 1), ("2021-02-11", 1)]);
    assert_eq!("week".parse::<Stretch>().map_err(|finding| finding.code), Err("timeline-by"));
}

/// A filter that the sums kept ready cannot answer gives what they give.
#[test]
fn a_timeline_is_the_same_from_the_sums_kept_ready_and_from_the_records() {
    let test = five();
    let ready = filtered("incident", "occurred_at >= DATE('2021-01-01')");
    let asked = filtered("incident", "occurred_at >= DATE('2021-01-01') AND summary IS NOT NULL");
    for by in [Stretch::Month, Stretch::Year] {
        assert_eq!(timeline(&test, &ready, by), timeline(&test, &asked, by));
    }
    let words = Question { search: Some("mine".to_owned()), ..all("incident") };
    assert_eq!(
        timeline(&test, &words, Stretch::Month),
        [at("2021-01", 1, json!(5)), at("2021-02", 1, json!(1))]
    );
    let unknown = filtered("incident", "source_id = 'B'");
    assert_eq!(timeline(&test, &unknown, Stretch::Month), [at("2021-01", 1, json!(null))]);
}

#[test]
fn what_a_viewer_may_not_read_is_in_no_count() {
    let mut test = five();
    let observer = test.add(user("observer", &["observer"]));
    let year = test.node.timeline(&observer, &all("incident"), Stretch::Year).expect("told");
    assert_eq!(year["buckets"][1]["count"], json!(2), "neither the caveat nor the refuted one");
    let fields = ["verification".to_owned(), "caveat".to_owned()];
    let facets = test.node.facets(&observer, &all("incident"), &fields).expect("told");
    assert_eq!(facets["caveat"], json!([{ "code": null, "count": 3 }]));
    let codes: Vec<&Json> =
        facets["verification"].as_array().expect("codes").iter().map(|f| &f["code"]).collect();
    assert_eq!(codes, ["reported", "verified"]);
    let registers = test.node.registers_json(&observer, "en").expect("told");
    let incident = registers.as_array().expect("a list").iter().find(|r| r["name"] == "incident");
    let incident = incident.expect("readable");
    assert_eq!((&incident["count"], &incident["can"]["edit"]), (&json!(3), &json!(false)));
    let planner = test.add(user("planner", &["conduct-officer"]));
    let registers = test.node.registers_json(&planner, "en").expect("told");
    assert_eq!(registers.as_array().map(Vec::len), Some(1), "only what it has a right in");
    let denied = refusal(test.node.register_json(&planner, "casualty", "en"));
    assert_eq!(denied, refusal(test.node.register_json(&planner, "casualties", "en")));
}

#[test]
fn facets_count_each_code_and_name_areas() {
    let test = five();
    let admin = test.admin.clone();
    let fields = ["type", "weapons", "admin1"].map(str::to_owned);
    let facets = test.node.facets(&admin, &all("incident"), &fields).expect("told");
    assert_eq!(
        facets["type"],
        json!([{ "code": "AC-CLASH", "count": 3 }, { "code": "TE-IED", "count": 2 }])
    );
    assert_eq!(
        facets["weapons"],
        json!([{ "code": null, "count": 3 }, { "code": "GRENADE", "count": 2 },
               { "code": "MORTAR", "count": 1 }])
    );
    let named = facets["admin1"].as_array().expect("areas");
    let named = named.iter().find(|area| area["code"] == "KU01").expect("counted");
    assert_eq!((&named["count"], &named["name"]), (&json!(2), &json!("Amaro Coast")));
    let refused = |fields: &[&str]| {
        let fields: Vec<String> = fields.iter().map(|field| (*field).to_owned()).collect();
        refusal(test.node.facets(&admin, &all("incident"), &fields)).1
    };
    assert_eq!(refused(&["summary"]), ["facet-wrong-type"]);
    assert_eq!(refused(&["typ"]), ["answer-field-unknown"]);
    assert_eq!(refused(&[]), ["facets-count"]);
    assert_eq!(refused(&["type"; 13]), ["facets-count"]);
}

#[test]
fn a_register_tells_its_form_lists_and_workflow_in_a_language() {
    let test = TestNode::minusek();
    let told = test.node.register_json(&test.admin, "incident", "fr").expect("told");
    let groups = told["form"].as_array().expect("a form");
    let who = groups.iter().find(|part| part["name"] == "what_group").expect("a group");
    assert_eq!((&who["kind"], &who["label"]), (&json!("group"), &json!("Quoi")));
    assert_eq!(who["children"][0]["name"], json!("type"));
    assert_eq!(who["children"][0]["list"], json!("incident_type"));
    let states = told["lists"]["verification"].as_array().expect("a list");
    assert_eq!((states.len(), &states[0]["label"]), (6, &json!("Signalé")));
    assert_eq!(told["workflow"]["transitions"][0]["label"], json!("Engager la vérification"));
    assert_eq!(told["sums"][1], json!("deaths_best"));
}

#[test]
fn places_are_found_whatever_their_accents() {
    let test = TestNode::minusma();
    let found = test.node.places_json("menaka", 5).expect("found");
    assert_eq!(found[0]["name"].as_str().map(str::len), Some("Ménaka".len()), "{found}");
    let areas = test.node.areas_json(Some(1)).expect("told");
    let gao = areas.as_array().expect("areas").iter().find(|area| area["name"] == "Gao");
    assert!(gao.is_some_and(|gao| gao["bounds"][3].as_f64() > Some(15.0)), "{areas}");
    assert_eq!(test.node.places_json("  ", 5).expect("found"), json!([]));
}
