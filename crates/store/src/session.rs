//! Who is signed in on this node. Never journalled.
//!
//! A session knows the entry that described its user when it began. Whoever changes a user, in this
//! process, another one or on another node, writes another entry, and with it the session is over.

use model::id::EntryId;
use model::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreError;
use crate::ground::Ground;
use crate::members::{USER, account_key};

/// The hash of a secret that a person's browser or a program holds. The secret itself is not kept.
pub type SecretHash = [u8; 32];

/// A session as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The user's number.
    pub user: u32,
    /// The entry that describes the user, then and now.
    pub entry: EntryId,
    /// When it began.
    pub begun: Timestamp,
    /// When it was last written down that it was used.
    pub used: Timestamp,
}

/// What is removed when a session begins.
#[derive(Clone, Copy, Debug)]
pub struct SessionLimits {
    /// Sessions that began before this are over.
    pub begun_after: Timestamp,
    /// Sessions last used before this are over.
    pub used_after: Timestamp,
    /// How many a user keeps, the latest ones.
    pub per_user: u32,
}

impl Ground {
    /// Keeps a new session and removes those that are over.
    pub fn begin_session(
        &self,
        hash: &SecretHash,
        session: &Session,
        limits: SessionLimits,
    ) -> Result<(), StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        let over = "DELETE FROM casque_session WHERE begun < ? OR used < ?";
        let over_since = params![limits.begun_after.as_ms(), limits.used_after.as_ms()];
        transaction.prepare_cached(over)?.execute(over_since)?;
        let account = account_key(session.user);
        let insert = "INSERT INTO casque_session (hash, account, entry, begun, used) \
                      VALUES (?, ?, ?, ?, ?)";
        transaction.prepare_cached(insert)?.execute(params![
            hash,
            account,
            session.entry.as_bytes(),
            session.begun.as_ms(),
            session.used.as_ms(),
        ])?;
        let surplus = "DELETE FROM casque_session WHERE hash IN (SELECT hash FROM casque_session \
                       WHERE account = ? ORDER BY begun DESC LIMIT -1 OFFSET ?)";
        transaction.prepare_cached(surplus)?.execute(params![account, limits.per_user])?;
        Ok(transaction.commit()?)
    }

    /// The session of a secret, while its user is described as when it began.
    pub fn session(&self, hash: &SecretHash) -> Result<Option<Session>, StoreError> {
        let sql = "SELECT s.account, s.entry, s.begun, s.used FROM casque_session s \
                   JOIN casque_fact f ON f.kind = ? AND f.key = s.account AND f.entry = s.entry \
                   WHERE s.hash = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        let found = statement.query_row(params![USER, hash], |row| {
            Ok(Session {
                user: u32::from_be_bytes(row.get(0)?),
                entry: EntryId::from_bytes(row.get(1)?),
                begun: Timestamp::from_ms(row.get(2)?),
                used: Timestamp::from_ms(row.get(3)?),
            })
        });
        Ok(found.optional()?)
    }

    /// Writes down that a session was used.
    pub fn session_used(&self, hash: &SecretHash, at: Timestamp) -> Result<(), StoreError> {
        let sql = "UPDATE casque_session SET used = ?1 WHERE hash = ?2 AND used < ?1";
        self.connection.prepare_cached(sql)?.execute(params![at.as_ms(), hash])?;
        Ok(())
    }

    /// Ends a session, if there is one.
    pub fn end_session(&self, hash: &SecretHash) -> Result<(), StoreError> {
        let sql = "DELETE FROM casque_session WHERE hash = ?";
        self.connection.prepare_cached(sql)?.execute([hash])?;
        Ok(())
    }

    /// Ends the sessions of a user, but for `kept`.
    pub fn end_sessions(&self, user: u32, kept: Option<&SecretHash>) -> Result<(), StoreError> {
        end_all(&self.connection, user, kept)
    }
}

/// Ends the sessions of a user, but for `kept`.
pub(crate) fn end_all(
    connection: &Connection,
    user: u32,
    kept: Option<&SecretHash>,
) -> Result<(), StoreError> {
    let sql = "DELETE FROM casque_session WHERE account = ? AND hash IS NOT ?";
    connection.prepare_cached(sql)?.execute(params![account_key(user), kept])?;
    Ok(())
}
