//! Entries of several devices, in any order of arrival, batching and repetition: one state.

use std::collections::{BTreeMap, BTreeSet};

use journal::{
    Act, Attachment, Batch, Body, Comment, Content, Edit, Entry, Erasure, Happened, Head, Lane,
    Link, LogDescriptor, LogWriter, Member, Operation, RecordState, Transition, User,
};
use model::classification::Classification;
use model::id::{BlobId, EntryId, Name, RecordId};
use model::time::Timestamp;
use model::time::hybrid::HybridTime;
use model::value::Value;
use proptest::prelude::*;
use proptest::sample::select;
use store::{Admitted, Store, StoreError};

use crate::pack::{name, report};
use crate::reference::{assert_matches_journal, difference, fold, journal};
use crate::support::{NOW, TestStore, device, edit, everybody, operation, quiet, record};

const DEVICES: u8 = 3;
const LANES: [Lane; 2] = [Lane::Routine, Lane::Bulk];

/// One thing somebody does, as the dice give it.
#[derive(Clone, Debug)]
struct Step {
    device: u8,
    lane: Lane,
    record: u8,
    /// The device whose entries this one gets to know first.
    hears: Option<u8>,
    /// By how many milliseconds the author's clock is off; a tie is common, years are possible.
    skew: i64,
    deed: Deed,
}

#[derive(Clone, Debug)]
enum Deed {
    /// Sets fields; `blind` overwrites nothing, as one who has not seen the record.
    Set {
        fields: Vec<(&'static str, Option<Value>)>,
        blind: bool,
        batch: bool,
    },
    Seal {
        field: &'static str,
    },
    Delete,
    Restore,
    Step {
        to: &'static str,
    },
    Comment,
    Attach,
    Link,
    Remove,
    Erase {
        which: usize,
    },
    Batch,
    User {
        number: u32,
        disabled: bool,
    },
    /// Says that the record is in another register: a fault in some node's software.
    Elsewhere {
        register: &'static str,
    },
}

fn steps() -> impl Strategy<Value = Step> {
    let hears = prop::option::weighted(0.4, 0..DEVICES);
    let skew = prop_oneof![6 => 0..4_i64, 1 => Just(-90_000_000_000), 1 => Just(90_000_000_000)];
    (0..DEVICES, select(LANES.to_vec()), 0..4_u8, hears, skew, deeds()).prop_map(
        |(device, lane, record, hears, skew, deed)| Step {
            device,
            lane,
            record,
            hears,
            skew,
            deed,
        },
    )
}

fn deeds() -> impl Strategy<Value = Deed> {
    let fields = prop::collection::vec(field_value(), 1..4);
    prop_oneof![
        12 => (fields, prop::bool::weighted(0.3), any::<bool>())
            .prop_map(|(fields, blind, batch)| Deed::Set { fields, blind, batch }),
        1 => select(vec!["summary", "deaths"]).prop_map(|field| Deed::Seal { field }),
        3 => Just(Deed::Delete),
        2 => Just(Deed::Restore),
        2 => select(vec!["checked", "refuted"]).prop_map(|to| Deed::Step { to }),
        2 => Just(Deed::Comment),
        1 => Just(Deed::Attach),
        1 => Just(Deed::Link),
        1 => Just(Deed::Remove),
        1 => any::<usize>().prop_map(|which| Deed::Erase { which }),
        1 => Just(Deed::Batch),
        1 => (1..3_u32, any::<bool>()).prop_map(|(number, disabled)| Deed::User { number, disabled }),
        1 => select(vec!["post", "not-in-this-pack"]).prop_map(|register| Deed::Elsewhere { register }),
    ]
}

fn field_value() -> impl Strategy<Value = (&'static str, Option<Value>)> {
    let time = |day: i64| Value::Time(Timestamp::from_ms(1_514_764_800_000 + day * 86_400_000));
    let text = |text: &str| Value::Text(text.to_owned());
    let code = |code: &str| Value::Code(code.to_owned());
    let place = |units: i32| {
        let at = model::place::Position::from_units(units, 0).expect("on the earth");
        Value::Geometry(model::place::Geometry::Point(at))
    };
    let value = prop_oneof![
        (0..3_i64).prop_map(|n| ("deaths", Value::Integer(n))),
        (0..60_i64).prop_map(move |day| ("occurred_at", time(day))),
        select(vec!["ML0101", "ML0301"]).prop_map(move |area| ("admin2", text(area))),
        select(vec!["armed men", "quiet"]).prop_map(move |words| ("summary", text(words))),
        select(vec!["unclassified", "confidential"])
            .prop_map(move |level| ("classification", code(level))),
        select(vec![0, 30_000_000]).prop_map(move |units| ("place", place(units))),
        // A value of another type than the field's.
        Just(("injured", text("three"))),
    ];
    (value, prop::bool::weighted(0.9))
        .prop_map(|((field, value), given)| (field, given.then_some(value)))
}

/// An entry and the log it is in.
#[derive(Clone, Debug)]
struct Made {
    log: LogDescriptor,
    entry: Entry,
    operation: Operation,
}

/// The devices at work: what each wrote, and what each has heard of.
#[derive(Debug, Default)]
struct World {
    made: Vec<Made>,
    known: BTreeMap<u8, BTreeSet<usize>>,
}

impl World {
    fn after(steps: &[Step]) -> Self {
        let mut world = Self::default();
        for step in steps {
            world.take(step);
        }
        world
    }

