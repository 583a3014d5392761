//! From the database into columns: everything once, then what later entries touched.

use model::place::Position;
use model::value::FieldType;
use rusqlite::{Connection, Row};

use super::Layout;
use super::columns::Columns;
use super::index::Points;
use super::selection::Bits;
use crate::error::StoreError;
use crate::memory::{self, Versioned};
use crate::place_time::NO_TIME;
use crate::table::{Table, column_names};

/// The points of a register at this version: what was held, with what changed since, or all of them
/// anew.
pub(super) fn renewed(
    connection: &Connection,
    from: (&Table, &Layout),
    old: Option<&Points>,
    version: i64,
) -> Result<Points, StoreError> {
    if let Some(old) = old
        && let Some(new) = refresh(connection, from, old, version)?
    {
        return Ok(new);
    }
    load(connection, from, version)
}

/// Every point of a register.
fn load(
    connection: &Connection,
    (table, layout): (&Table, &Layout),
    version: i64,
) -> Result<Points, StoreError> {
    let mut columns = Columns::empty(layout.codes.len(), layout.sums.len());
    let sql = rows_sql(table, layout);
    let mut statement = connection.prepare_cached(&format!("{sql} ORDER BY t.no"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        read(row, &mut columns)?;
    }
    let order = columns.sorted();
    let sorted = columns.gathered(&columns.alike(), &order);
    Ok(Points::new(version, sorted, (layout.hidden, layout.shown)))
}

/// What was held, with every record that later entries touched; nothing where those are too many.
/// Where none of them is a point of this register, it is what was held.
fn refresh(
    connection: &Connection,
    (table, layout): (&Table, &Layout),
    old: &Points,
    version: i64,
) -> Result<Option<Points>, StoreError> {
    let Some(records) = memory::touched(connection, old.version())? else { return Ok(None) };
    let mut touched = Bits::default();
    let mut new = old.columns().alike();
    let sql = rows_sql(table, layout);
    let mut statement = connection.prepare_cached(&format!("{sql} AND t.no = ?"))?;
    for record in records {
        let Ok(number) = u32::try_from(record) else { return Ok(None) };
        touched.set(number);
        let mut rows = statement.query([record])?;
        if let Some(row) = rows.next()? {
            read(row, &mut new)?;
        }
    }
    if new.len() == 0 && !old.columns().records.iter().any(|record| touched.get(*record)) {
        return Ok(Some(old.unchanged_at(version)));
    }
    let order = merged(old.columns(), &new, &touched);
    let columns = old.columns().gathered(&new, &order);
    Ok(Some(Points::new(version, columns, (layout.hidden, layout.shown))))
}

/// The rows of `old` that were not touched and those of `new`, in the order of the curve; the new
/// ones are numbered after the old.
fn merged(old: &Columns, new: &Columns, touched: &Bits) -> Vec<u32> {
    let offset = u32::try_from(old.len()).unwrap_or(u32::MAX);
    let mut later = new.sorted().into_iter().peekable();
    let mut order = Vec::with_capacity(old.len() + new.len());
    let place =
        |columns: &Columns, row: u32| (columns.key(row as usize), columns.records[row as usize]);
    for (row, record) in (0..offset).zip(&old.records) {
        if touched.get(*record) {
            continue;
        }
        if later.peek().is_some() {
            let here = place(old, row);
            while let Some(first) = later.next_if(|first| place(new, *first) < here) {
                order.push(offset + first);
            }
        }
        order.push(row);
    }
    order.extend(later.map(|row| offset + row));
    order
}

/// The statement for longitude, latitude, number, id, time, codes and sums of records with a place.
fn rows_sql(table: &Table, layout: &Layout) -> String {
    let mut columns = column_names(&table.columns[layout.place].field, FieldType::Point);
    for column in &mut columns {
        column.insert_str(0, "t.");
    }
    columns.extend(["t.no", "t._id"].map(str::to_owned));
    columns.push(memory::time_sql(table));
    let first = |at: &usize| format!("t.{}", table.first_sql_column(*at));
    columns.extend(layout.codes.iter().chain(&layout.sums).map(first));
    let (list, from, lon) = (columns.join(", "), table.sql_name(), &columns[0]);
    format!("SELECT {list} FROM {from} t WHERE {lon} IS NOT NULL")
}

/// Adds a row, where its place is on the earth.
fn read(row: &Row<'_>, columns: &mut Columns) -> Result<(), StoreError> {
    let Ok(at) = Position::from_units(row.get(0)?, row.get(1)?) else { return Ok(()) };
    let time = row.get::<_, Option<i64>>(4)?;
    columns.push_place(at, (row.get(2)?, row.get(3)?), time.unwrap_or(NO_TIME));
    let first_sum = 5 + columns.codes.len();
    for (at, column) in (5..).zip(&mut columns.codes) {
        let text = row.get_ref(at)?.as_str_or_null();
        column.push(text.map_err(|_no_text| damaged())?);
    }
    for (at, column) in (first_sum..).zip(&mut columns.sums) {
        column.push(row.get(at)?);
    }
    Ok(())
}

fn damaged() -> StoreError {
    StoreError::Damaged("a column of texts holds something else".to_owned())
}
