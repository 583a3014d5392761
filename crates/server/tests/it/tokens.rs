//! Tokens on the command line: made, listed, revoked, and told once.

use std::fs;

use crate::casque::Casque;

#[test]
fn a_token_is_made_as_promised_and_its_secret_is_told_once() {
    let casque = Casque::new();
    let data = casque.data();
    let data = data.to_str().expect("a path of text");
    let line = format!("token create --data {data} --user admin --scope read --json");
    let made = casque.line(&line).json();
    let secret = made["token"].as_str().expect("a secret").to_owned();
    assert!(secret.starts_with("casque_token_") && secret.len() == 77, "{secret}");
    assert_eq!((&made["scope"], &made["name"]), (&"read".into(), &"read".into()));
    let days = |key: &str| made[key].as_str().expect("a time").to_owned();
    assert!(days("expires") > days("created"));
    let named =
        casque.run(["token", "create", "--scope", "admin", "--days", "1", "--name", "gdal"]);
    assert!(named.out().starts_with("casque_token_") && named.out.lines().count() == 1);
    assert!(!named.err.contains("casque_token_"));
    let listed = casque.line("token list --json").json();
    let names: Vec<&str> = listed
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|token| token["name"].as_str())
        .collect();
    assert_eq!(names, ["read", "gdal"]);
    assert_eq!((&listed[0]["id"], &listed[0]["last_used"]), (&made["id"], &().into()));
    let table = casque.line("token list");
    assert!(table.out().contains("gdal") && !table.out.contains("casque_token_"));
    let database = fs::read(casque.database()).expect("the database");
    let half = &secret.as_bytes()[40..];
    assert!(!database.windows(half.len()).any(|window| window == half), "only its hash is kept");
}

#[test]
fn a_token_is_revoked_by_its_owner_alone() {
    let casque = Casque::new();
    casque.line("user add omar --role observer").out();
    let made = casque.line("token create --user omar --json").json();
    let id = made["id"].as_str().expect("an id");
    casque.line(&format!("--user admin token revoke {id}")).told(3, "token-unknown");
    casque.line(&format!("--user omar token revoke {id}")).out();
    casque.line(&format!("--user omar token revoke {id}")).told(3, "token-unknown");
    assert_eq!(casque.line("--user omar token list --json").json(), serde_json::json!([]));
}

#[test]
fn a_token_that_cannot_be_is_refused() {
    let casque = Casque::new();
    casque.line("token create --days 0").told(1, "token-days-wrong");
    casque.line("token create --days 367").told(1, "token-days-wrong");
    casque.run(["token", "create", "--name", ""]).told(1, "token-name-wrong");
    assert_eq!(casque.line("token create --scope all").code, 2);
    casque.line("--user nobody token create").told(3, "user-unknown");
    assert_eq!(casque.line("token list --json").json(), serde_json::json!([]));
}

#[test]
fn lost_codes_are_taken_away_by_an_administrator() {
    let casque = Casque::new();
    casque.line("user add omar --role observer").out();
    let reset = casque.line("user totp-reset omar --json").json();
    assert_eq!(reset, serde_json::json!({ "user": "omar", "reset": false }));
    casque.line("--user omar user totp-reset admin").told(3, "administrators-only");
    casque.line("user totp-reset nobody").told(3, "user-unknown");
}
