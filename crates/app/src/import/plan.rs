//! What a row means for its record: make it, change these fields, or nothing.
//!
//! A field's last imported value is compared with the row's, not what the field shows: that may be a
//! correction made here. A changed source overwrites earlier imports of the field and nothing else,
//! so a correction it did not see stays beside it as a conflict.

use std::collections::{BTreeMap, BTreeSet};

use filter::Row;
use journal::{Act, Content, Edit, Operation, RecordState};
use mission::mapping::Imported;
use mission::register::Register;
use model::finding::Finding;
use model::id::{EntryId, Name, RecordId};
use model::value::Value;
use policy::{Action, Rule, Viewer};
use store::{Existing, Whole, Writer};

use super::RowFate;
use crate::batches::Batches;
use crate::edit::{Values, protect, protection, with};
use crate::error::AppError;
use crate::held::{Held, Moment};
use crate::node::Node;
use crate::registers::schema;

/// A row's fate and the operations that bring it about.
pub(crate) struct Planned {
    pub(crate) fate: RowFate,
    pub(crate) operations: Vec<Operation>,
    /// Which of the row's answers were left out.
    pub(crate) warnings: Vec<Finding>,
    /// Of a row that makes a record, where look-alikes are looked for.
    pub(crate) made: Option<Made>,
}

/// The record a row makes: its values, and what it was said not to be when it was here before.
pub(crate) struct Made {
    pub(crate) values: Values,
    pub(crate) distinct: BTreeSet<RecordId>,
}

impl Planned {
    fn nothing() -> Self {
        Self { fate: RowFate::Unchanged, operations: Vec::new(), warnings: Vec::new(), made: None }
    }
}

/// Plans the rows of one import.
pub(crate) struct Planner<'p> {
    viewer: &'p Viewer,
    pub(crate) register: &'p Register,
    namespace: &'p str,
    batch: Option<RecordId>,
    template: Operation,
    rule: Rule,
    moment: Moment,
    /// Whether look-alikes are looked for.
    looks: bool,
}

impl<'p> Planner<'p> {
    pub(crate) fn new(
        viewer: &'p Viewer,
        register: &'p Register,
        namespace: &'p str,
        batch: Option<RecordId>,
        (template, moment): (Operation, Moment),
    ) -> Self {
        let rule = viewer.rule(Action::Import, &schema(register));
        Self { viewer, register, namespace, batch, template, rule, moment, looks: false }
    }

    /// The same, that gives the records which rows make, where look-alikes are looked for.
    pub(crate) fn looking(self, looks: bool) -> Self {
        Self { looks, ..self }
    }

    /// What a row does to its record, or why it is refused.
    pub(crate) fn plan(
        &self,
        writer: &Writer<'_>,
        imported: Imported,
    ) -> Result<Result<Planned, Vec<Finding>>, AppError> {
        let id = self.id(&imported);
        let mut values = imported.values;
        self.keep_protected(&mut values);
        match writer.row_for(&self.rule, &self.register.name, &id)? {
            Existing::Absent => Ok(self.created(id, values)),
            Existing::Hidden => Ok(Err(vec![self.not_allowed()])),
            Existing::Deleted | Existing::Merged => self.out_of_sight(writer, id, values),
            Existing::Live(shown) => {
                let record = (&self.register.name, shown.as_slice());
                let closed = writer.closed_in(self.viewer, Action::Import, record)?;
                values.retain(|field, _| !closed.contains(field));
                let same = |(name, value): (&Name, &Option<Value>)| {
                    writer.shown(&self.register.name, &shown, name) == value.as_ref()
                };
                if values.iter().all(same) {
                    return Ok(Ok(Planned::nothing()));
                }
                let whole = self.whole(writer, &id)?;
                Ok(whole.map_or_else(|| Ok(Planned::nothing()), |w| self.changed(id, &values, &w)))
            }
        }
    }

    /// The record a row is about.
    pub(crate) fn id(&self, imported: &Imported) -> RecordId {
        RecordId::derived(&self.register.name, self.namespace, &imported.key)
    }

