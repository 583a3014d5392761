//! Photos as JPEG: segments, each with a mark and a length, and the picture between two marks.

use super::{Piece, keep, number};

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;

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
        if stays(mark, content.get(at + 4..end)?) {
            keep(&mut pieces, at..end);
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

/// Whether the picture needs the segment: not what programs write for themselves, but its colours.
fn stays(mark: u8, inner: &[u8]) -> bool {
    match mark {
        0xe0 => inner.starts_with(b"JFIF\0"),
        0xe2 => inner.starts_with(b"ICC_PROFILE\0"),
        0xee => inner.starts_with(b"Adobe"),
        0xe1..=0xef | 0xfe | 0xff => false,
        _ => true,
    }
}

/// The remark that says how the photo is turned, and nothing else.
fn turned(orientation: u16) -> Piece {
    let [high, low] = orientation.to_be_bytes();
    let mut bytes = b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    bytes.extend_from_slice(&[high, low, 0, 0, 0, 0, 0, 0]);
    Piece::Made(bytes)
}
