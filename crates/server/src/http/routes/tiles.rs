//! Vector tiles: of the map under everything, and of every register whose records have a place.
//!
//! A tile that shows nothing is 204: browsers' maps and GDAL both take that for an empty tile. Tiles
//! may be kept by whoever asked for them, and asked again with their tag; nobody in between keeps
//! them. What is sent packed was packed once.

use app::{AppError, Node, Tile, TileQuestion};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::http::accept::accepted;
use crate::http::caller::Caller;
use crate::http::parameters::{NoParameters, Parameters};
use crate::http::problem::Problem;
use crate::http::route::{Access, Routes};
use crate::http::site::Site;
use crate::http::state::Shared;
use crate::http::versions::is_held;

const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/vnd.mapbox-vector-tile");
/// Kept by the browser of whoever asked, and by nobody else.
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-cache");
const GZIP: HeaderValue = HeaderValue::from_static("gzip");
const BY_ENCODING: HeaderValue = HeaderValue::from_static("accept-encoding");
const TILE_ENDING: &str = ".mvt";
const SET_ENDING: &str = ".json";
/// Bins along a side of a tile that may be asked for.
const CELLS: [&str; 4] = ["8", "16", "32", "64"];

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/tiles/basemap.json", Access::SignedIn, basemap_set)
        .get("/tiles/basemap/{z}/{x}/{y}", Access::SignedIn, basemap_tile)
        .get("/tiles/{set}", Access::Read, register_set)
        .get("/tiles/{register}/{z}/{x}/{y}", Access::Read, register_tile)
}

async fn basemap_set(
    State(state): State<Shared>,
    site: Site,
    _: NoParameters,
) -> Result<Json<Value>, Problem> {
    let tiles = address(&site, "basemap");
    Ok(Json(state.nodes.read(move |node| node.basemap_json(&tiles)).await?))
}

async fn basemap_tile(
    State(state): State<Shared>,
    Path((z, x, y)): Path<(String, String, String)>,
    _: NoParameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (z, x, y) = numbers(&z, &x, &y)?;
    Ok(state.nodes.read(move |node| sent(&node.basemap_tile(z, x, y)?, &headers)).await?)
}

async fn register_set(
    State(state): State<Shared>,
    Caller { viewer, .. }: Caller,
    Path(set): Path<String>,
    site: Site,
    _: NoParameters,
) -> Result<Json<Value>, Problem> {
    let register = set.strip_suffix(SET_ENDING).ok_or_else(Problem::nothing_here)?.to_owned();
    let tiles = address(&site, &register);
    let told = move |node: &mut Node| node.register_tiles_json(&viewer, &register, &tiles);
    Ok(Json(state.nodes.read(told).await?))
}

async fn register_tile(
    State(state): State<Shared>,
    Caller { viewer, .. }: Caller,
    Path((register, z, x, y)): Path<(String, String, String, String)>,
    mut parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let numbers = numbers(&z, &x, &y)?;
    let cells = parameters.word("cells", &CELLS).and_then(|cells| cells.parse().ok());
    let asked = TileQuestion { question: parameters.selection(register), cells };
    parameters.end()?;
    let drawn =
        move |node: &mut Node| sent(&node.register_tile(&viewer, &asked, numbers)?, &headers);
    Ok(state.nodes.read(drawn).await?)
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
fn address(site: &Site, set: &str) -> String {
    site.at(&format!("/tiles/{set}/{{z}}/{{x}}/{{y}}{TILE_ENDING}"))
}

/// A tile, or word that the asker's own is still right.
fn sent(tile: &Tile, headers: &HeaderMap) -> Result<Response, AppError> {
    let tag = HeaderValue::from_str(&format!("W/\"{}\"", tile.tag));
    let tag = tag.unwrap_or(HeaderValue::from_static("W/\"\""));
    let is_held = is_held(headers, &tag);
    let always = [(CACHE_CONTROL, PRIVATE), (ETAG, tag), (VARY, BY_ENCODING)];
    if is_held {
        return Ok((StatusCode::NOT_MODIFIED, always).into_response());
    }
    if tile.bytes.is_empty() {
        return Ok((StatusCode::NO_CONTENT, always).into_response());
    }
    let is_packed = accepted(headers, ACCEPT_ENCODING).any(|(name, _)| name == "gzip");
    let bytes = if is_packed { tile.packed()? } else { tile.bytes.clone() };
    let packed = is_packed.then_some([(CONTENT_ENCODING, GZIP)]);
    let kind = [(CONTENT_TYPE, MEDIA_TYPE)];
    Ok((always, kind, packed, Bytes::from_owner(bytes)).into_response())
}

#[cfg(test)]
mod tests;
