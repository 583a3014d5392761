//! The date-time group of military messages: `011030Z NOV 21`.
//!
//! The letter is the time zone: Z is UTC, A to M east of it without J, N to Y west of it
//! (DOMAIN B.6). A two-digit year is of this century.

use super::{DAY_MS, Timestamp};

const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const HOUR_MS: i64 = 3_600_000;

/// The group of an instant, in UTC.
pub fn format(at: Timestamp) -> String {
    let date = at.date().to_string();
    let minutes = at.as_ms().rem_euclid(DAY_MS) / 60_000;
    let month = date.get(5..7).and_then(|m| m.parse::<usize>().ok()).unwrap_or(1);
    let (year, day) = (date.get(2..4).unwrap_or(""), date.get(8..10).unwrap_or(""));
    let name = MONTHS.get(month.saturating_sub(1)).unwrap_or(&"");
    format!("{day}{:02}{:02}Z {name} {year}", minutes / 60, minutes % 60)
}

/// The instant of a group, or nothing where the text is not one. Blanks and case do not matter;
/// `J`, the observer's own local time, needs a zone this text does not have.
pub fn parse(text: &str) -> Option<Timestamp> {
    let squeezed: String = text.split_whitespace().collect::<String>().to_ascii_uppercase();
    if !squeezed.is_ascii() || squeezed.len() != 12 {
        return None;
    }
    let part = |from: usize, to: usize| squeezed.get(from..to);
    let (day, hour, minute) = (part(0, 2)?, part(2, 4)?, part(4, 6)?);
    let offset = zone_hours(squeezed.chars().nth(6)?)?;
    let month = MONTHS.iter().position(|name| Some(*name) == part(7, 10))? + 1;
    let local = format!("20{}-{month:02}-{day}T{hour}:{minute}:00Z", part(10, 12)?);
    let local: Timestamp = local.parse().ok()?;
    Some(Timestamp::from_ms(local.as_ms() - offset * HOUR_MS))
}

fn zone_hours(letter: char) -> Option<i64> {
    let east = "ABCDEFGHIKLM".find(letter).and_then(|place| i64::try_from(place + 1).ok());
    let west = "NOPQRSTUVWXY".find(letter).and_then(|place| i64::try_from(place + 1).ok());
    match letter {
        'Z' => Some(0),
        _ => east.or_else(|| west.map(|hours| -hours)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_round_trip() {
        let at = parse("011030Z NOV 21").expect("a group");
        assert_eq!(at.to_string(), "2021-11-01T10:30:00Z");
        assert_eq!(format(at), "011030Z NOV 21");
        assert_eq!(parse("011030znov21"), Some(at));
    }

    #[test]
    fn letters_are_zones() {
        let utc = parse("011030Z NOV 21").expect("a group");
        assert_eq!(parse("011330C NOV 21"), Some(utc));
        assert_eq!(parse("010930N NOV 21"), Some(utc));
        assert_eq!(parse("012230M NOV 21"), Some(utc));
        for bad in ["011030J NOV 21", "321030Z NOV 21", "012530Z NOV 21", "011030Z XXX 21", "é"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
