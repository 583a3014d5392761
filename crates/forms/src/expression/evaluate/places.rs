//! Functions on places, as form clients compute them: on a sphere, to two digits.

use std::f64::consts::PI;

use super::call::Asked;
use super::{Datum, Evaluated, Evaluator, Failure};
use crate::expression::function::Function as F;
use crate::expression::value::text_number;

/// The radius of the sphere of form clients, in metres.
const EARTH_M: f64 = 6_378_100.0;

/// Latitude and longitude in degrees.
type Place = (f64, f64);

impl<'d> Evaluator<'d, '_> {
    pub(super) fn places(&mut self, asked: &Asked<'_>) -> Evaluated<'d> {
        if asked.function == F::Geofence {
            let point = place(&self.argument_text(asked, 0)?);
            let shape = line(&self.argument_text(asked, 1)?);
            let inside = point.zip(shape).is_some_and(|(point, shape)| contains(&shape, point));
            return Ok(Datum::Boolean(inside));
        }
        let line = self.line(asked)?;
        Ok(Datum::Number(match (asked.function, line) {
            (F::Area, line) => hundredths(area(&line.unwrap_or_default())),
            (_, Some(line)) => hundredths(distance(&line)),
            (_, None) => f64::NAN,
        }))
    }

    /// One text of several places, or several texts of one.
    fn line(&mut self, asked: &Asked<'_>) -> Result<Option<Vec<Place>>, Failure> {
        let mut texts = Vec::new();
        for value in self.spread(asked, 0)? {
            texts.push(self.text_of(value)?);
        }
        Ok(match texts.as_slice() {
            [one] => line(one),
            several => {
                let places: Option<Vec<Place>> = several.iter().map(|text| place(text)).collect();
                places.filter(|places| places.len() > 1)
            }
        })
    }
}

fn line(text: &str) -> Option<Vec<Place>> {
    let text = text.trim().trim_end_matches(|c: char| c == ';' || c.is_whitespace());
    let places: Option<Vec<Place>> = text.split(';').map(place).collect();
    places.filter(|places| places.len() > 1)
}

/// `latitude longitude altitude accuracy`, of which the last two may be missing.
fn place(text: &str) -> Option<Place> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let [lat, lon, rest @ ..] = parts.as_slice() else { return None };
    let (lat, lon) = (text_number(lat, 0), text_number(lon, 0));
    (rest.len() < 3 && lat.abs() <= 90.0 && lon.abs() <= 180.0).then_some((lat, lon))
}

fn radians(degrees: f64) -> f64 {
    degrees * PI / 180.0
}

fn pairs(line: &[Place]) -> impl Iterator<Item = (Place, Place)> {
    line.iter().copied().zip(line.iter().copied().skip(1))
}

fn distance(line: &[Place]) -> f64 {
    let one = |((lat, lon), (other_lat, other_lon)): (Place, Place)| {
        let (from, to) = (radians(lat), radians(other_lat));
        let turn = radians(lon - other_lon);
        (from.sin() * to.sin() + from.cos() * to.cos() * turn.cos()).acos() * EARTH_M
    };
    pairs(line).map(one).sum()
}

/// The area of a ring, closed where it is not; none of fewer than three places.
fn area(line: &[Place]) -> f64 {
    if line.len() < 3 {
        return 0.0;
    }
    let closing = line.last().copied().zip(line.first().copied());
    let open = closing.filter(|(last, first)| last != first);
    let one = |((lat, lon), (other_lat, other_lon)): (Place, Place)| {
        radians(other_lon - lon) * (2.0 + radians(other_lat).sin() + radians(lat).sin())
    };
    pairs(line).chain(open).map(one).sum::<f64>() * EARTH_M * EARTH_M / 2.0
}

/// Whether a closed ring holds a place: a line from it crosses the ring an odd number of times.
fn contains(ring: &[Place], (lat, lon): Place) -> bool {
    let crosses = |((from_lat, from_lon), (to_lat, to_lon)): &(Place, Place)| {
        (*to_lat > lat) != (*from_lat > lat)
            && lon < (from_lon - to_lon) * (lat - to_lat) / (from_lat - to_lat) + to_lon
    };
    ring.first() == ring.last() && !pairs(ring).filter(crosses).count().is_multiple_of(2)
}

fn hundredths(number: f64) -> f64 {
    ((number * 100.0 + 0.5).floor() / 100.0).abs()
}
