//! The node over HTTP: pages for people, documents for programs.
//!
//! The way of a request: [`serve`] accepts the connection and cuts what is too slow or too much,
//! [`front`] is every layer around the routes (host, forgery, faults, words, headers), [`route`]
//! holds what a route asks of its caller, [`caller`] finds out who that is, and a handler in
//! [`routes`] asks `app` through [`state::State::nodes`]. How a route is added is told in [`route`].

mod accept;
mod body;
mod caller;
mod certificate;
mod connections;
mod front;
mod hashing;
mod input;
mod language;
mod multipart;
mod nodes;
mod once;
mod openapi;
mod openrosa;
mod pages;
mod parameters;
mod problem;
mod rates;
mod route;
mod routes;
mod security;
mod serve;
mod site;
mod state;
mod stream;
#[cfg(test)]
mod testing;
pub(crate) mod tls;
mod versions;
mod wire;

pub(crate) use connections::Most;
pub(crate) use routes::health::{HEALTH, HEALTHY};
pub(crate) use serve::{Listener, run};
pub(crate) use state::{Settings, State};
