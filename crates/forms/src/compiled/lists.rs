//! Code lists as nodes: `root/item`, below which stand the cells of a row.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use model::id::Name;

use super::rules::{Rule, named_lists};
use crate::expression::evaluate::ListDocuments;
use crate::expression::node::{Document, NodeId};
use crate::list::{Code, CodeList, Lists};

/// Where the rows of a code stand, by list and code.
pub(super) type Items = BTreeMap<Name, BTreeMap<String, Vec<NodeId>>>;

/// No part of the form.
const NO_PART: usize = usize::MAX;

/// The lists that expressions look into, in order of their names.
pub(super) fn documents(rules: &[Rule], lists: &Lists) -> ListDocuments {
    used(rules, lists).map(|(name, list)| (name.to_string(), document(list))).collect()
}

/// The items of every list whose choices are filtered.
pub(super) fn items(rules: &[Rule], lists: &Lists) -> Items {
    let filtered: BTreeSet<&Name> = filtered(rules).collect();
    let used = used(rules, lists).enumerate();
    let wanted = used.filter(|(_place, (name, _list))| filtered.contains(name));
    wanted.map(|(place, (name, list))| (name.clone(), items_of(list, place))).collect()
}

fn used<'a>(
    rules: &'a [Rule],
    lists: &'a Lists,
) -> impl Iterator<Item = (&'a Name, &'a Arc<CodeList>)> {
    let expressions = rules.iter().flat_map(Rule::expressions);
    let named: BTreeSet<&str> = expressions.flat_map(|(_column, e)| named_lists(e)).collect();
    let filtered: BTreeSet<&Name> = filtered(rules).collect();
    lists.iter().filter(move |(name, _)| named.contains(name.as_str()) || filtered.contains(name))
}

fn filtered(rules: &[Rule]) -> impl Iterator<Item = &Name> {
    let filtered = rules.iter().filter(|rule| rule.choice_filter.is_some());
    filtered.filter_map(|rule| rule.field.as_ref()?.list.as_ref())
}

/// The cells of a code: what it is called, what it stands below, and every other column.
pub(crate) fn cells(code: &Code) -> Vec<(&str, Cow<'_, str>)> {
    let mut cells = vec![("name", Cow::Borrowed(code.code.as_str()))];
    let label = code.labels.get("en").unwrap_or_default();
    cells.push(("label", Cow::Borrowed(label)));
    cells.extend(code.parent.iter().map(|parent| ("parent", Cow::Borrowed(parent.as_str()))));
    cells.extend(
        code.crosswalks.iter().map(|(name, codes)| (name.as_str(), codes.join(";").into())),
    );
    cells
}

fn document(list: &CodeList) -> Document<'static> {
    let mut names: BTreeMap<String, Arc<str>> = BTreeMap::new();
    let mut named = |name: &str| -> Arc<str> {
        Arc::clone(names.entry(name.to_owned()).or_insert_with(|| name.into()))
    };
    let mut document = Document::new();
    let (root, item) = (named("root"), named("item"));
    let root = document.add(0, root, Cow::Borrowed(""), NO_PART);
    for code in list.codes() {
        let at = document.add(root, Arc::clone(&item), Cow::Borrowed(""), NO_PART);
        for (name, text) in cells(code) {
            document.add(at, named(name), Cow::Owned(text.into_owned()), NO_PART);
        }
    }
    document
}

/// An item follows the cells of the one before it, and the first follows the root.
fn items_of(list: &CodeList, place: usize) -> BTreeMap<String, Vec<NodeId>> {
    let mut items: BTreeMap<String, Vec<NodeId>> = BTreeMap::new();
    let mut index = 2_usize;
    for code in list.codes() {
        let id = NodeId { document: place.saturating_add(1), index };
        items.entry(code.code.clone()).or_default().push(id);
        index = index.saturating_add(cells(code).len()).saturating_add(1);
    }
    items
}
