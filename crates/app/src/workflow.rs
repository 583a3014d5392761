//! Moving a record along its register's workflow.
//!
//! A transition is two entries in one transaction: the step, and the field that shows the state with
//! whatever was given beside it. The state field itself is set by making a record, by imports and by
//! transitions, and by nothing else.

mod gate;
mod made;
mod person;
mod stamp;

use std::collections::BTreeSet;

use journal::{Act, Content, Edit, Seen, Transition as Step};
use mission::register::{Condition, Register, Transition, Workflow};
use model::finding::Finding;
use model::id::{EntryId, Name};
use model::time::Timestamp;
use model::time::zone::Zone;
use model::value::Value;
use policy::{Action, Viewer};
use store::Whole;

use crate::answers::Answers;
use crate::edit::{Planned, Values, allow, edits, live, said, shown_values, with};
use crate::error::{AppError, Kind};
use crate::held::{Done, Held};
use crate::import::ByName;
use crate::node::Node;
use crate::seen::register_of;
use crate::version::Aim;
pub(crate) use person::{has_role, holds};

impl Node {
    /// Moves a record by the transition of this name, and sets the fields given with it. Fields the
    /// transition does not ask for need the right to edit as well.
    pub fn transition<'a>(
        &mut self,
        viewer: &Viewer,
        aim: impl Into<Aim<'a>>,
        (name, answers): (&str, Answers<'_>),
        reason: Option<String>,
    ) -> Result<Done<()>, AppError> {
        let (aim, reason) = (aim.into(), said(reason));
        let moment = self.moment();
        self.change(viewer, &aim, &|node, whole| {
            live(whole)?;
            let register = node.register(&whole.register)?;
            let (workflow, transition) = step_named(register, name)?;
            let before = shown_values(register, whole.full());
            allow(viewer, Action::Transition, register, &before)?;
            check_state(workflow, transition, whole, &before)?;
            person::check(viewer, (workflow, transition), whole)?;
            let mut changes = answers.values(&register_of(register, whole))?;
            if changes.keys().any(|field| !transition.asks_for(field)) {
                allow(viewer, Action::Edit, register, &before)?;
            }
            let (state, now, zone) = (state_of(workflow, &before), node.now(), node.zone());
            let stays = (&state, &*node.store.stays(whole)?);
            let (step, values) = ((workflow, transition), (&before, &mut changes));
            let stamped = stamp::take(register, step, values, stays, (now, &zone));
            changes.insert(workflow.field.clone(), Some(code(&transition.to)));
            let held = moment.hold_change(register, (&before, &mut changes), &whole.closed);
            let after = with(&before, &changes);
            let given = check_given(transition, &after, reason.as_ref(), stamped);
            let (warnings, at) = both(held, given)?;
            allow(viewer, Action::Transition, register, &after)?;
            let day = zone.date(at.unwrap_or(now));
            node.check_gate(register, transition, (&after, day))?;
            let step = moved(
                (workflow, transition),
                whole,
                &before,
                at.or_else(|| node.exercise.is_on().then_some(now)),
            );
            let mut operations = vec![node.about(viewer, whole, step, reason.as_ref())];
            let edits: Vec<Edit> = edits(&whole.state(), &before, changes);
            operations.extend(node.set(viewer, whole, edits, reason.as_ref()));
            Ok(Planned { operations, outcome: Done { outcome: (), warnings } })
        })
    }
}

/// Where a record stands: what its field shows, or the start.
pub(crate) fn state_of(workflow: &Workflow, values: &Values) -> Name {
    shown_state(workflow, values).unwrap_or_else(|| workflow.start.clone())
}

