//! How long one waits after how many guesses at a password.
//!
//! Every guess raises a level by one and the wait grows with the level; time lowers it again. Nothing
//! is ever locked: the longest wait is as long as the time that forgives one guess, so that a level
//! stops to grow. A user has two levels, one for addresses they have signed in from, so that a
//! stranger's guesses do not make the user wait at their own desk. The two together let fewer than a
//! hundred guesses a day through, whatever the user does meanwhile: a right password takes back
//! itself and nothing else.

use std::net::IpAddr;

use model::time::Timestamp;
use store::{Bucket, Guesses, Judgement, ShortHash};

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
/// How long an address stays a user's own after they signed in from it: thirty days.
const KNOWN_MS: i64 = 30 * 24 * 60 * MINUTE_MS;
/// Doublings of a wait that are certainly beyond the longest.
const DOUBLINGS_MAX: u32 = 20;

/// How waiting grows.
struct Curve {
    /// Guesses without any wait.
    free: u32,
    /// The first wait; each further one is twice as long.
    first_ms: i64,
    /// The longest wait, and the time that forgives one guess.
    longest_ms: i64,
}

/// For a name: 4 at once, 14 in the first hours, one every 45 minutes after.
const OF_NAMES: Curve = Curve { free: 4, first_ms: 5 * SECOND_MS, longest_ms: 45 * MINUTE_MS };
/// For an address, behind which a whole site may be.
const OF_ADDRESSES: Curve = Curve { free: 20, first_ms: SECOND_MS, longest_ms: 5 * MINUTE_MS };

impl Curve {
    const fn wait_ms(&self, level: u32) -> i64 {
        let Some(beyond) = level.checked_sub(self.free) else { return 0 };
        let doublings = if beyond < DOUBLINGS_MAX { beyond } else { DOUBLINGS_MAX };
        let wait = self.first_ms << doublings;
        if wait < self.longest_ms { wait } else { self.longest_ms }
    }
}

/// Whether one more guess may be made now. A clock that was set back makes nobody wait for longer
/// than the longest wait.
pub(crate) fn judge(bucket: Bucket, before: Option<Guesses>, now: Timestamp) -> Judgement {
    let curve = match bucket {
        Bucket::Address(_) => &OF_ADDRESSES,
        _ => &OF_NAMES,
    };
    let Some(before) = before else {
        return Judgement::Counted(Guesses { level: 1, last: now });
    };
    let last = before.last.min(now);
    let passed = now.as_ms().saturating_sub(last.as_ms());
    let forgiven = u32::try_from(passed / curve.longest_ms).unwrap_or(u32::MAX);
    let wait = curve.wait_ms(before.level).saturating_sub(passed);
    if wait > 0 {
        return Judgement::Wait(wait, Guesses { last, ..before });
    }
    let level = before.level.saturating_sub(forgiven).saturating_add(1);
    Judgement::Counted(Guesses { level, last: now })
}

/// Since when an address must have been used to be a user's own.
pub(crate) fn known_since(now: Timestamp) -> Timestamp {
    Timestamp::from_ms(now.as_ms().saturating_sub(KNOWN_MS))
}

/// What an address is counted as: of IPv6 the network of 64 bits, which one machine has to itself.
pub(crate) fn address_key(address: IpAddr) -> ShortHash {
    let mut key = [0; 16];
    match address.to_canonical() {
        IpAddr::V4(address) => key[12..].copy_from_slice(&address.octets()),
        IpAddr::V6(address) => key[..8].copy_from_slice(&address.octets()[..8]),
    }
    key
}

/// What a name that no user has is counted as.
pub(crate) fn name_key(name: &str) -> ShortHash {
    let hash = blake3::derive_key("casque throttled name v1", name.as_bytes());
    let mut key = [0; 16];
    key.copy_from_slice(&hash[..16]);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

    fn guesses_in(bucket: Bucket, days: std::ops::Range<i64>) -> usize {
        let mut guessed = Vec::new();
        let mut before = None;
        for second in 0..days.end * 86_400 {
            let now = second * SECOND_MS;
            if let Judgement::Counted(after) = judge(bucket, before, Timestamp::from_ms(now)) {
                before = Some(after);
                guessed.push(now);
            }
        }
        guessed.retain(|at| *at >= days.start * DAY_MS);
        guessed.len()
    }

    #[test]
    fn whoever_never_stops_guesses_fewer_than_fifty_times_a_day_and_is_never_shut_out() {
        assert_eq!(guesses_in(Bucket::User(1), 0..1), 44);
        assert_eq!(guesses_in(Bucket::UserKnown(1), 2..3), 32);
        let by_address = guesses_in(Bucket::Address([0; 16]), 0..1);
        assert!((250..400).contains(&by_address), "{by_address}");
    }

    #[test]
    fn the_wait_doubles_and_then_stays() {
        let waits: Vec<i64> = (0..16).map(|level| OF_NAMES.wait_ms(level) / SECOND_MS).collect();
        let expected = [0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 2700, 2700];
        assert_eq!(waits, expected);
        assert_eq!(OF_NAMES.wait_ms(u32::MAX), OF_NAMES.longest_ms);
    }

    #[test]
    fn names_and_strangers_are_counted_alike() {
        for second in 0..10_000 {
            let now = Timestamp::from_ms(second * SECOND_MS);
            let before = Some(Guesses { level: 9, last: Timestamp::from_ms(0) });
            let of_user = judge(Bucket::User(1), before, now);
            assert_eq!(judge(Bucket::Name([1; 16]), before, now), of_user);
        }
    }

    #[test]
    fn a_clock_set_back_ten_years_locks_nobody_out() {
        let before = Guesses { level: 20, last: Timestamp::from_ms(3_650 * DAY_MS) };
        let now = Timestamp::from_ms(0);
        let first = judge(Bucket::User(1), Some(before), now);
        let Judgement::Wait(ms, kept) = first else { panic!("{first:?}") };
        assert_eq!((ms, kept.last), (OF_NAMES.longest_ms, now));
        let later = Timestamp::from_ms(ms);
        assert!(matches!(judge(Bucket::User(1), Some(kept), later), Judgement::Counted(_)));
    }

    #[test]
    fn an_address_of_ipv6_is_its_network() {
        let key = |text: &str| address_key(text.parse().expect("an address"));
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:10.0.0.1"), key("10.0.0.1"));
        assert_ne!(key("10.0.0.1"), key("10.0.0.2"));
    }
}
