//! The map under the records: the layers of the pack's map, its areas and its settlements, drawn
//! tile by tile.

use std::sync::{Arc, OnceLock};

use mission::basemap::{Basemap, Feature, Layer as MapLayer, Scalar};
use mission::pack::Pack;
use mission::places::{Area, Places, Settlement};
use model::place::{BoundingBox, Geometry};
use spatial::label::label_position;
use spatial::mvt::{Attribute, Layer};
use spatial::tile::{Outline, TileAddress};

/// The layers of a tile, the lowest first, with the attributes each may have.
pub(super) const LAYERS: [(&str, &[(&str, &str)]); 8] = [
    ("land", &[("iso", "String"), ("name", "String"), ("name_fr", "String")]),
    ("lake", &[("name", "String")]),
    ("river", &[("name", "String"), ("rank", "Number")]),
    ("boundary", &[("level", "Number"), ("disputed", "Boolean"), ("iso", "String")]),
    ("admin", &[("level", "Number"), ("code", "String")]),
    ("admin_label", &[("level", "Number"), ("code", "String"), ("name", "String")]),
    ("country_label", &[("iso", "String"), ("name", "String"), ("name_fr", "String")]),
    ("place", &[("name", "String"), ("class", "Number"), ("iso", "String"), ("code", "String")]),
];

/// From which zoom on the areas of a level are drawn.
const AREA_ZOOMS: [u8; 3] = [4, 6, 8];
/// From which zoom on settlements of a class are drawn: capital, of a region, town, seat, other.
const SETTLEMENT_ZOOMS: [u8; 5] = [3, 4, 7, 9, 11];

/// Everything the map is drawn from.
#[derive(Debug)]
pub(super) struct Drawing {
    /// Whom to thank.
    pub(super) attributions: Vec<String>,
    parts: Vec<Part>,
}

/// Things of one layer that come and go together.
#[derive(Debug)]
struct Part {
    layer: &'static str,
    zoom: (u8, u8),
    covers: Option<BoundingBox>,
    things: Vec<Thing>,
}

/// One thing that is drawn.
#[derive(Debug)]
struct Thing {
    outline: Outline,
    from_zoom: u8,
    attributes: Vec<(String, Scalar)>,
    /// Where its name goes is found when a tile near it is first drawn.
    label: Option<(Arc<Geometry>, OnceLock<Option<Outline>>)>,
}

impl Drawing {
    /// The map of a pack. Where the mission has settlements and areas of its own, those of the map
    /// stay away from its countries; where it is invented, its areas are the land.
    pub(super) fn of(basemap: Basemap, places: &Places, pack: &Pack) -> Self {
        let has_own = !places.settlements().is_empty();
        let replaced = |layer: &str, feature: &Feature| {
            let own =
                feature.text("iso").is_some_and(|iso| pack.countries.iter().any(|c| c == iso));
            own && has_own && matches!(layer, "place" | "boundary")
        };
        let mut parts = Vec::new();
        for mut layer in basemap.layers {
            layer.features.retain(|feature| !replaced(layer.name, feature));
            parts.extend(labels_of(&layer));
            parts.push(part_of(layer));
        }
        let levels = places.levels().collect::<Vec<_>>();
        for (nth, (level, areas)) in levels.iter().enumerate() {
            if pack.fictional && nth == 0 {
                parts.push(invented_land(areas.areas()));
            }
            parts.extend(areas_of(*level, &areas.areas().collect::<Vec<_>>()));
        }
        parts.push(settlements_of(places.settlements()));
        Self { attributions: distinct(&basemap.attributions), parts }
    }

    /// The layers of a tile.
    pub(super) fn layers(&self, address: TileAddress) -> Vec<Layer> {
        let mut layers: Vec<Layer> = LAYERS.iter().map(|(name, _)| Layer::new(name)).collect();
        for (nth, part) in self.parts.iter().enumerate() {
            let layer = layers.iter_mut().zip(&LAYERS).find(|(_, (name, _))| *name == part.layer);
            let shown = (part.zoom.0..=part.zoom.1).contains(&address.z());
            if let Some((layer, _)) = layer
                && shown
                && !self.covered(nth, address)
            {
                part.things.iter().for_each(|thing| thing.draw(address, layer));
            }
        }
        layers
    }

    /// Whether a later part of the same layer stands alone in this tile.
    fn covered(&self, nth: usize, address: TileAddress) -> bool {
        let part = &self.parts[nth];
        let tile = address.bounds();
        self.parts.iter().skip(nth + 1).any(|other| {
            let stands = other.layer == part.layer && other.zoom.0 <= address.z();
            stands && other.covers.is_some_and(|covers| lies_in(tile, covers))
        })
    }
}

impl Thing {
    fn new(geometry: &Geometry, from_zoom: u8, attributes: Vec<(String, Scalar)>) -> Self {
        Self { outline: Outline::of(geometry), from_zoom, attributes, label: None }
    }

    /// The name of a thing, at the place for it.
    fn named(geometry: Geometry, from_zoom: u8, attributes: Vec<(String, Scalar)>) -> Self {
        let outline = Outline::of(&geometry);
        let label = Some((Arc::new(geometry), OnceLock::new()));
        Self { outline, from_zoom, attributes, label }
    }

