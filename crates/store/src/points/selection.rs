//! Which points may be seen, and answers of the database about it that are kept.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use filter::Filter;

use super::columns::Columns;
use super::condition::{BLOCK, Condition, all_of};
use crate::table::Table;

/// The most answers that are kept: an eighth of a megabyte each at a million records.
const KEPT_MAX: usize = 32;

/// Some of the points.
#[derive(Debug, Clone)]
pub enum Selection {
    /// Those that a condition on what is held passes.
    Held(Condition),
    /// Those that the database named: a bit for each row.
    Listed(Arc<Vec<u64>>),
}

impl Selection {
    /// Which rows of a block are among them. The block begins at `start`, a multiple of 64.
    pub(super) fn of_block(&self, columns: &Columns, start: usize) -> u64 {
        match self {
            Self::Held(condition) => condition.passing(columns, start),
            Self::Listed(bits) => {
                let rows = BLOCK.min(columns.len() - start);
                bits.get(start / BLOCK).copied().unwrap_or(0) & all_of(rows)
            }
        }
    }
}

/// Numbers as bits.
#[derive(Debug, Default)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn set(&mut self, number: u32) {
        let at = number as usize;
        if at / BLOCK >= self.0.len() {
            self.0.resize(at / BLOCK + 1, 0);
        }
        self.0[at / BLOCK] |= 1 << (at % BLOCK);
    }

    pub(super) fn get(&self, number: u32) -> bool {
        let at = number as usize;
        self.0.get(at / BLOCK).is_some_and(|bits| bits >> (at % BLOCK) & 1 == 1)
    }

    /// The bits, so many, at places that `test` passes.
    pub(super) fn of(count: usize, test: impl Fn(usize) -> bool) -> Vec<u64> {
        let block = |start: usize| {
            let rows = start..(start + BLOCK).min(count);
            rows.map(|row| u64::from(test(row)) << (row - start)).sum()
        };
        (0..count).step_by(BLOCK).map(block).collect()
    }
}

/// What an answer depends on.
pub(super) type Key = (i64, i64, [u8; 32]);

/// What the answer to a question depends on: never who asked. The points have been as they are
/// since a version.
pub(super) fn key(table: &Table, since: i64, seen: &Filter, search: Option<&str>) -> Key {
    let mut hasher = blake3::Hasher::new();
    let text = seen.to_text();
    hasher.update(&(text.len() as u64).to_be_bytes());
    hasher.update(text.as_bytes());
    hasher.update(&[u8::from(search.is_some())]);
    hasher.update(search.unwrap_or_default().as_bytes());
    (table.number, since, *hasher.finalize().as_bytes())
}

/// Answers that are kept, those of the latest versions.
#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<BTreeMap<Key, Arc<Vec<u64>>>>);

impl Kept {
    pub(super) fn get(&self, key: &Key) -> Option<Arc<Vec<u64>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    pub(super) fn insert(&self, key: Key, bits: &Arc<Vec<u64>>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(register, version, _), _| *register != key.0 || *version == key.1);
        if kept.len() >= KEPT_MAX {
            kept.pop_first();
        }
        kept.insert(key, Arc::clone(bits));
    }
}
