//! Rows of bytes, split into cells: RFC 4180 with any separator and any end of line.
//!
//! Stricter than most readers where that saves data: what follows a closing quote must be a
//! separator or the end of the row. After a fault, scanning goes on at the line after the one the
//! row began in.

use std::io::{self, Read};

/// How much is read at once.
const CHUNK_BYTES: usize = 64 * 1024;

/// Why a row could not be split.
#[derive(Debug)]
pub(crate) enum Fault {
    /// Something stands between a closing quote and the next separator.
    AfterQuote {
        /// The line, from 1.
        line: u64,
    },
    /// A quote opens and the file ends, or the row becomes too long, before it closes.
    Unclosed {
        /// The line it opens in, from 1.
        line: u64,
    },
    /// The row is longer than it may be.
    TooLong,
    /// The file could not be read on.
    Reading(io::Error),
}

/// What ended a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Separator,
    Line,
    File,
}

/// Splits what a reader gives into rows and cells.
pub(crate) struct Scanner<R> {
    reader: R,
    separator: u8,
    row_bytes_max: usize,
    /// What was read; all before `start` is used up.
    buffer: Vec<u8>,
    /// Where the row begins in `buffer`.
    start: usize,
    /// How long the row is without its end of line.
    length: usize,
    /// How long its end of line is: 0 at the end of the file.
    line_end: usize,
    /// The line that is being read, from 1.
    line: u64,
    ends: Vec<usize>,
    ended: bool,
    /// What happened after the last byte of `buffer` was read.
    failure: Option<io::Error>,
}

impl<R: Read> Scanner<R> {
    /// Scans from the reader's present position.
    pub(crate) fn new(reader: R, separator: u8, row_bytes_max: usize) -> Self {
        Self {
            reader,
            separator,
            row_bytes_max,
            buffer: Vec::new(),
            start: 0,
            length: 0,
            line_end: 0,
            line: 1,
            ends: Vec::new(),
            ended: false,
            failure: None,
        }
    }

    /// Puts the cells of the next row into `text`, one behind the other; [`Self::ends`] says where
    /// each ends. Nothing at the end of the file.
    pub(crate) fn next(&mut self, text: Vec<u8>) -> Result<Option<Vec<u8>>, Fault> {
        self.use_up();
        if self.byte(0)?.is_none() {
            return Ok(None);
        }
        let begun_in = self.line;
        self.split(text).map(Some).inspect_err(|_fault| {
            self.line = begun_in;
            self.recover();
        })
    }

    /// Where each cell of the row ends.
    pub(crate) fn ends(&self) -> &[usize] {
        &self.ends
    }

    /// The row as the file has it, without its end of line; its beginning where it is too long.
    pub(crate) fn raw(&self) -> &[u8] {
        self.buffer.get(self.start..self.start + self.length).unwrap_or_default()
    }

    /// Leaves a line out.
    pub(crate) fn skip_line(&mut self) {
        self.use_up();
        self.recover();
    }

    fn use_up(&mut self) {
        self.line += u64::from(self.line_end > 0);
        self.start += self.length + self.line_end;
        (self.length, self.line_end) = (0, 0);
        self.ends.clear();
    }

    fn split(&mut self, mut text: Vec<u8>) -> Result<Vec<u8>, Fault> {
        let mut at = 0;
        loop {
            let end = match self.byte(at)? {
                Some(b'"') => self.split_quoted(&mut at, &mut text)?,
                _ => self.split_plain(&mut at, &mut text)?,
            };
            self.ends.push(text.len());
            if end == End::Separator {
                at += 1;
                continue;
            }
            if at > self.row_bytes_max {
                return Err(Fault::TooLong);
            }
            self.end_at(at, end);
            return Ok(text);
        }
    }

    fn split_plain(&mut self, at: &mut usize, text: &mut Vec<u8>) -> Result<End, Fault> {
        loop {
            let separator = self.separator;
            let is_stop = |byte: &u8| *byte == separator || *byte == b'\n' || *byte == b'\r';
            if let Some(stop) = self.copy_until(is_stop, at, text) {
                return Ok(if stop == separator { End::Separator } else { End::Line });
            }
            if !self.fill()? {
                return Ok(End::File);
            }
        }
    }

