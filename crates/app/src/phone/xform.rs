//! A register's form as the XML that phones run: `XForms` with ODK's extensions.
//!
//! What a phone cannot answer is in the form without being asked: the state of the record's workflow,
//! and records it points to. The same form on the same day gives the same bytes; the version is a hash
//! over all the rest of them.

mod body;
mod model;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display};

use ::model::id::Name;
use ::model::time::Date;
use forms::form::Field;
use forms::labels::Labels;
use mission::register::Register;

use tree::Node;

/// The element that holds the answers.
const ROOT: &str = "data";
/// The language of a form that says nothing of languages.
const LANGUAGE: &str = "en";
/// Hexadecimal digits of a version.
const VERSION_DIGITS: usize = 16;

/// A form as phones read it, and its version.
pub(super) struct Emitted {
    pub(super) xml: String,
    pub(super) version: String,
}

/// The form of a register with the codes that may be chosen on a day.
pub(super) fn emit(register: &Register, today: Date) -> Emitted {
    let form = Source::of(register, today);
    let hash = blake3::hash(form.document("").as_bytes()).to_hex();
    let version: String = hash.chars().take(VERSION_DIGITS).collect();
    Emitted { xml: form.document(&version), version }
}

/// A form with all that is looked up while it is written.
struct Source<'r> {
    register: &'r Register,
    today: Date,
    nodes: Vec<Node<'r>>,
    /// The languages that anything is said in, the one that is shown first in front.
    languages: Vec<&'r str>,
    /// Where the answers stand, by the name that expressions have for them.
    paths: BTreeMap<&'r str, String>,
}

impl<'r> Source<'r> {
    fn of(register: &'r Register, today: Date) -> Self {
        let form = &register.form;
        let nodes = tree::nodes(form.fields(), form.groups());
        let mut paths = BTreeMap::new();
        tree::locate(&nodes, &format!("/{ROOT}"), &mut paths);
        let mut source = Self { register, today, nodes, languages: Vec::new(), paths };
        source.languages = source.spoken();
        source
    }

    fn document(&self, version: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?>\n\
             <h:html xmlns=\"http://www.w3.org/2002/xforms\" xmlns:h=\"http://www.w3.org/1999/xhtml\" \
             xmlns:jr=\"http://openrosa.org/javarosa\" xmlns:odk=\"http://www.opendatakit.org/xforms\" \
             xmlns:orx=\"http://openrosa.org/xforms\">\n<h:head>\n<h:title>{}</h:title>\n\
             <model odk:xforms-version=\"1.0.0\">\n{}</model>\n</h:head>\n<h:body>\n{}</h:body>\n</h:html>\n",
            Escaped(self.title()),
            model::write(self, version),
            body::write(self),
        )
    }

    fn title(&self) -> &'r str {
        let title = self.register.labels.get(self.languages.first().copied().unwrap_or(LANGUAGE));
        title.unwrap_or(self.register.name.as_str())
    }

    fn spoken(&self) -> Vec<&'r str> {
        let form = &self.register.form;
        let of_fields = form.every_field().flat_map(|field| [&field.labels, &field.hints]);
        let all: BTreeSet<&str> =
            of_fields.flat_map(Labels::iter).map(|(code, _text)| code).collect();
        let mut all: Vec<&str> = all.into_iter().collect();
        all.sort_by_key(|code| *code != LANGUAGE);
        if all.is_empty() { vec![LANGUAGE] } else { all }
    }

    /// Whether people are asked for it on a phone.
    fn is_asked(&self, field: &Field) -> bool {
        let is_state = self.register.workflow.as_ref().is_some_and(|flow| flow.field == field.name);
        let is_silent = matches!(
            field.question.as_str(),
            "record"
                | "calculate"
                | "hidden"
                | "start"
                | "end"
                | "today"
                | "deviceid"
                | "username"
                | "phonenumber"
                | "email"
        );
        !is_state && !is_silent
    }

    /// An expression with paths in place of the names of fields.
    fn expression(&self, text: &str) -> String {
        let mut written = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once("${") {
            let Some((name, after)) = behind.split_once('}') else { break };
            written.push_str(before);
            match self.paths.get(name.trim()) {
                Some(path) => {
                    written.push(' ');
                    written.push_str(path);
                    written.push(' ');
                }
                None => written.push_str("''"),
            }
            rest = after;
        }
        written.push_str(rest);
        written
    }

    /// The codes of a list that may be chosen, each once, in the order of its sheet.
    fn choices(&self, list: &Name) -> Vec<&'r forms::list::Code> {
        let Some(list) = self.register.lists.get(list) else { return Vec::new() };
        let mut told = BTreeSet::new();
        let held = list.codes().iter().filter(|code| code.holds_on(self.today));
        held.filter(|code| told.insert(code.code.as_str())).collect()
    }
}

/// Text within XML, in elements and in attributes.
struct Escaped<T>(T);

impl<T: AsRef<str>> Display for Escaped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.as_ref().chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\n' => f.write_str("&#10;")?,
                // XML has no way to say it.
                letter if letter.is_control() && letter != '\t' => f.write_str(" ")?,
                letter => write!(f, "{letter}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
