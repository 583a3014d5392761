//! Writing: cannot fail, and has only the canonical form to offer.

use model::id::Name;
use model::time::Timestamp;

use super::{
    ARRAY, BYTES, FALSE, IN_1, IN_2, IN_4, IN_8, MAP, NEGATIVE, NULL, TAG, TEXT, TRUE, UNSIGNED,
};

/// Bytes in the making.
#[derive(Debug, Default)]
pub(in crate::wire) struct Writer(Vec<u8>);

impl Writer {
    pub(in crate::wire) fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    pub(in crate::wire) fn finish(self) -> Vec<u8> {
        self.0
    }

    pub(in crate::wire) fn len(&self) -> usize {
        self.0.len()
    }

    pub(in crate::wire) fn unsigned(&mut self, number: impl Into<u64>) {
        self.head(UNSIGNED, number.into());
    }

    pub(in crate::wire) fn numbers(&mut self, numbers: &[u64]) {
        for number in numbers {
            self.head(UNSIGNED, *number);
        }
    }

    pub(in crate::wire) fn integer(&mut self, number: impl Into<i64>) {
        let number = number.into();
        match u64::try_from(number) {
            Ok(magnitude) => self.head(UNSIGNED, magnitude),
            Err(_negative) => self.head(NEGATIVE, number.unsigned_abs().saturating_sub(1)),
        }
    }

    pub(in crate::wire) fn bytes(&mut self, bytes: &[u8]) {
        self.head(BYTES, length(bytes.len()));
        self.0.extend_from_slice(bytes);
    }

    pub(in crate::wire) fn text(&mut self, text: &str) {
        self.head(TEXT, length(text.len()));
        self.0.extend_from_slice(text.as_bytes());
    }

    pub(in crate::wire) fn name(&mut self, name: &Name) {
        self.text(name.as_str());
    }

    pub(in crate::wire) fn time(&mut self, time: Timestamp) {
        self.integer(time.as_ms());
    }

    pub(in crate::wire) fn array(&mut self, items: usize) {
        self.head(ARRAY, length(items));
    }

    pub(in crate::wire) fn map(&mut self, pairs: usize) {
        self.head(MAP, length(pairs));
    }

    pub(in crate::wire) fn tag(&mut self, number: u64) {
        self.head(TAG, number);
    }

    pub(in crate::wire) fn boolean(&mut self, yes: bool) {
        self.0.push(if yes { TRUE } else { FALSE });
    }

    pub(in crate::wire) fn null(&mut self) {
        self.0.push(NULL);
    }

    /// `write` what is there, or null.
    pub(in crate::wire) fn optional<T>(
        &mut self,
        value: Option<T>,
        write: impl FnOnce(&mut Self, T),
    ) {
        match value {
            Some(value) => write(self, value),
            None => self.null(),
        }
    }

    /// An item that is canonical already.
    pub(in crate::wire) fn raw(&mut self, item: &[u8]) {
        self.0.extend_from_slice(item);
    }

    fn head(&mut self, major: u8, number: u64) {
        let major = major << 5;
        let [.., d, c, b, a] = number.to_be_bytes();
        match number {
            0..=23 => self.0.push(major | a),
            24..=0xff => self.0.extend_from_slice(&[major | IN_1, a]),
            0x100..=0xffff => self.0.extend_from_slice(&[major | IN_2, b, a]),
            0x1_0000..=0xffff_ffff => self.0.extend_from_slice(&[major | IN_4, d, c, b, a]),
            _ => {
                self.0.push(major | IN_8);
                self.0.extend_from_slice(&number.to_be_bytes());
            }
        }
    }
}

fn length(items: usize) -> u64 {
    u64::try_from(items).unwrap_or(u64::MAX)
}
