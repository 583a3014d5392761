//! How often somebody has guessed, so that guessing stays slow after a restart too. Never journalled.
//!
//! How long one waits after how many guesses is the caller's to say; this counts. What strangers can
//! make rows for is bounded: the rows that have been quiet the longest go first.

use model::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use crate::error::StoreError;
use crate::ground::Ground;

/// Rows of a kind that strangers can make.
const STRANGERS_MAX: i64 = 4_096;
/// Addresses that are remembered for a user.
const KNOWN_ADDRESSES_MAX: i64 = 16;

/// The bytes an address or a name is known by here.
pub type ShortHash = [u8; 16];

/// What guesses are counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bucket {
    /// A user, from addresses they have not signed in from.
    User(u32),
    /// A user, from addresses they have signed in from.
    UserKnown(u32),
    /// A name that no user has.
    Name(ShortHash),
    /// An address.
    Address(ShortHash),
}

impl Bucket {
    fn row(self) -> (i64, Vec<u8>) {
        match self {
            Self::User(user) => (1, user.to_be_bytes().to_vec()),
            Self::UserKnown(user) => (2, user.to_be_bytes().to_vec()),
            Self::Name(hash) => (3, hash.to_vec()),
            Self::Address(hash) => (4, hash.to_vec()),
        }
    }

    const fn is_of_strangers(self) -> bool {
        matches!(self, Self::Name(_) | Self::Address(_))
    }
}

/// The guesses counted in a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guesses {
    /// How many, less those forgiven since.
    pub level: u32,
    /// When the last one was counted.
    pub last: Timestamp,
}

/// What the caller says of a further guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It may be made; this is the count with it.
    Counted(Guesses),
    /// It may not be made for so many milliseconds; this is the count as it stays.
    Wait(i64, Guesses),
}

impl Ground {
    /// Counts a guess in every bucket, or in none and gives the milliseconds to wait. One guess after
    /// the other, whoever asks at the same time.
    pub fn count_guess(
        &self,
        buckets: &[Bucket],
        judge: impl Fn(Bucket, Option<Guesses>) -> Judgement,
    ) -> Result<Option<i64>, StoreError> {
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let mut wait = None;
        let mut counts = Vec::new();
        for bucket in buckets {
            let before = guesses(&transaction, *bucket)?;
            let judgement = judge(*bucket, before);
            if let Judgement::Wait(ms, _) = judgement {
                wait = wait.max(Some(ms));
            }
            counts.push((*bucket, before, judgement));
        }
        for (bucket, before, judgement) in counts {
            match judgement {
                Judgement::Counted(after) if wait.is_none() => keep(&transaction, bucket, after)?,
                Judgement::Wait(_, after) if before != Some(after) => {
                    keep(&transaction, bucket, after)?;
                }
                _ => {}
            }
        }
        transaction.commit()?;
        Ok(wait)
    }

    /// Takes back a guess that was none: it was right.
    pub fn forgive_guess(&self, buckets: &[Bucket]) -> Result<(), StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        for bucket in buckets {
            let (kind, key) = bucket.row();
            let sql =
                "UPDATE casque_throttle SET level = max(level - 1, 0) WHERE kind = ? AND key = ?";
            transaction.prepare_cached(sql)?.execute(params![kind, key])?;
        }
        Ok(transaction.commit()?)
    }

    /// Forgets the guesses at a user.
    pub fn forget_guesses(&self, user: u32) -> Result<(), StoreError> {
        for bucket in [Bucket::User(user), Bucket::UserKnown(user)] {
            let (kind, key) = bucket.row();
            let sql = "DELETE FROM casque_throttle WHERE kind = ? AND key = ?";
            self.connection.prepare_cached(sql)?.execute(params![kind, key])?;
        }
        Ok(())
    }

    /// Whether a user has signed in from an address since an instant.
    pub fn knows_address(
        &self,
        user: u32,
        address: &ShortHash,
        since: Timestamp,
    ) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM casque_known_address WHERE user = ? AND address = ? AND last >= ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.exists(params![user, address, since.as_ms()])?)
    }

    /// Remembers that a user has signed in from an address; of many the latest.
    pub fn know_address(
        &self,
        user: u32,
        address: &ShortHash,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        let insert =
            "INSERT OR REPLACE INTO casque_known_address (user, address, last) VALUES (?, ?, ?)";
        transaction.prepare_cached(insert)?.execute(params![user, address, at.as_ms()])?;
        let surplus = "DELETE FROM casque_known_address WHERE user = ?1 AND address IN \
                       (SELECT address FROM casque_known_address WHERE user = ?1 \
                        ORDER BY last DESC LIMIT -1 OFFSET ?2)";
        transaction.prepare_cached(surplus)?.execute(params![user, KNOWN_ADDRESSES_MAX])?;
        Ok(transaction.commit()?)
    }
}

