//! From the database into columns: everything once, then what later entries touched.

use std::collections::BTreeSet;

use model::place::Position;
use model::value::FieldType;
use rusqlite::{Connection, Row};

use super::Layout;
use super::columns::Columns;
use super::index::Points;
use crate::error::StoreError;
use crate::place_time::NO_TIME;
use crate::table::{Table, column_names};

/// After so many changed records, reading everything again is cheaper.
const REFRESH_MAX: usize = 50_000;
const DAY_MS: i64 = 86_400_000;

/// The number of the journal's last entry: derived tables change with an entry and never without.
pub(super) fn version(connection: &Connection) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce(max(no), 0) FROM casque_entry";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// Every point of a register.
pub(super) fn load(
    connection: &Connection,
    table: &Table,
    layout: &Layout,
    version: i64,
) -> Result<Points, StoreError> {
    let mut columns = Columns::empty(layout.codes.len(), layout.sums.len());
    let reader = Reader::new(table, layout);
    let mut statement = connection.prepare_cached(&format!("{} ORDER BY t.no", reader.sql))?;
    let mut rows = statement.query([])?;
    let mut ids = connection.prepare_cached("SELECT no, id FROM casque_record ORDER BY no")?;
    let mut ids = ids.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(record) = reader.read(row, &mut columns)? {
            columns.ids.push(next_id(&mut ids, record)?);
        }
    }
    let order = columns.sorted();
    let sorted = columns.gathered(&columns.alike(), &order);
    Ok(Points::new(version, sorted, (layout.hidden, layout.shown)))
}

/// The id of a record, from rows in the order of their numbers.
fn next_id(ids: &mut rusqlite::Rows<'_>, record: u32) -> Result<[u8; 16], StoreError> {
    while let Some(row) = ids.next()? {
        if row.get::<_, i64>(0)? == i64::from(record) {
            return Ok(row.get(1)?);
        }
    }
    Err(StoreError::Damaged("a register holds a record that is not there".to_owned()))
}

/// What was held, with every record that later entries touched; nothing where those are too many.
pub(super) fn refresh(
    connection: &Connection,
    (table, layout): (&Table, &Layout),
    old: &Points,
    version: i64,
) -> Result<Option<Points>, StoreError> {
    let Some(touched) = touched(connection, old.version())? else { return Ok(None) };
    let mut new = old.columns().alike();
    let reader = Reader::new(table, layout);
    let mut statement = connection.prepare_cached(&format!("{} AND t.no = ?", reader.sql))?;
    let mut id = connection.prepare_cached("SELECT id FROM casque_record WHERE no = ?")?;
    for record in &touched {
        let mut rows = statement.query([record])?;
        if let Some(row) = rows.next()?
            && reader.read(row, &mut new)?.is_some()
        {
            new.ids.push(id.query_row([record], |row| row.get(0))?);
        }
    }
    let order = merged(old.columns(), &new, &touched);
    let columns = old.columns().gathered(&new, &order);
    Ok(Some(Points::new(version, columns, (layout.hidden, layout.shown))))
}

/// The records that entries after this one touched.
fn touched(connection: &Connection, version: i64) -> Result<Option<BTreeSet<u32>>, StoreError> {
    let sql = "SELECT record FROM casque_entry NOT INDEXED WHERE no > ? AND record IS NOT NULL";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([version])?;
    let mut touched = BTreeSet::new();
    while let Some(row) = rows.next()? {
        touched.insert(row.get(0)?);
        if touched.len() > REFRESH_MAX {
            return Ok(None);
        }
    }
    Ok(Some(touched))
}

/// The rows of `old` that were not touched and those of `new`, in the order of the curve; the new
/// ones are numbered after the old.
fn merged(old: &Columns, new: &Columns, touched: &BTreeSet<u32>) -> Vec<u32> {
    let offset = u32::try_from(old.len()).unwrap_or(u32::MAX);
    let mut later = new.sorted().into_iter().peekable();
    let mut order = Vec::with_capacity(old.len() + new.len());
    let place =
        |columns: &Columns, row: u32| (columns.key(row as usize), columns.records[row as usize]);
    for (row, record) in (0..offset).zip(&old.records) {
        if touched.contains(record) {
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

/// Reads a register's rows into columns.
struct Reader {
    sql: String,
    is_day: bool,
    codes: usize,
    sums: usize,
}

impl Reader {
    /// Record, longitude, latitude, time, codes, sums of every record with a place.
    fn new(table: &Table, layout: &Layout) -> Self {
        let qualified = |name: &String| format!("t.{name}");
        let place = column_names(&table.columns[layout.place].field, FieldType::Point);
        let mut columns = vec!["t.no".to_owned()];
        columns.extend(place.iter().map(qualified));
        let first = |at: &usize| format!("t.{}", table.first_sql_column(*at));
        columns.push(layout.time.as_ref().map_or_else(|| "NULL".to_owned(), first));
        columns.extend(layout.codes.iter().chain(&layout.sums).map(first));
        let (list, from, lon) = (columns.join(", "), table.sql_name(), &columns[1]);
        Self {
            sql: format!("SELECT {list} FROM {from} t WHERE {lon} IS NOT NULL"),
            is_day: layout.time.is_some_and(|at| table.columns[at].kind == FieldType::Date),
            codes: layout.codes.len(),
            sums: layout.sums.len(),
        }
    }

    /// Adds a row; the record's number, whose id is still to be added.
    fn read(&self, row: &Row<'_>, columns: &mut Columns) -> Result<Option<u32>, StoreError> {
        let record: u32 = row.get(0)?;
        let Ok(at) = Position::from_units(row.get(1)?, row.get(2)?) else { return Ok(None) };
        let scale = if self.is_day { DAY_MS } else { 1 };
        let time = row.get::<_, Option<i64>>(3)?.map_or(NO_TIME, |time| time.saturating_mul(scale));
        columns.push_place(record, at, time);
        for (at, column) in (4..).zip(columns.codes.iter_mut().take(self.codes)) {
            let text = row.get_ref(at)?.as_str_or_null();
            column.push(text.map_err(|_no_text| damaged())?);
        }
        for (at, column) in (4 + self.codes..).zip(columns.sums.iter_mut().take(self.sums)) {
            column.push(row.get(at)?);
        }
        Ok(Some(record))
    }
}

fn damaged() -> StoreError {
    StoreError::Damaged("a column of texts holds something else".to_owned())
}
