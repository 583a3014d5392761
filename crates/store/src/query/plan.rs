//! How a question is asked of SQLite: by words, by place and time, or of the register's table.

use std::collections::BTreeMap;

use filter::{Filter, Node, Op, Shape, SpatialOp};
use model::id::Name;
use model::place::BoundingBox;
use model::value::{FieldType, Value};
use rusqlite::types::Value as SqlValue;

use crate::error::StoreError;
use crate::place_time::{NO_TIME, time_ms};
use crate::query::Order;
use crate::query::stretch::{Stretch, Stretches};
use crate::sql::{self, Column, Columns, Condition};
use crate::table::Table;
use crate::text;

/// A window of more cells than this is asked of the table: 2,500 square degrees.
const CELLS_MAX: u32 = 40_000;

/// Where a window's first and last time are among its parameters.
const WINDOW_TIMES: std::ops::Range<usize> = 2..4;

/// A chosen way, with its conditions compiled.
#[derive(Debug)]
pub(crate) struct Plan<'t> {
    table: &'t Table,
    way: Way,
    /// The times the filter leaves open.
    times: Times,
    /// The conditions after WHERE, and their parameters.
    condition: Condition,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// The register's table alone.
    Table,
    /// The text index, joined to the table.
    Words,
    /// The place and time index; `covered` when nothing else is asked.
    Window { covered: bool },
}

impl<'t> Plan<'t> {
    /// The plan for a filter and words; nothing where no record can match.
    pub(crate) fn make(
        table: &'t Table,
        codes: BTreeMap<String, i64>,
        filter: &Filter,
        search: Option<&str>,
    ) -> Result<Option<Self>, StoreError> {
        if matches!(filter.node(), Node::Constant(false)) {
            return Ok(None);
        }
        let times = Times::of(table, filter.node());
        let columns = TableColumns { table };
        let whole = sql::compile(filter.node(), &columns).ok_or_else(|| {
            StoreError::Damaged("a filter asks for a field the table lacks".to_owned())
        })?;
        if let Some(search) = search {
            return Ok(words(table, times, whole, search));
        }
        let Some(cells) = window(table, filter.node()) else {
            return Ok(Some(Self { table, way: Way::Table, times, condition: whole }));
        };
        let index = IndexColumns { table, codes };
        let covering = sql::compile(filter.node(), &index);
        let way = Way::Window { covered: covering.is_some() };
        let mut condition = Condition {
            sql: "x.register = ? AND x.cell IN (SELECT value FROM json_each(?)) \
                  AND x.time BETWEEN ? AND ? AND "
                .to_owned(),
            parameters: vec![
                SqlValue::Integer(table.number),
                SqlValue::Text(cells),
                SqlValue::Integer(times.from),
                SqlValue::Integer(times.to),
            ],
        };
        append(&mut condition, covering.unwrap_or(whole));
        Ok(Some(Self { table, way, times, condition }))
    }

    /// The numbers of the records in order; LIMIT and OFFSET are the last two parameters.
    pub(crate) fn numbers(&self, order: Order) -> (String, Vec<SqlValue>) {
        let number = match self.way {
            Way::Window { .. } => "x.record",
            _ => "t.no",
        };
        let (source, order) = (self.source(), self.order(order));
        let sql = format!(
            "SELECT {number} FROM {source} WHERE {} ORDER BY {order} LIMIT ? OFFSET ?",
            self.condition.sql
        );
        (sql, self.condition.parameters.clone())
    }

    /// The stretches a window's newest can be looked for in; nothing where the plan has no window or
    /// its records have no order of time.
    pub(super) fn stretches(&self, latest: i64) -> Option<Stretches> {
        matches!(self.way, Way::Window { .. }).then(|| {
            let Times { from, to } = self.times;
            Stretches::new(Stretch { from, to }, latest)
        })
    }

    /// Narrows the parameters of a window to a stretch of it.
    pub(super) fn narrow(parameters: &mut [SqlValue], stretch: Stretch) {
        if let Some([from, to]) = parameters.get_mut(WINDOW_TIMES) {
            *from = SqlValue::Integer(stretch.from);
            *to = SqlValue::Integer(stretch.to);
        }
    }

    /// The numbers of all records, in any order.
    pub(crate) fn every_number(&self) -> (String, Vec<SqlValue>) {
        let number = match self.way {
            Way::Window { .. } => "x.record",
            _ => "t.no",
        };
        let sql = format!("SELECT {number} FROM {} WHERE {}", self.source(), self.condition.sql);
        (sql, self.condition.parameters.clone())
    }

