//! The registers as collections: what they are called, where and when their records are.

use app::{AppError, Extent, Node, Register, Viewer};
use axum::extract::{Path, State};
use axum::response::Response;
use model::place::degrees_text;
use serde_json::{Map, Value as Json, json};

use super::parameters::{CRS84, Plain, answer};
use super::{GEOJSON, JSON, SCHEMA, link};
use crate::http::caller::Caller;
use crate::http::problem::Problem;
use crate::http::site::Site;
use crate::http::state::Shared;

/// The calendar of all times.
const GREGORIAN: &str = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian";
/// What leads to the fields that filters may name.
const QUERYABLES: &str = "http://www.opengis.net/def/rel/ogc/1.0/queryables";

/// What leads to the types of a feature's members, spelled as GDAL looks for it.
const DESCRIBED: &str = "describedBy";

/// Every register the caller may read.
pub(super) async fn list(
    State(state): State<Shared>,
    caller: Caller,
    Plain { site }: Plain,
) -> Result<Response, Problem> {
    let document = state.nodes.read(move |node| {
        let language = caller.language.code();
        let registers = node.readable(&caller.viewer);
        let collections: Result<Vec<Json>, AppError> = registers
            .iter()
            .map(|register| collection(node, &caller.viewer, register, language, &site))
            .collect();
        let links = [link("self", JSON, &site.at("/ogc/collections"))];
        Ok(json!({ "links": links, "collections": collections? }))
    });
    Ok(answer(JSON, document.await?.to_string()))
}

/// One register.
pub(super) async fn one(
    State(state): State<Shared>,
    caller: Caller,
    Path(register): Path<String>,
    Plain { site }: Plain,
) -> Result<Response, Problem> {
    let document = state.nodes.read(move |node| {
        let register = node.readable_register(&caller.viewer, &register)?;
        collection(node, &caller.viewer, &register, caller.language.code(), &site)
    });
    Ok(answer(JSON, document.await?.to_string()))
}

fn collection(
    node: &Node,
    viewer: &Viewer,
    register: &Register,
    language: &str,
    site: &Site,
) -> Result<Json, AppError> {
    let name = register.name.as_str();
    let at = |below: &str| site.at(&format!("/ogc/collections/{name}{below}"));
    let mut collection = json!({
        "id": name,
        "title": register.labels.get(language).unwrap_or(name),
        "itemType": "feature",
        "crs": [CRS84],
        "links": [
            link("self", JSON, &at("")),
            link("items", GEOJSON, &at("/items")),
            link(QUERYABLES, SCHEMA, &at("/queryables")),
            link(DESCRIBED, SCHEMA, &at("/schema")),
        ],
    });
    let extent = extent_json(node.extent(viewer, name)?);
    if let (Some(members), false) = (collection.as_object_mut(), extent.is_empty()) {
        members.insert("extent".to_owned(), Json::Object(extent));
    }
    Ok(collection)
}

fn extent_json(extent: Extent) -> Map<String, Json> {
    let mut json = Map::new();
    if let Some(bounds) = extent.bounds {
        let corners = [bounds.west, bounds.south, bounds.east, bounds.north];
        let corners: Vec<Json> = corners.into_iter().filter_map(degrees).collect();
        json.insert("spatial".to_owned(), json!({ "bbox": [corners], "crs": CRS84 }));
    }
    if let Some((first, last)) = extent.times {
        let interval = [first.to_string(), last.to_string()];
        json.insert("temporal".to_owned(), json!({ "interval": [interval], "trs": GREGORIAN }));
    }
    json
}

fn degrees(units: i32) -> Option<Json> {
    serde_json::from_str(&degrees_text(units)).ok()
}
