//! The doctor finds what is wrong and names what mends it.

use app::{Check, Condition, Environment, Node};
use testkit::{FixedClock, SeededRandomness};

use crate::support::TestNode;

fn condition(checks: &[Check], what: &str) -> Option<(bool, &'static str)> {
    let check = checks.iter().find(|check| check.what == what).expect("it looks at this");
    match &check.condition {
        Condition::Good => None,
        Condition::Warning(finding) => Some((false, finding.code)),
        Condition::Bad(finding) => Some((true, finding.code)),
    }
}

/// The node again, at another time of its clock.
fn at(test: TestNode, instant: &str) -> TestNode {
    let TestNode { folder, node, admin } = test;
    let data = node.files().folder.clone();
    drop(node);
    let environment = Environment {
        clock: Box::new(FixedClock::at(instant)),
        randomness: Box::new(SeededRandomness::new(4)),
    };
    let node = Node::open(&data, environment).unwrap_or_else(|error| panic!("{error}"));
    TestNode { folder, node, admin }
}

#[test]
fn a_new_node_is_well() {
    let test = TestNode::minusek();
    let checks = test.node.doctor(&test.admin).expect("looked at");
    assert!(checks.len() >= 6);
    for check in &checks {
        assert!(!matches!(check.condition, Condition::Bad(_)), "{check:?}");
    }
}

#[test]
fn a_clock_years_off_is_found_and_does_not_disturb_the_order_of_work() {
    let mut test = at(TestNode::minusek(), "2019-01-01T00:00:00Z");
    let checks = test.node.doctor(&test.admin).expect("looked at");
    assert_eq!(condition(&checks, "clock"), Some((true, "clock-wrong")));
    test.incidents("source_id,occurred_at,type,deaths_best\nA,2021-11-02T06:00Z,AC-CLASH,1\n");
    test.edit("A", &[("deaths_best", "2")]);
    let times: Vec<String> = test
        .history("A")
        .iter()
        .map(|step| step["at"].as_str().expect("a time").to_owned())
        .collect();
    assert!(
        times.iter().all(|time| time.starts_with("2026-11-22")),
        "never before what was: {times:?}"
    );
    assert_eq!(test.value("A", "deaths_best"), serde_json::json!(2));
    let test = at(test, "2026-11-20T08:00:00Z");
    let checks = test.node.doctor(&test.admin).expect("looked at");
    assert_eq!(condition(&checks, "clock"), Some((true, "clock-behind")));
}

#[test]
fn conflicts_that_wait_for_somebody_are_counted() {
    let mut test = TestNode::minusek();
    let row = |deaths: u8| {
        format!("source_id,occurred_at,type,deaths_best\nA,2021-11-02T06:00Z,AC-CLASH,{deaths}\n")
    };
    test.incidents(&row(1));
    test.edit("A", &[("deaths_best", "2")]);
    test.incidents(&row(3));
    let checks = test.node.doctor(&test.admin).expect("looked at");
    assert_eq!(condition(&checks, "conflicts"), Some((false, "conflicts-open")));
}

#[test]
fn a_device_key_of_another_node_is_found() {
    let test = TestNode::minusek();
    let key = test.node.files().key();
    let mut foreign = std::fs::read(&key).expect("read");
    foreign[0] = if foreign[0] == b'0' { b'1' } else { b'0' };
    std::fs::write(&key, foreign).expect("written");
    let test = at(test, "2026-11-22T08:00:00Z");
    let checks = test.node.doctor(&test.admin).expect("looked at");
    assert_eq!(condition(&checks, "device-key"), Some((true, "device-key-foreign")));
}
