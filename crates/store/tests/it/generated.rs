//! Random records of `report`, and random filters that fit it.

use std::collections::BTreeSet;

use filter::{Filter, Mode, Node, Op, Shape, SpatialOp};
use model::decimal::Decimal;
use model::id::{BlobId, RecordId};
use model::place::{BoundingBox, Geometry, LONGITUDE_MAX, Polygon, Position, Ring};
use model::rows::Row;
use model::time::{Date, Timestamp};
use model::value::{FieldType, Value};
use proptest::prelude::*;
use proptest::sample::select;

use crate::pack::{REPORT_FIELDS, name};
use crate::support::Values;

/// The first instant of 2018.
const YEAR_2018_MS: i64 = 1_514_764_800_000;
const DAY_MS: i64 = 86_400_000;

/// Records in which any field may be missing.
pub(crate) fn records() -> impl Strategy<Value = Values> {
    let fields: Vec<_> = REPORT_FIELDS
        .iter()
        .map(|(field, of)| {
            let value = known_value(field).unwrap_or_else(|| value(*of));
            prop::option::weighted(0.75, value).prop_map(move |value| (*field, value))
        })
        .collect();
    fields.prop_map(|fields| {
        let known =
            fields.into_iter().filter_map(|(field, value)| Some((field.to_owned(), value?)));
        Values(known.collect())
    })
}

/// Filters of every kind of condition, nested.
pub(crate) fn filters() -> impl Strategy<Value = Filter> {
    let nested = condition().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Node::And),
            prop::collection::vec(inner.clone(), 0..4).prop_map(Node::Or),
            inner.prop_map(|node| Node::Not(Box::new(node))),
        ]
    });
    prop_oneof![3 => nested, 2 => windows()].prop_map(Filter::trusted)
}

/// What a map asks: a place, a time, and little else.
pub(crate) fn windows() -> impl Strategy<Value = Node> {
    let place = (select(vec![SpatialOp::Intersects, SpatialOp::Within]), shape());
    let place = place.prop_map(|(op, shape)| Node::Spatial { op, field: name("place"), shape });
    let time = prop::option::of(time_condition("occurred_at"));
    let more = prop::option::weighted(0.4, condition());
    let level = prop::option::of(comparison_of("classification", FieldType::Code));
    (place, time, level, more).prop_map(|(place, time, level, more)| {
        Node::And([Some(place), time, level, more].into_iter().flatten().collect())
    })
}

/// The rows a cube could answer: whole months, areas, levels; and some it could not.
pub(crate) fn cube_filters() -> impl Strategy<Value = Filter> {
    let month = (0..26_i32).prop_map(month_start);
    let time = (month, select(Op::ALL.to_vec())).prop_map(|(ms, op)| Node::Compare {
        field: name("occurred_at"),
        op,
        value: Value::Time(Timestamp::from_ms(ms)),
    });
    let others = prop_oneof![
        comparison_of("admin2", FieldType::Text),
        comparison_of("classification", FieldType::Code),
        comparison_of("caveat", FieldType::Code),
        select(vec!["admin2", "caveat", "classification", "occurred_at"])
            .prop_map(|field| Node::IsNull { field: name(field) }),
        time_condition("occurred_at"),
        comparison_of("deaths", FieldType::Integer),
    ];
    (prop::collection::vec(time, 0..3), prop::collection::vec(others, 0..2))
        .prop_map(|(times, others)| Filter::trusted(Node::And([times, others].concat())))
}

/// Around January 2018, both ways, in months: the first instant of one.
fn month_start(month: i32) -> i64 {
    let (year, month) = (2017 + month / 12, month % 12 + 1);
    let start: Timestamp = format!("{year}-{month:02}-01").parse().expect("a day");
    start.as_ms()
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
        2 => field_of(&FieldType::ALL).prop_map(|(field, _)| Node::IsNull { field: name(field) }),
        5 => spatial(),
        3 => time_condition("occurred_at"),
    ]
}

