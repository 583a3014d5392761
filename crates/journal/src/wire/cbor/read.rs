//! Reading: every shape is asked for by name and refused unless it is there in canonical form.

use super::super::DecodeError;
use super::{
    ARRAY, BYTES, FALSE, IN_1, IN_2, IN_4, IN_8, MAP, NEGATIVE, NULL, NUMBER_BITS, TAG, TEXT, TRUE,
    UNSIGNED,
};

type Result<T> = std::result::Result<T, DecodeError>;

/// A position in bytes that are being read.
#[derive(Debug, Clone)]
pub(in crate::wire) struct Reader<'b> {
    whole: &'b [u8],
    rest: &'b [u8],
}

impl<'b> Reader<'b> {
    pub(in crate::wire) fn new(bytes: &'b [u8]) -> Self {
        Self { whole: bytes, rest: bytes }
    }

    /// Offset of the next byte.
    pub(in crate::wire) fn at(&self) -> usize {
        self.whole.len().saturating_sub(self.rest.len())
    }

    /// Demands that nothing is left.
    pub(in crate::wire) fn end(&self) -> Result<()> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.malformed("the end")) }
    }

    pub(in crate::wire) fn unsigned(&mut self) -> Result<u64> {
        self.headed(UNSIGNED, "a number")
    }

    /// An unsigned number of a narrower type.
    pub(in crate::wire) fn number<T: TryFrom<u64>>(&mut self, what: &'static str) -> Result<T> {
        let at = self.at();
        let number = self.unsigned()?;
        T::try_from(number).map_err(|_too_wide| DecodeError::Invalid { at, what })
    }

    pub(in crate::wire) fn integer(&mut self) -> Result<i64> {
        let at = self.at();
        let (major, number) = self.head("an integer")?;
        let number = i64::try_from(number)
            .map_err(|_too_wide| DecodeError::Invalid { at, what: "64-bit integer" })?;
        match major {
            UNSIGNED => Ok(number),
            NEGATIVE => Ok(!number),
            _ => Err(DecodeError::Malformed { at, expected: "an integer" }),
        }
    }

    pub(in crate::wire) fn bytes(&mut self) -> Result<&'b [u8]> {
        let length = self.headed(BYTES, "a byte string")?;
        self.take(length, "the rest of a byte string")
    }

    /// A byte string of a fixed length.
    pub(in crate::wire) fn fixed<const N: usize>(&mut self, what: &'static str) -> Result<[u8; N]> {
        let at = self.at();
        <[u8; N]>::try_from(self.bytes()?).map_err(|_length| DecodeError::Invalid { at, what })
    }

    pub(in crate::wire) fn text(&mut self) -> Result<&'b str> {
        let length = self.headed(TEXT, "a text")?;
        let at = self.at();
        let bytes = self.take(length, "the rest of a text")?;
        std::str::from_utf8(bytes)
            .map_err(|_not_utf8| DecodeError::Invalid { at, what: "UTF-8 text" })
    }

    /// The number of items of an array: never more than there are bytes left.
    pub(in crate::wire) fn array(&mut self) -> Result<usize> {
        let items = self.headed(ARRAY, "an array")?;
        self.fitting(items)
    }

    /// Demands an array of exactly `items`.
    pub(in crate::wire) fn array_of(&mut self, items: usize, expected: &'static str) -> Result<()> {
        let at = self.at();
        if self.array()? == items { Ok(()) } else { Err(DecodeError::Malformed { at, expected }) }
    }

    /// The number of pairs of a map: never more than there are bytes left.
    pub(in crate::wire) fn map(&mut self) -> Result<usize> {
        let pairs = self.headed(MAP, "a map")?;
        self.fitting(pairs)
    }

    /// The tag, where the next item has one.
    pub(in crate::wire) fn tag(&mut self) -> Result<Option<u64>> {
        if self.major() != Some(TAG) {
            return Ok(None);
        }
        self.headed(TAG, "a tag").map(Some)
    }

    /// The yes or no, where the next item is one.
    pub(in crate::wire) fn boolean(&mut self) -> Option<bool> {
        let yes = match self.rest.first() {
            Some(&FALSE) => false,
            Some(&TRUE) => true,
            _ => return None,
        };
        self.rest = self.rest.get(1..)?;
        Some(yes)
    }

    /// Whether the next item is null; reads it if so.
    pub(in crate::wire) fn null(&mut self) -> bool {
        match self.rest.split_first() {
            Some((&NULL, rest)) => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    /// What `read` reads, or nothing where there is null.
    pub(in crate::wire) fn optional<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<Option<T>> {
        if self.null() { Ok(None) } else { read(self).map(Some) }
    }

    /// The kind of the next item: 0 to 7.
    pub(in crate::wire) fn major(&self) -> Option<u8> {
        self.rest.first().map(|byte| byte >> 5)
    }

    /// The bytes of the next item, whatever it is, checked to be canonical. Every item that is due
    /// costs a byte, so this ends with the bytes, whatever number of items they promise.
    pub(in crate::wire) fn item(&mut self) -> Result<&'b [u8]> {
        let start = self.rest;
        let mut due: u64 = 1;
        while due > 0 {
            due = due.saturating_sub(1).saturating_add(self.step()?);
        }
        let length = start.len().saturating_sub(self.rest.len());
        Ok(start.split_at(length).0)
    }

    pub(in crate::wire) fn malformed(&self, expected: &'static str) -> DecodeError {
        DecodeError::Malformed { at: self.at(), expected }
    }

    /// Reads one head and, of a string, its content; says how many items follow within.
    fn step(&mut self) -> Result<u64> {
        if self.null() || self.boolean().is_some() {
            return Ok(0);
        }
        match self.major() {
            Some(TEXT) => self.text().map(|_read| 0),
            Some(BYTES) => self.bytes().map(|_read| 0),
            _ => self.step_inward(),
        }
    }

    fn step_inward(&mut self) -> Result<u64> {
        let (major, number) = self.head("an item")?;
        match major {
            UNSIGNED | NEGATIVE => Ok(0),
            TAG => Ok(1),
            ARRAY => Ok(number),
            _ => Ok(number.saturating_mul(2)),
        }
    }

    /// The number in the head of an item of one kind.
    pub(in crate::wire) fn headed(&mut self, wanted: u8, expected: &'static str) -> Result<u64> {
        let at = self.at();
        let (major, number) = self.head(expected)?;
        if major == wanted { Ok(number) } else { Err(DecodeError::Malformed { at, expected }) }
    }

    /// Major type and number of a head; the number in its shortest form.
    fn head(&mut self, expected: &'static str) -> Result<(u8, u64)> {
        let at = self.at();
        let first = self.take_byte(expected)?;
        let major = first >> 5;
        let (number, least) = match first & NUMBER_BITS {
            small @ 0..IN_1 => (u64::from(small), 0),
            IN_1 => (u64::from(self.take_byte(expected)?), 24),
            IN_2 => (u64::from(u16::from_be_bytes(self.take_array(expected)?)), 0x100),
            IN_4 => (u64::from(u32::from_be_bytes(self.take_array(expected)?)), 0x1_0000),
            IN_8 => (u64::from_be_bytes(self.take_array(expected)?), 0x1_0000_0000),
            _ => return Err(DecodeError::Malformed { at, expected }),
        };
        if major > TAG {
            return Err(DecodeError::Malformed { at, expected });
        }
        if number < least {
            return Err(DecodeError::NotCanonical { at });
        }
        Ok((major, number))
    }

    fn fitting(&self, items: u64) -> Result<usize> {
        usize::try_from(items)
            .ok()
            .filter(|items| *items <= self.rest.len())
            .ok_or_else(|| self.malformed("as many items as stated"))
    }

    fn take(&mut self, length: u64, expected: &'static str) -> Result<&'b [u8]> {
        let (taken, rest) = usize::try_from(length)
            .ok()
            .and_then(|length| self.rest.split_at_checked(length))
            .ok_or_else(|| self.malformed(expected))?;
        self.rest = rest;
        Ok(taken)
    }

    fn take_byte(&mut self, expected: &'static str) -> Result<u8> {
        let [byte] = self.take_array(expected)?;
        Ok(byte)
    }

    fn take_array<const N: usize>(&mut self, expected: &'static str) -> Result<[u8; N]> {
        let (taken, rest) =
            self.rest.split_first_chunk::<N>().ok_or_else(|| self.malformed(expected))?;
        self.rest = rest;
        Ok(*taken)
    }
}
