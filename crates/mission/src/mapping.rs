//! Mappings: how a row of somebody else's table becomes the values of a record.

mod apply;
mod days;
mod generic;
mod read;
mod settle;
mod template;
mod texts;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use forms::labels::Labels;
use forms::suggestion::suggestion;
use model::finding::Finding;
use model::hashtag::HashtagPattern;
use model::id::Name;
use model::value::Value;

pub use apply::{Applied, Imported, Linked};
pub use days::DayOf;
pub(crate) use read::{check_links, read};
pub use settle::{Settled, SourceFacts};
pub use template::Template;
pub use words::Words;

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
    /// Whether rows of one key are each a record of their own, numbered in their order; else the
    /// second is refused.
    pub numbers_repeats: bool,
    /// The records that each row makes, where it may make several.
    pub parts: BTreeMap<Name, Part>,
    /// Of a mapping that was settled for one of its parts: which.
    part: Option<Name>,
    /// Of a mapping that was settled for a file: the columns that its hashtags mean there.
    tagged: BTreeMap<String, Vec<String>>,
}

/// One of the records that a row makes: where the column of its number holds more than zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The column of its number.
    pub count: String,
    /// The fields it has beside or in place of those of every record.
    pub fields: BTreeMap<Name, FieldMapping>,
}

/// Where the values of one field come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldMapping {
    /// What in the row.
    pub origin: Origin,
    /// From the row's texts to codes: the mapping's own words, then a crosswalk of the code list.
    pub codes: Option<Words>,
    /// How a text stands for another record; it is its id where nothing is said.
    pub link: Option<Link>,
    /// The value where the row has none, or none that is understood.
    pub default: Option<Value>,
    /// Whether a file may lack the columns.
    pub optional: bool,
    /// Whether a text that cannot be read is left out and told, and does not refuse the row; of a place,
    /// whether the source covers more than the mission.
    pub lenient: bool,
    /// Which day a month or year alone means, where days may be written as people do.
    pub days: Option<DayOf>,
    /// Whether a row without a day has that of the file.
    pub file_day: bool,
    /// Of several columns with one hashtag, how many are left out: they feed another field.
    pub after: usize,
}

impl FieldMapping {
    /// A field from this origin, nothing else said.
    pub(crate) fn of(origin: Origin) -> Self {
        Self {
            origin,
            codes: None,
            link: None,
            default: None,
            optional: false,
            lenient: false,
            days: None,
            file_day: false,
            after: 0,
        }
    }
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

/// What in a row a value is made from. A column whose name starts with `#` is every column whose HXL
/// hashtag fits that pattern.
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
    /// Whether its columns are HXL hashtags.
    pub fn is_by_hashtags(&self) -> bool {
        self.columns().any(HashtagPattern::is_one)
    }

    /// The findings of a file's header: one for each column that is needed and not there.
    pub fn check_columns(&self, columns: &[&str]) -> Vec<Finding> {
        let is_there = |column: &str| match self.tagged.get(column) {
            Some(columns) => !columns.is_empty(),
            None => columns.contains(&column),
        };
        let mut missing: BTreeSet<&str> =
            self.needed_columns().filter(|column| !is_there(column)).collect();
        for field in self.fields.values().filter(|field| !field.optional && field.default.is_none())
        {
            missing.extend(field.origin.missing_columns(&is_there));
        }
        let finding = |column: &str| {
            if HashtagPattern::is_one(column) {
                let finding = Finding::error("hxl-tag-missing").at_row(1).with("tag", column);
                return finding.with("mapping", &self.name).with("tags", columns.join(", "));
            }
            let near = suggestion(column, columns.iter().copied());
            let finding = Finding::error("mapping-column-missing").at_row(1).in_column(column);
            finding.with("column", column).with("mapping", &self.name).with("nearest", near)
        };
        missing.into_iter().map(finding).collect()
    }

    /// The columns without which no row can be read. Of hashtags that make a key, one is enough.
    fn needed_columns(&self) -> impl Iterator<Item = &str> {
        let tagged = |column: &&String| {
            HashtagPattern::is_one(column) && self.tagged.get(*column).is_some_and(Vec::is_empty)
        };
        let absent = self.key.iter().filter(tagged).count();
        let all_absent = absent == self.key.len();
        let key = self.key.iter().filter(move |column| all_absent || !tagged(column));
        let parts = self.part.iter().filter_map(|part| Some(&self.parts.get(part)?.count));
        key.chain(&self.required_columns).chain(self.only.keys()).chain(parts).map(String::as_str)
    }

    /// Every column it names, hashtags as they are written.
    fn columns(&self) -> impl Iterator<Item = &str> {
        let of_parts = self.parts.values().flat_map(|part| part.fields.values());
        let fields = self.fields.values().chain(of_parts);
        let named = fields.flat_map(|field| field.origin.columns());
        let counts = self.parts.values().map(|part| part.count.as_str());
        let rest = self.key.iter().chain(&self.required_columns).chain(self.only.keys());
        named.chain(counts).chain(rest.map(String::as_str))
    }
}

impl Origin {
    /// The columns that are not there and without which there can be no value. Of several
    /// alternatives, one is enough; a template does with those there are.
    fn missing_columns(&self, is_there: &dyn Fn(&str) -> bool) -> Vec<&str> {
        match self {
            Self::Columns(columns) if columns.iter().any(|column| is_there(column)) => Vec::new(),
            Self::Columns(columns) => columns.first().into_iter().map(String::as_str).collect(),
            Self::Coordinates { longitude, latitude } => {
                let both = [longitude.as_str(), latitude.as_str()];
                both.into_iter().filter(|column| !is_there(column)).collect()
            }
            Self::Constant(_) | Self::Area(_) | Self::Text(_) => Vec::new(),
        }
    }

    /// The columns it names.
    fn columns(&self) -> Vec<&str> {
        match self {
            Self::Columns(columns) => columns.iter().map(String::as_str).collect(),
            Self::Coordinates { longitude, latitude } => vec![longitude, latitude],
            Self::Text(template) => template.columns().into_iter().collect(),
            Self::Constant(_) | Self::Area(_) => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
