//! Scans expressions for what emission must know of them: references to other questions, and whether
//! a default is computed. Expressions are understood elsewhere.

use std::ops::Range;

/// A reference `${name}` in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reference<'a> {
    pub(crate) name: &'a str,
    /// Whether it means the answer of the form sent before.
    pub(super) is_last_saved: bool,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A part of a text: as it is, or a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    Text(&'a str),
    Reference(Reference<'a>),
}

/// The parts of a text.
pub(crate) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut done = 0;
    let mut from = 0;
    while let Some(start) = position(text, "${", from) {
        from = start.saturating_add(2);
        let Some(end) = position(text, "}", from) else { break };
        let Some(reference) = read_reference(text, start, end) else { continue };
        if let Some(before) = text.get(done..start).filter(|before| !before.is_empty()) {
            parts.push(Part::Text(before));
        }
        done = reference.end;
        from = done;
        parts.push(Part::Reference(reference));
    }
    parts.extend(text.get(done..).filter(|rest| !rest.is_empty()).map(Part::Text));
    parts
}

/// The references in a text.
pub(super) fn references(text: &str) -> impl Iterator<Item = Reference<'_>> {
    parts(text).into_iter().filter_map(|part| match part {
        Part::Text(_) => None,
        Part::Reference(reference) => Some(reference),
    })
}

/// What stands between `${` and `}` and is no name, or has no end.
pub(super) fn broken_reference(text: &str) -> Option<&str> {
    let mut from = 0;
    while let Some(start) = position(text, "${", from) {
        from = start.saturating_add(2);
        let end = position(text, "}", from);
        match end.and_then(|end| read_reference(text, start, end)) {
            Some(reference) => from = reference.end,
            None => return text.get(from..end.unwrap_or(text.len())),
        }
    }
    None
}

fn read_reference(text: &str, start: usize, end: usize) -> Option<Reference<'_>> {
    let inner = text.get(start.saturating_add(2)..end)?;
    let name = inner.strip_prefix("last-saved#");
    let is_last_saved = name.is_some();
    let name = name.unwrap_or(inner);
    let reference = Reference { name, is_last_saved, start, end: end.saturating_add(1) };
    is_name(name).then_some(reference)
}

/// Whether a text is the name of an element without prefix.
pub(super) fn is_name(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(begins_name) && characters.all(is_in_name)
}

/// Whether a text is the name of an element, with a prefix or without.
pub(super) fn is_tag(text: &str) -> bool {
    match text.split_once(':') {
        Some((prefix, name)) => is_name(prefix) && is_name(name),
        None => is_name(text),
    }
}

fn begins_name(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || (!c.is_ascii() && c.is_alphabetic())
}

fn is_in_name(c: char) -> bool {
    begins_name(c) || c.is_ascii_digit() || "-.\u{b7}".contains(c)
}

/// Whether a reference stands within a predicate of a path into another instance.
pub(super) fn is_in_instance_predicate(text: &str, reference: Reference<'_>) -> bool {
    let called = position(text, "instance(", 0).is_some_and(|at| {
        text.get(at..)
            .and_then(|rest| rest.split_once(')'))
            .is_some_and(|(_, rest)| !rest.is_empty())
    });
    called
        && brackets(text)
            .iter()
            .any(|bracket| bracket.start <= reference.start && reference.end <= bracket.end)
}

/// From each `[` to the next `]`.
fn brackets(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = position(text, "[", from) {
        let Some(end) = position(text, "]", start) else { break };
        let end = end.saturating_add(1);
        found.push(start..end);
        from = end;
    }
    found
}

/// Whether a reference is an argument of `indexed-repeat` that must be an absolute path.
pub(super) fn is_absolute_argument(text: &str, reference: Reference<'_>) -> bool {
    let Some(call) = indexed_repeats(text).into_iter().find(|call| reference.end <= call.end)
    else {
        return false;
    };
    if reference.end < call.start || reference.start > call.end {
        return false;
    }
    let arguments = text.get(call).and_then(|call| call.split_once('(')).map(|(_, rest)| rest);
    let written = format!("${{{}}}", reference.name);
    let mut arguments = arguments.unwrap_or_default().split(',').enumerate();
    let last = arguments.by_ref().filter(|(_, argument)| argument.contains(&written)).last();
    last.is_none_or(|(place, _)| [0, 1, 3, 5].contains(&place))
}

fn indexed_repeats(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = position(text, "indexed-repeat(", from) {
        let Some(end) = position(text, ")", start) else { break };
        from = end.saturating_add(1);
        found.push(start..from);
    }
    found
}

/// The paths into other instances that stand in a text: `instance('x')/root/item[..]/label`.
pub(super) fn instance_paths(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = position(text, "instance(", from) {
        let Some(closed) = position(text, ")", start) else { break };
        let mut end = closed.saturating_add(1);
        while let Some(step) = text.get(end..).filter(|rest| rest.starts_with('/')) {
            let length = step.find(|c: char| c.is_whitespace() || c == '[').unwrap_or(step.len());
            end = end.saturating_add(length);
            if text.get(end..).is_some_and(|rest| rest.starts_with('[')) {
                end = position(text, "]", end).map_or(text.len(), |at| at.saturating_add(1));
            }
        }
        found.push(start..end);
        from = end;
    }
    found
}

/// The files that `pulldata` is called with.
pub(super) fn pulled_files(text: &str) -> Vec<String> {
    let calls = text.split("pulldata").skip(1);
    let arguments = calls.filter_map(|rest| rest.trim_start().strip_prefix('('));
    let first = arguments.filter_map(|rest| rest.split_once(',')).map(|(first, _rest)| first);
    first.map(|file| file.replace(['\'', '"'], "").trim().to_owned()).collect()
}

