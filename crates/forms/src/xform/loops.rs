//! Loops: a group for every choice of a list, with its name and label put into the questions.

use super::choices::Choice;
use super::read::Form;
use super::tree::{Element, Id, Kind, ROOT};
use crate::workbook::Cell;

/// Puts groups in the place of the questions of every loop.
pub(super) fn lay_out(form: &mut Form) {
    for id in form.tree.descend(ROOT) {
        let Some(list) = form.tree.get_mut(id).loop_list.take() else { continue };
        let choices = form.choices.get(&list).map(|list| list.choices.clone()).unwrap_or_default();
        let questions = std::mem::take(&mut form.tree.get_mut(id).children);
        for choice in choices.iter().filter(|choice| choice.name != "none") {
            let mut group = Element::new(&choice.name, Kind::Group, choice.row);
            group.label.clone_from(&choice.label);
            group.media.clone_from(&choice.media);
            let group = form.tree.add(id, group);
            for question in &questions {
                copy(form, *question, group, choice);
            }
        }
    }
}

fn copy(form: &mut Form, from: Id, to: Id, choice: &Choice) {
    let mut element = form.tree.get(from).clone();
    let children = std::mem::take(&mut element.children);
    put_in(&mut element, choice);
    let id = form.tree.add(to, element);
    for child in children {
        copy(form, child, id, choice);
    }
}

fn put_in(element: &mut Element, choice: &Choice) {
    let plain = |text: &mut String| *text = filled(text, choice, None);
    plain(&mut element.name);
    let texts = [&mut element.default, &mut element.choice_filter, &mut element.itemset];
    texts.into_iter().flatten().for_each(plain);
    let cells = [&mut element.label, &mut element.hint, &mut element.guidance];
    for cell in cells.into_iter().flatten() {
        fill_cell(cell, choice, None);
    }
    for (_, cell) in element.bind.iter_mut().flatten().chain(&mut element.media) {
        fill_cell(cell, choice, None);
    }
    element.control.iter_mut().for_each(|(_, text)| plain(text));
}

fn fill_cell(cell: &mut Cell, choice: &Choice, language: Option<&str>) {
    match cell {
        Cell::Text(text) => *text = filled(text, choice, language),
        Cell::Named(cells) => {
            for (language, cell) in cells {
                fill_cell(cell, choice, Some(language));
            }
        }
    }
}

fn filled(text: &str, choice: &Choice, language: Option<&str>) -> String {
    if !text.contains("%(") {
        return text.to_owned();
    }
    let label = match (&choice.label, language) {
        (Some(Cell::Text(text)), _) => Some(text.as_str()),
        (Some(cell), Some(language)) => cell.get(language).and_then(Cell::text),
        _ => None,
    };
    let text = text.replace("%(name)s", &choice.name);
    text.replace("%(label)s", label.unwrap_or(&choice.name))
}
