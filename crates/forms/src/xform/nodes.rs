//! The model: the empty answered form, what binds its nodes, and what is done when it opens.

use super::Emission;
use super::itext;
use super::markup::Markup;
use super::reference::{self, Place};
use super::scan;
use super::tree::{Element, Id, Kind, ROOT, Tree};
use crate::workbook::{Cell, yes_or_no};

/// The event of a new repetition.
const NEW_REPEAT: &str = "odk-new-repeat";

/// The node of the answered form, with everything in it.
pub(super) fn primary_instance(emission: &Emission<'_>) -> Markup {
    let mut root = section(&emission.form.tree, ROOT, false);
    let book = emission.book;
    for row in book.rows(crate::workbook::SETTINGS).iter().take(1) {
        for (name, cell) in row.get("attribute").map_or(&[][..], Cell::named) {
            root.set(name, cell.text().unwrap_or_default());
        }
    }
    root.set("id", &emission.id);
    let settings = [
        ("xmlns", "instance_xmlns"),
        ("version", "version"),
        ("odk:prefix", "prefix"),
        ("odk:delimiter", "delimiter"),
    ];
    for (attribute, setting) in settings {
        if let Some(text) = book.setting(setting) {
            root.set(attribute, text);
        }
    }
    Markup::new("instance").holding(root)
}

/// How and where answers are sent, where the settings say so.
pub(super) fn submission(emission: &Emission<'_>) -> Option<Markup> {
    let book = emission.book;
    let mut submission = Markup::new("submission");
    let empty = submission.clone();
    if let Some(address) = book.setting("submission_url") {
        submission = submission.with("action", address).with("method", "post");
    }
    let settings = [
        ("base64RsaPublicKey", "public_key"),
        ("orx:auto-send", "auto_send"),
        ("orx:auto-delete", "auto_delete"),
    ];
    for (attribute, setting) in settings {
        if let Some(text) = book.setting(setting) {
            submission.set(attribute, text);
        }
    }
    if book.is_set("client_editable") {
        submission.set("odk:client-editable", "true");
    }
    (submission != empty).then_some(submission)
}

/// A section's node. Of a repeat, a template stands before the first repetition, unless
/// `has_template` says that one stands already.
fn section(tree: &Tree, id: Id, has_template: bool) -> Markup {
    let element = tree.get(id);
    let mut node = Markup::new(&element.name);
    attributes(tree, id, &mut node);
    for child in &element.children {
        let (child, known) = (*child, tree.get(*child));
        if known.is_flat {
            flat(tree, child, &mut node);
        } else if known.kind == Kind::Repeat && !has_template {
            node.add(template(tree, child));
            node.add(section(tree, child, true));
        } else if !matches!(known.kind, Kind::External(_)) {
            node.add(any(tree, child, has_template));
        }
    }
    node
}

/// The nodes of a section that has none itself.
fn flat(tree: &Tree, id: Id, node: &mut Markup) {
    for child in &tree.get(id).children {
        if tree.get(*child).is_flat {
            flat(tree, *child, node);
        } else {
            node.add(any(tree, *child, false));
        }
    }
}

fn any(tree: &Tree, id: Id, has_template: bool) -> Markup {
    let element = tree.get(id);
    if element.is_section() {
        return section(tree, id, has_template);
    }
    let mut node = Markup::new(&element.name);
    if let Some(default) = element.default.as_ref().filter(|_| !element.is_dynamic) {
        node.text(default);
    }
    attributes(tree, id, &mut node);
    node
}

/// The node that clients copy for a new repetition.
fn template(tree: &Tree, id: Id) -> Markup {
    let mut node = Markup::new(&tree.get(id).name).with("jr:template", "");
    for child in &tree.get(id).children {
        match tree.get(*child).kind {
            Kind::Repeat => node.add(template(tree, *child)),
            Kind::External(_) => {}
            _ => node.add(any(tree, *child, false)),
        }
    }
    node
}

fn attributes(tree: &Tree, id: Id, node: &mut Markup) {
    for (name, text) in &tree.get(id).instance {
        node.set(name, &reference::with_paths(tree, text, Place::of(id)));
    }
}

/// What binds each node, and what is done when the form opens.
pub(super) fn binds(emission: &Emission<'_>, model: &mut Markup) {
    let tree = &emission.form.tree;
    for id in tree.descend(ROOT) {
        let element = tree.get(id);
        if element.bind.is_some() && !element.is_flat {
            model.add(bind(tree, id, element));
        }
        for action in actions(tree, id, false) {
            model.add(action);
        }
    }
}

fn bind(tree: &Tree, id: Id, element: &Element) -> Markup {
    let path = tree.path(id);
    let mut bind = Markup::new("bind").with("nodeset", &path);
    for (name, cell) in element.bind.iter().flatten() {
        let is_triggered = name == "calculate" && !element.triggers.is_empty();
        let is_message = ["jr:constraintMsg", "jr:requiredMsg", "jr:noAppErrorString"]
            .contains(&name.as_str())
            && itext::is_text_of(name, cell);
        if is_message {
            bind.set(name, &format!("jr:itext('{path}:{name}')"));
        } else if let Some(text) = cell.text().filter(|_| !is_triggered) {
            let text = logical(name, text);
            bind.set(name, &reference::with_paths(tree, text, Place::of(id)));
        }
    }
    bind
}

/// Yes and no as expressions.
fn logical<'a>(name: &str, text: &'a str) -> &'a str {
    let logical = ["readonly", "required", "relevant", "constraint", "calculate"];
    match yes_or_no(text).filter(|_| logical.contains(&name)) {
        Some(true) => "true()",
        Some(false) => "false()",
        None => text,
    }
}

/// What a question does when the form opens, or in every new repetition.
pub(super) fn actions(tree: &Tree, id: Id, in_repeat: bool) -> Vec<Markup> {
    let element = tree.get(id);
    let wanted = element.actions.iter().filter(|action| (action.event == NEW_REPEAT) == in_repeat);
    let markup = wanted.map(|action| {
        let mut node = Markup::new(action.name);
        node = node.with("ref", &tree.path(id)).with("event", action.event);
        if let Some(default) = element.default.as_ref().filter(|_| action.name == "setvalue") {
            node.set("value", &reference::with_paths(tree, default, Place::of(id)));
        }
        if let Some(quality) = &action.quality {
            node.set("odk:quality", quality);
        }
        node
    });
    markup.collect()
}

/// Whether any expression of an element asks for the answers sent before.
pub(super) fn asks_last_saved(element: &Element) -> bool {
    expressions(element).any(|text| scan::references(text).any(|reference| reference.is_last_saved))
}

/// The expressions of an element that may look into other instances.
pub(super) fn expressions(element: &Element) -> impl Iterator<Item = &str> {
    let bound = ["calculate", "constraint", "readonly", "required", "relevant"];
    let bound = bound.into_iter().filter_map(|name| element.bound(name).and_then(Cell::text));
    let others = [&element.choice_filter, &element.default];
    bound.chain(others.into_iter().filter_map(Option::as_deref))
}
