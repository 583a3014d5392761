//! The spatial functions.

use model::place::PlaceError;
use spatial::ring::check_area;
use spatial::shape::Shape;

use super::{Call, Checker};
use crate::expression::{Expression, Part};
use crate::findings;
use crate::node::{Node, SpatialOp};

/// How a spatial function is written.
const EXPECTED: &str = "S_INTERSECTS(place, BBOX(-5,14,0,17))";

impl Checker<'_> {
    pub(super) fn spatial(&mut self, call: Call<'_>, op: SpatialOp) -> Option<Node> {
        let (field, shape, op) = match call.arguments {
            [field @ Expression { part: Part::Field(_), .. }, shape] => (field, shape, op),
            [shape, field @ Expression { part: Part::Field(_), .. }] => {
                (field, shape, mirrored(op))
            }
            [_, _] => return self.refuse(findings::needs_field(call.at, call.name)),
            _ => return self.refuse(findings::wrong_arguments(call.at, call.name, EXPECTED)),
        };
        let (field, shape) = (self.field(field, call), self.shape(shape, call));
        let (field, shape) = (field?, shape?);
        if !field.of.is_spatial() {
            let field = (field.name.as_str(), field.of);
            return self.refuse(findings::wrong_operator(call.at, field.0, field.1, call.name));
        }
        Some(Node::Spatial { op, field: field.name, shape })
    }

    fn shape(&mut self, given: &Expression, call: Call<'_>) -> Option<Shape> {
        let Part::Shape(shape) = &given.part else {
            return self.refuse(findings::wrong_arguments(&given.at, call.name, EXPECTED));
        };
        match shape {
            Shape::Geometry(geometry) => match check_area(geometry) {
                Ok(()) => Some(shape.clone()),
                Err(PlaceError::CrossingRing(near)) => {
                    self.refuse(findings::crossing_ring(&given.at, &near.to_string()))
                }
                Err(_) => self.refuse(findings::wrong_shape(&given.at, &geometry.to_string())),
            },
            Shape::Box(_) => Some(shape.clone()),
        }
    }
}

/// The relation with its sides exchanged.
fn mirrored(op: SpatialOp) -> SpatialOp {
    match op {
        SpatialOp::Within => SpatialOp::Contains,
        SpatialOp::Contains => SpatialOp::Within,
        SpatialOp::Intersects | SpatialOp::Disjoint => op,
    }
}
