//! The journal and its projections on SQLite.
//!
//! Two kinds of tables live in one file. **Ground**: `casque_entry`, `casque_log`, `casque_blob` and
//! the node's own settings; only appended to. **Derived**: one typed table per register under the
//! register's own name, the place-and-time index, the text index, the cube; all of it can be thrown
//! away and rebuilt from the ground ([`Store::rebuild`]), and is written in the same transaction as
//! the entry it derives from.
//!
//! Every read of records takes a [`policy::Viewer`], whose filter goes into the SQL before counting
//! and paging. This crate decides nothing about who may write: that is `app`'s, its only writer.

mod attached;
mod check;
mod clock;
mod codec;
mod convert;
mod cube;
mod entries;
mod error;
mod ground;
mod holdings;
mod members;
mod memory;
mod merged;
mod place_time;
mod points;
mod project;
mod query;
mod rebuild;
mod record;
mod request;
mod schema;
mod sealed;
mod session;
mod sql;
mod state_hash;
mod stays;
mod submission;
mod table;
mod text;
mod throttle;
mod token;
mod totp;
mod windows;
mod writer;

pub use attached::FILE_PART_BYTES;
pub use check::{Damage, JournalCheck};
pub use clock::{ClockGroup, Clocked, Figures};
pub use convert::Cell;
pub use cube::{CubeRow, Sum};
pub use entries::{EntrySpan, StoredEntry};
pub use error::StoreError;
pub use ground::{Ground, PackFile};
pub use members::{Account, Begun};
pub use merged::Merges;
pub use points::{Bin, Point, Points, Selection, Sight};
pub use query::{
    Extent, Found, Group, GroupBy, Order, Page, Query, Row, Standing, Tally, Visit, Visited,
};
pub use rebuild::Rebuilt;
pub use record::{Existing, Whole};
pub use request::Request;
pub use schema::SCHEMA_VERSION;
pub use session::{SecretHash, Session, SessionLimits};
pub use stays::{Known, Stay};
pub use submission::{Fate, Submission, SubmissionFile};
pub use table::Table;
pub use throttle::{Bucket, Guesses, Judgement, ShortHash};
pub use token::Token;
pub use totp::TotpSecrets;
pub use writer::{Admitted, Writer};

use std::collections::BTreeMap;
use std::sync::Arc;

use memory::Registers;
use model::id::Name;

/// An open node database with its pack: what is asked and written through.
#[derive(Debug)]
pub struct Store {
    ground: Ground,
    pack: Arc<mission::pack::Pack>,
    tables: Arc<BTreeMap<Name, Table>>,
    windows: Arc<Registers<windows::Held>>,
    points: Arc<points::Shared>,
}

impl Store {
    /// Joins an open database and the pack it works with. Projections that were made by another
    /// version of this program or for another pack are rebuilt at once.
    pub fn new(ground: Ground, pack: Arc<mission::pack::Pack>) -> Result<Self, StoreError> {
        let tables = Arc::new(table::tables(&ground, &pack)?);
        let mut store =
            Self { ground, pack, tables, windows: Arc::default(), points: Arc::default() };
        store.rebuild_where_stale()?;
        Ok(store)
    }

    /// The same database and pack through another connection, with what is held in memory shared.
    #[must_use]
    pub fn another(&self, ground: Ground) -> Self {
        let (pack, tables) = (Arc::clone(&self.pack), Arc::clone(&self.tables));
        let (windows, points) = (Arc::clone(&self.windows), Arc::clone(&self.points));
        Self { ground, pack, tables, windows, points }
    }

    /// Whether the projections are those of this program and this pack.
    pub fn is_current(&self) -> Result<bool, StoreError> {
        Ok(!self.projection_is_stale()?)
    }

    /// The pack.
    pub fn pack(&self) -> &Arc<mission::pack::Pack> {
        &self.pack
    }

    /// The ground: entries, logs, blobs, accounts.
    pub fn ground(&self) -> &Ground {
        &self.ground
    }

    /// Gives the ground back, to join it with another pack.
    pub fn into_ground(self) -> Ground {
        self.ground
    }

    /// The table of a register.
    pub fn table(&self, register: &Name) -> Result<&Table, StoreError> {
        self.tables.get(register).ok_or_else(|| StoreError::NoRegister(register.clone()))
    }

    pub(crate) fn connection(&self) -> &rusqlite::Connection {
        &self.ground.connection
    }

    /// One moment of the database for a question of several statements: what other processes write
    /// meanwhile shows in the next question. Nothing where a moment is held already.
    pub(crate) fn moment(&self) -> Result<Option<rusqlite::Transaction<'_>>, StoreError> {
        let connection = self.connection();
        Ok(connection.is_autocommit().then(|| connection.unchecked_transaction()).transpose()?)
    }
}
