//! Points summed beforehand: what the tiles of the lowest zooms are made of.
//!
//! One entry for each cell, classification and caveat, so that every viewer's share can be taken out.

use super::column::NumberColumn;
use super::columns::{Columns, curve_key};
use super::condition::Condition;
use super::index::{Bin, Gathering};

/// A cell's zoom: that of the bins of a tile of zoom 4.
pub(super) const CELL_ZOOM: u32 = 10;
/// Fewer points to an entry than this and the points themselves are as quick.
const POINTS_PER_ENTRY_MIN: usize = 8;

/// The sums, in the order of the curve.
#[derive(Debug, Clone, Default)]
pub(super) struct Pyramid {
    entries: Vec<Entry>,
    /// For each entry, one for each sum.
    sums: Vec<i64>,
    sums_count: usize,
}

/// The points of one cell that are alike to the rights of viewers.
#[derive(Debug, Clone)]
struct Entry {
    /// The cell's corner, in units of the map.
    x: u32,
    y: u32,
    codes: [u16; 2],
    count: u32,
    /// Sums of the distances from the corner.
    east: u64,
    south: u64,
}

impl Pyramid {
    /// The sums of these columns, whose first `hidden` codes are what rights ask for; nothing where
    /// they would not be worth their room.
    pub(super) fn of(columns: &Columns, hidden: usize) -> Option<Self> {
        if !columns.sums.iter().all(NumberColumn::is_tame) {
            return None;
        }
        let mut pyramid = Self { sums_count: columns.sums.len(), ..Self::default() };
        let mut first_of_cell = 0;
        for row in 0..columns.len() {
            let corner = (cell(columns.xs[row]), cell(columns.ys[row]));
            let mut codes = [0; 2];
            let held = columns.codes.iter().take(hidden);
            codes.iter_mut().zip(held).for_each(|(code, column)| *code = column.get(row));
            if pyramid.entries.last().is_none_or(|last| (last.x, last.y) != corner) {
                first_of_cell = pyramid.entries.len();
            }
            let of_cell = &pyramid.entries[first_of_cell..];
            let known = of_cell.iter().position(|entry| entry.codes == codes);
            let at = known.map_or_else(|| pyramid.add(corner, codes), |at| first_of_cell + at);
            pyramid.count(at, columns, row);
        }
        let worth = pyramid.entries.len() * POINTS_PER_ENTRY_MIN <= columns.len();
        worth.then_some(pyramid)
    }

    fn add(&mut self, (x, y): (u32, u32), codes: [u16; 2]) -> usize {
        self.entries.push(Entry { x, y, codes, count: 0, east: 0, south: 0 });
        self.sums.resize(self.entries.len() * self.sums_count, 0);
        self.entries.len() - 1
    }

    fn count(&mut self, at: usize, columns: &Columns, row: usize) {
        let entry = &mut self.entries[at];
        entry.count += 1;
        entry.east += u64::from(columns.xs[row] - entry.x);
        entry.south += u64::from(columns.ys[row] - entry.y);
        let sums = &mut self.sums[at * self.sums_count..(at + 1) * self.sums_count];
        for (sum, column) in sums.iter_mut().zip(&columns.sums) {
            *sum += column.or_zero(row);
        }
    }

    /// The bins of a stretch of the curve; nothing where the condition asks for more than rights do.
    /// `hidden` is how many codes rights ask for.
    pub(super) fn bins(
        &self,
        condition: &Condition,
        hidden: usize,
        (first, last): (u64, u64),
        cell_shift: u32,
    ) -> Option<Vec<Bin>> {
        let key = |entry: &Entry| curve_key(entry.x, entry.y);
        let from = self.entries.partition_point(|entry| key(entry) < first);
        let to = self.entries.partition_point(|entry| key(entry) <= last);
        let mut gathering = Gathering::new(cell_shift, self.sums_count);
        let mut known: Vec<([u16; 2], bool)> = Vec::new();
        for at in from..to {
            let entry = &self.entries[at];
            let held = known.iter().find(|(codes, _)| *codes == entry.codes);
            let passes = if let Some((_, passes)) = held {
                *passes
            } else {
                let code = |column: usize| {
                    (column < hidden).then(|| entry.codes.get(column).copied()).flatten()
                };
                let passes = condition.of_codes(&code)? == filter::Truth::True;
                known.push((entry.codes, passes));
                passes
            };
            if passes {
                let sums = &self.sums[at * self.sums_count..(at + 1) * self.sums_count];
                let middle = (
                    u64::from(entry.x) * u64::from(entry.count) + entry.east,
                    u64::from(entry.y) * u64::from(entry.count) + entry.south,
                );
                gathering.add((entry.x, entry.y), entry.count, middle, sums.iter().copied());
            }
        }
        Some(gathering.finish())
    }
}

/// The corner of the cell a coordinate lies in.
fn cell(units: u32) -> u32 {
    units >> (32 - CELL_ZOOM) << (32 - CELL_ZOOM)
}
