//! One hash over everything derived, the same on every node with the same entries and pack.
//!
//! Rows are hashed under their record's id, never under this node's numbers, and the row hashes are
//! sorted, so neither the order of arrival nor that of the tables on disk can show.

use std::collections::BTreeMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use crate::Store;
use crate::error::StoreError;
use crate::table::Table;

impl Store {
    /// The hash of all derived rows: registers, place and time, text, cube, facts.
    pub fn state_hash(&self) -> Result<[u8; 32], StoreError> {
        let _moment = self.moment()?;
        let connection = self.connection();
        let mut hashes = Vec::new();
        for table in self.tables.values() {
            let (name, text) = (table.sql_name(), table.text_name());
            let columns = &table.column_list;
            let record = "(SELECT id FROM casque_record r WHERE r.no =";
            hash_rows(
                connection,
                &mut hashes,
                &format!(
                    "SELECT 'row', {record} t.no), _id, _state, _stays, {columns} FROM {name} t"
                ),
            )?;
            let number = crate::text::number_of_key("docid");
            hash_rows(
                connection,
                &mut hashes,
                &format!(
                    "SELECT 'text', {record} {number}), docid >> 26 FROM \
                 (SELECT rowid AS docid FROM {text})"
                ),
            )?;
            hash_rows(connection, &mut hashes, &terms(connection, table)?)?;
        }
        let codes = "(SELECT code FROM casque_code c WHERE c.no =";
        let register = "(SELECT name FROM casque_register g WHERE g.no = x.register)";
        hash_rows(
            connection,
            &mut hashes,
            &format!(
                "SELECT 'place', {register}, (SELECT id FROM casque_record r WHERE r.no = x.record), cell, \
             time, lon, lat, {codes} x.classification), {codes} x.caveat) FROM casque_place_time x"
            ),
        )?;
        hash_rows(
            connection,
            &mut hashes,
            &format!(
                "SELECT 'cube', {register}, area, year, {codes} x.classification), {codes} x.caveat), \
             months FROM casque_cube x"
            ),
        )?;
        hash_rows(
            connection,
            &mut hashes,
            "SELECT 'fact', kind, key, at, entry, body FROM casque_fact",
        )?;
        let record = "(SELECT id FROM casque_record r WHERE r.no =";
        let merges = format!(
            "SELECT 'merge', {record} m.record), target, {record} m.kept) FROM casque_merge m"
        );
        hash_rows(connection, &mut hashes, &merges)?;
        hashes.sort_unstable();
        let mut all = blake3::Hasher::new();
        for hash in &hashes {
            all.update(hash);
        }
        Ok(*all.finalize().as_bytes())
    }

    /// How many live records each register holds.
    pub fn record_counts(&self) -> Result<BTreeMap<String, u64>, StoreError> {
        let mut counts = BTreeMap::new();
        for table in self.tables.values() {
            let sql = format!("SELECT count(*) FROM {}", table.sql_name());
            let count: i64 = self.connection().query_row(&sql, [], |row| row.get(0))?;
            counts.insert(table.name.to_string(), count.cast_unsigned());
        }
        Ok(counts)
    }
}

/// The words of a text index and how often each is used.
fn terms(connection: &Connection, table: &Table) -> Result<String, StoreError> {
    let vocabulary = format!("temp.\"casque_terms_{}\"", table.name);
    connection.execute_batch(&format!(
        "CREATE VIRTUAL TABLE IF NOT EXISTS {vocabulary} USING \
         fts5vocab('main', 'casque_text_{}', 'row')",
        table.name
    ))?;
    Ok(format!("SELECT 'term', '{}', term, doc, cnt FROM {vocabulary}", table.name))
}

fn hash_rows(
    connection: &Connection,
    hashes: &mut Vec<[u8; 32]>,
    sql: &str,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare(sql)?;
    let width = statement.column_count();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        hashes.push(hash_row(row, width)?);
    }
    Ok(())
}

fn hash_row(row: &Row<'_>, width: usize) -> Result<[u8; 32], StoreError> {
    let mut hasher = blake3::Hasher::new();
    for at in 0..width {
        let (tag, bytes): (u8, &[u8]) = match &row.get_ref(at)? {
            ValueRef::Null => (0, &[]),
            ValueRef::Integer(number) => (1, &number.to_be_bytes()),
            ValueRef::Real(number) => (2, &number.to_bits().to_be_bytes()),
            ValueRef::Text(text) => (3, text),
            ValueRef::Blob(blob) => (4, blob),
        };
        hasher.update(&[tag]);
        hasher.update(&(bytes.len() as u64).to_be_bytes());
        hasher.update(bytes);
    }
    Ok(*hasher.finalize().as_bytes())
}
