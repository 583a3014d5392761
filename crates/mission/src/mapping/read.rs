//! Reads a mapping and checks that it can be: fields, codes and crosswalks that there are.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use forms::answer::parse_answer;
use forms::check::unknown_code;
use forms::form::Field;
use forms::list::CodeList;
use forms::suggestion::suggestion;
use model::finding::Finding;
use model::hashtag::HashtagPattern;
use model::id::Name;
use model::value::{FieldType, Value};

use super::generic::NAME as GENERIC;
use super::template::TemplateError;
use super::{DayOf, FieldMapping, Link, Mapping, Origin, Part, Template, Words};
use crate::document::Section;
use crate::findings::Findings;
use crate::laid::Parts;
use crate::register::Register;

const KEYS: [&str; 11] = [
    "title",
    "override",
    "register",
    "namespace",
    "key",
    "source",
    "required_columns",
    "where",
    "fields",
    "number_repeats",
    "part",
];
const PART_KEYS: [&str; 2] = ["count", "fields"];
const FIELD_KEYS: [&str; 16] = [
    "column",
    "columns",
    "longitude",
    "latitude",
    "value",
    "template",
    "area_level",
    "codes",
    "crosswalk",
    "link",
    "default",
    "optional",
    "lenient",
    "days",
    "file_day",
    "after",
];
/// Which day of a month or year alone: the words for it.
const DAYS: [&str; 2] = ["first", "last"];
/// The levels of areas there can be below a country.
const LEVELS: RangeInclusive<u8> = 1..=5;
/// The keys of a field that each say where its value comes from.
const ORIGINS: [&str; 6] = ["column", "columns", "longitude", "value", "template", "area_level"];

/// Reads a mapping; nothing where its register is none.
pub(crate) fn read(
    name: &Name,
    root: &Section<'_>,
    registers: &Parts<Register>,
) -> Option<Mapping> {
    root.knows(&KEYS);
    for key in ["key", "fields"] {
        root.demand(key);
    }
    let titles = root.required_labels("title");
    if name.as_str() == GENERIC {
        root.report(root.finding("mapping-name-reserved", "title").with("name", name));
    }
    let register = known_register(root, registers)?;
    let fields = root.section("fields").map(|section| read_fields(&section, register));
    let mapping = Mapping {
        name: name.clone(),
        titles,
        register: register.name.clone(),
        namespace: root.required_text("namespace").unwrap_or_default(),
        key: root.texts("key"),
        source: root.text("source"),
        required_columns: root.texts("required_columns"),
        only: root.section("where").map(|section| read_only(&section)).unwrap_or_default(),
        fields: fields.unwrap_or_default(),
        numbers_repeats: root.flag("number_repeats", false),
        parts: root
            .section("part")
            .map(|section| read_parts(&section, register))
            .unwrap_or_default(),
        part: None,
        tagged: BTreeMap::new(),
    };
    check_columns(&mapping, root);
    if root.has("key") && mapping.key.is_empty() {
        root.report(root.finding("toml-text-empty", "key").with("key", "key"));
    }
    check_required(&mapping, register, root);
    Some(mapping)
}

fn known_register<'a>(root: &Section<'_>, registers: &'a Parts<Register>) -> Option<&'a Register> {
    let name = root.required_name("register")?;
    let register = registers.get(&name).map(|laid| &laid.part);
    if register.is_none() {
        let near = suggestion(name.as_str(), registers.keys().map(Name::as_str));
        let finding = root.finding("register-unknown", "register").with("register", &name);
        root.report(finding.with("nearest", near));
    }
    register
}

fn read_only(section: &Section<'_>) -> BTreeMap<String, BTreeSet<String>> {
    let values = |column: &str| section.texts(column).into_iter().collect();
    section.keys().map(|column| (column.to_owned(), values(column))).collect()
}

fn read_fields(section: &Section<'_>, register: &Register) -> BTreeMap<Name, FieldMapping> {
    let mut fields = BTreeMap::new();
    for key in section.keys() {
        let Some(field) = register.form.field(key) else {
            let near = suggestion(key, register.form.names());
            let finding = section.finding("mapping-field-unknown", key).with("field", key);
            let finding = finding.with("register", &register.name);
            section.report(finding.with("nearest", near));
            continue;
        };
        let mapping =
            section.section(key).and_then(|settings| read_field(&settings, field, register));
        fields.extend(mapping.map(|mapping| (field.name.clone(), mapping)));
    }
    fields
}

/// The records that each row makes.
fn read_parts(section: &Section<'_>, register: &Register) -> BTreeMap<Name, Part> {
    let mut parts = BTreeMap::new();
    for key in section.keys() {
        let (Some(name), Some(part)) = (section.checked_name(key, key), section.section(key))
        else {
            continue;
        };
        part.knows(&PART_KEYS);
        let fields = part.section("fields").map(|fields| read_fields(&fields, register));
        let count = part.required_text("count").unwrap_or_default();
        parts.insert(name, Part { count, fields: fields.unwrap_or_default() });
    }
    parts
}

