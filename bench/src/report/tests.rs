//! Tests of the module above.

use std::path::PathBuf;
use std::time::Duration;

use super::*;
use crate::measure::{Memory, Times};
use crate::run::{Plan, Question};
use crate::subject::{Extra, Step};

fn times(ms: u64) -> Times {
    let mut times = Times::default();
    times.add(Duration::from_millis(ms), Duration::from_millis(ms));
    times
}

fn about(name: &'static str, extras: Vec<Extra>) -> About {
    About {
        name,
        version: format!("{name} 1.0"),
        steps: vec![Step {
            what: "rows".to_owned(),
            cpu: Duration::from_secs(2),
            wall: Duration::from_secs(3),
        }],
        bytes_on_disk: 1_300_000,
        memory: Memory { anonymous_kb: 90_000, shared_kb: 0 },
        first_answer_ms: Some(12.34),
        extras,
    }
}

fn outcome(differences: Vec<Difference>) -> Outcome {
    let row = |question| TimedQuestion {
        question,
        times: vec![times(60), times(5)],
        answered: 77,
        load_average: "0.42".to_owned(),
    };
    let extra = Extra { what: "verify".to_owned(), value: "60,000 entries/s".to_owned() };
    Outcome {
        plan: Plan {
            events: 1_000,
            seed: 1,
            kinds: vec![Kind::Postgres, Kind::Floor],
            work: PathBuf::new(),
        },
        subjects: vec![about("postgres", vec![]), about("floor", vec![extra])],
        rows: vec![row(Question::Newest), row(Question::Count)],
        differences,
    }
}

fn difference() -> Difference {
    Difference { question: Question::Newest, subject: "floor", what: "they part".to_owned() }
}

#[test]
fn equal_answers_get_ratios_beside_their_goals() {
    let text = run(&outcome(vec![]), "bench run");
    for line in [
        "| newest 100 in box and time | 1 | 77 | floor | 5.00 | 5.00 | 5.00 | 12.0 (10) | 12.0 (5) | 0.42 |",
        "All subjects gave the same answers to every question.",
        "| floor | verify | 60,000 entries/s |",
        "| floor | 1 | 1300 | 90 | 0 | 12.3 |",
        "| floor | **all** | 2.00 | 3.00 | 500 |",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\nnot in\n{text}");
    }
}

#[test]
fn another_answer_gets_no_ratio_for_its_question_only() {
    let text = run(&outcome(vec![difference(); 7]), "bench run");
    assert!(
        text.contains("| floor | 5.00 | 5.00 | 5.00 | answers differ | answers differ |"),
        "{text}"
    );
    assert!(text.contains("| floor | 5.00 | 5.00 | 5.00 | 12.0 (5) | 12.0 (5) |"), "{text}");
    assert!(text.contains("7 answers differ:") && text.contains("- and 2 more"), "{text}");
    let grown = growth(&[outcome(vec![difference()])], "bench growth");
    assert!(grown.contains("| newest 100 in box and time | floor | answers differ |"), "{grown}");
}

#[test]
fn a_question_without_a_goal_of_its_own_shows_none() {
    let mut words = outcome(vec![]);
    words.rows[0].question = Question::RareWords;
    let text = run(&words, "bench run");
    assert!(text.contains("two rare words | 1 | 77 | floor | 5.00 | 5.00 | 5.00 | 12.0 | 12.0 |"));
}

#[test]
fn without_the_peer_there_are_no_ratios() {
    let mut alone = outcome(vec![]);
    alone.plan.kinds = vec![Kind::Floor, Kind::Floor];
    let text = run(&alone, "bench run");
    assert!(text.contains("| floor | 5.00 | 5.00 | 5.00 | – | – | 0.42 |"), "{text}");
}

#[test]
fn growth_has_a_column_for_each_size() {
    let mut larger = outcome(vec![]);
    larger.plan.events = 3_000_000;
    let outcomes = [outcome(vec![]), larger];
    let text = growth(&outcomes, "bench growth");
    assert!(text.contains("| question | subject | 1,000 | 3,000,000 |"), "{text}");
    assert!(text.contains("| bytes on disk per event | floor | 1300 | 0 |"), "{text}");
    let drawing = chart(&outcomes);
    assert_eq!(drawing.matches("<polyline").count(), 2 * 2 + 2, "two panels and the legend");
}

#[test]
fn only_the_text_between_the_markers_changes() {
    let document = "a\n<!-- x:begin -->\nold\n<!-- x:end -->\nb\n";
    let expected = "a\n<!-- x:begin -->\nnew\n<!-- x:end -->\nb\n";
    assert_eq!(replaced(document, "x", "new\n").as_deref(), Some(expected));
    assert_eq!(replaced(document, "y", "new"), None);
}

#[test]
fn numbers_are_shown_with_three_digits() {
    assert_eq!([2_337.4, 31.92, 6.3, 0.0204].map(digits), ["2337", "31.9", "6.30", "0.020"]);
    assert_eq!([1_000_000, 999].map(thousands), ["1,000,000", "999"]);
}
