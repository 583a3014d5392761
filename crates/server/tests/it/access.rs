//! Signing in over HTTP: what tells nothing, what cannot be used twice, and what ends at once.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value as Json, json};
use totp_rs::{Builder, Secret};
use ureq::http::Method;

use crate::casque::Casque;
use crate::server::{Answer, Server};

const PASSWORD: &str = "a password of tests";

/// A node with `admin` and `awa`, an analyst, who have the same password.
fn with_awa() -> Casque {
    let casque = Casque::new();
    let file = casque.path("password");
    let file = file.to_str().expect("a path of text");
    let added =
        casque.run(["user", "add", "awa", "--role", "jmac-analyst", "--password-file", file]);
    added.out();
    casque
}

impl Server<'_> {
    fn sign_in_with(&self, given: &Json, cookie: Option<&str>) -> Answer {
        let mut headers =
            vec![("content-type", "application/json"), ("sec-fetch-site", "same-origin")];
        headers.extend(cookie.map(|cookie| ("cookie", cookie)));
        self.send(Method::POST, "/api/sign-in", &headers, given.to_string().as_bytes())
    }

    fn try_sign_in(&self, name: &str, password: &str) -> Answer {
        self.sign_in_with(&json!({ "name": name, "password": password }), None)
    }

    /// The cookie of somebody who signs in.
    fn sign_in(&self, name: &str) -> String {
        let answer = self.try_sign_in(name, PASSWORD);
        assert_eq!(answer.status, 200, "{answer:?}");
        cookie_of(&answer)
    }

    /// As a page of the node asks.
    fn ask_with(
        &self,
        cookie: &str,
        method: Method,
        path: &str,
        document: Option<&Json>,
    ) -> Answer {
        let mut headers = vec![("cookie", cookie), ("sec-fetch-site", "same-origin")];
        headers.extend(document.map(|_| ("content-type", "application/json")));
        let body = document.map(Json::to_string).unwrap_or_default();
        self.send(method, path, &headers, body.as_bytes())
    }

    fn is_signed_in(&self, cookie: &str) -> bool {
        let answer = self.ask_with(cookie, Method::GET, "/api/session", None);
        if answer.status != 200 {
            answer.is_problem(401, "sign-in-needed");
        }
        answer.status == 200
    }
}

fn cookie_of(answer: &Answer) -> String {
    let (cookie, _attributes) = answer.header("set-cookie").split_once(';').expect("a cookie");
    cookie.to_owned()
}

/// What an answer tells a stranger, less the hour.
fn told(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let headers = answer.headers.iter().filter(|(name, _)| name.as_str() != "date");
    let text =
        |value: &ureq::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = headers.map(|(name, value)| (name.to_string(), text(value)));
    (answer.status, headers.collect(), answer.body.clone())
}

#[test]
fn whoever_signs_in_is_told_who_they_are_and_gets_a_cookie_that_scripts_cannot_read() {
    let casque = with_awa();
    let server = Server::start(&casque);
    let answer = server.try_sign_in("awa", PASSWORD);
    let (secret, attributes) = answer.header("set-cookie").split_once("; ").expect("attributes");
    assert!(secret.starts_with("casque=casque_session_"), "{secret}");
    assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Strict");
    let session = answer.json();
    assert_eq!(
        (&session["user"]["name"], &session["mission"]["name"]),
        (&"awa".into(), &"minusma".into())
    );
    assert!(!answer.body.contains("casque_session_"));
    let again = server.ask_with(&cookie_of(&answer), Method::GET, "/api/session", None);
    assert_eq!(again.json(), session);
    assert_eq!(again.header("cache-control"), "no-store");
}

#[test]
fn over_tls_the_cookie_is_of_this_host_alone() {
    let casque = with_awa();
    let server = Server::with(&casque, &["--tls-self-made"]);
    let answer = server.try_sign_in("awa", PASSWORD);
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-casque=casque_session_"), "{cookie}");
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict; Secure"), "{cookie}");
    let cookie = cookie_of(&answer);
    assert!(server.is_signed_in(&cookie));
    assert!(!server.is_signed_in(cookie.trim_start_matches("__Host-")), "a name others can set");
}

