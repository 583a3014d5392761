//! The background of an exercise: many small events beside the injects, made by a program from a seed, with
//! the faults that real reports have.
//!
//! What happens, in which words and how often where is data of the pack; here is only how it is drawn.
//! `exercise/background.toml` says it.

mod draw;
mod generate;
mod hawkes;
mod words;

use std::collections::BTreeMap;

use forms::answer::parse_answer;
use forms::check::unknown_field;
use forms::suggestion::suggestion;
use model::id::Name;
use model::limits::EXERCISE_EVENTS_MAX;
use serde_json::{Map, Value as Json};

use super::{Around, Person, read};
use crate::document::Section;
use crate::register::Register;
pub use generate::{Event, Fault};
use words::Template;

/// The file.
pub(super) const FILE: &str = "exercise/background.toml";
const KEYS: [&str; 16] = [
    "seed",
    "per_day",
    "register",
    "key",
    "level",
    "text",
    "offspring",
    "decay_h",
    "duplicates",
    "wrong_grids",
    "late",
    "withdrawn",
    "person",
    "areas",
    "values",
    "words",
];
const LISTS: [&str; 3] = ["type", "again", "withdraw"];
const TYPE_KEYS: [&str; 5] = ["weight", "areas", "values", "texts", "again"];

/// How the background is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Background {
    /// The seed: the same seed gives the same events.
    pub seed: u64,
    /// Events a day, on average; over all days exactly so many times the days.
    pub per_day: u16,
    /// The register they are reported in.
    pub register: Name,
    /// What the keys of their rows begin with.
    pub key: String,
    /// The person who brings rows in, corrects, merges and marks.
    pub person: Person,
    /// The level of the areas.
    pub level: u8,
    /// The field that the words go into.
    pub text: Name,
    /// Of a hundred events, so many were set off by another.
    pub offspring: u8,
    /// After so many hours an event sets off 1/e of what it did at once.
    pub decay_h: u16,
    /// Of a hundred events, so many are told of twice.
    pub duplicates: u8,
    /// Of a hundred events, so many have a wrong grid.
    pub wrong_grids: u8,
    /// Of a hundred events, so many are told of after more than 48 hours.
    pub late: u8,
    /// Of a hundred events, so many are withdrawn.
    pub withdrawn: u8,
    /// The areas, and how much happens there.
    pub areas: BTreeMap<String, u32>,
    /// Values of every row.
    values: BTreeMap<String, Template>,
    /// Values of rows that tell of an event again.
    again: BTreeMap<String, Template>,
    words: BTreeMap<String, Vec<String>>,
    types: Vec<EventType>,
    /// The steps with which a withdrawn report is marked, each with its values.
    pub withdraw: Vec<(Name, Map<String, Json>)>,
}

#[derive(Clone, Debug, PartialEq)]
struct EventType {
    weight: u32,
    /// P-codes begin with one of these; any where there are none.
    areas: Vec<String>,
    values: BTreeMap<String, Template>,
    texts: Vec<Template>,
    again: Vec<Template>,
}

/// Reads the background.
pub(super) fn read_background(
    root: &Section<'_>,
    (around, days): (&Around<'_>, u16),
) -> Option<Background> {
    let known: Vec<&str> = KEYS.iter().chain(&LISTS).copied().collect();
    root.knows(&known);
    for key in ["seed", "per_day", "register", "key", "text", "person", "areas", "type"] {
        root.demand(key);
    }
    let register = root.text("register")?;
    let Some(register) = around.pack.register(&register) else {
        let near = suggestion(&register, around.pack.registers.keys().map(Name::as_str));
        let finding = root.finding("register-unknown", "register").with("register", &register);
        root.report(finding.with("nearest", near));
        return None;
    };
    let reader = Reader { register, around, words: words(root) };
    let per_day: u16 = root.integer("per_day")?;
    let events = usize::from(per_day) * usize::from(days);
    if !(1..=EXERCISE_EVENTS_MAX).contains(&events) {
        let finding = root.finding("exercise-too-many", "per_day").with("found", events);
        root.report(finding.with("max", EXERCISE_EVENTS_MAX));
        return None;
    }
    let level = if root.has("level") { root.integer("level")? } else { 2 };
    let person = root.section("person").and_then(|person| read::person(around, &person));
    let background = Background {
        seed: root.integer("seed")?,
        per_day,
        register: register.name.clone(),
        key: key(root)?,
        person: person?,
        level,
        text: root.required_name("text")?,
        offspring: percent(root, "offspring", 30),
        decay_h: if root.has("decay_h") { root.integer("decay_h")? } else { 18 },
        duplicates: percent(root, "duplicates", 0),
        wrong_grids: percent(root, "wrong_grids", 0),
        late: percent(root, "late", 0),
        withdrawn: percent(root, "withdrawn", 0),
        areas: reader.areas(root, level),
        values: reader.values(root, "values"),
        again: root
            .section("again")
            .map(|again| reader.values(&again, "values"))
            .unwrap_or_default(),
        types: root.sections("type").iter().map(|section| reader.event_type(section)).collect(),
        withdraw: root.sections("withdraw").iter().filter_map(|s| reader.step(s)).collect(),
        words: reader.words,
    };
    let is_whole = background.areas.values().any(|weight| *weight > 0)
        && background.types.iter().any(|kind| kind.weight > 0 && !kind.texts.is_empty());
    if !is_whole || background.decay_h == 0 {
        root.report(root.finding("exercise-background-empty", "type"));
        return None;
    }
    Some(background)
}

/// What keys begin with; rows are found again by it in a filter, so it holds nothing that means something there.
fn key(root: &Section<'_>) -> Option<String> {
    let key = root.required_text("key")?;
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    if key.is_empty() || !key.chars().all(is_plain) {
        let finding = root.finding("exercise-background-key", "key");
        root.report(finding.with("value", &key));
    }
    Some(key)
}

fn percent(root: &Section<'_>, key: &str, otherwise: u8) -> u8 {
    if !root.has(key) {
        return otherwise;
    }
    let percent: u8 = root.integer(key).unwrap_or_default();
    if percent > 25 && key != "offspring" || percent > 90 {
        root.report(root.finding("exercise-background-share", key).with("value", percent));
    }
    percent.min(90)
}

fn words(root: &Section<'_>) -> BTreeMap<String, Vec<String>> {
    let Some(section) = root.section("words") else { return BTreeMap::new() };
    let words = |key: &str| (key.to_owned(), section.texts(key));
    section.keys().map(words).filter(|(_key, words)| !words.is_empty()).collect()
}

struct Reader<'a> {
    register: &'a Register,
    around: &'a Around<'a>,
    words: BTreeMap<String, Vec<String>>,
}

