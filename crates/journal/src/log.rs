//! Logs: whose they are, how they are named, how far they reach. Not their entries.

use model::id::{DeviceKey, EntryId, LogId, Name};

use crate::wire;

/// How urgently the entries of a log travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Reports that cannot wait, and revocations.
    Flash,
    /// The daily work.
    Routine,
    /// Imports and whatever may take days.
    Bulk,
}

impl Lane {
    /// All lanes, most urgent first.
    pub const ALL: [Self; 3] = [Self::Flash, Self::Routine, Self::Bulk];

    /// Its number in the journal.
    pub const fn number(self) -> u8 {
        match self {
            Self::Flash => 0,
            Self::Routine => 1,
            Self::Bulk => 2,
        }
    }

    /// The lane of this number.
    pub fn from_number(number: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|lane| u64::from(lane.number()) == number)
    }

    /// The word for it in messages and JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Flash => "flash",
            Self::Routine => "routine",
            Self::Bulk => "bulk",
        }
    }
}

/// What makes a log that log and no other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogDescriptor {
    /// The device whose key signs its entries.
    pub device: DeviceKey,
    /// The compartment its entries are in; `None` for what the whole mission may hold.
    pub compartment: Option<Name>,
    /// How urgently its entries travel.
    pub lane: Lane,
    /// Counts restorations of the device from a backup: a restored device never continues a log.
    pub incarnation: u32,
}

impl LogDescriptor {
    /// The id of the log: a hash of everything above.
    pub fn id(&self) -> LogId {
        wire::log::id(self)
    }

    /// The canonical bytes of the descriptor.
    pub fn encode(&self) -> Vec<u8> {
        wire::log::encode(self)
    }

    /// Reads a descriptor from its canonical bytes and nothing else.
    pub fn decode(bytes: &[u8]) -> Result<Self, wire::DecodeError> {
        wire::log::decode(bytes)
    }
}

/// How far a log reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Head {
    /// How many entries it has: the sequence of the next one.
    pub height: u64,
    /// Its last entry.
    pub entry: EntryId,
}
