//! How bodies and blobs lie in the database: compressed where that is smaller.
//!
//! Storage only: hashes, signatures and everything that leaves the node are over the plain bytes.

use std::cell::RefCell;

use journal::Header;
use model::limits::{ENTRY_BODY_BYTES_MAX, PACK_FILE_BYTES_MAX};
use zstd::bulk::{Compressor, Decompressor};

use crate::error::StoreError;

/// The body as it is.
pub(crate) const PLAIN: i64 = 0;
/// Zstandard with the dictionary of this release.
pub(crate) const ZSTD_1: i64 = 1;
/// The body was erased; what is stored is its hash (32 bytes) and length (4 bytes, big endian).
pub(crate) const ERASED: i64 = 2;

/// Trained on generated and real incidents by `cargo xtask gen`; a change needs a new codec number.
const DICTIONARY_1: &[u8] = include_bytes!("../dictionary/bodies-1.zstd-dict");
/// Fast: a body costs about 4 microseconds.
const BODY_LEVEL: i32 = 1;
const BLOB_LEVEL: i32 = 9;

thread_local! {
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> =
        RefCell::new(Compressor::with_dictionary(BODY_LEVEL, DICTIONARY_1).ok());
    static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> =
        RefCell::new(Decompressor::with_dictionary(DICTIONARY_1).ok());
}

/// A body as stored: its codec and bytes.
pub(crate) fn pack_body(body: &[u8]) -> (i64, Vec<u8>) {
    let packed = COMPRESSOR.with_borrow_mut(|slot| slot.as_mut()?.compress(body).ok());
    match packed {
        Some(packed) if packed.len() < body.len() => (ZSTD_1, packed),
        _ => (PLAIN, body.to_vec()),
    }
}

/// What is kept of an erased body: its hash and length.
pub(crate) fn erased(header: &Header) -> (i64, Vec<u8>) {
    let mut kept = header.body_hash.to_vec();
    kept.extend_from_slice(&header.body_len.to_be_bytes());
    (ERASED, kept)
}

/// Hash and length of an erased body.
pub(crate) fn read_erased(stored: &[u8]) -> Option<([u8; 32], u32)> {
    let (hash, length) = stored.split_first_chunk::<32>()?;
    Some((*hash, u32::from_be_bytes(length.try_into().ok()?)))
}

/// A body from what is stored; the damage in words where it cannot be read.
pub(crate) fn unpack_body(codec: i64, stored: &[u8]) -> Result<Vec<u8>, String> {
    match codec {
        PLAIN => Ok(stored.to_vec()),
        ZSTD_1 => DECOMPRESSOR
            .with_borrow_mut(|slot| slot.as_mut()?.decompress(stored, room(stored)).ok())
            .ok_or_else(|| "a body cannot be decompressed".to_owned()),
        other => Err(format!("a body has the unknown storage codec {other}")),
    }
}

/// How much to make room for: what the bytes themselves say, and never more than a body may have.
fn room(stored: &[u8]) -> usize {
    let stated = zstd::zstd_safe::get_frame_content_size(stored).ok().flatten();
    let stated = stated.and_then(|bytes| usize::try_from(bytes).ok());
    stated.unwrap_or(ENTRY_BODY_BYTES_MAX).min(ENTRY_BODY_BYTES_MAX)
}

pub(crate) fn pack_blob(content: &[u8]) -> Result<Vec<u8>, StoreError> {
    zstd::bulk::compress(content, BLOB_LEVEL)
        .map_err(|error| StoreError::Damaged(error.to_string()))
}

pub(crate) fn unpack_blob(packed: &[u8], size: i64) -> Result<Vec<u8>, StoreError> {
    let limit = u64::try_from(size).unwrap_or(0).min(PACK_FILE_BYTES_MAX);
    let limit = usize::try_from(limit).unwrap_or(0);
    zstd::bulk::decompress(packed, limit).map_err(|error| StoreError::Damaged(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_survive_and_text_gets_smaller() {
        let text = "armed men on motorbikes attacked the village of Ogossagou ".repeat(5);
        let (codec, stored) = pack_body(text.as_bytes());
        assert_eq!(codec, ZSTD_1);
        assert!(stored.len() < text.len() / 2);
        assert_eq!(room(&stored), text.len());
        assert_eq!(unpack_body(codec, &stored), Ok(text.into_bytes()));
        let longest = vec![b'x'; ENTRY_BODY_BYTES_MAX];
        let (codec_of_longest, packed) = pack_body(&longest);
        assert_eq!(unpack_body(codec_of_longest, &packed), Ok(longest));
        let (codec_of_longer, packed) = pack_body(&vec![b'x'; ENTRY_BODY_BYTES_MAX + 1]);
        assert!(unpack_body(codec_of_longer, &packed).is_err());
        let (codec, stored) = pack_body(b"");
        assert_eq!(unpack_body(codec, &stored), Ok(Vec::new()));
    }

    #[test]
    fn damaged_bodies_are_errors() {
        assert!(unpack_body(ZSTD_1, b"nonsense").is_err());
        assert!(unpack_body(9, b"").is_err());
    }
}
