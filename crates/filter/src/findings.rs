//! The findings about filters, one function each. Their words are in the server's catalogue.
//!
//! `position` is the character from 1 in text, and the pointer into the document in JSON.

use model::finding::Finding;
use model::id::Name;
use model::limits;
use model::nearest::nearest;
use model::value::FieldType;

use crate::Schema;
use crate::expression::{At, Expression, Part};

/// Something else was due: at `position` comes `found` where `expected` should be. `expected` is a
/// mark, a keyword, or one of the words `condition`, `value`, `comparison`, `text`, `number`, `end`.
pub(crate) fn syntax(at: &At, expected: &str, found: &str) -> Finding {
    finding("filter-syntax", at).with("expected", expected).with("found", clipped(found))
}

/// The text ends where something was due; `expected` as for [`syntax`].
pub(crate) fn ends_early(at: &At, expected: &str) -> Finding {
    finding("filter-ends-early", at).with("expected", expected)
}

/// A quoted text, a quoted name or a bracket is never closed.
pub(crate) fn unclosed(at: &At, mark: &str) -> Finding {
    finding("filter-unclosed", at).with("mark", mark)
}

/// The document is not JSON.
pub(crate) fn not_json(row: usize, column: usize) -> Finding {
    Finding::error("filter-not-json").with("row", row).with("column", column)
}

pub(crate) fn too_long(bytes: usize) -> Finding {
    Finding::error("filter-too-long").with("found", bytes).with("max", limits::FILTER_BYTES_MAX)
}

pub(crate) fn too_deep(at: &At) -> Finding {
    finding("filter-too-deep", at).with("max", limits::FILTER_DEPTH_MAX)
}

pub(crate) fn list_too_long(at: &At, found: usize) -> Finding {
    finding("filter-list-too-long", at).with("found", found).with("max", limits::FILTER_LIST_MAX)
}

pub(crate) fn pattern_too_long(at: &At, bytes: usize) -> Finding {
    let max = limits::FILTER_PATTERN_BYTES_MAX;
    finding("filter-pattern-too-long", at).with("found", bytes).with("max", max)
}

/// A pattern that ends in a lone `\`.
pub(crate) fn open_pattern(at: &At, pattern: &str) -> Finding {
    finding("filter-open-pattern", at).with("pattern", clipped(pattern))
}

pub(crate) fn wrong_number(at: &At, value: &str) -> Finding {
    finding("filter-wrong-number", at).with("value", clipped(value))
}

pub(crate) fn wrong_date(at: &At, value: &str) -> Finding {
    finding("filter-wrong-date", at).with("value", clipped(value))
}

pub(crate) fn wrong_time(at: &At, value: &str) -> Finding {
    finding("filter-wrong-time", at).with("value", clipped(value))
}

/// An interval open at both ends, or whose end lies before its start.
pub(crate) fn wrong_interval(at: &At) -> Finding {
    finding("filter-wrong-interval", at)
}

/// A geometry that cannot be read.
pub(crate) fn wrong_shape(at: &At, value: &str) -> Finding {
    finding("filter-wrong-shape", at).with("value", clipped(value))
}

/// A box that is not four numbers on the earth, south before north.
pub(crate) fn wrong_box(at: &At) -> Finding {
    finding("filter-wrong-box", at)
}

/// A polygon that crosses itself near `place`.
pub(crate) fn crossing_ring(at: &At, place: &str) -> Finding {
    finding("filter-crossing-ring", at).with("place", place)
}

/// No field of this name; `nearest` is the name that was meant, or else all there are.
pub(crate) fn unknown_field(at: &At, field: &str, schema: &dyn Schema) -> Finding {
    let names = schema.names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let offer = offer(field, &names);
    finding("filter-unknown-field", at).with("field", clipped(field)).with("nearest", offer)
}

/// No operator or function of this name; `nearest` is the name that was meant, or else all.
pub(crate) fn unknown_function(at: &At, name: &str, known: &[&str]) -> Finding {
    let offer = offer(name, known);
    finding("filter-unknown-function", at).with("name", clipped(name)).with("nearest", offer)
}

/// A part of CQL2 that is not offered here.
pub(crate) fn unsupported(at: &At, name: &str) -> Finding {
    finding("filter-unsupported", at).with("name", clipped(&name.to_uppercase()))
}

/// The value given for a field is of another type.
pub(crate) fn wrong_type(field: &str, of: FieldType, given: &Expression) -> Finding {
    finding("filter-wrong-type", &given.at)
        .with("field", field)
        .with("type", of)
        .with("given", given.part.kind())
        .with("value", shown(&given.part))
}

/// The field's type has no such comparison.
pub(crate) fn wrong_operator(at: &At, field: &str, of: FieldType, operator: &str) -> Finding {
    finding("filter-wrong-operator", at)
        .with("field", field)
        .with("type", of)
        .with("operator", clipped(&operator.to_uppercase()))
}

/// Two fields of types that do not compare.
pub(crate) fn wrong_pair(at: &At, left: (&str, FieldType), right: (&str, FieldType)) -> Finding {
    finding("filter-wrong-pair", at)
        .with("field", left.0)
        .with("type", left.1)
        .with("other", right.0)
        .with("other_type", right.1)
}

/// An operator needs a field on one side.
pub(crate) fn needs_field(at: &At, operator: &str) -> Finding {
    finding("filter-needs-field", at).with("operator", clipped(&operator.to_uppercase()))
}

/// A condition was due: a value or a field stands where something true or false should.
pub(crate) fn needs_condition(given: &Expression) -> Finding {
    finding("filter-needs-condition", &given.at)
        .with("given", given.part.kind())
        .with("value", shown(&given.part))
}

/// An operator has the wrong number or kind of arguments; `expected` is how it is written.
pub(crate) fn wrong_arguments(at: &At, operator: &str, expected: &str) -> Finding {
    finding("filter-wrong-arguments", at)
        .with("operator", clipped(&operator.to_uppercase()))
        .with("expected", expected)
}

/// The known word nearest to `word`, or all of them. Words far longer than any name are not measured.
fn offer(word: &str, known: &[&str]) -> String {
    let near = (word.len() <= 2 * Name::CHARS_MAX).then(|| nearest(word, known.iter().copied()));
    near.flatten().map_or_else(|| known.join(", "), str::to_owned)
}

fn finding(code: &'static str, at: &At) -> Finding {
    Finding::error(code).with("position", at)
}

/// What was written, for a message.
fn shown(part: &Part) -> String {
    match part {
        Part::Field(text) | Part::Text(text) => clipped(text),
        Part::Number(number) => number.to_string(),
        Part::Boolean(value) => value.to_string(),
        Part::Date(date) => date.to_string(),
        Part::Instant(at) => at.to_string(),
        Part::Call { name, .. } => clipped(&name.to_uppercase()),
        Part::Shape(shape) => clipped(&shape.to_string()),
        Part::Interval(..) | Part::List(_) | Part::Null => part.kind().to_owned(),
    }
}

/// A text short enough for a message; `…` says that it goes on.
fn clipped(text: &str) -> String {
    const CHARS_MAX: usize = 60;
    match text.char_indices().nth(CHARS_MAX) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
