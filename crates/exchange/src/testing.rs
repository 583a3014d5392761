//! What the tests of this crate share: values to write and shapes in short.

use std::collections::BTreeSet;

use model::decimal::Decimal;
use model::id::{BlobId, Name, RecordId};
use model::place::{Geometry, LATITUDE_MAX, LONGITUDE_MAX, Polygon, Position, Ring};
use model::time::{Date, Timestamp};
use model::value::{FieldType, Value};
use proptest::prelude::*;

use crate::write::{Column, Exported, Layout, OutputFormat, WriteError, writer};

/// A shape in short: `0 0` is a point, `0 0,1 1` a line, `(..)` a polygon with `/` before holes, and
/// `(..)(..)` several.
pub(crate) fn shape(text: &str) -> Geometry {
    if let Some(polygons) = text.strip_prefix('(') {
        let polygons = polygons.trim_end_matches(')').split(")(").map(polygon);
        return Geometry::Area(polygons.collect());
    }
    match positions(text).as_slice() {
        [one] => Geometry::Point(*one),
        line => Geometry::Line(line.to_vec()),
    }
}

fn polygon(text: &str) -> Polygon {
    let mut rings = text.split('/').map(|ring| Ring::new(positions(ring)).expect("closed"));
    Polygon { outer: rings.next().expect("a ring"), holes: rings.collect() }
}

fn positions(text: &str) -> Vec<Position> {
    let position = |pair: &str| {
        let (lon, lat) = pair.split_once(' ').expect("a pair");
        Position::parse(lon, lat).expect("on earth")
    };
    text.split(',').map(position).collect()
}

/// A layout of columns named after their types: `text`, `point` and so on.
pub(crate) fn layout(types: &[FieldType]) -> Layout {
    let column = |field_type: &FieldType| Column {
        name: Name::new(field_type.code()).expect("a name"),
        field_type: *field_type,
    };
    Layout::new(types.iter().map(column).collect())
}

/// The id of every record in these tests but where it matters.
pub(crate) const ID: RecordId = RecordId::from_bytes([0; 16]);

/// One file of records of these values.
pub(crate) fn written(
    format: OutputFormat,
    types: &[FieldType],
    records: &[Vec<Option<Value>>],
) -> Result<Vec<u8>, WriteError> {
    let mut bytes = Vec::new();
    let mut rows = writer(format, layout(types), &mut bytes)?;
    for record in records {
        let values: Vec<Option<&Value>> = record.iter().map(Option::as_ref).collect();
        rows.row(&Exported { id: ID, values: &values })?;
    }
    rows.end()?;
    Ok(bytes)
}

/// Any position.
pub(crate) fn any_position() -> impl Strategy<Value = Position> {
    (-LONGITUDE_MAX..=LONGITUDE_MAX, -LATITUDE_MAX..=LATITUDE_MAX)
        .prop_map(|(lon, lat)| Position::from_units(lon, lat).expect("in range"))
}

/// Any shape: points, lines, and areas of squares that run counterclockwise.
pub(crate) fn shapes() -> impl Strategy<Value = Geometry> {
    let line = prop::collection::vec(any_position(), 2..6);
    let area = prop::collection::vec(squares(), 1..3);
    prop_oneof![
        any_position().prop_map(Geometry::Point),
        line.prop_map(Geometry::Line),
        area.prop_map(Geometry::Area),
    ]
}

fn squares() -> impl Strategy<Value = Polygon> {
    (0..1_000_i32, 0..1_000_i32, 1..1_000_i32).prop_map(|(lon, lat, side)| {
        let at = |lon, lat| Position::from_units(lon, lat).expect("in range");
        let (east, north) = (lon + side, lat + side);
        let ring = vec![at(lon, lat), at(east, lat), at(east, north), at(lon, north), at(lon, lat)];
        Polygon { outer: Ring::new(ring).expect("closed"), holes: Vec::new() }
    })
}

/// Any value, rows three deep at most.
pub(crate) fn values() -> impl Strategy<Value = Value> {
    single().prop_recursive(3, 12, 3, |inner| {
        let name = "[a-z][a-z0-9_-]{0,5}".prop_map(|name| Name::new(&name).expect("a name"));
        let row = prop::collection::btree_map(name, inner, 0..3);
        prop::collection::vec(row, 0..3).prop_map(Value::Rows)
    })
}

fn single() -> impl Strategy<Value = Value> {
    let code = "[A-Z][A-Z0-9-]{0,5}";
    prop_oneof![
        any::<String>().prop_map(Value::Text),
        any::<i64>().prop_map(Value::Integer),
        (any::<i64>(), 0_u8..=18)
            .prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale).expect("a scale"))
            .prop_map(Value::Decimal),
        any::<bool>().prop_map(Value::Boolean),
        (-60_000..80_000_i32).prop_map(|days| Value::Date(Date::from_days(days))),
        (-5_000_000_000_000..6_000_000_000_000_i64)
            .prop_map(|ms| Value::Time(Timestamp::from_ms(ms))),
        code.prop_map(Value::Code),
        prop::collection::btree_set(code, 0..4)
            .prop_map(|codes| Value::Codes(codes.into_iter().collect::<BTreeSet<String>>())),
        shapes().prop_map(Value::Geometry),
        any::<[u8; 16]>().prop_map(|bytes| Value::Record(RecordId::from_bytes(bytes))),
        any::<[u8; 32]>().prop_map(|bytes| Value::Blob(BlobId::from_bytes(bytes))),
    ]
}
