//! Reads a register's folder and checks that its parts fit each other.

use std::collections::BTreeSet;
use std::sync::Arc;

use forms::check::unknown_code;
use forms::compiled::Compiled;
use forms::form::{Field, Form};
use forms::list::{CodeList, Lists};
use forms::sheet::Sheet;
use forms::suggestion::suggestion;
use forms::survey;
use model::classification::Classification;
use model::finding::Finding;
use model::id::Name;
use model::value::FieldType;

use super::workflow::{self, Around, Workflow};
use super::{Cube, Register, Survey, look_alike, symbol};
use crate::document::{self, Section};
use crate::findings::Findings;
use crate::laid::Parts;
use crate::layer::LayerSheet;
use crate::translation::Translations;

/// Columns of every export: a record's id, and its shape.
const RESERVED: [&str; 4] = ["id", "geometry", "no", "rowid"];
/// What a column of a list can show: everything with one value in a cell.
const LISTED: [FieldType; 13] = [
    FieldType::Text,
    FieldType::Integer,
    FieldType::Decimal,
    FieldType::Boolean,
    FieldType::Date,
    FieldType::Time,
    FieldType::Code,
    FieldType::Codes,
    FieldType::Point,
    FieldType::Line,
    FieldType::Area,
    FieldType::Record,
    FieldType::Blob,
];

const KEYS: [&str; 19] = [
    "title",
    "override",
    "field_groups",
    "time_field",
    "place_field",
    "area_fields",
    "search_fields",
    "title_field",
    "list_columns",
    "map_fields",
    "classification",
    "caveat",
    "key_field",
    "evidence_for",
    "cube",
    "workflow",
    "clock",
    "look_alike",
    "symbol",
];

/// The files of a register.
pub(crate) struct Content<'a> {
    /// The register's name.
    pub(crate) name: &'a Name,
    /// `register.toml`.
    pub(crate) settings: &'a LayerSheet<'a>,
    /// `survey.csv`.
    pub(crate) survey: Option<&'a LayerSheet<'a>>,
    /// `choices.csv`.
    pub(crate) choices: Option<LayerSheet<'a>>,
    /// Whether its layer brings no mandate of its own: the register then serves several missions.
    pub(crate) is_common: bool,
}

/// What all registers of a pack may refer to.
pub(crate) struct Shared<'a> {
    /// Every field group.
    pub(crate) groups: &'a Parts<LayerSheet<'a>>,
    /// Every code list.
    pub(crate) lists: &'a Lists,
    /// The ids of every task and cross-cutting issue.
    pub(crate) tasks: &'a BTreeSet<&'a str>,
    /// The languages everything should be said in.
    pub(crate) languages: &'a [String],
    /// The language of labels that do not say theirs.
    pub(crate) language: &'a str,
}

/// Reads a register, and whether it says that it takes the place of another; nothing where its
/// settings are no TOML.
pub(crate) fn read(
    content: &Content<'_>,
    shared: &Shared<'_>,
    findings: &Findings,
) -> Option<(Register, bool)> {
    let Sheet { file, bytes } = content.settings.sheet();
    document::read(file, bytes, findings, |root| {
        (read_root(content, shared, root, findings), root.flag("override", false))
    })
}

fn read_root(
    content: &Content<'_>,
    shared: &Shared<'_>,
    root: &Section<'_>,
    findings: &Findings,
) -> Register {
    root.knows(&KEYS);
    let mut surveys: Vec<Sheet<'_>> = content.survey.iter().map(|survey| survey.sheet()).collect();
    surveys.extend(field_groups(shared, root));
    let choices = content.choices.as_ref().map(LayerSheet::sheet);
    let reading = survey::read(&surveys, choices, shared.language);
    let is_read = !reading.findings.iter().any(Finding::is_error);
    findings.extend(reading.findings);
    let mut form = reading.form;
    form.title = root.required_labels("title");
    let choices = Choices { file: choices.map_or("", |sheet| sheet.file), lists: reading.lists };
    let lists = resolved_lists(choices, shared, &form, findings);
    // A sheet with mistakes is mended first: its expressions would only say them again.
    let compiled = if is_read { compiled(&form, &lists, findings) } else { Compiled::default() };
    let fields = Fields { root, form: &form };
    let written = |sheet: &Sheet<'_>| Survey { file: sheet.file.into(), bytes: sheet.bytes.into() };
    let register = Register {
        name: content.name.clone(),
        surveys: surveys.iter().map(written).collect(),
        labels: form.title.clone(),
        caveat: default_caveat(root, &lists),
        lists,
        compiled: Arc::new(compiled),
        time_field: fields.one("time_field", &[FieldType::Time, FieldType::Date]),
        place_field: fields.one("place_field", &[FieldType::Point]),
        area_fields: fields.several("area_fields", &[FieldType::Text, FieldType::Code]),
        search_fields: fields.several("search_fields", &[FieldType::Text]),
        title_field: fields.one("title_field", &[FieldType::Text]),
        list_columns: fields.several("list_columns", &LISTED),
        map_fields: fields.several("map_fields", &[FieldType::Code]),
        classification: default_classification(root),
        key_field: fields.one("key_field", &[FieldType::Text]),
        evidence_for: evidence(content, shared, root),
        cube: root.section("cube").and_then(|section| read_cube(&section, &form)),
        workflow: None,
        clocks: Vec::new(),
        look_alike: None,
        symbol: None,
        form,
    };
    let register =
        with_workflow(register, root, &|| Translations { languages: shared.languages, findings });
    check_names(&register.form, findings);
    check_cube(&register, root);
    check_protection(&register, root);
    // Half the time of loading, and nobody changes the pack by opening its node.
    if !findings.is_of_pack_in_use() {
        workflow::check_asked(&register, root);
    }
    register
}

