//! One person's rights: what their roles grant, within what they themselves are cleared for.

use filter::Filter;
use filter::Row;
use model::classification::Classification;
use model::id::Name;

use crate::action::Action;
use crate::grant::{Compartments, Grant, Role};
use crate::rule::{Decision, RegisterSchema, Rule};

/// A user as the journal knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The user's number.
    pub user: u32,
    /// The name they sign in with.
    pub name: String,
    /// Their roles.
    pub roles: Vec<Name>,
    /// The P-codes of their areas; none means the whole mission.
    pub areas: Vec<String>,
    /// The compartments they were read into.
    pub compartments: Compartments,
    /// The highest classification they are cleared for.
    pub clearance: Classification,
    /// Whether the account is closed: then nothing is granted.
    pub disabled: bool,
}

/// A person with everything they may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The user's number.
    pub user: u32,
    /// The name they sign in with.
    pub name: String,
    /// The P-codes of their areas; none means the whole mission.
    pub areas: Vec<String>,
    /// The highest classification they are cleared for.
    pub clearance: Classification,
    /// The compartments they were read into.
    pub compartments: Compartments,
    /// What their roles grant, cut down to clearance and compartments.
    pub grants: Vec<Held>,
}

/// A grant and the role it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The role.
    pub role: Name,
    /// What is granted.
    pub grant: Grant,
}

impl Viewer {
    /// What `account` may do. Roles that no pack defines grant nothing.
    pub fn new(account: &Account, roles: &[Role]) -> Self {
        let held = roles.iter().filter(|role| account.roles.contains(&role.name));
        let grants =
            held.flat_map(|role| role.grants.iter().map(|grant| cut_down(account, role, grant)));
        Self {
            user: account.user,
            name: account.name.clone(),
            areas: account.areas.clone(),
            clearance: account.clearance,
            compartments: account.compartments.clone(),
            grants: if account.disabled { Vec::new() } else { grants.collect() },
        }
    }

    /// The same person, who at the moment acts only in some of the ways they may.
    #[must_use]
    pub fn limited_to(&self, allowed: impl Fn(Action) -> bool) -> Self {
        let mut limited = self.clone();
        for held in &mut limited.grants {
            held.grant.actions.retain(|action| allowed(*action));
        }
        limited
    }

    /// The same person, with no grants but those that hold a compartment: their right to what is
    /// sealed for it.
    #[must_use]
    pub fn within(&self, compartment: &str) -> Self {
        let mut within = self.clone();
        within.grants.retain(|held| held.grant.compartments.hold(compartment));
        within
    }

    /// The right to one action in one register: make it once for many records.
    pub fn rule(&self, action: Action, register: &RegisterSchema<'_>) -> Rule {
        Rule::new(self, action, register)
    }

    /// The records of a register this action is allowed on.
    pub fn filter(&self, action: Action, register: &RegisterSchema<'_>) -> Filter {
        self.rule(action, register).filter()
    }

    /// Whether the action is allowed on one record, and why.
    pub fn decide(&self, action: Action, register: &RegisterSchema<'_>, row: &dyn Row) -> Decision {
        self.rule(action, register).decide(row)
    }

    /// Whether there can be a record of the register that the action is allowed on: what menus ask.
    pub fn may_ever(&self, action: Action, register: &RegisterSchema<'_>) -> bool {
        self.filter(action, register) != Filter::none()
    }
}

impl Role {
    /// Whether there can be a record of the register that the action is allowed on to somebody of this
    /// role who is cleared for everything and was read into every compartment.
    pub fn may_ever(&self, action: Action, register: &RegisterSchema<'_>) -> bool {
        let account = Account {
            user: 0,
            name: String::new(),
            roles: vec![self.name.clone()],
            areas: Vec::new(),
            compartments: Compartments::All,
            clearance: Classification::StrictlyConfidential,
            disabled: false,
        };
        Viewer::new(&account, std::slice::from_ref(self)).may_ever(action, register)
    }
}

fn cut_down(account: &Account, role: &Role, grant: &Grant) -> Held {
    let mut grant = grant.clone();
    grant.clearance = grant.clearance.min(account.clearance);
    grant.compartments = grant.compartments.intersection(&account.compartments);
    Held { role: role.name.clone(), grant }
}
