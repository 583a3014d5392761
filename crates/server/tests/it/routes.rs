//! Every row of `docs/route-table.md` against a running server: every role of both packs, every scope
//! of a token, and nobody.

use std::fs;
use std::path::Path;

use app::{Environment, NewUser, Node, Scope};
use model::time::{Clock, Timestamp};
use serde_json::json;
use testkit::SeededRandomness;
use ureq::http::Method;

use crate::casque::Casque;
use crate::server::{Answer, Server};

/// Refusals that stand for a right that is missing for anything at all.
const REFUSALS: [&str; 2] = ["right-missing", "scope-too-small"];

/// A row of the table: method, route, then its cells.
struct Row {
    method: Method,
    path: String,
    cells: Vec<String>,
}

/// The tables: each with the names of its columns.
fn tables() -> Vec<(Vec<String>, Vec<Row>)> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/route-table.md");
    let text = fs::read_to_string(file).expect("the committed table");
    let mut tables: Vec<(Vec<String>, Vec<Row>)> = Vec::new();
    for line in text.lines().filter(|line| line.starts_with("| ")) {
        let mut cells = line.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', ""));
        let (method, path) = (cells.next().expect("a method"), cells.next().expect("a route"));
        let cells: Vec<String> = cells.collect();
        if method == "method" {
            tables.push((cells, Vec::new()));
        } else {
            let method = method.parse().expect("a method");
            tables.last_mut().expect("a head").1.push(Row { method, path, cells });
        }
    }
    tables
}

/// The route with something for each of its parameters; nothing that is there.
fn address(path: &str) -> String {
    let parts = path.split('/').map(|part| match part {
        "{register}" => "incident",
        "{z}" | "{x}" => "0",
        "{y}" => "0.mvt",
        "{set}" => "incident.json",
        part if part.starts_with('{') => "nothing-of-that-name",
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

fn ask(server: &Server<'_>, row: &Row, token: Option<&str>) -> Answer {
    let document = json!({});
    let document = Some(&document).filter(|_| !row.method.is_safe());
    server.ask(row.method.clone(), &address(&row.path), token, document)
}

fn is_refused(answer: &Answer) -> bool {
    let is_problem = answer.header("content-type") == "application/problem+json";
    let kind = if is_problem { answer.json()["type"].clone() } else { "".into() };
    let kind = kind.as_str().unwrap_or_default().replace("tag:casque:2026:", "");
    let is_phone = answer.header("x-openrosa-version") == "1.0";
    answer.status == 401 && kind == "sign-in-needed"
        || answer.status == 403 && is_phone
        || answer.status == 403 && REFUSALS.contains(&kind.as_str())
}

/// The clock of the machine: tokens are to be good now.
struct Now;

impl Clock for Now {
    #[expect(clippy::disallowed_methods, reason = "the server reads the clock of the machine too")]
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let ms = since.expect("after 1970").as_millis();
        Timestamp::from_ms(i64::try_from(ms).expect("in our time"))
    }
}

/// A token for a user of each role, by role.
fn tokens(casque: &Casque, roles: &[String], scope: Scope) -> Vec<String> {
    let randomness = Box::new(SeededRandomness::new(7 + scope as u64));
    let environment = Environment { clock: Box::new(Now), randomness };
    let mut node = Node::open(&casque.data(), environment).expect("the node");
    let admin = node.viewer(Some("admin")).expect("the administrator");
    let mut made = Vec::new();
    for role in roles {
        let name = format!("{role}-{}", scope.code());
        node.add_user(&admin, NewUser::cleared(&name, &[role])).expect("a user");
        let viewer = node.viewer(Some(&name)).expect("the user");
        let token = node.token_create(&viewer, "test", scope, 1).expect("a token");
        made.push(token.1.reveal().to_owned());
    }
    made
}

fn walk_roles(pack: &str, nth: usize) {
    let (roles, rows) = tables().remove(nth);
    let casque = Casque::with_pack(pack);
    let tokens = tokens(&casque, &roles, Scope::Admin);
    let server = Server::start(&casque);
    for row in &rows {
        for ((role, token), cell) in roles.iter().zip(&tokens).zip(&row.cells) {
            let answer = ask(&server, row, Some(token));
            let place = format!("{pack}: {role} {} {}: {answer:?}", row.method, row.path);
            assert_eq!(is_refused(&answer), cell == "-", "{place}");
            assert_ne!(answer.status, 500, "{place}");
        }
    }
    assert!(rows.iter().any(|row| row.cells.iter().any(|cell| cell == "-")), "nothing is refused");
}

#[test]
fn every_role_of_minusma_is_allowed_and_refused_what_the_table_says() {
    walk_roles("minusma", 1);
}

#[test]
fn every_role_of_minusek_is_allowed_and_refused_what_the_table_says() {
    walk_roles("minusek", 2);
}

#[test]
fn every_scope_reaches_what_the_table_says_and_nobody_reaches_nothing() {
    let (_columns, rows) = tables().remove(0);
    let casque = Casque::new();
    let role = ["administrator".to_owned()];
    let tokens = Scope::ALL.map(|scope| (scope, tokens(&casque, &role, scope).remove(0)));
    let server = Server::start(&casque);
    for row in &rows {
        let [asks, least] = row.cells.as_slice() else { panic!("a row of {}", row.path) };
        let nobody = ask(&server, row, None);
        assert_eq!(is_refused(&nobody), asks != "Public", "{} {}", row.method, row.path);
        for wrong in ["", "nonsense"] {
            let wrong = ask(&server, row, Some(wrong));
            assert_eq!(is_refused(&wrong), asks != "Public", "{} {}", row.method, row.path);
        }
        for (scope, token) in &tokens {
            let reaches = Scope::from_code(least).is_none_or(|least| *scope >= least);
            // What an administrator's roles do not grant, no scope gives.
            let answer = ask(&server, row, Some(token));
            let is_short = answer.body.contains("scope-too-small");
            assert_eq!(is_short, !reaches, "{scope:?} {} {}: {answer:?}", row.method, row.path);
        }
    }
    for page in ["/", "/r/incident", "/mandate/1-2000", "/account", "/users"] {
        let sent = server.get(page, None);
        assert_eq!(sent.status, 303, "{page}");
        assert!(sent.header("location").starts_with("/sign-in"), "{page}");
    }
}
