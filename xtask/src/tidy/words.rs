//! The catalogues of words: English and French say the same things, with the same values.

use std::collections::{BTreeMap, BTreeSet};

use super::Violation;
use crate::workspace::Tree;

/// The catalogue that decides what there is.
pub(crate) const ENGLISH: &str = "crates/server/i18n/en.ftl";
/// Its translation.
pub(crate) const FRENCH: &str = "crates/server/i18n/fr.ftl";

/// A message of a Fluent catalogue: its line, its attributes, the values it mentions.
#[derive(Debug, Default)]
pub(crate) struct Message {
    /// Where it stands, from 1.
    pub(crate) line: usize,
    /// The names of its attributes.
    pub(crate) attributes: BTreeSet<String>,
    values: BTreeSet<String>,
}

/// The messages of a catalogue by key. Only the outline is read; the server's tests read the rest.
pub(crate) fn messages(text: &str) -> BTreeMap<String, Message> {
    let mut found = BTreeMap::new();
    let mut current = None;
    for (index, line) in text.lines().enumerate() {
        if let Some(key) = key_of(line) {
            found.insert(key.to_owned(), Message { line: index + 1, ..Message::default() });
            current = Some(key.to_owned());
        }
        if let Some(message) = current.as_ref().and_then(|key| found.get_mut(key)) {
            message.attributes.extend(attribute_of(line).map(str::to_owned));
            message.values.extend(values_of(line).map(str::to_owned));
        }
    }
    found
}

/// Both catalogues have the same keys, attributes and values.
pub(crate) fn catalogues(tree: &Tree) -> Vec<Violation> {
    let (Some(english), Some(french)) = (tree.text(ENGLISH), tree.text(FRENCH)) else {
        return Vec::new();
    };
    let (english, french) = (messages(english), messages(french));
    let mut violations = missing(ENGLISH, &english, FRENCH, &french);
    violations.extend(missing(FRENCH, &french, ENGLISH, &english));
    for (key, message) in &english {
        violations.extend(french.get(key).and_then(|twin| differing(key, message, twin)));
    }
    violations
}

fn missing(
    file: &str,
    known: &BTreeMap<String, Message>,
    other_file: &str,
    other: &BTreeMap<String, Message>,
) -> Vec<Violation> {
    let lost = known.iter().filter(|(key, _)| !other.contains_key(*key));
    lost.map(|(key, message)| {
        Violation::new(file, message.line, format!("`{key}` is not in {other_file}"))
    })
    .collect()
}

fn differing(key: &str, english: &Message, french: &Message) -> Option<Violation> {
    let what = if english.attributes != french.attributes {
        "attributes"
    } else if english.values != french.values {
        "values"
    } else {
        return None;
    };
    Some(Violation::new(FRENCH, french.line, format!("`{key}` has other {what} than in English")))
}

fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let begins = key.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'-');
    let plain =
        key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    (begins && plain).then_some(key)
}

fn attribute_of(line: &str) -> Option<&str> {
    let (name, _) = line.trim_start().strip_prefix('.')?.split_once('=')?;
    line.starts_with(' ').then_some(name.trim_end())
}

/// The names behind `$` in a line.
fn values_of(line: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_');
    line.split('$').skip(1).filter_map(move |rest| rest.split(ends).next())
}

#[cfg(test)]
mod tests {
    use super::super::tests::messages as told;
    use super::*;

    #[test]
    fn catalogues_that_differ_are_found() {
        let english = "a = A { $x }\n    .fix = f\nb = B\nc = { $n } C\n";
        let french = "a = A { $x }\nc = { $m } C\nd = D\n";
        assert_eq!(
            told(catalogues, &[(ENGLISH, english), (FRENCH, french)]),
            [
                "crates/server/i18n/en.ftl:3: `b` is not in crates/server/i18n/fr.ftl",
                "crates/server/i18n/fr.ftl:3: `d` is not in crates/server/i18n/en.ftl",
                "crates/server/i18n/fr.ftl:1: `a` has other attributes than in English",
                "crates/server/i18n/fr.ftl:2: `c` has other values than in English"
            ]
        );
        assert_eq!(told(catalogues, &[(ENGLISH, english), (FRENCH, english)]), [""; 0]);
    }

    #[test]
    fn comments_and_continued_lines_are_no_keys() {
        let text = "# a = b\nkey-one =\n    text with x = y and { $value }\n    .fix = more\n";
        let found = messages(text);
        assert_eq!(found.keys().collect::<Vec<_>>(), ["key-one"]);
        assert!(
            found["key-one"].attributes.contains("fix")
                && found["key-one"].values.contains("value")
        );
    }
}
