//! Reads `[workflow]`, and what stands in it.

use std::collections::BTreeSet;

use forms::form::Form;
use forms::labels::Labels;
use forms::suggestion::suggestion;
use model::finding::{Finding, Severity};
use model::id::Name;
use model::value::FieldType;

use super::state::States;
use super::{AUTHOR, Condition, Deadline, Transition, Workflow, condition, deadline, gate};
use crate::document::Section;
use crate::register::Register;
use crate::register::read::Fields;
use crate::translation::Translations;

const KEYS: [&str; 6] = ["name", "field", "start", "stamp", "transition", "deadline"];
const TRANSITION_KEYS: [&str; 12] = [
    "name",
    "title",
    "from",
    "to",
    "requires",
    "reason",
    "roles",
    "other_than",
    "condition",
    "condition_message",
    "stamp",
    "gate",
];

/// What a workflow is read against: the register it is part of, with all but its workflow.
pub(in crate::register) struct Around<'a> {
    pub(in crate::register) register: &'a Register,
    pub(in crate::register) words: Translations<'a>,
}

/// Reads `[workflow]`; nothing where it has no field, no start or no step to make.
pub(in crate::register) fn read(section: &Section<'_>, around: &Around<'_>) -> Option<Workflow> {
    section.knows(&KEYS);
    for key in ["field", "start", "transition"] {
        section.demand(key);
    }
    let name = section.required_name("name");
    let fields = Fields { root: section, form: &around.register.form };
    let stamp = fields.one("stamp", &[FieldType::Time]);
    let field = fields.one("field", &[FieldType::Code])?;
    if is_computed(&field, &around.register.form) {
        let finding = section.finding("workflow-field-computed", "field");
        around.words.findings.extend_of_form([finding.with("field", &field)]);
    }
    let states = States::of(&field, around)?;
    let start = states.one(section, "start");
    let steps = section.sections("transition");
    let transitions = steps.iter().filter_map(|step| transition(step, &states, around)).collect();
    let times = section.sections("deadline");
    let deadlines = times.iter().filter_map(|time| deadline::read(time, &states, around)).collect();
    let (name, start) = (name?, start?);
    let workflow = Workflow { name, field, start, stamp, transitions, deadlines };
    check_names(&workflow, &steps, "workflow-transition-twice");
    check_names(&workflow, &times, "workflow-deadline-twice");
    check_others(&workflow, &steps);
    check_ends(&workflow, section, &times);
    states.check_reachable(&workflow, section);
    Some(workflow)
}

/// Where a record stands is said by its transitions alone: no edit may move it by way of an expression.
pub(in crate::register) fn is_computed(field: &Name, form: &Form) -> bool {
    let Some(known) = form.field(field.as_str()) else { return false };
    let group = |name: &str| form.groups().iter().find(|group| group.name == name);
    let first = known.group.as_deref().and_then(group);
    let mut groups = std::iter::successors(first, |inner| group(inner.parent.as_deref()?));
    let is_asked_at_times =
        known.relevant.is_some() || groups.any(|group| group.relevant.is_some());
    known.calculation.is_some() || is_asked_at_times
}

/// What people read of a part of a workflow: there must be words, in every language.
pub(super) fn titles(section: &Section<'_>, name: Option<&Name>, around: &Around<'_>) -> Labels {
    let labels = section.required_labels("title");
    let at = Finding { severity: Severity::Warning, ..section.finding("", "title") };
    around.words.check_optional(&labels, &at, name.map_or("", Name::as_str));
    labels
}

