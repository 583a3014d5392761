//! Days as tables from outside write them: `01/03/2021`, `1 mars 2021`, `Mar-22`, `2022`, `T1 2022`, the
//! numbers of a spreadsheet. The day stands before the month, as the United Nations writes it; where only
//! the other order can be meant, it is read so.

use model::time::Date;

/// The months in English and French.
const MONTHS: [&[&str]; 12] = [
    &["january", "janvier"],
    &["february", "fevrier", "février"],
    &["march", "mars"],
    &["april", "avril"],
    &["may", "mai"],
    &["june", "juin"],
    &["july", "juillet"],
    &["august", "aout", "août"],
    &["september", "septembre"],
    &["october", "octobre"],
    &["november", "novembre"],
    &["december", "decembre", "décembre"],
];
/// Days of a spreadsheet are counted from here: 1899-12-30.
const SHEET_ZERO: i32 = -25_569;
/// The numbers a spreadsheet has for the days of 1954 to 2064.
const SHEET_DAYS: std::ops::RangeInclusive<i32> = 20_000..=60_000;
/// Years that stand alone.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// Which day of a month or a year that stands without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOf {
    /// The first.
    First,
    /// The last.
    Last,
}

/// A day, and whether day and month could have been meant the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) day: Date,
    pub(super) either_way: bool,
}

/// The day that a text means; nothing where it means none.
pub(super) fn read(text: &str, of: DayOf) -> Option<Written> {
    let text = text.trim().to_lowercase();
    let sure = |day: Option<Date>| day.map(|day| Written { day, either_way: false });
    if text.len() >= 10 && text.as_bytes().get(4) == Some(&b'-') {
        return sure(text.parse().ok());
    }
    let text = match text.split_once(' ') {
        Some((day, time)) if time.contains(':') => day,
        _ => &text,
    };
    let parts: Vec<&str> =
        text.split(['/', '-', '.', ' ', ',']).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [one] => sure(alone(one, of)),
        [a, b] => sure(of_two(a, b, of)),
        [a, b, c] => of_three(a, b, c),
        _ => None,
    }
}

/// The last day of the month or year that the name of a file speaks of.
pub(super) fn in_name(name: &str) -> Option<Date> {
    let runs = runs(&name.to_lowercase());
    let at = |nth: Option<usize>| nth.and_then(|nth| runs.get(nth)).map(String::as_str);
    let found = runs.iter().enumerate().find_map(|(nth, run)| {
        let year = year(run).filter(|_| run.len() == 4)?;
        let (before, after) = (at(nth.checked_sub(1)), at(Some(nth + 1)));
        let two_digits = |run: &&str| run.len() == 2;
        let named = before.and_then(month_name).or_else(|| after.and_then(month_name));
        let month = named.or_else(|| after.filter(two_digits).and_then(month_number));
        Some((year, month.or_else(|| before.filter(two_digits).and_then(month_number))))
    });
    let whole = || runs.iter().filter(|run| run.len() == 8).find_map(|run| alone(run, DayOf::Last));
    match found {
        Some((year, Some(month))) => month_day(year, month, DayOf::Last),
        Some((year, None)) => whole().or_else(|| date(year, 12, 31)),
        None => whole(),
    }
}

/// The runs of letters and of digits in a text.
fn runs(text: &str) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    let kind = |letter: char| (letter.is_alphabetic(), letter.is_ascii_digit());
    let mut last = (false, false);
    for letter in text.chars() {
        let this = kind(letter);
        match runs.last_mut() {
            Some(run) if this == last => run.push(letter),
            _ => runs.push(letter.to_string()),
        }
        last = this;
    }
    runs.retain(|run| run.starts_with(char::is_alphanumeric));
    runs
}

/// `2022`, `20220331`, the number of a spreadsheet.
fn alone(text: &str, of: DayOf) -> Option<Date> {
    let number = digits(text)?;
    match text.len() {
        4 if YEARS.contains(&number) => match of {
            DayOf::First => date(number, 1, 1),
            DayOf::Last => date(number, 12, 31),
        },
        5 if SHEET_DAYS.contains(&number) => Some(Date::from_days(number + SHEET_ZERO)),
        8 => date(number / 10_000, number / 100 % 100, number % 100),
        _ => None,
    }
}

/// `2022-03`, `03/2022`, `mars-22`, `T1 2022`.
fn of_two(first: &str, second: &str, of: DayOf) -> Option<Date> {
    let either = |word: &str, other: &str| {
        let (year, month) = (year(other)?, month_name(word));
        if let Some(month) = month {
            return month_day(year, month, of);
        }
        quarter(word).and_then(|(from, to)| match of {
            DayOf::First => month_day(year, from, of),
            DayOf::Last => month_day(year, to, of),
        })
    };
    if let Some(day) = either(first, second).or_else(|| either(second, first)) {
        return Some(day);
    }
    let (year, month) = if first.len() == 4 { (first, second) } else { (second, first) };
    month_day(digits(year).filter(|_| year.len() == 4)?, month_number(month)?, of)
}

/// `1/3/2021`, `2021/03/01`, `1er mars 2021`, `March 1, 2021`.
fn of_three(first: &str, second: &str, third: &str) -> Option<Written> {
    let sure = |day: Option<Date>| day.map(|day| Written { day, either_way: false });
    if let Some(month) = month_name(second) {
        return sure(date(year(third)?, month, day_number(first)?));
    }
    if let Some(month) = month_name(first) {
        return sure(date(year(third)?, month, day_number(second)?));
    }
    let (a, b) = (digits(first)?, digits(second)?);
    if first.len() == 4 {
        return sure(date(a, b, digits(third)?));
    }
    let year = year(third)?;
    let either_way = a <= 12 && b <= 12 && a != b;
    let day = if b > 12 { date(year, a, b) } else { date(year, b, a) };
    day.map(|day| Written { day, either_way })
}

