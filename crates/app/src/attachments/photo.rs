//! What a camera wrote into a photo: when, where, with what. A claim of the camera, checked by nobody.

use std::io::Cursor;

use exif::{Context, Exif, Field, In, Rational, Reader, Tag, Value};
use model::place::Position;
use serde_json::{Value as Json, json};

/// The longest text of a camera that is shown, in characters.
const TEXT_CHARS_MAX: usize = 80;
/// Units of a position in a degree.
const UNITS: u128 = 10_000_000;

/// What a camera says of a photo.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Camera {
    /// When, by its own clock: `2018-03-01T14:30:00`.
    pub(super) time: Option<String>,
    /// How far that clock is from UTC: `+01:00`.
    pub(super) offset: Option<String>,
    /// Where.
    pub(super) place: Option<Position>,
    /// What it is called.
    pub(super) model: Option<String>,
    /// How the photo is to be turned: 1 to 8, of which 1 is not at all.
    pub(super) orientation: Option<u16>,
}

/// In how many parts of a file, as it is kept, a camera would stand, by the first of them: in photos
/// as JPEG it stands in front, in other pictures it may stand anywhere and is looked for in 2 MiB.
pub(super) fn parts_max(first: &[u8]) -> u32 {
    let is_other = first.get(4..8) == Some(b"ftyp")
        || [b"\x89PNG", b"RIFF", b"II*\0", b"MM\0*"]
            .into_iter()
            .any(|start| first.starts_with(start));
    match first.get(..2) {
        Some(b"\xff\xd8") => 1,
        _ if is_other => 8,
        _ => 0,
    }
}

/// Whether a camera or a program wrote anything of a place or a time into it, read as we read it or not.
pub(super) fn tells(content: &[u8]) -> bool {
    const TIMES: [Tag; 3] = [Tag::DateTime, Tag::DateTimeOriginal, Tag::DateTimeDigitized];
    let of_field =
        |field: &Field| field.tag.context() == Context::Gps || TIMES.contains(&field.tag);
    read(content).is_some_and(|exif| exif.fields().any(of_field))
}

impl Camera {
    /// What is in the beginning of a file; nothing where it has none of it.
    pub(super) fn of(content: &[u8]) -> Option<Self> {
        let exif = read(content)?;
        let camera = Self {
            time: text(&exif, Tag::DateTimeOriginal).as_deref().and_then(time),
            offset: text(&exif, Tag::OffsetTimeOriginal).filter(|text| is_offset(text)),
            place: place(&exif),
            model: text(&exif, Tag::Model),
            orientation: orientation(&exif),
        };
        (camera != Self::default()).then_some(camera)
    }

    /// Whether it tells anything of where or when.
    const fn tells(&self) -> bool {
        self.place.is_some() || self.time.is_some()
    }

    /// What people are shown of it; null where that is nothing.
    pub(super) fn json(&self) -> Json {
        if !self.tells() && self.model.is_none() {
            return Json::Null;
        }
        let degrees = |text: String| text.parse::<f64>().map_or(Json::Null, Json::from);
        let place = self
            .place
            .map(|at| json!({ "lon": degrees(at.lon_text()), "lat": degrees(at.lat_text()) }));
        json!({ "time": self.time, "offset": self.offset, "place": place, "model": self.model })
    }
}

fn field(exif: &Exif, tag: Tag) -> Option<&Field> {
    exif.get_field(tag, In::PRIMARY)
}

fn read(content: &[u8]) -> Option<Exif> {
    match Reader::new().continue_on_error(true).read_from_container(&mut Cursor::new(content)) {
        Err(error) => error.distill_partial_result(|_errors| ()).ok(),
        exif => exif.ok(),
    }
}

