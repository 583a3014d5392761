//! Days and instants: what a day means for a field of instants, and the temporal functions.

use model::id::Name;
use model::value::{FieldType, Value};

use super::{Call, Checker, Field};
use crate::expression::{Expression, Moment, Part};
use crate::findings;
use crate::node::{Node, Op};

/// The values that one written value stands for, from the first to the last: a day is every
/// instant of it, anything else is itself.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub(super) first: Value,
    pub(super) last: Value,
}

impl Span {
    pub(super) fn of_value(value: Value) -> Self {
        Self { first: value.clone(), last: value }
    }

    /// A day or instant, for a field of instants.
    pub(super) fn of_moment(moment: Moment) -> Self {
        Self { first: Value::Time(moment.first()), last: Value::Time(moment.last()) }
    }

    /// The comparison of a field with it: at or before a day includes the day, after it excludes it.
    pub(super) fn compared(self, field: Name, op: Op) -> Node {
        let Self { first, last } = self;
        let value = match op {
            Op::Equal if first != last => return Node::Between { field, low: first, high: last },
            Op::NotEqual if first != last => {
                return Node::Not(Box::new(Node::Between { field, low: first, high: last }));
            }
            Op::Equal | Op::NotEqual | Op::Less | Op::GreaterOrEqual => first,
            Op::LessOrEqual | Op::Greater => last,
        };
        Node::Compare { field, op, value }
    }

    /// The field in one of several: single values as a list, days each as a range.
    pub(super) fn among(field: &Name, spans: Vec<Self>) -> Node {
        let (single, ranges): (Vec<Self>, Vec<Self>) =
            spans.into_iter().partition(|span| span.first == span.last);
        let values: Vec<Value> = single.into_iter().map(|span| span.first).collect();
        let listed = (!values.is_empty()).then(|| Node::In { field: field.clone(), values });
        let ranges = ranges.into_iter().map(|span| span.compared(field.clone(), Op::Equal));
        Node::Or(listed.into_iter().chain(ranges).collect())
    }
}

/// How a temporal function is written.
const EXPECTED: &str = "T_DURING(occurred_at, INTERVAL('2018-03-01','2018-03-31'))";

impl Checker<'_> {
    pub(super) fn temporal(&mut self, call: Call<'_>, name: &str) -> Option<Node> {
        let [left, right] = call.arguments else {
            return self.refuse(findings::wrong_arguments(call.at, name, EXPECTED));
        };
        let (field, given, name) = match (&left.part, &right.part) {
            (Part::Field(_), _) => (left, right, name),
            (_, Part::Field(_)) => (right, left, mirrored(name)),
            _ => return self.refuse(findings::needs_field(call.at, name)),
        };
        let field = self.field(field, call)?;
        if !matches!(field.of, FieldType::Date | FieldType::Time) {
            return self.refuse(findings::wrong_operator(
                call.at,
                field.name.as_str(),
                field.of,
                name,
            ));
        }
        let period = self.period(&field, given)?;
        match relation(field.name, name, period) {
            Some(node) => Some(node),
            None => self.refuse(findings::wrong_arguments(&given.at, call.name, EXPECTED)),
        }
    }

    fn period(&mut self, field: &Field, given: &Expression) -> Option<Period> {
        let (start, end, is_interval) = match given.part {
            Part::Interval(start, end) => (start, end, true),
            Part::Date(date) => (Some(Moment::Day(date)), Some(Moment::Day(date)), true),
            Part::Instant(instant) => {
                (Some(Moment::Instant(instant)), Some(Moment::Instant(instant)), false)
            }
            _ => return self.refuse(findings::wrong_type(field.name.as_str(), field.of, given)),
        };
        let bound =
            |moment: Option<Moment>| moment.map(|moment| Bound::of(field.of, moment)).transpose();
        match (bound(start), bound(end)) {
            (Ok(start), Ok(end)) => Some(Period { start, end, is_interval }),
            _ => self.refuse(findings::wrong_type(field.name.as_str(), field.of, given)),
        }
    }
}

/// A span of time, open on one side or none.
struct Period {
    start: Option<Bound>,
    end: Option<Bound>,
    is_interval: bool,
}

/// One end of a period. A day belongs to the period as a whole; of an instant it depends.
struct Bound {
    span: Span,
    is_day: bool,
}

/// An instant was given for a field of days.
struct TooFine;

impl Bound {
    fn of(of: FieldType, moment: Moment) -> Result<Self, TooFine> {
        match (of, moment) {
            (FieldType::Date, Moment::Day(day)) => {
                Ok(Self { span: Span::of_value(Value::Date(day)), is_day: true })
            }
            (FieldType::Date, Moment::Instant(_)) => Err(TooFine),
            (_, Moment::Day(_)) => Ok(Self { span: Span::of_moment(moment), is_day: true }),
            (_, Moment::Instant(_)) => Ok(Self { span: Span::of_moment(moment), is_day: false }),
        }
    }
}

/// The function that says the same with its arguments exchanged; `t_during` has none here.
fn mirrored(name: &str) -> &'static str {
    match name {
        "t_after" => "t_before",
        "t_before" => "t_after",
        "t_intersects" => "t_intersects",
        "t_disjoint" => "t_disjoint",
        "t_equals" => "t_equals",
        _ => "t_contains",
    }
}

/// The relation of a field to a period; `None` where the two do not go together.
fn relation(field: Name, name: &str, period: Period) -> Option<Node> {
    match name {
        "t_after" => Some(period.end?.span.compared(field, Op::Greater)),
        "t_before" => Some(period.start?.span.compared(field, Op::Less)),
        "t_intersects" => Some(inside(field, period, false)),
        "t_disjoint" => Some(Node::Not(Box::new(inside(field, period, false)))),
        "t_during" if period.is_interval => Some(inside(field, period, true)),
        "t_equals" => {
            let (start, end) = (period.start?, period.end?);
            let one = start.is_day == end.is_day && start.span.first == end.span.first;
            one.then(|| start.span.compared(field, Op::Equal))
        }
        _ => None,
    }
}

/// The field from start to end. With `strict` an instant that is an end is outside.
fn inside(field: Name, period: Period, strict: bool) -> Node {
    let excludes = |bound: &Bound| strict && !bound.is_day;
    match (period.start, period.end) {
        (Some(start), Some(end)) if !excludes(&start) && !excludes(&end) => {
            Span { first: start.span.first, last: end.span.last }.compared(field, Op::Equal)
        }
        (start, end) => {
            let after = start.map(|start| {
                let op = if excludes(&start) { Op::Greater } else { Op::GreaterOrEqual };
                start.span.compared(field.clone(), op)
            });
            let before = end.map(|end| {
                let op = if excludes(&end) { Op::Less } else { Op::LessOrEqual };
                end.span.compared(field.clone(), op)
            });
            Node::And(after.into_iter().chain(before).collect())
        }
    }
}
