//! What is said about each mistake, and where.

use filter::parse_json;
use model::finding::Finding;

use crate::register::{Register, refused};

/// A finding as code, position and the named values.
fn shown(finding: &Finding, values: &[&str]) -> Vec<String> {
    let named = values.iter().map(|name| finding.value(name).unwrap_or("-").to_owned());
    let position = finding.value("position").unwrap_or("-").to_owned();
    [finding.code.to_owned(), position].into_iter().chain(named).collect()
}

#[test]
fn mistakes_of_grammar_are_found_where_they_stand() {
    for (text, code, position, expected) in [
        ("", "filter-ends-early", "1", "condition"),
        ("   ", "filter-ends-early", "4", "condition"),
        ("deaths_best =", "filter-ends-early", "14", "value"),
        ("deaths_best = 1 AND", "filter-ends-early", "20", "condition"),
        ("deaths_best = = 1", "filter-syntax", "15", "value"),
        ("deaths_best 1", "filter-syntax", "13", "comparison"),
        ("summary NOT 'x'", "filter-syntax", "13", "comparison"),
        ("deaths_best = 1 deaths_high = 2", "filter-syntax", "17", "end"),
        ("deaths_best IS 1", "filter-syntax", "16", "NULL"),
        ("deaths_best BETWEEN 1 OR 2", "filter-syntax", "23", "AND"),
        ("type IN 'a'", "filter-syntax", "9", "("),
        ("type IN ('a' 'b')", "filter-syntax", "14", ")"),
        ("AND armed", "filter-syntax", "1", "condition"),
        ("armed)", "filter-syntax", "6", "end"),
        ("(armed", "filter-unclosed", "1", "-"),
        ("summary = 'it''s", "filter-unclosed", "11", "-"),
        ("\"summary = 1", "filter-unclosed", "1", "-"),
        ("type IN ('a'", "filter-unclosed", "9", "-"),
        ("deaths_best ; 1", "filter-syntax", "13", "value"),
        ("'é' = 'é' AND ?", "filter-syntax", "15", "value"),
        ("S_INTERSECTS(place, POINT(1 2", "filter-ends-early", "30", ")"),
        ("S_INTERSECTS(place, POINT(1 x))", "filter-wrong-shape", "29", "-"),
        ("S_INTERSECTS(place, POINT(1 95))", "filter-wrong-shape", "27", "-"),
        ("deaths_best = 12abc", "filter-wrong-number", "15", "-"),
        ("deaths_best = 1234567890123456789012", "filter-wrong-number", "15", "-"),
        ("deaths_best = 1e99", "filter-wrong-number", "15", "-"),
        ("date = DATE('2018-02-30')", "filter-wrong-date", "8", "-"),
        ("date = DATE('2018-02-03T10:00Z')", "filter-wrong-date", "8", "-"),
        ("date = DATE(2018)", "filter-wrong-arguments", "8", "DATE('2018-03-01')"),
        ("occurred_at > TIMESTAMP('noon')", "filter-wrong-time", "15", "-"),
        ("T_DURING(date, INTERVAL('..','..'))", "filter-wrong-interval", "16", "-"),
        ("T_DURING(date, INTERVAL('2018-02-01','2018-01-01'))", "filter-wrong-interval", "16", "-"),
        ("T_DURING(date, INTERVAL('yesterday','..'))", "filter-wrong-time", "25", "-"),
        ("T_DURING(date, INTERVAL(date,'..'))", "filter-unsupported", "25", "-"),
        ("S_INTERSECTS(place, BBOX(1,2,3))", "filter-wrong-box", "21", "-"),
        ("S_INTERSECTS(place, BBOX(1,5,3,2))", "filter-wrong-box", "21", "-"),
        ("S_INTERSECTS(place, BBOX(1,2,300,4))", "filter-wrong-box", "21", "-"),
    ] {
        let found = refused(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(shown(&found[0], &["expected"]), [code, position, expected], "{text}");
    }
}

#[test]
fn mistakes_of_meaning_name_the_field_its_type_and_what_was_given() {
    for (text, expected) in [
        (
            "deaths_best = 'three'",
            ["filter-wrong-type", "15", "deaths_best", "integer", "text", "three"],
        ),
        (
            "deaths_best > 2.5",
            ["filter-wrong-type", "15", "deaths_best", "integer", "decimal", "2.5"],
        ),
        ("summary = 3", ["filter-wrong-type", "11", "summary", "text", "integer", "3"]),
        ("type = NULL", ["filter-wrong-type", "8", "type", "code", "null", "null"]),
        ("armed = 'yes'", ["filter-wrong-type", "9", "armed", "boolean", "text", "yes"]),
        (
            "occurred_at > '2018-01-01'",
            ["filter-wrong-type", "15", "occurred_at", "time", "text", "2018-01-01"],
        ),
        (
            "date > TIMESTAMP('2018-01-01T00:00Z')",
            ["filter-wrong-type", "8", "date", "date", "time", "2018-01-01T00:00:00Z"],
        ),
        ("follows = 'abc'", ["filter-wrong-type", "11", "follows", "record", "text", "abc"]),
        (
            "deaths_best IN (1, 'x')",
            ["filter-wrong-type", "20", "deaths_best", "integer", "text", "x"],
        ),
        ("summary LIKE 3", ["filter-wrong-type", "14", "summary", "text", "integer", "3"]),
        (
            "A_CONTAINS(weapons, (1))",
            ["filter-wrong-type", "22", "weapons", "codes", "integer", "1"],
        ),
        (
            "T_AFTER(date, TIMESTAMP('2018-01-01T00:00Z'))",
            ["filter-wrong-type", "15", "date", "date", "time", "2018-01-01T00:00:00Z"],
        ),
        ("T_AFTER(date, 'x')", ["filter-wrong-type", "15", "date", "date", "text", "x"]),
    ] {
        let found = refused(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(shown(&found[0], &["field", "type", "given", "value"]), expected, "{text}");
    }
}

#[test]
fn operators_a_type_does_not_have_are_named() {
    for (text, operator) in [
        ("armed > FALSE", ">"),
        ("weapons = 'a'", "="),
        ("place = 'x'", "="),
        ("photo = 'x'", "="),
        ("victims = 'x'", "="),
        ("victims = victims", "="),
        ("victims IN ('x')", "IN"),
        ("victims LIKE 'x%'", "LIKE"),
        ("victims BETWEEN 1 AND 2", "BETWEEN"),
        ("A_CONTAINS(victims, ('x'))", "A_CONTAINS"),
        ("S_INTERSECTS(victims, POINT(0 0))", "S_INTERSECTS"),
        ("follows < 'x'", "<"),
        ("classification < 'confidential'", "<"),
        ("classification LIKE 'c%'", "LIKE"),
        ("deaths_best LIKE '1%'", "LIKE"),
        ("classification BETWEEN 'a' AND 'b'", "BETWEEN"),
        ("S_WITHIN(summary, POINT(1 2))", "S_WITHIN"),
        ("T_AFTER(summary, DATE('2018-01-01'))", "T_AFTER"),
        ("A_EQUALS(type, ('a'))", "A_EQUALS"),
        ("CASEI(type) < CASEI('a')", "CASEI"),
        ("CASEI(deaths_best) = 'a'", "="),
        ("weapons IN ('a')", "IN"),
    ] {
        let found = refused(text);
        let codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["filter-wrong-operator"], "{text}");
        assert_eq!(found[0].value("operator"), Some(operator), "{text}");
    }
}

#[test]
fn unknown_names_come_with_the_nearest_known_one() {
    for (text, code, nearest) in [
        ("death_best = 1", "filter-unknown-field", "deaths_best"),
        ("SUMMARY = 'x'", "filter-unknown-field", "summary"),
        ("S_INTERSECT(place, POINT(1 2))", "filter-unknown-function", "s_intersects"),
        ("casey(summary)", "filter-unknown-function", "casei"),
        ("casey(summary) = 'x'", "filter-unknown-function", "casei"),
        ("summary = casey('x')", "filter-unknown-function", "casei"),
    ] {
        let found = refused(text);
        assert_eq!((found[0].code, found[0].value("nearest")), (code, Some(nearest)), "{text}");
    }
    let all = refused("zzz = 1")[0].value("nearest").map(|names| names.split(", ").count());
    assert_eq!(all, Some(20));
}

#[test]
fn parts_of_the_language_that_are_not_offered_are_named() {
    for (text, name) in [
        ("ACCENTI(summary) = 'x'", "ACCENTI"),
        ("S_TOUCHES(place, POINT(1 2))", "S_TOUCHES"),
        ("T_MEETS(date, DATE('2018-01-01'))", "T_MEETS"),
        ("CASEI(summary) = side_a", "CASEI"),
        ("summary = ACCENTI('x')", "ACCENTI"),
        ("ACCENTI(summary) LIKE 'x'", "ACCENTI"),
    ] {
        let found = refused(text);
        assert_eq!(
            (found[0].code, found[0].value("name")),
            ("filter-unsupported", Some(name)),
            "{text}"
        );
    }
}

#[test]
fn what_does_not_go_together_is_refused() {
    for (text, code) in [
        ("1 = 1", "filter-needs-field"),
        ("summary = deaths_best", "filter-wrong-pair"),
        ("date = occurred_at", "filter-wrong-pair"),
        ("summary", "filter-needs-condition"),
        ("'x'", "filter-needs-condition"),
        ("armed AND 3", "filter-needs-condition"),
        ("CASEI(summary)", "filter-wrong-arguments"),
        ("type IN ()", "filter-wrong-arguments"),
        ("summary LIKE 'x\\'", "filter-open-pattern"),
        ("S_WITHIN(place, 'x')", "filter-wrong-arguments"),
        ("S_WITHIN(POINT(1 2), POINT(1 2))", "filter-needs-field"),
        ("S_WITHIN(place)", "filter-wrong-arguments"),
        ("S_WITHIN(place, POLYGON((0 0,2 2,2 0,0 2,0 0)))", "filter-crossing-ring"),
        ("T_AFTER(date, INTERVAL('2018-01-01','..'))", "filter-wrong-arguments"),
        ("T_DURING(occurred_at, TIMESTAMP('2018-01-01T00:00Z'))", "filter-wrong-arguments"),
        ("T_DURING(INTERVAL('2018-01-01','..'), date)", "filter-wrong-arguments"),
        ("T_AFTER('x', 'y')", "filter-needs-field"),
        ("A_EQUALS(weapons, 'a')", "filter-wrong-arguments"),
        ("A_EQUALS('a', 'b')", "filter-needs-field"),
        ("'a' IN ('a')", "filter-needs-field"),
        ("1 IS NULL", "filter-needs-field"),
        ("1 BETWEEN 0 AND 2", "filter-needs-field"),
    ] {
        let found = refused(text);
        assert_eq!(found[0].code, code, "{text}: {found:?}");
    }
}

#[test]
fn every_mistake_is_found_at_once() {
    let found =
        refused("death_best = 1 AND (summary = 3 OR NOT armed > TRUE) AND S_WITHIN(zone, 'x')");
    let codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
    let expected = [
        "filter-unknown-field",
        "filter-wrong-type",
        "filter-wrong-operator",
        "filter-wrong-arguments",
    ];
    assert_eq!(codes, expected);
}

#[test]
fn mistakes_in_json_are_found_by_pointer() {
    for (json, code, position) in [
        (r#"{"op":"=","args":[{"property":"death_best"},1]}"#, "filter-unknown-field", "/args/0"),
        (
            r#"{"op":"and","args":[true,{"op":"=","args":[{"property":"summary"},1]}]}"#,
            "filter-wrong-type",
            "/args/1/args/1",
        ),
        (r#"{"op":"="}"#, "filter-wrong-arguments", ""),
        (r#"{"op":"and","args":[]}"#, "filter-wrong-arguments", ""),
        (r#"{"op":"and","args":[],"filter-lang":"x"}"#, "filter-syntax", ""),
        (r#"{"op":"isNull","args":{"property":"summary"}}"#, "filter-wrong-arguments", ""),
        (r#"{"op":"+","args":[1,2]}"#, "filter-unsupported", ""),
        (r#"{"op":"between","args":[{"property":"deaths_best"},1]}"#, "filter-wrong-arguments", ""),
        (
            r#"{"op":"s_within","args":[{"property":"place"},{"type":"Point","coordinates":[1,2,3]}]}"#,
            "filter-wrong-shape",
            "/args/1",
        ),
        (
            r#"{"op":"s_within","args":[{"property":"place"},{"type":"Circle","coordinates":[1,2]}]}"#,
            "filter-wrong-shape",
            "/args/1",
        ),
        (
            r#"{"op":"s_within","args":[{"property":"place"},{"bbox":[1,2]}]}"#,
            "filter-wrong-box",
            "/args/1",
        ),
        (
            r#"{"op":"=","args":[{"property":"date"},{"date":5}]}"#,
            "filter-wrong-arguments",
            "/args/1",
        ),
        (
            r#"{"op":"=","args":[{"property":"date"},{"day":"2018-01-01"}]}"#,
            "filter-syntax",
            "/args/1",
        ),
        (r#"{"op":"=","args":[{"property":5},1]}"#, "filter-syntax", "/args/0"),
        (
            r#"{"op":"=","args":[{"property":"deaths_best"},1e300]}"#,
            "filter-wrong-number",
            "/args/1",
        ),
        ("3", "filter-needs-condition", ""),
        ("null", "filter-needs-condition", ""),
    ] {
        let found = parse_json(json, &Register).expect_err(json);
        assert_eq!(shown(&found[0], &[]), [code, position], "{json}: {found:?}");
    }
    let found = parse_json("{\n \"op\": }", &Register).expect_err("no JSON");
    let place = ["row", "column"].map(|name| found[0].value(name));
    assert_eq!((found[0].code, place), ("filter-not-json", [Some("2"), Some("8")]));
}