/// Columns are named by their headings or by their hashtags, not by both, and a hashtag is one.
fn check_columns(mapping: &Mapping, root: &Section<'_>) {
    let by_hashtags = mapping.is_by_hashtags();
    for column in mapping.columns().collect::<BTreeSet<_>>() {
        if by_hashtags && HashtagPattern::parse(column).is_none() {
            root.report(root.finding("mapping-hashtag", "").with("column", column));
        }
    }
}

fn read_field(settings: &Section<'_>, field: &Field, register: &Register) -> Option<FieldMapping> {
    settings.knows(&FIELD_KEYS);
    let reader = FieldReader {
        settings,
        field,
        list: field.list.as_ref().and_then(|list| register.lists.get(list)).map(AsRef::as_ref),
    };
    let codes = reader.codes();
    let default = reader.constant("default");
    let (link, origin) = (reader.link(), reader.origin()?);
    if link.is_some() && matches!(origin, Origin::Constant(_)) {
        settings.report(settings.finding("mapping-link-constant", "link"));
    }
    Some(FieldMapping {
        codes,
        link,
        default,
        optional: settings.flag("optional", false),
        lenient: settings.flag("lenient", false),
        days: reader.days(),
        file_day: reader.file_day(),
        after: settings.integer("after").unwrap_or_default(),
        ..FieldMapping::of(origin)
    })
}

/// What reading one field's settings needs at hand.
struct FieldReader<'a> {
    settings: &'a Section<'a>,
    field: &'a Field,
    list: Option<&'a CodeList>,
}

impl FieldReader<'_> {
    fn origin(&self) -> Option<Origin> {
        let given: Vec<&str> = ORIGINS.into_iter().filter(|key| self.settings.has(key)).collect();
        match given.as_slice() {
            ["column"] => Some(Origin::Columns(vec![self.settings.required_text("column")?])),
            ["columns"] => Some(Origin::Columns(self.settings.texts("columns"))),
            ["longitude"] => self.coordinates(),
            ["value"] => self.constant("value").map(Origin::Constant),
            ["template"] => self.template(),
            ["area_level"] => self.area(),
            _ => {
                let finding = self.settings.finding("mapping-origin", "");
                let finding = finding.with("given", given.join(", "));
                self.settings.report(finding.with("known", ORIGINS.join(", ")));
                None
            }
        }
    }

    fn coordinates(&self) -> Option<Origin> {
        self.expect_type("longitude", &[FieldType::Point]);
        self.settings.demand("latitude");
        let longitude = self.settings.required_text("longitude")?;
        let latitude = self.settings.text("latitude")?;
        Some(Origin::Coordinates { longitude, latitude })
    }

    fn area(&self) -> Option<Origin> {
        self.expect_type("area_level", &[FieldType::Text, FieldType::Code]);
        let level = self.settings.integer("area_level")?;
        if !LEVELS.contains(&level) {
            let finding = self.settings.finding("mapping-area-level", "area_level");
            self.settings.report(finding.with("level", level).with("max", LEVELS.end()));
        }
        Some(Origin::Area(level))
    }

    fn template(&self) -> Option<Origin> {
        let text = self.settings.text("template")?;
        let said = match Template::parse(&text) {
            Ok(template) => return Some(Origin::Text(template)),
            Err(TemplateError::Bracket(bracket)) => {
                self.settings.finding("template-bracket", "template").with("bracket", bracket)
            }
            Err(TemplateError::EmptyColumn) => {
                self.settings.finding("template-column-empty", "template")
            }
            Err(TemplateError::NoColumn) => self.settings.finding("template-constant", "template"),
        };
        self.settings.report(said.with("template", &text));
        None
    }

    fn expect_type(&self, key: &str, kinds: &[FieldType]) {
        if !kinds.contains(&self.field.kind) {
            let words: Vec<&str> = kinds.iter().map(|kind| kind.code()).collect();
            let finding =
                self.settings.finding("mapping-type", key).with("field", &self.field.name);
            let finding = finding.with("found", self.field.kind);
            self.settings.report(finding.with("expected", words.join(", ")));
        }
    }

    /// A value that stands in the mapping itself.
    fn constant(&self, key: &str) -> Option<Value> {
        let text = self.settings.scalar(key)?;
        match parse_answer(self.field, &text) {
            Ok(value) => {
                match &value {
                    Some(Value::Code(code)) => self.check_code(key, code),
                    Some(Value::Codes(codes)) => codes.iter().for_each(|c| self.check_code(key, c)),
                    _ => {}
                }
                value
            }
            Err(findings) => {
                for finding in findings {
                    self.settings.report(self.settings.locate(finding, key));
                }
                None
            }
        }
    }

    fn days(&self) -> Option<DayOf> {
        let word = self.settings.text("days")?;
        self.expect_type("days", &[FieldType::Date, FieldType::Time]);
        match self.settings.choice("days", &word, &DAYS)? {
            0 => Some(DayOf::First),
            _ => Some(DayOf::Last),
        }
    }

    fn file_day(&self) -> bool {
        let wanted = self.settings.flag("file_day", false);
        if wanted {
            self.expect_type("file_day", &[FieldType::Date, FieldType::Time]);
        }
        wanted
    }

    fn codes(&self) -> Option<Words> {
        if !self.settings.has("codes") && !self.settings.has("crosswalk") {
            return None;
        }
        let key = if self.settings.has("codes") { "codes" } else { "crosswalk" };
        self.expect_type(key, &[FieldType::Code, FieldType::Codes]);
        let mut codes = self.crosswalk();
        if let Some(section) = self.settings.section("codes") {
            for theirs in section.keys() {
                let Some(ours) = section.text(theirs) else { continue };
                if let Some(finding) = self.wrong_code(&ours) {
                    section.report(section.locate(finding, theirs));
                }
                codes.add(theirs, &ours);
            }
        }
        codes.fold(self.list.filter(|_list| self.settings.has("crosswalk")));
        Some(codes)
    }

    /// The namespace of the keys by which the text names another record.
    fn link(&self) -> Option<Link> {
        if !self.settings.has("link") {
            return None;
        }
        self.expect_type("link", &[FieldType::Record]);
        let namespace = self.settings.required_text("link")?;
        Some(Link { namespace, is_marked: false })
    }

    fn crosswalk(&self) -> Words {
        let mut words = Words::default();
        let (Some(scheme), Some(list)) = (self.settings.text("crosswalk"), self.list) else {
            return words;
        };
        let codes = list.crosswalk(&scheme);
        if codes.is_empty() {
            let near = suggestion(&scheme, list.schemes());
            let finding = self.settings.finding("mapping-crosswalk-unknown", "crosswalk");
            let finding = finding.with("crosswalk", &scheme).with("list", &list.name);
            self.settings.report(finding.with("nearest", near));
        }
        for (theirs, ours) in codes {
            words.add(theirs, ours);
        }
        words
    }

    fn check_code(&self, key: &str, code: &str) {
        if let Some(finding) = self.wrong_code(code) {
            self.settings.report(self.settings.locate(finding, key));
        }
    }

    fn wrong_code(&self, code: &str) -> Option<Finding> {
        let list = self.list?;
        (!list.knows(code)).then(|| unknown_code(list, code))
    }
}

