//! The fields of a register that filters may name, and what its features are, as JSON Schema.

use app::{Field, Register};
use axum::extract::{Path, State};
use axum::response::Response;
use model::value::FieldType;
use serde_json::{Value as Json, json};

use super::SCHEMA;
use super::parameters::{Plain, answer};
use crate::http::caller::Caller;
use crate::http::problem::Problem;
use crate::http::site::Site;
use crate::http::state::Shared;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of what filters may name.
pub(super) async fn schema(
    State(state): State<Shared>,
    caller: Caller,
    Path(register): Path<String>,
    Plain { site }: Plain,
) -> Result<Response, Problem> {
    let document = state.nodes.read(move |node| {
        let register = node.readable_register(&caller.viewer, &register)?;
        let language = caller.language.code();
        let mut document = document(&register, language, (&site, "queryables"));
        document["properties"] = properties(&register, language, |_field| true);
        document["additionalProperties"] = json!(false);
        Ok(document)
    });
    Ok(answer(SCHEMA, document.await?.to_string()))
}

/// The schema of a feature: what its members are, for programs that want to know before they read.
pub(super) async fn feature(
    State(state): State<Shared>,
    caller: Caller,
    Path(register): Path<String>,
    Plain { site }: Plain,
) -> Result<Response, Problem> {
    let document = state.nodes.read(move |node| {
        let register = node.readable_register(&caller.viewer, &register)?;
        let language = caller.language.code();
        let lies_elsewhere = |field: &Field| register.place_field.as_ref() != Some(&field.name);
        let properties = properties(&register, language, lies_elsewhere);
        let mut document = document(&register, language, (&site, "schema"));
        document["properties"] = json!({
            "type": { "type": "string", "const": "Feature" },
            "id": { "type": "string" },
            "geometry": { "type": "object" },
            "properties": { "type": "object", "properties": properties },
        });
        Ok(document)
    });
    Ok(answer(SCHEMA, document.await?.to_string()))
}

/// What every schema of a register begins with; `part` is the end of its address.
fn document(register: &Register, language: &str, (site, part): (&Site, &str)) -> Json {
    let name = register.name.as_str();
    json!({
        "$schema": DIALECT,
        "$id": site.at(&format!("/ogc/collections/{name}/{part}")),
        "type": "object",
        "title": register.labels.get(language).unwrap_or(name),
    })
}

fn properties(register: &Register, language: &str, is_one: impl Fn(&Field) -> bool) -> Json {
    let fields = register.form.fields().iter().filter(|field| is_one(field));
    let schema = |field: &Field| (field.name.to_string(), of_field(register, field, language));
    Json::Object(fields.map(schema).collect())
}

/// What a field holds, with its codes, its name for people and its part in the register.
pub(super) fn of_field(register: &Register, field: &Field, language: &str) -> Json {
    let mut schema = kind(field.kind);
    let list = field.list.as_ref().and_then(|list| register.lists.get(list));
    let codes = list.into_iter().flat_map(|list| list.codes());
    let mut codes: Vec<&str> = codes.map(|code| code.code.as_str()).collect();
    codes.dedup();
    match schema.get_mut("items") {
        Some(items) if !codes.is_empty() => items["enum"] = json!(codes),
        None if !codes.is_empty() => schema["enum"] = json!(codes),
        _ => {}
    }
    schema["title"] = json!(field.labels.get(language).unwrap_or(field.name.as_str()));
    if let Some(hint) = field.hints.get(language) {
        schema["description"] = json!(hint);
    }
    if register.place_field.as_ref() == Some(&field.name) {
        schema["x-ogc-role"] = json!("primary-geometry");
    } else if register.time_field.as_ref() == Some(&field.name) {
        schema["x-ogc-role"] = json!("primary-instant");
    }
    schema
}

fn kind(kind: FieldType) -> Json {
    match kind {
        FieldType::Text | FieldType::Code | FieldType::Record | FieldType::Blob => {
            json!({ "type": "string" })
        }
        FieldType::Integer => json!({ "type": "integer" }),
        FieldType::Decimal => json!({ "type": "number" }),
        FieldType::Boolean => json!({ "type": "boolean" }),
        FieldType::Date => json!({ "type": "string", "format": "date" }),
        FieldType::Time => json!({ "type": "string", "format": "date-time" }),
        FieldType::Codes => json!({ "type": "array", "items": { "type": "string" } }),
        FieldType::Rows => json!({ "type": "array", "items": { "type": "object" } }),
        FieldType::Point => json!({ "format": "geometry-point" }),
        FieldType::Line => json!({ "format": "geometry-linestring" }),
        FieldType::Area => json!({ "format": "geometry-multipolygon" }),
    }
}
