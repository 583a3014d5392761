//! What every score must keep to, and some that everybody would give.

use std::collections::BTreeMap;

use mission::register::{Precision, Words};
use model::time::Timestamp;
use proptest::prelude::*;

use super::*;

type Record = BTreeMap<Name, Value>;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
const NOON_MS: i64 = 1_520_000_000_000;

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn near<T: std::str::FromStr>(field: &str, within: &str, code: &str, off: &str) -> Near<T> {
    let read = |text: &str| text.parse().ok().expect("a measure");
    let precision = Precision {
        field: name(&format!("{field}-precision")),
        off: BTreeMap::from([(code.to_owned(), read(off))]),
        unknown: BTreeSet::from(["unknown".to_owned()]),
    };
    Near {
        field: name(field),
        until: Some(name("until")),
        within: read(within),
        weight: 3,
        precision: Some(precision),
    }
}

fn rule(threshold: u8) -> LookAlike {
    LookAlike {
        threshold,
        place: Some(near("place", "10km", "near", "25km")),
        time: Some(near("time", "2d", "day", "1d")),
        same: vec![
            Same { field: name("type"), must: false, weight: 2 },
            Same { field: name("kinds"), must: true, weight: 1 },
        ],
        words: Some(Words { fields: vec![name("summary"), name("party")], weight: 2 }),
    }
}

fn point(lon: i32, lat: i32) -> Value {
    Value::Geometry(Geometry::Point(Position::from_units(lon, lat).expect("a position")))
}

fn time(ms: i64) -> Value {
    Value::Time(Timestamp::from_ms(ms))
}

/// A record of which everything is known.
fn record() -> Record {
    Record::from([
        (name("place"), point(10_000_000, 150_000_000)),
        (name("time"), time(NOON_MS)),
        (name("type"), Value::Code("clash".to_owned())),
        (name("kinds"), Value::Codes(["day".to_owned(), "night".to_owned()].into())),
        (name("summary"), Value::Text("Armed men attacked the market of Ménaka".to_owned())),
        (name("party"), Value::Text("JNIM".to_owned())),
    ])
}

fn with(changes: &[(&str, Value)]) -> Record {
    let mut changed = record();
    changed.extend(changes.iter().map(|(field, value)| (name(field), value.clone())));
    changed
}

fn profile(rule: &LookAlike, record: &Record) -> Profile {
    Profile::of(rule, &|field| record.get(field))
}

fn of(rule: &LookAlike, one: &Record, other: &Record) -> Option<Likeness> {
    likeness(rule, (&profile(rule, one), &profile(rule, other)), &Effort::default())
}

fn score(one: &Record, other: &Record) -> u64 {
    of(&rule(1), one, other).map_or(0, |likeness| likeness.score)
}

#[test]
fn a_record_is_wholly_like_itself() {
    assert_eq!(score(&record(), &record()), 1_000);
}

#[test]
fn what_is_not_known_is_no_likeness() {
    let mut less = record();
    less.remove(&name("place"));
    assert_eq!(score(&less, &less), 1_000 * 8 / 11);
    let vague = with(&[("place-precision", Value::Code("unknown".to_owned()))]);
    assert_eq!(score(&vague, &vague), 1_000 * 8 / 11);
}

#[test]
fn nothing_is_left_at_the_end_of_the_reach_and_more_where_the_place_is_not_precise() {
    // 0.1 of a degree of latitude: 11.1 kilometres.
    let far = with(&[("place", point(10_000_000, 151_000_000))]);
    assert_eq!(score(&record(), &far), 1_000 * 8 / 11);
    let vague = with(&[
        ("place", point(10_000_000, 151_000_000)),
        ("place-precision", Value::Code("near".to_owned())),
    ]);
    let parts = of(&rule(1), &record(), &vague).expect("alike").parts;
    assert_eq!(parts[0].kind, Kind::Place(Some((11_120, 25_000))));
    assert_eq!(parts[0].score, 1_000 * (35_000 - 11_120) / 35_000);
}

#[test]
fn a_time_within_what_lasted_is_no_time_apart() {
    let long = with(&[("until", time(NOON_MS + 5 * DAY_MS))]);
    let within = with(&[("time", time(NOON_MS + 3 * DAY_MS))]);
    let parts = of(&rule(1), &long, &within).expect("alike").parts;
    assert_eq!(parts[1].kind, Kind::Time(Some((0, 0))));
    let after = with(&[("time", time(NOON_MS + 6 * DAY_MS))]);
    let parts = of(&rule(1), &long, &after).expect("alike").parts;
    assert_eq!((&parts[1].kind, parts[1].score), (&Kind::Time(Some((86_400_000, 0))), 500));
}

