//! Records merged into others: who points where, and which record holds on in place of which.
//!
//! Derived: a row for every record with a standing link of a merge. What a record shows depends on those
//! it points at, so a change of one is a change of all that lead to it ([`closure`]). A record in whose place
//! another holds on has no row in its register's table: it is in no list, count, sum, tile or clock.

use std::collections::BTreeSet;

use journal::{RecordState, Standing};
use model::id::{Name, RecordId};
use policy::{Action, Viewer};
use rusqlite::{Connection, OptionalExtension, params};

use crate::Store;
use crate::error::StoreError;
use crate::project::DELETED;

/// The table; a rebuild makes it anew.
pub(crate) const DEFINITION: &str = "
DROP TABLE IF EXISTS casque_merge;
CREATE TABLE casque_merge (
    record INTEGER PRIMARY KEY, target BLOB NOT NULL, kept INTEGER
) STRICT;
CREATE INDEX casque_merge_target ON casque_merge (target);
CREATE INDEX casque_merge_kept ON casque_merge (kept) WHERE kept IS NOT NULL;
";

/// What a record has to do with others, as far as a viewer may know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merges {
    /// Whether another record holds on in its place.
    pub is_merged: bool,
    /// That record.
    pub into: Option<RecordId>,
    /// The records in whose place it holds on, in the order of their ids.
    pub from: Vec<RecordId>,
}

/// Notes into which record this one was merged, if into any.
pub(crate) fn note(
    connection: &Connection,
    number: i64,
    state: &RecordState<'_>,
) -> Result<(), StoreError> {
    let Some(target) = state.merged_into() else {
        let sql = "DELETE FROM casque_merge WHERE record = ?";
        connection.prepare_cached(sql)?.execute([number])?;
        return Ok(());
    };
    let sql = "INSERT OR REPLACE INTO casque_merge (record, target, kept) VALUES (?, ?, NULL)";
    connection.prepare_cached(sql)?.execute(params![number, target.as_bytes()])?;
    Ok(())
}

/// Notes which record holds on in place of this one.
pub(crate) fn note_kept(
    connection: &Connection,
    number: i64,
    kept: Option<i64>,
) -> Result<(), StoreError> {
    let sql = "UPDATE casque_merge SET kept = ? WHERE record = ?";
    connection.prepare_cached(sql)?.execute(params![kept, number])?;
    Ok(())
}

/// Whether any record was merged into another.
pub(crate) fn any(connection: &Connection) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM casque_merge)";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// These records, and all whose merges lead to one of them.
pub(crate) fn closure(
    connection: &Connection,
    records: impl IntoIterator<Item = i64>,
) -> Result<BTreeSet<i64>, StoreError> {
    let mut closed: BTreeSet<i64> = records.into_iter().collect();
    if !any(connection)? {
        return Ok(closed);
    }
    let sql = "SELECT m.record FROM casque_record r JOIN casque_merge m ON m.target = r.id WHERE r.no = ?";
    let mut statement = connection.prepare_cached(sql)?;
    let mut open: Vec<i64> = closed.iter().copied().collect();
    while let Some(record) = open.pop() {
        let mut rows = statement.query([record])?;
        while let Some(row) = rows.next()? {
            let leading = row.get(0)?;
            if closed.insert(leading) {
                open.push(leading);
            }
        }
    }
    Ok(closed)
}

/// The number of the record that holds on in place of this one.
pub(crate) fn kept(
    connection: &Connection,
    (id, register): (RecordId, i64),
) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT m.target, r.register, r.state FROM casque_record r \
               LEFT JOIN casque_merge m ON m.record = r.no WHERE r.id = ?";
    let mut statement = connection.prepare_cached(sql)?;
    let mut look = |id: &RecordId| -> Result<Standing, StoreError> {
        let found = statement.query_row([id.as_bytes()], |row| {
            let (theirs, state): (i64, i64) = (row.get(1)?, row.get(2)?);
            let into = row.get::<_, Option<[u8; 16]>>(0)?.map(RecordId::from_bytes);
            Ok(Standing {
                into,
                is_there: theirs == register && theirs != 0 && state & DELETED == 0,
            })
        });
        Ok(found.optional()?.unwrap_or(Standing { into: None, is_there: false }))
    };
    let Some(kept) = journal::kept(id, &mut look)? else { return Ok(None) };
    let sql = "SELECT no FROM casque_record WHERE id = ?";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(Some(statement.query_row([kept.as_bytes()], |row| row.get(0))?))
}

impl Store {
    /// What was merged into a record, and into which it was, of those the viewer may read.
    pub fn merges(
        &self,
        viewer: &Viewer,
        register: &Name,
        id: &RecordId,
    ) -> Result<Merges, StoreError> {
        let _moment = self.moment()?;
        let connection = self.connection();
        let into = "SELECT k.id FROM casque_record r JOIN casque_merge m ON m.record = r.no \
                    JOIN casque_record k ON k.no = m.kept WHERE r.id = ?";
        let from = "SELECT r.id FROM casque_record k JOIN casque_merge m ON m.kept = k.no \
                    JOIN casque_record r ON r.no = m.record WHERE k.id = ? ORDER BY r.id";
        let into = ids(connection, into, id)?.pop();
        let is_merged = into.is_some();
        let readable = |id: &RecordId| -> Result<bool, StoreError> {
            Ok(self.record_for(viewer, Action::Read, register, id)?.is_some())
        };
        let mut merges = Merges { is_merged, ..Merges::default() };
        if let Some(into) = into {
            merges.into = readable(&into)?.then_some(into);
        }
        for id in ids(connection, from, id)? {
            if readable(&id)? {
                merges.from.push(id);
            }
        }
        Ok(merges)
    }
}

fn ids(connection: &Connection, sql: &str, id: &RecordId) -> Result<Vec<RecordId>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([id.as_bytes()], |row| Ok(RecordId::from_bytes(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
