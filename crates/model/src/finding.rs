//! A finding: what is wrong with something a person gave us, where, and the values its words need.
//!
//! The words themselves, in each language, with cause and fix, are in the server's catalogue under
//! `finding-CODE`. Codes are stable: scripts and people's notes refer to them.

use std::collections::BTreeMap;
use std::fmt;

/// Whether a finding stops the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; the work goes on.
    Warning,
    /// The pack, row, filter or file is refused.
    Error,
}

/// Where a finding is: any part may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file, relative to the pack or as the person named it.
    pub file: Option<String>,
    /// The row or line, counted from 1 as a spreadsheet or an editor does (header = 1).
    pub row: Option<u64>,
    /// The column, key or field.
    pub column: Option<String>,
}

/// One thing that is wrong. Order: place first, so a list of findings reads like the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where.
    pub at: Location,
    /// Stable code, kebab case: `pack-extends-cycle`.
    pub code: &'static str,
    /// Whether it stops the work.
    pub severity: Severity,
    /// What its words mention: `("value", "0025-03-01")`.
    pub values: Vec<(&'static str, String)>,
    /// What the author of a form says in place of the value `message`, by language; words that do not
    /// say their language stand under none.
    pub sayings: Option<Box<BTreeMap<String, String>>>,
}

impl Finding {
    /// A finding that refuses.
    pub fn error(code: &'static str) -> Self {
        Self::new(code, Severity::Error)
    }

    /// A finding that informs.
    pub fn warning(code: &'static str) -> Self {
        Self::new(code, Severity::Warning)
    }

    fn new(code: &'static str, severity: Severity) -> Self {
        Self { at: Location::default(), code, severity, values: Vec::new(), sayings: None }
    }

    /// Says in which file.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.at.file = Some(file.into());
        self
    }

    /// Says in which row, from 1.
    #[must_use]
    pub fn at_row(mut self, row: u64) -> Self {
        self.at.row = Some(row);
        self
    }

    /// Says in which column, key or field.
    #[must_use]
    pub fn in_column(mut self, column: impl Into<String>) -> Self {
        self.at.column = Some(column.into());
        self
    }

    /// Adds a value for its words.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// Gives the words of a form's author in all their languages.
    #[must_use]
    pub fn saying(mut self, sayings: BTreeMap<String, String>) -> Self {
        self.sayings = (!sayings.is_empty()).then(|| Box::new(sayings));
        self
    }

    /// The words of a form's author in a language, else in the one they did not name, else in English,
    /// else in any.
    pub fn said_in(&self, language: &str) -> Option<&str> {
        let sayings = self.sayings.as_ref()?;
        let said = [language, "", "en"].iter().find_map(|known| sayings.get(*known));
        said.or_else(|| sayings.values().next()).map(String::as_str)
    }

    /// The value of this name, or nothing.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// Whether it stops the work.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// For logs and tests; people read the catalogue's words.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)?;
        if let Some(file) = &self.at.file {
            write!(f, " {file}")?;
        }
        if let Some(row) = self.at.row {
            write!(f, ":{row}")?;
        }
        if let Some(column) = &self.at.column {
            write!(f, " [{column}]")?;
        }
        self.values.iter().try_for_each(|(name, value)| write!(f, " {name}={value}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_sort_by_place_and_print_every_part() {
        let late = Finding::error("date-invalid").in_file("b.csv").at_row(2);
        let early = Finding::warning("name-unused")
            .in_file("b.csv")
            .at_row(1)
            .in_column("type")
            .with("name", "x");
        let mut found = vec![late.clone(), early.clone()];
        found.sort();
        assert_eq!(found, vec![early.clone(), late]);
        assert_eq!(early.to_string(), "name-unused b.csv:1 [type] name=x");
        assert_eq!(early.value("name"), Some("x"));
        assert!(!early.is_error());
    }
}
