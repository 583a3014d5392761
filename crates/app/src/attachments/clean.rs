//! A file without what a camera or a program wrote about it: what is given out of the node.
//!
//! Of a photo only what its picture needs is kept, by a list of what may stay, so that a kind of
//! remark nobody has heard of goes as well. What cannot be cleaned, and tells of a place or a time,
//! is not given out. Documents of office programs are given as they are.

mod jpeg;
mod png;
mod webp;

use std::ops::Range;

use super::photo::{self, Camera};

/// What a film as MP4 or `QuickTime` begins with, behind a length.
const FILMS: [&[u8]; 3] = [b"ftyp", b"moov", b"mdat"];
/// What marks a place in films.
const PLACES: [&[u8]; 4] = [b"\xa9xyz", b"loci", b"com.apple.quicktime.location", b"GPSLatitude"];
/// What other pictures than those made clean here begin with.
const PICTURES: [&[u8]; 3] = [b"GIF8", b"II*\0", b"MM\0*"];
/// What a picture among [`FILMS`] goes on with.
const STILL: [&[u8]; 3] = [b"hei", b"mif1", b"avif"];
/// What stands in remarks of programs, which are not told apart.
const REMARKS: [&[u8]; 1] = [b"ns.adobe.com"];

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
    let cleaned = if content.starts_with(b"\xff\xd8") {
        jpeg::pieces(content, Camera::of(content).and_then(|camera| camera.orientation))
    } else if content.starts_with(b"\x89PNG") {
        png::pieces(content)
    } else if content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP") {
        webp::pieces(content)
    } else {
        (!tells(content)).then(|| vec![Piece::Kept(0..content.len())])
    };
    // What is damaged may hold remarks anywhere.
    cleaned.ok_or(NotCleanable)
}

/// Whether a file of another kind says where it was taken, or a picture when.
fn tells(content: &[u8]) -> bool {
    let begins = |at: usize, starts: &[&[u8]]| {
        let rest = content.get(at..).unwrap_or_default();
        starts.iter().any(|start| rest.starts_with(start))
    };
    let is_film = begins(4, &FILMS);
    let is_picture = begins(0, &PICTURES) || (is_film && begins(8, &STILL));
    (is_film && has_any(content, &PLACES))
        || (is_picture && has_any(content, &REMARKS))
        || photo::tells(content)
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
