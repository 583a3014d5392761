//! For tests only: a clock that stands still, randomness from a seed, a reader of vector tiles.

pub mod mvt;

use std::sync::atomic::{AtomicI64, Ordering};

use model::random::Randomness;
use model::time::{Clock, Timestamp};

/// A clock that shows what it was last set to.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// A clock at an RFC 3339 instant.
    ///
    /// # Panics
    /// Where the text is none: a mistake in the test.
    pub fn at(instant: &str) -> Self {
        let at: Timestamp = instant.parse().expect("a test names a valid instant");
        Self(AtomicI64::new(at.as_ms()))
    }

    /// Moves it by so many milliseconds, back too.
    pub fn advance_ms(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_ms(self.0.load(Ordering::SeqCst))
    }
}

/// Bytes that look random and are the same for a seed (`SplitMix64`).
#[derive(Debug, Clone)]
pub struct SeededRandomness(u64);

impl SeededRandomness {
    /// A source that starts from `seed`.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn next_bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number below `bound`, which is not 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next_bits() % bound.max(1)
    }
}

impl Randomness for SeededRandomness {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let bits = self.next_bits().to_le_bytes();
            chunk.iter_mut().zip(bits).for_each(|(byte, random)| *byte = random);
        }
    }
}
