//! `casque phone`: keys with which phones file in the name of the acting user.

use std::io::Write;
use std::path::Path;

use app::PhoneKey;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use qrcode::QrCode;
use qrcode::render::{svg, unicode};
use serde_json::{Value as Json, json};

use super::phone_refused::write;
use crate::cli::{Phone, listen_default};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::table::Table;

/// The smallest picture that phones read well, in pixels.
const PICTURE_PIXELS: u32 = 360;

/// Runs a verb of `phone`.
pub(crate) fn run(context: &mut Context<'_>, phone: &Phone) -> Result<Exit, Failure> {
    match phone {
        Phone::Invite { url, name, days, qr } => {
            let named = (url.as_deref(), name.as_deref());
            invite(context, named, *days, qr.as_deref())
        }
        Phone::List => list(context),
        Phone::Revoke { key } => revoke(context, key),
        Phone::Refused(refused) => super::phone_refused::run(context, refused),
    }
}

fn invite(
    context: &mut Context<'_>,
    (url, name): (Option<&str>, Option<&str>),
    days: u32,
    qr: Option<&Path>,
) -> Result<Exit, Failure> {
    let (mut node, viewer) = context.session()?;
    let (key, secret) = node.phone_invite(&viewer, name.unwrap_or(&viewer.name), days)?;
    let said = [("user", viewer.name.as_str().into()), ("key", key.id.as_str().into())];
    let note = context.words.say_with("cli-phone-invited", &said);
    let base = url.map_or_else(|| format!("http://{}", listen_default()), str::to_owned);
    let address = format!("{base}{}", secret.phone_path());
    let settings = settings(&address, node.pack().name.as_str())?;
    let picture = QrCode::new(&settings).map_err(|_too_long| Failure::fault())?;
    let drawing = picture.render::<svg::Color<'_>>();
    let drawing = { drawing }.min_dimensions(PICTURE_PIXELS, PICTURE_PIXELS).build();
    if let Some(error) = qr.and_then(|file| write(file, drawing.as_bytes()).err()) {
        // Nobody was shown the key.
        node.phone_revoke(&viewer, &key.id)?;
        return Err(error.into());
    }
    if context.json() {
        let mut document = key.json();
        document["url"] = Json::from(address);
        document["settings"] = Json::from(settings);
        document["qr_svg"] = Json::from(drawing);
        context.terminal.json(&document)?;
        return Ok(Exit::Done);
    }
    context.terminal.note(&note);
    if url.is_none() {
        context.terminal.note(&context.words.say("cli-phone-here"));
    }
    context.terminal.line(&address)?;
    if qr.is_none() {
        let drawing = picture.render::<unicode::Dense1x2>().build();
        context.terminal.line(&drawing)?;
    }
    Ok(Exit::Done)
}

/// What ODK Collect sets itself up with: JSON, compressed, as letters.
fn settings(address: &str, project: &str) -> Result<String, Failure> {
    let document = json!({
        "general": {
            "server_url": address,
            "form_update_mode": "match_exactly",
            "autosend": "wifi_and_cellular",
        },
        "project": { "name": project },
        "admin": {},
    });
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    let written = packed.write_all(document.to_string().as_bytes());
    let packed = written.and_then(|()| packed.finish()).map_err(|error| Failure::output(&error))?;
    Ok(STANDARD.encode(packed))
}

fn list(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    let keys = node.phone_keys(&viewer)?;
    let document: Json = keys.iter().map(PhoneKey::json).collect();
    if context.json() {
        context.terminal.json(&document)?;
        return Ok(Exit::Done);
    }
    let columns = ["id", "name", "created", "expires", "last_used"];
    let headings = columns.map(|key| format!("cli-token-{}", key.replace('_', "-")));
    let mut table = Table::new(headings.map(|key| context.words.say(&key)));
    for key in document.as_array().into_iter().flatten() {
        table.row(columns.map(|column| super::show::plain(&key[column])));
    }
    context.terminal.table(&table)?;
    Ok(Exit::Done)
}

fn revoke(context: &mut Context<'_>, id: &str) -> Result<Exit, Failure> {
    let (mut node, viewer) = context.session()?;
    node.phone_revoke(&viewer, id)?;
    if context.json() {
        context.terminal.json(&json!({ "id": id }))?;
        return Ok(Exit::Done);
    }
    let said = [("key", id.into())];
    context.terminal.note(&context.words.say_with("cli-phone-revoked", &said));
    Ok(Exit::Done)
}
