//! Mappings: how a row of somebody else's table becomes the values of a record.

mod apply;
mod generic;
mod read;
mod template;

use std::collections::{BTreeMap, BTreeSet};

use forms::labels::Labels;
use forms::suggestion::suggestion;
use model::finding::Finding;
use model::id::Name;
use model::value::Value;

pub use apply::{Applied, Imported, Linked};
pub(crate) use read::{check_links, read};
pub use template::Template;

/// A mapping of a pack, or the generic one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// Its name: that of its file.
    pub name: Name,
    /// What people call it.
    pub titles: Labels,
    /// The register its records belong to.
    pub register: Name,
    /// Whose keys these are: the same key in two namespaces means two records.
    pub namespace: String,
    /// The columns that together name a row for ever. Of several, one that feeds an optional field
    /// may be empty.
    pub key: Vec<String>,
    /// Whom to thank, and under which licence.
    pub source: Option<String>,
    /// Columns a file must have beside those that fields need.
    pub required_columns: Vec<String>,
    /// Only rows with one of these values in each of these columns are read.
    pub only: BTreeMap<String, BTreeSet<String>>,
    /// Where the values of the fields come from.
    pub fields: BTreeMap<Name, FieldMapping>,
}

/// Where the values of one field come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldMapping {
    /// What in the row.
    pub origin: Origin,
    /// From the row's texts to codes: the mapping's own words, then a crosswalk of the code list.
    pub codes: Option<BTreeMap<String, String>>,
    /// How a text stands for another record; it is its id where nothing is said.
    pub link: Option<Link>,
    /// The value where the row has none, or none that is understood.
    pub default: Option<Value>,
    /// Whether a file may lack the columns.
    pub optional: bool,
}

/// A text that is the key another record was imported under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The namespace of the key.
    pub namespace: String,
    /// Whether the text may as well be an id, so that a key has `key:` before it.
    pub is_marked: bool,
}

impl Link {
    /// The key in a text; nothing where it is to be an id.
    fn key<'t>(&self, text: &'t str) -> Option<&'t str> {
        let key = if self.is_marked { text.strip_prefix(MARK)?.trim() } else { text };
        Some(key).filter(|key| !key.is_empty())
    }
}

/// What stands before a key where there may be an id as well.
const MARK: &str = "key:";

/// What in a row a value is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The first of these columns that is not empty.
    Columns(Vec<String>),
    /// A position, from two columns of degrees.
    Coordinates {
        /// The column of the longitude.
        longitude: String,
        /// The column of the latitude.
        latitude: String,
    },
    /// The same for every row.
    Constant(Value),
    /// The P-code of the area of this level that the row's place lies in.
    Area(u8),
    /// A text with columns in it.
    Text(Template),
}

impl Mapping {
    /// The findings of a file's header: one for each column that is needed and not there.
    pub fn check_columns(&self, columns: &[&str]) -> Vec<Finding> {
        let needed = self.key.iter().chain(&self.required_columns).chain(self.only.keys());
        let mut missing: BTreeSet<&str> = needed.map(String::as_str).collect();
        for field in self.fields.values().filter(|field| !field.optional && field.default.is_none())
        {
            missing.extend(field.origin.needed_columns(columns));
        }
        missing.retain(|column| !columns.contains(column));
        let finding = |column: &str| {
            let near = suggestion(column, columns.iter().copied());
            let finding = Finding::error("mapping-column-missing").at_row(1).in_column(column);
            finding.with("column", column).with("mapping", &self.name).with("nearest", near)
        };
        missing.into_iter().map(finding).collect()
    }
}

impl Origin {
    /// The columns without which there can be no value. Of several alternatives, one is enough; a
    /// template does with those there are.
    fn needed_columns<'a>(&'a self, present: &[&str]) -> Vec<&'a str> {
        match self {
            Self::Columns(columns) => {
                let any = columns.iter().any(|column| present.contains(&column.as_str()));
                let first = columns.first().filter(|_first| !any);
                first.into_iter().map(String::as_str).collect()
            }
            Self::Coordinates { longitude, latitude } => vec![longitude, latitude],
            Self::Constant(_) | Self::Area(_) | Self::Text(_) => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
