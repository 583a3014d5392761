//! TOML files of a pack, read key by key so that every mistake is found at once, with its line.
//!
//! A [`Section`] is one table of a file. Its reader names the keys it knows first; any other key is
//! a finding that names the nearest. Reading a key of the wrong type is a finding and gives nothing.

use std::fmt::Display;
use std::ops::Range;

use forms::labels::{Labels, is_language_code};
use forms::suggestion::suggestion;
use model::finding::Finding;
use model::id::Name;
use model::time::Date;
use serde_json::{Map, Value as Json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::findings::Findings;

/// One TOML file while it is read.
#[derive(Debug)]
struct Document<'a> {
    file: &'a str,
    line_starts: Vec<usize>,
    findings: &'a Findings,
}

/// One table of a TOML file.
#[derive(Clone, Debug)]
pub(crate) struct Section<'a> {
    document: &'a Document<'a>,
    table: &'a DeTable<'a>,
    path: String,
    /// The line the table begins in.
    pub(crate) row: u64,
}

/// Reads a file and gives its root to `reader`. Nothing where it is no TOML at all.
pub(crate) fn read<T>(
    file: &str,
    content: &[u8],
    findings: &Findings,
    reader: impl FnOnce(&Section<'_>) -> T,
) -> Option<T> {
    let at_file = |code| Finding::error(code).in_file(file);
    let Ok(text) = std::str::from_utf8(content) else {
        findings.push(at_file("toml-not-utf8"));
        return None;
    };
    let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let document = Document { file, line_starts: line_starts.collect(), findings };
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let row = document.row(&error.span().unwrap_or_default());
        findings.push(at_file("toml-syntax").at_row(row).with("problem", error.message()));
    }
    if !errors.is_empty() {
        return None;
    }
    let root = Section { document: &document, table: root.get_ref(), path: String::new(), row: 1 };
    Some(reader(&root))
}

impl Document<'_> {
    fn row(&self, span: &Range<usize>) -> u64 {
        self.line_starts.partition_point(|start| *start <= span.start) as u64
    }
}

impl<'a> Section<'a> {
    /// Says which keys there may be; any other is a finding.
    pub(crate) fn knows(&self, keys: &[&str]) {
        for key in self.table.keys() {
            let key = key.get_ref().as_ref();
            if !keys.contains(&key) {
                let near = suggestion(key, keys.iter().copied());
                let finding = self.finding("toml-key-unknown", key);
                self.report(finding.with("key", key).with("nearest", near));
            }
        }
    }

