//! Where and when every record is, held in memory: what a process that serves many asks instead of
//! the place and time index.
//!
//! Counting 100,000 records of a window costs 12 ms in SQLite and 0.1 ms here. Derived from the
//! derived: read from `casque_place_time`, held for one version of the journal, brought up to date
//! with the records that later entries touched. A question whose moment is older than what is held
//! is asked of SQLite, and so is every question before a process has read them
//! ([`Store::warm`]). Both give the same answers; the tests ask both.

mod base;
mod load;
mod scan;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use filter::{Filter, Row};
use model::value::Value;

use crate::error::StoreError;
use crate::query::Order;
use crate::table::Table;
use crate::{Store, project};
use base::{Base, Entry};
pub(crate) use scan::Found;
use scan::Window;

/// So many changed records are kept beside the sorted arrays before these are made anew.
const CHANGES_MAX: usize = 4_096;
/// A page that ends farther than this from its beginning is asked of SQLite.
const PAGE_END_MAX: usize = 200_000;

/// The windows of all registers, shared by the connections of a process.
#[derive(Debug, Default)]
pub(crate) struct Windows {
    /// By the register's number; none before [`Store::warm`] has read it.
    held: RwLock<BTreeMap<i64, Arc<Held>>>,
    /// Who brings one up to date holds this.
    making: Mutex<()>,
}

/// A register's records at one version of the journal.
#[derive(Debug, Clone)]
struct Held {
    /// The number of the last entry it knows of.
    version: i64,
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
    /// Reads the place and time of every record into memory, about 25 bytes each, and answers
    /// windows and counts from there from now on: for a process that answers many questions. What
    /// is written later is taken up by the next question.
    pub fn warm(&self) -> Result<(), StoreError> {
        for table in self.tables.values() {
            let _moment = self.moment()?;
            let version = load::version(self.connection())?;
            if let Some(new) = load::load(self.connection(), table, version)? {
                self.windows.keep(table.number, new);
            }
        }
        Ok(())
    }

    /// The records a filter passes, where memory can tell: nothing where it asks for more than
    /// place, time, classification and caveat, or where memory is not of this moment.
    pub(crate) fn found_in_memory(
        &self,
        table: &Table,
        filter: &Filter,
        (order, wanted): (Order, usize),
    ) -> Result<Option<Found>, StoreError> {
        let Some(old) = self.windows.get(table.number).filter(|_| wanted <= PAGE_END_MAX) else {
            return Ok(None);
        };
        let Some(window) = Window::of(table, filter.node()) else { return Ok(None) };
        let Some(held) = self.current(table, old)? else { return Ok(None) };
        Ok(Some(held.find(&window, order, wanted)))
    }

    /// What is held of a register, brought to the version of this moment; nothing where it is
    /// already of a later one.
    fn current(&self, table: &Table, held: Arc<Held>) -> Result<Option<Arc<Held>>, StoreError> {
        let version = load::version(self.connection())?;
        if held.version >= version {
            return Ok(Some(held).filter(|held| held.version == version));
        }
        let _making = self.windows.making.lock().unwrap_or_else(PoisonError::into_inner);
        let held = self.windows.get(table.number).unwrap_or(held);
        if held.version >= version {
            return Ok(Some(held).filter(|held| held.version == version));
        }
        let new = match load::refresh(self.connection(), table, &held, version)? {
            Some(new) => Some(new),
            None => load::load(self.connection(), table, version)?,
        };
        Ok(new.map(|new| self.windows.keep(table.number, new)))
    }
}

impl Windows {
    fn get(&self, register: i64) -> Option<Arc<Held>> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        held.get(&register).cloned()
    }

    fn keep(&self, register: i64, new: Held) -> Arc<Held> {
        let new = Arc::new(new);
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        // Somebody may have been quicker, with a later one.
        if held.get(&register).is_none_or(|held| held.version <= new.version) {
            held.insert(register, Arc::clone(&new));
        }
        new
    }
}

impl Held {
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