/// Where `wanted` stands next.
pub(super) fn position(text: &str, wanted: &str, from: usize) -> Option<usize> {
    let found = text.get(from..)?.find(wanted)?;
    found.checked_add(from)
}

/// Whether a default is computed: it calls, refers or calculates. `has_dashes` says that values of the
/// question's type are written with dashes.
pub(super) fn is_computed(text: &str, has_dashes: bool) -> bool {
    let mut rest = text;
    while let Some(token) = next_token(rest) {
        match token.kind {
            TokenKind::Operator if has_dashes && token.text == "-" => return false,
            TokenKind::Operator | TokenKind::Reference | TokenKind::Call => return true,
            TokenKind::Other => rest = token.rest,
        }
    }
    false
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TokenKind {
    Operator,
    Reference,
    Call,
    Other,
}

struct Token<'a> {
    kind: TokenKind,
    text: &'a str,
    rest: &'a str,
}

/// The first token of an expression, as form clients cut it.
fn next_token(text: &str) -> Option<Token<'_>> {
    let first = text.chars().next()?;
    let number = number_length(text);
    let word = [" mod ", " div "].iter().find(|word| text.starts_with(**word));
    let (kind, length) = match first {
        _ if number > 0 => (TokenKind::Other, number),
        '*' | '+' | '-' | '|' => (TokenKind::Operator, 1),
        _ if word.is_some() => (TokenKind::Operator, 5),
        '"' | '\'' => (TokenKind::Other, literal_length(text, first)),
        '$' => match parts(text).first() {
            Some(Part::Reference(reference)) => (TokenKind::Reference, reference.end),
            _ => (TokenKind::Other, 1),
        },
        c if begins_name(c) => name_token(text),
        c => (TokenKind::Other, c.len_utf8()),
    };
    let (token, rest) = text.split_at_checked(length)?;
    Some(Token { kind, text: token, rest })
}

/// A name, or a call where a bracket follows it.
fn name_token(text: &str) -> (TokenKind, usize) {
    let first = name_length(text);
    let after = text.get(first..).unwrap_or_default();
    let prefixed = after.strip_prefix(':').filter(|name| name.starts_with(begins_name));
    let more = prefixed.map_or(0, |name| name_length(name).saturating_add(1));
    let length = first.saturating_add(more);
    let is_call = text.get(length..).is_some_and(|rest| rest.starts_with('('));
    (if is_call { TokenKind::Call } else { TokenKind::Other }, length)
}

fn name_length(text: &str) -> usize {
    text.find(|c| !is_in_name(c)).unwrap_or(text.len())
}

fn literal_length(text: &str, quote: char) -> usize {
    position(text, &quote.to_string(), 1).map_or(1, |end| end.saturating_add(1))
}

/// The length of a number, day or time of day; a dash before it belongs to it.
fn number_length(text: &str) -> usize {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let sign = text.len().saturating_sub(unsigned.len());
    let begins = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    if !begins(unsigned) && !unsigned.strip_prefix('.').is_some_and(begins) {
        return 0;
    }
    let dated = date_length(unsigned);
    let length = if dated > 0 {
        dated
    } else {
        let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let whole = digits(unsigned);
        match unsigned.get(whole..).and_then(|rest| rest.strip_prefix('.')) {
            Some(fraction) => whole.saturating_add(digits(fraction)).saturating_add(1),
            None => whole,
        }
    };
    length.saturating_add(sign)
}

/// The length of `2024-01-31`, with `T10:00:00` or without; of `10:00:00`.
fn date_length(text: &str) -> usize {
    let fits = |text: &str, pattern: &str| {
        text.len() >= pattern.len()
            && text.bytes().zip(pattern.bytes()).all(|(byte, wanted)| match wanted {
                b'0' => byte.is_ascii_digit(),
                wanted => byte == wanted,
            })
    };
    let patterns = ["0000-00-00T00:00:00", "0000-00-00", "00:00:00"];
    patterns.iter().find(|pattern| fits(text, pattern)).map_or(0, |pattern| pattern.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_and_what_is_none_is_told() {
        let names: Vec<&str> =
            references("${a} + ${last-saved#b.c} ${ d }").map(|r| r.name).collect();
        assert_eq!(names, ["a", "b.c"]);
        assert_eq!(broken_reference("${a} ${ d }"), Some(" d "));
        assert_eq!(broken_reference("${a"), Some("a"));
        assert_eq!(broken_reference("${a} {b}"), None);
    }

    #[test]
    fn a_default_is_computed_where_it_calls_refers_or_calculates() {
        for computed in ["now()", "${a}", "1 + 2", "a | b", "7 div 2", "uuid(1)"] {
            assert!(is_computed(computed, false), "{computed}");
        }
        for plain in
            ["2024-01-31", "hello world", "-3", "2-3", "a-b", "'1 + 2'", "10:00:00", "a div b"]
        {
            assert!(!is_computed(plain, false) || plain == "a div b", "{plain}");
        }
        assert!(is_computed("2024 - x", false));
        assert!(!is_computed("2024 - x", true));
    }

    #[test]
    fn predicates_of_other_instances_are_told_from_other_brackets() {
        let within = |text: &str| {
            let reference = references(text).next().expect("one");
            is_in_instance_predicate(text, reference)
        };
        assert!(within("instance('x')/root/item[name = ${a}]/label"));
        assert!(!within("instance('x')/root/item[name = 'a']/label = ${a}"));
        assert!(!within("/data/r[position() = ${a}]"));
    }
}
