//! The parts of a form as expressions see them: questions within groups and repeats.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::list::CodeList;

/// The name of the node that holds all answers.
pub(crate) const ROOT: &str = "data";

/// What a part of a form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Holds questions, once.
    Group,
    /// Holds questions, once for each row.
    Repeat,
    /// A question.
    Question,
}

/// A part of a form.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) name: Arc<str>,
    pub(crate) kind: Kind,
    /// The part it stands in; the first part has none.
    pub(crate) parent: Option<usize>,
    /// The list a question draws from.
    pub(crate) list: Option<Arc<CodeList>>,
    repeated: bool,
    inside: Vec<usize>,
}

/// All parts of a form. The first holds all others; a part stands after the one it is in.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    parts: Vec<Part>,
    places: BTreeMap<Arc<str>, Vec<usize>>,
}

/// A form without questions.
impl Default for Shape {
    fn default() -> Self {
        let root = Part {
            name: ROOT.into(),
            kind: Kind::Group,
            parent: None,
            list: None,
            repeated: false,
            inside: Vec::new(),
        };
        Self { parts: vec![root], places: BTreeMap::new() }
    }
}

impl Shape {
    /// Adds a part.
    pub(crate) fn add(
        &mut self,
        parent: usize,
        name: &str,
        kind: Kind,
        list: Option<Arc<CodeList>>,
    ) -> usize {
        let repeated = kind == Kind::Repeat || self.is_repeated(parent);
        let place = self.parts.len();
        let (name_shared, inside) = (name.into(), Vec::new());
        let part = Part { name: name_shared, kind, parent: Some(parent), list, repeated, inside };
        self.parts.push(part);
        if let Some(around) = self.parts.get_mut(parent) {
            around.inside.push(place);
        }
        self.places.entry(name.into()).or_default().push(place);
        place
    }

    /// The parts, each after the one it stands in.
    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }

    pub(crate) fn get(&self, part: usize) -> Option<&Part> {
        self.parts.get(part)
    }

    /// The parts that stand directly in a part.
    pub(crate) fn inside(&self, part: usize) -> &[usize] {
        self.get(part).map_or(&[], |part| &part.inside)
    }

    /// A part and everything in it.
    pub(crate) fn below(&self, part: usize) -> Vec<usize> {
        let mut found = vec![part];
        let mut next = 0;
        while let Some(part) = found.get(next).copied() {
            found.extend(self.inside(part));
            next = next.saturating_add(1);
        }
        found
    }

    /// Whether there may be several of it, or of a part it stands in.
    pub(crate) fn is_repeated(&self, part: usize) -> bool {
        self.get(part).is_some_and(|part| part.repeated)
    }

    pub(crate) fn is_question(&self, part: usize) -> bool {
        self.get(part).is_some_and(|part| part.kind == Kind::Question)
    }

    pub(crate) fn is_group(&self, part: usize) -> bool {
        self.get(part).is_some_and(|part| part.kind == Kind::Group)
    }

    pub(crate) fn is_repeat(&self, part: usize) -> bool {
        self.get(part).is_some_and(|part| part.kind == Kind::Repeat)
    }

    /// The part and all that it stands in, outermost first.
    pub(crate) fn lineage(&self, part: usize) -> Vec<usize> {
        let parent = |part: &usize| self.get(*part).and_then(|part| part.parent);
        let mut lineage: Vec<usize> = std::iter::successors(Some(part), parent).collect();
        lineage.reverse();
        lineage
    }

    /// The part that `name` means within `from`: of several the one that shares most with it.
    pub(crate) fn named(&self, name: &str, from: usize) -> Option<usize> {
        let known = self.places.get(name)?;
        if let [only] = known.as_slice() {
            return Some(*only);
        }
        let around = self.lineage(from);
        let shared = |part: &usize| {
            self.lineage(*part).iter().zip(&around).take_while(|(one, other)| one == other).count()
        };
        known.iter().copied().rev().max_by_key(shared)
    }

    /// Every name, once.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(|name| &**name)
    }

    /// The list of the question of this name.
    pub(crate) fn list_of(&self, name: &str) -> Option<&CodeList> {
        let places = self.places.get(name)?;
        places.iter().find_map(|place| self.get(*place)?.list.as_deref())
    }
}
