//! Throwing the derived tables away and making them again from the entries.
//!
//! Interrupted anywhere, the next opening starts over: what marks the projections as good is written
//! last. Two processes that did it at once would each drop what the other had made, and the quicker
//! one would call the rest good; so there is a lock, and one waits for the other.

use std::fs::File;

use model::id::Name;
use rusqlite::{Connection, TransactionBehavior};

use crate::Store;
use crate::entries;
use crate::error::StoreError;
use crate::members;
use crate::merged;
use crate::place_time;
use crate::project::Projector;
use crate::table::Table;

/// Raised whenever the derived tables of the same entries would look different.
const PROJECTION_VERSION: u32 = 4;
const PROJECTION_SETTING: &str = "projection";
/// What the name of the file ends in that is locked meanwhile, after the database's.
const LOCK_ENDING: &str = "-rebuild";
/// Records made anew in one transaction.
const CHUNK: usize = 20_000;

/// What a rebuild did.
#[derive(Debug, Clone, Copy)]
pub struct Rebuilt {
    /// Records made anew.
    pub records: u64,
}

impl Store {
    /// Makes every derived table anew; `progress` hears of records done and in all.
    pub fn rebuild(&mut self, progress: &mut dyn FnMut(u64, u64)) -> Result<Rebuilt, StoreError> {
        let _turn = self.turn()?;
        self.make_anew(progress)
    }

    /// The same, where they were made by another program or for another pack.
    pub(crate) fn rebuild_where_stale(&mut self) -> Result<(), StoreError> {
        if !self.projection_is_stale()? {
            return Ok(());
        }
        let _turn = self.turn()?;
        // Whoever had the turn before may have made them.
        if self.projection_is_stale()? {
            self.make_anew(&mut |_done, _all| {})?;
        }
        Ok(())
    }

    /// The turn of one process; it ends with what is given, or with the process.
    fn turn(&self) -> Result<Option<File>, StoreError> {
        let Some(database) = self.connection().path() else { return Ok(None) };
        let path = format!("{database}{LOCK_ENDING}");
        let file = File::options().create(true).truncate(false).write(true).open(path);
        let file = file.map_err(StoreError::Lock)?;
        file.lock().map_err(StoreError::Lock)?;
        Ok(Some(file))
    }

    fn make_anew(&mut self, progress: &mut dyn FnMut(u64, u64)) -> Result<Rebuilt, StoreError> {
        self.ground.set_setting(PROJECTION_SETTING, b"")?;
        self.start_over()?;
        let all: i64 = self.connection().query_row(
            "SELECT coalesce(max(no), 0) FROM casque_record",
            [],
            |row| row.get(0),
        )?;
        let mut records = 0;
        let mut after = 0;
        loop {
            let chunk = records_after(self.connection(), after)?;
            let Some(last) = chunk.last() else { break };
            after = *last;
            records += chunk.len() as u64;
            self.rebuild_records(&chunk)?;
            progress(after.cast_unsigned(), all.cast_unsigned());
        }
        self.ground.set_setting(PROJECTION_SETTING, &self.projection_mark())?;
        Ok(Rebuilt { records })
    }

    /// Whether the derived tables were made by another program or for another pack.
    pub(crate) fn projection_is_stale(&self) -> Result<bool, StoreError> {
        let found = self.ground.setting(PROJECTION_SETTING)?;
        Ok(found.as_deref() != Some(self.projection_mark().as_slice()))
    }

    fn projection_mark(&self) -> Vec<u8> {
        let mut mark = PROJECTION_VERSION.to_be_bytes().to_vec();
        mark.extend_from_slice(&self.pack.hash);
        mark
    }

    fn start_over(&mut self) -> Result<(), StoreError> {
        let Self { ground, tables, .. } = self;
        let transaction =
            ground.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for name in registers(&transaction)? {
            transaction.execute_batch(&Table::removal(&name))?;
        }
        for table in tables.values() {
            transaction.execute_batch(&table.definition())?;
        }
        transaction.execute_batch(
            "DELETE FROM casque_cube; DELETE FROM casque_fact;
             UPDATE casque_record SET register = 0, state = 0 WHERE register <> 0",
        )?;
        transaction.execute_batch(place_time::DEFINITION)?;
        transaction.execute_batch(merged::DEFINITION)?;
        facts(&transaction)?;
        transaction.commit()?;
        Ok(())
    }

    fn rebuild_records(&mut self, chunk: &[i64]) -> Result<(), StoreError> {
        let Self { ground, tables, .. } = self;
        let transaction =
            ground.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut projector = Projector::new(&transaction)?;
        for number in chunk {
            projector.touch_again(*number);
        }
        projector.finish(&transaction, tables)?;
        transaction.commit()?;
        Ok(())
    }
}

fn registers(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare("SELECT name FROM casque_register")?;
    let names = statement.query_map([], |row| row.get::<_, String>(0))?;
    let names: Vec<String> = names.collect::<Result<_, _>>()?;
    Ok(names.into_iter().filter(|name| Name::new(name).is_ok()).collect())
}

/// Reads again every entry that is about no record.
fn facts(connection: &Connection) -> Result<(), StoreError> {
    let sql = "SELECT e.no, e.id, l.id, e.sequence, e.at, e.received, e.codec, e.body \
               FROM casque_entry e JOIN casque_log l ON l.no = e.log WHERE e.record IS NULL";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let stored = entries::stored_entry(row)?;
        if let Some(operation) = &stored.operation {
            members::note(connection, stored.id, stored.at, operation)?;
        }
    }
    Ok(())
}

fn records_after(connection: &Connection, after: i64) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT no FROM casque_record WHERE no > ? ORDER BY no LIMIT ?";
    let mut statement = connection.prepare_cached(sql)?;
    let limit = i64::try_from(CHUNK).unwrap_or(i64::MAX);
    let rows = statement.query_map([after, limit], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
