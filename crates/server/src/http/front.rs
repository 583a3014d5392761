//! Every layer around the routes, in the order in which a request meets them.
//!
//! Host and forgery first ([`security::refusal`]), then the route with its gate and handler; a panic
//! in there ends this request and nothing else. On the way out problems get their words
//! ([`problem::worded`]) and every response its headers ([`security::protect`]).

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use axum::response::{IntoResponse, Response};
use model::finding::Finding;
use tower::ServiceExt;
use tower_http::compression::{Compression, CompressionLevel};

use crate::http::problem::{self, Problem};
use crate::http::route::Routes;
use crate::http::state::Shared;
use crate::http::{body, language, openrosa, pages, security};

/// Below this many bytes compressing costs more than it saves.
const COMPRESSED_BYTES_MIN: usize = 1_024;
/// What media types that get smaller have in their names.
const COMPRESSIBLE: [&str; 3] = ["json", "text/", "svg"];

type Judgement = fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool;

/// What answers requests.
pub(crate) struct Front {
    state: Shared,
    router: Compression<Router, Judgement>,
}

impl Front {
    /// The routes with all layers around them.
    pub(crate) fn new(state: Shared, routes: Routes) -> Self {
        let router = routes.router(&state).fallback(pages::page).with_state(state.clone());
        let router = Compression::new(router).quality(CompressionLevel::Fastest);
        Self { state, router: router.compress_when(gets_smaller as Judgement) }
    }

    /// Answers a request, whatever happens.
    pub(crate) async fn answer(&self, request: Request) -> Response {
        let (method, uri) = (request.method().clone(), request.uri().clone());
        let language = language::asked(&uri, request.headers());
        let response = match security::refusal(&self.state.settings, &request) {
            Some(problem) => {
                let (parts, body) = request.into_parts();
                body::unwanted(body, &parts.headers);
                problem.into_response()
            }
            None => self.routed(request).await,
        };
        let words = self.state.words(language);
        let response = if openrosa::is_address(uri.path()) {
            openrosa::worded(response, words)
        } else {
            problem::worded(response, words, &method, &uri)
        };
        security::protect(response, self.state.settings.is_secure)
    }

    async fn routed(&self, request: Request) -> Response {
        let answer = Caught(Box::pin(self.router.clone().oneshot(request)));
        match answer.await {
            Some(Ok(response)) => response.map(Body::new),
            None => {
                let finding = Finding::error("internal").with("what", "panic");
                Problem::new(StatusCode::INTERNAL_SERVER_ERROR, finding).into_response()
            }
        }
    }
}

/// Whether it is worth it to compress an answer: text of some size, which nobody compressed yet.
fn gets_smaller(
    _status: StatusCode,
    _version: Version,
    headers: &HeaderMap,
    _extensions: &Extensions,
) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let bytes = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let is_large = bytes.is_none_or(|bytes: usize| bytes >= COMPRESSED_BYTES_MIN);
    is_large && COMPRESSIBLE.iter().any(|part| kind.contains(part))
}

/// A future whose panic is its end and nobody else's.
struct Caught<F>(Pin<Box<F>>);

impl<F: Future> Future for Caught<F> {
    /// Nothing where it panicked.
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let polled = catch_unwind(AssertUnwindSafe(|| self.0.as_mut().poll(context)));
        polled.map_or(Poll::Ready(None), |poll| poll.map(Some))
    }
}
