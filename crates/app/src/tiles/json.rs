//! What a set of tiles is, as `TileJSON` 3.0.

use mission::pack::Pack;
use model::id::Name;
use model::place::{BoundingBox, UNITS_PER_DEGREE};
use serde_json::{Map, Value, json};

use super::drawing::{Drawing, LAYERS};
use super::{BASEMAP_ZOOM_MAX, records};

const VERSION: &str = "3.0.0";
/// The world as the map shows it.
const WORLD: [f64; 4] = [-180.0, -85.051_129, 180.0, 85.051_129];

pub(super) fn basemap(pack: &Pack, drawing: &Drawing, tiles: &str) -> Value {
    let layers = LAYERS.iter().map(|(name, fields)| {
        let fields: Map<String, Value> =
            fields.iter().map(|(name, kind)| ((*name).to_owned(), Value::from(*kind))).collect();
        json!({ "id": name, "fields": fields, "minzoom": 0, "maxzoom": BASEMAP_ZOOM_MAX })
    });
    let set = json!({
        "tilejson": VERSION,
        "name": "basemap",
        "tiles": [tiles],
        "minzoom": 0,
        "maxzoom": BASEMAP_ZOOM_MAX,
        "bounds": WORLD,
        "attribution": drawing.attributions.join("; "),
        "vector_layers": layers.collect::<Vec<Value>>(),
    });
    centred(set, pack)
}

/// A register's tiles: codes and figures are the fields of its points.
pub(super) fn register(
    pack: &Pack,
    register: &Name,
    (codes, figures): &(Vec<Name>, Vec<Name>),
    tiles: &str,
) -> Value {
    let of = |names: &[Name], kind: &str| {
        names.iter().map(|name| (name.to_string(), Value::from(kind))).collect::<Map<_, _>>()
    };
    let mut points = of(codes, "String");
    points.extend(of(figures, "Number"));
    points.insert("id".to_owned(), Value::from("String"));
    let mut bins = of(figures, "Number");
    bins.insert("count".to_owned(), Value::from("Number"));
    let layer = |name: &str, fields: Map<String, Value>| json!({ "id": name, "fields": fields, "minzoom": 0, "maxzoom": records::ZOOM_MAX });
    let set = json!({
        "tilejson": VERSION,
        "name": register.as_str(),
        "tiles": [tiles],
        "minzoom": 0,
        "maxzoom": records::ZOOM_MAX,
        "bounds": WORLD,
        "vector_layers": [layer(records::POINTS, points), layer(records::BINS, bins)],
    });
    centred(set, pack)
}

/// With the middle of the mission's area, where the pack says where that is.
fn centred(mut set: Value, pack: &Pack) -> Value {
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
