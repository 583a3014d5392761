//! Values as cells of a sheet.

use std::fmt::{self, Write};

use model::decimal::Decimal;
use model::time::{Date, Timestamp};
use model::value::Value;

use crate::formula;

use super::parts::{STYLE_DATE, STYLE_HEADER, STYLE_TIME};

/// Characters (of UTF-16) a cell can hold.
pub(crate) const CHARACTERS_MAX: usize = 32_767;
/// Excel keeps 15 digits of a number; a longer one is text.
const NUMBER_MAX: u64 = 999_999_999_999_999;
/// Days from Excel's day 0 to 1970-01-01.
const DAYS_TO_1970: i64 = 25_569;
/// 1900-03-01: Excel counts a 29 February 1900 that never was, so days before are text.
const FIRST_DAY: i64 = 61;
/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// Where a cell is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The column, from 0.
    pub(crate) column: usize,
    /// The row, from 1.
    pub(crate) row: u32,
}

/// `A1`, `AB12`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut rest, mut letters) = (self.column + 1, [b'A'; 16]);
        let mut first = letters.len();
        while rest > 0 && first > 0 {
            first -= 1;
            letters[first] = b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0);
            rest = (rest - 1) / 26;
        }
        letters[first..].iter().try_for_each(|letter| f.write_char(char::from(*letter)))?;
        write!(f, "{}", self.row)
    }
}

/// A text that no cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLong {
    /// How long it is.
    pub(crate) characters: usize,
}

/// Adds a bold cell.
pub(crate) fn add_header(xml: &mut String, place: Place, text: &str) {
    add_styled_text(xml, place, STYLE_HEADER, text);
}

/// Adds a cell of text that is known to be short and harmless.
pub(crate) fn add_text(xml: &mut String, place: Place, text: &str) {
    add_styled_text(xml, place, 0, text);
}

/// Adds the cell of a value.
pub(crate) fn add_value(xml: &mut String, place: Place, value: &Value) -> Result<(), TooLong> {
    match value {
        Value::Text(text) | Value::Code(text) => return add_checked(xml, place, text),
        Value::Codes(_) | Value::Geometry(_) | Value::Rows(_) => {
            return add_checked(xml, place, &value.to_string());
        }
        Value::Boolean(yes) => add_boolean(xml, place, *yes),
        Value::Integer(number) if number.unsigned_abs() <= NUMBER_MAX => {
            add_number(xml, place, number);
        }
        Value::Decimal(number) if is_short(*number) => add_number(xml, place, number),
        Value::Date(date) => add_date(xml, place, *date),
        Value::Time(time) => add_time(xml, place, *time),
        Value::Integer(_) | Value::Decimal(_) | Value::Record(_) | Value::Blob(_) => {
            add_text(xml, place, &value.to_string());
        }
    }
    Ok(())
}

fn add_checked(xml: &mut String, place: Place, text: &str) -> Result<(), TooLong> {
    let text = formula::neutralised(text);
    let characters = text.encode_utf16().count();
    if characters > CHARACTERS_MAX {
        return Err(TooLong { characters });
    }
    add_text(xml, place, &text);
    Ok(())
}

fn add_boolean(xml: &mut String, place: Place, yes: bool) {
    add(xml, format_args!("<c r=\"{place}\" t=\"b\"><v>{}</v></c>", u8::from(yes)));
}

fn add_number(xml: &mut String, place: Place, number: impl fmt::Display) {
    add(xml, format_args!("<c r=\"{place}\"><v>{number}</v></c>"));
}

fn add_date(xml: &mut String, place: Place, date: Date) {
    let number = day_number(date.start());
    add_day_number(xml, place, STYLE_DATE, number, date);
}

fn add_time(xml: &mut String, place: Place, time: Timestamp) {
    add_day_number(xml, place, STYLE_TIME, day_number(time), time);
}

fn add_day_number(
    xml: &mut String,
    place: Place,
    style: u32,
    number: Option<f64>,
    text: impl fmt::Display,
) {
    match number {
        Some(number) => {
            add(xml, format_args!("<c r=\"{place}\" s=\"{style}\"><v>{number}</v></c>"));
        }
        None => add_text(xml, place, &text.to_string()),
    }
}

/// Excel's number of an instant; none where its calendar is wrong.
fn day_number(time: Timestamp) -> Option<f64> {
    let ms = time.as_ms().checked_add(DAYS_TO_1970 * DAY_MS)?;
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of this age have 15 digits")]
    (ms >= FIRST_DAY * DAY_MS).then_some(ms as f64 / DAY_MS as f64)
}

fn is_short(number: Decimal) -> bool {
    number.mantissa().unsigned_abs() <= NUMBER_MAX
}

fn add_styled_text(xml: &mut String, place: Place, style: u32, text: &str) {
    add(xml, format_args!("<c r=\"{place}\""));
    if style > 0 {
        add(xml, format_args!(" s=\"{style}\""));
    }
    xml.push_str(" t=\"inlineStr\"><is>");
    let has_blank_ends = text.trim().len() < text.len();
    xml.push_str(if has_blank_ends { "<t xml:space=\"preserve\">" } else { "<t>" });
    add_escaped(xml, text);
    xml.push_str("</t></is></c>");
}

/// Adds text; what XML cannot hold in the workbook's own notation, `_x0001_`.
fn add_escaped(xml: &mut String, text: &str) {
    for (at, letter) in text.char_indices() {
        match letter {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '_' if is_notation(text.as_bytes(), at) => xml.push_str("_x005F_"),
            '\t' | '\n' => xml.push(letter),
            '\r' => xml.push_str("&#13;"),
            '\0'..='\x1F' | '\u{FFFE}' | '\u{FFFF}' => {
                add(xml, format_args!("_x{:04X}_", u32::from(letter)));
            }
            _ => xml.push(letter),
        }
    }
}

/// Whether the text at this place would be read as the notation of another letter.
fn is_notation(text: &[u8], at: usize) -> bool {
    let Some([b'_', b'x', digits @ .., b'_']) = text.get(at..at + 7) else {
        return false;
    };
    digits.iter().all(u8::is_ascii_hexdigit)
}

fn add(xml: &mut String, text: fmt::Arguments<'_>) {
    xml.write_fmt(text).expect("a String takes every text");
}
