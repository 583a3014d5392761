//! Where addresses lead, without and with somebody who signed in.

use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::LOCATION;

use super::*;
use crate::http::route::Routes;
use crate::http::testing::{Bench, request};

async fn answer(bench: &Bench, path: &str, user: Option<&str>) -> Response {
    match user {
        Some(user) => answer_to(bench, path, Some(bench.token(user).await)).await,
        None => answer_to(bench, path, None).await,
    }
}

async fn answer_to(bench: &Bench, path: &str, token: Option<String>) -> Response {
    let request = request(path, token.as_deref()).body(Body::empty());
    bench.send(request.expect("a request")).await
}

#[tokio::test]
async fn pages_are_for_those_who_signed_in_and_send_others_to_do_so() {
    let bench = Bench::new(Routes::new());
    for path in ["/", "/r/incident/1", "/mandate/2164-2014", "/no/such/page"] {
        assert_eq!(answer(&bench, path, Some("admin")).await.status(), StatusCode::OK, "{path}");
        assert_eq!(answer(&bench, path, None).await.status(), StatusCode::SEE_OTHER, "{path}");
    }
    assert_eq!(answer(&bench, "/sign-in", None).await.status(), StatusCode::OK);
    let sent = answer(&bench, "/r/incident?filter=a='b'&q=ü", None).await;
    let location = sent.headers().get(LOCATION).and_then(|to| to.to_str().ok());
    assert_eq!(location, Some("/sign-in?next=/r/incident%3Ffilter%3Da%3D%27b%27%26q%3D%C3%BC"));
}

#[tokio::test]
async fn a_node_in_trouble_sends_nobody_to_sign_in_once_more() {
    let bench = Bench::new(Routes::new());
    let token = bench.token("admin").await;
    bench.lose_database();
    let status = answer_to(&bench, "/", Some(token)).await.status();
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn what_is_no_page_is_nothing_and_only_to_those_who_signed_in() {
    let bench = Bench::new(Routes::new());
    for path in ["/api/nothing", "/ogc", "/tiles/a/1/1/1.mvt", "/assets/no.js", "/../node.sqlite"] {
        let status = answer(&bench, path, Some("admin")).await.status();
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        let status = answer(&bench, path, None).await.status();
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{path}");
    }
}

#[test]
fn the_smallest_form_that_the_browser_takes_is_sent() {
    let asset = Asset {
        path: "assets/a.js",
        content_type: "text/javascript",
        etag: "\"a\"",
        public: false,
        plain: b"plain",
        brotli: Some(b"br"),
        gzip: Some(b"gz"),
    };
    let sent = |accepted: &'static str| {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(accepted));
        smallest(&asset, &headers).1
    };
    assert_eq!(sent("gzip, deflate, br"), Some("br"));
    assert_eq!(sent("gzip;q=0.5, br;q=0"), Some("gzip"));
    assert_eq!(sent("br;q=0.0, gzip; q=0.1"), Some("gzip"));
    assert_eq!(sent("identity"), None);
    assert_eq!(smallest(&asset, &HeaderMap::new()), (&b"plain"[..], None));
}
