//! Stretches of time as packs write them: `30m`, `2h`, `10d`, and `4mo` where the calendar counts.

use std::fmt;
use std::str::FromStr;

use model::limits::{WORKFLOW_MONTHS_MAX, WORKFLOW_SPAN_DAYS_MAX};
use model::time::zone::Zone;
use model::time::{Date, Timestamp};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// A stretch of time: whole minutes, hours or days of 24 hours, however long the calendar's are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(i64);

/// How long a deadline leaves: a stretch of time, or months of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// However long the calendar's days are.
    Span(Span),
    /// To the same day of a later month, or its last where it has no such day.
    Months(u16),
}

/// The text is no stretch of time, or one nobody can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSpan;

impl Span {
    /// Its milliseconds.
    pub const fn ms(self) -> i64 {
        self.0
    }
}

impl Length {
    /// Whether it leaves no time.
    pub const fn is_zero(self) -> bool {
        matches!(self, Self::Span(Span(0)) | Self::Months(0))
    }

    /// Its milliseconds; nothing for months, which the calendar makes longer or shorter.
    pub const fn ms(self) -> Option<i64> {
        match self {
            Self::Span(span) => Some(span.ms()),
            Self::Months(_) => None,
        }
    }

    /// So long after an instant, as the calendar of the place has it.
    pub fn after(self, at: Timestamp, zone: &Zone) -> Option<Timestamp> {
        match self {
            Self::Span(span) => Some(Timestamp::from_ms(at.as_ms().saturating_add(span.ms()))),
            Self::Months(months) => zone.months_after(at, months),
        }
    }

    /// So long after the end of a day: months lead to the end of a day again.
    pub fn after_day(self, day: Date, zone: &Zone) -> Option<Timestamp> {
        match self {
            Self::Span(_) => self.after(zone.start_of(day.next())?, zone),
            Self::Months(months) => zone.start_of(day.months_after(months)?.next()),
        }
    }
}

impl FromStr for Length {
    type Err = NoSpan;

    fn from_str(text: &str) -> Result<Self, NoSpan> {
        let Some(digits) = text.strip_suffix("mo") else { return text.parse().map(Self::Span) };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NoSpan);
        }
        let months = digits.parse().map_err(|_too_long| NoSpan)?;
        if months > WORKFLOW_MONTHS_MAX { Err(NoSpan) } else { Ok(Self::Months(months)) }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Span(span) => span.fmt(f),
            Self::Months(months) => write!(f, "{months}mo"),
        }
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
    fn months_are_those_of_the_calendar_and_minutes_stay_minutes() {
        let length = |text: &str| text.parse::<Length>().map(|length| length.to_string());
        assert_eq!("4mo".parse(), Ok(Length::Months(4)));
        assert_eq!(
            ["4mo", "4m", "24h", "120mo"].map(length),
            ["4mo", "4m", "1d", "120mo"].map(|s| Ok(s.to_owned()))
        );
        for text in ["mo", "-1mo", "1.5mo", "4 mo", "121mo", "99999mo", "4y", "4MO"] {
            assert_eq!(length(text), Err(NoSpan), "{text}");
        }
        assert!(["0m", "0d", "0mo"].iter().all(|text| text.parse().is_ok_and(Length::is_zero)));
        assert_eq!("4mo".parse::<Span>(), Err(NoSpan), "no months where no calendar counts");
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
