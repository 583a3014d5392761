//! A pack's folder in memory, and its hash.
//!
//! A file may be known by its hash alone: a node that opens its pack need not load the places.

use std::collections::BTreeMap;

use model::id::BlobId;

/// Where packs are found by name: a directory of folders, a node's own store, a test.
pub trait Packs {
    /// The folder of the pack of this name; `None` where there is none.
    fn folder(&self, name: &str) -> Option<Folder>;
}

/// The files of one pack by their path, with `/` between the parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder(BTreeMap<String, File>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum File {
    Held(Vec<u8>),
    Named(BlobId),
}

impl Folder {
    /// Adds a file with its content.
    pub fn insert(&mut self, path: impl Into<String>, content: Vec<u8>) {
        self.0.insert(path.into(), File::Held(content));
    }

    /// Adds a file of which only the hash is at hand.
    pub fn insert_named(&mut self, path: impl Into<String>, id: BlobId) {
        self.0.insert(path.into(), File::Named(id));
    }

    /// The content of a file, where it is held.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        match self.0.get(path)? {
            File::Held(content) => Some(content),
            File::Named(_) => None,
        }
    }

    /// Whether there is such a file, held or named.
    pub fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// Every path, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Every path with the hash of its file.
    pub fn ids(&self) -> impl Iterator<Item = (&str, BlobId)> {
        self.0.iter().map(|(path, file)| (path.as_str(), file.id()))
    }

    /// The hash of the folder: BLAKE3 over the sorted paths, each with the BLAKE3 hash of its file.
    pub fn hash(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_derive_key("casque pack folder v1");
        for (path, id) in self.ids() {
            hasher.update(&(path.len() as u64).to_be_bytes());
            hasher.update(path.as_bytes());
            hasher.update(id.as_bytes());
        }
        *hasher.finalize().as_bytes()
    }
}

impl File {
    fn id(&self) -> BlobId {
        match self {
            Self::Held(content) => BlobId::from_bytes(*blake3::hash(content).as_bytes()),
            Self::Named(id) => *id,
        }
    }
}

impl<P: Into<String>, C: Into<Vec<u8>>> FromIterator<(P, C)> for Folder {
    fn from_iter<I: IntoIterator<Item = (P, C)>>(files: I) -> Self {
        let held = |(path, content): (P, C)| (path.into(), File::Held(content.into()));
        Self(files.into_iter().map(held).collect())
    }
}

impl Packs for BTreeMap<String, Folder> {
    fn folder(&self, name: &str) -> Option<Folder> {
        self.get(name).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_depends_on_every_path_and_byte_and_on_nothing_else() {
        let base: Folder = [("a", "xy"), ("b", "z")].into_iter().collect();
        let same: Folder = [("b", "z"), ("a", "xy")].into_iter().collect();
        assert_eq!(base.hash(), same.hash());
        for other in
            [[("a", "x"), ("b", "yz")], [("a", "xy"), ("c", "z")], [("ab", "xy"), ("b", "z")]]
        {
            assert_ne!(base.hash(), other.into_iter().collect::<Folder>().hash());
        }
    }

    #[test]
    fn a_file_known_by_its_hash_counts_like_the_file() {
        let held: Folder = [("places/adm1.geojson", "{}")].into_iter().collect();
        let mut named = Folder::default();
        named.insert_named(
            "places/adm1.geojson",
            BlobId::from_bytes(*blake3::hash(b"{}").as_bytes()),
        );
        assert_eq!(held.hash(), named.hash());
        assert!(named.has("places/adm1.geojson"));
        assert_eq!(named.get("places/adm1.geojson"), None);
    }
}
