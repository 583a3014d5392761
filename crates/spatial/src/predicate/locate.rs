//! Where a position lies in regard to a ring, a polygon or an area.

use std::cmp::Ordering;

use model::place::{Polygon, Position};

/// Inside, outside, or on the edge between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Where {
    Outside,
    Edge,
    Inside,
}

/// A place on a grid six times finer than that of positions: it holds the exact middle of two
/// positions and the exact centre of three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fine {
    lon: i64,
    lat: i64,
}

const FINE: i64 = 6;

impl Fine {
    pub(crate) fn middle(a: Position, b: Position) -> Self {
        Self { lon: 3 * sum([a.lon(), b.lon()]), lat: 3 * sum([a.lat(), b.lat()]) }
    }

    pub(crate) fn centre(a: Position, b: Position, c: Position) -> Self {
        let lon = 2 * sum([a.lon(), b.lon(), c.lon()]);
        Self { lon, lat: 2 * sum([a.lat(), b.lat(), c.lat()]) }
    }
}

impl From<Position> for Fine {
    fn from(position: Position) -> Self {
        Self { lon: FINE * i64::from(position.lon()), lat: FINE * i64::from(position.lat()) }
    }
}

fn sum<const N: usize>(units: [i32; N]) -> i64 {
    units.into_iter().map(i64::from).sum()
}

/// Where `place` lies in regard to any of the polygons of an area.
pub(crate) fn in_area(place: Fine, polygons: &[Polygon]) -> Where {
    let mut found = Where::Outside;
    for polygon in polygons {
        match in_polygon(place, polygon) {
            Where::Inside => return Where::Inside,
            Where::Edge => found = Where::Edge,
            Where::Outside => {}
        }
    }
    found
}

/// Where `place` lies in regard to a polygon. The edge of a hole is an edge of the polygon.
pub(crate) fn in_polygon(place: Fine, polygon: &Polygon) -> Where {
    let outer = in_ring(place, polygon.outer.positions());
    if outer != Where::Inside {
        return outer;
    }
    for hole in &polygon.holes {
        match in_ring(place, hole.positions()) {
            Where::Inside => return Where::Outside,
            Where::Edge => return Where::Edge,
            Where::Outside => {}
        }
    }
    Where::Inside
}

/// Where `place` lies in regard to a ring: counts the edges that a ray to the east crosses.
pub(crate) fn in_ring(place: Fine, ring: &[Position]) -> Where {
    let mut crossings = Crossings::of(place);
    for pair in ring.windows(2) {
        if let [from, to] = pair {
            crossings.count(*from, *to);
        }
    }
    crossings.verdict()
}

/// The edges of a ring that a ray from a place to the east crosses, counted edge by edge in any
/// order; edges that lie wholly north or south of the place need not be shown to it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Crossings {
    place: Fine,
    odd: bool,
    on_edge: bool,
}

impl Crossings {
    pub(crate) fn of(place: Fine) -> Self {
        Self { place, odd: false, on_edge: false }
    }

    pub(crate) fn count(&mut self, from: Position, to: Position) {
        let (from, to) = (Fine::from(from), Fine::from(to));
        let lat = self.place.lat;
        if lat < from.lat.min(to.lat) || lat > from.lat.max(to.lat) {
            return;
        }
        let side = side(from, to, self.place);
        let in_reach = (from.lon.min(to.lon)..=from.lon.max(to.lon)).contains(&self.place.lon);
        self.on_edge |= side.is_eq() && in_reach;
        let straddles = (from.lat > lat) != (to.lat > lat);
        self.odd ^= straddles && side.is_gt() == (to.lat > from.lat);
    }

    pub(crate) fn verdict(self) -> Where {
        match (self.on_edge, self.odd) {
            (true, _) => Where::Edge,
            (false, true) => Where::Inside,
            (false, false) => Where::Outside,
        }
    }
}

/// The side of the line from `from` to `to` that `place` lies on: `Greater` is left.
fn side(from: Fine, to: Fine, place: Fine) -> Ordering {
    let (east, north) = (i128::from(to.lon - from.lon), i128::from(to.lat - from.lat));
    let place_east = i128::from(place.lon - from.lon);
    let place_north = i128::from(place.lat - from.lat);
    (east * place_north).cmp(&(north * place_east))
}
