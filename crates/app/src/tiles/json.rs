//! What a set of tiles is, as `TileJSON` 3.0.

use mission::pack::Pack;
use model::place::{BoundingBox, UNITS_PER_DEGREE};
use serde_json::{Map, Value, json};

use super::BASEMAP_ZOOM_MAX;
use super::drawing::{Drawing, LAYERS};

const VERSION: &str = "3.0.0";
/// The world as the map shows it.
const WORLD: [f64; 4] = [-180.0, -85.051_129, 180.0, 85.051_129];

pub(super) fn basemap(pack: &Pack, drawing: &Drawing, tiles: &str) -> Value {
    let layers = LAYERS.iter().map(|(name, fields)| {
        let fields: Map<String, Value> =
            fields.iter().map(|(name, kind)| ((*name).to_owned(), Value::from(*kind))).collect();
        json!({ "id": name, "fields": fields, "minzoom": 0, "maxzoom": BASEMAP_ZOOM_MAX })
    });
    let mut set = json!({
        "tilejson": VERSION,
        "name": "basemap",
        "tiles": [tiles],
        "minzoom": 0,
        "maxzoom": BASEMAP_ZOOM_MAX,
        "bounds": WORLD,
        "attribution": drawing.attributions.join("; "),
        "vector_layers": layers.collect::<Vec<Value>>(),
    });
    if let (Some(set), Some(bounds)) = (set.as_object_mut(), pack.bounds) {
        set.insert("center".to_owned(), middle(bounds));
    }
    set
}

/// The middle of a box and a zoom that shows it.
fn middle(bounds: BoundingBox) -> Value {
    let degrees = |a: i32, b: i32| f64::from(i32::midpoint(a, b)) / f64::from(UNITS_PER_DEGREE);
    json!([degrees(bounds.west, bounds.east), degrees(bounds.south, bounds.north), 4])
}
