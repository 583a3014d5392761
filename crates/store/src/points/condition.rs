//! A filter over the columns in memory: the third evaluator, block by block of 64 rows.
//!
//! What a condition on one field is of each of its values is asked of `filter` itself, once a value,
//! and looked up a row; so the three cannot disagree about values. Only the logic of `AND`, `OR` and
//! `NOT` is done here, for 64 rows at a time.

use std::cell::Cell;

use filter::{Node, Op, Row, Shape, SpatialOp, Truth, evaluate};
use model::id::Name;
use model::place::{BoundingBox, Position};
use model::value::{FieldType, Value};
use spatial::mercator::{Projected, project};

use super::Layout;
use super::column::{NO_CODE, NumberColumn};
use super::columns::Columns;
use super::index::Points;
use crate::place_time::NO_TIME;
use crate::query::Times;
use crate::table::Table;

/// Rows that are looked at together.
pub(super) const BLOCK: usize = 64;
/// A filter that has to be asked of more values than this, before the first row, is the database's.
const ASKED_MAX: usize = 1 << 20;

/// A filter, ready for these columns.
#[derive(Debug, Clone)]
pub enum Condition {
    /// The same of every row.
    Constant(bool),
    /// All of them.
    And(Vec<Condition>),
    /// One of them.
    Or(Vec<Condition>),
    /// The opposite.
    Not(Box<Condition>),
    /// By the number of a text; the last is for none.
    Code {
        /// Which of the columns of codes.
        column: usize,
        /// What it is of each text: see [`truth_bits`].
        table: Vec<u8>,
    },
    /// By a whole number.
    Number {
        /// Which of the columns of sums.
        column: usize,
        /// What it is of each small number; the last is for none.
        table: Vec<u8>,
        /// The question, for large numbers.
        node: Node,
        /// The field.
        field: Name,
    },
    /// Between two times, both in.
    Time {
        /// The first millisecond.
        from: i64,
        /// The last.
        to: i64,
    },
    /// Without a time.
    NoTime,
    /// In a box of the map, its edges included; two where it crosses the date line.
    Inside(Vec<[u32; 4]>),
}

/// What is true and what is false of 64 rows; of the others nothing is known.
#[derive(Clone, Copy, Default)]
struct Truths {
    yes: u64,
    no: u64,
}

/// The filter for these points; nothing where it asks for something they do not hold.
pub(super) fn compile(
    table: &Table,
    layout: &Layout,
    points: &Points,
    node: &Node,
) -> Option<Condition> {
    let left = Cell::new(ASKED_MAX);
    Compiler { table, layout, columns: points.columns(), left }.node(node)
}

struct Compiler<'c> {
    table: &'c Table,
    layout: &'c Layout,
    columns: &'c Columns,
    /// How much more may be asked.
    left: Cell<usize>,
}

/// One field with a value.
struct One<'v> {
    field: &'v str,
    value: Option<Value>,
}

impl Row for One<'_> {
    fn value(&self, field: &str) -> Option<&Value> {
        self.value.as_ref().filter(|_| field == self.field)
    }
}

