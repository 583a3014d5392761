//! One record as a GeoJSON feature (RFC 7946): its shape the column where it lies, the other columns
//! its properties.
//!
//! Outer rings run counterclockwise and holes clockwise, as the standard demands; a ring that is
//! held the other way round is turned.

use std::borrow::Cow;
use std::io::{self, Write};

use model::id::RecordId;
use model::place::{Geometry, Polygon, Position, Ring};
use model::value::Value;

use crate::json;

use super::Layout;

/// Writes features of one layout. What is the same for each of them is made once.
#[derive(Debug)]
pub struct FeatureWriter {
    place: Option<usize>,
    properties: Vec<Property>,
}

/// A column that is a property.
#[derive(Debug)]
struct Property {
    position: usize,
    /// `,"name":`
    member: String,
}

impl FeatureWriter {
    /// A writer of features of this layout.
    pub fn new(layout: &Layout) -> Self {
        let columns = layout.columns().iter().enumerate();
        let properties = columns.filter(|(position, _)| layout.place() != Some(*position));
        Self {
            place: layout.place(),
            properties: properties
                .map(|(position, column)| Property {
                    position,
                    member: format!(",\"{}\":", column.name),
                })
                .collect(),
        }
    }

    /// Writes a feature; `value` gives the value of the column at a position.
    pub fn write<'v>(
        &self,
        id: RecordId,
        value: impl Fn(usize) -> Option<&'v Value>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        self.put((id, None), &mut |part, out| put_value(&value, part, out), out)
    }

    /// Writes a feature of which `put` writes each part as JSON, `null` where there is none.
    pub fn write_parts<W: Write, E: From<io::Error>>(
        &self,
        id: RecordId,
        mut put: impl FnMut(Part, &mut W) -> Result<(), E>,
        out: &mut W,
    ) -> Result<(), E> {
        self.put((id, None), &mut put, out)
    }

    /// Writes a feature whose first property, with this name, is its id once more.
    pub(super) fn write_with_id<'v>(
        &self,
        (id, name): (RecordId, &str),
        value: impl Fn(usize) -> Option<&'v Value>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        self.put((id, Some(name)), &mut |part, out| put_value(&value, part, out), out)
    }

    fn put<W: Write, E: From<io::Error>>(
        &self,
        (id, name): (RecordId, Option<&str>),
        put: &mut dyn FnMut(Part, &mut W) -> Result<(), E>,
        out: &mut W,
    ) -> Result<(), E> {
        out.write_all(b"{\"type\":\"Feature\",\"id\":\"")?;
        out.write_all(&id.chars())?;
        out.write_all(b"\",\"geometry\":")?;
        match self.place {
            Some(place) => put(Part::Shape(place), out)?,
            None => out.write_all(b"null")?,
        }
        out.write_all(b",\"properties\":{")?;
        if let Some(name) = name {
            write!(out, "\"{name}\":\"{id}\"")?;
        }
        // The first one has nothing before it to be parted from.
        let mut skipped = usize::from(name.is_none());
        for Property { position, member } in &self.properties {
            out.write_all(
                member.as_bytes().get(std::mem::take(&mut skipped)..).unwrap_or_default(),
            )?;
            put(Part::Property(*position), out)?;
        }
        Ok(out.write_all(b"}}")?)
    }
}

/// A part of a feature, by the position of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Its geometry.
    Shape(usize),
    /// One of its properties.
    Property(usize),
}

fn put_value<'v>(
    value: &impl Fn(usize) -> Option<&'v Value>,
    part: Part,
    out: &mut impl Write,
) -> io::Result<()> {
    match part {
        Part::Shape(position) => match value(position) {
            Some(Value::Geometry(shape)) => write_shape(shape, out),
            _ => out.write_all(b"null"),
        },
        Part::Property(position) => match value(position) {
            Some(value) => json::write(value, out),
            None => out.write_all(b"null"),
        },
    }
}

/// Writes a shape as the geometry of a feature.
pub fn write_shape(shape: &Geometry, out: &mut impl Write) -> io::Result<()> {
    json::write_geometry(&turned(shape), out)
}

/// The shape with every ring the way round that the standard demands.
fn turned(shape: &Geometry) -> Cow<'_, Geometry> {
    match shape {
        Geometry::Area(polygons) if !polygons.iter().all(is_right_way_round) => {
            Cow::Owned(Geometry::Area(polygons.iter().map(turned_polygon).collect()))
        }
        other => Cow::Borrowed(other),
    }
}

fn is_right_way_round(polygon: &Polygon) -> bool {
    twice_area(&polygon.outer) >= 0 && polygon.holes.iter().all(|hole| twice_area(hole) <= 0)
}

fn turned_polygon(polygon: &Polygon) -> Polygon {
    let turn = |ring: &Ring, is_wrong: bool| {
        if is_wrong { reversed(ring) } else { ring.clone() }
    };
    Polygon {
        outer: turn(&polygon.outer, twice_area(&polygon.outer) < 0),
        holes: polygon.holes.iter().map(|hole| turn(hole, twice_area(hole) > 0)).collect(),
    }
}

fn reversed(ring: &Ring) -> Ring {
    let positions: Vec<Position> = ring.positions().iter().rev().copied().collect();
    Ring::new(positions).unwrap_or_else(|_still_closed| ring.clone())
}

/// Twice the area in square units, positive where the ring runs counterclockwise.
fn twice_area(ring: &Ring) -> i128 {
    let positions = ring.positions();
    let steps = positions.iter().zip(positions.iter().skip(1));
    steps.map(|(from, to)| cross(*from, *to)).sum()
}

fn cross(from: Position, to: Position) -> i128 {
    i128::from(from.lon()) * i128::from(to.lat()) - i128::from(to.lon()) * i128::from(from.lat())
}
