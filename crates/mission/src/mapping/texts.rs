//! Texts of cells: numbers as people write them, and long words in findings.

use std::borrow::Cow;

use model::value::FieldType;

/// The longest part of a word that a finding repeats, in letters.
const SHOWN_LETTERS: usize = 80;

/// Whether a cell holds something, and no zero.
pub(super) fn is_some_number(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().any(|letter| !matches!(letter, '0' | '.' | ',' | ' '))
}

/// A number without what people put between its thousands; any other text as it is.
pub(super) fn plain_number(kind: FieldType, text: &str) -> Cow<'_, str> {
    if !matches!(kind, FieldType::Integer | FieldType::Decimal) {
        return text.into();
    }
    let joined: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '\'' | '’'))
        .collect();
    let mut groups = joined.split(',');
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next().unwrap_or_default();
    let by_thousands = (1..=3).contains(&first.len())
        && digits(first)
        && groups.all(|group| group.len() == 3 && digits(group));
    if by_thousands { joined.replace(',', "").into() } else { joined.into() }
}

/// A text for a finding: a long one in part.
pub(super) fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN_LETTERS).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lose_what_stands_between_their_thousands() {
        for (text, expected) in [
            ("5 160", "5160"),
            ("5\u{a0}160", "5160"),
            ("5,160", "5160"),
            ("1’234’567", "1234567"),
            ("12,5", "12,5"),
            ("5,1600", "5,1600"),
            ("n/a", "n/a"),
        ] {
            assert_eq!(plain_number(FieldType::Integer, text), expected, "{text}");
        }
        assert_eq!(plain_number(FieldType::Text, "5 160"), "5 160");
    }

    #[test]
    fn zero_and_nothing_are_no_number_of_people() {
        for (text, expected) in
            [("", false), (" ", false), ("0", false), ("0.0", false), ("12", true), ("?", true)]
        {
            assert_eq!(is_some_number(text), expected, "{text}");
        }
    }
}
