//! Distances as packs write them: `500m`, `10km`.

use std::fmt;
use std::str::FromStr;

use model::limits::LOOK_ALIKE_REACH_M_MAX;

const KILOMETRE_M: u32 = 1_000;

/// A distance in whole metres or kilometres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reach(u32);

/// The text is no distance, or one nobody can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoReach;

impl Reach {
    /// Its metres.
    pub const fn metres(self) -> u32 {
        self.0
    }
}

impl FromStr for Reach {
    type Err = NoReach;

    fn from_str(text: &str) -> Result<Self, NoReach> {
        let (digits, unit_m) = match text.strip_suffix("km") {
            Some(digits) => (digits, KILOMETRE_M),
            None => (text.strip_suffix('m').ok_or(NoReach)?, 1),
        };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NoReach);
        }
        let count: u32 = digits.parse().map_err(|_too_long| NoReach)?;
        let metres = count.checked_mul(unit_m).ok_or(NoReach)?;
        if metres > LOOK_ALIKE_REACH_M_MAX { Err(NoReach) } else { Ok(Self(metres)) }
    }
}

/// In the largest unit it is whole in.
impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 > 0 && self.0.is_multiple_of(KILOMETRE_M) {
            write!(f, "{}km", self.0 / KILOMETRE_M)
        } else {
            write!(f, "{}m", self.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metres_and_kilometres_are_read_and_said_in_the_largest_unit() {
        for (text, metres, said) in [
            ("500m", 500, "500m"),
            ("10km", 10_000, "10km"),
            ("2000m", 2_000, "2km"),
            ("0km", 0, "0m"),
        ] {
            let reach: Reach = text.parse().expect(text);
            assert_eq!((reach.metres(), reach.to_string().as_str()), (metres, said));
        }
        for text in ["", "m", "km", "5", "5 km", "-1km", "1.5km", "5mi", "1001km", "99999999999km"]
        {
            assert_eq!(text.parse::<Reach>(), Err(NoReach), "{text}");
        }
    }
}
