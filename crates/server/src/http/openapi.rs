//! The description of every route, as `OpenAPI` 3.1.
//!
//! Which routes there are comes from their declarations; what they take and answer stands beside
//! them, in `http/routes/AREA.json`, as far as it is special: a summary, parameters, bodies, schemas.
//! Everything that all routes have in common is added here: names, path parameters, credentials,
//! problem documents. The committed copy is `schemas/openapi.json`; a test holds both together.

use std::sync::LazyLock;

use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::{HeaderMap, Method};
use axum::response::IntoResponse;
use serde_json::{Map, Value as Json, json};

use crate::http::route::{Access, Route, Routes};
use crate::http::routes;

/// What stands beside the routes: the area and its part of the description.
const AREAS: [(&str, &str); 8] = [
    ("node", include_str!("routes/health.json")),
    ("accounts", include_str!("routes/accounts.json")),
    ("records", include_str!("routes/records.json")),
    ("look-alikes", include_str!("routes/alike.json")),
    ("mission", include_str!("routes/mission.json")),
    ("ogc", include_str!("routes/ogc.json")),
    ("tiles", include_str!("routes/tiles.json")),
    ("phones", include_str!("routes/openrosa.json")),
];
/// What all routes may refer to.
const COMMON: &str = include_str!("openapi.json");

/// The media type of the description.
pub(super) const MEDIA_TYPE: &str = "application/vnd.oai.openapi+json;version=3.1";

/// Where the description is served.
pub(super) fn routes() -> Routes {
    Routes::new().get("/api/openapi.json", Access::SignedIn, served)
}

async fn served(headers: HeaderMap) -> impl IntoResponse {
    static TEXT: LazyLock<String> = LazyLock::new(|| whole().to_string());
    ([(CONTENT_TYPE, media_type(&headers))], TEXT.as_str())
}

/// The description of every route.
pub(super) fn whole() -> Json {
    document(&routes::all())
}

/// As what a description is answered: GDAL takes no version but 3.0 and plain JSON, so who does not
/// ask for ours gets that type.
pub(super) fn media_type(headers: &HeaderMap) -> &'static str {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    let is_named = accepted.is_some_and(|accepted| accepted.contains(MEDIA_TYPE));
    if is_named { MEDIA_TYPE } else { "application/json" }
}

/// The description of these routes. What is said of a route that is not there is left out, and a
/// route of which nothing is said has nothing but what all have; tests see to it that neither happens.
fn document(routes: &Routes) -> Json {
    let areas: Vec<(&str, Json)> = AREAS.iter().map(|(area, text)| (*area, parsed(text))).collect();
    let mut document = parsed(COMMON);
    document["info"]["version"] = json!(env!("CARGO_PKG_VERSION"));
    let known = parameters(&areas, &document);
    let mut paths: Map<String, Json> = Map::new();
    for route in sorted(routes) {
        let (area, said) = said(&areas, route);
        let operation = operation(route, area, said, &known);
        let address = paths.entry(route.path).or_insert_with(|| json!({}));
        address[method(route)] = operation;
    }
    document["paths"] = Json::Object(paths);
    for (_, area) in &areas {
        for part in ["schemas", "parameters", "responses"] {
            merge(&mut document["components"][part], area.get(part));
        }
    }
    document
}

fn sorted(routes: &Routes) -> Vec<&Route> {
    let mut sorted: Vec<&Route> = routes.iter().collect();
    sorted.sort_by_key(|route| (route.path, method(route)));
    sorted
}

/// What is said of a route, and the area it is said in.
fn said<'a>(areas: &'a [(&'a str, Json)], route: &Route) -> (&'a str, Option<&'a Json>) {
    let found = areas.iter().find_map(|(area, described)| {
        let operation = described.get("paths")?.get(route.path)?.get(method(route))?;
        Some((*area, operation))
    });
    found.map_or(("node", None), |(area, operation)| (area, Some(operation)))
}

/// The names of the shared parameters.
fn parameters(areas: &[(&str, Json)], document: &Json) -> Vec<String> {
    let common = &document["components"];
    let all = areas.iter().map(|(_, area)| area).chain(std::iter::once(common));
    let names = all.filter_map(|part| part.get("parameters")?.as_object());
    names.flat_map(|named| named.keys().cloned()).collect()
}

fn operation(route: &Route, area: &str, said: Option<&Json>, known: &[String]) -> Json {
    let mut operation = json!({ "operationId": operation_id(route), "tags": [area] });
    merge(&mut operation, said);
    let mut parameters: Vec<Json> =
        path_parameters(route.path).map(|name| path_parameter(name, known)).collect();
    if let Some(own) = operation.get("parameters").and_then(Json::as_array) {
        parameters.extend(own.iter().cloned());
    }
    if !parameters.is_empty() {
        operation["parameters"] = Json::Array(parameters);
    }
    operation["security"] = match route.access {
        // Of a phone the key is part of the address.
        Access::Public | Access::Phone => json!([]),
        _ => json!([{ "session": [] }, { "token": [] }]),
    };
    let mut responses = said.and_then(|said| said.get("responses")).cloned();
    for (status, name) in refusals(route) {
        let responses = responses.get_or_insert_with(|| json!({}));
        if responses.get(status).is_none() {
            responses[status] = json!({ "$ref": format!("#/components/responses/{name}") });
        }
    }
    operation["responses"] = responses.unwrap_or_else(|| json!({}));
    operation["x-access"] = json!(format!("{:?}", route.access).to_lowercase());
    operation
}

/// How every route of its kind can refuse.
fn refusals(route: &Route) -> Vec<(&'static str, &'static str)> {
    if route.access == Access::Phone {
        return vec![("default", "PhoneRefused")];
    }
    let is_guarded = route.access != Access::Public;
    let has_right = is_guarded && route.access != Access::SignedIn;
    let guarded = is_guarded.then_some(("401", "SignInNeeded"));
    let refused = (has_right || route.method != Method::GET).then_some(("403", "NotAllowed"));
    let absent = path_parameters(route.path).next().map(|_| ("404", "NothingHere"));
    guarded.into_iter().chain(refused).chain(absent).chain([("default", "Problem")]).collect()
}

/// `getOgcCollectionsRegisterItems`.
fn operation_id(route: &Route) -> String {
    let words = route.path.split(|letter: char| !letter.is_ascii_alphanumeric());
    let mut id = method(route);
    for word in words {
        let mut letters = word.chars();
        id.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        id.push_str(letters.as_str());
    }
    // `/ogc` and `/ogc/` are two addresses.
    if route.path.len() > 1 && route.path.ends_with('/') {
        id.push_str("Index");
    }
    id
}

fn path_parameters(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}

fn path_parameter(name: &str, known: &[String]) -> Json {
    if known.iter().any(|known| known == name) {
        return json!({ "$ref": format!("#/components/parameters/{name}") });
    }
    json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } })
}

fn method(route: &Route) -> String {
    route.method.as_str().to_ascii_lowercase()
}

/// Adds the members of another object.
fn merge(object: &mut Json, more: Option<&Json>) {
    let Some(more) = more.and_then(Json::as_object) else { return };
    if object.is_null() {
        *object = json!({});
    }
    if let Some(object) = object.as_object_mut() {
        object.extend(more.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
}

/// A part of the description; the tests parse each of them.
fn parsed(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or(Json::Null)
}

#[cfg(test)]
mod tests;
