//! One field of many records, as narrow as its values allow.

use std::collections::BTreeMap;

use super::columns::gathered;

/// Texts or codes: a number for each that occurs, in order of appearance.
#[derive(Debug, Clone, Default)]
pub(super) struct CodeColumn {
    texts: Vec<String>,
    numbers: BTreeMap<String, u16>,
    narrow: Vec<u8>,
    /// Used instead of `narrow` once there are more texts than that can number.
    wide: Vec<u16>,
    is_wide: bool,
    /// Whether there were more texts than can be numbered: then nothing is to be asked here.
    pub(super) overflowed: bool,
}

/// The number of no text.
pub(super) const NO_CODE: u16 = u16::MAX;
const NO_NARROW: u8 = u8::MAX;

impl CodeColumn {
    /// A column that numbers texts as this one does, without values.
    pub(super) fn alike(&self) -> Self {
        Self { narrow: Vec::new(), wide: Vec::new(), ..self.clone() }
    }

    pub(super) fn push(&mut self, text: Option<&str>) {
        let number = match text {
            None => NO_CODE,
            Some(text) => self.number(text),
        };
        self.push_number(number);
    }

    fn number(&mut self, text: &str) -> u16 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u16::try_from(self.texts.len()).unwrap_or(NO_CODE);
        if number == NO_CODE {
            self.overflowed = true;
            return NO_CODE;
        }
        self.numbers.insert(text.to_owned(), number);
        self.texts.push(text.to_owned());
        if self.texts.len() > usize::from(NO_NARROW) {
            self.widen();
        }
        number
    }

    fn push_number(&mut self, number: u16) {
        if self.is_wide {
            self.wide.push(number);
        } else {
            self.narrow.push(u8::try_from(number).unwrap_or(NO_NARROW));
        }
    }

    fn widen(&mut self) {
        if !self.is_wide {
            self.is_wide = true;
            self.wide = self.narrow.drain(..).map(widened).collect();
            self.narrow.shrink_to_fit();
        }
    }

    /// The number of a row's text, or [`NO_CODE`].
    pub(super) fn get(&self, row: usize) -> u16 {
        if self.is_wide { self.wide[row] } else { widened(self.narrow[row]) }
    }

    /// The texts by their numbers.
    pub(super) fn texts(&self) -> &[String] {
        &self.texts
    }

    /// These rows of this column followed by those of `more`, which numbers as this one does or
    /// goes on from it.
    pub(super) fn gathered(&self, more: &Self, order: &[u32]) -> Self {
        let mut column = more.alike();
        column.overflowed |= self.overflowed;
        if self.is_wide {
            column.wide = gathered(&self.wide, &more.wide, order);
        } else if !more.is_wide {
            column.narrow = gathered(&self.narrow, &more.narrow, order);
        } else {
            let own: Vec<u16> = self.narrow.iter().copied().map(widened).collect();
            column.wide = gathered(&own, &more.wide, order);
        }
        column
    }

    /// Hands the numbers of some rows to `take`, one by one with their place among them.
    pub(super) fn each(&self, rows: std::ops::Range<usize>, mut take: impl FnMut(u32, u16)) {
        if self.is_wide {
            (0..).zip(&self.wide[rows]).for_each(|(nth, number)| take(nth, *number));
        } else {
            (0..).zip(&self.narrow[rows]).for_each(|(nth, number)| take(nth, widened(*number)));
        }
    }
}

fn widened(number: u8) -> u16 {
    if number == NO_NARROW { NO_CODE } else { u16::from(number) }
}

/// Whole numbers, most of them small.
#[derive(Debug, Clone, Default)]
pub(super) struct NumberColumn {
    small: Vec<u16>,
    /// The others, by row.
    large: BTreeMap<u32, i64>,
    /// The largest of the small ones.
    small_max: u16,
}

/// No number.
const NOTHING: u16 = u16::MAX;
/// A number that is among the large ones.
const LARGE: u16 = u16::MAX - 1;
/// 2^32 numbers below this add up within 64 bits.
const TAME: u64 = 1 << 31;

