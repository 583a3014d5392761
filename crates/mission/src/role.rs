//! Reads `roles.toml`: who may do what, checked against the registers and compartments there are.

use std::collections::BTreeSet;

use forms::labels::Labels;
use forms::suggestion::suggestion;
use model::classification::Classification;
use model::id::Name;
use policy::{Action, Compartments, Grant, Registers, Role};

use crate::document::Section;
use crate::laid::Parts;
use crate::register::Register;

/// What stands for every register or compartment.
const EVERY: &str = "*";
const ROLE_KEYS: [&str; 4] = ["name", "title", "override", "grant"];
const GRANT_KEYS: [&str; 7] =
    ["registers", "except", "actions", "scope", "own_area", "clearance", "compartments"];

/// The parts of the pack that roles refer to.
pub(crate) struct Known<'a> {
    pub(crate) registers: &'a Parts<Register>,
    pub(crate) compartments: &'a Parts<Labels>,
}

/// Reads the role of this name.
pub(crate) fn read(name: Name, section: &Section<'_>, known: &Known<'_>) -> Role {
    section.knows(&ROLE_KEYS);
    section.demand("grant");
    let titles = section.required_labels("title");
    let labels = titles.iter().map(|(language, text)| (language.to_owned(), text.to_owned()));
    let grants = section.sections("grant").iter().map(|grant| read_grant(grant, known)).collect();
    Role { name, labels: labels.collect(), grants }
}

fn read_grant(section: &Section<'_>, known: &Known<'_>) -> Grant {
    section.knows(&GRANT_KEYS);
    for key in ["registers", "actions", "clearance"] {
        section.demand(key);
    }
    let registers = read_registers(section, known);
    let scope = section.text("scope");
    if let Some(scope) = &scope {
        check_scope(section, scope, &registers, known);
    }
    Grant {
        registers,
        actions: read_actions(section),
        scope,
        own_area: section.flag("own_area", false),
        clearance: read_clearance(section),
        compartments: read_compartments(section, known),
    }
}

fn read_registers(section: &Section<'_>, known: &Known<'_>) -> Registers {
    let known_only = |key: &'static str, names: Vec<Name>| {
        known_only(section, (key, "register", "register-unknown"), names, known.registers)
    };
    let except = known_only("except", section.names("except"));
    match names_or_every(section, "registers") {
        None if except.is_empty() => Registers::All,
        None => Registers::AllBut(except),
        Some(names) => {
            if section.has("except") {
                section.report(section.finding("role-except-of-some", "except"));
            }
            Registers::Some(known_only("registers", names))
        }
    }
}

fn read_compartments(section: &Section<'_>, known: &Known<'_>) -> Compartments {
    match names_or_every(section, "compartments") {
        None => Compartments::All,
        Some(names) => {
            let place = ("compartments", "compartment", "compartment-unknown");
            Compartments::Some(known_only(section, place, names, known.compartments))
        }
    }
}

/// The names of a list; `None` where it is `["*"]`.
fn names_or_every(section: &Section<'_>, key: &str) -> Option<Vec<Name>> {
    let texts = section.texts(key);
    if texts == [EVERY] {
        return None;
    }
    Some(texts.iter().filter_map(|text| section.checked_name(key, text)).collect())
}

/// Those of `names` that are known; a finding for each of the others.
fn known_only<T>(
    section: &Section<'_>,
    (key, value, code): (&str, &'static str, &'static str),
    names: Vec<Name>,
    known: &Parts<T>,
) -> BTreeSet<Name> {
    let (known_names, unknown): (Vec<Name>, Vec<Name>) =
        names.into_iter().partition(|name| known.contains_key(name));
    for name in unknown {
        let near = suggestion(name.as_str(), known.keys().map(Name::as_str));
        let finding = section.finding(code, key).with(value, &name);
        section.report(finding.with("nearest", near));
    }
    known_names.into_iter().collect()
}

fn read_actions(section: &Section<'_>) -> BTreeSet<Action> {
    let known = Action::ALL.map(Action::code);
    let words = section.texts("actions");
    let places = words.iter().filter_map(|word| section.choice("actions", word, &known));
    places.filter_map(|place| Action::ALL.get(place).copied()).collect()
}

fn read_clearance(section: &Section<'_>) -> Classification {
    let known = Classification::ALL.map(Classification::code);
    let word = section.text("clearance");
    let place = word.and_then(|word| section.choice("clearance", &word, &known));
    place.and_then(|place| Classification::ALL.get(place).copied()).unwrap_or_default()
}

/// A scope must be a filter on every register it is named for. For every register at once it must
/// be one on some: registers that lack its fields are then not granted. It may not name what is sealed:
/// who sees a record would tell what it holds.
fn check_scope(section: &Section<'_>, scope: &str, registers: &Registers, known: &Known<'_>) {
    let all = known.registers.values().map(|laid| &laid.part);
    let granted = all.filter(|register| registers.hold(&register.name));
    let read: Vec<_> = granted.map(|r| (r, filter::parse(scope, r.schema()))).collect();
    for (register, filter) in &read {
        let named = filter.iter().flat_map(filter::Filter::fields);
        let fields = named.filter_map(|name| register.form.field(name.as_str()));
        for field in fields.filter(|field| field.sealed.is_some()) {
            let finding = section.finding("register-field-sealed", "scope");
            let finding = finding.with("field", &field.name);
            section.report(finding.with("register", &register.name));
        }
    }
    let fits_some = read.iter().any(|(_register, read)| read.is_ok());
    let is_every = matches!(registers, Registers::All | Registers::AllBut(_));
    if is_every && fits_some {
        return;
    }
    for (register, read) in read {
        for finding in read.err().unwrap_or_default() {
            let finding = section.locate(finding, "scope");
            section.report(finding.with("register", &register.name));
        }
    }
}
