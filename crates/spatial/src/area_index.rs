//! Which area a position lies in: thousands of areas, a fraction of a microsecond a lookup.
//!
//! A coarse grid names the polygons near a position; each polygon keeps its edges in horizontal
//! strips, so that only the edges at the position's own latitude are looked at. The answer is that
//! of [`crate::predicate::point_in_area`].

use std::borrow::Borrow;

use model::place::{BoundingBox, Geometry, Polygon, Position};

use crate::predicate::locate::{Crossings, Fine, Where};
use crate::predicate::segment::{Segment, segments};

/// Areas by place.
#[derive(Clone, Debug)]
pub struct AreaIndex {
    codes: Vec<String>,
    polygons: Vec<Indexed>,
    grid: Grid,
}

impl AreaIndex {
    /// An index of areas and their codes. Where areas overlap, or share an edge, the one that comes
    /// first is found. Points and lines hold nothing.
    pub fn new<C: Into<String>, G: Borrow<Geometry>>(
        areas: impl IntoIterator<Item = (C, G)>,
    ) -> Self {
        let mut codes = Vec::new();
        let mut polygons = Vec::new();
        for (code, geometry) in areas {
            if let Geometry::Area(area) = geometry.borrow() {
                polygons.extend(area.iter().map(|polygon| Indexed::new(codes.len(), polygon)));
            }
            codes.push(code.into());
        }
        let grid = Grid::new(&polygons);
        Self { codes, polygons, grid }
    }

    /// The code of the area that `position` lies in, or on the edge of.
    pub fn find(&self, position: Position) -> Option<&str> {
        let near = self.grid.near(position).iter();
        let mut near = near.filter_map(|place| self.polygons.get(*place));
        let polygon = near.find(|polygon| polygon.holds(position))?;
        self.codes.get(polygon.area).map(String::as_str)
    }

    /// How many areas there are.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }
}

/// A polygon of an area, ready for many questions.
#[derive(Clone, Debug)]
struct Indexed {
    /// The place of its area in the list of codes.
    area: usize,
    outer: Strips,
    holes: Vec<Strips>,
}

impl Indexed {
    fn new(area: usize, polygon: &Polygon) -> Self {
        let holes = polygon.holes.iter().map(|ring| Strips::new(ring.positions())).collect();
        Self { area, outer: Strips::new(polygon.outer.positions()), holes }
    }

    /// Whether `position` lies in the polygon or on an edge of it, be it that of a hole.
    fn holds(&self, position: Position) -> bool {
        match self.outer.locate(position) {
            Where::Outside => false,
            Where::Edge => true,
            Where::Inside => !self.holes.iter().any(|hole| hole.locate(position) == Where::Inside),
        }
    }
}

/// The edges of a ring in horizontal strips of equal height; an edge stands in every strip that it
/// touches.
#[derive(Clone, Debug)]
struct Strips {
    bounds: BoundingBox,
    height: i64,
    /// Where each strip begins in `edges`; one more than there are strips.
    starts: Vec<usize>,
    edges: Vec<Segment>,
}

/// Edges in a strip, about, while there are no more strips than [`STRIPS_MAX`].
const EDGES_PER_STRIP: usize = 4;
/// The most strips of a ring: tall edges stand in all of them.
const STRIPS_MAX: usize = 256;

impl Strips {
    fn new(ring: &[Position]) -> Self {
        let bounds = bounds_of(ring);
        let count = (ring.len() / EDGES_PER_STRIP).clamp(1, STRIPS_MAX);
        let (count_units, reach) =
            (i64::try_from(count).unwrap_or(1), span(bounds.south, bounds.north));
        let height = reach / count_units + 1;
        let mut strips: Vec<Vec<Segment>> = vec![Vec::new(); count];
        for edge in segments(ring) {
            let (from, to) = (edge.from.lat(), edge.to.lat());
            let first = step(bounds.south, from.min(to), height);
            let last = step(bounds.south, from.max(to), height);
            for strip in strips.iter_mut().take(last + 1).skip(first) {
                strip.push(edge);
            }
        }
        let mut starts = vec![0];
        starts.extend(strips.iter().scan(0, |end, strip| {
            *end += strip.len();
            Some(*end)
        }));
        Self { bounds, height, starts, edges: strips.concat() }
    }

