//! Files attached to records: listed, taken in, given out.
//!
//! A file comes in on disk and goes out in parts, so that slow clients cost no memory. Browsers never
//! show one: it is saved, under a name that was made harmless.

use app::{Aim, FileSaid, Incoming, Node, OutgoingFile, Viewer};
use axum::Json;
use axum::body::{Body, HttpBody};
use axum::extract::{Path, Request, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, ETAG, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, LengthLimitError};
use model::limits::ATTACHMENT_BYTES_MAX;
use serde_json::Value;

use super::record::Named;
use crate::http::caller::Caller;
use crate::http::parameters::{NoParameters, Parameters};
use crate::http::problem::Problem;
use crate::http::route::{Access, Routes};
use crate::http::site::escaped;
use crate::http::state::Shared;
use crate::http::stream::{Feed, feed};
use crate::http::versions::tag;

const ATTACHMENTS: &str = "/api/registers/{register}/records/{id}/attachments";
const ATTACHMENT: &str = "/api/registers/{register}/records/{id}/attachments/{blob}";
#[expect(clippy::cast_possible_truncation, reason = "25 MiB is a size on every machine")]
const BODY_BYTES_MAX: usize = ATTACHMENT_BYTES_MAX as usize;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(ATTACHMENTS, Access::Read, list)
        .post(ATTACHMENTS, Access::Attach, attach)
        .taking(BODY_BYTES_MAX)
        .get(ATTACHMENT, Access::Read, give)
}

async fn list(
    State(state): State<Shared>,
    named: Named,
    _: NoParameters,
) -> Result<Json<Value>, Problem> {
    let files =
        named.asked(&state, |node, viewer, (register, id)| node.attachments(viewer, register, id));
    Ok(Json(files.await?))
}

/// Takes a file in where the caller may attach one; an empty one is refused wherever it should go.
async fn attach(
    State(state): State<Shared>,
    named: Named,
    mut parameters: Parameters,
    request: Request,
) -> Result<Response, Problem> {
    let (head, body) = request.into_parts();
    let media_type = head.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let said = FileSaid {
        name: parameters.text("name").unwrap_or_default(),
        media_type: media_type.unwrap_or_default().to_owned(),
        field: parameters.text("field"),
    };
    parameters.end()?;
    if !body.is_end_stream() {
        let allowed = named
            .clone()
            .asked(&state, |node, viewer, (register, id)| node.may_attach(viewer, register, id));
        allowed.await?;
    }
    let mut incoming =
        taken_in(state.nodes.read(|node: &mut Node| node.incoming()).await?, body).await?;
    let files = format!("{}/attachments", named.address());
    let attach = move |node: &mut Node, viewer: &Viewer, aim: Aim<'_>| {
        node.attach(viewer, aim, &mut incoming, &said)
    };
    let (file, shown) = named.done(&state, attach).await?;
    let place = HeaderValue::from_str(&format!("{files}/{}", file.blob));
    let place = [(LOCATION, place.map_err(Problem::malformed)?)];
    let tag = shown.map(|shown| [(ETAG, tag(shown.version()))]);
    Ok((StatusCode::CREATED, place, tag, Json(file.json())).into_response())
}

/// The body on disk.
async fn taken_in(mut incoming: Incoming, mut body: Body) -> Result<Incoming, Problem> {
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| cut_off(&error))?;
        if let Some(bytes) = frame.data_ref() {
            tokio::task::block_in_place(|| incoming.take(bytes))?;
        }
    }
    incoming.check()?;
    Ok(incoming)
}

/// Why a body ended before its end: it is too large, or the connection broke.
pub(super) fn cut_off(error: &axum::Error) -> Problem {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(known) = cause {
        if known.is::<LengthLimitError>() {
            return Problem::body_too_large();
        }
        cause = known.source();
    }
    Problem::malformed("body")
}

async fn give(
    State(state): State<Shared>,
    Caller { viewer, .. }: Caller,
    Path((register, id, blob)): Path<(String, String, String)>,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let is_original = parameters.word("original", &["true", "false"]) == Some("true");
    parameters.end()?;
    let found = move |node: &mut Node| node.outgoing(&viewer, (&register, &id), &blob, is_original);
    let outgoing = state.nodes.read(found).await?;
    let file = &outgoing.file;
    let header = |text: &str| HeaderValue::from_str(text).map_err(Problem::malformed);
    let headers = [
        (CONTENT_TYPE, header(&file.media_type)?),
        (CONTENT_LENGTH, HeaderValue::from(outgoing.bytes)),
        (CONTENT_DISPOSITION, header(&disposition(&file.name))?),
    ];
    let (feed, sink) = feed();
    tokio::spawn(parts(state.clone(), outgoing, feed));
    Ok((headers, sink.begun().await?).into_response())
}

/// Hands a file on part by part, each read when the one before was taken.
async fn parts(state: Shared, file: OutgoingFile, feed: Feed) {
    for part in 0.. {
        let wanted = file.clone();
        let read = state.nodes.read(move |node| node.outgoing_part(&wanted, part)).await;
        if !feed.give(read.map(|bytes| bytes.unwrap_or_default().into())).await {
            return;
        }
    }
}

/// Saved, never shown; the name in both forms that programs know (RFC 6266).
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_graphic() && !"\"\\%".contains(c) || c == ' ' { c } else { '_' })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", escaped(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_stay_within_their_quotes() {
        assert_eq!(
            disposition("a \"b\" é.jpg"),
            "attachment; filename=\"a _b_ _.jpg\"; filename*=UTF-8''a%20%22b%22%20%C3%A9.jpg"
        );
    }
}