    fn take(&mut self, step: &Step) {
        if let Some(other) = step.hears {
            let heard = self.known.get(&other).cloned().unwrap_or_default();
            self.known.entry(step.device).or_default().extend(heard);
        }
        let operation = self.operation(step);
        let signer = device(10 + step.device);
        let log = LogDescriptor {
            device: signer.device(),
            compartment: None,
            lane: step.lane,
            incarnation: 0,
        };
        let last = self.made.iter().rev().find(|made| made.log == log);
        let head = last
            .map(|made| Head { height: made.entry.header.sequence + 1, entry: made.entry.id() });
        let at = HybridTime::at(Timestamp::from_ms(NOW.as_ms() + step.skew));
        let body = operation.encode().expect("an operation within the limits");
        let mut writer = LogWriter::new(&signer, &log, head).expect("the device's log");
        let entry = writer.append(at, body).expect("an entry");
        self.known.entry(step.device).or_default().insert(self.made.len());
        self.made.push(Made { log, entry, operation });
    }

    fn operation(&self, step: &Step) -> Operation {
        let state = self.seen(step.device, record(step.record));
        let visible: Vec<EntryId> =
            state.fields.values().flatten().map(|seen| seen.entry).collect();
        let remarks = state.comments.iter().map(|seen| seen.entry).collect::<Vec<_>>();
        let act = match &step.deed {
            Deed::Set { fields, blind, .. } => set(fields, &state, *blind),
            Deed::Seal { field } => seal(field, &state),
            Deed::Delete => Act::Delete { overwrites: unique(visible) },
            Deed::Restore => {
                let deletions = state.deletions.iter().map(|seen| seen.entry);
                Act::Restore { overwrites: unique(deletions.collect()) }
            }
            Deed::Step { to } => transition(to, &state),
            Deed::Comment => Act::Comment(Comment {
                text: "seen".to_owned(),
                field: None,
                answers: None,
                overwrites: Vec::new(),
            }),
            Deed::Attach => attach(),
            Deed::Link => Act::Link(Link {
                relation: name("duplicate-of"),
                target: record(9),
                overwrites: Vec::new(),
            }),
            Deed::Remove => Act::Remove { overwrites: remarks },
            Deed::Erase { which } => self.erase(*which),
            Deed::Batch => batch(),
            Deed::User { number, disabled } => user(*number, *disabled),
            Deed::Elsewhere { register } => Act::Set {
                register: name(register),
                edits: vec![edit("name", Some(Value::Text("a post".to_owned())), &[])],
            },
        };
        let batch = matches!(step.deed, Deed::Set { batch: true, .. }).then(|| record(200));
        let about = match act {
            Act::Member(_) => None,
            Act::Batch(_) => Some(record(200)),
            _ => Some(record(step.record)),
        };
        Operation { record: about, batch, ..operation(record(0), act) }
    }

