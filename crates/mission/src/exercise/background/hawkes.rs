//! When things happen: a Hawkes process for each area, in which what happens sets off more of it nearby and
//! soon, drawn by Ogata's thinning (1981).
//!
//! The intensity is μ + Σ α·e^(−(t − tᵢ)/τ) over the events before; an event sets off α·τ others on average,
//! which is under 1, so the process does not run away.

use super::draw::Draw;

/// A Hawkes process.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hawkes {
    /// Events in a unit of time that nothing set off.
    pub(super) base: f64,
    /// How many others an event sets off, on average: under 1.
    pub(super) offspring: f64,
    /// In how much time what an event sets off falls to 1/e.
    pub(super) decay: f64,
}

impl Hawkes {
    /// The times of its events from 0 to `end`.
    pub(super) fn times(&self, end: f64, draw: &mut Draw) -> Vec<f64> {
        let mut times = Vec::new();
        let (mut at, mut excited) = (0.0, 0.0);
        loop {
            // Until the next event the intensity only falls, so what it is now bounds it.
            let bound: f64 = self.base + excited;
            let wait = -draw.unit().ln() / bound;
            at += wait;
            if at >= end {
                return times;
            }
            excited *= (-wait / self.decay).exp();
            if draw.unit() * bound <= self.base + excited {
                times.push(at);
                excited += self.offspring / self.decay;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(times: &[f64], end: u32) -> Vec<f64> {
        let mut counts = vec![0.0; usize::try_from(end).expect("few")];
        for day in 0..end {
            let day_at = f64::from(day);
            let inside = times.iter().filter(|at| (day_at..day_at + 1.0).contains(*at)).count();
            counts[usize::try_from(day).expect("few")] =
                f64::from(u32::try_from(inside).expect("few"));
        }
        counts
    }

    #[test]
    fn as_much_happens_as_the_theory_says_and_in_clusters() {
        let hawkes = Hawkes { base: 3.0, offspring: 0.4, decay: 0.5 };
        let times = hawkes.times(4_000.0, &mut Draw::new(7));
        assert!(times.windows(2).all(|pair| pair[0] < pair[1]));
        let counts = counts(&times, 4_000);
        let mean = counts.iter().sum::<f64>() / 4_000.0;
        // The mean is μ / (1 − n).
        assert!((mean - 5.0).abs() < 0.25, "{mean}");
        let variance = counts.iter().map(|count| (count - mean).powi(2)).sum::<f64>() / 4_000.0;
        // A Poisson process has 1; far windows of this one 1 / (1 − n)² = 2.8, a day of it less.
        assert!((1.5..2.8).contains(&(variance / mean)), "{}", variance / mean);
    }

    #[test]
    fn without_offspring_it_is_a_poisson_process() {
        let hawkes = Hawkes { base: 5.0, offspring: 0.0, decay: 1.0 };
        let counts = counts(&hawkes.times(4_000.0, &mut Draw::new(8)), 4_000);
        let mean = counts.iter().sum::<f64>() / 4_000.0;
        let variance = counts.iter().map(|count| (count - mean).powi(2)).sum::<f64>() / 4_000.0;
        assert!((0.9..1.1).contains(&(variance / mean)), "{}", variance / mean);
    }
}