    fn split_quoted(&mut self, at: &mut usize, text: &mut Vec<u8>) -> Result<End, Fault> {
        let line = self.line;
        loop {
            *at += 1;
            let from = text.len();
            while self.copy_until(|byte| *byte == b'"', at, text).is_none() {
                match self.fill() {
                    Ok(true) => {}
                    Ok(false) | Err(Fault::TooLong) => return Err(Fault::Unclosed { line }),
                    Err(fault) => return Err(fault),
                }
            }
            self.line += line_feeds(text.get(from..).unwrap_or_default());
            *at += 1;
            match self.byte(*at)? {
                Some(b'"') => text.push(b'"'),
                Some(b'\n' | b'\r') => return Ok(End::Line),
                Some(byte) if byte == self.separator => return Ok(End::Separator),
                Some(_) => return Err(Fault::AfterQuote { line: self.line }),
                None => return Ok(End::File),
            }
        }
    }

    /// Copies what was read up to the first byte that is a stop, and says which; nothing where all
    /// was copied.
    fn copy_until(
        &self,
        is_stop: impl Fn(&u8) -> bool,
        at: &mut usize,
        text: &mut Vec<u8>,
    ) -> Option<u8> {
        let window = self.buffer.get(self.start + *at..).unwrap_or_default();
        let length = window.iter().position(is_stop).unwrap_or(window.len());
        let (copied, rest) = window.split_at(length);
        text.extend_from_slice(copied);
        *at += length;
        rest.first().copied()
    }

    fn end_at(&mut self, at: usize, end: End) {
        self.length = at;
        self.line_end = match end {
            End::Line => 1 + usize::from(self.is_carriage_return_and_line_feed(at)),
            End::Separator | End::File => 0,
        };
    }

    fn is_carriage_return_and_line_feed(&mut self, at: usize) -> bool {
        if self.buffer.get(self.start + at) != Some(&b'\r') {
            return false;
        }
        match self.byte(at + 1) {
            Ok(byte) => byte == Some(b'\n'),
            Err(Fault::Reading(error)) => {
                self.failure = Some(error);
                false
            }
            Err(_) => false,
        }
    }

    /// After a fault: the row is the line it began in, and the next row begins in the next line.
    fn recover(&mut self) {
        let mut at = 0;
        loop {
            let window = self.buffer.get(self.start + at..).unwrap_or_default();
            if let Some(length) = window.iter().position(|byte| is_line_end(*byte)) {
                return self.end_at(at + length, End::Line);
            }
            at += window.len();
            match self.fill() {
                Ok(true) => {}
                Ok(false) => return self.end_at(at, End::File),
                Err(Fault::Reading(error)) => {
                    self.failure = Some(error);
                    return self.end_at(at, End::File);
                }
                Err(_too_long) => return self.discard_line(at),
            }
        }
    }

    /// Drops the rest of a line that is too long to be kept.
    fn discard_line(&mut self, kept: usize) {
        self.end_at(kept, End::File);
        self.line += 1;
        let mut chunk = Vec::with_capacity(CHUNK_BYTES);
        while !self.ended && self.failure.is_none() {
            chunk.clear();
            self.failure = self.read_chunk(&mut chunk).err();
            self.ended = chunk.is_empty();
            if let Some(end) = chunk.iter().position(|byte| is_line_end(*byte)) {
                let is_pair = chunk.get(end..).is_some_and(|rest| rest.starts_with(b"\r\n"));
                self.buffer.extend(chunk.drain(end + 1 + usize::from(is_pair)..));
                return;
            }
        }
    }

    fn byte(&mut self, at: usize) -> Result<Option<u8>, Fault> {
        loop {
            if let Some(byte) = self.buffer.get(self.start + at) {
                return Ok(Some(*byte));
            }
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// Reads on; false at the end of the file. A failure is told once all that came before it was
    /// used up.
    fn fill(&mut self) -> Result<bool, Fault> {
        if let Some(error) = self.failure.take() {
            self.ended = true;
            return Err(Fault::Reading(error));
        }
        if self.ended {
            return Ok(false);
        }
        self.buffer.drain(..self.start);
        self.start = 0;
        if self.buffer.len() > self.row_bytes_max {
            return Err(Fault::TooLong);
        }
        let mut buffer = std::mem::take(&mut self.buffer);
        let before = buffer.len();
        self.failure = self.read_chunk(&mut buffer).err();
        let has_grown = buffer.len() > before;
        self.buffer = buffer;
        if has_grown {
            return Ok(true);
        }
        self.ended = self.failure.is_none();
        self.fill()
    }

    fn read_chunk(&mut self, into: &mut Vec<u8>) -> io::Result<usize> {
        self.reader.by_ref().take(CHUNK_BYTES as u64).read_to_end(into)
    }
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

fn line_feeds(text: &[u8]) -> u64 {
    text.split(|byte| *byte == b'\n').skip(1).count() as u64
}
