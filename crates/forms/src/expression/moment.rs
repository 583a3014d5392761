//! Days and times as texts of form clients: `2018-03-01`, `2018-03-01T14:30:00.000+01:00`.
//!
//! The clock and the offset of the place are given; nothing here asks for either.

use model::time::{Date, Timestamp};

use super::value::saturated;

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;
/// Milliseconds of a minute.
const MINUTE_MS: i64 = 60_000;

/// Whether a text has the shape of a day or a time.
pub(crate) fn looks_like(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 10 && bytes.get(4) == Some(&b'-') && split(text).is_some()
}

/// The instant a text means, in milliseconds since 1970. A text that says no offset is of the place.
pub(crate) fn parse(text: &str, offset_minutes: i32) -> Option<i64> {
    let (day, time, offset) = split(text)?;
    let day: Date = day.parse().ok()?;
    let time = time.map_or(Some(0), time_ms)?;
    let offset = match offset {
        None => i64::from(offset_minutes),
        Some("Z") => 0,
        Some(offset) => offset_minutes_of(offset)?,
    };
    let local = i64::from(day.as_days()).checked_mul(DAY_MS)?.checked_add(time)?;
    local.checked_sub(offset.checked_mul(MINUTE_MS)?)
}

/// Day, time and offset of a text of their shape.
fn split(text: &str) -> Option<(&str, Option<&str>, Option<&str>)> {
    let (day, rest) = text.split_at_checked(10)?;
    shaped(day, "0000-00-00").then_some(())?;
    let Some(rest) = rest.strip_prefix('T') else {
        return rest.is_empty().then_some((day, None, None));
    };
    let (time, offset) = match rest.find(['Z', '+', '-']) {
        Some(place) => rest.split_at_checked(place)?,
        None => (rest, ""),
    };
    let offset = match offset {
        "" => None,
        "Z" => Some(offset),
        _ => Some(offset).filter(|offset| shaped(offset.get(1..).unwrap_or(""), "00:00")),
    };
    let whole = offset.is_some() || rest.len() == time.len();
    (whole && is_time(time)).then_some((day, Some(time), offset))
}

/// Whether each digit of `shape` is a digit of the text, and every other character the same.
fn shaped(text: &str, shape: &str) -> bool {
    let same = |(found, wanted): (u8, u8)| match wanted {
        b'0' => found.is_ascii_digit(),
        other => found == other,
    };
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(same)
}

fn is_time(text: &str) -> bool {
    let (clock, fraction) = text.split_once('.').map_or((text, None), |(a, b)| (a, Some(b)));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match fraction {
        Some(fraction) => shaped(clock, "00:00:00") && digits(fraction),
        None => ["00:00:00", "00:00", "00"].iter().any(|shape| shaped(clock, shape)),
    }
}

/// The time of day in milliseconds.
fn time_ms(text: &str) -> Option<i64> {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut parts = clock.split(':').map(|part| part.parse::<i64>().ok());
    let hours = parts.next()??;
    let minutes = parts.next().unwrap_or(Some(0))?;
    let seconds = parts.next().unwrap_or(Some(0))?;
    let within = hours < 24 && minutes < 60 && seconds < 60;
    let thousandths: String = fraction.chars().chain("000".chars()).take(3).collect();
    let minutes = hours.checked_mul(60)?.checked_add(minutes)?;
    let seconds = minutes.checked_mul(60)?.checked_add(seconds)?;
    let ms = seconds.checked_mul(1_000)?.checked_add(thousandths.parse().ok()?)?;
    within.then_some(ms)
}

/// Minutes of an offset such as `+01:00`, at most 14 hours.
fn offset_minutes_of(text: &str) -> Option<i64> {
    let (sign, rest) = text.split_at_checked(1)?;
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 14 && minutes < 60).then_some(())?;
    let total = hours.checked_mul(60)?.checked_add(minutes)?;
    Some(if sign == "-" { total.saturating_neg() } else { total })
}

/// The time of day of a text such as `14:30:00.000+01:00`, in days; the offset is of no matter.
pub(crate) fn day_fraction(text: &str, offset_minutes: i32) -> Option<f64> {
    let (_day, time, offset) = split_time(text)?;
    let ms = time_ms(time)?;
    let from = match offset {
        None => i64::from(offset_minutes),
        Some("Z") => 0,
        Some(offset) => offset_minutes_of(offset)?,
    };
    let moved = i64::from(offset_minutes).checked_sub(from)?.checked_mul(MINUTE_MS)?;
    Some(days(ms.checked_add(moved)?.rem_euclid(DAY_MS)))
}

fn split_time(text: &str) -> Option<((), &str, Option<&str>)> {
    let (time, offset) = match text.find(['Z', '+', '-']) {
        Some(place) => text.split_at_checked(place)?,
        None => (text, ""),
    };
    let valid = matches!(offset, "" | "Z") || shaped(offset.get(1..)?, "00:00");
    let offset = Some(offset).filter(|offset| !offset.is_empty());
    (valid && is_time(time) && time.len() > 2).then_some(((), time, offset))
}

/// Days since 1970 of an instant.
#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "milliseconds of 400 years lie far below 2^53"
)]
pub(crate) fn days(ms: i64) -> f64 {
    ms as f64 / DAY_MS as f64
}

/// The instant of a number of days since 1970; nothing where it lies outside of what is a time.
pub(crate) fn from_days(days: f64) -> Option<i64> {
    let ms = (days * 86_400_000.0).round();
    (ms.abs() < 8.64e15).then(|| saturated(ms))
}

