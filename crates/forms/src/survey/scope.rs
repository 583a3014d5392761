//! A part of a survey whose names are distinct among themselves: the form, or the inside of a repeat.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::form::{Field, Group};

/// What has been read of it so far.
#[derive(Default)]
pub(super) struct Scope {
    /// The name of its repeat as it was written; empty for the form itself.
    pub(super) name: String,
    /// The row its repeat begins in.
    pub(super) row: u64,
    pub(super) fields: Vec<Field>,
    pub(super) groups: Vec<Group>,
    /// Names of fields and groups, and where each was first.
    pub(super) names: BTreeMap<String, (Arc<str>, u64)>,
    /// The groups that are open, with the rows they began in.
    pub(super) open: Vec<(String, u64)>,
    /// The field it is the inside of; none where that one was refused.
    repeat: Option<Field>,
}

impl Scope {
    /// The inside of a repeat, before its first question.
    pub(super) fn of(name: &str, row: u64, repeat: Option<Field>) -> Self {
        Self { name: name.to_owned(), row, repeat, ..Self::default() }
    }

    /// The field of rows with what was read as its columns.
    pub(super) fn into_field(self) -> Option<Field> {
        let repeat = self.repeat?;
        Some(Field { fields: self.fields, groups: self.groups, ..repeat })
    }
}