impl Reader<'_> {
    /// Areas must be there, and have a settlement: events are told of near one.
    fn areas(&self, root: &Section<'_>, level: u8) -> BTreeMap<String, u32> {
        let Some(section) = root.section("areas") else { return BTreeMap::new() };
        let places = self.around.places;
        let mut areas = BTreeMap::new();
        for code in section.keys() {
            let lies = |at| places.find(level, at) == Some(code);
            if !places.settlements().iter().any(|settlement| lies(settlement.position)) {
                section
                    .report(section.finding("exercise-background-area", code).with("area", code));
            } else if let Some(weight) = section.integer::<u16>(code) {
                areas.insert(code.to_owned(), weight.into());
            }
        }
        areas
    }

    fn event_type(&self, section: &Section<'_>) -> EventType {
        section.knows(&TYPE_KEYS);
        section.demand("texts");
        EventType {
            weight: if section.has("weight") { section.integer("weight").unwrap_or(1) } else { 1 },
            areas: section.texts("areas"),
            values: self.values(section, "values"),
            texts: self.templates(section, "texts"),
            again: self.templates(section, "again"),
        }
    }

    fn templates(&self, section: &Section<'_>, key: &str) -> Vec<Template> {
        let templates = section.texts(key);
        templates.iter().filter_map(|text| self.template((section, key), text)).collect()
    }

    fn template(&self, (section, key): (&Section<'_>, &str), text: &str) -> Option<Template> {
        let template = Template::parse(text, &self.words);
        let report = |placeholder: String| {
            let near = suggestion(&placeholder, self.words.keys().map(String::as_str));
            let finding = section.finding("exercise-background-word", key);
            section.report(finding.with("word", placeholder).with("nearest", near));
        };
        template.map_err(report).ok()
    }

    /// Values by field; those without a placeholder are held to the field.
    fn values(&self, section: &Section<'_>, key: &str) -> BTreeMap<String, Template> {
        let Some(section) = section.section(key) else { return BTreeMap::new() };
        let mut values = BTreeMap::new();
        for name in section.keys() {
            let Some(text) = section.scalar(name) else { continue };
            let Some(field) = self.register.form.field(name) else {
                section.report(section.locate(unknown_field(&self.register.form, name), name));
                continue;
            };
            let Some(template) = self.template((&section, name), &text) else { continue };
            if template.is_plain() {
                let parsed = parse_answer(field, &text);
                let unknown = |value| self.register.unknown_codes(field, Option::as_ref(&value));
                for finding in parsed.map_or_else(|findings| findings, unknown) {
                    section.report(section.locate(finding, name));
                }
            }
            values.insert(name.to_owned(), template);
        }
        values
    }

    fn step(&self, section: &Section<'_>) -> Option<(Name, Map<String, Json>)> {
        section.knows(&["step", "values"]);
        let step = section.required_name("step")?;
        let workflow = self.register.workflow.as_ref();
        if workflow.is_none_or(|workflow| workflow.transition(step.as_str()).is_none()) {
            let steps = workflow.iter().flat_map(|workflow| &workflow.transitions);
            let near = suggestion(step.as_str(), steps.map(|known| known.name.as_str()));
            let finding = section.finding("transition-unknown", "step");
            section.report(finding.with("transition", &step).with("nearest", near));
        }
        Some((step, section.json("values")))
    }
}
