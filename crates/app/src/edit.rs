//! Making, changing and settling records by hand.
//!
//! An act overwrites exactly what its author could see; to change a record the viewer must be allowed
//! on it as it was and as it will be. What an act was planned against and what the transaction finds
//! is the same record, or it is planned again.

use std::collections::BTreeMap;

use journal::{Act, Comment, Content, Edit, Lane, Operation, RecordState, Seen};
use mission::register::Register;
use model::finding::Finding;
use model::id::{EntryId, Name, RecordId};
use model::value::Value;
use policy::{Action, Viewer};
use serde_json::Map;
use store::Whole;

use crate::answers::Answers;
use crate::error::{AppError, Kind};
use crate::held::Done;
use crate::import::ByName;
use crate::node::Node;
use crate::registers::schema;
use crate::seen::register_of;
use crate::version::{self, Aim, Version};
use crate::workflow;

/// How often an act is planned anew because somebody else was quicker.
const TRIES: usize = 4;

/// The values of some fields.
pub(crate) type Values = BTreeMap<Name, Option<Value>>;

/// How a conflict is settled.
#[derive(Debug, Clone)]
pub enum Choice {
    /// With the value of one of the entries.
    Entry(EntryId),
    /// With another value, as text; an empty text clears the field.
    Value(String),
    /// With another value, as JSON; null clears the field.
    Json(serde_json::Value),
}

/// What an act appends to a record, and what its caller is told.
pub(crate) struct Planned<T> {
    pub(crate) operations: Vec<Operation>,
    pub(crate) outcome: T,
}

/// Plans an act on a record as it stands.
pub(crate) type Plan<'p, T> = dyn Fn(&Node, &Whole) -> Result<Planned<T>, AppError> + 'p;

