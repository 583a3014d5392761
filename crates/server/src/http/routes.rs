//! Every route of the node, area by area.

mod acts;
mod alike;
mod attachments;
mod export;
pub(super) mod health;
mod mandates;
mod ogc;
mod openrosa;
mod places;
mod record;
mod records;
mod refused;
mod registers;
mod session;
mod submissions;
mod tiles;
mod tokens;
mod users;

use crate::http::route::Routes;

/// All of them.
pub(super) fn all() -> Routes {
    Routes::new()
        .and(health::routes())
        .and(ogc::routes())
        .and(crate::http::openapi::routes())
        .and(session::routes())
        .and(tiles::routes())
        .and(tokens::routes())
        .and(users::routes())
        .and(registers::routes())
        .and(records::routes())
        .and(acts::routes())
        .and(alike::routes())
        .and(attachments::routes())
        .and(export::routes())
        .and(mandates::routes())
        .and(places::routes())
        .and(openrosa::routes())
        .and(submissions::routes())
        .and(refused::routes())
}
