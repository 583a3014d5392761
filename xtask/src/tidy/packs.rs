//! Packs speak French wherever they speak English: labels in tables and in sheets.
//!
//! What else makes a pack right is the business of `casque pack check`.

use toml::{Table, Value};

use super::Violation;
use crate::workspace::Tree;

const ENGLISH: &str = "en";
const FRENCH: &str = "fr";
/// Folders of a pack with data from elsewhere, in the language it came in.
const FOREIGN: [&str; 2] = ["/demo/", "/places/"];

/// Every English text of a pack has its French beside it.
pub(crate) fn french(tree: &Tree) -> Vec<Violation> {
    let own = |path: &str| {
        path.starts_with("packs/") && !FOREIGN.iter().any(|folder| path.contains(folder))
    };
    let tables = tree.ending(".toml").filter(|(path, _)| own(path));
    let sheets = tree.ending(".csv").filter(|(path, _)| own(path));
    let tables = tables.flat_map(|(path, text)| table_without_french(path, text));
    tables.chain(sheets.flat_map(|(path, text)| sheet_without_french(path, text))).collect()
}

fn table_without_french(path: &str, text: &str) -> Vec<Violation> {
    match text.parse::<Table>() {
        Ok(table) => untranslated(&Value::Table(table), "")
            .into_iter()
            .map(|key| lacking(path, 0, &key))
            .collect(),
        Err(error) => vec![Violation::new(path, 0, format!("not readable: {error}"))],
    }
}

fn lacking(path: &str, line: usize, what: &str) -> Violation {
    Violation::new(path, line, format!("`{what}` has no French"))
}

/// The keys under which an English text has no French beside it.
fn untranslated(value: &Value, key: &str) -> Vec<String> {
    match value {
        Value::Table(table) if table.get(ENGLISH).is_some_and(Value::is_str) => {
            let french = table.get(FRENCH).and_then(Value::as_str).unwrap_or_default();
            french.trim().is_empty().then(|| key.to_owned()).into_iter().collect()
        }
        Value::Table(table) => {
            table.iter().flat_map(|(name, inner)| untranslated(inner, &join(key, name))).collect()
        }
        Value::Array(array) => array.iter().flat_map(|inner| untranslated(inner, key)).collect(),
        _ => Vec::new(),
    }
}

fn join(key: &str, name: &str) -> String {
    if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") }
}

fn sheet_without_french(path: &str, text: &str) -> Vec<Violation> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let Ok(header) = reader.headers().cloned() else {
        return vec![Violation::new(path, 0, "the first line is not readable")];
    };
    let mut violations = Vec::new();
    let mut pairs = Vec::new();
    for (index, column) in header.iter().enumerate() {
        let Some(topic) = topic_in(column, ENGLISH) else {
            continue;
        };
        match header.iter().position(|other| topic_in(other, FRENCH) == Some(topic)) {
            Some(twin) => pairs.push((index, twin, column)),
            None => violations.push(lacking(path, 1, column)),
        }
    }
    for row in reader.records().map_while(Result::ok) {
        let line =
            row.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(0));
        let has = |index: usize| row.get(index).is_some_and(|cell| !cell.trim().is_empty());
        let bare = pairs.iter().filter(|(english, french, _)| has(*english) && !has(*french));
        violations.extend(bare.map(|(_, _, column)| lacking(path, line, column)));
    }
    violations
}

/// What a column holds in this language: `label` of `label::en` and of `label::English (en)`.
fn topic_in<'a>(column: &'a str, language: &str) -> Option<&'a str> {
    let (topic, named) = column.trim().split_once("::")?;
    let code = named.rsplit_once('(').map_or(named, |(_, code)| code.trim_end_matches(')'));
    (code.trim() == language).then_some(topic.trim())
}

#[cfg(test)]
mod tests {
    use super::super::tests::messages;
    use super::*;

    #[test]
    fn a_table_without_french_is_found_at_any_depth() {
        let text = "title = { en = 'a', fr = 'b' }\n[[task]]\nid = '1'\ntext = { en = 'c' }\n[x]\ny = { en = 'd', fr = ' ' }\n";
        assert_eq!(
            messages(french, &[("packs/core/pack.toml", text)]),
            [
                "packs/core/pack.toml: `task.text` has no French",
                "packs/core/pack.toml: `x.y` has no French"
            ]
        );
        assert_eq!(messages(french, &[("packs/core/demo/demo.toml", text)]), [""; 0]);
    }

    #[test]
    fn a_sheet_without_french_is_found_by_row() {
        let text =
            "name,label::English (en),label::French (fr),hint::en\na,A,A,\nb,\"B\nB\",,\nc,C,,\n";
        assert_eq!(
            messages(french, &[("packs/core/codelists/a.csv", text)]),
            [
                "packs/core/codelists/a.csv:1: `hint::en` has no French",
                "packs/core/codelists/a.csv:3: `label::English (en)` has no French",
                "packs/core/codelists/a.csv:5: `label::English (en)` has no French"
            ]
        );
    }
}
