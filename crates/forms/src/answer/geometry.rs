//! Geometries as people and ODK write them.

use model::finding::Finding;
use model::limits::VALUE_POSITIONS_MAX;
use model::place::{Geometry, PlaceError, Polygon, Position, Ring};
use model::value::FieldType;
use spatial::wkt;

use super::wrong;

/// Reads a geometry of this kind: ODK's text, or WKT where it begins with a letter.
pub(super) fn parse(kind: FieldType, text: &str) -> Result<Geometry, Finding> {
    let geometry = if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        wkt::parse(text).map_err(|_no_wkt| wrong("answer-not-a-place", text))?
    } else {
        odk(kind, text)?
    };
    let fits = matches!(
        (kind, &geometry),
        (FieldType::Point, Geometry::Point(_))
            | (FieldType::Line, Geometry::Line(_))
            | (FieldType::Area, Geometry::Area(_))
    );
    if fits { Ok(geometry) } else { Err(wrong("answer-other-shape", text).with("type", kind)) }
}

/// `latitude longitude altitude accuracy`; several apart by `;` for a line or a ring.
fn odk(kind: FieldType, text: &str) -> Result<Geometry, Finding> {
    if kind == FieldType::Point {
        return position(text).map(Geometry::Point);
    }
    let parts: Vec<&str> = text.split(';').filter(|part| !part.trim().is_empty()).collect();
    if parts.len() > VALUE_POSITIONS_MAX {
        let error = PlaceError::TooManyPositions { found: parts.len(), max: VALUE_POSITIONS_MAX };
        return Err(place_finding(&error));
    }
    let positions: Vec<Position> = parts.into_iter().map(position).collect::<Result<_, _>>()?;
    if kind == FieldType::Area {
        let outer = Ring::new(positions).map_err(|error| place_finding(&error))?;
        return Ok(Geometry::Area(vec![Polygon { outer, holes: Vec::new() }]));
    }
    match positions.len() {
        0 | 1 => Err(place_finding(&PlaceError::ShortLine)),
        _ => Ok(Geometry::Line(positions)),
    }
}

fn position(text: &str) -> Result<Position, Finding> {
    let mut parts = text.split_whitespace();
    let (Some(lat), Some(lon)) = (parts.next(), parts.next()) else {
        return Err(wrong("answer-not-a-place", text));
    };
    if parts.count() > 2 {
        return Err(wrong("answer-not-a-place", text));
    }
    Position::parse(lon, lat).map_err(|error| place_finding(&error))
}

/// The finding for what is wrong with a place.
pub fn place_finding(error: &PlaceError) -> Finding {
    match error {
        PlaceError::NotDegrees(text) => wrong("place-not-degrees", text),
        PlaceError::Longitude(text) => wrong("place-longitude", text),
        PlaceError::Latitude(text) => wrong("place-latitude", text),
        PlaceError::ShortLine => Finding::error("place-line-short"),
        PlaceError::OpenRing => Finding::error("place-ring-open"),
        PlaceError::CrossingRing(near) => Finding::error("place-ring-crosses").with("near", near),
        PlaceError::TooManyPositions { found, max } => {
            Finding::error("place-too-long").with("found", found).with("max", max)
        }
    }
}
