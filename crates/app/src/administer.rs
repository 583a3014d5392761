//! What an administrator does to the node as a whole: verify, rebuild, look into the journal.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;

use journal::Act;
use journal::wire::file::Writer as JournalWriter;
use model::finding::Finding;
use policy::Viewer;
use serde_json::{Value as Json, json};
use store::{EntrySpan, StoredEntry};

use crate::accounts::must_administer;
use crate::doctor::journal_damage;
use crate::error::AppError;
use crate::node::Node;
use crate::shown::{Step, hex, step};

/// What verifying the journal found.
#[derive(Debug, Clone)]
pub struct Verified {
    /// Logs read.
    pub logs: usize,
    /// Entries that are as they were signed.
    pub entries: u64,
    /// The first bad entry of each damaged log.
    pub damage: Vec<Finding>,
}

/// What a rebuild gave.
#[derive(Debug, Clone, Copy)]
pub struct Rebuilt {
    /// Records made anew.
    pub records: u64,
    /// The hash of everything derived before.
    pub before: [u8; 32],
    /// The same after.
    pub after: [u8; 32],
}

impl Node {
    /// Checks every hash, link and signature of the journal.
    pub fn verify(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Verified, AppError> {
        let check = self.store.verify(progress)?;
        let mut damage: Vec<Finding> = check.damage.iter().map(journal_damage).collect();
        if check.orphans > 0 {
            damage.push(Finding::error("journal-orphans").with("count", check.orphans));
        }
        Ok(Verified { logs: check.logs, entries: check.good, damage })
    }

    /// Makes everything derived anew from the journal and compares it with what there was.
    pub fn rebuild(
        &mut self,
        viewer: &Viewer,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Rebuilt, AppError> {
        must_administer(viewer)?;
        let before = self.store.state_hash()?;
        let rebuilt = self.store.rebuild(progress)?;
        let after = self.store.state_hash()?;
        Ok(Rebuilt { records: rebuilt.records, before, after })
    }

    /// Makes everything derived anew without comparing; how many records.
    pub fn rebuild_only(&mut self, viewer: &Viewer) -> Result<u64, AppError> {
        must_administer(viewer)?;
        Ok(self.store.rebuild(&mut |_done, _all| {})?.records)
    }

    /// The hash of everything derived: equal on every node with the same entries and pack.
    pub fn state_hash(&self) -> Result<[u8; 32], AppError> {
        Ok(self.store.state_hash()?)
    }

    /// Entries in order of arrival, after a number, with that number for the next call. What an entry
    /// says of a record the viewer may not read is withheld.
    pub fn journal(
        &self,
        viewer: &Viewer,
        after: i64,
        limit: usize,
    ) -> Result<Vec<(i64, Step)>, AppError> {
        must_administer(viewer)?;
        let names = self.user_names()?;
        let entries = self.store.entries(EntrySpan { after, limit })?;
        let step_of = |stored: &StoredEntry| {
            let mut step = step(stored, &names);
            if !self.may_read(viewer, stored)? {
                step["record"] = Json::Null;
                step["detail"] = Json::Null;
                step["reason"] = Json::Null;
            }
            Ok((stored.number, Step(step)))
        };
        entries.iter().map(step_of).collect()
    }

    /// Whether the viewer may read the record an entry is about. That the entry exists is no secret
    /// of the record's: the chain has a link there.
    fn may_read(&self, viewer: &Viewer, stored: &StoredEntry) -> Result<bool, AppError> {
        let Some(operation) = &stored.operation else { return Ok(true) };
        match (&operation.act, operation.record) {
            (Act::Batch(_), _) | (_, None) => Ok(true),
            (_, Some(record)) => Ok(self.store.register_of(viewer, &record)?.is_some()),
        }
    }

    /// Writes each log of the journal to a file of its own in `folder`, which anybody can verify
    /// with `docs/journal-format.md`; how many entries.
    pub fn export_journal(&self, viewer: &Viewer, folder: &Path) -> Result<u64, AppError> {
        must_administer(viewer)?;
        fs::create_dir_all(folder).map_err(|error| AppError::file(folder, error))?;
        let mut entries = 0;
        for (descriptor, head) in self.store.heads()? {
            let path = folder.join(format!("{}.journal", descriptor.id()));
            let failed = |error| AppError::file(&path, error);
            let file = BufWriter::new(File::create_new(&path).map_err(failed)?);
            let mut writer = JournalWriter::new(file, &descriptor).map_err(failed)?;
            self.store.log_entries::<AppError>(&descriptor, &mut |entry| {
                writer.entry(&entry).map_err(failed)
            })?;
            let file = writer.finish().map_err(failed)?;
            let file = file.into_inner().map_err(|error| failed(error.into_error()))?;
            file.sync_all().map_err(failed)?;
            entries += head.height;
        }
        Ok(entries)
    }

    /// Every log with its height and head: what this node has.
    pub fn heads(&self) -> Result<Json, AppError> {
        let heads = self.store.heads()?;
        let head = |(log, head): &(journal::LogDescriptor, journal::Head)| {
            json!({
                "log": log.id().to_string(),
                "device": log.device.to_string(),
                "lane": log.lane.code(),
                "compartment": log.compartment.as_ref().map(model::id::Name::as_str),
                "entries": head.height,
                "head": head.entry.to_string(),
            })
        };
        Ok(heads.iter().map(head).collect())
    }

    /// Every import batch, oldest first.
    pub fn batches(&self, viewer: &Viewer) -> Result<Json, AppError> {
        must_administer(viewer)?;
        let names = self.user_names()?;
        let batches = self.store.ground().batches()?;
        let batch = |(id, at, user, batch): &store::Begun| {
            json!({
                "id": id.to_string(),
                "at": at.wall().to_string(),
                "importer": names.of(*user),
                "register": batch.register.as_str(),
                "mapping": batch.mapping.as_str(),
                "file": batch.file_name,
                "file_hash": hex(&batch.file_hash),
                "rows": batch.rows,
            })
        };
        Ok(batches.iter().map(batch).collect())
    }

    /// How many live records each register holds, whoever may read them.
    pub fn record_counts(&self, viewer: &Viewer) -> Result<Json, AppError> {
        must_administer(viewer)?;
        Ok(json!(self.store.record_counts()?))
    }
}
