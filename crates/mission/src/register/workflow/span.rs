//! Stretches of time as packs write them: `30m`, `2h`, `10d`.

use std::fmt;
use std::str::FromStr;

use model::limits::WORKFLOW_SPAN_DAYS_MAX;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// A stretch of time: whole minutes, hours or days of 24 hours, however long the calendar's are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(i64);

/// The text is no stretch of time, or one nobody can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSpan;

impl Span {
    /// Its milliseconds.
    pub const fn ms(self) -> i64 {
        self.0
    }
}

impl FromStr for Span {
    type Err = NoSpan;

    fn from_str(text: &str) -> Result<Self, NoSpan> {
        let unit_ms = match text.chars().last() {
            Some('m') => MINUTE_MS,
            Some('h') => HOUR_MS,
            Some('d') => DAY_MS,
            _ => return Err(NoSpan),
        };
        let digits = text.get(..text.len().saturating_sub(1)).unwrap_or_default();
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NoSpan);
        }
        let count: i64 = digits.parse().map_err(|_too_long| NoSpan)?;
        let ms = count.checked_mul(unit_ms).ok_or(NoSpan)?;
        if ms > WORKFLOW_SPAN_DAYS_MAX * DAY_MS { Err(NoSpan) } else { Ok(Self(ms)) }
    }
}

/// In the largest unit it is whole in.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [(DAY_MS, 'd'), (HOUR_MS, 'h'), (MINUTE_MS, 'm')];
        let whole = units.into_iter().find(|(ms, _unit)| self.0 % ms == 0 && self.0 >= *ms);
        let (ms, unit) = whole.unwrap_or((MINUTE_MS, 'm'));
        write!(f, "{}{unit}", self.0 / ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_hours_and_days_are_read_and_said_in_the_largest_unit() {
        for (text, ms, said) in [
            ("30m", 1_800_000, "30m"),
            ("90m", 5_400_000, "90m"),
            ("120m", 7_200_000, "2h"),
            ("24h", 86_400_000, "1d"),
            ("0d", 0, "0m"),
            ("3650d", 315_360_000_000, "3650d"),
        ] {
            let span: Span = text.parse().expect(text);
            assert_eq!((span.ms(), span.to_string().as_str()), (ms, said));
        }
    }

    #[test]
    fn anything_else_is_no_span() {
        for text in [
            "",
            "m",
            "30",
            "30 m",
            "-1h",
            "+1h",
            "1.5h",
            "1w",
            "1é",
            "3651d",
            "99999999999999999999d",
            "9223372036854775807d",
        ] {
            assert_eq!(text.parse::<Span>(), Err(NoSpan), "{text}");
        }
    }
}
