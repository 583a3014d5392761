//! Grids, geometry predicates and area lookup, on integer coordinates.
//!
//! Answers about shapes are exact: coordinates are integers of 1e-7 degree, products are taken in
//! 64 or 128 bits, and nothing is rounded. The plane is that of longitude and latitude, as in
//! GeoJSON, so a shape over the date line comes in two parts; only a bounding box may cross it.
//! An edge belongs to its shape. Nothing here knows fields, filters, files or missions.

pub mod area_index;
pub mod geojson;
pub mod grid;
pub mod label;
pub mod mercator;
pub mod mgrs;
pub mod mvt;
pub mod predicate;
pub mod ring;
pub mod shape;
mod sweep;
#[cfg(test)]
mod testing;
pub mod tile;
pub mod wkt;
