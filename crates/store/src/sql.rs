//! Filters as SQL: the second evaluator, beside `filter::matches`.
//!
//! Every value is a bound parameter; names come from the pack's checked names alone. The same filter
//! is compiled against a register's table or, where it asks for nothing else, against the place and
//! time index ([`Columns`] says which).

pub(crate) mod functions;

use std::collections::BTreeSet;

use filter::{Mode, Node, Op, Shape, SpatialOp};
use model::id::Name;
use model::place::{BoundingBox, Geometry};
use model::value::{FieldType, Value};
use rusqlite::types::Value as SqlValue;

/// What follows an expression of decimals.
const DECIMAL: &str = " COLLATE casque_decimal";

/// How a field is asked for where the SQL runs.
#[derive(Debug, Clone)]
pub(crate) enum Column {
    /// One SQL expression whose values compare as the field's do.
    Plain(String),
    /// An expression of code numbers: only equality, lists and NULL can be asked.
    Coded(String),
    /// Longitude and latitude in units.
    Point(String, String),
    /// A geometry as WKT.
    Wkt(String),
    /// Several codes, a blank around each.
    Codes(String),
}

/// Where a filter's fields are to be found.
pub(crate) trait Columns {
    /// The column of a field; nothing where it cannot be asked here.
    fn column(&self, field: &Name) -> Option<Column>;
    /// The number of a code in a [`Column::Coded`]; -1 where it was never used.
    fn code(&self, code: &str) -> i64;
}

/// A condition and its parameters, in order.
#[derive(Debug, Default)]
pub(crate) struct Condition {
    pub(crate) sql: String,
    pub(crate) parameters: Vec<SqlValue>,
}

/// A filter as a condition; nothing where some field cannot be asked here in the way it is.
pub(crate) fn compile(node: &Node, columns: &dyn Columns) -> Option<Condition> {
    let mut compiler = Compiler { columns, condition: Condition::default() };
    compiler.node(node)?;
    Some(compiler.condition)
}

struct Compiler<'c> {
    columns: &'c dyn Columns,
    condition: Condition,
}

