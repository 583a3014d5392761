//! Phones that collect: the forms they may fill in, each with what it needs, and where they send.
//!
//! The shape of the addresses is ODK Central's, so that its guides and settings fit. Who asks is known
//! by the key in the address and by nothing else.

use std::sync::Arc;

use app::{Node, PhoneForm};
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use crate::http::caller::Caller;
use crate::http::openrosa::{Escaped, MEDIA_TYPE};
use crate::http::problem::Problem;
use crate::http::route::{Access, Routes};
use crate::http::site::{Site, escaped};
use crate::http::state::Shared;

const FORMS: &str = "/v1/key/{key}/projects/1/formList";
const FORM: &str = "/v1/key/{key}/projects/1/forms/{form}";
const MANIFEST: &str = "/v1/key/{key}/projects/1/forms/{form}/manifest";
const FILE: &str = "/v1/key/{key}/projects/1/forms/{form}/attachments/{file}";
/// What the name of a form ends in where it is the form itself.
const XML: &str = ".xml";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(FORMS, Access::Phone, list)
        .get(FORM, Access::Phone, form)
        .get(MANIFEST, Access::Phone, manifest)
        .get(FILE, Access::Phone, file)
}

/// Every form, with a hash over the very bytes that its address gives. One without a name would make
/// a phone forget all of them.
async fn list(
    State(state): State<Shared>,
    Caller { viewer, language, .. }: Caller,
    Path(key): Path<String>,
    site: Site,
) -> Result<Response, Problem> {
    let forms = move |node: &mut Node| Ok(node.phone_forms(&viewer, language.code()));
    let forms = state.nodes.read(forms).await?;
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                   <xforms xmlns=\"http://openrosa.org/xforms/xformsList\">\n"
        .to_owned();
    for form in &forms {
        out.push_str(&entry(form, &site, &key));
    }
    out.push_str("</xforms>\n");
    Ok(xml(out))
}

fn entry(form: &PhoneForm, site: &Site, key: &str) -> String {
    let place = format!("/v1/key/{}/projects/1/forms/{}", escaped(key), escaped(&form.id));
    let manifest = site.at(&format!("{place}/manifest"));
    let manifest = if form.files.is_empty() {
        String::new()
    } else {
        format!("<manifestUrl>{}</manifestUrl>", Escaped(manifest))
    };
    format!(
        "<xform><formID>{}</formID><name>{}</name><version>{}</version><hash>{}</hash>\
         <downloadUrl>{}</downloadUrl>{manifest}</xform>\n",
        Escaped(&form.id),
        Escaped(&form.title),
        Escaped(&form.version),
        Escaped(&form.hash),
        Escaped(site.at(&format!("{place}{XML}"))),
    )
}

async fn form(
    State(state): State<Shared>,
    caller: Caller,
    Path((_key, form)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let name = form.strip_suffix(XML).ok_or_else(Problem::nothing_here)?;
    Ok(xml(found(&state, caller, name).await?.xml.clone()))
}

/// What a form needs. A file that lacked any of its three parts would make a phone forget all of them.
async fn manifest(
    State(state): State<Shared>,
    caller: Caller,
    Path((key, name)): Path<(String, String)>,
    site: Site,
) -> Result<Response, Problem> {
    let form = found(&state, caller, &name).await?;
    let files = form.files.iter().map(|file| {
        let place = format!(
            "/v1/key/{}/projects/1/forms/{}/attachments/{}",
            escaped(&key),
            escaped(&form.id),
            escaped(&file.name)
        );
        format!(
            "<mediaFile><filename>{}</filename><hash>{}</hash><downloadUrl>{}</downloadUrl></mediaFile>\n",
            Escaped(&file.name),
            Escaped(&file.hash),
            Escaped(site.at(&place)),
        )
    });
    Ok(xml(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <manifest xmlns=\"http://openrosa.org/xforms/xformsManifest\">\n{}</manifest>\n",
        files.collect::<String>()
    )))
}

async fn file(
    State(state): State<Shared>,
    caller: Caller,
    Path((_key, name, file)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let form = found(&state, caller, &name).await?;
    let wanted = form.files.iter().find(|known| known.name == file);
    let file = wanted.ok_or_else(Problem::nothing_here)?;
    let media_type = HeaderValue::from_static(file.media_type);
    Ok(([(CONTENT_TYPE, media_type)], file.content.clone()).into_response())
}

async fn found(state: &Shared, caller: Caller, name: &str) -> Result<Arc<PhoneForm>, Problem> {
    let (viewer, language, name) = (caller.viewer, caller.language, name.to_owned());
    let form = move |node: &mut Node| node.phone_form(&viewer, &name, language.code());
    Ok(state.nodes.read(form).await?)
}

fn xml(document: String) -> Response {
    ([(CONTENT_TYPE, MEDIA_TYPE)], document).into_response()
}
