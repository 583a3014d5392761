//! A second evaluator, written from the rules of SQL and not from the first: truths are numbers
//! (false 0, unknown 1, true 2), so that `AND` is the least and `OR` the greatest.

use std::cmp::Ordering;

use filter::{Mode, Node, Op, Row, Shape, SpatialOp};
use model::place::{Geometry, Position};
use model::value::Value;

const UNKNOWN: u8 = 1;

pub(crate) fn passes(node: &Node, row: &dyn Row) -> bool {
    truth(node, row) == 2
}

fn truth(node: &Node, row: &dyn Row) -> u8 {
    let of = |value: Option<bool>| value.map_or(UNKNOWN, |value| if value { 2 } else { 0 });
    let get = |field: &model::id::Name| row.value(field.as_str());
    match node {
        Node::Constant(value) => of(Some(*value)),
        Node::And(nodes) => nodes.iter().map(|node| truth(node, row)).min().unwrap_or(2),
        Node::Or(nodes) => nodes.iter().map(|node| truth(node, row)).max().unwrap_or(0),
        Node::Not(node) => 2 - truth(node, row),
        Node::IsNull { field } => of(Some(get(field).is_none())),
        Node::Compare { field, op, value } => compare(get(field), *op, Some(value)),
        Node::CompareFields { left, op, right } => compare(get(left), *op, get(right)),
        Node::Between { field, low, high } => compare(get(field), Op::GreaterOrEqual, Some(low))
            .min(compare(get(field), Op::LessOrEqual, Some(high))),
        Node::In { field, values } => {
            values.iter().map(|v| compare(get(field), Op::Equal, Some(v))).max().unwrap_or(0)
        }
        Node::Like { field, pattern, fold_case } => of(get(field).map(|value| {
            let fold = |text: String| if *fold_case { folded(&text) } else { text };
            let pattern: Vec<char> = fold(pattern.clone()).chars().collect();
            let text: Vec<char> = fold(value.to_string()).chars().collect();
            like(&pattern, &text)
        })),
        Node::Has { field, codes, mode } => of(get(field).map(|value| {
            let Value::Codes(own) = value else { panic!("{value:?} for {field}") };
            match mode {
                Mode::All => codes.iter().all(|code| own.contains(code)),
                Mode::Any => codes.iter().any(|code| own.contains(code)),
                Mode::Only => own.iter().all(|code| codes.contains(code)),
                Mode::Exactly => own.iter().eq(codes.iter()),
            }
        })),
        Node::Spatial { op, field, shape } => of(get(field).map(|value| match value {
            Value::Geometry(Geometry::Point(position)) => place(*op, *position, shape),
            other => panic!("{other:?} for {field}"),
        })),
    }
}

fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

fn compare(a: Option<&Value>, op: Op, b: Option<&Value>) -> u8 {
    let (Some(a), Some(b)) = (a, b) else { return UNKNOWN };
    let order = order(a, b);
    let holds = match op {
        Op::Equal => order == Ordering::Equal,
        Op::NotEqual => order != Ordering::Equal,
        Op::Less => order == Ordering::Less,
        Op::LessOrEqual => order != Ordering::Greater,
        Op::Greater => order == Ordering::Greater,
        Op::GreaterOrEqual => order != Ordering::Less,
    };
    if holds { 2 } else { 0 }
}

/// Numbers as whole units of 10^-18, texts as bytes, everything else by the number inside.
fn order(a: &Value, b: &Value) -> Ordering {
    match (units(a), units(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => a.to_string().as_bytes().cmp(b.to_string().as_bytes()),
    }
}

fn units(value: &Value) -> Option<i128> {
    Some(match value {
        Value::Integer(number) => i128::from(*number) * 10_i128.pow(18),
        Value::Decimal(number) => {
            i128::from(number.mantissa()) * 10_i128.pow(18 - u32::from(number.scale()))
        }
        Value::Boolean(value) => i128::from(*value),
        Value::Date(date) => date.as_days().into(),
        Value::Time(time) => time.as_ms().into(),
        _ => return None,
    })
}

/// By recursion over the pattern.
fn like(pattern: &[char], text: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        ['%', rest @ ..] => (0..=text.len()).any(|skipped| like(rest, &text[skipped..])),
        ['_', rest @ ..] => !text.is_empty() && like(rest, &text[1..]),
        ['\\', letter, rest @ ..] | [letter, rest @ ..] => {
            text.first() == Some(letter) && like(rest, &text[1..])
        }
    }
}

fn place(op: SpatialOp, position: Position, shape: &Shape) -> bool {
    match op {
        SpatialOp::Intersects | SpatialOp::Within => in_shape(position, shape),
        SpatialOp::Disjoint => !in_shape(position, shape),
        SpatialOp::Contains => match shape {
            Shape::Box(b) => (b.west, b.south) == (b.east, b.north) && in_shape(position, shape),
            Shape::Geometry(geometry) => *geometry == Geometry::Point(position),
        },
    }
}

/// Points, boxes, and triangles with the right angle at their first corner.
fn in_shape(position: Position, shape: &Shape) -> bool {
    let (lon, lat) = (position.lon(), position.lat());
    match shape {
        Shape::Box(b) => {
            let across = b.west > b.east;
            let (after_west, before_east) = (lon >= b.west, lon <= b.east);
            let beside = if across { after_west || before_east } else { after_west && before_east };
            beside && lat >= b.south && lat <= b.north
        }
        Shape::Geometry(Geometry::Area(polygons)) => polygons.iter().any(|polygon| {
            let [origin, east, north, _] = polygon.outer.positions() else { panic!("a triangle") };
            let (x, y) = (lon - origin.lon(), lat - origin.lat());
            let (width, height) = (east.lon() - origin.lon(), north.lat() - origin.lat());
            x >= 0 && y >= 0 && x * height + y * width <= width * height
        }),
        Shape::Geometry(geometry) => *geometry == Geometry::Point(position),
    }
}
