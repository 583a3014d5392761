//! From entries to rows: what a record's history makes of it, written where it can be asked.
//!
//! A record that is touched is folded from all of its entries at the end of the transaction, so the
//! order of arrival cannot matter; only the first entry of a new record is projected by itself, at
//! once. The text index is written at the end, sorted, because it wants its rows in order.

use std::collections::{BTreeMap, BTreeSet};

use journal::{Act, Happened, RecordState};
use model::id::{Name, RecordId};
use model::value::Value;
use rusqlite::{Connection, OptionalExtension, params};

use crate::convert;
use crate::cube::{Delta, Filed};
use crate::entries;
use crate::error::StoreError;
use crate::merged;
use crate::place_time;
use crate::table::{Column, Table};
use crate::text::TextChanges;
use crate::writer::RecordPlace;

/// The record is deleted and nobody edited it since.
pub(crate) const DELETED: i64 = 1;
/// Some field has several values that did not see each other.
pub(crate) const CONFLICT: i64 = 2;
/// Somebody edited it without having seen that it was deleted.
pub(crate) const EDITED_AFTER_DELETION: i64 = 4;

/// Some sealed field has several values that did not see each other.
pub(crate) const SEALED_CONFLICT: i64 = 8;
/// Another record holds on in its place.
pub(crate) const MERGED: i64 = 16;

/// The values of a record, in the order of its table's columns.
pub(crate) type Values = Vec<Option<Value>>;

/// What a record's history makes of it: its register, what is to be known of it, its values.
#[derive(Debug)]
struct Row {
    register: Name,
    state: i64,
    /// Nothing where it is deleted.
    values: Option<Values>,
    /// When it entered the states of its workflow; nothing where there is none.
    stays: Option<Vec<u8>>,
}

/// What a transaction has to write to the derived tables.
#[derive(Debug)]
pub(crate) struct Projector {
    /// Records to be folded from all their entries at the end.
    touched: BTreeSet<i64>,
    /// Records of one entry, projected already: others may have been merged into them.
    fresh: BTreeSet<i64>,
    codes: BTreeMap<String, i64>,
    cube: Delta,
    text: BTreeMap<Name, TextChanges>,
}

impl Projector {
    pub(crate) fn new(connection: &Connection) -> Result<Self, StoreError> {
        let codes = read_codes(connection)?;
        let (touched, fresh) = (BTreeSet::new(), BTreeSet::new());
        Ok(Self { touched, fresh, codes, cube: Delta::default(), text: BTreeMap::new() })
    }

    /// Notes that an entry of a record was written. A record of this one entry is projected at once,
    /// any other at the end.
    pub(crate) fn touch(
        &mut self,
        connection: &Connection,
        tables: &BTreeMap<Name, Table>,
        record: RecordPlace,
        happened: Happened<'_>,
    ) -> Result<(), StoreError> {
        // A link says nothing of a record's row, and much of whether it is shown.
        if !record.fresh || matches!(happened.operation.act, Act::Link(_)) {
            self.touched.insert(record.number);
            return Ok(());
        }
        self.fresh.insert(record.number);
        match row(tables, &journal::fold([happened]), &[happened]) {
            Some(row) => self.place(connection, tables, (record.number, record.id), &row),
            None => Ok(()),
        }
    }

    /// Notes that a record has to be made anew from its entries.
    pub(crate) fn touch_again(&mut self, number: i64) {
        self.touched.insert(number);
    }

    /// Writes all that was touched.
    pub(crate) fn finish(
        &mut self,
        connection: &Connection,
        tables: &BTreeMap<Name, Table>,
    ) -> Result<(), StoreError> {
        let touched = std::mem::take(&mut self.touched);
        for number in &touched {
            self.project(connection, tables, *number)?;
        }
        let fresh = std::mem::take(&mut self.fresh);
        for number in merged::closure(connection, touched.into_iter().chain(fresh))? {
            self.join(connection, tables, number)?;
        }
        for (name, changes) in std::mem::take(&mut self.text) {
            if let Some(table) = tables.get(&name) {
                changes.flush(connection, table)?;
            }
        }
        self.cube.flush(connection)
    }

