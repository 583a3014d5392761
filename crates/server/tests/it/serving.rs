//! `casque serve` from outside: start, limits, refusals, end.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::json;
use ureq::http::Method;

use crate::casque::Casque;
use crate::server::{Server, begun};

#[test]
fn a_served_node_answers_and_ends_when_told() {
    let casque = Casque::new();
    let server = Server::start(&casque);
    let health = server.get("/health", None);
    assert_eq!((health.status, health.body.as_str()), (200, r#"{"status":"ok"}"#));
    assert_eq!(health.header("x-content-type-options"), "nosniff");
    assert_eq!(health.header("cache-control"), "no-store");
    assert!(health.header("content-security-policy").contains("default-src 'self'"));
    let (code, said) = server.end();
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("error") && !said.contains("ERROR"), "{said}");
}

#[test]
fn nothing_but_health_and_sign_in_answers_to_nobody() {
    let casque = Casque::new();
    let server = Server::start(&casque);
    server.get("/api/registers", None).is_problem(401, "sign-in-needed");
    server.get("/ogc/", Some("not a token")).is_problem(401, "sign-in-needed");
    let page = server.get("/r/incident?q=a", None);
    assert_eq!((page.status, page.header("location")), (303, "/sign-in?next=/r/incident%3Fq%3Da"));
    assert_eq!(server.get("/sign-in", None).status, 200);
    let token = server.token("admin");
    server.get("/api/no-such-thing", Some(&token)).is_problem(404, "nothing-here");
    assert_eq!(server.get("/r/incident", Some(&token)).status, 200);
}

#[test]
fn what_is_no_request_is_refused_and_harms_nobody() {
    let casque = Casque::new();
    let server = Server::start(&casque);
    for junk in ["junk\r\n\r\n", "GET /health HTTP/9.9\r\n\r\n", "\0\0\0\0\r\n\r\n"] {
        let said = server.say(junk.as_bytes());
        assert!(said.starts_with("HTTP/1.1 400 "), "{junk:?}: {said}");
    }
    assert_eq!(server.get("/health", None).status, 200);
}

#[test]
fn a_port_that_is_taken_is_told() {
    let casque = Casque::new();
    let server = Server::start(&casque);
    let address = server.address().to_string();
    casque.run(["serve", "--listen", &address]).told(4, "address-in-use");
}

#[test]
fn another_pack_shows_in_the_next_answer_of_a_running_server() {
    let casque = Casque::with_events();
    let server = Server::start(&casque);
    let token = server.token("admin");
    let mission = || server.get("/api/session", Some(&token)).json()["mission"]["name"].clone();
    assert_eq!(mission(), "minusma");
    let pack = crate::casque::pack("minusek").display().to_string();
    casque.run(["pack", "use", &pack]).out();
    assert_eq!(mission(), "minusek");
    let items = server.get("/ogc/collections/incident/items?limit=1", Some(&token));
    assert_eq!((items.status, &items.json()["numberMatched"]), (200, &735.into()), "{items:?}");
}

#[test]
fn what_another_process_writes_shows_in_the_next_answer() {
    let casque = Casque::new();
    let server = Server::start(&casque);
    let token = server.token("admin");
    let matched = || {
        let items = server.get("/ogc/collections/incident/items", Some(&token));
        items.json()["numberMatched"].clone()
    };
    assert_eq!(matched(), 0);
    casque.import(&crate::casque::events());
    assert_eq!(matched(), 735);
}

#[test]
fn the_first_start_makes_the_node_and_tells_the_password_once() {
    let casque = Casque::nowhere();
    casque.run(["serve", "--listen", "127.0.0.1:0"]).told(1, "node-not-found");
    let pack = crate::casque::pack("minusma").display().to_string();
    let server = Server::with(&casque, &["--pack", &pack]);
    let (code, said) = server.end();
    assert_eq!(code, Some(0), "{said}");
    let password =
        |said: &str| said.lines().find(|line| line.split('-').count() == 4).map(str::to_owned);
    let password = password(&said).expect("a password");
    let server = Server::with(&casque, &["--pack", &pack]);
    let guess = json!({ "name": "admin", "password": password });
    assert_eq!(server.ask(Method::POST, "/api/sign-in", None, Some(&guess)).status, 200);
    assert!(!server.end().1.contains(&password));
}

#[test]
fn what_runs_when_the_server_is_told_to_end_is_answered() {
    let casque = Casque::new();
    let server = Server::start(&casque);
    let body = br#"{"name":"admin","password":"wrong"}"#;
    let mut asking = begun(server.connect(), body.len());
    server.tell_to_end();
    asking.write_all(body).expect("sent");
    let mut said = String::new();
    asking.read_to_string(&mut said).expect("an answer");
    assert!(said.starts_with("HTTP/1.1 401 "), "{said}");
    assert_eq!(server.end().0, Some(0));
}

#[test]
fn told_to_end_twice_the_server_waits_for_nobody() {
    let casque = Casque::new();
    let mut command = casque.command(["serve", "--listen", "127.0.0.1:0"]);
    command.env("CASQUE_LOG", "warn");
    let server = Server::of(&casque, command);
    let asking = begun(server.connect(), 1);
    server.tell_to_end();
    // It has heard that when nobody comes in any more.
    while TcpStream::connect(server.address()).is_ok() {}
    let (code, said) = server.end();
    assert_eq!(code, Some(0));
    assert!(said.contains("told to end once more"), "{said}");
    drop(asking);
}
