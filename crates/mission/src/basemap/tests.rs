//! Maps of small packs: what is read, and what is said of mistakes.

use std::collections::BTreeMap;

use model::finding::Finding;
use model::place::Geometry;

use super::*;
use crate::folder::Folder;

const PACK: &str = "name = \"base\"\nversion = \"1\"\ntitle = { en = \"Base\" }\n\
                    languages = [\"en\"]\ntime_zone = \"UTC\"\n";

const COLLECTION: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Niger","rank":2,"wet":true,"zoom":4,"none":null,"half":0.5},
"geometry":{"type":"MultiLineString","coordinates":[[[0,16],[1,16,240]],[[2,15],[2,14]]]}},
{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[1,2]}}]}"#;

fn packs(toml: &str, collection: &str) -> BTreeMap<String, Folder> {
    let files = [
        ("pack.toml", PACK),
        ("basemap/basemap.toml", toml),
        ("basemap/rivers.geojson", collection),
    ];
    let folder: Folder =
        files.into_iter().map(|(path, text)| (path, text.as_bytes().to_vec())).collect();
    BTreeMap::from([("base".to_owned(), folder)])
}

fn findings(toml: &str, collection: &str) -> Vec<String> {
    let findings = load("base", &packs(toml, collection)).expect_err("something is wrong");
    findings.iter().map(Finding::to_string).collect()
}

#[test]
fn layers_are_read_with_their_features_and_lines_are_taken_apart() {
    let toml = "attribution = \"Somebody\"\n[[layer]]\nlayer = \"river\"\n\
                file = \"rivers.geojson\"\nzoom = [3, 14]\ncovers = [-10, 0, 10, 20]\n";
    let basemap = load("base", &packs(toml, COLLECTION)).expect("right");
    assert_eq!(basemap.attributions, ["Somebody"]);
    let [layer] = &basemap.layers[..] else { panic!("one layer") };
    assert_eq!((layer.name, layer.zoom, layer.labels), ("river", (3, 14), None));
    assert_eq!(layer.covers.map(|bounds| bounds.west), Some(-100_000_000));
    assert_eq!(layer.features.len(), 3);
    let river = &layer.features[1];
    assert!(matches!(&river.geometry, Geometry::Line(line) if line.len() == 2));
    assert_eq!((river.zoom, river.text("name")), (Some(4), Some("Niger")));
    let names: Vec<&str> = river.attributes.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["name", "rank", "wet"]);
    assert_eq!(layer.features[2].attributes, []);
}

#[test]
fn a_pack_without_a_map_has_no_layers() {
    let folder: Folder = [("pack.toml", PACK.as_bytes().to_vec())].into_iter().collect();
    let basemap = load("base", &BTreeMap::from([("base".to_owned(), folder)])).expect("right");
    assert!(basemap.layers.is_empty() && basemap.attributions.is_empty());
}

#[test]
fn every_mistake_is_found_at_once() {
    let toml = "[[layer]]\nlayer = \"rivers\"\nfile = \"rivers.geojson\"\nzoom = [3, 40]\n\
                covers = [10, 0, -10, 20]\nlabels = \"names\"\n\
                [[layer]]\nlayer = \"lake\"\nfile = \"river.geojson\"\nzoom = [0, 1]\n";
    let wrong = r#"{"features":[{"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]}},
        {"geometry":{"type":"GeometryCollection","geometries":[]}},
        {"geometry":{"type":"Point","coordinates":[200,0]}}]}"#;
    let codes: Vec<String> = findings(toml, wrong)
        .iter()
        .filter_map(|f| f.split(' ').next().map(str::to_owned))
        .collect();
    assert_eq!(
        codes,
        [
            "toml-key-missing",
            "toml-value-unknown",
            "basemap-zoom",
            "pack-bounding-box",
            "toml-value-unknown",
            "places-file-missing",
            "place-ring-open",
            "basemap-shape",
            "place-longitude",
        ]
    );
}
