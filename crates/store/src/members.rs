//! Facts about the node rather than about records: its pack, its users, its import batches.
//!
//! Of each the latest is in force (hybrid time, then entry id), on every node the same. Derived: a
//! rebuild reads them again from the entries that are about no record.

use journal::{Act, Batch, Member, Operation, Pack, User};
use model::id::{EntryId, RecordId};
use model::time::hybrid::HybridTime;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::StoreError;
use crate::ground::{Ground, PackFile};

const PACK: i64 = 1;
/// The kind of facts about users.
pub(crate) const USER: i64 = 2;
const BATCH: i64 = 3;

/// A user of this mission.
pub type Account = User;

/// An import batch: its id, when it began, who ran it and what it was.
pub type Begun = (RecordId, HybridTime, u32, Batch);

/// Keeps what an entry without a record says, where it is the latest on its subject.
pub(crate) fn note(
    connection: &Connection,
    entry: EntryId,
    at: HybridTime,
    operation: &Operation,
) -> Result<(), StoreError> {
    let Some((kind, key)) = subject(operation) else { return Ok(()) };
    let sql = "INSERT INTO casque_fact (kind, key, at, entry, body) VALUES (?1, ?2, ?3, ?4, ?5) \
               ON CONFLICT (kind, key) DO UPDATE SET at = ?3, entry = ?4, body = ?5 \
               WHERE (at, entry) < (?3, ?4)";
    let body = operation.encode()?;
    let at = at.as_bits().cast_signed();
    connection.prepare_cached(sql)?.execute(params![kind, key, at, entry.as_bytes(), body])?;
    Ok(())
}

fn subject(operation: &Operation) -> Option<(i64, Vec<u8>)> {
    match &operation.act {
        Act::Pack(_) => Some((PACK, Vec::new())),
        Act::Member(Member::User(user)) => Some((USER, account_key(user.number).to_vec())),
        Act::Batch(_) => Some((BATCH, operation.record?.as_bytes().to_vec())),
        _ => None,
    }
}

/// Where the fact about a user is kept.
pub(crate) fn account_key(user: u32) -> [u8; 4] {
    user.to_be_bytes()
}

impl Ground {
    /// The pack in force: what its entry says, and its files.
    pub fn pack(&self) -> Result<Option<(Pack, Vec<PackFile>)>, StoreError> {
        let Some((_, operation)) = self.fact(PACK, &[])? else { return Ok(None) };
        let Act::Pack(pack) = operation.act else { return Ok(None) };
        let files =
            pack.files.iter().map(|f| PackFile { path: f.path.clone(), blob: f.blob }).collect();
        Ok(Some((pack, files)))
    }

    /// Every user, by number.
    pub fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let users =
            self.facts(USER)?.into_iter().filter_map(|(_, operation)| match operation.act {
                Act::Member(Member::User(user)) => Some(user),
                _ => None,
            });
        Ok(users.collect())
    }

    /// A user by number, and the entry that says so: another entry, another say.
    pub fn account(&self, user: u32) -> Result<Option<(EntryId, Account)>, StoreError> {
        let sql = "SELECT entry, body FROM casque_fact WHERE kind = ? AND key = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        let found: Option<([u8; 32], Vec<u8>)> = statement
            .query_row(params![USER, account_key(user)], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((entry, body)) = found else { return Ok(None) };
        Ok(match Operation::decode(&body)?.act {
            Act::Member(Member::User(user)) => Some((EntryId::from_bytes(entry), user)),
            _ => None,
        })
    }

    /// Every import batch, in the order they began.
    pub fn batches(&self) -> Result<Vec<Begun>, StoreError> {
        let batches = self.facts(BATCH)?.into_iter().filter_map(begun);
        let mut batches: Vec<_> = batches.collect();
        batches.sort_by_key(|(id, at, ..)| (*at, *id));
        Ok(batches)
    }

    /// One import batch.
    pub fn batch(&self, id: &RecordId) -> Result<Option<Begun>, StoreError> {
        Ok(self.fact(BATCH, id.as_bytes())?.and_then(begun))
    }

    fn fact(&self, kind: i64, key: &[u8]) -> Result<Option<(HybridTime, Operation)>, StoreError> {
        let sql = "SELECT at, body FROM casque_fact WHERE kind = ? AND key = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![kind, key])?;
        rows.next()?.map(fact).transpose()
    }

    fn facts(&self, kind: i64) -> Result<Vec<(HybridTime, Operation)>, StoreError> {
        let sql = "SELECT at, body FROM casque_fact WHERE kind = ? ORDER BY key";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([kind])?;
        let mut facts = Vec::new();
        while let Some(row) = rows.next()? {
            facts.push(fact(row)?);
        }
        Ok(facts)
    }
}

fn fact(row: &Row<'_>) -> Result<(HybridTime, Operation), StoreError> {
    let at = HybridTime::from_bits(row.get::<_, i64>(0)?.cast_unsigned());
    let body = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
    Ok((at, Operation::decode(body)?))
}

fn begun((at, operation): (HybridTime, Operation)) -> Option<Begun> {
    let Act::Batch(batch) = operation.act else { return None };
    Some((operation.record?, at, operation.user, batch))
}
