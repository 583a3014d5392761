//! The people of an exercise, as users of the node: made once, without a password, never administrators.

use std::collections::BTreeMap;

use journal::User;
use mission::exercise::{Exercise, Person};
use model::finding::Finding;
use model::id::Name;
use policy::Viewer;

use super::ExerciseReport;
use crate::accounts::{self, NewUser, administers};
use crate::error::{AppError, Kind};
use crate::node::Node;

/// The people, each with what they may do.
pub(super) struct Cast(BTreeMap<Name, Viewer>);

impl Cast {
    /// The people of an exercise; those who are not there yet are made in the name of whoever loads it.
    pub(super) fn made(
        node: &mut Node,
        by: &Viewer,
        exercise: &Exercise,
        report: &mut ExerciseReport,
    ) -> Result<Self, AppError> {
        let users = node.store.ground().accounts()?;
        let mut cast = BTreeMap::new();
        for person in &exercise.users {
            if !users.iter().any(|user| user.name == person.name.as_str()) {
                accounts::add(node, by.user, account(person))?;
                report.people += 1;
            }
            let user = node.user_named(person.name.as_str())?;
            let viewer = node.viewer_of(&user);
            // Somebody may have this name who is no part of the exercise.
            if administers(&viewer) || !is_the_one(&user, person) {
                let finding = Finding::error("exercise-user-differs").with("user", &person.name);
                return Err(AppError::new(Kind::Conflict, finding));
            }
            cast.insert(person.name.clone(), viewer);
        }
        Ok(Self(cast))
    }

    /// The person of this name.
    pub(super) fn person(&self, name: &Name) -> Result<&Viewer, AppError> {
        self.0.get(name).ok_or_else(|| AppError::absent("user-unknown", name))
    }
}

/// Whether a user may do what the person may, and nothing else.
fn is_the_one(user: &User, person: &Person) -> bool {
    !user.disabled
        && user.roles == person.roles.iter().cloned().collect()
        && user.areas == person.areas.iter().cloned().collect()
        && user.compartments == person.compartments
        && user.clearance == person.clearance
}

fn account(person: &Person) -> NewUser {
    NewUser {
        name: person.name.to_string(),
        display: person.titles.get("en").unwrap_or_default().to_owned(),
        roles: person.roles.iter().map(Name::to_string).collect(),
        areas: person.areas.clone(),
        compartments: person.compartments.iter().map(Name::to_string).collect(),
        clearance: person.clearance,
        password: None,
    }
}
