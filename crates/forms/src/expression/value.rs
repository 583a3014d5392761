//! The values of expressions and how one kind is read as another, as ODK's engines do it.
//!
//! Texts that are dates count as days since 1970, an empty text is no number, and what is no number
//! is written as nothing.

use std::borrow::Cow;

use super::moment;
use super::node::NodeId;

/// What an expression or a part of it comes to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Datum<'d> {
    Text(Cow<'d, str>),
    Number(f64),
    Boolean(bool),
    /// A day or a time: a number of days that is written in its own way.
    Moment {
        days: f64,
        text: String,
    },
    /// Nodes in document order, each once.
    Nodes(Vec<NodeId>),
}

impl Datum<'_> {
    /// A text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(Cow::Owned(text.into()))
    }
}

/// A number as text: no digits that do not matter, an exponent only far from one, as the engines of
/// form clients write it. What is no number is nothing.
pub(crate) fn number_text(number: f64) -> String {
    if number.is_nan() {
        return String::new();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    let size = number.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        return exponential(number);
    }
    number_text_plain(number)
}

/// A number without an exponent, however long.
pub(crate) fn number_text_plain(number: f64) -> String {
    let positive_zero = if number == 0.0 { 0.0 } else { number };
    positive_zero.to_string()
}

fn exponential(number: f64) -> String {
    let text = format!("{number:e}");
    match text.split_once('e') {
        Some((digits, exponent)) if !exponent.starts_with('-') => format!("{digits}e+{exponent}"),
        _ => text,
    }
}

/// A text as a number: days since 1970 for a day or time, `None` of it (NaN) for an empty text.
pub(crate) fn text_number(text: &str, offset_minutes: i32) -> f64 {
    if moment::looks_like(text) {
        return moment::parse(text, offset_minutes).map_or(f64::NAN, moment::days);
    }
    let text = text.trim();
    let plain = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    match text {
        "Infinity" | "+Infinity" => f64::INFINITY,
        "-Infinity" => f64::NEG_INFINITY,
        _ if text.bytes().all(plain) => text.parse().unwrap_or(f64::NAN),
        _ => f64::NAN,
    }
}

/// The whole number a text begins with, as form clients read positions: `1.9` is 1.
pub(crate) fn leading_integer(text: &str) -> Option<f64> {
    let text = text.trim_start();
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    let sign = text.len().saturating_sub(unsigned.len());
    text.get(..sign.saturating_add(digits)).filter(|_| digits > 0)?.parse().ok()
}

/// A float as a count or position: what lies outside of the range is its end.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "a cast from float saturates, which is what positions need"
)]
pub(crate) fn saturated(number: f64) -> i64 {
    number as i64
}

/// A count as a float.
#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "counts of nodes and characters lie far below 2^53"
)]
pub(crate) fn count(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_form_clients_write_them() {
        let written = [0.1 + 0.2, 100.0, -0.0, 1e21, 1.5e-7, f64::NAN, f64::NEG_INFINITY, 1e20]
            .map(number_text);
        let expected = [
            "0.30000000000000004",
            "100",
            "0",
            "1e+21",
            "1.5e-7",
            "",
            "-Infinity",
            "100000000000000000000",
        ];
        assert_eq!(written, expected);
    }

    #[test]
    fn texts_are_numbers_where_they_look_like_one() {
        let number = |text: &str| text_number(text, 0);
        let numbers = [" 12.50 ", "1e3", "1970-01-03", "-Infinity"].map(number);
        assert_eq!(numbers.map(number_text), ["12.5", "1000", "2", "-Infinity"]);
        for text in ["", "abc", "1 2", "inf", "nan", "2020-02-30"] {
            assert!(number(text).is_nan(), "{text}");
        }
        assert_eq!(number_text(text_number("1970-01-02", 360)), "0.75");
    }

    #[test]
    fn positions_are_the_whole_number_a_text_begins_with() {
        assert_eq!(
            ["12", " -3.9x", "x", "", "-"].map(leading_integer),
            [Some(12.0), Some(-3.0), None, None, None]
        );
    }
}
