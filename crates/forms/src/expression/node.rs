//! The nodes that expressions look at: the answers of one record, or the items of a list.

use std::borrow::Cow;
use std::sync::Arc;

/// A node of one of the documents an expression sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NodeId {
    /// 0 is the record; the others are lists.
    pub(crate) document: usize,
    /// Its place in document order.
    pub(crate) index: usize,
}

/// Nodes in document order. The first is the root, which has no name; below it stands one node.
#[derive(Clone, Debug)]
pub(crate) struct Document<'a> {
    nodes: Vec<Node<'a>>,
    /// The first node of each part of the form.
    first_of: Vec<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    pub(crate) name: Arc<str>,
    pub(crate) text: Cow<'a, str>,
    pub(crate) parent: Option<usize>,
    pub(crate) first_child: Option<usize>,
    pub(crate) next: Option<usize>,
    pub(crate) previous: Option<usize>,
    /// Which of the nodes of its name it is that stand beside each other, from 1.
    pub(crate) ordinal: usize,
    last_child: Option<usize>,
    /// The part of the form it is of.
    pub(crate) part: usize,
    /// Where it is not asked, it reads as empty.
    pub(crate) relevant: bool,
}

impl<'a> Document<'a> {
    /// A root without anything.
    pub(crate) fn new() -> Self {
        let mut document = Self { nodes: Vec::new(), first_of: Vec::new() };
        document.nodes.push(node("".into(), Cow::Borrowed(""), None, usize::MAX));
        document
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Node<'a>> {
        self.nodes.get(index)
    }

    pub(crate) fn get_mut(&mut self, index: usize) -> Option<&mut Node<'a>> {
        self.nodes.get_mut(index)
    }

    /// The first node of a part of the form.
    pub(crate) fn first_of(&self, part: usize) -> Option<usize> {
        self.first_of.get(part).copied().filter(|index| *index > 0)
    }

    /// Adds a node of a part of the form.
    pub(crate) fn add_part(
        &mut self,
        parent: usize,
        part: (usize, Arc<str>),
        text: Cow<'a, str>,
    ) -> usize {
        let (part, name) = part;
        let index = self.add(parent, name, text, part);
        if self.first_of.len() <= part {
            self.first_of.resize(part.saturating_add(1), 0);
        }
        if let Some(first @ 0) = self.first_of.get_mut(part) {
            *first = index;
        }
        index
    }

    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Adds a node as the last child of `parent`, which must be the newest node or above it.
    pub(crate) fn add(
        &mut self,
        parent: usize,
        name: Arc<str>,
        text: Cow<'a, str>,
        part: usize,
    ) -> usize {
        let index = self.nodes.len();
        let mut added = node(name, text, Some(parent), part);
        if let Some(above) = self.nodes.get_mut(parent) {
            added.previous = above.last_child.replace(index);
            above.first_child.get_or_insert(index);
        }
        if let Some(previous) = added.previous.and_then(|previous| self.nodes.get_mut(previous)) {
            previous.next = Some(index);
            if previous.name == added.name {
                added.ordinal = previous.ordinal.saturating_add(1);
            }
        }
        self.nodes.push(added);
        index
    }

    /// The children of a node.
    pub(crate) fn children(&self, index: usize) -> impl Iterator<Item = usize> {
        let first = self.get(index).and_then(|node| node.first_child);
        std::iter::successors(first, |child| self.get(*child).and_then(|node| node.next))
    }

    /// The nodes above a node, nearest first.
    pub(crate) fn ancestors(&self, index: usize) -> impl Iterator<Item = usize> {
        let parent = |index: usize| self.get(index).and_then(|node| node.parent);
        std::iter::successors(parent(index), move |above| parent(*above))
    }

    /// One past the last node below this one.
    pub(crate) fn end(&self, index: usize) -> usize {
        let mut at = Some(index);
        while let Some(current) = at.and_then(|at| self.get(at)) {
            if let Some(next) = current.next {
                return next;
            }
            at = current.parent;
        }
        self.nodes.len()
    }

    /// What a node says: its own text, or that of everything below it.
    pub(crate) fn text(&self, index: usize) -> Cow<'_, str> {
        let Some(node) = self.get(index) else { return Cow::Borrowed("") };
        if node.first_child.is_none() {
            return Cow::Borrowed(if node.relevant { &node.text } else { "" });
        }
        let below = index.saturating_add(1)..self.end(index);
        let leaves = below.filter_map(|below| self.get(below)).filter(|node| node.relevant);
        Cow::Owned(leaves.map(|node| &*node.text).collect())
    }
}

fn node(name: Arc<str>, text: Cow<'_, str>, parent: Option<usize>, part: usize) -> Node<'_> {
    Node {
        name,
        text,
        parent,
        first_child: None,
        next: None,
        previous: None,
        ordinal: 1,
        last_child: None,
        part,
        relevant: true,
    }
}
