//! The description of this interface for one caller: each register they may read has an address of its
//! own, whose parameters are its fields. GDAL sends what stands there to the node and filters the
//! rest itself.

use std::borrow::Cow;

use app::Register;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Map, Value as Json, json};

use super::parameters::{Plain, answer};
use super::queryables;
use crate::http::caller::Caller;
use crate::http::openapi;
use crate::http::problem::Problem;
use crate::http::state::Shared;

/// What the addresses of this interface begin with.
const ROOT: &str = "/ogc";
/// A page of any register.
const ITEMS: &str = "/collections/{register}/items";

/// Describes the registers of the caller.
pub(super) async fn description(
    State(state): State<Shared>,
    caller: Caller,
    Plain { site }: Plain,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let document = state.nodes.read(move |node| {
        let language = caller.language.code();
        let registers = node.readable(&caller.viewer);
        Ok(document(openapi::whole(), &registers, language, &site.at(ROOT)))
    });
    Ok(answer(openapi::media_type(&headers), document.await?.to_string()))
}

fn document(mut whole: Json, registers: &[Cow<'_, Register>], language: &str, root: &str) -> Json {
    let mut paths = Map::new();
    let all = whole["paths"].take();
    for (path, operations) in all.as_object().into_iter().flatten() {
        let Some(path) = path.strip_prefix(ROOT) else { continue };
        if path == ITEMS {
            for register in registers {
                let own = format!("/collections/{}/items", register.name);
                paths.insert(own, items(operations, register, language));
            }
        } else {
            paths.insert(if path.is_empty() { "/" } else { path }.to_owned(), operations.clone());
        }
    }
    whole["paths"] = Json::Object(paths);
    whole["servers"] = json!([{ "url": root }]);
    whole
}

/// A page of one register: its name is no parameter any more, its fields are.
fn items(operations: &Json, register: &Register, language: &str) -> Json {
    let mut operations = operations.clone();
    let operation = &mut operations["get"];
    operation["operationId"] = json!(format!("items-{}", register.name));
    let names_register = |parameter: &Json| {
        parameter["$ref"].as_str().is_some_and(|target| target.ends_with("/register"))
    };
    if let Some(parameters) = operation["parameters"].as_array_mut() {
        parameters.retain(|parameter| !names_register(parameter));
        let fields = register.form.fields().iter().filter(|field| !field.kind.is_spatial());
        parameters.extend(fields.map(|field| {
            let schema = queryables::of_field(register, field, language);
            json!({ "name": field.name.as_str(), "in": "query", "schema": schema })
        }));
    }
    operations
}
