//! Reading a file, entry by entry, holding one at a time.

use std::io;

use model::id::EntryId;
use model::limits::ENTRY_BODY_BYTES_MAX;

use super::super::{DecodeError, header, log};
use super::source::{Failure, Source};
use super::{END_ITEMS, ENTRY_ITEMS, FileError, MAGIC};
use crate::entry::{Body, Entry, Header};
use crate::log::{Head, LogDescriptor};
use crate::verify::{BATCH, Verifier};

/// Reads a log from a file.
#[derive(Debug)]
pub struct Reader<R> {
    source: Source<R>,
    descriptor: LogDescriptor,
    /// How far the log reached so far.
    head: Head,
    over: bool,
}

impl<R: io::Read> Reader<R> {
    /// Reads the beginning of the file. `from` should be buffered.
    pub fn new(from: R) -> Result<Self, FileError> {
        let mut source = Source(from);
        let mut magic = [0; MAGIC.len()];
        match source.fill(&mut magic) {
            Ok(()) if magic == MAGIC => {}
            Err(Failure::Io(error)) => return Err(error.into()),
            _ => return Err(FileError::Magic),
        }
        let descriptor = read_descriptor(&mut source).map_err(|failure| after(0, failure))?;
        Ok(Self { source, descriptor, head: EMPTY, over: false })
    }

    /// Whose log it is.
    pub fn descriptor(&self) -> &LogDescriptor {
        &self.descriptor
    }

    fn next_entry(&mut self) -> Result<Option<Entry>, FileError> {
        let entries = self.head.height;
        let entry = self.read_item().map_err(|failure| after(entries, failure))?;
        match &entry {
            Some(entry) => {
                self.head = Head { height: entries.saturating_add(1), entry: entry.id() };
            }
            None => self.check_end()?,
        }
        Ok(entry)
    }

    /// Reads the next entry, or the number of items of the end.
    fn read_item(&mut self) -> Result<Option<Entry>, Failure> {
        match self.source.array()? {
            ENTRY_ITEMS => read_entry(&mut self.source).map(Some),
            END_ITEMS => Ok(None),
            _ => Err(DecodeError::Malformed { at: 0, expected: "an entry or the end" }.into()),
        }
    }

    fn check_end(&mut self) -> Result<(), FileError> {
        let entries = self.head.height;
        let end = read_head(&mut self.source).map_err(|failure| after(entries, failure))?;
        let over = self.source.is_over().map_err(|failure| after(entries, failure))?;
        if end == self.head && over { Ok(()) } else { Err(FileError::End { entries }) }
    }
}

impl<R: io::Read> Iterator for Reader<R> {
    type Item = Result<Entry, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        let next = self.next_entry();
        self.over = !matches!(next, Ok(Some(_)));
        next.transpose()
    }
}

/// Reads a whole file, checks every hash and signature, and gives each good entry to `accept`, in
/// order. Nothing from the first bad one on is given.
///
/// Whether the file is whole is known only at its end: an error after some entries means that
/// these are good and the rest is missing or bad.
pub fn read_verified<R: io::Read>(
    from: R,
    mut accept: impl FnMut(Entry),
) -> Result<(LogDescriptor, Option<Head>), FileError> {
    let mut reader = Reader::new(from)?;
    let mut verifier = Verifier::new(reader.descriptor(), None)?;
    let mut waiting = Vec::with_capacity(BATCH);
    loop {
        let next = reader.next().transpose();
        let more = matches!(next, Ok(Some(_)));
        if waiting.len() == BATCH || !more {
            check(&mut verifier, &mut waiting, &mut accept)?;
        }
        match next? {
            Some(entry) => waiting.push(entry),
            None => return Ok((reader.descriptor, verifier.head())),
        }
    }
}

fn check(
    verifier: &mut Verifier,
    waiting: &mut Vec<Entry>,
    accept: &mut impl FnMut(Entry),
) -> Result<(), FileError> {
    let height = |verifier: &Verifier| verifier.head().map_or(0, |head| head.height);
    let before = height(verifier);
    let verdict = verifier.check(waiting);
    let good = usize::try_from(height(verifier).saturating_sub(before)).unwrap_or(0);
    waiting.drain(..).take(good).for_each(accept);
    Ok(verdict?)
}

/// What the end of an empty log says.
pub(super) const EMPTY: Head = Head { height: 0, entry: Header::NO_PREVIOUS };

fn read_descriptor<R: io::Read>(source: &mut Source<R>) -> Result<LogDescriptor, Failure> {
    Ok(log::decode(&source.bytes("bytes of a log descriptor", log::BYTES_MAX)?)?)
}

fn read_entry<R: io::Read>(source: &mut Source<R>) -> Result<Entry, Failure> {
    let header = header::decode(&source.bytes("bytes of a header", header::BYTES_MAX)?)?;
    let signature = source.fixed("signature")?;
    let body = source.optional_bytes("bytes of an entry", ENTRY_BODY_BYTES_MAX)?;
    Ok(Entry { header, signature, body: body.map_or(Body::Erased, Body::Present) })
}

fn read_head<R: io::Read>(source: &mut Source<R>) -> Result<Head, Failure> {
    let height = source.unsigned()?;
    Ok(Head { height, entry: EntryId::from_bytes(source.fixed("entry id")?) })
}

fn after(entries: u64, failure: Failure) -> FileError {
    match failure {
        Failure::Early => FileError::Truncated { entries },
        Failure::Wrong(source) => FileError::Item { entries, source },
        Failure::Io(error) => FileError::Io(error),
    }
}
