//! What people's programs do to text on its way into a cell, undone.

use std::borrow::Cow;

/// The name of a column, with single blanks.
pub(super) fn header(text: &str) -> String {
    single_blanks(text.trim()).replace('\u{a0}', " ").trim().to_owned()
}

/// The text of a cell: blanks around it gone, quotation marks straight, blanks within single where
/// `joins_blanks`.
pub(super) fn text(written: &str, joins_blanks: bool) -> String {
    let text = written.replace('\u{a0}', " ");
    let text = text.trim();
    let text = if joins_blanks { single_blanks(text) } else { Cow::Borrowed(text) };
    text.chars().map(straight).collect()
}

/// Whether there is a character that no XML can hold.
pub(super) fn has_control(text: &str) -> bool {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r');
    text.chars().any(|c| (c.is_control() && !allowed(c)) || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

fn straight(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        other => other,
    }
}

fn single_blanks(text: &str) -> Cow<'_, str> {
    if !text.contains("  ") {
        return Cow::Borrowed(text);
    }
    let mut single = String::with_capacity(text.len());
    for c in text.chars() {
        if c != ' ' || !single.ends_with(' ') {
            single.push(c);
        }
    }
    Cow::Owned(single)
}