    fn created(&self, id: RecordId, mut values: Values) -> Result<Planned, Vec<Finding>> {
        protect(self.register, &mut values);
        let warnings = self.moment_of(id).hold_made(self.register, &mut values)?;
        self.allow(&values)?;
        let made = self.looks.then(|| Made { values: values.clone(), distinct: BTreeSet::new() });
        let edits = values.into_iter().filter_map(|(field, value)| {
            let content = Content::Plain(Some(value?));
            Some(Edit { field, content, overwrites: Vec::new() })
        });
        let operations = vec![self.set(id, edits.collect())];
        Ok(Planned { fate: RowFate::Created, operations, warnings, made })
    }

    fn changed(
        &self,
        id: RecordId,
        values: &Values,
        whole: &Whole,
    ) -> Result<Planned, Vec<Finding>> {
        let imports = Imports(Batches::of(whole.full()));
        let state = whole.full().state();
        let mut edits = imports.edits(&state, values);
        if edits.is_empty() {
            return Ok(Planned::nothing());
        }
        let before = shown(self.register, &state);
        let given = edits.iter().map(|edit| (edit.field.clone(), plain(&edit.content)));
        let given: Values = given.collect();
        let mut changes = given.clone();
        let warnings = self.hold_change(id, (&before, &mut changes), whole)?;
        // What the form computed or left out takes the place of what the row says.
        changes.retain(|field, value| given.get(field) != Some(value));
        edits.retain(|edit| !changes.contains_key(&edit.field));
        edits.extend(imports.differences(&state, &changes));
        if edits.is_empty() {
            return Ok(Planned { warnings, ..Planned::nothing() });
        }
        let operations = vec![self.set(id, edits)];
        Ok(Planned { fate: RowFate::Updated, operations, warnings, made: None })
    }

    /// A record that is in no list. What the source changed of one that was merged into another brings
    /// it back into sight: whoever merged it did not know of that.
    fn out_of_sight(
        &self,
        writer: &Writer<'_>,
        id: RecordId,
        mut values: Values,
    ) -> Result<Result<Planned, Vec<Finding>>, AppError> {
        let Some(whole) = self.whole(writer, &id)? else {
            return Ok(Err(vec![self.not_allowed()]));
        };
        values.retain(|field, _| !whole.closed.contains(field));
        Ok(if whole.deleted {
            self.deleted(id, values, &whole)
        } else {
            self.changed(id, &values, &whole)
        })
    }

    /// A record whose import was undone comes back; one that somebody deleted does not.
    fn deleted(
        &self,
        id: RecordId,
        mut values: Values,
        whole: &Whole,
    ) -> Result<Planned, Vec<Finding>> {
        let imports = Imports(Batches::of(whole.full()));
        let state = whole.full().state();
        let deletions: Vec<EntryId> = state.deletions.iter().map(|seen| seen.entry).collect();
        if !deletions.iter().all(|entry| imports.0.made(entry)) {
            return Ok(Planned::nothing());
        }
        protect(self.register, &mut values);
        let before = shown(self.register, &state);
        let warnings = self.hold_change(id, (&before, &mut values), whole)?;
        let made = self
            .looks
            .then(|| Made { values: with(&before, &values), distinct: Node::said_distinct(whole) });
        let restore = Act::Restore { overwrites: deletions };
        let restore = Operation {
            record: Some(id),
            batch: self.batch,
            act: restore,
            ..self.template.clone()
        };
        let mut operations = vec![restore];
        let edits = imports.differences(&state, &values);
        if !edits.is_empty() {
            operations.push(self.set(id, edits));
        }
        Ok(Planned { fate: RowFate::Created, operations, warnings, made })
    }

    fn whole(&self, writer: &Writer<'_>, id: &RecordId) -> Result<Option<Whole>, AppError> {
        Ok(writer.record_for(self.viewer, Action::Import, &self.register.name, id)?)
    }

