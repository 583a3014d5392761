//! Random filters that fit the register, and random rows of it.

use std::collections::BTreeSet;

use filter::{Filter, Mode, Node, Op, Shape, SpatialOp};
use model::decimal::Decimal;
use model::id::{Name, RecordId};
use model::place::{BoundingBox, Geometry, Polygon, Ring};
use model::time::{Date, Timestamp};
use model::value::{FieldType, Value};
use proptest::prelude::*;
use proptest::sample::select;

use crate::register::{FIELDS, Record, at};

/// Filters of every kind of condition, nested.
pub(crate) fn filters() -> impl Strategy<Value = Filter> {
    condition()
        .prop_recursive(5, 40, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Node::And),
                prop::collection::vec(inner.clone(), 0..4).prop_map(Node::Or),
                inner.prop_map(|node| Node::Not(Box::new(node))),
            ]
        })
        .prop_map(Filter::trusted)
}

/// Rows in which any field may be missing.
pub(crate) fn rows() -> impl Strategy<Value = Record> {
    let fields: Vec<_> = FIELDS
        .iter()
        .filter(|(_, of)| !matches!(of, FieldType::Blob | FieldType::Line | FieldType::Area))
        .map(|(name, of)| {
            prop::option::weighted(0.7, value(*of)).prop_map(move |value| (*name, value))
        })
        .collect();
    fields.prop_map(|fields| {
        let present =
            fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Record(present.collect())
    })
}

fn condition() -> impl Strategy<Value = Node> {
    prop_oneof![
        1 => any::<bool>().prop_map(Node::Constant),
        6 => comparison(),
        2 => field_pair(),
        2 => between(),
        3 => membership(),
        3 => like(),
        3 => has(),
        2 => field_of(&FieldType::ALL).prop_map(|(field, _)| Node::IsNull { field }),
        3 => spatial(),
    ]
}

fn field_of(types: &[FieldType]) -> impl Strategy<Value = (Name, FieldType)> + use<> {
    let fields: Vec<(&str, FieldType)> =
        FIELDS.iter().copied().filter(|(_, of)| types.contains(of)).collect();
    select(fields).prop_map(|(name, of)| (Name::new(name).expect("a name"), of))
}

const ORDERED: [FieldType; 6] = [
    FieldType::Text,
    FieldType::Code,
    FieldType::Integer,
    FieldType::Decimal,
    FieldType::Date,
    FieldType::Time,
];
const EQUATED: [FieldType; 2] = [FieldType::Boolean, FieldType::Record];

fn is_ordered(field: &Name, of: FieldType) -> bool {
    ORDERED.contains(&of) && field.as_str() != "classification"
}

fn comparison() -> impl Strategy<Value = Node> {
    field_of(&[&ORDERED[..], &EQUATED[..]].concat()).prop_flat_map(|(field, of)| {
        (op(is_ordered(&field, of)), value(of)).prop_map(move |(op, value)| Node::Compare {
            field: field.clone(),
            op,
            value,
        })
    })
}

fn op(ordered: bool) -> impl Strategy<Value = Op> {
    select(Op::ALL.to_vec())
        .prop_filter("the type must have an order", move |op| ordered || !op.is_order())
}

fn field_pair() -> impl Strategy<Value = Node> {
    let pairs = [
        ("summary", "side_a"),
        ("summary", "type"),
        ("deaths_best", "deaths_high"),
        ("distance", "deaths_best"),
        ("date", "reported_on"),
        ("in", "not-quoted"),
    ];
    (select(pairs.to_vec()), op(true)).prop_map(|((left, right), op)| Node::CompareFields {
        left: Name::new(left).expect("a name"),
        op,
        right: Name::new(right).expect("a name"),
    })
}

fn between() -> impl Strategy<Value = Node> {
    field_of(&ORDERED)
        .prop_filter("the field must have an order", |(field, of)| is_ordered(field, *of))
        .prop_flat_map(|(field, of)| {
            (value(of), value(of)).prop_map(move |(low, high)| Node::Between {
                field: field.clone(),
                low,
                high,
            })
        })
}

fn membership() -> impl Strategy<Value = Node> {
    let types = [&ORDERED[..], &EQUATED[..]].concat();
    field_of(&types).prop_flat_map(|(field, of)| {
        prop::collection::vec(value(of), 0..4)
            .prop_map(move |values| Node::In { field: field.clone(), values })
    })
}

