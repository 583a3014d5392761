//! A request that makes a record, sent again because its answer was lost: it makes no second one.

use serde_json::{Value as Json, json};
use ureq::http::Method;

use crate::casque::Casque;
use crate::server::{Answer, Server};

const INCIDENTS: &str = "/api/registers/incident/records";
const KEY: &str = "0192a5b4-7c1e-4abc-8def-0123456789ab";

fn values(summary: &str) -> Json {
    json!({ "occurred_at": "2018-03-01T14:30:00Z", "type": "AC-CLASH", "summary": summary })
}

fn made(server: &Server<'_>, token: &str, key: &str, document: &Json) -> Answer {
    let bearer = format!("Bearer {token}");
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "application/json"),
        ("idempotency-key", key),
    ];
    server.send(Method::POST, INCIDENTS, &headers, document.to_string().as_bytes())
}

fn count(server: &Server<'_>, token: &str) -> Json {
    server.get(&format!("{INCIDENTS}?count=true&limit=1"), Some(token)).json()["matched"].clone()
}

#[test]
fn a_key_makes_one_record_however_often_it_is_sent() {
    let casque = Casque::with_pack("minusek");
    let server = Server::start(&casque);
    let token = server.token("admin");
    let before = count(&server, &token).as_i64().expect("a number");
    let document = json!({ "values": values("A shot"), "reason": "radio" });
    let first = made(&server, &token, KEY, &document);
    assert_eq!(first.status, 201, "{first:?}");
    let again = made(&server, &token, &KEY.to_uppercase(), &document);
    assert_eq!((again.status, again.json()), (201, first.json()));
    assert_eq!(
        ["location", "etag"].map(|name| again.header(name).to_owned()),
        ["location", "etag"].map(|name| first.header(name).to_owned())
    );
    assert_eq!(count(&server, &token), json!(before + 1));
    let other = made(&server, &token, "0192a5b4-7c1e-4abc-8def-0123456789ac", &document);
    assert_eq!(other.status, 201);
    assert_ne!(other.json()["id"], first.json()["id"], "another key is another record");
}

#[test]
fn a_key_with_other_content_is_a_conflict_and_writes_nothing() {
    let casque = Casque::with_pack("minusek");
    let server = Server::start(&casque);
    let token = server.token("admin");
    let first = made(&server, &token, KEY, &json!({ "values": values("A shot") }));
    assert_eq!(first.status, 201, "{first:?}");
    let before = count(&server, &token);
    for other in [
        json!({ "values": values("Two shots") }),
        json!({ "values": values("A shot"), "reason": "radio" }),
        json!({ "values": { "occurred_at": "2018-03-01T14:30:00Z", "type": "AC-CLASH" } }),
    ] {
        made(&server, &token, KEY, &other).is_problem(409, "request-key-used");
    }
    assert_eq!(count(&server, &token), before);
    let odd = made(&server, &token, "not a key", &json!({ "values": values("A shot") }));
    odd.is_problem(400, "request-key-invalid");
}

#[test]
fn a_refused_request_does_not_use_its_key_up() {
    let casque = Casque::with_pack("minusek");
    let server = Server::start(&casque);
    let token = server.token("admin");
    let refused = made(&server, &token, KEY, &json!({ "values": { "type": "no such code" } }));
    assert_eq!(refused.status, 422, "{refused:?}");
    assert_eq!(made(&server, &token, KEY, &json!({ "values": values("Mended") })).status, 201);
}

#[test]
fn a_key_outlives_the_server_and_belongs_to_who_made_it() {
    let casque = Casque::with_pack("minusek");
    let document = json!({ "values": values("A shot") });
    let server = Server::start(&casque);
    let first = made(&server, &server.token("admin"), KEY, &document);
    server.end();
    let server = Server::start(&casque);
    let again = made(&server, &server.token("admin"), KEY, &document);
    assert_eq!(again.json()["id"], first.json()["id"]);
    casque.line("user add second --role administrator").out();
    let second = made(&server, &server.token("second"), KEY, &document);
    assert_eq!(second.status, 201, "{second:?}");
    assert_ne!(second.json()["id"], first.json()["id"], "another person's key is another key");
}