    /// How many records there are.
    pub(crate) fn count(&self) -> (String, Vec<SqlValue>) {
        let sql = format!("SELECT count(*) FROM {} WHERE {}", self.source(), self.condition.sql);
        (sql, self.condition.parameters.clone())
    }

    /// Id, state and these columns of every record in order.
    pub(crate) fn rows(&self, columns: &str, order: Order) -> (String, Vec<SqlValue>) {
        let columns = format!("t._id, t._state, {columns}");
        let (sql, parameters) = self.every_row(&columns);
        (format!("{sql} ORDER BY {}", self.order(order)), parameters)
    }

    /// These columns of every record, in any order.
    pub(crate) fn every_row(&self, columns: &str) -> (String, Vec<SqlValue>) {
        let join = match self.way {
            Way::Window { covered: true } => {
                format!(" JOIN {} t ON t.no = x.record", self.table.sql_name())
            }
            _ => String::new(),
        };
        let (source, condition) = (self.source(), &self.condition.sql);
        let sql = format!("SELECT {columns} FROM {source}{join} WHERE {condition}");
        (sql, self.condition.parameters.clone())
    }

    /// These columns of every record, in any order.
    pub(crate) fn each_row(&self, columns: &[String]) -> (String, Vec<SqlValue>) {
        let join = match self.way {
            Way::Window { covered: true } => {
                format!(" JOIN {} t ON t.no = x.record", self.table.sql_name())
            }
            _ => String::new(),
        };
        let sql = format!(
            "SELECT {} FROM {}{join} WHERE {}",
            columns.join(", "),
            self.source(),
            self.condition.sql
        );
        (sql, self.condition.parameters.clone())
    }

    /// Keys, count and figures of every group, in the order of the keys.
    pub(crate) fn groups(&self, keys: &[String], figures: &[String]) -> (String, Vec<SqlValue>) {
        let mut selected: Vec<&str> = keys.iter().map(String::as_str).collect();
        selected.push("count(*)");
        selected.extend(figures.iter().map(String::as_str));
        let order: Vec<String> = (1..=keys.len()).map(|nth| nth.to_string()).collect();
        let order = order.join(", ");
        let grouping = if keys.is_empty() {
            String::new()
        } else {
            format!("GROUP BY {order} ORDER BY {order}")
        };
        let (sql, parameters) = self.every_row(&selected.join(", "));
        (format!("{sql} {grouping}"), parameters)
    }

    fn source(&self) -> String {
        let table = self.table.sql_name();
        match self.way {
            Way::Table => format!("{table} t"),
            Way::Words => {
                let key = text::number_of_key("w.rowid");
                format!("{} w CROSS JOIN {table} t ON t.no = {key}", self.table.text_name())
            }
            Way::Window { covered: true } => "casque_place_time x".to_owned(),
            Way::Window { covered: false } => {
                format!("casque_place_time x CROSS JOIN {table} t ON t.no = x.record")
            }
        }
    }

    fn order(&self, order: Order) -> String {
        let direction = match order {
            Order::Newest => "DESC",
            Order::Oldest => "ASC",
        };
        match (self.way, self.table.time) {
            (Way::Words, _) => format!("w.rowid {direction}"),
            (Way::Window { .. }, _) => format!("x.time {direction}, x.record {direction}"),
            (Way::Table, Some(time)) => {
                let time = self.table.first_sql_column(time);
                format!("t.{time} {direction}, t.no {direction}")
            }
            (Way::Table, None) => format!("t.no {direction}"),
        }
    }
}

fn words<'t>(table: &'t Table, times: Times, whole: Condition, search: &str) -> Option<Plan<'t>> {
    let expression = text::match_expression(search)?;
    let mut condition = Condition {
        sql: format!("w.{} MATCH ? AND w.rowid BETWEEN ? AND ? AND ", table.text_name()),
        parameters: vec![
            SqlValue::Text(expression),
            SqlValue::Integer(if times.from == i64::MIN {
                0
            } else {
                text::key_of_time(times.from)
            }),
            SqlValue::Integer(text::key_of_time(times.to.saturating_add(1_000))),
        ],
    };
    append(&mut condition, whole);
    Some(Plan { table, way: Way::Words, times, condition })
}

fn append(condition: &mut Condition, more: Condition) {
    condition.sql.push_str(&more.sql);
    condition.parameters.extend(more.parameters);
}

