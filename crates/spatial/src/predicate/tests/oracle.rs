//! A slow oracle: everything that can decide is a corner, a crossing of edges, or the middle of
//! three of these, and each is tested by itself over exact fractions.

use model::place::{Geometry, Polygon, Position};

/// A place on an exact grid: `lon / scale`, `lat / scale`.
#[derive(Clone, Copy)]
struct Place {
    lon: i128,
    lat: i128,
    scale: i128,
}

impl From<Position> for Place {
    fn from(position: Position) -> Self {
        Self { lon: position.lon().into(), lat: position.lat().into(), scale: 1 }
    }
}

type Edge = (Position, Position);

pub(super) fn holds(geometry: &Geometry, position: Position) -> bool {
    holds_place(geometry, position.into())
}

/// Two closed shapes share a position exactly where they share a corner or a crossing.
pub(super) fn intersects(a: &Geometry, b: &Geometry) -> bool {
    corners_and_crossings(a, b).into_iter().any(|p| holds_place(a, p) && holds_place(b, p))
}

/// Each face of the plane cut by all edges, and each piece of an edge, holds the middle of some
/// three of its corners. `b` lies in `a` where every such middle in `b` is in `a`.
pub(super) fn contains(a: &Geometry, b: &Geometry) -> bool {
    let places = corners_and_crossings(a, b);
    let mut middles = places.iter().enumerate().flat_map(|(i, x)| {
        let rest = places.iter().enumerate().skip(i);
        rest.flat_map(|(j, y)| places.iter().skip(j).map(|z| middle([*x, *y, *z])))
    });
    middles.all(|place| !holds_place(b, place) || holds_place(a, place))
}

fn corners_and_crossings(a: &Geometry, b: &Geometry) -> Vec<Place> {
    let mut places: Vec<Place> = a.positions().chain(b.positions()).map(Place::from).collect();
    let edges: Vec<Edge> = [a, b].into_iter().flat_map(edges).collect();
    for (index, edge) in edges.iter().enumerate() {
        places.extend(edges.iter().skip(index + 1).filter_map(|other| crossing(*edge, *other)));
    }
    places.sort_by_key(|p| (p.lon * 1_000_000 / p.scale, p.lat * 1_000_000 / p.scale));
    places
        .dedup_by(|p, q| p.lon * q.scale == q.lon * p.scale && p.lat * q.scale == q.lat * p.scale);
    places
}

fn edges(geometry: &Geometry) -> Vec<Edge> {
    let pairs = |positions: &[Position]| -> Vec<Edge> {
        positions.iter().copied().zip(positions.iter().copied().skip(1)).collect()
    };
    match geometry {
        Geometry::Point(_) => vec![],
        Geometry::Line(line) => pairs(line),
        Geometry::Area(polygons) => {
            polygons.iter().flat_map(Polygon::rings).flat_map(|r| pairs(r.positions())).collect()
        }
    }
}

/// Where the lines through two edges cross, by Cramer's rule.
fn crossing(one: Edge, other: Edge) -> Option<Place> {
    let (one, other) = (equation(one), equation(other));
    let scale = one[0] * other[1] - one[1] * other[0];
    let lon = one[2] * other[1] - one[1] * other[2];
    let lat = one[0] * other[2] - one[2] * other[0];
    (scale != 0).then_some(positive(Place { lon, lat, scale }))
}

/// The line through an edge: `[a, b, c]` of `a x + b y = c`.
fn equation((from, to): Edge) -> [i128; 3] {
    let [x, y, to_x, to_y] = [from.lon(), from.lat(), to.lon(), to.lat()].map(i128::from);
    let (a, b) = (to_y - y, x - to_x);
    [a, b, a * x + b * y]
}

fn positive(place: Place) -> Place {
    if place.scale > 0 {
        return place;
    }
    Place { lon: -place.lon, lat: -place.lat, scale: -place.scale }
}

fn middle(places: [Place; 3]) -> Place {
    let [x, y, z] = places;
    let part = |p: i128, q: i128, r: i128| {
        p * y.scale * z.scale + q * x.scale * z.scale + r * x.scale * y.scale
    };
    let scale = 3 * x.scale * y.scale * z.scale;
    Place { lon: part(x.lon, y.lon, z.lon), lat: part(x.lat, y.lat, z.lat), scale }
}

fn holds_place(geometry: &Geometry, place: Place) -> bool {
    match geometry {
        Geometry::Point(position) => {
            let [lon, lat] = [position.lon(), position.lat()].map(i128::from);
            place.lon == lon * place.scale && place.lat == lat * place.scale
        }
        Geometry::Line(_) => edges(geometry).into_iter().any(|edge| on_edge(place, edge)),
        Geometry::Area(polygons) => polygons.iter().any(|polygon| {
            let own = edges(&Geometry::Area(vec![polygon.clone()]));
            own.iter().any(|edge| on_edge(place, *edge)) || above_an_odd_number(place, &own)
        }),
    }
}

fn on_edge(place: Place, (p, q): Edge) -> bool {
    let [px, py, qx, qy] =
        [p.lon(), p.lat(), q.lon(), q.lat()].map(|v| i128::from(v) * place.scale);
    let cross = (qx - px) * (place.lat - py) - (qy - py) * (place.lon - px);
    let in_box = (px.min(qx)..=px.max(qx)).contains(&place.lon)
        && (py.min(qy)..=py.max(qy)).contains(&place.lat);
    cross == 0 && in_box
}

/// Whether a ray to the south crosses an odd number of edges. For a polygon with holes all edges
/// count together.
fn above_an_odd_number(place: Place, edges: &[Edge]) -> bool {
    let below = edges.iter().filter(|(p, q)| {
        let (west, east) = if p.lon() < q.lon() { (p, q) } else { (q, p) };
        let [wx, wy, ex, ey] =
            [west.lon(), west.lat(), east.lon(), east.lat()].map(|v| i128::from(v) * place.scale);
        wx <= place.lon
            && place.lon < ex
            && (place.lat - wy) * (ex - wx) > (ey - wy) * (place.lon - wx)
    });
    below.count() % 2 == 1
}