fn like() -> impl Strategy<Value = Node> {
    let fields = field_of(&[FieldType::Text, FieldType::Code])
        .prop_filter("not the classification", |(field, _)| field.as_str() != "classification");
    let piece = prop_oneof![
        Just("%".to_owned()),
        Just("_".to_owned()),
        Just(r"\%".to_owned()),
        Just(r"\\".to_owned()),
        "[abAB'éÉ]",
        text(),
    ];
    let pattern = prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat());
    let whole = pattern.prop_filter("a pattern ends whole", |pattern| {
        pattern.chars().rev().take_while(|c| *c == '\\').count() % 2 == 0
    });
    (fields, whole, any::<bool>()).prop_map(|((field, _), pattern, fold_case)| Node::Like {
        field,
        pattern,
        fold_case,
    })
}

fn has() -> impl Strategy<Value = Node> {
    let modes = vec![Mode::All, Mode::Any, Mode::Only, Mode::Exactly];
    (codes(), select(modes)).prop_map(|(codes, mode)| Node::Has {
        field: Name::new("weapons").expect("a name"),
        codes,
        mode,
    })
}

fn spatial() -> impl Strategy<Value = Node> {
    let ops =
        vec![SpatialOp::Intersects, SpatialOp::Within, SpatialOp::Contains, SpatialOp::Disjoint];
    let place = Name::new("place").expect("a name");
    (select(ops), shape()).prop_map(move |(op, shape)| Node::Spatial {
        op,
        field: place.clone(),
        shape,
    })
}

/// Boxes over the date line too, points, right-angled triangles, and pairs of these.
fn shape() -> impl Strategy<Value = Shape> {
    let corner = (-9..9_i32, -9..9_i32, 1..9_i32, 1..9_i32);
    let triangle = corner.clone().prop_map(|(lon, lat, width, height)| {
        let corners = vec![at(lon, lat), at(lon + width, lat), at(lon, lat + height), at(lon, lat)];
        Polygon { outer: Ring::new(corners).expect("closed"), holes: vec![] }
    });
    prop_oneof![
        (corner, -9..9_i32).prop_map(|((west, south, _, height), east)| {
            Shape::Box(BoundingBox { west, south, east, north: south + height })
        }),
        (-9..9_i32, -9..9_i32)
            .prop_map(|(lon, lat)| Shape::Geometry(Geometry::Point(at(lon, lat)))),
        prop::collection::vec(triangle, 1..3)
            .prop_map(|area| Shape::Geometry(Geometry::Area(area))),
    ]
}

fn value(of: FieldType) -> BoxedStrategy<Value> {
    match of {
        FieldType::Text => text().prop_map(Value::Text).boxed(),
        FieldType::Code => code().prop_map(Value::Code).boxed(),
        FieldType::Codes => codes().prop_map(Value::Codes).boxed(),
        FieldType::Integer => {
            prop_oneof![-3..4_i64, any::<i64>().prop_filter("readable", |n| *n > i64::MIN)]
                .prop_map(Value::Integer)
                .boxed()
        }
        FieldType::Decimal => (-4_000..4_000_i64, 0..4_u8)
            .prop_map(|(mantissa, scale)| {
                Value::Decimal(Decimal::new(mantissa, scale).expect("small"))
            })
            .boxed(),
        FieldType::Boolean => any::<bool>().prop_map(Value::Boolean).boxed(),
        FieldType::Date => {
            (17_000..17_004_i32).prop_map(|days| Value::Date(Date::from_days(days))).boxed()
        }
        FieldType::Time => (1_468_800_000_000..1_468_800_000_003_i64)
            .prop_map(|ms| Value::Time(Timestamp::from_ms(ms)))
            .boxed(),
        FieldType::Record => {
            (0..3_u8).prop_map(|n| Value::Record(RecordId::from_bytes([n; 16]))).boxed()
        }
        FieldType::Rows => {
            (0..3_usize).prop_map(|rows| Value::Rows(vec![model::rows::Row::new(); rows])).boxed()
        }
        FieldType::Point | FieldType::Line | FieldType::Area | FieldType::Blob => {
            (-9..9_i32, -9..9_i32)
                .prop_map(|(lon, lat)| Value::Geometry(Geometry::Point(at(lon, lat))))
                .boxed()
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[abAB]{0,3}", "[a'\"%_é]{0,3}", any::<String>()]
        .prop_map(|text| text.replace('\\', "/"))
}

fn code() -> impl Strategy<Value = String> {
    select(vec!["a", "b", "AC-CLASH", "confidential", "it's"]).prop_map(str::to_owned)
}

fn codes() -> impl Strategy<Value = BTreeSet<String>> {
    prop::collection::btree_set(code(), 0..4)
}