/// Year, month, day and milliseconds of the day at the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Local {
    /// The day.
    pub(crate) date: Date,
    /// Milliseconds since midnight.
    pub(crate) ms: i64,
    offset_minutes: i32,
}

impl Local {
    /// What clocks at the place show at an instant.
    pub(crate) fn of(ms: i64, offset_minutes: i32) -> Self {
        let local = ms.saturating_add(i64::from(offset_minutes).saturating_mul(MINUTE_MS));
        let date = Timestamp::from_ms(local).date();
        Self { date, ms: local.rem_euclid(DAY_MS), offset_minutes }
    }

    /// Hours, minutes, seconds and milliseconds.
    pub(crate) fn clock(self) -> [i64; 4] {
        [
            self.ms.div_euclid(3_600_000),
            self.ms.div_euclid(MINUTE_MS).rem_euclid(60),
            self.ms.div_euclid(1_000).rem_euclid(60),
            self.ms.rem_euclid(1_000),
        ]
    }

    /// Year, month and day.
    pub(crate) fn day(self) -> [i64; 3] {
        let text = self.date.to_string();
        let mut parts = text.split('-').map(|part| part.parse().unwrap_or(0));
        [(); 3].map(|()| parts.next().unwrap_or(0))
    }

    /// The day where it is midnight, else day and time with the offset, as clients send them.
    pub(crate) fn text(self) -> String {
        if self.ms == 0 { self.date.to_string() } else { self.full_text() }
    }

    /// Day and time with the offset.
    pub(crate) fn full_text(self) -> String {
        let [hours, minutes, seconds, ms] = self.clock();
        let sign = if self.offset_minutes < 0 { '-' } else { '+' };
        let offset = self.offset_minutes.unsigned_abs();
        let (offset_hours, offset_minutes) = (offset.div_euclid(60), offset.rem_euclid(60));
        format!(
            "{}T{hours:02}:{minutes:02}:{seconds:02}.{ms:03}{sign}{offset_hours:02}:{offset_minutes:02}",
            self.date
        )
    }

    /// The text of a pattern such as `%d/%m/%Y`; marks of the time only where `with_time` says so.
    pub(crate) fn formatted(self, pattern: &str, with_time: bool) -> String {
        let mut text = String::new();
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('%') {
            text.push_str(before);
            let mark = after.chars().next();
            let known = mark.and_then(|mark| self.mark(mark, with_time));
            rest = if let (Some(mark), Some(known)) = (mark, known) {
                text.push_str(&known);
                after.get(mark.len_utf8()..).unwrap_or("")
            } else {
                text.push('%');
                after
            };
        }
        text.push_str(rest);
        text
    }

    fn mark(self, mark: char, with_time: bool) -> Option<String> {
        let [year, month, day] = self.day();
        let [hours, minutes, seconds, ms] = self.clock();
        let month_name = usize::try_from(month).ok().and_then(|month| MONTHS.get(month));
        let weekday = self.date.as_days().saturating_add(4).rem_euclid(7);
        let weekday = usize::try_from(weekday).ok().and_then(|day| DAYS.get(day));
        Some(match mark {
            'Y' => format!("{year:04}"),
            'y' => format!("{:02}", year.rem_euclid(100)),
            'm' => format!("{month:02}"),
            'n' => month.to_string(),
            'b' => (*month_name?).to_owned(),
            'd' => format!("{day:02}"),
            'e' => day.to_string(),
            'a' => (*weekday?).to_owned(),
            'H' if with_time => format!("{hours:02}"),
            'h' if with_time => hours.to_string(),
            'M' if with_time => format!("{minutes:02}"),
            'S' if with_time => format!("{seconds:02}"),
            '3' if with_time => format!("{ms:03}"),
            _ => return None,
        })
    }
}

/// Months by number: answers of forms, the same in every language as in form clients.
const MONTHS: [&str; 13] =
    ["", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_clients_are_instants() {
        let noon = 1_519_905_600_000;
        for text in [
            "2018-03-01T12:00:00.000Z",
            "2018-03-01T12:00",
            "2018-03-01T12",
            "2018-03-01T13:00:00+01:00",
        ] {
            assert_eq!(parse(text, 0), Some(noon), "{text}");
        }
        assert_eq!(parse("2018-03-01T12:00:00.5", 60), Some(noon - 3_600_000 + 500));
        for text in ["2018-03-01 12:00", "2018-3-1", "2018-03-01T", "2018-03-01x", "12:00"] {
            assert!(!looks_like(text), "{text}");
        }
        for text in ["2018-02-30", "2018-03-01T24:00", "2018-03-01T10:00:00+15:00"] {
            assert_eq!(parse(text, 0), None, "{text}");
        }
    }

    #[test]
    fn instants_are_written_with_the_offset_of_the_place() {
        let local = Local::of(1_519_905_600_250, -330);
        assert_eq!(local.text(), "2018-03-01T06:30:00.250-05:30");
        assert_eq!(Local::of(0, 0).text(), "1970-01-01");
        assert_eq!(local.formatted("%a %e %b %y, %H:%M %% %q", true), "Thu 1 Mar 18, 06:30 %% %q");
        assert_eq!(local.formatted("%d/%n/%Y %H", false), "01/3/2018 %H");
        assert_eq!(Local::of(3 * 86_400_000, 0).formatted("%a", false), "Sun");
    }
}
