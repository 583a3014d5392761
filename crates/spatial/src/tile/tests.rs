//! Addresses against known values; shapes in tiles against properties.

use model::place::{Geometry, Polygon, Position, Ring};
use proptest::prelude::*;

use super::*;
use crate::mercator::project;
use crate::testing::{at, geometry};

fn tile(z: u8, x: u32, y: u32) -> TileAddress {
    TileAddress::new(z, x, y).expect("an address")
}

#[test]
fn addresses_outside_of_the_world_are_refused() {
    assert!(TileAddress::new(0, 0, 0).is_ok() && TileAddress::new(22, 4_194_303, 0).is_ok());
    assert_eq!(TileAddress::new(23, 0, 0), Err(TileError::Zoom(23)));
    assert_eq!(TileAddress::new(3, 8, 0), Err(TileError::Outside(8, 7)));
    assert_eq!(TileAddress::new(3, 0, u32::MAX), Err(TileError::Outside(u32::MAX, 7)));
}

#[test]
fn places_are_in_the_tile_that_other_software_names() {
    // Bamako, as everybody's formula has it.
    let bamako = project(at(-80_000_000, 126_500_000));
    assert_eq!(TileAddress::holding(10, bamako), tile(10, 489, 475));
    assert_eq!(TileAddress::holding(0, bamako), tile(0, 0, 0));
    assert_eq!(TileAddress::holding(99, bamako).z(), ZOOM_MAX);
}

#[test]
fn the_box_of_a_tile_is_where_its_places_are() {
    let bounds = tile(1, 1, 0).bounds();
    assert_eq!((bounds.west, bounds.south, bounds.east), (0, 0, LONGITUDE_MAX));
    assert!((bounds.north - 850_511_288).abs() < 2, "{}", bounds.north);
    let inner = tile(6, 30, 29).bounds();
    assert_eq!((inner.west, inner.east), (-112_500_000, -56_250_000));
}

#[test]
fn a_country_over_a_tile_fills_it_and_its_buffer() {
    let corners = [(-1, -1), (9, -1), (9, 9), (-1, 9), (-1, -1)];
    let corners = corners.map(|(lon, lat)| at(lon * 100_000_000, lat * 80_000_000));
    let outer = Ring::new(corners.to_vec()).expect("closed");
    let area = Geometry::Area(vec![Polygon { outer, holes: vec![] }]);
    let drawn = Outline::of(&area).drawn(tile(6, 33, 30)).expect("it covers the tile");
    let (low, high) = (-BUFFER, EXTENT + BUFFER);
    let Drawn::Polygons(polygons) = drawn else { panic!("a polygon") };
    let mut ring = polygons[0][0].clone();
    ring.sort_unstable();
    let corner = |x, y| At { x, y };
    assert_eq!(ring, [corner(low, low), corner(low, high), corner(high, low), corner(high, high)]);
}

#[test]
fn a_line_that_leaves_and_returns_is_two_lines() {
    let line = [(10, 10), (10, 300), (40, 300), (40, 10)];
    let line = line.map(|(lon, lat)| at(lon * 1_000_000, lat * 1_000_000));
    let drawn = Outline::of(&Geometry::Line(line.to_vec())).drawn(tile(6, 32, 31));
    let Some(Drawn::Lines(lines)) = drawn else { panic!("lines") };
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|line| line.iter().any(|place| place.y == -BUFFER)), "{lines:?}");
}

#[test]
fn a_point_is_in_one_tile_of_a_zoom() {
    let point = Outline::of(&Geometry::Point(at(0, 0)));
    let drawn = |x, y| point.drawn(tile(1, x, y));
    assert_eq!(drawn(1, 1), Some(Drawn::Points(vec![At { x: 0, y: 0 }])));
    assert_eq!([drawn(0, 0), drawn(0, 1), drawn(1, 0)], [None, None, None]);
}

/// A geometry of a few degrees, and a tile near it.
fn near() -> impl Strategy<Value = (Geometry, TileAddress)> {
    (geometry(8), 3..9_u8, -1..2_i32, -1..2_i32).prop_map(|(shape, z, east, south)| {
        let shape = scaled(&shape, 7_654_321);
        let first = shape.positions().next().expect("a position");
        let home = TileAddress::holding(z, project(first));
        let moved = |at: u32, by: i32| at.saturating_add_signed(by).min((1 << z) - 1);
        (shape, tile(z, moved(home.x(), east), moved(home.y(), south)))
    })
}

fn scaled(geometry: &Geometry, factor: i32) -> Geometry {
    let position = |p: &Position| at(p.lon() * factor, p.lat() * factor);
    let ring =
        |ring: &Ring| Ring::new(ring.positions().iter().map(position).collect()).expect("closed");
    match geometry {
        Geometry::Point(p) => Geometry::Point(position(p)),
        Geometry::Line(line) => Geometry::Line(line.iter().map(position).collect()),
        Geometry::Area(polygons) => Geometry::Area(
            polygons
                .iter()
                .map(|polygon| Polygon {
                    outer: ring(&polygon.outer),
                    holes: polygon.holes.iter().map(ring).collect(),
                })
                .collect(),
        ),
    }
}