fn field_of(types: &[FieldType]) -> impl Strategy<Value = (&'static str, FieldType)> + use<> {
    let fits = REPORT_FIELDS.iter().copied().filter(|(_, of)| types.contains(of));
    select(fits.collect::<Vec<_>>())
}

const ORDERED: [FieldType; 6] = [
    FieldType::Text,
    FieldType::Code,
    FieldType::Integer,
    FieldType::Decimal,
    FieldType::Date,
    FieldType::Time,
];
const COMPARED: [FieldType; 8] = [
    FieldType::Text,
    FieldType::Code,
    FieldType::Integer,
    FieldType::Decimal,
    FieldType::Date,
    FieldType::Time,
    FieldType::Boolean,
    FieldType::Record,
];

fn comparison() -> impl Strategy<Value = Node> {
    field_of(&COMPARED).prop_flat_map(|(field, of)| comparison_of(field, of))
}

fn comparison_of(field: &'static str, of: FieldType) -> impl Strategy<Value = Node> {
    let ordered = ORDERED.contains(&of) && field != "classification";
    let ops = Op::ALL.into_iter().filter(move |op| ordered || !op.is_order());
    let value = known_value(field).unwrap_or_else(|| value(of));
    (select(ops.collect::<Vec<_>>()), value).prop_map(move |(op, value)| Node::Compare {
        field: name(field),
        op,
        value,
    })
}

fn time_condition(field: &'static str) -> impl Strategy<Value = Node> {
    let instant = || known_value(field).unwrap_or_else(|| value(FieldType::Time));
    prop_oneof![
        2 => comparison_of(field, FieldType::Time),
        1 => (instant(), instant())
            .prop_map(move |(low, high)| Node::Between { field: name(field), low, high }),
    ]
}

fn field_pair() -> impl Strategy<Value = Node> {
    let pairs = [
        ("summary", "side"),
        ("summary", "kind"),
        ("admin1", "admin2"),
        ("deaths", "injured"),
        ("distance", "deaths"),
        ("distance", "width"),
        ("seen_on", "checked_on"),
        ("occurred_at", "reported_at"),
    ];
    (select(pairs.to_vec()), select(Op::ALL.to_vec())).prop_map(|((left, right), op)| {
        Node::CompareFields { left: name(left), op, right: name(right) }
    })
}

fn between() -> impl Strategy<Value = Node> {
    field_of(&ORDERED).prop_flat_map(|(field, of)| {
        let value = || known_value(field).unwrap_or_else(|| value(of));
        (value(), value()).prop_map(move |(low, high)| Node::Between {
            field: name(field),
            low,
            high,
        })
    })
}

fn membership() -> impl Strategy<Value = Node> {
    field_of(&COMPARED).prop_flat_map(|(field, of)| {
        let value = known_value(field).unwrap_or_else(|| value(of));
        prop::collection::vec(value, 0..4)
            .prop_map(move |values| Node::In { field: name(field), values })
    })
}

fn like() -> impl Strategy<Value = Node> {
    let piece = prop_oneof![
        Just("%".to_owned()),
        Just("_".to_owned()),
        Just(r"\%".to_owned()),
        Just(r"\\".to_owned()),
        "[abAB'éÉ]",
        text(),
    ];
    let pattern = prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat());
    (field_of(&[FieldType::Text, FieldType::Code]), pattern, any::<bool>()).prop_map(
        |((field, _), pattern, fold_case)| Node::Like { field: name(field), pattern, fold_case },
    )
}

fn has() -> impl Strategy<Value = Node> {
    let modes = vec![Mode::All, Mode::Any, Mode::Only, Mode::Exactly];
    (codes(), select(modes)).prop_map(|(codes, mode)| Node::Has {
        field: name("weapons"),
        codes,
        mode,
    })
}

fn spatial() -> impl Strategy<Value = Node> {
    let ops = [SpatialOp::Intersects, SpatialOp::Within, SpatialOp::Contains, SpatialOp::Disjoint];
    let fields = vec!["place", "place", "route", "zone"];
    (select(ops.to_vec()), select(fields), shape()).prop_map(|(op, field, shape)| Node::Spatial {
        op,
        field: name(field),
        shape,
    })
}

