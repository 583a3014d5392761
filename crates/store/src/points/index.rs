//! The points in order, and what a tile takes from them.

use std::ops::Range;
use std::sync::Arc;

use model::id::RecordId;
use spatial::mercator::Projected;
use spatial::tile::TileAddress;

use super::column::NO_CODE;
use super::columns::{Columns, curve_key};
use super::condition::BLOCK;
use super::pyramid::{CELL_ZOOM, Pyramid};
use super::selection::{Bits, Selection};
use crate::memory::Versioned;

/// The points of a register at one version of the journal.
#[derive(Debug)]
pub struct Points {
    version: i64,
    since: i64,
    columns: Arc<Columns>,
    pyramid: Arc<Option<Pyramid>>,
    /// How many of the codes rights ask for, and how many after them a tile shows.
    hidden: usize,
    shown: usize,
}

/// Points of a tile taken together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bin {
    /// The middle of all of them.
    pub at: Projected,
    /// How many they are.
    pub count: u64,
    /// The sums of their figures, in the order of the register's cube.
    pub sums: Vec<i64>,
}

/// One point of a tile.
#[derive(Debug, Clone, Copy)]
pub struct Point<'p> {
    points: &'p Points,
    row: usize,
}

impl Versioned for Points {
    fn version(&self) -> i64 {
        self.version
    }
}

impl Points {
    /// The points of sorted columns.
    pub(super) fn new(version: i64, columns: Columns, (hidden, shown): (usize, usize)) -> Self {
        let pyramid = Arc::new(Pyramid::of(&columns, hidden));
        Self { version, since: version, columns: Arc::new(columns), pyramid, hidden, shown }
    }

    /// The same points, known to be so at a later version.
    pub(super) fn unchanged_at(&self, version: i64) -> Self {
        let (columns, pyramid) = (Arc::clone(&self.columns), Arc::clone(&self.pyramid));
        Self { version, columns, pyramid, ..*self }
    }

    /// The version since which they are as they are.
    pub fn since(&self) -> i64 {
        self.since
    }

    /// How many there are, whoever may see them. Not for people.
    pub(super) fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The texts that the nth code of a point can be, by their numbers.
    pub fn texts(&self, code: usize) -> &[String] {
        self.columns.codes.get(self.hidden + code).map_or(&[], |column| column.texts())
    }

    /// How many of the selected points a tile holds. Counts no further than a little beyond
    /// `enough`.
    pub fn count(&self, address: TileAddress, selection: &Selection, enough: usize) -> usize {
        let mut count = 0;
        self.blocks(address, selection, &mut |_start, mask| {
            count += mask.count_ones() as usize;
            count <= enough
        });
        count
    }

