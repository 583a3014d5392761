//! Pictures as PNG: chunks, each with a length, a name and a sum.

use super::{Piece, keep, number};

const SIGNATURE_BYTES: usize = 8;
/// Length, name and sum of a chunk.
const AROUND_BYTES: usize = 12;
/// What may stay: the picture, its colours, its size, its frames.
const NEEDED: [&[u8]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
    b"cICP", b"bKGD", b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT",
];

/// The file without remarks and what follows its end.
pub(super) fn pieces(content: &[u8]) -> Option<Vec<Piece>> {
    content.get(..SIGNATURE_BYTES)?;
    let mut pieces = vec![Piece::Kept(0..SIGNATURE_BYTES)];
    let mut at = SIGNATURE_BYTES;
    while at < content.len() {
        let end = at + AROUND_BYTES + number(content, at, 4)?;
        let name = content.get(at + 4..at + 8).filter(|_| end <= content.len())?;
        if NEEDED.contains(&name) {
            keep(&mut pieces, at..end);
        }
        if name == b"IEND" {
            break;
        }
        at = end;
    }
    Some(pieces)
}