fn digits(text: &str) -> Option<i32> {
    let plain = !text.is_empty() && text.len() <= 8 && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// A year of four digits, or of two: until 69 of this century.
fn year(text: &str) -> Option<i32> {
    let number = digits(text)?;
    match text.len() {
        4 => YEARS.contains(&number).then_some(number),
        2 => Some(if number < 70 { 2000 + number } else { 1900 + number }),
        _ => None,
    }
}

fn day_number(text: &str) -> Option<i32> {
    digits(text.trim_end_matches(char::is_alphabetic))
}

fn month_number(text: &str) -> Option<i32> {
    digits(text).filter(|month| (1..=12).contains(month))
}

/// A month by its name or the beginning of it, at least three letters and of one month only.
fn month_name(word: &str) -> Option<i32> {
    let begins = |names: &&[&str]| names.iter().any(|name| name.starts_with(word));
    if word.chars().count() < 3 || MONTHS.iter().filter(|names| begins(names)).count() != 1 {
        return None;
    }
    i32::try_from(MONTHS.iter().position(begins)? + 1).ok()
}

/// The first and the last month of `Q1` or, in French, `T1`.
fn quarter(word: &str) -> Option<(i32, i32)> {
    let number = digits(word.strip_prefix(['q', 't'])?).filter(|nth| (1..=4).contains(nth))?;
    Some((number * 3 - 2, number * 3))
}

fn month_day(year: i32, month: i32, of: DayOf) -> Option<Date> {
    match of {
        DayOf::First => date(year, month, 1),
        DayOf::Last => [31, 30, 29, 28].into_iter().find_map(|day| date(year, month, day)),
    }
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    format!("{year:04}-{month:02}-{day:02}").parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str, of: DayOf) -> String {
        match read(text, of) {
            None => "none".to_owned(),
            Some(Written { day, either_way: false }) => day.to_string(),
            Some(Written { day, either_way: true }) => format!("{day}?"),
        }
    }

    #[test]
    fn days_are_read_as_files_write_them() {
        for (text, expected) in [
            ("2021-03-01", "2021-03-01"),
            ("2021-03-01 00:00:00", "2021-03-01"),
            ("2021-03-01T10:00:00Z", "2021-03-01"),
            ("2021-3-1", "2021-03-01"),
            ("2021/03/01", "2021-03-01"),
            ("31/12/2021", "2021-12-31"),
            ("31/12/2021 00:00", "2021-12-31"),
            ("01.03.2021", "2021-03-01?"),
            ("3/3/21", "2021-03-03"),
            ("03-18-14", "2014-03-18"),
            ("1 March 2015", "2015-03-01"),
            ("1er mars 2021", "2021-03-01"),
            ("March 1, 2021", "2021-03-01"),
            ("15-Aoû-98", "1998-08-15"),
            ("20210301", "2021-03-01"),
            ("44256", "2021-03-01"),
        ] {
            assert_eq!(shown(text, DayOf::First), expected, "{text}");
        }
    }

    #[test]
    fn of_a_month_or_a_year_alone_it_is_the_first_or_the_last_day() {
        for (text, first, last) in [
            ("2022", "2022-01-01", "2022-12-31"),
            ("2022-02", "2022-02-01", "2022-02-28"),
            ("02/2024", "2024-02-01", "2024-02-29"),
            ("mars-22", "2022-03-01", "2022-03-31"),
            ("Juillet 2022", "2022-07-01", "2022-07-31"),
            ("juin 2022", "2022-06-01", "2022-06-30"),
            ("T1 2022", "2022-01-01", "2022-03-31"),
            ("2022 Q4", "2022-10-01", "2022-12-31"),
        ] {
            assert_eq!(shown(text, DayOf::First), first, "{text}");
            assert_eq!(shown(text, DayOf::Last), last, "{text}");
        }
    }

    #[test]
    fn what_is_no_day_stays_none() {
        for text in [
            "",
            "soon",
            "n/a",
            "31/02/2021",
            "13/13/2021",
            "99999",
            "12",
            "2022-13",
            "ma 2022",
            "jui 2022",
            "juin",
        ] {
            assert_eq!(shown(text, DayOf::First), "none", "{text}");
        }
    }

    #[test]
    fn the_name_of_a_file_says_its_month_or_year() {
        let said =
            |name: &str| in_name(name).map_or_else(|| "none".to_owned(), |day| day.to_string());
        for (name, expected) in [
            ("3w_mli_5w_mli_mar2022.csv.gz", "2022-03-31"),
            ("3w_sdn_sudan_3w_2021.csv.gz", "2021-12-31"),
            ("3W_Burkina_Faso_Juin_2022.xlsx", "2022-06-30"),
            ("3w-2022-03.csv", "2022-03-31"),
            ("op_presence_20220415.csv", "2022-04-15"),
            ("2023_mai_4w.csv", "2023-05-31"),
            ("4w_niger.csv", "none"),
        ] {
            assert_eq!(said(name), expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in any::<String>()) {
            read(&text, DayOf::First);
            in_name(&text);
        }

        #[test]
        fn a_day_is_the_same_however_it_is_written(days in 0_i32..30_000) {
            let day = Date::from_days(days);
            let iso = day.to_string();
            let parts: Vec<&str> = iso.split('-').collect();
            let (year, month, date) = (parts[0], parts[1], parts[2]);
            for text in [iso.clone(), format!("{date}/{month}/{year}"), format!("{year}{month}{date}")] {
                prop_assert_eq!(read(&text, DayOf::Last).map(|read| read.day), Some(day), "{}", text);
            }
        }
    }
}