/// The cells of the smallest window the filter demands, as a JSON list.
fn window(table: &Table, node: &Node) -> Option<String> {
    let place = &table.columns[table.place?].field;
    let bounds = conjuncts(node).filter_map(|node| match node {
        Node::Spatial { field, op: SpatialOp::Intersects | SpatialOp::Within, shape }
            if field == place =>
        {
            bounds_of(shape)
        }
        _ => None,
    });
    let covers = bounds.map(spatial::grid::cells_of).filter(|cover| cover.count() <= CELLS_MAX);
    let cover = covers.min_by_key(spatial::grid::CellCover::count)?;
    let cells: Vec<String> =
        cover.ranges().into_iter().flatten().map(|cell| cell.to_string()).collect();
    Some(format!("[{}]", cells.join(",")))
}

fn bounds_of(shape: &Shape) -> Option<BoundingBox> {
    match shape {
        Shape::Box(bounds) => Some(*bounds),
        Shape::Geometry(geometry) => geometry.bounds(),
    }
}

/// The parts of a filter that must all hold.
pub(crate) fn conjuncts(node: &Node) -> Box<dyn Iterator<Item = &Node> + '_> {
    match node {
        Node::And(nodes) => Box::new(nodes.iter().flat_map(conjuncts)),
        other => Box::new(std::iter::once(other)),
    }
}

/// The times a filter leaves open, in milliseconds, both ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Times {
    pub(crate) from: i64,
    pub(crate) to: i64,
}

impl Times {
    pub(crate) const ALL: Self = Self { from: i64::MIN, to: i64::MAX };

    fn of(table: &Table, node: &Node) -> Self {
        let Some(time) = table.time.map(|at| &table.columns[at].field) else { return Self::ALL };
        conjuncts(node).fold(Self::ALL, |times, node| times.narrowed(time, node).unwrap_or(times))
    }

    /// Narrowed by a part of the filter, where it speaks of nothing but this field.
    pub(crate) fn narrowed(self, time: &Name, node: &Node) -> Option<Self> {
        let within = |from: i64, to: i64| Self { from: self.from.max(from), to: self.to.min(to) };
        match node {
            Node::Compare { field, op, value } if field == time => {
                let at = time_ms(value)?;
                let day_end = match value {
                    Value::Date(date) => date.next().start().as_ms() - 1,
                    _ => at,
                };
                Some(match op {
                    Op::Equal => within(at, day_end),
                    Op::Less => within(i64::MIN, at.saturating_sub(1)),
                    Op::LessOrEqual => within(i64::MIN, day_end),
                    Op::Greater => within(day_end.saturating_add(1), i64::MAX),
                    Op::GreaterOrEqual => within(at, i64::MAX),
                    Op::NotEqual => return None,
                })
            }
            Node::Between { field, low, high } if field == time => {
                let to = match high {
                    Value::Date(date) => date.next().start().as_ms() - 1,
                    other => time_ms(other)?,
                };
                Some(within(time_ms(low)?, to))
            }
            _ => None,
        }
    }
}

/// The columns of the register's own table.
pub(super) struct TableColumns<'t> {
    pub(super) table: &'t Table,
}

impl Columns for TableColumns<'_> {
    fn column(&self, field: &Name) -> Option<Column> {
        let at = self.table.position(field.as_str())?;
        Some(sql::table_column(field, self.table.columns[at].kind, "t."))
    }

    fn code(&self, _code: &str) -> i64 {
        -1
    }
}

/// The columns of the place and time index.
pub(super) struct IndexColumns<'t> {
    pub(super) table: &'t Table,
    pub(super) codes: BTreeMap<String, i64>,
}

impl Columns for IndexColumns<'_> {
    fn column(&self, field: &Name) -> Option<Column> {
        let at = Some(self.table.position(field.as_str())?);
        if at == self.table.place {
            return Some(Column::Point("x.lon".to_owned(), "x.lat".to_owned()));
        }
        if at == self.table.time {
            let is_time = self.table.columns[at?].kind == FieldType::Time;
            let known = format!("nullif(x.time, {NO_TIME})");
            return is_time.then_some(Column::Plain(known));
        }
        match at {
            at if at == self.table.classification => Some(Column::Coded("x.classification".into())),
            at if at == self.table.caveat => Some(Column::Coded("x.caveat".into())),
            _ => None,
        }
    }

    fn code(&self, code: &str) -> i64 {
        self.codes.get(code).copied().unwrap_or(-1)
    }
}
