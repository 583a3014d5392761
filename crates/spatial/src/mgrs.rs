//! The Military Grid Reference System on WGS 84, from 80 degrees south to 84 north.
//!
//! `30QZD1588001273`: zone, band, square of 100 km, easting and northing. Shorter forms are cut, never
//! rounded: they name the square that holds the position. Floats serve the projection only; what
//! comes out is text or whole units. The polar caps, which have a grid of their own, are refused.

mod mercator;

use model::place::{Position, UNITS_PER_DEGREE};
use thiserror::Error;

use self::mercator::Utm;

/// Why a text or position has no grid reference.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MgrsError {
    /// The text is not a grid reference.
    #[error("`{0}` is not a grid reference such as 30QZD1588001273")]
    Format(String),
    /// The square does not exist in the zone and band.
    #[error("`{0}` names a square that is not in its zone and band")]
    Square(String),
    /// Beyond 80 degrees south or 84 degrees north.
    #[error("{0} lies in a polar cap, which the grid does not cover")]
    Polar(Position),
    /// Not 2, 4, 6, 8, 10 or no digits.
    #[error("{0} digits are not an even number up to 10")]
    Digits(usize),
}

/// Bands of 8 degrees from 80 south; the last, X, has 12.
const BANDS: &[u8; 20] = b"CDEFGHJKLMNPQRSTUVWX";
/// Columns of squares: three sets of eight letters, by zone.
const COLUMNS: [&[u8; 8]; 3] = [b"ABCDEFGH", b"JKLMNPQR", b"STUVWXYZ"];
/// Rows of squares: twenty letters, which begin at A in odd zones and at F in even ones.
const ROWS: &[u8; 20] = b"ABCDEFGHJKLMNPQRSTUV";
/// The side of a square, in metres.
const SQUARE_M: i64 = 100_000;
/// Rows repeat after so many metres.
const ROWS_M: i64 = 20 * SQUARE_M;
/// The most digits: a metre.
const DIGITS_MAX: usize = 10;

/// The reference of a position, with 10 digits to the metre, 8 to 10 m, 6 to 100 m, 4 to 1 km,
/// 2 to 10 km, 0 for the square alone.
pub fn format(position: Position, digits: usize) -> Result<String, MgrsError> {
    if digits > DIGITS_MAX || !digits.is_multiple_of(2) {
        return Err(MgrsError::Digits(digits));
    }
    let band = band_of(position).ok_or(MgrsError::Polar(position))?;
    let zone = zone_of(position);
    let utm = mercator::project(position, zone);
    let (easting, northing) = (whole_metres(utm.easting), whole_metres(utm.northing));
    let column = letter(column_letters(zone), easting / SQUARE_M - 1);
    let row = letter(ROWS, (northing / SQUARE_M + row_offset(zone)) % 20);
    let half = digits / 2;
    let within =
        |metres: i64| format!("{:05}", metres % SQUARE_M).chars().take(half).collect::<String>();
    let (east, north) = (within(easting), within(northing));
    Ok(format!("{zone:02}{}{column}{row}{east}{north}", letter(BANDS, band)))
}

/// The position of the south-west corner of the square that a reference names. Blanks and case do
/// not matter.
pub fn parse(text: &str) -> Result<Position, MgrsError> {
    let wrong = || MgrsError::Format(text.trim().to_owned());
    let parts = Parts::read(text).ok_or_else(wrong)?;
    let outside = || MgrsError::Square(text.trim().to_owned());
    let easting = (parts.column + 1) * SQUARE_M + parts.east;
    let row = (parts.row - row_offset(parts.zone)).rem_euclid(20) * SQUARE_M + parts.north;
    parts.position(easting, row).ok_or_else(outside)
}

/// A reference in pieces; letters as their places in their alphabets.
struct Parts {
    zone: u8,
    band: i64,
    column: i64,
    row: i64,
    east: i64,
    north: i64,
    /// The side of the square that is named, in metres.
    side: i64,
}

