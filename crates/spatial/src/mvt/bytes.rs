//! The few shapes of protobuf that a vector tile is made of.

use super::Attribute;

/// Bytes that are being written.
#[derive(Clone, Debug, Default)]
pub(super) struct Bytes(Vec<u8>);

/// How a field is written.
const VARINT: u64 = 0;
const DELIMITED: u64 = 2;

impl Bytes {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn into_vec(self) -> Vec<u8> {
        self.0
    }

    pub(super) fn append(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
    }

    /// A field that is a number.
    pub(super) fn number(&mut self, field: u64, number: u64) {
        self.varint(field << 3 | VARINT);
        self.varint(number);
    }

    /// A field that is a text.
    pub(super) fn text(&mut self, field: u64, text: &str) {
        self.delimited(field, text.as_bytes());
    }

    /// A field that is a message.
    pub(super) fn message(&mut self, field: u64, message: &Self) {
        self.delimited(field, &message.0);
    }

    /// A field of many numbers.
    pub(super) fn packed(&mut self, field: u64, numbers: impl Iterator<Item = u32> + Clone) {
        self.varint(field << 3 | DELIMITED);
        self.varint(numbers.clone().map(length).sum());
        for number in numbers {
            self.varint(u64::from(number));
        }
    }

    /// A value of a layer: field 4, a message of one field that says its type.
    pub(super) fn value(&mut self, value: Attribute<'_>) {
        let mut message = Self::default();
        match value {
            Attribute::Text(text) => message.text(1, text),
            Attribute::Integer(number) => match u64::try_from(number) {
                Ok(number) => message.number(5, number),
                Err(_negative) => message.number(6, zigzag(number)),
            },
            Attribute::Boolean(yes) => message.number(7, u64::from(yes)),
        }
        self.message(4, &message);
    }

    fn delimited(&mut self, field: u64, bytes: &[u8]) {
        self.varint(field << 3 | DELIMITED);
        self.varint(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    fn varint(&mut self, number: u64) {
        let mut rest = number;
        while rest >= 0x80 {
            self.0.push((rest & 0x7f) as u8 | 0x80);
            rest >>= 7;
        }
        self.0.push((rest & 0x7f) as u8);
    }
}

/// Bytes of a number as a varint.
fn length(number: u32) -> u64 {
    let bits = u64::from(u32::BITS - (number | 1).leading_zeros());
    bits.div_ceil(7)
}

/// A number with its sign in the lowest bit.
fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}
