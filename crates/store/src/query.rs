//! Questions about a register: pages, counts, every record one by one, sums.
//!
//! The viewer's filter is joined to the question's before anything is compiled, so counts, pages and
//! sums can never tell of a record the viewer may not read. The plan is chosen by what is asked:
//! words go to the text index, a box or shape to the place and time index, the rest to the table.

mod extent;
mod mask;
mod plan;
mod standing;
mod stretch;
mod sums;
mod tally;
mod visit;

pub use extent::Extent;
pub(crate) use plan::{Times, conjuncts};
pub use standing::Standing;
pub use sums::{Group, GroupBy};
pub use tally::Tally;
pub use visit::{Row, Visit, Visited};

use std::ops::ControlFlow;

use filter::Filter;
use model::id::{Name, RecordId};
use model::value::{FieldType, Value};
use policy::{Action, Viewer};
use rusqlite::params_from_iter;
use rusqlite::types::Value as SqlValue;

use crate::Store;
use crate::error::StoreError;
use crate::project;
use crate::sealed::Seals;
use crate::table::Table;
use mask::Masks;
use plan::Plan;
use stretch::Stretch;

/// In which order records come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By event time, latest first; records without one last. With words, by whole seconds.
    #[default]
    Newest,
    /// By event time, earliest first.
    Oldest,
}

/// What is asked of a register.
#[derive(Debug, Clone)]
pub struct Query {
    /// Which records.
    pub filter: Filter,
    /// Words their text must hold: all of them; `"in quotes"` together, `begin*` completed.
    pub search: Option<String>,
    /// The fields of each record, in this order; none for all in the form's order.
    pub fields: Vec<Name>,
    /// In which order.
    pub order: Order,
    /// At most so many; see `model::limits::PAGE_MAX`.
    pub limit: usize,
    /// After so many.
    pub offset: usize,
}

impl Query {
    /// Every record of a filter.
    pub fn of(filter: Filter) -> Self {
        let (fields, order) = (Vec::new(), Order::default());
        Self { filter, search: None, fields, order, limit: usize::MAX, offset: 0 }
    }
}

/// A record on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its id.
    pub id: RecordId,
    /// Its values, in the order asked for.
    pub values: Vec<Option<Value>>,
    /// Whether some field has several values that did not see each other.
    pub conflict: bool,
}

/// A page of records.
#[derive(Debug, Clone)]
pub struct Page {
    /// The records.
    pub records: Vec<Found>,
    /// Whether more follow.
    pub more: bool,
}

impl Store {
    /// A page of the records the viewer may read.
    pub fn query(
        &self,
        viewer: &Viewer,
        register: &Name,
        query: &Query,
    ) -> Result<Page, StoreError> {
        Ok(self.page(viewer, register, query, false)?.0)
    }

    /// A page of the records the viewer may read, and how many there are in all: of one moment.
    pub fn counted(
        &self,
        viewer: &Viewer,
        register: &Name,
        query: &Query,
    ) -> Result<(Page, u64), StoreError> {
        let (page, matched) = self.page(viewer, register, query, true)?;
        Ok((page, matched.unwrap_or(0)))
    }

    fn page(
        &self,
        viewer: &Viewer,
        register: &Name,
        query: &Query,
        count: bool,
    ) -> Result<(Page, Option<u64>), StoreError> {
        let mut records = Vec::new();
        let visit = Visit { action: Action::Read, register, query, count };
        let visited = self.visit(viewer, visit, &mut |row| {
            records.push(row.to_found()?);
            Ok::<_, StoreError>(ControlFlow::Continue(()))
        })?;
        Ok((Page { records, more: visited.more }, visited.matched))
    }

    /// The numbers of a page's records and, where there are more, of one more. A window's newest
    /// are looked for from its end backwards, in stretches that grow as long as too few are found.
    fn numbers(
        &self,
        table: &Table,
        plan: &Plan<'_>,
        query: &Query,
    ) -> Result<Vec<i64>, StoreError> {
        let (sql, parameters) = plan.numbers(query.order);
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut ask = |stretch: Option<Stretch>, limit: usize, offset: usize| {
            let mut parameters = parameters.clone();
            if let Some(stretch) = stretch {
                Plan::narrow(&mut parameters, stretch);
            }
            parameters.extend(
                [limit, offset]
                    .map(|count| SqlValue::Integer(i64::try_from(count).unwrap_or(i64::MAX))),
            );
            let numbers = statement.query_map(params_from_iter(parameters), |row| row.get(0))?;
            Ok::<Vec<i64>, StoreError>(numbers.collect::<Result<_, _>>()?)
        };
        let wanted = query.limit.saturating_add(1);
        let stretches = match query.order {
            Order::Newest => self.latest_time(table)?.and_then(|latest| plan.stretches(latest)),
            Order::Oldest => None,
        };
        let Some(mut stretches) = stretches else { return ask(None, wanted, query.offset) };
        let needed = wanted.saturating_add(query.offset);
        let mut found: Vec<i64> = Vec::new();
        while found.len() < needed {
            let Some(stretch) = stretches.next(found.len(), needed) else { break };
            found.extend(ask(Some(stretch), needed - found.len(), 0)?);
        }
        Ok(found.split_off(query.offset.min(found.len())))
    }

