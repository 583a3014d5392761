//! Reads `exercise.toml`: when, who, and what stands already; then injects and acts.

use std::collections::BTreeSet;

use forms::sheet;
use forms::suggestion::suggestion;
use model::classification::Classification;
use model::finding::Finding;
use model::id::Name;
use model::limits::{EXERCISE_DAYS_MAX, EXERCISE_IMPORTS_MAX, EXERCISE_USERS_MAX};
use model::time::zone::Zone;
use policy::{Action, Compartments, Role};

use super::reference::Keys;
use super::{Around, Exercise, FILE, FOLDER, Person, Rows, acts, background, injects};
use crate::document::{self, Section};
use crate::findings::Findings;
use crate::layer::LayerFolder;
use crate::mapping::Mapping;
use crate::pack::Pack;
use crate::places::Places;

const KEYS: [&str; 6] = ["name", "title", "day_one", "days", "user", "import"];
const USER_KEYS: [&str; 7] =
    ["name", "title", "role", "roles", "areas", "clearance", "compartments"];
const IMPORT_KEYS: [&str; 6] = ["register", "mapping", "file", "day", "by", "without"];
/// The mapping that needs no file.
const GENERIC: &str = "generic";

/// Reads the exercise of the uppermost layer that has one.
pub(crate) fn read(
    layers: &[LayerFolder],
    (pack, places): (&Pack, &Places),
    findings: &Findings,
) -> Option<Exercise> {
    let layer = layers.iter().rev().find(|layer| layer.folder.get(FILE).is_some())?;
    let zone = Zone::named(&pack.time_zone).unwrap_or(Zone::utc());
    let around = Around { pack, places, zone };
    let file = layer.path(FILE);
    if !pack.exercise {
        findings.push(Finding::error("exercise-not-marked").in_file(&*file));
    }
    let reader = Reader { layer, around: &around, findings };
    let read = document::read(&file, layer.content(FILE), findings, |root| reader.exercise(root));
    let (mut exercise, mut keys) = read.flatten()?;
    if layer.folder.has(injects::FILE) {
        let sheet = layer.sheet(injects::FILE);
        exercise.injects = injects::read(sheet.sheet(), &exercise, &around, findings);
    }
    acts::read(layer, &mut exercise, &mut keys, (&around, findings));
    if let Some(content) = layer.folder.get(background::FILE) {
        let file = layer.path(background::FILE);
        exercise.background = document::read(&file, content, findings, |root| {
            background::read_background(root, (&around, exercise.days))
        })
        .flatten();
        exercise.users.extend(exercise.background.iter().map(|drawn| drawn.person.clone()));
    }
    Some(exercise)
}

/// What reading needs at hand.
struct Reader<'a> {
    layer: &'a LayerFolder,
    around: &'a Around<'a>,
    findings: &'a Findings,
}

