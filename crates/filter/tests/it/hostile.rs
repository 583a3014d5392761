//! Input that means harm: deep, long, broken, strange. It is refused, quickly, and never panics.

use filter::{parse, parse_json};
use model::finding::Finding;
use model::limits::{
    FILTER_BYTES_MAX, FILTER_DEPTH_MAX, FILTER_LIST_MAX, FILTER_PATTERN_BYTES_MAX, FINDINGS_MAX,
};
use proptest::prelude::*;

use crate::generated::filters;
use crate::register::{Register, read, refused};

fn codes(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn brackets_and_negations_nest_to_the_limit_and_no_further() {
    let nested = |open: &str, close: &str, depth: usize| {
        format!("{}armed{}", open.repeat(depth), close.repeat(depth))
    };
    for (open, close) in [("(", ")"), ("NOT ", ""), ("CASEI(", ")")] {
        let deep = nested(open, close, FILTER_DEPTH_MAX + 1);
        assert_eq!(codes(&refused(&deep)), ["filter-too-deep"], "{open}");
        let very_deep = nested(open, close, FILTER_BYTES_MAX / 16);
        assert_eq!(codes(&refused(&very_deep)), ["filter-too-deep"], "{open}");
    }
    read(&nested("(", ")", FILTER_DEPTH_MAX));
    read(&nested("NOT ", "", FILTER_DEPTH_MAX));
    let lists = format!("A_EQUALS(weapons, {}'a'{})", "(".repeat(80), ")".repeat(80));
    assert_eq!(codes(&refused(&lists)), ["filter-too-deep"]);
}

#[test]
fn json_nests_to_its_limit_and_no_further() {
    let nested = |depth: usize| {
        let open = r#"{"op":"not","args":["#.repeat(depth);
        format!("{open}true{}", "]}".repeat(depth))
    };
    assert!(parse_json(&nested(60), &Register).is_ok());
    for depth in [70, 1_000, 2_500] {
        let found = parse_json(&nested(depth), &Register).expect_err("too deep");
        assert_eq!(codes(&found), ["filter-too-deep"], "{depth}");
    }
    let brackets = "[".repeat(FILTER_BYTES_MAX);
    assert_eq!(codes(&parse_json(&brackets, &Register).expect_err("deep")), ["filter-too-deep"]);
}

#[test]
fn length_is_limited_to_the_byte() {
    let long = |bytes: usize| format!("summary = '{}'", "x".repeat(bytes - 12));
    read(&long(FILTER_BYTES_MAX));
    let found = refused(&long(FILTER_BYTES_MAX + 1));
    assert_eq!(codes(&found), ["filter-too-long"]);
    assert_eq!(found[0].value("found"), Some("65537"));
    let found = parse_json(&" ".repeat(FILTER_BYTES_MAX + 1), &Register).expect_err("too long");
    assert_eq!(codes(&found), ["filter-too-long"]);
}

#[test]
fn lists_and_patterns_are_limited() {
    let list = |items: usize| format!("deaths_best IN ({})", vec!["1"; items].join(","));
    read(&list(FILTER_LIST_MAX));
    assert_eq!(codes(&refused(&list(FILTER_LIST_MAX + 1))), ["filter-list-too-long"]);
    let codes_list =
        format!("A_OVERLAPS(weapons, ({}))", vec!["'a'"; FILTER_LIST_MAX + 1].join(","));
    assert_eq!(codes(&refused(&codes_list)), ["filter-list-too-long"]);
    let like = |bytes: usize| format!("summary LIKE '{}'", "%".repeat(bytes));
    read(&like(FILTER_PATTERN_BYTES_MAX));
    assert_eq!(codes(&refused(&like(FILTER_PATTERN_BYTES_MAX + 1))), ["filter-pattern-too-long"]);
}

#[test]
fn thousands_of_conditions_and_of_mistakes_are_fine() {
    let many = vec!["armed"; 7_000].join(" OR ");
    assert_eq!(read(&many).to_text().matches("armed = TRUE").count(), 7_000);
    let wrong = vec!["x=1"; 8_000].join(" OR ");
    let found = refused(&wrong);
    assert_eq!(found.len(), FINDINGS_MAX);
    assert_eq!(found.last().map(|finding| finding.code), Some("filter-more-findings"));
}

#[test]
fn a_pattern_made_to_backtrack_is_only_slow_by_its_length() {
    let pattern = "%a".repeat(FILTER_PATTERN_BYTES_MAX / 2);
    assert!(!filter::like::matches(&(pattern.clone() + "b"), &"a".repeat(32_000), false));
    assert!(filter::like::matches(&pattern, &"a".repeat(32_000), true));
}

#[test]
fn strange_letters_are_kept_or_refused_where_they_stand() {
    let found = refused("summary = 'é' AND ☃ = 1");
    assert_eq!((found[0].code, found[0].value("position")), ("filter-syntax", Some("19")));
    assert_eq!(read("summary = '\u{0}\u{202e}👩‍🚒'").to_text(), "summary = '\u{0}\u{202e}👩‍🚒'");
    assert_eq!(codes(&refused("été = 1")), ["filter-unknown-field"]);
    assert_eq!(codes(&refused("summary = ‘quoted’")), ["filter-syntax"]);
    assert_eq!(codes(&refused("deaths_best = ٣")), ["filter-syntax"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn no_text_panics(text in "\\PC{0,60}") {
        for read in [parse(&text, &Register), parse_json(&text, &Register)] {
            prop_assert!(read.map_or_else(|found| !found.is_empty(), |filter| !filter.to_text().is_empty()));
        }
    }

    #[test]
    fn no_soup_of_tokens_panics_and_findings_point_into_it(
        tokens in prop::collection::vec(prop::sample::select(TOKENS.to_vec()), 0..12),
    ) {
        let text = tokens.join(" ");
        if let Err(found) = parse(&text, &Register) {
            prop_assert!(!found.is_empty());
            for finding in found {
                let position: usize = finding.value("position").expect("a position").parse().expect("a number");
                prop_assert!((1..=text.chars().count() + 1).contains(&position), "{finding} in {text}");
            }
        }
    }

    #[test]
    fn a_filter_with_one_letter_changed_is_read_or_refused(
        filter in filters(), place in any::<prop::sample::Index>(), letter in any::<char>(), insert: bool,
    ) {
        let mut letters: Vec<char> = filter.to_text().chars().collect();
        let place = place.index(letters.len());
        if insert { letters.insert(place, letter) } else { letters[place] = letter }
        let text: String = letters.into_iter().collect();
        if let Ok(read) = parse(&text, &Register) {
            prop_assert_eq!(parse(&read.to_text(), &Register), Ok(read));
        }
    }

    #[test]
    fn json_with_one_byte_changed_is_read_or_refused(
        filter in filters(), place in any::<prop::sample::Index>(), letter in "[\\PC{}\\[\\]\",:0-9]",
    ) {
        let mut letters: Vec<char> = filter.to_json().to_string().chars().collect();
        let place = place.index(letters.len());
        letters.splice(place..=place, letter.chars());
        let text: String = letters.into_iter().collect();
        if let Ok(read) = parse_json(&text, &Register) {
            prop_assert_eq!(parse_json(&read.to_json().to_string(), &Register), Ok(read));
        }
    }
}

const TOKENS: [&str; 42] = [
    "AND",
    "OR",
    "NOT",
    "IN",
    "LIKE",
    "BETWEEN",
    "IS",
    "NULL",
    "TRUE",
    "(",
    ")",
    ",",
    "=",
    "<>",
    "<=",
    ">",
    "summary",
    "armed",
    "deaths_best",
    "occurred_at",
    "place",
    "weapons",
    "in",
    "\"in\"",
    "'text'",
    "''",
    "1",
    "-2.5",
    "1e3",
    "DATE('2018-01-01')",
    "DATE(",
    "TIMESTAMP('x')",
    "INTERVAL('..','..')",
    "POINT(1 2)",
    "POLYGON((0 0,1 1,",
    "BBOX(1,2,3,4)",
    "CASEI(summary)",
    "S_INTERSECTS(place,",
    "T_DURING(occurred_at,",
    "A_EQUALS(weapons,",
    "nonsense",
    "+",
];
