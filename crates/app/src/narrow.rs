//! What a question asks beside its filter, as texts of an address: a box, a time, plain equalities.
//!
//! They mean what OGC API Features says of `bbox`, `datetime` and the names of properties. A record
//! without a place lies in no box, a record without a time in no period.

use filter::{Filter, Mode, Node as Condition, Op, Shape, SpatialOp};
use forms::form::Field;
use mission::register::Register;
use model::finding::Finding;
use model::id::Name;
use model::place::{BoundingBox, Position};
use model::time::{Date, Timestamp};
use model::value::{FieldType, Value};

/// The longest part of a wrong text that is repeated in a finding, in characters.
const SHOWN_CHARS_MAX: usize = 80;
/// The end of a period that has none; an empty text says the same.
const OPEN: &str = "..";

/// Records in a box: west, south, east, north in degrees, or the same with the lowest and highest
/// altitude in third and sixth place, which are checked and passed over.
pub(crate) fn bbox(register: &Register, text: &str) -> Result<Filter, Finding> {
    let bounds =
        bounds(text).ok_or_else(|| Finding::error("bbox-wrong").with("value", shown(text)))?;
    let Some(field) = register.place_field.clone() else { return Ok(Filter::none()) };
    let (op, shape) = (SpatialOp::Intersects, Shape::Box(bounds));
    Ok(Filter::trusted(Condition::Spatial { op, field, shape }))
}

/// Records of a time: a day or an instant, or two of them with `/` between, both ends included, one
/// of which may be `..`.
pub(crate) fn datetime(register: &Register, text: &str) -> Result<Filter, Finding> {
    let wrong = || Finding::error("datetime-wrong").with("value", shown(text));
    let (from, to) = period(text).ok_or_else(wrong)?;
    if from.is_some_and(|from| to.is_some_and(|to| from > to)) {
        return Err(Finding::error("datetime-backwards").with("value", shown(text)));
    }
    let time = register.time_field.as_ref().and_then(|name| register.form.field(name.as_str()));
    let Some(time) = time else { return Ok(Filter::none()) };
    let value = |at: Timestamp| match time.kind {
        FieldType::Date => Value::Date(at.date()),
        _ => Value::Time(at),
    };
    Ok(Filter::trusted(between(time.name.clone(), from.map(value), to.map(value))))
}

/// Records whose field equals what a text means; of a field of several codes, those that have all
/// codes of the text.
pub(crate) fn equals(register: &Register, name: &str, text: &str) -> Result<Filter, Finding> {
    let field = register.form.field(name);
    let field = field.ok_or_else(|| forms::check::unknown_field(&register.form, name))?;
    if field.kind.is_spatial() || field.kind == FieldType::Rows {
        return Err(Finding::error("property-not-comparable").in_column(name).with("field", name));
    }
    if field.kind == FieldType::Time
        && let Some(day) = day(text)
    {
        let (low, high) = (Value::Time(day.start()), Value::Time(last_of(day)));
        return Ok(Filter::trusted(between(field.name.clone(), Some(low), Some(high))));
    }
    let value =
        forms::answer::parse_answer(field, text).map_err(|mut findings| findings.swap_remove(0))?;
    let condition = match value {
        None => Condition::IsNull { field: field.name.clone() },
        Some(value) => equal(register, field, value)?,
    };
    Ok(Filter::trusted(condition))
}

fn equal(register: &Register, field: &Field, value: Value) -> Result<Condition, Finding> {
    let name = field.name.clone();
    match value {
        Value::Codes(codes) => {
            codes.iter().try_for_each(|code| known(register, field, code))?;
            Ok(Condition::Has { field: name, codes, mode: Mode::All })
        }
        Value::Code(code) => {
            known(register, field, &code)?;
            Ok(Condition::Compare { field: name, op: Op::Equal, value: Value::Code(code) })
        }
        value => Ok(Condition::Compare { field: name, op: Op::Equal, value }),
    }
}

/// A code that its list never had is a slip: an empty answer would hide it.
fn known(register: &Register, field: &Field, code: &str) -> Result<(), Finding> {
    let list = field.list.as_ref().and_then(|list| register.lists.get(list));
    match list {
        Some(list) if !list.knows(code) => {
            Err(forms::check::unknown_code(list, &shown(code)).in_column(field.name.as_str()))
        }
        _ => Ok(()),
    }
}

