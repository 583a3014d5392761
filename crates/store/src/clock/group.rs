//! The groups of a clock while they are counted, and what is told of them.

use std::collections::BTreeMap;

use model::limits::CLOCK_KEYS_MAX;
use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::measure::Span;
use super::{ClockGroup, Figures};
use crate::error::StoreError;

/// The numbers of a group's values, 0 for none, and its month.
type Key = ([u32; CLOCK_KEYS_MAX], Option<i32>);

/// Groups that are being counted.
#[derive(Debug)]
pub(super) struct Groups {
    values: Vec<Values>,
    tallies: BTreeMap<Key, Tally>,
}

/// The values of one field, by the number each got when it was first met.
#[derive(Debug, Default)]
struct Values {
    numbers: BTreeMap<String, u32>,
    texts: Vec<String>,
}

#[derive(Debug, Default, Clone)]
struct Tally {
    took_ms: Vec<i64>,
    never_answered: u64,
    still_open: u64,
    missing_stamp: u64,
    out_of_order: u64,
}

impl Groups {
    /// No groups yet, by so many fields.
    pub(super) fn new(fields: usize) -> Self {
        let values = (0..fields.min(CLOCK_KEYS_MAX)).map(|_field| Values::default()).collect();
        Self { values, tallies: BTreeMap::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.tallies.len()
    }

    /// Counts a record whose fields stand in a row from this column on.
    pub(super) fn add(
        &mut self,
        row: &Row<'_>,
        first: usize,
        month: Option<i32>,
        (span, is_open): (Span, bool),
    ) -> Result<(), StoreError> {
        let mut key = [0; CLOCK_KEYS_MAX];
        for ((at, values), number) in (first..).zip(&mut self.values).zip(&mut key) {
            *number = match row.get_ref(at)? {
                ValueRef::Text(text) => {
                    values.number(std::str::from_utf8(text).unwrap_or_default())
                }
                _ => 0,
            };
        }
        self.tallies.entry((key, month)).or_default().count(span, is_open);
        Ok(())
    }

    /// Every group in the order of its keys, those without a value last, and all of them together.
    pub(super) fn told(self) -> (Vec<ClockGroup>, Figures) {
        let Self { values, tallies } = self;
        let mut all = Tally::default();
        let told = tallies.into_iter().map(|((key, month), tally)| {
            let keys = values.iter().zip(key).map(|(values, number)| values.text(number));
            all.join(&tally);
            ClockGroup { keys: keys.collect(), month, figures: tally.figures() }
        });
        let mut groups: Vec<ClockGroup> = told.collect();
        groups.sort_by_cached_key(|group| {
            let keys = group.keys.iter().map(|key| (key.is_none(), key.clone()));
            (keys.collect::<Vec<_>>(), group.month.is_none(), group.month)
        });
        (groups, all.figures())
    }
}

impl Values {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        self.texts.push(text.to_owned());
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.numbers.insert(text.to_owned(), number);
        number
    }

    fn text(&self, number: u32) -> Option<String> {
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        self.texts.get(at).cloned()
    }
}

impl Tally {
    fn count(&mut self, span: Span, is_open: bool) {
        match span {
            Span::Answered(_, took) => self.took_ms.push(took),
            Span::Unstamped(_) => self.missing_stamp += 1,
            Span::Disorder(_) => self.out_of_order += 1,
            Span::Unanswered(_) if is_open => self.still_open += 1,
            Span::Unanswered(_) => self.never_answered += 1,
        }
    }

    fn join(&mut self, other: &Self) {
        self.took_ms.extend(&other.took_ms);
        self.never_answered += other.never_answered;
        self.still_open += other.still_open;
        self.missing_stamp += other.missing_stamp;
        self.out_of_order += other.out_of_order;
    }

    fn figures(mut self) -> Figures {
        let answered = self.took_ms.len() as u64;
        let (median_ms, p90_ms) = (self.at_rank(1, 2), self.at_rank(9, 10));
        let others = [self.never_answered, self.still_open, self.missing_stamp, self.out_of_order];
        Figures {
            count: answered + others.iter().sum::<u64>(),
            answered,
            median_ms,
            p90_ms,
            never_answered: self.never_answered,
            still_open: self.still_open,
            missing_stamp: self.missing_stamp,
            out_of_order: self.out_of_order,
        }
    }

    /// The nearest rank: the smallest time that at least this share of all do not exceed.
    fn at_rank(&mut self, share: usize, of: usize) -> Option<i64> {
        let place = (self.took_ms.len() * share).div_ceil(of).checked_sub(1)?;
        let (_below, at, _above) = self.took_ms.select_nth_unstable(place);
        Some(*at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranks(took_ms: &[i64]) -> (Option<i64>, Option<i64>) {
        let figures = Tally { took_ms: took_ms.to_vec(), ..Tally::default() }.figures();
        (figures.median_ms, figures.p90_ms)
    }

    #[test]
    fn ranks_are_times_that_were_taken() {
        assert_eq!(ranks(&[]), (None, None));
        assert_eq!(ranks(&[7]), (Some(7), Some(7)));
        assert_eq!(ranks(&[9, 1]), (Some(1), Some(9)));
        assert_eq!(ranks(&[3, 1, 2]), (Some(2), Some(3)));
        let ten: Vec<i64> = (1..=10).rev().collect();
        assert_eq!(ranks(&ten), (Some(5), Some(9)));
        let eleven: Vec<i64> = (1..=11).collect();
        assert_eq!(ranks(&eleven), (Some(6), Some(10)));
    }
}
