//! The folder through which rows go to the importer: held by one load at a time, and gone when it ends.
//!
//! What a killed load left there goes with the next.

use std::fs::{self, File};
use std::path::PathBuf;

use model::finding::Finding;
use policy::Viewer;

use crate::error::{AppError, Kind};
use crate::import::{AsOf, Import, ImportReport, RowFate};
use crate::node::Node;

/// Rows that go to the importer.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'s> {
    pub(super) register: &'s str,
    pub(super) mapping: &'s str,
    /// The name of the file, which the batch keeps.
    pub(super) name: &'s str,
    pub(super) content: &'s [u8],
    pub(super) as_of: Option<AsOf<'s>>,
}

/// The folder.
pub(super) struct Passage {
    folder: PathBuf,
    _held: File,
}

impl Passage {
    /// Opens the folder; refused while another process loads, or has since this node was opened.
    pub(super) fn open(node: &Node) -> Result<Self, AppError> {
        let folder = node.files.folder.join("exercise");
        fs::create_dir_all(&folder).map_err(|error| AppError::file(&folder, error))?;
        let lock = folder.join(".lock");
        let held = File::create(&lock).map_err(|error| AppError::file(&lock, error))?;
        let busy = || AppError::new(Kind::Unavailable, Finding::error("store-busy"));
        held.try_lock().map_err(|_held_by_another| busy())?;
        let passage = Self { folder, _held: held };
        if node.is_current()? { Ok(passage) } else { Err(busy()) }
    }

    /// Imports rows; `each` hears of every one.
    pub(super) fn import(
        &self,
        node: &mut Node,
        by: &Viewer,
        sheet: Sheet<'_>,
        each: &mut dyn FnMut(u64, RowFate),
    ) -> Result<ImportReport, AppError> {
        let path = self.folder.join(sheet.name);
        fs::write(&path, sheet.content).map_err(|error| AppError::file(&path, error))?;
        let import =
            Import { as_of: sheet.as_of, ..Import::of((sheet.register, sheet.mapping), &path) };
        node.import(by, &import, each)
    }
}

impl Drop for Passage {
    fn drop(&mut self) {
        // Where it cannot be removed now, the next load removes it.
        drop(fs::remove_dir_all(&self.folder));
    }
}
