//! A register's records as arrays, sorted by cell of the grid, then by time.

use crate::place_time::NO_TIME;

/// A record's place among the others. Its derived order is the order of the arrays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    /// The cell of the grid, or [`crate::place_time::NOWHERE`].
    pub(super) cell: u32,
    /// Milliseconds, or [`crate::place_time::NO_TIME`].
    pub(super) time: i64,
    /// The record's number.
    pub(super) record: u32,
    pub(super) lon: i32,
    pub(super) lat: i32,
    /// Which pair of classification and caveat it has.
    pub(super) kind: u8,
}

/// The arrays; all have the same length.
#[derive(Debug, Default)]
pub(super) struct Base {
    /// The cells that hold anything, ascending.
    pub(super) cells: Vec<Cell>,
    /// For each cell, how many there are of each kind.
    counts: Vec<u32>,
    kinds_count: usize,
    pub(super) times: Vec<i64>,
    /// For each slot of time of each cell, how many of its records are before the slot.
    slots: Vec<u32>,
    pub(super) places: Vec<(i32, i32)>,
    pub(super) records: Vec<u32>,
    pub(super) kinds: Vec<u8>,
    /// Where a record is in the arrays, by its number; [`NONE`] where it is not.
    positions: Vec<u32>,
}

/// A cell and where its records are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) number: u32,
    pub(super) start: usize,
    pub(super) end: usize,
    /// The time of its first record, and how long a slot is.
    first_time: i64,
    slot_ms: i64,
    /// Where its slots begin and how many there are.
    first_slot: usize,
    slots_count: usize,
}

/// So many records share a slot of time on the mean: two lines of the processor's cache.
const RECORDS_PER_SLOT: usize = 16;

const NONE: u32 = u32::MAX;

impl Base {
    /// The arrays of these entries, which are sorted.
    pub(super) fn new(entries: &[Entry], kinds_count: usize) -> Self {
        let mut base = Self { kinds_count, ..Self::default() };
        base.times = entries.iter().map(|entry| entry.time).collect();
        base.places = entries.iter().map(|entry| (entry.lon, entry.lat)).collect();
        base.records = entries.iter().map(|entry| entry.record).collect();
        base.kinds = entries.iter().map(|entry| entry.kind).collect();
        let records = base.records.iter().max().map_or(0, |last| *last as usize + 1);
        base.positions = vec![NONE; records];
        for (at, record) in (0..).zip(&base.records) {
            base.positions[*record as usize] = at;
        }
        base.find_cells(entries);
        base
    }

    fn find_cells(&mut self, entries: &[Entry]) {
        let mut start = 0;
        for group in entries.chunk_by(|a, b| a.cell == b.cell) {
            let end = start + group.len();
            let first_count = self.counts.len();
            self.counts.resize(first_count + self.kinds_count, 0);
            for entry in group {
                self.counts[first_count + usize::from(entry.kind)] += 1;
            }
            let cell = self.slotted(group, (start, end));
            self.cells.push(cell);
            start = end;
        }
    }

    /// Cuts the times of a cell into slots of equal length. A cell that was searched from its middle
    /// cost a miss of the cache at every step.
    fn slotted(&mut self, group: &[Entry], (start, end): (usize, usize)) -> Cell {
        // Those without a time are before all slots.
        let untimed = group.partition_point(|entry| entry.time == NO_TIME);
        let timed = group.get(untimed..).unwrap_or_default();
        let first_time = timed.first().map_or(0, |entry| entry.time);
        let last_time = timed.last().map_or(0, |entry| entry.time);
        let slots_count = timed.len() / RECORDS_PER_SLOT + 1;
        let slots = i64::try_from(slots_count).unwrap_or(i64::MAX);
        let slot_ms = last_time.saturating_sub(first_time) / slots + 1;
        let first_slot = self.slots.len();
        let mut before = untimed;
        for nth in 0..slots {
            let from = first_time.saturating_add(nth.saturating_mul(slot_ms));
            before += group[before..].iter().take_while(|entry| entry.time < from).count();
            self.slots.push(u32::try_from(before).unwrap_or(u32::MAX));
        }
        self.slots.push(u32::try_from(group.len()).unwrap_or(u32::MAX));
        Cell { number: group[0].cell, start, end, first_time, slot_ms, first_slot, slots_count }
    }

    /// How many records of a cell are before a time.
    pub(super) fn before(&self, cell: &Cell, time: i64) -> usize {
        let times = &self.times[cell.start..cell.end];
        let Some(since) = time.checked_sub(cell.first_time).filter(|since| *since >= 0) else {
            return times.partition_point(|at| *at < time);
        };
        let slot = usize::try_from(since / cell.slot_ms).unwrap_or(usize::MAX);
        if slot >= cell.slots_count {
            return times.len();
        }
        let slots = &self.slots[cell.first_slot + slot..];
        let (from, to) = (slots[0] as usize, slots[1] as usize);
        from + times[from..to].partition_point(|at| *at < time)
    }

    /// How many there are of each kind in the cell at this position of [`Self::cells`].
    pub(super) fn counts(&self, cell: usize) -> &[u32] {
        &self.counts[cell * self.kinds_count..(cell + 1) * self.kinds_count]
    }

    /// A record as it was when the arrays were made.
    pub(super) fn entry(&self, record: u32) -> Option<Entry> {
        let at = *self.positions.get(record as usize)?;
        if at == NONE {
            return None;
        }
        let at = at as usize;
        let cell = self.cells.partition_point(|cell| cell.end <= at);
        Some(self.entry_at(self.cells[cell].number, at))
    }

    /// All of them, in order.
    pub(super) fn entries(&self) -> impl Iterator<Item = Entry> {
        let of_cell = |cell: &Cell| {
            (cell.start..cell.end).map({
                let number = cell.number;
                move |at| (number, at)
            })
        };
        self.cells.iter().flat_map(of_cell).map(|(cell, at)| self.entry_at(cell, at))
    }

    fn entry_at(&self, cell: u32, at: usize) -> Entry {
        let (lon, lat) = self.places[at];
        let (time, record, kind) = (self.times[at], self.records[at], self.kinds[at]);
        Entry { cell, time, record, lon, lat, kind }
    }
}
