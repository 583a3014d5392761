//! The body: what a form client shows.

use std::collections::BTreeMap;

use model::finding::Finding;

use super::Emission;
use super::itext;
use super::markup::Markup;
use super::nodes;
use super::reference::{self, Place};
use super::scan;
use super::select;
use super::tree::{Element, Id, Kind, ROOT, Tree};
use super::types::Control;
use crate::workbook::{Cell, SURVEY};

/// The body of a form.
pub(super) fn write(emission: &Emission<'_>, findings: &mut Vec<Finding>) -> Markup {
    let mut body = Markup::new("h:body");
    if let Some(style) = emission.book.setting("style") {
        body.set("class", style);
    }
    let tree = &emission.form.tree;
    let mut triggered: BTreeMap<&str, Vec<Id>> = BTreeMap::new();
    for id in tree.descend(ROOT) {
        for name in &tree.get(id).triggers {
            triggered.entry(name).or_default().push(id);
        }
    }
    let mut writer = Writer { emission, tree, triggered, findings };
    writer.children(ROOT, &mut body);
    body
}

struct Writer<'a> {
    emission: &'a Emission<'a>,
    tree: &'a Tree,
    /// The questions that are set when another is answered, by its name.
    triggered: BTreeMap<&'a str, Vec<Id>>,
    findings: &'a mut Vec<Finding>,
}

