//! Histories and the stays they make.

use std::collections::BTreeSet;

use journal::{Act, Content, Edit, Erasure, Happened, Operation, Transition};
use mission::register::{Transition as Step, Workflow};
use model::id::{EntryId, LogId, Name, RecordId};
use model::time::Timestamp;
use model::time::hybrid::HybridTime;
use model::time::zone::Zone;
use model::value::Value;

use crate::stays::{Flow, Known};

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

/// From `received` (stamped) to `verified` (stamped) to `arrived` or `refused`, which share a stamp,
/// and back to `received`.
fn flow() -> Flow {
    let step = |to: &str, from: &[&str], stamp: Option<&str>| Step {
        name: name(&format!("to-{to}")),
        labels: std::iter::empty::<(&str, String)>().collect(),
        from: from.iter().map(|state| name(state)).collect(),
        to: name(to),
        requires: Vec::new(),
        reason: false,
        roles: Vec::new(),
        other_than: Vec::new(),
        not_author: false,
        condition: None,
        condition_message: std::iter::empty::<(&str, String)>().collect(),
        stamp: stamp.map(name),
        gate: None,
        row: 1,
    };
    let transitions = vec![
        step("verified", &["received"], Some("verified_at")),
        step("arrived", &["verified"], Some("ended_at")),
        step("refused", &["verified", "arrived"], Some("ended_at")),
        step("closed", &["arrived", "refused"], None),
        step("received", &["closed", "arrived"], None),
    ];
    let workflow = Workflow {
        name: name("warning"),
        field: name("status"),
        start: name("received"),
        stamp: Some(name("received_at")),
        transitions,
        deadlines: Vec::new(),
    };
    let codes = ["received", "verified", "arrived", "refused", "closed"];
    let stamps = ["received_at", "verified_at", "ended_at"].map(name);
    let (codes, stamps) = (codes.map(str::to_owned).into(), BTreeSet::from(stamps));
    let zone = Zone::named("Africa/Bangui").expect("a zone");
    Flow { workflow, codes, stamps, zone }
}

/// Entries in the making: numbered from 1, written at so many milliseconds by a device.
#[derive(Default)]
struct History(Vec<(EntryId, LogId, HybridTime, Operation)>);

impl History {
    fn add(&mut self, (device, ms): (u8, i64), act: Act) -> EntryId {
        let entry = EntryId::from_bytes([u8::try_from(self.0.len() + 1).expect("few"); 32]);
        let record = Some(RecordId::from_bytes([9; 16]));
        let operation = Operation {
            record,
            user: 7,
            schema: 1,
            epoch: 1,
            batch: None,
            reason: None,
            proof: None,
            act,
        };
        let at = HybridTime::at(Timestamp::from_ms(ms));
        self.0.push((entry, LogId::from_bytes([device; 16]), at, operation));
        entry
    }

    fn set(&mut self, by: (u8, i64), values: &[(&str, Value)], overwrites: &[EntryId]) -> EntryId {
        let edit = |(field, value): &(&str, Value)| Edit {
            field: name(field),
            content: Content::Plain(Some(value.clone())),
            overwrites: overwrites.to_vec(),
        };
        let edits = values.iter().map(edit).collect();
        self.add(by, Act::Set { register: name("alert"), edits })
    }

    /// A step and the fields it sets, as the app writes them; the second entry.
    fn step(
        &mut self,
        by: (u8, i64),
        (from, to): (&str, &str),
        stamp: Option<(&str, i64)>,
        overwrites: &[EntryId],
    ) -> EntryId {
        let step = Transition {
            workflow: name("warning"),
            from: Some(name(from)),
            to: name(to),
            effective: stamp.map(|(_field, ms)| Timestamp::from_ms(ms)),
            overwrites: Vec::new(),
        };
        self.add(by, Act::Transition(step));
        let mut values = vec![("status", code(to))];
        values.extend(stamp.map(|(field, ms)| (field, time(ms))));
        self.set((by.0, by.1 + 1), &values, overwrites)
    }

