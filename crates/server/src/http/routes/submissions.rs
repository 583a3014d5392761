//! What phones send: taken in whole on disk, then made a record or kept with the reasons why not.
//!
//! The answer says whether the phone may forget it. 201: it is in a record. 202: it is kept here,
//! with a message that says why somebody has to look at it or that files are missing. Everything
//! else leaves it on the phone; what could be read of it is kept here all the same.

use std::convert::Infallible;

use app::{Credential, Incoming, Node, PhoneOutcome, PhoneSent, PhoneTaken, PhoneUpload, Viewer};
use axum::body::{Body, HttpBody};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, IntoResponseParts, Response, ResponseParts};
use http_body_util::BodyExt;
use model::finding::Finding;
use model::limits::PHONE_BODY_BYTES_MAX;
use tokio::time::Instant;

use super::attachments::cut_off;
use super::refused::kept_words;
use crate::http::caller::Caller;
use crate::http::multipart::{self, Part, Wrong};
use crate::http::openrosa::message;
use crate::http::parameters::Parameters;
use crate::http::problem::Problem;
use crate::http::route::{Access, Routes};
use crate::http::site::Site;
use crate::http::state::Shared;
use crate::terminal::finding_sentence;
use crate::words::Words;

const SUBMISSION: &str = "/v1/key/{key}/projects/1/submission";
#[expect(clippy::cast_possible_truncation, reason = "27 MiB is a size on every machine")]
const BODY_BYTES_MAX: usize = PHONE_BODY_BYTES_MAX as usize;
/// Larger bodies lie on disk while they come in.
const MEMORY_BYTES_MAX: usize = 256 << 10;
/// The part with the answers.
const DOCUMENT: &str = "xml_submission_file";
/// The part that says whether further files follow.
const INCOMPLETE: &str = "*isIncomplete*";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(SUBMISSION, Access::Phone, ready)
        .post(SUBMISSION, Access::Phone, submit)
        .taking(BODY_BYTES_MAX)
}

/// A phone asks this before it sends, and takes nothing else for an answer.
async fn ready(place: Place) -> Response {
    (StatusCode::NO_CONTENT, place, ()).into_response()
}

async fn submit(
    State(state): State<Shared>,
    caller: Caller,
    place: Place,
    mut parameters: Parameters,
    request: Request,
) -> Result<Response, Problem> {
    count(&state, &caller)?;
    let device = parameters.text("deviceID").unwrap_or_default();
    let (head, body) = request.into_parts();
    let content_type = head.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let boundary = multipart::boundary(content_type.unwrap_or_default()).map_err(no_parts)?;
    let body = taken_in(&state, body).await?;
    let (viewer, shared) = (caller.viewer, state.clone());
    let taken = state.nodes.write(move |node: &mut Node| {
        let words = |finding: &Finding| kept_words(&shared, finding);
        taken(node, &viewer, (body, &boundary, device), &words)
    });
    let taken = taken.await??;
    Ok((place, answer(&taken, state.words(caller.language))).into_response())
}

/// Refuses a key that sends too often.
fn count(state: &Shared, caller: &Caller) -> Result<(), Problem> {
    let Credential::Token(id) = &caller.known.credential else { return Ok(()) };
    state.rates.count(id, Instant::now()).map_err(|wait| {
        let seconds = wait.as_secs() + 1;
        let finding = Finding::error("phone-too-fast").with("seconds", seconds);
        Problem::new(StatusCode::TOO_MANY_REQUESTS, finding)
            .with_header(RETRY_AFTER, HeaderValue::from(seconds))
    })
}

/// A body that came in whole: a small one in memory, a large one on disk.
enum Whole {
    Small(Vec<u8>),
    Large(Incoming),
}

