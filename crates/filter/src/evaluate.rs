//! Evaluation in memory, in the three-valued logic of SQL.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use model::decimal::Decimal;
use model::value::Value;
use spatial::shape::Shape;

use crate::node::{Mode, Node, Op, SpatialOp};
use crate::{Row, like};

/// What a condition is of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// A value it needs is not there.
    Unknown,
}

/// What a condition is of a row. As in SQL, `False AND Unknown` is false, `True OR Unknown` true.
pub fn evaluate(node: &Node, row: &dyn Row) -> Truth {
    match node {
        Node::Constant(value) => (*value).into(),
        Node::And(nodes) => all(nodes, row, Truth::False),
        Node::Or(nodes) => all(nodes, row, Truth::True),
        Node::Not(node) => evaluate(node, row).negated(),
        Node::IsNull { field } => row.value(field.as_str()).is_none().into(),
        Node::CompareFields { left, op, right } => {
            let right = row.value(right.as_str());
            of(row.value(left.as_str()), |left| compared(*op, left, right?))
        }
        Node::Compare { field, .. }
        | Node::Between { field, .. }
        | Node::In { field, .. }
        | Node::Like { field, .. }
        | Node::Has { field, .. }
        | Node::Spatial { field, .. } => of(row.value(field.as_str()), |value| holds(node, value)),
    }
}

impl Truth {
    /// The opposite; unknown stays unknown.
    #[must_use]
    pub const fn negated(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

/// `And` or `Or`: the first node that is `deciding` decides.
fn all(nodes: &[Node], row: &dyn Row, deciding: Truth) -> Truth {
    let mut found = deciding.negated();
    for node in nodes {
        match evaluate(node, row) {
            Truth::Unknown => found = Truth::Unknown,
            truth if truth == deciding => return deciding,
            _ => {}
        }
    }
    found
}

fn of(value: Option<&Value>, test: impl FnOnce(&Value) -> Option<bool>) -> Truth {
    value.and_then(test).map_or(Truth::Unknown, Truth::from)
}

/// Whether a condition on one field holds of its value; `None` where the two are of kinds that do
/// not compare.
fn holds(node: &Node, value: &Value) -> Option<bool> {
    match node {
        Node::Compare { op, value: other, .. } => compared(*op, value, other),
        Node::Between { low, high, .. } => between(value, low, high),
        Node::In { values, .. } => among(value, values),
        Node::Like { pattern, fold_case, .. } => {
            Some(like::matches(pattern, text(value)?, *fold_case))
        }
        Node::Has { codes, mode, .. } => has(*mode, value, codes),
        Node::Spatial { op, shape, .. } => relates(*op, value, shape),
        _ => None,
    }
}

fn compared(op: Op, a: &Value, b: &Value) -> Option<bool> {
    let order = order(a, b)?;
    Some(match op {
        Op::Equal => order.is_eq(),
        Op::NotEqual => order.is_ne(),
        Op::Less => order.is_lt(),
        Op::LessOrEqual => order.is_le(),
        Op::Greater => order.is_gt(),
        Op::GreaterOrEqual => order.is_ge(),
    })
}

fn between(value: &Value, low: &Value, high: &Value) -> Option<bool> {
    Some(order(value, low)?.is_ge() && order(value, high)?.is_le())
}

fn among(value: &Value, values: &[Value]) -> Option<bool> {
    let mut unknown = false;
    for other in values {
        match order(value, other) {
            Some(Ordering::Equal) => return Some(true),
            Some(_) => {}
            None => unknown = true,
        }
    }
    (!unknown).then_some(false)
}

fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Integer(a), Value::Integer(b)) => Some(a.cmp(b)),
        (Value::Boolean(a), Value::Boolean(b)) => Some(a.cmp(b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        (Value::Time(a), Value::Time(b)) => Some(a.cmp(b)),
        (Value::Record(a), Value::Record(b)) => Some(a.cmp(b)),
        _ => match (text(a), text(b)) {
            (Some(a), Some(b)) => Some(a.cmp(b)),
            _ => Some(number(a)?.cmp(&number(b)?)),
        },
    }
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) | Value::Code(text) => Some(text),
        _ => None,
    }
}

fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Integer(number) => Some(Decimal::from(*number)),
        Value::Decimal(number) => Some(*number),
        _ => None,
    }
}

fn has(mode: Mode, value: &Value, list: &BTreeSet<String>) -> Option<bool> {
    let Value::Codes(codes) = value else { return None };
    Some(match mode {
        Mode::All => list.is_subset(codes),
        Mode::Any => !list.is_disjoint(codes),
        Mode::Only => codes.is_subset(list),
        Mode::Exactly => codes == list,
    })
}

fn relates(op: SpatialOp, value: &Value, shape: &Shape) -> Option<bool> {
    let Value::Geometry(geometry) = value else { return None };
    Some(match op {
        SpatialOp::Intersects => shape.intersects(geometry),
        SpatialOp::Disjoint => !shape.intersects(geometry),
        SpatialOp::Within => shape.contains(geometry),
        SpatialOp::Contains => shape.is_within(geometry),
    })
}
