//! What a process holds in memory of its registers, and what brings it up to date.
//!
//! Derived from the derived: read from the tables at one moment, good for that version of the
//! journal, renewed with the records that later entries touched. Shared by the connections of a
//! process, whose moments differ: whoever asks says which version they are at.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use model::value::FieldType;
use rusqlite::Connection;

use crate::Store;
use crate::error::StoreError;
use crate::merged;
use crate::table::Table;

/// After so many changed records, reading everything again is cheaper.
const TOUCHED_MAX: usize = 50_000;
const DAY_MS: i64 = 86_400_000;

impl Store {
    /// Reads the place and time of every record into memory, about 25 bytes each, and answers
    /// windows and counts from there from now on; then what tiles are made of. For a process that
    /// answers many questions. What is written later is taken up by the next question.
    pub fn warm(&self) -> Result<(), StoreError> {
        for table in self.tables.values() {
            let _moment = self.moment()?;
            self.windows_at(table, version(self.connection())?)?;
        }
        for table in self.tables.values() {
            let _moment = self.moment()?;
            self.points_now(table)?;
        }
        Ok(())
    }
}

/// Something that is of one version of the journal.
pub(crate) trait Versioned {
    /// The number of the last entry it knows of.
    fn version(&self) -> i64;
}

/// One such thing for each register.
#[derive(Debug)]
pub(crate) struct Registers<T> {
    /// By the register's number.
    held: RwLock<BTreeMap<i64, Arc<T>>>,
    /// Who makes one or brings it up to date holds this.
    making: Mutex<()>,
}

impl<T> Default for Registers<T> {
    fn default() -> Self {
        Self { held: RwLock::default(), making: Mutex::default() }
    }
}

impl<T: Versioned> Registers<T> {
    /// What is held of a register, of whatever version.
    pub(crate) fn get(&self, register: i64) -> Option<Arc<T>> {
        self.held.read().unwrap_or_else(PoisonError::into_inner).get(&register).cloned()
    }

    /// What is held of a register at this version or a later one. It is made by one thread, from
    /// what was held before, while the others wait for it.
    pub(crate) fn at(
        &self,
        register: i64,
        version: i64,
        make: impl FnOnce(Option<&T>) -> Result<T, StoreError>,
    ) -> Result<Arc<T>, StoreError> {
        let held = || self.get(register).filter(|held| held.version() >= version);
        if let Some(held) = held() {
            return Ok(held);
        }
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = held() {
            return Ok(held);
        }
        let new = Arc::new(make(self.get(register).as_deref())?);
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        held.insert(register, Arc::clone(&new));
        Ok(new)
    }
}

/// The number of the journal's last entry: derived tables change with an entry and never without.
pub(crate) fn version(connection: &Connection) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce(max(no), 0) FROM casque_entry";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// The records, of whatever register, that entries after this one touched, and those whose merges lead
/// to one of them; nothing where those are too many to be looked at one by one.
pub(crate) fn touched(
    connection: &Connection,
    version: i64,
) -> Result<Option<BTreeSet<i64>>, StoreError> {
    let sql = "SELECT record FROM casque_entry NOT INDEXED WHERE no > ? AND record IS NOT NULL";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([version])?;
    let mut touched = BTreeSet::new();
    while let Some(row) = rows.next()? {
        touched.insert(row.get(0)?);
        if touched.len() > TOUCHED_MAX {
            return Ok(None);
        }
    }
    Ok(Some(merged::closure(connection, touched)?))
}

/// The time of a record as an expression: milliseconds, NULL where it has none.
pub(crate) fn time_sql(table: &Table) -> String {
    let Some(at) = table.time else { return "NULL".to_owned() };
    let column = table.first_sql_column(at);
    match table.columns[at].kind {
        FieldType::Date => format!("t.{column} * {DAY_MS}"),
        _ => format!("t.{column}"),
    }
}
