//! Numbers that look random and are the same for the same seed, on every machine.

/// A stream of numbers: `SplitMix64` (Steele, Lea, Flood 2014).
#[derive(Clone, Debug)]
pub(super) struct Draw(u64);

impl Draw {
    /// The stream of a seed.
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `end`, which is not 0. The bias of the remainder is under 2⁻³².
    pub(super) fn below(&mut self, end: u32) -> u32 {
        let number = self.next() % u64::from(end.max(1));
        u32::try_from(number).unwrap_or(0)
    }

    /// A number from one to the other, both in.
    pub(super) fn within(&mut self, least: i32, most: i32) -> i32 {
        let span = u32::try_from(most.saturating_sub(least)).unwrap_or(0).saturating_add(1);
        least.saturating_add(i32::try_from(self.below(span)).unwrap_or(0))
    }

    /// A number over 0 and under 1.
    pub(super) fn unit(&mut self) -> f64 {
        let (high, low) = (self.below(1 << 26), self.below(1 << 26));
        (f64::from(high) + (f64::from(low) + 0.5) / f64::from(1 << 26)) / f64::from(1 << 26)
    }

    /// A place in a list of this length.
    pub(super) fn place(&mut self, length: usize) -> usize {
        let place = self.below(u32::try_from(length).unwrap_or(u32::MAX));
        usize::try_from(place).unwrap_or(0)
    }

    /// A place in a list of weights, as often as it weighs.
    pub(super) fn weighed(&mut self, weights: &[u32]) -> usize {
        let all: u32 = weights.iter().fold(0, |sum, weight| sum.saturating_add(*weight));
        let mut left = self.below(all);
        for (place, weight) in weights.iter().enumerate() {
            if left < *weight {
                return place;
            }
            left -= weight;
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_that_of_the_reference() {
        let mut draw = Draw::new(1_234_567);
        assert_eq!(draw.next(), 6_457_827_717_110_365_317);
        assert_eq!(draw.next(), 3_203_168_211_198_807_973);
        assert!((0..1_000).all(|_| (0.0..1.0).contains(&draw.unit())));
        assert_eq!(draw.weighed(&[0, 7, 0]), 1);
    }
}
