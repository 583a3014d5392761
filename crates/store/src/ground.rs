//! The ground: opening and creating the file, blobs, settings, passwords.
//!
//! Nothing here knows a register. What tables there are is in `schema`.

use std::path::Path;
use std::time::Duration;

use model::id::BlobId;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use crate::error::StoreError;
use crate::schema::{self, SCHEMA_VERSION};
use crate::session::SecretHash;

/// How often a writer looks whether another process's transaction has ended, and how many times: for
/// 20 seconds. SQLite's own waits grow to a tenth of a second; a process that writes one transaction
/// after another is never found between two of them that way.
const LOOK: Duration = Duration::from_millis(5);
const LOOKS_MAX: i32 = 4_000;
/// How long such a process lets others write between two transactions: some looks.
const WAY_GIVEN: Duration = Duration::from_millis(12);
/// Page cache, in KiB; negative as SQLite wants it.
const CACHE_KIB: i64 = -48 * 1024;
/// Pages of the write-ahead log before they are moved to the database: 64 MiB. A page that many small
/// commits touch is moved once.
const CHECKPOINT_PAGES: i64 = 16_384;
/// How many prepared statements are kept.
const STATEMENTS: usize = 256;

/// A file of the pack a node works with, as its pack entry lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFile {
    /// Path within the pack, with `/`.
    pub path: String,
    /// Its content's name.
    pub blob: BlobId,
}

/// An open database file, before or without its pack.
#[derive(Debug)]
pub struct Ground {
    pub(crate) connection: Connection,
}

impl Ground {
    /// Makes a new database file. The folder exists, the file must not.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.pragma_update(None, "page_size", 4096)?;
        connection.pragma_update_and_check(None, "journal_mode", "wal", |_row| Ok(()))?;
        let ground = Self::prepared(connection)?;
        schema::upgrade(&ground.connection)?;
        Ok(ground)
    }

    /// Opens an existing database file, and brings one of an older version up to this one.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let ground = Self::prepared(Connection::open_with_flags(path, flags)?)?;
        match schema::version(&ground.connection)? {
            SCHEMA_VERSION => {}
            0 => return Err(StoreError::Damaged("it holds no Casque tables".to_owned())),
            _ => schema::upgrade(&ground.connection)?,
        }
        Ok(ground)
    }

    fn prepared(mut connection: Connection) -> Result<Self, StoreError> {
        connection.busy_handler(Some(look_again))?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        connection.pragma_update(None, "synchronous", "full")?;
        connection.pragma_update(None, "cache_size", CACHE_KIB)?;
        connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
        connection.pragma_update(None, "temp_store", "memory")?;
        connection.pragma_update(None, "mmap_size", 1_i64 << 33)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        crate::sql::functions::register(&connection)?;
        Ok(Self { connection })
    }

    /// Lets whoever waits write now, between two transactions of something long.
    pub fn give_way(&self) {
        pause(WAY_GIVEN);
    }

    /// A setting of this node, or nothing.
    pub fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        setting(&self.connection, name)
    }

    /// Keeps a setting of this node.
    pub fn set_setting(&self, name: &str, value: &[u8]) -> Result<(), StoreError> {
        keep_setting(&self.connection, name, value)
    }

    /// Keeps content under its hash; the same content twice is kept once.
    pub fn put_blob(&self, content: &[u8]) -> Result<BlobId, StoreError> {
        let id = BlobId::from_bytes(*blake3::hash(content).as_bytes());
        let packed = crate::codec::pack_blob(content)?;
        let sql = "INSERT OR IGNORE INTO casque_blob (id, size, content) VALUES (?, ?, ?)";
        let size = i64::try_from(content.len()).unwrap_or(i64::MAX);
        self.connection.prepare_cached(sql)?.execute(params![id.as_bytes(), size, packed])?;
        Ok(id)
    }

    /// Content by its hash, checked against it; nothing where this node does not hold it.
    pub fn blob(&self, id: &BlobId) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT size, content FROM casque_blob WHERE id = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        let found: Option<(i64, Vec<u8>)> = statement
            .query_row([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((size, packed)) = found else { return Ok(None) };
        let content = crate::codec::unpack_blob(&packed, size)?;
        if blake3::hash(&content).as_bytes() == id.as_bytes() {
            Ok(Some(content))
        } else {
            Err(StoreError::Damaged(format!("content {id} does not match its hash")))
        }
    }

    /// The argon2 hash of a user's password, or nothing. Never journalled: it stays on this node.
    pub fn credential(&self, user: u32) -> Result<Option<String>, StoreError> {
        let sql = "SELECT password FROM casque_credential WHERE user = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row([user], |row| row.get(0)).optional()?)
    }

    /// Keeps the argon2 hash of a user's password, and ends the sessions that the one before began,
    /// but for `kept`: that of whoever changes their own.
    pub fn set_credential(
        &self,
        user: u32,
        password: &str,
        kept: Option<&SecretHash>,
    ) -> Result<(), StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        let sql = "INSERT OR REPLACE INTO casque_credential (user, password) VALUES (?, ?)";
        transaction.prepare_cached(sql)?.execute(params![user, password])?;
        crate::session::end_all(&transaction, user, kept)?;
        Ok(transaction.commit()?)
    }

    /// What SQLite itself finds wrong with the file; empty when nothing is.
    pub fn integrity(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare("PRAGMA quick_check(20)")?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
        let lines: Vec<String> = lines.collect::<Result<_, _>>()?;
        Ok(lines.into_iter().filter(|line| line != "ok").collect())
    }
}

/// A setting of a node, or nothing.
pub(crate) fn setting(connection: &Connection, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let sql = "SELECT value FROM casque_setting WHERE name = ?";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

/// Keeps a setting of a node.
pub(crate) fn keep_setting(
    connection: &Connection,
    name: &str,
    value: &[u8],
) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO casque_setting (name, value) VALUES (?, ?)";
    connection.prepare_cached(sql)?.execute(params![name, value])?;
    Ok(())
}

/// Waits for another process's transaction; whether it is worth to try once more.
fn look_again(looks: i32) -> bool {
    pause(LOOK);
    looks < LOOKS_MAX
}

#[expect(clippy::disallowed_methods, reason = "nobody is told when a database is free")]
fn pause(time: Duration) {
    std::thread::sleep(time);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On a file system the same is tested in `tests/it/disk.rs`, where the system grants one.
    #[test]
    fn a_file_that_may_not_grow_is_full_and_goes_on_when_it_may() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let ground = Ground::create(&folder.path().join("node.sqlite")).expect("made");
        let kept = ground.put_blob(b"kept").expect("room for this");
        let pages: i64 = ground
            .connection
            .pragma_query_value(None, "page_count", |row| row.get(0))
            .expect("read");
        let allow = |pages: i64| {
            let allowed =
                ground.connection.pragma_update_and_check(None, "max_page_count", pages, |row| {
                    row.get::<_, i64>(0)
                });
            assert_eq!(allowed, Ok(pages));
        };
        allow(pages + 2);
        // Every byte of it differs from its neighbours, so it does not get smaller.
        let large: Vec<u8> = (0..40_000_u32)
            .map(|number| blake3::hash(&number.to_be_bytes()).as_bytes()[0])
            .collect();
        let full = ground.put_blob(&large);
        assert!(matches!(full, Err(StoreError::Full(_))), "{full:?}");
        assert_eq!(ground.blob(&kept).expect("read").as_deref(), Some(&b"kept"[..]));
        allow(pages + 1_000);
        let id = ground.put_blob(&large).expect("room again");
        assert_eq!(ground.blob(&id).expect("read"), Some(large));
    }
}
