//! What each part of the language means, on hand-made rows.

use filter::matches;
use model::place::Geometry;
use model::value::Value;

use crate::register::{Record, at, read};

fn incident() -> Record {
    Record::default()
        .with("summary", Value::Text("Attaque à Ménaka, l'ouest".into()))
        .with("deaths_best", Value::Integer(3))
        .with("distance", Value::Decimal("2.5".parse().expect("a number")))
        .with("armed", Value::Boolean(true))
        .with("date", Value::Date("2018-12-31".parse().expect("a day")))
        .with("occurred_at", Value::Time("2018-12-31T23:30:00Z".parse().expect("a time")))
        .with("type", Value::Code("AC-CLASH".into()))
        .with("weapons", Value::Codes(["drone".to_owned(), "mortar".to_owned()].into()))
        .with("place", Value::Geometry(Geometry::Point(at(20_000_000, 150_000_000))))
}

fn holds(text: &str) -> bool {
    let filter = read(text);
    let again = read(&filter.to_text());
    assert_eq!(filter, again, "{text} was written as {}", filter.to_text());
    let json = filter::parse_json(&filter.to_json().to_string(), &crate::register::Register);
    assert_eq!(json.as_ref(), Ok(&filter), "{text} as {}", filter.to_json());
    matches(&filter, &incident())
}

#[test]
fn comparisons_hold_as_they_read() {
    for text in [
        "deaths_best = 3",
        "3 = deaths_best",
        "deaths_best <> 4",
        "deaths_best>=3 and deaths_best<=3",
        "4 > deaths_best",
        "deaths_best = 3.0",
        "deaths_best < 1e1",
        "distance > 2",
        "distance = 2.50",
        "armed = TRUE",
        "armed",
        "NOT armed = false",
        "armed <> false",
        "type = 'AC-CLASH'",
        "type > 'AB'",
        "\"type\" IN ('X', 'AC-CLASH')",
        "type NOT IN ('X')",
        "summary = 'Attaque à Ménaka, l''ouest'",
        "deaths_best BETWEEN 3 AND 4 AND armed",
        "deaths_best NOT BETWEEN 4 AND 5",
        "side_a IS NULL",
        "type IS NOT NULL",
        "deaths_best < distance OR deaths_best > distance",
        "type <> summary",
        "TRUE",
        "NOT FALSE",
    ] {
        assert!(holds(text), "{text}");
    }
}

#[test]
fn comparisons_fail_as_they_read() {
    for text in [
        "deaths_best <> 3",
        "deaths_best > 3",
        "3 < deaths_best",
        "NOT armed",
        "type IN ('X', 'Y')",
        "deaths_best BETWEEN 4 AND 5",
        "deaths_best BETWEEN 4 AND 2",
        "type IS NULL",
        "FALSE",
        "distance = deaths_best",
        "type = 'ac-clash'",
    ] {
        assert!(!holds(text), "{text}");
    }
}

#[test]
fn a_missing_value_makes_a_comparison_neither_true_nor_false() {
    for text in [
        "side_a = 'x'",
        "NOT side_a = 'x'",
        "side_a <> 'x'",
        "side_a NOT IN ('x')",
        "side_a LIKE '%'",
        "NOT side_a LIKE '%'",
        "NOT (side_a = 'x' AND armed)",
        "deaths_high = deaths_best OR NOT deaths_high = deaths_best",
        "S_DISJOINT(zone, POINT(0 0))",
        "T_DISJOINT(reported_on, DATE('2018-01-01'))",
        "NOT A_CONTAINS(weapons, ('x')) AND side_a = 'x'",
    ] {
        assert!(!holds(text), "{text}");
    }
    assert!(holds("side_a = 'x' OR armed"));
    assert!(holds("NOT (side_a = 'x' AND NOT armed)"));
}

#[test]
fn and_binds_tighter_than_or_and_not_tighter_than_both() {
    assert!(holds("armed OR armed AND FALSE"));
    assert!(!holds("(armed OR armed) AND FALSE"));
    assert!(!holds("NOT armed OR NOT armed"));
    assert!(holds("NOT armed = FALSE AND NOT (NOT armed)"));
}

#[test]
fn a_day_is_all_of_its_instants() {
    for text in [
        "occurred_at <= DATE('2018-12-31')",
        "occurred_at = DATE('2018-12-31')",
        "occurred_at >= DATE('2018-12-31')",
        "occurred_at < DATE('2019-01-01')",
        "occurred_at > DATE('2018-12-30')",
        "occurred_at <> DATE('2018-12-30')",
        "occurred_at BETWEEN DATE('2018-12-01') AND DATE('2018-12-31')",
        "occurred_at IN (DATE('2018-12-30'), DATE('2018-12-31'))",
        "occurred_at IN (TIMESTAMP('2018-12-31T23:30:00Z'), DATE('2017-12-31'))",
        "T_DURING(occurred_at, INTERVAL('2018-12-01', '2018-12-31'))",
        "T_INTERSECTS(occurred_at, DATE('2018-12-31'))",
        "T_EQUALS(occurred_at, DATE('2018-12-31'))",
        "T_AFTER(occurred_at, DATE('2018-12-30'))",
        "T_BEFORE(occurred_at, DATE('2019-01-01'))",
        "T_AFTER(DATE('2019-01-01'), occurred_at)",
        "DATE('2018-12-31') >= occurred_at",
        "T_DISJOINT(occurred_at, INTERVAL('..', '2018-12-30'))",
        "date = DATE('2018-12-31')",
        "T_DURING(date, INTERVAL('2018-12-31', '..'))",
    ] {
        assert!(holds(text), "{text}");
    }
    for text in [
        "occurred_at > DATE('2018-12-31')",
        "occurred_at < DATE('2018-12-31')",
        "occurred_at <> DATE('2018-12-31')",
        "T_AFTER(occurred_at, DATE('2018-12-31'))",
        "T_BEFORE(occurred_at, DATE('2018-12-31'))",
        "T_DISJOINT(occurred_at, DATE('2018-12-31'))",
        "occurred_at <= TIMESTAMP('2018-12-31T00:00:00Z')",
        "date < DATE('2018-12-31')",
    ] {
        assert!(!holds(text), "{text}");
    }
}

