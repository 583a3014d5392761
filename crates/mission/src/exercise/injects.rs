//! Reads `injects.csv`: what is told to the players, and what a mission that handles it well does.

use std::collections::{BTreeMap, BTreeSet};

use forms::labels::{Labels, language_code};
use forms::sheet::{self, Row, Sheet, Table};
use forms::suggestion::suggestion;
use model::classification::Classification;
use model::finding::Finding;
use model::id::Name;
use model::limits::EXERCISE_INJECTS_MAX;
use model::time::Timestamp;
use spatial::mgrs;

use super::{Around, Exercise, Inject};
use crate::findings::Findings;
use crate::translation::Translations;

/// The file.
pub(super) const FILE: &str = "exercise/injects.csv";
/// Columns there are; those with words have one for each language: `text::English (en)`.
const COLUMNS: [&str; 18] = [
    "inject_no",
    "day",
    "at",
    "type",
    "means",
    "from",
    "to",
    "text",
    "place",
    "grid",
    "grade",
    "classification",
    "caveat",
    "expected",
    "modules",
    "pass_criteria",
    "part",
    "note",
];
const NEEDED: [&str; 7] = ["inject_no", "day", "at", "type", "means", "text", "expected"];
/// What an inject may be.
const KINDS: [&str; 6] = ["event", "message", "request", "rumour", "admin", "fault"];
/// How it may arrive.
const MEANS: [&str; 8] =
    ["radio", "xform", "email", "phone", "cot", "media", "in-person", "letter"];

/// Reads the injects.
pub(super) fn read(
    sheet: Sheet<'_>,
    exercise: &Exercise,
    around: &Around<'_>,
    findings: &Findings,
) -> Vec<Inject> {
    let mut found = Vec::new();
    let table = sheet::read(sheet, &mut found);
    let columns = Columns::of(&table, sheet.file, &mut found);
    findings.extend(found);
    let rows: Vec<Row<'_>> = table.rows().collect();
    if rows.len() > EXERCISE_INJECTS_MAX {
        let finding = Finding::error("exercise-too-many").in_file(sheet.file);
        findings.push(finding.with("found", rows.len()).with("max", EXERCISE_INJECTS_MAX));
        return Vec::new();
    }
    let mut numbers = BTreeSet::new();
    let mut injects = Vec::new();
    for row in rows {
        let reader =
            Reader { file: sheet.file, row, columns: &columns, exercise, around, findings };
        if let Some(inject) = reader.inject() {
            if !numbers.insert(inject.number) {
                reader.report("exercise-inject-twice", "inject_no");
            }
            injects.push(inject);
        }
    }
    injects.sort_by_key(|inject| (inject.at, inject.number));
    injects
}

/// Where what stands: by column, and by column and language.
struct Columns {
    plain: BTreeMap<&'static str, usize>,
    words: BTreeMap<&'static str, Vec<(String, usize)>>,
}

impl Columns {
    fn of(table: &Table, file: &str, findings: &mut Vec<Finding>) -> Self {
        let mut columns = Self { plain: BTreeMap::new(), words: BTreeMap::new() };
        for (place, header) in table.headers().iter().enumerate() {
            let (base, language) = match header.split_once("::") {
                Some((base, suffix)) => (base, language_code(suffix)),
                None => (header.as_str(), None),
            };
            match (COLUMNS.iter().find(|known| **known == base), language) {
                (Some(known), Some(language)) => {
                    columns.words.entry(*known).or_default().push((language.to_owned(), place));
                }
                (Some(known), None) if header == base => drop(columns.plain.insert(*known, place)),
                _ => {
                    let finding = Finding::error("exercise-column-unknown").in_file(file).at_row(1);
                    let near = suggestion(base, COLUMNS.iter().copied());
                    findings.push(
                        finding.in_column(header).with("column", header).with("nearest", near),
                    );
                }
            }
        }
        for needed in NEEDED {
            if !columns.plain.contains_key(needed) && !columns.words.contains_key(needed) {
                let finding = Finding::error("exercise-column-missing").in_file(file).at_row(1);
                findings.push(finding.in_column(needed).with("column", needed));
            }
        }
        columns
    }
}

/// What reading one row needs at hand.
struct Reader<'a> {
    file: &'a str,
    row: Row<'a>,
    columns: &'a Columns,
    exercise: &'a Exercise,
    around: &'a Around<'a>,
    findings: &'a Findings,
}

