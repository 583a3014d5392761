//! What phones with ODK Collect and its like expect of every answer, and how they are told that
//! something did not work.
//!
//! They take nothing without `X-OpenRosa-Version`, show people the message of an `OpenRosaResponse`
//! and nothing else, and ask for a name and password where an answer is 401. The time they send is
//! never looked at: some send twelve hours without saying which half of the day.

use std::fmt::{self, Display};

use axum::body::Body;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use model::limits::PHONE_BODY_BYTES_MAX;

use crate::http::problem::Problem;
use crate::words::Words;

/// The media type of every document for phones: they look for this text and take no other.
pub(crate) const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("text/xml; charset=utf-8");
const VERSION: HeaderName = HeaderName::from_static("x-openrosa-version");
const ACCEPTED_LENGTH: HeaderName = HeaderName::from_static("x-openrosa-accept-content-length");
/// What every address of phones begins with; the key follows.
const ADDRESS: &str = "/v1/key/";

/// Whether an address is one of phones.
pub(crate) fn is_address(path: &str) -> bool {
    path.starts_with(ADDRESS)
}

/// The key in such an address.
pub(crate) fn key(path: &str) -> Option<&str> {
    path.strip_prefix(ADDRESS)?.split('/').next()
}

/// The response as phones take it: its problem as a message, and the headers that all have.
pub(crate) fn worded(mut response: Response, words: &Words) -> Response {
    if response.status() == StatusCode::UNAUTHORIZED {
        // It comes of addresses that are no phone's; they would ask for a name and a password.
        response = Problem::nothing_here().into_response();
    }
    let is_worded = response.headers().get(CONTENT_TYPE) == Some(&MEDIA_TYPE);
    if let Some(problem) = Problem::of_response(&mut response).filter(|_| !is_worded) {
        response = with_message(&response, problem.status(), &problem.sentences(words));
    }
    let headers = response.headers_mut();
    headers.insert(VERSION, HeaderValue::from_static("1.0"));
    headers.insert(ACCEPTED_LENGTH, HeaderValue::from(PHONE_BODY_BYTES_MAX));
    response
}

/// A message for the person with the phone.
pub(crate) fn message(status: StatusCode, nature: &str, text: &str) -> Response {
    let nature = Escaped(nature);
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <OpenRosaResponse xmlns=\"http://openrosa.org/http/response\">\n\
         <message nature=\"{nature}\">{}</message>\n</OpenRosaResponse>\n",
        Escaped(text)
    );
    (status, [(CONTENT_TYPE, MEDIA_TYPE)], document).into_response()
}

fn with_message(response: &Response, status: StatusCode, text: &str) -> Response {
    let (mut parts, body) = message(status, "error", text).into_parts();
    for (name, value) in response.headers() {
        if name != CONTENT_TYPE && name != CONTENT_LENGTH {
            parts.headers.insert(name, value.clone());
        }
    }
    Response::from_parts(parts, Body::new(body))
}

/// Text within XML.
pub(crate) struct Escaped<T>(pub(crate) T);

impl<T: AsRef<str>> Display for Escaped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.as_ref().chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                letter if letter.is_control() => f.write_str(" ")?,
                letter => write!(f, "{letter}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_the_part_behind_the_address() {
        let path = "/v1/key/secret/projects/1/formList";
        assert_eq!(key(path), Some("secret"));
        assert_eq!((key("/v1/keys/secret"), key("/api/v1/key/x")), (None, None));
    }

    #[test]
    fn messages_say_text_and_nothing_else() {
        assert_eq!(Escaped("<a b=\"c\">&\u{1}").to_string(), "&lt;a b=&quot;c&quot;&gt;&amp; ");
    }
}
