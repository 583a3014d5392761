//! The questions: windows centred on real events, words that real events hold.

use std::ops::Range;

use model::place::BoundingBox;
use model::time::Timestamp;

use crate::event::Event;
use crate::generator::{Generator, Vocabulary};
use crate::random::Random;

/// Windows asked; every box size with every length of time about equally often.
pub(crate) const WINDOWS: u64 = 600;
/// Pairs of rare words asked, then pairs of middling ones, then common words and pairs: 110.
pub(crate) const TEXTS: [u64; 3] = [30, 40, 40];

/// Half the side of a box, in units of 1e-7 degree: 0.25, 1 and 4 degrees and half of the step in
/// which places are given. So no event lies on an edge or nearer to it than 5e-5 degree, which is
/// what single-precision indexes tell apart: nobody needs a second look to be exact.
const HALF_SIDES: [i32; 3] = [1_250_500, 5_000_500, 20_000_500];
const DAYS: [i64; 3] = [30, 180, 730];
const DAY_MS: i64 = 86_400_000;
/// Ranks of words that count as rare: each is in 0.2 to 1.5 % of the texts.
const RARE: Range<usize> = 300..2_000;
/// Ranks of words that are in 1.5 to 15 % of the texts.
const MIDDLING: Range<u64> = 30..300;
/// Ranks below this are in 8 % of the texts or more.
const COMMON: Range<u64> = 0..60;

/// A box and a stretch of time, its end excluded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) bounds: BoundingBox,
    pub(crate) from: Timestamp,
    pub(crate) until: Timestamp,
}

/// Words that must all be there, in any searched field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextQuery(pub(crate) Vec<String>);

/// All questions of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Workload {
    pub(crate) windows: Vec<Window>,
    pub(crate) rare: Vec<TextQuery>,
    pub(crate) middling: Vec<TextQuery>,
    pub(crate) common: Vec<TextQuery>,
}

impl Workload {
    /// The questions about the `total` events of `seed`; the same for the same two numbers.
    pub(crate) fn new(seed: u64, total: u64) -> Self {
        let words = Vocabulary::new();
        let mut random = Random::new(seed, u64::MAX);
        let chosen = Chosen::new(&mut random, total);
        let (mut windows, mut rare) = (Vec::new(), Vec::new());
        for (event, serial) in Generator::new(seed, total).zip(0_u64..) {
            for shape in chosen.windows.iter().filter(|(at, _)| *at == serial) {
                windows.push(window(&event, shape.1));
            }
            if chosen.texts.binary_search(&serial).is_ok() {
                rare.extend(rare_pair(&words, &event, &mut random));
            }
        }
        rare.truncate(usize::try_from(TEXTS[0]).unwrap_or(usize::MAX));
        let mut queries =
            |count: u64, ranks: &Range<u64>, pairs: fn(u64) -> bool| -> Vec<TextQuery> {
                (0..count).map(|number| drawn(&words, ranks, pairs(number), &mut random)).collect()
            };
        let middling = queries(TEXTS[1], &MIDDLING, |_| true);
        let common = queries(TEXTS[2], &COMMON, |number| number % 2 == 1);
        Self { windows, rare, middling, common }
    }
}

/// Which events become the centres of questions, by serial number.
struct Chosen {
    windows: Vec<(u64, u64)>,
    texts: Vec<u64>,
}

impl Chosen {
    fn new(random: &mut Random, total: u64) -> Self {
        let windows = (0..WINDOWS).map(|shape| (random.below(total), shape)).collect();
        // Some events hold no two rare words; twice as many are looked at as are needed.
        let mut texts: Vec<u64> = (0..TEXTS[0] * 2).map(|_| random.below(total)).collect();
        texts.sort_unstable();
        Self { windows, texts }
    }
}

fn window(event: &Event, shape: u64) -> Window {
    let half_side = HALF_SIDES[usize::try_from(shape % 3).unwrap_or(0)];
    let days = DAYS[usize::try_from(shape / 3 % 3).unwrap_or(0)];
    let (lon, lat) = (event.place.lon(), event.place.lat());
    let at = event.occurred_at.as_ms();
    Window {
        bounds: BoundingBox {
            west: lon - half_side,
            south: lat - half_side,
            east: lon + half_side,
            north: lat + half_side,
        },
        from: Timestamp::from_ms(at - days * DAY_MS / 2),
        until: Timestamp::from_ms(at + days * DAY_MS / 2),
    }
}

fn rare_pair(words: &Vocabulary, event: &Event, random: &mut Random) -> Option<TextQuery> {
    let mut rare: Vec<String> = event
        .summary
        .split_whitespace()
        .map(|word| word.trim_matches([',', '.']).to_ascii_lowercase())
        .filter(|word| words.rank(word).is_some_and(|rank| RARE.contains(&rank)))
        .collect();
    rare.sort_unstable();
    rare.dedup();
    let first = usize::try_from(random.below(rare.len().saturating_sub(1) as u64)).ok()?;
    let pair = rare.get(first..first + 2)?;
    Some(TextQuery(pair.to_vec()))
}

/// One word of these ranks, or two.
fn drawn(words: &Vocabulary, ranks: &Range<u64>, pair: bool, random: &mut Random) -> TextQuery {
    let mut draw = || {
        let rank = ranks.start + random.below(ranks.end - ranks.start);
        words.word(usize::try_from(rank).unwrap_or(0)).to_owned()
    };
    let first = draw();
    TextQuery(if pair { vec![first, draw()] } else { vec![first] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_600_windows_and_110_texts_even_for_few_events() {
        let workload = Workload::new(1, 5_000);
        assert_eq!(workload.windows.len(), 600);
        let texts = [&workload.rare, &workload.middling, &workload.common].map(Vec::len);
        assert_eq!(texts, [30, 40, 40]);
        assert_eq!(workload, Workload::new(1, 5_000));
    }

    #[test]
    fn every_window_holds_an_event_and_every_shape_is_asked_about_as_often() {
        let workload = Workload::new(2, 3_000);
        let events: Vec<Event> = Generator::new(2, 3_000).collect();
        for window in &workload.windows {
            assert!(events.iter().any(|event| window.bounds.holds(event.place)
                && (window.from..window.until).contains(&event.occurred_at)));
        }
        let wide = |window: &&Window| window.bounds.east - window.bounds.west == 40_001_000;
        assert_eq!(workload.windows.iter().filter(wide).count(), 200);
        let long = |window: &&Window| window.until.as_ms() - window.from.as_ms() == 730 * DAY_MS;
        assert_eq!(workload.windows.iter().filter(long).count(), 198);
    }

    #[test]
    fn no_event_lies_near_an_edge() {
        let places: Vec<_> = Generator::new(2, 3_000).map(|event| event.place).collect();
        for Window { bounds, .. } in Workload::new(2, 3_000).windows {
            let far = |edge: i32, at: i32| (edge - at).abs() >= 500;
            assert!(places.iter().all(|place| far(bounds.west, place.lon())
                && far(bounds.east, place.lon())
                && far(bounds.south, place.lat())
                && far(bounds.north, place.lat())));
        }
    }

    #[test]
    fn rare_pairs_are_two_words_of_one_event() {
        let workload = Workload::new(3, 3_000);
        let texts: Vec<String> =
            Generator::new(3, 3_000).map(|event| event.summary.to_ascii_lowercase()).collect();
        for TextQuery(pair) in &workload.rare {
            assert_eq!(pair.len(), 2);
            assert!(texts.iter().any(|text| pair.iter().all(|word| text.contains(word.as_str()))));
        }
    }
}
