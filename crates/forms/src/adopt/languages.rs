//! The languages of a form by their codes: forms say `French` or `French (fr)`, registers `fr`.

use std::collections::BTreeMap;

use model::finding::Finding;

use crate::labels::language_code;
use crate::workbook::{CHOICES, Cell, NO_LANGUAGE, SURVEY, Workbook};

/// What languages are called in forms that do not say their codes.
const NAMES: [(&str, &str); 20] = [
    ("english", "en"),
    ("french", "fr"),
    ("français", "fr"),
    ("francais", "fr"),
    ("spanish", "es"),
    ("español", "es"),
    ("arabic", "ar"),
    ("العربية", "ar"),
    ("portuguese", "pt"),
    ("português", "pt"),
    ("russian", "ru"),
    ("chinese", "zh"),
    ("swahili", "sw"),
    ("kiswahili", "sw"),
    ("lingala", "ln"),
    ("somali", "so"),
    ("dari", "prs"),
    ("pashto", "ps"),
    ("ukrainian", "uk"),
    ("hausa", "ha"),
];

/// The languages of a form.
#[derive(Debug)]
pub(super) struct Languages {
    default: String,
    codes: BTreeMap<String, Option<String>>,
}

impl Languages {
    /// Finds the code of every language of a form; those without one are said once.
    pub(super) fn of(book: &Workbook, spoken: &[String], findings: &mut Vec<Finding>) -> Self {
        let first = spoken.first().map_or("en", String::as_str);
        let named = book.setting("default_language").and_then(code_of);
        let default = named.unwrap_or_else(|| first.to_owned());
        let mut codes = BTreeMap::new();
        for sheet in [SURVEY, CHOICES] {
            for language in languages_of(book, sheet) {
                let code = code_of(&language);
                if code.is_none() && !codes.contains_key(&language) && language != NO_LANGUAGE {
                    let finding = Finding::warning("form-language-unclear").in_file(sheet);
                    findings.push(finding.at_row(1).with("language", &language));
                }
                codes.insert(language, code);
            }
        }
        Self { default, codes }
    }

    /// Texts with the codes of their languages; those of no known language are left out.
    pub(super) fn texts<'a>(&'a self, cell: &'a Cell) -> Vec<(&'a str, &'a str)> {
        let spoken = cell.spoken(NO_LANGUAGE).into_iter();
        let coded = spoken.filter_map(|(language, text)| match self.codes.get(language) {
            Some(Some(code)) => Some((code.as_str(), text)),
            _ if language == NO_LANGUAGE => Some((self.default.as_str(), text)),
            _ => None,
        });
        coded.collect()
    }
}

fn code_of(language: &str) -> Option<String> {
    let name = language.trim().to_lowercase();
    let known = NAMES.iter().find(|(known, _code)| *known == name);
    let known = known.map(|(_name, code)| (*code).to_owned());
    known.or_else(|| language_code(language).map(str::to_owned))
}

/// Every language that a column of a sheet names.
fn languages_of(book: &Workbook, sheet: &str) -> Vec<String> {
    let Some(table) = book.sheet(sheet) else { return Vec::new() };
    let mut found = vec![NO_LANGUAGE.to_owned()];
    for path in &table.headers {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let (["label" | "hint" | "guidance_hint", language]
        | ["media", _, language]
        | ["bind", "jr:constraintMsg" | "jr:requiredMsg", language]) = *path.as_slice()
        else {
            continue;
        };
        if !found.iter().any(|known| known == language) {
            found.push(language.to_owned());
        }
    }
    found
}
