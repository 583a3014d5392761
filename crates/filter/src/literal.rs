//! Numbers, dates, times, intervals and boxes, as both text and JSON write them.

use model::decimal::Decimal;
use model::finding::Finding;
use model::place::{BoundingBox, LATITUDE_MAX, LONGITUDE_MAX, UNITS_PER_DEGREE};
use model::time::{Date, Timestamp};
use spatial::shape::Shape;

use crate::expression::{At, Expression, Moment, Part};
use crate::findings;

/// The end of an interval that has none.
pub(crate) const OPEN: &str = "..";

/// A number of at most 18 digits; `1.5e3` is read as 1500.
pub(crate) fn number(at: &At, text: &str) -> Result<Decimal, Finding> {
    let wrong = || findings::wrong_number(at, text);
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i8>().ok().ok_or_else(wrong)?),
        None => (text, 0),
    };
    let plain: Decimal = digits.parse().ok().ok_or_else(wrong)?;
    shifted(plain, exponent).ok_or_else(wrong)
}

/// `number` x 10^`exponent`.
fn shifted(number: Decimal, exponent: i8) -> Option<Decimal> {
    let scale = i16::from(number.scale()) - i16::from(exponent);
    if number.mantissa() == 0 {
        return Some(Decimal::ZERO);
    }
    if let Ok(scale) = u8::try_from(scale) {
        return Decimal::new(number.mantissa(), scale);
    }
    let factor = 10_i64.checked_pow(u32::try_from(-scale).ok()?)?;
    Decimal::new(number.mantissa().checked_mul(factor)?, 0)
}

/// `DATE('2018-03-01')`.
pub(crate) fn date(at: &At, arguments: &[Expression]) -> Result<Part, Finding> {
    let text = one_text(at, arguments, "DATE('2018-03-01')")?;
    day(text).map(Part::Date).ok_or_else(|| findings::wrong_date(at, text))
}

/// `TIMESTAMP('2018-03-01T14:30:00Z')`.
pub(crate) fn instant(at: &At, arguments: &[Expression]) -> Result<Part, Finding> {
    let text = one_text(at, arguments, "TIMESTAMP('2018-03-01T14:30:00Z')")?;
    text.parse::<Timestamp>().map(Part::Instant).map_err(|_error| findings::wrong_time(at, text))
}

/// `INTERVAL('2018-03-01','..')`: days, instants, or `..` on one side.
pub(crate) fn interval(at: &At, arguments: &[Expression]) -> Result<Part, Finding> {
    const EXPECTED: &str = "INTERVAL('2018-03-01','2018-03-31')";
    let [start, end] = arguments else {
        return Err(findings::wrong_arguments(at, "interval", EXPECTED));
    };
    let (start, end) = (moment(start, EXPECTED)?, moment(end, EXPECTED)?);
    let last = end.map(Moment::last);
    let backwards = last.is_some_and(|last| start.is_some_and(|start| start.first() > last));
    if backwards || (start.is_none() && end.is_none()) {
        return Err(findings::wrong_interval(at));
    }
    Ok(Part::Interval(start, end))
}

fn moment(given: &Expression, expected: &str) -> Result<Option<Moment>, Finding> {
    match &given.part {
        Part::Text(text) if text == OPEN => Ok(None),
        Part::Text(text) => {
            let moment = day(text).map(Moment::Day);
            let instant = || text.parse::<Timestamp>().ok().map(Moment::Instant);
            moment.or_else(instant).map(Some).ok_or_else(|| findings::wrong_time(&given.at, text))
        }
        Part::Date(date) => Ok(Some(Moment::Day(*date))),
        Part::Instant(instant) => Ok(Some(Moment::Instant(*instant))),
        Part::Field(_) => Err(findings::unsupported(&given.at, "interval")),
        _ => Err(findings::wrong_arguments(&given.at, "interval", expected)),
    }
}

/// A day, and nothing but a day: the time of an instant is not dropped.
fn day(text: &str) -> Option<Date> {
    text.parse::<Date>().ok().filter(|date| date.to_string() == text.trim())
}

fn one_text<'a>(at: &At, arguments: &'a [Expression], expected: &str) -> Result<&'a str, Finding> {
    if let [Expression { part: Part::Text(text), .. }] = arguments {
        return Ok(text);
    }
    let (name, _) = expected.split_once('(').unwrap_or((expected, ""));
    Err(findings::wrong_arguments(at, name, expected))
}

/// `BBOX(west, south, east, north)` in degrees; west > east over the date line.
pub(crate) fn bounds(at: &At, arguments: &[Expression]) -> Result<Part, Finding> {
    let wrong = || findings::wrong_box(at);
    let units: Option<Vec<i32>> = arguments.iter().map(units).collect();
    let [west, south, east, north] = units.ok_or_else(wrong)?[..] else { return Err(wrong()) };
    let longitude_ok = |lon: i32| (-LONGITUDE_MAX..=LONGITUDE_MAX).contains(&lon);
    let latitude_ok = |lat: i32| (-LATITUDE_MAX..=LATITUDE_MAX).contains(&lat);
    let on_earth =
        [west, east].into_iter().all(longitude_ok) && [south, north].into_iter().all(latitude_ok);
    if !on_earth || south > north {
        return Err(wrong());
    }
    Ok(Part::Shape(Shape::Box(BoundingBox { west, south, east, north })))
}

/// Degrees as units of 1e-7, rounded to the nearest.
fn units(given: &Expression) -> Option<i32> {
    let Part::Number(degrees) = given.part else { return None };
    let units = i128::from(degrees.mantissa()) * i128::from(UNITS_PER_DEGREE);
    let divisor = 10_i128.pow(u32::from(degrees.scale()));
    let half = if units < 0 { -divisor / 2 } else { divisor / 2 };
    i32::try_from((units + half) / divisor).ok()
}
