//! Counts and sums by area and month, kept up to date with every change.
//!
//! One row per area, year, classification and caveat; its blob holds a count and, for each summed
//! field, the sum and the number of records that know it. Kept by difference: what a record
//! contributed is subtracted before what it contributes now is added, so edits, undo and deletion
//! leave it right; a rebuild gives the same bytes.

use std::collections::BTreeMap;

use model::time::Date;
use model::value::Value;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreError;
use crate::table::Table;

/// A sum, and over how many records whose value is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// The sum of the known values.
    pub sum: i64,
    /// How many records have a value.
    pub known: i64,
}

/// One cell of the cube.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CubeRow {
    /// The area's code; empty where the record has none.
    pub area: String,
    /// [`Date::month_index`]; 0 where the record has no time.
    pub month: i32,
    /// Records.
    pub count: i64,
    /// One per summed field of the register.
    pub sums: Vec<Sum>,
}

/// Register, area, year, classification, caveat.
type Key = (i64, String, i32, i64, i64);
/// Per month of the year (0..12): count, then sum and known for each field.
type Months = BTreeMap<u8, Vec<i128>>;

/// Changes to the cube, gathered over a transaction.
#[derive(Debug, Default)]
pub(crate) struct Delta(BTreeMap<Key, Months>);

/// The codes a record is filed under: numbers of `casque_code`, 0 for none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Filed {
    pub(crate) classification: i64,
    pub(crate) caveat: i64,
}

impl Delta {
    /// Adds (`sign` 1) or takes away (`sign` -1) a record's contribution.
    pub(crate) fn count(
        &mut self,
        table: &Table,
        values: &[Option<Value>],
        filed: Filed,
        sign: i128,
    ) {
        let Some(shape) = &table.cube else { return };
        let area = match &values[shape.area] {
            Some(Value::Text(code) | Value::Code(code)) => code.clone(),
            _ => String::new(),
        };
        let month = table.time.and_then(|at| month_of(values[at].as_ref())).unwrap_or(0);
        let key = (table.number, area, month.div_euclid(12), filed.classification, filed.caveat);
        let month = u8::try_from(month.rem_euclid(12)).unwrap_or(0);
        let months = self.0.entry(key).or_default();
        let cell = months.entry(month).or_insert_with(|| vec![0; 1 + 2 * shape.sums.len()]);
        cell[0] += sign;
        for (nth, at) in shape.sums.iter().enumerate() {
            if let Some(Value::Integer(number)) = &values[*at] {
                cell[1 + 2 * nth] += i128::from(*number) * sign;
                cell[2 + 2 * nth] += sign;
            }
        }
    }

    /// Writes the gathered changes.
    pub(crate) fn flush(&mut self, connection: &Connection) -> Result<(), StoreError> {
        for (key, change) in std::mem::take(&mut self.0) {
            let mut months = stored(connection, &key)?;
            merge(&mut months, change);
            write(connection, &key, &months)?;
        }
        Ok(())
    }
}

fn month_of(value: Option<&Value>) -> Option<i32> {
    match value {
        Some(Value::Time(time)) => Some(time.date().month_index()),
        Some(Value::Date(date)) => Some(Date::month_index(*date)),
        _ => None,
    }
}

fn merge(months: &mut Months, change: Months) {
    for (month, cell) in change {
        let target = months.entry(month).or_insert_with(|| vec![0; cell.len()]);
        target.iter_mut().zip(cell).for_each(|(have, add)| *have += add);
    }
    months.retain(|_, cell| cell[0] != 0);
}

fn stored(connection: &Connection, key: &Key) -> Result<Months, StoreError> {
    let sql = "SELECT months FROM casque_cube WHERE register = ? AND area = ? AND year = ? \
               AND classification = ? AND caveat = ?";
    let mut statement = connection.prepare_cached(sql)?;
    let key = params![key.0, key.1, key.2, key.3, key.4];
    let blob: Option<Vec<u8>> = statement.query_row(key, |row| row.get(0)).optional()?;
    blob.map_or_else(|| Ok(Months::new()), |blob| decode(&blob))
}

fn write(connection: &Connection, key: &Key, months: &Months) -> Result<(), StoreError> {
    if months.is_empty() {
        let sql = "DELETE FROM casque_cube WHERE register = ? AND area = ? AND year = ? \
                   AND classification = ? AND caveat = ?";
        let key = params![key.0, key.1, key.2, key.3, key.4];
        connection.prepare_cached(sql)?.execute(key)?;
    } else {
        let sql = "INSERT OR REPLACE INTO casque_cube VALUES (?, ?, ?, ?, ?, ?)";
        let row = params![key.0, key.1, key.2, key.3, key.4, encode(months)];
        connection.prepare_cached(sql)?.execute(row)?;
    }
    Ok(())
}

/// Month, number of integers, then the integers as zigzag varints.
fn encode(months: &Months) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(months.len() * 12);
    for (month, cell) in months {
        bytes.push(*month);
        bytes.push(u8::try_from(cell.len()).unwrap_or(u8::MAX));
        for number in cell {
            put_varint(&mut bytes, *number);
        }
    }
    bytes
}

fn decode(bytes: &[u8]) -> Result<Months, StoreError> {
    let mut months = Months::new();
    for_each_month(bytes, |month, cell| {
        months.insert(month, cell.to_vec());
    })?;
    Ok(months)
}

/// Hands each month of a blob to `take` without keeping it.
pub(crate) fn for_each_month(
    bytes: &[u8],
    mut take: impl FnMut(u8, &[i128]),
) -> Result<(), StoreError> {
    let damaged = || StoreError::Damaged("a cell of the cube cannot be read".to_owned());
    let mut rest = bytes;
    let mut cell = Vec::new();
    while let [month, length, tail @ ..] = rest {
        rest = tail;
        cell.clear();
        for _ in 0..*length {
            cell.push(take_varint(&mut rest).ok_or_else(damaged)?);
        }
        take(*month, &cell);
    }
    if rest.is_empty() { Ok(()) } else { Err(damaged()) }
}

/// A sum as an answer gives it: at the ends of its range rather than beyond.
pub(crate) fn clamped(sum: i128) -> i64 {
    i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX })
}

fn put_varint(bytes: &mut Vec<u8>, number: i128) {
    let mut bits = (number.cast_unsigned() << 1) ^ (number >> 127).cast_unsigned();
    while bits >= 0x80 {
        bytes.push(u8::try_from(bits & 0x7f).unwrap_or(0) | 0x80);
        bits >>= 7;
    }
    bytes.push(u8::try_from(bits).unwrap_or(0));
}

fn take_varint(bytes: &mut &[u8]) -> Option<i128> {
    let mut bits = 0_u128;
    for shift in (0..128).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        bits |= u128::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some((bits >> 1).cast_signed() ^ -(bits & 1).cast_signed());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn cells_survive_their_bytes(months: BTreeMap<u8, [i128; 3]>) {
            let months: Months = months.into_iter().map(|(m, cell)| (m, cell.to_vec())).collect();
            prop_assert_eq!(decode(&encode(&months)).expect("own bytes"), months);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            if let Ok(months) = decode(&bytes) {
                prop_assert!(months.len() <= bytes.len());
            }
        }
    }

    #[test]
    fn what_was_added_and_taken_away_leaves_nothing() {
        let mut months = Months::from([(3, vec![2, 10, 2])]);
        merge(&mut months, Months::from([(3, vec![-2, -10, -2])]));
        assert!(months.is_empty());
    }
}
