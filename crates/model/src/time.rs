//! Time: instants, days, the hybrid logical clock that orders what is shown, the date-time group.
//!
//! The clock is always a parameter; nothing here reads one.

pub mod dtg;
pub mod hybrid;
pub mod zone;

use std::fmt;
use std::str::FromStr;

use jiff::civil;
use jiff::tz::TimeZone;
use thiserror::Error;

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;
/// Years outside of this are slips of the pen (`0025-03-01`), not events a mission reports.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2199;

/// A source of the present instant. Tests give a fixed one.
pub trait Clock {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

impl<C: Clock + ?Sized> Clock for std::sync::Arc<C> {
    fn now(&self) -> Timestamp {
        (**self).now()
    }
}

/// Why a text is not a time.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ParseTimeError {
    /// Not a date or an instant.
    #[error("`{0}` is not a date (2018-03-01) or a time (2018-03-01T14:30:00Z)")]
    Format(String),
    /// A year that cannot be meant.
    #[error("the year of `{0}` is outside 1800 to 2199")]
    Year(String),
}

/// An instant: milliseconds since 1970-01-01T00:00Z, leap seconds not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// An instant from milliseconds since 1970.
    pub const fn from_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// Milliseconds since 1970.
    pub const fn as_ms(self) -> i64 {
        self.0
    }

    /// The UTC day it lies in.
    pub fn date(self) -> Date {
        Date(i32::try_from(self.0.div_euclid(DAY_MS)).unwrap_or(i32::MAX))
    }

    fn civil(self) -> Option<civil::DateTime> {
        let instant = jiff::Timestamp::from_millisecond(self.0).ok()?;
        Some(TimeZone::UTC.to_datetime(instant))
    }
}

/// RFC 3339 in UTC; milliseconds only where there are any.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = self.0.div_euclid(DAY_MS);
        let Some((year, month, day)) = civil_day(days) else { return write!(f, "{}ms", self.0) };
        let rest = self.0.rem_euclid(DAY_MS);
        let mut text = *b"0000-00-00T00:00:00.000Z";
        put_digits(&mut text[..4], year);
        put_digits(&mut text[5..7], month);
        put_digits(&mut text[8..10], day);
        put_digits(&mut text[11..13], rest / 3_600_000);
        put_digits(&mut text[14..16], rest / 60_000 % 60);
        put_digits(&mut text[17..19], rest / 1_000 % 60);
        put_digits(&mut text[20..23], rest % 1_000);
        let text = std::str::from_utf8(&text).unwrap_or_default();
        match rest % 1_000 {
            0 => f.write_str(text.get(..19).unwrap_or_default()).and_then(|()| f.write_str("Z")),
            _ => f.write_str(text),
        }
    }
}

/// Year, month and day of a day since 1970; nothing outside of the years 0 to 9999. Counted in
/// eras of 400 years from 1 March of year 0, so that a leap day is the last of its year.
fn civil_day(days: i64) -> Option<(i64, i64, i64)> {
    let days = days.checked_add(719_468)?;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = year + era * 400 + later;
    (0..=9_999).contains(&year).then_some((year, month, day))
}

/// Writes a number over these zeros.
fn put_digits(zeros: &mut [u8], mut number: i64) {
    for digit in zeros.iter_mut().rev() {
        *digit += u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
    }
}

impl FromStr for Timestamp {
    type Err = ParseTimeError;

    /// Reads RFC 3339, the same without offset (then UTC), with a blank for the `T`, without
    /// seconds, or a bare day (then its first instant).
    fn from_str(text: &str) -> Result<Self, ParseTimeError> {
        let trimmed = text.trim();
        let error = || ParseTimeError::Format(trimmed.to_owned());
        if let Ok(instant) = trimmed.parse::<jiff::Timestamp>() {
            let local = TimeZone::UTC.to_datetime(instant);
            year_in_range(local.year(), trimmed)?;
            return Ok(Self(instant.as_millisecond()));
        }
        let local: civil::DateTime = trimmed.parse().map_err(|_not_a_time| error())?;
        year_in_range(local.year(), trimmed)?;
        let instant = TimeZone::UTC.to_timestamp(local).map_err(|_out_of_range| error())?;
        Ok(Self(instant.as_millisecond()))
    }
}

/// A day: days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

impl Date {
    /// A day from days since 1970-01-01.
    pub const fn from_days(days: i32) -> Self {
        Self(days)
    }

