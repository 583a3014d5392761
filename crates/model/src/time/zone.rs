//! A mission's time zone: on which day, and in which month, an instant falls there.
//!
//! The rules of all zones are compiled in, so that every machine answers alike, also one that has no
//! such data or other data.

use std::collections::BTreeMap;

use jiff::civil;
use jiff::tz::TimeZone;

use super::{Date, Timestamp};

/// A time zone of the IANA database.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of this name; nothing where there is none.
    pub fn named(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }

    /// Universal time.
    pub const fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// The day an instant falls on there.
    pub fn date(&self, at: Timestamp) -> Date {
        let Some(day) = self.civil(at).map(civil::DateTime::date) else { return at.date() };
        days_of(day)
    }

    /// The first instant of a day there; nothing outside of the calendar.
    pub fn start_of(&self, day: Date) -> Option<Timestamp> {
        let start = self.0.to_zoned(civil_of(day)?.to_datetime(civil::Time::midnight())).ok()?;
        Some(Timestamp::from_ms(start.timestamp().as_millisecond()))
    }

    /// The last instant of a day there; nothing outside of the calendar.
    pub fn end_of(&self, day: Date) -> Option<Timestamp> {
        Some(Timestamp::from_ms(self.start_of(day.next())?.as_ms() - 1))
    }

    /// The same time of day so many months later, on the last day of a month that has no such day;
    /// nothing outside of the calendar.
    pub fn months_after(&self, at: Timestamp, months: u16) -> Option<Timestamp> {
        let later = self.civil(at)?.checked_add(jiff::Span::new().months(months)).ok()?;
        let later = self.0.to_zoned(later).ok()?;
        Some(Timestamp::from_ms(later.timestamp().as_millisecond()))
    }

    /// How many minutes its clocks are ahead of universal time at an instant.
    pub fn offset_minutes(&self, at: Timestamp) -> i32 {
        let instant = jiff::Timestamp::from_millisecond(at.as_ms()).ok();
        instant.map_or(0, |instant| self.0.to_offset(instant).seconds() / 60)
    }

    /// The first instant of a day there; that of the day in universal time outside of the calendar.
    pub fn start(&self, day: Date) -> Timestamp {
        self.start_of(day).unwrap_or_else(|| day.start())
    }

    /// The first instant of a month there, by its index; nothing outside of the calendar.
    fn month_start(&self, month_index: i32) -> Option<i64> {
        let year = i16::try_from(month_index.div_euclid(12)).ok()?;
        let month = i8::try_from(month_index.rem_euclid(12) + 1).ok()?;
        let first = civil::Date::new(year, month, 1).ok()?;
        let start = self.0.to_zoned(first.to_datetime(civil::Time::midnight())).ok()?;
        Some(start.timestamp().as_millisecond())
    }

    fn civil(&self, at: Timestamp) -> Option<civil::DateTime> {
        let instant = jiff::Timestamp::from_millisecond(at.as_ms()).ok()?;
        Some(self.0.to_datetime(instant))
    }
}

impl Date {
    /// The same day so many months later, the last day of a month that has no such day; nothing
    /// outside of the calendar.
    pub fn months_after(self, months: u16) -> Option<Self> {
        let later = civil_of(self)?.checked_add(jiff::Span::new().months(months)).ok()?;
        Some(days_of(later))
    }
}

fn civil_of(day: Date) -> Option<civil::Date> {
    FIRST.checked_add(jiff::Span::new().try_days(day.as_days()).ok()?).ok()
}

fn days_of(day: civil::Date) -> Date {
    Date::from_days(day.since(FIRST).map_or(0, |span| span.get_days()))
}

const FIRST: civil::Date = civil::Date::constant(1970, 1, 1);

/// The months of many instants: what was worked out for one is kept for the others.
#[derive(Clone, Debug)]
pub struct Months {
    zone: Zone,
    /// By their first instants: the first instant after, and the index.
    known: BTreeMap<i64, (i64, i32)>,
}

impl Months {
    /// The months of a zone.
    pub const fn of(zone: Zone) -> Self {
        Self { zone, known: BTreeMap::new() }
    }

