//! Tiles through every layer of the server.

use axum::body::Body;
use http_body_util::BodyExt;
use serde_json::json;

use super::*;
use crate::http::testing::{Bench, request};

async fn tile(bench: &Bench, path: &str, more: &[(&str, &str)]) -> (Response, Vec<u8>) {
    let mut request = request(path, Some(&bench.token("admin").await));
    for (name, value) in more {
        request = request.header(*name, *value);
    }
    let response = bench.send(request.body(Body::empty()).expect("a request")).await;
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.expect("a body").to_bytes().to_vec();
    (Response::from_parts(parts, Body::empty()), bytes)
}

fn header<'r>(response: &'r Response, name: &str) -> &'r str {
    response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[tokio::test]
async fn sets_say_where_their_tiles_are_and_what_is_in_them() {
    let bench = Bench::new(routes());
    let (status, set) = bench.get("/tiles/incident.json", Some("admin")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(set["tilejson"], "3.0.0");
    assert_eq!(set["tiles"], json!(["http://localhost/tiles/incident/{z}/{x}/{y}.mvt"]));
    let fields = &set["vector_layers"][0]["fields"];
    assert_eq!(
        (&fields["verification"], &fields["place_precision"]),
        (&json!("String"), &json!("String"))
    );
    assert_eq!(fields["classification"], Value::Null, "what nobody is to draw by");
    let (status, set) = bench.get("/tiles/basemap.json", Some("admin")).await;
    assert_eq!((status, &set["maxzoom"]), (StatusCode::OK, &json!(14)));
    assert_eq!(set["attribution"], "Natural Earth; OCHA, Government of Mali (DNCT)");
}

#[tokio::test]
async fn what_is_no_tile_is_a_problem() {
    let bench = Bench::new(routes());
    let cases = [
        ("/tiles/incident/17/0/0.mvt", 400, "tile-outside"),
        ("/tiles/incident/3/8/0.mvt", 400, "tile-outside"),
        ("/tiles/incident/3/0/99999999999999.mvt", 400, "tile-outside"),
        ("/tiles/incident/3/-1/0.mvt", 404, "nothing-here"),
        ("/tiles/incident/3/1/0.png", 404, "nothing-here"),
        ("/tiles/incident/3/1/0.mvt?cells=7", 400, "parameter-wrong"),
        ("/tiles/incident/3/1/0.mvt?filters=x", 400, "parameter-unknown"),
        ("/tiles/incident.json?x=1", 400, "parameter-unknown"),
        ("/tiles/incident/3/1/0.mvt?datetime=yesterday", 400, "datetime-wrong"),
        ("/tiles/nothing/3/1/0.mvt", 404, "register-unknown"),
        ("/tiles/incident", 404, "nothing-here"),
        ("/tiles/basemap/15/0/0.mvt", 400, "tile-outside"),
    ];
    for (path, status, code) in cases {
        let (found, problem) = bench.get(path, Some("admin")).await;
        assert_eq!(
            (found.as_u16(), &problem["type"]),
            (status, &json!(format!("tag:casque:2026:{code}"))),
            "{path}"
        );
    }
}

#[tokio::test]
async fn tiles_come_with_a_tag_and_packed_only_where_that_is_asked_for() {
    let bench = Bench::new(routes());
    let path = "/tiles/basemap/4/7/7.mvt";
    let (plain, bytes) = tile(&bench, path, &[]).await;
    assert_eq!(plain.status(), StatusCode::OK);
    assert_eq!(header(&plain, "content-type"), "application/vnd.mapbox-vector-tile");
    assert_eq!(header(&plain, "cache-control"), "private, no-cache");
    assert!(plain.headers().get("content-encoding").is_none());
    assert!(testkit::mvt::decode(&bytes).iter().any(|layer| layer.name == "land"));
    let (packed, small) = tile(&bench, path, &[("accept-encoding", "gzip")]).await;
    assert_eq!(header(&packed, "content-encoding"), "gzip");
    assert!(small.len() < bytes.len() && small.starts_with(&[0x1f, 0x8b]));
    let tag = header(&plain, "etag").to_owned();
    let (same, nothing) = tile(&bench, path, &[("if-none-match", &tag)]).await;
    assert_eq!((same.status(), nothing.len()), (StatusCode::NOT_MODIFIED, 0));
}

#[tokio::test]
async fn a_tile_that_shows_nothing_has_no_content() {
    let bench = Bench::new(routes());
    let (empty, bytes) = tile(&bench, "/tiles/incident/4/7/7.mvt", &[]).await;
    assert_eq!((empty.status(), bytes.len()), (StatusCode::NO_CONTENT, 0));
}
