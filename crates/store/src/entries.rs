//! Reading entries back: of a record, of a log, all in order of arrival.
//!
//! A header is not stored whole: the previous entry's id is the row before, length and hash are the
//! body's. [`StoredEntry`] is an entry with where it stands.

use journal::{Body, Entry, Happened, Head, Header, Lane, LogDescriptor, Operation, RecordState};
use model::id::{DeviceKey, EntryId, LogId, Name};
use model::time::Timestamp;
use model::time::hybrid::HybridTime;
use rusqlite::{Connection, Row, params};

use crate::Store;
use crate::codec;
use crate::error::StoreError;

/// An entry as this node holds it.
#[derive(Debug, Clone)]
pub struct StoredEntry {
    /// Its place in the order of arrival.
    pub number: i64,
    /// Its id.
    pub id: EntryId,
    /// Its log.
    pub log: LogId,
    /// Its place in the log.
    pub sequence: u64,
    /// When it was written, by its author's clock.
    pub at: HybridTime,
    /// When it came from elsewhere; nothing for this node's own.
    pub received: Option<Timestamp>,
    /// What it says; nothing where it was erased.
    pub operation: Option<Operation>,
}

/// A part of the journal in order of arrival.
#[derive(Debug, Clone, Copy)]
pub struct EntrySpan {
    /// Only entries after this number; 0 for the beginning.
    pub after: i64,
    /// At most so many.
    pub limit: usize,
}

const COLUMNS: &str = "e.no, e.id, l.id, e.sequence, e.at, e.received, e.codec, e.body";

impl Store {
    /// Entries in order of arrival, decoded. For the administrator's eyes: it shows every record.
    pub fn entries(&self, span: EntrySpan) -> Result<Vec<StoredEntry>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM casque_entry e JOIN casque_log l ON l.no = e.log \
             WHERE e.no > ? ORDER BY e.no LIMIT ?"
        );
        let limit = i64::try_from(span.limit).unwrap_or(i64::MAX);
        collect(self.connection(), &sql, params![span.after, limit])
    }

    /// How many entries there are.
    pub fn entry_count(&self) -> Result<u64, StoreError> {
        let sql = "SELECT coalesce(sum(next), 0) FROM casque_log";
        let count: i64 = self.connection().query_row(sql, [], |row| row.get(0))?;
        Ok(count.cast_unsigned())
    }

    /// The latest hybrid time this node has written or believed.
    pub fn last_time(&self) -> Result<HybridTime, StoreError> {
        let bytes = self.ground.setting(crate::writer::CLOCK_SETTING)?;
        let bits = bytes.and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_be_bytes);
        Ok(HybridTime::from_bits(bits))
    }

    /// Every log with its height and head, by id: what this node has.
    pub fn heads(&self) -> Result<Vec<(LogDescriptor, Head)>, StoreError> {
        let logs = logs(self.connection())?;
        Ok(logs.into_iter().filter_map(|log| Some((log.descriptor, log.head?))).collect())
    }
}

/// A log with what is said of it.
#[derive(Debug, Clone)]
pub(crate) struct LogRow {
    pub(crate) number: i64,
    pub(crate) descriptor: LogDescriptor,
    pub(crate) head: Option<Head>,
}

pub(crate) fn logs(connection: &Connection) -> Result<Vec<LogRow>, StoreError> {
    let sql =
        "SELECT no, device, compartment, lane, incarnation, next, head FROM casque_log ORDER BY id";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut logs = Vec::new();
    while let Some(row) = rows.next()? {
        logs.push(log_row(row)?);
    }
    Ok(logs)
}

fn log_row(row: &Row<'_>) -> Result<LogRow, StoreError> {
    let damaged = || StoreError::Damaged("a log's row cannot be read".to_owned());
    let compartment: Option<String> = row.get(2)?;
    let lane = Lane::from_number(row.get::<_, i64>(3)?.cast_unsigned()).ok_or_else(damaged)?;
    let descriptor = LogDescriptor {
        device: DeviceKey::from_bytes(row.get(1)?),
        compartment: compartment
            .map(|name| Name::new(&name))
            .transpose()
            .map_err(|_bad| damaged())?,
        lane,
        incarnation: row.get(4)?,
    };
    let height = row.get::<_, i64>(5)?.cast_unsigned();
    let head = Head { height, entry: EntryId::from_bytes(row.get(6)?) };
    Ok(LogRow { number: row.get(0)?, descriptor, head: Some(head).filter(|h| h.height > 0) })
}

