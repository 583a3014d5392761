//! Writing a file.

use std::io;

use super::super::{cbor, header};
use super::read::EMPTY;
use super::{END_ITEMS, ENTRY_ITEMS, MAGIC};
use crate::entry::{Body, Entry};
use crate::log::{Head, LogDescriptor};

/// Heads, header and signature of an entry, and the head of its body.
const BESIDES_BODY: usize = 2 + header::BYTES_MAX + 2 + 64 + 2 * cbor::HEAD_BYTES_MAX;

/// Writes a log to a file, entry by entry, from its first.
#[derive(Debug)]
pub struct Writer<W> {
    to: W,
    head: Head,
}

impl<W: io::Write> Writer<W> {
    /// Begins the file. `to` should be buffered.
    pub fn new(mut to: W, descriptor: &LogDescriptor) -> io::Result<Self> {
        let mut beginning = cbor::Writer::default();
        beginning.raw(&MAGIC);
        beginning.bytes(&descriptor.encode());
        to.write_all(&beginning.finish())?;
        Ok(Self { to, head: EMPTY })
    }

    /// Adds the next entry of the log.
    pub fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        self.to.write_all(&item(entry))?;
        self.head = Head { height: self.head.height.saturating_add(1), entry: entry.id() };
        Ok(())
    }

    /// Ends the file. Without this it counts as cut short.
    pub fn finish(mut self) -> io::Result<W> {
        let mut end = cbor::Writer::default();
        end.array(END_ITEMS);
        end.unsigned(self.head.height);
        end.bytes(self.head.entry.as_bytes());
        self.to.write_all(&end.finish())?;
        self.to.flush()?;
        Ok(self.to)
    }
}

fn item(entry: &Entry) -> Vec<u8> {
    let body_len = entry.body.bytes().map_or(0, <[u8]>::len);
    let mut writer = cbor::Writer::with_capacity(body_len.saturating_add(BESIDES_BODY));
    writer.array(ENTRY_ITEMS);
    writer.bytes(&entry.header.encode());
    writer.bytes(&entry.signature);
    match &entry.body {
        Body::Present(body) => writer.bytes(body),
        Body::Erased => writer.null(),
    }
    writer.finish()
}
