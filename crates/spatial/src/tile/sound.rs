//! Rings made sound after rounding: no place twice in a row, no spikes, no crossings, the right way
//! round.
//!
//! A ring that crosses itself loses the places of the crossing, one after the other, until it does
//! not: it ends as a triangle at the latest.

use model::place::Position;

use super::At;
use crate::predicate::segment::Segment;
use crate::sweep;

/// The polygon, sound: its outer ring clockwise as seen, its holes the other way round. Nothing
/// where no area is left.
pub(super) fn polygon(rings: Vec<Vec<At>>) -> Option<Vec<Vec<At>>> {
    let mut rings = rings.into_iter();
    let outer = ring(rings.next()?, true)?;
    let mut polygon = vec![outer];
    for hole in rings.filter_map(|hole| ring(hole, false)) {
        if lies_in(&hole, &polygon) {
            polygon.push(hole);
        }
    }
    Some(polygon)
}

/// An open ring without places that add nothing.
fn ring(mut places: Vec<At>, is_outer: bool) -> Option<Vec<At>> {
    loop {
        tidy(&mut places);
        if places.len() < 3 {
            return None;
        }
        match crossing(&places) {
            Some(at) => drop(places.remove(at)),
            None => break,
        }
    }
    let area = doubled_area(&places);
    if (area > 0) != is_outer {
        places.reverse();
    }
    (area != 0).then_some(places)
}

/// Removes places that equal a neighbour and places a ring only goes to and comes back from, or
/// passes in a straight line.
fn tidy(places: &mut Vec<At>) {
    let mut tidied: Vec<At> = Vec::with_capacity(places.len());
    for place in places.drain(..) {
        while let [.., before, last] = tidied[..]
            && in_line(before, last, place)
        {
            tidied.pop();
        }
        if tidied.last() != Some(&place) {
            tidied.push(place);
        }
    }
    while let [first, second, .., before, last] = tidied[..] {
        if last == first || in_line(before, last, first) {
            tidied.pop();
        } else if in_line(last, first, second) {
            tidied.remove(0);
        } else {
            break;
        }
    }
    *places = tidied;
}

fn in_line(a: At, b: At, c: At) -> bool {
    cross(a, b, c) == 0
}

fn cross(a: At, b: At, c: At) -> i64 {
    let [(ax, ay), (bx, by), (cx, cy)] = [a, b, c].map(|at| (i64::from(at.x), i64::from(at.y)));
    (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
}

/// Twice the area by the surveyor's formula; positive for a ring that runs clockwise as seen.
pub(super) fn doubled_area(places: &[At]) -> i64 {
    let next = places.iter().cycle().skip(1);
    let part =
        |(a, b): (&At, &At)| i64::from(a.x) * i64::from(b.y) - i64::from(b.x) * i64::from(a.y);
    places.iter().zip(next).map(part).sum()
}

/// The place after which an edge crosses another edge of the ring.
fn crossing(places: &[At]) -> Option<usize> {
    let edges: Vec<(usize, Segment)> = edges(places).enumerate().collect();
    sweep::find_among(&edges, |(_, edge)| *edge, |(_, a), (_, b)| a.crosses(*b))
        .map(|(at, _)| (at + 1) % places.len())
}

fn edges(places: &[At]) -> impl Iterator<Item = Segment> + '_ {
    let next = places.iter().cycle().skip(1);
    places.iter().zip(next).filter_map(|(from, to)| {
        let position = |at: &At| Position::from_units(at.x, at.y).ok();
        Some(Segment { from: position(from)?, to: position(to)? })
    })
}

/// Whether a hole lies in the outer ring and crosses neither it nor another hole.
fn lies_in(hole: &[At], polygon: &[Vec<At>]) -> bool {
    let hole_edges: Vec<Segment> = edges(hole).collect();
    let others: Vec<Segment> = polygon.iter().flat_map(|ring| edges(ring)).collect();
    let crosses = sweep::any_between(&hole_edges, &others, Segment::crosses);
    let outer = polygon.first().map_or(&[][..], Vec::as_slice);
    !crosses && hole.iter().all(|at| side_of(*at, outer).is_ge())
}

/// `Greater` inside of a ring, `Equal` on its edge, `Less` outside.
fn side_of(at: At, ring: &[At]) -> std::cmp::Ordering {
    let next = ring.iter().cycle().skip(1);
    let mut inside = false;
    for (a, b) in ring.iter().copied().zip(next.copied()) {
        let turn = cross(a, b, at);
        let between =
            |low: i32, high: i32, value: i32| (low.min(high)..=low.max(high)).contains(&value);
        if turn == 0 && between(a.x, b.x, at.x) && between(a.y, b.y, at.y) {
            return std::cmp::Ordering::Equal;
        }
        if (a.y > at.y) != (b.y > at.y) && (turn > 0) == (b.y > a.y) {
            inside = !inside;
        }
    }
    if inside { std::cmp::Ordering::Greater } else { std::cmp::Ordering::Less }
}
