//! When two records of a register may be about one and the same thing: by place, time, what must
//! agree and the words they share. What a score is made of is said here; reckoning it is the
//! application's.
//!
//! No sealed field can take part, so a score tells nobody of anything they could not read.

mod reach;
mod read;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use model::id::Name;

pub use reach::Reach;
pub(super) use read::read;

use super::Span;

/// How much alike two records must be, and in what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookAlike {
    /// From this many of 100 on they are look-alikes.
    pub threshold: u8,
    /// How near.
    pub place: Option<Near<Reach>>,
    /// How soon after each other.
    pub time: Option<Near<Span>>,
    /// What agrees or does not.
    pub same: Vec<Same>,
    /// The texts whose words are compared, all of them together.
    pub words: Option<Words>,
}

/// How far apart two places or times may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near<T> {
    /// The field.
    pub field: Name,
    /// The field with the end, of a time that lasts.
    pub until: Option<Name>,
    /// So far apart nothing of the likeness is left.
    pub within: T,
    /// How much it counts beside the other parts.
    pub weight: u8,
    /// How precise it is.
    pub precision: Option<Precision<T>>,
}

/// What the codes of a field say of the precision of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Precision<T> {
    /// The field of the precision.
    pub field: Name,
    /// How far off a value of such a code may be; one that is not named is exact.
    pub off: BTreeMap<String, T>,
    /// The codes of which a value counts as not known.
    pub unknown: BTreeSet<String>,
}

/// A field that agrees or does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Same {
    /// The field.
    pub field: Name,
    /// Records that differ in it are no look-alikes, however much else agrees.
    pub must: bool,
    /// How much it counts beside the other parts.
    pub weight: u8,
}

/// Texts whose words are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The fields.
    pub fields: Vec<Name>,
    /// How much they count beside the other parts.
    pub weight: u8,
}

impl LookAlike {
    /// The weights of all parts together; never 0.
    pub fn weight(&self) -> u64 {
        let near = self.place.iter().map(|near| near.weight);
        let soon = self.time.iter().map(|near| near.weight);
        let same = self.same.iter().map(|same| same.weight);
        let words = self.words.iter().map(|words| words.weight);
        near.chain(soon).chain(same).chain(words).map(u64::from).sum::<u64>().max(1)
    }

    /// Every field that takes part, each once.
    pub fn fields(&self) -> BTreeSet<&Name> {
        let mut fields = BTreeSet::new();
        if let Some(near) = &self.place {
            near.add_fields(&mut fields);
        }
        if let Some(near) = &self.time {
            near.add_fields(&mut fields);
        }
        fields.extend(self.same.iter().map(|same| &same.field));
        fields.extend(self.words.iter().flat_map(|words| &words.fields));
        fields
    }
}

impl<T: Copy + Default + Ord> Near<T> {
    /// How far off a value may be whose precision is this code; nothing where it counts as not known.
    pub fn off(&self, code: Option<&str>) -> Option<T> {
        match (&self.precision, code) {
            (Some(precision), Some(code)) if precision.unknown.contains(code) => None,
            (Some(precision), Some(code)) => {
                Some(precision.off.get(code).copied().unwrap_or_default())
            }
            _ => Some(T::default()),
        }
    }

    /// The farthest off any value may be.
    pub fn off_max(&self) -> T {
        let off = self.precision.iter().flat_map(|precision| precision.off.values());
        off.copied().max().unwrap_or_default()
    }
}

impl<T> Near<T> {
    fn add_fields<'a>(&'a self, fields: &mut BTreeSet<&'a Name>) {
        fields.insert(&self.field);
        fields.extend(&self.until);
        fields.extend(self.precision.iter().map(|precision| &precision.field));
    }
}
