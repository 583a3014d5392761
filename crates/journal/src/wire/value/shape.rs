//! Geometries: the first position of each line or ring as it is, every other as the step from the
//! one before. The last position of a ring is its first and is not written.

use model::limits::VALUE_POSITIONS_MAX;
use model::place::{Geometry, Polygon, Position, Ring};

use super::super::cbor::{Reader, Writer};
use super::super::{DecodeError, EncodeError};
use super::{TAG_AREA, TAG_LINE, TAG_POINT};

const POSITIONS: &str = "positions";
/// Least numbers of a line: two positions.
const LINE_NUMBERS_MIN: usize = 4;

pub(super) fn write(writer: &mut Writer, geometry: &Geometry) -> Result<(), EncodeError> {
    check(geometry)?;
    match geometry {
        Geometry::Point(position) => {
            writer.tag(TAG_POINT);
            write_steps(writer, std::slice::from_ref(position));
        }
        Geometry::Line(line) => {
            writer.tag(TAG_LINE);
            write_steps(writer, line);
        }
        Geometry::Area(polygons) => {
            writer.tag(TAG_AREA);
            writer.array(polygons.len());
            for polygon in polygons {
                write_polygon(writer, polygon);
            }
        }
    }
    Ok(())
}

pub(super) fn read_point(reader: &mut Reader<'_>) -> Result<Geometry, DecodeError> {
    let positions = read_steps(reader, VALUE_POSITIONS_MAX)?;
    match positions.as_slice() {
        [only] => Ok(Geometry::Point(*only)),
        _ => Err(reader.malformed("one position")),
    }
}

pub(super) fn read_line(reader: &mut Reader<'_>) -> Result<Geometry, DecodeError> {
    let positions = read_steps(reader, VALUE_POSITIONS_MAX)?;
    if positions.len() < LINE_NUMBERS_MIN / 2 {
        return Err(reader.malformed("two positions or more"));
    }
    Ok(Geometry::Line(positions))
}

pub(super) fn read_area(reader: &mut Reader<'_>) -> Result<Geometry, DecodeError> {
    let mut room = VALUE_POSITIONS_MAX;
    let mut polygons = Vec::new();
    for _ in 0..reader.array()? {
        polygons.push(read_polygon(reader, &mut room)?);
    }
    if polygons.is_empty() {
        return Err(reader.malformed("a polygon or more"));
    }
    Ok(Geometry::Area(polygons))
}

fn check(geometry: &Geometry) -> Result<(), EncodeError> {
    let (found, max) = (geometry.positions().count(), VALUE_POSITIONS_MAX);
    match geometry {
        Geometry::Line(_) if found < 2 => Err(EncodeError::EmptyGeometry("line")),
        Geometry::Area(_) if found == 0 => Err(EncodeError::EmptyGeometry("area")),
        _ if found > max => Err(EncodeError::Limit { what: POSITIONS, found, max }),
        _ => Ok(()),
    }
}

fn write_polygon(writer: &mut Writer, polygon: &Polygon) {
    writer.array(polygon.rings().count());
    for ring in polygon.rings() {
        let open = ring.positions().split_last().map_or(&[][..], |(_closing, open)| open);
        write_steps(writer, open);
    }
}

fn write_steps(writer: &mut Writer, positions: &[Position]) {
    writer.array(positions.len().saturating_mul(2));
    let (mut lon, mut lat) = (0_i64, 0_i64);
    for position in positions {
        let (next_lon, next_lat) = (i64::from(position.lon()), i64::from(position.lat()));
        writer.integer(next_lon.saturating_sub(lon));
        writer.integer(next_lat.saturating_sub(lat));
        (lon, lat) = (next_lon, next_lat);
    }
}

fn read_polygon(reader: &mut Reader<'_>, room: &mut usize) -> Result<Polygon, DecodeError> {
    let rings = reader.array()?;
    if rings == 0 {
        return Err(reader.malformed("an outer ring"));
    }
    let outer = read_ring(reader, room)?;
    let mut holes = Vec::new();
    for _ in 1..rings {
        holes.push(read_ring(reader, room)?);
    }
    Ok(Polygon { outer, holes })
}

fn read_ring(reader: &mut Reader<'_>, room: &mut usize) -> Result<Ring, DecodeError> {
    let at = reader.at();
    let mut positions = read_steps(reader, *room)?;
    positions.extend(positions.first().copied());
    *room = room.checked_sub(positions.len()).ok_or(TOO_MANY)?;
    Ring::new(positions).map_err(|_open| DecodeError::Invalid { at, what: "ring" })
}

const TOO_MANY: DecodeError = DecodeError::Limit { what: POSITIONS, max: VALUE_POSITIONS_MAX };

fn read_steps(reader: &mut Reader<'_>, room: usize) -> Result<Vec<Position>, DecodeError> {
    let numbers = reader.array()?;
    if !numbers.is_multiple_of(2) {
        return Err(reader.malformed("pairs of numbers"));
    }
    if numbers / 2 > room {
        return Err(TOO_MANY);
    }
    let mut positions = Vec::with_capacity((numbers / 2).saturating_add(1));
    let (mut lon, mut lat) = (0_i64, 0_i64);
    for _ in 0..numbers / 2 {
        let at = reader.at();
        lon = lon.saturating_add(reader.integer()?);
        lat = lat.saturating_add(reader.integer()?);
        positions.push(position(lon, lat).ok_or(DecodeError::Invalid { at, what: "position" })?);
    }
    Ok(positions)
}

fn position(lon: i64, lat: i64) -> Option<Position> {
    Position::from_units(i32::try_from(lon).ok()?, i32::try_from(lat).ok()?).ok()
}
