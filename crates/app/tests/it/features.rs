//! Features, and what narrows them beside a filter: each narrowing against the same said in CQL2.

use app::{Features, Kind, Question, Viewer};
use model::id::RecordId;
use serde_json::{Value as Json, json};

use crate::support::{TestNode, all, filtered, id_of, refusal, user};

/// The page as a list, beside what was said of it.
fn page(test: &TestNode, viewer: &Viewer, question: &Question) -> (Features, Vec<Json>) {
    let mut out = b"[".to_vec();
    let features = test.node.features(viewer, question, &mut out);
    let features = features.unwrap_or_else(|error| panic!("{question:?}: {error}"));
    out.push(b']');
    (features, serde_json::from_slice(&out).expect("a list of features"))
}

fn ids(test: &TestNode, question: &Question) -> Vec<String> {
    let (_, features) = page(test, &test.admin, question);
    features.iter().map(|feature| feature["id"].as_str().expect("an id").to_owned()).collect()
}

/// An event on each side of the date line, at both poles and nowhere.
const FAR: &str = "source_id,type,summary,occurred_at,longitude,latitude\n\
    west,AC-CLASH,w,2018-03-01T00:00:00Z,179.5,0\neast,AC-CLASH,e,2018-03-02T12:00:00Z,-179.5,1\n\
    north,AC-CLASH,n,2018-03-03T23:59:59.999Z,10,90\nsouth,TE-IED,s,2018-03-04T00:00:00Z,-10,-90\n\
    nowhere,AC-CLASH,x,2018-03-05T00:00:00Z,,\n";

fn far() -> TestNode {
    let mut test = TestNode::minusma();
    assert_eq!(test.incidents(FAR).created, 5);
    test
}

fn found(test: &TestNode, question: &Question) -> Vec<String> {
    let (_, features) = page(test, &test.admin, question);
    let key = |feature: &Json| feature["properties"]["source_id"].as_str().map(str::to_owned);
    features.iter().filter_map(key).collect()
}

fn in_box(bbox: &str) -> Question {
    Question { bbox: Some(bbox.to_owned()), ..all("incident") }
}

fn at(datetime: &str) -> Question {
    Question { datetime: Some(datetime.to_owned()), ..all("incident") }
}

fn equal(field: &str, text: &str) -> Question {
    Question { equals: vec![(field.to_owned(), text.to_owned())], ..all("incident") }
}

#[test]
fn a_box_holds_what_lies_in_it_over_the_date_line_and_at_the_poles() {
    let test = far();
    let cases: [(&str, &[&str]); 8] = [
        ("179,-1,-179,2", &["east", "west"]),
        ("-179,-1,179,2", &[]),
        ("180,-90,-180,90", &[]),
        ("-180,-90,180,90", &["south", "north", "east", "west"]),
        ("-180,89,180,90", &["north"]),
        ("-180,-90,180,-90", &["south"]),
        ("170,-90,-5,90", &["south", "east", "west"]),
        ("179.5,0,-100,179.5,0,9000", &["west"]),
    ];
    for (bbox, expected) in cases {
        assert_eq!(found(&test, &in_box(bbox)), expected, "{bbox}");
    }
}

#[test]
fn a_time_is_a_day_an_instant_or_a_period_with_both_ends_in_it() {
    let test = far();
    let cases: [(&str, &[&str]); 8] = [
        ("2018-03-02", &["east"]),
        ("2018-03-02T12:00:00Z", &["east"]),
        ("2018-03-02T12:00:00.001Z/..", &["nowhere", "south", "north"]),
        ("2018-03-02T12:00:00Z/2018-03-03", &["north", "east"]),
        ("../2018-03-01", &["west"]),
        ("/2018-03-01T00:00:00Z", &["west"]),
        ("2018-03-04/", &["nowhere", "south"]),
        ("2018-03-03T00:00:00Z", &[]),
    ];
    for (datetime, expected) in cases {
        assert_eq!(found(&test, &at(datetime)), expected, "{datetime}");
    }
}

#[test]
fn a_property_equals_a_text_in_the_way_of_its_type() {
    let test = far();
    assert_eq!(found(&test, &equal("type", "TE-IED")), ["south"]);
    assert_eq!(found(&test, &equal("summary", "w")), ["west"]);
    assert_eq!(found(&test, &equal("occurred_at", "2018-03-02")), ["east"]);
    assert_eq!(found(&test, &equal("occurred_at", "2018-03-02T12:00:00Z")), ["east"]);
    assert_eq!(found(&test, &equal("deaths_best", "1")), Vec::<String>::new());
    assert_eq!(found(&test, &equal("deaths_best", "")).len(), 5, "an empty text is no value");
}