    /// The month an instant falls in, as [`Date::month_index`] counts.
    pub fn index(&mut self, at: Timestamp) -> i32 {
        let ms = at.as_ms();
        if let Some((_start, (end, index))) = self.known.range(..=ms).next_back()
            && ms < *end
        {
            return *index;
        }
        let index = self.zone.date(at).month_index();
        let (start, end) = (self.zone.month_start(index), self.zone.month_start(index + 1));
        if let (Some(start), Some(end)) = (start, end)
            && (start..end).contains(&ms)
        {
            self.known.insert(start, (end, index));
        }
        index
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::month_text;

    fn at(text: &str) -> Timestamp {
        text.parse().expect(text)
    }

    #[test]
    fn days_and_months_are_those_of_the_place() {
        let bangui = Zone::named("Africa/Bangui").expect("a zone");
        assert_eq!(bangui.date(at("2018-03-31T22:59:59Z")).to_string(), "2018-03-31");
        assert_eq!(bangui.date(at("2018-03-31T23:00:00Z")).to_string(), "2018-04-01");
        assert_eq!(bangui.date(at("1969-12-31T23:30:00Z")).to_string(), "1970-01-01");
        let mut months = Months::of(bangui.clone());
        for (text, month) in [
            ("2018-03-31T22:59:59.999Z", "2018-03"),
            ("2018-03-31T23:00:00Z", "2018-04"),
            ("2018-03-01T00:00:00Z", "2018-03"),
            ("2018-02-28T22:59:59Z", "2018-02"),
            ("2020-02-29T22:30:00Z", "2020-02"),
            ("2020-02-29T23:30:00Z", "2020-03"),
        ] {
            assert_eq!(month_text(months.index(at(text))), month, "{text}");
        }
        assert!(Zone::named("Africa/Atlantis").is_none());
        assert_eq!(bangui.offset_minutes(at("2018-03-31T22:59:59Z")), 60);
        let york = Zone::named("America/New_York").expect("a zone");
        let offsets = ["2018-01-01", "2018-07-01"].map(|day| york.offset_minutes(at(day)));
        assert_eq!(offsets, [-300, -240]);
    }

    #[test]
    fn days_begin_and_months_go_by_as_the_place_counts_them() {
        let beirut = Zone::named("Asia/Beirut").expect("a zone");
        let start = |day: &str| beirut.start_of(day.parse().expect(day)).map(|at| at.to_string());
        assert_eq!(start("2022-01-31").as_deref(), Some("2022-01-30T22:00:00Z"));
        // Summer time began at midnight: the day has none.
        assert_eq!(start("2022-03-27").as_deref(), Some("2022-03-26T22:00:00Z"));
        let end = beirut.end_of("2022-03-26".parse().expect("a day")).map(|at| at.to_string());
        assert_eq!(end.as_deref(), Some("2022-03-26T21:59:59.999Z"));
        let later =
            |text: &str, months| beirut.months_after(at(text), months).map(|at| at.to_string());
        assert_eq!(later("2022-01-31T10:00:00Z", 1).as_deref(), Some("2022-02-28T10:00:00Z"));
        assert_eq!(later("2022-01-31T10:00:00Z", 4).as_deref(), Some("2022-05-31T09:00:00Z"));
        let day = |text: &str, months| {
            text.parse::<Date>().expect(text).months_after(months).map(|day| day.to_string())
        };
        assert_eq!(day("2020-10-31", 4).as_deref(), Some("2021-02-28"));
        assert_eq!(day("2019-10-31", 4).as_deref(), Some("2020-02-29"));
        assert_eq!(day("1969-12-31", 0).as_deref(), Some("1969-12-31"));
        assert_eq!(day("2021-02-28", 120).as_deref(), Some("2031-02-28"));
    }

    /// Through the hours of two years with summer time and back, the months kept agree with those
    /// worked out for each instant.
    #[test]
    fn kept_months_are_those_of_every_instant() {
        let beirut = Zone::named("Asia/Beirut").expect("a zone");
        let mut months = Months::of(beirut.clone());
        let start = at("2022-12-01").as_ms();
        for hour in 0..20_000_i64 {
            let at = Timestamp::from_ms(start + hour * 3_600_000);
            assert_eq!(months.index(at), beirut.date(at).month_index(), "{at}");
        }
    }
}
