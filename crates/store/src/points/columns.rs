//! The columns of many records, and their order along the curve.

use model::place::Position;
use spatial::mercator::{Projected, project};

use super::column::{CodeColumn, NumberColumn};

/// Records as columns of one length.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    /// East of the date line, in units of the map.
    pub(super) xs: Vec<u32>,
    /// South of the map's edge.
    pub(super) ys: Vec<u32>,
    /// The numbers of the records.
    pub(super) records: Vec<u32>,
    pub(super) ids: Vec<[u8; 16]>,
    /// Milliseconds, or [`crate::place_time::NO_TIME`].
    pub(super) times: Vec<i64>,
    pub(super) codes: Vec<CodeColumn>,
    pub(super) sums: Vec<NumberColumn>,
}

impl Columns {
    /// Columns without rows, for so many codes and sums.
    pub(super) fn empty(codes: usize, sums: usize) -> Self {
        Self {
            codes: vec![CodeColumn::default(); codes],
            sums: vec![NumberColumn::default(); sums],
            ..Self::default()
        }
    }

    /// Columns without rows that number codes as these do.
    pub(super) fn alike(&self) -> Self {
        Self {
            codes: self.codes.iter().map(CodeColumn::alike).collect(),
            sums: vec![NumberColumn::default(); self.sums.len()],
            ..Self::default()
        }
    }

    pub(super) fn len(&self) -> usize {
        self.records.len()
    }

    pub(super) fn push_place(&mut self, at: Position, (record, id): (u32, [u8; 16]), time: i64) {
        let Projected { x, y } = project(at);
        self.xs.push(x);
        self.ys.push(y);
        self.records.push(record);
        self.ids.push(id);
        self.times.push(time);
    }

    pub(super) fn key(&self, row: usize) -> u64 {
        curve_key(self.xs[row], self.ys[row])
    }

    /// The rows in the order of the curve, then of their numbers.
    pub(super) fn sorted(&self) -> Vec<u32> {
        let mut keyed: Vec<(u64, u32, u32)> = (0..)
            .zip(&self.records)
            .map(|(row, record)| (self.key(row as usize), *record, row))
            .collect();
        keyed.sort_unstable();
        keyed.into_iter().map(|(_, _, row)| row).collect()
    }

    /// These rows of these columns followed by those of `more`.
    pub(super) fn gathered(&self, more: &Self, order: &[u32]) -> Self {
        let codes = self.codes.iter().zip(&more.codes);
        let sums = self.sums.iter().zip(&more.sums);
        Self {
            xs: gathered(&self.xs, &more.xs, order),
            ys: gathered(&self.ys, &more.ys, order),
            records: gathered(&self.records, &more.records, order),
            ids: gathered(&self.ids, &more.ids, order),
            times: gathered(&self.times, &more.times, order),
            codes: codes.map(|(own, more)| own.gathered(more, order)).collect(),
            sums: sums.map(|(own, more)| own.gathered(more, order)).collect(),
        }
    }
}

/// These rows of `own` followed by those of `more`. Rows that follow on each other, as nearly all do
/// after a few changes, are copied together.
pub(super) fn gathered<T: Copy>(own: &[T], more: &[T], order: &[u32]) -> Vec<T> {
    let mut all = Vec::with_capacity(order.len());
    let follows = |a: &u32, b: &u32| *b == *a + 1 && *b as usize != own.len();
    for run in order.chunk_by(follows) {
        let start = run[0] as usize;
        all.extend_from_slice(if start < own.len() {
            &own[start..start + run.len()]
        } else {
            &more[start - own.len()..][..run.len()]
        });
    }
    all
}

/// The place on the curve: the bits of both coordinates in turn, so that every tile of every zoom is
/// one stretch of it.
pub(super) fn curve_key(x: u32, y: u32) -> u64 {
    spread(x) | spread(y) << 1
}

/// The bits of a number, one place apart.
fn spread(number: u32) -> u64 {
    let mut bits = u64::from(number);
    for (shift, mask) in [
        (16, 0x0000_ffff_0000_ffff),
        (8, 0x00ff_00ff_00ff_00ff),
        (4, 0x0f0f_0f0f_0f0f_0f0f),
        (2, 0x3333_3333_3333_3333),
        (1, 0x5555_5555_5555_5555),
    ] {
        bits = (bits | bits << shift) & mask;
    }
    bits
}