async fn taken_in(state: &Shared, mut body: Body) -> Result<Whole, Problem> {
    let mut start = Vec::new();
    while start.len() <= MEMORY_BYTES_MAX {
        let Some(frame) = body.frame().await else { return Ok(Whole::Small(start)) };
        let frame = frame.map_err(|error| cut_off(&error))?;
        start.extend_from_slice(frame.data_ref().map_or(&[][..], |bytes| bytes));
        if body.is_end_stream() {
            return Ok(Whole::Small(start));
        }
    }
    let place = |node: &mut Node| node.incoming_up_to(PHONE_BODY_BYTES_MAX);
    let mut incoming = state.nodes.read(place).await?;
    tokio::task::block_in_place(|| incoming.take(&start))?;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| cut_off(&error))?;
        if let Some(bytes) = frame.data_ref() {
            tokio::task::block_in_place(|| incoming.take(bytes))?;
        }
    }
    Ok(Whole::Large(incoming))
}

/// Takes a body apart and gives it to the node. One at a time does: no more than one is in memory.
fn taken(
    node: &mut Node,
    viewer: &Viewer,
    (body, boundary, device): (Whole, &str, String),
    words: &dyn Fn(&Finding) -> serde_json::Value,
) -> Result<Result<PhoneTaken, Problem>, app::AppError> {
    let body = match body {
        Whole::Small(body) => body,
        Whole::Large(mut incoming) => incoming.content()?,
    };
    let sent = match multipart::parts(&body, boundary).map_err(no_parts).and_then(sent) {
        Ok(sent) => sent,
        Err(problem) => return Ok(Err(problem)),
    };
    node.phone_submit(viewer, &PhoneSent { device, ..sent }, words).map(Ok)
}

/// What the parts of a submission are.
fn sent(parts: Vec<Part<'_>>) -> Result<PhoneSent<'_>, Problem> {
    let mut sent = PhoneSent::default();
    let mut documents = 0;
    for part in parts {
        match part.name.as_str() {
            DOCUMENT => {
                sent.xml = part.content;
                documents += 1;
            }
            INCOMPLETE => sent.is_incomplete = part.content.eq_ignore_ascii_case(b"yes"),
            _ => sent.files.push(PhoneUpload {
                name: part.file_name.unwrap_or(part.name),
                media_type: part.media_type,
                content: part.content,
            }),
        }
    }
    if documents == 1 {
        return Ok(sent);
    }
    let finding = Finding::error("phone-document-missing").with("count", documents);
    Err(Problem::new(StatusCode::BAD_REQUEST, finding))
}

fn no_parts(wrong: Wrong) -> Problem {
    let status = match wrong {
        Wrong::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        _ => StatusCode::BAD_REQUEST,
    };
    Problem::new(status, Finding::error("phone-parts-wrong").with("what", wrong.code()))
}

/// What the phone is told, and its owner with it.
fn answer(taken: &PhoneTaken, words: &Words) -> Response {
    let (status, nature, key) = match taken.outcome {
        PhoneOutcome::Made(_) => (StatusCode::CREATED, "submit_success", "phone-made"),
        PhoneOutcome::Waiting => (StatusCode::ACCEPTED, "submit_success", "phone-waiting"),
        PhoneOutcome::Kept => (StatusCode::ACCEPTED, "submit_success", "phone-kept"),
        PhoneOutcome::Differs => (StatusCode::CONFLICT, "submit_error", "phone-kept"),
        PhoneOutcome::Unreadable => {
            (StatusCode::UNPROCESSABLE_ENTITY, "submit_error", "phone-kept")
        }
    };
    let submission = taken.submission.to_string();
    let said = [("submission", submission.as_str().into())];
    let mut text = words.say_with(key, &said);
    for finding in &taken.findings {
        text.push(' ');
        text.push_str(&finding_sentence(words, finding));
    }
    message(status, nature, &text)
}

/// Where a phone sends to, absolute: a header of what it is told.
struct Place(HeaderValue);

impl FromRequestParts<Shared> for Place {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &Shared) -> Result<Self, Problem> {
        let Ok(site) = Site::from_request_parts(parts, state).await;
        let place = site.at(parts.uri.path());
        HeaderValue::from_str(&place).map(Self).map_err(Problem::malformed)
    }
}

impl IntoResponseParts for Place {
    type Error = Infallible;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Infallible> {
        parts.headers_mut().insert(LOCATION, self.0);
        Ok(parts)
    }
}