    fn locate(&self, position: Position) -> Where {
        if !self.bounds.holds(position) {
            return Where::Outside;
        }
        let strip = step(self.bounds.south, position.lat(), self.height);
        let ends = (self.starts.get(strip), self.starts.get(strip + 1));
        let (Some(start), Some(end)) = ends else { return Where::Outside };
        let mut crossings = Crossings::of(Fine::from(position));
        for edge in self.edges.get(*start..*end).unwrap_or_default() {
            crossings.count(edge.from, edge.to);
        }
        crossings.verdict()
    }
}

/// The polygons whose boxes touch each cell of a grid over all of them.
#[derive(Clone, Debug)]
struct Grid {
    bounds: Option<BoundingBox>,
    side: usize,
    width: i64,
    height: i64,
    cells: Vec<Vec<usize>>,
}

/// The most cells on a side of the grid.
const SIDE_MAX: usize = 256;

impl Grid {
    fn new(polygons: &[Indexed]) -> Self {
        let boxes = || polygons.iter().map(|polygon| polygon.outer.bounds);
        let Some(bounds) = boxes().reduce(union) else { return Self::empty() };
        let side = (2 * polygons.len().isqrt()).clamp(1, SIDE_MAX);
        let cell = |from, to| span(from, to) / i64::try_from(side).unwrap_or(1) + 1;
        let (width, height) = (cell(bounds.west, bounds.east), cell(bounds.south, bounds.north));
        let mut cells = vec![Vec::new(); side * side];
        for (place, polygon) in boxes().enumerate() {
            let columns =
                step(bounds.west, polygon.west, width)..=step(bounds.west, polygon.east, width);
            for row in step(bounds.south, polygon.south, height)
                ..=step(bounds.south, polygon.north, height)
            {
                let row_cells = cells.iter_mut().skip(row * side + columns.start());
                row_cells
                    .take(columns.end() - columns.start() + 1)
                    .for_each(|cell| cell.push(place));
            }
        }
        Self { bounds: Some(bounds), side, width, height, cells }
    }

    fn empty() -> Self {
        Self { bounds: None, side: 0, width: 1, height: 1, cells: Vec::new() }
    }

    fn near(&self, position: Position) -> &[usize] {
        let Some(bounds) = self.bounds.filter(|bounds| bounds.holds(position)) else { return &[] };
        let row = step(bounds.south, position.lat(), self.height);
        let column = step(bounds.west, position.lon(), self.width);
        self.cells.get(row * self.side + column).map_or(&[], Vec::as_slice)
    }
}

/// Units from one coordinate to another, larger one.
fn span(from: i32, to: i32) -> i64 {
    i64::from(to) - i64::from(from)
}

/// Whole steps of `length` from one coordinate to another; 0 where the other is smaller.
fn step(from: i32, to: i32, length: i64) -> usize {
    usize::try_from(span(from, to) / length).unwrap_or(0)
}

fn bounds_of(ring: &[Position]) -> BoundingBox {
    let boxes = ring.iter().copied().map(BoundingBox::of);
    boxes.reduce(union).unwrap_or(BoundingBox { west: 0, south: 0, east: 0, north: 0 })
}

fn union(a: BoundingBox, b: BoundingBox) -> BoundingBox {
    BoundingBox {
        west: a.west.min(b.west),
        south: a.south.min(b.south),
        east: a.east.max(b.east),
        north: a.north.max(b.north),
    }
}

#[cfg(test)]
mod tests;
