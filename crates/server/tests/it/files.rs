//! Files of events, good and bad, in the layout that the mapping `ucdp` reads.

/// The header of the short layout.
pub(crate) const HEADER: &str = "id,date_start,type_of_violence,conflict_name,side_a,side_b,country,latitude,longitude,best,low,high";

/// An event near Gao that differs by its number.
#[derive(Clone)]
pub(crate) struct Event {
    pub(crate) id: u64,
    pub(crate) date: &'static str,
    pub(crate) side: String,
    pub(crate) latitude: &'static str,
    pub(crate) longitude: &'static str,
    pub(crate) best: String,
}

impl Event {
    /// The event of a number.
    pub(crate) fn new(id: u64) -> Self {
        Self {
            id,
            date: "2018-03-01",
            side: "Side A".to_owned(),
            latitude: "16.2717",
            longitude: "-0.0447",
            best: "3".to_owned(),
        }
    }

    /// With so many deaths.
    pub(crate) fn deaths(self, best: impl std::fmt::Display) -> Self {
        Self { best: format!("{best}"), ..self }
    }

    /// On a day.
    pub(crate) fn on(self, date: &'static str) -> Self {
        Self { date, ..self }
    }

    /// At a place.
    pub(crate) fn at(self, latitude: &'static str, longitude: &'static str) -> Self {
        Self { latitude, longitude, ..self }
    }

    /// With this text as the first side, as it stands in the file.
    pub(crate) fn side(self, side: &str) -> Self {
        Self { side: side.to_owned(), ..self }
    }

    /// Its line.
    pub(crate) fn line(&self) -> String {
        let Self { id, date, side, latitude, longitude, best } = self;
        format!("{id},{date},1,Conflict,{side},Side B,Mali,{latitude},{longitude},{best},0,1000000")
    }
}

/// A whole file.
pub(crate) fn csv(events: &[Event]) -> String {
    let lines: Vec<String> = events.iter().map(Event::line).collect();
    format!("{HEADER}\n{}\n", lines.join("\n"))
}

/// A file of so many events, all with the same number of deaths.
pub(crate) fn many(events: u64, deaths: u64) -> String {
    csv(&(1..=events).map(|id| Event::new(id).deaths(deaths)).collect::<Vec<_>>())
}
