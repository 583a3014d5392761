//! Where and when the records are that a viewer may read: the smallest box, the first and last time.

use std::collections::BTreeMap;

use filter::{Filter, Node};
use model::id::Name;
use model::place::{BoundingBox, Geometry, Position};
use model::time::Timestamp;
use model::value::{FieldType, Value};
use policy::{Action, Viewer};
use rusqlite::params_from_iter;
use rusqlite::types::Value as SqlValue;

use super::plan::{IndexColumns, TableColumns};
use super::{Order, Query};
use crate::Store;
use crate::error::StoreError;
use crate::place_time::time_ms;
use crate::project;
use crate::sql::{self, Condition};
use crate::table::Table;

/// The extent of some records; a part is nothing where no record has such a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// The smallest box around them, never over the date line.
    pub bounds: Option<BoundingBox>,
    /// The earliest and the latest time; of days their first instants.
    pub times: Option<(Timestamp, Timestamp)>,
}

impl Store {
    /// The extent of the records of a register that the viewer may read.
    pub fn extent(&self, viewer: &Viewer, register: &Name) -> Result<Extent, StoreError> {
        let _moment = self.moment()?;
        let table = self.table(register)?;
        let seen = viewer.filter(Action::Read, &table.policy_schema());
        let has_shapes = table.place.is_some_and(|at| table.columns[at].kind != FieldType::Point);
        if !has_shapes && let Some(reach) = self.extent_in_memory(table, &seen)? {
            let at = |(first, last)| (Timestamp::from_ms(first), Timestamp::from_ms(last));
            return Ok(Extent { bounds: reach.bounds, times: reach.times.map(at) });
        }
        let first = self.time_at_end(viewer, table, Order::Oldest)?;
        let last = self.time_at_end(viewer, table, Order::Newest)?;
        Ok(Extent { bounds: self.bounds(table, &seen)?, times: first.zip(last) })
    }

    fn time_at_end(
        &self,
        viewer: &Viewer,
        table: &Table,
        order: Order,
    ) -> Result<Option<Timestamp>, StoreError> {
        let Some(time) = table.time.map(|at| table.columns[at].field.clone()) else {
            return Ok(None);
        };
        let known = Node::Not(Box::new(Node::IsNull { field: time.clone() }));
        let query = Query {
            filter: Filter::trusted(known),
            search: None,
            fields: vec![time],
            order,
            limit: 1,
            offset: 0,
        };
        let page = self.query(viewer, &table.name, &query)?;
        let value = page.records.first().and_then(|found| found.values.first()?.as_ref());
        Ok(value.and_then(time_ms).map(Timestamp::from_ms))
    }

    fn bounds(&self, table: &Table, seen: &Filter) -> Result<Option<BoundingBox>, StoreError> {
        match table.place.map(|at| table.columns[at].kind) {
            None => Ok(None),
            Some(FieldType::Point) => self.bounds_of_points(table, seen),
            Some(_) => self.bounds_of_shapes(table, seen),
        }
    }

    /// From the place and time index where the filter can be asked there, else from the table.
    fn bounds_of_points(
        &self,
        table: &Table,
        seen: &Filter,
    ) -> Result<Option<BoundingBox>, StoreError> {
        let codes = project::read_codes(self.connection())?;
        let (sql, parameters) = points(table, codes, seen).ok_or_else(damaged)?;
        let mut statement = self.connection().prepare_cached(&sql)?;
        let corners: [Option<i32>; 4] = statement
            .query_row(params_from_iter(parameters), |row| {
                Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?])
            })?;
        let [Some(west), Some(south), Some(east), Some(north)] = corners else { return Ok(None) };
        Ok(Some(BoundingBox { west, south, east, north }))
    }

    fn bounds_of_shapes(
        &self,
        table: &Table,
        seen: &Filter,
    ) -> Result<Option<BoundingBox>, StoreError> {
        let Some(place) = table.place else { return Ok(None) };
        let selection = table.selection(&[table.columns[place].field.clone()]);
        let whole = sql::compile(seen.node(), &TableColumns { table }).ok_or_else(damaged)?;
        let sql =
            format!("SELECT {} FROM {} t WHERE {}", selection.list, table.sql_name(), whole.sql);
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(whole.parameters))?;
        let mut bounds = None;
        while let Some(row) = rows.next()? {
            let values = project::read_columns(&selection.columns, row, 0)?;
            if let Some(Some(Value::Geometry(shape))) = values.first() {
                bounds = grown(bounds, shape);
            }
        }
        Ok(bounds)
    }
}

/// The statement for the corners of all points; nothing where the filter asks for a field that is
/// not there.
fn points(
    table: &Table,
    codes: BTreeMap<String, i64>,
    seen: &Filter,
) -> Option<(String, Vec<SqlValue>)> {
    let corners = |lon: &str, lat: &str| format!("min({lon}), min({lat}), max({lon}), max({lat})");
    if let Some(condition) = sql::compile(seen.node(), &IndexColumns { table, codes }) {
        let Condition { sql, mut parameters } = condition;
        let corners = corners("x.lon", "x.lat");
        parameters.insert(0, SqlValue::Integer(table.number));
        let source = "casque_place_time x WHERE x.register = ?";
        return Some((format!("SELECT {corners} FROM {source} AND {sql}"), parameters));
    }
    let Condition { sql, parameters } = sql::compile(seen.node(), &TableColumns { table })?;
    let place = &table.columns[table.place?];
    let [lon, lat] = &crate::table::column_names(&place.field, place.kind)[..] else { return None };
    let corners = corners(&format!("t.{lon}"), &format!("t.{lat}"));
    Some((format!("SELECT {corners} FROM {} t WHERE {sql}", table.sql_name()), parameters))
}

fn grown(bounds: Option<BoundingBox>, shape: &Geometry) -> Option<BoundingBox> {
    let including = |bounds: Option<BoundingBox>, at: Position| {
        Some(bounds.map_or_else(|| BoundingBox::of(at), |bounds| bounds.including(at)))
    };
    shape.positions().fold(bounds, including)
}

fn damaged() -> StoreError {
    StoreError::Damaged("a filter asks for a field the table lacks".to_owned())
}
