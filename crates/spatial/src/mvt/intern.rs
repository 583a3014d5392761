//! Values that occur once in a layer however many features have them.

use std::collections::BTreeMap;

/// Places of texts.
#[derive(Debug, Default)]
pub(super) struct Texts(BTreeMap<String, u32>);

impl Texts {
    /// The place of a text: `next` where it is new.
    pub(super) fn place(&mut self, text: &str, next: u32) -> u32 {
        if let Some(place) = self.0.get(text) {
            return *place;
        }
        self.0.insert(text.to_owned(), next);
        next
    }
}

/// Places of whole numbers: a hash table with open addressing, for layers of thousands of sums.
#[derive(Debug, Default)]
pub(super) struct Integers {
    /// A power of two of them; never full.
    slots: Vec<Option<(i64, u32)>>,
    used: usize,
}

/// Slots of a table that holds something.
const SLOTS_MIN: usize = 64;
/// 2^64 divided by the golden ratio: neighbours fall far apart.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

impl Integers {
    /// The place of a number: `next` where it is new.
    pub(super) fn place(&mut self, number: i64, next: u32) -> u32 {
        if (self.used + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let at = self.slot(number);
        if let Some((_, place)) = self.slots[at] {
            return place;
        }
        self.slots[at] = Some((number, next));
        self.used += 1;
        next
    }

    /// The slot that holds a number, or the empty one where it belongs.
    fn slot(&self, number: i64) -> usize {
        let mask = self.slots.len() - 1;
        let hash = number.cast_unsigned().wrapping_mul(SPREAD) >> 32;
        let mut at = usize::try_from(hash).unwrap_or(0) & mask;
        while self.slots[at].is_some_and(|(known, _)| known != number) {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        let larger = (self.slots.len() * 2).max(SLOTS_MIN);
        let old = std::mem::replace(&mut self.slots, vec![None; larger]);
        for (number, place) in old.into_iter().flatten() {
            let at = self.slot(number);
            self.slots[at] = Some((number, place));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_number_keeps_its_place(numbers in prop::collection::vec(-300..300_i64, 0..1_000)) {
            let mut table = Integers::default();
            let mut known = BTreeMap::new();
            for number in numbers {
                let next = u32::try_from(known.len()).expect("few");
                let expected = *known.entry(number).or_insert(next);
                prop_assert_eq!(table.place(number, next), expected);
            }
        }
    }
}
