//! Decimal numbers without floats: a mantissa and the number of digits after the point.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Why a text is not a decimal number.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is not a decimal number of at most 18 digits")]
pub struct ParseDecimalError(String);

/// `mantissa` x 10^-`scale`, with no trailing zero after the point: one number has one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    mantissa: i64,
    scale: u8,
}

impl Decimal {
    /// The most digits after the point.
    pub const SCALE_MAX: u8 = 18;
    /// Zero.
    pub const ZERO: Self = Self { mantissa: 0, scale: 0 };

    /// A number from its parts; `None` where `scale` is over [`Self::SCALE_MAX`].
    pub fn new(mantissa: i64, scale: u8) -> Option<Self> {
        if scale > Self::SCALE_MAX {
            return None;
        }
        let (mut mantissa, mut scale) = (mantissa, scale);
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        Some(Self { mantissa, scale })
    }

    /// The digits, with sign and without point.
    pub fn mantissa(self) -> i64 {
        self.mantissa
    }

    /// How many of the digits stand after the point.
    pub fn scale(self) -> u8 {
        self.scale
    }

    /// The whole number, where nothing stands after the point.
    pub fn to_integer(self) -> Option<i64> {
        (self.scale == 0).then_some(self.mantissa)
    }

    /// The nearest float: for a database column or a chart, never for the journal.
    #[expect(clippy::cast_precision_loss, reason = "the caller asked for the nearest float")]
    pub fn to_f64(self) -> f64 {
        self.mantissa as f64 / 10_f64.powi(i32::from(self.scale))
    }

    fn scaled(self, scale: u8) -> i128 {
        i128::from(self.mantissa) * 10_i128.pow(u32::from(scale - self.scale))
    }
}

impl From<i64> for Decimal {
    fn from(whole: i64) -> Self {
        Self { mantissa: whole, scale: 0 }
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        self.scaled(scale).cmp(&other.scaled(scale))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.mantissa);
        }
        let unit = 10_u64.pow(u32::from(self.scale));
        let (whole, part) =
            (self.mantissa.unsigned_abs() / unit, self.mantissa.unsigned_abs() % unit);
        let sign = if self.mantissa < 0 { "-" } else { "" };
        write!(f, "{sign}{whole}.{part:0width$}", width = usize::from(self.scale))
    }
}

impl FromStr for Decimal {
    type Err = ParseDecimalError;

    /// Reads `-12.50`, `3`, `.5`; no exponent, no grouping, no comma.
    fn from_str(text: &str) -> Result<Self, ParseDecimalError> {
        let error = || ParseDecimalError(text.to_owned());
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all = format!("{whole}{part}");
        if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(error());
        }
        let part = part.trim_end_matches('0');
        let mantissa: i64 = format!("{whole}{part}0")
            .parse::<i64>()
            .map(|m| m / 10)
            .or_else(|_too_long| format!("{whole}{part}").parse::<i64>())
            .map_err(|_not_a_number| error())?;
        let scale = u8::try_from(part.len()).map_err(|_too_long| error())?;
        Self::new(sign * mantissa, scale).ok_or_else(error)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_number_has_one_form() {
        for (text, shown) in [
            ("1.50", "1.5"),
            ("-0.25", "-0.25"),
            ("007", "7"),
            (".5", "0.5"),
            ("3.", "3"),
            ("-0", "0"),
            ("0.000", "0"),
            ("+2", "2"),
        ] {
            assert_eq!(text.parse::<Decimal>().expect(text).to_string(), shown);
        }
    }

    #[test]
    fn what_is_no_plain_decimal_is_refused() {
        for text in ["", ".", "-", "1e3", "1,5", "0x1", " 1", "99999999999999999999", "NaN"] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn decimals_survive_their_text(mantissa: i64, scale in 0_u8..=18) {
            let number = Decimal::new(mantissa, scale).expect("scale in range");
            prop_assert_eq!(number.to_string().parse(), Ok(number));
        }

        #[test]
        fn order_is_that_of_the_numbers(a in -1000_i64..1000, b in -1000_i64..1000, s in 0_u8..4, t in 0_u8..4) {
            let (x, y) = (Decimal::new(a, s).expect("s"), Decimal::new(b, t).expect("t"));
            let exact = (a * 10_i64.pow(u32::from(4 - s))).cmp(&(b * 10_i64.pow(u32::from(4 - t))));
            prop_assert_eq!(x.cmp(&y), exact);
        }
    }
}