#[test]
fn everything_wrong_with_a_question_is_said_at_once() {
    let test = TestNode::minusma();
    let wrong = Question {
        filter: Some("deths > 1".to_owned()),
        bbox: Some("1,2,3".to_owned()),
        datetime: Some("2019-01-01/2018-01-01".to_owned()),
        equals: [("place", "1 2"), ("typ", "x"), ("type", "AC-CLASS"), ("deaths_best", "many")]
            .map(|(field, text)| (field.to_owned(), text.to_owned()))
            .to_vec(),
        ..all("incident")
    };
    let (kind, codes) = refusal(test.node.features(&test.admin, &wrong, &mut Vec::new()));
    assert_eq!(kind, Kind::Invalid);
    let expected = [
        "filter-unknown-field",
        "bbox-wrong",
        "datetime-backwards",
        "property-not-comparable",
        "answer-field-unknown",
        "answer-code-unknown",
        "answer-not-a-number",
    ];
    assert_eq!(codes, expected);
}

#[test]
fn pages_count_exactly_and_join_to_the_whole() {
    let mut test = TestNode::minusma();
    test.ucdp();
    let questions = [
        all("incident"),
        filtered("incident", "deaths_best >= 3"),
        Question { bbox: Some("-4,14,0,17".to_owned()), ..at("2012-01-01/2015-12-31") },
        Question { search: Some("civilians".to_owned()), ..all("incident") },
    ];
    for question in questions {
        let whole = ids(&test, &question);
        assert_eq!(whole.len() as u64, test.node.count(&test.admin, &question).expect("a count"));
        let mut joined = Vec::new();
        loop {
            let next = Question { limit: 100, offset: joined.len(), ..question.clone() };
            let (said, features) = page(&test, &test.admin, &next);
            assert_eq!((said.matched, said.returned), (whole.len() as u64, features.len()));
            let ids = features.iter().map(|feature| feature["id"].as_str().expect("an id"));
            joined.extend(ids.map(str::to_owned));
            assert_eq!(said.more, joined.len() < whole.len());
            if !said.more {
                break;
            }
        }
        assert_eq!(joined, whole);
        let beyond = Question { offset: whole.len() + 7, ..question };
        let (said, features) = page(&test, &test.admin, &beyond);
        assert_eq!((said.matched, said.more, features.len()), (whole.len() as u64, false, 0));
    }
}

#[test]
fn a_feature_has_its_shape_and_the_properties_asked_for() {
    let test = far();
    let fields = ["summary", "deaths_best"].map(str::to_owned).to_vec();
    let question = Question { fields, ..equal("source_id", "east") };
    let (_, features) = page(&test, &test.admin, &question);
    let expected = json!({
        "type": "Feature",
        "id": id_of("incident", "east"),
        "geometry": { "type": "Point", "coordinates": [-179.5, 1] },
        "properties": { "summary": "e", "deaths_best": null },
    });
    assert_eq!(features, [expected]);
    let (_, features) = page(&test, &test.admin, &equal("source_id", "nowhere"));
    assert_eq!(features[0]["geometry"], Json::Null);
    let seen = test.node.readable_register(&test.admin, "incident").expect("the register");
    let properties = features[0]["properties"].as_object().expect("an object");
    assert_eq!(properties.len(), seen.form.fields().len() - 1, "every field but the place");
}

#[test]
fn one_feature_is_the_same_as_on_a_page_and_its_version_changes_with_it() {
    let mut test = far();
    let id = id_of("incident", "east");
    let one = |test: &TestNode| {
        let mut out = Vec::new();
        let version = test.node.feature(&test.admin, ("incident", &id), &mut out);
        (version.expect("a feature"), serde_json::from_slice::<Json>(&out).expect("a feature"))
    };
    let (version, feature) = one(&test);
    assert_eq!([feature], page(&test, &test.admin, &equal("source_id", "east")).1[..]);
    assert_eq!(one(&test).0, version);
    test.edit("east", &[("summary", "changed")]);
    assert_ne!(one(&test).0, version);
    test.delete("east");
    let absent = (Kind::DeniedOrAbsent, vec!["record-absent"]);
    let mut out = Vec::new();
    assert_eq!(refusal(test.node.feature(&test.admin, ("incident", &id), &mut out)), absent);
    for unknown in [RecordId::from_bytes([7; 16]).to_string(), "no id".to_owned()] {
        let refused = refusal(test.node.feature(&test.admin, ("incident", &unknown), &mut out));
        assert_eq!(refused, absent);
    }
    assert!(out.is_empty(), "nothing is written where nothing is shown");
}

