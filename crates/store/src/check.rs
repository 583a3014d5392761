//! Verifying the whole journal: every hash, every link of every chain, every signature.

use journal::{Entry, Head, Header, LogDescriptor, Verifier};
use model::id::{EntryId, LogId};
use rusqlite::Connection;

use crate::Store;
use crate::entries::{self, LogRow};
use crate::error::StoreError;

/// Entries read and checked together.
const CHUNK: usize = 1_024;

/// What verifying found.
#[derive(Debug, Clone, Default)]
pub struct JournalCheck {
    /// Logs read.
    pub logs: usize,
    /// Entries that are as they were signed.
    pub good: u64,
    /// The first bad entry of each damaged log.
    pub damage: Vec<Damage>,
    /// Entries of logs that are gone or that have no place in theirs: nobody can say whose they were.
    pub orphans: u64,
}

/// The first entry of a log that is not as it was signed.
#[derive(Debug, Clone)]
pub struct Damage {
    /// The log.
    pub log: LogId,
    /// Whose log it is.
    pub descriptor: LogDescriptor,
    /// The place of the entry in the log.
    pub sequence: u64,
    /// What is wrong with it, in English.
    pub cause: String,
}

impl Store {
    /// Checks every entry of every log; `progress` hears of entries done and in all. Damage is a
    /// result, not an error; an error is a database that cannot be read at all.
    pub fn verify(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<JournalCheck, StoreError> {
        let _moment = self.moment()?;
        let all = self.entry_count()?;
        let mut check = JournalCheck { orphans: self.orphans()?, ..JournalCheck::default() };
        for log in entries::logs(self.connection())? {
            check.logs += 1;
            let before = check.good;
            let mut walk = Walk { good: 0, progress: &mut |done| progress(before + done, all) };
            let outcome = walk.log(self.connection(), &log);
            check.good += walk.good;
            if let Err((sequence, cause)) = outcome {
                let descriptor = log.descriptor.clone();
                check.damage.push(Damage { log: descriptor.id(), descriptor, sequence, cause });
            }
        }
        Ok(check)
    }
}

impl Store {
    fn orphans(&self) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM casque_entry \
                   WHERE log NOT IN (SELECT no FROM casque_log) OR sequence < 0";
        let orphans: i64 = self.connection().query_row(sql, [], |row| row.get(0))?;
        Ok(orphans.cast_unsigned())
    }

    /// Hands every entry of a log to `take`, in order, as it goes over the wire.
    pub fn log_entries<E: From<StoreError>>(
        &self,
        descriptor: &LogDescriptor,
        take: &mut dyn FnMut(Entry) -> Result<(), E>,
    ) -> Result<(), E> {
        let _moment = self.moment()?;
        let id = descriptor.id();
        let sql = "SELECT e.sequence, e.at, e.codec, e.body, e.signature, e.id FROM casque_entry e \
                   JOIN casque_log l ON l.no = e.log WHERE l.id = ? ORDER BY e.sequence";
        let mut statement = self.connection().prepare(sql).map_err(StoreError::from)?;
        let mut rows = statement.query([id.as_bytes()]).map_err(StoreError::from)?;
        let mut previous = Header::NO_PREVIOUS;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let entry = entries::whole_entry(row, id, previous)?;
            previous = entry.id();
            take(entry)?;
        }
        Ok(())
    }
}

struct Walk<'p> {
    good: u64,
    progress: &'p mut dyn FnMut(u64),
}

impl Walk<'_> {
    fn log(&mut self, connection: &Connection, log: &LogRow) -> Result<(), (u64, String)> {
        let here = |error: StoreError| (0, error.to_string());
        let mut verifier = Verifier::new(&log.descriptor, None).map_err(|e| here(e.into()))?;
        let sql = "SELECT sequence, at, codec, body, signature, id FROM casque_entry \
                   WHERE log = ? AND sequence >= 0 ORDER BY sequence";
        let mut statement = connection.prepare(sql).map_err(|e| here(e.into()))?;
        let mut rows = statement.query([log.number]).map_err(|e| here(e.into()))?;
        let mut chunk = Chunk::new(log.descriptor.id());
        loop {
            let at = self.good + chunk.entries.len() as u64;
            let row = rows.next().map_err(|error| (at, error.to_string()))?;
            if let Some(row) = row
                && let Err(what) = chunk.read(row)
            {
                // An entry before this one may be bad by its signature: the first is named.
                self.check(&mut verifier, &mut chunk)?;
                return Err((at, what));
            }
            if row.is_none() || chunk.entries.len() == CHUNK {
                self.check(&mut verifier, &mut chunk)?;
            }
            if row.is_none() {
                return reached(verifier.head(), log.head);
            }
        }
    }

    fn check(&mut self, verifier: &mut Verifier, chunk: &mut Chunk) -> Result<(), (u64, String)> {
        let outcome = verifier.check(&chunk.entries);
        self.good = verifier.head().map_or(0, |head| head.height);
        (self.progress)(self.good);
        chunk.entries.clear();
        outcome.map_err(|error| (error.sequence, error.cause.to_string()))
    }
}

/// A log that lost its end verifies as far as it goes; its head says how far it went.
fn reached(found: Option<Head>, expected: Option<Head>) -> Result<(), (u64, String)> {
    let height = found.map_or(0, |head| head.height);
    match expected {
        Some(head) if head.height > height => {
            Err((height, format!("it is missing; the log had {} entries", head.height)))
        }
        _ if found == expected => Ok(()),
        _ => Err((height.saturating_sub(1), "it is not the head the log had".to_owned())),
    }
}

struct Chunk {
    log: LogId,
    previous: EntryId,
    entries: Vec<Entry>,
}

impl Chunk {
    fn new(log: LogId) -> Self {
        Self { log, previous: Header::NO_PREVIOUS, entries: Vec::with_capacity(CHUNK) }
    }

    /// Reads a row; the id it was stored under must be the one its bytes have.
    fn read(&mut self, row: &rusqlite::Row<'_>) -> Result<(), String> {
        let entry = entries::whole_entry(row, self.log, self.previous)
            .map_err(|error| error.to_string())?;
        let held: [u8; 32] = row.get(5).map_err(|error| error.to_string())?;
        let held = EntryId::from_bytes(held);
        if held != entry.id() {
            return Err("it is not as it was signed: its hash is another".to_owned());
        }
        self.previous = held;
        self.entries.push(entry);
        Ok(())
    }
}
