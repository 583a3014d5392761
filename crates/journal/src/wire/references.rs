//! The entries an operation refers to: listed once, in ascending order, and named by their place.

use model::id::EntryId;

use super::cbor::{Reader, Writer};
use super::{DecodeError, order};

/// The table of a body.
#[derive(Debug, Default)]
pub(super) struct References(Vec<EntryId>);

impl References {
    /// The table of everything in `entries`.
    pub(super) fn of(mut entries: Vec<EntryId>) -> Self {
        entries.sort_unstable();
        entries.dedup();
        Self(entries)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn entries(&self) -> &[EntryId] {
        &self.0
    }

    pub(super) fn write(&self, writer: &mut Writer) {
        writer.array(self.0.len());
        for entry in &self.0 {
            writer.bytes(entry.as_bytes());
        }
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let at = reader.at();
        let count = reader.array()?;
        if count == 0 {
            return Err(DecodeError::NotCanonical { at });
        }
        order::read(reader, count, read_entry).map(Self)
    }

    /// Writes the places of `entries`.
    pub(super) fn write_many(&self, writer: &mut Writer, entries: &[EntryId]) {
        let places = self.places(entries);
        writer.array(places.len());
        writer.numbers(&places);
    }

    pub(super) fn read_many(&self, reader: &mut Reader<'_>) -> Result<Vec<EntryId>, DecodeError> {
        let count = reader.array()?;
        self.read_count(reader, count)
    }

    pub(super) fn read_count(
        &self,
        reader: &mut Reader<'_>,
        count: usize,
    ) -> Result<Vec<EntryId>, DecodeError> {
        order::read(reader, count, |reader| self.read_one(reader))
    }

    pub(super) fn read_one(&self, reader: &mut Reader<'_>) -> Result<EntryId, DecodeError> {
        let at = reader.at();
        let place = usize::try_from(reader.unsigned()?).ok();
        let entry = place.and_then(|place| self.0.get(place));
        entry.copied().ok_or(DecodeError::Invalid { at, what: "place in the list of entries" })
    }

    /// The places of `entries`, ascending, each once.
    pub(super) fn places(&self, entries: &[EntryId]) -> Vec<u64> {
        let mut places: Vec<u64> = entries.iter().map(|entry| self.place(entry)).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The place of an entry. The table was made of every entry the act names, so each has one.
    pub(super) fn place(&self, entry: &EntryId) -> u64 {
        let place = self.0.binary_search(entry).unwrap_or(self.0.len());
        u64::try_from(place).unwrap_or(u64::MAX)
    }
}

fn read_entry(reader: &mut Reader<'_>) -> Result<EntryId, DecodeError> {
    reader.fixed("entry id").map(EntryId::from_bytes)
}