/// A record made by hand that does not say where it stands is at the start, and entered it now.
pub(crate) fn begin(
    register: &Register,
    values: &mut Values,
    present: (Timestamp, &Zone),
) -> Result<(), AppError> {
    let Some(workflow) = &register.workflow else { return Ok(()) };
    let value = values.entry(workflow.field.clone()).or_default();
    if value.is_none() {
        *value = Some(code(&workflow.start));
    }
    if state_of(workflow, values) == workflow.start {
        stamp::begin(workflow, values, present.0);
    }
    let faults = stamp::faults(register, values, present);
    if faults.is_empty() { Ok(()) } else { Err(AppError::invalid(faults)) }
}

/// The transitions that lead on from where a record stands and that are for this person.
pub(crate) fn leading_on<'w>(
    viewer: &Viewer,
    workflow: &'w Workflow,
    (whole, values): (&Whole, &Values),
) -> Vec<&'w Transition> {
    let state = state_of(workflow, values);
    let steps = workflow.transitions.iter().filter(|step| step.from.contains(&state));
    steps.filter(|step| person::may(viewer, (workflow, step), whole)).collect()
}

/// Refuses to change the state field by an edit, and says which transition to use.
pub(crate) fn refuse_edit(
    register: &Register,
    before: &Values,
    changes: &Values,
) -> Result<(), AppError> {
    let Some(workflow) = &register.workflow else { return Ok(()) };
    match changes.get(&workflow.field) {
        Some(value) if before.get(&workflow.field) != Some(value) => {
            let from = state_of(workflow, before);
            Err(AppError::invalid(vec![edited(workflow, &from, value.as_ref())]))
        }
        _ => Ok(()),
    }
}

/// Refuses to settle the state with a value that nobody had moved the record to.
pub(crate) fn refuse_settling(
    register: &Register,
    field: &Name,
    seen: &[Seen<'_, Content>],
    content: &Content,
) -> Result<(), AppError> {
    let Some(workflow) = register.workflow.as_ref().filter(|w| w.field == *field) else {
        return Ok(());
    };
    if seen.iter().any(|seen| seen.content == content) {
        return Ok(());
    }
    let value = match content {
        Content::Plain(value) => value.as_ref(),
        Content::Sealed { .. } => None,
    };
    Err(AppError::invalid(vec![edited(workflow, &workflow.start, value)]))
}

fn edited(workflow: &Workflow, from: &Name, value: Option<&Value>) -> Finding {
    let to = value.map(ToString::to_string).unwrap_or_default();
    let leading = workflow.leaving(from.as_str());
    let leading: Vec<&str> =
        leading.filter(|step| step.to.as_str() == to).map(|step| step.name.as_str()).collect();
    let finding = Finding::error("workflow-field-edited").in_column(workflow.field.as_str());
    let finding = finding.with("field", &workflow.field).with("from", from).with("to", to);
    finding.with("transitions", leading.join(", "))
}

fn step_named<'r>(
    register: &'r Register,
    name: &str,
) -> Result<(&'r Workflow, &'r Transition), AppError> {
    let Some(workflow) = &register.workflow else {
        let finding = Finding::error("workflow-none").with("register", &register.name);
        return Err(AppError::invalid(vec![finding]));
    };
    let unknown = || {
        let known = workflow.transitions.iter().map(|step| step.name.as_str());
        let near = forms::suggestion::suggestion(name, known);
        let finding = Finding::error("transition-unknown").with("transition", name);
        AppError::invalid(vec![finding.with("nearest", near)])
    };
    Ok((workflow, workflow.transition(name).ok_or_else(unknown)?))
}

/// The fields that say whether a step may be made. Which of several values is shown hangs on the clocks of
/// those who wrote them, and no step may.
fn decided_by(workflow: &Workflow, transition: &Transition) -> BTreeSet<Name> {
    let gate = transition.gate.as_ref();
    let when = gate.and_then(|gate| gate.when.as_ref());
    let conditions = transition.condition.iter().chain(when);
    let mut fields: BTreeSet<Name> = conditions.flat_map(Condition::fields).collect();
    fields.extend(gate.map(|gate| gate.field.clone()));
    fields.insert(workflow.field.clone());
    fields
}

