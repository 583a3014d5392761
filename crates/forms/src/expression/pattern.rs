//! Patterns of `regex(..)`: written for `JavaScript` and Java, run in linear time.
//!
//! Look-around and references back to a group cannot be run so, and are refused when a form is read.

use model::limits::PATTERN_COMPILED_BYTES_MAX;
use regex::{Regex, RegexBuilder};

/// Compiles a pattern; the error is the last line of what the library says.
pub(crate) fn compile(pattern: &str) -> Result<Regex, String> {
    let mut builder = RegexBuilder::new(&translated(pattern));
    builder.size_limit(PATTERN_COMPILED_BYTES_MAX);
    builder.build().map_err(|error| {
        let text = error.to_string();
        text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
    })
}

/// The same pattern in the words of the library: classes are ASCII, and what is a plain character
/// within brackets stays one.
fn translated(pattern: &str) -> String {
    let mut text = String::with_capacity(pattern.len());
    let mut in_class = false;
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => escaped(&mut text, characters.next(), in_class),
            '[' if in_class => text.push_str(r"\["),
            '&' | '~' if in_class => text.extend(['\\', character]),
            '[' | ']' => {
                in_class = character == '[';
                text.push(character);
            }
            other => text.push(other),
        }
    }
    text
}

fn escaped(text: &mut String, next: Option<char>, in_class: bool) {
    let (digits, word) = ("0-9", "0-9A-Za-z_");
    match next {
        Some('d') if in_class => text.push_str(digits),
        Some('w') if in_class => text.push_str(word),
        Some('d') => text.extend(["[", digits, "]"]),
        Some('w') => text.extend(["[", word, "]"]),
        Some('D') => text.extend(["[^", digits, "]"]),
        Some('W') => text.extend(["[^", word, "]"]),
        Some('b') if !in_class => text.push_str(r"(?-u:\b)"),
        Some(other) => text.extend(['\\', other]),
        None => text.push('\\'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        compile(pattern).expect(pattern).is_match(text)
    }

    #[test]
    fn patterns_of_forms_match_as_in_their_clients() {
        assert!(matches(r"^\d{3}$", "123") && !matches(r"^\d{3}$", "١٢٣"));
        assert!(matches(r"^[\w.-]+@[\w.-]+$", "a.b@c-d"));
        assert!(matches("^[A-Z]{2}", "ABC") && !matches("^[A-Z]{2}$", "ABC"));
        assert!(matches("^[[&]$", "[") && matches("^[[&]$", "&"));
        assert!(matches(r"\bok\b", "it is ok.") && matches(r"^a\/b$", "a/b"));
        assert!(matches(r"^\D\W$", "x!"));
    }

    #[test]
    fn patterns_that_could_explode_are_refused() {
        for pattern in ["(?=x)", r"(a)\1", "((((a{99}){99}){99}){99})", "[a", "("] {
            assert!(compile(pattern).is_err(), "{pattern}");
        }
        assert!(!matches("^(a+)+$", &format!("{}!", "a".repeat(10_000))));
    }
}