/// A record's entries in order of arrival.
pub(crate) fn of_record(
    connection: &Connection,
    record: i64,
) -> Result<Vec<StoredEntry>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM casque_entry e JOIN casque_log l ON l.no = e.log \
         WHERE e.record = ? ORDER BY e.no"
    );
    collect(connection, &sql, [record])
}

/// What a record's entries make of it.
pub(crate) fn fold(history: &[StoredEntry]) -> RecordState<'_> {
    journal::fold(happened(history))
}

/// What a record's entries say; those that were erased say nothing.
pub(crate) fn happened(history: &[StoredEntry]) -> Vec<Happened<'_>> {
    let said = |stored: &'_ StoredEntry| (stored.id, stored.log, stored.at);
    let told = history.iter().filter_map(|stored| Some((said(stored), stored.operation.as_ref()?)));
    told.map(|((entry, log, at), operation)| Happened { entry, log, at, operation }).collect()
}

fn collect(
    connection: &Connection,
    sql: &str,
    parameters: impl rusqlite::Params,
) -> Result<Vec<StoredEntry>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(stored_entry(row)?);
    }
    Ok(entries)
}

pub(crate) fn stored_entry(row: &Row<'_>) -> Result<StoredEntry, StoreError> {
    let sequence = row.get::<_, i64>(3)?.cast_unsigned();
    let codec: i64 = row.get(6)?;
    let operation = if codec == codec::ERASED {
        None
    } else {
        let body = unpack(row, 6, sequence)?;
        Some(Operation::decode(&body)?)
    };
    Ok(StoredEntry {
        number: row.get(0)?,
        id: EntryId::from_bytes(row.get(1)?),
        log: LogId::from_bytes(row.get(2)?),
        sequence,
        at: HybridTime::from_bits(row.get::<_, i64>(4)?.cast_unsigned()),
        received: row.get::<_, Option<i64>>(5)?.map(Timestamp::from_ms),
        operation,
    })
}

fn unpack(row: &Row<'_>, at: usize, sequence: u64) -> Result<Vec<u8>, StoreError> {
    let stored = row.get_ref(at + 1)?.as_blob().map_err(rusqlite::Error::from)?;
    codec::unpack_body(row.get(at)?, stored)
        .map_err(|what| StoreError::Damaged(format!("entry {sequence}: {what}")))
}

/// An entry with its whole header, from columns `sequence, at, codec, body, signature` of a row.
pub(crate) fn whole_entry(
    row: &Row<'_>,
    log: LogId,
    previous: EntryId,
) -> Result<Entry, StoreError> {
    let sequence = row.get::<_, i64>(0)?.cast_unsigned();
    let damaged = |what: &str| StoreError::Damaged(format!("entry {sequence}: {what}"));
    let codec: i64 = row.get(2)?;
    let (body, body_hash, body_len) = if codec == codec::ERASED {
        let stored = row.get_ref(3)?.as_blob().map_err(rusqlite::Error::from)?;
        let (hash, length) = codec::read_erased(stored).ok_or_else(|| damaged("erased badly"))?;
        (Body::Erased, hash, length)
    } else {
        let body = unpack(row, 2, sequence)?;
        let length = u32::try_from(body.len()).map_err(|_over| damaged("too long"))?;
        let hash = *blake3::hash(&body).as_bytes();
        (Body::Present(body), hash, length)
    };
    let at = HybridTime::from_bits(row.get::<_, i64>(1)?.cast_unsigned());
    let header = Header { log, sequence, previous, at, body_len, body_hash };
    Ok(Entry { header, signature: row.get(4)?, body })
}