#[test]
fn nothing_tells_a_name_that_exists_from_one_that_does_not() {
    let casque = with_awa();
    casque.line("user add omar --role observer").out();
    casque.line("user change omar --disable").out();
    let server = Server::start(&casque);
    let unknown = server.try_sign_in("nobody", "wrong");
    unknown.is_problem(401, "sign-in-refused");
    for (name, password) in [("awa", "wrong"), ("awa", ""), ("omar", PASSWORD), ("", "")] {
        assert_eq!(told(&server.try_sign_in(name, password)), told(&unknown), "{name}");
    }
    // Both have been tried once or twice: some more, and both wait, in the same words.
    let waits = ["awa", "nobody"].map(|name| {
        let mut tries = (0..9).map(|_| server.try_sign_in(name, "wrong"));
        tries.find(|answer| answer.status != 401).expect("a wait")
    });
    for wait in &waits {
        wait.is_problem(429, "sign-in-throttled");
        assert!((1..=40).contains(&wait.header("retry-after").parse().unwrap_or(0)), "{wait:?}");
    }
    let names = |answer: &Answer| -> Vec<String> {
        answer.headers.keys().map(ToString::to_string).collect()
    };
    assert_eq!(names(&waits[0]), names(&waits[1]));
}

#[test]
fn guesses_are_counted_over_a_restart_and_the_right_password_waits_too() {
    let casque = with_awa();
    let server = Server::start(&casque);
    for _ in 0..4 {
        server.try_sign_in("awa", "wrong").is_problem(401, "sign-in-refused");
    }
    // As after eight more: what is waited is then longer than any test takes.
    let database = rusqlite::Connection::open(casque.database()).expect("the database");
    let raised =
        database.execute("UPDATE casque_throttle SET level = level + 8 WHERE kind = 1", []);
    assert_eq!(raised, Ok(1), "four guesses are one row");
    server.try_sign_in("awa", PASSWORD).is_problem(429, "sign-in-throttled");
    server.end();
    let server = Server::start(&casque);
    server.try_sign_in("awa", PASSWORD).is_problem(429, "sign-in-throttled");
    server.sign_in("admin");
    let file = casque.path("password");
    let file = file.to_str().expect("a path of text");
    casque.run(["user", "password", "awa", "--password-file", file]).out();
    server.sign_in("awa");
}

#[test]
fn signing_in_gives_a_new_session_and_ends_the_one_the_browser_had() {
    let casque = with_awa();
    let server = Server::start(&casque);
    let planted = server.sign_in("awa");
    let other = server.sign_in("awa");
    let given = json!({ "name": "awa", "password": PASSWORD });
    let fresh = cookie_of(&server.sign_in_with(&given, Some(&planted)));
    assert!(fresh != planted && fresh != other);
    assert!(!server.is_signed_in(&planted) && server.is_signed_in(&other));
    let invented = format!("casque=casque_session_{}", "0".repeat(64));
    let fresh = cookie_of(&server.sign_in_with(&given, Some(&invented)));
    assert!(fresh != invented && !server.is_signed_in(&invented));
}

