//! The data the packs carry comes in whole, through the ordinary importer.

use app::{Question, SumBy};
use serde_json::{Value as Json, json};

use crate::support::{TestNode, all, counts, filtered, packs};

fn import(test: &mut TestNode, pack: &str, register: &str, mapping: &str, file: &str) -> [u64; 5] {
    let file = packs().join(pack).join("demo").join(file);
    let report = test.import(register, mapping, &file);
    assert_eq!(report.refused, 0, "{:?}", report.refused_rows);
    counts(&report)
}

#[test]
fn everything_minusma_carries_comes_in_and_again_changes_nothing() {
    let files = [
        ("incident", "ucdp", "ucdp-mali-1990-2019.csv", 735),
        ("casualty", "un-fatalities", "un-fatalities-minusma-2013-2022.csv", 298),
        ("site", "ourairports", "ourairports-mali.csv", 36),
        ("site", "who-health-sites", "who-health-sites-mali.csv", 1478),
    ];
    let mut test = TestNode::minusma();
    for (register, mapping, file, rows) in files {
        let found = import(&mut test, "minusma", register, mapping, file);
        assert_eq!(found, [rows, 0, 0, 0, 0], "{file}");
    }
    let counted = test.node.record_counts(&test.admin).expect("counts");
    let filled: Vec<(&String, &Json)> = counted
        .as_object()
        .expect("an object")
        .iter()
        .filter(|(_register, count)| **count != json!(0))
        .collect();
    assert_eq!(json!(filled), json!([["casualty", 298], ["incident", 735], ["site", 1514]]));
    let (hash, entries) = (test.node.state_hash().expect("a hash"), test.entries());
    for (register, mapping, file, rows) in files {
        let found = import(&mut test, "minusma", register, mapping, file);
        assert_eq!(found, [0, 0, rows, 0, 0], "{file} again");
    }
    assert_eq!(test.entries(), entries + 4, "one entry for each opening of a batch");
    assert_ne!(test.node.state_hash().expect("a hash"), hash, "the batches are facts");
    test.assert_rebuild_changes_nothing();
}

#[test]
fn everything_minusek_carries_comes_in() {
    let mut test = TestNode::minusek();
    for (register, file, rows) in [
        ("site", "sites.csv", 18),
        ("deployment", "deployments.csv", 10),
        ("incident", "incidents.csv", 16),
        ("support-assessment", "support-assessments.csv", 2),
        ("alert", "alerts.csv", 10),
        ("patrol", "patrols.csv", 10),
        ("ceasefire-complaint", "ceasefire-complaints.csv", 3),
        ("evacuation", "evacuations.csv", 2),
        ("agreement-commitment", "agreement-commitments.csv", 24),
        ("engagement", "engagements.csv", 24),
        ("political-event", "political-events.csv", 22),
        ("state-presence", "state-presence.csv", 20),
        ("access-constraint", "access-constraints.csv", 21),
        ("displacement", "displacements.csv", 18),
        ("return", "returns.csv", 12),
        ("poc-threat", "poc-threats.csv", 15),
        ("hazard", "hazards.csv", 13),
        ("eo-accident", "eo-accidents.csv", 12),
        ("destruction", "destructions.csv", 12),
        ("polling-site", "polling-sites.csv", 23),
        ("election-incident", "election-incidents.csv", 14),
        ("cantonment-site", "cantonment-sites.csv", 12),
        ("redeployment", "redeployments.csv", 12),
        ("ddr-participant", "ddr-participants.csv", 84),
        ("weapon", "weapons.csv", 64),
        ("crsv-report", "crsv-reports.csv", 15),
    ] {
        let found = import(&mut test, "minusek", register, "generic", file);
        assert_eq!(found, [rows, 0, 0, 0, 0], "{file}");
    }
    test.assert_rebuild_changes_nothing();
}

#[test]
fn sums_by_area_and_month_are_those_of_the_records_one_by_one() {
    let mut test = TestNode::minusma();
    test.ucdp();
    let admin = test.admin.clone();
    for filter in
        [None, Some("occurred_at >= DATE('2017-01-01') AND occurred_at < DATE('2018-01-01')")]
    {
        for by in [&["admin2"][..], &["month"], &["admin2", "month"], &["admin1", "type"]] {
            let mut counted: std::collections::BTreeMap<Vec<Option<String>>, (i64, i64)> =
                [].into();
            let question = Question { filter: filter.map(str::to_owned), ..all("incident") };
            let answer = test.node.ask(&admin, &question).expect("a page");
            for record in &answer.records {
                let row = answer.json(record);
                let key = by.iter().map(|field| match *field {
                    "month" => row["occurred_at"].as_str().map(|at| at.chars().take(7).collect()),
                    field => row[field].as_str().map(str::to_owned),
                });
                let group = counted.entry(key.collect()).or_default();
                let deaths = row["deaths_best"].as_i64().unwrap_or(0);
                *group = (group.0 + 1, group.1 + deaths);
            }
            assert_eq!(test.deaths_by(&admin, filter, by), counted, "{filter:?} by {by:?}");
        }
    }
}

#[test]
fn a_box_words_and_a_count_agree_with_the_records_one_by_one() {
    let mut test = TestNode::minusma();
    test.ucdp();
    let boxed = filtered("incident", "S_INTERSECTS(place, BBOX(-5, 13, 0, 17))");
    let answer = test.node.ask(&test.admin, &all("incident")).expect("a page");
    let inside = answer.records.iter().map(|record| answer.json(record)).filter(|row| {
        let at = |nth: usize| row["place"]["coordinates"][nth].as_f64().expect("a coordinate");
        (-5.0..=0.0).contains(&at(0)) && (13.0..=17.0).contains(&at(1))
    });
    let inside = inside.count() as u64;
    assert!(inside > 50);
    assert_eq!(test.node.count(&test.admin, &boxed).expect("a count"), inside);
    let exported = test.export(&test.admin, &boxed).expect("exported");
    assert_eq!(exported.len() as u64, inside);
    let words = Question { search: Some("civilians gao".to_owned()), ..all("incident") };
    let found = test.node.count(&test.admin, &words).expect("a count");
    let holding = answer.records.iter().map(|record| answer.json(record)).filter(|row| {
        let texts = ["summary", "place_name", "side_a", "side_b", "source_remark"];
        let text: Vec<&str> = texts.iter().filter_map(|field| row[*field].as_str()).collect();
        let text = text.join(" ").to_lowercase();
        let held: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).collect();
        held.contains(&"civilians") && held.contains(&"gao")
    });
    assert_eq!(found, holding.count() as u64);
    assert!(found > 0);
}

#[test]
fn sums_of_what_cannot_be_summed_are_refused_by_name() {
    let test = TestNode::minusek();
    let ask = |sums: &str, by: &str| SumBy {
        question: all("incident"),
        sums: vec![sums.to_owned()],
        by: vec![by.to_owned()],
    };
    let admin = test.admin.clone();
    for (sums, by) in [("summary", "admin2"), ("deaths", "admin2"), ("deaths_best", "district")] {
        let refused = test.node.sums(&admin, &ask(sums, by));
        assert_eq!(crate::support::refusal(refused).0, app::Kind::Invalid, "{sums} by {by}");
    }
}
