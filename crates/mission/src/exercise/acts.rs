//! Reads `acts/day-NN.toml`: what the people of an exercise do, and what must then be seen.

use forms::answer::parse_json;
use forms::check::unknown_field;
use forms::labels::Labels;
use forms::suggestion::suggestion;
use model::finding::Finding;
use model::id::{Name, RecordId};
use model::limits::EXERCISE_ACTS_MAX;
use model::time::Timestamp;
use serde_json::{Map, Value as Json};

use super::reference::Keys;
use super::{Act, Around, Check, Deed, Exercise, FOLDER};
use crate::document::{self, Section};
use crate::findings::Findings;
use crate::layer::LayerFolder;
use crate::register::Register;

const ACT_KEYS: [&str; 14] = [
    "inject", "at", "by", "do", "register", "key", "step", "other", "take", "text", "reason",
    "refused", "values", "note",
];
const CHECK_KEYS: [&str; 10] =
    ["inject", "day", "by", "register", "filter", "count", "at_least", "at_most", "says", "note"];
const DEEDS: [&str; 7] = ["create", "edit", "step", "comment", "merge", "distinct", "delete"];

/// Reads the acts and checks of every day, into the exercise.
pub(super) fn read(
    layer: &LayerFolder,
    exercise: &mut Exercise,
    keys: &mut Keys,
    (around, findings): (&Around<'_>, &Findings),
) {
    let folder = format!("{FOLDER}acts/");
    let mut files = Vec::new();
    for (stem, path) in layer.files_in(&folder, ".toml") {
        let day = stem.strip_prefix("day-").and_then(|day| day.parse::<u16>().ok());
        if let Some(day) = day.filter(|day| (1..=exercise.days).contains(day)) {
            files.push((day, layer.path(path), layer.content(path)));
        } else {
            let finding = Finding::error("exercise-acts-file").in_file(layer.path(path));
            findings.push(finding.with("days", exercise.days));
        }
    }
    files.sort_by_key(|(day, _file, _content)| *day);
    for (day, file, content) in files {
        document::read(&file, content, findings, |root| {
            root.knows(&["act", "check"]);
            let (acts, checks) = (root.sections("act"), root.sections("check"));
            let found = exercise.acts.len() + exercise.checks.len() + acts.len() + checks.len();
            if found > EXERCISE_ACTS_MAX {
                let finding = root.finding("exercise-too-many", "").with("found", found);
                root.report(finding.with("max", EXERCISE_ACTS_MAX));
                return;
            }
            let mut last = None;
            for section in &acts {
                let reader = Reader { section, day, file: &file, around, exercise };
                let act = reader.act(keys, &mut last);
                exercise.acts.extend(act);
            }
            for section in &checks {
                let reader = Reader { section, day, file: &file, around, exercise };
                let check = reader.check(keys);
                exercise.checks.extend(check);
            }
        });
    }
    exercise.checks.sort_by_key(|check| check.day);
}

/// What reading one act or check needs at hand.
struct Reader<'a> {
    section: &'a Section<'a>,
    day: u16,
    file: &'a str,
    around: &'a Around<'a>,
    exercise: &'a Exercise,
}

