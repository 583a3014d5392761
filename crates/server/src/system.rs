//! What a node takes from the machine: its clock and its randomness. The only module that asks.

use std::time::{SystemTime, UNIX_EPOCH};

use app::Environment;
use model::random::Randomness;
use model::time::{Clock, Timestamp};

/// The clock and the randomness of this machine.
pub(crate) fn environment() -> Environment {
    Environment { clock: Box::new(SystemClock), randomness: Box::new(SystemRandomness) }
}

/// The machine's clock.
#[derive(Debug)]
struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place the product reads a clock")]
    fn now(&self) -> Timestamp {
        let since = |early, late: SystemTime| {
            let passed = late.duration_since(early).unwrap_or_default();
            i64::try_from(passed.as_millis()).unwrap_or(i64::MAX)
        };
        let now = SystemTime::now();
        Timestamp::from_ms(match now.duration_since(UNIX_EPOCH) {
            Ok(_) => since(UNIX_EPOCH, now),
            Err(_before_1970) => -since(now, UNIX_EPOCH),
        })
    }
}

/// The operating system's randomness.
#[derive(Debug)]
pub(crate) struct SystemRandomness;

impl Randomness for SystemRandomness {
    fn fill(&mut self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("a system without randomness can make neither keys nor ids");
    }
}