    fn happened(&self) -> Vec<Happened<'_>> {
        let happened = self.0.iter();
        happened
            .map(|(entry, log, at, operation)| Happened {
                entry: *entry,
                log: *log,
                at: *at,
                operation,
            })
            .collect()
    }

    /// State, how known and when, of every stay; the same for any order of arrival.
    fn stays(&self) -> Vec<(String, Known, i64)> {
        let flow = flow();
        let (mut happened, forwards) = (self.happened(), flow.stays(&self.happened()));
        happened.reverse();
        assert_eq!(flow.stays(&happened), forwards, "the order of arrival does not matter");
        let told = |kept: &crate::stays::Kept| {
            let state = flow.state(kept.state).map_or_else(String::new, |state| state.to_string());
            (state, kept.known, kept.at_ms)
        };
        forwards.iter().map(told).collect()
    }
}

fn code(state: &str) -> Value {
    Value::Code(state.to_owned())
}

fn time(ms: i64) -> Value {
    Value::Time(Timestamp::from_ms(ms))
}

fn stay(state: &str, known: Known, ms: i64) -> (String, Known, i64) {
    (state.to_owned(), known, ms)
}

#[test]
fn a_step_counts_from_its_stamp_and_without_one_from_when_it_was_made() {
    let mut history = History::default();
    let first =
        history.set((1, 10), &[("status", code("received")), ("received_at", time(5))], &[]);
    let second =
        history.step((1, 100), ("received", "verified"), Some(("verified_at", 60)), &[first]);
    let third = history.step((1, 200), ("verified", "arrived"), None, &[second]);
    history.step((1, 300), ("arrived", "closed"), None, &[third]);
    let expected = [
        stay("received", Known::Stamped, 5),
        stay("verified", Known::Moved, 60),
        stay("arrived", Known::Moved, 200),
        stay("closed", Known::Moved, 300),
    ];
    assert_eq!(history.stays(), expected);
    // A correction is of the latest entry into a state that has this stamp.
    history.set((1, 400), &[("verified_at", time(70)), ("ended_at", time(150))], &[]);
    let stays = history.stays();
    assert_eq!((stays[1].2, stays[2].2), (70, 150));
}

#[test]
fn a_record_that_went_back_and_forth_keeps_every_entry() {
    let mut history = History::default();
    let mut last = history.set((1, 10), &[("status", code("received"))], &[]);
    for (ms, steps) in [
        (100, [("received", "verified"), ("verified", "arrived")]),
        (500, [("received", "verified"), ("verified", "arrived")]),
    ] {
        for (nth, (from, to)) in (0_i64..).zip(steps) {
            let stamp = if to == "arrived" { "ended_at" } else { "verified_at" };
            let at = ms + nth * 50;
            last = history.step((1, at), (from, to), Some((stamp, at - 7)), &[last]);
        }
        last = history.step((1, ms + 200), ("arrived", "received"), None, &[last]);
    }
    let states: Vec<(String, i64)> =
        history.stays().into_iter().map(|(state, _, at)| (state, at)).collect();
    let expected = [
        ("received", 10),
        ("verified", 93),
        ("arrived", 143),
        ("received", 300),
        ("verified", 493),
        ("arrived", 543),
        ("received", 700),
    ];
    assert_eq!(states, expected.map(|(state, at)| (state.to_owned(), at)));
}

#[test]
fn two_states_with_one_stamp_keep_their_own_times() {
    let mut history = History::default();
    let first = history.set((1, 10), &[("status", code("verified"))], &[]);
    let second = history.step((1, 100), ("verified", "arrived"), Some(("ended_at", 90)), &[first]);
    history.step((1, 200), ("arrived", "refused"), Some(("ended_at", 190)), &[second]);
    let expected = [
        stay("verified", Known::Unstamped, 10),
        stay("arrived", Known::Moved, 90),
        stay("refused", Known::Moved, 190),
    ];
    assert_eq!(history.stays(), expected);
}

