//! Rows and sealed fields over HTTP and on the command line: served whole within the compartment, and
//! as if there were none outside of it.

use std::path::Path;

use serde_json::{Value as Json, json};
use ureq::http::Method;

use crate::casque::Casque;
use crate::server::Server;

/// A node of the small pack with rows and sealed fields, whose administrator sees both, and a clerk
/// who sees neither name nor value of what is sealed.
fn node() -> Casque {
    let casque = Casque::nowhere();
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/packs/cases");
    casque.init(&pack).out();
    casque.line("user change admin --compartment secret").out();
    let password = casque.path("password");
    let password = password.to_str().expect("a path of text");
    for (name, role) in [("clerk", "clerk"), ("worker", "worker")] {
        casque.run(["user", "add", name, "--role", role, "--password-file", password]).out();
    }
    casque
}

fn case() -> Json {
    json!({ "values": {
        "occurred_at": "2021-11-02T06:00Z", "place": "14.5 -4.25", "colour": "red",
        "victims": [{ "name": "Awa", "age": 12, "sex": "f", "injuries": [{ "parts": ["arm"] }] }, { "name": "Bah" }],
        "informant": "a canary", "informant_paid": 777_123, "informant_kin": [{ "name": "canary" }],
    }})
}

/// The id of a case made over HTTP.
fn made(server: &Server<'_>, token: &str) -> String {
    let path = "/api/registers/case/records";
    let answer = server.ask(Method::POST, path, Some(token), Some(&case()));
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.json()["id"].as_str().expect("an id").to_owned()
}

#[test]
fn rows_are_taken_and_given_by_the_api_and_told_by_the_command_line() {
    let casque = node();
    let server = Server::start(&casque);
    let token = server.token("admin");
    let id = made(&server, &token);
    let record = server.get(&format!("/api/registers/case/records/{id}"), Some(&token)).json();
    assert_eq!(record["values"]["victims"], case()["values"]["victims"]);
    let feature = server.get(&format!("/ogc/collections/case/items/{id}"), Some(&token)).json();
    assert_eq!(feature["properties"]["victims"], case()["values"]["victims"]);
    let mut wrong = case();
    wrong["values"]["victims"][1]["age"] = json!("old");
    let path = "/api/registers/case/records";
    let answer = server.ask(Method::POST, path, Some(&token), Some(&wrong));
    answer.is_problem(422, "answer-not-a-number");
    assert!(answer.body.contains("victims[2].age"), "{}", answer.body);
    let shown = casque.run(["show", "case", &id]);
    for line in ["victims[1].age", "victims[1].injuries[1].parts", "victims[2].name"] {
        assert!(shown.out().contains(line), "{line} in {}", shown.out);
    }
    let sex = shown.out().lines().find(|line| line.contains("victims[1].sex"));
    assert!(sex.is_some_and(|line| line.contains("Female")), "{sex:?}");
    casque.assert_whole();
}

#[test]
fn no_address_tells_a_sealed_field_to_somebody_outside_of_its_compartment() {
    let casque = node();
    let server = Server::start(&casque);
    let [admin, clerk] = ["admin", "clerk"].map(|user| server.token(user));
    let id = made(&server, &admin);
    let tells = |body: &str| body.contains("informant") || body.contains("canary");
    let told = [
        "/api/registers/case".to_owned(),
        "/api/registers/case/records".to_owned(),
        format!("/api/registers/case/records/{id}"),
        format!("/api/registers/case/records/{id}/history"),
        "/ogc/collections/case/queryables".to_owned(),
        "/ogc/collections/case/schema".to_owned(),
        "/ogc/collections/case/items".to_owned(),
        format!("/ogc/collections/case/items/{id}"),
        "/ogc/api".to_owned(),
        "/api/registers/case/export?format=csv".to_owned(),
        "/api/registers/case/export?format=geojson".to_owned(),
        "/api/registers/case/export?format=ndjson".to_owned(),
    ];
    for path in &told {
        let [within, outside] =
            [&admin, &clerk].map(|token| server.get(path, Some(token.as_str())));
        assert_eq!((within.status, outside.status), (200, 200), "{path}: {within:?} {outside:?}");
        assert!(tells(&within.body), "{path}: {}", within.body);
        assert!(!tells(&outside.body), "{path}: {}", outside.body);
    }
    for path in [
        "/api/registers/case/records?filter=FIELD%20IS%20NULL",
        "/api/registers/case/records?fields=FIELD",
        "/api/registers/case/facets?fields=FIELD",
        "/api/registers/case/timeline?filter=FIELD%20IS%20NULL",
        "/ogc/collections/case/items?filter=FIELD%20IS%20NULL",
        "/ogc/collections/case/items?FIELD=x",
        "/tiles/case/0/0/0.mvt?filter=FIELD%20IS%20NULL",
        "/api/registers/case/export?format=csv&filter=FIELD%20IS%20NULL",
    ] {
        let ask = |field: &str| server.get(&path.replace("FIELD", field), Some(&clerk));
        let (sealed, never) = (ask("informant_paid"), ask("informand_paid"));
        assert!((400..500).contains(&never.status), "{path}: {never:?}");
        let blank = |body: &str, field: &str| body.replace(field, "FIELD");
        assert_eq!(
            (sealed.status, blank(&sealed.body, "informant_paid")),
            (never.status, blank(&never.body, "informand_paid")),
            "{path}"
        );
    }
}

#[test]
fn the_command_line_tells_no_more_than_the_pages() {
    let casque = node();
    let server = Server::start(&casque);
    let id = made(&server, &server.token("worker"));
    drop(server);
    let as_clerk = |line: &str| casque.line(&format!("--user clerk {line}"));
    for line in [
        format!("show case {id}"),
        format!("show case {id} --json"),
        format!("history case {id}"),
        "query case".to_owned(),
        "query case --json".to_owned(),
        "query case --csv".to_owned(),
    ] {
        let ran = as_clerk(&line);
        let said = format!("{}{}", ran.out, ran.err);
        assert!(!said.contains("informant") && !said.contains("canary"), "{line}: {said}");
    }
    assert!(casque.run(["show", "case", &id]).out().contains("canary"));
}