    /// Makes a record anew from its entries, as if none were merged.
    fn project(
        &mut self,
        connection: &Connection,
        tables: &BTreeMap<Name, Table>,
        number: i64,
    ) -> Result<(), StoreError> {
        let id = self.take_away(connection, tables, number)?;
        let history = entries::of_record(connection, number)?;
        let happened = entries::happened(&history);
        let state = journal::fold(happened.iter().copied());
        merged::note(connection, number, &state)?;
        match row(tables, &state, &happened) {
            Some(row) => self.place(connection, tables, (number, id), &row),
            None => Ok(()),
        }
    }

    /// Takes a record's row away where another holds on in its place, and brings it back where none
    /// does any more.
    fn join(
        &mut self,
        connection: &Connection,
        tables: &BTreeMap<Name, Table>,
        number: i64,
    ) -> Result<(), StoreError> {
        let sql = "SELECT id, register, state FROM casque_record WHERE no = ?";
        let mut statement = connection.prepare_cached(sql)?;
        let found =
            statement.query_row([number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let (id, register, state): ([u8; 16], i64, i64) = found;
        let kept = match state & DELETED {
            0 => merged::kept(connection, (RecordId::from_bytes(id), register))?,
            _ => None,
        };
        merged::note_kept(connection, number, kept)?;
        match (kept.is_some(), state & MERGED != 0) {
            (true, false) => {
                self.take_away(connection, tables, number)?;
                set_mark(connection, number, register, state | MERGED)
            }
            (false, true) => self.project(connection, tables, number),
            _ => Ok(()),
        }
    }

    /// Writes a record's row where there is none.
    fn place(
        &mut self,
        connection: &Connection,
        tables: &BTreeMap<Name, Table>,
        (number, id): (i64, RecordId),
        row: &Row,
    ) -> Result<(), StoreError> {
        let Some(table) = tables.get(&row.register) else { return Ok(()) };
        set_mark(connection, number, table.number, row.state)?;
        match &row.values {
            Some(values) => self.insert(connection, table, (number, id, row), values),
            None => Ok(()),
        }
    }

    /// Removes a record's row from the register it stands in, which need not be the one its entries
    /// name now; its id.
    fn take_away(
        &mut self,
        connection: &Connection,
        tables: &BTreeMap<Name, Table>,
        number: i64,
    ) -> Result<RecordId, StoreError> {
        let sql = "SELECT register, id FROM casque_record WHERE no = ?";
        let mut statement = connection.prepare_cached(sql)?;
        let found = statement.query_row([number], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (register, id): (i64, [u8; 16]) = found;
        if let Some(table) = tables.values().find(|table| table.number == register) {
            if let Some(old) = current(connection, table, number)? {
                self.remove(connection, table, number, &old)?;
            }
            set_mark(connection, number, 0, 0)?;
        }
        Ok(RecordId::from_bytes(id))
    }

    fn remove(
        &mut self,
        connection: &Connection,
        table: &Table,
        number: i64,
        old: &Values,
    ) -> Result<(), StoreError> {
        let filed = self.filed(connection, table, old)?;
        self.cube.count(table, old, filed, -1);
        place_time::remove(connection, table, number, old)?;
        self.text.entry(table.name.clone()).or_default().remove(table, number, old);
        let sql = format!("DELETE FROM {} WHERE no = ?", table.sql_name());
        connection.prepare_cached(&sql)?.execute([number])?;
        Ok(())
    }

    fn insert(
        &mut self,
        connection: &Connection,
        table: &Table,
        (number, id, row): (i64, RecordId, &Row),
        values: &Values,
    ) -> Result<(), StoreError> {
        let filed = self.filed(connection, table, values)?;
        self.cube.count(table, values, filed, 1);
        place_time::insert(connection, table, number, values, filed)?;
        self.text.entry(table.name.clone()).or_default().insert(table, number, values);
        let mut statement = connection.prepare_cached(&table.insert)?;
        statement.raw_bind_parameter(1, number)?;
        statement.raw_bind_parameter(2, id.as_bytes())?;
        statement.raw_bind_parameter(3, row.state)?;
        statement.raw_bind_parameter(4, row.stays.as_deref())?;
        let mut parameter = 5;
        for (column, value) in table.columns.iter().zip(values) {
            parameter = convert::bind(&mut statement, parameter, column.kind, value.as_ref())?;
        }
        statement.raw_execute()?;
        Ok(())
    }

    fn filed(
        &mut self,
        connection: &Connection,
        table: &Table,
        values: &Values,
    ) -> Result<Filed, StoreError> {
        Ok(Filed {
            classification: self.code(connection, table.classification, values)?,
            caveat: self.code(connection, table.caveat, values)?,
        })
    }

    fn code(
        &mut self,
        connection: &Connection,
        at: Option<usize>,
        values: &Values,
    ) -> Result<i64, StoreError> {
        let Some(Value::Code(code)) = at.and_then(|at| values[at].as_ref()) else { return Ok(0) };
        if let Some(number) = self.codes.get(code) {
            return Ok(*number);
        }
        connection
            .prepare_cached("INSERT OR IGNORE INTO casque_code (code) VALUES (?)")?
            .execute([code])?;
        self.codes = read_codes(connection)?;
        Ok(self.codes.get(code).copied().unwrap_or(0))
    }
}

/// The place of a record, which gets one where it is new.
pub(crate) fn place_of(connection: &Connection, id: &RecordId) -> Result<RecordPlace, StoreError> {
    let insert = "INSERT OR IGNORE INTO casque_record (id) VALUES (?)";
    if connection.prepare_cached(insert)?.execute([id.as_bytes()])? == 1 {
        let number = connection.last_insert_rowid();
        return Ok(RecordPlace { number, id: *id, fresh: true });
    }
    let select = "SELECT no FROM casque_record WHERE id = ?";
    let number = connection.prepare_cached(select)?.query_row([id.as_bytes()], |row| row.get(0))?;
    Ok(RecordPlace { number, id: *id, fresh: false })
}

/// The numbers of the codes that are filed by number.
pub(crate) fn read_codes(connection: &Connection) -> Result<BTreeMap<String, i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT code, no FROM casque_code")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A record's history as its row; nothing where this pack has no such register.
fn row(
    tables: &BTreeMap<Name, Table>,
    state: &RecordState<'_>,
    history: &[Happened<'_>],
) -> Option<Row> {
    let register = state.register?;
    let table = tables.get(register)?;
    let flag = |set: bool, bit: i64| if set { bit } else { 0 };
    let conflicts = |sealed: bool| state.conflicts().any(|name| table.is_sealed(name) == sealed);
    let bits = flag(state.deleted, DELETED)
        | flag(conflicts(false), CONFLICT)
        | flag(conflicts(true), SEALED_CONFLICT)
        | flag(state.edited_after_deletion, EDITED_AFTER_DELETION);
    let values = (!state.deleted).then(|| values(table, state));
    let stays = table.flow.as_ref().map(|flow| flow.bytes(history));
    Some(Row { register: register.clone(), state: bits, values, stays })
}

/// The values shown for a record: of several concurrent ones the first.
pub(crate) fn values(table: &Table, state: &RecordState<'_>) -> Values {
    let shown =
        |name: &Name, kind| state.value(name).filter(|value| value.field_type() == kind).cloned();
    table.columns.iter().map(|column| shown(&column.field, column.kind)).collect()
}

/// The row of a record as it stands, or nothing.
pub(crate) fn current(
    connection: &Connection,
    table: &Table,
    number: i64,
) -> Result<Option<Values>, StoreError> {
    let sql = format!("SELECT {} FROM {} WHERE no = ?", table.column_list, table.sql_name());
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([number])?;
    rows.next()?.map(|row| read_columns(&table.columns, row, 0)).transpose()
}

/// The values of a row of these columns that starts at `base`.
pub(crate) fn read_columns(
    columns: &[Column],
    row: &rusqlite::Row<'_>,
    base: usize,
) -> Result<Values, StoreError> {
    columns.iter().map(|column| convert::read(row, base, column)).collect()
}

/// Notes in which register a record stands and what is to be known of it.
fn set_mark(
    connection: &Connection,
    number: i64,
    register: i64,
    state: i64,
) -> Result<(), StoreError> {
    let sql = "UPDATE casque_record SET register = ?, state = ? WHERE no = ?";
    connection.prepare_cached(sql)?.execute(params![register, state, number])?;
    Ok(())
}

/// The number of a record in a register, deleted ones included.
pub(crate) fn number_of(
    connection: &Connection,
    table: &Table,
    id: &RecordId,
) -> Result<Option<(i64, i64)>, StoreError> {
    let sql = "SELECT no, state FROM casque_record WHERE id = ? AND register = ?";
    let mut statement = connection.prepare_cached(sql)?;
    let key = params![id.as_bytes(), table.number];
    Ok(statement.query_row(key, |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}
