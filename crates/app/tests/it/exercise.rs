//! What the registers of the core pack promise, kept on the records of the exercise: clocks that tell who
//! was answered, no joint patrol without an assessment, two persons and an embargo for a casualty.

use app::{Answers, AppError, ClockQuestion, Kind, Question, Viewer};
use serde_json::{Value as Json, json};

use crate::desk::figures;
use crate::support::{TestNode, all, filtered, id_of, packs, refusal, texts, user};

/// A node with the given files of the exercise.
fn exercise(files: &[(&str, &str)]) -> TestNode {
    let mut test = TestNode::minusek();
    for (register, file) in files {
        let file = packs().join("minusek/demo").join(file);
        let report = test.import(register, "generic", &file);
        assert_eq!(report.refused, 0, "{:?}", report.refused_rows);
    }
    test
}

fn total(test: &TestNode, register: &str, from: &str, to: &str) -> Json {
    let question = Question { limit: 0, ..all(register) };
    let asked = ClockQuestion { question, from: from.to_owned(), to: to.to_owned(), by: vec![] };
    let told = test.node.clock(&test.admin, &asked).unwrap_or_else(|error| panic!("{error}"));
    figures(&told["total"])
}

fn step(
    test: &mut TestNode,
    by: &Viewer,
    (register, id): (&str, &str),
    name: &str,
    values: &[(&str, &str)],
) -> Result<(), AppError> {
    let values = texts(values);
    let step = (name, Answers::from(&values));
    test.node.transition(by, (register, id), step, None).map(|done| done.outcome)
}

#[test]
fn warnings_that_nobody_came_for_are_counted_apart_from_those_that_are_open() {
    let test = exercise(&[("alert", "alerts.csv")]);
    // The three that were reached took 1:55, 5:40 and 18:10; one has no time of verification.
    assert_eq!(
        total(&test, "alert", "verified", "arrived"),
        json!([8, 3, 20_400, 65_400, 2, 2, 1, 0])
    );
}

#[test]
fn an_evacuation_is_held_against_two_hours_from_wounding() {
    let test = exercise(&[("evacuation", "evacuations.csv")]);
    assert_eq!(
        total(&test, "evacuation", "wounded", "at-surgery"),
        json!([2, 1, 11_400, 11_400, 0, 1, 0, 0])
    );
}

#[test]
fn no_joint_patrol_leaves_without_an_assessment_that_holds_on_the_day() {
    let mut test =
        exercise(&[("support-assessment", "support-assessments.csv"), ("patrol", "patrols.csv")]);
    let planner = test.add(user("planner", &["force-planner"]));
    let rights = test.add(user("rights", &["human-rights-officer"]));
    let chief = test.add(user("chief", &["mission-leadership"]));
    let (patrol, assessment) = (id_of("patrol", "KD-P15"), id_of("support-assessment", "KD-S15"));
    let approve = |test: &mut TestNode| {
        step(test, &planner, ("patrol", &patrol), "approve", &[("approved_by", "U3")])
    };
    assert_eq!(refusal(approve(&mut test)).1, ["gate-shut"]);
    let named = texts(&[("support_assessment", assessment.as_str())]);
    test.node.edit_record(&planner, ("patrol", &patrol), &named, None).expect("an edit");
    assert_eq!(refusal(approve(&mut test)).1, ["gate-shut"], "it is weighed, not granted");
    let weighed = [("risk", "high"), ("risk_text", "linked"), ("residual_risk", "medium")];
    let support = ("support-assessment", assessment.as_str());
    step(&mut test, &rights, support, "assess", &weighed).expect("weighed");
    let grant = |from, until| {
        [
            ("decided_by", "Chief of Staff"),
            ("conditions", "the company alone"),
            ("valid_from", from),
            ("valid_until", until),
            ("review_on", "2026-12-01T00:00Z"),
        ]
    };
    let past = grant("2021-11-11", "2021-11-12");
    assert_eq!(
        refusal(step(&mut test, &rights, support, "grant-with-conditions", &past)).1,
        ["transition-role"],
        "whoever weighs does not decide"
    );
    step(&mut test, &chief, support, "grant-with-conditions", &past).expect("granted");
    assert_eq!(refusal(approve(&mut test)).1, ["gate-shut"], "it has ended");
    let admin = test.admin.clone();
    let longer = texts(&[("valid_until", "2026-12-31")]);
    test.node.edit_record(&admin, support, &longer, None).expect("an edit");
    approve(&mut test).expect("the gate is open");
}