impl Compiler<'_> {
    fn node(&mut self, node: &Node) -> Option<()> {
        match node {
            Node::Constant(yes) => self.push(if *yes { "1" } else { "0" }),
            Node::And(nodes) => return self.joined(nodes, " AND ", "1"),
            Node::Or(nodes) => return self.joined(nodes, " OR ", "0"),
            Node::Not(inner) => {
                self.push("(NOT ");
                self.node(inner)?;
                self.push(")");
            }
            Node::Compare { field, op, value } => return self.compare(field, *op, value),
            Node::CompareFields { left, op, right } => {
                return self.compare_fields(left, *op, right);
            }
            Node::Between { field, low, high } => {
                let column = self.plain(field)?;
                self.push(&format!("{column} BETWEEN ? AND ?"));
                self.bind(low);
                self.bind(high);
            }
            Node::In { field, values } => return self.list(field, values),
            Node::Like { field, pattern, fold_case } => {
                let column = self.plain(field)?;
                let function = if *fold_case { "casque_like_folded" } else { "casque_like" };
                self.push(&format!("{function}(?, {column})"));
                self.condition.parameters.push(SqlValue::Text(pattern.clone()));
            }
            Node::Has { field, codes, mode } => return self.has(field, codes, *mode),
            Node::IsNull { field } => return self.is_null(field),
            Node::Spatial { field, op, shape } => return self.spatial(field, *op, shape),
        }
        Some(())
    }

    fn push(&mut self, sql: &str) {
        self.condition.sql.push_str(sql);
    }

    fn bind(&mut self, value: &Value) {
        self.condition.parameters.push(parameter(value));
    }

    fn plain(&self, field: &Name) -> Option<String> {
        match self.columns.column(field)? {
            Column::Plain(sql) => Some(sql),
            _ => None,
        }
    }

    /// Joins halves of halves: SQLite refuses expressions that are too deep, and a chain is as deep
    /// as it is long.
    fn joined(&mut self, nodes: &[Node], word: &str, empty: &str) -> Option<()> {
        match nodes {
            [] => self.push(empty),
            [one] => return self.node(one),
            several => {
                let (left, right) = several.split_at(several.len() / 2);
                self.push("(");
                self.joined(left, word, empty)?;
                self.push(word);
                self.joined(right, word, empty)?;
                self.push(")");
            }
        }
        Some(())
    }

    fn compare(&mut self, field: &Name, op: Op, value: &Value) -> Option<()> {
        match self.columns.column(field)? {
            Column::Plain(sql) => {
                self.push(&format!("{sql} {} ?", op.sign()));
                self.bind(value);
            }
            Column::Coded(sql) if matches!(op, Op::Equal | Op::NotEqual) => {
                self.push(&format!("{sql} {} ?", op.sign()));
                self.bind_code(value)?;
            }
            _ => return None,
        }
        Some(())
    }

    /// Two fields; a whole number beside a decimal is compared as one.
    fn compare_fields(&mut self, left: &Name, op: Op, right: &Name) -> Option<()> {
        let (left, right) = (self.plain(left)?, self.plain(right)?);
        let decimal = |sql: &str| sql.strip_suffix(DECIMAL).map(str::to_owned);
        let comparison = match (decimal(&left), decimal(&right)) {
            (None, None) => format!("{left} {} {right}", op.sign()),
            (a, b) => {
                let (left, right) = (a.unwrap_or(left), b.unwrap_or(right));
                format!("CAST({left} AS TEXT){DECIMAL} {} CAST({right} AS TEXT)", op.sign())
            }
        };
        self.push(&comparison);
        Some(())
    }

    fn list(&mut self, field: &Name, values: &[Value]) -> Option<()> {
        let (sql, coded) = match self.columns.column(field)? {
            Column::Plain(sql) => (sql, false),
            Column::Coded(sql) => (sql, true),
            _ => return None,
        };
        let marks = vec!["?"; values.len()].join(", ");
        self.push(&format!("{sql} IN ({marks})"));
        for value in values {
            if coded {
                self.bind_code(value)?;
            } else {
                self.bind(value);
            }
        }
        Some(())
    }

    fn bind_code(&mut self, value: &Value) -> Option<()> {
        let Value::Code(code) = value else { return None };
        let number = self.columns.code(code);
        self.condition.parameters.push(SqlValue::Integer(number));
        Some(())
    }

    fn has(&mut self, field: &Name, codes: &BTreeSet<String>, mode: Mode) -> Option<()> {
        let Column::Codes(sql) = self.columns.column(field)? else { return None };
        let wanted: Vec<&str> = codes.iter().map(String::as_str).collect();
        let wanted = wanted.join(" ");
        self.push(&format!("casque_codes(?, ?, {sql})"));
        self.condition.parameters.push(SqlValue::Integer(functions::mode_number(mode)));
        self.condition.parameters.push(SqlValue::Text(wanted));
        Some(())
    }

    fn is_null(&mut self, field: &Name) -> Option<()> {
        let sql = match self.columns.column(field)? {
            Column::Plain(sql)
            | Column::Coded(sql)
            | Column::Point(sql, _)
            | Column::Wkt(sql)
            | Column::Codes(sql) => sql,
        };
        self.push(&format!("{sql} IS NULL"));
        Some(())
    }

    fn spatial(&mut self, field: &Name, op: SpatialOp, shape: &Shape) -> Option<()> {
        match (self.columns.column(field)?, op, shape) {
            (
                Column::Point(lon, lat),
                SpatialOp::Intersects | SpatialOp::Within,
                Shape::Box(bounds),
            ) => {
                self.inside(&lon, &lat, *bounds);
            }
            (Column::Point(lon, lat), SpatialOp::Disjoint, Shape::Box(bounds)) => {
                self.push("(NOT ");
                self.inside(&lon, &lat, *bounds);
                self.push(")");
            }
            (Column::Point(lon, lat), _, _) => {
                self.push(&format!("casque_point(?, ?, {lon}, {lat})"));
                self.bind_shape(op, shape);
            }
            (Column::Wkt(sql), _, _) => {
                self.push(&format!("casque_shape(?, ?, {sql})"));
                self.bind_shape(op, shape);
            }
            _ => return None,
        }
        Some(())
    }

    fn inside(&mut self, lon: &str, lat: &str, bounds: BoundingBox) {
        let BoundingBox { west, south, east, north } = bounds;
        let longitude = if west <= east {
            format!("{lon} BETWEEN ? AND ?")
        } else {
            format!("({lon} >= ? OR {lon} <= ?)")
        };
        self.push(&format!("({longitude} AND {lat} BETWEEN ? AND ?)"));
        let corners = [west, east, south, north];
        self.condition.parameters.extend(corners.map(|c| SqlValue::Integer(i64::from(c))));
    }

    fn bind_shape(&mut self, op: SpatialOp, shape: &Shape) {
        let text = match shape {
            Shape::Box(bounds) => functions::box_text(*bounds),
            Shape::Geometry(geometry) => Geometry::to_string(geometry),
        };
        self.condition.parameters.push(SqlValue::Integer(functions::op_number(op)));
        self.condition.parameters.push(SqlValue::Text(text));
    }
}

/// A value as a parameter.
fn parameter(value: &Value) -> SqlValue {
    match crate::convert::to_sql(value) {
        rusqlite::types::ToSqlOutput::Owned(owned) => owned,
        rusqlite::types::ToSqlOutput::Borrowed(borrowed) => {
            borrowed.try_into().unwrap_or(SqlValue::Null)
        }
        _ => SqlValue::Null,
    }
}

/// The column of a field in its register's own table, where `table` is its alias and a dot.
pub(crate) fn table_column(field: &Name, kind: FieldType, table: &str) -> Column {
    let names = crate::table::column_names(field, kind);
    let mut names = names.into_iter().map(|name| format!("{table}{name}"));
    let first = names.next().unwrap_or_default();
    match kind {
        FieldType::Point => Column::Point(first, names.next().unwrap_or_default()),
        FieldType::Line | FieldType::Area => Column::Wkt(first),
        FieldType::Codes => Column::Codes(first),
        FieldType::Decimal => Column::Plain(format!("{first}{DECIMAL}")),
        _ => Column::Plain(first),
    }
}
