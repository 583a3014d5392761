//! The hybrid logical clock: 48 bits of milliseconds and a 16-bit counter in one integer.
//!
//! It only orders what is shown first. Which value overwrites which is decided by causality.

use super::Timestamp;
use crate::limits::CLOCK_AHEAD_MS_MAX;

/// A hybrid logical time. Larger is later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HybridTime(u64);

impl HybridTime {
    /// From its one-integer form.
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// Its one-integer form.
    pub const fn as_bits(self) -> u64 {
        self.0
    }

    /// The wall-clock part.
    pub fn wall(self) -> Timestamp {
        Timestamp::from_ms(i64::try_from(self.0 >> 16).unwrap_or(i64::MAX))
    }

    /// The first hybrid time of a wall-clock instant; instants before 1970 count as 1970.
    pub fn at(wall: Timestamp) -> Self {
        let ms = u64::try_from(wall.as_ms()).unwrap_or(0).min((1 << 48) - 1);
        Self(ms << 16)
    }

    /// Whether its wall-clock part is so far ahead of `now` that the clock it came from is wrong.
    pub fn is_suspect(self, now: Timestamp) -> bool {
        self.wall().as_ms() > now.as_ms().saturating_add(CLOCK_AHEAD_MS_MAX)
    }
}

/// One node's hybrid clock: never goes back, whatever the wall clock does.
#[derive(Clone, Copy, Debug, Default)]
pub struct HybridClock {
    last: HybridTime,
}

impl HybridClock {
    /// A clock that continues after `last`.
    pub fn after(last: HybridTime) -> Self {
        Self { last }
    }

    /// The time of the next entry made here.
    pub fn tick(&mut self, now: Timestamp) -> HybridTime {
        let wall = HybridTime::at(now);
        self.last = if wall > self.last { wall } else { HybridTime(self.last.0.saturating_add(1)) };
        self.last
    }

    /// Takes note of a received entry's time, unless its clock is too far ahead to be believed.
    pub fn observe(&mut self, remote: HybridTime, now: Timestamp) {
        if !remote.is_suspect(now) {
            self.last = self.last.max(remote);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_grow_even_when_the_wall_clock_stands_or_jumps_back_years() {
        let mut clock = HybridClock::default();
        let times: Vec<HybridTime> =
            [5_000, 5_000, 10, 6_000].map(|ms| clock.tick(Timestamp::from_ms(ms))).to_vec();
        assert!(times.is_sorted_by(|a, b| a < b), "{times:?}");
        assert_eq!(times[3].wall(), Timestamp::from_ms(6_000));
    }

    #[test]
    fn a_clock_years_ahead_does_not_drag_ours_along() {
        let now = Timestamp::from_ms(1_000);
        let far = HybridTime::at(Timestamp::from_ms(1_000 + CLOCK_AHEAD_MS_MAX + 1));
        let near = HybridTime::at(Timestamp::from_ms(2_000));
        let mut clock = HybridClock::default();
        clock.observe(far, now);
        clock.observe(near, now);
        assert!(far.is_suspect(now) && !near.is_suspect(now));
        assert!(clock.tick(now) > near);
        assert!(clock.tick(now) < far);
    }
}