/// The form with its expressions understood; an unusable one where they have mistakes.
fn compiled(form: &Form, lists: &Lists, findings: &Findings) -> Compiled {
    Compiled::new(form, lists).unwrap_or_else(|mistakes| {
        let unusable = Compiled::unusable(mistakes.len());
        findings.extend_of_form(mistakes);
        unusable
    })
}

/// The register with its workflow, with its clocks, which speak of the workflow's states, with its
/// rule of look-alikes and its symbol.
fn with_workflow<'a>(
    register: Register,
    root: &Section<'_>,
    words: &dyn Fn() -> Translations<'a>,
) -> Register {
    let around = Around { register: &register, words: words() };
    let workflow = root.section("workflow").and_then(|section| workflow::read(&section, &around));
    let is_computed = |flow: &Workflow| workflow::is_computed(&flow.field, &register.form);
    let compiled = if workflow.as_ref().is_some_and(is_computed) {
        Arc::new(Compiled::unusable(1))
    } else {
        Arc::clone(&register.compiled)
    };
    let register = Register { compiled, workflow, ..register };
    let around = Around { register: &register, words: words() };
    let clocks = workflow::read_clocks(root, &around);
    let look_alike = look_alike::read(root, &register);
    let symbol = symbol::read(root, &register);
    Register { clocks, look_alike, symbol, ..register }
}

fn field_groups<'a>(shared: &'a Shared<'_>, root: &Section<'_>) -> Vec<Sheet<'a>> {
    let mut sheets = Vec::new();
    for name in root.names("field_groups") {
        if let Some(laid) = shared.groups.get(&name) {
            sheets.push(laid.part.sheet());
            continue;
        }
        let known = shared.groups.keys().map(Name::as_str);
        let near = suggestion(name.as_str(), known);
        let finding = root.finding("register-field-group-unknown", "field_groups");
        root.report(finding.with("group", &name).with("nearest", near));
    }
    sheets
}

/// The tasks that the mission has. A common register names those of every mission it serves, so
/// that what it names beside them is another mission's and no slip that could be told here. A pack
/// without any mandate keeps them all: they are what it offers to missions.
fn evidence(content: &Content<'_>, shared: &Shared<'_>, root: &Section<'_>) -> Vec<String> {
    let named = root.texts("evidence_for");
    if content.is_common && shared.tasks.is_empty() {
        return named;
    }
    let (ids, unknown): (Vec<String>, Vec<String>) =
        named.into_iter().partition(|id| shared.tasks.contains(id.as_str()));
    for id in unknown.iter().filter(|_id| !content.is_common) {
        let near = suggestion(id, shared.tasks.iter().copied());
        let finding = root.finding("register-evidence-unknown", "evidence_for");
        root.report(finding.with("id", id).with("nearest", near));
    }
    ids
}

/// The lists of a register's own choices sheet.
struct Choices<'a> {
    file: &'a str,
    lists: Vec<CodeList>,
}

/// The lists that the form uses: the register's own choices, then the pack's lists.
fn resolved_lists(
    choices: Choices<'_>,
    shared: &Shared<'_>,
    form: &Form,
    findings: &Findings,
) -> Lists {
    let mut lists = Lists::new();
    let words = Translations { languages: shared.languages, findings };
    for list in choices.lists {
        words.check_list(&list, choices.file);
        symbol::check_list(&list, choices.file, findings);
        if shared.lists.contains_key(&list.name) {
            let row = list.codes().first().map_or(1, |code| code.row);
            let finding = Finding::error("list-name-twice").in_file(choices.file).at_row(row);
            findings.push(
                finding.in_column("list_name").with("name", &list.name).with("first", "codelists/"),
            );
        }
        lists.insert(list.name.clone(), Arc::new(list));
    }
    let mut unused: BTreeSet<Name> = lists.keys().cloned().collect();
    for (field, name) in form.every_field().filter_map(|f| Some((f, f.list.as_ref()?))) {
        unused.remove(name);
        if lists.contains_key(name) {
            continue;
        }
        if let Some(list) = shared.lists.get(name) {
            lists.insert(name.clone(), Arc::clone(list));
        } else {
            let known = lists.keys().chain(shared.lists.keys());
            findings.push(unknown_list(field, name, known));
        }
    }
    findings.extend(
        unused
            .iter()
            .map(|name| Finding::warning("list-unused").in_file(choices.file).with("name", name)),
    );
    lists
}

