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
