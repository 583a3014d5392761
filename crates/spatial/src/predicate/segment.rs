//! Segments: which side a position lies on, and whether two of them meet.

use std::cmp::Ordering;

use model::place::Position;

/// A straight line between two positions, both included. The two may be equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) from: Position,
    pub(crate) to: Position,
}

/// The segments between consecutive positions.
pub(crate) fn segments(positions: &[Position]) -> impl Iterator<Item = Segment> + Clone + '_ {
    positions.windows(2).filter_map(|pair| match pair {
        [from, to] => Some(Segment { from: *from, to: *to }),
        _ => None,
    })
}

impl Segment {
    /// `Greater` where `position` lies to the left of the line through the segment, `Less` to the
    /// right, `Equal` on it. Longitudes differ by at most 3.6e9 units and latitudes by 1.8e9, so
    /// each product fits in 63 bits; their difference would not.
    pub(crate) fn side(self, position: Position) -> Ordering {
        let (east, north) = delta(self.from, self.to);
        let (position_east, position_north) = delta(self.from, position);
        (east * position_north).cmp(&(north * position_east))
    }

    /// Whether `position` lies on the segment.
    pub(crate) fn holds(self, position: Position) -> bool {
        self.in_box(position) && self.side(position).is_eq()
    }

    /// Whether the two have a position in common, be it an end.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.boxes_overlap(other)
            && !same_strict_side(self.side(other.from), self.side(other.to))
            && !same_strict_side(other.side(self.from), other.side(self.to))
    }

    /// Whether the two cross at a position that is an end of neither.
    pub(crate) fn crosses(self, other: Self) -> bool {
        self.boxes_overlap(other)
            && opposite(self.side(other.from), self.side(other.to))
            && opposite(other.side(self.from), other.side(self.to))
    }

    fn in_box(self, position: Position) -> bool {
        between(position.lon(), self.from.lon(), self.to.lon())
            && between(position.lat(), self.from.lat(), self.to.lat())
    }

    fn boxes_overlap(self, other: Self) -> bool {
        let lon = |position: Position| position.lon();
        let lat = |position: Position| position.lat();
        overlap(self, other, lon) && overlap(self, other, lat)
    }
}

fn delta(from: Position, to: Position) -> (i64, i64) {
    let east = i64::from(to.lon()) - i64::from(from.lon());
    let north = i64::from(to.lat()) - i64::from(from.lat());
    (east, north)
}

fn same_strict_side(a: Ordering, b: Ordering) -> bool {
    a == b && a.is_ne()
}

fn opposite(a: Ordering, b: Ordering) -> bool {
    a.is_ne() && a == b.reverse()
}

fn between(value: i32, a: i32, b: i32) -> bool {
    (a.min(b)..=a.max(b)).contains(&value)
}

fn overlap(s: Segment, t: Segment, axis: impl Fn(Position) -> i32) -> bool {
    let (s_from, s_to, t_from, t_to) = (axis(s.from), axis(s.to), axis(t.from), axis(t.to));
    s_from.min(s_to) <= t_from.max(t_to) && t_from.min(t_to) <= s_from.max(s_to)
}
