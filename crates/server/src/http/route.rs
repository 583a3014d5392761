//! Routes as data: what a route asks of its caller stands beside its address.
//!
//! # How to add a route
//!
//! 1. Write the handler in the file of its area, `http/routes/AREA.rs`:
//!    ```ignore
//!    async fn list(
//!        State(state): State<Shared>,       // axum's extractor, our `Shared`
//!        caller: Caller,                    // who asks: admitted already
//!        Path(register): Path<String>,
//!        Query(question): Query<Question>,  // `http::input`: wrong ones become problems
//!    ) -> Result<Json<Value>, Problem> {
//!        let viewer = caller.viewer;
//!        let found = state.nodes.read(move |node| node.list(&viewer, &register)).await?;
//!        Ok(Json(found))
//!    }
//!    ```
//!    `nodes.read` for questions, `nodes.write` for changes; the closure runs on a thread that may
//!    wait. `?` turns an `AppError` into a [`Problem`] in the caller's language. Nothing else is to be
//!    done about sign-in, language, limits, security headers or faults: the layers around do that.
//! 2. Name it in `pub(super) fn routes() -> Routes` of that file:
//!    `Routes::new().get("/api/registers/{register}/records", Access::Read, list)`.
//!    The [`Access`] is what the caller's roles must hold for anything at all, and what the scope of a
//!    token must cover; which records are meant `app` decides with the viewer.
//!    A route that takes larger bodies says so: `.taking(25 << 20)` behind it.
//! 3. A new file is joined in `http/routes.rs`.
//! 4. `cargo xtask gen` writes the route into `docs/route-table.md`; a test walks every row of it.
//!    Describe it in `schemas/openapi.json`.

use app::{Action, Scope};
use axum::Router;
use axum::body::HttpBody;
use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use model::finding::Finding;

use crate::http::body;
use crate::http::caller::{self, Caller};
use crate::http::problem::{Problem, method_not_allowed};
use crate::http::state::Shared;

/// How many bytes a body has at most where a route says nothing else.
const BODY_BYTES_MAX: usize = 1 << 20;

/// What a route asks of its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Nothing.
    Public,
    /// To be somebody.
    SignedIn,
    /// To read some records.
    Read,
    /// To take some records out.
    Export,
    /// To make records.
    Create,
    /// To change records.
    Edit,
    /// To move records on in their workflow.
    Transition,
    /// To comment on records.
    Comment,
    /// To settle conflicts.
    Settle,
    /// To attach files.
    Attach,
    /// To delete records.
    Delete,
    /// To manage users.
    Administer,
    /// To file from a phone whose key stands in the address; no session and no token opens it.
    Phone,
}

impl Access {
    /// What the caller's roles must grant.
    pub(crate) const fn action(self) -> Option<Action> {
        Some(match self {
            Self::Public | Self::SignedIn => return None,
            Self::Read => Action::Read,
            Self::Export => Action::Export,
            Self::Create | Self::Phone => Action::Create,
            Self::Edit => Action::Edit,
            Self::Transition => Action::Transition,
            Self::Comment => Action::Comment,
            Self::Settle => Action::Settle,
            Self::Attach => Action::Attach,
            Self::Delete => Action::Delete,
            Self::Administer => Action::Administer,
        })
    }

    /// The least scope of a token that covers it.
    pub(crate) fn scope(self, method: &Method) -> Scope {
        match self {
            Self::Administer => Scope::Admin,
            Self::Phone => Scope::Phone,
            Self::Public | Self::SignedIn | Self::Read | Self::Export if method.is_safe() => {
                Scope::Read
            }
            _ => Scope::Write,
        }
    }
}

/// A route: a method at an address, what it asks for, who answers.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    /// The method. A `GET` answers `HEAD` as well.
    pub(crate) method: Method,
    /// The address with its parameters in braces.
    pub(crate) path: &'static str,
    /// What it asks of its caller.
    pub(crate) access: Access,
    /// How many bytes its body has at most.
    pub(crate) body_bytes_max: usize,
    handler: MethodRouter<Shared>,
}

/// Routes, in the order in which they were named.
#[derive(Clone, Debug, Default)]
pub(crate) struct Routes(Vec<Route>);

impl Routes {
    /// No route.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// With a question.
    pub(crate) fn get<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Shared>,
        T: 'static,
    {
        self.with(Method::GET, path, access, on(MethodFilter::GET, handler))
    }

    /// With an order.
    pub(crate) fn post<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Shared>,
        T: 'static,
    {
        self.with(Method::POST, path, access, on(MethodFilter::POST, handler))
    }

    /// With something put in its place.
    pub(crate) fn put<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Shared>,
        T: 'static,
    {
        self.with(Method::PUT, path, access, on(MethodFilter::PUT, handler))
    }

