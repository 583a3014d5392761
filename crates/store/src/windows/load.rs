//! From the database into memory: everything once, then what later entries touched.

use std::sync::Arc;

use model::value::FieldType;
use rusqlite::{Connection, OptionalExtension, Row};

use super::base::{Base, Entry};
use super::{Held, Kind, codes, kind_number};
use crate::error::StoreError;
use crate::memory;
use crate::place_time::{NO_TIME, NOWHERE};
use crate::table::Table;

/// A record as it is filed. The entry's kind is still to be given its number.
#[derive(Debug, Clone)]
pub(super) struct Filed {
    pub(super) entry: Entry,
    pub(super) kind: Kind,
}

/// A register at this version: what was held, with what changed since, or all of it anew.
pub(super) fn renewed(
    connection: &Connection,
    table: &Table,
    old: Option<&Held>,
    version: i64,
) -> Result<Held, StoreError> {
    if old.is_some_and(|old| old.overflowed) {
        return Ok(Held::overflowed(version));
    }
    if let Some(old) = old
        && let Some(new) = refresh(connection, table, old, version)?
    {
        return Ok(new);
    }
    Ok(load(connection, table, version)?.unwrap_or_else(|| Held::overflowed(version)))
}

/// Everything of a register; nothing where its numbers do not fit.
fn load(connection: &Connection, table: &Table, version: i64) -> Result<Option<Held>, StoreError> {
    let sql = "SELECT cell, time, record, lon, lat, classification, caveat FROM casque_place_time \
               WHERE register = ? ORDER BY cell, time, record";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([table.number])?;
    let codes = codes(connection)?;
    // Records come in few kinds: each pair of numbers is looked up once.
    let mut pairs: Vec<((i64, i64), u8)> = Vec::new();
    let (mut kinds, mut entries) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let pair = (number(row, 5)?, number(row, 6)?);
        let held = pairs.iter().find(|(known, _)| *known == pair).map(|(_, kind)| *kind);
        let kind = held.or_else(|| {
            let code = |number: i64| codes.get(&number).cloned();
            let kind = Kind { classification: code(pair.0), caveat: code(pair.1) };
            let kind = kind_number(&mut kinds, kind)?;
            pairs.push((pair, kind));
            Some(kind)
        });
        let Some(kind) = kind else { return Ok(None) };
        let Ok(record) = row.get(2) else { return Ok(None) };
        let (lon, lat) = (units(row, 3)?, units(row, 4)?);
        entries.push(Entry { cell: row.get(0)?, time: row.get(1)?, record, lon, lat, kind });
    }
    let base = Arc::new(Base::new(&entries, kinds.len()));
    Ok(Some(Held { version, base, kinds: Arc::new(kinds), ..Held::default() }))
}

/// What was held, with every record that later entries touched; nothing where those are too many.
fn refresh(
    connection: &Connection,
    table: &Table,
    old: &Held,
    version: i64,
) -> Result<Option<Held>, StoreError> {
    let Some(touched) = memory::touched(connection, old.version)? else { return Ok(None) };
    let mut statement = connection.prepare_cached(&row_sql(table))?;
    let mut changes = Vec::with_capacity(touched.len());
    for record in touched {
        let Ok(record) = u32::try_from(record) else { return Ok(None) };
        let filed = statement.query_row([record], |row| filed(row, record)).optional()?;
        changes.push((record, filed));
    }
    Ok(old.changed(version, changes))
}

/// The statement for a record's place, time, classification and caveat in its register's table.
fn row_sql(table: &Table) -> String {
    let place = table.place.filter(|at| table.columns[*at].kind == FieldType::Point);
    let place = place.map_or_else(
        || "NULL, NULL".to_owned(),
        |at| crate::table::column_names(&table.columns[at].field, FieldType::Point).join(", "),
    );
    let code = |at: Option<usize>| {
        let at = at.filter(|at| table.columns[*at].kind == FieldType::Code);
        at.map_or_else(|| "NULL".to_owned(), |at| table.first_sql_column(at))
    };
    format!(
        "SELECT {}, {place}, {}, {} FROM {} t WHERE no = ?",
        memory::time_sql(table),
        code(table.classification),
        code(table.caveat),
        table.sql_name()
    )
}

fn filed(row: &Row<'_>, record: u32) -> rusqlite::Result<Filed> {
    let time = row.get::<_, Option<i64>>(0)?.unwrap_or(NO_TIME);
    let at: (Option<i32>, Option<i32>) = (row.get(1)?, row.get(2)?);
    let (cell, lon, lat) = match at {
        (Some(lon), Some(lat)) => {
            let at = model::place::Position::from_units(lon, lat).ok();
            (at.map_or(NOWHERE, spatial::grid::cell), lon, lat)
        }
        _ => (NOWHERE, 0, 0),
    };
    let code = |at: usize| row.get::<_, Option<String>>(at);
    let kind = Kind {
        classification: code(3)?.map(model::value::Value::Code),
        caveat: code(4)?.map(model::value::Value::Code),
    };
    Ok(Filed { entry: Entry { cell, time, record, lon, lat, kind: 0 }, kind })
}

fn number(row: &Row<'_>, at: usize) -> Result<i64, StoreError> {
    Ok(row.get::<_, Option<i64>>(at)?.unwrap_or(0))
}

fn units(row: &Row<'_>, at: usize) -> Result<i32, StoreError> {
    Ok(row.get::<_, Option<i32>>(at)?.unwrap_or(0))
}
