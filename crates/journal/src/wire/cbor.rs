//! The subset of CBOR (RFC 8949) the journal is written in, in its deterministic form: no floats,
//! no indefinite lengths, every number in its shortest form. No meaning, only shapes.

mod read;
mod write;

pub(super) use read::Reader;
pub(super) use write::Writer;

/// The longest head of an item: one byte and a 64-bit number.
pub(super) const HEAD_BYTES_MAX: usize = 9;

pub(super) const UNSIGNED: u8 = 0;
pub(super) const NEGATIVE: u8 = 1;
pub(super) const BYTES: u8 = 2;
pub(super) const TEXT: u8 = 3;
pub(super) const ARRAY: u8 = 4;
pub(super) const MAP: u8 = 5;
pub(super) const TAG: u8 = 6;

/// The low five bits of a head whose number follows in one, two, four or eight bytes.
pub(super) const IN_1: u8 = 0x18;
pub(super) const IN_2: u8 = 0x19;
pub(super) const IN_4: u8 = 0x1a;
pub(super) const IN_8: u8 = 0x1b;
/// The bits of a head that hold or announce its number.
pub(super) const NUMBER_BITS: u8 = 0x1f;

pub(super) const FALSE: u8 = 0xf4;
pub(super) const TRUE: u8 = 0xf5;
pub(super) const NULL: u8 = 0xf6;

#[cfg(test)]
mod tests {
    use super::super::DecodeError;
    use super::{Reader, Writer};

    /// The integers of RFC 8949, appendix A, that fit in 64 bits with sign.
    const INTEGERS: [(i64, &[u8]); 12] = [
        (0, &[0x00]),
        (23, &[0x17]),
        (24, &[0x18, 0x18]),
        (100, &[0x18, 0x64]),
        (1_000, &[0x19, 0x03, 0xe8]),
        (1_000_000, &[0x1a, 0x00, 0x0f, 0x42, 0x40]),
        (1_000_000_000_000, &[0x1b, 0x00, 0x00, 0x00, 0xe8, 0xd4, 0xa5, 0x10, 0x00]),
        (i64::MAX, &[0x1b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
        (-1, &[0x20]),
        (-10, &[0x29]),
        (-1_000, &[0x39, 0x03, 0xe7]),
        (i64::MIN, &[0x3b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
    ];

    #[test]
    fn integers_are_those_of_the_standard() {
        for (number, bytes) in INTEGERS {
            let mut writer = Writer::default();
            writer.integer(number);
            assert_eq!(writer.finish(), bytes);
            assert_eq!(Reader::new(bytes).integer(), Ok(number));
        }
        let error = DecodeError::Invalid { at: 0, what: "64-bit integer" };
        for too_wide in [[0x1b, 0x80, 0, 0, 0, 0, 0, 0, 0], [0x3b, 0x80, 0, 0, 0, 0, 0, 0, 0]] {
            assert_eq!(Reader::new(&too_wide).integer(), Err(error.clone()));
        }
    }

    #[test]
    fn a_number_in_more_bytes_than_it_needs_is_refused() {
        let long: [&[u8]; 4] = [
            &[0x18, 0x17],
            &[0x19, 0x00, 0xff],
            &[0x1a, 0x00, 0x00, 0xff, 0xff],
            &[0x1b, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff],
        ];
        for bytes in long {
            assert_eq!(Reader::new(bytes).unsigned(), Err(DecodeError::NotCanonical { at: 0 }));
        }
    }

    #[test]
    fn shapes_the_journal_does_not_use_are_no_items() {
        let indefinite_string: &[u8] = &[0x5f, 0xff];
        let others: [&[u8]; 7] = [
            indefinite_string,
            &[0x9f, 0xff],
            &[0xbf, 0xff],
            &[0xf7],
            &[0xf9, 0x3c, 0x00],
            &[0xf8, 0xff],
            &[0x1c],
        ];
        for bytes in others {
            let found = Reader::new(bytes).item();
            assert!(matches!(found, Err(DecodeError::Malformed { at: 0, .. })), "{bytes:x?}");
        }
    }

    #[test]
    fn an_item_is_taken_whole_and_nothing_after_it() {
        let item: &[u8] = &[0x82, 0xc6, 0x01, 0xa1, 0x61, b'a', 0x42, 1, 2];
        let longer = [item, &[0xf6]].concat();
        let mut reader = Reader::new(&longer);
        assert_eq!(reader.item(), Ok(item));
        assert_eq!(reader.at(), item.len());
        assert!(reader.null());
    }

    #[test]
    fn promises_of_more_than_there_is_are_refused_without_waiting_for_it() {
        let vast = [0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        assert!(Reader::new(&vast).array().is_err());
        assert!(Reader::new(&vast).item().is_err());
        let mut deep = vec![0x81; 100_000];
        assert!(Reader::new(&deep).item().is_err());
        deep.push(0x00);
        assert_eq!(Reader::new(&deep).item(), Ok(deep.as_slice()));
    }
}
