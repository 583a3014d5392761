//! Files attached to records: kept in parts, so that whoever sends one out holds a part of it and not
//! the whole. Written in the transaction of the entry that names them.

use model::id::BlobId;
use rusqlite::{OptionalExtension, params};

use crate::error::StoreError;
use crate::ground::Ground;
use crate::writer::Writer;

/// Bytes of a part; the last one may be shorter.
pub const FILE_PART_BYTES: usize = 256 << 10;

impl Writer<'_> {
    /// Keeps a file under its hash; the same content twice is kept once.
    pub fn put_file(&mut self, content: &[u8]) -> Result<BlobId, StoreError> {
        let id = BlobId::from_bytes(*blake3::hash(content).as_bytes());
        let sql = "INSERT OR IGNORE INTO casque_file_part (id, part, content) VALUES (?, ?, ?)";
        let mut statement = self.connection().prepare_cached(sql)?;
        for (part, bytes) in (0_i64..).zip(content.chunks(FILE_PART_BYTES)) {
            statement.execute(params![id.as_bytes(), part, bytes])?;
        }
        drop(statement);
        Ok(id)
    }
}

impl Ground {
    /// A part of a file, counted from 0; nothing where it has no such part or is not held here.
    pub fn file_part(&self, id: &BlobId, part: u32) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT content FROM casque_file_part WHERE id = ? AND part = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(params![id.as_bytes(), part], |row| row.get(0)).optional()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_is_not_there_is_nothing() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let ground = Ground::create(&folder.path().join("node.sqlite")).expect("made");
        let nobody = BlobId::from_bytes([0; 32]);
        assert_eq!(ground.file_part(&nobody, 0).expect("asked"), None);
    }
}
