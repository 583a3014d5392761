//! Random work on one node: imports, corrections, deletions, settlements, undoings. At every moment
//! sums are those of the records and a rebuild changes nothing; an import taken back at once leaves
//! no trace.

use app::Choice;
use model::id::RecordId;
use serde_json::{Value as Json, json};
use testkit::SeededRandomness;

use crate::support::{TestNode, all, id_of};

const SEEDS: u64 = 8;
const STEPS: usize = 14;
const KEYS: [&str; 5] = ["A", "B", "C", "D", "E"];

/// A release in which some rows are missing and some cells differ.
fn release(dice: &mut SeededRandomness) -> String {
    let mut lines = vec!["source_id,occurred_at,type,summary,deaths_best,admin2".to_owned()];
    for key in KEYS {
        if dice.below(5) == 0 {
            continue;
        }
        let deaths = ["", "1", "2", "3"][pick(dice, 4)];
        let area = ["KU0101", "KU0203"][pick(dice, 2)];
        let day = 1 + dice.below(3);
        let words = ["armed men", "quiet"][pick(dice, 2)];
        lines.push(format!("{key},2021-1{day}-02T06:00Z,AC-CLASH,{words},{deaths},{area}"));
    }
    lines.join("\n")
}

fn pick(dice: &mut SeededRandomness, below: u64) -> usize {
    usize::try_from(dice.below(below)).expect("small")
}

/// Every record there ever was: whether it is there, what it shows, how many fields conflict.
fn everything(test: &TestNode) -> Vec<Json> {
    let shown = KEYS.iter().filter_map(|key| {
        let shown = test.node.show(&test.admin, "incident", &id_of("incident", key)).ok()?.0;
        let live = shown["deleted"] == json!(false);
        live.then(|| {
            json!([shown["values"], shown["conflicts"].as_object().map(serde_json::Map::len)])
        })
    });
    shown.collect()
}

fn assert_sums_are_right(test: &mut TestNode, told: &str) {
    let admin = test.admin.clone();
    let answer = test.node.ask(&admin, &all("incident")).expect("a page");
    let rows: Vec<Json> = answer.records.iter().map(|record| answer.json(record)).collect();
    let deaths: i64 = rows.iter().filter_map(|row| row["deaths_best"].as_i64()).sum();
    let groups = test.deaths_by(&admin, None, &["admin2", "month"]);
    let summed =
        groups.values().fold((0, 0), |(count, sum), group| (count + group.0, sum + group.1));
    assert_eq!(summed, (i64::try_from(rows.len()).expect("few"), deaths), "{told}");
    let words = app::Question { search: Some("armed".to_owned()), ..all("incident") };
    let armed = rows.iter().filter(|row| row["summary"] == json!("armed men")).count() as u64;
    assert_eq!(test.node.count(&admin, &words).expect("a count"), armed, "{told}");
}

/// Settles the first conflict there is, with its earliest value.
fn settle_one(test: &mut TestNode) {
    for key in KEYS {
        let id = id_of("incident", key);
        let Ok(shown) = test.node.show(&test.admin, "incident", &id) else { continue };
        let Some(conflicts) = shown.0["conflicts"].as_object() else { continue };
        let Some((field, seen)) = conflicts.iter().next() else { continue };
        let last = seen.as_array().and_then(|seen| seen.last()).expect("a value");
        let entry = last["entry"].as_str().expect("an entry").parse().expect("an id");
        let at = ("incident", id.as_str());
        let settled = test.node.settle(&test.admin, at, (field, &Choice::Entry(entry)), None);
        // A conflict of a deleted record is not settled.
        assert!(settled.is_ok() || shown.0["deleted"] == json!(true), "{settled:?}");
        return;
    }
}

fn edit_one(test: &mut TestNode, dice: &mut SeededRandomness) {
    let id = id_of("incident", KEYS[pick(dice, 5)]);
    let (field, text) =
        [("deaths_best", "7"), ("deaths_best", ""), ("summary", "armed men"), ("admin2", "KU0301")]
            [pick(dice, 4)];
    let answers = [(field.to_owned(), text.to_owned())];
    match test.node.edit_record(&test.admin, ("incident", &id), &answers, None) {
        Ok(_) => {}
        Err(error) => {
            let codes: Vec<&str> = error.findings.iter().map(|finding| finding.code).collect();
            assert!(codes == ["record-absent"] || codes == ["record-deleted"], "{codes:?}");
        }
    }
}

#[test]
fn an_import_undone_at_once_leaves_no_trace_and_nothing_drifts() {
    for seed in 0..SEEDS {
        let (mut test, mut dice) = (TestNode::minusek(), SeededRandomness::new(seed));
        let admin = test.admin.clone();
        let mut batches: Vec<RecordId> = Vec::new();
        for step in 0..STEPS {
            let told = format!("seed {seed}, step {step}");
            match dice.below(8) {
                0..=2 => batches.extend(test.incidents(&release(&mut dice)).batch),
                3 | 4 => edit_one(&mut test, &mut dice),
                5 => settle_one(&mut test),
                6 => {
                    let id = id_of("incident", KEYS[pick(&mut dice, 5)]);
                    // Not there, or deleted already, is fine.
                    drop(test.node.delete_record(&admin, ("incident", &id), None));
                }
                _ if batches.is_empty() => {}
                _ => {
                    let batch = batches[pick(&mut dice, batches.len() as u64)];
                    test.node
                        .undo(&admin, &batch)
                        .unwrap_or_else(|error| panic!("{told}: {error}"));
                }
            }
            assert_sums_are_right(&mut test, &told);
            let before = everything(&test);
            let batch = test.incidents(&release(&mut dice)).batch.expect("a batch");
            let undone = test.node.undo(&admin, &batch).expect("undone");
            assert_eq!(undone.kept, 0, "{told}");
            assert_eq!(everything(&test), before, "{told}");
            let again = test.node.undo(&admin, &batch).expect("undone");
            assert_eq!(again, app::Undone::default(), "{told}");
            let rebuilt = test.node.rebuild(&admin, &mut |_, _| {}).expect("rebuilt");
            assert_eq!(rebuilt.before, rebuilt.after, "{told}");
        }
        test.entries();
    }
}
