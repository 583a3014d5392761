//! Laying the layers of a pack over each other, the uppermost first: a part that is covered by one
//! above need not even be read.

use std::collections::BTreeMap;

use model::finding::Finding;
use model::id::Name;

use crate::findings::Findings;

/// A part of a pack, with a finding that says where it stands, to be given a code.
#[derive(Clone, Debug)]
pub(crate) struct Laid<T> {
    /// The part.
    pub(crate) part: T,
    /// Where it stands.
    pub(crate) at: Finding,
    /// Whether it says that it takes the place of one below.
    pub(crate) overrides: bool,
    /// Whether there is one below.
    covers: bool,
}

/// Parts by name.
pub(crate) type Parts<T> = BTreeMap<Name, Laid<T>>;

impl<T> Laid<T> {
    /// A part that stands at this place.
    pub(crate) fn new(part: T, at: Finding, overrides: bool) -> Self {
        Self { part, at, overrides, covers: false }
    }

    /// A part that is a file of its own.
    pub(crate) fn in_file(part: T, file: &str, overrides: bool) -> Self {
        Self::new(part, Finding::error("").in_file(file), overrides)
    }

    /// The file it stands in.
    pub(crate) fn file(&self) -> &str {
        self.at.at.file.as_deref().unwrap_or_default()
    }
}

/// Whether the part that stands at `first` is covered by one of the same name, which says that it
/// overrides. Where that one does not, `code` is a finding about it, and both are read for their
/// faults.
pub(crate) fn is_covered<T>(
    parts: &mut Parts<T>,
    name: &Name,
    (first, code): (&str, &'static str),
    findings: &Findings,
) -> bool {
    let Some(above) = parts.get_mut(name) else { return false };
    if !above.overrides {
        let finding = Finding { code, ..above.at.clone() };
        findings.push(finding.with("name", name).with("first", first));
    }
    above.covers = true;
    above.overrides
}

/// The parts, after every layer: those that say that they override must have found something.
pub(crate) fn complete<T>(parts: Parts<T>, findings: &Findings) -> Parts<T> {
    for (name, laid) in parts.iter().filter(|(_name, laid)| laid.overrides && !laid.covers) {
        let finding = Finding { code: "override-nothing", ..laid.at.clone() };
        findings.push(finding.with("name", name));
    }
    parts
}

/// The parts alone.
pub(crate) fn parts<T>(laid: Parts<T>) -> BTreeMap<Name, T> {
    laid.into_iter().map(|(name, laid)| (name, laid.part)).collect()
}
