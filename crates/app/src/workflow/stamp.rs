//! Stamps: when a record entered a state, as whoever moves it says, or now.

use journal::Happened;
use mission::register::{Register, Transition, Workflow};
use model::finding::Finding;
use model::id::Name;
use model::time::zone::Zone;
use model::time::{Date, Timestamp};
use model::value::{FieldType, Value};
use store::{Known, Stay};

use crate::edit::Values;

/// What a stamp says: when, or on which day at the place of the mission.
#[derive(Clone, Copy)]
pub(super) enum Stamp {
    At(Timestamp),
    On(Date),
}

impl Stamp {
    /// What the field of a stamp holds.
    pub(super) fn of(values: &Values, field: &Name) -> Option<Self> {
        match values.get(field)?.as_ref()? {
            Value::Time(at) => Some(Self::At(*at)),
            Value::Date(day) => Some(Self::On(*day)),
            _ => None,
        }
    }

    /// The present, as the field of a stamp says it.
    fn present(register: &Register, field: &Name, (now, zone): (Timestamp, &Zone)) -> Self {
        match register.form.field(field.as_str()).map(|field| field.kind) {
            Some(FieldType::Date) => Self::On(zone.date(now)),
            _ => Self::At(now),
        }
    }

    /// The instant it stands for: of today that is the present, of another day its last.
    pub(super) fn instant(self, (now, zone): (Timestamp, &Zone)) -> Timestamp {
        match self {
            Self::At(at) => at,
            Self::On(day) if day == zone.date(now) => now,
            Self::On(day) => zone.end_of(day).unwrap_or(now),
        }
    }

    /// Whether it is earlier than another; where either is a day, days are compared.
    fn is_before(self, other: Self, zone: &Zone) -> bool {
        let day = |stamp: Self| match stamp {
            Self::At(at) => zone.date(at),
            Self::On(day) => day,
        };
        match (self, other) {
            (Self::At(at), Self::At(other)) => at < other,
            _ => day(self) < day(other),
        }
    }

    fn value(self) -> Value {
        match self {
            Self::At(at) => Value::Time(at),
            Self::On(day) => Value::Date(day),
        }
    }
}

/// A step's stamp: what was given, else what the field holds already where its state was never
/// entered, else the present. A stamp in the past is right where work is filed late; one in the
/// future is not, nor one before that of the state the record leaves.
pub(super) fn take(
    register: &Register,
    (workflow, transition): (&Workflow, &Transition),
    (before, changes): (&Values, &mut Values),
    (state, stays): (&Name, &[Stay]),
    present: (Timestamp, &Zone),
) -> Result<Option<Timestamp>, Finding> {
    let Some(field) = &transition.stamp else { return Ok(None) };
    let held = || Stamp::of(before, field).filter(|_at| !was_used(workflow, field, stays));
    let given = Stamp::of(changes, field).or_else(held);
    let stamp = given.unwrap_or_else(|| Stamp::present(register, field, present));
    check_future(field, stamp, present)?;
    let mut left = workflow.stamps_of(state.as_str()).into_iter();
    let left = left.find_map(|field| Some((field, Stamp::of(before, field)?)));
    if let Some((of, entered)) = left.filter(|(_of, entered)| stamp.is_before(*entered, present.1))
    {
        let finding = Finding::error("stamp-before").in_column(field.as_str()).with("field", field);
        let finding = finding.with("value", stamp.value()).with("state", state);
        return Err(finding.with("stamp", of).with("entered", entered.value()));
    }
    changes.insert(field.clone(), Some(stamp.value()));
    Ok(Some(stamp.instant(present)))
}

/// A record made by hand in the start entered it now, where nothing else is said.
pub(super) fn begin(workflow: &Workflow, values: &mut Values, now: Timestamp) {
    let Some(field) = &workflow.stamp else { return };
    let value = values.entry(field.clone()).or_default();
    if value.is_none() {
        *value = Some(Value::Time(now));
    }
}

/// What is wrong with the stamps of a record that is made by hand.
pub(super) fn faults(
    register: &Register,
    values: &Values,
    present: (Timestamp, &Zone),
) -> Vec<Finding> {
    let Some(workflow) = &register.workflow else { return Vec::new() };
    let steps = workflow.transitions.iter().filter_map(|step| step.stamp.as_ref());
    let mut stamps: Vec<&Name> = steps.chain(workflow.stamp.as_ref()).collect();
    stamps.sort_unstable();
    stamps.dedup();
    let given = stamps.into_iter().filter_map(|field| Some((field, Stamp::of(values, field)?)));
    given.filter_map(|(field, stamp)| check_future(field, stamp, present).err()).collect()
}

fn check_future(
    field: &Name,
    stamp: Stamp,
    (now, zone): (Timestamp, &Zone),
) -> Result<(), Finding> {
    if !Stamp::At(now).is_before(stamp, zone) {
        return Ok(());
    }
    let finding = Finding::error("stamp-future").in_column(field.as_str()).with("field", field);
    Err(finding.with("value", stamp.value()).with("now", now))
}

fn was_used(workflow: &Workflow, field: &Name, stays: &[Stay]) -> bool {
    stays.iter().filter(|stay| stay.known != Known::Told).any(|stay| {
        let state = stay.state.as_ref().map_or("", Name::as_str);
        workflow.stamps_of(state).contains(&field)
    })
}

/// Whether an entry is a step that this transition can have made: the journal keeps where from and
/// where to, not the name.
pub(super) fn is_step(
    workflow: &Workflow,
    transition: &Transition,
    happened: &Happened<'_>,
) -> bool {
    let journal::Act::Transition(step) = &happened.operation.act else { return false };
    let from = step.from.as_ref().unwrap_or(&workflow.start);
    step.workflow == workflow.name && step.to == transition.to && transition.from.contains(from)
}
