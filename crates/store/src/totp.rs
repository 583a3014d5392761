//! The secrets of one-time codes, and the last step of each that was used. Never journalled.

use rusqlite::{OptionalExtension, params};

use crate::error::StoreError;
use crate::ground::Ground;

/// What is kept of a user's one-time codes.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TotpSecrets {
    /// The secret in force; none where the user needs no code.
    pub active: Option<Vec<u8>>,
    /// The secret that a first code has yet to confirm.
    pub pending: Option<Vec<u8>>,
}

impl std::fmt::Debug for TotpSecrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TotpSecrets")
            .field("active", &self.active.is_some())
            .finish_non_exhaustive()
    }
}

impl Ground {
    /// The secrets of a user's one-time codes.
    pub fn totp(&self, user: u32) -> Result<TotpSecrets, StoreError> {
        let sql = "SELECT secret, pending FROM casque_totp WHERE user = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        let found = statement
            .query_row([user], |row| Ok(TotpSecrets { active: row.get(0)?, pending: row.get(1)? }));
        Ok(found.optional()?.unwrap_or_default())
    }

    /// Keeps a secret that is not yet in force, in place of another such one.
    pub fn set_totp_pending(&self, user: u32, secret: &[u8]) -> Result<(), StoreError> {
        let sql = "INSERT INTO casque_totp (user, pending) VALUES (?1, ?2) \
                   ON CONFLICT (user) DO UPDATE SET pending = ?2";
        self.connection.prepare_cached(sql)?.execute(params![user, secret])?;
        Ok(())
    }

    /// Puts the pending secret in force, its code of `step` being used; whether it was still that.
    pub fn confirm_totp(&self, user: u32, pending: &[u8], step: u64) -> Result<bool, StoreError> {
        let sql = "UPDATE casque_totp SET secret = pending, pending = NULL, step = ?3 \
                   WHERE user = ?1 AND pending = ?2 AND secret IS NULL";
        let row = params![user, pending, step.cast_signed()];
        Ok(self.connection.prepare_cached(sql)?.execute(row)? > 0)
    }

    /// Uses the code of a step up; whether neither it nor a later one was used before.
    pub fn use_totp_step(&self, user: u32, step: u64) -> Result<bool, StoreError> {
        let sql = "UPDATE casque_totp SET step = ?2 WHERE user = ?1 AND step < ?2";
        Ok(self.connection.prepare_cached(sql)?.execute(params![user, step.cast_signed()])? > 0)
    }

    /// Removes a user's secrets; whether one was in force.
    pub fn remove_totp(&self, user: u32) -> Result<bool, StoreError> {
        let had = self.totp(user)?.active.is_some();
        let sql = "DELETE FROM casque_totp WHERE user = ?";
        self.connection.prepare_cached(sql)?.execute([user])?;
        Ok(had)
    }
}
