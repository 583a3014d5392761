//! Places: areas found by position, and what is said of files that are wrong.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use model::id::BlobId;

use super::*;
use crate::testing::{Tiny, texts};

const PLACES: &str = "[[level]]\nlevel = 1\nfile = \"adm1.geojson\"\ncode = \"c\"\nname = \"n\"\n\
                      [[level]]\nlevel = 2\nfile = \"adm2.geojson\"\ncode = \"c\"\nname = \"n\"\nparent = \"p\"\n\
                      [[gazetteer]]\nfile = \"towns.csv\"\ncode = \"code\"\nname = \"name\"\nclass = \"class\"\n\
                      longitude = \"x\"\nlatitude = \"y\"\narea = \"area\"\n";
const TOWNS: &str = "code,name,class,x,y,area\nT1,Gao,city,0.5,0.5,A1\nT2,Ansongo,,1.5,0.5,\n";

fn square(code: &str, parent: &str, west: i32) -> String {
    let east = west + 1;
    format!(
        "{{\"type\":\"Feature\",\"properties\":{{\"c\":\"{code}\",\"n\":\"Area {code}\",\"p\":\"{parent}\",\"x\":null}},\
         \"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[{west},0],[{east},0],[{east},1,99],[{west},1],[{west},0]]]}}}}"
    )
}

fn collection(features: &[String]) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","))
}

fn tiny() -> Tiny {
    Tiny::new()
        .with("core", "places/places.toml", PLACES)
        .with("core", "places/adm1.geojson", collection(&[square("A", "", 0), square("B", "", 1)]))
        .with(
            "core",
            "places/adm2.geojson",
            collection(&[square("A1", "A", 0), square("B1", "B", 1)]),
        )
        .with("core", "places/towns.csv", TOWNS)
}

fn at(lon: &str, lat: &str) -> Position {
    Position::parse(lon, lat).expect("a position")
}

#[test]
fn positions_find_their_areas_and_towns_their_names() {
    assert_eq!(tiny().said("core"), Vec::<String>::new());
    let places = load("core", &tiny()).map_err(texts).expect("places");
    assert_eq!(places.find(1, at("0.5", "0.5")), Some("A"));
    assert_eq!(places.find(2, at("1.5", "0.5")), Some("B1"));
    assert_eq!(places.find(1, at("5", "5")), None);
    assert_eq!(places.find(3, at("0.5", "0.5")), None);
    let area = places.area("B1").expect("an area");
    assert_eq!((area.name.as_str(), area.parent.as_deref()), ("Area B1", Some("B")));
    let towns: Vec<_> = places
        .settlements()
        .iter()
        .map(|t| (t.name.as_str(), t.area.as_deref(), t.class.as_deref()))
        .collect();
    assert_eq!(towns, [("Gao", Some("A1"), Some("city")), ("Ansongo", None, None)]);
    assert_eq!(
        places.levels().map(|(level, areas)| (level, areas.areas().count())).collect::<Vec<_>>(),
        [(1, 2), (2, 2)]
    );
}

#[test]
fn a_pack_without_places_has_none() {
    let places = load("core", &Tiny::new()).map_err(texts).expect("no places");
    assert_eq!((places.levels().count(), places.settlements().len()), (0, 0));
}

#[test]
fn every_fault_of_areas_is_said_with_its_feature() {
    let bow_tie = square("C", "", 2).replace("[3,0],[3,1,99],[2,1]", "[3,1],[3,0],[2,1]");
    let open = square("D", "", 3).replace(",[3,0]]]", "]]");
    let point = "{\"properties\":{\"c\":\"E\",\"n\":\"E\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]}}".to_owned();
    let nameless = square("F", "", 5).replace("\"Area F\"", "null");
    let off = square("G", "", 200);
    let tiny = tiny()
        .with(
            "core",
            "places/adm1.geojson",
            collection(&[
                square("A", "", 0),
                bow_tie,
                open,
                point,
                nameless,
                off,
                square("A", "", 1),
            ]),
        )
        .with(
            "core",
            "places/adm2.geojson",
            collection(&[square("A1", "A", 0), square("B1", "B", 1)]),
        );
    let said = tiny.said("core");
    assert_eq!(
        said,
        [
            "place-ring-crosses places/adm1.geojson:2 [C] near=2 0",
            "place-ring-open places/adm1.geojson:3 [D]",
            "places-not-an-area places/adm1.geojson:4 [E]",
            "places-property-missing places/adm1.geojson:5 [n] property=n",
            "place-longitude places/adm1.geojson:6 [G] value=200",
            "places-code-twice places/adm1.geojson:7 area=A",
            "places-parent-unknown places/adm2.geojson:2 area=B1 parent=B nearest=A",
        ]
    );
}

