//! A file without what a camera or a program wrote about it: what is given out of the node.
//!
//! Of a photo only what its picture needs is kept, by a list of what may stay, so that a kind of
//! remark nobody has heard of goes as well. What cannot be cleaned, and tells of a place or a time,
//! is not given out. Documents of office programs are given as they are.

mod jpeg;
mod png;
mod webp;

use std::ops::Range;

use super::photo::Camera;

/// What marks a place in films.
const PLACES: [&[u8]; 3] = [b"\xa9xyz", b"loci", b"com.apple.quicktime.location"];
/// What remarks of cameras begin with, in pictures that are not what their beginning says.
const REMARKS: [&[u8]; 5] = [b"Exif\0", b"eXIf", b"EXIF", b"ns.adobe.com", b"Photoshop 3.0"];

/// A stretch of a file as it is given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Bytes of the file itself.
    Kept(Range<usize>),
    /// Bytes in place of others.
    Made(Vec<u8>),
}

/// Why a file is not given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotCleanable;

/// How a file is given out.
pub(crate) fn pieces(content: &[u8]) -> Result<Vec<Piece>, NotCleanable> {
    let whole = || vec![Piece::Kept(0..content.len())];
    let cleaned = if content.starts_with(b"\xff\xd8") {
        jpeg::pieces(content, Camera::of(content).and_then(|camera| camera.orientation))
    } else if content.starts_with(b"\x89PNG") {
        png::pieces(content)
    } else if content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP") {
        webp::pieces(content)
    } else if tells(content) {
        return Err(NotCleanable);
    } else {
        Some(whole())
    };
    match cleaned {
        Some(pieces) => Ok(pieces),
        // Damaged, but with nothing in it that anybody would read as a remark.
        None if !has_any(content, &REMARKS) => Ok(whole()),
        None => Err(NotCleanable),
    }
}

/// Whether a file of another kind says where or when it was taken.
fn tells(content: &[u8]) -> bool {
    let is_film = content.get(4..8) == Some(b"ftyp") || content.get(4..8) == Some(b"moov");
    (is_film && has_any(content, &PLACES))
        || Camera::of(content).is_some_and(|camera| camera.tells())
}

fn has_any(content: &[u8], marks: &[&[u8]]) -> bool {
    let has = |mark: &&[u8]| content.windows(mark.len()).any(|window| window == *mark);
    marks.iter().any(has)
}

/// The number of two or four bytes at a place, the highest first.
fn number(content: &[u8], at: usize, bytes: usize) -> Option<usize> {
    let digits = content.get(at..at.checked_add(bytes)?)?;
    Some(digits.iter().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}

/// Keeps a stretch, joined with the one before where they touch.
fn keep(pieces: &mut Vec<Piece>, stretch: Range<usize>) {
    match pieces.last_mut() {
        Some(Piece::Kept(last)) if last.end == stretch.start => last.end = stretch.end,
        _ => pieces.push(Piece::Kept(stretch)),
    }
}

#[cfg(test)]
mod tests;