#[test]
fn an_imported_record_tells_by_its_stamps_where_it_was() {
    let mut history = History::default();
    let values = [
        ("status", code("closed")),
        ("received_at", time(1)),
        ("verified_at", time(2)),
        ("ended_at", time(3)),
    ];
    let first = history.set((1, 100), &values, &[]);
    // The stamp that two states share says of neither that the record was there.
    let expected = [
        stay("closed", Known::Unstamped, 100),
        stay("received", Known::Told, 1),
        stay("verified", Known::Told, 2),
    ];
    assert_eq!(history.stays(), expected);
    // A second import of the file takes the place of the first.
    history.set((1, 200), &[("status", code("arrived"))], &[first]);
    assert_eq!(history.stays()[0], stay("arrived", Known::Stamped, 3));
    assert_eq!(history.stays().len(), 3);
}

#[test]
fn the_same_step_at_two_sites_is_in_the_record_twice_and_who_settles_decides() {
    let mut history = History::default();
    let first = history.set((1, 10), &[("status", code("verified"))], &[]);
    let one = history.step((1, 100), ("verified", "arrived"), Some(("ended_at", 90)), &[first]);
    let two = history.step((2, 100), ("verified", "arrived"), Some(("ended_at", 80)), &[first]);
    let states: Vec<String> = history.stays().into_iter().map(|(state, ..)| state).collect();
    assert_eq!(states, ["verified", "arrived", "arrived"]);
    history.set((1, 300), &[("status", code("arrived"))], &[one, two]);
    assert_eq!(history.stays().len(), 3);

    let mut history = History::default();
    let first = history.set((1, 10), &[("status", code("verified"))], &[]);
    let one = history.step((1, 100), ("verified", "arrived"), None, &[first]);
    let two = history.step((2, 110), ("verified", "refused"), None, &[first]);
    let states = |history: &History| {
        history.stays().into_iter().map(|(state, ..)| state).collect::<Vec<_>>()
    };
    assert_eq!(states(&history), ["verified", "arrived", "refused"]);
    history.set((1, 300), &[("status", code("refused"))], &[one, two]);
    assert_eq!(states(&history), ["verified", "refused"]);
}

#[test]
fn what_was_erased_was_never_there_and_a_clock_that_is_behind_reverses_nothing() {
    let mut history = History::default();
    let first = history.set((1, 1_000), &[("status", code("received"))], &[]);
    let second = history.step((2, 10), ("received", "verified"), None, &[first]);
    let states = |history: &History| {
        history.stays().into_iter().map(|(state, ..)| state).collect::<Vec<_>>()
    };
    assert_eq!(states(&history), ["received", "verified"]);
    history.add((1, 2_000), Act::Erase(Erasure { entries: vec![second], blobs: Vec::new() }));
    assert_eq!(states(&history), ["received", "verified"], "the step is still there");
    history.add((1, 3_000), Act::Erase(Erasure { entries: vec![first], blobs: Vec::new() }));
    assert_eq!(states(&history), ["verified"]);
}

#[test]
fn a_record_that_shows_no_state_stands_at_the_start() {
    let mut history = History::default();
    history.set((1, 10), &[("received_at", time(5))], &[]);
    assert_eq!(history.stays(), [stay("received", Known::Stamped, 5)]);
    let mut history = History::default();
    history.set((1, 10), &[("status", code("nonsense"))], &[]);
    assert_eq!(history.stays(), [stay("", Known::Unstamped, 10)]);
}

/// A day at the place begins an hour before that of universal time.
#[test]
fn a_day_is_when_the_step_was_made_on_it_and_its_end_where_that_was_filed_later() {
    let day = Value::Date("1970-01-02".parse().expect("a day"));
    let (begins, ends) = (82_800_000, 169_199_999);
    for (filed, at) in
        [(begins, begins), (100_000_000, 100_000_000), (200_000_000, ends), (5, begins)]
    {
        let mut history = History::default();
        let state = ("status", code("verified"));
        history.set((1, filed), &[state, ("verified_at", day.clone())], &[]);
        assert_eq!(history.stays(), [stay("verified", Known::Stamped, at)], "filed at {filed}");
    }
    let mut history = History::default();
    history.set((1, 5), &[("status", code("closed")), ("verified_at", day)], &[]);
    let told = stay("verified", Known::Told, ends);
    assert_eq!(history.stays(), [stay("closed", Known::Unstamped, 5), told]);
}
