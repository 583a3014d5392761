//! How much alike two records are by their register's rule. Pure: values in, a score with its parts out.
//!
//! Every part of the rule gives a likeness between nothing and all. The score is their mean by weight, in
//! thousandths; a part of which either record says nothing counts as nothing, because what is not known is no
//! likeness. Place and time fall evenly from all at no distance to nothing at the end of their reach, and
//! the reach of a record that is not precise is as much longer as it may be off.

use std::collections::BTreeSet;

use mission::register::{LookAlike, Near, Reach, Same, Span};
use model::id::Name;
use model::place::{Geometry, Position};
use model::value::Value;

use super::sphere;
use super::words::{Bag, Effort, WHOLE};

/// What a rule looks at, of one record.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    place: Option<Where>,
    time: Option<When>,
    /// What must or should agree, in the order of the rule.
    same: Vec<Option<Content>>,
    words: Bag,
}

/// A place, and how far off it may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Where {
    pub(super) at: Position,
    off_m: u64,
}

/// A stretch of time in milliseconds, and how far off it may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct When {
    pub(super) from: i64,
    pub(super) until: i64,
    off_ms: u64,
}

/// A value to be compared.
#[derive(Clone, Debug)]
enum Content {
    Words(Bag),
    Codes(BTreeSet<String>),
    Other(Value),
}

/// How much alike two records are, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Likeness {
    /// In thousandths.
    pub(super) score: u64,
    /// What it is made of, in the order of the rule.
    pub(super) parts: Vec<Part>,
}

/// A part of a score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) kind: Kind,
    /// In thousandths.
    pub(super) score: u64,
    pub(super) weight: u8,
}

/// What a part is about, and what it found. Nothing where one of both says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// So many metres apart, of places that may be so far off.
    Place(Option<(u64, u64)>),
    /// So many milliseconds apart, of times that may be so far off.
    Time(Option<(u64, u64)>),
    /// The field.
    Same(Name, bool),
    /// The words both have.
    Words(Option<Vec<String>>),
}

impl Profile {
    /// What the rule looks at in a record of these values.
    pub(super) fn of<'v>(rule: &LookAlike, value: &dyn Fn(&Name) -> Option<&'v Value>) -> Self {
        let words = rule.words.iter().flat_map(|words| &words.fields);
        let texts = words.filter_map(|field| match value(field) {
            Some(Value::Text(text)) => Some(text.as_str()),
            _ => None,
        });
        Self {
            place: rule.place.as_ref().and_then(|near| place(near, value)),
            time: rule.time.as_ref().and_then(|near| time(near, value)),
            same: rule.same.iter().map(|same| value(&same.field).map(content)).collect(),
            words: Bag::of(texts),
        }
    }

    pub(super) fn place(&self) -> Option<Where> {
        self.place
    }

    pub(super) fn time(&self) -> Option<When> {
        self.time
    }
}

/// How much alike two records are; nothing where they are no look-alikes: they differ in what must agree,
/// or the score stays below what the rule asks for.
pub(super) fn likeness(
    rule: &LookAlike,
    (one, other): (&Profile, &Profile),
    effort: &Effort,
) -> Option<Likeness> {
    let mut parts = Vec::new();
    if let Some(near) = &rule.place {
        parts.push(places(near, one.place.zip(other.place)));
    }
    if let Some(near) = &rule.time {
        parts.push(times(near, one.time.zip(other.time)));
    }
    for (same, (one, other)) in rule.same.iter().zip(one.same.iter().zip(&other.same)) {
        parts.push(agreeing(same, one.as_ref().zip(other.as_ref()), effort)?);
    }
    if let Some(words) = &rule.words {
        // Words take the longest to compare: where even all of them would not be enough, none is.
        let best = sum(&parts) + WHOLE * u64::from(words.weight);
        if best < needed(rule) {
            return None;
        }
        parts.push(wording(words.weight, (&one.words, &other.words), effort));
    }
    let sum = sum(&parts);
    (sum >= needed(rule)).then(|| Likeness { score: sum / rule.weight(), parts })
}

/// What the parts must come to: the threshold in thousandths, times all weights.
fn needed(rule: &LookAlike) -> u64 {
    u64::from(rule.threshold) * (WHOLE / 100) * rule.weight()
}