impl Compiler<'_> {
    fn node(&self, node: &Node) -> Option<Condition> {
        if let Some(condition) = self.of_one_field(node) {
            return Some(condition);
        }
        let all = |nodes: &[Node]| {
            nodes.iter().map(|node| self.node(node)).collect::<Option<Vec<Condition>>>()
        };
        match node {
            Node::Constant(yes) => Some(Condition::Constant(*yes)),
            Node::And(nodes) => Some(Condition::And(all(nodes)?)),
            Node::Or(nodes) => Some(Condition::Or(all(nodes)?)),
            Node::Not(inner) => Some(Condition::Not(Box::new(self.node(inner)?))),
            Node::Spatial { field, op, shape: Shape::Box(bounds) } if self.is_place(field) => {
                let inside = inside(*bounds)?;
                match op {
                    SpatialOp::Intersects | SpatialOp::Within => Some(inside),
                    SpatialOp::Disjoint => Some(Condition::Not(Box::new(inside))),
                    SpatialOp::Contains => None,
                }
            }
            // Whoever is in the columns has a place.
            Node::IsNull { field } if self.is_place(field) => Some(Condition::Constant(false)),
            _ => self.of_time(node),
        }
    }

    fn is_place(&self, field: &Name) -> bool {
        self.table.columns[self.layout.place].field == *field
    }

    /// A part of the filter that speaks of one code or number and nothing else, of each value.
    fn of_one_field(&self, node: &Node) -> Option<Condition> {
        let mut fields = filter::Filter::trusted(node.clone()).fields().into_iter();
        let (field, None) = (fields.next()?, fields.next()) else { return None };
        let at = self.table.position(field.as_str())?;
        if let Some(column) = self.layout.codes.iter().position(|code| *code == at) {
            return self.of_code((column, at), node, &field);
        }
        let column = self.layout.sums.iter().position(|sum| *sum == at)?;
        let held = &self.columns.sums[column];
        self.spend(held.small_max().into(), node)?;
        Some(number(held, column, node, field))
    }

    /// Asks a part of the filter of so many values; nothing where that is too much, then and
    /// ever after.
    fn spend(&self, values: usize, node: &Node) -> Option<()> {
        let left = self.left.get().checked_sub(values.saturating_mul(parts(node)));
        self.left.set(left.unwrap_or(0));
        left.map(drop)
    }

    fn of_code(
        &self,
        (column, at): (usize, usize),
        node: &Node,
        field: &Name,
    ) -> Option<Condition> {
        let held = &self.columns.codes[column];
        if held.overflowed {
            return None;
        }
        self.spend(held.texts().len(), node)?;
        let value = |text: &String| match self.table.columns[at].kind {
            FieldType::Code => Value::Code(text.clone()),
            _ => Value::Text(text.clone()),
        };
        let values = held.texts().iter().map(|text| Some(value(text))).chain([None]);
        let truth = |value| truth_bits(evaluate(node, &One { field: field.as_str(), value }));
        Some(Condition::Code { column, table: values.map(truth).collect() })
    }

    fn of_time(&self, node: &Node) -> Option<Condition> {
        let time = &self.table.columns[self.layout.time?].field;
        match node {
            Node::IsNull { field } if field == time => Some(Condition::NoTime),
            Node::Compare { field, op: Op::NotEqual, value } if field == time => {
                let (field, value) = (field.clone(), value.clone());
                let equal = Node::Compare { field, op: Op::Equal, value };
                Some(Condition::Not(Box::new(self.of_time(&equal)?)))
            }
            _ => {
                let Times { from, to } = Times::ALL.narrowed(time, node)?;
                Some(Condition::Time { from, to })
            }
        }
    }
}

/// How many questions a filter is put together from.
fn parts(node: &Node) -> usize {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().map(parts).sum(),
        Node::Not(inner) => parts(inner),
        Node::In { values, .. } => values.len(),
        _ => 1,
    }
}

fn number(column: &NumberColumn, at: usize, node: &Node, field: Name) -> Condition {
    let values = (0..=column.small_max()).map(|small| Some(Value::Integer(i64::from(small))));
    let truth = |value| truth_bits(evaluate(node, &One { field: field.as_str(), value }));
    let table = values.chain([None]).map(truth).collect();
    Condition::Number { column: at, table, node: node.clone(), field }
}

/// A box on the map. Projecting keeps the order of degrees and tells neighbours apart, except at the
/// map's northern and southern edges, where a box that ends beyond them cannot be told.
fn inside(bounds: BoundingBox) -> Option<Condition> {
    let corner = |lon: i32, lat: i32| Position::from_units(lon, lat).ok().map(project);
    let north_west = corner(bounds.west, bounds.north)?;
    let south_east = corner(bounds.east, bounds.south)?;
    let is_edge = |y: u32| y == 0 || y == u32::MAX;
    let poles = [model::place::LATITUDE_MAX, -model::place::LATITUDE_MAX];
    let told = |at: Projected, lat: i32| !is_edge(at.y) || poles.contains(&lat);
    if !told(north_west, bounds.north) || !told(south_east, bounds.south) {
        return None;
    }
    let part = |west: u32, east: u32| [west, north_west.y, east, south_east.y];
    Some(Condition::Inside(if bounds.west <= bounds.east {
        vec![part(north_west.x, south_east.x)]
    } else {
        vec![part(north_west.x, u32::MAX), part(0, south_east.x)]
    }))
}

/// Bit 0 where it is true, bit 1 where it is false, none where that is not known.
fn truth_bits(truth: Truth) -> u8 {
    match truth {
        Truth::True => 1,
        Truth::False => 2,
        Truth::Unknown => 0,
    }
}

impl Condition {
    /// Which rows of a block pass, the first one in the lowest bit. The block begins at `start` and
    /// has at most 64 rows.
    pub(super) fn passing(&self, columns: &Columns, start: usize) -> u64 {
        let rows = start..(start + BLOCK).min(columns.len());
        self.truths(columns, &rows).yes & all_of(rows.len())
    }