impl Parts {
    fn read(text: &str) -> Option<Self> {
        let squeezed: String = text.split_whitespace().collect::<String>().to_ascii_uppercase();
        let zone_length =
            squeezed.find(|c: char| !c.is_ascii_digit()).filter(|length| *length <= 2)?;
        let (zone, rest) = squeezed.split_at_checked(zone_length)?;
        let zone: u8 = zone.parse().ok().filter(|zone| (1..=60).contains(zone))?;
        let (letters, digits) = rest.split_at_checked(3)?;
        let [band, column, row] = *letters.as_bytes() else { return None };
        let all_digits = digits.bytes().all(|digit| digit.is_ascii_digit());
        if !all_digits || digits.len() > DIGITS_MAX || !digits.len().is_multiple_of(2) {
            return None;
        }
        let half = digits.len() / 2;
        let (east, north) = digits.split_at_checked(half)?;
        let side = 10_i64.pow(u32::try_from(5 - half).ok()?);
        Some(Self {
            zone,
            band: place(BANDS, band)?,
            column: place(column_letters(zone), column)?,
            row: place(ROWS, row)?,
            east: metres(east, side)?,
            north: metres(north, side)?,
            side,
        })
    }

    /// Rows repeat every 2,000 km: the northing is the one that falls in the band.
    fn position(&self, easting: i64, row: i64) -> Option<Position> {
        (0..5).find_map(|turn| {
            let northing = row + turn * ROWS_M;
            let corner = self.unprojected(easting, northing)?;
            self.reaches_band(easting, northing).then_some(corner)
        })
    }

    /// Whether the square with this corner has a part in the band.
    fn reaches_band(&self, easting: i64, northing: i64) -> bool {
        let corners = [(0, 0), (self.side, 0), (0, self.side), (self.side, self.side)];
        let bands = corners.into_iter().filter_map(|(east, north)| {
            let corner = self.unprojected(easting + east, northing + north)?;
            band_of(corner)
        });
        bands.into_iter().any(|band| band == self.band)
    }

    fn unprojected(&self, easting: i64, northing: i64) -> Option<Position> {
        #[expect(clippy::cast_precision_loss, reason = "metres on the earth are far below 2^52")]
        let utm = Utm { easting: easting as f64, northing: northing as f64 };
        mercator::unproject(utm, self.zone, self.band < place(BANDS, b'N')?)
    }
}

/// Digits of metres in a square, filled up with zeros to the metre.
fn metres(digits: &str, side: i64) -> Option<i64> {
    if digits.is_empty() { Some(0) } else { Some(digits.parse::<i64>().ok()? * side) }
}

fn letter(alphabet: &[u8], place: i64) -> char {
    let found = usize::try_from(place).ok().and_then(|place| alphabet.get(place));
    found.map_or('?', |letter| char::from(*letter))
}

fn place(alphabet: &[u8], letter: u8) -> Option<i64> {
    let found = alphabet.iter().position(|known| *known == letter)?;
    i64::try_from(found).ok()
}

fn column_letters(zone: u8) -> &'static [u8; 8] {
    COLUMNS[usize::from((zone + 2) % 3)]
}

fn row_offset(zone: u8) -> i64 {
    if zone.is_multiple_of(2) { 5 } else { 0 }
}

fn band_of(position: Position) -> Option<i64> {
    let south = -80 * UNITS_PER_DEGREE;
    let in_reach = (south..=84 * UNITS_PER_DEGREE).contains(&position.lat());
    let band = (i64::from(position.lat()) - i64::from(south)) / i64::from(8 * UNITS_PER_DEGREE);
    in_reach.then_some(band.min(19))
}

/// The zone of a position: 6 degrees each, but for south-west Norway and Svalbard.
fn zone_of(position: Position) -> u8 {
    let degrees = |units: i32| units.div_euclid(UNITS_PER_DEGREE);
    let (lon, lat) = (degrees(position.lon()), degrees(position.lat()));
    match (lat, lon) {
        (56..64, 3..12) => 32,
        (72..=84, 0..9) => 31,
        (72..=84, 9..21) => 33,
        (72..=84, 21..33) => 35,
        (72..=84, 33..42) => 37,
        _ => u8::try_from((lon + 180) / 6 % 60 + 1).unwrap_or(60),
    }
}

/// Metres cut to whole ones. A float a hair under a whole metre, from rounding, counts as it.
fn whole_metres(metres: f64) -> i64 {
    const HAIR: f64 = 1e-6;
    #[expect(clippy::cast_possible_truncation, reason = "metres on the earth are far below 2^52")]
    let whole = (metres + HAIR).floor() as i64;
    whole
}

#[cfg(test)]
mod tests;
