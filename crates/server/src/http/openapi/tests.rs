//! Every route is described and nothing else, every reference leads somewhere, and the committed
//! copy is the one that is served.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;

fn declared() -> BTreeSet<(String, String)> {
    routes::all().iter().map(|route| (route.path.to_owned(), method(route))).collect()
}

#[test]
fn every_route_is_described_and_nothing_else() {
    let mut described = BTreeSet::new();
    for (area, text) in AREAS.iter().chain([&("common", COMMON)]) {
        let said: Json =
            serde_json::from_str(text).unwrap_or_else(|wrong| panic!("{area}: {wrong}"));
        let paths = said["paths"].as_object().into_iter().flatten();
        for (path, operations) in paths {
            for (method, operation) in operations.as_object().expect("operations") {
                assert!(operation["summary"].is_string(), "{method} {path} has no summary");
                assert!(operation["responses"].is_object(), "{method} {path} has no answers");
                let is_new = described.insert((path.clone(), method.clone()));
                assert!(is_new, "{method} {path} is described twice");
            }
        }
    }
    let missing: Vec<_> = declared().difference(&described).cloned().collect();
    assert!(
        missing.is_empty(),
        "describe these beside their routes, in http/routes/AREA.json: {missing:?}"
    );
    let gone: Vec<_> = described.difference(&declared()).cloned().collect();
    assert!(gone.is_empty(), "described, but not a route: {gone:?}");
}

#[test]
fn every_reference_leads_somewhere_and_every_name_is_one() {
    let document = document(&routes::all());
    let mut names = BTreeSet::new();
    for operations in document["paths"].as_object().expect("paths").values() {
        for operation in operations.as_object().expect("operations").values() {
            let id = operation["operationId"].as_str().expect("a name").to_owned();
            assert!(names.insert(id.clone()), "two operations are called {id}");
        }
    }
    check_references(&document, &document);
}

fn check_references(document: &Json, part: &Json) {
    match part {
        Json::Object(members) => {
            if let Some(Json::String(target)) = members.get("$ref") {
                let pointer = target.strip_prefix('#').unwrap_or_default();
                assert!(document.pointer(pointer).is_some(), "nothing at {target}");
            }
            members.values().for_each(|member| check_references(document, member));
        }
        Json::Array(items) => items.iter().for_each(|item| check_references(document, item)),
        _ => {}
    }
}

/// Written by `UPDATE=1`, compared otherwise.
#[test]
fn openapi_is_committed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/openapi.json");
    let text = serde_json::to_string_pretty(&document(&routes::all())).expect("JSON") + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, &text).expect("written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == text, "schemas/openapi.json is old: run `cargo xtask gen`");
}
