//! In which language a caller is answered: `?lang=`, else the first of ours in `Accept-Language`.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};

use crate::http::accept::accepted;
use crate::words::Language;

/// The language of a request; English where it names none of ours.
pub(crate) fn asked(uri: &Uri, headers: &HeaderMap) -> Language {
    let named = uri.query().and_then(in_query);
    named.or_else(|| preferred(headers)).unwrap_or(Language::En)
}

fn in_query(query: &str) -> Option<Language> {
    let value = query.split('&').find_map(|pair| pair.strip_prefix("lang="))?;
    Language::named(value)
}

/// The first of the heaviest.
fn preferred(headers: &HeaderMap) -> Option<Language> {
    let ours = accepted(headers, ACCEPT_LANGUAGE)
        .filter_map(|(name, weight)| Some((Language::named(name)?, weight)));
    let heaviest = ours.reduce(|best, next| if next.1 > best.1 { next } else { best });
    heaviest.map(|(language, _)| language)
}

impl<S: Send + Sync> FromRequestParts<S> for Language {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(asked(&parts.uri, &parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_language_of_ours_is_taken() {
        for (accepted, expected) in [
            ("fr", Some(Language::Fr)),
            ("fr-CH, fr;q=0.9, en;q=0.8", Some(Language::Fr)),
            ("en;q=0.5, fr;q=0.8", Some(Language::Fr)),
            ("de, en;q=0.3, fr;q=0.2", Some(Language::En)),
            ("de, fr; q=0.9, en; q=0.8", Some(Language::Fr)),
            ("de, fr;q=0", None),
            ("*", None),
            (";q=;;,,", None),
        ] {
            let header = (ACCEPT_LANGUAGE, accepted.parse().expect("a header"));
            assert_eq!(preferred(&HeaderMap::from_iter([header])), expected, "{accepted}");
        }
    }

    #[test]
    fn the_address_comes_before_the_header() {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, "fr".parse().expect("a header"));
        let language = |uri: &'static str| asked(&Uri::from_static(uri), &headers);
        assert_eq!(language("/?lang=en&q=x"), Language::En);
        assert_eq!(language("/?q=lang"), Language::Fr);
        assert_eq!(language("/?lang=xx"), Language::Fr);
    }
}
