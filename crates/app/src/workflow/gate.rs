//! Gates: a record of another register that must allow a step.
//!
//! The node looks at the other record with its own eyes: whoever makes the step need not be allowed
//! to read it. So the answer says which field's gate is shut, and never why.

use std::collections::BTreeSet;

use filter::Filter;
use mission::register::{Gate, Register, Transition};
use model::classification::Classification;
use model::finding::Finding;
use model::id::Name;
use model::time::Date;
use model::value::Value;
use policy::{Account, Action, Compartments, Grant, Held, Registers, Viewer};

use crate::edit::{Values, shown_values};
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
        let (eyes, register) = (own_eyes()?, &other.name);
        // What was merged into another stays as it was: the one that holds on in its place speaks for it.
        let kept = self.store.merges(&eyes, register, id)?.into;
        let whole = self.store.record(&eyes, register, &kept.unwrap_or(*id))?;
        let Some(whole) = whole.filter(|whole| !whole.deleted) else { return Ok(false) };
        let asked = gate
            .filter
            .as_ref()
            .map_or(Ok(Filter::all()), |text| filter::parse(text, other.schema()));
        let Ok(asked) = asked else { return Ok(false) };
        let mut decides = asked.fields();
        decides.extend(gate.from.iter().chain(&gate.until).cloned());
        // Which of several values is shown hangs on clocks: none of them allows anything.
        if whole.state().conflicts().any(|field| decides.contains(field)) {
            return Ok(false);
        }
        let allowing = shown_values(other, &whole);
        Ok(filter::matches(&asked, &ByName(&allowing)) && holds_on(gate, &allowing, day))
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
