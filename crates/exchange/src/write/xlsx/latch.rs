//! A writer that fails once: after that it takes everything and keeps nothing.
//!
//! An archive that is dropped half written tries to write its directory and complains on standard
//! error where it cannot. The one failure was told by then, and the file is lost either way.

use std::io::{self, Write};

/// Writes until the first failure.
#[derive(Debug)]
pub(crate) struct Latch<W> {
    out: W,
    has_failed: bool,
}

impl<W: Write> Latch<W> {
    /// Writes to `out`.
    pub(crate) fn new(out: W) -> Self {
        Self { out, has_failed: false }
    }

    /// Flushes it, unless it has failed before.
    pub(crate) fn end(mut self) -> io::Result<()> {
        if self.has_failed {
            return Err(io::Error::other("writing failed before"));
        }
        self.out.flush()
    }

    fn latched<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        let is_final = |error: &io::Error| error.kind() != io::ErrorKind::Interrupted;
        self.has_failed |= result.as_ref().is_err_and(is_final);
        result
    }
}

impl<W: Write> Write for Latch<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.has_failed {
            return Ok(bytes.len());
        }
        let written = self.out.write(bytes);
        self.latched(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.has_failed {
            return Ok(());
        }
        let flushed = self.out.flush();
        self.latched(flushed)
    }
}
