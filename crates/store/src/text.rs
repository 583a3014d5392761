//! The text index: one FTS5 table per register, keyed so that its order is the order of time.
//!
//! A row's key is the record's time in seconds with the record's number in the low bits. "Newest
//! twenty with these words" is then the end of a posting list, not a sort of all matches. FTS5 wants
//! rows in ascending order, so a transaction's changes are gathered and written sorted.

use std::collections::{BTreeMap, BTreeSet};

use model::value::Value;
use rusqlite::{Connection, params};

use crate::error::StoreError;
use crate::place_time::time_ms;
use crate::project::Values;
use crate::table::Table;

/// Bits of a key that hold the record's number: 67 million records of a register's database.
const NUMBER_BITS: u32 = 26;
/// Seconds from 1800-01-01, the earliest time there is, to 1970.
const SECONDS_BEFORE_1970: i64 = 5_364_662_400;
/// No record number above this fits a key.
const NUMBER_MAX: i64 = (1 << NUMBER_BITS) - 1;

/// Changes to one register's text index.
#[derive(Debug, Default)]
pub(crate) struct TextChanges {
    removed: BTreeSet<i64>,
    inserted: BTreeMap<i64, String>,
}

impl TextChanges {
    pub(crate) fn insert(&mut self, table: &Table, number: i64, values: &Values) {
        let text = searchable(table, values);
        if !text.is_empty() {
            self.inserted.insert(key(table, number, values), text);
        }
    }

    pub(crate) fn remove(&mut self, table: &Table, number: i64, values: &Values) {
        let key = key(table, number, values);
        if !searchable(table, values).is_empty() && self.inserted.remove(&key).is_none() {
            self.removed.insert(key);
        }
    }

    pub(crate) fn flush(self, connection: &Connection, table: &Table) -> Result<(), StoreError> {
        let name = table.text_name();
        if !self.removed.is_empty() {
            let sql = format!("DELETE FROM {name} WHERE rowid = ?");
            let mut statement = connection.prepare_cached(&sql)?;
            for key in &self.removed {
                statement.execute([key])?;
            }
        }
        let sql = format!("INSERT INTO {name} (rowid, text) VALUES (?, ?)");
        let mut statement = connection.prepare_cached(&sql)?;
        for (key, text) in &self.inserted {
            statement.execute(params![key, text])?;
        }
        Ok(())
    }
}

/// The SQL that turns a key back into a record's number.
pub(crate) fn number_of_key(key: &str) -> String {
    format!("({key} & {NUMBER_MAX})")
}

/// The lowest key of a time, in milliseconds.
pub(crate) fn key_of_time(ms: i64) -> i64 {
    let seconds = ms.div_euclid(1_000).saturating_add(SECONDS_BEFORE_1970).max(0);
    seconds.min(i64::MAX >> NUMBER_BITS) << NUMBER_BITS
}

fn key(table: &Table, number: i64, values: &Values) -> i64 {
    let time = table.time.and_then(|at| time_ms(values[at].as_ref()?));
    time.map_or(0, key_of_time) | (number & NUMBER_MAX)
}

fn searchable(table: &Table, values: &Values) -> String {
    let texts = table.search.iter().filter_map(|at| match values[*at].as_ref()? {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    });
    let mut all = String::new();
    for text in texts {
        if !all.is_empty() {
            all.push('\n');
        }
        all.push_str(text);
    }
    all
}

/// What a person typed as an FTS5 query: every word must be there; `"two words"` stand together; a
/// trailing `*` completes a word. Nothing a person types is read as FTS5 syntax otherwise.
pub(crate) fn match_expression(typed: &str) -> Option<String> {
    let typed = typed.replace('\0', " ");
    let mut terms = Vec::new();
    for (nth, part) in typed.split('"').enumerate() {
        if nth % 2 == 1 {
            terms.extend(quoted_term(part, ""));
        } else {
            for word in part.split_whitespace() {
                let bare = word.trim_end_matches('*');
                terms.extend(quoted_term(bare, if bare.len() < word.len() { "*" } else { "" }));
            }
        }
    }
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

fn quoted_term(text: &str, suffix: &str) -> Option<String> {
    text.chars().any(char::is_alphanumeric).then(|| format!("\"{text}\"{suffix}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_types_is_never_syntax() {
        assert_eq!(match_expression("armed men"), Some("\"armed\" AND \"men\"".to_owned()));
        assert_eq!(
            match_expression("\"armed men\" Gao*").as_deref(),
            Some("\"armed men\" AND \"Gao\"*")
        );
        assert_eq!(match_expression("a OR (b").as_deref(), Some("\"a\" AND \"OR\" AND \"(b\""));
        assert_eq!(match_expression("  \" - * ("), None);
    }

    #[test]
    fn later_times_have_larger_keys_than_any_record_of_an_earlier_second() {
        assert!(key_of_time(1_000) > (key_of_time(0) | NUMBER_MAX));
        assert_eq!(key_of_time(i64::MIN), 0);
        assert!(key_of_time(i64::MAX) > 0);
    }
}
