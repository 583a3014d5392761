//! Records that are made by hand in a later state: only where whoever makes them could have brought
//! them there, so that a gate, a role, a condition or a second person is not passed by beginning behind it.
//! Imports bring records as they are.

use mission::register::{Register, Transition};
use model::finding::Finding;
use model::id::Name;
use policy::Viewer;

use super::stamp::Stamp;
use super::{person, state_of, unmet};
use crate::edit::Values;
use crate::error::{AppError, Kind};
use crate::node::Node;

impl Node {
    /// Refuses a record that none of the steps into its state could have brought there.
    pub(crate) fn check_made(
        &self,
        viewer: &Viewer,
        register: &Register,
        values: &Values,
    ) -> Result<(), AppError> {
        let Some(workflow) = &register.workflow else { return Ok(()) };
        let state = state_of(workflow, values);
        if state == workflow.start {
            return Ok(());
        }
        let mut refused = None;
        for step in workflow.transitions.iter().filter(|step| step.to == state) {
            match self.could_make(viewer, register, (step, values)) {
                Ok(()) => return Ok(()),
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        refused.map_or(Ok(()), Err)
    }

    fn could_make(
        &self,
        viewer: &Viewer,
        register: &Register,
        (step, values): (&Transition, &Values),
    ) -> Result<(), AppError> {
        person::check_role(viewer, step)?;
        if step.not_author {
            return Err(person::author(step));
        }
        if !step.other_than.is_empty() {
            let others: Vec<&str> = step.other_than.iter().map(Name::as_str).collect();
            let finding = Finding::error("transition-needs-another");
            let finding = finding.with("transition", &step.name).with("others", others.join(", "));
            return Err(AppError::new(Kind::DeniedOrAbsent, finding));
        }
        if let Some(unmet) = unmet(step, values) {
            return Err(AppError::invalid(vec![unmet]));
        }
        let (now, zone) = (self.now(), self.zone());
        let stamped = step.stamp.as_ref().and_then(|field| Stamp::of(values, field));
        let at = stamped.map_or(now, |stamp| stamp.instant((now, &zone)));
        self.check_gate(register, step, (values, zone.date(at)))
    }
}
