//! What a form is made of once it is read: fields in order, and the groups they stand in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use model::id::Name;
use model::value::FieldType;

use crate::labels::{Labels, language_code};

/// The condition of a question that is asked no more.
pub(crate) const NEVER: &str = "false()";

/// A form: an ordered list of fields with distinct names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// What the form is called.
    pub title: Labels,
    fields: Vec<Field>,
    groups: Vec<Group>,
    places: BTreeMap<Name, usize>,
}

impl Form {
    /// A form of these fields. Of two fields of one name the first is found by name.
    pub fn new(title: Labels, fields: Vec<Field>, groups: Vec<Group>) -> Self {
        let mut places = BTreeMap::new();
        for (place, field) in fields.iter().enumerate() {
            places.entry(field.name.clone()).or_insert(place);
        }
        Self { title, fields, groups, places }
    }

    /// The fields, in the order of the sheet.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The groups, in the order of the sheet.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Every field, each followed by the columns of its rows.
    pub fn every_field(&self) -> impl Iterator<Item = &Field> {
        let mut due: Vec<&Field> = self.fields.iter().rev().collect();
        std::iter::from_fn(move || {
            let next = due.pop()?;
            due.extend(next.fields.iter().rev());
            Some(next)
        })
    }

    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.places.get(name).and_then(|place| self.fields.get(*place))
    }

    /// The form as if these fields were not there.
    #[must_use]
    pub fn without(&self, names: &BTreeSet<Name>) -> Self {
        let kept = self.fields.iter().filter(|field| !names.contains(&field.name));
        Self::new(self.title.clone(), kept.cloned().collect(), self.groups.clone())
    }

    /// The names of all fields, in the order of the sheet.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|field| field.name.as_str())
    }
}

/// One question of a form, which is one field of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name: the column, the key in JSON, the property in filters.
    pub name: Name,
    /// What its values are.
    pub kind: FieldType,
    /// The `XLSForm` type as it was written, without its argument: `geopoint`, `select_one`.
    pub question: String,
    /// The code list of a code field.
    pub list: Option<Name>,
    /// The register that a record field points into.
    pub register: Option<Name>,
    /// What people read.
    pub labels: Labels,
    /// The smaller words below.
    pub hints: Labels,
    /// Whether a record must have a value.
    pub required: bool,
    /// The innermost group it stands in, of its form or of the repeat it is a column of.
    pub group: Option<String>,
    /// The columns of a field of rows, in the order of the sheet. Names are distinct among them.
    pub fields: Vec<Self>,
    /// The groups within a field of rows.
    pub groups: Vec<Group>,
    /// The compartment that alone may read it.
    pub sealed: Option<String>,
    /// `XLSForm` expression an answer must fulfil, as it was written.
    pub constraint: Option<String>,
    /// `XLSForm` expression that says when the question is asked.
    pub relevant: Option<String>,
    /// `XLSForm` expression that computes the answer.
    pub calculation: Option<String>,
    /// How a form client shows it.
    pub appearance: Option<String>,
    /// Every other filled column, by its header: kept for form clients.
    pub other: BTreeMap<String, String>,
    /// The sheet it was read from.
    pub file: Arc<str>,
    /// Its row in that sheet.
    pub row: u64,
}

impl Field {
    /// A field of which nothing else is said.
    pub fn new(name: Name, kind: FieldType) -> Self {
        Self {
            name,
            kind,
            question: String::new(),
            list: None,
            register: None,
            labels: Labels::default(),
            hints: Labels::default(),
            required: false,
            group: None,
            fields: Vec::new(),
            groups: Vec::new(),
            sealed: None,
            constraint: None,
            relevant: None,
            calculation: None,
            appearance: None,
            other: BTreeMap::new(),
            file: "".into(),
            row: 0,
        }
    }

    /// Whether it is asked no more: a form that changed keeps such questions, so that what was answered
    /// stays readable and what was begun in the earlier form can still be sent.
    pub fn is_retired(&self) -> bool {
        self.relevant.as_deref().is_some_and(|relevant| relevant.trim() == NEVER)
    }

    /// The same without its columns.
    pub(crate) fn alone(&self) -> Self {
        Self { fields: Vec::new(), groups: Vec::new(), ..self.clone() }
    }

    /// The words of a column that says something in several languages, such as
    /// `constraint_message::French (fr)`, by language; those that do not say theirs stand under none.
    pub fn sayings(&self, column: &str) -> BTreeMap<String, String> {
        let language = |header: &str| match header.strip_prefix(column)?.strip_prefix("::") {
            Some(suffix) => Some(language_code(suffix).unwrap_or_default().to_owned()),
            None => (header == column).then(String::new),
        };
        let cells = self.other.iter();
        cells.filter_map(|(header, text)| Some((language(header)?, text.clone()))).collect()
    }

    /// The column of this name, of a field of rows.
    pub fn column(&self, name: &str) -> Option<&Self> {
        self.fields.iter().find(|column| column.name.as_str() == name)
    }
}

/// A group of questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// What people read.
    pub labels: Labels,
    /// The group it stands in.
    pub parent: Option<String>,
    /// `XLSForm` expression that says when its questions are asked.
    pub relevant: Option<String>,
    /// The sheet it was read from.
    pub file: Arc<str>,
    /// Its row in that sheet.
    pub row: u64,
}
