//! Vector tiles: the bytes of the Mapbox Vector Tile specification, version 2.1.
//!
//! Keys and values are kept once per layer and found again by hashing; geometry is written as
//! differences. Nothing is read here: the decoder that the tests compare with is another's work
//! (`testkit::mvt`), and GDAL reads the tiles in the server's tests.

mod bytes;
mod geometry;
mod intern;

use crate::tile::{At, Drawn, EXTENT};
use bytes::Bytes;
use intern::{Integers, Texts};

/// The version of the specification.
const VERSION: u64 = 2;

/// What a feature is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute<'a> {
    /// A text.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
    /// Yes or no.
    Boolean(bool),
}

/// The place of a key in its layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(u32);

/// The place of a value in its layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValuePlace(u32);

/// A key and a value of a feature.
pub type Tag = (Key, ValuePlace);

/// A layer that is being written.
#[derive(Debug)]
pub struct Layer {
    name: String,
    keys: Vec<String>,
    integers: Integers,
    texts: Texts,
    booleans: [Option<u32>; 2],
    value_count: u32,
    values: Bytes,
    features: Bytes,
    feature_count: usize,
    /// Filled anew for every feature.
    scratch: Bytes,
    commands: Vec<u32>,
}

impl Layer {
    /// A layer without features.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            keys: Vec::new(),
            integers: Integers::default(),
            texts: Texts::default(),
            booleans: [None; 2],
            value_count: 0,
            values: Bytes::default(),
            features: Bytes::default(),
            feature_count: 0,
            scratch: Bytes::default(),
            commands: Vec::new(),
        }
    }

    /// How many features it has.
    pub fn len(&self) -> usize {
        self.feature_count
    }

    /// Whether it has no feature: then it is left out of the tile.
    pub fn is_empty(&self) -> bool {
        self.feature_count == 0
    }

    /// The place of a key, which is added where it is new.
    pub fn key(&mut self, name: &str) -> Key {
        let known = self.keys.iter().position(|key| key == name);
        let at = known.unwrap_or_else(|| {
            self.keys.push(name.to_owned());
            self.keys.len() - 1
        });
        Key(u32::try_from(at).unwrap_or(u32::MAX))
    }

    /// The place of a value, which is added where it is new.
    pub fn value(&mut self, value: Attribute<'_>) -> ValuePlace {
        let next = self.value_count;
        let place = match value {
            Attribute::Text(text) => self.texts.place(text, next),
            Attribute::Integer(number) => self.integers.place(number, next),
            Attribute::Boolean(yes) => *self.booleans[usize::from(yes)].get_or_insert(next),
        };
        if place == next {
            self.values.value(value);
            self.value_count += 1;
        }
        ValuePlace(place)
    }

    /// The place of a text that no other feature has: it is not remembered.
    pub fn single(&mut self, text: &str) -> ValuePlace {
        self.values.value(Attribute::Text(text));
        self.value_count += 1;
        ValuePlace(self.value_count - 1)
    }

    /// Adds a feature of one point.
    pub fn point(&mut self, id: Option<u64>, at: At, tags: &[Tag]) {
        self.commands.clear();
        geometry::points(&[at], &mut self.commands);
        self.write(id, geometry::Kind::Point, tags);
    }

    /// Adds a feature; one without geometry is passed over.
    pub fn feature(&mut self, id: Option<u64>, drawn: &Drawn, tags: &[Tag]) {
        self.commands.clear();
        let kind = geometry::commands(drawn, &mut self.commands);
        if !self.commands.is_empty() {
            self.write(id, kind, tags);
        }
    }

    fn write(&mut self, id: Option<u64>, kind: geometry::Kind, tags: &[Tag]) {
        let feature = &mut self.scratch;
        feature.clear();
        if let Some(id) = id {
            feature.number(1, id);
        }
        if !tags.is_empty() {
            feature.packed(2, tags.iter().flat_map(|(key, value)| [key.0, value.0]));
        }
        feature.number(3, kind as u64);
        feature.packed(4, self.commands.iter().copied());
        self.features.message(2, feature);
        self.feature_count += 1;
    }

    fn encoded(&self) -> Bytes {
        let mut layer = Bytes::default();
        layer.text(1, &self.name);
        layer.append(&self.features);
        for key in &self.keys {
            layer.text(3, key);
        }
        layer.append(&self.values);
        layer.number(5, u64::from(EXTENT.unsigned_abs()));
        layer.number(15, VERSION);
        layer
    }
}

/// The bytes of a tile of these layers; those without features are left out. No bytes where all are.
pub fn encode<'l>(layers: impl IntoIterator<Item = &'l Layer>) -> Vec<u8> {
    let mut tile = Bytes::default();
    for layer in layers.into_iter().filter(|layer| !layer.is_empty()) {
        tile.message(3, &layer.encoded());
    }
    tile.into_vec()
}

#[cfg(test)]
mod tests;
