//! Records as GeoJSON (RFC 7946): a feature each, its shape the column where it lies, the other
//! columns its properties.
//!
//! Outer rings run counterclockwise and holes clockwise, as the standard demands; a ring that is
//! held the other way round is turned.

use std::borrow::Cow;
use std::io::Write;

use model::place::{Geometry, Polygon, Position, Ring};
use model::value::Value;

use crate::json;

use super::ndjson::write_members;
use super::{Exported, ID_COLUMN, Layout, Rows, WriteError};

/// Writes GeoJSON.
#[derive(Debug)]
pub struct GeoJsonWriter<W: Write> {
    layout: Layout,
    out: W,
    is_first: bool,
}

impl<W: Write> GeoJsonWriter<W> {
    /// Writes the beginning of the collection.
    pub fn new(layout: Layout, mut out: W) -> Result<Self, WriteError> {
        out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
        Ok(Self { layout, out, is_first: true })
    }

    fn write_shape(&mut self, record: &Exported<'_>) -> Result<(), WriteError> {
        let place = self.layout.place().and_then(|position| record.value(position));
        match place {
            Some(Value::Geometry(shape)) => json::write_geometry(&turned(shape), &mut self.out)?,
            _ => self.out.write_all(b"null")?,
        }
        Ok(())
    }
}

impl<W: Write> Rows for GeoJsonWriter<W> {
    fn row(&mut self, record: &Exported<'_>) -> Result<(), WriteError> {
        let separator = if std::mem::take(&mut self.is_first) { "\n" } else { ",\n" };
        let id = record.id;
        write!(self.out, "{separator}{{\"type\":\"Feature\",\"id\":\"{id}\",\"geometry\":")?;
        self.write_shape(record)?;
        write!(self.out, ",\"properties\":{{\"{ID_COLUMN}\":\"{id}\"")?;
        write_members(&self.layout, record, self.layout.place(), &mut self.out)?;
        Ok(self.out.write_all(b"}}")?)
    }

    fn end(mut self: Box<Self>) -> Result<(), WriteError> {
        self.out.write_all(b"\n]}\n")?;
        Ok(self.out.flush()?)
    }
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
