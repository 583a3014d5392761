//! A small seeded source of numbers (`SplitMix64`), so that the same seed gives the same bytes on
//! every machine: integers only, no library of the system's mathematics.

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of numbers.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// The stream of `seed` and `stream`; every pair has its own.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        Self(mixed(seed.wrapping_add(STEP)) ^ mixed(stream.wrapping_mul(STEP)))
    }

    /// The next 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }

    /// A number below `bound`; 0 when `bound` is 0.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        let wide = u128::from(self.next()) * u128::from(bound);
        u64::try_from(wide >> 64).unwrap_or(0)
    }

    /// Whether something of `percent` in a hundred happens.
    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of `choices`.
    pub(crate) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        let index = self.below(choices.len() as u64);
        choices[usize::try_from(index).unwrap_or(0)]
    }

    /// A bell-shaped number around 0 whose standard deviation is `spread` (twelve even ones added).
    pub(crate) fn bell(&mut self, spread: i64) -> i64 {
        let sum: u64 = (0..12).map(|_| self.below(65_536)).sum();
        (sum.cast_signed() - 12 * 32_768) * spread / 65_536
    }
}

const fn mixed(state: u64) -> u64 {
    let first = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let second = (first ^ (first >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    second ^ (second >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_splitmix64() {
        // The published first value of SplitMix64 from state 0.
        assert_eq!(Random(0).next(), 0xe220_a839_7b1d_cdaf);
    }

    #[test]
    fn bell_has_the_spread_it_was_asked_for() {
        let mut random = Random::new(1, 2);
        let draws: Vec<i64> = (0..20_000).map(|_| random.bell(1_000)).collect();
        let mean = draws.iter().sum::<i64>() / 20_000;
        let variance = draws.iter().map(|d| (d - mean).pow(2)).sum::<i64>() / 20_000;
        assert!(mean.abs() < 30, "{mean}");
        assert!((950_000..1_050_000).contains(&variance), "{variance}");
    }

    #[test]
    fn below_reaches_both_ends_and_never_its_bound() {
        let mut random = Random::new(7, 0);
        let mut seen = [0_u32; 5];
        for _ in 0..1_000 {
            seen[usize::try_from(random.below(5)).expect("small")] += 1;
        }
        assert!(seen.iter().all(|count| *count > 150), "{seen:?}");
        assert_eq!(random.below(0), 0);
    }
}
