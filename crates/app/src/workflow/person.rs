//! Who may make a step: people of its roles, and not whoever made another.

use std::collections::BTreeSet;

use mission::register::{Transition, Workflow};
use model::finding::Finding;
use model::id::Name;
use policy::Viewer;
use store::Whole;

use super::stamp::is_step;
use crate::error::{AppError, Kind};

/// Refuses whom the transition is not for. That they may move the record at all is decided before.
pub(super) fn check(
    viewer: &Viewer,
    (workflow, transition): (&Workflow, &Transition),
    whole: &Whole,
) -> Result<(), AppError> {
    check_role(viewer, transition)?;
    if transition.not_author && has_made(viewer, whole) {
        return Err(author(transition));
    }
    if let Some(other) = same_person(viewer, (workflow, transition), whole) {
        let finding = Finding::error("transition-same-person");
        let finding = finding.with("transition", &transition.name).with("other", &other.name);
        return Err(AppError::new(Kind::DeniedOrAbsent, finding));
    }
    Ok(())
}

/// Refuses who has none of the transition's roles.
pub(super) fn check_role(viewer: &Viewer, transition: &Transition) -> Result<(), AppError> {
    if has_role(viewer, transition) {
        return Ok(());
    }
    let roles: Vec<&str> = transition.roles.iter().map(Name::as_str).collect();
    let finding = Finding::error("transition-role").with("transition", &transition.name);
    let finding = finding.with("roles", roles.join(", "));
    Err(AppError::new(Kind::DeniedOrAbsent, finding))
}

/// Whether the transition is for this person, as far as can be told without its values.
pub(super) fn may(
    viewer: &Viewer,
    (workflow, transition): (&Workflow, &Transition),
    whole: &Whole,
) -> bool {
    has_role(viewer, transition)
        && !(transition.not_author && has_made(viewer, whole))
        && same_person(viewer, (workflow, transition), whole).is_none()
}

/// The refusal of whoever made the record.
pub(super) fn author(transition: &Transition) -> AppError {
    let finding = Finding::error("transition-author").with("transition", &transition.name);
    AppError::new(Kind::DeniedOrAbsent, finding)
}

/// Whether the person has one of the transition's roles, or it names none.
pub(crate) fn has_role(viewer: &Viewer, transition: &Transition) -> bool {
    transition.roles.is_empty() || transition.roles.iter().any(|role| holds(viewer, role))
}

/// Whether the person has this role.
pub(crate) fn holds(viewer: &Viewer, role: &Name) -> bool {
    viewer.grants.iter().any(|held| held.role == *role)
}

/// Whether this person made the record: filed it, sent it, imported it. Who first set anything of it
/// is told from all of its history, also where what was set is closed to them.
fn has_made(viewer: &Viewer, whole: &Whole) -> bool {
    let is_made = |happened: &&journal::Happened<'_>| {
        matches!(happened.operation.act, journal::Act::Set { .. })
    };
    let history = whole.full().in_order();
    history.iter().find(is_made).is_some_and(|made| made.operation.user == viewer.user)
}

/// The step this person made that somebody else than whoever makes this one must have made. Of steps
/// made at two sites at once, each counts.
fn same_person<'w>(
    viewer: &Viewer,
    (workflow, transition): (&'w Workflow, &Transition),
    whole: &Whole,
) -> Option<&'w Transition> {
    let history = whole.in_order();
    let others = transition.other_than.iter().filter_map(|name| workflow.transition(name.as_str()));
    let made_by = |other: &Transition| -> BTreeSet<u32> {
        let steps: Vec<_> =
            history.iter().filter(|happened| is_step(workflow, other, happened)).collect();
        let replaced: BTreeSet<_> =
            history.iter().flat_map(|happened| overwritten(happened)).collect();
        let standing = steps.iter().filter(|step| !replaced.contains(&step.entry));
        standing.chain(steps.last()).map(|step| step.operation.user).collect()
    };
    others.into_iter().find(|other| made_by(other).contains(&viewer.user))
}

fn overwritten(happened: &journal::Happened<'_>) -> Vec<model::id::EntryId> {
    match &happened.operation.act {
        journal::Act::Transition(step) => step.overwrites.clone(),
        _ => Vec::new(),
    }
}