/// Boxes over the date line too, points, lines, triangles with and without a hole, pairs of these.
fn shape() -> impl Strategy<Value = Shape> {
    prop_oneof![
        3 => (longitude(), longitude(), latitude(), latitude()).prop_map(|(west, east, a, b)| {
            Shape::Box(BoundingBox { west, south: a.min(b), east, north: a.max(b) })
        }),
        2 => place().prop_map(|at| Shape::Box(around(at))),
        1 => place().prop_map(|at| Shape::Geometry(Geometry::Point(at))),
        1 => line().prop_map(Shape::Geometry),
        2 => area().prop_map(Shape::Geometry),
    ]
}

/// A box of half a degree each way, over the date line where it comes to that.
fn around(at: Position) -> BoundingBox {
    let turn = 2 * i64::from(LONGITUDE_MAX);
    let turned = |lon: i32, by: i64| {
        let east_of_edge = (i64::from(lon) + by + i64::from(LONGITUDE_MAX)).rem_euclid(turn);
        i32::try_from(east_of_edge - i64::from(LONGITUDE_MAX)).expect("on the earth")
    };
    let (lon, lat) = (at.lon(), at.lat());
    BoundingBox {
        west: turned(lon, -5_000_000),
        south: (lat - 5_000_000).max(-900_000_000),
        east: turned(lon, 5_000_000),
        north: (lat + 5_000_000).min(900_000_000),
    }
}

/// Few, so that edges meet; both sides of the date line, edges of cells of the grid.
fn longitude() -> impl Strategy<Value = i32> {
    select(vec![
        -LONGITUDE_MAX,
        -1_797_500_000,
        -1_795_000_001,
        -40_000_000,
        -2_500_000,
        -1,
        0,
        1,
        2_500_000,
        2_499_999,
        40_000_000,
        1_795_000_000,
        LONGITUDE_MAX,
    ])
}

fn latitude() -> impl Strategy<Value = i32> {
    select(vec![-900_000_000, -2_500_000, 0, 1, 2_500_000, 140_000_000, 900_000_000])
}

fn place() -> impl Strategy<Value = Position> {
    (longitude(), latitude()).prop_map(|(lon, lat)| at(lon, lat))
}

fn at(lon: i32, lat: i32) -> Position {
    Position::from_units(lon, lat).expect("on the earth")
}

fn line() -> impl Strategy<Value = Geometry> {
    prop::collection::vec(place(), 2..5).prop_map(Geometry::Line)
}

fn area() -> impl Strategy<Value = Geometry> {
    let corner = (-9..9_i32, -9..9_i32, 1..9_i32, 1..9_i32, any::<bool>());
    let triangle = corner.prop_map(|(lon, lat, width, height, hollow)| {
        let unit = 10_000_000;
        let (lon, lat, width, height) = (lon * unit, lat * unit, width * unit, height * unit);
        let ring = |lon: i32, lat: i32, width: i32, height: i32| {
            let corners =
                vec![at(lon, lat), at(lon + width, lat), at(lon, lat + height), at(lon, lat)];
            Ring::new(corners).expect("closed")
        };
        let hole = hollow.then(|| ring(lon + unit / 8, lat + unit / 8, width / 4, height / 4));
        Polygon { outer: ring(lon, lat, width, height), holes: hole.into_iter().collect() }
    });
    prop::collection::vec(triangle, 1..3).prop_map(Geometry::Area)
}

