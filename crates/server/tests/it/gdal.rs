//! The node as geographic information systems read it: GDAL's `ogrinfo` and `ogr2ogr` with a token.
//!
//! `cargo xtask test` installs GDAL where it may; these tests fail where it is missing.

use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;

use crate::casque::{Casque, Ran};
use crate::server::Server;

/// GDAL, told the address and the token of a server.
struct Gdal {
    source: String,
    token: String,
}

impl Gdal {
    fn of(server: &Server<'_>) -> Self {
        let source = format!("OAPIF:http://{}/ogc", server.address());
        Self { source, token: server.token("admin") }
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Ran {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env("GDAL_HTTP_HEADERS", format!("Authorization: Bearer {}", self.token));
        let is_there = Command::new(program).arg("--version").output().is_ok();
        assert!(
            is_there,
            "{program} is not here: apt install gdal-bin, or `cargo xtask test` as root"
        );
        Ran::of(command)
    }

    /// How many features `ogrinfo` counts with these flags.
    fn count(&self, flags: &[&str]) -> u64 {
        let told =
            self.run("ogrinfo", &[&["-ro", "-so", &self.source, "incident"], flags].concat());
        let line = told.out().lines().find_map(|line| line.strip_prefix("Feature Count: "));
        let count = line.unwrap_or(told.err.as_str());
        assert!(!told.err.contains("ERROR") && !told.err.contains("Warning"), "{}", told.err);
        count.parse().expect("a count")
    }

    /// The features that `ogr2ogr` copies with these flags.
    fn copied(&self, folder: &Path, flags: &[&str]) -> Vec<Json> {
        let file = folder.join("copy.geojson");
        let file = file.to_str().expect("a path of text");
        let base = ["-f", "GeoJSON", file, &self.source, "incident"];
        let told = self.run("ogr2ogr", &[&base[..], flags].concat());
        assert_eq!((told.code, told.err.as_str()), (0, ""), "{flags:?}");
        let text = std::fs::read_to_string(file).expect("the copy");
        std::fs::remove_file(file).expect("the copy goes away");
        let mut copy: Json = serde_json::from_str(&text).expect("GeoJSON");
        serde_json::from_value(copy["features"].take()).expect("features")
    }
}

#[test]
fn gdal_lists_the_registers_and_counts_what_the_command_line_counts() {
    let casque = Casque::with_events();
    let server = Server::start(&casque);
    let gdal = Gdal::of(&server);
    let layers = gdal.run("ogrinfo", &["-ro", &gdal.source]);
    assert_eq!(layers.err, "");
    assert!(layers.out().contains("incident (title: Incident) (Point)"), "{}", layers.out);
    assert_eq!(gdal.count(&[]), casque.total());
    let bbox = "S_INTERSECTS(place, BBOX(-4, 14, 0, 17))";
    assert_eq!(gdal.count(&["-spat", "-4", "14", "0", "17"]), casque.count(bbox));
    assert_eq!(gdal.count(&["-where", "type = 'AC-CLASH'"]), casque.count("type = 'AC-CLASH'"));
    let deadly = "type = 'AC-CLASH' AND deaths_best >= 3";
    assert_eq!(gdal.count(&["-where", deadly]), casque.count(deadly));
    let both = casque.count(&format!("{bbox} AND {deadly}"));
    assert_eq!(gdal.count(&["-spat", "-4", "14", "0", "17", "-where", deadly]), both);
}

/// What the node can decide is not read only to be thrown away.
#[test]
fn gdal_leaves_equality_and_time_to_the_node_and_knows_the_types_of_fields() {
    let casque = Casque::with_events();
    let server = Server::start(&casque);
    let gdal = Gdal::of(&server);
    let told = gdal.run("ogrinfo", &["-ro", "-so", &gdal.source, "incident"]);
    for field in ["occurred_at: DateTime", "deaths_best: Integer", "weapons: StringList"] {
        assert!(told.out().contains(field), "{field}: {}", told.out);
    }
    let asked = |filter: &str| {
        let flags = ["-ro", "-so", "--debug", "HTTP", &gdal.source, "incident"];
        gdal.run("ogrinfo", &[&flags[..], &["-oo", "PAGE_SIZE=1000", "-where", filter]].concat())
            .err
    };
    let told = asked("type = 'AC-CLASH'");
    assert!(told.contains("&type=AC-CLASH"), "{told}");
    let since = "occurred_at >= '2018/01/01 00:00:00'";
    let told = asked(since);
    assert!(told.contains("&datetime=2018-01-01T00:00:00Z%2F.."), "{told}");
    let expected = casque.count("occurred_at >= DATE('2018-01-01')");
    assert_eq!(gdal.count(&["-where", since]), expected);
}

#[test]
fn gdal_copies_every_record_once_over_many_pages() {
    let casque = Casque::with_events();
    let server = Server::start(&casque);
    let gdal = Gdal::of(&server);
    let copied = gdal.copied(&casque.data(), &["-oo", "PAGE_SIZE=50"]);
    assert_eq!(copied.len() as u64, casque.total());
    let exported = casque.run(["export", "incident", "--format", "geojson"]).json();
    let exported = exported["features"].as_array().expect("features");
    for key in ["source_id", "type", "occurred_at", "deaths_best"] {
        let values = |features: &[Json]| {
            let value = |feature: &Json| feature["properties"][key].to_string().replace('/', "-");
            let mut values: Vec<String> = features.iter().map(value).collect();
            values.sort();
            values
        };
        assert_eq!(values(&copied), values(exported), "{key}");
    }
    assert!(places(&copied) == places(exported), "the places are not the same");
}

/// Every place in units of 1e-7 degree, sorted.
fn places(features: &[Json]) -> Vec<(Option<i32>, Option<i32>)> {
    let degrees = |feature: &Json, axis: usize| {
        model::place::round_degrees(feature["geometry"]["coordinates"][axis].as_f64()?)
    };
    let mut places: Vec<_> =
        features.iter().map(|feature| (degrees(feature, 0), degrees(feature, 1))).collect();
    places.sort_unstable();
    places
}

#[test]
fn gdal_without_a_token_gets_nothing() {
    let casque = Casque::with_events();
    let server = Server::start(&casque);
    let gdal = Gdal { token: "casque_token_0".to_owned(), ..Gdal::of(&server) };
    let told = gdal.run("ogrinfo", &["-ro", &gdal.source]);
    assert_ne!(told.code, 0);
    assert!(
        told.err.contains("401") && !told.out.contains("incident ("),
        "{}{}",
        told.out,
        told.err
    );
}