    /// Whether the key is there.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The keys of this table.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.table.keys().map(|key| key.get_ref().as_ref())
    }

    /// The text of a key.
    pub(crate) fn text(&self, key: &str) -> Option<String> {
        let value = self.table.get(key)?.get_ref();
        self.expect(key, "string", value, value.as_str()).map(str::to_owned)
    }

    /// The text of a key that must be there.
    pub(crate) fn required_text(&self, key: &str) -> Option<String> {
        self.demand(key);
        let text = self.text(key)?;
        if text.trim().is_empty() {
            self.report(self.finding("toml-text-empty", key).with("key", key));
        }
        Some(text)
    }

    /// A text, number or truth value, as text.
    pub(crate) fn scalar(&self, key: &str) -> Option<String> {
        let value = self.table.get(key)?.get_ref();
        let text = match value {
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Integer(number) => Some(number.to_string()),
            DeValue::Float(number) => Some(number.as_str().to_owned()),
            DeValue::Boolean(yes) => Some(yes.to_string()),
            DeValue::Datetime(time) => Some(time.to_string()),
            DeValue::Array(_) | DeValue::Table(_) => None,
        };
        self.expect(key, "string", value, text)
    }

    /// The name a key gives.
    pub(crate) fn name(&self, key: &str) -> Option<Name> {
        let text = self.text(key)?;
        self.checked_name(key, &text)
    }

    /// The name of a key that must be there.
    pub(crate) fn required_name(&self, key: &str) -> Option<Name> {
        self.demand(key);
        self.name(key)
    }

    /// The names of a list; a wrong one is a finding and left out.
    pub(crate) fn names(&self, key: &str) -> Vec<Name> {
        self.texts(key).iter().filter_map(|text| self.checked_name(key, text)).collect()
    }

    /// Whether a text is a name; a finding where it is not.
    pub(crate) fn checked_name(&self, key: &str, text: &str) -> Option<Name> {
        let finding = |_no_name| self.report(self.finding("name-invalid", key).with("value", text));
        Name::new(text).map_err(finding).ok()
    }

    /// The texts of a list; empty where the key is missing.
    pub(crate) fn texts(&self, key: &str) -> Vec<String> {
        let Some(value) = self.table.get(key).map(Spanned::get_ref) else { return Vec::new() };
        let texts = value.as_array().and_then(|array| {
            array.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect()
        });
        self.expect(key, "array of strings", value, texts).unwrap_or_default()
    }

    /// The numbers of a list as their texts.
    pub(crate) fn numbers(&self, key: &str) -> Option<Vec<String>> {
        let value = self.table.get(key)?.get_ref();
        let number = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
            DeValue::Integer(number) => Some(number.to_string()),
            DeValue::Float(number) => Some(number.as_str().to_owned()),
            _ => None,
        };
        let numbers = value.as_array().and_then(|array| array.iter().map(number).collect());
        self.expect(key, "array of numbers", value, numbers)
    }

    /// A truth value; `otherwise` where the key is missing.
    pub(crate) fn flag(&self, key: &str, otherwise: bool) -> bool {
        let Some(value) = self.table.get(key).map(Spanned::get_ref) else { return otherwise };
        self.expect(key, "boolean", value, value.as_bool()).unwrap_or(otherwise)
    }

    /// A whole number of this type.
    pub(crate) fn integer<N: TryFrom<i64>>(&self, key: &str) -> Option<N> {
        let value = self.table.get(key)?.get_ref();
        let number = value.as_integer();
        let number = self.expect(key, "integer", value, number)?;
        let parsed = i64::from_str_radix(number.as_str(), number.radix()).ok();
        let fitting = parsed.and_then(|whole| N::try_from(whole).ok());
        if fitting.is_none() {
            let finding = self.finding("toml-number-range", key);
            self.report(finding.with("key", key).with("value", number));
        }
        fitting
    }

    /// A day, as text or as a TOML date.
    pub(crate) fn date(&self, key: &str) -> Option<Date> {
        let text = self.scalar(key)?;
        let finding =
            |_no_date| self.report(self.finding("date-invalid", key).with("value", &text));
        text.parse().map_err(finding).ok()
    }

    /// The table of a key as JSON, for values whose types somebody else knows; empty where it is missing.
    pub(crate) fn json(&self, key: &str) -> Map<String, Json> {
        self.section(key).map(|section| json_of(section.table)).unwrap_or_default()
    }

    /// Texts by language: a table such as `{ en = "..", fr = ".." }`.
    pub(crate) fn labels(&self, key: &str) -> Labels {
        let Some(section) = self.section(key) else { return Labels::default() };
        let languages = section.keys().filter(|language| {
            let known = is_language_code(language);
            if !known {
                let finding = section.finding("language-invalid", language);
                section.report(finding.with("value", language));
            }
            known
        });
        let languages: Vec<&str> = languages.collect();
        let texts =
            languages.iter().filter_map(|language| Some((language, section.text(language)?)));
        texts.collect()
    }

    /// Texts by language that must be there.
    pub(crate) fn required_labels(&self, key: &str) -> Labels {
        self.demand(key);
        let labels = self.labels(key);
        if labels.is_empty() && self.has(key) {
            self.report(self.finding("toml-text-empty", key).with("key", key));
        }
        labels
    }

    /// The table of a key.
    pub(crate) fn section(&self, key: &str) -> Option<Self> {
        let (name, value) = self.table.get_key_value(key)?;
        let table = self.expect(key, "table", value.get_ref(), value.get_ref().as_table())?;
        Some(self.below(key, table, self.document.row(&name.span())))
    }

    /// The tables of a list; empty where the key is missing.
    pub(crate) fn sections(&self, key: &str) -> Vec<Self> {
        let Some(value) = self.table.get(key).map(Spanned::get_ref) else { return Vec::new() };
        let tables: Option<Vec<_>> = value.as_array().and_then(|array| {
            let table =
                |item: &'a Spanned<DeValue<'a>>| Some((item.get_ref().as_table()?, item.span()));
            array.iter().map(table).collect()
        });
        let tables = self.expect(key, "array of tables", value, tables).unwrap_or_default();
        let below = |(table, span)| self.below(key, table, self.document.row(&span));
        tables.into_iter().map(below).collect()
    }

    /// A finding about a key of this table: an error, with file, line and key. Without a key it is
    /// about the table.
    pub(crate) fn finding(&self, code: &'static str, key: &str) -> Finding {
        self.locate(Finding::error(code), key)
    }

    /// Says of a finding from elsewhere which key it is about.
    pub(crate) fn locate(&self, finding: Finding, key: &str) -> Finding {
        let row = self.row_of(key);
        finding.in_file(self.document.file).at_row(row).in_column(self.path_of(key))
    }

    /// The line of a key; that of the table where the key is missing.
    pub(crate) fn row_of(&self, key: &str) -> u64 {
        let name = self.table.get_key_value(key).map(|(name, _value)| name);
        name.map_or(self.row, |name| self.document.row(&name.span()))
    }

    /// Adds a finding to all others.
    pub(crate) fn report(&self, finding: Finding) {
        self.document.findings.push(finding);
    }

    /// A finding where the key is missing.
    pub(crate) fn demand(&self, key: &str) {
        if !self.has(key) {
            self.report(self.finding("toml-key-missing", key).with("key", key));
        }
    }

    /// A finding where `word` is none of `known`, else its place among them.
    pub(crate) fn choice(&self, key: &str, word: &str, known: &[&str]) -> Option<usize> {
        let found = known.iter().position(|candidate| *candidate == word);
        if found.is_none() {
            let near = suggestion(word, known.iter().copied());
            let finding = self.finding("toml-value-unknown", key).with("value", word);
            self.report(finding.with("nearest", near));
        }
        found
    }

    fn below(&self, key: &str, table: &'a DeTable<'a>, row: u64) -> Self {
        Self { document: self.document, table, path: self.path_of(key), row }
    }

    fn path_of(&self, key: &str) -> String {
        match (self.path.as_str(), key) {
            ("", key) => key.to_owned(),
            (path, "") => path.to_owned(),
            (path, key) => format!("{path}.{key}"),
        }
    }

    fn expect<T>(
        &self,
        key: &str,
        expected: impl Display,
        value: &DeValue<'_>,
        read: Option<T>,
    ) -> Option<T> {
        if read.is_none() {
            let finding = self.finding("toml-wrong-type", key).with("key", key);
            self.report(finding.with("expected", expected).with("found", value.type_str()));
        }
        read
    }
}

