//! A register: a form, and what a form cannot say about the records made with it.

mod look_alike;
mod read;
mod symbol;
mod workflow;

use std::collections::BTreeSet;
use std::sync::Arc;

use forms::check::unknown_code;
use forms::compiled::Compiled;
use forms::form::{Field, Form};
use forms::labels::Labels;
use forms::list::{CodeList, Lists};
use forms::sheet::Sheet;
use model::classification::Classification;
use model::finding::Finding;
use model::id::Name;
use model::value::{FieldType, Value};

pub use look_alike::{LookAlike, Near, Precision, Reach, Same, Words};
pub(crate) use read::{Content, Shared, at_field, read};
pub use symbol::Symbol;
pub(crate) use symbol::check_list as check_symbols;
pub use workflow::{
    ClockKey, Condition, Deadline, Escalation, Gate, Length, Span, StateClock, Transition, Workflow,
};
pub(crate) use workflow::{check_gates, check_roles};

/// A register of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// Its name: the folder, the table, the collection.
    pub name: Name,
    /// What people call it.
    pub labels: Labels,
    /// Its form.
    pub form: Form,
    /// The sheets of its form as they were written, for form clients: its own survey, then its field
    /// groups.
    pub surveys: Vec<Survey>,
    /// The code lists that its fields draw from, its own choices among them.
    pub lists: Lists,
    /// The form with its expressions understood, which records are held to.
    pub compiled: Arc<Compiled>,
    /// The field that says when: order, index, figures.
    pub time_field: Option<Name>,
    /// The field that says where.
    pub place_field: Option<Name>,
    /// The fields that hold P-codes, largest area first.
    pub area_fields: Vec<Name>,
    /// The fields that a text search looks in.
    pub search_fields: Vec<Name>,
    /// The field that stands for the record in a list.
    pub title_field: Option<Name>,
    /// The columns of a list.
    pub list_columns: Vec<Name>,
    /// Fields of codes that a map shows beside those of the list: what a point is drawn by.
    pub map_fields: Vec<Name>,
    /// What a record is classified as that does not say.
    pub classification: Classification,
    /// The caveat of a record that does not say one. No record of the register is then open.
    pub caveat: Option<Name>,
    /// The field that holds a source's own key.
    pub key_field: Option<Name>,
    /// The tasks of mandates it gives evidence for.
    pub evidence_for: Vec<String>,
    /// The sums kept ready.
    pub cube: Option<Cube>,
    /// How its records move from state to state.
    pub workflow: Option<Workflow>,
    /// The clocks people look at, between states of the workflow.
    pub clocks: Vec<StateClock>,
    /// When two of its records may be one and the same.
    pub look_alike: Option<LookAlike>,
    /// What its records look like on a map.
    pub symbol: Option<Symbol>,
}

/// A sheet of a form as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// Its file, as findings name it.
    pub file: Arc<str>,
    /// Its content.
    pub bytes: Arc<[u8]>,
}

impl Survey {
    /// The same, to be read.
    pub fn sheet(&self) -> Sheet<'_> {
        Sheet { file: &self.file, bytes: &self.bytes }
    }
}

/// Sums of a register kept ready by area and month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cube {
    /// The field of the area.
    pub area: Name,
    /// The fields that are summed.
    pub sums: Vec<Name>,
}

impl Register {
    /// The register as it is for somebody to whom these fields do not exist.
    #[must_use]
    pub fn without(&self, fields: &BTreeSet<Name>) -> Self {
        let form = self.form.without(fields);
        let used: BTreeSet<&Name> =
            form.every_field().filter_map(|field| field.list.as_ref()).collect();
        let lists = self.lists.iter().filter(|(name, _)| used.contains(name));
        let lists = lists.map(|(name, list)| (name.clone(), Arc::clone(list))).collect();
        Self { form, lists, ..self.clone() }
    }

    /// The lists of its own choices: those that are not the pack's.
    pub fn own_lists<'r>(&'r self, shared: &'r Lists) -> impl Iterator<Item = &'r CodeList> {
        let lists = self.lists.iter().filter(|(name, list)| shared.get(*name) != Some(*list));
        lists.map(|(_, list)| &**list)
    }

    /// What is wrong with the codes of a field's value: those that its list never had.
    pub(crate) fn unknown_codes(&self, field: &Field, value: Option<&Value>) -> Vec<Finding> {
        let Some(list) = field.list.as_ref().and_then(|list| self.lists.get(list)) else {
            return Vec::new();
        };
        let codes: Vec<&String> = match value {
            Some(Value::Code(code)) => vec![code],
            Some(Value::Codes(codes)) => codes.iter().collect(),
            _ => Vec::new(),
        };
        let unknown = codes.into_iter().filter(|code| !list.knows(code));
        unknown.map(|code| unknown_code(list, code)).collect()
    }

    /// What filters may name: the fields of the form.
    pub fn schema(&self) -> &dyn filter::Schema {
        self
    }
}

impl filter::Schema for Register {
    fn field(&self, name: &str) -> Option<FieldType> {
        self.form.field(name).map(|field| field.kind)
    }

    fn names(&self) -> Vec<String> {
        self.form.names().map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests;