fn guesses(connection: &Connection, bucket: Bucket) -> Result<Option<Guesses>, StoreError> {
    let (kind, key) = bucket.row();
    let sql = "SELECT level, last FROM casque_throttle WHERE kind = ? AND key = ?";
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_row(params![kind, key], |row| {
        Ok(Guesses { level: row.get(0)?, last: Timestamp::from_ms(row.get(1)?) })
    });
    Ok(found.optional()?)
}

fn keep(connection: &Connection, bucket: Bucket, guesses: Guesses) -> Result<(), StoreError> {
    let (kind, key) = bucket.row();
    let sql = "INSERT OR REPLACE INTO casque_throttle (kind, key, level, last) VALUES (?, ?, ?, ?)";
    let row = params![kind, key, guesses.level, guesses.last.as_ms()];
    connection.prepare_cached(sql)?.execute(row)?;
    if bucket.is_of_strangers() {
        let surplus = "DELETE FROM casque_throttle WHERE kind = ?1 AND key IN \
                       (SELECT key FROM casque_throttle WHERE kind = ?1 \
                        ORDER BY last DESC LIMIT -1 OFFSET ?2)";
        connection.prepare_cached(surplus)?.execute(params![kind, STRANGERS_MAX])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ground() -> (tempfile::TempDir, Ground) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let ground = Ground::create(&folder.path().join("node.sqlite")).expect("made");
        (folder, ground)
    }

    fn at(ms: i64) -> Guesses {
        Guesses { level: 1, last: Timestamp::from_ms(ms) }
    }

    fn rows(ground: &Ground, sql: &str) -> i64 {
        ground.connection.query_row(sql, [], |row| row.get(0)).expect("counted")
    }

    #[test]
    fn made_up_names_do_not_fill_the_disk_and_push_no_user_out() {
        let (_folder, ground) = ground();
        let count = |bucket, ms| {
            let counted = ground.count_guess(&[bucket], |_, _| Judgement::Counted(at(ms)));
            assert_eq!(counted.expect("counted"), None);
        };
        ground.connection.execute_batch("PRAGMA synchronous = off").expect("quick");
        count(Bucket::User(7), 0);
        for number in 1..=STRANGERS_MAX + 50 {
            let mut hash = [0; 16];
            hash[..8].copy_from_slice(&number.to_be_bytes());
            count(Bucket::Name(hash), number);
        }
        let of_names = "SELECT count(*) FROM casque_throttle WHERE kind = 3";
        assert_eq!(rows(&ground, of_names), STRANGERS_MAX);
        let oldest = "SELECT min(last) FROM casque_throttle WHERE kind = 3";
        assert_eq!(rows(&ground, oldest), 51, "the longest quiet went");
        assert_eq!(guesses(&ground.connection, Bucket::User(7)).expect("read"), Some(at(0)));
    }

    #[test]
    fn one_bucket_that_waits_keeps_the_guess_out_of_all() {
        let (_folder, ground) = ground();
        let buckets = [Bucket::User(7), Bucket::Address([1; 16])];
        let waited = ground.count_guess(&buckets, |bucket, before| match bucket {
            Bucket::User(_) => Judgement::Counted(at(5)),
            _ => Judgement::Wait(900, before.unwrap_or(at(5))),
        });
        assert_eq!(waited.expect("judged"), Some(900));
        assert_eq!(guesses(&ground.connection, buckets[0]).expect("read"), None);
    }

    #[test]
    fn the_latest_addresses_of_a_user_are_known() {
        let (_folder, ground) = ground();
        for number in 0..20 {
            let at = Timestamp::from_ms(i64::from(number));
            ground.know_address(7, &[number; 16], at).expect("kept");
        }
        let known = |user, number: u8, since| {
            let since = Timestamp::from_ms(since);
            ground.knows_address(user, &[number; 16], since).expect("read")
        };
        assert!(!known(7, 3, 0) && known(7, 4, 0) && known(7, 19, 19));
        assert!(!known(7, 19, 20), "too long ago");
        assert!(!known(8, 19, 0), "somebody else's");
    }
}
