//! What a workflow does to answers: where a question is asked by the state of a record, its answer is
//! left out when a step leads to a state in which it is not asked.

use forms::compiled::Context;
use model::finding::{Finding, Severity};
use model::time::Timestamp;

use super::{Transition, Workflow};
use crate::document::Section;
use crate::register::Register;

/// Steps that lose answers, and steps that give what is not asked where they lead.
pub(in crate::register) fn check(register: &Register, root: &Section<'_>) {
    let (Some(workflow), Some(section)) = (&register.workflow, root.section("workflow")) else {
        return;
    };
    let sections = section.sections("transition");
    for step in &workflow.transitions {
        let at = sections.iter().find(|section| section.row_of("") == step.row);
        let at = at.unwrap_or(&section);
        let (fields, states) = lost(register, workflow, step);
        if !fields.is_empty() {
            let finding = at.finding("workflow-step-drops", "to").with("transition", &step.name);
            let finding = finding.with("fields", fields.join(", "));
            report(at, finding.with("from", states.join(", ")).with("to", &step.to));
        }
        let never = register.compiled.never_asked(&workflow.field, step.to.as_str(), &noon());
        let given = step.requires.iter().map(|field| ("requires", field));
        let given = given.chain(step.stamp.iter().map(|field| ("stamp", field)));
        for (key, name) in given {
            if never.iter().any(|field| field.name == *name) {
                let finding = at.finding("workflow-step-not-asked", key).with("field", name);
                report(at, finding.with("transition", &step.name).with("to", &step.to));
            }
        }
    }
}

fn report(at: &Section<'_>, finding: Finding) {
    at.report(Finding { severity: Severity::Warning, ..finding });
}

/// The fields a step loses, and the states from which it does.
fn lost<'r>(
    register: &'r Register,
    workflow: &Workflow,
    step: &'r Transition,
) -> (Vec<&'r str>, Vec<&'r str>) {
    let (mut fields, mut states) = (Vec::new(), Vec::new());
    for from in &step.from {
        let codes = (from.as_str(), step.to.as_str());
        let lost = register.compiled.lost(&workflow.field, codes, &noon());
        if !lost.is_empty() {
            states.push(from.as_str());
        }
        for field in lost.into_iter().map(|field| field.name.as_str()) {
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
    }
    (fields, states)
}

/// Any instant: what a state decides does not hang on it.
fn noon() -> Context<'static> {
    let now = Timestamp::from_ms(0);
    Context { now, on: now.date(), offset_minutes: 0, language: "", seed: [0; 2] }
}

#[cfg(test)]
mod tests;