impl Node {
    /// Makes a record from answers by field. Where its register has a workflow and nothing is said of
    /// its state, it stands at the start.
    pub fn create_record<'a>(
        &mut self,
        viewer: &Viewer,
        register: &str,
        answers: impl Into<Answers<'a>>,
        reason: Option<String>,
    ) -> Result<Done<RecordId>, AppError> {
        let made = self.making(viewer, register, answers.into(), reason)?;
        let Done { outcome: (id, operation), warnings } = made;
        self.append(Lane::Routine, &[operation])?;
        Ok(Done { outcome: id, warnings })
    }

    /// The operation that makes a record, and the id of the record.
    pub(crate) fn making(
        &mut self,
        viewer: &Viewer,
        register: &str,
        answers: Answers<'_>,
        reason: Option<String>,
    ) -> Result<Done<(RecordId, Operation)>, AppError> {
        let mut bytes = [0; 16];
        self.environment.randomness.fill(&mut bytes);
        self.making_as(viewer, (register, RecordId::from_bytes(bytes)), answers, reason)
    }

    /// The operation that makes a record of this id.
    pub(crate) fn making_as(
        &mut self,
        viewer: &Viewer,
        (register, id): (&str, RecordId),
        answers: Answers<'_>,
        reason: Option<String>,
    ) -> Result<Done<(RecordId, Operation)>, AppError> {
        let register = self.register_for(viewer, register)?.clone();
        let mut values = answers.values(&register)?;
        protect(&register, &mut values);
        workflow::begin(&register, &mut values, (self.now(), &self.zone()))?;
        let moment = self.moment();
        let warnings = moment.hold_made(&register, &mut values).map_err(AppError::invalid)?;
        allow(viewer, Action::Create, &register, &values)?;
        self.check_made(viewer, &register, &values)?;
        let edits = values.into_iter().filter_map(|(field, value)| {
            let content = Content::Plain(Some(value?));
            Some(Edit { field, content, overwrites: Vec::new() })
        });
        let act = Act::Set { register: register.name.clone(), edits: edits.collect() };
        let (operation, reason) = (self.operation(viewer.user, act), said(reason));
        let outcome = (id, Operation { record: Some(id), reason, ..operation });
        Ok(Done { outcome, warnings })
    }

    /// Changes fields of a record; an empty answer clears its field. Fields that already hold what is
    /// given stay untouched; how many changed. The state of a workflow is moved by its transitions.
    pub fn edit_record<'a>(
        &mut self,
        viewer: &Viewer,
        aim: impl Into<Aim<'a>>,
        answers: impl Into<Answers<'a>>,
        reason: Option<String>,
    ) -> Result<Done<usize>, AppError> {
        let (aim, answers, reason) = (aim.into(), answers.into(), said(reason));
        let moment = self.moment();
        self.change(viewer, &aim, &|node, whole| {
            live(whole)?;
            let register = node.register(&whole.register)?;
            let mut changes = answers.values(&register_of(register, whole))?;
            let before = shown_values(register, whole.full());
            workflow::refuse_edit(register, &before, &changes)?;
            allow(viewer, Action::Edit, register, &before)?;
            let held = moment.hold_change(register, (&before, &mut changes), &whole.closed);
            let warnings = held.map_err(AppError::invalid)?;
            allow(viewer, Action::Edit, register, &with(&before, &changes))?;
            let edits = edits(&whole.state(), &before, changes);
            let outcome = Done { outcome: edits.len(), warnings };
            let operations = node.set(viewer, whole, edits, reason.as_ref());
            Ok(Planned { operations, outcome })
        })
    }

    /// Settles a field's conflict for good; the reason and who did it stay with the record.
    pub fn settle<'a>(
        &mut self,
        viewer: &Viewer,
        aim: impl Into<Aim<'a>>,
        (field, choice): (&str, &Choice),
        reason: Option<String>,
    ) -> Result<Done<()>, AppError> {
        let (aim, reason) = (aim.into(), said(reason));
        let moment = self.moment();
        self.change(viewer, &aim, &|node, whole| {
            live(whole)?;
            let register = node.register(&whole.register)?;
            let before = shown_values(register, whole.full());
            allow(viewer, Action::Settle, register, &before)?;
            let state = whole.state();
            let name = conflicting(&state, field)?;
            let seen = state.fields.get(&name).map_or(&[][..], Vec::as_slice);
            let content = chosen(&register_of(register, whole), &name, seen, choice)?;
            let mut changes = Values::new();
            if let Content::Plain(value) = &content {
                changes.insert(name.clone(), value.clone());
            }
            let given = changes.clone();
            let held = moment.hold_change(register, (&before, &mut changes), &whole.closed);
            let warnings = held.map_err(AppError::invalid)?;
            allow(viewer, Action::Settle, register, &with(&before, &changes))?;
            let is_as_chosen = changes.get(&name) == given.get(&name);
            let mut edits = edits(&state, &before, changes);
            if is_as_chosen {
                edits.retain(|edit| edit.field != name);
                let overwrites = seen.iter().map(|seen| seen.entry).collect();
                edits.push(Edit { field: name, content, overwrites });
            }
            let operations = node.set(viewer, whole, edits, reason.as_ref());
            Ok(Planned { operations, outcome: Done { outcome: (), warnings } })
        })
    }

    /// Says something about a record, or about one field of it.
    pub fn comment<'a>(
        &mut self,
        viewer: &Viewer,
        aim: impl Into<Aim<'a>>,
        text: &str,
        field: Option<&str>,
    ) -> Result<(), AppError> {
        let aim = aim.into();
        self.change(viewer, &aim, &|node, whole| {
            let register = node.register(&whole.register)?;
            allow(viewer, Action::Comment, register, &shown_values(register, whole.full()))?;
            if text.trim().is_empty() {
                return Err(AppError::invalid(vec![Finding::error("comment-empty")]));
            }
            let seen = register_of(register, whole);
            let field = field.map(|name| field_named(&seen, name)).transpose()?;
            let act = Act::Comment(Comment {
                text: text.to_owned(),
                field,
                answers: None,
                overwrites: Vec::new(),
            });
            Ok(Planned { operations: vec![node.about(viewer, whole, act, None)], outcome: () })
        })
    }

    /// Deletes a record: it leaves every list, its history stays.
    pub fn delete_record<'a>(
        &mut self,
        viewer: &Viewer,
        aim: impl Into<Aim<'a>>,
        reason: Option<String>,
    ) -> Result<(), AppError> {
        let (aim, reason) = (aim.into(), said(reason));
        self.change(viewer, &aim, &|node, whole| {
            live(whole)?;
            let register = node.register(&whole.register)?;
            allow(viewer, Action::Delete, register, &shown_values(register, whole.full()))?;
            let state = whole.full().state();
            let values = state.fields.values().flatten().map(|seen| seen.entry);
            let steps = state.workflows.values().flatten().map(|seen| seen.entry);
            let mut overwrites: Vec<EntryId> = values.chain(steps).collect();
            overwrites.sort_unstable();
            overwrites.dedup();
            let operation = node.about(viewer, whole, Act::Delete { overwrites }, reason.as_ref());
            Ok(Planned { operations: vec![operation], outcome: () })
        })
    }

    /// Brings a deleted record back as it was.
    pub fn restore_record<'a>(
        &mut self,
        viewer: &Viewer,
        aim: impl Into<Aim<'a>>,
        reason: Option<String>,
    ) -> Result<(), AppError> {
        let (aim, reason) = (aim.into(), said(reason));
        self.change(viewer, &aim, &|node, whole| {
            let register = node.register(&whole.register)?;
            allow(viewer, Action::Delete, register, &shown_values(register, whole.full()))?;
            let state = whole.full().state();
            let overwrites: Vec<EntryId> = state.deletions.iter().map(|seen| seen.entry).collect();
            if overwrites.is_empty() {
                let finding = Finding::error("record-not-deleted").with("record", whole.id);
                return Err(AppError::new(Kind::Conflict, finding));
            }
            let operation = node.about(viewer, whole, Act::Restore { overwrites }, reason.as_ref());
            Ok(Planned { operations: vec![operation], outcome: () })
        })
    }

    /// Plans an act on a record as it stands and appends it, in one transaction that finds the record
    /// as it was planned on. Refuses where the record is no longer what the author saw.
    pub(crate) fn change<T>(
        &mut self,
        viewer: &Viewer,
        aim: &Aim<'_>,
        plan: &Plan<'_, T>,
    ) -> Result<T, AppError> {
        self.change_with(viewer, aim, None, plan)
    }

    /// The same with a file, which is kept in the transaction of the act that names it.
    pub(crate) fn change_with<T>(
        &mut self,
        viewer: &Viewer,
        aim: &Aim<'_>,
        file: Option<&[u8]>,
        plan: &Plan<'_, T>,
    ) -> Result<T, AppError> {
        for _try in 0..TRIES {
            let whole = self.whole(viewer, aim.register, aim.id)?;
            aim.check(&whole)?;
            let Planned { operations, outcome } = plan(self, &whole)?;
            if operations.is_empty() || self.append_to(viewer, &whole, file, &operations)? {
                return Ok(outcome);
            }
        }
        Err(version::changed(&self.whole(viewer, aim.register, aim.id)?))
    }

    /// Appends to a record where it is still as it was read; whether it was.
    fn append_to(
        &mut self,
        viewer: &Viewer,
        whole: &Whole,
        file: Option<&[u8]>,
        operations: &[Operation],
    ) -> Result<bool, AppError> {
        let mut writer = self.writer()?;
        let found = writer.record_for(viewer, Action::Read, &whole.register, &whole.id)?;
        let planned_on = Version::of(whole.full());
        if found.is_none_or(|found| Version::of(found.full()) != planned_on) {
            return Ok(false);
        }
        file.map(|content| writer.put_file(content)).transpose()?;
        for operation in operations {
            writer.append(Lane::Routine, None, operation)?;
        }
        writer.commit()?;
        Ok(true)
    }

    /// An operation about a record.
    pub(crate) fn about(
        &self,
        viewer: &Viewer,
        whole: &Whole,
        act: Act,
        reason: Option<&String>,
    ) -> Operation {
        let operation = self.operation(viewer.user, act);
        Operation { record: Some(whole.id), reason: reason.cloned(), ..operation }
    }

    /// The operation that sets fields; none where there are none.
    pub(crate) fn set(
        &self,
        viewer: &Viewer,
        whole: &Whole,
        edits: Vec<Edit>,
        reason: Option<&String>,
    ) -> Vec<Operation> {
        if edits.is_empty() {
            return Vec::new();
        }
        let act = Act::Set { register: whole.register.clone(), edits };
        vec![self.about(viewer, whole, act, reason)]
    }
}

