//! Who may call what, kept where a reviewer sees every change of it; and what the gate does.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use serde_json::Value as Json;

use super::*;
use crate::http::routes;
use crate::http::testing::Bench;

const HEAD: &str = "# Who may call what\n\n\
    Written by `cargo xtask gen`; do not edit. Every route of `casque serve`: what it asks of its caller's\n\
    roles, the least scope of a token, and below, for each pack, the roles that may call it. Which records\n\
    it then reaches is in the policy tables. A route that is not public answers 401 to nobody; pages, which\n\
    are every address that is no route, send nobody to `/sign-in`. What asks for `Phone` is opened by the\n\
    key in its address alone, which may create records. A test asks a running server every row.\n";

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn row(table: &mut String, route: &Route, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.collect();
    writeln!(table, "| {} | `{}` | {} |", route.method, route.path, cells.join(" | "))
        .expect("a text takes everything");
}

fn asked(routes: &Routes) -> String {
    let mut table = format!("{HEAD}\n| method | route | asks for | scope |\n|---|---|---|---|\n");
    for route in routes.iter() {
        let scope = match route.access {
            Access::Public | Access::Phone => "-",
            access => access.scope(&route.method).code(),
        };
        let asks = format!("{:?}", route.access);
        row(&mut table, route, [asks, scope.to_owned()].into_iter());
    }
    table
}

fn allowed(routes: &Routes, pack: &str) -> String {
    let pack = app::load_pack(&folder("packs").join(pack)).expect("a pack of the project");
    let names: Vec<&str> = pack.roles.keys().map(model::id::Name::as_str).collect();
    let mut table = format!("\n## Pack `{}`\n\n| method | route |", pack.name);
    let rule = "---|".repeat(names.len());
    writeln!(table, " {} |\n|---|---|{rule}", names.join(" | ")).expect("a text takes everything");
    for route in routes.iter() {
        let may = |role: &str| {
            let role = pack.roles.get(role).filter(|_| route.access != Access::Phone)?;
            let action = route.access.action();
            let grants = |action| role.grants.iter().any(|grant| grant.actions.contains(&action));
            action.is_none_or(grants).then(|| "yes".to_owned())
        };
        row(&mut table, route, names.iter().map(|role| may(role).unwrap_or("-".to_owned())));
    }
    table
}

#[test]
fn route_table_is_the_committed_one() {
    let routes = routes::all();
    let packs = ["minusma", "minusek"].map(|pack| allowed(&routes, pack));
    let table = format!("{}{}", asked(&routes), packs.concat());
    let file = folder("docs/route-table.md");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &table).expect("the table is written");
    }
    let kept = fs::read_to_string(&file).expect("the committed table");
    assert!(kept == table, "{} is not as the routes say: cargo xtask gen", file.display());
}

async fn fault() -> &'static str {
    panic!("a fault of a handler")
}

async fn fault_below(State(state): State<Shared>) -> Result<String, Problem> {
    Ok(state.nodes.write(|_node| -> Result<String, _> { panic!("a fault of a use case") }).await?)
}

async fn pack_name(State(state): State<Shared>, caller: Caller) -> Result<String, Problem> {
    let named = state.nodes.write(move |node| node.viewer(Some(&caller.viewer.name))).await?;
    Ok(named.name)
}

fn faulty() -> Routes {
    Routes::new()
        .get("/fault", Access::Public, fault)
        .get("/fault-below", Access::SignedIn, fault_below)
        .get("/whole", Access::SignedIn, pack_name)
}

#[tokio::test]
async fn a_panic_is_the_end_of_its_request_and_of_nothing_else() {
    let bench = Bench::new(faulty());
    for path in ["/fault", "/fault-below", "/fault-below"] {
        let (status, problem) = bench.get(path, Some("admin")).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        assert_eq!(problem["type"], "tag:casque:2026:internal", "{problem}");
        assert!(!problem.to_string().contains("a fault of a"), "{problem}");
        assert_eq!(bench.get("/whole", Some("admin")).await.0, StatusCode::OK);
    }
}

#[tokio::test]
async fn an_address_says_which_methods_it_has_to_those_it_knows() {
    let bench = Bench::new(faulty());
    let ask = async |method: Method, user| bench.ask(method, "/whole", user, "").await;
    let (status, problem) = ask(Method::DELETE, Some("admin")).await;
    assert_eq!(
        (status, problem["type"].as_str()),
        (StatusCode::METHOD_NOT_ALLOWED, Some("tag:casque:2026:method-not-allowed"))
    );
    assert_eq!(ask(Method::OPTIONS, Some("admin")).await, (StatusCode::NO_CONTENT, Json::Null));
    for method in [Method::DELETE, Method::OPTIONS, Method::GET] {
        assert_eq!(ask(method, None).await.0, StatusCode::UNAUTHORIZED);
    }
}
