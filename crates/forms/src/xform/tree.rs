//! The elements of a form as a tree: what each is called, and where it stands.

use std::collections::BTreeMap;

use super::types::{Control, QuestionType};
use crate::workbook::Cell;

/// The place of an element in its form.
pub(super) type Id = usize;

/// The root of every form.
pub(super) const ROOT: Id = 0;

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Survey,
    Group,
    Repeat,
    Question(QuestionType),
    /// A file that expressions look things up in; its extension.
    External(&'static str),
}

impl Kind {
    /// Whether there may be several of it.
    pub(crate) fn repeats(self) -> bool {
        self == Self::Repeat
    }
}

/// Something that is done when something happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Action {
    pub(super) name: &'static str,
    pub(super) event: &'static str,
    /// The quality of a recording.
    pub(super) quality: Option<String>,
}

/// An element of a form: a question, a group, a repeat.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of its own")]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) kind: Kind,
    /// The type as it is called, for what depends on it.
    pub(super) word: String,
    pub(super) row: u64,
    pub(super) parent: Option<Id>,
    pub(super) children: Vec<Id>,
    pub(super) label: Option<Cell>,
    pub(super) hint: Option<Cell>,
    pub(super) guidance: Option<Cell>,
    pub(super) media: Vec<(String, Cell)>,
    pub(super) bind: Option<Vec<(String, Cell)>>,
    pub(super) control: Vec<(String, String)>,
    /// Attributes of its node in the instance.
    pub(super) instance: Vec<(String, String)>,
    pub(super) default: Option<String>,
    /// Whether its default is computed.
    pub(super) is_dynamic: bool,
    pub(super) actions: Vec<Action>,
    pub(super) triggers: Vec<String>,
    pub(super) choice_filter: Option<String>,
    pub(super) parameters: Vec<(String, String)>,
    /// The list, file or reference that it is chosen from.
    pub(super) itemset: Option<String>,
    /// Whether choices stand in the body, for the clients' own search.
    pub(super) searches: bool,
    /// The list outside the form that it is looked up in.
    pub(super) query: Option<String>,
    /// Whether it has no node of its own.
    pub(super) is_flat: bool,
    /// Whether it is not shown, with all that stands in it.
    pub(super) is_bodyless: bool,
    /// The list that a loop goes over.
    pub(super) loop_list: Option<String>,
}

impl Element {
    pub(super) fn new(name: &str, kind: Kind, row: u64) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            word: String::new(),
            row,
            parent: None,
            children: Vec::new(),
            label: None,
            hint: None,
            guidance: None,
            media: Vec::new(),
            bind: None,
            control: Vec::new(),
            instance: Vec::new(),
            default: None,
            is_dynamic: false,
            actions: Vec::new(),
            triggers: Vec::new(),
            choice_filter: None,
            parameters: Vec::new(),
            itemset: None,
            searches: false,
            query: None,
            is_flat: false,
            is_bodyless: false,
            loop_list: None,
        }
    }

    pub(super) fn control(&self) -> Control {
        match self.kind {
            Kind::Question(question) => question.control,
            _ => Control::None,
        }
    }

    pub(super) fn is_section(&self) -> bool {
        matches!(self.kind, Kind::Survey | Kind::Group | Kind::Repeat)
    }

    pub(super) fn is_question(&self) -> bool {
        matches!(self.kind, Kind::Question(_))
    }

    /// What its bind says under this name.
    pub(super) fn bound(&self, name: &str) -> Option<&Cell> {
        let bind = self.bind.as_ref()?;
        bind.iter().find(|(known, _)| known == name).map(|(_, cell)| cell)
    }

    /// Sets what its bind says.
    pub(super) fn bind_to(&mut self, name: &str, cell: Cell) {
        let bind = self.bind.get_or_insert_default();
        match bind.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = cell,
            None => bind.push((name.to_owned(), cell)),
        }
    }

    /// Sets an attribute of its control.
    pub(super) fn control_with(&mut self, name: &str, text: &str) {
        match self.control.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => text.clone_into(known),
            None => self.control.push((name.to_owned(), text.to_owned())),
        }
    }

    /// An attribute of its control.
    pub(super) fn controlled(&self, name: &str) -> Option<&str> {
        self.control.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    /// Whether its label comes from the texts of the languages.
    pub(super) fn label_is_text(&self) -> bool {
        matches!(self.label, Some(Cell::Named(_))) || !self.media.is_empty()
    }
}

