//! The map under everything: land, borders, rivers and towns that are nobody's records.
//!
//! Loaded apart from the pack, when a map is first drawn. A pack draws what it brings over what the
//! packs bring that it extends.

mod features;
mod read;

use model::place::{BoundingBox, Geometry};

pub use read::load;
pub(crate) use read::read;

/// The layers of a pack and of those it extends, the one that extends nothing first.
#[derive(Debug, Default)]
pub struct Basemap {
    /// Whom to thank.
    pub attributions: Vec<String>,
    /// The layers, the lowest first.
    pub layers: Vec<Layer>,
}

/// Features that are drawn alike.
#[derive(Debug)]
pub struct Layer {
    /// One of [`LAYERS`]; several layers may have one name.
    pub name: &'static str,
    /// The first and the last zoom it is drawn at.
    pub zoom: (u8, u8),
    /// Where it stands alone: layers of this name from packs below are left out of tiles that lie
    /// wholly in this box, from its first zoom on.
    pub covers: Option<BoundingBox>,
    /// The layer of points, one of [`LABELS`], that its features' names are written in.
    pub labels: Option<&'static str>,
    /// The features.
    pub features: Vec<Feature>,
}

/// One thing on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// Its shape.
    pub geometry: Geometry,
    /// From which zoom on it is drawn, or named where its layer has labels.
    pub zoom: Option<u8>,
    /// What is said of it, in the order of the names.
    pub attributes: Vec<(String, Scalar)>,
}

/// What may be said of a feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// A text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Yes or no.
    Boolean(bool),
}

/// The names a layer may have.
pub const LAYERS: [&str; 5] = ["land", "lake", "river", "boundary", "place"];
/// The names a layer of labels may have.
pub const LABELS: [&str; 1] = ["country_label"];

impl Feature {
    /// A text among its attributes.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find_map(|(known, value)| match value {
            Scalar::Text(text) if known == name => Some(text.as_str()),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests;
