//! Lines and rings cut to a box of the map, one side of it after the other.
//!
//! A ring that leaves the box and comes back runs along the box's edge in between, as usual in
//! tiles: that edge lies outside of what is seen.

use super::outline::Place;

/// A box of the map; places on its edge are inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) west: i64,
    pub(super) north: i64,
    pub(super) east: i64,
    pub(super) south: i64,
}

impl Window {
    /// The smallest box around these places; nothing where there are none.
    pub(super) fn around(places: impl IntoIterator<Item = Place>) -> Option<Self> {
        places.into_iter().fold(None, |window: Option<Self>, (x, y)| {
            Some(window.map_or(Self { west: x, north: y, east: x, south: y }, |w| Self {
                west: w.west.min(x),
                north: w.north.min(y),
                east: w.east.max(x),
                south: w.south.max(y),
            }))
        })
    }

    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.west <= other.east
            && other.west <= self.east
            && self.north <= other.south
            && other.north <= self.south
    }

    pub(super) fn encloses(&self, other: &Self) -> bool {
        self.west <= other.west
            && other.east <= self.east
            && self.north <= other.north
            && other.south <= self.south
    }

    fn sides(&self) -> [Side; 4] {
        let side = |vertical, at, keeps_greater| Side { vertical, at, keeps_greater };
        [
            side(true, self.west, true),
            side(true, self.east, false),
            side(false, self.north, true),
            side(false, self.south, false),
        ]
    }
}

/// The line through one side of a window, and which half of the plane is kept.
#[derive(Clone, Copy)]
struct Side {
    vertical: bool,
    at: i64,
    keeps_greater: bool,
}

impl Side {
    fn along(self, (x, y): Place) -> i64 {
        if self.vertical { x } else { y }
    }

    fn keeps(self, place: Place) -> bool {
        let along = self.along(place);
        if self.keeps_greater { along >= self.at } else { along <= self.at }
    }

    /// Where the way from one place to the other crosses the line; the two lie on either side of it.
    fn crossing(self, from: Place, to: Place) -> Place {
        let across = |(x, y): Place| if self.vertical { y } else { x };
        let (reach, whole) = (self.at - self.along(from), self.along(to) - self.along(from));
        let rise = i128::from(across(to) - across(from)) * i128::from(reach);
        let step = i64::try_from(rise.div_euclid(i128::from(whole))).unwrap_or(0);
        let other = across(from) + step;
        if self.vertical { (self.at, other) } else { (other, self.at) }
    }
}

/// An open ring, cut. Empty where nothing of it is left.
pub(super) fn ring(places: &[Place], window: &Window) -> Vec<Place> {
    window.sides().into_iter().fold(places.to_vec(), |ring, side| ring_half(&ring, side))
}

fn ring_half(ring: &[Place], side: Side) -> Vec<Place> {
    let mut kept = Vec::with_capacity(ring.len());
    let mut previous = ring.last().copied();
    for place in ring.iter().copied() {
        if let Some(from) = previous
            && side.keeps(from) != side.keeps(place)
        {
            kept.push(side.crossing(from, place));
        }
        if side.keeps(place) {
            kept.push(place);
        }
        previous = Some(place);
    }
    kept
}

/// The parts of a line that lie in the window.
pub(super) fn line(places: &[Place], window: &Window) -> Vec<Vec<Place>> {
    window.sides().into_iter().fold(vec![places.to_vec()], |lines, side| {
        lines.iter().flat_map(|line| line_half(line, side)).collect()
    })
}

fn line_half(line: &[Place], side: Side) -> Vec<Vec<Place>> {
    let mut parts = Vec::new();
    let mut part = Vec::new();
    let mut previous: Option<Place> = None;
    for place in line.iter().copied() {
        if let Some(from) = previous
            && side.keeps(from) != side.keeps(place)
        {
            part.push(side.crossing(from, place));
        }
        if side.keeps(place) {
            part.push(place);
        } else if !part.is_empty() {
            parts.push(std::mem::take(&mut part));
        }
        previous = Some(place);
    }
    parts.push(part);
    parts.retain(|part| part.len() > 1);
    parts
}
