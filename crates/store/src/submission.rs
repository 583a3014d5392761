//! What phones sent in: kept as it came, with what became of it. This node's own, never journalled.
//!
//! A phone sends again what it does not know to have arrived. The name of a submission is a hash over
//! who sent it and every byte of its document, so what came twice is found and kept once.

use model::id::{BlobId, EntryId, RecordId};
use model::time::Timestamp;
use rusqlite::{Connection, Row, params};

use crate::codec;
use crate::error::StoreError;
use crate::ground::Ground;
use crate::members::account_key;
use crate::writer::Writer;

/// What became of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is in a record.
    Made,
    /// Somebody has looked at it and closed it.
    Dismissed,
    /// It is in a record, and something of it found no place there.
    Partly,
    /// It waits for files that were announced.
    Waiting,
    /// It is in no record, and is kept.
    Refused,
}

impl Fate {
    const ALL: [Self; 5] =
        [Self::Made, Self::Dismissed, Self::Partly, Self::Waiting, Self::Refused];

    /// Those that somebody has to look at come last: the index of open ones rests on it.
    const fn number(self) -> i64 {
        match self {
            Self::Made => 1,
            Self::Dismissed => 2,
            Self::Partly => 3,
            Self::Waiting => 4,
            Self::Refused => 5,
        }
    }
}

/// A submission as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// What it is named by here: a hash over its sender and its document.
    pub id: RecordId,
    /// Who sent it.
    pub user: u32,
    /// What the phone calls it; empty where its document cannot be read.
    pub instance: String,
    /// The form it answers; empty where it does not say.
    pub form: String,
    /// What became of it.
    pub fate: Fate,
    /// The record it is in.
    pub record: Option<RecordId>,
    /// The entries that it, and what it replaces, brought into that record.
    pub entries: Vec<EntryId>,
    /// Which phone sent it, in its own words.
    pub device: String,
    /// When it came first.
    pub received: Timestamp,
    /// Why somebody has to look at it, as a text of the caller's.
    pub reasons: String,
    /// The document itself.
    pub xml: Vec<u8>,
}

/// A file that came with a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmissionFile {
    /// Its name, as the document has it.
    pub name: String,
    /// Its content.
    pub blob: BlobId,
    /// Its length in bytes.
    pub bytes: u64,
    /// What kind of file the phone calls it.
    pub media_type: String,
}

const COLUMNS: &str = "id, account, instance, form, fate, record, entries, device, received, \
                       reasons, codec, xml";

impl Ground {
    /// A submission.
    pub fn submission(&self, id: &RecordId) -> Result<Option<Submission>, StoreError> {
        submission(&self.connection, id)
    }

    /// Everything a user sent under a phone's name for it, the first one first.
    pub fn submissions_of(&self, user: u32, instance: &str) -> Result<Vec<Submission>, StoreError> {
        let rest = "WHERE account = ? AND instance = ? ORDER BY no";
        found(&self.connection, rest, params![account_key(user), instance])
    }

    /// The files that came with it, by name.
    pub fn submission_files(&self, id: &RecordId) -> Result<Vec<SubmissionFile>, StoreError> {
        let sql = "SELECT name, blob, bytes, media_type FROM casque_submission_file \
                   WHERE submission = ? ORDER BY name, blob";
        let mut statement = self.connection.prepare_cached(sql)?;
        let files = statement.query_map([id.as_bytes()], |row| {
            Ok(SubmissionFile {
                name: row.get(0)?,
                blob: BlobId::from_bytes(row.get(1)?),
                bytes: row.get::<_, i64>(2)?.cast_unsigned(),
                media_type: row.get(3)?,
            })
        })?;
        Ok(files.collect::<Result<_, _>>()?)
    }

