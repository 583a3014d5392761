//! What a form leaves out or refuses is told by the command line and over HTTP, in the reader's language.

use std::path::Path;

use serde_json::{Value as Json, json};
use ureq::http::Method;

use crate::casque::Casque;
use crate::server::Server;

fn node() -> Casque {
    let casque = Casque::nowhere();
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/packs/cases");
    casque.init(&pack).out();
    casque
}

fn codes(answer: &Json) -> Vec<&str> {
    let warnings = answer["warnings"].as_array().expect("warnings").iter();
    warnings.filter_map(|warning| warning["code"].as_str()).collect()
}

#[test]
fn what_is_left_out_stands_beside_the_record_over_http() {
    let casque = node();
    let server = Server::start(&casque);
    let token = server.token("admin");
    let path = "/api/registers/stay/records";
    let ask = |method: Method, path: &str, body: &Json| {
        server.ask(method, path, Some(&token), Some(body))
    };
    let given = json!({ "began_at": "2021-11-02T06:00Z", "colour": "blue", "why": "because", "people": 3,
                        "women": 1, "men": 99 });
    let made = ask(Method::POST, &format!("{path}?lang=fr"), &json!({ "values": given }));
    assert_eq!(made.status, 201, "{made:?}");
    let made = made.json();
    assert_eq!((codes(&made), &made["values"]["why"]), (vec!["answer-not-asked"], &Json::Null));
    assert_eq!(made["values"]["men"], json!(2));
    let told = made["warnings"][0]["text"].as_str().expect("words");
    assert!(told.starts_with("cette question"), "{told}");
    let record = format!("{path}/{}", made["id"].as_str().expect("an id"));
    let edit = json!({ "values": { "why": "again", "summary": "A stay" } }).to_string();
    let bearer = format!("Bearer {token}");
    let json_type = ("content-type", "application/json");
    let headers = [("if-match", "*"), json_type, ("authorization", bearer.as_str())];
    let edited = server.send(Method::PATCH, &record, &headers, edit.as_bytes());
    assert_eq!(
        (edited.status, codes(&edited.json())),
        (200, vec!["answer-not-asked"]),
        "{edited:?}"
    );
    let asked = server.get(&record, Some(&token)).json();
    assert!(asked.get("warnings").is_none(), "they are of the act, and not of the record");

    let wrong =
        json!({ "values": { "began_at": "2021-11-02T06:00Z", "ended_at": "2021-11-01T06:00Z" } });
    for (language, words) in
        [("fr", "La fin précède le début."), ("en", "It ends before it begins.")]
    {
        let refused = ask(Method::POST, &format!("{path}?lang={language}"), &wrong);
        refused.is_problem(422, "answer-constraint-said");
        assert!(refused.body.contains(words), "{}", refused.body);
    }
}

#[test]
fn what_is_left_out_is_told_by_the_command_line() {
    let casque = node();
    let given = ["create", "stay", "began_at=2021-11-02T06:00Z", "colour=blue", "why=because"];
    let made = casque.run(given);
    assert!(made.err.contains("why") && made.err.contains("not asked"), "{}", made.err);
    let id = made.out().trim().to_owned();
    let edited = casque.run(["edit", "stay", &id, "why=again", "summary=A stay", "--json"]).json();
    assert_eq!((codes(&edited), &edited["changed"]), (vec!["answer-not-asked"], &json!(1)));
    let late = ["edit", "stay", &id, "ended_at=2021-11-01T06:00Z", "--lang", "fr"];
    let refused = casque.run(late);
    refused.told(1, "answer-constraint-said");
    assert!(refused.err.contains("La fin précède le début."), "{}", refused.err);
    let rows = "source_id,began_at,colour,why\nA,2021-11-02T06:00Z,blue,because\nB,2021-11-02T06:00Z,red,\n";
    let file = casque.file("stays.csv", rows);
    let imported = casque
        .run(["import", "--register", "stay", file.to_str().expect("text"), "--yes", "--json"])
        .json();
    assert_eq!((&imported["created"], &imported["refused"]), (&json!(1), &json!(1)), "{imported}");
    assert_eq!(imported["warnings"][0]["finding"]["code"], json!("answer-not-asked"));
    casque.assert_whole();
}