#[test]
fn texts_without_a_word_agree_where_they_are_the_same() {
    let lettered = |letter: &str| with(&[("kinds", Value::Text(letter.to_owned()))]);
    let score = |one: &Record, other: &Record| of(&rule(70), one, other).map(|l| l.score);
    assert_eq!(score(&lettered("B"), &lettered("B")), Some(WHOLE));
    assert_eq!(score(&lettered("B"), &lettered("C")), None);
    assert_eq!(score(&lettered("B"), &lettered("Bravo")), None);
}

#[test]
fn what_must_agree_and_does_not_ends_it_and_what_is_not_said_does_not() {
    let other = with(&[("kinds", Value::Codes(["dawn".to_owned()].into()))]);
    assert_eq!(of(&rule(1), &record(), &other), None);
    let some = with(&[("kinds", Value::Codes(["day".to_owned()].into()))]);
    assert_eq!(score(&record(), &some), (1_000 * (3 + 3 + 2 + 2) + 500) / 11);
    let mut less = record();
    less.remove(&name("kinds"));
    assert_eq!(score(&record(), &less), 1_000 * 10 / 11);
}

#[test]
fn a_record_below_the_threshold_is_no_look_alike() {
    let other = with(&[("type", Value::Code("other".to_owned()))]);
    assert_eq!(of(&rule(81), &record(), &other).map(|likeness| likeness.score), Some(818));
    assert_eq!(of(&rule(82), &record(), &other), None);
}

#[test]
fn two_reports_of_one_event_in_two_languages_are_look_alikes() {
    let french = with(&[
        ("place", point(10_100_000, 150_200_000)),
        ("time", time(NOON_MS + 3 * HOUR_MS)),
        ("summary", Value::Text("Attaque d’hommes armés au marché de Menaka".to_owned())),
    ]);
    assert!(score(&record(), &french) > 700, "{}", score(&record(), &french));
    let elsewhere = with(&[
        ("place", point(11_000_000, 158_000_000)),
        ("time", time(NOON_MS + 3 * DAY_MS)),
        ("summary", Value::Text("Patrol of the police in Gao".to_owned())),
    ]);
    assert!(score(&record(), &elsewhere) < 400);
}

prop_compose! {
    fn records()(
        lon in 0..20_000_000_i32,
        lat in 140_000_000..160_000_000_i32,
        hours in 0..200_i64,
        lasts in proptest::option::of(0..100_i64),
        vague in prop::sample::select(vec!["near", "exact", "unknown"]),
        day in prop::sample::select(vec!["day", "minute", "unknown"]),
        kind in prop::sample::select(vec!["clash", "other"]),
        kinds in prop::collection::btree_set("[a-c]", 1..3),
        text in "[a-eé ]{0,40}",
        leave in 0..64_u8,
    ) -> Record {
        let mut all = vec![
            ("place", point(lon, lat)),
            ("time", time(NOON_MS + hours * HOUR_MS)),
            ("place-precision", Value::Code(vague.to_owned())),
            ("time-precision", Value::Code(day.to_owned())),
            ("type", Value::Code(kind.to_owned())),
            ("kinds", Value::Codes(kinds)),
        ];
        let mut bit = 0;
        all.retain(|_| { bit += 1; leave & (1 << (bit - 1)) == 0 });
        all.push(("summary", Value::Text(text)));
        all.extend(lasts.map(|lasts| ("until", time(NOON_MS + (hours + lasts) * HOUR_MS))));
        all.into_iter().map(|(field, value)| (name(field), value)).collect()
    }
}

proptest! {
    #[test]
    fn a_score_is_the_same_from_either_side_and_no_more_than_all(one in records(), other in records()) {
        let found = of(&rule(1), &one, &other);
        prop_assert_eq!(&found, &of(&rule(1), &other, &one));
        prop_assert!(found.is_none_or(|likeness| likeness.score <= 1_000));
    }

    #[test]
    fn no_record_is_more_like_another_than_that_is_like_itself(one in records(), other in records()) {
        prop_assert!(score(&one, &other) <= score(&one, &one) || score(&one, &one) == 0);
    }

    #[test]
    fn farther_is_never_more_alike(lat in 0..2_000_000_i32, more in 0..2_000_000_i32) {
        let at = |north: i32| with(&[("place", point(10_000_000, 150_000_000 + north))]);
        prop_assert!(score(&record(), &at(lat + more)) <= score(&record(), &at(lat)));
    }

    #[test]
    fn later_is_never_more_alike(hours in 0..100_i64, more in 0..100_i64) {
        let at = |hours: i64| with(&[("time", time(NOON_MS + hours * HOUR_MS))]);
        prop_assert!(score(&record(), &at(hours + more)) <= score(&record(), &at(hours)));
    }
}
