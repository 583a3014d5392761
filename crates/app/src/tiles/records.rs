//! Tiles of a register: every record as a point, or where those are too many, sums of them in bins.
//!
//! Whatever a tile is made of was chosen with the viewer's rights before it was counted. Tiles are
//! kept under those rights and the question as one filter, and the version of the points, so that
//! viewers who may see the same share them and nobody else does.

use model::id::Name;
use model::limits::TILE_BYTES_MAX;
use policy::{Action, Viewer};
use spatial::mvt::{self, Attribute, Key, Layer, Tag, ValuePlace};
use spatial::tile::TileAddress;
use store::{Bin, Point, Points, Sight};

use super::{Tile, address, cache, json};
use crate::ask::{Question, whole_filter};
use crate::error::AppError;
use crate::node::Node;

/// The last zoom records are drawn at.
pub(super) const ZOOM_MAX: u8 = 16;
/// The layer of single records.
pub(super) const POINTS: &str = "points";
/// The layer of sums.
pub(super) const BINS: &str = "bins";
/// How many records a tile shows one by one at any zoom.
const POINTS_ALWAYS: usize = 1_000;
/// From this zoom on records lie apart, and so many are shown one by one.
const POINTS_APART: (u8, usize) = (9, 9_000);
/// With how many records each has its id, which takes as much room as all the rest.
const IDS_MAX: usize = 4_000;
/// The largest tile of the lowest zooms, which come over thin links first.
const LOW_TILE: (u8, usize) = (4, 40_000);
/// Bins along a side of a tile, as a power of two.
const SIDE_BITS: u32 = 6;

/// What is asked of a register's tiles.
#[derive(Debug, Clone, Default)]
pub struct TileQuestion {
    /// Which records; fields, order and page are passed over.
    pub question: Question,
    /// Bins along a side of a tile: 8, 16, 32 or 64, the last where nothing is asked.
    pub cells: Option<u32>,
}

impl Node {
    /// A tile of the records the viewer may read. Absent where they have no place.
    pub fn register_tile(
        &self,
        viewer: &Viewer,
        asked: &TileQuestion,
        (z, x, y): (u8, u32, u32),
    ) -> Result<Tile, AppError> {
        let address = address((z, x, y), ZOOM_MAX)?;
        let side_bits = side_bits(asked.cells)?;
        let question = &asked.question;
        let register = self.readable_register(viewer, &question.register)?;
        let filter = whole_filter(question, &register)?;
        let table = self.store.table(&register.name)?;
        let seen = table.seen(viewer, Action::Read, &filter, &[]).to_text();
        let search = question.search.as_deref();
        let version = self.store.points_version(&register.name)?;
        let version = version.ok_or_else(|| absent(&register.name))?;
        let parts =
            [register.name.as_str(), &version.to_string(), &seen, search.unwrap_or_default()];
        let key = cache::Key { question: hash(&parts, (search.is_some(), side_bits)), address };
        if let Some(tile) = self.tiles.kept(&key) {
            return Ok(tile);
        }
        let sight = self.store.sight(viewer, &register.name, &filter, search)?;
        let sight = sight.ok_or_else(|| absent(&register.name))?;
        let fields = self.store.point_fields(&register.name)?;
        let names = Names {
            codes: fields.0.iter().map(ToString::to_string).collect(),
            figures: fields.1.iter().map(ToString::to_string).collect(),
        };
        let tile = Tile::of(Drawer { address, sight: &sight, names: &names }.tile(side_bits));
        if sight.points.since() == version {
            self.tiles.keep(key, &tile);
        }
        Ok(tile)
    }

    /// A register's tiles as `TileJSON` 3.0; `tiles` is the address of a tile with `{z}`, `{x}` and
    /// `{y}` in it. Absent as a tile is.
    pub fn register_tiles_json(
        &self,
        viewer: &Viewer,
        register: &str,
        tiles: &str,
    ) -> Result<serde_json::Value, AppError> {
        let register = self.readable_register(viewer, register)?;
        if !self.store.has_points(&register.name)? {
            return Err(absent(&register.name));
        }
        let fields = self.store.point_fields(&register.name)?;
        Ok(json::register(self.pack(), &register.name, &fields, tiles))
    }
}

/// A register whose records have no place has no tiles.
fn absent(register: &Name) -> AppError {
    AppError::absent("tiles-absent", register)
}

fn side_bits(cells: Option<u32>) -> Result<u32, AppError> {
    match cells {
        None | Some(64) => Ok(SIDE_BITS),
        Some(32) => Ok(SIDE_BITS - 1),
        Some(16) => Ok(SIDE_BITS - 2),
        Some(8) => Ok(SIDE_BITS - 3),
        Some(other) => {
            let finding = model::finding::Finding::error("tile-cells").with("value", other);
            Err(AppError::invalid(vec![finding]))
        }
    }
}

