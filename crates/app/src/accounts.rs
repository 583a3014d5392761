//! Users: who they are and what they may do.
//!
//! Accounts are journal entries, so every node knows the same people; passwords never leave the
//! node and never enter the journal. An administrator is a user with a role that may administer.

use std::collections::{BTreeMap, BTreeSet};

use journal::{Act, Lane, Member, User};
use model::classification::Classification;
use model::finding::Finding;
use model::id::Name;
use model::limits::DISPLAY_CHARS_MAX;
use policy::{Account, Action, Compartments, Role, Viewer};

use crate::error::{AppError, Kind};
use crate::node::Node;
use crate::secrets::NewPassword;

/// A user to be.
#[derive(Clone)]
pub struct NewUser {
    /// The name they sign in with: a pack name's rules.
    pub name: String,
    /// The name people read; the sign-in name where empty.
    pub display: String,
    /// Their roles.
    pub roles: Vec<String>,
    /// The P-codes of their areas; none for the whole mission.
    pub areas: Vec<String>,
    /// The compartments they are read into.
    pub compartments: Vec<String>,
    /// The highest classification they may read.
    pub clearance: Classification,
    /// Their password; none where they never sign in.
    pub password: Option<String>,
}

impl NewUser {
    /// Somebody of these roles who is cleared for every classification, was read into no compartment and
    /// never signs in.
    pub fn cleared(name: &str, roles: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            display: String::new(),
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            areas: Vec::new(),
            compartments: Vec::new(),
            clearance: Classification::StrictlyConfidential,
            password: None,
        }
    }
}

impl std::fmt::Debug for NewUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewUser").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What is to change about a user; what is nothing stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserChange {
    /// The name people read from now on; the sign-in name where empty.
    pub display: Option<String>,
    /// Their roles from now on.
    pub roles: Option<Vec<String>>,
    /// Their areas from now on.
    pub areas: Option<Vec<String>>,
    /// Their compartments from now on.
    pub compartments: Option<Vec<String>>,
    /// Their clearance from now on.
    pub clearance: Option<Classification>,
    /// Whether they are shut out.
    pub disabled: Option<bool>,
}

impl Node {
    /// The viewer of a user named, or of the node's only administrator where none is.
    pub fn viewer(&self, name: Option<&str>) -> Result<Viewer, AppError> {
        let users = self.store.ground().accounts()?;
        let user = match name {
            Some(name) => users.into_iter().find(|user| user.name == name && !user.disabled),
            None => return self.only_administrator(&users),
        };
        let user =
            user.ok_or_else(|| AppError::absent("user-unknown", name.unwrap_or_default()))?;
        Ok(self.viewer_of(&user))
    }

    /// Every user, where the viewer administers.
    pub fn users(&self, viewer: &Viewer) -> Result<Vec<User>, AppError> {
        must_administer(viewer)?;
        Ok(self.store.ground().accounts()?)
    }

    /// Adds a user.
    pub fn add_user(&mut self, viewer: &Viewer, user: NewUser) -> Result<u32, AppError> {
        must_administer(viewer)?;
        add(self, viewer.user, user)
    }

    /// Changes a user.
    pub fn change_user(
        &mut self,
        viewer: &Viewer,
        name: &str,
        change: UserChange,
    ) -> Result<(), AppError> {
        must_administer(viewer)?;
        let mut user = self.user_named(name)?;
        if let Some(display) = change.display {
            user.display = display_of(&display, name)?;
        }
        if let Some(roles) = change.roles {
            user.roles = self.roles(&roles)?;
        }
        if let Some(areas) = change.areas {
            user.areas = areas.into_iter().collect();
        }
        if let Some(compartments) = change.compartments {
            user.compartments = self.compartments(&compartments)?;
        }
        user.clearance = change.clearance.unwrap_or(user.clearance);
        user.disabled = change.disabled.unwrap_or(user.disabled);
        if self.is_last_administrator(&user)? {
            let finding = Finding::error("user-last-administrator").with("user", name);
            return Err(AppError::new(Kind::Conflict, finding));
        }
        let operation = self.operation(viewer.user, Act::Member(Member::User(user)));
        self.append(Lane::Routine, &[operation])
    }

    pub(crate) fn user_named(&self, name: &str) -> Result<User, AppError> {
        let users = self.store.ground().accounts()?;
        let user = users.into_iter().find(|user| user.name == name);
        user.ok_or_else(|| AppError::absent("user-unknown", name))
    }

    pub(crate) fn viewer_of(&self, user: &User) -> Viewer {
        let account = Account {
            user: user.number,
            name: user.name.clone(),
            roles: user.roles.iter().cloned().collect(),
            areas: user.areas.iter().cloned().collect(),
            compartments: Compartments::Some(user.compartments.clone()),
            clearance: user.clearance,
            disabled: user.disabled,
        };
        let roles: Vec<Role> = self.pack().roles.values().cloned().collect();
        Viewer::new(&account, &roles)
    }