impl Writer<'_> {
    fn children(&mut self, id: Id, into: &mut Markup) {
        for child in &self.tree.get(id).children {
            let markup = match self.tree.get(*child).kind {
                Kind::Survey | Kind::External(_) => None,
                Kind::Group => self.group(*child),
                Kind::Repeat => Some(self.repeat(*child)),
                Kind::Question(_) => self.question(*child),
            };
            if let Some(markup) = markup {
                into.add(markup);
            }
        }
    }

    fn group(&mut self, id: Id) -> Option<Markup> {
        let element = self.tree.get(id);
        if element.is_bodyless {
            return None;
        }
        let mut group = Markup::new("group");
        self.attributes(id, &mut group);
        if !element.is_flat {
            group.set("ref", &self.tree.path(id));
        }
        if element.label.is_some() {
            group.add(self.label(id));
        }
        self.children(id, &mut group);
        Some(group)
    }

    fn repeat(&mut self, id: Id) -> Markup {
        let path = self.tree.path(id);
        let mut repeat = Markup::new("repeat").with("nodeset", &path);
        self.attributes(id, &mut repeat);
        self.children(id, &mut repeat);
        for inner in self.tree.descend(id) {
            if self.tree.repeat_above(inner) == Some(id) {
                for action in nodes::actions(self.tree, inner, true) {
                    repeat.add(action);
                }
            }
        }
        Markup::new("group").with("ref", &path).holding(self.label(id)).holding(repeat)
    }

    fn question(&mut self, id: Id) -> Option<Markup> {
        let element = self.tree.get(id);
        let is_computed = element.bound("calculate").is_some() || !element.triggers.is_empty();
        let is_shown = element.label.is_some() || element.hint.is_some();
        let is_unseen = element.word == "calculate" || (is_computed && !is_shown);
        if is_unseen || element.control().tag().is_empty() {
            for triggered in self.triggered(&element.name).into_iter().filter(|_| is_unseen) {
                let row = self.tree.get(triggered).row;
                self.refuse(row, "form-trigger-unseen", "trigger", &element.name);
            }
            return None;
        }
        let mut markup = Markup::new(element.control().tag()).with("ref", &self.tree.path(id));
        self.attributes(id, &mut markup);
        self.label_and_hint(id, &mut markup);
        if let Some(query) = &element.query {
            markup.set("query", &self.query(id, query));
        }
        self.items(id, &mut markup);
        for triggered in self.triggered(&element.name) {
            markup.add(self.setting(id, triggered));
        }
        Some(markup)
    }

    fn triggered(&self, name: &str) -> Vec<Id> {
        self.triggered.get(name).cloned().unwrap_or_default()
    }

    fn setting(&self, id: Id, triggered: Id) -> Markup {
        let element = self.tree.get(triggered);
        let is_place = element.word == "background-geopoint";
        let action = Markup::new(if is_place { "odk:setgeopoint" } else { "setvalue" });
        let action = action.with("ref", &self.tree.path(triggered));
        let action = action.with("event", "xforms-value-changed");
        match element.bound("calculate").and_then(Cell::text).filter(|_| !is_place) {
            Some(text) => {
                action.with("value", &reference::with_paths(self.tree, text, Place::of(id)))
            }
            None => action,
        }
    }

    fn attributes(&self, id: Id, markup: &mut Markup) {
        for (name, text) in &self.tree.get(id).control {
            markup.set(name, &reference::with_paths(self.tree, text, Place::of(id)));
        }
    }

    fn label(&self, id: Id) -> Markup {
        let element = self.tree.get(id);
        let mut label = Markup::new("label");
        if element.label_is_text() {
            label.set("ref", &format!("jr:itext('{}:label')", self.tree.path(id)));
        } else if let Some(text) = element.label.as_ref().and_then(Cell::text) {
            itext::write(&mut label, self.tree, text, Some(id));
        }
        label
    }

    fn label_and_hint(&mut self, id: Id, markup: &mut Markup) {
        let element = self.tree.get(id);
        let has_label = element.label.is_some() || !element.media.is_empty();
        if !has_label && element.hint.is_none() {
            self.refuse(element.row, "form-label-missing", "label", &element.name);
        }
        let is_large = |form: &str| element.media.iter().any(|(known, _)| known == form);
        if is_large("big-image") && !is_large("image") {
            self.refuse(element.row, "form-image-missing", "image", &element.name);
        }
        markup.add(self.label(id));
        if itext::hint_is_text(element) {
            let reference = format!("jr:itext('{}:hint')", self.tree.path(id));
            markup.add(Markup::new("hint").with("ref", &reference));
        } else if let Some(text) = element.hint.as_ref().and_then(Cell::text) {
            let mut hint = Markup::new("hint");
            itext::write(&mut hint, self.tree, text, Some(id));
            markup.add(hint);
        }
    }

    fn query(&self, id: Id, list: &str) -> String {
        let filter = self.tree.get(id).choice_filter.as_deref().unwrap_or_default();
        let place = Place { element: Some(id), uses_current: true, from_parent: false };
        let filter = reference::with_paths(self.tree, filter, place);
        format!("instance('{list}')/root/item[{filter}]")
    }

    /// What a question is chosen from.
    fn items(&self, id: Id, markup: &mut Markup) {
        let element = self.tree.get(id);
        let Some(list) = &element.itemset else { return };
        if element.searches {
            return self.items_in_body(id, list, markup);
        }
        let from = match element.control() {
            Control::Range => self.list_items(list),
            _ => file_items(element, list).unwrap_or_else(|| {
                self.answer_items(id, list).unwrap_or_else(|| self.list_items(list))
            }),
        };
        let is_filtered = !matches!(element.control(), Control::Range);
        let nodeset = if is_filtered { self.filtered(id, &from) } else { from.nodeset.clone() };
        let itemset = Markup::new("itemset").with("nodeset", &nodeset);
        let value = Markup::new("value").with("ref", &from.value);
        let label = Markup::new("label").with("ref", &from.label);
        markup.add(itemset.holding(value).holding(label));
    }

    fn list_items(&self, list: &str) -> From {
        let known = self.emission.form.choices.get(list);
        let needs_texts = known.is_some_and(super::choices::ChoiceList::needs_texts);
        From {
            nodeset: format!("instance('{list}')/root/item"),
            value: "name".to_owned(),
            label: if needs_texts { "jr:itext(itextId)" } else { "label" }.to_owned(),
            filter: None,
            is_answers: false,
        }
    }

    fn answer_items(&self, id: Id, list: &str) -> Option<From> {
        scan::references(list).next()?;
        let place = Place { element: Some(id), uses_current: false, from_parent: true };
        let path = reference::with_paths(self.tree, list, place).trim().to_owned();
        if self.tree.get(id).control().chooses() {
            let (nodeset, last) = path.rsplit_once('/')?;
            let filter = Some(format!("./{last} != ''"));
            let (nodeset, value) = (nodeset.to_owned(), last.to_owned());
            return Some(From { nodeset, label: value.clone(), value, filter, is_answers: true });
        }
        let (value, label) = ("geometry".to_owned(), "geometry".to_owned());
        let filter = Some("./geometry != ''".to_owned());
        Some(From { nodeset: path, value, label, filter, is_answers: true })
    }

    /// The nodes to choose from, filtered and shuffled as the question asks.
    fn filtered(&self, id: Id, from: &From) -> String {
        let element = self.tree.get(id);
        let filter = element.choice_filter.as_ref().map(|filter| {
            let place =
                Place { element: Some(id), uses_current: true, from_parent: from.is_answers };
            let filter = reference::with_paths(self.tree, filter, place);
            if !from.is_answers {
                return filter;
            }
            let current = format!("current()/{}", from.nodeset);
            filter.replace(&current, ".").replace(&from.nodeset, ".")
        });
        let filter = filter.or_else(|| from.filter.clone());
        let nodeset = &from.nodeset;
        let nodeset =
            filter.map_or_else(|| nodeset.clone(), |filter| format!("{nodeset}[{filter}]"));
        if element.parameter("randomize") != Some("true") {
            return nodeset;
        }
        let Some(seed) = element.parameter("seed") else { return format!("randomize({nodeset})") };
        let seed = reference::with_paths(self.tree, seed, Place::of(id));
        format!("randomize({nodeset}, {})", seed.trim())
    }

    /// Choices as they stand in the body of a question that searches.
    fn items_in_body(&self, id: Id, list: &str, markup: &mut Markup) {
        let Some(list) = self.emission.form.choices.get(list) else { return };
        let needs_texts = list.needs_texts();
        for (place, choice) in list.choices.iter().enumerate() {
            let mut label = Markup::new("label");
            if needs_texts {
                label.set("ref", &format!("jr:itext('{}-{place}')", list.name));
            } else if let Some(text) = choice.label.as_ref().and_then(Cell::text)
                && self.tree.get(id).label.is_some()
            {
                itext::write(&mut label, self.tree, text, None);
            }
            let value = Markup::new("value").of(&choice.name);
            markup.add(Markup::new("item").holding(label).holding(value));
        }
    }

    fn refuse(&mut self, row: u64, code: &'static str, column: &str, name: &str) {
        let finding = Finding::error(code).in_file(SURVEY).at_row(row).in_column(column);
        self.findings.push(finding.with("name", name));
    }
}

/// Choices from a file beside the form.
fn file_items(element: &Element, list: &str) -> Option<From> {
    let ending = select::ending(list)?;
    let (value, label) = if ending == ".geojson" { ("id", "title") } else { ("name", "label") };
    let named = |name: &str, usual: &str| element.parameter(name).unwrap_or(usual).to_owned();
    Some(From {
        nodeset: format!("instance('{}')/root/item", list.strip_suffix(ending)?),
        value: named("value", value),
        label: named("label", label),
        filter: None,
        is_answers: false,
    })
}

/// Nodes to choose from, and what of each is stored and shown.
struct From {
    nodeset: String,
    value: String,
    label: String,
    filter: Option<String>,
    /// Whether they are answers of this form.
    is_answers: bool,
}
