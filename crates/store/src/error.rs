//! What can go wrong with the database, sorted by what a caller would do about it.

use model::finding::Finding;
use model::id::Name;
use rusqlite::ErrorCode;
use thiserror::Error;

/// A failed operation on the store. Nothing of the operation has been kept.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The disk or a quota is full.
    #[error("no space left while writing the node's database")]
    Full(#[source] rusqlite::Error),
    /// The folder or file cannot be written.
    #[error("the node's database cannot be written")]
    ReadOnly(#[source] rusqlite::Error),
    /// The disk fails, or a quota is used up.
    #[error("the disk failed under the node's database")]
    Disk(#[source] rusqlite::Error),
    /// Another process has held the database for too long.
    #[error("another process is writing to this node")]
    Busy(#[source] rusqlite::Error),
    /// The file is not a database, or pages of it are damaged.
    #[error("the node's database is damaged: {0}")]
    Damaged(String),
    /// The file cannot be opened.
    #[error("the node's database cannot be opened")]
    CannotOpen(#[source] rusqlite::Error),
    /// Nobody can tell whether another process makes the derived tables anew.
    #[error("the node's lock cannot be had")]
    Lock(#[source] std::io::Error),
    /// The database was made by a newer program.
    #[error("the node's database has version {found}, this program knows {known}")]
    Newer {
        /// Version found in the file.
        found: i64,
        /// Version this program writes.
        known: i64,
    },
    /// The pack has no register of this name.
    #[error("there is no register `{0}`")]
    NoRegister(Name),
    /// An operation cannot be written as an entry.
    #[error("the operation cannot be written: {0}")]
    Encode(#[from] journal::EncodeError),
    /// An entry from elsewhere that cannot be taken.
    #[error("an entry was refused: {0}")]
    Refused(#[from] journal::VerifyError),
    /// Bytes of a body that are no operation.
    #[error("an entry cannot be read: {0}")]
    Decode(#[from] journal::DecodeError),
    /// A log's device key is no key.
    #[error(transparent)]
    BadKey(#[from] journal::BadDeviceKey),
    /// An entry could not be made.
    #[error("an entry could not be made: {0}")]
    Append(#[from] journal::AppendError),
    /// Two different entries claim one place in a log: its device was cloned or lies.
    #[error("a log has forked: {0}")]
    Forked(String),
    /// Anything else the database says.
    #[error("the database failed")]
    Database(#[source] rusqlite::Error),
}

impl StoreError {
    /// What a person is told.
    pub fn finding(&self) -> Finding {
        match self {
            Self::Full(_) => Finding::error("store-full"),
            Self::ReadOnly(_) => Finding::error("store-read-only"),
            Self::Disk(source) => Finding::error("store-disk-failed").with("what", source),
            Self::Busy(_) => Finding::error("store-busy"),
            Self::Damaged(what) => Finding::error("store-damaged").with("what", what),
            Self::CannotOpen(source) => Finding::error("store-cannot-open").with("what", source),
            Self::Lock(source) => Finding::error("store-cannot-open").with("what", source),
            Self::Newer { found, known } => {
                Finding::error("store-newer").with("found", found).with("known", known)
            }
            Self::NoRegister(name) => {
                Finding::error("register-unknown").with("register", name).with("nearest", "")
            }
            Self::Encode(what) => Finding::error("entry-too-large").with("what", what),
            Self::Append(what) => Finding::error("entry-too-large").with("what", what),
            Self::Refused(what) => Finding::error("entry-refused").with("what", what),
            Self::Decode(what) => Finding::error("entry-refused").with("what", what),
            Self::BadKey(what) => Finding::error("entry-refused").with("what", what),
            Self::Forked(what) => Finding::error("entry-forked").with("what", what),
            Self::Database(source) => Finding::error("store-failed").with("what", source),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full(error),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly(error),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(error),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged(error.to_string())
            }
            Some(ErrorCode::SystemIoFailure) => Self::Disk(error),
            Some(ErrorCode::CannotOpen) => Self::CannotOpen(error),
            _ => Self::Database(error),
        }
    }
}
