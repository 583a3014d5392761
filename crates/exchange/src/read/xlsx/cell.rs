//! Cells of a workbook as text.

use std::borrow::Cow;

use calamine::{DataRef, ExcelDateTime};

/// The text of a cell; the error it shows (`#DIV/0!`) as an error.
pub(crate) fn text_of<'c>(value: &'c DataRef<'_>) -> Result<Cow<'c, str>, String> {
    Ok(match value {
        DataRef::Empty => Cow::Borrowed(""),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Cow::Borrowed(text)
        }
        DataRef::SharedString(text) => Cow::Borrowed(text),
        DataRef::Int(number) => Cow::Owned(number.to_string()),
        DataRef::Float(number) => Cow::Owned(number.to_string()),
        DataRef::Bool(yes) => Cow::Owned(yes.to_string()),
        DataRef::DateTime(at) if at.is_duration() => Cow::Owned(duration(at)),
        DataRef::DateTime(at) => Cow::Owned(instant(at)),
        DataRef::Error(error) => return Err(error.to_string()),
    })
}

/// A day, an instant, or a time of day where there is no day.
fn instant(at: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, ms) = at.to_ymd_hms_milli();
    let fraction = if ms > 0 { format!(".{ms:03}") } else { String::new() };
    let time = format!("{hour:02}:{minute:02}:{second:02}{fraction}");
    if (0.0..1.0).contains(&at.as_f64()) {
        return time;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if time == "00:00:00" { date } else { format!("{date}T{time}") }
}

/// Hours (however many), minutes and seconds.
fn duration(at: &ExcelDateTime) -> String {
    let seconds = (at.as_f64() * 86_400.0).round();
    let sign = if seconds < 0.0 { "-" } else { "" };
    let seconds = seconds.abs();
    let (hours, rest) = ((seconds / 3_600.0).floor(), seconds % 3_600.0);
    format!("{sign}{hours:02}:{:02}:{:02}", (rest / 60.0).floor(), rest % 60.0)
}

#[cfg(test)]
mod tests {
    use calamine::{CellErrorType, ExcelDateTimeType};

    use super::*;

    fn check(value: &DataRef<'_>, expected: &str) {
        assert_eq!(text_of(value).expect("no error"), expected);
    }

    #[test]
    fn numbers_lose_the_point_they_never_had() {
        check(&DataRef::Float(2024.0), "2024");
        check(&DataRef::Float(16.2717), "16.2717");
        check(&DataRef::Float(-0.5), "-0.5");
        check(&DataRef::Bool(true), "true");
        check(&DataRef::Empty, "");
    }

    #[test]
    fn days_and_instants_become_iso_text() {
        let day =
            |days| DataRef::DateTime(ExcelDateTime::new(days, ExcelDateTimeType::DateTime, false));
        check(&day(43_160.0), "2018-03-01");
        check(&day(43_160.5), "2018-03-01T12:00:00");
        check(&day(0.75), "18:00:00");
        let old_mac = ExcelDateTime::new(41_698.0, ExcelDateTimeType::DateTime, true);
        check(&DataRef::DateTime(old_mac), "2018-03-01");
        let long = ExcelDateTime::new(1.25, ExcelDateTimeType::TimeDelta, false);
        check(&DataRef::DateTime(long), "30:00:00");
    }

    #[test]
    fn the_errors_of_formulas_are_errors() {
        assert_eq!(text_of(&DataRef::Error(CellErrorType::Div0)), Err("#DIV/0!".to_owned()));
    }
}