fn json_of(table: &DeTable<'_>) -> Map<String, Json> {
    table
        .iter()
        .map(|(key, value)| (key.get_ref().to_string(), value_json(value.get_ref())))
        .collect()
}

/// A number that JSON cannot hold stays a text: whoever reads the value says what is wrong with it.
fn value_json(value: &DeValue<'_>) -> Json {
    match value {
        DeValue::String(text) => Json::from(text.as_ref()),
        DeValue::Integer(number) => {
            let whole = i64::from_str_radix(number.as_str(), number.radix());
            whole.map_or_else(|_| Json::from(number.as_str()), Json::from)
        }
        DeValue::Float(number) => {
            let parsed = number.as_str().parse().ok().and_then(serde_json::Number::from_f64);
            parsed.map_or_else(|| Json::from(number.as_str()), Json::Number)
        }
        DeValue::Boolean(yes) => Json::from(*yes),
        DeValue::Datetime(time) => Json::from(time.to_string()),
        DeValue::Array(items) => items.iter().map(|item| value_json(item.get_ref())).collect(),
        DeValue::Table(table) => Json::Object(json_of(table)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text<T>(
        text: &str,
        reader: impl FnOnce(&Section<'_>) -> T,
    ) -> (Option<T>, Vec<String>) {
        let findings = Findings::default();
        let read = read("x.toml", text.as_bytes(), &findings, reader);
        (read, findings.into_sorted().iter().map(Finding::to_string).collect())
    }

    #[test]
    fn every_wrong_key_is_found_with_its_line() {
        let text = "naem = 1\nyear = \"x\"\nadopted = 2017-06-29\nuntil = \"0018-01-01\"\n\n[[task]]\nid = 3\n\n[[task]]\nid = \"A\"\n";
        let (_read, findings) = read_text(text, |root| {
            root.knows(&["name", "year", "adopted", "until", "task"]);
            root.required_name("name");
            assert_eq!(root.integer::<u16>("year"), None);
            assert_eq!(root.date("adopted"), "2017-06-29".parse().ok());
            root.date("until");
            let tasks: Vec<_> =
                root.sections("task").iter().map(|task| (task.row, task.text("id"))).collect();
            assert_eq!(tasks, [(6, None), (9, Some("A".to_owned()))]);
        });
        assert_eq!(
            findings,
            [
                "toml-key-unknown x.toml:1 [naem] key=naem nearest=name",
                "toml-key-missing x.toml:1 [name] key=name",
                "toml-wrong-type x.toml:2 [year] key=year expected=integer found=string",
                "date-invalid x.toml:4 [until] value=0018-01-01",
                "toml-wrong-type x.toml:7 [task.id] key=id expected=string found=integer",
            ]
        );
    }

    #[test]
    fn labels_are_texts_by_language() {
        let (labels, findings) =
            read_text("title = { en = \"A\", fr = \"B\", French = \"C\" }", |root| {
                root.labels("title")
            });
        assert_eq!(labels.expect("read").get("fr"), Some("B"));
        assert_eq!(findings, ["language-invalid x.toml:1 [title.French] value=French"]);
    }

    #[test]
    fn what_is_no_toml_is_said_with_its_line() {
        let (read, findings) = read_text("a = 1\nb = = 2\n", |_root| ());
        assert_eq!(read, None);
        assert!(findings[0].starts_with("toml-syntax x.toml:2 problem="), "{findings:?}");
        let sink = Findings::default();
        assert!(super::read("y.toml", b"\xff", &sink, |_root| ()).is_none());
        assert_eq!(sink.into_sorted()[0].to_string(), "toml-not-utf8 y.toml");
    }

    #[test]
    fn numbers_out_of_range_are_not_cut() {
        let (_read, findings) = read_text("number = 70000\nbox = [1, 2.5]", |root| {
            assert_eq!(root.integer::<u16>("number"), None);
            assert_eq!(root.numbers("box"), Some(vec!["1".to_owned(), "2.5".to_owned()]));
        });
        assert_eq!(findings, ["toml-number-range x.toml:1 [number] key=number value=70000"]);
    }
}
