//! What did not work, as a problem document (RFC 9457) in the caller's language.
//!
//! A handler returns `Result<_, Problem>` and lets `?` turn an [`AppError`] into one. A problem knows
//! no language: it travels as an extension of its response, and [`worded`] writes the document when
//! the response leaves. Responses that other libraries make are turned into problems there as well.

use app::{AppError, Kind};
use axum::body::Body;
use axum::http::header::{ALLOW, CONTENT_TYPE, HeaderName, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use model::finding::Finding;
use serde_json::{Map, Value as Json, json};

use crate::terminal::{finding_json, finding_sentence};
use crate::words::Words;

/// What the type of a problem begins with; its code follows.
const TYPE: &str = "tag:casque:2026:";
/// The media type of a problem document.
const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/problem+json");
/// Seconds after which an unavailable node is worth asking again.
const RETRY_SECONDS: HeaderValue = HeaderValue::from_static("5");
const SCHEME: HeaderValue = HeaderValue::from_static("Bearer");
/// Findings that stand for a right that is missing, whether or not the thing exists.
const NOT_ALLOWED: [&str; 7] = [
    "not-allowed",
    "administrators-only",
    "session-needed",
    "attachment-original-not-allowed",
    "transition-role",
    "transition-same-person",
    "transition-needs-another",
];
/// Findings about a part of the address: there is nothing at it.
const NOTHING_THERE: [&str; 3] = ["register-unknown", "record-id-invalid", "mandate-unknown"];

/// Findings about a file that is not what its type says, or of a type nobody takes.
const NOT_TAKEN: [&str; 2] = ["attachment-type-differs", "attachment-type-unknown"];

/// A request that did not do what was asked.
#[derive(Clone, Debug)]
pub(crate) struct Problem(Box<Told>);

#[derive(Clone, Debug)]
struct Told {
    status: StatusCode,
    findings: Vec<Finding>,
    headers: Vec<(HeaderName, HeaderValue)>,
    members: Map<String, Json>,
}

impl Problem {
    /// A problem of one finding, whose code is the problem's type.
    pub(crate) fn new(status: StatusCode, finding: Finding) -> Self {
        Self(Box::new(Told {
            status,
            findings: vec![finding],
            headers: Vec::new(),
            members: Map::new(),
        }))
    }

    /// Nobody has signed in: no session, no token, or neither is good any more.
    pub(crate) fn sign_in_needed() -> Self {
        let finding = Finding::error("sign-in-needed");
        Self::new(StatusCode::UNAUTHORIZED, finding).with_header(WWW_AUTHENTICATE, SCHEME)
    }

    /// The caller may not do this to anything.
    pub(crate) fn not_allowed() -> Self {
        Self::new(StatusCode::FORBIDDEN, Finding::error("right-missing"))
    }

    /// The key in the address of a phone is unknown, over or revoked.
    pub(crate) fn phone_key_refused() -> Self {
        Self::new(StatusCode::FORBIDDEN, Finding::error("phone-key-refused"))
    }

    /// There is nothing at this address.
    pub(crate) fn nothing_here() -> Self {
        Self::new(StatusCode::NOT_FOUND, Finding::error("nothing-here"))
    }

    /// The body is larger than this address takes.
    pub(crate) fn body_too_large() -> Self {
        let finding = Finding::error("body-too-large");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, finding)
    }

    /// A parameter or a body that is not what it should be; `what` says why, in few words.
    pub(crate) fn malformed(what: impl std::fmt::Display) -> Self {
        let finding = Finding::error("request-malformed").with("what", what);
        Self::new(StatusCode::BAD_REQUEST, finding)
    }

    /// With a header of its response.
    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// With a further member of its document: the current record beside "it changed meanwhile".
    pub(crate) fn with_member(mut self, name: &str, value: Json) -> Self {
        self.0.members.insert(name.to_owned(), value);
        self
    }

    /// Whether it is that nobody has signed in, and nothing worse.
    pub(crate) fn asks_to_sign_in(&self) -> bool {
        self.0.status == StatusCode::UNAUTHORIZED
    }

    /// What a response does not say in a document of its own; nothing where it went well.
    pub(crate) fn of_response(response: &mut Response) -> Option<Self> {
        let carried = response.extensions_mut().remove::<Self>();
        let status = response.status();
        carried.or_else(|| Self::of_status(status, status))
    }

    /// The status of its response.
    pub(crate) fn status(&self) -> StatusCode {
        self.0.status
    }

    /// Everything it says to a person, in sentences.
    pub(crate) fn sentences(&self, words: &Words) -> String {
        let findings = self.0.findings.iter();
        findings.map(|finding| finding_sentence(words, finding)).collect::<Vec<_>>().join(" ")
    }

    /// What its response says it is, to tests and logs.
    pub(crate) fn code(&self) -> &'static str {
        self.0.findings.first().map_or("internal", |finding| finding.code)
    }

    /// What a wrong answer of another library stands for; `what` it says of that, in few words.
    pub(crate) fn of_status(status: StatusCode, what: impl std::fmt::Display) -> Option<Self> {
        let finding = match status {
            StatusCode::NOT_FOUND => Finding::error("nothing-here"),
            StatusCode::PAYLOAD_TOO_LARGE => Finding::error("body-too-large"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Finding::error("media-type-wrong"),
            _ if status.is_client_error() => Finding::error("request-malformed").with("what", what),
            _ if status.is_server_error() => Finding::error("internal").with("what", what),
            _ => return None,
        };
        Some(Self::new(status, finding))
    }

    fn document(&self, status: StatusCode, words: &Words, uri: &Uri) -> Json {
        let first = self.0.findings.first();
        let mut document = json!({
            "type": format!("{TYPE}{}", self.code()),
            "title": first.map_or_else(|| words.say("cli-error"), |first| words.finding(first)),
            "status": status.as_u16(),
            "detail": first.and_then(|first| words.fix(first)),
            "instance": uri.path(),
            "findings": self.0.findings.iter().map(|finding| finding_json(words, finding)).collect::<Json>(),
        });
        if let Some(members) = document.as_object_mut() {
            members.extend(self.0.members.clone());
        }
        document
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        if let Some(source) = &error.source {
            tracing::debug!(kind = ?error.kind, %source, "use case failed");
        }
        let status = status_of(&error);
        let findings = match error.kind {
            _ if status == StatusCode::TOO_MANY_REQUESTS => error.findings,
            Kind::Damaged | Kind::Internal | Kind::Unavailable => {
                without_inner_text(error.kind, error.findings)
            }
            _ => error.findings,
        };
        let headers = match status {
            StatusCode::SERVICE_UNAVAILABLE => vec![(RETRY_AFTER, RETRY_SECONDS)],
            StatusCode::TOO_MANY_REQUESTS => vec![(RETRY_AFTER, seconds_to_wait(&findings))],
            StatusCode::UNAUTHORIZED => vec![(WWW_AUTHENTICATE, SCHEME)],
            _ => Vec::new(),
        };
        Self(Box::new(Told { status, findings, headers, members: Map::new() }))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.headers_mut().extend(self.0.headers.clone());
        response.extensions_mut().insert(self);
        response
    }
}

