//! What tables the ground has, and how a file of an older version gets those it lacks.
//!
//! The file's own version is in `user_version`. Every version adds to the one before it and changes
//! nothing of it; a newer file is refused.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::error::StoreError;

/// The version of the ground tables this program reads and writes.
pub const SCHEMA_VERSION: i64 = 5;

/// What each version adds, the first one first: a new file runs all of them, an older one those it
/// lacks. A text here is never changed once files have it.
const VERSIONS: [&str; 5] = [GROUND, ACCESS, FILES, REQUESTS, SUBMISSIONS];

const GROUND: &str = "
CREATE TABLE casque_setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID, STRICT;
CREATE TABLE casque_log (
    no INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, device BLOB NOT NULL, compartment TEXT,
    lane INTEGER NOT NULL, incarnation INTEGER NOT NULL,
    next INTEGER NOT NULL, head BLOB NOT NULL
) STRICT;
CREATE TABLE casque_entry (
    no INTEGER PRIMARY KEY, log INTEGER NOT NULL, sequence INTEGER NOT NULL, at INTEGER NOT NULL,
    record INTEGER, codec INTEGER NOT NULL, received INTEGER,
    id BLOB NOT NULL, signature BLOB NOT NULL, body BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX casque_entry_sequence ON casque_entry (log, sequence);
CREATE INDEX casque_entry_record ON casque_entry (record) WHERE record IS NOT NULL;
CREATE TABLE casque_record (
    no INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, register INTEGER NOT NULL DEFAULT 0,
    state INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE casque_register (no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE casque_code (no INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE casque_blob (id BLOB PRIMARY KEY, size INTEGER NOT NULL, content BLOB NOT NULL) WITHOUT ROWID, STRICT;
CREATE TABLE casque_fact (
    kind INTEGER NOT NULL, key BLOB NOT NULL, at INTEGER NOT NULL, entry BLOB NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID, STRICT;
CREATE TABLE casque_credential (user INTEGER PRIMARY KEY, password TEXT NOT NULL) STRICT;
CREATE TABLE casque_place_time (
    register INTEGER NOT NULL, cell INTEGER NOT NULL, time INTEGER NOT NULL, record INTEGER NOT NULL,
    lon INTEGER NOT NULL, lat INTEGER NOT NULL, classification INTEGER, caveat INTEGER,
    PRIMARY KEY (register, cell, time, record)
) WITHOUT ROWID, STRICT;
CREATE TABLE casque_cube (
    register INTEGER NOT NULL, area TEXT NOT NULL, year INTEGER NOT NULL,
    classification INTEGER NOT NULL, caveat INTEGER NOT NULL, months BLOB NOT NULL,
    PRIMARY KEY (register, area, year, classification, caveat)
) WITHOUT ROWID, STRICT;
";

/// Who is signed in on this node, and who tries to be. Of secrets there are hashes only, but for
/// those of one-time codes, which must be read. Never journalled, never given to another node.
const ACCESS: &str = "
CREATE TABLE casque_session (
    hash BLOB PRIMARY KEY, account BLOB NOT NULL, entry BLOB NOT NULL,
    begun INTEGER NOT NULL, used INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX casque_session_account ON casque_session (account, begun);
CREATE TABLE casque_token (
    hash BLOB PRIMARY KEY, id TEXT NOT NULL UNIQUE, account BLOB NOT NULL, name TEXT NOT NULL,
    scope INTEGER NOT NULL, created INTEGER NOT NULL, expires INTEGER NOT NULL, used INTEGER
) WITHOUT ROWID, STRICT;
CREATE INDEX casque_token_account ON casque_token (account);
CREATE TABLE casque_totp (
    user INTEGER PRIMARY KEY, secret BLOB, pending BLOB, step INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE casque_throttle (
    kind INTEGER NOT NULL, key BLOB NOT NULL, level INTEGER NOT NULL, last INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID, STRICT;
CREATE INDEX casque_throttle_last ON casque_throttle (kind, last);
CREATE TABLE casque_known_address (
    user INTEGER NOT NULL, address BLOB NOT NULL, last INTEGER NOT NULL,
    PRIMARY KEY (user, address)
) WITHOUT ROWID, STRICT;
";

/// Files attached to records, in parts.
const FILES: &str = "
CREATE TABLE casque_file_part (
    no INTEGER PRIMARY KEY, id BLOB NOT NULL, part INTEGER NOT NULL, content BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX casque_file_part_id ON casque_file_part (id, part);
";

/// Requests that must not be carried out twice: what each was, and the record it made. This node's
/// own, never journalled.
const REQUESTS: &str = "
CREATE TABLE casque_request (
    key BLOB PRIMARY KEY, content BLOB NOT NULL, record BLOB NOT NULL
) WITHOUT ROWID, STRICT;
";

/// What phones sent, as it came, with what became of it. This node's own, never journalled.
const SUBMISSIONS: &str = "
CREATE TABLE casque_submission (
    no INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, account BLOB NOT NULL, instance TEXT NOT NULL,
    form TEXT NOT NULL, fate INTEGER NOT NULL, record BLOB, entries BLOB NOT NULL,
    device TEXT NOT NULL, received INTEGER NOT NULL, bytes INTEGER NOT NULL, reasons TEXT NOT NULL,
    codec INTEGER NOT NULL, xml BLOB NOT NULL
) STRICT;
CREATE INDEX casque_submission_instance ON casque_submission (account, instance);
CREATE INDEX casque_submission_received ON casque_submission (account, received, bytes);
CREATE INDEX casque_submission_open ON casque_submission (no) WHERE fate > 2;
CREATE TABLE casque_submission_file (
    submission BLOB NOT NULL, name TEXT NOT NULL, blob BLOB NOT NULL, bytes INTEGER NOT NULL,
    media_type TEXT NOT NULL, PRIMARY KEY (submission, name, blob)
) WITHOUT ROWID, STRICT;
";

/// The version of a file; 0 where it has no tables of ours.
pub(crate) fn version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Runs what the file lacks, all of it or nothing. Another process may have been quicker, so the
/// version is read under the lock.
pub(crate) fn upgrade(connection: &Connection) -> Result<(), StoreError> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    let found = version(&transaction)?;
    if found > SCHEMA_VERSION {
        return Err(StoreError::Newer { found, known: SCHEMA_VERSION });
    }
    for added in VERSIONS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        transaction.execute_batch(added)?;
    }
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    Ok(transaction.commit()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_adds_its_text() {
        assert_eq!(i64::try_from(VERSIONS.len()), Ok(SCHEMA_VERSION));
    }
}
