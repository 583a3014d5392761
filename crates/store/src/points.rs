//! The points of a register in memory, for map tiles: where, when, which codes, which figures.
//!
//! Sorted along a space-filling curve, so that the records of a tile are one stretch of the arrays,
//! and summed beforehand for the zooms at which a tile holds nearly all of them. Read from the
//! register's table in one pass, by [`Store::warm`] or when a tile is first asked for. At a million
//! records of the standard incident register this is about 55 MB.
//!
//! What a viewer may see is decided before anything is counted: in memory where the filters ask for
//! nothing but what is held here, else by the database, whose answer is kept as one bit a record.

mod column;
mod columns;
mod condition;
mod index;
mod load;
mod pyramid;
mod selection;

use std::sync::Arc;

use filter::Filter;
use model::id::Name;
use model::value::FieldType;
use policy::{Action, Viewer};

use crate::Store;
use crate::error::StoreError;
use crate::memory::{self, Registers, Versioned};
use crate::table::Table;

pub use index::{Bin, Point, Points};
use selection::Kept;
pub use selection::Selection;

/// So often a moment is chosen anew when another thread was quicker; then the points of one moment
/// are read for one question alone.
const TRIES: usize = 3;

/// The points of all registers, shared by the connections of a process.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    held: Registers<Points>,
    kept: Kept,
}

/// The points of a register and which of them may be seen.
#[derive(Debug)]
pub struct Sight {
    /// The points.
    pub points: Arc<Points>,
    /// Those that the viewer may see and the question asks for.
    pub selection: Selection,
}

/// Which columns are held of a register, by their place in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    /// Where.
    place: usize,
    /// When.
    time: Option<usize>,
    /// Texts and codes: classification and caveat first, then those a tile shows, then the areas.
    codes: Vec<usize>,
    /// How many of the codes come before those that a tile shows.
    hidden: usize,
    /// How many of the codes a tile shows.
    shown: usize,
    /// The summed fields of the register's cube.
    sums: Vec<usize>,
}

impl Store {
    /// The points of a register that the viewer may read and a question asks for; nothing where the
    /// register has no place.
    pub fn sight(
        &self,
        viewer: &Viewer,
        register: &Name,
        filter: &Filter,
        search: Option<&str>,
    ) -> Result<Option<Sight>, StoreError> {
        let table = self.table(register)?;
        let Some(layout) = self.layout(table) else { return Ok(None) };
        let seen = table.seen(viewer, Action::Read, filter, &[]);
        for _ in 0..TRIES {
            let _moment = self.moment()?;
            let version = memory::version(self.connection())?;
            let points = self.points_at(table, &layout, version)?;
            let selection = self.selection(table, (&layout, &points), (&seen, search), version)?;
            if let Some(selection) = selection {
                return Ok(Some(Sight { points, selection }));
            }
        }
        let _moment = self.moment()?;
        let version = memory::version(self.connection())?;
        let from = (table, &layout);
        let points = Arc::new(load::renewed(self.connection(), from, None, version)?);
        let selection = self.asked(table, &points, &seen, search)?;
        Ok(Some(Sight { points, selection: Selection::Listed(Arc::new(selection)) }))
    }

    /// What a tile shows of a point: its codes, then its figures. Empty for a register without a
    /// place.
    pub fn point_fields(&self, register: &Name) -> Result<(Vec<Name>, Vec<Name>), StoreError> {
        let table = self.table(register)?;
        let Some(layout) = self.layout(table) else { return Ok((Vec::new(), Vec::new())) };
        let named = |at: &usize| table.columns[*at].field.clone();
        let codes = layout.codes.iter().skip(layout.hidden).take(layout.shown).map(named);
        Ok((codes.collect(), layout.sums.iter().map(named).collect()))
    }

    /// Whether the records of a register have a place that tiles can show.
    pub fn has_points(&self, register: &Name) -> Result<bool, StoreError> {
        Ok(self.layout(self.table(register)?).is_some())
    }

