//! Deadlines: what runs for a record, what is overdue, and who sees it as theirs.
//!
//! Everything is worked out from the records and the present when it is asked; nothing is kept, so
//! a deadline that a new pack brings or changes holds at once.

use std::borrow::Cow;
use std::collections::BTreeSet;

use mission::register::{Deadline, Register, Workflow};
use model::id::{Name, RecordId};
use model::time::Timestamp;
use model::value::Value;
use policy::{Action, Viewer};
use serde_json::{Value as Json, json};
use store::{Standing, Stay};

use crate::edit::Values;
use crate::error::AppError;
use crate::node::Node;
use crate::workflow::{has_role, holds, state_of};

const SECOND_MS: i64 = 1_000;

/// Which overdue records are asked for.
#[derive(Debug, Clone, Default)]
pub struct OverdueQuestion {
    /// Of one register; nothing for all.
    pub register: Option<String>,
    /// Only those that are the viewer's: that they may move on, or that are escalated to a role of
    /// theirs.
    pub mine: bool,
}

/// A deadline that runs for a record.
struct Running<'w> {
    deadline: &'w Deadline,
    entered: Timestamp,
    due: Timestamp,
}

/// An overdue record while the list is made.
struct Late {
    since: i64,
    json: Json,
}

impl Node {
    /// What is overdue and the viewer may read, most overdue first.
    pub fn overdue(&self, viewer: &Viewer, asked: &OverdueQuestion) -> Result<Json, AppError> {
        let registers: Vec<Cow<'_, Register>> = match &asked.register {
            Some(name) => vec![self.readable_register(viewer, name)?],
            None => self.readable(viewer),
        };
        let mut late = Vec::new();
        for register in &registers {
            let Some(workflow) = &register.workflow else { continue };
            if !workflow.deadlines.is_empty() {
                late.extend(self.late(viewer, (register, workflow), asked.mine)?);
            }
        }
        late.sort_by_key(|late| std::cmp::Reverse(late.since));
        Ok(late.into_iter().map(|late| late.json).collect())
    }

    fn late(
        &self,
        viewer: &Viewer,
        (register, workflow): (&Register, &Workflow),
        mine: bool,
    ) -> Result<Vec<Late>, AppError> {
        let filter = waiting(register, workflow)?;
        let place = (&register.name, &filter);
        let movable = if mine { self.movable(viewer, place)? } else { BTreeSet::new() };
        let fields = fields(register, workflow);
        let now = self.now();
        let mut late = Vec::new();
        self.store.standing((viewer, Action::Read), place, &fields, &mut |record: Standing| {
            let values: Values = fields.iter().cloned().zip(record.values).collect();
            let state = state_of(workflow, &values);
            let is_movable = movable.contains(&record.id)
                && workflow.leaving(state.as_str()).any(|step| has_role(viewer, step));
            for running in running(workflow, (&values, &record.stays)) {
                let to = escalated(running.deadline, running.due, now);
                let is_mine = is_movable || to.iter().any(|role| holds(viewer, role));
                if running.due < now && (!mine || is_mine) {
                    let since = now.as_ms().saturating_sub(running.due.as_ms());
                    let json =
                        late_json(register, record.id, (&values, &state), (&running, &to, since));
                    late.push(Late { since, json });
                }
            }
            Ok::<(), AppError>(())
        })?;
        Ok(late)
    }

    /// The records that the viewer has the right to move.
    fn movable(
        &self,
        viewer: &Viewer,
        place: (&Name, &filter::Filter),
    ) -> Result<BTreeSet<RecordId>, AppError> {
        let mut movable = BTreeSet::new();
        self.store.standing(
            (viewer, Action::Transition),
            place,
            &[],
            &mut |record: Standing| {
                movable.insert(record.id);
                Ok::<(), AppError>(())
            },
        )?;
        Ok(movable)
    }

    /// What runs for a record, as its JSON tells it: the deadline that falls due first.
    pub(crate) fn clock_json(
        &self,
        workflow: &Workflow,
        (values, stays): (&Values, &[Stay]),
    ) -> Json {
        let first =
            running(workflow, (values, stays)).into_iter().min_by_key(|running| running.due);
        let Some(running) = first else { return Json::Null };
        let now = self.now();
        json!({
            "state": state_of(workflow, values).as_str(),
            "deadline": running.deadline.name.as_str(),
            "entered": running.entered.to_string(),
            "due": running.due.to_string(),
            "overdue": running.due < now,
            "escalated_to": escalated(running.deadline, running.due, now).iter().map(Name::as_str).collect::<Vec<_>>(),
        })
    }
}

