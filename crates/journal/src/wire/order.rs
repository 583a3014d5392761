//! Lists in ascending order, nothing twice: the one form of what has no order of its own.

use std::collections::BTreeSet;

use super::cbor::Reader;
use super::{DecodeError, EncodeError};

/// Room made for a list before its items are there.
const ROOM: usize = 64;

/// Reads `count` items, each greater than the one before.
pub(super) fn read<T: Ord>(
    reader: &mut Reader<'_>,
    count: usize,
    read_one: impl FnMut(&mut Reader<'_>) -> Result<T, DecodeError>,
) -> Result<Vec<T>, DecodeError> {
    read_by(reader, count, read_one, |a, b| a < b)
}

/// Reads `count` items, each after the one before in the order of `is_before`.
pub(super) fn read_by<T>(
    reader: &mut Reader<'_>,
    count: usize,
    mut read_one: impl FnMut(&mut Reader<'_>) -> Result<T, DecodeError>,
    is_before: impl Fn(&T, &T) -> bool,
) -> Result<Vec<T>, DecodeError> {
    let mut items: Vec<T> = Vec::with_capacity(count.min(ROOM));
    for _ in 0..count {
        let at = reader.at();
        let item = read_one(reader)?;
        if items.last().is_some_and(|last| !is_before(last, &item)) {
            return Err(DecodeError::NotCanonical { at });
        }
        items.push(item);
    }
    Ok(items)
}

/// Reads an array as a set.
pub(super) fn read_set<T: Ord>(
    reader: &mut Reader<'_>,
    read_one: impl FnMut(&mut Reader<'_>) -> Result<T, DecodeError>,
) -> Result<BTreeSet<T>, DecodeError> {
    let count = reader.array()?;
    Ok(read(reader, count, read_one)?.into_iter().collect())
}

/// `items` in the order of `key`; an error where two have the same.
pub(super) fn sorted<'t, T, K: Ord + ?Sized + 't>(
    items: &'t [T],
    key: impl Fn(&'t T) -> &'t K,
    twice: impl FnOnce(&K) -> EncodeError,
) -> Result<Vec<&'t T>, EncodeError> {
    let mut sorted: Vec<&T> = items.iter().collect();
    sorted.sort_by(|a, b| key(a).cmp(key(b)));
    let mut pairs = sorted.iter().zip(sorted.iter().skip(1));
    match pairs.find(|(a, b)| key(a) == key(b)) {
        Some((first, _)) => Err(twice(key(first))),
        None => Ok(sorted),
    }
}

/// Demands that a list keeps within `max`.
pub(super) fn check_count(what: &'static str, found: usize, max: usize) -> Result<(), EncodeError> {
    if found > max { Err(EncodeError::Limit { what, found, max }) } else { Ok(()) }
}