#[test]
fn wrong_files_and_columns_are_named() {
    let tiny = tiny()
        .with(
            "core",
            "places/places.toml",
            PLACES.replace("adm2.geojson", "adm2.geosjon").replace("\"class\"", "\"clas\""),
        )
        .with("core", "places/adm1.geojson", "{\"features\": [}")
        .with(
            "core",
            "places/towns.csv",
            TOWNS.replace("1.5,0.5", "1.5,95").replace("T1,Gao", "T1,"),
        );
    let said = tiny.said("core");
    assert!(said[0].starts_with("geojson-invalid places/adm1.geojson:1 problem="), "{said:#?}");
    assert_eq!(
        said[1..],
        [
            "places-file-missing places/places.toml:8 [level.file] file=adm2.geosjon nearest=places/adm2.geojson",
            "places-column-missing places/places.toml:16 [gazetteer.class] column=clas nearest=class",
            "places-settlement-nameless places/towns.csv:2",
            "place-latitude places/towns.csv:3 value=95",
        ]
    );
}

#[test]
fn a_packed_gazetteer_reads_the_same_and_a_broken_one_is_refused() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(TOWNS.as_bytes()).expect("in memory");
    let packed = encoder.finish().expect("in memory");
    let manifest = PLACES.replace("towns.csv", "towns.csv.gz");
    let with = |content: Vec<u8>| {
        tiny().with("core", "places/places.toml", manifest.clone()).with(
            "core",
            "places/towns.csv.gz",
            content,
        )
    };
    let places = load("core", &with(packed.clone())).map_err(texts).expect("places");
    assert_eq!(places.settlements().len(), 2);
    let cut = packed.get(..packed.len() - 12).expect("long enough").to_vec();
    assert_eq!(with(cut).said("core"), ["places-gzip-broken places/towns.csv.gz"]);
}

#[test]
fn the_places_of_all_layers_come_together() {
    let tiny = tiny()
        .with_pack("mali", "extends = \"core\"\n")
        .with(
            "mali",
            "places/places.toml",
            "[[level]]\nlevel = 1\nfile = \"more.geojson\"\ncode = \"c\"\nname = \"n\"\n",
        )
        .with("mali", "places/more.geojson", collection(&[square("C", "", 2)]));
    let places = load("mali", &tiny).map_err(texts).expect("places");
    assert_eq!(places.find(1, at("0.5", "0.5")), Some("A"));
    assert_eq!(places.find(1, at("2.5", "0.5")), Some("C"));
}

#[test]
fn a_pack_loads_without_its_places_at_hand_and_the_places_say_so() {
    let mut folder = crate::folder::Packs::folder(&tiny(), "core").expect("a folder");
    let hash = folder.hash();
    for file in ["places/adm1.geojson", "places/adm2.geojson", "places/towns.csv"] {
        let id = BlobId::from_bytes(*blake3::hash(folder.get(file).expect("held")).as_bytes());
        folder.insert_named(file, id);
    }
    assert_eq!(folder.hash(), hash);
    let packs = BTreeMap::from([("core".to_owned(), folder)]);
    let pack = crate::load::load("core", &packs).map_err(texts).expect("a pack");
    assert_eq!(pack.layers[0].hash, hash);
    let said = load("core", &packs).map_err(texts).expect_err("no places");
    assert_eq!(said.len(), 3, "{said:#?}");
    assert!(said[0].starts_with("places-file-not-held places/places.toml:3"), "{said:#?}");
}