impl Reader<'_> {
    fn exercise(&self, root: &Section<'_>) -> Option<(Exercise, Keys)> {
        root.knows(&KEYS);
        for key in ["day_one", "days"] {
            root.demand(key);
        }
        let name = root.required_name("name");
        let titles = root.required_labels("title");
        let (day_one, days) = (root.date("day_one"), root.integer("days"));
        if days.is_some_and(|days| !(1..=EXERCISE_DAYS_MAX).contains(&days)) {
            let finding = root.finding("exercise-days", "days").with("max", EXERCISE_DAYS_MAX);
            root.report(finding);
        }
        let users = self.users(root);
        let name = name?;
        let (days, mut keys) = (days?, Keys::of(&name));
        let imports = sections(root, "import", EXERCISE_IMPORTS_MAX);
        let imports =
            imports.iter().filter_map(|section| self.rows(section, (days, &users), &mut keys));
        let imports: Vec<Rows> = imports.collect();
        let exercise = Exercise {
            titles,
            day_one: day_one?,
            days,
            users,
            imports,
            injects: Vec::new(),
            acts: Vec::new(),
            checks: Vec::new(),
            background: None,
            name,
        };
        Some((exercise, keys))
    }

    fn users(&self, root: &Section<'_>) -> Vec<Person> {
        let mut users: Vec<Person> = Vec::new();
        for section in &sections(root, "user", EXERCISE_USERS_MAX) {
            let Some(person) = person(self.around, section) else { continue };
            if users.iter().any(|known| known.name == person.name) {
                let finding = section.finding("exercise-user-twice", "name");
                section.report(finding.with("user", &person.name));
            }
            users.push(person);
        }
        users
    }

    fn rows(
        &self,
        section: &Section<'_>,
        (days, users): (u16, &[Person]),
        keys: &mut Keys,
    ) -> Option<Rows> {
        section.knows(&IMPORT_KEYS);
        for key in ["register", "mapping", "file", "day"] {
            section.demand(key);
        }
        let day: Option<u16> = section.integer("day");
        if day.is_some_and(|day| !(1..=days).contains(&day)) {
            let finding = section.finding("exercise-day-outside", "day");
            section.report(finding.with("days", days));
        }
        let (register, mapping) = (section.text("register")?, section.required_name("mapping")?);
        let known = &self.around.pack.registers;
        let Some(register) = known.get(register.as_str()) else {
            let near = suggestion(&register, known.keys().map(Name::as_str));
            let finding = section.finding("register-unknown", "register");
            section.report(finding.with("register", &register).with("nearest", near));
            return None;
        };
        let by = section.name("by");
        if let Some(by) = by.iter().find(|by| !users.iter().any(|user| user.name == **by)) {
            let near = suggestion(by.as_str(), users.iter().map(|user| user.name.as_str()));
            let finding = section.finding("exercise-user-unknown", "by").with("user", by);
            section.report(finding.with("nearest", near));
        }
        let (file, content) = self.file(section)?;
        let without: BTreeSet<String> = section.texts("without").into_iter().collect();
        self.check_header(section, (&file, content), (register, &mapping), (keys, &without));
        let register = register.name.clone();
        let file = file.rsplit('/').next().unwrap_or_default().to_owned();
        Some(Rows { register, mapping, file, content: content.to_vec(), day: day?, by, without })
    }

    /// A file of the same layer, named as seen from the folder of the exercise.
    fn file(&self, section: &Section<'_>) -> Option<(String, &[u8])> {
        let path = section.required_text("file")?;
        let full = match path.strip_prefix("../") {
            Some(beside) => beside.to_owned(),
            None => format!("{FOLDER}{path}"),
        };
        let content = self.layer.folder.get(&full);
        if content.is_none() {
            let near = suggestion(&full, self.layer.folder.paths());
            let finding = section.finding("exercise-file-missing", "file").with("file", &path);
            section.report(finding.with("nearest", near));
        }
        Some((full, content?))
    }

    /// The columns of a file must be those its mapping reads; its keys are names acts may use.
    fn check_header(
        &self,
        section: &Section<'_>,
        (file, content): (&str, &[u8]),
        (register, mapping): (&crate::register::Register, &Name),
        (keys, without): (&mut Keys, &BTreeSet<String>),
    ) {
        let mut found = Vec::new();
        let path = self.layer.path(file);
        let table = sheet::read(sheet::Sheet { file: &path, bytes: content }, &mut found);
        let columns: Vec<&str> = table.headers().iter().map(String::as_str).collect();
        let mapping = if mapping.as_str() == GENERIC {
            Mapping::generic(register, &columns).map_err(|findings| found.extend(findings)).ok()
        } else {
            let known = self.around.pack.mappings.get(mapping);
            let known = known.filter(|known| known.register == register.name);
            if known.is_none() {
                let names = self.around.pack.mappings.keys().map(Name::as_str);
                let near = suggestion(mapping.as_str(), names);
                let finding = section.finding("mapping-unknown", "mapping");
                section.report(finding.with("mapping", mapping).with("nearest", near));
            }
            known.cloned()
        };
        found.extend(mapping.iter().flat_map(|mapping| mapping.check_columns(&columns)));
        self.findings.extend(found.into_iter().map(|finding| finding.in_file(&*path)));
        let Some(mapping) = mapping else { return };
        let [key] = mapping.key.as_slice() else { return };
        let Some(place) = columns.iter().position(|column| column == key) else { return };
        let rows: BTreeSet<String> = table.rows().map(|row| row.cell(place).to_owned()).collect();
        for key in without.iter().filter(|key| !rows.contains(*key)) {
            let near = suggestion(key, rows.iter().map(String::as_str));
            let finding = section.finding("exercise-row-unknown", "without").with("key", key);
            section.report(finding.with("file", file).with("nearest", near));
        }
        for key in rows.difference(without) {
            keys.import(&register.name, &mapping.namespace, key);
        }
    }
}

