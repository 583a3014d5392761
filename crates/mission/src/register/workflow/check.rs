//! What a workflow says of other parts of its pack: roles, and the registers that gates lead to.

use forms::suggestion::suggestion;
use model::finding::{Finding, Severity};
use model::id::Name;
use model::value::FieldType;
use policy::{Action, Role};

use super::{Gate, Transition, Workflow};
use crate::findings::Findings;
use crate::laid::{Laid, Parts};
use crate::register::Register;

/// Every role that a workflow names must be there, and one that makes a step should have the right
/// to.
pub(crate) fn check_roles(registers: &Parts<Register>, roles: &Parts<Role>, findings: &Findings) {
    for laid in registers.values() {
        let Some(workflow) = &laid.part.workflow else { continue };
        for (row, key, name) in named(workflow) {
            let at = place(laid, row, key);
            let Some(role) = roles.get(name) else {
                let near = suggestion(name.as_str(), roles.keys().map(Name::as_str));
                let finding = Finding { code: "workflow-role-unknown", ..at };
                findings.push(finding.with("name", name).with("nearest", near));
                continue;
            };
            if key == ROLES && !may_move(&role.part, &laid.part.name) {
                let severity = Severity::Warning;
                let finding = Finding { code: "workflow-role-without-right", severity, ..at };
                findings.push(finding.with("name", name).with("register", &laid.part.name));
            }
        }
    }
}

/// What a gate says of the other register must be about fields that one has.
pub(crate) fn check_gates(registers: &Parts<Register>, findings: &Findings) {
    for laid in registers.values() {
        let steps = laid.part.workflow.iter().flat_map(|workflow| &workflow.transitions);
        for gate in steps.filter_map(|step: &Transition| step.gate.as_ref()) {
            let other = gate.register(&laid.part).and_then(|name| registers.get(name));
            if let Some(other) = other {
                check_gate(gate, laid, &other.part, findings);
            }
        }
    }
}

const ROLES: &str = "workflow.transition.roles";

/// The roles a workflow names, with the line and key they stand at.
fn named(workflow: &Workflow) -> Vec<(u64, &'static str, &Name)> {
    let mut named = Vec::new();
    for step in &workflow.transitions {
        named.extend(step.roles.iter().map(|role| (step.row, ROLES, role)));
    }
    for deadline in &workflow.deadlines {
        let key = "workflow.deadline.escalate.to";
        named.extend(deadline.escalate.iter().map(|to| (deadline.row, key, &to.to)));
    }
    named
}

fn may_move(role: &Role, register: &Name) -> bool {
    let moves = |grant: &policy::Grant| {
        grant.registers.hold(register) && grant.actions.contains(&Action::Transition)
    };
    role.grants.iter().any(moves)
}

fn place(laid: &Laid<Register>, row: u64, key: &str) -> Finding {
    Finding::error("").in_file(laid.file()).at_row(row).in_column(key)
}

fn check_gate(gate: &Gate, laid: &Laid<Register>, other: &Register, findings: &Findings) {
    if let Some(text) = &gate.filter {
        for finding in filter::parse(text, other.schema()).err().unwrap_or_default() {
            let at = place(laid, gate.row, "workflow.transition.gate.filter").at;
            findings.push(Finding { at, ..finding }.with("register", &other.name));
        }
    }
    for (key, name) in [("from", &gate.from), ("until", &gate.until)] {
        let Some(name) = name else { continue };
        let at = place(laid, gate.row, &format!("workflow.transition.gate.{key}"));
        match other.form.field(name.as_str()).map(|field| field.kind) {
            Some(FieldType::Date) => {}
            Some(found) => {
                let finding = Finding { code: "register-field-type", ..at }.with("field", name);
                findings.push(finding.with("found", found).with("expected", FieldType::Date));
            }
            None => {
                let near = suggestion(name.as_str(), other.form.names());
                let finding = Finding { code: "register-field-unknown", ..at };
                findings.push(finding.with("field", name).with("nearest", near));
            }
        }
    }
}
