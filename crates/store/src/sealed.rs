//! Sealed fields: who may see the values of which record, and everything else without them.
//!
//! A field is sealed for a compartment. To a viewer it is open where a grant that lets them do this
//! to the record holds the compartment, and they were read into it themselves; anywhere else the
//! field is not there: not among the values, not in the history, not in a filter. A question that
//! names one is asked of the records in which it is open, and of no others.

use std::collections::BTreeSet;

use filter::{Filter, Row};
use journal::{Act, Operation};
use model::id::{EntryId, Name};
use policy::{Action, Rule, Viewer};

use crate::entries::StoredEntry;
use crate::project::Values;
use crate::record::ValuesRow;
use crate::table::Table;

/// A sealed field of a table.
#[derive(Debug, Clone)]
pub(crate) struct SealedField {
    /// Position among the table's fields.
    pub(crate) at: usize,
    /// The compartment it is sealed for.
    pub(crate) compartment: String,
}

/// The sealed fields that a viewer does not see in every record, each with the records it is open
/// in; none where it is open in no record.
#[derive(Debug)]
pub(crate) struct Seals(Vec<(usize, Option<Rule>)>);

impl Seals {
    pub(crate) fn of(viewer: &Viewer, action: Action, table: &Table) -> Self {
        if table.sealed.is_empty() {
            return Self(Vec::new());
        }
        let schema = table.policy_schema();
        let whole = viewer.filter(action, &schema);
        let seal = |field: &SealedField| {
            let rule = viewer.within(&field.compartment).rule(action, &schema);
            let open = rule.filter();
            (open != whole).then(|| (field.at, (open != Filter::none()).then_some(rule)))
        };
        Self(table.sealed.iter().filter_map(seal).collect())
    }

    /// Whether every sealed field is open in every record.
    pub(crate) fn are_open(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether what is closed depends on the record.
    pub(crate) fn depend_on_record(&self) -> bool {
        self.0.iter().any(|(_, rule)| rule.is_some())
    }

    /// The positions of the fields that are closed in every record.
    pub(crate) fn closed_everywhere(&self) -> BTreeSet<usize> {
        self.0.iter().filter(|(_, rule)| rule.is_none()).map(|(at, _)| *at).collect()
    }

    /// The positions of the fields that are closed in a record of these values.
    pub(crate) fn closed_in(&self, row: &dyn Row) -> BTreeSet<usize> {
        let is_closed = |rule: &Option<Rule>| rule.as_ref().is_none_or(|r| !r.decide(row).allowed);
        self.0.iter().filter(|(_, rule)| is_closed(rule)).map(|(at, _)| *at).collect()
    }

    /// The records in which the field at this position is open, where that is not every record.
    fn open_in(&self, at: usize) -> Option<Filter> {
        let (_, rule) = self.0.iter().find(|(known, _)| *known == at)?;
        Some(rule.as_ref().map_or_else(Filter::none, Rule::filter))
    }
}

impl Table {
    /// What a question finds for a viewer: what it asks for, of the records they may do this with,
    /// and where it names a sealed field (in its filter or in `also`) of those in which it is open.
    pub fn seen(&self, viewer: &Viewer, action: Action, asked: &Filter, also: &[Name]) -> Filter {
        let seen = viewer.filter(action, &self.policy_schema());
        let seals = Seals::of(viewer, action, self);
        if seals.are_open() {
            return seen.and(asked.clone());
        }
        let mut named = asked.fields();
        named.extend(also.iter().cloned());
        let positions = named.iter().filter_map(|name| self.position(name.as_str()));
        let narrowings = positions.filter_map(|at| seals.open_in(at));
        narrowings.fold(seen, Filter::and).and(asked.clone())
    }

    /// The fields that are closed to the viewer in every record: for them they do not exist.
    pub fn closed(&self, viewer: &Viewer, action: Action) -> BTreeSet<Name> {
        let closed = Seals::of(viewer, action, self).closed_everywhere();
        closed.into_iter().map(|at| self.columns[at].field.clone()).collect()
    }

    /// The fields that are closed to the viewer in a record of these values.
    pub fn closed_in(&self, viewer: &Viewer, action: Action, values: &Values) -> BTreeSet<Name> {
        let closed = Seals::of(viewer, action, self).closed_in(&ValuesRow { table: self, values });
        closed.into_iter().map(|at| self.columns[at].field.clone()).collect()
    }
}

/// A history as if the closed fields had never had a value, a comment or a file.
pub(crate) fn history_without(
    history: &[StoredEntry],
    closed: &BTreeSet<Name>,
) -> Vec<StoredEntry> {
    let mut gone: BTreeSet<EntryId> = BTreeSet::new();
    let mut kept = Vec::new();
    for stored in history {
        let Some(operation) = &stored.operation else {
            kept.push(stored.clone());
            continue;
        };
        match operation_without(operation, closed) {
            Some(operation) => {
                kept.push(StoredEntry { operation: Some(operation), ..stored.clone() });
            }
            None => {
                gone.insert(stored.id);
            }
        }
    }
    for stored in &mut kept {
        if let Some(operation) = &mut stored.operation {
            forget(&mut operation.act, &gone);
        }
    }
    kept.retain(|stored| !says_nothing(stored));
    kept
}

/// The operation without what it says of closed fields; nothing where it says nothing else.
fn operation_without(operation: &Operation, closed: &BTreeSet<Name>) -> Option<Operation> {
    let hidden = |field: &Option<Name>| field.as_ref().is_some_and(|name| closed.contains(name));
    match &operation.act {
        Act::Set { register, edits } => {
            let open = edits.iter().filter(|edit| !closed.contains(&edit.field));
            let open: Vec<_> = open.cloned().collect();
            let is_about_closed = open.is_empty() && !edits.is_empty();
            let act = Act::Set { register: register.clone(), edits: open };
            (!is_about_closed).then(|| Operation { act, ..operation.clone() })
        }
        Act::Comment(comment) if hidden(&comment.field) => None,
        Act::Attach(file) if hidden(&file.field) => None,
        _ => Some(operation.clone()),
    }
}

/// Takes away the names of entries that are not there.
fn forget(act: &mut Act, gone: &BTreeSet<EntryId>) {
    if let Act::Delete { overwrites } | Act::Restore { overwrites } | Act::Remove { overwrites } =
        act
    {
        overwrites.retain(|entry| !gone.contains(entry));
    }
}

/// What took away nothing but what is not there.
fn says_nothing(stored: &StoredEntry) -> bool {
    let act = stored.operation.as_ref().map(|operation| &operation.act);
    matches!(act, Some(Act::Remove { overwrites }) if overwrites.is_empty())
}
