//! Tests of the module above.

use super::*;
use crate::subject::floor::Floor;
use crate::subject::naive::Naive;

const EVENTS: u64 = 2_000;

fn floor(folder: &Path) -> Box<dyn Subject> {
    let csv = folder.join("events.csv");
    write_csv(Generator::new(1, EVENTS), File::create(&csv).expect("a file")).expect("written");
    let mut floor = Floor::new(folder);
    floor.load(&csv).expect("loaded");
    Box::new(floor)
}

#[test]
fn every_subject_is_timed_on_every_question() {
    let folder = tempfile::tempdir().expect("a folder");
    let naive = Naive::new(Generator::new(1, EVENTS));
    let mut subjects = vec![floor(folder.path()), Box::new(naive)];
    for (question, asks) in question::asks(&Workload::new(1, EVENTS)) {
        let compared = compare::compare(question, &asks, &mut subjects).expect("answers");
        assert_eq!(compared.differences, vec![]);
        assert!(compared.answered > 0, "{question:?}");
        let timed = time(question, &asks, compared.answered, &mut subjects).expect("answers");
        assert!(timed.times.iter().all(|times| times.count() == asks.len()));
        assert!(timed.times.iter().all(|times| times.cpu_ms() > 0.0));
    }
}

#[test]
fn a_subject_that_lost_an_event_is_found_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let lacking = Naive::new(Generator::new(1, EVENTS).filter(|e| e.source_id != "SIM-00000777"));
    let mut subjects = vec![floor(folder.path()), Box::new(lacking)];
    let found = question::asks(&Workload::new(1, EVENTS))
        .into_iter()
        .flat_map(|(question, asks)| {
            let compared = compare::compare(question, &asks, &mut subjects).expect("answers");
            compared.differences
        })
        .collect::<Vec<_>>();
    assert!(found.iter().any(|difference| difference.question == Question::Deaths));
    assert!(found.iter().all(|difference| difference.subject == "naive"));
}

#[test]
fn words_are_also_taken_together() {
    let row = |question, ms| {
        let mut times = Times::default();
        times.add(std::time::Duration::from_millis(ms), std::time::Duration::from_millis(ms));
        let (times, load_average) = (vec![times], String::new());
        TimedQuestion { question, times, answered: ms, load_average }
    };
    let rows = [
        row(Question::Newest, 100),
        row(Question::RareWords, 1),
        row(Question::MiddlingWords, 2),
        row(Question::CommonWords, 6),
    ];
    let sum = together(Question::AllWords, &rows).expect("there are words");
    assert_eq!((sum.times[0].count(), sum.answered), (3, 9));
    assert!((sum.times[0].cpu_ms() - 3.0).abs() < 1e-9);
}
