//! Text, JSON and both evaluators agree with each other.

use filter::{matches, parse, parse_json};
use model::time::{Date, Timestamp};
use model::value::Value;
use proptest::prelude::*;

use crate::generated::{filters, rows};
use crate::naive;
use crate::register::{Record, Register, read};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_filter_reads_back_from_its_text(filter in filters()) {
        let text = filter.to_text();
        prop_assert_eq!(parse(&text, &Register), Ok(filter), "{}", text);
    }

    #[test]
    fn a_filter_reads_back_from_its_json(filter in filters()) {
        let json = filter.to_json().to_string();
        prop_assert_eq!(parse_json(&json, &Register), Ok(filter), "{}", json);
    }

    #[test]
    fn evaluation_agrees_with_a_naive_one(filter in filters(), row in rows()) {
        let expected = naive::passes(filter.node(), &row);
        prop_assert_eq!(matches(&filter, &row), expected, "{} of {:?}", filter.to_text(), row);
    }

    #[test]
    fn a_row_passes_at_most_one_of_a_filter_and_its_opposite(filter in filters(), row in rows()) {
        let opposite = filter.clone().negated();
        prop_assert!(!(matches(&filter, &row) && matches(&opposite, &row)));
        prop_assert_eq!(opposite.negated(), filter);
    }

    #[test]
    fn combining_filters_combines_their_rows(a in filters(), b in filters(), row in rows()) {
        let (in_a, in_b) = (matches(&a, &row), matches(&b, &row));
        prop_assert_eq!(matches(&a.clone().and(b.clone()), &row), in_a && in_b);
        prop_assert_eq!(matches(&a.or(b), &row), in_a || in_b);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// To compare an instant with days is to compare the day it lies in.
    #[test]
    fn an_instant_compares_with_days_as_its_day_does(
        ms in 1_525_000_000_000..1_525_400_000_000_i64, from in 17_649..17_656_i32, days in 0..3_i32,
    ) {
        let instant = Timestamp::from_ms(ms);
        let row = Record::default()
            .with("occurred_at", Value::Time(instant))
            .with("date", Value::Date(instant.date()));
        let (from, to) = (Date::from_days(from), Date::from_days(from + days));
        for text in [
            "X = DATE('from')", "X <> DATE('from')", "X < DATE('from')", "X <= DATE('from')",
            "X > DATE('from')", "DATE('from') <= X", "X BETWEEN DATE('from') AND DATE('to')",
            "X NOT IN (DATE('from'), DATE('to'))", "T_AFTER(X, DATE('from'))", "T_BEFORE(X, DATE('from'))",
            "T_AFTER(X, INTERVAL('from', 'to'))", "T_BEFORE(X, INTERVAL('from', 'to'))",
            "T_DURING(X, INTERVAL('from', 'to'))", "T_DURING(X, INTERVAL('..', 'to'))",
            "T_INTERSECTS(X, INTERVAL('from', '..'))", "T_DISJOINT(X, INTERVAL('from', 'to'))",
            "T_EQUALS(X, DATE('from'))", "T_INTERSECTS(X, DATE('from'))",
        ] {
            let text = text.replace("from", &from.to_string()).replace("to", &to.to_string());
            let of = |field: &str| matches(&read(&text.replace('X', field)), &row);
            prop_assert_eq!(of("occurred_at"), of("date"), "{} of {}", text, instant);
        }
    }
}

/// Forms of the standard's own examples, on our fields: text, and the JSON it must equal.
#[test]
fn text_and_json_of_the_standard_say_the_same() {
    for (text, json) in [
        ("distance >= 10", r#"{"op":">=","args":[{"property":"distance"},10]}"#),
        ("armed", r#"{"property":"armed"}"#),
        ("summary IS NULL", r#"{"op":"isNull","args":[{"property":"summary"}]}"#),
        (
            "NOT summary IS NULL",
            r#"{"op":"not","args":[{"op":"isNull","args":[{"property":"summary"}]}]}"#,
        ),
        (
            "CASEI(summary) LIKE CASEI('Straße%')",
            r#"{"op":"like","args":[{"op":"casei","args":[{"property":"summary"}]},{"op":"casei","args":["Straße%"]}]}"#,
        ),
        (
            "distance BETWEEN 0.1 AND 0.2",
            r#"{"op":"between","args":[{"property":"distance"},0.1,0.2]}"#,
        ),
        ("type IN ('A','B')", r#"{"op":"in","args":[{"property":"type"},["A","B"]]}"#),
        (
            "S_INTERSECTS(place, POINT(36.3 -32.2))",
            r#"{"op":"s_intersects","args":[{"property":"place"},{"type":"Point","coordinates":[36.3,-32.2]}]}"#,
        ),
        (
            "S_WITHIN(place, BBOX(-10, -5, 10.25, 5))",
            r#"{"op":"s_within","args":[{"property":"place"},{"bbox":[-10,-5,10.25,5]}]}"#,
        ),
        (
            "T_INTERSECTS(occurred_at, INTERVAL('2017-06-10T07:30:00Z', '..'))",
            r#"{"op":"t_intersects","args":[{"property":"occurred_at"},{"interval":["2017-06-10T07:30:00Z",".."]}]}"#,
        ),
        (
            "T_AFTER(date, DATE('2010-02-10'))",
            r#"{"op":"t_after","args":[{"property":"date"},{"date":"2010-02-10"}]}"#,
        ),
        (
            "occurred_at > TIMESTAMP('2012-08-10T05:30:00Z')",
            r#"{"op":">","args":[{"property":"occurred_at"},{"timestamp":"2012-08-10T05:30:00Z"}]}"#,
        ),
        (
            "A_CONTAINEDBY(weapons, ('a', 'b'))",
            r#"{"op":"a_containedBy","args":[{"property":"weapons"},["a","b"]]}"#,
        ),
        (
            "armed = TRUE AND (deaths_best > 8.0 OR NOT distance < 1)",
            r#"{"op":"and","args":[{"op":"=","args":[{"property":"armed"},true]},{"op":"or","args":[
                {"op":">","args":[{"property":"deaths_best"},8.0]},
                {"op":"not","args":[{"op":"<","args":[{"property":"distance"},1]}]}]}]}"#,
        ),
    ] {
        assert_eq!(parse_json(json, &Register), Ok(read(text)), "{text}");
    }
}

#[test]
fn days_read_back_from_their_text_up_to_the_last_year() {
    for text in ["occurred_at <= DATE('2199-12-31')", "occurred_at = DATE('1800-01-01')"] {
        assert_eq!(read(&read(text).to_text()), read(text));
    }
}
