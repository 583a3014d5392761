//! Rows handed out one by one as SQLite holds them: nothing is copied that is not asked for.

use std::ops::ControlFlow;

use filter::{Filter, Node};
use model::id::{Name, RecordId};
use policy::{Action, Viewer};

use super::mask::{Mask, Masks};
use super::{Found, Query, seen};
use crate::Store;
use crate::convert::{self, Cell};
use crate::error::StoreError;
use crate::sealed::Seals;
use crate::table::{Column, Table};

/// The columns before those of the fields: id and state.
const OWN_COLUMNS: usize = 2;

/// A record on its way out.
#[derive(Debug)]
pub struct Row<'r> {
    held: &'r rusqlite::Row<'r>,
    columns: &'r [Column],
    mask: &'r Mask,
}

/// What is to be visited.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'q> {
    /// The records the viewer may do this with.
    pub action: Action,
    /// The register.
    pub register: &'q Name,
    /// Which page.
    pub query: &'q Query,
    /// Whether to say how many there are in all.
    pub count: bool,
}

/// What was visited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visited {
    /// Whether more follow the page.
    pub more: bool,
    /// How many records there are in all, where that was asked.
    pub matched: Option<u64>,
}

/// The numbers of a page's records and, where there are more, of one more.
struct Picked {
    numbers: Vec<i64>,
    matched: Option<u64>,
}

impl<'r> Row<'r> {
    pub(crate) fn new(held: &'r rusqlite::Row<'r>, columns: &'r [Column], mask: &'r Mask) -> Self {
        Self { held, columns, mask }
    }

    /// The record's id.
    pub fn id(&self) -> Result<RecordId, StoreError> {
        Ok(RecordId::from_bytes(self.held.get(0)?))
    }

    /// Whether some field has several values that did not see each other.
    pub fn conflict(&self) -> Result<bool, StoreError> {
        let state: i64 = self.held.get(1)?;
        Ok(state & self.mask.conflicts != 0)
    }

    /// How many fields were asked for.
    pub fn width(&self) -> usize {
        self.columns.len()
    }

    /// The value of the field at this position of those asked for; nothing where it has none.
    pub fn cell(&self, at: usize) -> Result<Option<Cell<'r>>, StoreError> {
        match self.columns.get(at) {
            Some(column) if !self.mask.hides(at) => convert::cell(self.held, OWN_COLUMNS, column),
            _ => Ok(None),
        }
    }

    /// All of it, copied.
    pub fn to_found(&self) -> Result<Found, StoreError> {
        let read = |(at, column): (usize, &Column)| {
            if self.mask.hides(at) {
                Ok(None)
            } else {
                convert::read(self.held, OWN_COLUMNS, column)
            }
        };
        let values = self.columns.iter().enumerate().map(read).collect::<Result<_, _>>()?;
        Ok(Found { id: self.id()?, values, conflict: self.conflict()? })
    }
}

impl Store {
    /// Hands the records of a page to `take`, in order, until it has enough; the count is of the same
    /// moment.
    pub fn visit<E: From<StoreError>>(
        &self,
        viewer: &Viewer,
        visit: Visit<'_>,
        take: &mut dyn FnMut(&Row<'_>) -> Result<ControlFlow<()>, E>,
    ) -> Result<Visited, E> {
        let _moment = self.moment()?;
        let (table, query) = (self.table(visit.register)?, visit.query);
        let filter = seen(viewer, visit.action, table, query);
        let Picked { mut numbers, matched } = self.pick(table, &filter, visit)?;
        let found = numbers.len();
        numbers.truncate(query.limit);
        let seals = Seals::of(viewer, visit.action, table);
        let taken = self.rows((table, seals), &query.fields, &numbers, take)?;
        let more = taken < found;
        Ok(Visited { more, matched })
    }

    fn pick(
        &self,
        table: &Table,
        filter: &Filter,
        Visit { query, count, .. }: Visit<'_>,
    ) -> Result<Picked, StoreError> {
        if matches!(filter.node(), Node::Constant(false)) {
            return Ok(Picked { numbers: Vec::new(), matched: count.then_some(0) });
        }
        let wanted = query.limit.saturating_add(1).saturating_add(query.offset);
        if query.search.is_none()
            && let Some(found) = self.found_in_memory(table, filter, (query.order, wanted))?
        {
            let mut numbers = found.records;
            let numbers = numbers.split_off(query.offset.min(numbers.len()));
            return Ok(Picked { numbers, matched: count.then_some(found.matched) });
        }
        let Some(plan) = self.plan(table, filter, query.search.as_deref())? else {
            return Ok(Picked { numbers: Vec::new(), matched: count.then_some(0) });
        };
        let numbers = self.numbers(table, &plan, query)?;
        let is_last = numbers.len() <= query.limit && (query.offset == 0 || !numbers.is_empty());
        let matched = match count {
            true if is_last => Some((query.offset + numbers.len()) as u64),
            true => Some(self.count_plan(&plan)?),
            false => None,
        };
        Ok(Picked { numbers, matched })
    }

    /// Hands out the records of these numbers, in their order; gives how many.
    fn rows<E: From<StoreError>>(
        &self,
        (table, seals): (&Table, Seals),
        fields: &[Name],
        numbers: &[i64],
        take: &mut dyn FnMut(&Row<'_>) -> Result<ControlFlow<()>, E>,
    ) -> Result<usize, E> {
        let selection = table.selection(fields);
        let sql = format!(
            "SELECT t._id, t._state, {} FROM {} t WHERE t.no = ?",
            selection.list,
            table.sql_name()
        );
        let mut statement = self.connection().prepare_cached(&sql).map_err(StoreError::from)?;
        let masks = Masks::new(self, table, seals, &selection);
        for (at, number) in numbers.iter().enumerate() {
            let mut rows = statement.query([number]).map_err(StoreError::from)?;
            let row = rows.next().map_err(StoreError::from)?.ok_or_else(|| {
                StoreError::Damaged("an index names a record that is not there".to_owned())
            })?;
            let mask = masks.of(row)?;
            if take(&Row::new(row, &selection.columns, &mask))?.is_break() {
                return Ok(at + 1);
            }
        }
        Ok(numbers.len())
    }
}
