//! `casque serve` from outside: start, limits, refusals, end.

use crate::casque::Casque;
use crate::server::Server;

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
