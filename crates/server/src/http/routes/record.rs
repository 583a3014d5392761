//! The record that an address names: asked about, or changed, as its author saw it.

use app::{Aim, AppError, Done, Node, Shown, Viewer};
use axum::Json;
use axum::extract::{FromRequestParts, Path};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use model::finding::Finding;
use serde_json::{Value, json};

use crate::http::caller::Caller;
use crate::http::problem::Problem;
use crate::http::state::{Shared, State};
use crate::http::versions::{self, Seen, tagged};
use crate::terminal::finding_json;
use crate::words::Words;

/// A record, who asks, and what they say they have seen of it.
#[derive(Clone, Debug)]
pub(super) struct Named {
    caller: Caller,
    register: String,
    id: String,
    seen: Seen,
}

impl FromRequestParts<Shared> for Named {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &Shared) -> Result<Self, Problem> {
        let caller = Caller::from_request_parts(parts, state).await?;
        let named = Path::<(String, String)>::from_request_parts(parts, state).await;
        let Path((register, id)) = named.map_err(|wrong| Problem::malformed(wrong.body_text()))?;
        Ok(Self { caller, register, id, seen: Seen::of(&parts.headers) })
    }
}

impl Named {
    /// The same, where something must be said of what was seen.
    pub(super) fn seen(mut self) -> Result<Self, Problem> {
        self.seen = self.seen.demanded()?;
        Ok(self)
    }

    /// The address of the record.
    pub(super) fn address(&self) -> String {
        format!("/api/registers/{}/records/{}", self.register, self.id)
    }

    /// Asks about it.
    pub(super) async fn asked<T: Send + 'static>(
        self,
        state: &State,
        question: impl FnOnce(&mut Node, &Viewer, (&str, &str)) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, Problem> {
        let Self { caller, register, id, .. } = self;
        let asked = move |node: &mut Node| question(node, &caller.viewer, (&register, &id));
        Ok(state.nodes.read(asked).await?)
    }

    /// Does something to it, and answers with the record as it is then, and with what its author should
    /// know of what they did. A record that its author may no longer read afterwards is not shown.
    pub(super) async fn changed<T: Send + 'static>(
        self,
        state: &State,
        act: impl FnOnce(&mut Node, &Viewer, Aim<'_>) -> Result<Done<T>, AppError> + Send + 'static,
    ) -> Result<Response, Problem> {
        let (words, id) = (state.words(self.caller.language), self.id.clone());
        let (Done { warnings, .. }, shown) = self.done(state, act).await?;
        Ok(match shown {
            Some(shown) => tagged(warned(shown, words, &warnings)).into_response(),
            None if warnings.is_empty() => StatusCode::NO_CONTENT.into_response(),
            None => Json(warned(Shown(json!({ "id": id })), words, &warnings).0).into_response(),
        })
    }

    /// Does something to it: what came of it, and the record then, where its author may read it.
    pub(super) async fn done<T: Send + 'static>(
        self,
        state: &State,
        act: impl FnOnce(&mut Node, &Viewer, Aim<'_>) -> Result<T, AppError> + Send + 'static,
    ) -> Result<(T, Option<Shown>), Problem> {
        let Self { caller, register, id, seen } = self;
        let (viewer, at) = (caller.viewer.clone(), (register.clone(), id.clone()));
        let done = state.nodes.write(move |node| {
            let (register, id) = (at.0.as_str(), at.1.as_str());
            let done = act(node, &viewer, seen.aim(register, id)?)?;
            Ok((done, node.show(&viewer, register, id).ok()))
        });
        match done.await {
            Ok(done) => Ok(done),
            Err(error) => Err(versions::refused(state, &caller, (&register, &id), error).await),
        }
    }
}

/// A record with what whoever wrote it should know, where there is anything.
pub(super) fn warned(mut shown: Shown, words: &Words, warnings: &[Finding]) -> Shown {
    if !warnings.is_empty() {
        let warnings = warnings.iter().map(|warning| finding_json(words, warning));
        shown.0["warnings"] = warnings.collect::<Value>();
    }
    shown
}