/// Records are named by keys of a namespace that a mapping gives to their register: any other would
/// name none.
pub(crate) fn check_links(
    mappings: &Parts<Mapping>,
    registers: &Parts<Register>,
    findings: &Findings,
) {
    for laid in mappings.values() {
        let Some(register) = registers.get(&laid.part.register) else { continue };
        let in_parts = laid.part.parts.values().flat_map(|part| &part.fields);
        for (name, mapping) in laid.part.fields.iter().chain(in_parts) {
            let field = register.part.form.field(name.as_str());
            let target = field.and_then(|field| field.register.as_ref());
            let (Some(link), Some(target)) = (&mapping.link, target) else { continue };
            let into = mappings.values().filter(|into| into.part.register == *target);
            let known: BTreeSet<&str> =
                into.map(|into| into.part.namespace.as_str()).chain([GENERIC]).collect();
            if !known.contains(link.namespace.as_str()) {
                let near = suggestion(&link.namespace, known);
                let finding = Finding::error("mapping-link-unknown").in_file(laid.file());
                let finding = finding.in_column(format!("fields.{name}.link"));
                let finding = finding.with("namespace", &link.namespace);
                findings.push(finding.with("register", target).with("nearest", near));
            }
        }
    }
}

/// A field that every record must have has to come from somewhere.
fn check_required(mapping: &Mapping, register: &Register, root: &Section<'_>) {
    let required = register.form.fields().iter().filter(|f| f.required && f.relevant.is_none());
    let in_parts = |name: &Name| {
        let mut parts = mapping.parts.values().peekable();
        parts.peek().is_some() && parts.all(|part| part.fields.contains_key(name))
    };
    let comes = |name: &Name| mapping.fields.contains_key(name) || in_parts(name);
    for field in required.filter(|field| !comes(&field.name)) {
        if register.key_field.as_ref() != Some(&field.name) {
            let finding = root.finding("mapping-required-missing", "fields");
            let finding = finding.with("field", &field.name);
            root.report(finding.with("register", &register.name));
        }
    }
}
