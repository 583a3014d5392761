//! Guards against files that are larger than they may be, on disk or unfolded.

use std::io::{self, Read, Seek, SeekFrom};

use model::finding::Finding;

use super::options::Limits;

/// The length of a file, found before a byte of it is read; refused where it is over the limit.
pub(crate) fn file_bytes_within(reader: &mut impl Seek, limits: &Limits) -> Result<u64, Finding> {
    let bytes = reader.seek(SeekFrom::End(0)).map_err(|error| unreadable(&error))?;
    reader.rewind().map_err(|error| unreadable(&error))?;
    if bytes > limits.file_bytes {
        return Err(too_large(bytes, limits.file_bytes));
    }
    Ok(bytes)
}

/// A file that is larger than it may be.
pub(crate) fn too_large(bytes: u64, max: u64) -> Finding {
    Finding::error("file-too-large").with("bytes", bytes).with("max", max)
}

/// A file that could not be read, broken compression included.
pub(crate) fn unreadable(error: &io::Error) -> Finding {
    match Unfolded::limit_of(error) {
        Some(max) => Finding::error("file-unpacks-too-large").with("max", max),
        None => Finding::error("file-unreadable").with("cause", error),
    }
}

/// A reader that fails once more bytes than allowed came out of it.
#[derive(Debug)]
pub(crate) struct Guarded<R> {
    reader: R,
    left: u64,
    max: u64,
}

impl<R: Read> Guarded<R> {
    /// Guards a reader that unfolds.
    pub(crate) fn new(reader: R, max: u64) -> Self {
        Self { reader, left: max, max }
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        let left = self.left.checked_sub(read as u64);
        self.left = left.unwrap_or(0);
        left.map(|_enough| read).ok_or_else(|| io::Error::other(Unfolded { max: self.max }))
    }
}

/// The error of a [`Guarded`] reader.
#[derive(Debug, thiserror::Error)]
#[error("it unfolds to more than {max} bytes")]
struct Unfolded {
    max: u64,
}

impl Unfolded {
    fn limit_of(error: &io::Error) -> Option<u64> {
        error.get_ref()?.downcast_ref::<Self>().map(|unfolded| unfolded.max)
    }
}