fn sum(parts: &[Part]) -> u64 {
    parts.iter().map(|part| part.score * u64::from(part.weight)).sum()
}

fn places(near: &Near<Reach>, both: Option<(Where, Where)>) -> Part {
    let found =
        both.map(|(one, other)| (sphere::metres(one.at, other.at), one.off_m.max(other.off_m)));
    let within = u64::from(near.within.metres());
    let score = found.map_or(0, |(apart, off)| falling(apart, within + off));
    Part { kind: Kind::Place(found), score, weight: near.weight }
}

fn times(near: &Near<Span>, both: Option<(When, When)>) -> Part {
    let found = both.map(|(one, other)| {
        let gap = one.from.max(other.from).saturating_sub(one.until.min(other.until));
        (u64::try_from(gap).unwrap_or(0), one.off_ms.max(other.off_ms))
    });
    let within = near.within.ms().unsigned_abs();
    let score = found.map_or(0, |(apart, off)| falling(apart, within + off));
    Part { kind: Kind::Time(found), score, weight: near.weight }
}

/// All at no distance, nothing at the end of the reach.
fn falling(apart: u64, reach: u64) -> u64 {
    (WHOLE * reach.saturating_sub(apart)).checked_div(reach).unwrap_or(0)
}

/// Nothing where both say something else of what must agree.
fn agreeing(same: &Same, both: Option<(&Content, &Content)>, effort: &Effort) -> Option<Part> {
    let score = both.map_or(0, |(one, other)| one.agreement(other, effort));
    let is_other = both.is_some() && score == 0;
    (!same.must || !is_other).then(|| Part {
        kind: Kind::Same(same.field.clone(), both.is_some()),
        score,
        weight: same.weight,
    })
}

fn wording(weight: u8, (one, other): (&Bag, &Bag), effort: &Effort) -> Part {
    if one.is_empty() || other.is_empty() {
        return Part { kind: Kind::Words(None), score: 0, weight };
    }
    let shared = one.shared(other, effort);
    Part { kind: Kind::Words(Some(shared.words)), score: shared.share, weight }
}

impl Content {
    /// How far two values agree, in thousandths.
    fn agreement(&self, other: &Self, effort: &Effort) -> u64 {
        match (self, other) {
            (Self::Words(one), Self::Words(other)) => one.shared(other, effort).share,
            (Self::Codes(one), Self::Codes(other)) => {
                let (both, all) = (one.intersection(other).count(), one.union(other).count());
                (WHOLE * both as u64).checked_div(all as u64).unwrap_or(0)
            }
            (Self::Other(one), Self::Other(other)) if one == other => WHOLE,
            _ => 0,
        }
    }
}

fn content(value: &Value) -> Content {
    match value {
        Value::Text(text) => match Bag::of([text.as_str()]) {
            // A single letter is no word, and may be all there is of a number or a name.
            words if words.is_empty() => Content::Other(value.clone()),
            words => Content::Words(words),
        },
        Value::Codes(codes) => Content::Codes(codes.clone()),
        other => Content::Other(other.clone()),
    }
}

fn place<'v>(near: &Near<Reach>, value: &dyn Fn(&Name) -> Option<&'v Value>) -> Option<Where> {
    let Some(Value::Geometry(Geometry::Point(at))) = value(&near.field) else { return None };
    let off = near.off(precision(near, value))?;
    Some(Where { at: *at, off_m: u64::from(off.metres()) })
}

fn time<'v>(near: &Near<Span>, value: &dyn Fn(&Name) -> Option<&'v Value>) -> Option<When> {
    let from = instant(value(&near.field)?)?;
    let until = near.until.as_ref().and_then(|field| instant(value(field)?));
    let off = near.off(precision(near, value))?;
    Some(When { from, until: until.unwrap_or(from).max(from), off_ms: off.ms().unsigned_abs() })
}

fn precision<'v, T>(near: &Near<T>, value: &dyn Fn(&Name) -> Option<&'v Value>) -> Option<&'v str> {
    match value(&near.precision.as_ref()?.field)? {
        Value::Code(code) => Some(code),
        _ => None,
    }
}

fn instant(value: &Value) -> Option<i64> {
    match value {
        Value::Time(at) => Some(at.as_ms()),
        Value::Date(day) => Some(day.start().as_ms()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
