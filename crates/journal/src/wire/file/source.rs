//! Reading CBOR heads and byte strings from a stream, nothing longer than allowed.

use std::io;

use super::super::DecodeError;
use super::super::cbor::{self, Reader};

/// Why an item could not be read.
#[derive(Debug)]
pub(super) enum Failure {
    /// The stream ended first.
    Early,
    /// It is not the item.
    Wrong(DecodeError),
    /// The stream itself failed.
    Io(io::Error),
}

impl From<DecodeError> for Failure {
    fn from(error: DecodeError) -> Self {
        Self::Wrong(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Early,
            _ => Self::Io(error),
        }
    }
}

/// A stream of CBOR items.
#[derive(Debug)]
pub(super) struct Source<R>(pub(super) R);

impl<R: io::Read> Source<R> {
    /// Fills `bytes`.
    pub(super) fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Failure> {
        Ok(self.0.read_exact(bytes)?)
    }

    /// Whether the stream is over.
    pub(super) fn is_over(&mut self) -> Result<bool, Failure> {
        match self.fill(&mut [0]) {
            Ok(()) => Ok(false),
            Err(Failure::Early) => Ok(true),
            Err(other) => Err(other),
        }
    }

    /// An unsigned number.
    pub(super) fn unsigned(&mut self) -> Result<u64, Failure> {
        let head = Head::read(self)?;
        Ok(Reader::new(head.bytes()).unsigned()?)
    }

    /// The number of items of an array.
    pub(super) fn array(&mut self) -> Result<usize, Failure> {
        let head = Head::read(self)?;
        let items = Reader::new(head.bytes()).headed(cbor::ARRAY, "an array")?;
        let error = DecodeError::Malformed { at: 0, expected: "a shorter array" };
        usize::try_from(items).map_err(|_too_many| error.into())
    }

    /// A byte string of `max` bytes or fewer.
    pub(super) fn bytes(&mut self, what: &'static str, max: usize) -> Result<Vec<u8>, Failure> {
        let head = Head::read(self)?;
        self.content(&head, what, max)
    }

    /// A byte string of `max` bytes or fewer, or null.
    pub(super) fn optional_bytes(
        &mut self,
        what: &'static str,
        max: usize,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let head = Head::read(self)?;
        if head.bytes() == [cbor::NULL] {
            return Ok(None);
        }
        self.content(&head, what, max).map(Some)
    }

    /// A byte string of exactly `N` bytes.
    pub(super) fn fixed<const N: usize>(&mut self, what: &'static str) -> Result<[u8; N], Failure> {
        let bytes = self.bytes(what, N)?;
        <[u8; N]>::try_from(bytes).map_err(|_short| DecodeError::Invalid { at: 0, what }.into())
    }

    fn content(&mut self, head: &Head, what: &'static str, max: usize) -> Result<Vec<u8>, Failure> {
        let stated = Reader::new(head.bytes()).headed(cbor::BYTES, "a byte string")?;
        let length = usize::try_from(stated).ok().filter(|length| *length <= max);
        let mut bytes = vec![0; length.ok_or(DecodeError::Limit { what, max })?];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }
}

/// The head of an item, as it was read.
struct Head {
    bytes: [u8; cbor::HEAD_BYTES_MAX],
    length: usize,
}

impl Head {
    fn read<R: io::Read>(source: &mut Source<R>) -> Result<Self, Failure> {
        let mut bytes = [0; cbor::HEAD_BYTES_MAX];
        let (first, following) = bytes.split_at_mut(1);
        source.fill(first)?;
        let more = match first.first().map(|byte| byte & cbor::NUMBER_BITS) {
            Some(cbor::IN_1) => 1,
            Some(cbor::IN_2) => 2,
            Some(cbor::IN_4) => 4,
            Some(cbor::IN_8) => 8,
            _ => 0,
        };
        source.fill(following.split_at_mut(more).0)?;
        Ok(Self { bytes, length: more.saturating_add(1) })
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.split_at(self.length).0
    }
}
