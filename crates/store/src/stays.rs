//! When a record entered the states of its workflow: worked out from its history, kept beside its
//! row, so that a clock over many records reads no history.
//!
//! A stay is ten bytes: the state's place among the codes of the register's list and how the stay
//! is known, then a time. What is kept follows from the entries and the pack alone, so a rebuild
//! gives the same bytes.

mod derive;

use std::collections::BTreeSet;

use journal::Happened;
use mission::register::{Register, Workflow};
use model::id::Name;
use model::time::zone::Zone;
use model::time::{Date, Timestamp};

use crate::Store;
use crate::entries;
use crate::error::StoreError;
use crate::record::Whole;

/// The bytes of one stay.
const STAY_BYTES: usize = 10;
/// Bits of the first number that say how a stay is known.
const KIND_BITS: u16 = 2;

/// How it is known that a record was in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// A step led there.
    Moved,
    /// It was made or imported in this state, with a stamp.
    Stamped,
    /// It was made or imported in this state, without a stamp; the time is that of the entry.
    Unstamped,
    /// Nothing but the stamp says so: work that was done elsewhere and filed later.
    Told,
}

impl Known {
    const ALL: [Self; 4] = [Self::Moved, Self::Stamped, Self::Unstamped, Self::Told];
}

/// A record's entry into a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    /// The state; nothing for one that the register's list does not know.
    pub state: Option<Name>,
    /// How it is known.
    pub known: Known,
    /// When.
    pub at: Timestamp,
}

/// A stay as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    /// The place of the state among the codes, from 1; 0 for a code that is not among them.
    pub(crate) state: u16,
    pub(crate) known: Known,
    pub(crate) at_ms: i64,
}

/// A register's workflow, with what working out stays needs.
#[derive(Debug)]
pub(crate) struct Flow {
    pub(crate) workflow: Workflow,
    /// The distinct codes of the state field, in the order of its list.
    codes: Vec<String>,
    /// Every field that is a stamp.
    stamps: BTreeSet<Name>,
    /// Where the days of stamps are.
    zone: Zone,
}

impl Flow {
    /// The workflow of a register, where it has one.
    pub(crate) fn of(register: &Register, zone: &Zone) -> Option<Self> {
        let workflow = register.workflow.clone()?;
        let list = register.form.field(workflow.field.as_str())?.list.as_ref()?;
        let mut codes: Vec<String> = Vec::new();
        for code in register.lists.get(list)?.codes() {
            if !codes.contains(&code.code) {
                codes.push(code.code.clone());
            }
        }
        let steps = workflow.transitions.iter().filter_map(|step| step.stamp.clone());
        let stamps = steps.chain(workflow.stamp.clone()).collect();
        Some(Self { workflow, codes, stamps, zone: zone.clone() })
    }

    /// The stays of a record, in the order they happened; those that only a stamp tells of last.
    pub(crate) fn stays(&self, history: &[Happened<'_>]) -> Vec<Kept> {
        derive::stays(self, history)
    }

    /// The same as bytes.
    pub(crate) fn bytes(&self, history: &[Happened<'_>]) -> Vec<u8> {
        self.stays(history).into_iter().flat_map(Kept::bytes).collect()
    }

    /// The place of a state among the codes, from 1; 0 where it is not among them.
    pub(crate) fn number(&self, state: &str) -> u16 {
        let at = self.codes.iter().position(|code| code == state);
        at.and_then(|at| u16::try_from(at + 1).ok()).unwrap_or(0)
    }

    /// The stays that these bytes keep.
    pub(crate) fn told(&self, bytes: &[u8]) -> Vec<Stay> {
        read(bytes).map(|kept| self.stay(kept)).collect()
    }

    /// The first and the last instant of a day at the place of the mission.
    fn day(&self, day: Date) -> Option<(i64, i64)> {
        Some((self.zone.start_of(day)?.as_ms(), self.zone.end_of(day)?.as_ms()))
    }

    fn stay(&self, kept: Kept) -> Stay {
        let at = Timestamp::from_ms(kept.at_ms);
        Stay { state: self.state(kept.state), known: kept.known, at }
    }

    fn state(&self, number: u16) -> Option<Name> {
        let at = usize::from(number).checked_sub(1)?;
        Name::new(self.codes.get(at)?).ok()
    }

    /// The states that have a stamp of their own: one that stands for no other state.
    fn own_stamps(&self) -> impl Iterator<Item = (&str, &Name)> {
        let states: Vec<(&str, Vec<&Name>)> =
            self.codes.iter().map(|code| (code.as_str(), self.workflow.stamps_of(code))).collect();
        let shared = |stamp: &Name| states.iter().filter(|(_, s)| s.contains(&stamp)).count() > 1;
        let own: Vec<(&str, &Name)> = states
            .iter()
            .flat_map(|(state, stamps)| stamps.iter().map(|stamp| (*state, *stamp)))
            .filter(|(_state, stamp)| !shared(stamp))
            .collect();
        own.into_iter()
    }
}

impl Kept {
    fn bytes(self) -> [u8; STAY_BYTES] {
        let known = Known::ALL.iter().position(|known| *known == self.known).unwrap_or(0);
        let head = (self.state << KIND_BITS) | u16::try_from(known).unwrap_or(0);
        let mut bytes = [0; STAY_BYTES];
        let (first, rest) = bytes.split_at_mut(2);
        first.copy_from_slice(&head.to_be_bytes());
        rest.copy_from_slice(&self.at_ms.to_be_bytes());
        bytes
    }

    fn read(bytes: &[u8; STAY_BYTES]) -> Self {
        let [a, b, time @ ..] = *bytes;
        let head = u16::from_be_bytes([a, b]);
        let known = usize::from(head & ((1 << KIND_BITS) - 1));
        let known = Known::ALL.get(known).copied().unwrap_or(Known::Unstamped);
        Self { state: head >> KIND_BITS, known, at_ms: i64::from_be_bytes(time) }
    }
}

/// The stays that these bytes keep.
pub(crate) fn read(bytes: &[u8]) -> impl Iterator<Item = Kept> {
    bytes.as_chunks::<STAY_BYTES>().0.iter().map(Kept::read)
}

impl Store {
    /// When a record entered the states of its workflow, in the order it did; those that only a
    /// stamp tells of last. Empty where its register has no workflow.
    pub fn stays(&self, whole: &Whole) -> Result<Vec<Stay>, StoreError> {
        let Some(flow) = &self.table(&whole.register)?.flow else { return Ok(Vec::new()) };
        let history = entries::happened(&whole.history);
        Ok(flow.stays(&history).into_iter().map(|kept| flow.stay(kept)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_survive_their_bytes() {
        for state in [0, 1, 63, 16_383] {
            for known in Known::ALL {
                for at_ms in [i64::MIN, -1, 0, 1_519_905_600_000, i64::MAX] {
                    let kept = Kept { state, known, at_ms };
                    assert_eq!(read(&kept.bytes()).collect::<Vec<_>>(), [kept]);
                }
            }
        }
        assert_eq!(read(&[1, 2, 3]).count(), 0);
    }
}
