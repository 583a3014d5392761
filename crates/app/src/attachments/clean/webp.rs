//! Pictures as WebP: chunks with a name and a length, within one that says how long all of them are.

use super::{Piece, keep};

const HEAD_BYTES: usize = 12;
/// What a picture needs.
const NEEDED: [&[u8]; 7] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
/// The marks of the extended header that say there are remarks.
const REMARKS: u8 = 0x08 | 0x04;

/// The file without remarks and what follows its end.
pub(super) fn pieces(content: &[u8]) -> Option<Vec<Piece>> {
    let whole = 8 + length(content, 4)?;
    let content = content.get(..whole)?;
    let mut kept: Vec<Piece> = Vec::new();
    let (mut at, mut bytes) = (HEAD_BYTES, 4_u32);
    while at < content.len() {
        let inner = length(content, at + 4)?;
        let end = (at + 8 + inner + inner % 2).min(content.len());
        let name = content.get(at..at + 4)?;
        content.get(at + 8..at + 8 + inner)?;
        if NEEDED.contains(&name) {
            bytes = bytes.checked_add(u32::try_from(end - at).ok()?)?;
            if name == b"VP8X" {
                keep(&mut kept, at..at + 8);
                kept.push(Piece::Made(vec![content.get(at + 8)? & !REMARKS]));
                keep(&mut kept, at + 9..end);
            } else {
                keep(&mut kept, at..end);
            }
        }
        at = end;
    }
    let head = [b"RIFF".as_slice(), &bytes.to_le_bytes(), b"WEBP"].concat();
    Some([vec![Piece::Made(head)], kept].concat())
}

fn length(content: &[u8], at: usize) -> Option<usize> {
    let digits = content.get(at..at.checked_add(4)?)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(digits)).ok()
}
