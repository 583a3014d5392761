//! Writing a filter as CQL2 JSON that reads back as the same tree.

use model::id::Name;
use model::place::{BoundingBox, Geometry, Polygon, Position, Ring, UNITS_PER_DEGREE};
use model::value::Value;
use serde_json::{Number, Value as Json, json};
use spatial::shape::Shape;

use crate::node::Node;

/// The document of a tree in its plain form.
pub(crate) fn write(node: &Node) -> Json {
    match node {
        Node::Constant(value) => Json::Bool(*value),
        Node::And(nodes) => call("and", nodes.iter().map(write).collect()),
        Node::Or(nodes) => call("or", nodes.iter().map(write).collect()),
        Node::Not(inner) => call("not", vec![write(inner)]),
        Node::Compare { field, op, value } => {
            call(op.sign(), vec![property(field), literal(value)])
        }
        Node::CompareFields { left, op, right } => {
            call(op.sign(), vec![property(left), property(right)])
        }
        Node::Between { field, low, high } => {
            call("between", vec![property(field), literal(low), literal(high)])
        }
        Node::In { field, values } => {
            let values = values.iter().map(literal).collect();
            call("in", vec![property(field), Json::Array(values)])
        }
        Node::Like { field, pattern, fold_case } => like(field, pattern, *fold_case),
        Node::Has { field, codes, mode } => {
            call(mode.function(), vec![property(field), json!(codes)])
        }
        Node::IsNull { field } => call("isNull", vec![property(field)]),
        Node::Spatial { op, field, shape } => {
            call(op.function(), vec![property(field), shape_json(shape)])
        }
    }
}

fn like(field: &Name, pattern: &str, fold_case: bool) -> Json {
    let (field, pattern) = (property(field), Json::from(pattern));
    if fold_case {
        call("like", vec![call("casei", vec![field]), call("casei", vec![pattern])])
    } else {
        call("like", vec![field, pattern])
    }
}

fn call(op: &str, arguments: Vec<Json>) -> Json {
    json!({ "op": op, "args": Json::Array(arguments) })
}

fn property(field: &Name) -> Json {
    json!({ "property": field.as_str() })
}

fn literal(value: &Value) -> Json {
    match value {
        Value::Integer(number) => Json::from(*number),
        Value::Decimal(number) => match number.to_integer() {
            Some(whole) => Json::from(whole),
            None => Number::from_f64(number.to_f64()).map_or(Json::Null, Json::Number),
        },
        Value::Boolean(value) => Json::Bool(*value),
        Value::Date(date) => json!({ "date": date.to_string() }),
        Value::Time(time) => json!({ "timestamp": time.to_string() }),
        Value::Geometry(geometry) => geometry_json(geometry),
        Value::Text(_)
        | Value::Code(_)
        | Value::Codes(_)
        | Value::Record(_)
        | Value::Blob(_)
        | Value::Rows(_) => Json::String(value.to_string()),
    }
}

fn shape_json(shape: &Shape) -> Json {
    match shape {
        Shape::Box(BoundingBox { west, south, east, north }) => {
            let bounds = [*west, *south, *east, *north].map(degrees);
            json!({ "bbox": bounds })
        }
        Shape::Geometry(geometry) => geometry_json(geometry),
    }
}

fn geometry_json(geometry: &Geometry) -> Json {
    match geometry {
        Geometry::Point(at) => json!({ "type": "Point", "coordinates": position(*at) }),
        Geometry::Line(line) => json!({ "type": "LineString", "coordinates": positions(line) }),
        Geometry::Area(polygons) => match polygons.as_slice() {
            [only] => json!({ "type": "Polygon", "coordinates": rings(only) }),
            several => {
                let several: Vec<Json> = several.iter().map(rings).collect();
                json!({ "type": "MultiPolygon", "coordinates": several })
            }
        },
    }
}

fn rings(polygon: &Polygon) -> Json {
    polygon.rings().map(|ring: &Ring| positions(ring.positions())).collect()
}

fn positions(positions: &[Position]) -> Json {
    positions.iter().map(|at| position(*at)).collect()
}

fn position(at: Position) -> Json {
    json!([degrees(at.lon()), degrees(at.lat())])
}

/// Degrees as the nearest float: the shortest text of it has the digits of the units again.
fn degrees(units: i32) -> Json {
    Json::from(f64::from(units) / f64::from(UNITS_PER_DEGREE))
}
