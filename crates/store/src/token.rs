//! Tokens that programs act with on this node. Never journalled; only their hashes are kept.

use model::id::EntryId;
use model::time::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use crate::error::StoreError;
use crate::ground::Ground;
use crate::members::{USER, account_key};
use crate::session::SecretHash;

/// A token as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is named by; no secret.
    pub id: String,
    /// Whose it is.
    pub user: u32,
    /// What its owner calls it.
    pub name: String,
    /// What it may be used for, as a number of the caller's.
    pub scope: u8,
    /// When it was made.
    pub created: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
    /// When it was last written down that it was used.
    pub used: Option<Timestamp>,
}

const COLUMNS: &str = "t.id, t.account, t.name, t.scope, t.created, t.expires, t.used";

impl Ground {
    /// Keeps a new token.
    pub fn add_token(&self, hash: &SecretHash, token: &Token) -> Result<(), StoreError> {
        let sql = "INSERT INTO casque_token (hash, id, account, name, scope, created, expires) \
                   VALUES (?, ?, ?, ?, ?, ?, ?)";
        self.connection.prepare_cached(sql)?.execute(params![
            hash,
            token.id,
            account_key(token.user),
            token.name,
            token.scope,
            token.created.as_ms(),
            token.expires.as_ms(),
        ])?;
        Ok(())
    }

    /// The token of a secret, and the entry that now describes its owner.
    pub fn token(&self, hash: &SecretHash) -> Result<Option<(Token, EntryId)>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, f.entry FROM casque_token t \
             JOIN casque_fact f ON f.kind = ? AND f.key = t.account WHERE t.hash = ?"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_row(params![USER, hash], |row| {
            Ok((token_of(row)?, EntryId::from_bytes(row.get(7)?)))
        });
        Ok(found.optional()?)
    }

    /// The tokens of a user, the oldest first.
    pub fn tokens(&self, user: u32) -> Result<Vec<Token>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM casque_token t WHERE t.account = ? ORDER BY t.created, t.id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let tokens = statement.query_map([account_key(user)], token_of)?;
        Ok(tokens.collect::<Result<_, _>>()?)
    }

    /// Writes down that a token was used.
    pub fn token_used(&self, id: &str, at: Timestamp) -> Result<(), StoreError> {
        let sql = "UPDATE casque_token SET used = ?1 WHERE id = ?2 AND coalesce(used, ?1 - 1) < ?1";
        self.connection.prepare_cached(sql)?.execute(params![at.as_ms(), id])?;
        Ok(())
    }

    /// Removes a token of a user; whether there was one.
    pub fn remove_token(&self, user: u32, id: &str) -> Result<bool, StoreError> {
        let sql = "DELETE FROM casque_token WHERE account = ? AND id = ?";
        let removed =
            self.connection.prepare_cached(sql)?.execute(params![account_key(user), id])?;
        Ok(removed > 0)
    }

    /// Removes the tokens, whoever's, that ended before an instant.
    pub fn remove_tokens_ended(&self, before: Timestamp) -> Result<(), StoreError> {
        let sql = "DELETE FROM casque_token WHERE expires < ?";
        self.connection.prepare_cached(sql)?.execute([before.as_ms()])?;
        Ok(())
    }
}

fn token_of(row: &Row<'_>) -> rusqlite::Result<Token> {
    Ok(Token {
        id: row.get(0)?,
        user: u32::from_be_bytes(row.get(1)?),
        name: row.get(2)?,
        scope: row.get(3)?,
        created: Timestamp::from_ms(row.get(4)?),
        expires: Timestamp::from_ms(row.get(5)?),
        used: row.get::<_, Option<i64>>(6)?.map(Timestamp::from_ms),
    })
}
