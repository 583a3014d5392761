//! The one way to append: a transaction that holds new entries and everything derived from them.
//!
//! Nothing is acknowledged before [`Writer::commit`] returns; dropping a writer leaves the database
//! as it was. Heads of logs are read inside the transaction, so two processes on one node append one
//! after the other and never fork a log.

use std::collections::BTreeMap;

use journal::{
    Act, Body, Entry, Happened, Head, Header, Lane, LogDescriptor, LogWriter, Operation, Signer,
    Verifier,
};
use model::id::{EntryId, LogId, Name, RecordId};
use model::time::Timestamp;
use model::time::hybrid::{HybridClock, HybridTime};
use model::value::Value;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use crate::Store;
use crate::codec;
use crate::error::StoreError;
use crate::ground::{keep_setting, setting};
use crate::members;
use crate::project::{self, Projector};
use crate::table::Table;

/// Where the hybrid clock is kept between transactions.
pub(crate) const CLOCK_SETTING: &str = "clock";

/// A log as the database holds it.
#[derive(Debug, Clone)]
pub(crate) struct LogState {
    pub(crate) number: i64,
    pub(crate) head: Option<Head>,
}

/// What became of entries from elsewhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Admitted {
    /// Entries that were new here.
    pub new: usize,
    /// Entries this node already had, byte for byte.
    pub known: usize,
}

/// An open transaction.
#[derive(Debug)]
pub struct Writer<'s> {
    transaction: Transaction<'s>,
    tables: &'s BTreeMap<Name, Table>,
    signer: &'s Signer,
    incarnation: u32,
    now: Timestamp,
    clock: HybridClock,
    logs: BTreeMap<LogId, LogState>,
    projector: Projector,
}

impl Store {
    /// Begins a transaction at `now`. Waits for another process's to end.
    pub fn write<'s>(
        &'s mut self,
        signer: &'s Signer,
        incarnation: u32,
        now: Timestamp,
    ) -> Result<Writer<'s>, StoreError> {
        let Self { ground, tables, .. } = self;
        let transaction =
            ground.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let last = setting(&transaction, CLOCK_SETTING)?.and_then(|bytes| bytes.try_into().ok());
        let last = HybridTime::from_bits(last.map_or(0, u64::from_be_bytes));
        let projector = Projector::new(&transaction)?;
        let clock = HybridClock::after(last);
        let logs = BTreeMap::new();
        Ok(Writer { transaction, tables, signer, incarnation, now, clock, logs, projector })
    }
}

