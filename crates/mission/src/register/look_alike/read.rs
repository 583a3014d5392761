//! Reads `[look_alike]` and checks it against the form: every mistake at once, each at its line.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use forms::list::CodeList;
use model::id::Name;
use model::limits::LOOK_ALIKE_FIELDS_MAX;
use model::value::FieldType;

use super::{LookAlike, Near, Precision, Same, Words};
use crate::document::Section;
use crate::register::Register;
use crate::register::read::Fields;

const KEYS: [&str; 5] = ["threshold", "place", "time", "same", "words"];
const NEAR_KEYS: [&str; 6] = ["field", "within", "weight", "precision", "off", "unknown"];
const TIME_KEYS: [&str; 7] = ["field", "until", "within", "weight", "precision", "off", "unknown"];

const TIMES: [FieldType; 2] = [FieldType::Time, FieldType::Date];
/// What can be compared for being the same.
const SAME: [FieldType; 7] = [
    FieldType::Code,
    FieldType::Codes,
    FieldType::Text,
    FieldType::Integer,
    FieldType::Boolean,
    FieldType::Date,
    FieldType::Record,
];
/// The part of 100 from which on records are look-alikes, where nothing is said.
const THRESHOLD: u8 = 70;
/// What a part counts, where nothing is said.
const WEIGHT: u8 = 1;
const WEIGHT_MAX: u8 = 100;

/// The rule of a register, where it has one.
pub(in crate::register) fn read(root: &Section<'_>, register: &Register) -> Option<LookAlike> {
    let section = root.section("look_alike")?;
    section.knows(&KEYS);
    let part = |key: &str| section.section(key);
    let reading = Reading { register };
    let place = part("place").and_then(|part| {
        part.knows(&NEAR_KEYS);
        reading.near(&part, "reach-invalid", &[FieldType::Point])
    });
    let time = part("time").and_then(|part| {
        part.knows(&TIME_KEYS);
        reading.near(&part, "span-invalid", &TIMES)
    });
    let same: Vec<Same> =
        section.sections("same").iter().filter_map(|part| reading.same(part)).collect();
    let words = part("words").and_then(|part| reading.words(&part));
    let threshold = percent(&section, "threshold").unwrap_or(THRESHOLD);
    let rule = LookAlike { threshold, place, time, same, words };
    check(&section, &rule, register);
    Some(rule)
}

/// Candidates are looked for by place and time, in the index over the register's own fields of both:
/// a rule without either would compare everything with everything.
fn check(section: &Section<'_>, rule: &LookAlike, register: &Register) {
    if !section.has("place") && !section.has("time") {
        section.report(section.finding("look-alike-nowhere", ""));
    }
    let indexed = [
        ("place", rule.place.as_ref().map(|near| &near.field), &register.place_field),
        ("time", rule.time.as_ref().map(|near| &near.field), &register.time_field),
    ];
    for (key, field, indexed) in indexed {
        if let Some(field) = field.filter(|field| Some(*field) != indexed.as_ref()) {
            let finding = section.finding("look-alike-not-indexed", key).with("field", field);
            let known = indexed.as_ref().map(Name::as_str).unwrap_or_default();
            section.report(finding.with("key", format!("{key}_field")).with("known", known));
        }
    }
    let count = rule.fields().len();
    if count > LOOK_ALIKE_FIELDS_MAX {
        let finding = section.finding("look-alike-fields-many", "").with("found", count);
        section.report(finding.with("max", LOOK_ALIKE_FIELDS_MAX));
    }
}

struct Reading<'r> {
    register: &'r Register,
}

impl Reading<'_> {
    fn near<T: FromStr + Copy + Default + PartialEq>(
        &self,
        part: &Section<'_>,
        wrong: &'static str,
        kinds: &[FieldType],
    ) -> Option<Near<T>> {
        part.demand("field");
        part.demand("within");
        let fields = self.fields(part);
        let within = part.text("within").and_then(|text| {
            let within = measure(part, "within", &text, wrong)?;
            if within == T::default() {
                part.report(part.finding(wrong, "within").with("value", &text));
                return None;
            }
            Some(within)
        });
        let until = if part.has("until") { fields.one("until", kinds) } else { None };
        let precision = self.precision(part, wrong);
        let weight = weight(part);
        Some(Near { field: fields.one("field", kinds)?, until, within: within?, weight, precision })
    }

    fn precision<T: FromStr + Copy>(
        &self,
        part: &Section<'_>,
        wrong: &'static str,
    ) -> Option<Precision<T>> {
        if !part.has("precision") {
            for key in ["off", "unknown"].into_iter().filter(|key| part.has(key)) {
                part.report(part.finding("look-alike-precision-missing", key).with("key", key));
            }
            return None;
        }
        let field = self.fields(part).one("precision", &[FieldType::Code])?;
        let list = self.register.form.field(field.as_str())?.list.as_ref()?;
        let list = self.register.lists.get(list)?;
        let mut off = BTreeMap::new();
        if let Some(section) = part.section("off") {
            for code in section.keys() {
                let text = section.text(code);
                let measured = text.and_then(|text| measure(&section, code, &text, wrong));
                if let (Some(code), Some(measured)) = (known(&section, code, code, list), measured)
                {
                    off.insert(code, measured);
                }
            }
        }
        let unknown = part.texts("unknown");
        let unknown: BTreeSet<String> =
            unknown.iter().filter_map(|code| known(part, "unknown", code, list)).collect();
        Some(Precision { field, off, unknown })
    }

    fn same(&self, part: &Section<'_>) -> Option<Same> {
        part.knows(&["field", "must", "weight"]);
        part.demand("field");
        let (must, weight) = (part.flag("must", false), weight(part));
        Some(Same { field: self.fields(part).one("field", &SAME)?, must, weight })
    }

    fn words(&self, part: &Section<'_>) -> Option<Words> {
        part.knows(&["fields", "weight"]);
        part.demand("fields");
        let (fields, weight) =
            (self.fields(part).several("fields", &[FieldType::Text]), weight(part));
        (!fields.is_empty()).then_some(Words { fields, weight })
    }

    fn fields<'a>(&'a self, root: &'a Section<'a>) -> Fields<'a> {
        Fields { root, form: &self.register.form }
    }
}

/// A code of the list; a finding where there is none.
fn known(section: &Section<'_>, key: &str, code: &str, list: &CodeList) -> Option<String> {
    let codes: Vec<&str> = list.codes().iter().map(|code| code.code.as_str()).collect();
    section.choice(key, code, &codes).map(|_at| code.to_owned())
}

fn measure<T: FromStr>(
    section: &Section<'_>,
    key: &str,
    text: &str,
    wrong: &'static str,
) -> Option<T> {
    let measured = text.parse().ok();
    if measured.is_none() {
        section.report(section.finding(wrong, key).with("value", text));
    }
    measured
}

fn weight(part: &Section<'_>) -> u8 {
    within(part, "weight", WEIGHT_MAX).unwrap_or(WEIGHT)
}

fn percent(section: &Section<'_>, key: &str) -> Option<u8> {
    within(section, key, 100)
}

/// A whole number from 1 to `max`.
fn within(section: &Section<'_>, key: &str, max: u8) -> Option<u8> {
    let number: u8 = section.integer(key)?;
    if (1..=max).contains(&number) {
        return Some(number);
    }
    let finding = section.finding("toml-number-range", key).with("key", key);
    section.report(finding.with("value", number));
    None
}
