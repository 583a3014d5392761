//! When made-up events happen: ten years from 2014-01-01, each with its share, every event in a
//! stretch of seconds of its own, so that no two happen at the same second.

use model::time::Timestamp;

/// First second: 2014-01-01T00:00Z.
const FROM_S: u64 = 1_388_534_400;
/// The second after the last: 2024-01-01T00:00Z.
const UNTIL_S: u64 = 1_704_067_200;

const DAY_S: u64 = 86_400;
/// Days and share of events of 2014 to 2023.
const YEARS: [(u64, u64); 10] = [
    (365, 5),
    (365, 6),
    (366, 7),
    (365, 9),
    (365, 13),
    (365, 16),
    (366, 19),
    (365, 21),
    (365, 24),
    (365, 22),
];
const SHARES: u64 = 142;

/// When event number `slot` of `total` happens; `draw` picks a second below the bound it is given.
pub(crate) fn instant(slot: u64, total: u64, draw: impl FnOnce(u64) -> u64) -> Timestamp {
    let first = second(slot, total);
    let stretch = second(slot + 1, total) - first;
    let at = first + draw(stretch);
    Timestamp::from_ms(at.cast_signed() * 1_000)
}

/// The second before which `slot` of `total` events happen.
fn second(slot: u64, total: u64) -> u64 {
    let mut left = slot * SHARES;
    let mut start = FROM_S;
    for (days, share) in YEARS {
        if left < share * total {
            return start + left * days * DAY_S / (share * total);
        }
        left -= share * total;
        start += days * DAY_S;
    }
    UNTIL_S
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_days_add_up() {
        assert_eq!(YEARS.iter().map(|(_, share)| share).sum::<u64>(), SHARES);
        assert_eq!(YEARS.iter().map(|(days, _)| days * DAY_S).sum::<u64>(), UNTIL_S - FROM_S);
    }

    #[test]
    fn stretches_do_not_overlap_up_to_ten_million() {
        let total = 10_000_000;
        for slot in (0..total).step_by(997) {
            let latest = instant(slot, total, |stretch| stretch - 1);
            let earliest_of_next = instant(slot + 1, total, |_| 0);
            assert!(latest < earliest_of_next, "slot {slot}");
        }
    }

    #[test]
    fn they_fill_ten_years() {
        let text = |slot| instant(slot, 1_000, |_| 0).to_string();
        assert_eq!(text(0), "2014-01-01T00:00:00Z");
        assert!(text(999).starts_with("2023-12-"), "{}", text(999));
    }
}
