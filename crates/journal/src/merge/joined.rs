//! Records that were found to be one: which of them holds on, whoever joined them and in whatever order
//! it became known.
//!
//! A link says into which record its own was merged, and names the values and steps its author had seen.
//! What was written without knowing of it takes the record out again, as with a deletion, so that nobody's
//! words go unseen.

use std::collections::BTreeSet;

use model::id::{EntryId, RecordId};

use super::{RecordState, Seen};
use crate::operation::Link;

/// The relation of a record to the one it was merged into.
pub const MERGED_INTO: &str = "merged-into";
/// The relation of the record that is kept to one that was merged into it.
pub const MERGED: &str = "merged";
/// The relation of two records of which somebody said that they are two.
pub const NOT_DUPLICATE_OF: &str = "not-duplicate-of";

/// What has to be known of a record to follow where it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The record it was merged into.
    pub into: Option<RecordId>,
    /// Whether it is here, of the same register, and not deleted.
    pub is_there: bool,
}

impl<'a> RecordState<'a> {
    /// The links that say into which record it was merged, the latest first.
    pub fn merges(&self) -> impl Iterator<Item = &Seen<'a, Link>> {
        self.links.iter().filter(|link| link.content.relation.as_str() == MERGED_INTO)
    }

    /// The record it was merged into: nothing where somebody wrote in it without knowing of that.
    pub fn merged_into(&self) -> Option<RecordId> {
        let latest = self.merges().next()?;
        (!self.edited_after_merge()).then_some(latest.content.target)
    }

    /// Whether it was merged into another and shows what none of those who did so had seen.
    pub fn edited_after_merge(&self) -> bool {
        let mut seen: Vec<EntryId> =
            self.merges().flat_map(|link| link.content.overwrites.iter().copied()).collect();
        seen.sort_unstable();
        self.merges().next().is_some() && self.shows_beside(&seen)
    }

    /// Whether a value or a step is visible that is not among these entries, which are sorted.
    pub(super) fn shows_beside(&self, seen: &[EntryId]) -> bool {
        let values = self.fields.values().flatten().map(|value| value.entry);
        let steps = self.workflows.values().flatten().map(|step| step.entry);
        values.chain(steps).any(|entry| seen.binary_search(&entry).is_err())
    }
}

/// The record that holds on in place of this one: the last that is there on the way of its merges. Where
/// the way comes back to itself, because people merged records into each other, the one of the smallest
/// id holds on. Nothing where the record holds on itself.
pub fn kept<E>(
    record: RecordId,
    look: &mut dyn FnMut(&RecordId) -> Result<Standing, E>,
) -> Result<Option<RecordId>, E> {
    let mut way: Vec<(RecordId, bool)> = Vec::new();
    let mut passed = BTreeSet::new();
    let mut next = Some(record);
    while let Some(here) = next.filter(|here| passed.insert(*here)) {
        let standing = look(&here)?;
        way.push((here, standing.is_there));
        next = standing.into;
    }
    let there = |way: &[(RecordId, bool)]| -> Vec<RecordId> {
        way.iter().filter(|(_, is_there)| *is_there).map(|(id, _)| *id).collect()
    };
    let from = next.and_then(|again| way.iter().position(|(id, _)| *id == again));
    let circle = from.and_then(|from| there(way.get(from..)?).into_iter().min());
    let last = circle.or_else(|| there(&way).pop());
    Ok(last.filter(|last| *last != record))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::convert::Infallible;

    use proptest::prelude::*;

    use super::*;

    /// Records by number: into which one each was merged, and whether it is there.
    type World = BTreeMap<u8, (Option<u8>, bool)>;

    fn id(number: u8) -> RecordId {
        RecordId::from_bytes([number; 16])
    }

    fn standing(world: &World, number: u8) -> (Option<u8>, bool) {
        world.get(&number).copied().unwrap_or((None, false))
    }

    fn kept_of(world: &World, number: u8) -> Option<u8> {
        let mut look = |record: &RecordId| {
            let (into, is_there) = standing(world, record.as_bytes()[0]);
            Ok::<_, Infallible>(Standing { into: into.map(id), is_there })
        };
        let kept = match kept(id(number), &mut look) {
            Ok(kept) => kept,
            Err(never) => match never {},
        };
        kept.map(|record| record.as_bytes()[0])
    }

    #[test]
    fn a_chain_ends_at_its_last_record_that_is_there() {
        let mut world =
            World::from([(1, (Some(2), true)), (2, (Some(3), true)), (3, (None, true))]);
        assert_eq!([1, 2, 3].map(|number| kept_of(&world, number)), [Some(3), Some(3), None]);
        world.insert(3, (None, false));
        assert_eq!([1, 2].map(|number| kept_of(&world, number)), [Some(2), None]);
        world.insert(2, (Some(3), false));
        assert_eq!(kept_of(&world, 1), None);
        world.insert(3, (None, true));
        assert_eq!(kept_of(&world, 1), Some(3));
    }

    #[test]
    fn of_records_merged_into_each_other_the_smallest_that_is_there_holds_on() {
        let mut world = World::from([
            (4, (Some(3), true)),
            (3, (Some(2), true)),
            (2, (Some(1), true)),
            (1, (Some(3), true)),
        ]);
        assert_eq!([4, 3, 2, 1].map(|n| kept_of(&world, n)), [Some(1), Some(1), Some(1), None]);
        world.insert(1, (Some(3), false));
        assert_eq!([4, 3, 2].map(|n| kept_of(&world, n)), [Some(2), Some(2), None]);
    }

    fn worlds() -> impl Strategy<Value = World> {
        let standing = (proptest::option::weighted(0.7, 0..8_u8), prop::bool::weighted(0.8));
        prop::collection::vec(standing, 8).prop_map(|all| (0..8_u8).zip(all).collect())
    }

    proptest! {
        #[test]
        fn what_holds_on_is_there_and_holds_on_itself(world in worlds()) {
            for number in 0..8 {
                if let Some(kept) = kept_of(&world, number) {
                    prop_assert!(standing(&world, kept).1 && kept != number);
                    prop_assert_eq!(kept_of(&world, kept), None);
                }
            }
        }

        #[test]
        fn of_records_that_belong_together_and_are_there_one_holds_on(world in worlds()) {
            for number in 0..8 {
                // A record and the one it was merged into end at the same, unless nothing is there.
                let (into, is_there) = standing(&world, number);
                let next = into.filter(|into| *into != number);
                if let (Some(next), true) = (next, is_there) {
                    let (own, theirs) = (kept_of(&world, number), kept_of(&world, next));
                    let one = |number: u8, kept: Option<u8>| kept.unwrap_or(number);
                    let is_end = theirs.is_none() && !standing(&world, next).1;
                    prop_assert!(is_end || one(number, own) == one(next, theirs) , "{number} {own:?} {next} {theirs:?}");
                }
            }
        }
    }
}
