//! Requests whose answer may be lost on the way: what each was and what it made, so that sending it
//! again makes nothing twice. Kept in the transaction that does what is asked; never journalled.

use model::id::RecordId;
use rusqlite::{OptionalExtension, params};

use crate::error::StoreError;
use crate::ground::Ground;
use crate::writer::Writer;

/// A request as it is kept. Of its key and its content there are hashes only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// Of who asked, for what, and the key they gave.
    pub key: [u8; 32],
    /// Of what they gave.
    pub content: [u8; 32],
    /// The record it made.
    pub record: RecordId,
}

impl Ground {
    /// The request of a key.
    pub fn request(&self, key: &[u8; 32]) -> Result<Option<Request>, StoreError> {
        let sql = "SELECT content, record FROM casque_request WHERE key = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        let found = statement.query_row([key], |row| {
            let record = RecordId::from_bytes(row.get(1)?);
            Ok(Request { key: *key, content: row.get(0)?, record })
        });
        Ok(found.optional()?)
    }
}

impl Writer<'_> {
    /// Keeps a request with what it made; whether none of its key was there before.
    pub fn keep_request(&self, request: &Request) -> Result<bool, StoreError> {
        let sql = "INSERT INTO casque_request (key, content, record) VALUES (?, ?, ?) \
                   ON CONFLICT (key) DO NOTHING";
        let row = params![request.key, request.content, request.record.as_bytes()];
        Ok(self.connection().prepare_cached(sql)?.execute(row)? > 0)
    }
}
