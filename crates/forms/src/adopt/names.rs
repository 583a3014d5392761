//! Names that a register can have, and what refers to them.

use std::collections::{BTreeMap, BTreeSet};

use model::finding::Finding;
use model::id::Name;

use super::Around;
use crate::workbook::{Row, SURVEY, Workbook};
use crate::xform::{Controls, Part, control_word, parts};

/// Names of columns that every table of records has.
const RESERVED: [&str; 4] = ["id", "geometry", "no", "rowid"];
/// The longest name.
const CHARS_MAX: usize = 63;

/// A name like `text` that a field, a list or a register can have.
pub fn fitting(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let plain = |c: char| if c.is_ascii_alphanumeric() || "_-".contains(c) { c } else { '_' };
    let fitted: String = lower.chars().map(plain).collect();
    let begins = fitted.starts_with(|c: char| c.is_ascii_lowercase());
    let fitted = if begins { fitted } else { format!("q_{}", fitted.trim_start_matches('_')) };
    fitted.chars().take(CHARS_MAX).collect()
}

/// The names of a form's questions, by row, and those that were changed.
#[derive(Debug, Default)]
pub(super) struct Names {
    by_row: BTreeMap<u64, String>,
    changed: BTreeMap<String, String>,
}

impl Names {
    /// Chooses a name for every row; changes are said.
    pub(super) fn choose(
        book: &Workbook,
        around: &Around<'_>,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let demanded = around.demanded.iter().map(|field| field.name.to_string());
        let top: BTreeSet<String> =
            RESERVED.iter().map(|name| (*name).to_owned()).chain(demanded).collect();
        let mut taken = vec![top];
        let mut names = Self::default();
        for row in book.rows(SURVEY) {
            let word = row.text("type").unwrap_or_default();
            let control = control_word(word);
            if let Some(written) =
                row.text("name").filter(|_| !matches!(control, Some(Controls::End(..))))
            {
                names.add(row, written, &mut taken, findings);
            }
            match control {
                Some(Controls::Begin(kind, _)) if kind.repeats() => taken.push(BTreeSet::new()),
                Some(Controls::End(kind, _)) if kind.repeats() => {
                    taken.pop();
                }
                _ => {}
            }
        }
        names
    }

    fn add(
        &mut self,
        row: &Row,
        written: &str,
        taken: &mut [BTreeSet<String>],
        findings: &mut Vec<Finding>,
    ) {
        let fitted = if Name::new(written).is_ok() { written.to_owned() } else { fitting(written) };
        let Some(scope) = taken.last_mut() else { return };
        let numbered = (2..).map(|number: u32| {
            let stem: String = fitted.chars().take(CHARS_MAX.saturating_sub(6)).collect();
            format!("{stem}_{number}")
        });
        let mut candidates = std::iter::once(fitted.clone()).chain(numbered);
        let name = candidates.find(|name| !scope.contains(name)).unwrap_or_default();
        scope.insert(name.clone());
        if name != written {
            let finding = Finding::warning("form-name-changed").in_file(SURVEY).at_row(row.number);
            let finding = finding.in_column("name").with("from", written);
            findings.push(finding.with("to", &name));
            self.changed.entry(written.to_owned()).or_insert_with(|| name.clone());
        }
        self.by_row.insert(row.number, name);
    }

    /// The name of a row.
    pub(super) fn of(&self, row: &Row) -> Option<&str> {
        self.by_row.get(&row.number).map(String::as_str)
    }

    /// An expression with the names as they are now.
    pub(super) fn in_text(&self, text: &str) -> String {
        if self.changed.is_empty() {
            return text.to_owned();
        }
        parts(text).into_iter().fold(String::new(), |done, part| match part {
            Part::Text(text) => done + text,
            Part::Reference(found) => {
                let name = self.changed.get(found.name).map_or(found.name, String::as_str);
                done + "${" + name + "}"
            }
        })
    }
}
