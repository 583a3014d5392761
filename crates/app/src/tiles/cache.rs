//! Tiles that were made, as many as fit: the ones nobody asked for lately go first.
//!
//! There are two generations. What is asked for is young; when the young ones fill half of the room,
//! they become the old ones, and those that were old until then are dropped.

use std::collections::BTreeMap;

use spatial::tile::TileAddress;

use super::Tile;

/// What a tile is kept under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// A hash of everything the tile depends on but its address.
    pub(super) question: [u8; 32],
    /// Its address.
    pub(super) address: TileAddress,
}

/// Tiles within a limit of bytes.
#[derive(Debug)]
pub(super) struct Cache {
    young: BTreeMap<Key, Tile>,
    old: BTreeMap<Key, Tile>,
    young_bytes: usize,
    bytes_max: usize,
}

impl Cache {
    pub(super) fn new(bytes_max: usize) -> Self {
        Self { young: BTreeMap::new(), old: BTreeMap::new(), young_bytes: 0, bytes_max }
    }

    pub(super) fn get(&mut self, key: &Key) -> Option<Tile> {
        if let Some(tile) = self.young.get(key) {
            return Some(tile.clone());
        }
        let tile = self.old.remove(key)?;
        self.insert(*key, tile.clone());
        Some(tile)
    }

    pub(super) fn insert(&mut self, key: Key, tile: Tile) {
        let bytes = tile.bytes_max();
        if bytes > self.bytes_max / 2 {
            return;
        }
        if self.young_bytes + bytes > self.bytes_max / 2 {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
        let before = self.young.insert(key, tile);
        let freed = before.map_or(0, |tile| tile.bytes_max());
        self.young_bytes = self.young_bytes + bytes - freed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(x: u32) -> Key {
        Key { question: [0; 32], address: TileAddress::new(10, x, 0).expect("an address") }
    }

    fn tile(bytes: usize) -> Tile {
        Tile::of(vec![7; bytes])
    }

    #[test]
    fn what_is_asked_for_stays_and_the_rest_goes() {
        let mut cache = Cache::new(10_000);
        for x in 0..100 {
            cache.insert(key(x), tile(800));
            assert!(cache.get(&key(0)).is_some(), "asked for every time, after {x}");
        }
        assert!(cache.get(&key(99)).is_some() && cache.get(&key(1)).is_none());
        let kept: usize = cache.young.values().chain(cache.old.values()).map(Tile::bytes_max).sum();
        assert!(kept <= 10_000, "{kept}");
    }

    #[test]
    fn what_is_too_large_is_not_kept() {
        let mut cache = Cache::new(10_000);
        cache.insert(key(0), tile(9_000));
        assert!(cache.get(&key(0)).is_none());
    }

    #[test]
    fn a_tile_put_in_twice_counts_once() {
        let mut cache = Cache::new(10_000);
        for _ in 0..50 {
            cache.insert(key(0), tile(800));
        }
        assert_eq!((cache.young.len(), cache.young_bytes), (1, 2_000));
    }
}
