//! Vector tiles: of the map under everything, and of every register whose records have a place.
//!
//! A tile that shows nothing is 204: browsers' maps and GDAL both take that for an empty tile. Tiles
//! may be kept by whoever asked for them, and asked again with their tag; nobody in between keeps
//! them. They are packed with gzip only where that is asked for.

use std::convert::Infallible;

use app::{Question, Tile, TileQuestion};
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HOST, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::Value;
use tower::{Layer, ServiceExt, service_fn};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use crate::http::caller::Caller;
use crate::http::input::Query;
use crate::http::problem::Problem;
use crate::http::route::{Access, Routes};
use crate::http::state::Shared;

const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/vnd.mapbox-vector-tile");
/// Kept by the browser of whoever asked, and by nobody else.
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-cache");
const BY_ENCODING: HeaderValue = HeaderValue::from_static("accept-encoding");
const TILE_ENDING: &str = ".mvt";
const SET_ENDING: &str = ".json";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/tiles/basemap.json", Access::SignedIn, basemap_set)
        .get("/tiles/basemap/{z}/{x}/{y}", Access::SignedIn, basemap_tile)
        .get("/tiles/{set}", Access::Read, register_set)
        .get("/tiles/{register}/{z}/{x}/{y}", Access::Read, register_tile)
}

/// What may be asked of a register's tiles. A slip in a name is a problem, never a wider answer.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    filter: Option<String>,
    q: Option<String>,
    datetime: Option<String>,
    bbox: Option<String>,
    cells: Option<u32>,
    /// The language of problems, which the layers around look at.
    #[serde(rename = "lang")]
    _language: Option<String>,
}

async fn basemap_set(
    State(state): State<Shared>,
    headers: HeaderMap,
) -> Result<Json<Value>, Problem> {
    let tiles = address(&state, &headers, "basemap");
    Ok(Json(state.nodes.read(move |node| node.basemap_json(&tiles)).await?))
}

async fn basemap_tile(
    State(state): State<Shared>,
    Path((z, x, y)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (z, x, y) = numbers(&z, &x, &y)?;
    let tile = state.nodes.read(move |node| node.basemap_tile(z, x, y)).await?;
    Ok(sent(&tile, &headers).await)
}

async fn register_set(
    State(state): State<Shared>,
    caller: Caller,
    Path(set): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, Problem> {
    let register = set.strip_suffix(SET_ENDING).ok_or_else(Problem::nothing_here)?.to_owned();
    let tiles = address(&state, &headers, &register);
    let described = state
        .nodes
        .read(move |node| node.register_tiles_json(&caller.viewer, &register, &tiles))
        .await?;
    Ok(Json(described))
}

async fn register_tile(
    State(state): State<Shared>,
    caller: Caller,
    Path((register, z, x, y)): Path<(String, String, String, String)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let numbers = numbers(&z, &x, &y)?;
    let question = Question {
        register,
        filter: given(asked.filter),
        search: given(asked.q),
        datetime: given(asked.datetime),
        bbox: given(asked.bbox),
        ..Question::default()
    };
    let asked = TileQuestion { question, cells: asked.cells };
    let tile =
        state.nodes.read(move |node| node.register_tile(&caller.viewer, &asked, numbers)).await?;
    Ok(sent(&tile, &headers).await)
}

/// A parameter that says something: maps leave empty ones in their addresses.
fn given(parameter: Option<String>) -> Option<String> {
    parameter.filter(|text| !text.trim().is_empty())
}

/// The numbers of a tile's address; the last ends in `.mvt`.
fn numbers(z: &str, x: &str, y: &str) -> Result<(u8, u32, u32), Problem> {
    let read = || {
        let y = y.strip_suffix(TILE_ENDING)?;
        let z = z.parse::<u64>().ok()?;
        let [x, y] = [x.parse::<u64>().ok()?, y.parse::<u64>().ok()?];
        // What is too large for its type is too large for every zoom.
        let narrow = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        Some((u8::try_from(z).unwrap_or(u8::MAX), narrow(x), narrow(y)))
    };
    read().ok_or_else(Problem::nothing_here)
}

/// The address of a tile of a set, to be filled in.
fn address(state: &Shared, headers: &HeaderMap, set: &str) -> String {
    let scheme = if state.settings.is_secure { "https" } else { "http" };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let host = host.map_or_else(|| state.settings.address.to_string(), str::to_owned);
    format!("{scheme}://{host}/tiles/{set}/{{z}}/{{x}}/{{y}}{TILE_ENDING}")
}

/// A tile, or word that the asker's own is still right.
async fn sent(tile: &Tile, headers: &HeaderMap) -> Response {
    let tag = format!("W/\"{}\"", tile.tag);
    let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|known| known.to_str().ok());
    let is_known = known.flat_map(|known| known.split(',')).any(|known| known.trim() == tag);
    let tag = HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("W/\"\""));
    let always = [(CACHE_CONTROL, PRIVATE), (ETAG, tag), (VARY, BY_ENCODING)];
    if is_known {
        return (StatusCode::NOT_MODIFIED, always).into_response();
    }
    if tile.bytes.is_empty() {
        return (StatusCode::NO_CONTENT, always).into_response();
    }
    let bytes = Bytes::copy_from_slice(&tile.bytes);
    packed((always, [(CONTENT_TYPE, MEDIA_TYPE)], bytes).into_response(), headers).await
}

/// The response, packed where the asker takes gzip.
async fn packed(response: Response, headers: &HeaderMap) -> Response {
    let mut request = Request::new(Body::empty());
    *request.headers_mut() = headers.clone();
    let layer = CompressionLayer::new().quality(CompressionLevel::Fastest);
    let mut response = Some(response);
    let service = layer.layer(service_fn(move |_request: Request| {
        let response = response.take().unwrap_or_default();
        async move { Ok::<Response, Infallible>(response) }
    }));
    match service.oneshot(request).await {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    }
}

#[cfg(test)]
mod tests;
