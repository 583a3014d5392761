//! One record's time between two states.

use crate::stays::{Kept, Known};

/// What a clock finds of a record that entered its first state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    /// It entered the second state: when the clock started, and how long it ran, in milliseconds.
    Answered(i64, i64),
    /// It entered the second state, but one of the two has no stamp. When it started, where known.
    Unstamped(Option<i64>),
    /// By the stamps it entered the second state before the first. When it started.
    Disorder(i64),
    /// It did not enter the second state. When it started, where known.
    Unanswered(Option<i64>),
}

impl Span {
    /// When the clock started.
    pub(super) fn started(self) -> Option<i64> {
        match self {
            Self::Answered(at, _) | Self::Disorder(at) => Some(at),
            Self::Unstamped(at) | Self::Unanswered(at) => at,
        }
    }
}

/// From the first entry into `from` to the first entry into `to` that follows it; nothing where the
/// record never was in `from`. What only a stamp tells of has no place in the order: it counts where
/// the journal knows of no entry into that state.
pub(super) fn measure(stays: impl Iterator<Item = Kept>, from: u16, to: u16) -> Option<Span> {
    let (mut start, mut end, mut stray): (Option<Kept>, Option<Kept>, Option<Kept>) =
        Default::default();
    for stay in stays {
        if stay.state == from {
            start = start.or(Some(stay));
        } else if stay.state == to {
            let follows = start.is_some() || stay.known == Known::Told;
            let place = if follows { &mut end } else { &mut stray };
            *place = place.or(Some(stay));
        }
    }
    match start {
        // The state it came from is told by its stamp alone, so the entry may well follow it.
        Some(start) if start.known == Known::Told => Some(between(start, end.or(stray))),
        Some(start) => Some(between(start, end)),
        // It was put into the second state, and nothing says when it was in the first.
        None => end
            .or(stray)
            .filter(|stay| stay.known != Known::Moved)
            .map(|_stay| Span::Unstamped(None)),
    }
}

fn between(start: Kept, end: Option<Kept>) -> Span {
    let stamp = |stay: Kept| (stay.known != Known::Unstamped).then_some(stay.at_ms);
    match (stamp(start), end.map(stamp)) {
        (started, None) => Span::Unanswered(started),
        (Some(started), Some(Some(ended))) => match ended.checked_sub(started) {
            Some(took) if took >= 0 => Span::Answered(started, took),
            _ => Span::Disorder(started),
        },
        (started, Some(_)) => Span::Unstamped(started),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: u16 = 1;
    const B: u16 = 2;
    const C: u16 = 3;

    fn stays(list: &[(u16, Known, i64)]) -> impl Iterator<Item = Kept> {
        list.iter().map(|(state, known, at_ms)| Kept {
            state: *state,
            known: *known,
            at_ms: *at_ms,
        })
    }

    fn span(list: &[(u16, Known, i64)]) -> Option<Span> {
        measure(stays(list), A, B)
    }

    #[test]
    fn the_first_entry_and_the_first_that_follows_it_count() {
        use Known::Moved;
        let back_and_forth = [(A, Moved, 10), (B, Moved, 15), (A, Moved, 20), (B, Moved, 90)];
        assert_eq!(span(&back_and_forth), Some(Span::Answered(10, 5)));
        assert_eq!(
            span(&[(B, Moved, 1), (A, Moved, 10), (C, Moved, 12), (B, Moved, 15)]),
            Some(Span::Answered(10, 5))
        );
        assert_eq!(
            span(&[(A, Moved, 10), (A, Moved, 12), (B, Moved, 15), (B, Moved, 16)]),
            Some(Span::Answered(10, 5))
        );
        assert_eq!(span(&[(A, Moved, 10), (B, Moved, 10)]), Some(Span::Answered(10, 0)));
        assert_eq!(span(&[(B, Moved, 1), (A, Moved, 10)]), Some(Span::Unanswered(Some(10))));
        assert_eq!(span(&[(C, Moved, 1), (B, Moved, 2)]), None);
        assert_eq!(span(&[]), None);
    }

    #[test]
    fn stamps_out_of_order_are_no_negative_times() {
        use Known::{Moved, Stamped, Told};
        assert_eq!(span(&[(A, Moved, 10), (B, Moved, 9)]), Some(Span::Disorder(10)));
        assert_eq!(
            span(&[(A, Stamped, i64::MAX), (B, Moved, i64::MIN)]),
            Some(Span::Disorder(i64::MAX))
        );
        assert_eq!(span(&[(C, Stamped, 1), (A, Told, 10), (B, Told, 9)]), Some(Span::Disorder(10)));
    }

    #[test]
    fn a_state_without_a_stamp_is_missing_only_where_it_was_answered() {
        use Known::{Moved, Told, Unstamped};
        assert_eq!(span(&[(A, Unstamped, 1), (B, Moved, 9)]), Some(Span::Unstamped(None)));
        assert_eq!(span(&[(A, Moved, 1), (B, Unstamped, 9)]), Some(Span::Unstamped(Some(1))));
        assert_eq!(span(&[(A, Unstamped, 1)]), Some(Span::Unanswered(None)));
        assert_eq!(span(&[(B, Unstamped, 9)]), Some(Span::Unstamped(None)));
        assert_eq!(span(&[(C, Unstamped, 9), (B, Told, 9)]), Some(Span::Unstamped(None)));
    }

    #[test]
    fn what_a_stamp_tells_counts_where_the_journal_knows_nothing() {
        use Known::{Moved, Stamped, Told};
        assert_eq!(
            span(&[(C, Stamped, 99), (A, Told, 10), (B, Told, 15)]),
            Some(Span::Answered(10, 5))
        );
        assert_eq!(span(&[(B, Stamped, 15), (A, Told, 10)]), Some(Span::Answered(10, 5)));
        assert_eq!(
            span(&[(A, Moved, 10), (C, Moved, 11), (B, Told, 15)]),
            Some(Span::Answered(10, 5))
        );
        assert_eq!(span(&[(B, Moved, 15), (A, Told, 10)]), Some(Span::Answered(10, 5)));
    }
}
