//! Pairs of segments whose boxes overlap, found by a sweep from west to east.
//!
//! The cost is that of a sort plus one step for each pair that overlaps in longitude.

use crate::predicate::segment::Segment;

/// Whether `test` holds for some segment of `a` and some segment of `b`.
pub(crate) fn any_between(
    a: &[Segment],
    b: &[Segment],
    test: impl Fn(Segment, Segment) -> bool,
) -> bool {
    let (a, b) = (sorted(a), sorted(b));
    let mut b_first = 0;
    let longest = b.iter().map(Span::length).max().unwrap_or(0);
    for span in &a {
        let out_of_reach = |other: &&Span| i64::from(other.west) + longest < i64::from(span.west);
        b_first += b.iter().skip(b_first).take_while(out_of_reach).count();
        let in_reach = b.iter().skip(b_first).take_while(|other| other.west <= span.east);
        if in_reach
            .into_iter()
            .any(|other| span.overlaps(other) && test(span.segment, other.segment))
        {
            return true;
        }
    }
    false
}

/// The earlier item of the first pair, in the order of the sweep, for which `test` holds. Pairs
/// whose boxes do not overlap are not tested.
pub(crate) fn find_among<T>(
    items: &[T],
    segment: impl Fn(&T) -> Segment,
    test: impl Fn(&T, &T) -> bool,
) -> Option<&T> {
    let segments: Vec<Segment> = items.iter().map(segment).collect();
    let spans = sorted(&segments);
    let mut pairs = spans.iter().enumerate().flat_map(|(place, span)| {
        let later = spans.iter().skip(place + 1).take_while(|other| other.west <= span.east);
        later.filter(|other| span.overlaps(other)).map(|other| (span.index, other.index))
    });
    let hit = |(a, b): &(usize, usize)| match (items.get(*a), items.get(*b)) {
        (Some(a), Some(b)) => test(a, b),
        _ => false,
    };
    pairs.find(hit).and_then(|(a, b)| items.get(a.min(b)))
}

/// A segment with its box and its place in the list it came from.
struct Span {
    west: i32,
    east: i32,
    south: i32,
    north: i32,
    index: usize,
    segment: Segment,
}

impl Span {
    fn of((index, segment): (usize, &Segment)) -> Self {
        let Segment { from, to } = *segment;
        Self {
            west: from.lon().min(to.lon()),
            east: from.lon().max(to.lon()),
            south: from.lat().min(to.lat()),
            north: from.lat().max(to.lat()),
            index,
            segment: *segment,
        }
    }

    fn length(&self) -> i64 {
        i64::from(self.east) - i64::from(self.west)
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.west <= other.east
            && other.west <= self.east
            && self.south <= other.north
            && other.south <= self.north
    }
}

fn sorted(segments: &[Segment]) -> Vec<Span> {
    let mut spans: Vec<Span> = segments.iter().enumerate().map(Span::of).collect();
    spans.sort_unstable_by_key(|span| (span.west, span.index));
    spans
}
