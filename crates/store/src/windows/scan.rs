//! A window asked of the arrays: how many records it holds, and the first of them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::{Range, RangeInclusive};

use filter::{Filter, Node, Shape, SpatialOp, Truth};
use model::place::BoundingBox;
use model::value::FieldType;
use spatial::grid::{COLUMNS, CellCover};

use super::base::{Base, Entry};
use super::{Held, Kind};
use crate::place_time::{NO_TIME, NOWHERE};
use crate::query::{Order, Times, conjuncts};
use crate::table::Table;

/// What is asked: boxes, times, and what classification and caveat must be.
#[derive(Debug)]
pub(super) struct Window {
    /// A record lies in all of them.
    boxes: Vec<BoundingBox>,
    /// The cells that the smallest touches; nothing for all records, wherever they are or are not.
    cover: Option<CellCover>,
    times: Times,
    /// What else the filter asks for.
    residual: Filter,
}

/// What is there.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The numbers of the first records, in order.
    pub(crate) records: Vec<i64>,
    /// How many there are in all.
    pub(crate) matched: u64,
}

/// How far records reach; a part is nothing where no record has such a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Reach {
    /// The smallest box around them, never over the date line.
    pub(crate) bounds: Option<BoundingBox>,
    /// The earliest and the latest time, in milliseconds.
    pub(crate) times: Option<(i64, i64)>,
}

impl Reach {
    fn include(&mut self, entry: &Entry) {
        if entry.time != NO_TIME {
            let (first, last) = self.times.unwrap_or((entry.time, entry.time));
            self.times = Some((first.min(entry.time), last.max(entry.time)));
        }
        if entry.cell != NOWHERE {
            let (lon, lat) = (entry.lon, entry.lat);
            let around =
                self.bounds.unwrap_or(BoundingBox { west: lon, south: lat, east: lon, north: lat });
            self.bounds = Some(BoundingBox {
                west: around.west.min(lon),
                south: around.south.min(lat),
                east: around.east.max(lon),
                north: around.north.max(lat),
            });
        }
    }
}

impl Window {
    /// The window a filter asks for; nothing where it asks for something memory does not know.
    pub(super) fn of(table: &Table, node: &Node) -> Option<Self> {
        let mut window =
            Self { boxes: Vec::new(), cover: None, times: Times::ALL, residual: Filter::all() };
        let time = table.time.map(|at| &table.columns[at].field);
        let place = table.place.filter(|at| table.columns[*at].kind == FieldType::Point);
        let place = place.map(|at| &table.columns[at].field);
        let mut rest = Vec::new();
        for part in conjuncts(node) {
            if let Some(narrower) = time.and_then(|time| window.times.narrowed(time, part)) {
                window.times = narrower;
                continue;
            }
            match part {
                Node::Spatial {
                    field,
                    op: SpatialOp::Intersects | SpatialOp::Within,
                    shape: Shape::Box(bounds),
                } if Some(field) == place => window.boxes.push(*bounds),
                other => rest.push(other.clone()),
            }
        }
        if window.times != Times::ALL {
            // Whatever is asked of a time, a record without one does not pass.
            window.times.from = window.times.from.max(NO_TIME + 1);
        }
        let covers = window.boxes.iter().map(|bounds| spatial::grid::cells_of(*bounds));
        window.cover = covers.min_by_key(CellCover::count);
        window.residual = Filter::trusted(Node::And(rest));
        let known = |at: Option<usize>| at.filter(|at| table.columns[*at].kind == FieldType::Code);
        let known = [known(table.classification), known(table.caveat)];
        let is_known = |field: &model::id::Name| {
            let at = table.position(field.as_str());
            at.is_some() && known.contains(&at)
        };
        window.residual.fields().iter().all(is_known).then_some(window)
    }