fn transition(
    section: &Section<'_>,
    states: &States<'_>,
    around: &Around<'_>,
) -> Option<Transition> {
    section.knows(&TRANSITION_KEYS);
    for key in ["from", "to"] {
        section.demand(key);
    }
    let name = section.required_name("name");
    let labels = titles(section, name.as_ref(), around);
    let to = states.one(section, "to");
    let from = states.several(section, "from");
    if let Some(to) = to.as_ref().filter(|to| from.contains(to)) {
        section.report(section.finding("workflow-step-nowhere", "to").with("state", to));
    }
    let fields = Fields { root: section, form: &around.register.form };
    let requires = fields.several("requires", &FieldType::ALL);
    let stamp = fields.one("stamp", &[FieldType::Time, FieldType::Date]);
    let (condition, condition_message) = condition(section, name.as_ref(), around);
    let (author, other_than) = others(section);
    let gate = section.section("gate").map(|section| gate::read(&section, around));
    Some(Transition {
        name: name?,
        labels,
        from,
        to: to?,
        requires,
        reason: section.flag("reason", false),
        roles: section.names("roles"),
        other_than,
        not_author: author,
        condition,
        condition_message,
        stamp,
        gate: gate.flatten(),
        row: section.row_of(""),
    })
}

/// What must be true of the record, and what people read where it is not.
fn condition(
    section: &Section<'_>,
    name: Option<&Name>,
    around: &Around<'_>,
) -> (Option<Condition>, Labels) {
    if !section.has("condition") {
        if section.has("condition_message") {
            section.report(section.finding("workflow-message-alone", "condition_message"));
        }
        return (None, Labels::default());
    }
    let labels = section.required_labels("condition_message");
    let at = section.finding("", "condition_message");
    let at = Finding { severity: Severity::Warning, ..at };
    around.words.check_optional(&labels, &at, name.map_or("", Name::as_str));
    (condition::read(section, "condition", around.register), labels)
}

/// Whether whoever made the record is among those who may not make the step, and the steps whose
/// authors are.
fn others(section: &Section<'_>) -> (bool, Vec<Name>) {
    let named = section.names("other_than");
    let (author, steps): (Vec<Name>, Vec<Name>) =
        named.into_iter().partition(|name| name.as_str() == AUTHOR);
    (!author.is_empty(), steps)
}

fn check_names(workflow: &Workflow, parts: &[Section<'_>], code: &'static str) {
    let mut seen = BTreeSet::new();
    for part in parts {
        let Some(name) = part.text("name") else { continue };
        if !seen.insert(name.clone()) {
            let finding = part.finding(code, "name").with("name", name);
            part.report(finding.with("workflow", &workflow.name));
        }
    }
}

/// A second person is another than the one of a step there is.
fn check_others(workflow: &Workflow, steps: &[Section<'_>]) {
    let names: Vec<String> = steps.iter().filter_map(|step| step.text("name")).collect();
    for step in steps {
        if step.text("name").as_deref() == Some(AUTHOR) {
            step.report(step.finding("workflow-transition-author", "name").with("name", AUTHOR));
        }
        let others = step.texts("other_than");
        let unknown = |other: &&String| *other != AUTHOR && !names.contains(other);
        for other in others.iter().filter(unknown) {
            let known = workflow.transitions.iter().map(|step| step.name.as_str());
            let near = suggestion(other, known);
            let finding = step.finding("workflow-transition-unknown", "other_than");
            step.report(finding.with("transition", other).with("nearest", near));
        }
    }
}

/// A deadline in a state that no step leaves would never be met: worth knowing, no error.
fn check_ends(workflow: &Workflow, section: &Section<'_>, times: &[Section<'_>]) {
    let at = |deadline: &Deadline| times.iter().find(|time| time.row_of("") == deadline.row);
    for deadline in &workflow.deadlines {
        let stuck = |state: &&Name| workflow.leaving(state.as_str()).next().is_none();
        for state in deadline.states.iter().filter(stuck) {
            let finding =
                at(deadline).unwrap_or(section).finding("workflow-deadline-final", "states");
            let finding = Finding { severity: Severity::Warning, ..finding };
            section.report(finding.with("state", state).with("deadline", &deadline.name));
        }
    }
}
