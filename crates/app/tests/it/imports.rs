//! Importing real files: keys, newer releases, corrections made here, undo.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;

use app::{Import, Question, SumBy};

use crate::support::{TestNode, environment, packs};

fn counts(report: &app::ImportReport) -> (u64, u64, u64, u64) {
    (report.created, report.updated, report.unchanged, report.refused)
}

#[test]
fn real_events_come_in_once_and_the_same_file_again_changes_nothing() {
    let mut test = TestNode::minusma();
    let first = test.ucdp();
    assert_eq!(counts(&first), (735, 0, 0, 0), "{:?}", first.refused_rows);
    let entries = test.node.verify(&mut |_, _| {}).expect("verified").entries;
    let again = test.ucdp();
    assert_eq!(counts(&again), (0, 0, 735, 0));
    let after = test.node.verify(&mut |_, _| {}).expect("verified");
    assert_eq!(after.entries, entries + 1, "only the batch was written");
    assert!(after.damage.is_empty());
    let rebuilt = test.node.rebuild(&test.admin, &mut |_, _| {}).expect("rebuilt");
    assert_eq!(rebuilt.before, rebuilt.after);
}

#[test]
fn the_worst_districts_of_a_year_come_from_the_cube_as_from_the_table() {
    let mut test = TestNode::minusma();
    test.ucdp();
    let question = Question {
        register: "incident".to_owned(),
        filter: Some(
            "occurred_at >= DATE('2018-01-01') AND occurred_at < DATE('2019-01-01')".into(),
        ),
        limit: 5,
        ..Question::default()
    };
    let by_cube = SumBy { question, sums: vec!["deaths_best".into()], by: vec!["admin2".into()] };
    let worst = test.node.sums(&test.admin, &by_cube).expect("sums");
    assert_eq!(worst.len(), 5);
    assert!(worst[0].area.is_some(), "{worst:?}");
    let mut by_table = by_cube.clone();
    by_table.question.filter = by_cube.question.filter.map(|f| format!("{f} AND deaths_best >= 0"));
    assert_eq!(test.node.sums(&test.admin, &by_table).expect("sums"), worst);
}

#[test]
fn somebody_who_signs_in_does_not_wait_for_the_end_of_an_import() {
    let mut test = TestNode::minusma();
    let mut other = test.node.another(environment(2)).expect("another connection");
    let file = packs().join("minusma/demo/ucdp-mali-1990-2019.csv");
    let (register, mapping) = ("incident", "ucdp");
    let import = Import { rows_per_commit: 5, ..Import::of((register, mapping), &file) };
    let rows = &AtomicU64::new(0);
    let (begun, beginning) = mpsc::channel();
    let taken_in = std::thread::scope(|scope| {
        let guessing = scope.spawn(move || {
            beginning.recv().expect("it begins");
            for guess in 0..5 {
                let address = [10, 0, 0, guess].into();
                other.sign_in_begin(&format!("nobody-{guess}"), address).expect("counted");
            }
            rows.load(Ordering::Relaxed)
        });
        let each = &mut |_row, _fate| {
            if rows.fetch_add(1, Ordering::Relaxed) == 0 {
                begun.send(()).expect("somebody waits");
            }
        };
        test.node.import(&test.admin, &import, each).expect("imported");
        guessing.join().expect("guessed")
    });
    assert!(taken_in < 735, "it waited until all rows were in");
}