#[test]
fn extents_and_registers_are_those_of_the_viewer() {
    let mut test = TestNode::minusma();
    test.ucdp();
    let officer = user("awa", &["sector-operations-officer"]);
    let officer = test.add(app::NewUser { areas: vec!["ML09".to_owned()], ..officer });
    for viewer in [test.admin.clone(), officer.clone()] {
        let extent = test.node.extent(&viewer, "incident").expect("an extent");
        let (_, features) = page(&test, &viewer, &all("incident"));
        let at = |feature: &Json, axis: usize| feature["geometry"]["coordinates"][axis].as_f64();
        let axis = |axis: usize| features.iter().filter_map(move |feature| at(feature, axis));
        let bounds = extent.bounds.expect("a box");
        for (units, degrees) in [
            (bounds.west, axis(0).fold(f64::INFINITY, f64::min)),
            (bounds.south, axis(1).fold(f64::INFINITY, f64::min)),
            (bounds.east, axis(0).fold(f64::NEG_INFINITY, f64::max)),
            (bounds.north, axis(1).fold(f64::NEG_INFINITY, f64::max)),
        ] {
            assert_eq!(Some(units), model::place::round_degrees(degrees));
        }
        let times =
            features.iter().map(|f| f["properties"]["occurred_at"].as_str().map(str::to_owned));
        let times: Vec<String> = times.flatten().collect();
        let (first, last) = extent.times.expect("times");
        assert_eq!(Some(&last.to_string()), times.first());
        assert_eq!(Some(&first.to_string()), times.last());
    }
    let whole = test.node.extent(&test.admin, "incident").expect("an extent");
    assert_ne!(test.node.extent(&officer, "incident").expect("an extent"), whole);
    assert_eq!(
        test.node.extent(&test.admin, "casualty").expect("an extent"),
        app::Extent::default()
    );
    let nobody = test.add(user("nobody", &[]));
    assert!(test.node.readable(&nobody).is_empty());
    let unknown = (Kind::Invalid, vec!["register-unknown"]);
    assert_eq!(refusal(test.node.extent(&nobody, "incident")), unknown);
    assert_eq!(refusal(test.node.features(&nobody, &all("incident"), &mut Vec::new())), unknown);
    assert_eq!(
        refusal(test.node.features(&test.admin, &all("incidents"), &mut Vec::new())),
        unknown
    );
    let readable = test.node.readable(&test.admin);
    let names: Vec<&str> = readable.iter().map(|register| register.name.as_str()).collect();
    assert!(names.contains(&"incident"), "{names:?}");
}

#[test]
fn a_page_too_large_or_too_far_is_refused() {
    let test = TestNode::minusma();
    let large = Question { limit: 10_001, ..all("incident") };
    let refused = refusal(test.node.features(&test.admin, &large, &mut Vec::new()));
    assert_eq!(refused, (Kind::Invalid, vec!["page-too-large"]));
    let far = Question { offset: 10_000_001, ..all("incident") };
    let refused = refusal(test.node.features(&test.admin, &far, &mut Vec::new()));
    assert_eq!(refused, (Kind::Invalid, vec!["offset-too-large"]));
}

#[test]
fn a_page_of_heavy_records_ends_early_and_says_that_more_follow() {
    let mut test = TestNode::minusma();
    let long = "x".repeat(32 << 10);
    let row =
        |number| format!("{number},AC-CLASH,2018-03-01T00:00:00Z,{long},{long},{long},{long}\n");
    let rows: String = (0..140).map(row).collect();
    let header = "source_id,type,occurred_at,damage,action_taken,action_planned,assessment\n";
    let sheet = format!("{header}{rows}");
    assert_eq!(test.incidents(&sheet).created, 140);
    let mut seen = Vec::new();
    let mut pages = Vec::new();
    loop {
        let question = Question { limit: 1_000, offset: seen.len(), ..all("incident") };
        let mut out = Vec::new();
        let said = test.node.features(&test.admin, &question, &mut out).expect("a page");
        let (_, features) = page(&test, &test.admin, &question);
        assert!(out.len() < (16 << 20) + (200 << 10), "{} bytes", out.len());
        assert_eq!((said.matched, said.returned), (140, features.len()));
        seen.extend(features.iter().map(|feature| feature["id"].to_string()));
        pages.push(said.more);
        if !said.more {
            break;
        }
    }
    assert_eq!(pages, [true, false]);
    let distinct: std::collections::BTreeSet<&String> = seen.iter().collect();
    assert_eq!((seen.len(), distinct.len()), (140, 140));
}
