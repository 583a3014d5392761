//! Who is let in by host and by origin.

use axum::body::Body;
use axum::http::Method;

use super::*;
use crate::http::testing;

fn settings(address: [u8; 4]) -> Settings {
    Settings { address: (address, 8271).into(), ..testing::settings() }
}

fn request(method: Method, headers: &[(&str, &str)]) -> Request {
    let mut request = Request::builder().method(method).uri("/api/registers");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).expect("a request")
}

fn refused(address: [u8; 4], method: Method, headers: &[(&str, &str)]) -> Option<&'static str> {
    refusal(&settings(address), &request(method, headers)).map(|problem| problem.code())
}

#[test]
fn hosts_that_are_not_ours_are_refused() {
    for host in ["127.0.0.1:8271", "localhost", "LOCALHOST:9", "[::1]:8271", "node.example."] {
        assert_eq!(refused([127, 0, 0, 1], Method::GET, &[("host", host)]), None, "{host}");
    }
    for host in ["evil.example", "10.0.0.9", "localhost.evil.example", "127.0.0.1.evil.example"] {
        let code = refused([127, 0, 0, 1], Method::GET, &[("host", host)]);
        assert_eq!(code, Some("host-unknown"), "{host}");
    }
    assert_eq!(refused([0, 0, 0, 0], Method::GET, &[("host", "10.0.0.9")]), None);
    assert_eq!(
        refused([0, 0, 0, 0], Method::GET, &[("host", "evil.example")]),
        Some("host-unknown")
    );
    for hosts in [&[][..], &[("host", "localhost"), ("host", "localhost")], &[("host", "a b")]] {
        assert_eq!(refused([127, 0, 0, 1], Method::GET, hosts), Some("request-malformed"));
    }
}

#[test]
fn a_change_comes_from_our_own_pages_or_from_a_program() {
    let host = ("host", "localhost:8271");
    let cookie = ("cookie", "other=1; casque=secret");
    let post = |more: &[(&str, &str)]| {
        let headers: Vec<_> = [host].into_iter().chain(more.iter().copied()).collect();
        refused([127, 0, 0, 1], Method::POST, &headers)
    };
    let forged = Some("cross-site");
    assert_eq!(post(&[cookie, ("sec-fetch-site", "same-origin")]), None);
    assert_eq!(post(&[cookie, ("origin", "http://localhost:8271")]), None);
    assert_eq!(post(&[cookie]), forged);
    assert_eq!(post(&[cookie, ("origin", "null")]), forged);
    assert_eq!(post(&[cookie, ("origin", "http://localhost:9999")]), forged);
    for site in ["cross-site", "same-site", "none", "SAME-ORIGIN"] {
        assert_eq!(post(&[("sec-fetch-site", site)]), forged, "{site}");
    }
    assert_eq!(post(&[("origin", "http://evil.example")]), forged, "signing somebody in");
    assert_eq!(post(&[("authorization", "Bearer x"), cookie]), None);
    assert_eq!(post(&[]), None);
    let question = [host, cookie, ("sec-fetch-site", "cross-site")];
    assert_eq!(refused([127, 0, 0, 1], Method::GET, &question), None);
}
