//! The texts of a form in its languages, and labels with answers put into them.

use std::collections::BTreeMap;

use super::choices::{ChoiceList, Choices};
use super::markup::Markup;
use super::reference::{self, Place};
use super::scan::{self, Part};
use super::tree::{Element, Id, Kind, ROOT, Tree};
use crate::workbook::Cell;

/// What stands where a language has no text.
const NO_TEXT: &str = "-";
const LONG: &str = "long";
const GUIDANCE: &str = "guidance";

/// A text and the element it belongs to.
type Said = (String, Option<Id>);

/// Texts by id, form (`long`, `image`) and language.
#[derive(Debug, Default)]
pub(super) struct Texts {
    default_language: String,
    languages: Vec<String>,
    said: BTreeMap<String, BTreeMap<String, BTreeMap<String, Said>>>,
}

impl Texts {
    /// Gathers the texts of a form.
    pub(super) fn gather(tree: &Tree, choices: &Choices, language: &str) -> Self {
        let mut texts = Self { default_language: language.to_owned(), ..Self::default() };
        for list in choices.iter().filter(|list| list.needs_texts()) {
            texts.add_list(list);
        }
        for id in tree.descend(ROOT) {
            let element = tree.get(id);
            if !matches!(element.kind, Kind::External(_)) {
                texts.add_element(tree, id, element);
            }
        }
        texts
    }

    /// The block of texts; nothing where there are none.
    pub(super) fn markup(&self, tree: &Tree) -> Option<Markup> {
        if self.languages.is_empty() {
            return None;
        }
        let mut itext = Markup::new("itext");
        for language in &self.languages {
            let mut translation = Markup::new("translation").with("lang", language);
            if *language == self.default_language {
                translation.set("default", "true()");
            }
            for (id, forms) in &self.said {
                let mut text = Markup::new("text").with("id", id);
                for (form, said) in forms {
                    let none = (NO_TEXT.to_owned(), None);
                    let said = said.get(language).unwrap_or(&none);
                    if let Some(value) = value(tree, form, said) {
                        text.add(value);
                    }
                }
                translation.add(text);
            }
            itext.add(translation);
        }
        Some(itext)
    }

    /// The files that texts name.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        let forms = self.said.values().flatten();
        let forms = forms.filter(|(form, _)| ![LONG, GUIDANCE].contains(&form.as_str()));
        forms.flat_map(|(_, said)| said.values()).map(|(file, _)| file.as_str())
    }

    fn add_list(&mut self, list: &ChoiceList) {
        for (place, choice) in list.choices.iter().enumerate() {
            let id = format!("{}-{place}", list.name);
            if let Some(label) = &choice.label {
                self.add(&id, LONG, label, None);
            }
            for (form, cell) in &choice.media {
                self.add(&id, form, cell, None);
            }
        }
    }

    fn add_element(&mut self, tree: &Tree, id: Id, element: &Element) {
        let path = tree.path(id);
        for message in ["jr:constraintMsg", "jr:requiredMsg", "jr:noAppErrorString"] {
            if let Some(cell) = element.bound(message).filter(|cell| is_text_of(message, cell)) {
                self.add(&format!("{path}:{message}"), LONG, cell, Some(id));
            }
        }
        if let Some(label) = element.label.as_ref().filter(|_| element.label_is_text()) {
            self.add(&format!("{path}:label"), LONG, label, Some(id));
        }
        if let Some(hint) = element.hint.as_ref().filter(|_| hint_is_text(element)) {
            self.add(&format!("{path}:hint"), LONG, hint, Some(id));
        }
        if let Some(guidance) = &element.guidance {
            self.add(&format!("{path}:hint"), GUIDANCE, guidance, Some(id));
        }
        for (form, cell) in &element.media {
            self.add(&format!("{path}:label"), form, cell, None);
        }
    }

    fn add(&mut self, id: &str, form: &str, cell: &Cell, element: Option<Id>) {
        let forms = self.said.entry(id.to_owned()).or_default();
        let said = forms.entry(form.to_owned()).or_default();
        for (language, text) in cell.spoken(&self.default_language) {
            if !self.languages.iter().any(|known| known == language) {
                self.languages.push(language.to_owned());
            }
            said.insert(language.to_owned(), (text.to_owned(), element));
        }
    }
}

/// Whether a message comes from the texts: it is in languages, or has answers in it.
pub(super) fn is_text_of(message: &str, cell: &Cell) -> bool {
    match cell {
        Cell::Named(_) => true,
        Cell::Text(text) => {
            message != "jr:noAppErrorString" && scan::references(text).next().is_some()
        }
    }
}

/// Whether a hint comes from the texts.
pub(super) fn hint_is_text(element: &Element) -> bool {
    matches!(element.hint, Some(Cell::Named(_))) || element.guidance.is_some()
}

/// One text as a client reads it; a missing picture is nothing.
fn value(tree: &Tree, form: &str, (text, element): &Said) -> Option<Markup> {
    let mut value = Markup::new("value");
    match form {
        LONG => {}
        GUIDANCE => value.set("form", GUIDANCE),
        _ if text == NO_TEXT => return None,
        _ => value.set("form", form),
    }
    match form {
        LONG | GUIDANCE => write(&mut value, tree, text, *element),
        "image" | "big-image" => value.text(&format!("jr://images/{text}")),
        form => value.text(&format!("jr://{form}/{text}")),
    }
    Some(value)
}

/// Writes a text, with answers in the place of references.
pub(super) fn write(markup: &mut Markup, tree: &Tree, text: &str, element: Option<Id>) {
    let place = element.map_or_else(Place::nowhere, Place::of);
    let mut done = 0;
    for call in scan::instance_paths(text) {
        write_parts(markup, tree, text.get(done..call.start).unwrap_or_default(), place);
        let call_text = text.get(call.clone()).unwrap_or_default();
        let path = reference::with_paths(tree, call_text, place);
        markup.add(Markup::new("output").with("value", &path));
        done = call.end;
    }
    write_parts(markup, tree, text.get(done..).unwrap_or_default(), place);
}

fn write_parts(markup: &mut Markup, tree: &Tree, text: &str, place: Place) {
    for part in scan::parts(text) {
        match part {
            Part::Text(text) => markup.text(text),
            Part::Reference(found) => {
                let path = reference::path(tree, text, found, place);
                markup.add(Markup::new("output").with("value", &path));
            }
        }
    }
}
