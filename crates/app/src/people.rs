//! People as documents: who is signed in and where, the users, and what a user can be given.

use std::collections::BTreeMap;

use forms::labels::Labels;
use journal::User;
use model::classification::Classification;
use model::id::Name;
use model::limits::ATTACHMENT_BYTES_MAX;
use policy::{Role, Viewer};
use serde_json::{Value as Json, json};

use crate::accounts::{administers, must_administer};
use crate::atlas::corners;
use crate::error::AppError;
use crate::node::Node;
use crate::sessions::{Caller, Credential, SESSION_IDLE_MS};

impl Node {
    /// Who the caller is, on which mission, and until when, with titles in a language.
    pub fn session_json(&self, caller: &Caller, language: &str) -> Result<Json, AppError> {
        let viewer = &caller.viewer;
        let user = self.user_named(&viewer.name)?;
        let totp = self.totp_is_active(user.number)?;
        let roles = &self.pack().roles;
        let held = user.roles.iter().filter_map(|name| roles.get(name));
        let roles: Json = held.map(|role| role_json(role, language)).collect();
        let mut person = user_json(&user, totp);
        person["roles"] = roles;
        person["administers"] = administers(viewer).into();
        let idle_seconds = match caller.credential {
            Credential::Session(_) => Some(SESSION_IDLE_MS / 1_000),
            Credential::Token(_) => None,
        };
        Ok(json!({
            "user": person,
            "mission": self.mission_json(language),
            "scope": caller.scope.code(),
            "language": language,
            "expires": caller.expires.to_string(),
            "idle_seconds": idle_seconds,
            "version": env!("CARGO_PKG_VERSION"),
            "limits": { "attachment_bytes": ATTACHMENT_BYTES_MAX },
        }))
    }

    /// Every user, where the viewer administers.
    pub fn users_json(&self, viewer: &Viewer) -> Result<Json, AppError> {
        self.users(viewer)?
            .iter()
            .map(|user| Ok(user_json(user, self.totp_is_active(user.number)?)))
            .collect()
    }

    /// One user, where the viewer administers.
    pub fn user_json(&self, viewer: &Viewer, name: &str) -> Result<Json, AppError> {
        must_administer(viewer)?;
        let user = self.user_named(name)?;
        Ok(user_json(&user, self.totp_is_active(user.number)?))
    }

    /// The roles, compartments and clearances that users can be given, where the viewer administers.
    pub fn rights_json(&self, viewer: &Viewer, language: &str) -> Result<Json, AppError> {
        must_administer(viewer)?;
        let pack = self.pack();
        let compartments = pack.compartments.iter();
        Ok(json!({
            "roles": pack.roles.values().map(|role| role_json(role, language)).collect::<Json>(),
            "compartments": compartments
                .map(|(name, labels)| json!({ "name": name.as_str(), "title": said(labels, name, language) }))
                .collect::<Json>(),
            "clearances": Classification::ALL.map(Classification::code),
        }))
    }

    fn mission_json(&self, language: &str) -> Json {
        let pack = self.pack();
        json!({
            "name": pack.name.as_str(),
            "title": said(&pack.titles, &pack.name, language),
            "languages": pack.languages,
            "bounds": pack.bounds.map(corners),
            "time_zone": pack.time_zone,
            "fictional": pack.fictional,
            "exercise": pack.exercise,
            "exercise_loaded": self.exercise.loaded().map(|loaded| json!({
                "name": loaded.name,
                "title": loaded.title(language),
                "day": loaded.day,
                "now": self.now().to_string(),
                "offset_ms": self.exercise.offset_ms(),
            })),
            "countries": pack.countries,
            "roles": pack.roles.values().map(|role| role_json(role, language)).collect::<Vec<_>>(),
        })
    }
}

/// A user as a document.
fn user_json(user: &User, totp: bool) -> Json {
    json!({
        "number": user.number,
        "name": user.name,
        "display": user.display,
        "roles": user.roles.iter().map(Name::as_str).collect::<Vec<_>>(),
        "areas": user.areas,
        "compartments": user.compartments.iter().map(Name::as_str).collect::<Vec<_>>(),
        "clearance": user.clearance.code(),
        "disabled": user.disabled,
        "totp": totp,
    })
}

fn role_json(role: &Role, language: &str) -> Json {
    json!({ "name": role.name.as_str(), "title": role_title(role, language) })
}

fn role_title<'r>(role: &'r Role, language: &str) -> &'r str {
    let labels: &BTreeMap<String, String> = &role.labels;
    let title = labels.get(language).or_else(|| labels.get("en"));
    title.or_else(|| labels.values().next()).map_or(role.name.as_str(), String::as_str)
}

fn said<'l>(labels: &'l Labels, name: &'l Name, language: &str) -> &'l str {
    labels.get(language).unwrap_or(name.as_str())
}
