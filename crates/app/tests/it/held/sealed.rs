//! What sealed fields keep to themselves where a record is held to its form: nothing that is said, done
//! or left undone to somebody outside of the compartment differs with what lies in them.

use app::{NewUser, PhoneOutcome, PhoneSent, Viewer};
use serde_json::{Value as Json, json};

use super::{edited, made, object, refused, said, values};
use crate::support::{TestNode, user};

/// Stays whose sealed values are others; whoever is in the compartment made them.
const SECRETS: [Option<i64>; 4] = [None, Some(0), Some(1), Some(400)];

fn worker(test: &mut TestNode) -> Viewer {
    test.add(NewUser { compartments: Vec::new(), ..user("worker", &["worker"]) })
}

fn with_secret(test: &mut TestNode, paid: Option<i64>) -> String {
    let thanks = paid.filter(|paid| *paid > 0).map(|_paid| "many");
    let receipts = paid.map(|paid| paid.min(7));
    made(
        test,
        json!({ "people": 500, "women": 1, "paid": paid, "thanks": thanks, "receipts": receipts }),
    )
}

/// What an edit by somebody outside says.
fn told(test: &mut TestNode, viewer: &Viewer, id: &str, change: &Json) -> Vec<String> {
    let change = object(change);
    match test.node.edit_record(viewer, ("stay", id), &change, None) {
        Ok(done) => said(&done.warnings),
        Err(error) => said(&error.findings),
    }
}

#[test]
fn nothing_that_is_said_to_somebody_outside_differs_with_what_is_sealed() {
    for change in [
        json!({ "receipts": 8 }),
        json!({ "receipts": 401 }),
        json!({ "thanks": "few" }),
        json!({ "thanks": null }),
        json!({ "people": 3, "women": 1 }),
        json!({ "people": 0, "women": 0 }),
        json!({ "people": null, "women": null }),
        json!({ "began_at": "2022-01-01T06:00Z", "receipts": 0 }),
        json!({ "women": 501 }),
    ] {
        let mut test = TestNode::cases();
        let outside = worker(&mut test);
        let mut outcomes = Vec::new();
        for paid in SECRETS {
            let id = with_secret(&mut test, paid);
            let sealed = values(&test, &id);
            let told = told(&mut test, &outside, &id, &change);
            assert!(!told.iter().any(|text| text.contains("paid")), "{change} {told:?}");
            let after = values(&test, &id);
            for field in ["informant", "paid", "paid_twice"] {
                assert_eq!(after[field], sealed[field], "{change}: {field} stays as it was");
            }
            outcomes.push(told);
        }
        assert!(outcomes.iter().all(|told| *told == outcomes[0]), "{change}: {outcomes:?}");
    }
}

#[test]
fn what_looks_at_a_sealed_field_stays_as_somebody_outside_gave_it() {
    let mut test = TestNode::cases();
    let outside = worker(&mut test);
    let id = with_secret(&mut test, Some(9));
    assert_eq!(told(&mut test, &outside, &id, &json!({ "receipts": 80 })), Vec::<String>::new());
    assert_eq!(values(&test, &id)["receipts"], json!(80), "not refused");
    assert_eq!(told(&mut test, &outside, &id, &json!({ "thanks": null })), Vec::<String>::new());
    let wrong = refused(super::edit(&mut test, &id, json!({ "receipts": 81 })));
    assert_eq!(
        wrong,
        ["answer-constraint-said [receipts] value=81 message=More receipts than money."],
        "whoever is within is held to it"
    );
    let type_wrong = told(&mut test, &outside, &id, &json!({ "receipts": "x" }));
    assert_eq!(type_wrong, ["answer-not-a-number [receipts] value=x"]);
    let warnings = edited(&mut test, &id, json!({ "paid": 0, "receipts": 0, "thanks": "x" }));
    assert_eq!(warnings, ["answer-not-asked [thanks]"]);
    assert_eq!(values(&test, &id)["paid_twice"], json!(0), "computed for whoever is within");
}

#[test]
fn whoever_files_what_they_cannot_read_back_is_held_to_all_of_the_form() {
    let mut test = TestNode::cases();
    let outside = worker(&mut test);
    let mut file = |values: &Json| test.node.create_record(&outside, "stay", &object(values), None);
    let given = json!({ "began_at": "2021-11-02T06:00Z", "people": 3, "women": 0, "paid": 4,
                        "thanks": "many" });
    let wrong = refused(file(&given));
    assert_eq!(wrong, ["answer-constraint [paid] value=4 constraint=. <= ${people}"]);
    let given = json!({ "began_at": "2021-11-02T06:00Z", "people": 3, "women": 0, "paid": 2,
                        "thanks": "many" });
    let id = file(&given).unwrap_or_else(|error| panic!("{error}")).outcome.to_string();
    assert_eq!(values(&test, &id)["paid_twice"], json!(4));
    let shown = test.node.show(&outside, "stay", &id).expect("shown").0;
    assert!(!shown.to_string().contains("paid"));
}