fn bounds(text: &str) -> Option<BoundingBox> {
    let numbers: Vec<&str> = text.split(',').collect();
    let [west, south, east, north] = match numbers[..] {
        [west, south, east, north] => [west, south, east, north],
        [west, south, low, east, north, high] => {
            altitudes(low, high)?;
            [west, south, east, north]
        }
        _ => return None,
    };
    let from = Position::parse(west, south).ok()?;
    let to = Position::parse(east, north).ok()?;
    let bounds =
        BoundingBox { west: from.lon(), south: from.lat(), east: to.lon(), north: to.lat() };
    (bounds.south <= bounds.north).then_some(bounds)
}

fn altitudes(low: &str, high: &str) -> Option<()> {
    let metres = |text: &str| text.trim().parse::<f64>().ok().filter(|metres| metres.is_finite());
    (metres(low)? <= metres(high)?).then_some(())
}

/// The first and last instant of a period, nothing where it has no such end.
fn period(text: &str) -> Option<(Option<Timestamp>, Option<Timestamp>)> {
    let Some((from, to)) = text.split_once('/') else {
        let (first, last) = moment(text)?;
        return Some((Some(first), Some(last)));
    };
    let end = |text: &str| match text.trim() {
        "" | OPEN => Some(None),
        text => moment(text).map(Some),
    };
    let (from, to) = (end(from)?, end(to)?);
    (from.is_some() || to.is_some())
        .then(|| (from.map(|(first, _)| first), to.map(|(_, last)| last)))
}

/// The first and last instant of a day or an instant.
fn moment(text: &str) -> Option<(Timestamp, Timestamp)> {
    if let Some(day) = day(text) {
        return Some((day.start(), last_of(day)));
    }
    let at: Timestamp = text.parse().ok()?;
    Some((at, at))
}

/// A day, and nothing but a day: the time of an instant is not dropped.
fn day(text: &str) -> Option<Date> {
    text.parse::<Date>().ok().filter(|date| date.to_string() == text.trim())
}

fn last_of(day: Date) -> Timestamp {
    Timestamp::from_ms(day.next().start().as_ms() - 1)
}

fn between(field: Name, from: Option<Value>, to: Option<Value>) -> Condition {
    match (from, to) {
        (Some(low), Some(high)) => Condition::Between { field, low, high },
        (Some(value), None) => Condition::Compare { field, op: Op::GreaterOrEqual, value },
        (None, Some(value)) => Condition::Compare { field, op: Op::LessOrEqual, value },
        (None, None) => Condition::Constant(true),
    }
}

fn shown(text: &str) -> String {
    text.chars().take(SHOWN_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_has_four_numbers_or_six() {
        let expected = BoundingBox {
            west: -120_000_000,
            south: 100_000_000,
            east: 40_000_000,
            north: 250_000_000,
        };
        assert_eq!(bounds("-12,10,4,25"), Some(expected));
        assert_eq!(bounds("-12, 10.0,-5,4,25,1e3"), Some(expected));
        for wrong in [
            "",
            "1,2,3",
            "1,2,3,4,5",
            "1,2,3,4,5,6,7",
            "a,b,c,d",
            "NaN,0,1,1",
            "0,0,inf,1",
            "-12,10,9,4,25,1",
            "-12,10,x,4,25,9",
            "0,2,1,1",
            "-181,0,1,1",
            "0,-91,1,1",
            "0,0,1,90.1",
            "0;0;1;1",
            "1,2,3,4,",
            "[0,0,1,1]",
            "0,0,1e400,1",
        ] {
            assert_eq!(bounds(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_box_may_cross_the_date_line_and_reach_the_poles() {
        let far = bounds("170,-90,-170,90").expect("a box");
        assert!(far.west > far.east);
        assert!(far.holds(Position::parse("-180", "90").expect("the pole")));
        assert!(bounds("-180,90,180,90").is_some(), "a pole is a place");
    }

    #[test]
    fn a_period_has_one_end_or_two() {
        let at = |text: &str| Some(text.parse::<Timestamp>().expect("an instant"));
        let day = (at("2018-03-01"), at("2018-03-01T23:59:59.999Z"));
        assert_eq!(period("2018-03-01"), Some(day));
        assert_eq!(period("2018-03-01/2018-03-01"), Some(day));
        assert_eq!(period("2018-03-01/.."), Some((day.0, None)));
        assert_eq!(period("/2018-03-01"), Some((None, day.1)));
        let instant = at("2018-03-01T12:00:00Z");
        assert_eq!(period("2018-03-01T13:00:00+01:00"), Some((instant, instant)));
        for wrong in [
            "",
            "..",
            "/",
            "../..",
            "2018",
            "2018-13-01",
            "2018-03-01/x",
            "a/b",
            "0001-01-01/..",
            "2018-03-01/2018-03-02/2018-03-03",
            "yesterday",
        ] {
            assert_eq!(period(wrong), None, "{wrong}");
        }
    }
}
