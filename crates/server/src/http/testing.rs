//! For unit tests of routes: a node with the MINUSMA pack behind every layer, and callers by name.

use std::time::Duration;

use app::{NewUser, Node, Scope};
use axum::body::Body;
use axum::http::request::Builder;
use axum::http::{Method, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value as Json;

use crate::http::connections::Most;
use crate::http::front::Front;
use crate::http::route::Routes;
use crate::http::state::{Settings, Shared, State};
use crate::system;

/// What tests are served with.
pub(crate) fn settings() -> Settings {
    Settings {
        address: ([127, 0, 0, 1], 8271).into(),
        is_secure: false,
        hosts: vec!["node.example".to_owned()],
        header_time: Duration::from_secs(10),
        connections: Most { all: 1, per_address: 1 },
    }
}

/// A request for an address, by whoever has this token, or by nobody.
pub(crate) fn request(path: &str, token: Option<&str>) -> Builder {
    let request = Request::builder().uri(path).header("host", "localhost");
    match token {
        Some(token) => request.header("authorization", format!("Bearer {token}")),
        None => request,
    }
}

/// A server without a network.
pub(crate) struct Bench {
    folder: tempfile::TempDir,
    state: Shared,
    front: Front,
}

impl Bench {
    /// A node with these routes, and a user `admin` who may do everything.
    pub(crate) fn new(routes: Routes) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let pack = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/minusma");
        let admin = NewUser::cleared("admin", &["administrator"]);
        let place = folder.path().join("node");
        let node = Node::create(&place, &pack, admin, system::environment()).expect("a node");
        let state = State::new(node, settings());
        let front = Front::new(state.clone(), routes);
        Self { folder, state, front }
    }

    /// Takes the database away, as a disk that is pulled out does.
    pub(crate) fn lose_database(&self) {
        std::fs::remove_file(self.folder.path().join("node/node.sqlite")).expect("it was there");
    }

    /// A token of a user, good for everything they may do.
    pub(crate) async fn token(&self, user: &str) -> String {
        let user = user.to_owned();
        let made = self.state.nodes.write(move |node| {
            let viewer = node.viewer(Some(&user))?;
            node.token_create(&viewer, "test", Scope::Admin, 1)
        });
        made.await.expect("a token").1.reveal().to_owned()
    }

    /// Asks for an address as a user, or as nobody.
    pub(crate) async fn get(&self, path: &str, user: Option<&str>) -> (StatusCode, Json) {
        self.ask(Method::GET, path, user, "").await
    }

    /// Sends a body with a method.
    pub(crate) async fn ask(
        &self,
        method: Method,
        path: &str,
        user: Option<&str>,
        body: &str,
    ) -> (StatusCode, Json) {
        let token = match user {
            Some(user) => Some(self.token(user).await),
            None => None,
        };
        let request = request(path, token.as_deref()).method(method);
        let request = request.header("content-type", "application/json");
        let response =
            self.send(request.body(Body::from(body.to_owned())).expect("a request")).await;
        let status = response.status();
        let body = response.into_body().collect().await.expect("a body").to_bytes();
        (status, serde_json::from_slice(&body).unwrap_or(Json::Null))
    }

    /// Sends a request.
    pub(crate) async fn send(&self, request: Request<Body>) -> axum::response::Response {
        self.front.answer(request).await
    }
}
