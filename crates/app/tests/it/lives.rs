//! Whole lives of records of the packs we ship: whatever is answered in a state is still there in every
//! state that follows, although most questions are asked only once the work has come to them.

use app::Answers;
use model::value::FieldType;
use policy::Viewer;
use serde_json::{Map, Value as Json, json};

use crate::support::{TestNode, packs, user};

/// A register, what its records begin with, and the steps of the longest life of one.
struct Life {
    register: &'static str,
    begins: Json,
    steps: Vec<(&'static str, Json)>,
}

fn lives() -> [Life; 3] {
    let alert = Life {
        register: "alert",
        begins: json!({ "alert_no": "A-1", "received_at": "2026-11-20T08:00Z", "threat": "attack", "summary": "s" }),
        steps: vec![
            ("grade", json!({ "priority": "p1", "source_grade": "C", "credibility": "3" })),
            ("verify", json!({ "verified_by": "v", "verification_basis": "b" })),
            ("decide", json!({ "decided_by": "d", "response": ["physical-patrol"] })),
            ("task", json!({ "tasked_unit": "t" })),
            ("depart", json!({})),
            ("arrive", json!({})),
            ("conclude", json!({ "answered": "yes", "civilians_outcome": "averted" })),
            ("feed-back", json!({ "feedback_way": "radio" })),
            ("close", json!({})),
        ],
    };
    let evacuation = Life {
        register: "evacuation",
        begins: json!({ "evacuation_no": "E-1", "reason": "hostile", "patients": 2, "precedence": "urgent",
            "wounded_at": "2026-11-20T08:00Z" }),
        steps: vec![
            ("aid", json!({})),
            ("call", json!({})),
            ("decide", json!({ "decided_by": "d", "mode": "helicopter" })),
            ("launch", json!({})),
            ("reach", json!({})),
            ("stand-down", json!({ "outcome": "died-scene" })),
            ("close", json!({ "breach": "none" })),
        ],
    };
    let access = Life {
        register: "access-constraint",
        begins: json!({ "type": "HA-3", "summary": "s", "occurred_at": "2026-11-20T08:00Z" }),
        steps: vec![
            ("confirm", json!({ "confirmed_basis": "b", "severity": "high" })),
            ("let-stand", json!({})),
            ("raise", json!({ "raised_with": "r" })),
            ("ease", json!({ "resolution": ["ocha"] })),
            ("return-again", json!({})),
            ("resolve", json!({})),
            ("return-again", json!({})),
            ("refute", json!({})),
        ],
    };
    [alert, evacuation, access]
}

/// Somebody with every role that these steps ask for.
fn everybody(test: &mut TestNode) -> Viewer {
    let roles = ["administrator", "exercise-controller", "joc-chief", "civil-affairs-officer"];
    test.add(user("everybody", &roles))
}

/// Every text somebody can give, whether it is asked or not: what is not asked is left out.
fn texts_of(register: &str) -> Map<String, Json> {
    let pack = app::load_pack(&packs().join("minusek")).unwrap_or_else(|error| panic!("{error}"));
    let register = pack.register(register).expect("a register");
    let key = register.key_field.as_ref();
    let given = register.form.fields().iter().filter(|field| {
        field.kind == FieldType::Text && field.sealed.is_none() && key != Some(&field.name)
    });
    given.map(|field| (field.name.to_string(), json!("said"))).collect()
}

/// What a record holds, but for its state.
fn held(test: &TestNode, by: &Viewer, register: &str, id: &str) -> Map<String, Json> {
    let shown = test.node.show(by, register, id).unwrap_or_else(|error| panic!("{error}")).0;
    let values = shown["values"].as_object().expect("an object").clone();
    values.into_iter().filter(|(name, value)| name != "status" && !value.is_null()).collect()
}

/// Fills what is asked and still empty.
fn fill(test: &mut TestNode, by: &Viewer, (register, id): (&str, &str), texts: &Map<String, Json>) {
    let before = held(test, by, register, id);
    let mut given = texts.clone();
    given.retain(|name, _said| !before.contains_key(name));
    let edited = test.node.edit_record(by, (register, id), &given, None);
    edited.unwrap_or_else(|error| panic!("{register}: {error}"));
}

#[test]
fn nothing_that_was_answered_is_lost_in_the_longest_life_of_a_record() {
    for Life { register, begins, steps } in lives() {
        let mut test = TestNode::minusek();
        let by = everybody(&mut test);
        let texts = texts_of(register);
        let Json::Object(begins) = begins else { panic!("an object") };
        let made = test.node.create_record(&by, register, &begins, None);
        let id = made.unwrap_or_else(|error| panic!("{register}: {error}")).outcome.to_string();
        fill(&mut test, &by, (register, &id), &texts);
        let first = held(&test, &by, register, &id).len();
        for (step, given) in steps {
            let before = held(&test, &by, register, &id);
            let Json::Object(given) = given else { panic!("an object") };
            let reason = Some("as told".to_owned());
            let moved =
                test.node.transition(&by, (register, &*id), (step, Answers::from(&given)), reason);
            let moved = moved.unwrap_or_else(|error| panic!("{register} {step}: {error}"));
            assert_eq!(moved.warnings, [], "{register} {step}");
            let after = held(&test, &by, register, &id);
            let lost: Vec<&String> =
                before.keys().filter(|name| !after.contains_key(*name)).collect();
            assert!(lost.is_empty(), "{register} {step} loses {lost:?}");
            fill(&mut test, &by, (register, &id), &texts);
        }
        let last = held(&test, &by, register, &id).len();
        assert!(last > first + 5, "{register} asks more as it goes on: {first}, {last}");
    }
}
