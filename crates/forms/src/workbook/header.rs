//! The header of a sheet: what each column is called today.

use std::collections::BTreeMap;

use model::finding::Finding;

use super::{CHOICES, ENTITIES, EXTERNAL_CHOICES, OSM, SETTINGS, SURVEY};

/// Columns of a survey under their own names.
const OF_SURVEY: [&str; 17] = [
    "name",
    "label",
    "type",
    "hint",
    "guidance_hint",
    "default",
    "trigger",
    "bind",
    "control",
    "instance",
    "media",
    "choice_filter",
    "parameters",
    "query",
    "list_name",
    "choices",
    "itemset",
];
/// Columns of choices under their own names.
const OF_CHOICES: [&str; 4] = ["name", "label", "media", "sms_option"];
/// Columns of entities under their own names.
const OF_ENTITIES: [&str; 6] =
    ["dataset", "entity_id", "create_if", "update_if", "label", "repeat"];
/// Columns of settings under their own names.
const OF_SETTINGS: [&str; 27] = [
    "name",
    "title",
    "id_string",
    "version",
    "style",
    "default_language",
    "instance_name",
    "instance_xmlns",
    "namespaces",
    "attribute",
    "omit_instanceID",
    "public_key",
    "submission_url",
    "auto_send",
    "auto_delete",
    "client_editable",
    "allow_choice_duplicates",
    "clean_text_values",
    "add_none_option",
    "delimiter",
    "prefix",
    "flat",
    "sms_keyword",
    "sms_separator",
    "sms_allow_media",
    "sms_response",
    "instance_id",
];

/// Other names that columns of a survey have had, and the path of each today.
const SPELLINGS: [(&str, &[&str]); 37] = [
    ("read_only", &["bind", "readonly"]),
    ("readonly", &["bind", "readonly"]),
    ("relevant", &["bind", "relevant"]),
    ("relevance", &["bind", "relevant"]),
    ("required", &["bind", "required"]),
    ("constraint", &["bind", "constraint"]),
    ("constraining_message", &["bind", "jr:constraintMsg"]),
    ("constraint_message", &["bind", "jr:constraintMsg"]),
    ("requiredmsg", &["bind", "jr:requiredMsg"]),
    ("required_message", &["bind", "jr:requiredMsg"]),
    ("noapperrorstring", &["bind", "jr:noAppErrorString"]),
    ("no_app_error_string", &["bind", "jr:noAppErrorString"]),
    ("calculation", &["bind", "calculate"]),
    ("calculate", &["bind", "calculate"]),
    ("save_to", &["bind", "entities:saveto"]),
    ("appearance", &["control", "appearance"]),
    ("autoplay", &["control", "autoplay"]),
    ("rows", &["control", "rows"]),
    ("body", &["control"]),
    ("count", &["control", "jr:count"]),
    ("repeat_count", &["control", "jr:count"]),
    ("jr:count", &["control", "jr:count"]),
    ("compact_tag", &["instance", "odk:tag"]),
    ("caption", &["label"]),
    ("command", &["type"]),
    ("tag", &["name"]),
    ("value", &["name"]),
    ("image", &["media", "image"]),
    ("big-image", &["media", "big-image"]),
    ("audio", &["media", "audio"]),
    ("video", &["media", "video"]),
    ("sms_field", &["sms_field"]),
    ("sms_option", &["sms_option"]),
    ("sms_separator", &["sms_separator"]),
    ("sms_allow_media", &["sms_allow_media"]),
    ("sms_date_format", &["sms_date_format"]),
    ("sms_response", &["sms_response"]),
];
const SPELLINGS_OF_CHOICES: [(&str, &[&str]); 7] = [
    ("caption", &["label"]),
    ("list_name", &["list name"]),
    ("value", &["name"]),
    ("image", &["media", "image"]),
    ("big-image", &["media", "big-image"]),
    ("audio", &["media", "audio"]),
    ("video", &["media", "video"]),
];
const SPELLINGS_OF_SETTINGS: [(&str, &[&str]); 5] = [
    ("form_title", &["title"]),
    ("set_form_title", &["title"]),
    ("form_id", &["id_string"]),
    ("set_form_id", &["id_string"]),
    ("compact_prefix", &["prefix"]),
];
const SPELLINGS_OF_ENTITIES: [(&str, &[&str]); 1] = [("list_name", &["dataset"])];

