//! What changed from one pack to another, part by part and fact by fact.
//!
//! Every pack is first told as facts (part, name, attribute, text); two tellings are then compared.
//! Where a thing stands in its file is no fact about it.

mod facts;

use std::collections::BTreeSet;

use crate::pack::Pack;
use facts::Facts;

/// The kinds of parts a pack has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What the manifest says.
    Pack,
    /// A mandate.
    Mandate,
    /// A task of a mandate.
    Task,
    /// A register.
    Register,
    /// A field of a register.
    Field,
    /// A code list.
    List,
    /// A code of a list.
    Code,
    /// A role.
    Role,
    /// A compartment.
    Compartment,
    /// An import mapping.
    Mapping,
}

impl Part {
    /// The word for it in JSON and messages.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pack => "pack",
            Self::Mandate => "mandate",
            Self::Task => "task",
            Self::Register => "register",
            Self::Field => "field",
            Self::List => "list",
            Self::Code => "code",
            Self::Role => "role",
            Self::Compartment => "compartment",
            Self::Mapping => "mapping",
        }
    }
}

/// From pack A to pack B.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackDiff {
    /// What only B has: part and name. A field's name is `register.field`, a code's `list.code`.
    pub added: Vec<(Part, String)>,
    /// What only A has.
    pub dropped: Vec<(Part, String)>,
    /// What both have and say differently.
    pub changed: Vec<Changed>,
}

/// A part that both packs have, and what they say differently of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// What kind of part.
    pub part: Part,
    /// Its name.
    pub name: String,
    /// What is said of it.
    pub facts: Vec<ChangedFact>,
}

/// One attribute, as A and as B has it; empty where one has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedFact {
    /// The attribute: `label.fr`, `required`.
    pub attribute: String,
    /// What A says.
    pub before: String,
    /// What B says.
    pub after: String,
}

impl PackDiff {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.dropped.is_empty() && self.changed.is_empty()
    }
}

/// Compares two packs.
pub fn diff(a: &Pack, b: &Pack) -> PackDiff {
    let (a, b) = (facts::of(a), facts::of(b));
    let mut diff = PackDiff::default();
    for ((part, name), before) in &a {
        match b.get(&(*part, name.clone())) {
            None => diff.dropped.push((*part, name.clone())),
            Some(after) if after == before => {}
            Some(after) => diff.changed.push(Changed {
                part: *part,
                name: name.clone(),
                facts: changed_facts(before, after),
            }),
        }
    }
    diff.added = b.into_keys().filter(|key| !a.contains_key(key)).collect();
    diff
}

fn changed_facts(before: &Facts, after: &Facts) -> Vec<ChangedFact> {
    let both: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let said = |facts: &Facts, attribute: &str| facts.get(attribute).cloned().unwrap_or_default();
    let fact = |attribute: &String| ChangedFact {
        attribute: attribute.clone(),
        before: said(before, attribute),
        after: said(after, attribute),
    };
    both.into_iter().map(fact).filter(|fact| fact.before != fact.after).collect()
}