impl Reader<'_> {
    fn act(&self, keys: &mut Keys, last: &mut Option<Timestamp>) -> Option<Act> {
        let section = self.section;
        section.knows(&ACT_KEYS);
        for key in ["at", "by", "do", "register", "key"] {
            section.demand(key);
        }
        let (inject, at, by) = (self.inject(), self.time(last), self.person());
        let refused = section.text("refused");
        let deed = section.text("do").and_then(|word| section.choice("do", &word, &DEEDS));
        let register = self.register()?;
        let key = section.required_text("key")?;
        let deed = *DEEDS.get(deed?)?;
        let record = self.record(keys, (register, &key), deed == "create", refused.is_some());
        let deed = self.deed(deed, register, keys)?;
        Some(Act {
            inject,
            day: self.day,
            at: at?,
            by: by?,
            register: register.name.clone(),
            record: record?,
            key,
            deed,
            reason: section.text("reason"),
            refused,
            place: (self.file.to_owned(), section.row),
        })
    }

    fn check(&self, keys: &Keys) -> Option<Check> {
        let section = self.section;
        section.knows(&CHECK_KEYS);
        for key in ["by", "register", "says"] {
            section.demand(key);
        }
        let day = if section.has("day") { section.integer("day")? } else { self.day };
        if !(self.day..=self.exercise.days).contains(&day) {
            section.report(section.finding("exercise-check-day", "day").with("value", day));
        }
        let (by, inject, count) = (self.person(), self.inject(), self.count());
        let register = self.register()?;
        let filter = section.text("filter").map(|text| self.filter(&text, register, keys));
        Some(Check {
            inject,
            day,
            by: by?,
            register: register.name.clone(),
            filter,
            count: count?,
            says: self.says(),
            place: (self.file.to_owned(), section.row),
        })
    }

    fn says(&self) -> Labels {
        self.section.required_labels("says")
    }

    fn inject(&self) -> Option<u16> {
        let number: u16 = self.section.integer("inject")?;
        if !self.exercise.injects.iter().any(|inject| inject.number == number) {
            let finding = self.section.finding("exercise-inject-unknown", "inject");
            self.section.report(finding.with("value", number));
        }
        Some(number)
    }

    /// The time of an act: on the day of its file, not before the act above it.
    fn time(&self, last: &mut Option<Timestamp>) -> Option<Timestamp> {
        let text = self.section.scalar("at")?;
        let report = |code| {
            self.section.report(self.section.finding(code, "at").with("value", &text));
        };
        let Ok(at) = text.parse::<Timestamp>() else {
            report("exercise-time");
            return None;
        };
        match self.exercise.day_of(at, &self.around.zone) {
            Some(day) if day == self.day => {}
            Some(day) => {
                let finding = self.section.finding("exercise-day-differs", "at");
                let finding = finding.with("value", &text).with("day", self.day);
                self.section.report(finding.with("found", day));
            }
            None => report("exercise-time-outside"),
        }
        if last.is_some_and(|last| at < last) {
            report("exercise-time-order");
        }
        *last = Some(at);
        Some(at)
    }

    fn person(&self) -> Option<Name> {
        let name = self.section.name("by")?;
        if self.exercise.users.iter().any(|user| user.name == name) {
            return Some(name);
        }
        let known = self.exercise.users.iter().map(|user| user.name.as_str());
        let near = suggestion(name.as_str(), known);
        let finding = self.section.finding("exercise-user-unknown", "by").with("user", &name);
        self.section.report(finding.with("nearest", near));
        None
    }

    fn register(&self) -> Option<&Register> {
        let name = self.section.text("register")?;
        let known = self.around.pack.register(&name);
        if known.is_none() {
            let names = self.around.pack.registers.keys().map(Name::as_str);
            let finding = self.section.finding("register-unknown", "register");
            let finding = finding.with("register", &name);
            self.section.report(finding.with("nearest", suggestion(&name, names)));
        }
        known
    }

    /// The record an act is about. One whose making must be refused is there for nobody afterwards.
    fn record(
        &self,
        keys: &mut Keys,
        (register, key): (&Register, &str),
        is_made: bool,
        is_refused: bool,
    ) -> Option<RecordId> {
        if !is_made {
            return self.found(keys, &register.name, ("key", key));
        }
        if is_refused {
            return Some(keys.id(&register.name, &format!("refused:{key}")));
        }
        if !keys.make(&register.name, key) {
            self.section.report(self.section.finding("exercise-key-twice", "key").with("key", key));
        }
        Some(keys.id(&register.name, key))
    }

    fn found(&self, keys: &Keys, register: &Name, (at, key): (&str, &str)) -> Option<RecordId> {
        let report = |finding| self.section.report(self.section.locate(finding, at));
        keys.find(register, key).map_err(report).ok()
    }

    fn deed(&self, deed: &str, register: &Register, keys: &Keys) -> Option<Deed> {
        let other = || {
            let key = self.section.required_text("other")?;
            self.found(keys, &register.name, ("other", &key))
        };
        Some(match deed {
            "create" => Deed::Create(self.values(register, keys)),
            "edit" => Deed::Edit(self.values(register, keys)),
            "step" => Deed::Step(self.step(register)?, self.values(register, keys)),
            "comment" => Deed::Comment(self.section.required_text("text")?),
            "merge" => Deed::Merge(other()?, self.section.texts("take")),
            "distinct" => Deed::Distinct(other()?),
            _ => Deed::Delete,
        })
    }

    fn step(&self, register: &Register) -> Option<Name> {
        let step = self.section.required_text("step")?;
        let steps = register.workflow.as_ref().map(|workflow| workflow.transitions.as_slice());
        let known = steps.unwrap_or_default().iter().map(|transition| &transition.name);
        let known: Vec<&Name> = known.collect();
        let found = known.iter().find(|name| name.as_str() == step);
        if found.is_none() {
            let near = suggestion(&step, known.iter().map(|name| name.as_str()));
            let finding = self.section.finding("transition-unknown", "step");
            self.section.report(finding.with("transition", &step).with("nearest", near));
        }
        found.copied().cloned()
    }

    /// The values, with ids in the place of names, each held to the type and codes of its field.
    fn values(&self, register: &Register, keys: &Keys) -> Map<String, Json> {
        let mut values = self.section.json("values");
        let mut found = Vec::new();
        keys.resolve(register.form.fields(), &mut values, &mut found);
        for (name, value) in &values {
            let Some(field) = register.form.field(name) else {
                found.push(unknown_field(&register.form, name).in_column(name));
                continue;
            };
            match parse_json(field, value) {
                Ok(value) => {
                    let unknown = register.unknown_codes(field, value.as_ref());
                    found.extend(unknown.into_iter().map(|finding| finding.in_column(name)));
                }
                Err(findings) => found.extend(findings),
            }
        }
        // An act that must be refused may be wrong on purpose.
        if !self.section.has("refused") {
            let at = |finding: Finding| {
                let column = finding.at.column.clone().unwrap_or_default();
                self.section.locate(finding, &format!("values.{column}"))
            };
            for finding in found {
                self.section.report(at(finding));
            }
        }
        values
    }

    fn count(&self) -> Option<(u64, u64)> {
        let section = self.section;
        let exact = section.integer("count");
        let (least, most) = (section.integer("at_least"), section.integer("at_most"));
        match (exact, least, most) {
            (Some(count), None, None) => Some((count, count)),
            (None, None, None) => {
                section.report(section.finding("exercise-check-count", ""));
                None
            }
            (None, least, most) => Some((least.unwrap_or(0), most.unwrap_or(u64::MAX))),
            (Some(_), _, _) => {
                section.report(section.finding("exercise-check-count", "count"));
                None
            }
        }
    }

    fn filter(&self, text: &str, register: &Register, keys: &Keys) -> String {
        let mut found = Vec::new();
        let resolved = keys.resolve_filter(text, &mut found);
        found.extend(filter::parse(&resolved, register.schema()).err().unwrap_or_default());
        for finding in found {
            self.section.report(self.section.locate(finding, "filter"));
        }
        resolved
    }
}
