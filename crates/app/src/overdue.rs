//! Deadlines: what runs for a record, what is overdue, and who sees it as theirs.
//!
//! Everything is worked out from the records and the present when it is asked; nothing is kept, so
//! a deadline that a new pack brings or changes holds at once.

use std::borrow::Cow;
use std::collections::BTreeSet;

use mission::register::{Condition, Deadline, Register, Workflow};
use model::id::{Name, RecordId};
use model::time::Timestamp;
use model::time::zone::Zone;
use model::value::Value;
use policy::{Action, Viewer};
use serde_json::{Value as Json, json};
use store::{Standing, Stay};

use crate::edit::Values;
use crate::error::AppError;
use crate::import::ByName;
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
        let (now, zone) = (self.now(), self.zone());
        let mut late = Vec::new();
        self.store.standing((viewer, Action::Read), place, &fields, &mut |record: Standing| {
            let values: Values = fields.iter().cloned().zip(record.values).collect();
            let state = state_of(workflow, &values);
            let is_movable = movable.contains(&record.id)
                && workflow.leaving(state.as_str()).any(|step| has_role(viewer, step));
            for running in running(workflow, (&values, &record.stays), &zone) {
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
        let running = running(workflow, (values, stays), &self.zone());
        let first = running.into_iter().min_by_key(|running| running.due);
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
    let begins = workflow.deadlines.iter().filter_map(|deadline| deadline.of.clone());
    let conditions = workflow.deadlines.iter().filter_map(|deadline| deadline.when.as_ref());
    let looked_at = conditions.flat_map(Condition::fields);
    let told = register.title_field.iter().chain(&register.area_fields).cloned();
    for name in begins.chain(looked_at).chain(told) {
        if !fields.contains(&name) {
            fields.push(name);
        }
    }
    fields
}

/// The deadlines that run for a record. One begins at the time its field holds, or at the end of the
/// day it holds, else when the record entered the state where it stands.
fn running<'w>(
    workflow: &'w Workflow,
    (values, stays): (&Values, &[Stay]),
    zone: &Zone,
) -> Vec<Running<'w>> {
    let state = state_of(workflow, values);
    let stay = stays.iter().rev().find(|stay| stay.state.as_ref() == Some(&state));
    let entered = stay.map(|stay| stay.at);
    let runs = |deadline: &'w Deadline| {
        if deadline.when.as_ref().is_some_and(|when| !when.holds(&ByName(values))) {
            return None;
        }
        let of = deadline.of.as_ref().and_then(|field| values.get(field)?.as_ref());
        let due = deadline.due(of, entered, zone)?;
        let entered = entered.or_else(|| begun(of?, zone))?;
        Some(Running { deadline, entered, due })
    };
    workflow.deadlines_in(state.as_str()).filter_map(runs).collect()
}

fn begun(of: &Value, zone: &Zone) -> Option<Timestamp> {
    match of {
        Value::Time(at) => Some(*at),
        Value::Date(day) => zone.start_of(*day),
        _ => None,
    }
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