impl Writer<'_> {
    /// Signs and appends an operation of this node; its entry's id.
    pub fn append(
        &mut self,
        lane: Lane,
        compartment: Option<&Name>,
        operation: &Operation,
    ) -> Result<EntryId, StoreError> {
        let body = operation.encode()?;
        let descriptor = LogDescriptor {
            device: self.signer.device(),
            compartment: compartment.cloned(),
            lane,
            incarnation: self.incarnation,
        };
        let at = self.clock.tick(self.now);
        let head = self.log(&descriptor)?.head;
        let entry = LogWriter::new(self.signer, &descriptor, head)?.append(at, body)?;
        self.insert(&descriptor, &entry, Some(operation), None)
    }

    /// Takes entries of one log that came from elsewhere: verifies all before it keeps any. Entries
    /// this node has already are passed over; they must be the same.
    pub fn admit(
        &mut self,
        descriptor: &LogDescriptor,
        entries: &[Entry],
    ) -> Result<Admitted, StoreError> {
        let log = self.log(descriptor)?.clone();
        let height = log.head.map_or(0, |head| head.height);
        let known = entries.iter().take_while(|entry| entry.header.sequence < height).count();
        let (old, new) = entries.split_at(known);
        self.compare(&log, old)?;
        Verifier::new(descriptor, log.head)?.check(new)?;
        for entry in new {
            let operation = entry.body.bytes().map(Operation::decode).transpose()?;
            self.clock.observe(entry.header.at, self.now);
            self.insert(descriptor, entry, operation.as_ref(), Some(self.now))?;
        }
        Ok(Admitted { new: new.len(), known })
    }

    /// Keeps a setting of this node together with the entries.
    pub fn set_setting(&self, name: &str, value: &[u8]) -> Result<(), StoreError> {
        keep_setting(&self.transaction, name, value)
    }

    /// Makes everything since the beginning durable and visible at once.
    pub fn commit(mut self) -> Result<(), StoreError> {
        self.projector.finish(&self.transaction, self.tables)?;
        for log in self.logs.values() {
            let Some(head) = log.head else { continue };
            let sql = "UPDATE casque_log SET next = ?, head = ? WHERE no = ?";
            let row = params![head.height.cast_signed(), head.entry.as_bytes(), log.number];
            self.transaction.prepare_cached(sql)?.execute(row)?;
        }
        let bits = self.clock.tick(self.now).as_bits().to_be_bytes();
        keep_setting(&self.transaction, CLOCK_SETTING, &bits)?;
        self.transaction.commit()?;
        Ok(())
    }

    /// A field of a row that [`Self::row_for`] gave.
    pub fn shown<'v>(
        &self,
        register: &Name,
        values: &'v [Option<Value>],
        field: &Name,
    ) -> Option<&'v Value> {
        let at = self.tables.get(register)?.position(field.as_str())?;
        values.get(at)?.as_ref()
    }

    /// The table of a register.
    pub fn table(&self, register: &Name) -> Result<&Table, StoreError> {
        self.tables.get(register).ok_or_else(|| StoreError::NoRegister(register.clone()))
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.transaction
    }

    fn log(&mut self, descriptor: &LogDescriptor) -> Result<&mut LogState, StoreError> {
        let id = descriptor.id();
        if !self.logs.contains_key(&id) {
            let state = open_log(&self.transaction, descriptor)?;
            self.logs.insert(id, state);
        }
        self.logs.get_mut(&id).ok_or_else(|| StoreError::Damaged("a log vanished".to_owned()))
    }

    fn compare(&self, log: &LogState, entries: &[Entry]) -> Result<(), StoreError> {
        let sql = "SELECT id FROM casque_entry WHERE log = ? AND sequence = ?";
        let mut statement = self.transaction.prepare_cached(sql)?;
        for entry in entries {
            let Header { sequence, .. } = entry.header;
            let at = params![log.number, sequence.cast_signed()];
            let held: [u8; 32] = statement.query_row(at, |row| row.get(0))?;
            if held != *entry.id().as_bytes() {
                let what = format!("log {} has two entries {sequence}", entry.header.log);
                return Err(StoreError::Forked(what));
            }
        }
        Ok(())
    }

    fn insert(
        &mut self,
        descriptor: &LogDescriptor,
        entry: &Entry,
        operation: Option<&Operation>,
        received: Option<Timestamp>,
    ) -> Result<EntryId, StoreError> {
        let id = entry.id();
        let record = match operation {
            Some(Operation { act: Act::Batch(_), .. }) | None => None,
            Some(operation) => operation
                .record
                .map(|record| project::place_of(&self.transaction, &record))
                .transpose()?,
        };
        let log = self.log(descriptor)?;
        log.head = Some(Head { height: entry.header.sequence.saturating_add(1), entry: id });
        let number = log.number;
        let (codec, stored) = match &entry.body {
            Body::Present(body) => codec::pack_body(body),
            Body::Erased => codec::erased(&entry.header),
        };
        let sql = "INSERT INTO casque_entry (log, sequence, at, record, codec, received, id, \
                   signature, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        self.transaction.prepare_cached(sql)?.execute(params![
            number,
            entry.header.sequence.cast_signed(),
            entry.header.at.as_bits().cast_signed(),
            record.map(|record| record.number),
            codec,
            received.map(Timestamp::as_ms),
            id.as_bytes(),
            entry.signature,
            stored,
        ])?;
        match (record, operation) {
            (Some(record), Some(operation)) => {
                let Header { log, at, .. } = entry.header;
                let happened = Happened { entry: id, log, at, operation };
                self.projector.touch(&self.transaction, self.tables, record, happened)?;
            }
            (None, Some(operation)) => {
                members::note(&self.transaction, id, entry.header.at, operation)?;
            }
            (_, None) => {}
        }
        Ok(id)
    }
}

fn open_log(
    transaction: &Transaction<'_>,
    descriptor: &LogDescriptor,
) -> Result<LogState, StoreError> {
    let id = descriptor.id();
    let select = "SELECT no, next, head FROM casque_log WHERE id = ?";
    let found: Option<(i64, i64, [u8; 32])> = transaction
        .prepare_cached(select)?
        .query_row([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    if let Some((number, next, head)) = found {
        let head = Head { height: next.cast_unsigned(), entry: EntryId::from_bytes(head) };
        return Ok(LogState { number, head: Some(head).filter(|head| head.height > 0) });
    }
    let insert = "INSERT INTO casque_log (id, device, compartment, lane, incarnation, next, head) \
                  VALUES (?, ?, ?, ?, ?, 0, ?)";
    transaction.prepare_cached(insert)?.execute(params![
        id.as_bytes(),
        descriptor.device.as_bytes(),
        descriptor.compartment.as_ref().map(Name::as_str),
        descriptor.lane.number(),
        descriptor.incarnation,
        Header::NO_PREVIOUS.as_bytes(),
    ])?;
    Ok(LogState { number: transaction.last_insert_rowid(), head: None })
}

/// Where a record is in the database.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RecordPlace {
    pub(crate) number: i64,
    pub(crate) id: RecordId,
    /// Whether it was first heard of in this transaction.
    pub(crate) fresh: bool,
}