proptest! {
    #[test]
    fn a_point_comes_back_within_a_unit(
        lon in -1_800_000_000..=1_799_999_999_i32,
        lat in -850_000_000..=850_000_000_i32,
        z in 0..=ZOOM_MAX,
    ) {
        let there = project(at(lon, lat));
        let address = TileAddress::holding(z, there);
        prop_assert!(address.holds(there));
        let place = address.place(there);
        prop_assert!((0..EXTENT).contains(&place.x) && (0..EXTENT).contains(&place.y));
        let (west, north) = address.corner();
        let unit = (address.side() >> EXTENT_BITS).max(1);
        let back = |corner: i64, units: i32| {
            corner + i64::from(units) * address.side() / i64::from(EXTENT)
        };
        prop_assert!((0..=unit).contains(&(i64::from(there.x) - back(west, place.x))));
        prop_assert!((0..=unit).contains(&(i64::from(there.y) - back(north, place.y))));
        let bounds = address.bounds();
        prop_assert!(bounds.west <= lon.saturating_add(1) && lon <= bounds.east.saturating_add(1));
        prop_assert!(bounds.south <= lat + 1 && lat <= bounds.north + 1);
    }

    #[test]
    fn what_is_drawn_stays_in_the_buffer_and_is_sound((shape, address) in near()) {
        let inside = |at: &At| {
            let range = -BUFFER - 1..=EXTENT + BUFFER + 1;
            range.contains(&at.x) && range.contains(&at.y)
        };
        match Outline::of(&shape).drawn(address) {
            None => {}
            Some(Drawn::Points(points)) => prop_assert!(points.iter().all(inside)),
            Some(Drawn::Lines(lines)) => {
                prop_assert!(lines.iter().all(|line| line.len() > 1 && line.iter().all(inside)));
                prop_assert!(lines.iter().all(|line| line.windows(2).all(|w| w[0] != w[1])));
            }
            Some(Drawn::Polygons(polygons)) => {
                for rings in &polygons {
                    prop_assert!(rings.iter().flatten().all(inside));
                    check_rings(rings)?;
                }
            }
        }
    }

    /// Cutting, thinning and rounding move an edge by a unit or two, not more.
    #[test]
    fn areas_are_drawn_where_they_are(
        (shape, address) in near(),
        (x, y) in (0..EXTENT, 0..EXTENT),
    ) {
        let Geometry::Area(area) = &shape else { return Ok(()) };
        let place = (f64::from(x) + 0.5, f64::from(y) + 0.5);
        let true_rings: Vec<Exact> =
            area.iter().flat_map(Polygon::rings).map(|ring| exact(ring, address)).collect();
        let rings: Vec<Exact> = match Outline::of(&shape).drawn(address) {
            Some(Drawn::Polygons(polygons)) => {
                let exact = |at: &At| (f64::from(at.x), f64::from(at.y));
                polygons.iter().flatten().map(|ring| ring.iter().map(exact).collect()).collect()
            }
            _ => Vec::new(),
        };
        prop_assume!(!near_an_edge(&true_rings, place));
        prop_assert_eq!(even_odd(&rings, place), even_odd(&true_rings, place));
    }
}

/// An open ring in units of a tile, not rounded.
type Exact = Vec<(f64, f64)>;

#[expect(clippy::cast_precision_loss, reason = "the map's units fit in a float")]
fn exact(ring: &Ring, address: TileAddress) -> Exact {
    let (west, north) = address.corner();
    let unit = address.side() as f64 / f64::from(EXTENT);
    let place = |position: &Position| {
        let at = project(*position);
        let from = |units: u32, corner: i64| (i64::from(units) - corner) as f64 / unit;
        (from(at.x, west), from(at.y, north))
    };
    ring.positions().iter().skip(1).map(place).collect()
}

/// The outer ring first and clockwise, holes the other way, nothing twice, nothing crossing.
fn check_rings(rings: &[Vec<At>]) -> Result<(), TestCaseError> {
    for (nth, ring) in rings.iter().enumerate() {
        prop_assert!(ring.len() >= 3 && ring.first() != ring.last());
        prop_assert!(ring.windows(2).all(|pair| pair[0] != pair[1]));
        let area = sound::doubled_area(ring);
        prop_assert!(if nth == 0 { area > 0 } else { area < 0 }, "ring {nth} has {area}");
    }
    let edges: Vec<(At, At)> = rings
        .iter()
        .flat_map(|ring| ring.iter().copied().zip(ring.iter().copied().cycle().skip(1)))
        .collect();
    for (nth, a) in edges.iter().enumerate() {
        prop_assert!(edges[..nth].iter().all(|b| !cross(*a, *b)), "{a:?} in {rings:?}");
    }
    Ok(())
}

fn turn(a: At, b: At, c: At) -> i64 {
    let [ax, ay, bx, by, cx, cy] = [a.x, a.y, b.x, b.y, c.x, c.y].map(i64::from);
    ((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)).signum()
}

fn cross((a, b): (At, At), (c, d): (At, At)) -> bool {
    turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0
}

fn even_odd(rings: &[Exact], (x, y): (f64, f64)) -> bool {
    let mut inside = false;
    for ring in rings {
        for ((ax, ay), (bx, by)) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            if (*ay > y) != (*by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax {
                inside = !inside;
            }
        }
    }
    inside
}

fn near_an_edge(rings: &[Exact], (x, y): (f64, f64)) -> bool {
    rings.iter().any(|ring| {
        ring.iter().zip(ring.iter().cycle().skip(1)).any(|((ax, ay), (bx, by))| {
            let (dx, dy) = (bx - ax, by - ay);
            let along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy).max(1e-9);
            let along = along.clamp(0.0, 1.0);
            (x - ax - along * dx).hypot(y - ay - along * dy) < 6.0
        })
    })
}
