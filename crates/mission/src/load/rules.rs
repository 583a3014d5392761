//! What must hold between the parts of a pack.

use std::collections::BTreeSet;
use std::sync::Arc;

use forms::labels::Labels;
use forms::list::CodeList;
use forms::suggestion::suggestion;
use model::classification::Classification;
use model::finding::Finding;
use model::id::Name;
use policy::Role;

use crate::findings::Findings;
use crate::laid::Parts;
use crate::register::{Register, at_field, check_gates, check_roles, check_symbols};

/// Checks lists, compartments, registers and roles against each other.
pub(super) fn check(
    lists: &Parts<Arc<CodeList>>,
    compartments: &Parts<Labels>,
    registers: &Parts<Register>,
    roles: &Parts<Role>,
    findings: &Findings,
) {
    check_classification(lists, findings);
    check_caveats(lists, compartments, findings);
    check_crosswalks(lists, findings);
    for laid in lists.values() {
        check_symbols(&laid.part, laid.file(), findings);
    }
    for register in registers.values().map(|laid| &laid.part) {
        check_record_fields(register, registers, findings);
        check_sealed_fields(register, compartments, findings);
    }
    check_gates(registers, findings);
    check_roles(registers, roles, findings);
}

/// The levels of classification are the same in every mission.
fn check_classification(lists: &Parts<Arc<CodeList>>, findings: &Findings) {
    let Some(laid) = lists.get(policy::CLASSIFICATION) else { return };
    let found: BTreeSet<&str> = laid.part.codes().iter().map(|code| code.code.as_str()).collect();
    let known = Classification::ALL.map(Classification::code);
    if found != BTreeSet::from(known) {
        let finding = Finding { code: "list-classification", ..laid.at.clone() };
        findings.push(finding.with("expected", known.join(", ")));
    }
}

/// A caveat puts a record into the compartment of its name: there must be one for each, and a
/// compartment without caveat could hold nothing.
fn check_caveats(lists: &Parts<Arc<CodeList>>, compartments: &Parts<Labels>, findings: &Findings) {
    let Some(laid) = lists.get(policy::CAVEAT) else { return };
    for code in laid.part.codes() {
        if !compartments.contains_key(code.code.as_str()) {
            let known = compartments.keys().map(Name::as_str);
            let near = suggestion(&code.code, known);
            let finding = Finding { code: "caveat-without-compartment", ..laid.at.clone() };
            let finding = finding.at_row(code.row).in_column("code");
            findings.push(finding.with("code", &code.code).with("nearest", near));
        }
    }
    for (name, compartment) in compartments {
        if !laid.part.knows(name.as_str()) {
            let finding = Finding { code: "compartment-without-caveat", ..compartment.at.clone() };
            findings.push(finding.with("compartment", name));
        }
    }
}

/// A crosswalk of the name of another list leads to codes of that list.
fn check_crosswalks(lists: &Parts<Arc<CodeList>>, findings: &Findings) {
    for laid in lists.values() {
        for code in laid.part.codes() {
            for (scheme, theirs) in &code.crosswalks {
                let Some(other) = lists.get(scheme.as_str()) else { continue };
                for unknown in theirs.iter().filter(|theirs| !other.part.knows(theirs)) {
                    let known = other.part.codes().iter().map(|code| code.code.as_str());
                    let near = suggestion(unknown, known);
                    let finding = Finding { code: "list-crosswalk-unknown", ..laid.at.clone() };
                    let finding = finding.at_row(code.row).in_column(scheme);
                    let finding = finding.with("code", unknown).with("list", scheme);
                    findings.push(finding.with("nearest", near));
                }
            }
        }
    }
}

/// A field is sealed for a compartment there is.
fn check_sealed_fields(register: &Register, compartments: &Parts<Labels>, findings: &Findings) {
    for field in register.form.fields() {
        let Some(compartment) = &field.sealed else { continue };
        if !compartments.keys().any(|known| known.as_str() == compartment) {
            let near = suggestion(compartment, compartments.keys().map(Name::as_str));
            let finding = at_field("compartment-unknown", field).in_column("bind::casque:sealed");
            findings.push(finding.with("compartment", compartment).with("nearest", near));
        }
    }
}

/// A field that points at records points into a register there is.
fn check_record_fields(register: &Register, registers: &Parts<Register>, findings: &Findings) {
    for field in register.form.every_field() {
        let Some(target) = &field.register else { continue };
        if !registers.contains_key(target) {
            let known = registers.keys().map(Name::as_str);
            let near = suggestion(target.as_str(), known);
            let finding = at_field("register-unknown", field).with("register", target);
            findings.push(finding.with("nearest", near));
        }
    }
}
