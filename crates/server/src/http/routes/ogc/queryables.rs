//! The fields of a register that filters may name, and what its features are, as JSON Schema.

use app::Register;
use axum::extract::{Path, State};
use axum::response::Response;
use model::value::FieldType;
use serde_json::{Map, Value as Json, json};

use super::SCHEMA;
use super::parameters::{Plain, answer};
use crate::http::caller::Caller;
use crate::http::problem::Problem;
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
        let id = site.at(&format!("/ogc/collections/{}/queryables", register.name));
        Ok(document(register, caller.language.code(), &id))
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
        let id = site.at(&format!("/ogc/collections/{}/schema", register.name));
        Ok(feature_document(register, caller.language.code(), &id))
    });
    Ok(answer(SCHEMA, document.await?.to_string()))
}

fn document(register: &Register, language: &str, id: &str) -> Json {
    let fields = register.form.fields().iter();
    let properties = fields
        .map(|field| (field.name.to_string(), of_field(register, field.name.as_str(), language)));
    json!({
        "$schema": DIALECT,
        "$id": id,
        "type": "object",
        "title": title(register, language),
        "properties": properties.collect::<Map<String, Json>>(),
        "additionalProperties": false,
    })
}

fn feature_document(register: &Register, language: &str, id: &str) -> Json {
    let fields = register.form.fields().iter();
    let fields = fields.filter(|field| register.place_field.as_ref() != Some(&field.name));
    let properties = fields
        .map(|field| (field.name.to_string(), of_field(register, field.name.as_str(), language)));
    json!({
        "$schema": DIALECT,
        "$id": id,
        "type": "object",
        "title": title(register, language),
        "properties": {
            "type": { "type": "string", "const": "Feature" },
            "id": { "type": "string" },
            "geometry": { "type": "object" },
            "properties": { "type": "object", "properties": properties.collect::<Map<String, Json>>() },
        },
    })
}

fn title<'r>(register: &'r Register, language: &str) -> &'r str {
    register.labels.get(language).unwrap_or(register.name.as_str())
}

/// What a field holds, with its codes, its name for people and its part in the register.
pub(super) fn of_field(register: &Register, name: &str, language: &str) -> Json {
    let Some(field) = register.form.field(name) else { return json!({}) };
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
    schema["title"] = json!(field.labels.get(language).unwrap_or(name));
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