    fn holds_place(&self, (lon, lat): (i32, i32)) -> bool {
        self.boxes.iter().all(|bounds| {
            let in_longitude = if bounds.west <= bounds.east {
                bounds.west <= lon && lon <= bounds.east
            } else {
                bounds.west <= lon || lon <= bounds.east
            };
            in_longitude && bounds.south <= lat && lat <= bounds.north
        })
    }

    fn holds(&self, entry: &Entry) -> bool {
        (self.times.from..=self.times.to).contains(&entry.time)
            && self.cover.as_ref().is_none_or(|cover| cover.holds(entry.cell))
            && self.holds_place((entry.lon, entry.lat))
    }

    /// Whether every place of a cell that is touched is in the window: not at its border.
    fn holds_all_of(&self, cell: u32) -> bool {
        let Some(cover) = &self.cover else { return true };
        let inner = |all: &RangeInclusive<u32>, at: u32| *all.start() < at && at < *all.end();
        self.boxes.len() == 1
            && cover.beyond_date_line.is_none()
            && inner(&cover.rows, cell / COLUMNS)
            && inner(&cover.columns, cell % COLUMNS)
    }
}

impl Held {
    /// How far the records of a window reach.
    pub(super) fn reach(&self, window: &Window) -> Reach {
        let allowed = self.allowed(window);
        let passes = |entry: &Entry| allowed[usize::from(entry.kind)] && window.holds(entry);
        let base = self.base.entries().filter(|entry| !self.gone_records.contains(&entry.record));
        let mut reach = Reach::default();
        for entry in base.chain(self.recent.iter().copied()).filter(passes) {
            reach.include(&entry);
        }
        reach
    }

    /// Which kinds pass what a window asks for beside place and time.
    fn allowed(&self, window: &Window) -> Vec<bool> {
        let passes = |kind: &Kind| filter::evaluate(window.residual.node(), kind) == Truth::True;
        self.kinds.iter().map(passes).collect()
    }

    /// The first `wanted` records of a window, and how many there are.
    pub(super) fn find(&self, window: &Window, order: Order, wanted: usize) -> Found {
        let allowed = self.allowed(window);
        let mut scan = Scan {
            held: self,
            window,
            all_allowed: allowed.iter().all(|allowed| *allowed),
            allowed,
            matched: 0,
            first: First::new(order, wanted),
        };
        scan.base();
        scan.changes();
        Found { records: scan.first.sorted(), matched: scan.matched }
    }
}

struct Scan<'s> {
    held: &'s Held,
    window: &'s Window,
    /// Which kinds pass.
    allowed: Vec<bool>,
    all_allowed: bool,
    matched: u64,
    first: First,
}

