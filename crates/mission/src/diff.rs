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
    /// A group of questions of a register.
    Group,
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
            Self::Group => "group",
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
    /// What only B has: part and name. A field's name is `register.field`, a code's `list.code`; a list
    /// of a register's own choices is `register.list`.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Tiny;

    fn changes(tiny: &Tiny) -> PackDiff {
        diff(&Tiny::new().pack("core"), &tiny.pack("core"))
    }

    fn said(diff: &PackDiff) -> Vec<String> {
        let facts = diff.changed.iter().flat_map(|changed| {
            let (part, name) = (changed.part.code(), &changed.name);
            let said = move |fact: &ChangedFact| {
                let ChangedFact { attribute, before, after } = fact;
                format!("{part} {name} {attribute}: {before} > {after}")
            };
            changed.facts.iter().map(said)
        });
        facts.collect()
    }

    #[test]
    fn a_pack_does_not_differ_from_itself_nor_by_blank_lines() {
        assert!(changes(&Tiny::new()).is_empty());
        let moved = Tiny::new()
            .edited("registers/incident/survey.csv", "geopoint,place", "\n\ngeopoint,place")
            .edited("mandates/2100-2013.toml", "[[task]]", "\n# a remark\n[[task]]");
        assert!(changes(&moved).is_empty());
    }

    #[test]
    fn parts_are_added_and_dropped_by_name() {
        let tiny = Tiny::new()
            .edited(
                "registers/incident/survey.csv",
                "text,summary,Summary,,\n",
                "text,summary,Summary,,\ntext,note,Note,,\n",
            )
            .edited("codelists/kind.csv", "killing,Killing,3\n", "");
        let found = changes(&tiny);
        assert_eq!(found.added, [(Part::Field, "incident.note".to_owned())]);
        assert_eq!(found.dropped, [(Part::Code, "kind.killing".to_owned())]);
        let mapping: Vec<Part> = found.changed.iter().map(|changed| changed.part).collect();
        assert_eq!(mapping, [Part::Mapping], "the crosswalk of the mapping lost a code");
    }

    #[test]
    fn what_a_form_asks_is_compared_with_the_choices_and_groups_of_its_own() {
        let form = |survey: &str, choices: &str| {
            Tiny::new().with("core", "registers/incident/choices.csv", choices).edited(
                "registers/incident/survey.csv",
                "text,summary,Summary,,\n",
                survey,
            )
        };
        let before = form(
            "begin_group,how,How,,\nselect_one mood,mood,Mood,,\nend_group,,,,\n\
             integer,heads,Heads,,. > 0\ntext,summary,Summary,,\n",
            "list_name,name,label\nmood,calm,Calm\nmood,tense,Tense\n",
        );
        let after = form(
            "begin_group,how,How it was,,\nselect_one mood,mood,Mood,,\nend_group,,,,\n\
             integer,heads,Heads,,. > 1\ntext,summary,Summary,yes,\n",
            "list_name,name,label,valid_to\nmood,calm,Quiet,\nmood,tense,Tense,2020-01-01\nmood,grim,Grim,\n",
        );
        let found = diff(&before.pack("core"), &after.pack("core"));
        assert_eq!(found.added, [(Part::Code, "incident.mood.grim".to_owned())]);
        assert_eq!(found.dropped, []);
        assert_eq!(
            said(&found),
            [
                "field incident.heads constraint: . > 0 > . > 1",
                "field incident.summary required: false > true",
                "group incident.how label.en: How > How it was",
                "code incident.mood.calm label.en: Calm > Quiet",
                "code incident.mood.tense valid_to:  > 2020-01-01",
            ]
        );
    }

    #[test]
    fn changed_parts_say_what_was_and_what_is() {
        let tiny = Tiny::new()
            .edited("codelists/kind.csv", "clash,Clash", "clash,Armed clash")
            .edited("mandates/2100-2013.toml", "text = {", "priority = true\ntext = {")
            .edited("roles.toml", "deaths > 0", "deaths > 1")
            .edited("pack.toml", "version = \"1\"", "version = \"2\"");
        let found = changes(&tiny);
        assert_eq!((found.added.len(), found.dropped.len()), (0, 0));
        assert_eq!(
            said(&found),
            [
                "pack pack version: 1 > 2",
                "task T-1 priority: false > true",
                "code kind.clash label.en: Clash > Armed clash",
                "role analyst grant.1.scope: deaths > 0 > deaths > 1",
            ]
        );
    }
}
