//! OGC API Features, Part 1 (core) and Part 3 (filters): every register is a collection.
//!
//! For geographic information systems and scripts. JSON only; every address is told with its host.
//! An unknown parameter is an error, as the standard asks: a slip must not widen an answer.

mod collections;
mod conformance;
mod description;
mod items;
mod parameters;
mod queryables;

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value as Json, json};

use crate::http::caller::Caller;
use crate::http::openapi;
use crate::http::problem::Problem;
use crate::http::route::{Access, Routes};
use crate::http::state::Shared;
use parameters::{Plain, answer};

/// The media type of documents that have none of their own.
const JSON: &str = "application/json";
/// The media type of features.
const GEOJSON: &str = "application/geo+json";
/// The media type of JSON Schema.
const SCHEMA: &str = "application/schema+json";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/ogc", Access::Read, landing)
        .get("/ogc/", Access::Read, landing)
        .get("/ogc/api", Access::Read, description::description)
        .get("/ogc/conformance", Access::Read, conformance::classes)
        .get("/ogc/collections", Access::Read, collections::list)
        .get("/ogc/collections/{register}", Access::Read, collections::one)
        .get("/ogc/collections/{register}/queryables", Access::Read, queryables::schema)
        .get("/ogc/collections/{register}/schema", Access::Read, queryables::feature)
        .get("/ogc/collections/{register}/items", Access::Read, items::page)
        .get("/ogc/collections/{register}/items/{id}", Access::Read, items::one)
}

/// Where everything else is.
async fn landing(
    State(state): State<Shared>,
    caller: Caller,
    Plain { site }: Plain,
) -> Result<Response, Problem> {
    let language = caller.language.code();
    let title = state.nodes.read(move |node| {
        let pack = node.pack();
        Ok(pack.titles.get(language).unwrap_or(pack.name.as_str()).to_owned())
    });
    let document = json!({
        "title": title.await?,
        "links": [
            link("self", JSON, &site.at("/ogc/")),
            link("service-desc", openapi::MEDIA_TYPE, &site.at("/ogc/api")),
            link("conformance", JSON, &site.at("/ogc/conformance")),
            link("data", JSON, &site.at("/ogc/collections")),
        ],
    });
    Ok(answer(JSON, document.to_string()))
}

/// A link of a document.
fn link(relation: &str, media_type: &str, address: &str) -> Json {
    json!({ "rel": relation, "type": media_type, "href": address })
}
