//! Absolute addresses: under which name and scheme the caller reaches this node.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::HOST;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};

use crate::http::caller::Remote;
use crate::http::security;
use crate::http::state::{Settings, Shared};

const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

const DIGITS: &[u8; 16] = b"0123456789ABCDEF";

/// The scheme and host of a request: `https://node.example:8271`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Site(String);

impl FromRequestParts<Shared> for Site {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &Shared) -> Result<Self, Infallible> {
        let Remote(remote) = Remote::from_request_parts(parts, state).await?;
        let is_proxied = remote.ip().to_canonical().is_loopback();
        Ok(of(&state.settings, &parts.headers, is_proxied))
    }
}

impl Site {
    /// The absolute address of a path, which may have parameters.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

/// A text as part of an address: everything but letters, digits and `-._~` escaped.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                escaped.push(char::from(byte));
            }
            other => {
                let digits = [other >> 4, other & 15].map(|half| DIGITS[usize::from(half)]);
                escaped.push('%');
                escaped.extend(digits.map(char::from));
            }
        }
    }
    escaped
}

/// What a proxy says of its own client counts only where the proxy runs on this machine, and a host
/// only where it is one of ours: anybody can send such headers, and links must not lead elsewhere.
/// `Host` itself was checked before any route was chosen.
fn of(settings: &Settings, headers: &HeaderMap, is_proxied: bool) -> Site {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let forwarded = |name: &HeaderName| text(name).filter(|_header| is_proxied);
    let own_scheme = if settings.is_secure { "https" } else { "http" };
    let scheme = match forwarded(&FORWARDED_PROTO) {
        Some(scheme @ ("http" | "https")) => scheme,
        _ => own_scheme,
    };
    let is_ours = |host: &&str| {
        let authority = host.parse::<axum::http::uri::Authority>();
        authority.is_ok_and(|authority| security::is_ours(settings, authority.host()))
    };
    let host = forwarded(&FORWARDED_HOST).filter(is_ours).or_else(|| text(&HOST));
    Site(format!("{scheme}://{}", host.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::testing::settings;

    fn site(headers: &[(HeaderName, &str)], is_proxied: bool) -> String {
        let headers = headers.iter().map(|(name, value)| (name.clone(), value.parse()));
        let headers = headers.map(|(name, value)| (name, value.expect("a header")));
        of(&settings(), &headers.collect(), is_proxied).at("/ogc")
    }

    #[test]
    fn links_lead_to_where_the_caller_came_from() {
        let host = (HOST, "localhost:8271");
        let proxy = [(FORWARDED_HOST, "node.example"), (FORWARDED_PROTO, "https")];
        assert_eq!(site(std::slice::from_ref(&host), false), "http://localhost:8271/ogc");
        let through = [vec![host.clone()], proxy.to_vec()].concat();
        assert_eq!(site(&through, true), "https://node.example/ogc");
        assert_eq!(site(&through, false), "http://localhost:8271/ogc", "not a proxy of ours");
        for evil in ["evil.example", "node.example@evil.example", "\"><script>", "node.example/x"] {
            let through = [host.clone(), (FORWARDED_HOST, evil), (FORWARDED_PROTO, "javascript")];
            assert_eq!(site(&through, true), "http://localhost:8271/ogc", "{evil}");
        }
    }

    #[test]
    fn nothing_but_plain_letters_stays_as_it_is_in_an_address() {
        assert_eq!(escaped("a-B_9.~"), "a-B_9.~");
        assert_eq!(escaped("é &=+%/?#\"\n"), "%C3%A9%20%26%3D%2B%25%2F%3F%23%22%0A");
    }
}
