//! Registers as one person sees them: to somebody who may not open a sealed field it does not exist,
//! not in a form, not in a filter, not in the words that suggest another name.

use std::borrow::Cow;
use std::collections::BTreeSet;

use mission::register::Register;
use model::id::Name;
use policy::{Action, Viewer};
use store::Whole;

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
}

/// A register as it is to whoever sees this record.
pub(crate) fn register_of<'r>(register: &'r Register, whole: &Whole) -> Cow<'r, Register> {
    without(register, &whole.closed)
}

fn without<'r>(register: &'r Register, closed: &BTreeSet<Name>) -> Cow<'r, Register> {
    if closed.is_empty() { Cow::Borrowed(register) } else { Cow::Owned(register.without(closed)) }
}