    /// Days since 1970-01-01.
    pub const fn as_days(self) -> i32 {
        self.0
    }

    /// Its first instant, UTC.
    pub fn start(self) -> Timestamp {
        Timestamp(i64::from(self.0) * DAY_MS)
    }

    /// The day after.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// Months since January of year 0: 2018-03 is 24218. The key of monthly figures.
    pub fn month_index(self) -> i32 {
        let Some(at) = self.start().civil() else { return 0 };
        i32::from(at.year()) * 12 + i32::from(at.month()) - 1
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((year, month, day)) = civil_day(i64::from(self.0)) else {
            return write!(f, "day {}", self.0);
        };
        let mut text = *b"0000-00-00";
        put_digits(&mut text[..4], year);
        put_digits(&mut text[5..7], month);
        put_digits(&mut text[8..], day);
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl FromStr for Date {
    type Err = ParseTimeError;

    /// Reads `YYYY-MM-DD`, or the day of an instant in UTC.
    fn from_str(text: &str) -> Result<Self, ParseTimeError> {
        Ok(text.parse::<Timestamp>()?.date())
    }
}

fn year_in_range(year: i16, text: &str) -> Result<(), ParseTimeError> {
    if YEARS.contains(&year) { Ok(()) } else { Err(ParseTimeError::Year(text.to_owned())) }
}

/// `2018-03` of a [`Date::month_index`].
pub fn month_text(month_index: i32) -> String {
    format!("{:04}-{:02}", month_index.div_euclid(12), month_index.rem_euclid(12) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(text: &str) -> i64 {
        text.parse::<Timestamp>().expect(text).as_ms()
    }

    #[test]
    fn instants_are_read_in_every_form_people_write() {
        let noon = 1_519_905_600_000;
        for text in [
            "2018-03-01T12:00:00Z",
            "2018-03-01T12:00Z",
            "2018-03-01T12:00:00",
            "2018-03-01 12:00",
            "2018-03-01T14:00:00+02:00",
            " 2018-03-01T12:00:00.000Z ",
        ] {
            assert_eq!(ms(text), noon, "{text}");
        }
        assert_eq!(ms("2018-03-01"), noon - DAY_MS / 2);
    }

    /// The calendar is worked out here as the library does it.
    #[test]
    fn texts_of_instants_and_days_are_those_of_the_library() {
        let of_library = |ms: i64| {
            let at = Timestamp::from_ms(ms).civil().expect("within its years");
            let (time, ms) = (at.strftime("%Y-%m-%dT%H:%M:%S").to_string(), at.millisecond());
            if ms == 0 { format!("{time}Z") } else { format!("{time}.{ms:03}Z") }
        };
        // From year 0 to 9999, by a step that comes to every day of the year and odd times of day.
        for ms in (-62_167_219_200_000_i64..253_402_300_800_000).step_by(41_203_217_003) {
            let at = Timestamp::from_ms(ms);
            assert_eq!(at.to_string(), of_library(ms));
            assert_eq!(Some(at.date().to_string().as_str()), of_library(ms).get(..10));
        }
        for text in ["2000-02-29", "1900-02-28", "1900-03-01", "2024-12-31", "1969-12-31"] {
            assert_eq!(text.parse::<Date>().expect(text).to_string(), text);
        }
    }

    #[test]
    fn slips_are_refused() {
        assert_eq!("0025-03-01".parse::<Date>(), Err(ParseTimeError::Year("0025-03-01".into())));
        for text in ["", "2018", "2018-13-01", "2018-02-30", "01/03/2018", "2018-03-01T25:00Z"] {
            assert!(matches!(text.parse::<Timestamp>(), Err(ParseTimeError::Format(_))), "{text}");
        }
    }

    #[test]
    fn text_round_trips_and_months_count() {
        for text in ["1969-12-31T23:59:59.250Z", "2018-03-01T12:00:00Z"] {
            assert_eq!(Timestamp::from_ms(ms(text)).to_string(), text);
        }
        let date: Date = "2018-03-31".parse().expect("a date");
        assert_eq!((date.to_string().as_str(), date.month_index()), ("2018-03-31", 24_218));
        assert_eq!(month_text(24_218), "2018-03");
        assert_eq!(date.next().to_string(), "2018-04-01");
        assert_eq!(Timestamp::from_ms(-1).date().to_string(), "1969-12-31");
    }
}
