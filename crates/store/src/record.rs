//! One record: as it stands, with its conflicts, and how it came to be.
//!
//! A record the viewer may not read is absent: the same answer as for one that does not exist.

use std::collections::BTreeSet;

use filter::Row;
use journal::{Happened, RecordState};
use model::id::{Name, RecordId};
use model::value::Value;
use policy::{Action, Rule, Viewer};
use rusqlite::Connection;

use crate::Store;
use crate::entries::{self, StoredEntry};
use crate::error::StoreError;
use crate::project::{self, Values};
use crate::sealed::history_without;
use crate::table::{Column, Table};
use crate::writer::Writer;

/// A record with everything a viewer may see of it.
#[derive(Debug)]
pub struct Whole {
    /// Its id.
    pub id: RecordId,
    /// Its register.
    pub register: Name,
    /// The shown values, in the order of the table's fields.
    pub values: Vec<Option<Value>>,
    /// Its entries in order of arrival.
    pub history: Vec<StoredEntry>,
    /// Whether it is deleted; then [`Self::values`] are its last.
    pub deleted: bool,
    /// Whether another record holds on in its place.
    pub merged: bool,
    /// The sealed fields that are closed to the viewer: nothing above tells of them.
    pub closed: BTreeSet<Name>,
    /// The same record with what is closed, where anything is.
    full: Option<Box<Self>>,
}

impl Whole {
    /// The record as it is, closed fields included: what an act is planned on, so that it leaves alone
    /// what its author does not see. It is shown to nobody.
    pub fn full(&self) -> &Self {
        self.full.as_deref().unwrap_or(self)
    }

    /// Everything visible, concurrent values too.
    pub fn state(&self) -> RecordState<'_> {
        entries::fold(&self.history)
    }

    /// What happened to it, in the order it did: each entry after those it overwrites.
    pub fn in_order(&self) -> Vec<Happened<'_>> {
        journal::in_order(entries::happened(&self.history))
    }
}

impl Store {
    /// A record, or nothing where there is none the viewer may see.
    pub fn record(
        &self,
        viewer: &Viewer,
        register: &Name,
        id: &RecordId,
    ) -> Result<Option<Whole>, StoreError> {
        self.record_for(viewer, Action::Read, register, id)
    }

    /// A record on which the viewer may do `action`, or nothing.
    pub fn record_for(
        &self,
        viewer: &Viewer,
        action: Action,
        register: &Name,
        id: &RecordId,
    ) -> Result<Option<Whole>, StoreError> {
        let _moment = self.moment()?;
        let table = self.table(register)?;
        let Some(mark) = project::number_of(self.connection(), table, id)? else {
            return Ok(None);
        };
        let whole = whole(self.connection(), table, (mark, id))?;
        Ok(whole.seen(viewer, action, table))
    }

    /// The register a record is in, where the viewer may read it.
    pub fn register_of(&self, viewer: &Viewer, id: &RecordId) -> Result<Option<Name>, StoreError> {
        let _moment = self.moment()?;
        for register in self.tables.keys() {
            if self.record(viewer, register, id)?.is_some() {
                return Ok(Some(register.clone()));
            }
        }
        Ok(None)
    }
}

impl Whole {
    /// The record as the viewer sees it who is about to do `action`, or nothing.
    fn seen(self, viewer: &Viewer, action: Action, table: &Table) -> Option<Self> {
        let row = ValuesRow { table, values: &self.values };
        if !viewer.decide(action, &table.policy_schema(), &row).allowed {
            return None;
        }
        let closed = table.closed_in(viewer, action, &self.values);
        Some(if closed.is_empty() { self } else { self.without(closed, table) })
    }

    fn without(self, closed: BTreeSet<Name>, table: &Table) -> Self {
        let is_closed = |name: &Name| closed.contains(name);
        let values = self.values.iter().zip(&table.columns);
        let open = |(value, column): (&Option<Value>, &Column)| {
            value.clone().filter(|_| !is_closed(&column.field))
        };
        Self {
            id: self.id,
            register: self.register.clone(),
            values: values.map(open).collect(),
            history: history_without(&self.history, &closed),
            deleted: self.deleted,
            merged: self.merged,
            closed,
            full: Some(Box::new(self)),
        }
    }
}

fn whole(
    connection: &Connection,
    table: &Table,
    ((number, mark), id): ((i64, i64), &RecordId),
) -> Result<Whole, StoreError> {
    let history = entries::of_record(connection, number)?;
    let state = entries::fold(&history);
    let (values, deleted) = (project::values(table, &state), state.deleted);
    let (closed, full, register) = (BTreeSet::new(), None, table.name.clone());
    let merged = mark & project::MERGED != 0;
    Ok(Whole { id: *id, register, values, history, deleted, merged, closed, full })
}

impl Writer<'_> {
    /// A record as this transaction found it, on which the viewer may do `action`. What was appended
    /// in this transaction shows after it is committed.
    pub fn record_for(
        &self,
        viewer: &Viewer,
        action: Action,
        register: &Name,
        id: &RecordId,
    ) -> Result<Option<Whole>, StoreError> {
        let table = self.table(register)?;
        let connection = self.connection();
        let Some(mark) = project::number_of(connection, table, id)? else { return Ok(None) };
        let whole = whole(connection, table, (mark, id))?;
        Ok(whole.seen(viewer, action, table))
    }

    /// The fields that are closed to the viewer in a record of these values.
    pub fn closed_in(
        &self,
        viewer: &Viewer,
        action: Action,
        (register, values): (&Name, &[Option<Value>]),
    ) -> Result<BTreeSet<Name>, StoreError> {
        let values = values.to_vec();
        Ok(self.table(register)?.closed_in(viewer, action, &values))
    }

    /// The shown values of a live record that the rule allows: one row, no history.
    pub fn row_for(
        &self,
        rule: &Rule,
        register: &Name,
        id: &RecordId,
    ) -> Result<Existing, StoreError> {
        let table = self.table(register)?;
        let connection = self.connection();
        let Some((number, state)) = project::number_of(connection, table, id)? else {
            return Ok(Existing::Absent);
        };
        if state & project::MERGED != 0 {
            return Ok(Existing::Merged);
        }
        let Some(values) = project::current(connection, table, number)? else {
            return Ok(Existing::Deleted);
        };
        let row = ValuesRow { table, values: &values };
        Ok(if rule.decide(&row).allowed { Existing::Live(values) } else { Existing::Hidden })
    }
}

/// What a transaction finds where it is about to write.
#[derive(Debug)]
pub enum Existing {
    /// No record.
    Absent,
    /// A record the viewer may not do this to. Whoever writes must not pass over it.
    Hidden,
    /// A deleted record.
    Deleted,
    /// A record in whose place another holds on.
    Merged,
    /// A record and its shown values, in the order of the table's fields.
    Live(Vec<Option<Value>>),
}

/// A row's values by field name, for the policy.
#[derive(Debug)]
pub(crate) struct ValuesRow<'v> {
    pub(crate) table: &'v Table,
    pub(crate) values: &'v Values,
}

impl Row for ValuesRow<'_> {
    fn value(&self, field: &str) -> Option<&Value> {
        self.values.get(self.table.position(field)?)?.as_ref()
    }
}