/// A text on one line, where there is any.
fn text(exif: &Exif, tag: Tag) -> Option<String> {
    let Value::Ascii(lines) = &field(exif, tag)?.value else { return None };
    let line = String::from_utf8_lossy(lines.first()?).into_owned();
    let line: String = line.chars().filter(|c| !c.is_control()).take(TEXT_CHARS_MAX).collect();
    Some(line.trim().to_owned()).filter(|line| !line.is_empty())
}

/// `2018:03:01 14:30:00` as everybody else writes it.
fn time(text: &str) -> Option<String> {
    let is_digits = text.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 | 13 | 16 => byte == b':',
        10 => byte == b' ',
        _ => byte.is_ascii_digit(),
    });
    let (date, time) = text.split_once(' ').filter(|_| is_digits && text.len() == 19)?;
    let written = format!("{}T{time}", date.replace(':', "-"));
    // A camera whose clock was never set says zeros.
    format!("{written}Z").parse::<model::time::Timestamp>().ok().map(|_time| written)
}

fn is_offset(text: &str) -> bool {
    text.len() == 6
        && text.bytes().enumerate().all(|(at, byte)| match at {
            0 => matches!(byte, b'+' | b'-'),
            3 => byte == b':',
            _ => byte.is_ascii_digit(),
        })
}

fn orientation(exif: &Exif) -> Option<u16> {
    let turned = field(exif, Tag::Orientation)?.value.get_uint(0)?;
    u16::try_from(turned).ok().filter(|turned| (1..=8).contains(turned))
}

fn place(exif: &Exif) -> Option<Position> {
    let lat = degrees(exif, (Tag::GPSLatitude, Tag::GPSLatitudeRef), "S")?;
    let lon = degrees(exif, (Tag::GPSLongitude, Tag::GPSLongitudeRef), "W")?;
    // A receiver without a fix says zeros.
    Position::from_units(lon, lat).ok().filter(|at| (at.lon(), at.lat()) != (0, 0))
}

/// Degrees, minutes and seconds in units of a position; negative on the side that is named so.
fn degrees(exif: &Exif, (tag, side): (Tag, Tag), negative: &str) -> Option<i32> {
    let Value::Rational(parts) = &field(exif, tag)?.value else { return None };
    let units = parts.iter().zip([1, 60, 3_600]).map(|(part, of)| units(*part, of));
    let units = i32::try_from(units.sum::<Option<u128>>()?).ok()?;
    let is_negative = text(exif, side).is_some_and(|text| text.eq_ignore_ascii_case(negative));
    Some(if is_negative { -units } else { units })
}

fn units(part: Rational, of: u128) -> Option<u128> {
    let below = u128::from(part.denom).checked_mul(of)?;
    (u128::from(part.num) * UNITS + below / 2).checked_div(below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_offsets_are_whole_or_nothing() {
        assert_eq!(time("2018:03:01 14:30:00").as_deref(), Some("2018-03-01T14:30:00"));
        for odd in
            ["0000:00:00 00:00:00", "2018:03:01", "2018-03-01 14:30:00", "2018:13:01 14:30:00", ""]
        {
            assert_eq!(time(odd), None, "{odd}");
        }
        assert!(
            is_offset("+01:00") && is_offset("-11:30") && !is_offset("Z") && !is_offset("+1:000")
        );
    }

    #[test]
    fn parts_of_degrees_are_rounded_and_never_divided_by_nothing() {
        let part = |num, denom| Rational { num, denom };
        assert_eq!(units(part(14, 1), 1), Some(140_000_000));
        assert_eq!(units(part(30, 1), 60), Some(5_000_000));
        assert_eq!(units(part(u32::MAX, 1), 3_600), Some(11_930_464_708_333));
        assert_eq!(units(part(1, 0), 60), None);
    }

    #[test]
    fn what_is_no_photo_tells_nothing() {
        for content in [&b""[..], b"\xff\xd8\xff\xd9", b"%PDF-1.7", b"II*\0\xff\xff\xff\xff"] {
            assert_eq!(Camera::of(content), None);
        }
    }
}
