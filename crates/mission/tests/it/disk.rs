//! Packs as folders on disk.

use std::fs;
use std::path::{Path, PathBuf};

use mission::folder::{Folder, Packs};

/// The folder that holds the packs of this repository.
pub(crate) struct Disk;

impl Packs for Disk {
    fn folder(&self, name: &str) -> Option<Folder> {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../packs").join(name);
        root.is_dir().then(|| {
            let mut folder = Folder::default();
            read(&root, "", &mut folder);
            folder
        })
    }
}

fn read(directory: &Path, prefix: &str, folder: &mut Folder) {
    for entry in fs::read_dir(directory).expect("a readable folder") {
        let entry = entry.expect("a readable entry");
        let name = entry.file_name().into_string().expect("a name in UTF-8");
        let path = format!("{prefix}{name}");
        if entry.path().is_dir() {
            read(&entry.path(), &format!("{path}/"), folder);
        } else {
            folder.insert(path, fs::read(entry.path()).expect("a readable file"));
        }
    }
}
