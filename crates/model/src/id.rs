//! Identifiers. Every id is a type of its own, so that one cannot be passed for another.
//!
//! No id here carries a sequence: a reader who may see records 7 and 9 must not learn of 8.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Crockford's base 32 alphabet: no I, L, O or U, so ids survive being read out over a radio.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a record id in text: 26 x 5 bits hold 128.
const RECORD_ID_CHARS: usize = 26;

/// Why a text is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ParseIdError {
    /// The text has the wrong number of characters.
    #[error("expected {expected} characters, found {found}")]
    Length {
        /// Characters an id of this kind has.
        expected: usize,
        /// Characters the text has.
        found: usize,
    },
    /// A character that cannot be part of the id.
    #[error("character `{0}` cannot be part of an identifier")]
    Character(char),
    /// A name that breaks the rule for names.
    #[error(
        "`{0}` is not a name: a lower-case letter, then letters, digits, `_` or `-`, 63 at most"
    )]
    Name(String),
}

/// A record of any register: 16 bytes, written as 26 characters of Crockford base 32.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId([u8; 16]);

impl RecordId {
    /// An id from its bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The id of the record that `key` names in `namespace` (a data source): the same on every
    /// node, so that two sites which import one data set do not double it.
    pub fn derived(register: &Name, namespace: &str, key: &str) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key("casque record id v1");
        for part in [register.as_str(), namespace, key] {
            hasher.update(&(part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        let mut bytes = [0; 16];
        hasher.finalize_xof().fill(&mut bytes);
        Self(bytes)
    }

    /// The bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The characters of its text, all ASCII.
    pub fn chars(&self) -> [u8; RECORD_ID_CHARS] {
        let mut bits = u128::from_be_bytes(self.0);
        let mut chars = [b'0'; RECORD_ID_CHARS];
        for char in chars.iter_mut().rev() {
            *char = CROCKFORD[usize::from(bits.to_le_bytes()[0] & 31)];
            bits >>= 5;
        }
        chars
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.chars()).unwrap_or_default())
    }
}

impl fmt::Debug for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecordId({self})")
    }
}

impl FromStr for RecordId {
    type Err = ParseIdError;

    /// Reads 26 characters, upper or lower case; I and L are read as 1, O as 0.
    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        let found = text.chars().count();
        if found != RECORD_ID_CHARS {
            return Err(ParseIdError::Length { expected: RECORD_ID_CHARS, found });
        }
        let mut bits: u128 = 0;
        for (place, letter) in text.chars().enumerate() {
            let digit = crockford_digit(letter).ok_or(ParseIdError::Character(letter))?;
            if place == 0 && digit > 7 {
                return Err(ParseIdError::Character(letter));
            }
            bits = (bits << 5) | u128::from(digit);
        }
        Ok(Self(bits.to_be_bytes()))
    }
}

fn crockford_digit(letter: char) -> Option<u8> {
    let upper = match letter.to_ascii_uppercase() {
        'I' | 'L' => '1',
        'O' => '0',
        other => other,
    };
    let position = CROCKFORD.iter().position(|known| char::from(*known) == upper)?;
    u8::try_from(position).ok()
}

/// Defines an id of a fixed number of bytes that is written in hexadecimal.
macro_rules! hex_id {
    ($(#[$doc:meta])* $name:ident, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $bytes]);

        impl $name {
            /// An id from its bytes.
            pub const fn from_bytes(bytes: [u8; $bytes]) -> Self {
                Self(bytes)
            }

            /// The bytes.
            pub const fn as_bytes(&self) -> &[u8; $bytes] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                let mut bytes = [0; $bytes];
                read_hex(text, &mut bytes)?;
                Ok(Self(bytes))
            }
        }
    };
}

hex_id!(
    /// A journal entry: the BLAKE3 hash of its header. 64 hexadecimal characters.
    EntryId,
    32
);
hex_id!(
    /// A log: one device, compartment, lane and incarnation. 32 hexadecimal characters.
    LogId,
    16
);
hex_id!(
    /// A device's Ed25519 public key. 64 hexadecimal characters.
    DeviceKey,
    32
);
hex_id!(
    /// Content outside the journal (a photo, a file), named by its BLAKE3 hash.
    BlobId,
    32
);

fn read_hex(text: &str, bytes: &mut [u8]) -> Result<(), ParseIdError> {
    let found = text.chars().count();
    let expected = bytes.len() * 2;
    if found != expected {
        return Err(ParseIdError::Length { expected, found });
    }
    for (place, letter) in text.chars().enumerate() {
        let digit = letter.to_digit(16).ok_or(ParseIdError::Character(letter))?;
        let digit = u8::try_from(digit).unwrap_or(0);
        bytes[place / 2] = (bytes[place / 2] << 4) | digit;
    }
    Ok(())
}

/// A name in a pack: a register, field, code list, role or compartment. A lower-case ASCII letter,
/// then lower-case letters, digits, `_` or `-`; 63 characters at most.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// The longest name, in characters: an identifier of PostgreSQL.
    pub const CHARS_MAX: usize = 63;

    /// Checks and wraps a text.
    pub fn new(text: &str) -> Result<Self, ParseIdError> {
        text.parse()
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Name {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        let tail_ok = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c);
        let head_ok = text.starts_with(|c: char| c.is_ascii_lowercase());
        if head_ok && text.len() <= Self::CHARS_MAX && text.chars().all(tail_ok) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ParseIdError::Name(text.to_owned()))
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl std::borrow::Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn record_ids_survive_their_text(bytes: [u8; 16]) {
            let id = RecordId::from_bytes(bytes);
            prop_assert_eq!(id.to_string().parse(), Ok(id));
            prop_assert_eq!(id.to_string().to_lowercase().parse(), Ok(id));
        }

        #[test]
        fn entry_ids_survive_their_text(bytes: [u8; 32]) {
            let id = EntryId::from_bytes(bytes);
            prop_assert_eq!(id.to_string().parse(), Ok(id));
        }
    }

    #[test]
    fn record_ids_refuse_what_would_overflow_or_is_no_digit() {
        assert_eq!(
            "8ZZZZZZZZZZZZZZZZZZZZZZZZZ".parse::<RecordId>(),
            Err(ParseIdError::Character('8'))
        );
        assert_eq!(
            "0ZZZZZZZZZZZZZZZZZZZZZZZZU".parse::<RecordId>(),
            Err(ParseIdError::Character('U'))
        );
        assert_eq!("0".parse::<RecordId>(), Err(ParseIdError::Length { expected: 26, found: 1 }));
    }

    #[test]
    fn derived_ids_differ_when_any_part_differs_even_by_where_it_ends() {
        let register = Name::new("incident").expect("a name");
        let other = Name::new("site").expect("a name");
        let id = RecordId::derived(&register, "ucdp", "1");
        assert_eq!(id, RecordId::derived(&register, "ucdp", "1"));
        assert_ne!(id, RecordId::derived(&register, "ucdp1", ""));
        assert_ne!(id, RecordId::derived(&other, "ucdp", "1"));
    }

    #[test]
    fn names_are_lower_case_and_short() {
        for good in ["incident", "grave-violation", "admin1", "a"] {
            assert!(Name::new(good).is_ok(), "{good}");
        }
        for bad in ["", "Incident", "1a", "a b", "é", "_a", &"a".repeat(64)] {
            assert!(Name::new(bad).is_err(), "{bad}");
        }
    }
}