/// The records that stand in a state in which a deadline runs.
fn waiting(register: &Register, workflow: &Workflow) -> Result<filter::Filter, AppError> {
    let states: BTreeSet<&Name> = workflow.deadlines.iter().flat_map(|d| &d.states).collect();
    let listed: Vec<String> = states.iter().map(|state| format!("'{state}'")).collect();
    let (field, listed) = (&workflow.field, listed.join(", "));
    let text = if states.contains(&workflow.start) {
        format!("{field} IN ({listed}) OR {field} IS NULL")
    } else {
        format!("{field} IN ({listed})")
    };
    filter::parse(&text, register.schema()).map_err(AppError::invalid)
}

/// The fields that the list is made from, each once.
fn fields(register: &Register, workflow: &Workflow) -> Vec<Name> {
    let mut fields = vec![workflow.field.clone()];
    let begins = workflow.deadlines.iter().filter_map(|deadline| deadline.of.as_ref());
    for name in begins.chain(&register.title_field).chain(&register.area_fields) {
        if !fields.contains(name) {
            fields.push(name.clone());
        }
    }
    fields
}

/// The deadlines that run for a record. One begins at the time its field holds, else when the record
/// entered the state where it stands.
fn running<'w>(workflow: &'w Workflow, (values, stays): (&Values, &[Stay])) -> Vec<Running<'w>> {
    let state = state_of(workflow, values);
    let entered = stays.iter().rev().find(|stay| stay.state.as_ref() == Some(&state));
    let begun = |deadline: &Deadline| match values.get(deadline.of.as_ref()?)?.as_ref()? {
        Value::Time(at) => Some(*at),
        _ => None,
    };
    let runs = |deadline: &'w Deadline| {
        let begun = begun(deadline);
        let entered = entered.map(|stay| stay.at).or(begun)?;
        let from = begun.unwrap_or(entered);
        let due = Timestamp::from_ms(from.as_ms().saturating_add(deadline.within.ms()));
        Some(Running { deadline, entered, due })
    };
    workflow.deadlines_in(state.as_str()).filter_map(runs).collect()
}

/// The roles to whom a deadline is escalated by now.
fn escalated(deadline: &Deadline, due: Timestamp, now: Timestamp) -> Vec<Name> {
    let late = now.as_ms().saturating_sub(due.as_ms());
    let reached = deadline.escalate.iter().filter(|to| late > 0 && to.after.ms() <= late);
    let mut roles: Vec<Name> = Vec::new();
    for to in reached {
        if !roles.contains(&to.to) {
            roles.push(to.to.clone());
        }
    }
    roles
}

fn late_json(
    register: &Register,
    id: RecordId,
    (values, state): (&Values, &Name),
    (running, to, since): (&Running<'_>, &[Name], i64),
) -> Json {
    let text = |name: &Name| values.get(name)?.as_ref().map(ToString::to_string);
    let title = register.title_field.as_ref().and_then(text);
    let area = register.area_fields.iter().rev().find_map(text);
    json!({
        "register": register.name.as_str(),
        "record": id.to_string(),
        "title": title,
        "state": state.as_str(),
        "deadline": running.deadline.name.as_str(),
        "due": running.due.to_string(),
        "overdue_s": since / SECOND_MS,
        "escalated_to": to.iter().map(Name::as_str).collect::<Vec<_>>(),
        "area": area,
    })
}
