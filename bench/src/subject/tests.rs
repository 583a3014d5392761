//! Tests of the module above.

use super::floor::Floor;
use super::naive::Naive;
use super::{Subject, TEXT_LIMIT, WINDOW_LIMIT};
use crate::generator::{Generator, write_csv};
use crate::workload::Workload;

const EVENTS: u64 = 6_000;

fn loaded_floor(folder: &std::path::Path) -> Floor {
    let csv = folder.join("events.csv");
    let file = std::fs::File::create(&csv).expect("a file");
    write_csv(Generator::new(1, EVENTS), file).expect("written");
    let mut floor = Floor::new(folder);
    floor.load(&csv).expect("loaded");
    floor
}

#[test]
fn the_floor_answers_every_question_as_the_naive_walk_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut floor = loaded_floor(folder.path());
    let mut naive = Naive::new(Generator::new(1, EVENTS));
    let workload = Workload::new(1, EVENTS);
    for window in &workload.windows {
        let expected = naive.newest_in_window(window).expect("an answer");
        assert_eq!(floor.newest_in_window(window).expect("an answer"), expected);
        let expected = naive.count_in_window(window).expect("an answer");
        assert_eq!(floor.count_in_window(window).expect("an answer"), expected);
    }
    for query in workload.rare.iter().chain(&workload.middling).chain(&workload.common) {
        let expected = naive.text_newest(query).expect("an answer");
        assert_eq!(floor.text_newest(query).expect("an answer"), expected, "{query:?}");
    }
    let expected = naive.deaths_by_district_month().expect("an answer");
    assert_eq!(floor.deaths_by_district_month().expect("an answer"), expected);
}

/// Otherwise the comparison above would compare little.
#[test]
fn the_questions_reach_both_limits_and_hide_something() {
    let mut naive = Naive::new(Generator::new(1, EVENTS));
    let workload = Workload::new(1, EVENTS);
    let full = |hits: Vec<super::Hit>, limit: u32| hits.len() == limit as usize;
    assert!(
        workload
            .windows
            .iter()
            .any(|w| full(naive.newest_in_window(w).expect("hits"), WINDOW_LIMIT))
    );
    assert!(workload.common.iter().any(|t| full(naive.text_newest(t).expect("hits"), TEXT_LIMIT)));
    let figures = naive.deaths_by_district_month().expect("figures");
    let counted: i64 = figures.iter().map(|figure| figure.events).sum();
    assert!((1..6_000).contains(&counted), "{counted} of {EVENTS} are for the viewer's eyes");
}
