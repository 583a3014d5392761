//! The tree that a form's fields and groups make: what stands in what, in the order of the sheet.

use std::collections::BTreeMap;

use forms::form::{Field, Group};
use model::value::FieldType;

/// A group with what stands in it, or a field; a repeat is a field with what stands in it.
pub(super) enum Node<'r> {
    Group(&'r Group, Vec<Self>),
    Field(&'r Field, Vec<Self>),
}

impl<'r> Node<'r> {
    pub(super) fn name(&self) -> &'r str {
        match self {
            Self::Group(group, _) => &group.name,
            Self::Field(field, _) => field.name.as_str(),
        }
    }
}

/// The tree of these fields.
pub(super) fn nodes<'r>(fields: &'r [Field], groups: &'r [Group]) -> Vec<Node<'r>> {
    let named: BTreeMap<&str, &Group> =
        groups.iter().map(|group| (group.name.as_str(), group)).collect();
    let mut roots = Vec::new();
    for field in fields {
        place(&mut roots, &way(field, &named), field);
    }
    roots
}

/// Where each field stands, by its name; of two of one name the first.
pub(super) fn locate<'r>(nodes: &[Node<'r>], above: &str, paths: &mut BTreeMap<&'r str, String>) {
    for node in nodes {
        let path = format!("{above}/{}", node.name());
        let (Node::Group(_, inner) | Node::Field(_, inner)) = node;
        locate(inner, &path, paths);
        paths.entry(node.name()).or_insert(path);
    }
}

/// The groups a field stands in, the outermost first.
fn way<'r>(field: &'r Field, named: &BTreeMap<&str, &'r Group>) -> Vec<&'r Group> {
    let mut way = Vec::new();
    let mut group = field.group.as_deref();
    while let Some(found) = group.and_then(|name| named.get(name)) {
        way.push(*found);
        group = found.parent.as_deref().filter(|_| way.len() <= named.len());
    }
    way.reverse();
    way
}

fn place<'r>(siblings: &mut Vec<Node<'r>>, way: &[&'r Group], field: &'r Field) {
    let Some((group, rest)) = way.split_first() else {
        let is_repeat = field.kind == FieldType::Rows;
        let inner = if is_repeat { nodes(&field.fields, &field.groups) } else { Vec::new() };
        siblings.push(Node::Field(field, inner));
        return;
    };
    let same = |node: &Node<'_>| matches!(node, Node::Group(known, _) if known.name == group.name);
    if !siblings.iter().any(same) {
        siblings.push(Node::Group(group, Vec::new()));
    }
    if let Some(Node::Group(_, inner)) = siblings.iter_mut().find(|node| same(node)) {
        place(inner, rest, field);
    }
}