#[test]
fn instants_that_bound_an_interval_are_outside_of_during_and_inside_of_intersects() {
    let interval = "INTERVAL('2018-12-31T23:30:00Z', '2019-01-01')";
    assert!(!holds(&format!("T_DURING(occurred_at, {interval})")));
    assert!(holds(&format!("T_INTERSECTS(occurred_at, {interval})")));
}

#[test]
fn patterns_match_texts_and_codes() {
    for text in [
        "summary LIKE 'Attaque%'",
        "summary LIKE '%M_naka%'",
        "type LIKE 'AC-%'",
        "CASEI(summary) LIKE CASEI('%MÉNAKA%')",
        "CASEI(summary) LIKE '%ménaka%'",
        "CASEI(type) = CASEI('ac-clash')",
        "CASEI(type) IN (CASEI('x'), CASEI('Ac-Clash'))",
        "summary NOT LIKE 'attaque%'",
        "CASEI(type) <> CASEI('other')",
    ] {
        assert!(holds(text), "{text}");
    }
    assert!(!holds(r"type LIKE 'AC\_CLASH'"));
    assert!(!holds("CASEI(type) <> CASEI('ac-clash')"));
}

#[test]
fn lists_of_codes_compare_as_sets() {
    for text in [
        "A_CONTAINS(weapons, ('drone'))",
        "A_CONTAINS(weapons, ())",
        "A_OVERLAPS(weapons, ('drone', 'ied'))",
        "A_CONTAINEDBY(weapons, ('drone', 'ied', 'mortar'))",
        "A_EQUALS(weapons, ('mortar', 'drone'))",
        "A_CONTAINS(('drone', 'ied', 'mortar'), weapons)",
        "a_containedBy(('drone'), weapons)",
    ] {
        assert!(holds(text), "{text}");
    }
    for text in [
        "A_CONTAINS(weapons, ('drone', 'ied'))",
        "A_OVERLAPS(weapons, ())",
        "A_EQUALS(weapons, ('drone'))",
        "A_CONTAINEDBY(weapons, ('drone'))",
    ] {
        assert!(!holds(text), "{text}");
    }
}

#[test]
fn places_relate_to_shapes() {
    for text in [
        "S_INTERSECTS(place, BBOX(1.5, 14, 2, 16))",
        "S_WITHIN(place, POLYGON((0 10, 5 10, 5 25, 0 10)))",
        "S_CONTAINS(BBOX(1, 14, 3, 16), place)",
        "S_DISJOINT(place, BBOX(170, -10, -170, 80))",
        "S_CONTAINS(place, POINT(2 15))",
        "S_INTERSECTS(place, LINESTRING(1 15, 3 15))",
        "S_WITHIN(place, ENVELOPE(1, 14, 3, 16))",
        "S_INTERSECTS(place, MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0)), ((1 14, 3 14, 3 16, 1 16, 1 14))))",
    ] {
        assert!(holds(text), "{text}");
    }
    assert!(!holds("S_INTERSECTS(place, BBOX(3, 14, -3, 16))"));
    assert!(!holds("S_INTERSECTS(place, POINT(2 15.0000001))"));
}

#[test]
fn fields_with_awkward_names_are_quoted() {
    let filter = read("\"not-quoted\" = 'a' AND \"in\" = 'b' AND date > DATE('2018-01-01')");
    assert_eq!(
        filter.to_text(),
        "\"not-quoted\" = 'a' AND \"in\" = 'b' AND date > DATE('2018-01-01')"
    );
}

#[test]
fn filters_combine_into_their_plain_form() {
    let (a, b) = (read("armed"), read("type = 'x' AND deaths_best > 1"));
    assert_eq!(a.clone().and(b.clone()), read("armed AND type = 'x' AND deaths_best > 1"));
    assert_eq!(a.clone().and(filter::Filter::all()), a);
    assert_eq!(a.clone().or(filter::Filter::none()), a);
    assert_eq!(a.clone().and(filter::Filter::none()), filter::Filter::none());
    assert_eq!(a.clone().negated().negated(), a);
    let fields: Vec<String> = a.or(b).fields().into_iter().map(|name| name.to_string()).collect();
    assert_eq!(fields, ["armed", "deaths_best", "type"]);
}