    fn only_administrator(&self, users: &[User]) -> Result<Viewer, AppError> {
        let viewers: Vec<Viewer> =
            users.iter().map(|user| self.viewer_of(user)).filter(administers).collect();
        match <[Viewer; 1]>::try_from(viewers) {
            Ok([only]) => Ok(only),
            Err(several) => {
                let names: Vec<&str> = several.iter().map(|viewer| viewer.name.as_str()).collect();
                let finding = Finding::error("user-not-named").with("names", names.join(", "));
                Err(AppError::invalid(vec![finding]))
            }
        }
    }

    fn is_last_administrator(&self, changed: &User) -> Result<bool, AppError> {
        let users = self.store.ground().accounts()?;
        let others = users.iter().filter(|user| user.number != changed.number);
        let others_administer = others.map(|user| self.viewer_of(user)).any(|v| administers(&v));
        Ok(!others_administer && !administers(&self.viewer_of(changed)))
    }

    fn roles(&self, names: &[String]) -> Result<BTreeSet<Name>, AppError> {
        let pack = self.pack();
        known(names, "role-unknown", &pack.roles)
    }

    fn compartments(&self, names: &[String]) -> Result<BTreeSet<Name>, AppError> {
        let pack = self.pack();
        known(names, "compartment-unknown", &pack.compartments)
    }
}

/// Adds a user on behalf of another; the first one on behalf of the node itself.
pub(crate) fn add(node: &mut Node, by: u32, user: NewUser) -> Result<u32, AppError> {
    let users = node.store.ground().accounts()?;
    if users.iter().any(|known| known.name == user.name) {
        let finding = Finding::error("user-exists").with("user", &user.name);
        return Err(AppError::new(Kind::Conflict, finding));
    }
    let name = Name::new(&user.name).map_err(|_rule| {
        AppError::invalid(vec![Finding::error("user-name-invalid").with("user", &user.name)])
    })?;
    let number = free_number(node, &users);
    let account = User {
        number,
        name: name.to_string(),
        display: display_of(&user.display, &user.name)?,
        roles: node.roles(&user.roles)?,
        areas: user.areas.into_iter().collect(),
        compartments: node.compartments(&user.compartments)?,
        clearance: user.clearance,
        disabled: false,
    };
    let randomness = &mut *node.environment.randomness;
    let password = user.password.map(|password| NewPassword::new(&password, randomness));
    let password = password.transpose()?;
    let operation = node.operation(by, Act::Member(Member::User(account)));
    node.append(Lane::Routine, &[operation])?;
    if let Some(password) = password {
        node.store.ground().set_credential(number, password.hash(), None)?;
    }
    Ok(number)
}

/// The name people read: one line, not too long.
fn display_of(display: &str, name: &str) -> Result<String, AppError> {
    let is_wrong =
        display.chars().count() > DISPLAY_CHARS_MAX || display.chars().any(char::is_control);
    if is_wrong {
        let finding = Finding::error("user-display-wrong").with("limit", DISPLAY_CHARS_MAX);
        return Err(AppError::invalid(vec![finding]));
    }
    Ok(if display.is_empty() { name } else { display }.to_owned())
}

/// A number nobody has. The first user of a node has 1; later ones are drawn, so that two processes
/// or two nodes that add users at once do not give one number to two people.
fn free_number(node: &mut Node, users: &[User]) -> u32 {
    let mut number = 1;
    while users.iter().any(|user| user.number == number) {
        let mut drawn = [0; 4];
        node.environment.randomness.fill(&mut drawn);
        number = (u32::from_be_bytes(drawn) >> 1).max(2);
    }
    number
}

/// The error of whoever may not administer.
pub(crate) fn must_administer(viewer: &Viewer) -> Result<(), AppError> {
    if administers(viewer) {
        return Ok(());
    }
    Err(AppError::absent("administrators-only", &viewer.name))
}

pub(crate) fn administers(viewer: &Viewer) -> bool {
    viewer.grants.iter().any(|held| held.grant.actions.contains(&Action::Administer))
}

fn known<V>(
    names: &[String],
    code: &'static str,
    all: &BTreeMap<Name, V>,
) -> Result<BTreeSet<Name>, AppError> {
    let mut found = BTreeSet::new();
    let mut findings = Vec::new();
    for name in names {
        if let Some((known, _)) = all.get_key_value(name.as_str()) {
            found.insert(known.clone());
        } else {
            let near = forms::suggestion::suggestion(name, all.keys().map(Name::as_str));
            findings.push(Finding::error(code).with("name", name).with("nearest", near));
        }
    }
    if findings.is_empty() { Ok(found) } else { Err(AppError::invalid(findings)) }
}
