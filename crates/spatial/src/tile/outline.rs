//! A geometry ready to be drawn in many tiles: projected once, cut and thinned for each.

use model::place::{Geometry, Polygon, Position, Ring};

use super::clip::{self, Window};
use super::{At, BUFFER, Drawn, EXTENT, EXTENT_BITS, TileAddress, simplify, sound};
use crate::mercator::project;

/// A place of the map, in units from the north-west, east first.
pub(crate) type Place = (i64, i64);

/// A geometry on the map.
#[derive(Clone, Debug)]
pub struct Outline {
    shape: Shape,
    window: Option<Window>,
}

#[derive(Clone, Debug)]
enum Shape {
    Point(Place),
    Line(Vec<Place>),
    /// Polygons as open rings, the outer one first.
    Area(Vec<Vec<Vec<Place>>>),
}

impl Outline {
    /// A geometry on the map.
    pub fn of(geometry: &Geometry) -> Self {
        let shape = match geometry {
            Geometry::Point(position) => Shape::Point(place(*position)),
            Geometry::Line(line) => Shape::Line(line.iter().copied().map(place).collect()),
            Geometry::Area(polygons) => Shape::Area(polygons.iter().map(rings).collect()),
        };
        let window = Window::around(geometry.positions().map(place));
        Self { shape, window }
    }

    /// What a tile draws of it, cut [`BUFFER`] units outside of the tile; nothing where it lies
    /// elsewhere or is too small to be seen. A point is drawn by the one tile that holds it.
    pub fn drawn(&self, address: TileAddress) -> Option<Drawn> {
        let window = window(address);
        let own = self.window.filter(|own| own.overlaps(&window))?;
        let cut = !window.encloses(&own);
        let tolerance = address.side() >> EXTENT_BITS;
        let at = |place: &Place| address.place_plane(*place);
        match &self.shape {
            Shape::Point(place) => {
                let inside = 0..EXTENT;
                let at =
                    Some(at(place)).filter(|at| inside.contains(&at.x) && inside.contains(&at.y));
                at.map(|at| Drawn::Points(vec![at]))
            }
            Shape::Line(line) => {
                let parts = if cut { clip::line(line, &window) } else { vec![line.clone()] };
                let parts = parts.iter().map(|part| line_in(part, tolerance, at));
                let parts: Vec<Vec<At>> = parts.filter(|part| part.len() > 1).collect();
                (!parts.is_empty()).then_some(Drawn::Lines(parts))
            }
            Shape::Area(polygons) => {
                let ring = |ring: &Vec<Place>| {
                    let inside = if cut { clip::ring(ring, &window) } else { ring.clone() };
                    simplify::ring(&inside, tolerance).iter().map(at).collect()
                };
                let polygons = polygons
                    .iter()
                    .filter_map(|rings| sound::polygon(rings.iter().map(ring).collect()));
                let polygons: Vec<Vec<Vec<At>>> = polygons.collect();
                (!polygons.is_empty()).then_some(Drawn::Polygons(polygons))
            }
        }
    }

    /// Whether a tile could draw something of it: a first, cheap question.
    pub fn is_near(&self, address: TileAddress) -> bool {
        self.window.is_some_and(|own| own.overlaps(&window(address)))
    }
}

fn line_in(line: &[Place], tolerance: i64, at: impl Fn(&Place) -> At) -> Vec<At> {
    let mut places: Vec<At> = simplify::line(line, tolerance).iter().map(at).collect();
    places.dedup();
    places
}

/// A tile and its buffer, on the map.
fn window(address: TileAddress) -> Window {
    let (west, north) = address.corner();
    let (side, buffer) = (address.side(), (address.side() * i64::from(BUFFER)) >> EXTENT_BITS);
    Window {
        west: west - buffer,
        north: north - buffer,
        east: west + side + buffer,
        south: north + side + buffer,
    }
}

fn place(position: Position) -> Place {
    let at = project(position);
    (i64::from(at.x), i64::from(at.y))
}

fn rings(polygon: &Polygon) -> Vec<Vec<Place>> {
    polygon.rings().map(open_ring).collect()
}

fn open_ring(ring: &Ring) -> Vec<Place> {
    let positions = ring.positions();
    let open = positions.split_last().map_or(positions, |(_first_again, open)| open);
    open.iter().copied().map(place).collect()
}
