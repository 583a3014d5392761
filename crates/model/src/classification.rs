//! The three levels of ST/SGB/2007/6. Handling caveats are compartments, data of the pack.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Why a text is not a classification.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is not a classification: unclassified, confidential or strictly-confidential")]
pub struct ParseClassificationError(String);

/// How far disclosure could hurt; later levels are higher. There is no "secret" in the UN.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Classification {
    /// Open unless a listed reason applies.
    #[default]
    Unclassified,
    /// Disclosure could damage the work of the UN.
    Confidential,
    /// Disclosure could cause exceptionally grave damage or impede the work.
    StrictlyConfidential,
}

impl Classification {
    /// All levels, lowest first.
    pub const ALL: [Self; 3] = [Self::Unclassified, Self::Confidential, Self::StrictlyConfidential];

    /// The code in packs, columns and exports.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unclassified => "unclassified",
            Self::Confidential => "confidential",
            Self::StrictlyConfidential => "strictly-confidential",
        }
    }

    /// 0, 1 or 2: what a database column compares.
    pub const fn rank(self) -> u8 {
        self as u8
    }
}

impl fmt::Display for Classification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Classification {
    type Err = ParseClassificationError;

    fn from_str(text: &str) -> Result<Self, ParseClassificationError> {
        Self::ALL
            .into_iter()
            .find(|level| level.code() == text)
            .ok_or_else(|| ParseClassificationError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_round_trip_and_higher_levels_compare_higher() {
        for level in Classification::ALL {
            assert_eq!(level.code().parse(), Ok(level));
        }
        assert!(Classification::Unclassified < Classification::Confidential);
        assert!(Classification::Confidential < Classification::StrictlyConfidential);
        assert!("secret".parse::<Classification>().is_err());
    }
}
