//! Look-alikes on the real packs: found for a record and while one is typed, and never by what the
//! viewer may not read.

use app::{Kind, Viewer};
use serde_json::{Map, Value as Json, json};

use crate::support::{TestNode, id_of, refusal, user};

const HEAD: &str = "source_id,occurred_at,occurred_precision,type,place,place_precision,place_name,admin2,side_a,side_b,summary,deaths_best,classification,caveat\n";
const MARKET: &str = "a,2018-03-01T10:00Z,hour,TE-IED,15.9182 2.4022,exact,Ménaka,ML0801,JNIM,Civilians,Armed men attacked the market of Ménaka,4,unclassified,\n";

fn object(value: Json) -> Map<String, Json> {
    match value {
        Json::Object(object) => object,
        other => panic!("{other} is no object"),
    }
}

fn typed(node: &TestNode, viewer: &Viewer, values: Json) -> Json {
    let told = node.node.alike_to(viewer, "incident", &object(values));
    told.unwrap_or_else(|error| panic!("{error}"))
}

fn ids(told: &Json) -> Vec<&str> {
    let alike = told["look_alikes"].as_array().expect("a list");
    alike.iter().map(|alike| alike["id"].as_str().expect("an id")).collect()
}

/// The same attack, told in French by somebody who was not quite there.
fn attack() -> Json {
    json!({
        "occurred_at": "2018-03-01T12:30Z", "type": "TE-IED", "place": { "type": "Point", "coordinates": [2.41, 15.92] },
        "place_name": "Menaka", "summary": "Attaque du marché de Ménaka par le JNIM, des civils tués",
    })
}

#[test]
fn a_report_in_another_language_is_found_with_its_reasons() {
    let mut node = TestNode::minusma();
    node.incidents(&format!("{HEAD}{MARKET}"));
    let told = typed(&node, &node.admin, attack());
    assert_eq!(ids(&told), [id_of("incident", "a")]);
    assert_eq!(told["threshold"], json!(0.7));
    let found = &told["look_alikes"][0];
    assert_eq!(found["title"], json!("Armed men attacked the market of Ménaka"));
    assert_eq!(found["values"]["place_name"], json!("Ménaka"));
    let score = found["score"].as_f64().expect("a score");
    assert!((0.7..0.95).contains(&score), "{score}");
    let part = |name: &str| {
        let parts = found["reasons"].as_array().expect("a list");
        parts.iter().find(|part| part["part"] == name).expect("a part").clone()
    };
    assert_eq!(part("time")["seconds"], json!(9_000));
    assert!((800..900).contains(&part("place")["metres"].as_i64().expect("metres")));
    assert!(
        part("words")["words"].as_array().is_some_and(|words| words.contains(&json!("menaka")))
    );
}

#[test]
fn what_lies_elsewhere_or_is_another_event_is_not_found() {
    let mut node = TestNode::minusma();
    node.incidents(&format!(
        "{HEAD}{}{}{}",
        MARKET.replace("a,2018-03-01", "later,2018-03-09"),
        MARKET.replacen('a', "far", 1).replace("15.9182 2.4022", "16.27 -0.04"),
        "other,2018-03-01T13:00Z,hour,CU-PROT,15.95 2.45,exact,,ML0801,,,Peaceful march of students,,unclassified,\n",
    ));
    assert_eq!(ids(&typed(&node, &node.admin, attack())), Vec::<&str>::new());
}

#[test]
fn a_record_is_not_its_own_look_alike_and_the_most_alike_come_first() {
    let mut node = TestNode::minusma();
    node.incidents(&format!(
        "{HEAD}{MARKET}{}{}",
        MARKET.replacen('a', "b", 1).replace("T10:00Z", "T20:00Z"),
        MARKET.replacen('a', "c", 1),
    ));
    let told = node.node.alike(&node.admin, "incident", &id_of("incident", "a")).expect("told");
    assert_eq!(ids(&told), [id_of("incident", "c"), id_of("incident", "b")]);
    assert_eq!(told["look_alikes"][0]["score"], json!(1.0));
}

#[test]
fn what_a_viewer_may_not_read_changes_nothing() {
    let mut node = TestNode::minusma();
    node.incidents(&format!("{HEAD}{MARKET}"));
    let reader = node.add(user("reader", &["jmac-analyst"]));
    let low = node.add(app::NewUser {
        clearance: model::classification::Classification::Unclassified,
        ..user("low", &["jmac-analyst"])
    });
    let before = typed(&node, &low, attack());
    assert_eq!(ids(&before).len(), 1);
    // More hidden ones than are compared at most, nearer in place, time and words than the open one.
    let hidden: String = (0..600)
        .map(|number| {
            MARKET.replacen('a', &format!("h{number}"), 1).replace("unclassified", "confidential")
        })
        .collect();
    node.incidents(&format!("{HEAD}{hidden}"));
    assert_eq!(typed(&node, &low, attack()), before);
    assert_eq!(ids(&typed(&node, &reader, attack())).len(), 20);
    let hidden = id_of("incident", "h1");
    let absent = refusal(node.node.alike(&low, "incident", &hidden));
    assert_eq!(absent, (Kind::DeniedOrAbsent, vec!["record-absent"]));
}

#[test]
fn half_typed_answers_are_passed_over_and_fields_that_are_not_there_are_said() {
    let mut node = TestNode::minusma();
    node.incidents(&format!("{HEAD}{MARKET}"));
    let mut half = object(attack());
    half.insert("deaths_best".to_owned(), json!("fo"));
    assert_eq!(ids(&typed(&node, &node.admin, Json::Object(half))).len(), 1);
    assert_eq!(ids(&typed(&node, &node.admin, json!({ "occurred_at": "2018-03-" }))).len(), 0);
    let wrong = refusal(node.node.alike_to(&node.admin, "incident", &object(json!({ "plce": 1 }))));
    assert_eq!(wrong, (Kind::Invalid, vec!["answer-field-unknown"]));
    let none = node.node.alike_to(&node.admin, "site", &Map::new()).expect("told");
    assert_eq!(none, json!({ "register": "site", "threshold": null, "look_alikes": [] }));
}
