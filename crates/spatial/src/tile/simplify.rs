//! Fewer places for the same picture: those that lie near the line between their neighbours go.
//!
//! The way of Douglas and Peucker, without recursion.

use super::outline::Place;

/// The places of a line that matter where nothing nearer than `tolerance` is seen. Its ends stay.
pub(crate) fn line(places: &[Place], tolerance: i64) -> Vec<Place> {
    let Some(last) = places.len().checked_sub(1) else { return Vec::new() };
    let mut keep = vec![false; places.len()];
    let mut stretches = vec![(0, last)];
    for end in [0, last] {
        keep[end] = true;
    }
    while let Some((from, to)) = stretches.pop() {
        if let Some(farthest) = farthest(places, from, to, tolerance) {
            keep[farthest] = true;
            stretches.extend([(from, farthest), (farthest, to)]);
        }
    }
    places.iter().zip(keep).filter_map(|(place, keep)| keep.then_some(*place)).collect()
}

/// The same for an open ring: thinned in two halves, from its first place and the one farthest
/// from it.
pub(crate) fn ring(places: &[Place], tolerance: i64) -> Vec<Place> {
    let Some(first) = places.first().copied() else { return Vec::new() };
    let far = (0..places.len()).max_by_key(|at| distance_squared(first, places[*at])).unwrap_or(0);
    let (near_half, far_half) = places.split_at(far);
    let mut there: Vec<Place> = near_half.to_vec();
    there.extend(far_half.first());
    let mut back: Vec<Place> = far_half.to_vec();
    back.push(first);
    let mut ring = line(&there, tolerance);
    ring.extend(line(&back, tolerance).into_iter().skip(1));
    ring.pop();
    ring
}

/// The place between two others that lies farthest from the line between them, where that is more
/// than `tolerance`.
fn farthest(places: &[Place], from: usize, to: usize, tolerance: i64) -> Option<usize> {
    let (start, end) = (places[from], places[to]);
    let inner = from + 1..to;
    let best = inner.max_by_key(|at| deviation(start, end, places[*at]))?;
    let limit = i128::from(tolerance).pow(2) * distance_squared(start, end).max(1);
    (deviation(start, end, places[best]) > limit).then_some(best)
}

/// The square of the distance from the segment, times the square of the segment's length (or times
/// one where it has none), so that no division is needed.
fn deviation(start: Place, end: Place, place: Place) -> i128 {
    let (along_x, along_y) = (end.0 - start.0, end.1 - start.1);
    let (to_x, to_y) = (place.0 - start.0, place.1 - start.1);
    let length = distance_squared(start, end);
    if length == 0 {
        return distance_squared(start, place);
    }
    let dot = i128::from(along_x) * i128::from(to_x) + i128::from(along_y) * i128::from(to_y);
    if dot < 0 {
        return saturating_product(distance_squared(start, place), length);
    }
    if dot > length {
        return saturating_product(distance_squared(end, place), length);
    }
    let cross = i128::from(along_x) * i128::from(to_y) - i128::from(along_y) * i128::from(to_x);
    saturating_product(cross, cross)
}

fn saturating_product(a: i128, b: i128) -> i128 {
    a.saturating_mul(b)
}

fn distance_squared(a: Place, b: Place) -> i128 {
    let (x, y) = (i128::from(b.0 - a.0), i128::from(b.1 - a.1));
    x * x + y * y
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_the_line_goes_and_what_is_not_stays() {
        let bent = [(0, 0), (50, 3), (100, 0), (150, 40), (200, 0)];
        assert_eq!(line(&bent, 5), [(0, 0), (100, 0), (150, 40), (200, 0)]);
        assert_eq!(line(&bent, 50), [(0, 0), (200, 0)]);
        assert_eq!(line(&bent, 0), bent);
    }

    #[test]
    fn a_spike_back_beyond_the_start_is_not_on_the_line() {
        let spike = [(0, 0), (-80, 0), (100, 0)];
        assert_eq!(line(&spike, 10), spike);
    }

    #[test]
    fn rings_keep_their_corners_wherever_they_begin() {
        let square = [(0, 0), (50, 1), (100, 0), (100, 100), (50, 101), (0, 100)];
        for start in 0..square.len() {
            let mut turned = square.to_vec();
            turned.rotate_left(start);
            let mut thinned = ring(&turned, 4);
            thinned.retain(|(x, _)| *x != 50);
            thinned.sort_unstable();
            assert_eq!(thinned, [(0, 0), (0, 100), (100, 0), (100, 100)], "from {start}");
        }
    }
}