/// A reason somebody gave; an empty one is none.
pub(crate) fn said(reason: Option<String>) -> Option<String> {
    reason.filter(|reason| !reason.trim().is_empty())
}

/// The shown values of a record by field.
pub(crate) fn shown_values(register: &Register, whole: &Whole) -> Values {
    let names = register.form.fields().iter().map(|field| field.name.clone());
    names.zip(whole.values.iter().cloned()).collect()
}

/// Values after some of them changed.
pub(crate) fn with(before: &Values, changes: &Values) -> Values {
    let mut after = before.clone();
    after.extend(changes.clone());
    after
}

/// Edits for what differs from before, or settles what conflicts: each overwrites what is visible.
pub(crate) fn edits(state: &RecordState<'_>, before: &Values, changes: Values) -> Vec<Edit> {
    let effective = changes.into_iter().filter(|(field, value)| {
        before.get(field) != Some(value) || state.conflicts().any(|name| name == field)
    });
    let edit = |(field, value): (Name, Option<Value>)| Edit {
        overwrites: entries_of(state.fields.get(&field)),
        content: Content::Plain(value),
        field,
    };
    effective.map(edit).collect()
}

/// A record that is there to be changed. An edit brings a deleted or a merged record back, which is
/// for those who could not know.
pub(crate) fn live(whole: &Whole) -> Result<(), AppError> {
    if whole.merged {
        let finding = Finding::error("record-merged").with("record", whole.id);
        return Err(AppError::new(Kind::Conflict, finding));
    }
    if !whole.deleted {
        return Ok(());
    }
    let finding = Finding::error("record-deleted").with("record", whole.id);
    Err(AppError::new(Kind::Conflict, finding))
}