/// The response with its problem written out, where it has one.
pub(crate) fn worded(
    mut response: Response,
    words: &Words,
    method: &Method,
    uri: &Uri,
) -> Response {
    let Some(problem) = Problem::of_response(&mut response) else { return response };
    let status = match problem.0.status {
        // What is wrong in a question is wrong in its address.
        StatusCode::UNPROCESSABLE_ENTITY if method == Method::GET || method == Method::HEAD => {
            StatusCode::BAD_REQUEST
        }
        other => other,
    };
    let document = problem.document(status, words, uri).to_string();
    let (mut parts, _text) = response.into_parts();
    parts.status = status;
    parts.headers.remove(axum::http::header::CONTENT_LENGTH);
    parts.headers.insert(CONTENT_TYPE, MEDIA_TYPE);
    Response::from_parts(parts, Body::from(document))
}

/// Which methods an address has, where one was asked for that it has not.
pub(crate) fn method_not_allowed(methods: &[&Method]) -> Problem {
    let names: Vec<&str> = methods.iter().map(|method| method.as_str()).collect();
    let names = names.join(", ");
    let finding = Finding::error("method-not-allowed").with("methods", &names);
    let problem = Problem::new(StatusCode::METHOD_NOT_ALLOWED, finding);
    match HeaderValue::from_str(&names) {
        Ok(value) => problem.with_header(ALLOW, value),
        Err(_not_a_header) => problem,
    }
}

fn status_of(error: &AppError) -> StatusCode {
    let has = |codes: &[&str]| error.findings.iter().any(|finding| codes.contains(&finding.code));
    match error.kind {
        _ if has(&["sign-in-refused"]) => StatusCode::UNAUTHORIZED,
        _ if has(&["sign-in-throttled", "phone-too-many"]) => StatusCode::TOO_MANY_REQUESTS,
        Kind::Invalid if has(&NOTHING_THERE) => StatusCode::NOT_FOUND,
        Kind::Invalid if has(&NOT_TAKEN) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::DeniedOrAbsent if has(&NOT_ALLOWED) => StatusCode::FORBIDDEN,
        Kind::DeniedOrAbsent => StatusCode::NOT_FOUND,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Unavailable if has(&["store-full"]) => StatusCode::INSUFFICIENT_STORAGE,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Damaged | Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// How long somebody who guessed too often waits.
fn seconds_to_wait(findings: &[Finding]) -> HeaderValue {
    let mut values = findings.iter().flat_map(|finding| &finding.values);
    let seconds = values.find(|(name, _)| *name == "seconds").map(|(_, seconds)| seconds);
    let seconds = seconds.and_then(|seconds| HeaderValue::from_str(seconds).ok());
    seconds.unwrap_or(RETRY_SECONDS)
}

/// The findings by code alone: folders and what the system said of them are for the log.
fn without_inner_text(kind: Kind, findings: Vec<Finding>) -> Vec<Finding> {
    findings.into_iter().take(1).map(|finding| for_callers(kind, &finding)).collect()
}

fn for_callers(kind: Kind, finding: &Finding) -> Finding {
    tracing::error!(code = finding.code, ?kind, "a request failed");
    tracing::debug!("it failed with {finding}");
    match finding.code {
        "store-full" | "store-busy" | "too-many-exports" => Finding::error(finding.code),
        code if kind == Kind::Unavailable => Finding::error("node-unavailable").with("what", code),
        code => Finding::error("internal").with("what", code),
    }
}
