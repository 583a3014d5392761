//! Membership: who may write and read. Types only; whether to believe them is not decided here.

use std::collections::BTreeSet;

use model::classification::Classification;
use model::id::{DeviceKey, LogId, Name};
use model::time::Timestamp;

use crate::log::{Head, LogDescriptor};

/// A change of membership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Member {
    /// A device may take part.
    Admit(Admission),
    /// A device may no longer take part.
    Revoke(Revocation),
    /// A user as they now are; replaces what was said of that number before.
    User(User),
    /// A log exists.
    Log(LogDescriptor),
    /// A compartment has a new key.
    Compartment(CompartmentKey),
}

/// A device that may take part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    /// Its key.
    pub device: DeviceKey,
    /// What people call it.
    pub label: String,
    /// The compartments it may hold.
    pub compartments: BTreeSet<Name>,
    /// Until when; `None` without end.
    pub until: Option<Timestamp>,
}

/// A device that may no longer take part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// Its key.
    pub device: DeviceKey,
    /// How far each of its logs is still believed, in ascending order of log; a log that is not
    /// named is not believed at all.
    pub believed: Vec<(LogId, Head)>,
}

/// A user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The number operations name them by; never given twice.
    pub number: u32,
    /// The name they log in with.
    pub name: String,
    /// The name people read.
    pub display: String,
    /// Their roles.
    pub roles: BTreeSet<Name>,
    /// P-codes of the areas they work in; empty for the whole mission.
    pub areas: BTreeSet<String>,
    /// The compartments they may read.
    pub compartments: BTreeSet<Name>,
    /// The highest classification they may read.
    pub clearance: Classification,
    /// Whether they may no longer log in.
    pub disabled: bool,
}

/// A new key of a compartment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompartmentKey {
    /// The compartment.
    pub compartment: Name,
    /// Counts its keys.
    pub epoch: u32,
    /// The public key.
    pub public_key: Vec<u8>,
    /// The private key, wrapped for each user who may read, in ascending order of user.
    pub recipients: Vec<(u32, Vec<u8>)>,
}
