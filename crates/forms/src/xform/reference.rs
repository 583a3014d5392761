//! Puts paths in the place of `${name}`: relative within a common repeat, absolute elsewhere.

use super::scan::{self, Part, Reference};
use super::tree::{Id, Kind, Named, Tree};

/// Where a text with references stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The element it belongs to; none for choices, which belong to no place.
    pub(super) element: Option<Id>,
    /// Whether `.` is not the element, so that paths begin with `current()`.
    pub(super) uses_current: bool,
    /// Whether a path should begin at the common repeat's parent, so that a filter can follow it.
    pub(super) from_parent: bool,
}

impl Place {
    /// The place of an element's own expressions.
    pub(super) fn of(element: Id) -> Self {
        Self { element: Some(element), uses_current: false, from_parent: false }
    }

    /// A place in no element.
    pub(super) fn nowhere() -> Self {
        Self { element: None, uses_current: false, from_parent: false }
    }
}

/// A text with paths in the place of references.
pub(super) fn with_paths(tree: &Tree, text: &str, place: Place) -> String {
    let parts = scan::parts(text).into_iter();
    parts.fold(String::with_capacity(text.len()), |done, part| match part {
        Part::Text(text) => done + text,
        Part::Reference(reference) => done + &path(tree, text, reference, place),
    })
}

/// The path that stands for one reference of a text.
pub(super) fn path(tree: &Tree, text: &str, reference: Reference<'_>, place: Place) -> String {
    let Some(Named::One(target)) = tree.named(reference.name) else { return String::new() };
    let is_relative = !reference.is_last_saved && !scan::is_absolute_argument(text, reference);
    if let Some(source) = place.element.filter(|_| is_relative) {
        let uses_current = place.uses_current || scan::is_in_instance_predicate(text, reference);
        if let Some(path) = relative(tree, source, target, place.from_parent) {
            return if uses_current { format!(" current()/{path} ") } else { format!(" {path} ") };
        }
    }
    let instance = if reference.is_last_saved { "instance('__last-saved')" } else { "" };
    format!(" {instance}{} ", tree.path(target))
}

/// The path from one element to another that share a repeat.
fn relative(tree: &Tree, source: Id, target: Id, from_parent: bool) -> Option<String> {
    let (steps_to_repeat, repeat) = tree.common(source, target, &[Kind::Repeat])?;
    let begins_above = from_parent
        && tree.repeat_above(target) == Some(repeat)
        && (tree.repeat_above(repeat).is_none() || tree.repeat_above(source) != Some(repeat));
    let (steps, below) = if begins_above {
        (steps_to_repeat.saturating_add(1), tree.get(repeat).parent)
    } else {
        let (steps, common) = tree.common(source, target, &[Kind::Group, Kind::Repeat])?;
        (steps, Some(common))
    };
    let up = vec![".."; steps].join("/");
    Some(format!("{up}{}", tree.path_below(target, below)))
}
