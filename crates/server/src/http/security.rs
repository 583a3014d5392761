//! What protects callers from other pages, other sites and the browser's own caches.
//!
//! A page elsewhere must not act for somebody who is signed in here, and a name that was pointed at
//! this machine must not read from it: so the host has to be one of ours, and what changes something
//! has to come from our own pages or from a program with a token.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, ORIGIN,
    REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use model::finding::Finding;

use crate::http::caller::{self, Presented};
use crate::http::problem::Problem;
use crate::http::state::Settings;

/// The longest address, in bytes.
pub(crate) const ADDRESS_BYTES_MAX: usize = 8 << 10;
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
/// What a page of ours may load and do. Styles inline: the map sets them on its own elements.
const CONTENT_POLICY: &str = "default-src 'self'; script-src 'self'; connect-src 'self' data:; \
     style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self' blob:; \
     object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Why a request is refused before anybody looks at what it wants.
pub(crate) fn refusal(settings: &Settings, request: &Request) -> Option<Problem> {
    let uri = request.uri();
    if uri.path_and_query().is_some_and(|text| text.as_str().len() > ADDRESS_BYTES_MAX) {
        let finding = Finding::error("address-too-long").with("max", ADDRESS_BYTES_MAX);
        return Some(Problem::new(StatusCode::URI_TOO_LONG, finding));
    }
    let Some(host) = host(request) else {
        return Some(Problem::malformed("Host"));
    };
    if !is_ours(settings, host.host()) {
        let finding = Finding::error("host-unknown").with("host", host.host());
        return Some(Problem::new(StatusCode::MISDIRECTED_REQUEST, finding));
    }
    let is_forged = !request.method().is_safe() && is_forged(settings, request.headers(), &host);
    is_forged.then(|| Problem::new(StatusCode::FORBIDDEN, Finding::error("cross-site")))
}

/// The response with the headers that all have. What a handler set itself stays.
pub(crate) fn protect(mut response: Response, is_secure: bool) -> Response {
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    for name in ["cross-origin-opener-policy", "cross-origin-resource-policy"] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static("same-origin"));
    }
    if is_secure {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(STRICT_TRANSPORT_SECURITY, year);
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The host a request is for: one, and the same in the address where that names one as well.
fn host(request: &Request) -> Option<Authority> {
    let mut named = request.headers().get_all(HOST).into_iter();
    let (first, second) = (named.next()?, named.next());
    let host = Authority::try_from(first.as_bytes()).ok()?;
    let is_one = second.is_none() && request.uri().authority().is_none_or(|other| *other == host);
    is_one.then_some(host)
}

/// An address of this machine cannot be somebody else's name, so it is ours if it is the one we
/// listen on, or any where we listen on all.
pub(crate) fn is_ours(settings: &Settings, host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let literal = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = literal.parse::<IpAddr>() {
        let listening = settings.address.ip();
        return address == listening || listening.is_unspecified() || address.is_loopback();
    }
    host == "localhost" || settings.hosts.contains(&host)
}

/// Whether a change is asked for by somebody else's page. Browsers say where a request comes from;
/// programs say nothing, and then a session alone is not enough.
fn is_forged(settings: &Settings, headers: &HeaderMap, host: &Authority) -> bool {
    if let Some(site) = headers.get(FETCH_SITE) {
        return site != "same-origin";
    }
    if let Some(origin) = headers.get(ORIGIN) {
        let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
        return origin.is_none_or(|(_scheme, authority)| authority != host.as_str());
    }
    let has_token = headers.contains_key(AUTHORIZATION);
    !has_token
        && matches!(caller::presented(headers, settings.is_secure), Some(Presented::Session(_)))
}

#[cfg(test)]
mod tests;
