//! Which state of a record somebody saw: a hash over its entries.
//!
//! Whoever changes a record gives back the version they saw. Where it is no longer the record's, an
//! entry came between, and the change is refused rather than laid over something its author did not
//! know of.

use std::fmt;
use std::str::FromStr;

use model::finding::Finding;
use model::id::EntryId;
use store::Whole;

use crate::error::{AppError, Kind};

/// Bytes of the hash that are kept: as many as nobody can find a second history for by accident.
const BYTES: usize = 16;

/// A state of a record, by the entries it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version([u8; BYTES]);

/// The record an act is about, and the versions any of which its author saw; without them they take it
/// as it is.
#[derive(Debug, Clone, Copy)]
pub struct Aim<'a> {
    /// The register.
    pub register: &'a str,
    /// The record's id.
    pub id: &'a str,
    /// What the author saw.
    pub seen: Option<&'a [Version]>,
}

/// Why a text is not a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAVersion;

impl Version {
    /// The version of a record as it stands. Erasing an entry keeps its id, and so the version.
    pub(crate) fn of(whole: &Whole) -> Self {
        let mut ids: Vec<&EntryId> = whole.history.iter().map(|stored| &stored.id).collect();
        ids.sort_unstable();
        let mut hasher = blake3::Hasher::new_derive_key("casque record version v1");
        for id in ids {
            hasher.update(id.as_bytes());
        }
        let mut bytes = [0; BYTES];
        hasher.finalize_xof().fill(&mut bytes);
        Self(bytes)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Version {
    type Err = NotAVersion;

    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let id: model::id::LogId = text.parse().map_err(|_not_hex| NotAVersion)?;
        Ok(Self(*id.as_bytes()))
    }
}

impl Aim<'_> {
    /// Refuses where the record is no longer what the author saw.
    pub(crate) fn check(&self, whole: &Whole) -> Result<(), AppError> {
        let current = Version::of(whole);
        if self.seen.is_none_or(|seen| seen.contains(&current)) {
            Ok(())
        } else {
            Err(changed(whole))
        }
    }
}

impl<'a> From<(&'a str, &'a str)> for Aim<'a> {
    fn from((register, id): (&'a str, &'a str)) -> Self {
        Self { register, id, seen: None }
    }
}

impl<'a> From<(&'a str, &'a String)> for Aim<'a> {
    fn from((register, id): (&'a str, &'a String)) -> Self {
        Self { register, id, seen: None }
    }
}

/// The error of whoever was slower.
pub(crate) fn changed(whole: &Whole) -> AppError {
    let finding = Finding::error("record-changed").with("record", whole.id);
    AppError::new(Kind::Conflict, finding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_32_hexadecimal_characters_and_nothing_else() {
        let text = "00ff".repeat(8);
        assert_eq!(text.parse::<Version>().map(|version| version.to_string()), Ok(text));
        for wrong in ["", "*", "00ff", "zz".repeat(16).as_str()] {
            assert_eq!(wrong.parse::<Version>(), Err(NotAVersion), "{wrong}");
        }
    }
}
