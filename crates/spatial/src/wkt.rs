//! Reading well-known text: `POINT`, `LINESTRING`, `POLYGON`, `MULTIPOLYGON`, in two dimensions.
//!
//! Writing is [`model::place::Geometry`]'s `Display`. Other kinds, a third coordinate and `EMPTY`
//! are refused, never dropped.

use model::limits::GEOMETRY_POSITIONS_MAX;
use model::place::{Geometry, PlaceError, Polygon, Position, Ring};
use thiserror::Error;

/// Why a text is not a geometry, and where in the text.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{cause} at byte {at}")]
pub struct WktError {
    /// The byte of the text, from 0.
    pub at: usize,
    /// Why.
    pub cause: WktCause,
}

/// Why a text is not a geometry.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WktCause {
    /// Not one of the four kinds.
    #[error("`{0}` is not POINT, LINESTRING, POLYGON or MULTIPOLYGON")]
    Kind(String),
    /// Something else was due.
    #[error("expected `{expected}`")]
    Expected {
        /// What was due: a mark, `number` or `end`.
        expected: &'static str,
    },
    /// Not a place.
    #[error(transparent)]
    Place(#[from] PlaceError),
}

/// Reads a whole text as one geometry.
pub fn parse(text: &str) -> Result<Geometry, WktError> {
    let (geometry, used) = parse_prefix(text)?;
    let mut reader = Reader { text, at: used };
    match reader.peek() {
        None => Ok(geometry),
        Some(_) => Err(reader.expected("end")),
    }
}

/// Reads the geometry that `text` begins with; says how many bytes it took.
pub fn parse_prefix(text: &str) -> Result<(Geometry, usize), WktError> {
    let mut reader = Reader { text, at: 0 };
    let geometry = reader.geometry()?;
    Ok((geometry, reader.at))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn geometry(&mut self) -> Result<Geometry, WktError> {
        self.skip_blanks();
        let start = self.at;
        let kind = self.word(char::is_alphabetic);
        let geometry = match kind.to_ascii_uppercase().as_str() {
            "POINT" => Geometry::Point(self.point()?),
            "LINESTRING" => Geometry::Line(self.line()?),
            "POLYGON" => Geometry::Area(vec![self.polygon()?]),
            "MULTIPOLYGON" => Geometry::Area(self.list(Self::polygon)?),
            _ => return Err(WktError { at: start, cause: WktCause::Kind(kind) }),
        };
        let found = geometry.positions().take(GEOMETRY_POSITIONS_MAX + 1).count();
        if found > GEOMETRY_POSITIONS_MAX {
            let found = geometry.positions().count();
            let cause = PlaceError::TooManyPositions { found, max: GEOMETRY_POSITIONS_MAX };
            return Err(WktError { at: start, cause: cause.into() });
        }
        Ok(geometry)
    }

    fn point(&mut self) -> Result<Position, WktError> {
        self.expect('(', "(")?;
        let position = self.position()?;
        self.expect(')', ")")?;
        Ok(position)
    }

    fn line(&mut self) -> Result<Vec<Position>, WktError> {
        let start = self.at;
        let line = self.list(Self::position)?;
        if line.len() < 2 {
            return Err(WktError { at: start, cause: PlaceError::ShortLine.into() });
        }
        Ok(line)
    }

    fn polygon(&mut self) -> Result<Polygon, WktError> {
        let mut rings = self.list(Self::ring)?;
        let holes = rings.split_off(1);
        match rings.pop() {
            Some(outer) => Ok(Polygon { outer, holes }),
            None => Err(self.expected("(")),
        }
    }

    fn ring(&mut self) -> Result<Ring, WktError> {
        self.skip_blanks();
        let at = self.at;
        let positions = self.list(Self::position)?;
        Ring::new(positions).map_err(|cause| WktError { at, cause: cause.into() })
    }

    fn position(&mut self) -> Result<Position, WktError> {
        self.skip_blanks();
        let at = self.at;
        let (lon, lat) = (self.number()?, self.number()?);
        Position::parse(&lon, &lat).map_err(|cause| WktError { at, cause: cause.into() })
    }

    fn number(&mut self) -> Result<String, WktError> {
        self.skip_blanks();
        let number = self.word(|c| c.is_ascii_digit() || "+-.eE".contains(c));
        if number.is_empty() { Err(self.expected("number")) } else { Ok(number) }
    }

    /// One item or more in brackets, separated by commas.
    fn list<T>(
        &mut self,
        item: impl Fn(&mut Self) -> Result<T, WktError>,
    ) -> Result<Vec<T>, WktError> {
        self.expect('(', "(")?;
        let mut items = vec![item(self)?];
        while self.peek() == Some(',') {
            self.at += 1;
            items.push(item(self)?);
        }
        self.expect(')', ")")?;
        Ok(items)
    }

    fn expect(&mut self, mark: char, expected: &'static str) -> Result<(), WktError> {
        if self.peek() != Some(mark) {
            return Err(self.expected(expected));
        }
        self.at += mark.len_utf8();
        Ok(())
    }

    fn expected(&mut self, expected: &'static str) -> WktError {
        self.skip_blanks();
        WktError { at: self.at, cause: WktCause::Expected { expected } }
    }

    fn word(&mut self, part: impl Fn(char) -> bool) -> String {
        let word: String = self.rest().chars().take_while(|c| part(*c)).collect();
        self.at += word.len();
        word
    }

    fn peek(&mut self) -> Option<char> {
        self.skip_blanks();
        self.rest().chars().next()
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
