//! Photos as JPEG: segments, each with a mark and a length, and the picture between two marks.

use super::{Piece, keep, number};

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
const JFIF: u8 = 0xe0;
/// Its name, its version, how dense it is, and how large its preview.
const JFIF_BYTES: usize = 14;
/// Its name, its version, its marks, and how its colours are meant.
const ADOBE_BYTES: usize = 12;

/// The file without remarks, previews and what follows its end, turned as it was.
pub(super) fn pieces(content: &[u8], orientation: Option<u16>) -> Option<Vec<Piece>> {
    let mut pieces = vec![Piece::Kept(0..2)];
    pieces.extend(orientation.filter(|turned| *turned > 1).map(turned));
    let mut at = 2;
    while at < content.len() {
        let (mark, next) = segment(content, at)?;
        if mark == END {
            keep(&mut pieces, at..next);
            // A second picture, a film or anything else may hang behind the end.
            return Some(pieces);
        }
        let end = if mark == SCAN { picture_end(content, next) } else { next };
        let inner = content.get(at + 4..end).unwrap_or_default();
        match stays(mark, inner) {
            Some(bytes) if bytes < inner.len() => pieces.push(shortened(mark, inner, bytes)),
            Some(_all) => keep(&mut pieces, at..end),
            None => {}
        }
        at = end;
    }
    // Cut off within its picture, which programs show as far as it goes.
    Some(pieces)
}

/// The mark of the segment at a place, and where the next one begins.
fn segment(content: &[u8], at: usize) -> Option<(u8, usize)> {
    let mark = content.get(at + 1).copied().filter(|_| content.get(at) == Some(&0xff))?;
    match mark {
        // One that fills up space.
        0xff => Some((mark, at + 1)),
        END | START | 0x01 | 0xd0..=0xd7 => Some((mark, at + 2)),
        0 => None,
        _ => {
            let end = at + 2 + number(content, at + 2, 2)?;
            (end <= content.len() && end >= at + 4).then_some((mark, end))
        }
    }
}

/// Where the picture ends whose scan begins here: at the next mark that is none of its own.
fn picture_end(content: &[u8], from: usize) -> usize {
    let rest = content.get(from..).unwrap_or_default();
    let is_own = |mark: u8| matches!(mark, 0 | 0xff | 0xd0..=0xd7);
    let end = rest.windows(2).position(|pair| pair[0] == 0xff && !is_own(pair[1]));
    end.map_or(content.len(), |end| from + end)
}

/// How much of a segment the picture needs, where it needs it: what decodes it, and its colours.
fn stays(mark: u8, inner: &[u8]) -> Option<usize> {
    match mark {
        // A preview may follow.
        JFIF if inner.starts_with(b"JFIF\0") => Some(JFIF_BYTES),
        0xee if inner.starts_with(b"Adobe") => Some(ADOBE_BYTES),
        0xe2 if inner.starts_with(b"ICC_PROFILE\0") => Some(inner.len()),
        0xc0..=0xdf => Some(inner.len()),
        _ => None,
    }
}

/// A segment up to so many bytes, without a preview.
fn shortened(mark: u8, inner: &[u8], bytes: usize) -> Piece {
    let length = u8::try_from(bytes + 2).unwrap_or(u8::MAX);
    let mut short = [&[0xff, mark, 0, length], inner.get(..bytes).unwrap_or_default()].concat();
    if mark == JFIF {
        // As wide and as high as none.
        short.truncate(short.len() - 2);
        short.extend([0, 0]);
    }
    Piece::Made(short)
}

/// The remark that says how the photo is turned, and nothing else.
fn turned(orientation: u16) -> Piece {
    let [high, low] = orientation.to_be_bytes();
    let mut bytes = b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    bytes.extend_from_slice(&[high, low, 0, 0, 0, 0, 0, 0]);
    Piece::Made(bytes)
}
