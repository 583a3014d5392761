//! Elements from rows of the survey.

use super::scan;
use super::tree::{Action, Element, Kind};
use super::types::{self, Control};
use crate::workbook::{Cell, Row};

/// A question of a row, of the type that `word` means.
pub(super) fn element(row: &Row, name: &str, word: &str) -> Element {
    let mut element = generated(name, word, row.number);
    fill(&mut element, row);
    element.default = row.text("default").map(str::to_owned);
    element.choice_filter = row.text("choice_filter").map(str::to_owned);
    let triggers = row.text("trigger").unwrap_or_default();
    element.triggers = scan::references(triggers).map(|found| found.name.to_owned()).collect();
    if element.controlled("appearance") == Some("label") && element.label.is_none() {
        element.label = Some(Cell::Text(" ".to_owned()));
    }
    element
}

/// A question that no row asks for.
pub(super) fn generated(name: &str, word: &str, row: u64) -> Element {
    let mut element = Element::new(name, Kind::Survey, row);
    word.clone_into(&mut element.word);
    if let Some(question) = types::of(word) {
        element.kind = Kind::Question(question);
        for (attribute, text) in question.bind {
            element.bind_to(attribute, Cell::Text((*text).to_owned()));
        }
        element.hint = question.hint.map(|hint| Cell::Text(hint.to_owned()));
        if let Control::Upload(kind) = question.control {
            element.control_with("mediatype", kind);
        }
    }
    element
}

/// A group or repeat of a row.
pub(super) fn section(row: &Row, name: &str, kind: Kind) -> Element {
    let mut element = Element::new(name, kind, row.number);
    fill(&mut element, row);
    if let Some(intent) = row.text("intent") {
        element.control_with("intent", intent);
    }
    element
}

/// A note for the label and hint of a table of selects, taken from it.
pub(super) fn table_label(section: &mut Element) -> Option<Element> {
    let (label, hint) = (section.label.take(), section.hint.take());
    if label.is_none() && hint.is_none() {
        return None;
    }
    let name = format!("generated_table_list_label_{}", section.row);
    let mut note = generated(&name, "note", section.row);
    (note.label, note.hint) = (label, hint);
    Some(note)
}

/// What a question does when a form opens, by its type.
pub(super) fn acts(element: &mut Element) {
    if element.word == "start-geopoint" {
        let (name, event) = ("odk:setgeopoint", "odk-instance-first-load");
        element.actions.push(Action { name, event, quality: None });
    }
}

/// Sets a computed default when the form opens, and in every new repetition.
pub(super) fn sets_default(element: &mut Element, in_repeat: bool) {
    let events = ["odk-instance-first-load", "odk-new-repeat"];
    for event in events.into_iter().take(if in_repeat { 2 } else { 1 }) {
        element.actions.push(Action { name: "setvalue", event, quality: None });
    }
}

fn fill(element: &mut Element, row: &Row) {
    element.label = row.get("label").cloned().or_else(|| element.label.take());
    element.hint = row.get("hint").cloned().or_else(|| element.hint.take());
    element.guidance = row.get("guidance_hint").cloned();
    element.media = media(row);
    for (name, cell) in row.get("bind").map_or(&[][..], Cell::named) {
        // Who may see the answer is decided where it arrives.
        if !name.starts_with("casque:") {
            element.bind_to(name, cell.clone());
        }
    }
    for (name, text) in texts(row, "control") {
        element.control_with(name, text);
    }
    let attributes = texts(row, "instance");
    element.instance = attributes.map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
}

fn texts<'a>(row: &'a Row, column: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let cells = row.get(column).map_or(&[][..], Cell::named).iter();
    cells.filter_map(|(name, cell)| Some((name.as_str(), cell.text()?)))
}

/// Pictures, sounds and films; those of no language may stand under its name.
fn media(row: &Row) -> Vec<(String, Cell)> {
    let media = row.get("media");
    let plain = media.and_then(|cell| cell.get("default")).map(Cell::named);
    match plain {
        Some(plain) if !plain.is_empty() => plain.to_vec(),
        _ => media.map_or(&[][..], Cell::named).to_vec(),
    }
}
