//! Records as features: pages of them, and one alone.

use app::{AppError, Features, Node};
use axum::extract::{Path, State};
use axum::http::header::ETAG;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use model::limits::OFFSET_MAX;
use serde_json::{Value as Json, json};

use super::parameters::{Asked, Plain, answer};
use super::{GEOJSON, JSON, link};
use crate::http::caller::Caller;
use crate::http::problem::Problem;
use crate::http::site::Site;
use crate::http::state::Shared;
use crate::http::versions::{is_held, tag};

/// What a page of the usual size needs.
const PAGE_BYTES: usize = 160 << 10;

/// A page of the features asked for, newest first, with the number of all.
pub(super) async fn page(
    State(state): State<Shared>,
    caller: Caller,
    Path(register): Path<String>,
    mut asked: Asked,
) -> Result<Response, Problem> {
    asked.question.register = register;
    let body = state.nodes.read(move |node| written_page(node, &caller, &asked)).await?;
    Ok(answer(GEOJSON, body))
}

/// One feature, with an entity tag that changes when it does.
pub(super) async fn one(
    State(state): State<Shared>,
    caller: Caller,
    Path((register, id)): Path<(String, String)>,
    Plain { site }: Plain,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let read =
        state.nodes.read(move |node| written_feature(node, &caller, &site, (&register, &id)));
    let (version, body) = read.await?;
    let tag = tag(&version);
    let mut response = if is_held(&headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        answer(GEOJSON, body)
    };
    response.headers_mut().insert(ETAG, tag);
    Ok(response)
}

/// The features are written as they are read; what is said of the page comes after them.
fn written_page(node: &Node, caller: &Caller, asked: &Asked) -> Result<Vec<u8>, AppError> {
    let register = node.readable_register(&caller.viewer, &asked.question.register)?;
    asked.check_fields(&register)?;
    let mut body = Vec::with_capacity(PAGE_BYTES);
    body.extend_from_slice(b"{\"type\":\"FeatureCollection\",\"features\":[\n");
    let page = node.features(&caller.viewer, &asked.question, &mut body)?;
    let tail = json!({
        "numberMatched": page.matched,
        "numberReturned": page.returned,
        "links": links(asked, page),
    });
    body.extend_from_slice(b"\n],");
    body.extend(tail.to_string().bytes().skip(1));
    Ok(body)
}

fn links(asked: &Asked, page: Features) -> Vec<Json> {
    let site = &asked.site;
    let collection = format!("/ogc/collections/{}", asked.question.register);
    let at = |offset: usize| {
        let parameters = asked.with_offset(offset);
        let mark = if parameters.is_empty() { "" } else { "?" };
        site.at(&format!("{collection}/items{mark}{parameters}"))
    };
    let offset = asked.question.offset;
    let mut links =
        vec![link("self", GEOJSON, &at(offset)), link("collection", JSON, &site.at(&collection))];
    if page.more && offset + page.returned <= OFFSET_MAX {
        links.push(link("next", GEOJSON, &at(offset + page.returned)));
    }
    links
}

/// The version of a feature, and the feature with its links.
fn written_feature(
    node: &Node,
    caller: &Caller,
    site: &Site,
    (register, id): (&str, &str),
) -> Result<(String, Vec<u8>), AppError> {
    let mut body = Vec::new();
    let version = node.feature(&caller.viewer, (register, id), &mut body)?;
    let collection = format!("/ogc/collections/{register}");
    let links = json!([
        link("self", GEOJSON, &site.at(&format!("{collection}/items/{id}"))),
        link("collection", JSON, &site.at(&collection)),
    ]);
    // The links go in before the closing brace: a feature is an object.
    body.pop();
    body.extend_from_slice(format!(",\"links\":{links}}}").as_bytes());
    Ok((version, body))
}
