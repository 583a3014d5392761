//! Every route of the node, area by area.

mod health;
mod ogc;

use crate::http::route::Routes;

/// All of them.
pub(super) fn all() -> Routes {
    Routes::new().and(health::routes()).and(ogc::routes()).and(crate::http::openapi::routes())
}
