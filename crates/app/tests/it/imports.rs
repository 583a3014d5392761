//! Importing real files: keys, newer releases, corrections made here, undo.

use app::{Question, SumBy};

use crate::support::TestNode;

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