impl Reader<'_> {
    fn inject(&self) -> Option<Inject> {
        let number = self.number("inject_no");
        let (day, at) = (self.number("day"), self.time());
        let (kind, means) = (self.word("type", &KINDS), self.word("means", &MEANS));
        let position = self.position();
        let inject = Inject {
            number: number.unwrap_or_default(),
            day: day.unwrap_or_default(),
            at: at?,
            kind: kind?,
            means: means?,
            from: self.cell("from").to_owned(),
            to: self.cell("to").to_owned(),
            texts: self.words("text"),
            place: self.said("place"),
            grid: self.said("grid"),
            position,
            grade: self.grade(),
            classification: self.classification(),
            caveat: self.caveat(),
            expected: self.words("expected"),
            modules: self.modules(),
            criteria: self.words("pass_criteria"),
            part: self.said("part").and_then(|_part| self.number("part")),
        };
        self.check_day(&inject);
        number.and(day).map(|_whole| inject)
    }

    fn cell(&self, column: &str) -> &str {
        self.columns.plain.get(column).map_or("", |place| self.row.cell(*place))
    }

    fn said(&self, column: &str) -> Option<String> {
        let text = self.cell(column);
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn report(&self, code: &'static str, column: &'static str) {
        let finding = Finding::error(code).with("value", self.cell(column));
        self.tell(finding, column);
    }

    fn tell(&self, finding: Finding, column: &str) {
        self.findings.push(finding.in_file(self.file).at_row(self.row.line).in_column(column));
    }

    fn number(&self, column: &'static str) -> Option<u16> {
        let number = self.cell(column).parse().ok().filter(|number| *number > 0);
        if number.is_none() {
            self.report("exercise-number", column);
        }
        number
    }

    fn time(&self) -> Option<Timestamp> {
        let time = self.cell("at").parse().ok();
        if time.is_none() {
            self.report("exercise-time", "at");
        }
        time
    }

    fn check_day(&self, inject: &Inject) {
        match self.exercise.day_of(inject.at, &self.around.zone) {
            None => self.report("exercise-time-outside", "at"),
            Some(day) if day != inject.day => {
                let finding = Finding::error("exercise-day-differs").with("value", self.cell("at"));
                self.tell(finding.with("day", inject.day).with("found", day), "at");
            }
            Some(_) => {}
        }
    }

    fn word(&self, column: &'static str, known: &[&'static str]) -> Option<&'static str> {
        let text = self.cell(column);
        let word = known.iter().find(|word| **word == text).copied();
        if word.is_none() {
            let finding = Finding::error("toml-value-unknown").with("value", text);
            self.tell(finding.with("nearest", suggestion(text, known.iter().copied())), column);
        }
        word
    }

    /// Words in every language of the pack.
    fn words(&self, column: &'static str) -> Labels {
        let places = self.columns.words.get(column).map_or(&[][..], Vec::as_slice);
        let texts = places.iter().map(|(language, place)| (language, self.row.cell(*place)));
        let mut labels: Labels = texts.collect();
        let languages = &self.around.pack.languages;
        if let (Some(plain), Some(first)) = (self.said(column), languages.first()) {
            labels.set(first, &plain);
        }
        let at = Finding::warning("").in_file(self.file).at_row(self.row.line).in_column(column);
        let translations = Translations { languages, findings: self.findings };
        if NEEDED.contains(&column) {
            translations.check(&labels, &at, self.cell("inject_no"));
        } else {
            translations.check_optional(&labels, &at, self.cell("inject_no"));
        }
        labels
    }

    fn position(&self) -> Option<model::place::Position> {
        let grid = self.said("grid")?;
        let position = mgrs::parse(&grid).ok();
        if position.is_none() {
            self.report("exercise-grid", "grid");
        }
        let is_outside = |at| self.around.pack.bounds.is_some_and(|bounds| !bounds.holds(at));
        if position.is_some_and(is_outside) {
            self.report("exercise-grid-outside", "grid");
        }
        position
    }

    /// Reliability A to F and credibility 1 to 6.
    fn grade(&self) -> Option<String> {
        let grade = self.said("grade")?;
        if !matches!(grade.as_bytes(), [b'A'..=b'F', b'1'..=b'6']) {
            self.report("exercise-grade", "grade");
        }
        Some(grade)
    }

    fn classification(&self) -> Classification {
        let text = self.cell("classification");
        let known = Classification::ALL.map(Classification::code);
        let place = (!text.is_empty()).then(|| self.word("classification", &known)).flatten();
        let found = Classification::ALL.into_iter().find(|level| Some(level.code()) == place);
        found.unwrap_or_default()
    }

    fn caveat(&self) -> Option<Name> {
        let text = self.said("caveat")?;
        let compartments = &self.around.pack.compartments;
        let known = compartments.keys().find(|name| name.as_str() == text).cloned();
        if known.is_none() {
            let near = suggestion(&text, compartments.keys().map(Name::as_str));
            let finding = Finding::error("compartment-unknown").with("compartment", &text);
            self.tell(finding.with("nearest", near), "caveat");
        }
        known
    }

    /// Tasks of mandates, issues and modules of tasks, apart by blanks.
    fn modules(&self) -> Vec<String> {
        let mandates = &self.around.pack.mandates;
        let tasks = mandates.iter().flat_map(|mandate| &mandate.tasks);
        let issues = mandates.iter().flat_map(|mandate| &mandate.issues);
        let mut known: BTreeSet<&str> = issues.map(|issue| issue.id.as_str()).collect();
        for task in tasks {
            known.insert(&task.id);
            known.extend(task.modules.iter().map(String::as_str));
        }
        let named: Vec<String> =
            self.cell("modules").split_whitespace().map(str::to_owned).collect();
        for module in named.iter().filter(|module| !known.contains(module.as_str())) {
            let near = suggestion(module, known.iter().copied());
            let finding = Finding::error("exercise-module-unknown").with("module", module);
            self.tell(finding.with("nearest", near), "modules");
        }
        named
    }
}