    fn draw(&self, address: TileAddress, layer: &mut Layer) {
        if address.z() < self.from_zoom || !self.outline.is_near(address) {
            return;
        }
        let outline = match &self.label {
            None => Some(&self.outline),
            Some((geometry, label)) => {
                let find = || label_position(geometry).map(|at| Outline::of(&Geometry::Point(at)));
                label.get_or_init(find).as_ref()
            }
        };
        let Some(drawn) = outline.and_then(|outline| outline.drawn(address)) else { return };
        let mut tags = Vec::with_capacity(self.attributes.len());
        for (name, value) in &self.attributes {
            let value = match value {
                Scalar::Text(text) => Attribute::Text(text),
                Scalar::Integer(number) => Attribute::Integer(*number),
                Scalar::Boolean(yes) => Attribute::Boolean(*yes),
            };
            tags.push((layer.key(name), layer.value(value)));
        }
        layer.feature(None, &drawn, &tags);
    }
}

fn lies_in(inner: BoundingBox, outer: BoundingBox) -> bool {
    outer.west <= inner.west
        && inner.east <= outer.east
        && outer.south <= inner.south
        && inner.north <= outer.north
}

/// The layer's own name of a layer of the map.
fn layer_named(name: &str) -> &'static str {
    LAYERS.iter().find(|(known, _)| *known == name).map_or("", |(known, _)| known)
}

fn part_of(layer: MapLayer) -> Part {
    let has_labels = layer.labels.is_some();
    let thing = |feature: Feature| {
        // The zoom of a feature whose name is a label of its own is that of the label.
        let from = if has_labels { 0 } else { feature.zoom.unwrap_or(0) };
        Thing::new(&feature.geometry, from, known(layer.name, feature.attributes))
    };
    Part {
        layer: layer_named(layer.name),
        zoom: layer.zoom,
        covers: layer.covers,
        things: layer.features.into_iter().map(thing).collect(),
    }
}

fn labels_of(layer: &MapLayer) -> Option<Part> {
    let labels = layer.labels?;
    let thing = |feature: &Feature| {
        let attributes = known(labels, feature.attributes.clone());
        Thing::named(feature.geometry.clone(), feature.zoom.unwrap_or(0), attributes)
    };
    Some(Part {
        layer: layer_named(labels),
        zoom: layer.zoom,
        covers: None,
        things: layer.features.iter().map(thing).collect(),
    })
}

/// The attributes a layer says it has.
fn known(layer: &str, attributes: Vec<(String, Scalar)>) -> Vec<(String, Scalar)> {
    let listed =
        LAYERS.iter().find(|(name, _)| *name == layer).map_or(&[][..], |(_, names)| *names);
    let listed = |name: &str| listed.iter().any(|(known, _)| *known == name);
    attributes.into_iter().filter(|(name, _)| listed(name)).collect()
}

fn invented_land<'a>(areas: impl Iterator<Item = &'a Area>) -> Part {
    let things = areas.map(|area| Thing::new(&area.geometry, 0, Vec::new()));
    Part { layer: "land", zoom: (0, u8::MAX), covers: None, things: things.collect() }
}

/// The areas of a level, and their names one zoom later.
fn areas_of(level: u8, areas: &[&Area]) -> [Part; 2] {
    let nth = usize::from(level.saturating_sub(1)).min(AREA_ZOOMS.len() - 1);
    let from = AREA_ZOOMS[nth];
    let said = |area: &Area| {
        let text = |text: &str| Scalar::Text(text.to_owned());
        let level = Scalar::Integer(i64::from(level));
        vec![("level".to_owned(), level), ("code".to_owned(), text(&area.code))]
    };
    let shape = |area: &Area| Thing::new(&area.geometry, from, said(area));
    let name = |area: &Area| {
        let mut attributes = said(area);
        attributes.push(("name".to_owned(), Scalar::Text(area.name.clone())));
        Thing::named(area.geometry.clone(), from + 1, attributes)
    };
    let part = |layer, things| Part { layer, zoom: (from, u8::MAX), covers: None, things };
    [
        part("admin", areas.iter().copied().map(shape).collect()),
        part("admin_label", areas.iter().copied().map(name).collect()),
    ]
}

/// The settlements. A class that is no number from 1 to 5 counts as the last.
fn settlements_of(settlements: &[Settlement]) -> Part {
    let thing = |settlement: &Settlement| {
        let class = settlement.class.as_deref().and_then(|class| class.parse::<usize>().ok());
        let class = class.filter(|class| (1..=SETTLEMENT_ZOOMS.len()).contains(class));
        let class = class.unwrap_or(SETTLEMENT_ZOOMS.len());
        let attributes = vec![
            ("name".to_owned(), Scalar::Text(settlement.name.clone())),
            ("class".to_owned(), Scalar::Integer(i64::try_from(class).unwrap_or(0))),
            ("code".to_owned(), Scalar::Text(settlement.code.clone())),
        ];
        Thing::new(&Geometry::Point(settlement.position), SETTLEMENT_ZOOMS[class - 1], attributes)
    };
    Part {
        layer: "place",
        zoom: (0, u8::MAX),
        covers: None,
        things: settlements.iter().map(thing).collect(),
    }
}

/// The parts of all attributions, each once.
fn distinct(attributions: &[String]) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for part in attributions.iter().flat_map(|text| text.split(';')).map(str::trim) {
        if !part.is_empty() && !known.iter().any(|other| other == part) {
            known.push(part.to_owned());
        }
    }
    known
}