/// Who has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    One(Id),
    Several,
}

/// All elements of a form.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    elements: Vec<Element>,
    /// Elements by name.
    named: BTreeMap<String, Named>,
    /// What a path goes through that is asked for and not there; never reached.
    nothing: Element,
}

impl Tree {
    /// A form with nothing in it.
    pub(super) fn new(root: &str) -> Self {
        Self {
            elements: vec![Element::new(root, Kind::Survey, 0)],
            named: BTreeMap::new(),
            nothing: Element::new("", Kind::Survey, 0),
        }
    }

    pub(super) fn get(&self, id: Id) -> &Element {
        self.elements.get(id).unwrap_or(&self.nothing)
    }

    pub(super) fn get_mut(&mut self, id: Id) -> &mut Element {
        self.elements.get_mut(id).unwrap_or(&mut self.nothing)
    }

    /// Adds an element as the last child of another.
    pub(super) fn add(&mut self, parent: Id, mut element: Element) -> Id {
        let id = self.elements.len();
        element.parent = Some(parent);
        self.elements.push(element);
        self.get_mut(parent).children.push(id);
        id
    }

    /// Learns who is called what, once all are there.
    pub(super) fn learn_names(&mut self) {
        let mut named: BTreeMap<String, Named> = BTreeMap::new();
        for id in self.descend(ROOT) {
            let element = self.get(id);
            if element.is_section() || element.is_question() {
                named
                    .entry(element.name.clone())
                    .and_modify(|known| *known = Named::Several)
                    .or_insert(Named::One(id));
            }
        }
        self.named = named;
    }

    /// Who has a name, where anybody has.
    pub(super) fn named(&self, name: &str) -> Option<Named> {
        self.named.get(name).copied()
    }

    /// Every name.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.named.keys().map(String::as_str)
    }

    /// An element and all below it, in the order of the sheet.
    pub(super) fn descend(&self, from: Id) -> Vec<Id> {
        let mut found = Vec::new();
        let mut open = vec![from];
        while let Some(id) = open.pop() {
            found.push(id);
            open.extend(self.get(id).children.iter().rev());
        }
        found
    }

    /// The elements above one, the nearest first.
    pub(super) fn above(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(self.get(id).parent, |above| self.get(*above).parent)
    }

    /// The path of an element from the root.
    pub(super) fn path(&self, id: Id) -> String {
        self.path_below(id, None)
    }

    /// The path of an element from below another.
    pub(super) fn path_below(&self, id: Id, below: Option<Id>) -> String {
        let mut names = vec![id];
        names.extend(self.above(id).take_while(|above| Some(*above) != below));
        let named = names.iter().rev().map(|id| self.get(*id)).filter(|known| !known.is_flat);
        named.fold(String::new(), |path, known| path + "/" + &known.name)
    }

    /// The nearest element of these kinds above both, and the steps to it from the first.
    pub(super) fn common(&self, id: Id, other: Id, kinds: &[Kind]) -> Option<(usize, Id)> {
        let others: Vec<Id> = self.above(other).collect();
        let mut steps = (1_usize..).zip(self.above(id));
        steps.find(|(_, above)| others.contains(above) && kinds.contains(&self.get(*above).kind))
    }

    /// The nearest repeat above an element.
    pub(super) fn repeat_above(&self, id: Id) -> Option<Id> {
        self.above(id).find(|above| self.get(*above).kind == Kind::Repeat)
    }
}
