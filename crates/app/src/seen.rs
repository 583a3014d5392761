//! Registers as one person sees them: to somebody who may not open a sealed field it does not exist,
//! not in a form, not in a filter, not in the words that suggest another name.

use std::borrow::Cow;
use std::collections::BTreeSet;

use mission::register::Register;
use model::finding::Finding;
use model::id::Name;
use policy::{Action, Viewer};
use store::Whole;

use crate::edit::Values;
use crate::error::AppError;
use crate::node::Node;

impl Node {
    /// A register without the fields that are closed to the viewer in every record they may do this
    /// with. What lies in a field that is open in some records only is left out of the others as
    /// they are read.
    pub fn register_seen(
        &self,
        viewer: &Viewer,
        action: Action,
        name: &str,
    ) -> Result<Cow<'_, Register>, AppError> {
        self.seen_by(viewer, action, self.register_for(viewer, name)?)
    }

    /// The same of a register at hand.
    pub(crate) fn seen_by<'r>(
        &self,
        viewer: &Viewer,
        action: Action,
        register: &'r Register,
    ) -> Result<Cow<'r, Register>, AppError> {
        let table = self.store.table(&register.name)?;
        Ok(without(register, &table.closed(viewer, action)))
    }

    /// That a record may be as it is to become, as far as its author may know: what is wrong in a
    /// field that is closed to them is not for them to mend, and was wrong before.
    pub(crate) fn check_open(
        &self,
        register: &Register,
        values: &Values,
        closed: &BTreeSet<Name>,
    ) -> Result<(), AppError> {
        match self.check_whole(register, values) {
            Err(mut error) if !closed.is_empty() => {
                error.findings.retain(|finding| !is_about(finding, closed));
                if error.findings.is_empty() { Ok(()) } else { Err(error) }
            }
            checked => checked,
        }
    }
}

/// A register as it is to whoever sees this record.
pub(crate) fn register_of<'r>(register: &'r Register, whole: &Whole) -> Cow<'r, Register> {
    without(register, &whole.closed)
}

fn without<'r>(register: &'r Register, closed: &BTreeSet<Name>) -> Cow<'r, Register> {
    if closed.is_empty() { Cow::Borrowed(register) } else { Cow::Owned(register.without(closed)) }
}

/// Whether a finding is about one of these fields, or a column of their rows.
fn is_about(finding: &Finding, closed: &BTreeSet<Name>) -> bool {
    let column = finding.at.column.as_deref().unwrap_or_default();
    let field = column.split_once('[').map_or(column, |(field, _column)| field);
    closed.iter().any(|name| name.as_str() == field)
}
