//! Map tiles: what is drawn, kept and shared by all open connections of a process.
//!
//! A tile is made when it is first asked for and kept while there is room. What is kept of records
//! is kept under what may be seen and what was asked, never under a user's name.

mod cache;
mod drawing;
mod json;
mod records;

use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use model::finding::Finding;
use spatial::mvt;
use spatial::tile::TileAddress;

use crate::error::AppError;
use crate::node::Node;
use crate::packs;
use cache::Cache;
use drawing::Drawing;
pub use records::TileQuestion;

/// The most bytes of tiles a process keeps: 64 MiB.
const KEPT_BYTES_MAX: usize = 64 << 20;
/// What a tile takes beside its bytes.
const OVERHEAD_BYTES: usize = 400;
/// The last zoom the map is drawn at; programs enlarge it from there.
const BASEMAP_ZOOM_MAX: u8 = 14;

/// What tiles are drawn from, and tiles that were drawn.
#[derive(Debug)]
pub(crate) struct Tiles {
    drawing: Mutex<Option<Arc<Drawing>>>,
    kept: Mutex<Cache>,
}

impl Default for Tiles {
    fn default() -> Self {
        Self { drawing: Mutex::default(), kept: Mutex::new(Cache::new(KEPT_BYTES_MAX)) }
    }
}

/// A tile as it is sent.
#[derive(Debug, Clone)]
pub struct Tile {
    /// The bytes of a vector tile; none where nothing is there to be seen.
    pub bytes: Arc<[u8]>,
    /// Changes when the bytes do: 32 characters of hexadecimal.
    pub tag: String,
    packed: Arc<OnceLock<Arc<[u8]>>>,
}

impl Tile {
    fn of(bytes: Vec<u8>) -> Self {
        let tag = blake3::hash(&bytes).to_hex().chars().take(32).collect();
        Self { bytes: bytes.into(), tag, packed: Arc::default() }
    }

    /// The bytes packed with gzip, once for all who ask for them.
    pub fn packed(&self) -> Result<Arc<[u8]>, AppError> {
        if let Some(packed) = self.packed.get() {
            return Ok(Arc::clone(packed));
        }
        let mut packing = exchange::write::packed(Vec::new());
        packing.write_all(&self.bytes)?;
        let packed: Arc<[u8]> = packing.finish()?.into();
        Ok(Arc::clone(self.packed.get_or_init(|| packed)))
    }

    /// What it takes in memory at most: packed it is hardly ever larger.
    fn bytes_max(&self) -> usize {
        2 * self.bytes.len() + OVERHEAD_BYTES
    }
}

impl Node {
    /// A tile of the map under the records: land, borders, areas and settlements.
    pub fn basemap_tile(&self, z: u8, x: u32, y: u32) -> Result<Tile, AppError> {
        let address = address((z, x, y), BASEMAP_ZOOM_MAX)?;
        let key = cache::Key { question: [0; 32], address };
        if let Some(tile) = self.tiles.kept(&key) {
            return Ok(tile);
        }
        let layers = self.drawing()?.layers(address);
        let tile = Tile::of(mvt::encode(&layers));
        self.tiles.keep(key, &tile);
        Ok(tile)
    }

    /// The map under the records as `TileJSON` 3.0; `tiles` is the address of a tile with `{z}`,
    /// `{x}` and `{y}` in it.
    pub fn basemap_json(&self, tiles: &str) -> Result<serde_json::Value, AppError> {
        let drawing = self.drawing()?;
        Ok(json::basemap(self.pack(), &drawing, tiles))
    }

    fn drawing(&self) -> Result<Arc<Drawing>, AppError> {
        if let Some(drawing) = lock(&self.tiles.drawing).as_ref() {
            return Ok(Arc::clone(drawing));
        }
        let places = self.places()?;
        let basemap = packs::basemap_of_node(self.store.ground())?;
        let drawing = Arc::new(Drawing::of(basemap, &places, self.pack()));
        *lock(&self.tiles.drawing) = Some(Arc::clone(&drawing));
        Ok(drawing)
    }
}

impl Tiles {
    fn kept(&self, key: &cache::Key) -> Option<Tile> {
        lock(&self.kept).get(key)
    }

    fn keep(&self, key: cache::Key, tile: &Tile) {
        lock(&self.kept).insert(key, tile.clone());
    }
}

/// The address of a tile of a set that ends with `zoom_max`.
fn address((z, x, y): (u8, u32, u32), zoom_max: u8) -> Result<TileAddress, AppError> {
    let outside = || {
        let finding = Finding::error("tile-outside").with("tile", format!("{z}/{x}/{y}"));
        AppError::invalid(vec![finding.with("max", zoom_max)])
    };
    if z > zoom_max {
        return Err(outside());
    }
    TileAddress::new(z, x, y).map_err(|_no_tile| outside())
}

/// What a thread that failed left behind is whole: tiles are put in and taken out in one step.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