impl NumberColumn {
    pub(super) fn push(&mut self, number: Option<i64>) {
        let small = match number {
            None => NOTHING,
            Some(number) => {
                u16::try_from(number).ok().filter(|small| *small < LARGE).unwrap_or(LARGE)
            }
        };
        if let (LARGE, Some(number)) = (small, number) {
            self.large.insert(u32::try_from(self.small.len()).unwrap_or(u32::MAX), number);
        }
        if small < LARGE {
            self.small_max = self.small_max.max(small);
        }
        self.small.push(small);
    }

    pub(super) fn get(&self, row: usize) -> Option<i64> {
        match self.small[row] {
            NOTHING => None,
            LARGE => self.large.get(&u32::try_from(row).ok()?).copied(),
            small => Some(i64::from(small)),
        }
    }

    /// The number, or 0 for none.
    pub(super) fn or_zero(&self, row: usize) -> i64 {
        let small = self.small[row];
        if small < LARGE { i64::from(small) } else { self.get(row).unwrap_or(0) }
    }

    /// The largest of the small numbers: what a table of all of them goes up to.
    pub(super) fn small_max(&self) -> u16 {
        self.small_max
    }

    /// Whether so many numbers as there can be records of them add up within 64 bits.
    pub(super) fn is_tame(&self) -> bool {
        self.large.values().all(|number| number.unsigned_abs() < TAME)
    }

    /// The number where it is a small one.
    pub(super) fn small(&self, row: usize) -> Option<u16> {
        Some(self.small[row]).filter(|small| *small < LARGE)
    }

    pub(super) fn gathered(&self, more: &Self, order: &[u32]) -> Self {
        let own = self.small.len();
        let small = gathered(&self.small, &more.small, order);
        let number = |row: usize| if row < own { self.get(row) } else { more.get(row - own) };
        let placed = (0..).zip(order).zip(&small).filter(|(_, small)| **small == LARGE);
        let large = placed.filter_map(|((at, row), _)| Some((at, number(*row as usize)?)));
        Self { large: large.collect(), small_max: self.small_max.max(more.small_max), small }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_come_back(numbers: Vec<Option<i64>>, more: Vec<Option<i64>>, small: Vec<u16>) {
            let mut first = NumberColumn::default();
            let mut second = NumberColumn::default();
            let numbers: Vec<Option<i64>> =
                numbers.into_iter().chain(small.iter().map(|n| Some(i64::from(*n)))).collect();
            for number in &numbers {
                first.push(*number);
            }
            for number in &more {
                second.push(*number);
            }
            let all: Vec<Option<i64>> = numbers.into_iter().chain(more).collect();
            for order in orders(all.len()) {
                let gathered = first.gathered(&second, &order);
                for (at, row) in order.iter().enumerate() {
                    prop_assert_eq!(gathered.get(at), all[*row as usize]);
                }
            }
        }

        #[test]
        fn texts_come_back(
            few in prop::collection::vec(prop::option::of(0..20_u32), 0..50),
            many in prop::collection::vec(prop::option::of(0..2_000_u32), 0..1_500),
        ) {
            let text = |number: &Option<u32>| number.map(|number| format!("c{number}"));
            let mut first = CodeColumn::default();
            for number in &few {
                first.push(text(number).as_deref());
            }
            let mut second = first.alike();
            for number in &many {
                second.push(text(number).as_deref());
            }
            let all: Vec<Option<String>> = few.iter().chain(&many).map(text).collect();
            for order in orders(all.len()) {
                let gathered = first.gathered(&second, &order);
                let read = |at| gathered.texts().get(usize::from(gathered.get(at))).cloned();
                for (at, row) in order.iter().enumerate() {
                    prop_assert_eq!(&read(at), &all[*row as usize]);
                }
            }
        }
    }

    /// All rows as they are, the other way round, and some of them in stretches.
    fn orders(count: usize) -> [Vec<u32>; 3] {
        let all = 0..u32::try_from(count).expect("few");
        let some = all.clone().filter(|row| row % 7 != 3);
        [all.clone().collect(), all.rev().collect(), some.collect()]
    }
}
