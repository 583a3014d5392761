//! The users of the node, for administrators.

use app::{NewPassword, NewUser, UserChange};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use model::classification::Classification;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::http::caller::Caller;
use crate::http::hashing::Place;
use crate::http::input::Body;
use crate::http::problem::Problem;
use crate::http::route::{Access, Routes};
use crate::http::state::Shared;
use crate::password;
use crate::system::SystemRandomness;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/users", Access::Administer, list)
        .post("/api/users", Access::Administer, add)
        .patch("/api/users/{name}", Access::Administer, change)
        .get("/api/rights", Access::Administer, rights)
}

async fn list(State(state): State<Shared>, caller: Caller) -> Result<Json<Value>, Problem> {
    Ok(Json(state.nodes.read(move |node| node.users_json(&caller.viewer)).await?))
}

/// What users can be given.
async fn rights(State(state): State<Shared>, caller: Caller) -> Result<Json<Value>, Problem> {
    let language = caller.language.code();
    Ok(Json(state.nodes.read(move |node| node.rights_json(&caller.viewer, language)).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Addition {
    name: String,
    #[serde(default, deserialize_with = "text_or_none")]
    display: Option<String>,
    #[serde(default)]
    roles: Vec<String>,
    #[serde(default)]
    areas: Vec<String>,
    #[serde(default)]
    compartments: Vec<String>,
    clearance: Option<String>,
    password: Option<String>,
}

/// Where no password is given, one is made and told in this answer alone.
async fn add(
    State(state): State<Shared>,
    caller: Caller,
    Body(given): Body<Addition>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let made = given.password.is_none().then(password::generated);
    let chosen = given.password.or_else(|| made.clone()).unwrap_or_default();
    let password = hashed(&state.hashing.place()?, chosen).await?;
    let user = NewUser {
        name: given.name.clone(),
        display: given.display.unwrap_or_default(),
        roles: given.roles,
        areas: given.areas,
        compartments: given.compartments,
        clearance: clearance(given.clearance)?.unwrap_or_default(),
        password: None,
    };
    let add = move |node: &mut app::Node| {
        node.add_user(&caller.viewer, user)?;
        node.set_new_password(&caller.viewer, &given.name, &password)?;
        node.user_json(&caller.viewer, &given.name)
    };
    let mut document = state.nodes.write(add).await?;
    if let Some(made) = made {
        document["password"] = made.into();
    }
    Ok((StatusCode::CREATED, Json(document)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    #[serde(default, deserialize_with = "text_or_none")]
    display: Option<String>,
    roles: Option<Vec<String>>,
    areas: Option<Vec<String>>,
    compartments: Option<Vec<String>>,
    clearance: Option<String>,
    disabled: Option<bool>,
    password: Option<String>,
    totp: Option<bool>,
}

/// What is not named stays. `totp` can only be taken away: the owner sets it up.
async fn change(
    State(state): State<Shared>,
    caller: Caller,
    Path(name): Path<String>,
    Body(given): Body<Change>,
) -> Result<Json<Value>, Problem> {
    if given.totp == Some(true) {
        return Err(Problem::malformed("totp"));
    }
    let password = match given.password {
        Some(password) => Some(hashed(&state.hashing.place()?, password).await?),
        None => None,
    };
    let clearance = clearance(given.clearance)?;
    let Change { display, roles, areas, compartments, disabled, .. } = given;
    let rights = UserChange { display, roles, areas, compartments, clearance, disabled };
    let change = move |node: &mut app::Node| {
        let viewer = &caller.viewer;
        if rights != UserChange::default() {
            node.change_user(viewer, &name, rights)?;
        }
        if let Some(password) = password {
            node.set_new_password(viewer, &name, &password)?;
        }
        if given.totp == Some(false) {
            node.totp_reset(viewer, &name)?;
        }
        node.user_json(viewer, &name)
    };
    Ok(Json(state.nodes.write(change).await?))
}

async fn hashed(place: &Place, password: String) -> Result<NewPassword, Problem> {
    place.hash(move || NewPassword::new(&password, &mut SystemRandomness)).await
}

/// A name that people read; `null` takes it away, which is not the same as not naming it.
fn text_or_none<'de, D: Deserializer<'de>>(given: D) -> Result<Option<String>, D::Error> {
    Option::deserialize(given).map(|text: Option<String>| Some(text.unwrap_or_default()))
}

fn clearance(code: Option<String>) -> Result<Option<Classification>, Problem> {
    code.map(|code| code.parse().map_err(|_unknown| Problem::malformed("clearance"))).transpose()
}