/// The record must stand where the transition begins, in one place only, and what decides the step be settled.
fn check_state(
    workflow: &Workflow,
    transition: &Transition,
    whole: &Whole,
    before: &Values,
) -> Result<(), AppError> {
    let decides = decided_by(workflow, transition);
    if let Some(field) = whole.state().conflicts().find(|field| decides.contains(*field)) {
        let finding = Finding::error("transition-in-conflict").in_column(field.as_str());
        return Err(AppError::new(Kind::Conflict, finding.with("field", field)));
    }
    let state = state_of(workflow, before);
    if transition.from.contains(&state) {
        return Ok(());
    }
    let possible: Vec<&str> =
        workflow.leaving(state.as_str()).map(|step| step.name.as_str()).collect();
    let finding = Finding::error("transition-not-from").with("transition", &transition.name);
    let finding = finding.with("state", &state).with("transitions", possible.join(", "));
    Err(AppError::new(Kind::Conflict, finding))
}

/// What the transition asks for must be there, all of it said at once.
fn check_given(
    transition: &Transition,
    after: &Values,
    reason: Option<&String>,
    stamped: Result<Option<Timestamp>, Finding>,
) -> Result<Option<Timestamp>, Vec<Finding>> {
    let missing = |field: &&Name| after.get(*field).is_none_or(Option::is_none);
    let required = transition.requires.iter().filter(missing).map(|field| {
        let finding = Finding::error("transition-requires").in_column(field.as_str());
        finding.with("transition", &transition.name).with("field", field)
    });
    let mut findings: Vec<Finding> = required.collect();
    let at = stamped.map_err(|finding| findings.push(finding)).ok().flatten();
    if transition.reason && reason.is_none() {
        let finding = Finding::error("transition-reason").in_column("reason");
        findings.push(finding.with("transition", &transition.name));
    }
    findings.extend(unmet(transition, after));
    if findings.is_empty() { Ok(at) } else { Err(findings) }
}

/// What people are told where the condition of a step is not true of the record.
fn unmet(transition: &Transition, values: &Values) -> Option<Finding> {
    transition.condition.as_ref().filter(|condition| !condition.holds(&ByName(values)))?;
    let said = &transition.condition_message;
    let sayings = said.iter().map(|(language, text)| (language.to_owned(), text.to_owned()));
    let finding = Finding::error("transition-condition").saying(sayings.collect());
    let message = finding.said_in("").unwrap_or_default().to_owned();
    Some(finding.with("transition", &transition.name).with("message", message))
}

/// What the form says and what the step demands: everything that is wrong at once.
fn both<T>(held: Held, given: Result<T, Vec<Finding>>) -> Result<(Vec<Finding>, T), AppError> {
    match (held, given) {
        (Ok(warnings), Ok(given)) => Ok((warnings, given)),
        (held, given) => {
            let wrong = held.err().into_iter().chain(given.err()).flatten();
            Err(AppError::invalid(wrong.collect::<Vec<_>>()))
        }
    }
}

/// The step as the journal keeps it: from what its author saw, over the steps that led there.
fn moved(
    (workflow, transition): (&Workflow, &Transition),
    whole: &Whole,
    before: &Values,
    effective: Option<Timestamp>,
) -> Act {
    let state = whole.state();
    let seen = state.workflows.get(&workflow.name).map_or(&[][..], Vec::as_slice);
    let mut overwrites: Vec<EntryId> = seen.iter().map(|seen| seen.entry).collect();
    overwrites.sort_unstable();
    Act::Transition(Step {
        workflow: workflow.name.clone(),
        from: shown_state(workflow, before),
        to: transition.to.clone(),
        effective,
        overwrites,
    })
}

fn shown_state(workflow: &Workflow, values: &Values) -> Option<Name> {
    match values.get(&workflow.field)? {
        Some(Value::Code(code)) => Name::new(code).ok(),
        _ => None,
    }
}

fn code(state: &Name) -> Value {
    Value::Code(state.to_string())
}