impl Scan<'_> {
    fn base(&mut self) {
        let base = &*self.held.base;
        let Some(cover) = &self.window.cover else {
            (0..base.cells.len()).for_each(|cell| self.cell(base, cell));
            return;
        };
        for range in cover.ranges() {
            let start = base.cells.partition_point(|cell| cell.number < *range.start());
            let inside = base.cells[start..].iter().take_while(|cell| cell.number <= *range.end());
            for cell in start..start + inside.count() {
                self.cell(base, cell);
            }
        }
    }

    fn cell(&mut self, base: &Base, number: usize) {
        let cell = base.cells[number];
        let Times { from, to } = self.window.times;
        let from = base.before(&cell, from);
        let to = to.checked_add(1).map_or(cell.end - cell.start, |after| base.before(&cell, after));
        if from >= to {
            return;
        }
        let range = cell.start + from..cell.start + to;
        let whole = self.window.holds_all_of(cell.number);
        self.matched += match (whole, range.len() == cell.end - cell.start) {
            (true, _) if self.all_allowed => range.len() as u64,
            (true, true) => self.counted(base.counts(number)),
            (true, false) => self.count_kinds(base, range.clone()),
            (false, _) => self.count_places(base, range.clone()),
        };
        self.candidates(base, range, whole);
    }

    fn counted(&self, counts: &[u32]) -> u64 {
        let allowed = counts.iter().zip(&self.allowed).filter(|(_, allowed)| **allowed);
        allowed.map(|(count, _)| u64::from(*count)).sum()
    }

    fn count_kinds(&self, base: &Base, range: Range<usize>) -> u64 {
        base.kinds[range].iter().map(|kind| u64::from(self.allowed[usize::from(*kind)])).sum()
    }

    fn count_places(&self, base: &Base, range: Range<usize>) -> u64 {
        let places = base.places[range.clone()].iter().zip(&base.kinds[range]);
        let allowed = |kind: u8| self.allowed[usize::from(kind)];
        // The common case in a loop of its own.
        if let [BoundingBox { west, south, east, north }] = self.window.boxes[..]
            && west <= east
        {
            let passes = |((lon, lat), kind): (&(i32, i32), &u8)| {
                let inside = west <= *lon && *lon <= east && south <= *lat && *lat <= north;
                u64::from(inside && allowed(*kind))
            };
            return places.map(passes).sum();
        }
        places.filter(|(at, kind)| allowed(**kind) && self.window.holds_place(**at)).count() as u64
    }

    /// Offers the records of a part of a cell, first ones first, until none can be among the first.
    fn candidates(&mut self, base: &Base, range: Range<usize>, whole: bool) {
        let Range { start, end } = range;
        for nth in 0..end - start {
            let at = if self.first.newest() { end - 1 - nth } else { start + nth };
            if !self.first.wants(base.times[at]) {
                return;
            }
            let record = base.records[at];
            if self.allowed[usize::from(base.kinds[at])]
                && (whole || self.window.holds_place(base.places[at]))
                && !self.held.gone_records.contains(&record)
            {
                self.first.offer(base.times[at], record);
            }
        }
    }

    /// What changed since the base was made.
    fn changes(&mut self) {
        let held = self.held;
        let gone = held.gone.iter().filter(|entry| self.passes(entry)).count() as u64;
        self.matched -= gone;
        for entry in &held.recent {
            if self.passes(entry) {
                self.matched += 1;
                self.first.offer(entry.time, entry.record);
            }
        }
    }

    fn passes(&self, entry: &Entry) -> bool {
        self.allowed[usize::from(entry.kind)] && self.window.holds(entry)
    }
}

/// The first records of those offered.
struct First {
    /// 0 for the newest, all bits for the oldest: turns the order of numbers round.
    flip: i64,
    wanted: usize,
    /// The last of them on top.
    kept: BinaryHeap<Reverse<(i64, i64)>>,
}

impl First {
    fn new(order: Order, wanted: usize) -> Self {
        let flip = match order {
            Order::Newest => 0,
            Order::Oldest => -1,
        };
        Self { flip, wanted, kept: BinaryHeap::with_capacity(wanted.min(1_024) + 1) }
    }

    fn newest(&self) -> bool {
        self.flip == 0
    }

    /// Whether a record of this time can be among them.
    fn wants(&self, time: i64) -> bool {
        let is_full = self.kept.len() >= self.wanted;
        self.wanted > 0
            && (!is_full
                || self.kept.peek().is_none_or(|Reverse((last, _))| time ^ self.flip >= *last))
    }

    fn offer(&mut self, time: i64, record: u32) {
        let key = (time ^ self.flip, i64::from(record) ^ self.flip);
        if self.kept.len() < self.wanted {
            self.kept.push(Reverse(key));
        } else if let Some(mut last) = self.kept.peek_mut()
            && last.0 < key
        {
            *last = Reverse(key);
        }
    }

    /// Their numbers, in order.
    fn sorted(self) -> Vec<i64> {
        let flip = self.flip;
        let sorted = self.kept.into_sorted_vec();
        sorted.into_iter().map(|Reverse((_, record))| record ^ flip).collect()
    }
}
