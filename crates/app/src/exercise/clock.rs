//! How far an exercise is loaded, and what time it is there: a setting of the node, no part of the journal.
//!
//! While a day is loaded the time stands still at each act; afterwards it is the end of the loaded day and
//! runs on with the real clock. Only a node whose pack is an exercise has such a clock.

use std::collections::BTreeMap;

use mission::exercise::Exercise;
use model::finding::Finding;
use model::time::Timestamp;
use serde_json::{Value as Json, json};
use store::Ground;

use crate::error::{AppError, Kind};

/// The setting.
pub(crate) const SETTING: &str = "exercise";

/// How far the exercise of a node is loaded.
#[derive(Debug, Clone, Default)]
pub(crate) struct Standing {
    /// Whether the pack is an exercise: no other node ever looks for the setting.
    is_exercise: bool,
    /// The setting as it was read.
    read: Option<Vec<u8>>,
    loaded: Option<Loaded>,
    /// The instant at which time stands still.
    held: Option<Timestamp>,
    /// Whether the setting is kept with what is written next.
    is_marking: bool,
}

/// What is loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Loaded {
    /// The exercise.
    pub(crate) name: String,
    /// What people call it.
    pub(crate) titles: BTreeMap<String, String>,
    /// The last day that is loaded whole.
    pub(crate) day: u16,
    /// How many acts of the next day are done.
    pub(crate) acts: usize,
    /// How far its time is from the real one.
    offset_ms: Option<i64>,
}

impl Standing {
    /// What a node's setting says.
    pub(crate) fn read(ground: &Ground, is_exercise: bool) -> Result<Self, AppError> {
        if !is_exercise {
            return Ok(Self::default());
        }
        let read = ground.setting(SETTING)?;
        let loaded = read.as_deref().map(Loaded::decoded).transpose()?;
        Ok(Self { is_exercise, read, loaded, ..Self::default() })
    }

    /// Whether the setting is as it was read.
    pub(crate) fn is_current(&self, ground: &Ground) -> Result<bool, AppError> {
        Ok(!self.is_exercise || ground.setting(SETTING)? == self.read)
    }

    /// What is loaded; nothing where nothing is.
    pub(crate) const fn loaded(&self) -> Option<&Loaded> {
        self.loaded.as_ref()
    }

    /// Whether the mission has a time of its own.
    pub(crate) fn is_on(&self) -> bool {
        self.now_of(Timestamp::from_ms(0)).is_some()
    }

    /// What time it is in the exercise; nothing where it has no time of its own.
    pub(crate) fn now_of(&self, real: Timestamp) -> Option<Timestamp> {
        let offset = || self.loaded.as_ref()?.offset_ms;
        let runs_on = || Some(Timestamp::from_ms(real.as_ms().saturating_add(offset()?)));
        self.held.or_else(runs_on)
    }

    /// How far its time is from the real one.
    pub(crate) fn offset_ms(&self) -> i64 {
        self.loaded.as_ref().and_then(|loaded| loaded.offset_ms).unwrap_or_default()
    }

    /// Has time stand still.
    pub(super) fn hold(&mut self, at: Timestamp) {
        self.held = Some(at);
    }

    /// Has time run on.
    pub(crate) fn release(&mut self) {
        (self.held, self.is_marking) = (None, false);
    }

    /// Has the next transaction keep that so many acts of the day are done.
    pub(super) fn mark_acts(&mut self, exercise: &Exercise, acts: usize) {
        let loaded = self.loaded.get_or_insert_with(|| Loaded::none(exercise));
        (loaded.acts, self.is_marking) = (acts, true);
    }

    /// A day is whole: its end is now.
    pub(super) fn close(
        &mut self,
        exercise: &Exercise,
        (day, ends): (u16, Timestamp),
        real: Timestamp,
    ) {
        self.release();
        let loaded = self.loaded.get_or_insert_with(|| Loaded::none(exercise));
        let offset_ms = Some(ends.as_ms().saturating_sub(real.as_ms()));
        *loaded = Loaded { day, acts: 0, offset_ms, ..loaded.clone() };
    }

    /// Keeps what is loaded.
    pub(super) fn keep(&mut self, ground: &Ground) -> Result<(), AppError> {
        let Some(loaded) = &self.loaded else { return Ok(()) };
        let encoded = loaded.encoded();
        ground.set_setting(SETTING, &encoded)?;
        self.read = Some(encoded);
        Ok(())
    }

    /// What a transaction keeps beside its entries.
    pub(crate) fn mark(&self) -> Option<Vec<u8>> {
        self.loaded.as_ref().filter(|_loaded| self.is_marking).map(Loaded::encoded)
    }
}

impl Loaded {
    fn none(exercise: &Exercise) -> Self {
        let titles = exercise.titles.iter();
        let titles = titles.map(|(language, title)| (language.to_owned(), title.to_owned()));
        let name = exercise.name.to_string();
        Self { name, titles: titles.collect(), day: 0, acts: 0, offset_ms: None }
    }

    fn encoded(&self) -> Vec<u8> {
        let Self { name, titles, day, acts, offset_ms } = self;
        let kept = json!({ "name": name, "titles": titles, "day": day, "acts": acts, "offset_ms": offset_ms });
        kept.to_string().into_bytes()
    }

    fn decoded(bytes: &[u8]) -> Result<Self, AppError> {
        let damaged = || AppError::new(Kind::Damaged, Finding::error("exercise-setting-damaged"));
        let kept: Json = serde_json::from_slice(bytes).map_err(|_no_json| damaged())?;
        let titles = kept["titles"].as_object().into_iter().flatten();
        let title = |(language, title): (&String, &Json)| {
            Some((language.clone(), title.as_str()?.to_owned()))
        };
        let read = || {
            Some(Self {
                name: kept["name"].as_str()?.to_owned(),
                titles: titles.filter_map(title).collect(),
                day: u16::try_from(kept["day"].as_u64()?).ok()?,
                acts: usize::try_from(kept["acts"].as_u64()?).ok()?,
                offset_ms: kept["offset_ms"].as_i64(),
            })
        };
        read().ok_or_else(damaged)
    }

    /// Its title in a language.
    pub(crate) fn title(&self, language: &str) -> &str {
        let title = self.titles.get(language).or_else(|| self.titles.get("en"));
        title.or_else(|| self.titles.values().next()).map_or(&self.name, String::as_str)
    }
}