#[test]
fn an_import_from_outside_leaves_alone_and_compares_nothing_that_is_sealed() {
    let mut test = TestNode::cases();
    let outside = worker(&mut test);
    let csv = |receipts: &str, people: u64| {
        format!(
            "source_id,began_at,people,women,receipts\nA,2021-11-02T06:00Z,{people},0,{receipts}\n"
        )
    };
    let file = test.file("stays.csv", csv("", 9));
    test.import("stay", "generic", &file);
    let id = crate::support::id_of("stay", "A");
    let warnings = edited(&mut test, &id, json!({ "paid": 5, "thanks": "many" }));
    assert_eq!(warnings, Vec::<String>::new());
    let mut import = |content: String| {
        std::fs::write(&file, content).expect("a file");
        let report = test.try_import(&outside, ("stay", "generic"), &file, 10).expect("imported");
        assert_eq!(report.warnings, Vec::new());
        [report.updated, report.refused]
    };
    assert_eq!(import(csv("6", 9)), [1, 0], "not refused, though it is more than what was paid");
    assert_eq!(import(csv("6", 0)), [1, 0]);
    let shown = values(&test, &id);
    assert_eq!((&shown["paid"], &shown["paid_twice"]), (&json!(5), &json!(10)));
    assert_eq!(shown["thanks"], json!("many"), "what looks at it stays");
}

#[test]
fn a_phone_that_guesses_what_is_sealed_by_now_hears_the_same_of_every_guess() {
    let mut test = TestNode::cases();
    let outside = worker(&mut test);
    let send = |test: &mut TestNode, of: &str, paid: u64| {
        let xml = format!(
            "<data id=\"stay\"><began_at>2021-11-02T06:00:00.000Z</began_at><people>9</people>\
             <paid>{paid}</paid><thanks>many</thanks><meta><instanceID>uuid:{paid}</instanceID>{of}</meta></data>"
        );
        let sent = PhoneSent { xml: xml.as_bytes(), ..PhoneSent::default() };
        let sent = test.node.phone_submit(&outside, &sent, &|finding| finding.code.into());
        let sent = sent.unwrap_or_else(|error| panic!("{error}"));
        (sent.outcome, said(&sent.findings))
    };
    let first = send(&mut test, "", 2);
    let PhoneOutcome::Made(record) = first.0 else { panic!("a record: {first:?}") };
    edited(&mut test, &record.to_string(), json!({ "paid": 5 }));
    let mut guess = |paid| send(&mut test, "<deprecatedID>uuid:2</deprecatedID>", paid);
    let (right, wrong) = (guess(5), guess(6));
    assert_eq!(right, wrong);
    assert_eq!(right.0, PhoneOutcome::Kept);
    assert!(right.1[0].starts_with("answer-field-unknown [paid]"), "{right:?}");
}

#[test]
fn a_pack_that_computes_an_open_question_from_a_sealed_one_is_refused() {
    let test = TestNode::cases();
    let refused = |before: &str, after: &str| {
        let pack = super::changed_pack(&test, &[(super::SURVEY, before, after)]);
        app::load_pack(&pack).err().map(|error| said(&error.findings)).unwrap_or_default()
    };
    let at = "registers/stay/survey.csv";
    let straight = refused("${people} - ${women}", "${people} - ${paid}");
    let of_paid = "[calculation] name=paid compartment=secret";
    assert_eq!(
        straight,
        [
            format!("form-sealed-shown {at}:9 {of_paid}"),
            format!("form-sealed-shown {at}:10 {of_paid}"),
        ],
        "by whatever way"
    );
    let by_condition = refused("integer,women,Women,,,", "integer,women,Women,,${paid} > 0,");
    assert_eq!(by_condition.len(), 2, "what is there because of it tells of it: {by_condition:?}");
    let rows = refused("${people} - ${women}", "count(../*[. = 'x'])");
    assert!(rows.iter().any(|text| text.contains("compartment=secret")), "{rows:?}");
    assert_eq!(refused("Paid twice", "Paid two times"), Vec::<String>::new());
}
