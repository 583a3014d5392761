//! What the shipped packs say, and that nothing is wrong with them.

use std::collections::BTreeSet;

use forms::compiled::Compiled;
use mission::load::{check, load};
use mission::pack::Pack;
use mission::places;
use model::finding::Finding;
use model::place::Position;

use crate::disk::Disk;

fn loaded(name: &str) -> Pack {
    load(name, &Disk).map_err(|findings| lines(&findings)).expect(name)
}

fn lines(findings: &[Finding]) -> String {
    findings.iter().map(Finding::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_pack_checks_without_a_word() {
    for name in ["core", "minusma", "minusek"] {
        let findings = check(name, &Disk);
        assert!(findings.is_empty(), "{name}:\n{}", lines(&findings));
    }
}

#[test]
fn every_pack_has_the_registers_of_the_core() {
    for name in ["core", "minusma", "minusek"] {
        let pack = loaded(name);
        for register in [
            "incident",
            "deployment",
            "casualty",
            "site",
            "alert",
            "patrol",
            "support-assessment",
            "ceasefire-complaint",
            "violation",
            "evacuation",
            "agreement-commitment",
            "engagement",
            "political-event",
            "state-presence",
            "access-constraint",
            "displacement",
            "return",
            "poc-threat",
            "hazard",
            "eo-accident",
            "destruction",
            "polling-site",
            "election-incident",
            "cantonment-site",
            "redeployment",
            "ddr-participant",
            "weapon",
            "grave-violation",
            "crsv-report",
            "requirement",
            "pledge",
            "inspection",
            "unit",
            "civilian-post",
            "handover",
            "actor",
            "information-report",
            "activity",
            "project",
            "un-security",
            "conduct-case",
            "environment-check",
            "heritage-site",
            "outreach",
            "operation",
        ] {
            assert!(pack.register(register).is_some(), "{register} of {name}");
        }
    }
}

#[test]
fn every_incident_has_the_fields_people_ask_for() {
    let pack = loaded("minusma");
    let incident = pack.register("incident").expect("a register");
    for field in [
        "occurred_at",
        "occurred_precision",
        "place",
        "place_precision",
        "place_name",
        "admin1",
        "admin2",
        "type",
        "deaths_low",
        "deaths_best",
        "deaths_high",
        "side_a",
        "side_b",
        "verification",
        "source_grade",
        "credibility",
        "classification",
        "caveat",
        "summary",
        "source_id",
    ] {
        assert!(incident.form.field(field).is_some(), "{field}");
    }
}

#[test]
fn the_mandates_have_their_tasks_and_ceilings() {
    let pack = loaded("minusma");
    assert_eq!(pack.mandates.len(), 11);
    let tasks = |number| pack.mandates_numbered(number).map(|m| m.tasks.len()).sum::<usize>();
    assert_eq!((tasks(2100), tasks(2164), tasks(2364)), (8, 9, 15));
    let latest = pack.mandates_numbered(2364).next().expect("a mandate");
    assert_eq!(latest.ceilings["military"], 13_289);
    assert_eq!(latest.ceilings["police"], 1_920);
    assert_eq!(latest.issues.len(), 7);
    let exercise = loaded("minusek");
    let mandate = exercise.mandates_numbered(2271).next().expect("a mandate");
    assert!(mandate.key.fictional && exercise.fictional);
    assert_eq!((mandate.key.year, mandate.tasks.len()), (2021, 12));
}

/// A register of the core names tasks of every mission, which no single pack can check.
#[test]
fn every_task_the_core_names_as_evidence_is_one_of_some_mission() {
    let mut known = BTreeSet::new();
    let mut evident = BTreeSet::new();
    for name in ["minusma", "minusek"] {
        let pack = loaded(name);
        for mandate in &pack.mandates {
            known.extend(mandate.tasks.iter().map(|task| task.id.clone()));
            known.extend(mandate.issues.iter().map(|issue| issue.id.clone()));
        }
        evident.extend(pack.registers.values().flat_map(|r| r.evidence_for.clone()));
    }
    assert!(evident.is_subset(&known));
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/core/registers");
    for register in std::fs::read_dir(folder).expect("registers") {
        let file = register.expect("a folder").path().join("register.toml");
        let content = std::fs::read_to_string(&file).expect("settings");
        let settings: toml::Table = content.parse().expect("TOML");
        for id in settings.get("evidence_for").and_then(|v| v.as_array()).into_iter().flatten() {
            let id = id.as_str().expect("an id");
            assert!(known.contains(id), "{}: {id}", file.display());
        }
    }
}

/// What a mission is asked to do leaves a record somewhere.
#[test]
fn every_task_of_every_mandate_has_a_register_as_evidence() {
    let mut tasks = Vec::new();
    let mut evident = BTreeSet::new();
    for name in ["minusma", "minusek"] {
        let pack = loaded(name);
        tasks.extend(pack.mandates.iter().flat_map(|m| m.tasks.iter().map(|t| t.id.clone())));
        evident.extend(pack.registers.values().flat_map(|r| r.evidence_for.clone()));
    }
    assert_eq!(tasks.len(), 44);
    tasks.retain(|task| !evident.contains(task));
    assert_eq!(tasks, [""; 0], "tasks without evidence");
}

/// Constraints, relevance and defaults of the shipped forms name what there is, and end.
#[test]
fn every_expression_of_every_register_compiles() {
    for register in loaded("core").registers.values() {
        let compiled = Compiled::new(&register.form, &register.lists);
        let told = compiled.map(drop).map_err(|findings| lines(&findings));
        assert_eq!(told, Ok(()), "{}", register.name);
    }
}

#[test]
fn towns_lie_in_the_areas_they_should() {
    let places = places::load("minusma", &Disk).map_err(|f| lines(&f)).expect("places");
    let gao = Position::parse("-0.0447", "16.2717").expect("a position");
    for (level, name) in [(1, "Gao"), (2, "Gao")] {
        let area = places.find(level, gao).and_then(|code| places.area(code)).expect("an area");
        assert_eq!(area.name, name);
    }
    assert!(places.settlements().len() > 10_000);
    assert_eq!(places.find(1, Position::parse("10", "50").expect("a position")), None);
}