    /// The latest time of a register's records, in milliseconds.
    fn latest_time(&self, table: &Table) -> Result<Option<i64>, StoreError> {
        let Some(time) = table.time else { return Ok(None) };
        if table.columns[time].kind != FieldType::Time {
            return Ok(None);
        }
        let (name, time) = (table.sql_name(), table.first_sql_column(time));
        let mut statement =
            self.connection().prepare_cached(&format!("SELECT max({time}) FROM {name}"))?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// How many records the viewer may read that the query asks for; its page is passed over.
    pub fn count(
        &self,
        viewer: &Viewer,
        register: &Name,
        query: &Query,
    ) -> Result<u64, StoreError> {
        let _moment = self.moment()?;
        let table = self.table(register)?;
        let filter = seen(viewer, Action::Read, table, query);
        if query.search.is_none()
            && let Some(found) = self.found_in_memory(table, &filter, (query.order, 0))?
        {
            return Ok(found.matched);
        }
        match self.plan(table, &filter, query.search.as_deref())? {
            Some(plan) => self.count_plan(&plan),
            None => Ok(0),
        }
    }

    fn count_plan(&self, plan: &Plan<'_>) -> Result<u64, StoreError> {
        let (sql, parameters) = plan.count();
        let mut statement = self.connection().prepare_cached(&sql)?;
        let count: i64 = statement.query_row(params_from_iter(parameters), |row| row.get(0))?;
        Ok(count.cast_unsigned())
    }

    /// How many records the viewer may read hold values that conflict.
    pub fn conflict_count(&self, viewer: &Viewer, register: &Name) -> Result<u64, StoreError> {
        let _moment = self.moment()?;
        let mut open = 0;
        let table = self.table(register)?;
        let query = Query {
            filter: Filter::all(),
            search: None,
            fields: table.columns.iter().take(1).map(|column| column.field.clone()).collect(),
            order: Order::Newest,
            limit: 0,
            offset: 0,
        };
        let any = "SELECT EXISTS (SELECT 1 FROM casque_record WHERE state & ?)";
        let conflicts = project::CONFLICT | project::SEALED_CONFLICT;
        if self.connection().query_row(any, [conflicts], |row| row.get(0))? {
            self.each::<StoreError>(viewer, Action::Read, (register, &query), &mut |found| {
                open += u64::from(found.conflict);
                Ok(())
            })?;
        }
        Ok(open)
    }

    /// Hands every record the viewer may do `action` with to `take`, one by one, in order. The
    /// query's page is passed over.
    pub fn each<E: From<StoreError>>(
        &self,
        viewer: &Viewer,
        action: Action,
        (register, query): (&Name, &Query),
        take: &mut dyn FnMut(Found) -> Result<(), E>,
    ) -> Result<(), E> {
        let _moment = self.moment()?;
        let table = self.table(register)?;
        let filter = seen(viewer, action, table, query);
        let search = query.search.as_deref();
        let Some(plan) = self.plan(table, &filter, search)? else { return Ok(()) };
        let selection = table.selection(&query.fields);
        let (sql, parameters) = plan.rows(&selection.list, query.order);
        let mut statement = self.connection().prepare_cached(&sql).map_err(StoreError::from)?;
        let mut rows = statement.query(params_from_iter(parameters)).map_err(StoreError::from)?;
        let masks = Masks::new(self, table, Seals::of(viewer, action, table), &selection);
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let mask = masks.of(row)?;
            take(Row::new(row, &selection.columns, &mask).to_found()?)?;
        }
        Ok(())
    }

    pub(crate) fn plan<'s>(
        &self,
        table: &'s Table,
        filter: &Filter,
        search: Option<&str>,
    ) -> Result<Option<Plan<'s>>, StoreError> {
        let codes = project::read_codes(self.connection())?;
        Plan::make(table, codes, filter, search)
    }
}

/// What the query asks for, of what the viewer may do this with.
fn seen(viewer: &Viewer, action: Action, table: &Table, query: &Query) -> Filter {
    table.seen(viewer, action, &query.filter, &[])
}