#[test]
fn signing_out_ends_the_session_and_takes_the_cookie_away() {
    let casque = with_awa();
    let server = Server::start(&casque);
    let (mine, other) = (server.sign_in("awa"), server.sign_in("awa"));
    let out = server.ask_with(&mine, Method::POST, "/api/sign-out", None);
    assert_eq!((out.status, out.body.as_str()), (204, ""));
    assert_eq!(out.header("set-cookie"), "casque=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    assert!(!server.is_signed_in(&mine) && server.is_signed_in(&other));
}

#[test]
fn a_session_is_no_use_to_a_page_elsewhere() {
    let casque = with_awa();
    let server = Server::start(&casque);
    let cookie = server.sign_in("awa");
    for headers in [
        vec![("sec-fetch-site", "cross-site")],
        vec![("sec-fetch-site", "same-site")],
        vec![("origin", "http://elsewhere.example")],
        vec![("origin", "null")],
        vec![],
    ] {
        let headers: Vec<_> = headers.into_iter().chain([("cookie", cookie.as_str())]).collect();
        let refused = server.send(Method::POST, "/api/sign-out", &headers, b"");
        refused.is_problem(403, "cross-site");
    }
    assert!(server.is_signed_in(&cookie));
}

#[test]
fn what_happens_to_a_user_happens_to_their_sessions_at_once() {
    let casque = with_awa();
    let server = Server::start(&casque);
    let admin = server.sign_in("admin");
    for (change, ends) in [
        (json!({ "display": "Awa" }), true),
        (json!({ "roles": ["observer"] }), true),
        (json!({ "password": PASSWORD }), true),
        (json!({ "totp": false }), false),
    ] {
        let awa = server.sign_in("awa");
        let changed = server.ask_with(&admin, Method::PATCH, "/api/users/awa", Some(&change));
        assert_eq!(changed.status, 200, "{changed:?}");
        assert_eq!(server.is_signed_in(&awa), !ends, "{change}");
    }
    let awa = server.sign_in("awa");
    let token = casque.line("--user awa token create").out().trim().to_owned();
    assert_eq!(server.get("/api/session", Some(&token)).status, 200);
    casque.line("user change awa --disable").out();
    assert!(!server.is_signed_in(&awa), "another process shut them out");
    server.get("/api/session", Some(&token)).is_problem(401, "sign-in-needed");
    server.try_sign_in("awa", PASSWORD).is_problem(401, "sign-in-refused");
    assert!(server.is_signed_in(&admin));
}

#[test]
fn a_person_changes_their_password_with_the_one_they_have() {
    let casque = with_awa();
    let server = Server::start(&casque);
    let (mine, other) = (server.sign_in("awa"), server.sign_in("awa"));
    let change = |old: &str, new: &str| {
        let document = json!({ "old": old, "new": new });
        server.ask_with(&mine, Method::POST, "/api/session/password", Some(&document))
    };
    change("wrong", "the river is high").is_problem(422, "password-wrong");
    change(PASSWORD, "").is_problem(422, "password-empty");
    assert_eq!(change(PASSWORD, "the river is high").status, 204);
    assert!(server.is_signed_in(&mine) && !server.is_signed_in(&other));
    server.try_sign_in("awa", PASSWORD).is_problem(401, "sign-in-refused");
    assert_eq!(server.try_sign_in("awa", "the river is high").status, 200);
}

#[test]
fn a_code_once_set_up_is_needed_and_good_once() {
    let casque = with_awa();
    let server = Server::start(&casque);
    let awa = server.sign_in("awa");
    let ask = |method: Method, document: Option<&Json>| {
        server.ask_with(&awa, method, "/api/session/totp", document)
    };
    let enrolment = ask(Method::POST, None).json();
    assert!(enrolment["qr_svg"].as_str().expect("a picture").contains("<svg"));
    let secret = enrolment["secret"].as_str().expect("a secret");
    assert!(enrolment["uri"].as_str().expect("an address").contains(secret));
    server.sign_in("awa");
    ask(Method::PUT, Some(&json!({ "code": "12 34" }))).is_problem(422, "totp-code-wrong");
    assert_eq!(ask(Method::PUT, Some(&json!({ "code": code(secret, 0) }))).status, 204);
    ask(Method::POST, None).is_problem(409, "totp-active");
    let try_code = |code: Option<String>| {
        let given = json!({ "name": "awa", "password": PASSWORD, "code": code });
        server.sign_in_with(&given, None)
    };
    try_code(None).is_problem(401, "sign-in-refused");
    let next = code(secret, 1);
    assert_eq!(try_code(Some(next.clone())).status, 200);
    try_code(Some(next)).is_problem(401, "sign-in-refused");
    ask(Method::DELETE, Some(&json!({ "password": "wrong" }))).is_problem(422, "password-wrong");
    assert_eq!(ask(Method::DELETE, Some(&json!({ "password": PASSWORD }))).status, 204);
    let session = server.ask_with(&awa, Method::GET, "/api/session", None).json();
    assert_eq!(session["user"]["totp"], false);
}

#[test]
fn lost_codes_are_taken_away_on_the_machine_while_it_serves() {
    let casque = with_awa();
    let server = Server::start(&casque);
    let awa = server.sign_in("awa");
    let begun = server.ask_with(&awa, Method::POST, "/api/session/totp", None).json();
    let code = code(begun["secret"].as_str().expect("a secret"), 0);
    let put = json!({ "code": code });
    server.ask_with(&awa, Method::PUT, "/api/session/totp", Some(&put));
    server.try_sign_in("awa", PASSWORD).is_problem(401, "sign-in-refused");
    assert_eq!(casque.line("user totp-reset awa --json").json()["reset"], true);
    server.sign_in("awa");
}

#[test]
fn a_sign_in_that_is_no_document_is_told_so() {
    let casque = Casque::new();
    let server = Server::start(&casque);
    let json = [("content-type", "application/json")];
    for body in ["", "[]", "{}", r#"{"name":"admin"}"#, r#"{"name":1,"password":2}"#] {
        let answer = server.send(Method::POST, "/api/sign-in", &json, body.as_bytes());
        assert!([400, 422].contains(&answer.status), "{body}: {answer:?}");
    }
    let large = json!({ "name": "admin", "password": "x".repeat(9_000) });
    server.sign_in_with(&large, None).is_problem(413, "body-too-large");
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let answer = server.send(Method::POST, "/api/sign-in", &form, b"name=admin");
    answer.is_problem(415, "media-type-wrong");
}

/// The code so many steps from now.
#[expect(clippy::disallowed_methods, reason = "the built binary has the clock of the machine")]
fn code(secret: &str, steps: u64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    let secret = Secret::try_from_base32(secret).expect("a secret");
    Builder::new()
        .with_secret(secret)
        .build()
        .expect("codes")
        .generate(now + steps * 30)
        .to_string()
}