fn hash(parts: &[&str], (has_search, side_bits): (bool, u32)) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.update(&[u8::from(has_search)]);
    hasher.update(&side_bits.to_be_bytes());
    *hasher.finalize().as_bytes()
}

/// What a tile's features are said to be.
struct Names {
    codes: Vec<String>,
    figures: Vec<String>,
}

/// Makes one tile.
struct Drawer<'d> {
    address: TileAddress,
    sight: &'d Sight,
    names: &'d Names,
}

impl Drawer<'_> {
    fn tile(&self, side_bits: u32) -> Vec<u8> {
        let Sight { points, selection } = self.sight;
        let (apart_from, apart_max) = POINTS_APART;
        let points_max = if self.address.z() >= apart_from { apart_max } else { POINTS_ALWAYS };
        let count = points.count(self.address, selection, points_max);
        if count == 0 {
            return Vec::new();
        }
        if count <= points_max {
            let bytes = mvt::encode([&self.points(count <= IDS_MAX)]);
            if bytes.len() <= self.bytes_max() {
                return bytes;
            }
        }
        self.fitting_bins(side_bits)
    }

    fn bytes_max(&self) -> usize {
        let (low, low_max) = LOW_TILE;
        if self.address.z() <= low { low_max } else { TILE_BYTES_MAX }
    }

    /// Bins, half as many along a side until the tile is small enough.
    fn fitting_bins(&self, side_bits: u32) -> Vec<u8> {
        let Sight { points, selection } = self.sight;
        let mut side_bits = side_bits;
        loop {
            let bins = points.bins(self.address, selection, side_bits);
            let bytes = mvt::encode([&self.bins(&bins)]);
            if bytes.len() <= self.bytes_max() || side_bits == 0 {
                return bytes;
            }
            side_bits -= 1;
        }
    }

    fn points(&self, with_ids: bool) -> Layer {
        let Sight { points, selection } = self.sight;
        let mut layer = Layer::new(POINTS);
        let mut pen = PointPen::new(&mut layer, points, self.names);
        points.each(self.address, selection, &mut |point| {
            pen.draw(&mut layer, self.address, point, with_ids);
        });
        layer
    }

    fn bins(&self, bins: &[Bin]) -> Layer {
        let mut layer = Layer::new(BINS);
        let count = layer.key("count");
        let figures: Vec<Key> = self.names.figures.iter().map(|name| layer.key(name)).collect();
        let mut tags: Vec<Tag> = Vec::new();
        for bin in bins {
            tags.clear();
            let number = i64::try_from(bin.count).unwrap_or(i64::MAX);
            tags.push((count, layer.value(Attribute::Integer(number))));
            for (key, sum) in figures.iter().zip(&bin.sums).filter(|(_, sum)| **sum != 0) {
                tags.push((*key, layer.value(Attribute::Integer(*sum))));
            }
            layer.point(None, self.address.place(bin.at), &tags);
        }
        layer
    }
}

/// Draws points: what a code's text is called in the layer is found once for each code.
struct PointPen {
    id: Key,
    codes: Vec<(Key, Vec<Option<ValuePlace>>)>,
    texts: Vec<Vec<String>>,
    figures: Vec<Key>,
    tags: Vec<Tag>,
}

impl PointPen {
    fn new(layer: &mut Layer, points: &Points, names: &Names) -> Self {
        let id = layer.key("id");
        let texts: Vec<Vec<String>> =
            (0..names.codes.len()).map(|nth| points.texts(nth).to_vec()).collect();
        let codes = names.codes.iter().zip(&texts);
        Self {
            id,
            codes: codes.map(|(name, texts)| (layer.key(name), vec![None; texts.len()])).collect(),
            texts,
            figures: names.figures.iter().map(|name| layer.key(name)).collect(),
            tags: Vec::new(),
        }
    }

    fn draw(&mut self, layer: &mut Layer, address: TileAddress, point: Point<'_>, with_id: bool) {
        self.tags.clear();
        if with_id {
            self.tags.push((self.id, layer.single(&point.id().to_string())));
        }
        for (nth, (key, places)) in self.codes.iter_mut().enumerate() {
            let Some(code) = point.code(nth).map(usize::from) else { continue };
            let Some(place) = places.get_mut(code) else { continue };
            let text = &self.texts[nth][code];
            let value = *place.get_or_insert_with(|| layer.value(Attribute::Text(text)));
            self.tags.push((*key, value));
        }
        for (nth, key) in self.figures.iter().enumerate() {
            let figure = point.figure(nth);
            if figure != 0 {
                self.tags.push((*key, layer.value(Attribute::Integer(figure))));
            }
        }
        layer.point(Some(u64::from(point.number())), address.place(point.at()), &self.tags);
    }
}