    /// What somebody has to look at, the latest first: by name, since all of their documents together
    /// may be more than fits in memory.
    pub fn submissions_open(&self, limit: usize) -> Result<Vec<RecordId>, StoreError> {
        let sql = "SELECT id FROM casque_submission WHERE fate > 2 ORDER BY no DESC LIMIT ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let ids = statement.query_map([limit], |row| Ok(RecordId::from_bytes(row.get(0)?)))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// How many a user sent since an instant, how many bytes they are, and when the first of them came.
    pub fn submissions_since(
        &self,
        user: u32,
        since: Timestamp,
    ) -> Result<(u64, u64, Timestamp), StoreError> {
        let sql = "SELECT count(*), coalesce(sum(bytes), 0), coalesce(min(received), ?2) \
                   FROM casque_submission WHERE account = ?1 AND received > ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let row = params![account_key(user), since.as_ms()];
        Ok(statement.query_row(row, |row| {
            let (count, bytes): (i64, i64) = (row.get(0)?, row.get(1)?);
            Ok((count.cast_unsigned(), bytes.cast_unsigned(), Timestamp::from_ms(row.get(2)?)))
        })?)
    }
}

impl Writer<'_> {
    /// A submission, within the transaction.
    pub fn submission(&self, id: &RecordId) -> Result<Option<Submission>, StoreError> {
        submission(self.connection(), id)
    }

    /// Keeps a submission, in place of what was known of it.
    pub fn put_submission(&mut self, kept: &Submission) -> Result<(), StoreError> {
        let sql = format!(
            "INSERT INTO casque_submission ({COLUMNS}, bytes) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) \
             ON CONFLICT (id) DO UPDATE SET fate = ?5, record = ?6, entries = ?7, reasons = ?10"
        );
        let (codec, packed) = codec::pack_body(&kept.xml);
        let entries: Vec<u8> = kept.entries.iter().flat_map(|entry| *entry.as_bytes()).collect();
        self.connection().prepare_cached(&sql)?.execute(params![
            kept.id.as_bytes(),
            account_key(kept.user),
            kept.instance,
            kept.form,
            kept.fate.number(),
            kept.record.as_ref().map(RecordId::as_bytes),
            entries,
            kept.device,
            kept.received.as_ms(),
            kept.reasons,
            codec,
            packed,
            i64::try_from(kept.xml.len()).unwrap_or(i64::MAX),
        ])?;
        Ok(())
    }

    /// Keeps the name of a file that came with a submission; its content is kept apart. The same file
    /// under the same name is kept once.
    pub fn put_submission_file(
        &mut self,
        id: &RecordId,
        file: &SubmissionFile,
    ) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO casque_submission_file \
                   (submission, name, blob, bytes, media_type) VALUES (?, ?, ?, ?, ?)";
        let bytes = file.bytes.cast_signed();
        let row = params![id.as_bytes(), file.name, file.blob.as_bytes(), bytes, file.media_type];
        if self.connection().prepare_cached(sql)?.execute(row)? > 0 {
            let sql = "UPDATE casque_submission SET bytes = bytes + ? WHERE id = ?";
            self.connection().prepare_cached(sql)?.execute(params![bytes, id.as_bytes()])?;
        }
        Ok(())
    }
}

fn submission(connection: &Connection, id: &RecordId) -> Result<Option<Submission>, StoreError> {
    Ok(found(connection, "WHERE id = ?", params![id.as_bytes()])?.into_iter().next())
}

fn found(
    connection: &Connection,
    rest: &str,
    values: &[&dyn rusqlite::ToSql],
) -> Result<Vec<Submission>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM casque_submission {rest}");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(values)?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(of_row(row)?);
    }
    Ok(all)
}

fn of_row(row: &Row<'_>) -> Result<Submission, StoreError> {
    let entries: Vec<u8> = row.get(6)?;
    let (entries, _rest) = entries.as_chunks::<32>();
    let fate: i64 = row.get(4)?;
    let packed: Vec<u8> = row.get(11)?;
    Ok(Submission {
        id: RecordId::from_bytes(row.get(0)?),
        user: u32::from_be_bytes(row.get(1)?),
        instance: row.get(2)?,
        form: row.get(3)?,
        fate: Fate::ALL.into_iter().find(|one| one.number() == fate).unwrap_or(Fate::Refused),
        record: row.get::<_, Option<[u8; 16]>>(5)?.map(RecordId::from_bytes),
        entries: entries.iter().map(|bytes| EntryId::from_bytes(*bytes)).collect(),
        device: row.get(7)?,
        received: Timestamp::from_ms(row.get(8)?),
        reasons: row.get(9)?,
        xml: codec::unpack_body(row.get(10)?, &packed).map_err(StoreError::Damaged)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_has_to_look_at_is_what_the_index_has() {
        let open: Vec<Fate> = Fate::ALL.into_iter().filter(|fate| fate.number() > 2).collect();
        assert_eq!(open, [Fate::Partly, Fate::Waiting, Fate::Refused]);
    }
}
