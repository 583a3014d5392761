//! The oracle of the tests: every event in memory, every question a walk over all of them.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use crate::event::Event;
use crate::subject::{Figure, Hit, Step, Subject, TEXT_LIMIT, WINDOW_LIMIT};
use crate::workload::{TextQuery, Window};

/// All events the viewer may see, newest first.
#[derive(Debug)]
pub(crate) struct Naive(Vec<Event>);

impl Naive {
    /// Of these events.
    pub(crate) fn new(events: impl Iterator<Item = Event>) -> Self {
        let mut seen: Vec<Event> =
            events.filter(|event| event.classification != "strictly-confidential").collect();
        seen.sort_by_key(|event| std::cmp::Reverse(event.occurred_at));
        Self(seen)
    }

    fn newest(&self, limit: u32, fits: impl Fn(&Event) -> bool) -> Vec<Hit> {
        let limit = usize::try_from(limit).expect("small");
        self.0.iter().filter(|event| fits(event)).take(limit).map(hit).collect()
    }
}

impl Subject for Naive {
    fn name(&self) -> &'static str {
        "naive"
    }

    fn version(&self) -> String {
        String::new()
    }

    fn load(&mut self, _csv: &Path) -> anyhow::Result<Vec<Step>> {
        Ok(Vec::new())
    }

    fn newest_in_window(&mut self, window: &Window) -> anyhow::Result<Vec<Hit>> {
        Ok(self.newest(WINDOW_LIMIT, |event| holds(window, event)))
    }

    fn count_in_window(&mut self, window: &Window) -> anyhow::Result<u64> {
        Ok(self.0.iter().filter(|event| holds(window, event)).count() as u64)
    }

    fn text_newest(&mut self, query: &TextQuery) -> anyhow::Result<Vec<Hit>> {
        Ok(self.newest(TEXT_LIMIT, |event| {
            let text = [&event.summary, &event.place_name, event.side_a, event.side_b].join(" ");
            let text = text.to_lowercase();
            let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
            query.0.iter().all(|word| words.contains(&word.as_str()))
        }))
    }

    fn deaths_by_district_month(&mut self) -> anyhow::Result<Vec<Figure>> {
        let mut figures: BTreeMap<(String, i32), (i64, u64)> = BTreeMap::new();
        for event in &self.0 {
            let month = event.occurred_at.date().month_index();
            let figure = figures.entry((event.admin2.clone(), month)).or_default();
            figure.0 += 1;
            figure.1 += event.deaths.map_or(0, |deaths| deaths.best);
        }
        let figure = |((admin2, month), (events, deaths)): ((String, i32), (i64, u64))| Figure {
            admin2,
            month,
            events,
            deaths_best: deaths.cast_signed(),
        };
        Ok(figures.into_iter().map(figure).collect())
    }

    fn cpu(&self) -> anyhow::Result<Duration> {
        Ok(crate::measure::own_cpu())
    }

    fn bytes_on_disk(&mut self) -> anyhow::Result<u64> {
        Ok(0)
    }
}

fn holds(window: &Window, event: &Event) -> bool {
    window.bounds.holds(event.place) && (window.from..window.until).contains(&event.occurred_at)
}

fn hit(event: &Event) -> Hit {
    Hit {
        source_id: event.source_id.clone(),
        occurred_at: event.occurred_at,
        place: event.place,
        kind: event.kind.to_owned(),
        admin2: event.admin2.clone(),
        deaths_best: event.deaths.map(|deaths| deaths.best.cast_signed()),
        verification: event.verification.to_owned(),
    }
}
