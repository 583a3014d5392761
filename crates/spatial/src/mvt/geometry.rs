//! Geometry as the commands of a vector tile: where the pen moves, each time from where it was.

use crate::tile::{At, Drawn};

/// What a feature's geometry is, as the specification numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Point = 1,
    Line = 2,
    Polygon = 3,
}

const MOVE_TO: u32 = 1;
const LINE_TO: u32 = 2;
const CLOSE_PATH: u32 = 7;

/// Writes the commands of a geometry.
pub(super) fn commands(drawn: &Drawn, out: &mut Vec<u32>) -> Kind {
    match drawn {
        Drawn::Points(places) => {
            points(places, out);
            Kind::Point
        }
        Drawn::Lines(lines) => {
            let mut pen = At::default();
            for line in lines {
                path(line, &mut pen, out);
            }
            Kind::Line
        }
        Drawn::Polygons(polygons) => {
            let mut pen = At::default();
            for ring in polygons.iter().flatten() {
                path(ring, &mut pen, out);
                out.push(command(CLOSE_PATH, 1));
            }
            Kind::Polygon
        }
    }
}

/// Writes the commands of points.
pub(super) fn points(places: &[At], out: &mut Vec<u32>) {
    if !places.is_empty() {
        out.push(command(MOVE_TO, places.len()));
    }
    let mut pen = At::default();
    for place in places {
        go(*place, &mut pen, out);
    }
}

fn path(places: &[At], pen: &mut At, out: &mut Vec<u32>) {
    let Some((first, rest)) = places.split_first() else { return };
    out.push(command(MOVE_TO, 1));
    go(*first, pen, out);
    out.push(command(LINE_TO, rest.len()));
    for place in rest {
        go(*place, pen, out);
    }
}

fn go(to: At, pen: &mut At, out: &mut Vec<u32>) {
    out.extend([zigzag(to.x - pen.x), zigzag(to.y - pen.y)]);
    *pen = to;
}

/// A command and how often it is done.
fn command(id: u32, count: usize) -> u32 {
    id | u32::try_from(count).unwrap_or(u32::MAX) << 3
}

fn zigzag(number: i32) -> u32 {
    ((number << 1) ^ (number >> 31)).cast_unsigned()
}