    /// A source that does not say how a record is protected says what the register says, each time: else
    /// the second import would clear what the first had filled in.
    fn keep_protected(&self, values: &mut Values) {
        for (field, code) in protection(self.register) {
            if let Some(value) = values.get_mut(&field) {
                value.get_or_insert(code);
            }
        }
    }

    /// Two sites that import one row compute the same: random bits come from the record's id.
    fn moment_of(&self, id: RecordId) -> Moment {
        self.moment.with_bits_of(*id.as_bytes())
    }

    fn hold_change(
        &self,
        id: RecordId,
        (before, changes): (&Values, &mut Values),
        whole: &Whole,
    ) -> Held {
        let change = (before, &mut *changes);
        let warnings = self.moment_of(id).hold_change(self.register, change, &whole.closed)?;
        self.allow(&with(before, changes))?;
        Ok(warnings)
    }

    fn allow(&self, values: &Values) -> Result<(), Vec<Finding>> {
        let allowed = self.rule.decide(&ByName(values)).allowed;
        if allowed { Ok(()) } else { Err(vec![self.not_allowed()]) }
    }

    fn not_allowed(&self) -> Finding {
        Finding::error("row-not-allowed").with("user", &self.viewer.name)
    }

    fn set(&self, id: RecordId, edits: Vec<Edit>) -> Operation {
        let act = Act::Set { register: self.register.name.clone(), edits };
        Operation { record: Some(id), batch: self.batch, act, ..self.template.clone() }
    }
}

fn plain(content: &Content) -> Option<Value> {
    match content {
        Content::Plain(value) => value.clone(),
        Content::Sealed { .. } => None,
    }
}

fn shown(register: &Register, state: &RecordState<'_>) -> Values {
    let fields = register.form.fields().iter();
    fields.map(|field| (field.name.clone(), state.value(&field.name).cloned())).collect()
}

/// What the imports of a record said, and what a row changes of it.
struct Imports<'w>(Batches<'w>);

impl Imports<'_> {
    /// The value the latest import of the field gave; nothing where none did.
    fn last(&self, field: &Name) -> Option<Value> {
        let given = self.0.imported().filter_map(|(stored, operation)| {
            let Act::Set { edits, .. } = &operation.act else { return None };
            let edit = edits.iter().find(|edit| edit.field == *field)?;
            Some(((stored.at, stored.id), plain(&edit.content)))
        });
        given.max_by_key(|(order, _)| *order).and_then(|(_, value)| value)
    }

    /// The edits that bring the source's changes in.
    fn edits(&self, state: &RecordState<'_>, values: &Values) -> Vec<Edit> {
        let changed = values.iter().filter(|(field, value)| {
            let seen = state.fields.get(field).map_or(&[][..], Vec::as_slice);
            self.last(field) != **value || (value.is_some() && seen.is_empty())
        });
        changed.map(|(field, value)| self.edit(state, field, value.clone())).collect()
    }

    /// The edits that make the record show what the row says.
    fn differences(&self, state: &RecordState<'_>, values: &Values) -> Vec<Edit> {
        let differing = values.iter().filter(|(field, value)| state.value(field) != value.as_ref());
        differing.map(|(field, value)| self.edit(state, field, value.clone())).collect()
    }

    fn edit(&self, state: &RecordState<'_>, field: &Name, value: Option<Value>) -> Edit {
        let seen = state.fields.get(field).map_or(&[][..], Vec::as_slice);
        let overwrites = seen.iter().map(|seen| seen.entry).filter(|entry| self.0.made(entry));
        Edit {
            field: field.clone(),
            content: Content::Plain(value),
            overwrites: overwrites.collect(),
        }
    }
}

/// Values by name, for the policy.
pub(crate) struct ByName<'v>(pub(crate) &'v BTreeMap<Name, Option<Value>>);

impl Row for ByName<'_> {
    fn value(&self, field: &str) -> Option<&Value> {
        self.0.get(field)?.as_ref()
    }
}