#[test]
fn a_casualty_needs_two_persons_and_is_unseen_until_kin_are_told() {
    let mut test = TestNode::minusek();
    let first = test.add(user("first", &["joc-chief"]));
    let second = test.add(user("second", &["mission-leadership"]));
    let planner = test.add(user("planner", &["force-planner"]));
    let values = texts(&[
        ("casualty_id", "KD-N07"),
        ("cause", "malicious-act"),
        ("outcome", "fatality"),
        ("personnel_type", "military"),
        ("occurred_at", "2021-11-05T07:40Z"),
    ]);
    let id = test.node.create_record(&first, "casualty", Answers::from(&values), None);
    let id = id.unwrap_or_else(|error| panic!("{error}")).outcome.to_string();
    let casualty = ("casualty", id.as_str());
    step(&mut test, &first, casualty, "authorize-first", &[("first_authorizer", "JOC")])
        .expect("the first");
    let again = [("second_authorizer", "JOC"), ("notified", "Headquarters")];
    assert_eq!(
        refusal(step(&mut test, &first, casualty, "authorize-second", &again)).1,
        ["transition-same-person"]
    );
    step(&mut test, &second, casualty, "authorize-second", &again).expect("the second");
    assert_eq!(refusal(test.node.show(&planner, "casualty", &id)).0, Kind::DeniedOrAbsent);
    let told =
        [("kin_told", "yes"), ("kin_told_on", "2021-11-06"), ("kin_told_by", "Permanent Mission")];
    step(&mut test, &second, casualty, "confirm-kin-told", &told).expect("told");
    test.node.show(&planner, "casualty", &id).expect("the embargo has ended");
}

#[test]
fn what_a_party_says_it_did_is_found_by_somebody_else() {
    let mut test = exercise(&[("agreement-commitment", "agreement-commitments.csv")]);
    let first = test.add(user("first", &["political-officer"]));
    let second = test.add(user("second", &["political-officer"]));
    let section = test.add(user("section", &["section-officer"]));
    let id = id_of("agreement-commitment", "KD-T1.4");
    let owed = ("agreement-commitment", id.as_str());
    let told = [("claimed_by", "the ministry")];
    assert_eq!(refusal(step(&mut test, &section, owed, "claim", &told)).0, Kind::DeniedOrAbsent);
    step(&mut test, &first, owed, "claim", &told).expect("noted");
    let found = [("verified_by", "Political Affairs"), ("verification_basis", "a visit")];
    assert_eq!(
        refusal(step(&mut test, &first, owed, "verify", &found)).1,
        ["transition-same-person"]
    );
    step(&mut test, &second, owed, "verify", &found).expect("found");
}

#[test]
fn the_matrix_of_a_threat_is_worked_out_when_it_is_assessed() {
    let mut test = exercise(&[("poc-threat", "poc-threats.csv")]);
    let chief = test.add(user("chief", &["joc-chief"]));
    let id = id_of("poc-threat", "KD-W14");
    let values = [("likelihood", "3"), ("impact", "5"), ("review_at", "2026-12-01T10:00Z")];
    step(&mut test, &chief, ("poc-threat", &id), "assess", &values).expect("assessed");
    let critical =
        filtered("poc-threat", "threat_no = 'PT-014' AND score = 15 AND level = 'critical'");
    assert_eq!(test.node.count(&chief, &critical).expect("a count"), 1);
}
