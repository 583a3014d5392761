//! A window of time cut into stretches, from its end backwards.
//!
//! "The newest hundred" of a window that holds thousands are all near its end. The first stretch is
//! short; how many it holds tells how long the next has to be.

/// The first stretch is this part of the window.
const PARTS: i64 = 64;
/// Below this there is nothing to cut: an hour, in milliseconds.
const SHORTEST: i64 = 3_600_000;

/// A stretch of time in milliseconds, both ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) from: i64,
    pub(super) to: i64,
}

/// The stretches of a window.
#[derive(Debug)]
pub(super) struct Stretches {
    from: i64,
    /// The end of the first one.
    end: i64,
    /// The end of the next one; nothing when all were given.
    next: Option<i64>,
}

impl Stretches {
    /// The stretches of a window; nothing is later than `latest`.
    pub(super) fn new(window: Stretch, latest: i64) -> Self {
        let (from, end) = (window.from, window.to.min(latest));
        Self { from, end, next: (end >= from).then_some(end) }
    }

    /// The next stretch, when `found` of `needed` were in those before.
    pub(super) fn next(&mut self, found: usize, needed: usize) -> Option<Stretch> {
        let to = self.next?;
        let length = self.length(to, found, needed);
        let from = to.saturating_sub(length).max(self.from);
        self.next = (from > self.from).then(|| from - 1);
        Some(Stretch { from, to })
    }

    /// As long as it takes at the rate so far, and half as much again; all that is left where
    /// nothing was found.
    fn length(&self, to: i64, found: usize, needed: usize) -> i64 {
        let done = self.end.saturating_sub(to);
        if done == 0 {
            let whole = to.saturating_sub(self.from);
            return (whole / PARTS).max(SHORTEST);
        }
        if found == 0 {
            return i64::MAX;
        }
        let missing = i128::try_from(needed.saturating_sub(found)).unwrap_or(i128::MAX);
        let rate = i128::try_from(found).unwrap_or(1);
        let length = i128::from(done).saturating_mul(missing).saturating_mul(3) / (rate * 2);
        i64::try_from(length.max(i128::from(SHORTEST))).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn stretches_follow_on_each_other_and_cover_the_window(
            from in -1_000_000_000_000_i64..1_000_000_000_000,
            length in 0_i64..1_000_000_000_000,
            latest in -1_000_000_000_000_i64..2_000_000_000_000,
            finds in prop::collection::vec(0_usize..40, 64),
        ) {
            let window = Stretch { from, to: from + length };
            let mut stretches = Stretches::new(window, latest);
            let (mut found, mut end) = (0, window.to.min(latest));
            for (nth, more) in finds.iter().chain(std::iter::repeat(&0)).enumerate() {
                let Some(stretch) = stretches.next(found, 10_000) else { break };
                prop_assert!(nth < 10_000);
                prop_assert_eq!(stretch.to, end);
                prop_assert!(stretch.from >= from && stretch.from <= stretch.to);
                end = stretch.from - 1;
                found += more;
            }
            prop_assert!(end < from);
        }
    }

    #[test]
    fn a_window_without_ends_is_covered_too() {
        let window = Stretch { from: i64::MIN, to: i64::MAX };
        let mut stretches = Stretches::new(window, 1_700_000_000_000);
        assert_eq!(stretches.next(0, 100).map(|stretch| stretch.to), Some(1_700_000_000_000));
        let mut last = i64::MAX;
        while let Some(stretch) = stretches.next(0, 100) {
            last = stretch.from;
        }
        assert_eq!(last, i64::MIN);
    }
}
