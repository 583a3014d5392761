//! Gates: a record of another register that must allow a step.
//!
//! The node looks at the other record with its own eyes: whoever makes the step need not be allowed
//! to read it. So the answer says which field's gate is shut, and never why.

use std::collections::BTreeSet;

use mission::register::{Gate, Register, Transition};
use model::classification::Classification;
use model::finding::Finding;
use model::id::{Name, RecordId};
use model::time::Date;
use model::value::Value;
use policy::{Account, Action, Compartments, Grant, Held, Registers, Viewer};

use crate::edit::Values;
use crate::error::{AppError, Kind};
use crate::import::ByName;
use crate::node::{NODE, Node};

impl Node {
    /// Refuses a step whose gate is not open on this day, for a record of these values.
    pub(super) fn check_gate(
        &self,
        register: &Register,
        transition: &Transition,
        (values, day): (&Values, Date),
    ) -> Result<(), AppError> {
        let Some(gate) = &transition.gate else { return Ok(()) };
        if !stands(gate, values) || self.is_open(gate, register, (values, day))? {
            return Ok(());
        }
        let finding = Finding::error("gate-shut").in_column(gate.field.as_str());
        let finding = finding.with("field", &gate.field).with("transition", &transition.name);
        Err(AppError::new(Kind::Conflict, finding))
    }

    fn is_open(
        &self,
        gate: &Gate,
        register: &Register,
        (values, day): (&Values, Date),
    ) -> Result<bool, AppError> {
        let Some(Some(Value::Record(id))) = values.get(&gate.field) else { return Ok(false) };
        let other = gate.register(register).and_then(|name| self.pack().register(name.as_str()));
        let Some(other) = other else { return Ok(false) };
        let Some(allowing) = self.values_of(other, id)? else { return Ok(false) };
        let passes = match &gate.filter {
            Some(text) => filter::parse(text, other.schema())
                .is_ok_and(|filter| filter::matches(&filter, &ByName(&allowing))),
            None => true,
        };
        Ok(passes && holds_on(gate, &allowing, day))
    }

    /// The values of a record that is there and not deleted, as the node itself sees it.
    fn values_of(&self, register: &Register, id: &RecordId) -> Result<Option<Values>, AppError> {
        let whole = self.store.record(&own_eyes()?, &register.name, id)?;
        let whole = whole.filter(|whole| !whole.deleted);
        Ok(whole.map(|whole| crate::edit::shown_values(register, &whole)))
    }
}

/// A gate stands where its condition is true of the record; one without a condition always does.
fn stands(gate: &Gate, values: &Values) -> bool {
    gate.when.as_ref().is_none_or(|when| when.holds(&ByName(values)))
}

/// Whether the day lies between the first and the last, both in; a missing one leaves its side open.
fn holds_on(gate: &Gate, values: &Values, day: Date) -> bool {
    let date = |field: &Option<Name>| match values.get(field.as_ref()?)?.as_ref()? {
        Value::Date(date) => Some(*date),
        _ => None,
    };
    date(&gate.from).is_none_or(|from| from <= day)
        && date(&gate.until).is_none_or(|until| day <= until)
}

/// The node itself, which may read everything and do nothing.
fn own_eyes() -> Result<Viewer, AppError> {
    let fault = |_no_name| AppError::new(Kind::Internal, Finding::error("internal"));
    let grant = Grant {
        registers: Registers::All,
        actions: BTreeSet::from([Action::Read]),
        scope: None,
        own_area: false,
        clearance: Classification::StrictlyConfidential,
        compartments: Compartments::All,
    };
    let role = Name::new("node").map_err(fault)?;
    let account = Account {
        user: NODE,
        name: role.to_string(),
        roles: Vec::new(),
        areas: Vec::new(),
        compartments: Compartments::All,
        clearance: Classification::StrictlyConfidential,
        disabled: false,
    };
    let viewer = Viewer::new(&account, &[]);
    Ok(Viewer { grants: vec![Held { role, grant }], ..viewer })
}