/// The sections of a name; none where there are too many.
fn sections<'s>(root: &'s Section<'s>, key: &str, max: usize) -> Vec<Section<'s>> {
    let sections = root.sections(key);
    if sections.len() <= max {
        return sections;
    }
    let finding = root.finding("exercise-too-many", key).with("found", sections.len());
    root.report(finding.with("max", max));
    Vec::new()
}

/// Reads a person.
pub(super) fn person(around: &Around<'_>, section: &Section<'_>) -> Option<Person> {
    section.knows(&USER_KEYS);
    let titles = section.required_labels("title");
    let roles = roles(around, section);
    let areas = section.texts("areas");
    for area in areas.iter().filter(|area| around.places.area(area).is_none()) {
        section.report(section.finding("exercise-area-unknown", "areas").with("area", area));
    }
    let name = section.required_name("name")?;
    Some(Person {
        name,
        titles,
        areas,
        clearance: clearance(section, &roles),
        compartments: compartments(around, section, &roles),
        roles: roles.iter().map(|role| role.name.clone()).collect(),
    })
}

/// The roles of a person. Whoever may administer is made by people, never by a pack.
fn roles<'a>(around: &'a Around<'_>, section: &Section<'_>) -> Vec<&'a Role> {
    let mut names = section.texts("roles");
    names.extend(section.text("role"));
    if names.is_empty() {
        section.demand("role");
    }
    let known = &around.pack.roles;
    let mut roles = Vec::new();
    for name in &names {
        let Some(role) = known.get(name.as_str()) else {
            let near = suggestion(name, known.keys().map(Name::as_str));
            let finding = section.finding("role-unknown", "role").with("name", name);
            section.report(finding.with("nearest", near));
            continue;
        };
        if role.grants.iter().any(|grant| grant.actions.contains(&Action::Administer)) {
            let finding = section.finding("exercise-user-administers", "role");
            section.report(finding.with("role", name));
        }
        roles.push(role);
    }
    roles
}

/// The compartments named; where none are, those the roles reach.
fn compartments(around: &Around<'_>, section: &Section<'_>, roles: &[&Role]) -> BTreeSet<Name> {
    let known = &around.pack.compartments;
    if !section.has("compartments") {
        let mut reached = BTreeSet::new();
        for grant in roles.iter().flat_map(|role| &role.grants) {
            match &grant.compartments {
                Compartments::All => reached.extend(known.keys().cloned()),
                Compartments::Some(names) => reached.extend(names.iter().cloned()),
            }
        }
        return reached;
    }
    let names = section.names("compartments");
    for name in names.iter().filter(|name| !known.contains_key(*name)) {
        let near = suggestion(name.as_str(), known.keys().map(Name::as_str));
        let finding = section.finding("compartment-unknown", "compartments");
        section.report(finding.with("compartment", name).with("nearest", near));
    }
    names.into_iter().collect()
}

/// The level named; where none is, the highest the roles reach.
fn clearance(section: &Section<'_>, roles: &[&Role]) -> Classification {
    let known = Classification::ALL.map(Classification::code);
    if let Some(word) = section.text("clearance") {
        let place = section.choice("clearance", &word, &known);
        return place.and_then(|at| Classification::ALL.get(at).copied()).unwrap_or_default();
    }
    let grants = roles.iter().flat_map(|role| &role.grants);
    grants.map(|grant| grant.clearance).max().unwrap_or_default()
}
