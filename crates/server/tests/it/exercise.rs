//! The exercise of the shipped pack, loaded as a training centre would: to a day, then to the last.

use serde_json::{Value as Json, json};

use crate::casque::Casque;

/// How many of the injects a node tells, and the latest of their days.
fn told(casque: &Casque) -> (usize, u64) {
    let shown = casque.run(["exercise", "show", "--json"]).json();
    let injects = shown["injects"].as_array().expect("injects");
    let days = injects.iter().filter_map(|inject| inject["day"].as_u64());
    (injects.len(), days.max().unwrap_or_default())
}

fn load(casque: &Casque, until: &str) -> Json {
    let loaded = casque.run(["exercise", "load", "--until", until, "--json"]);
    assert_eq!((loaded.code, &loaded.json()["failures"]), (0, &json!([])), "{}", loaded.err);
    loaded.json()
}

/// Each act goes through the forms, rights and workflows of everybody, and what each person must see,
/// and must not, is asked as that person.
#[test]
fn thirty_days_go_as_the_exercise_says_and_the_journal_gives_the_same_state_again() {
    let casque = Casque::with_pack("minusek");
    load(&casque, "Day 16");
    let (injects, day) = told(&casque);
    assert!(injects < 40 && day <= 16, "nothing of a later day is told: {injects} to day {day}");
    let back = casque.run(["exercise", "load", "--until", "Day 9", "--json"]);
    assert!(back.code != 0 && back.err.contains("exercise-day-behind"), "{}", back.err);
    let loaded = load(&casque, "Day 30");
    assert_eq!((told(&casque), loaded["from_day"].as_u64()), ((40, 30), Some(16)));
    let ledger = casque.run(["exercise", "ledger"]).json();
    let drawn = &loaded["background"];
    assert!(drawn["rows"].as_u64().is_some_and(|rows| rows > 0), "{ledger}");
    assert_eq!(load(&casque, "30")["acts"], 0);
    assert_eq!(casque.run(["rebuild"]).code, 0);
}
