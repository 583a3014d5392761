//! Vector tiles as programs read them: GDAL's reader of tiles, with a token.

use std::process::Command;

use testkit::mvt::decode;

use crate::casque::{Casque, Ran};
use crate::server::Server;

/// What GDAL tells of one tile on the server, or fails.
fn told(server: &Server<'_>, token: &str, path: &str) -> Ran {
    let source = format!("MVT:http://{}{path}", server.address());
    let mut command = Command::new("ogrinfo");
    command
        .args(["-ro", "-al", &source])
        .env("GDAL_HTTP_HEADERS", format!("Authorization: Bearer {token}"));
    assert!(
        Command::new("ogrinfo").arg("--version").output().is_ok(),
        "ogrinfo is not here: apt install gdal-bin, or `cargo xtask test` as root"
    );
    Ran::of(command)
}

/// How many features GDAL counts in a layer.
fn counted(told: &Ran, layer: &str) -> usize {
    let out = told.out();
    let after = out.split(&format!("Layer name: {layer}\n")).nth(1).unwrap_or_default();
    let line = after.lines().find_map(|line| line.strip_prefix("Feature Count: "));
    line.unwrap_or_default().parse().unwrap_or(0)
}

#[test]
fn gdal_reads_the_tiles_of_records_and_of_the_map() {
    let casque = Casque::with_events();
    let server = Server::start(&casque);
    let token = server.token("admin");
    for path in ["/tiles/incident/6/31/28.mvt", "/tiles/basemap/6/31/28.mvt"] {
        let answer = server.get(path, Some(&token));
        assert_eq!(answer.status, 200, "{path}");
        let told = told(&server, &token, path);
        assert!(!told.err.contains("ERROR"), "{}", told.err);
        for layer in decode(&answer.bytes) {
            assert_eq!(counted(&told, &layer.name), layer.features.len(), "{path} {}", layer.name);
        }
    }
    let told = told(&server, &token, "/tiles/incident/6/31/28.mvt");
    assert!(told.out().contains("deaths_best (Integer) = "), "{}", told.out());
    assert!(told.out().contains("verification (String) = "), "{}", told.out());
}

#[test]
fn tiles_follow_the_question_and_are_for_those_who_signed_in() {
    let casque = Casque::with_events();
    let server = Server::start(&casque);
    server.get("/tiles/incident/0/0/0.mvt", None).is_problem(401, "sign-in-needed");
    server.get("/tiles/basemap.json", None).is_problem(401, "sign-in-needed");
    let token = server.token("admin");
    let count = |query: &str| -> i64 {
        let answer = server.get(&format!("/tiles/incident/0/0/0.mvt{query}"), Some(&token));
        assert_eq!((answer.status, answer.header("cache-control")), (200, "private, no-cache"));
        let records = |layer: &testkit::mvt::Layer| match layer.name.as_str() {
            "bins" => layer.sum("count"),
            _ => i64::try_from(layer.features.len()).expect("few"),
        };
        decode(&answer.bytes).iter().map(records).sum()
    };
    let total = i64::try_from(casque.total()).expect("few");
    assert_eq!([count(""), count("?cells=16&filter=&q=")], [total, total]);
    let deadly = i64::try_from(casque.count("deaths_best >= 3")).expect("few");
    assert_eq!(count("?filter=deaths_best%20%3E%3D%203"), deadly);
    let nothing = server.get("/tiles/incident/0/0/0.mvt?datetime=1900-01-01", Some(&token));
    assert_eq!((nothing.status, nothing.bytes.len()), (204, 0));
    let set = server.get("/tiles/incident.json", Some(&token)).json();
    let tiles = format!("http://{}/tiles/incident/{{z}}/{{x}}/{{y}}.mvt", server.address());
    assert_eq!(set["tiles"][0], tiles);
    let bearer = format!("Bearer {token}");
    let through_proxy = [("authorization", bearer.as_str()), ("x-forwarded-proto", "https")];
    let set = server.send(ureq::http::Method::GET, "/tiles/incident.json", &through_proxy, b"");
    assert_eq!(set.json()["tiles"][0], tiles.replace("http://", "https://"));
}