    /// Hands every selected point of a tile to `take`, in the order of the curve.
    pub fn each(
        &self,
        address: TileAddress,
        selection: &Selection,
        take: &mut dyn FnMut(Point<'_>),
    ) {
        self.blocks(address, selection, &mut |start, mut mask| {
            while mask != 0 {
                take(Point { points: self, row: start + mask.trailing_zeros() as usize });
                mask &= mask - 1;
            }
            true
        });
    }

    /// The selected points of a tile in bins, 2^`side_bits` along each side of the tile.
    pub fn bins(&self, address: TileAddress, selection: &Selection, side_bits: u32) -> Vec<Bin> {
        let cell_zoom = (u32::from(address.z()) + side_bits).min(32);
        let cell_shift = 32 - cell_zoom;
        if let (Some(pyramid), Selection::Held(condition)) = (&*self.pyramid, selection)
            && cell_zoom <= CELL_ZOOM
            && let Some(bins) = pyramid.bins(condition, self.hidden, stretch(address), cell_shift)
        {
            return bins;
        }
        let columns = &self.columns;
        let mut gathering = Gathering::new(cell_shift, columns.sums.len());
        self.blocks(address, selection, &mut |start, mut mask| {
            while mask != 0 {
                let row = start + mask.trailing_zeros() as usize;
                let (x, y) = (columns.xs[row], columns.ys[row]);
                let sums = columns.sums.iter().map(|column| column.or_zero(row));
                gathering.add((x, y), 1, (u64::from(x), u64::from(y)), sums);
                mask &= mask - 1;
            }
            true
        });
        gathering.finish()
    }

    /// The rows of these records, as a bit for each.
    pub(super) fn rows_of(&self, records: &Bits) -> Vec<u64> {
        Bits::of(self.columns.len(), |row| records.get(self.columns.records[row]))
    }

    /// The blocks that a tile's points lie in, with those of them that are selected, as long as
    /// `take` wants more.
    fn blocks(
        &self,
        address: TileAddress,
        selection: &Selection,
        take: &mut dyn FnMut(usize, u64) -> bool,
    ) {
        let rows = self.rows(address);
        let mut start = rows.start / BLOCK * BLOCK;
        while start < rows.end {
            let mut mask = selection.of_block(&self.columns, start);
            if start < rows.start {
                mask &= u64::MAX << (rows.start - start);
            }
            if rows.end - start < BLOCK {
                mask &= (1 << (rows.end - start)) - 1;
            }
            if mask != 0 && !take(start, mask) {
                return;
            }
            start += BLOCK;
        }
    }

    /// The rows of a tile.
    fn rows(&self, address: TileAddress) -> Range<usize> {
        let (first, last) = stretch(address);
        self.partition(|key| key < first)..self.partition(|key| key <= last)
    }

    /// The first row whose place on the curve does not pass; those that pass come before.
    fn partition(&self, passes: impl Fn(u64) -> bool) -> usize {
        let (mut low, mut high) = (0, self.columns.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if passes(self.columns.key(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

/// The first and the last place of a tile on the curve.
fn stretch(address: TileAddress) -> (u64, u64) {
    let shift = 32 - u32::from(address.z());
    let corner = |at: u32| at.checked_shl(shift).unwrap_or(0);
    let first = curve_key(corner(address.x()), corner(address.y()));
    let length = 1_u64.checked_shl(2 * shift).unwrap_or(0);
    (first, first.wrapping_add(length.wrapping_sub(1)))
}

impl Point<'_> {
    /// Where it is.
    pub fn at(&self) -> Projected {
        Projected { x: self.points.columns.xs[self.row], y: self.points.columns.ys[self.row] }
    }

    /// The number of its record on this node.
    pub fn number(&self) -> u32 {
        self.points.columns.records[self.row]
    }

    /// The id of its record.
    pub fn id(&self) -> RecordId {
        RecordId::from_bytes(self.points.columns.ids[self.row])
    }

    /// The number of the text that its nth code is; see [`Points::texts`].
    pub fn code(&self, nth: usize) -> Option<u16> {
        let column = self.points.columns.codes.get(self.points.hidden + nth)?;
        (nth < self.points.shown).then(|| column.get(self.row)).filter(|code| *code != NO_CODE)
    }

    /// Its nth figure, 0 where it has none.
    pub fn figure(&self, nth: usize) -> i64 {
        self.points.columns.sums.get(nth).map_or(0, |column| column.or_zero(self.row))
    }
}

/// Points on their way into bins: what comes in the order of the curve is added to the bin before.
#[derive(Debug)]
pub(super) struct Gathering {
    cell_shift: u32,
    cell: Option<(u32, u32)>,
    count: u64,
    middle: (u64, u64),
    sums: Vec<i128>,
    bins: Vec<Bin>,
}

impl Gathering {
    pub(super) fn new(cell_shift: u32, sums: usize) -> Self {
        Self {
            cell_shift,
            cell: None,
            count: 0,
            middle: (0, 0),
            sums: vec![0; sums],
            bins: Vec::new(),
        }
    }

    /// Adds `count` points in one cell; `middle` is the sum of their coordinates.
    pub(super) fn add(
        &mut self,
        (x, y): (u32, u32),
        count: u32,
        middle: (u64, u64),
        sums: impl Iterator<Item = i64>,
    ) {
        let of = |units: u32| units.checked_shr(self.cell_shift).unwrap_or(0);
        let cell = Some((of(x), of(y)));
        if self.cell != cell {
            self.end_bin();
            self.cell = cell;
        }
        self.count += u64::from(count);
        self.middle = (self.middle.0 + middle.0, self.middle.1 + middle.1);
        for (sum, more) in self.sums.iter_mut().zip(sums) {
            *sum += i128::from(more);
        }
    }

    pub(super) fn finish(mut self) -> Vec<Bin> {
        self.end_bin();
        self.bins
    }

    fn end_bin(&mut self) {
        if self.count == 0 {
            return;
        }
        let coordinate = |sum: u64| u32::try_from(sum / self.count).unwrap_or(u32::MAX);
        let at = Projected { x: coordinate(self.middle.0), y: coordinate(self.middle.1) };
        let sums = self.sums.iter().map(|sum| crate::cube::clamped(*sum)).collect();
        self.bins.push(Bin { at, count: self.count, sums });
        self.count = 0;
        self.middle = (0, 0);
        self.sums.fill(0);
    }
}