fn unknown_list<'a>(field: &Field, name: &Name, known: impl Iterator<Item = &'a Name>) -> Finding {
    let near = suggestion(name.as_str(), known.map(Name::as_str));
    at_field("form-list-unknown", field).with("list", name).with("nearest", near)
}

/// A finding at the `type` cell of a field.
pub(crate) fn at_field(code: &'static str, field: &Field) -> Finding {
    Finding::error(code).in_file(&*field.file).at_row(field.row).in_column("type")
}

fn default_classification(root: &Section<'_>) -> Classification {
    let known = Classification::ALL.map(Classification::code);
    let word = root.text("classification");
    let place = word.and_then(|word| root.choice("classification", &word, &known));
    place.and_then(|place| Classification::ALL.get(place).copied()).unwrap_or_default()
}

/// A caveat that nobody knows is an error: the records it was meant for would be open.
fn default_caveat(root: &Section<'_>, lists: &Lists) -> Option<Name> {
    let caveat = root.name("caveat")?;
    let list = lists.get(policy::CAVEAT)?;
    if !list.knows(caveat.as_str()) {
        root.report(root.locate(unknown_code(list, caveat.as_str()), "caveat"));
    }
    Some(caveat)
}

/// Field names in settings, checked against the form.
pub(super) struct Fields<'a> {
    pub(super) root: &'a Section<'a>,
    pub(super) form: &'a Form,
}

impl Fields<'_> {
    pub(super) fn one(&self, key: &str, kinds: &[FieldType]) -> Option<Name> {
        let name = self.root.name(key)?;
        self.check(key, &name, kinds).then_some(name)
    }

    pub(super) fn several(&self, key: &str, kinds: &[FieldType]) -> Vec<Name> {
        let mut names: Vec<Name> = Vec::new();
        for name in self.root.names(key) {
            if names.contains(&name) {
                let finding = self.root.finding("register-field-twice", key);
                self.root.report(finding.with("field", &name));
            } else if self.check(key, &name, kinds) {
                names.push(name);
            }
        }
        names
    }

    fn check(&self, key: &str, name: &Name, kinds: &[FieldType]) -> bool {
        let Some(field) = self.form.field(name.as_str()) else {
            let near = suggestion(name.as_str(), self.form.names());
            let finding = self.root.finding("register-field-unknown", key);
            self.root.report(finding.with("field", name).with("nearest", near));
            return false;
        };
        if field.sealed.is_some() {
            let finding = self.root.finding("register-field-sealed", key).with("field", name);
            self.root.report(finding);
            return false;
        }
        let fits = kinds.contains(&field.kind);
        if !fits {
            let words: Vec<&str> = kinds.iter().map(|kind| kind.code()).collect();
            let finding = self.root.finding("register-field-type", key).with("field", name);
            let finding = finding.with("found", field.kind);
            self.root.report(finding.with("expected", words.join(", ")));
        }
        fits
    }
}

fn read_cube(section: &Section<'_>, form: &Form) -> Option<Cube> {
    section.knows(&["area", "sums"]);
    section.demand("area");
    section.demand("sums");
    let fields = Fields { root: section, form };
    let sums = fields.several("sums", &[FieldType::Integer]);
    Some(Cube { area: fields.one("area", &[FieldType::Text, FieldType::Code])?, sums })
}

/// Some names are those of columns every table of records has.
fn check_names(form: &Form, findings: &Findings) {
    let reserved = |field: &&Field| {
        RESERVED.contains(&field.name.as_str()) || is_coordinate(form, field.name.as_str())
    };
    for field in form.fields().iter().filter(reserved) {
        let finding = at_field("form-name-reserved", field).in_column("name");
        findings.push(finding.with("name", &field.name));
    }
}

/// Whether a field has the name of a coordinate of a point: `place_lon` beside `place`.
fn is_coordinate(form: &Form, name: &str) -> bool {
    let point = name.strip_suffix("_lon").or_else(|| name.strip_suffix("_lat"));
    let field = point.and_then(|point| form.field(point));
    field.is_some_and(|field| field.kind == FieldType::Point)
}

/// A cube is kept by area and month, so there must be a time.
fn check_cube(register: &Register, root: &Section<'_>) {
    let Some(cube) = &register.cube else { return };
    if register.time_field.is_none() {
        root.report(root.finding("register-cube-without-time", "cube"));
    }
    if !register.area_fields.contains(&cube.area) {
        let finding = root.finding("register-cube-area", "cube");
        root.report(finding.with("field", &cube.area));
    }
}

/// Every register says how its records are protected.
fn check_protection(register: &Register, root: &Section<'_>) {
    for name in [policy::CLASSIFICATION, policy::CAVEAT] {
        let field = register.form.field(name);
        let list =
            field.filter(|field| field.kind == FieldType::Code).and_then(|f| f.list.as_ref());
        if list.is_none_or(|list| list.as_str() != name) {
            root.report(root.finding("register-protection-missing", name).with("field", name));
        }
        if field.is_some_and(|field| field.sealed.is_some()) {
            root.report(root.finding("register-field-sealed", name).with("field", name));
        }
    }
}
