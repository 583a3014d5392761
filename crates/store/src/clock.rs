//! Clocks: how long records take from one state to another, by group.
//!
//! Read from the stays kept beside each row in one pass over the rows the viewer may read. Nothing
//! is left out silently: a record that entered the first state is in exactly one of five figures.

mod group;
mod measure;

use std::collections::BTreeSet;

use filter::Filter;
use model::id::Name;
use model::time::Timestamp;
use model::time::zone::{Months, Zone};
use policy::{Action, Viewer};
use rusqlite::params_from_iter;

use crate::Store;
use crate::error::StoreError;
use crate::query::Query;
use crate::stays::{self, Flow};
use crate::table::{Table, quoted};
use group::Groups;
use measure::{Span, measure};

/// What is measured of a register.
#[derive(Debug, Clone)]
pub struct Clocked {
    /// The state in which the clock starts.
    pub from: Name,
    /// The state in which it stops.
    pub to: Name,
    /// Fields that records are told apart by.
    pub fields: Vec<Name>,
    /// Whether they are also told apart by the month in which the clock started.
    pub by_month: bool,
    /// Where months begin.
    pub zone: Zone,
}

/// The records of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockGroup {
    /// One per field; nothing where the records have no value.
    pub keys: Vec<Option<String>>,
    /// The month as [`model::time::Date::month_index`] counts; nothing where the start has no stamp.
    pub month: Option<i32>,
    /// What was found.
    pub figures: Figures,
}

/// What a clock says of some records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Records that entered the first state.
    pub count: u64,
    /// Those that entered the second after it.
    pub answered: u64,
    /// The time that half of these took at most, by nearest rank.
    pub median_ms: Option<i64>,
    /// The time that nine of ten of these took at most, by nearest rank.
    pub p90_ms: Option<i64>,
    /// Those that can no longer enter the second without starting anew.
    pub never_answered: u64,
    /// Those that still can.
    pub still_open: u64,
    /// Those that entered the second, with a stamp missing.
    pub missing_stamp: u64,
    /// Those that entered the second before the first, by their stamps.
    pub out_of_order: u64,
}

impl Store {
    /// A clock over the records of a question that the viewer may read: by group, and in all. The
    /// question's page is passed over. Nothing where there would be more than so many groups.
    pub fn clock(
        &self,
        viewer: &Viewer,
        (register, query): (&Name, &Query),
        clocked: &Clocked,
        groups_max: usize,
    ) -> Result<Option<(Vec<ClockGroup>, Figures)>, StoreError> {
        let _moment = self.moment()?;
        let table = self.table(register)?;
        let mut groups = Groups::new(clocked.fields.len());
        let seen = table.seen(viewer, Action::Read, &query.filter, &clocked.fields);
        if let Some(flow) = &table.flow {
            let counting = Counting::new(flow, clocked);
            if !self.count_clock(
                table,
                (&seen, query),
                (clocked, counting),
                (&mut groups, groups_max),
            )? {
                return Ok(None);
            }
        }
        Ok(Some(groups.told()))
    }

    fn count_clock(
        &self,
        table: &Table,
        (seen, query): (&Filter, &Query),
        (clocked, mut counting): (&Clocked, Counting),
        (groups, groups_max): (&mut Groups, usize),
    ) -> Result<bool, StoreError> {
        let Some(plan) = self.plan(table, seen, query.search.as_deref())? else { return Ok(true) };
        let state = table.flow.as_ref().map(|flow| &flow.workflow.field);
        let columns = state
            .into_iter()
            .chain(&clocked.fields)
            .map(|name| format!("t.{}", quoted(name.as_str())));
        let columns: Vec<String> = ["t._stays".to_owned()].into_iter().chain(columns).collect();
        let (sql, parameters) = plan.each_row(&columns);
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(parameters))?;
        while let Some(row) = rows.next()? {
            let Some(kept) = row.get_ref(0)?.as_blob_or_null().map_err(rusqlite::Error::from)?
            else {
                continue;
            };
            let Some(span) = measure(stays::read(kept), counting.from, counting.to) else {
                continue;
            };
            let month = counting.month(&span);
            let is_open = || -> Result<bool, StoreError> {
                let standing = row.get_ref(1)?.as_str_or_null().map_err(rusqlite::Error::from)?;
                Ok(standing.is_none_or(|state| counting.open.contains(state)))
            };
            let open = matches!(span, Span::Unanswered(_)) && is_open()?;
            groups.add(row, 2, month, (span, open))?;
            if groups.len() > groups_max {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// What counting needs at hand.
struct Counting {
    from: u16,
    to: u16,
    /// The states that a record whose clock runs on may stand in.
    open: BTreeSet<String>,
    months: Option<Months>,
}

impl Counting {
    fn new(flow: &Flow, clocked: &Clocked) -> Self {
        Self {
            from: flow.number(clocked.from.as_str()),
            to: flow.number(clocked.to.as_str()),
            open: open_states(flow, clocked),
            months: clocked.by_month.then(|| Months::of(clocked.zone.clone())),
        }
    }

    fn month(&mut self, span: &Span) -> Option<i32> {
        let started = Timestamp::from_ms(span.started()?);
        self.months.as_mut().map(|months| months.index(started))
    }
}

/// The states from which the second can still be entered without going through the first again, and
/// the first.
fn open_states(flow: &Flow, clocked: &Clocked) -> BTreeSet<String> {
    let workflow = &flow.workflow;
    let mut states: BTreeSet<&Name> =
        workflow.transitions.iter().flat_map(|step| &step.from).collect();
    states.retain(|state| {
        let reached = workflow.reachable_from(state, Some(&clocked.from));
        **state != clocked.to && (**state == clocked.from || reached.contains(&clocked.to))
    });
    states.into_iter().map(Name::to_string).collect()
}
