//! The map under the records, of the real packs.

use std::collections::BTreeSet;

use app::Kind;
use model::limits::TILE_BYTES_MAX;
use testkit::mvt::{Feature, Layer, decode};

use crate::support::{TestNode, refusal};

fn layers(node: &mut TestNode, z: u8, x: u32, y: u32) -> Vec<Layer> {
    let tile = node.node.basemap_tile(z, x, y).unwrap_or_else(|error| panic!("{error}"));
    assert!(tile.bytes.len() <= TILE_BYTES_MAX, "{z}/{x}/{y} has {} bytes", tile.bytes.len());
    decode(&tile.bytes)
}

fn features<'l>(layers: &'l [Layer], name: &str) -> impl Iterator<Item = &'l Feature> {
    layers.iter().filter(move |layer| layer.name == name).flat_map(|layer| &layer.features)
}

fn names(layers: &[Layer], layer: &str) -> BTreeSet<String> {
    features(layers, layer).filter_map(|feature| feature.text("name")).map(str::to_owned).collect()
}

#[test]
fn the_world_is_there_and_named_when_there_is_room() {
    let mut node = TestNode::minusma();
    let world = layers(&mut node, 0, 0, 0);
    assert!(features(&world, "land").count() > 150);
    assert!(features(&world, "boundary").any(|line| line.tags.contains_key("disputed")));
    let west_africa = layers(&mut node, 4, 7, 7);
    assert!(names(&west_africa, "country_label").contains("Mali"));
    assert!(names(&west_africa, "place").contains("Bamako"));
    assert_eq!(features(&west_africa, "admin").count(), 9);
}

#[test]
fn a_region_is_named_once_however_many_tiles_it_is_drawn_in() {
    let mut node = TestNode::minusma();
    let (mut drawn, mut named) = (0, Vec::new());
    for x in 28..=34 {
        for y in 26..=31 {
            let tile = layers(&mut node, 6, x, y);
            let kidal = |feature: &&Feature| feature.text("code") == Some("ML08");
            drawn += features(&tile, "admin").filter(kidal).count();
            named.extend(features(&tile, "admin_label").filter(kidal).cloned());
        }
    }
    assert!(drawn > 2, "{drawn}");
    assert_eq!(named.len(), 1);
    assert_eq!(named[0].text("name"), Some("Kidal"));
}

#[test]
fn where_the_mission_knows_better_the_world_is_silent() {
    let mut node = TestNode::minusma();
    let bamako = layers(&mut node, 9, 244, 237);
    let named = |name: &'static str| {
        features(&bamako, "place").filter(move |place| place.text("name") == Some(name))
    };
    assert_eq!(named("Bamako").count(), 1, "the gazetteer's and no other");
    let zoomed = layers(&mut node, 6, 30, 29);
    let land: Vec<Option<&str>> =
        features(&zoomed, "land").map(|country| country.text("iso")).collect();
    let distinct: BTreeSet<_> = land.iter().collect();
    assert_eq!(land.len(), distinct.len(), "no country twice: {land:?}");
    assert!(features(&zoomed, "boundary").all(|line| line.text("iso") != Some("ML")));
}

#[test]
fn settlements_come_with_the_zoom() {
    let mut node = TestNode::minusma();
    let lowest = |node: &mut TestNode, z: u8| {
        let (x, y) = (489 >> (10 - z.min(10)), 475 >> (10 - z.min(10)));
        let tile = layers(node, z, x, y);
        features(&tile, "place").filter_map(|place| place.integer("class")).max()
    };
    assert_eq!([lowest(&mut node, 4), lowest(&mut node, 9)], [Some(2), Some(4)]);
    let tile = layers(&mut node, 11, 978, 950);
    assert!(features(&tile, "place").any(|place| place.integer("class") == Some(5)));
}

#[test]
fn an_invented_country_is_land_in_the_ocean() {
    let mut node = TestNode::minusek();
    let tile = layers(&mut node, 6, 31, 32);
    assert!(features(&tile, "land").count() >= 1);
    assert!(names(&tile, "place").contains("Port Amaro"));
    assert!(!names(&tile, "admin_label").is_empty());
    let json = node.node.basemap_json("http://here/{z}/{x}/{y}.mvt").expect("a description");
    assert_eq!(json["attribution"], "Natural Earth");
    assert_eq!(json["center"], serde_json::json!([-5.0, -1.25, 4]));
}

#[test]
fn every_tile_over_the_mission_is_small_and_empty_ones_have_no_bytes() {
    let mut node = TestNode::minusma();
    for z in 0..=7_u8 {
        let of = |units: u32| units >> (10 - z);
        for x in of(476)..=of(524) {
            for y in of(437)..=of(483) {
                layers(&mut node, z, x, y);
            }
        }
    }
    let ocean = node.node.basemap_tile(6, 25, 26).expect("a tile");
    assert!(ocean.bytes.is_empty());
    let again = node.node.basemap_tile(6, 25, 26).expect("a tile");
    assert_eq!(ocean.tag, again.tag);
}

#[test]
fn addresses_outside_of_the_map_are_refused() {
    let node = TestNode::minusma();
    for (z, x, y) in [(15, 0, 0), (3, 8, 0), (0, 0, 1), (200, 0, 0)] {
        let (kind, codes) = refusal(node.node.basemap_tile(z, x, y));
        assert_eq!((kind, codes), (Kind::Invalid, vec!["tile-outside"]));
    }
}
