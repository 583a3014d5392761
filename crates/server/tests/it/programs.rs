//! Tokens and users over HTTP: what each scope reaches, and what only a person or an administrator may.

use serde_json::{Value as Json, json};
use ureq::http::Method;

use crate::casque::Casque;
use crate::server::{Answer, Server};

fn token(casque: &Casque, user: &str, scope: &str) -> String {
    let made = casque.line(&format!("--user {user} token create --scope {scope}"));
    made.out().trim().to_owned()
}

#[test]
fn each_scope_reaches_its_methods_and_no_others() {
    let casque = Casque::new();
    let server = Server::start(&casque);
    let document =
        json!({ "name": "omar", "roles": ["observer"], "password": "a password of tests" });
    for (scope, expected) in [
        ("read", [200, 403, 403, 403]),
        ("write", [200, 403, 403, 403]),
        ("admin", [200, 200, 201, 200]),
    ] {
        let token = token(&casque, "admin", scope);
        let ask = |method: Method, path: &str, document: Option<&Json>| {
            server.ask(method, path, Some(&token), document).status
        };
        let disable = json!({ "disabled": true });
        let got = [
            ask(Method::GET, "/api/session", None),
            ask(Method::GET, "/api/users", None),
            ask(Method::POST, "/api/users", Some(&document)),
            ask(Method::PATCH, "/api/users/omar", Some(&disable)),
        ];
        assert_eq!(got, expected, "{scope}");
    }
}

#[test]
fn a_token_is_never_more_than_its_owner_and_ends_when_it_is_revoked() {
    let casque = Casque::new();
    casque.line("user add omar --role observer").out();
    let server = Server::start(&casque);
    let token = token(&casque, "omar", "admin");
    let ask = |path: &str| server.get(path, Some(&token));
    assert_eq!(ask("/api/session").json()["user"]["administers"], false);
    assert_eq!(ask("/api/users").status, 403);
    let id = ask("/api/tokens").json()[0]["id"].as_str().expect("an id").to_owned();
    casque.line(&format!("--user omar token revoke {id}")).out();
    ask("/api/session").is_problem(401, "sign-in-needed");
    for nothing in ["", "casque_token_", "x", &"y".repeat(7_000)] {
        server.get("/api/session", Some(nothing)).is_problem(401, "sign-in-needed");
    }
}

#[test]
fn the_owner_sees_that_a_token_was_used() {
    let casque = Casque::new();
    let server = Server::start(&casque);
    let token = token(&casque, "admin", "read");
    // It is noted beside a request, so a later one shows it.
    let mut answers = (0..10_000).map(|_| server.get("/api/tokens", Some(&token)).json());
    let used = answers.find(|tokens| tokens[0]["last_used"].is_string()).expect("it is noted");
    let text = |key: &str| used[0][key].as_str().expect("a time").to_owned();
    assert!(text("last_used") >= text("created") && text("last_used") < text("expires"));
}

#[test]
fn a_program_does_nothing_that_is_for_a_person() {
    let casque = Casque::new();
    let server = Server::start(&casque);
    let token = token(&casque, "admin", "admin");
    let password = json!({ "password": "a password of tests" });
    let change = json!({ "old": "a password of tests", "new": "another password" });
    let another = json!({ "name": "x", "scope": "admin", "days": 366 });
    let code = json!({ "code": "123456" });
    for (method, path, document) in [
        (Method::POST, "/api/sign-out", None),
        (Method::POST, "/api/tokens", Some(&another)),
        (Method::DELETE, "/api/tokens/0", None),
        (Method::POST, "/api/session/password", Some(&change)),
        (Method::POST, "/api/session/totp", None),
        (Method::PUT, "/api/session/totp", Some(&code)),
        (Method::DELETE, "/api/session/totp", Some(&password)),
    ] {
        let refused = server.ask(method, path, Some(&token), document);
        refused.is_problem(403, "session-needed");
    }
}

#[test]
fn users_are_added_and_changed_with_everything_wrong_said() {
    let casque = Casque::new();
    let server = Server::start(&casque);
    let token = token(&casque, "admin", "admin");
    let post =
        |document: Json| server.ask(Method::POST, "/api/users", Some(&token), Some(&document));
    let made = post(json!({
        "name": "awa", "display": "Awa D.", "roles": ["jmac-analyst"], "areas": ["ML07"],
        "clearance": "confidential",
    }));
    assert_eq!(made.status, 201, "{made:?}");
    let awa = made.json();
    assert_eq!(awa["password"].as_str().map(str::len), Some(27), "told once");
    assert_eq!((&awa["display"], &awa["areas"]), (&"Awa D.".into(), &json!(["ML07"])));
    let codes = |answer: &Answer| -> Vec<String> {
        let findings = answer.json()["findings"].as_array().cloned().unwrap_or_default();
        findings.iter().filter_map(|f| f["code"].as_str().map(str::to_owned)).collect()
    };
    for (document, status, code) in [
        (json!({ "name": "awa", "roles": [] }), 409, "user-exists"),
        (json!({ "name": "Awa!" }), 422, "user-name-invalid"),
        (json!({ "name": "eve", "roles": ["jmac-analist"] }), 422, "role-unknown"),
        (json!({ "name": "eve", "password": "" }), 422, "password-empty"),
        (json!({ "name": "eve", "display": "E\nve" }), 422, "user-display-wrong"),
        (json!({ "name": "eve", "clearance": "cosmic" }), 400, "request-malformed"),
    ] {
        let refused = post(document.clone());
        assert_eq!(
            (refused.status, codes(&refused)),
            (status, vec![code.to_owned()]),
            "{document}"
        );
    }
    let patch = |name: &str, document: Json| {
        let path = format!("/api/users/{name}");
        server.ask(Method::PATCH, &path, Some(&token), Some(&document))
    };
    let changed = patch("awa", json!({ "areas": [], "compartments": ["source-protected"] })).json();
    assert_eq!((&changed["areas"], &changed["roles"]), (&json!([]), &json!(["jmac-analyst"])));
    assert_eq!(patch("awa", json!({ "display": null })).json()["display"], "awa");
    patch("admin", json!({ "disabled": true })).is_problem(409, "user-last-administrator");
    patch("nobody", json!({ "disabled": true })).is_problem(404, "user-unknown");
    patch("awa", json!({ "totp": true })).is_problem(400, "request-malformed");
    let users = server.get("/api/users", Some(&token)).json();
    let names: Vec<&str> =
        users.as_array().into_iter().flatten().filter_map(|u| u["name"].as_str()).collect();
    assert_eq!(names.len(), 2);
    assert!(users[0].get("password").is_none());
    let rights = server.get("/api/rights?lang=fr", Some(&token)).json();
    assert!(rights["roles"].as_array().is_some_and(|roles| roles.len() > 3));
}