    fn truths(&self, columns: &Columns, rows: &std::ops::Range<usize>) -> Truths {
        let known = |yes: u64| Truths { yes, no: !yes };
        match self {
            Self::Constant(yes) => known(if *yes { u64::MAX } else { 0 }),
            Self::And(parts) => {
                let all = Truths { yes: u64::MAX, no: 0 };
                parts.iter().map(|part| part.truths(columns, rows)).fold(all, Truths::and)
            }
            Self::Or(parts) => {
                let none = Truths { yes: 0, no: u64::MAX };
                parts.iter().map(|part| part.truths(columns, rows)).fold(none, Truths::or)
            }
            Self::Not(inner) => {
                let Truths { yes, no } = inner.truths(columns, rows);
                Truths { yes: no, no: yes }
            }
            Self::Code { column, table } => {
                let mut truths = Truths::default();
                columns.codes[*column].each(rows.clone(), |nth, code| {
                    truths.set(nth, table[place_of(code, table)]);
                });
                truths
            }
            Self::Number { column, .. } => {
                let numbers = &columns.sums[*column];
                Truths::of_each(rows.clone(), |row| self.of_number(numbers, row))
            }
            Self::Time { from, to } => Truths::of_each(rows.clone(), |row| {
                let time = columns.times[row];
                let inside = *from <= time && time <= *to;
                if time == NO_TIME { 0 } else { 2 - u8::from(inside) }
            }),
            Self::NoTime => {
                Truths::of_each(rows.clone(), |row| 2 - u8::from(columns.times[row] == NO_TIME))
            }
            Self::Inside(boxes) => Truths::of_each(rows.clone(), |row| {
                let (x, y) = (columns.xs[row], columns.ys[row]);
                let holds = |[west, north, east, south]: &[u32; 4]| {
                    *west <= x && x <= *east && *north <= y && y <= *south
                };
                2 - u8::from(boxes.iter().any(holds))
            }),
        }
    }

    /// What a condition on a number is of a row.
    fn of_number(&self, numbers: &NumberColumn, row: usize) -> u8 {
        let Self::Number { table, node, field, .. } = self else { return 0 };
        match (numbers.small(row), numbers.get(row)) {
            (Some(small), _) => table[usize::from(small)],
            (None, None) => table[table.len() - 1],
            (None, Some(large)) => {
                let value = Some(Value::Integer(large));
                truth_bits(evaluate(node, &One { field: field.as_str(), value }))
            }
        }
    }

    /// What it is of codes alone, given by their column; nothing where it asks for something else.
    pub(super) fn of_codes(&self, code: &dyn Fn(usize) -> Option<u16>) -> Option<Truth> {
        let deciding = |parts: &[Self], deciding: Truth| {
            let mut found = deciding.negated();
            for part in parts {
                match part.of_codes(code)? {
                    truth if truth == deciding => found = deciding,
                    Truth::Unknown if found != deciding => found = Truth::Unknown,
                    _ => {}
                }
            }
            Some(found)
        };
        match self {
            Self::Constant(yes) => Some(Truth::from(*yes)),
            Self::And(parts) => deciding(parts, Truth::False),
            Self::Or(parts) => deciding(parts, Truth::True),
            Self::Not(inner) => Some(inner.of_codes(code)?.negated()),
            Self::Code { column, table } => {
                let at = code(*column)?;
                Some(match table[place_of(at, table)] {
                    1 => Truth::True,
                    2 => Truth::False,
                    _ => Truth::Unknown,
                })
            }
            _ => None,
        }
    }
}

/// Where a code is in a table whose last place is for none.
fn place_of(code: u16, table: &[u8]) -> usize {
    if code == NO_CODE { table.len() - 1 } else { usize::from(code) }
}

impl Truths {
    fn of_each(rows: std::ops::Range<usize>, bits: impl Fn(usize) -> u8) -> Self {
        let mut truths = Self::default();
        for (nth, row) in (0..).zip(rows) {
            truths.set(nth, bits(row));
        }
        truths
    }

    fn set(&mut self, nth: u32, bits: u8) {
        self.yes |= u64::from(bits & 1) << nth;
        self.no |= u64::from(bits >> 1) << nth;
    }

    fn and(self, other: Self) -> Self {
        Self { yes: self.yes & other.yes, no: self.no | other.no }
    }

    fn or(self, other: Self) -> Self {
        Self { yes: self.yes | other.yes, no: self.no & other.no }
    }
}

/// The lowest bits, so many.
pub(super) fn all_of(count: usize) -> u64 {
    if count >= BLOCK { u64::MAX } else { (1 << count) - 1 }
}