    /// What a device knows of a record.
    fn seen(&self, device: u8, about: RecordId) -> RecordState<'_> {
        let known = self.known.get(&device).into_iter().flatten();
        let known = known.filter_map(|at| self.made.get(*at));
        let about = known.filter(|made| {
            made.operation.record == Some(about) && !matches!(made.operation.act, Act::Batch(_))
        });
        journal::fold(about.map(|made| Happened {
            entry: made.entry.id(),
            log: made.log.id(),
            at: made.entry.header.at,
            operation: &made.operation,
        }))
    }

    fn erase(&self, which: usize) -> Act {
        let entry = self.made.get(which % self.made.len().max(1)).map(|made| made.entry.id());
        Act::Erase(Erasure { entries: entry.into_iter().collect(), blobs: Vec::new() })
    }

    fn logs(&self) -> BTreeMap<LogDescriptor, Vec<Entry>> {
        let mut logs: BTreeMap<LogDescriptor, Vec<Entry>> = BTreeMap::new();
        for made in &self.made {
            logs.entry(made.log.clone()).or_default().push(made.entry.clone());
        }
        logs
    }
}

fn set(fields: &[(&'static str, Option<Value>)], state: &RecordState<'_>, blind: bool) -> Act {
    let by_field: BTreeMap<&str, &Option<Value>> =
        fields.iter().map(|(field, value)| (*field, value)).collect();
    let edits = by_field.into_iter().map(|(field, value)| {
        let seen = if blind { Vec::new() } else { entries_of(state, field) };
        edit(field, value.clone(), &seen)
    });
    Act::Set { register: report(), edits: edits.collect() }
}

fn seal(field: &str, state: &RecordState<'_>) -> Act {
    let content = Content::Sealed { compartment: name("medical"), epoch: 1, bytes: vec![1, 2, 3] };
    let overwrites = entries_of(state, field);
    Act::Set { register: report(), edits: vec![Edit { field: name(field), content, overwrites }] }
}

fn transition(to: &str, state: &RecordState<'_>) -> Act {
    let workflow = name("verification");
    let seen = state.workflows.get(&workflow).into_iter().flatten().map(|seen| seen.entry);
    let overwrites = unique(seen.collect());
    Act::Transition(Transition { workflow, from: None, to: name(to), effective: None, overwrites })
}

fn attach() -> Act {
    Act::Attach(Attachment {
        blob: BlobId::from_bytes([3; 32]),
        bytes: 10,
        name: "photo.jpg".to_owned(),
        media_type: "image/jpeg".to_owned(),
        field: None,
        key: None,
        overwrites: Vec::new(),
    })
}

fn batch() -> Act {
    Act::Batch(Batch {
        register: report(),
        mapping: name("generic"),
        file_name: "events.csv".to_owned(),
        file_hash: [5; 32],
        rows: 2,
    })
}

fn user(number: u32, disabled: bool) -> Act {
    Act::Member(Member::User(User {
        number,
        name: format!("user{number}"),
        display: String::new(),
        roles: BTreeSet::new(),
        areas: BTreeSet::new(),
        compartments: BTreeSet::new(),
        clearance: Classification::Unclassified,
        disabled,
    }))
}

fn entries_of(state: &RecordState<'_>, field: &str) -> Vec<EntryId> {
    let seen = state.fields.get(&name(field)).into_iter().flatten();
    unique(seen.map(|seen| seen.entry).collect())
}

fn unique(entries: Vec<EntryId>) -> Vec<EntryId> {
    entries.into_iter().collect::<BTreeSet<_>>().into_iter().collect()
}

/// How entries come: which log goes on, by how many, how many are sent again, and whether the
/// transaction ends.
#[derive(Clone, Copy, Debug)]
struct Delivery {
    log: usize,
    more: usize,
    again: usize,
    commit: bool,
}

fn deliveries() -> impl Strategy<Value = Vec<Delivery>> {
    let delivery = (any::<usize>(), 1..6_usize, 0..4_usize, any::<bool>())
        .prop_map(|(log, more, again, commit)| Delivery { log, more, again, commit });
    prop::collection::vec(delivery, 1..40)
}

/// Takes the logs in as the deliveries say, and whatever is left at the end.
fn deliver(store: &mut Store, logs: &BTreeMap<LogDescriptor, Vec<Entry>>, how: &[Delivery]) {
    let signer = device(1);
    let mut reached: Vec<(&LogDescriptor, &[Entry], usize)> =
        logs.iter().map(|(log, entries)| (log, entries.as_slice(), 0)).collect();
    let mut how = how.iter().cycle();
    let mut writer = store.write(&signer, 0, NOW).expect("a transaction");
    while let Some(Delivery { log, more, again, commit }) = how.next().copied() {
        let open: Vec<usize> =
            (0..reached.len()).filter(|at| reached[*at].2 < reached[*at].1.len()).collect();
        if open.is_empty() {
            break;
        }
        let (descriptor, entries, done) = &mut reached[open[log % open.len()]];
        let (from, to) = (done.saturating_sub(again), (*done + more).min(entries.len()));
        let admitted = writer.admit(descriptor, &entries[from..to]).expect("good entries");
        assert_eq!(admitted, Admitted { new: to - *done, known: *done - from });
        *done = to;
        if commit {
            writer.commit().expect("committed");
            writer = store.write(&signer, 0, NOW).expect("a transaction");
        }
    }
    writer.commit().expect("committed");
}

fn hash(store: &Store) -> [u8; 32] {
    store.state_hash().expect("a hash")
}

/// The conflicting fields of every record, and how many of each are counted.
fn conflicts(store: &Store) -> Vec<(RecordId, Vec<Name>)> {
    let viewer = everybody();
    let open = (0..4_u8).filter_map(|number| {
        let whole = store.record(&viewer, &report(), &record(number)).expect("read")?;
        let names = whole.state().conflicts().cloned().collect();
        Some((record(number), names))
    });
    open.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_order_batching_and_repetition_of_arrival_gives_one_state(
        steps in prop::collection::vec(steps(), 1..40),
        one in deliveries(),
        other in deliveries(),
    ) {
        let logs = World::after(&steps).logs();
        let (mut first, mut second) = (TestStore::new(), TestStore::new());
        deliver(&mut first.store, &logs, &one);
        deliver(&mut second.store, &logs, &other);
        prop_assert_eq!(difference(&first.store), None);
        prop_assert_eq!(difference(&second.store), None);
        prop_assert_eq!(hash(&first.store), hash(&second.store));
        prop_assert_eq!(conflicts(&first.store), conflicts(&second.store));
        prop_assert_eq!(first.store.ground().accounts().expect("read"), second.store.ground().accounts().expect("read"));
        prop_assert_eq!(first.store.ground().batches().expect("read"), second.store.ground().batches().expect("read"));
        let incremental = hash(&first.store);
        prop_assert!(first.store.rebuild(&mut quiet).is_ok());
        prop_assert_eq!(hash(&first.store), incremental);
        let check = second.store.verify(&mut quiet).expect("verified");
        prop_assert!(check.damage.is_empty());
        prop_assert_eq!(check.good, steps.len() as u64);
    }

    #[test]
    fn a_record_shows_all_of_its_entries_and_what_they_make_of_it(
        steps in prop::collection::vec(steps(), 1..25),
        how in deliveries(),
    ) {
        let mut test = TestStore::new();
        deliver(&mut test.store, &World::after(&steps).logs(), &how);
        let entries = journal(&test.store);
        for number in 0..4 {
            let expected = fold(&entries, record(number));
            let whole = test.store.record(&everybody(), &report(), &record(number)).expect("read");
            let in_report = expected.register == Some(&report());
            prop_assert_eq!(whole.is_some(), in_report);
            if let Some(whole) = whole {
                prop_assert_eq!(whole.deleted, expected.deleted);
                prop_assert_eq!(whole.state(), expected);
            }
        }
    }

    #[test]
    fn what_one_node_writes_is_the_same_on_another(steps in prop::collection::vec(steps(), 1..25)) {
        let world = World::after(&steps);
        let (mut author, mut reader) = (TestStore::new(), TestStore::new());
        for made in &world.made {
            let mut writer = author.store.write(&author.signer, 0, NOW).expect("a transaction");
            writer.append(made.log.lane, None, &made.operation).expect("an entry");
            writer.commit().expect("committed");
        }
        let mut logs: BTreeMap<LogDescriptor, Vec<Entry>> = BTreeMap::new();
        for (log, head) in author.store.heads().expect("heads") {
            let entries = logs.entry(log.clone()).or_default();
            author.store.log_entries::<StoreError>(&log, &mut |entry| {
                entries.push(entry);
                Ok(())
            }).expect("a log");
            prop_assert_eq!(entries.len() as u64, head.height);
        }
        deliver(&mut reader.store, &logs, &[Delivery { log: 0, more: 100, again: 0, commit: true }]);
        prop_assert_eq!(hash(&author.store), hash(&reader.store));
    }
}

/// Two entries of one device on one record.
fn two_entries() -> (LogDescriptor, Vec<Entry>) {
    let deed =
        Deed::Set { fields: vec![("deaths", Some(Value::Integer(1)))], blind: false, batch: false };
    let step = Step { device: 0, lane: Lane::Routine, record: 0, hears: None, skew: 0, deed };
    let world = World::after(&[step.clone(), step]);
    world.logs().into_iter().next().expect("a log")
}

fn admit(test: &mut TestStore, log: &LogDescriptor, entries: &[Entry]) -> Result<(), StoreError> {
    let signer = device(1);
    let mut writer = test.store.write(&signer, 0, NOW)?;
    writer.admit(log, entries)?;
    writer.commit()
}

#[test]
fn an_entry_that_leaves_a_gap_is_refused_and_nothing_of_its_batch_is_kept() {
    let (log, entries) = two_entries();
    let mut test = TestStore::new();
    let before = hash(&test.store);
    let refused = admit(&mut test, &log, &entries[1..]);
    assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
    let mut forged = entries.clone();
    forged[1].signature[5] ^= 1;
    let refused = admit(&mut test, &log, &forged);
    assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
    assert_eq!(hash(&test.store), before);
    assert_eq!(test.store.entry_count().expect("a count"), 0);
    admit(&mut test, &log, &entries).expect("the good ones are taken");
}

#[test]
fn a_second_entry_in_a_place_that_is_taken_is_a_fork() {
    let (log, entries) = two_entries();
    let mut test = TestStore::new();
    admit(&mut test, &log, &entries).expect("taken");
    let mut other = World::default();
    let deed = Deed::Comment;
    let step = Step { device: 0, lane: Lane::Routine, record: 1, hears: None, skew: 9, deed };
    other.take(&step);
    let (log, fork) = other.logs().into_iter().next().expect("a log");
    let refused = admit(&mut test, &log, &fork);
    assert!(matches!(refused, Err(StoreError::Forked(_))), "{refused:?}");
}

#[test]
fn an_erased_body_is_taken_and_keeps_its_place_in_the_chain() {
    let (log, mut entries) = two_entries();
    entries[0].body = Body::Erased;
    let mut test = TestStore::new();
    admit(&mut test, &log, &entries).expect("taken");
    let check = test.store.verify(&mut quiet).expect("verified");
    assert_eq!((check.good, check.damage.len()), (2, 0));
    let mut back = Vec::new();
    test.store
        .log_entries::<StoreError>(&log, &mut |entry| {
            back.push(entry);
            Ok(())
        })
        .expect("a log");
    assert_eq!(back, entries);
    assert_matches_journal(&test.store);
}