    /// A number that changes whenever what tiles show of a register does; nothing where its records
    /// have no place.
    pub fn points_version(&self, register: &Name) -> Result<Option<i64>, StoreError> {
        let _moment = self.moment()?;
        Ok(self.points_now(self.table(register)?)?.map(|points| points.since()))
    }

    /// The points of a register at this moment or a later one; nothing where it has no place.
    pub(crate) fn points_now(&self, table: &Table) -> Result<Option<Arc<Points>>, StoreError> {
        let Some(layout) = self.layout(table) else { return Ok(None) };
        let version = memory::version(self.connection())?;
        self.points_at(table, &layout, version).map(Some)
    }

    fn layout(&self, table: &Table) -> Option<Layout> {
        let register = self.pack().register(table.name.as_str())?;
        let place = table.place.filter(|at| table.columns[*at].kind == FieldType::Point)?;
        let is = |at: &usize, kinds: &[FieldType]| kinds.contains(&table.columns[*at].kind);
        let coded = |at: &usize| is(at, &[FieldType::Code]);
        let mut codes: Vec<usize> =
            [table.classification, table.caveat].into_iter().flatten().filter(coded).collect();
        let hidden = codes.len();
        let at = |name: &Name| table.position(name.as_str());
        for column in register.list_columns.iter().chain(&register.map_fields).filter_map(at) {
            if coded(&column) && !codes.contains(&column) {
                codes.push(column);
            }
        }
        let shown = codes.len() - hidden;
        let text = |at: &usize| is(at, &[FieldType::Code, FieldType::Text]);
        let areas = register.area_fields.iter().filter_map(at).filter(text);
        codes.extend(areas.filter(|at| !codes.contains(at)).collect::<Vec<_>>());
        let sums = table.cube.as_ref().map_or_else(Vec::new, |cube| cube.sums.clone());
        let sums = sums.into_iter().filter(|at| is(at, &[FieldType::Integer])).collect();
        Some(Layout { place, time: table.time, codes, hidden, shown, sums })
    }

    fn points_at(
        &self,
        table: &Table,
        layout: &Layout,
        version: i64,
    ) -> Result<Arc<Points>, StoreError> {
        let make =
            |old: Option<&Points>| load::renewed(self.connection(), (table, layout), old, version);
        self.points.held.at(table.number, version, make)
    }

    /// Which of the points are asked for; nothing where the database is at an earlier moment than
    /// they are and has to be asked.
    fn selection(
        &self,
        table: &Table,
        (layout, points): (&Layout, &Arc<Points>),
        (seen, search): (&Filter, Option<&str>),
        version: i64,
    ) -> Result<Option<Selection>, StoreError> {
        if search.is_none()
            && let Some(condition) = condition::compile(table, layout, points, seen.node())
        {
            return Ok(Some(Selection::Held(condition)));
        }
        if points.version() != version {
            return Ok(None);
        }
        let key = selection::key(table, points.since(), seen, search);
        if let Some(kept) = self.points.kept.get(&key) {
            return Ok(Some(Selection::Listed(kept)));
        }
        let listed = Arc::new(self.asked(table, points, seen, search)?);
        self.points.kept.insert(key, &listed);
        Ok(Some(Selection::Listed(listed)))
    }

    /// The points that the database says are asked for, as a bit for each.
    fn asked(
        &self,
        table: &Table,
        points: &Points,
        seen: &Filter,
        search: Option<&str>,
    ) -> Result<Vec<u64>, StoreError> {
        let mut records = selection::Bits::default();
        if let Some(plan) = self.plan(table, seen, search)? {
            let (sql, parameters) = plan.every_number();
            let mut statement = self.connection().prepare_cached(&sql)?;
            let mut rows = statement.query(rusqlite::params_from_iter(parameters))?;
            while let Some(row) = rows.next()? {
                records.set(row.get(0)?);
            }
        }
        Ok(points.rows_of(&records))
    }
}