/// Values of fields that share a small stock, so that equality is common.
fn known_value(field: &str) -> Option<BoxedStrategy<Value>> {
    let text =
        |known: Vec<&'static str>| select(known).prop_map(|text| Value::Text(text.to_owned()));
    let code =
        |known: Vec<&'static str>| select(known).prop_map(|code| Value::Code(code.to_owned()));
    Some(match field {
        "classification" => {
            code(vec!["unclassified", "confidential", "strictly-confidential", "unheard-of"])
                .boxed()
        }
        "caveat" => code(vec!["medical", "source", "unheard-of"]).boxed(),
        "admin1" => text(vec!["ML01", "ML03"]).boxed(),
        "admin2" => text(vec!["ML0101", "ML0301", "ML0302"]).boxed(),
        "occurred_at" | "reported_at" => event_time().boxed(),
        _ => return None,
    })
}

/// Days at midnight, the millisecond before, odd ones; two years, and once before 1970.
fn event_time() -> impl Strategy<Value = Value> {
    let days = prop_oneof![8 => -400..400_i64, 1 => Just(-25_000)];
    (days, select(vec![-1, 0, 1, 999, 1_000, 43_200_500]))
        .prop_map(|(day, ms)| Value::Time(Timestamp::from_ms(YEAR_2018_MS + day * DAY_MS + ms)))
}

/// A value of a type.
pub(crate) fn value(of: FieldType) -> BoxedStrategy<Value> {
    match of {
        FieldType::Text => text().prop_map(Value::Text).boxed(),
        FieldType::Code => code().prop_map(Value::Code).boxed(),
        FieldType::Codes => codes().prop_map(Value::Codes).boxed(),
        FieldType::Integer => {
            prop_oneof![4 => -3..9_i64, 1 => -9_000_000_000_000..9_000_000_000_000_i64]
                .prop_map(Value::Integer)
                .boxed()
        }
        FieldType::Decimal => decimal().prop_map(Value::Decimal).boxed(),
        FieldType::Boolean => any::<bool>().prop_map(Value::Boolean).boxed(),
        FieldType::Date => {
            (17_000..17_004_i32).prop_map(|days| Value::Date(Date::from_days(days))).boxed()
        }
        FieldType::Time => event_time().boxed(),
        FieldType::Record => {
            (0..3_u8).prop_map(|n| Value::Record(RecordId::from_bytes([n; 16]))).boxed()
        }
        FieldType::Rows => rows().prop_map(Value::Rows).boxed(),
        FieldType::Blob => (0..3_u8).prop_map(|n| Value::Blob(BlobId::from_bytes([n; 32]))).boxed(),
        FieldType::Point => place().prop_map(|at| Value::Geometry(Geometry::Point(at))).boxed(),
        FieldType::Line => line().prop_map(Value::Geometry).boxed(),
        FieldType::Area => area().prop_map(Value::Geometry).boxed(),
    }
}

/// Rows of a few columns, and rows within them.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let single = prop_oneof![text().prop_map(Value::Text), (-3..9_i64).prop_map(Value::Integer)];
    let value = single.prop_recursive(2, 6, 3, |inner| {
        let row = prop::collection::btree_map(select(vec![name("age"), name("sex")]), inner, 0..3);
        prop::collection::vec(row, 0..3).prop_map(Value::Rows)
    });
    let row = prop::collection::btree_map(select(vec![name("kin"), name("name")]), value, 0..3);
    prop::collection::vec(row, 0..4)
}

/// Numbers as people measure: up to fifteen digits.
fn decimal() -> impl Strategy<Value = Decimal> {
    let small = (-40..40_i64, 0..3_u8);
    let long = (-999_999_999_999_999..999_999_999_999_999_i64, 0..12_u8);
    prop_oneof![4 => small, 1 => long]
        .prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale).expect("a small scale"))
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[abAB]{0,3}", 2 => "[a'\"%_éÉ]{0,3}", 1 => any::<String>()]
        .prop_map(|text| text.replace('\\', "/"))
}

fn code() -> impl Strategy<Value = String> {
    select(vec!["clash", "killing", "other", "it's"]).prop_map(str::to_owned)
}

fn codes() -> impl Strategy<Value = BTreeSet<String>> {
    let code = select(vec!["rifle", "mortar", "mine"]).prop_map(str::to_owned);
    prop::collection::btree_set(code, 0..4)
}
