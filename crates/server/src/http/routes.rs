//! Every route of the node, area by area.

mod health;
mod ogc;
mod session;
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
}
