//! How often a phone may send: many at once after days without a network, then at a steady rate.
//!
//! Kept in memory: a restart forgives. What a user may send in a day is counted in the database.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// What one submission uses up of a key's time.
const COST: Duration = Duration::from_millis(50);
/// How much of it a key may use ahead: 400 submissions at once.
const AHEAD_MAX: Duration = Duration::from_secs(20);
/// How many keys are remembered before those that have been quiet are forgotten.
const KEYS_MAX: usize = 1_024;

/// When what each key has sent would be worked off.
#[derive(Debug, Default)]
pub(crate) struct Rates(Mutex<BTreeMap<String, Instant>>);

impl Rates {
    /// Counts a submission of a key; how long it has to wait where it is too many.
    pub(crate) fn count(&self, key: &str, now: Instant) -> Result<(), Duration> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= KEYS_MAX {
            all.retain(|_key, free| *free > now);
        }
        let free = all.get(key).copied().unwrap_or(now).max(now) + COST;
        let ahead = free.duration_since(now);
        if ahead > AHEAD_MAX {
            return Err(ahead.saturating_sub(AHEAD_MAX));
        }
        all.insert(key.to_owned(), free);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_sends_four_hundred_at_once_and_twenty_a_second_after() {
        let (rates, now) = (Rates::default(), Instant::now());
        assert!((0..400).all(|_nth| rates.count("a", now).is_ok()));
        assert_eq!(rates.count("a", now), Err(COST));
        assert_eq!(rates.count("b", now), Ok(()), "another key is another's");
        let later = now + Duration::from_secs(1);
        assert_eq!((0..30).filter(|_nth| rates.count("a", later).is_ok()).count(), 20);
    }
}