/// The field of this name, which a person gave.
pub(crate) fn field_named(register: &Register, name: &str) -> Result<Name, AppError> {
    let unknown = || AppError::invalid(vec![forms::check::unknown_field(&register.form, name)]);
    register.form.field(name).map(|field| field.name.clone()).ok_or_else(unknown)
}

/// Refuses what the viewer may not do to a record of these values.
pub(crate) fn allow(
    viewer: &Viewer,
    action: Action,
    register: &Register,
    values: &Values,
) -> Result<(), AppError> {
    if viewer.decide(action, &schema(register), &ByName(values)).allowed {
        return Ok(());
    }
    Err(not_allowed(action, register))
}

pub(crate) fn not_allowed(action: Action, register: &Register) -> AppError {
    let finding =
        Finding::error("not-allowed").with("action", action).with("register", &register.name);
    AppError::new(Kind::DeniedOrAbsent, finding)
}

/// A record that does not say how it is protected is what its register says.
pub(crate) fn protect(register: &Register, values: &mut Values) {
    for (field, code) in protection(register) {
        values.entry(field).or_default().get_or_insert(code);
    }
}

/// How a register protects the records that do not say: the fields, and their codes.
pub(crate) fn protection(register: &Register) -> impl Iterator<Item = (Name, Value)> {
    let classification = Some(register.classification.code());
    let caveat = register.caveat.as_ref().map(Name::as_str);
    let said = [(policy::CLASSIFICATION, classification), (policy::CAVEAT, caveat)].into_iter();
    said.filter_map(|(name, code)| {
        let field = register.form.field(name)?;
        Some((field.name.clone(), Value::Code(code?.to_owned())))
    })
}

fn entries_of(seen: Option<&Vec<Seen<'_, Content>>>) -> Vec<EntryId> {
    seen.map_or(&[][..], Vec::as_slice).iter().map(|seen| seen.entry).collect()
}

fn conflicting(state: &RecordState<'_>, field: &str) -> Result<Name, AppError> {
    let name = state.conflicts().find(|name| name.as_str() == field).cloned();
    name.ok_or_else(|| {
        let finding = Finding::error("no-conflict").in_column(field).with("field", field);
        let open: Vec<&str> = state.conflicts().map(Name::as_str).collect();
        AppError::new(Kind::Conflict, finding.with("open", open.join(", ")))
    })
}

fn chosen(
    register: &Register,
    name: &Name,
    seen: &[Seen<'_, Content>],
    choice: &Choice,
) -> Result<Content, AppError> {
    match choice {
        Choice::Entry(entry) => {
            let taken = seen.iter().find(|seen| seen.entry == *entry);
            taken.map(|seen| seen.content.clone()).ok_or_else(|| {
                let finding = Finding::error("conflict-entry-unknown").with("entry", entry);
                AppError::invalid(vec![finding.with("field", name)])
            })
        }
        Choice::Value(text) => {
            let texts = [(name.to_string(), text.clone())];
            another(register, name, seen, Answers::from(&texts))
        }
        Choice::Json(value) => {
            let values = Map::from_iter([(name.to_string(), value.clone())]);
            another(register, name, seen, Answers::from(&values))
        }
    }
}

fn another(
    register: &Register,
    name: &Name,
    seen: &[Seen<'_, Content>],
    answers: Answers<'_>,
) -> Result<Content, AppError> {
    let values = answers.values(register)?;
    let content = Content::Plain(values.into_values().next().flatten());
    workflow::refuse_settling(register, name, seen, &content)?;
    Ok(content)
}