/// The paths of a sheet's columns, in their order; that of a column without name is empty.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) paths: Vec<Vec<String>>,
}

impl Header {
    /// Reads a header; columns that are there twice are findings.
    pub(super) fn read(sheet: &str, written: &[String], findings: &mut Vec<Finding>) -> Self {
        let words = Words::of(sheet);
        let splits_at_two = written.iter().any(|header| header.contains("::"));
        let is_double = sheet == SETTINGS && has_both_ids(written);
        let mut seen: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        let mut paths = Vec::new();
        for (place, header) in written.iter().enumerate() {
            if header.is_empty() || (is_double && header == "id_string") {
                paths.push(Vec::new());
                continue;
            }
            let path = words.path(header, splits_at_two);
            let number = place.saturating_add(1);
            if let Some(first) = seen.insert(path.clone(), number) {
                let finding = Finding::error("sheet-header-twice").in_file(sheet).at_row(1);
                let finding = finding.in_column(header).with("first", first);
                findings.push(finding.with("second", number));
            }
            paths.push(path);
        }
        Self { paths }
    }
}

fn has_both_ids(written: &[String]) -> bool {
    ["id_string", "form_id"].iter().all(|id| written.iter().any(|header| header == id))
}

/// What columns of a sheet are called.
struct Words {
    known: &'static [&'static str],
    spellings: &'static [(&'static str, &'static [&'static str])],
}

impl Words {
    fn of(sheet: &str) -> Self {
        let (known, spellings): (&'static [_], &'static [_]) = match sheet {
            SURVEY => (&OF_SURVEY, &SPELLINGS),
            SETTINGS => (&OF_SETTINGS, &SPELLINGS_OF_SETTINGS),
            CHOICES | EXTERNAL_CHOICES | OSM => (&OF_CHOICES, &SPELLINGS_OF_CHOICES),
            ENTITIES => (&OF_ENTITIES, &SPELLINGS_OF_ENTITIES),
            _ => (&[], &[]),
        };
        Self { known, spellings }
    }

    fn path(&self, header: &str, splits_at_two: bool) -> Vec<String> {
        for name in [header.to_owned(), snake_case(header)] {
            if self.known.contains(&name.as_str()) && self.today(&name).is_none() {
                return vec![name];
            }
        }
        let parts = parts(header, splits_at_two);
        let Some((first, rest)) = parts.split_first() else { return Vec::new() };
        let name = snake_case(first);
        let begin: Vec<String> = match self.today(&name) {
            Some(path) => path.iter().map(|part| (*part).to_owned()).collect(),
            None if self.known.contains(&name.as_str()) => vec![name],
            None => vec![first.clone()],
        };
        begin.into_iter().chain(rest.iter().cloned()).collect()
    }

    fn today(&self, name: &str) -> Option<&'static [&'static str]> {
        self.spellings.iter().find(|(old, _path)| *old == name).map(|(_old, path)| *path)
    }
}

/// The parts of a header, apart by `::`; by `:` where the sheet has no `::` at all, as it once was.
fn parts(header: &str, splits_at_two: bool) -> Vec<String> {
    if splits_at_two || header.contains("::") {
        return header.split("::").map(|part| part.trim().to_owned()).collect();
    }
    let mut parts: Vec<String> = Vec::new();
    let mut is_prefixed = false;
    for part in header.split(':').map(str::trim) {
        match parts.last_mut() {
            Some(before) if is_prefixed => *before = format!("{before}:{part}"),
            _ => parts.push(part.to_owned()),
        }
        is_prefixed = part == "jr";
    }
    parts
}

fn snake_case(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join("_").to_lowercase()
}