    /// With a change.
    pub(crate) fn patch<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Shared>,
        T: 'static,
    {
        self.with(Method::PATCH, path, access, on(MethodFilter::PATCH, handler))
    }

    /// With a removal.
    pub(crate) fn delete<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Shared>,
        T: 'static,
    {
        self.with(Method::DELETE, path, access, on(MethodFilter::DELETE, handler))
    }

    /// The route named last takes bodies of so many bytes.
    pub(crate) fn taking(mut self, body_bytes_max: usize) -> Self {
        if let Some(last) = self.0.last_mut() {
            last.body_bytes_max = body_bytes_max;
        }
        self
    }

    /// With all routes of another area.
    pub(crate) fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// Every route.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Route> {
        self.0.iter()
    }

    /// What answers requests: every route behind its gate, and words about methods it has not.
    pub(crate) fn router(self, state: &Shared) -> Router<Shared> {
        let mut addresses: Vec<(&'static str, Vec<Route>)> = Vec::new();
        for route in self.0 {
            match addresses.iter_mut().find(|(path, _)| *path == route.path) {
                Some((_, there)) => there.push(route),
                None => addresses.push((route.path, vec![route])),
            }
        }
        addresses.into_iter().fold(Router::new(), |router, (path, routes)| {
            router.route(path, address(state, routes))
        })
    }

    fn with(
        mut self,
        method: Method,
        path: &'static str,
        access: Access,
        handler: MethodRouter<Shared>,
    ) -> Self {
        let body_bytes_max = BODY_BYTES_MAX;
        self.0.push(Route { method, path, access, body_bytes_max, handler });
        self
    }
}

/// What stands before a handler.
#[derive(Clone)]
struct Gate {
    state: Shared,
    access: Access,
    body_bytes_max: usize,
}

/// Everything at one address.
fn address(state: &Shared, routes: Vec<Route>) -> MethodRouter<Shared> {
    let methods: Vec<Method> = routes.iter().map(|route| route.method.clone()).collect();
    let is_open = |route: &Route| matches!(route.access, Access::Public | Access::Phone);
    let is_open = routes.iter().any(is_open);
    let mut answers = MethodRouter::new();
    for route in routes {
        let Route { access, body_bytes_max, handler, .. } = route;
        let gate = Gate { state: state.clone(), access, body_bytes_max };
        answers = answers.merge(handler.layer(from_fn_with_state(gate, admit)));
    }
    // What is wrong is the method, however long the body and whatever the key of a phone.
    let access = if is_open { Access::Public } else { Access::SignedIn };
    let gate = Gate { state: state.clone(), access, body_bytes_max: usize::MAX };
    let others = move |method: Method| std::future::ready(other_method(methods.clone(), &method));
    let others = MethodRouter::new().fallback(others);
    answers
        .fallback_service(others.layer(from_fn_with_state(gate, admit)).with_state(state.clone()))
}

/// What an address says to methods that it has not.
fn other_method(mut methods: Vec<Method>, asked: &Method) -> Response {
    if methods.contains(&Method::GET) {
        methods.push(Method::HEAD);
    }
    methods.push(Method::OPTIONS);
    let methods: Vec<&Method> = methods.iter().collect();
    let mut response = method_not_allowed(&methods).into_response();
    if asked == Method::OPTIONS {
        *response.status_mut() = StatusCode::NO_CONTENT;
        response.extensions_mut().remove::<Problem>();
    }
    response
}

/// Lets a request through to its handler, or says why not.
async fn admit(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    match admitted(&gate, request).await {
        Ok(request) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

async fn admitted(gate: &Gate, request: Request) -> Result<Request, Problem> {
    let (mut parts, body) = request.into_parts();
    let bytes = body.size_hint().lower();
    if let Err(problem) = judge(gate, &mut parts, bytes).await {
        body::unwanted(body, &parts.headers);
        return Err(problem);
    }
    Ok(Request::from_parts(parts, body::bounded(body, gate.body_bytes_max)))
}

/// `bytes` is what the client says it sends, at least.
async fn judge(gate: &Gate, parts: &mut Parts, bytes: u64) -> Result<(), Problem> {
    if gate.access != Access::Public {
        let caller = match gate.access {
            Access::Phone => caller::of_phone(&gate.state, parts).await?,
            _ => caller::of(&gate.state, parts).await?,
        };
        check(gate.access, &caller, &parts.method)?;
        parts.extensions.insert(caller);
    }
    if bytes > gate.body_bytes_max as u64 {
        return Err(Problem::body_too_large());
    }
    Ok(())
}

/// Whether roles and token cover what a route asks for.
fn check(access: Access, caller: &Caller, method: &Method) -> Result<(), Problem> {
    if caller.known.scope < access.scope(method) {
        return Err(Problem::new(StatusCode::FORBIDDEN, Finding::error("scope-too-small")));
    }
    match access.action() {
        Some(action) if !caller.may(action) => Err(Problem::not_allowed()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
