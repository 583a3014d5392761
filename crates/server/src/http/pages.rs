//! Pages and their parts, out of the binary: sign-in for everybody, the rest for who signed in.
//!
//! The application has one document, `index.html`; every address without a dot that no route has is
//! its own business, so the document is the answer. Whoever has not signed in is sent to do so and
//! comes back to where they wanted to go.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, LOCATION, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use crate::http::accept::accepted;
use crate::http::body;
use crate::http::caller;
use crate::http::problem::Problem;
use crate::http::site::escaped;
use crate::http::state::Shared;
use crate::http::versions::is_held;
use crate::ui::{self, Asset};

/// The document of the application.
const APPLICATION: &str = "index.html";
/// The document of the sign-in, and its address.
const SIGN_IN: (&str, &str) = ("sign-in.html", "/sign-in");
/// Where programs ask: an address below these that no route has is nothing, never a page.
const PROGRAMS: [&str; 4] = ["/api", "/ogc", "/tiles", "/v1"];
/// Names with a hash of their content never change.
const FOREVER: HeaderValue = HeaderValue::from_static("private, max-age=31536000, immutable");
/// Everything else is asked for again; mostly the answer is that it did not change.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("private, no-cache");

/// Answers what no route has.
pub(crate) async fn page(State(state): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    body::unwanted(body, &parts.headers);
    let path = parts.uri.path();
    let is_question = parts.method == Method::GET || parts.method == Method::HEAD;
    let asset = if is_question { asset_at(path) } else { None };
    if let Some(asset) = asset.filter(|asset| asset.public) {
        return served(asset, &parts.headers);
    }
    match (caller::of(&state, &parts).await, asset) {
        (Ok(_), Some(asset)) => served(asset, &parts.headers),
        (Ok(_), None) => Problem::nothing_here().into_response(),
        (Err(problem), Some(asset)) if problem.asks_to_sign_in() && asset.path == APPLICATION => {
            to_sign_in(&parts.uri)
        }
        (Err(problem), _) => problem.into_response(),
    }
}

/// What is at an address, whoever asks: a file by its name, a document by its place.
fn asset_at(path: &str) -> Option<&'static Asset> {
    if path == SIGN_IN.1 {
        return ui::find(SIGN_IN.0);
    }
    let is_page = !path.contains('.') && !PROGRAMS.iter().any(|programs| is_below(path, programs));
    if is_page { ui::find(APPLICATION) } else { ui::find(path.strip_prefix('/')?) }
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Sends to the sign-in, which sends back.
fn to_sign_in(uri: &Uri) -> Response {
    let wanted = uri.path_and_query().map_or("/", |text| text.as_str());
    let target = if wanted == "/" {
        SIGN_IN.1.to_owned()
    } else {
        // A path stays legible.
        format!("{}?next={}", SIGN_IN.1, escaped(wanted).replace("%2F", "/"))
    };
    let location = HeaderValue::from_str(&target);
    let location = location.unwrap_or(HeaderValue::from_static(SIGN_IN.1));
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}

/// A part of the pages, in the smallest form the browser takes.
fn served(asset: &Asset, headers: &HeaderMap) -> Response {
    let cache = if asset.path.starts_with("assets/") { FOREVER } else { ASK_AGAIN };
    let tag = HeaderValue::from_static(asset.etag);
    let is_held = is_held(headers, &tag);
    let always =
        [(CACHE_CONTROL, cache), (ETAG, tag), (VARY, HeaderValue::from_static("accept-encoding"))];
    if is_held {
        return (StatusCode::NOT_MODIFIED, always).into_response();
    }
    let (content, encoding) = smallest(asset, headers);
    let kind = [(CONTENT_TYPE, HeaderValue::from_static(asset.content_type))];
    let encoding = encoding.map(|name| [(CONTENT_ENCODING, HeaderValue::from_static(name))]);
    (always, kind, encoding, Body::from(content)).into_response()
}

fn smallest(asset: &Asset, headers: &HeaderMap) -> (&'static [u8], Option<&'static str>) {
    let takes = |name: &str| accepted(headers, ACCEPT_ENCODING).any(|(taken, _)| taken == name);
    match (asset.brotli, asset.gzip) {
        (Some(brotli), _) if takes("br") => (brotli, Some("br")),
        (_, Some(gzip)) if takes("gzip") => (gzip, Some("gzip")),
        _ => (asset.plain, None),
    }
}

#[cfg(test)]
mod tests;
