//! The header of a table: every column has a name of its own.

use std::collections::BTreeMap;

use model::finding::Finding;

use super::cells::check_text;
use super::options::Limits;

/// The columns of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    names: Vec<String>,
    positions: BTreeMap<String, usize>,
    /// Whether they are called by their hashtags.
    tags: bool,
}

impl Columns {
    /// Columns from the cells of a header: trimmed, blank ones at the end left out. Blank ones before
    /// that and names that occur twice are findings, all at once.
    pub(crate) fn from_header<'h>(
        header: impl Iterator<Item = &'h str>,
        row: u64,
        limits: &Limits,
    ) -> Result<Self, Vec<Finding>> {
        let mut names: Vec<String> = header.map(|name| name.trim().to_owned()).collect();
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        if names.is_empty() {
            return Err(vec![Finding::error("file-empty")]);
        }
        if names.len() > limits.columns {
            return Err(vec![too_many(limits.columns).at_row(row)]);
        }
        Self::of(names, limits)
            .map_err(|findings| findings.into_iter().map(|finding| finding.at_row(row)).collect())
    }

    fn of(names: Vec<String>, limits: &Limits) -> Result<Self, Vec<Finding>> {
        let mut columns = Self::default();
        let mut findings = Vec::new();
        for (position, name) in names.into_iter().enumerate() {
            if let Some(finding) = check_text(&name, limits.cell_bytes) {
                findings.push(finding.with("position", position + 1));
            } else if name.is_empty() {
                findings.push(blank(position));
            } else if let Some(first) = columns.positions.get(&name) {
                findings.push(duplicate(&name, *first, position));
            } else {
                columns.positions.insert(name.clone(), position);
            }
            columns.names.push(name);
        }
        if findings.is_empty() { Ok(columns) } else { Err(findings) }
    }

    /// Columns called by their hashtags, each name once.
    pub(crate) fn tagged(names: Vec<String>) -> Self {
        let positions = names.iter().enumerate().map(|(nth, name)| (name.clone(), nth)).collect();
        Self { names, positions, tags: true }
    }

    /// Whether they are called by their hashtags. Then cells beyond the last are no fault: whatever has no
    /// hashtag is not read.
    pub(crate) fn are_tags(&self) -> bool {
        self.tags
    }

    /// The names, in order.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// Where a column is, from 0.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.positions.get(name).copied()
    }
}

/// More columns than a table may have.
pub(crate) fn too_many(columns_max: usize) -> Finding {
    Finding::error("header-too-many-columns").with("max", columns_max)
}

fn blank(position: usize) -> Finding {
    Finding::error("header-blank").with("position", position + 1)
}

fn duplicate(name: &str, first: usize, second: usize) -> Finding {
    Finding::error("header-duplicate")
        .in_column(name)
        .with("name", name)
        .with("first", first + 1)
        .with("second", second + 1)
}
