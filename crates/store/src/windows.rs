//! Where and when every record is, held in memory: what a process that serves many asks instead of
//! the place and time index.
//!
//! Counting 100,000 records of a window costs 12 ms in SQLite and 0.1 ms here. Read from
//! `casque_place_time`. A question whose moment is older than what is held is asked of SQLite, and
//! so is every question before a process has read them ([`Store::warm`]). Both give the same
//! answers; the tests ask both.

mod base;
mod load;
mod scan;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use filter::{Filter, Row};
use model::value::Value;

use crate::error::StoreError;
use crate::memory::{self, Versioned};
use crate::query::Order;
use crate::table::Table;
use crate::{Store, project};
use base::{Base, Entry};
use scan::Window;
pub(crate) use scan::{Found, Reach};

/// So many changed records are kept beside the sorted arrays before these are made anew.
const CHANGES_MAX: usize = 4_096;
/// A page that ends farther than this from its beginning is asked of SQLite.
const PAGE_END_MAX: usize = 200_000;

/// A register's records at one version of the journal.
#[derive(Debug, Clone, Default)]
pub(crate) struct Held {
    version: i64,
    /// Whether it has more records or kinds than can be numbered: then nothing is to be asked here.
    overflowed: bool,
    base: Arc<Base>,
    /// Classification and caveat, by the number entries have for the pair.
    kinds: Arc<Vec<Kind>>,
    /// Records that changed since the base was made, as they are now.
    recent: Vec<Entry>,
    /// The same as they are in the base, where they no longer are so.
    gone: Vec<Entry>,
    gone_records: BTreeSet<u32>,
}

/// What the rights of a viewer look at, beside the place and the time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Kind {
    classification: Option<Value>,
    caveat: Option<Value>,
}

impl Versioned for Held {
    fn version(&self) -> i64 {
        self.version
    }
}

impl Row for Kind {
    fn value(&self, field: &str) -> Option<&Value> {
        match field {
            policy::CLASSIFICATION => self.classification.as_ref(),
            policy::CAVEAT => self.caveat.as_ref(),
            _ => None,
        }
    }
}

impl Store {
    /// The records a filter passes, where memory can tell: nothing where it asks for more than
    /// place, time, classification and caveat, or where memory is not of this moment.
    pub(crate) fn found_in_memory(
        &self,
        table: &Table,
        filter: &Filter,
        (order, wanted): (Order, usize),
    ) -> Result<Option<Found>, StoreError> {
        if wanted > PAGE_END_MAX {
            return Ok(None);
        }
        let asked = self.window_in_memory(table, filter)?;
        Ok(asked.map(|(held, window)| held.find(&window, order, wanted)))
    }

    /// The smallest box and the first and last time of the records a filter passes, where memory
    /// can tell.
    pub(crate) fn extent_in_memory(
        &self,
        table: &Table,
        filter: &Filter,
    ) -> Result<Option<Reach>, StoreError> {
        let asked = self.window_in_memory(table, filter)?;
        Ok(asked.map(|(held, window)| held.reach(&window)))
    }

    /// A filter as a window, and what to ask it of.
    fn window_in_memory(
        &self,
        table: &Table,
        filter: &Filter,
    ) -> Result<Option<(Arc<Held>, Window)>, StoreError> {
        if self.windows.get(table.number).is_none_or(|held| held.overflowed) {
            return Ok(None);
        }
        let Some(window) = Window::of(table, filter.node()) else { return Ok(None) };
        let version = memory::version(self.connection())?;
        let held = self.windows_at(table, version)?;
        let is_good = held.version == version && !held.overflowed;
        Ok(is_good.then_some((held, window)))
    }

    /// What is held of a register at this version, or already of a later one.
    pub(crate) fn windows_at(&self, table: &Table, version: i64) -> Result<Arc<Held>, StoreError> {
        let make = |old: Option<&Held>| load::renewed(self.connection(), table, old, version);
        self.windows.at(table.number, version, make)
    }
}

impl Held {
    /// What can never be asked again.
    fn overflowed(version: i64) -> Self {
        Self { version, overflowed: true, ..Self::default() }
    }

    /// Brings in records as they are now; nothing where they have more kinds than can be numbered.
    fn changed(&self, version: i64, changes: Vec<(u32, Option<load::Filed>)>) -> Option<Self> {
        let mut new = Self { version, ..self.clone() };
        let changed: BTreeSet<u32> = changes.iter().map(|(record, _)| *record).collect();
        new.recent.retain(|entry| !changed.contains(&entry.record));
        for (record, filed) in changes {
            if let Some(old) = self.base.entry(record)
                && new.gone_records.insert(record)
            {
                new.gone.push(old);
            }
            if let Some(filed) = filed {
                let kind = kind_number(Arc::make_mut(&mut new.kinds), filed.kind)?;
                new.recent.push(Entry { kind, ..filed.entry });
            }
        }
        if new.recent.len() + new.gone.len() > CHANGES_MAX {
            new.merge();
        }
        Some(new)
    }

    /// Makes the base anew.
    fn merge(&mut self) {
        let gone = std::mem::take(&mut self.gone_records);
        let mut entries: Vec<Entry> =
            self.base.entries().filter(|entry| !gone.contains(&entry.record)).collect();
        entries.append(&mut self.recent);
        entries.sort_unstable();
        self.gone.clear();
        self.base = Arc::new(Base::new(&entries, self.kinds.len()));
    }
}

/// The number of a pair of codes, which gets one where it is new.
fn kind_number(kinds: &mut Vec<Kind>, kind: Kind) -> Option<u8> {
    if let Some(at) = kinds.iter().position(|known| *known == kind) {
        return u8::try_from(at).ok();
    }
    kinds.push(kind);
    u8::try_from(kinds.len() - 1).ok()
}

/// The codes by their number in `casque_code`.
fn codes(connection: &rusqlite::Connection) -> Result<BTreeMap<i64, Value>, StoreError> {
    let codes = project::read_codes(connection)?;
    Ok(codes.into_iter().map(|(code, number)| (number, Value::Code(code))).collect())
}
