//! Every route of the node, area by area.

mod health;

use crate::http::route::Routes;

/// All of them.
pub(super) fn all() -> Routes {
    Routes::new().and(health::routes())
}
