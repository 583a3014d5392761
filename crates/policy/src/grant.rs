//! Grants and roles, as packs give them.

use std::collections::{BTreeMap, BTreeSet};

use model::classification::Classification;
use model::id::Name;

use crate::action::Action;

/// A right to do some things in some registers, to the records that pass every limit of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The registers it is for.
    pub registers: Registers,
    /// What may be done.
    pub actions: BTreeSet<Action>,
    /// CQL2 text that a record must fulfil. A register that lacks a field of it is not granted.
    pub scope: Option<String>,
    /// Whether records must lie in the user's own areas, where the user has any.
    pub own_area: bool,
    /// The highest classification it reaches.
    pub clearance: Classification,
    /// The compartments it reaches. Records in no compartment need none.
    pub compartments: Compartments,
}

/// A named set of grants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// The name.
    pub name: Name,
    /// What people call it, by language.
    pub labels: BTreeMap<String, String>,
    /// What it may do.
    pub grants: Vec<Grant>,
}

/// The registers of a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registers {
    /// Every one, also those of packs to come.
    All,
    /// Every one but these, also those of packs to come.
    AllBut(BTreeSet<Name>),
    /// These.
    Some(BTreeSet<Name>),
}

impl Registers {
    /// Whether `register` is among them.
    pub fn hold(&self, register: &Name) -> bool {
        match self {
            Self::All => true,
            Self::AllBut(names) => !names.contains(register),
            Self::Some(names) => names.contains(register),
        }
    }
}

/// Compartments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compartments {
    /// Every one, also those of packs to come.
    All,
    /// These.
    Some(BTreeSet<Name>),
}

impl Compartments {
    /// No compartment.
    pub const NONE: Self = Self::Some(BTreeSet::new());

    /// Whether the compartment of this name is among them.
    pub fn hold(&self, compartment: &str) -> bool {
        match self {
            Self::All => true,
            Self::Some(names) => names.contains(compartment),
        }
    }

    /// Those that are in both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::All, both) | (both, Self::All) => both.clone(),
            (Self::Some(a), Self::Some(b)) => Self::Some(a.intersection(b).cloned().collect()),
        }
    }
}
