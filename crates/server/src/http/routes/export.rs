//! All records of a question as a file.
//!
//! Who may export is decided when it begins. A token that expires or is revoked meanwhile does not
//! cut the file; the next request is refused.

use app::ExportFormat;
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::http::caller::Caller;
use crate::http::parameters::Parameters;
use crate::http::problem::Problem;
use crate::http::route::{Access, Routes};
use crate::http::state::Shared;
use crate::http::stream::pipe;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The word, how records are written, whether the file is packed, its media type.
const FORMATS: [(&str, ExportFormat, bool, &str); 5] = [
    ("csv", ExportFormat::Csv, false, "text/csv; charset=utf-8"),
    ("csv.gz", ExportFormat::Csv, true, "application/gzip"),
    ("xlsx", ExportFormat::Xlsx, false, XLSX),
    ("geojson", ExportFormat::GeoJson, false, "application/geo+json"),
    ("ndjson", ExportFormat::Ndjson, false, "application/x-ndjson"),
];

pub(super) fn routes() -> Routes {
    Routes::new().get("/api/registers/{register}/export", Access::Export, export)
}

async fn export(
    State(state): State<Shared>,
    Caller { viewer, .. }: Caller,
    Path(register): Path<String>,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let words = FORMATS.map(|(word, ..)| word);
    let word = parameters.word("format", &words).unwrap_or("csv");
    let fields = parameters.names("fields");
    let oldest_first = parameters.word("order", &["newest", "oldest"]) == Some("oldest");
    let question = app::Question { fields, oldest_first, ..parameters.selection(register) };
    parameters.end()?;
    let found = FORMATS.into_iter().find(|(known, ..)| *known == word);
    let (_, format, packed, media_type) = found.unwrap_or(FORMATS[0]);
    let name = format!("attachment; filename=\"{}.{word}\"", question.register);
    let (mut source, sink) = pipe();
    state.nodes.apart(move |node| {
        let made = node.and_then(|node| {
            if packed {
                node.export_packed(&viewer, &question, format, &mut source)
            } else {
                node.export(&viewer, &question, format, &mut source)
            }
        });
        source.end(made.map(drop));
    })?;
    let body = sink.begun().await?;
    let name = HeaderValue::from_str(&name).map_err(Problem::malformed)?;
    let headers =
        [(CONTENT_TYPE, HeaderValue::from_static(media_type)), (CONTENT_DISPOSITION, name)];
    Ok((headers, body).into_response())
}
