//! Several devices at work on a few records, as the dice give it: each writes what one who has seen
//! so much and no more would write.

use std::collections::{BTreeMap, BTreeSet};

use journal::{
    Act, Attachment, Batch, Comment, Content, Edit, Entry, Erasure, Happened, Head, Lane, Link,
    LogDescriptor, LogWriter, Member, Operation, RecordState, Transition, User,
};
use model::classification::Classification;
use model::id::{BlobId, EntryId, RecordId};
use model::time::Timestamp;
use model::time::hybrid::HybridTime;
use model::value::Value;
use proptest::prelude::*;
use proptest::sample::select;

use crate::pack::{name, report};
use crate::support::{NOW, device, edit, operation, record};

const DEVICES: u8 = 3;
const LANES: [Lane; 2] = [Lane::Routine, Lane::Bulk];

/// One thing somebody does, as the dice give it.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) device: u8,
    pub(crate) lane: Lane,
    pub(crate) record: u8,
    /// The device whose entries this one gets to know first.
    pub(crate) hears: Option<u8>,
    /// By how many milliseconds the author's clock is off; a tie is common, years are possible.
    pub(crate) skew: i64,
    pub(crate) deed: Deed,
}

#[derive(Clone, Debug)]
pub(crate) enum Deed {
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
    /// Merges the record into another, having seen what the device knows of it.
    Join {
        into: u8,
    },
    /// Takes the record's merges back.
    Part,
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

pub(crate) fn steps() -> impl Strategy<Value = Step> {
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
        2 => select(vec!["killing", "other"]).prop_map(|to| Deed::Step { to }),
        2 => Just(Deed::Comment),
        1 => Just(Deed::Attach),
        1 => Just(Deed::Link),
        3 => (0..4_u8).prop_map(|into| Deed::Join { into }),
        1 => Just(Deed::Part),
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
        (0..60_i64).prop_map(move |day| ("reported_at", time(day))),
        select(vec!["clash", "killing", "other"]).prop_map(move |kind| ("kind", code(kind))),
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
pub(crate) struct Made {
    pub(crate) log: LogDescriptor,
    pub(crate) entry: Entry,
    pub(crate) operation: Operation,
}

/// The devices at work: what each wrote, and what each has heard of.
#[derive(Debug, Default)]
pub(crate) struct World {
    pub(crate) made: Vec<Made>,
    known: BTreeMap<u8, BTreeSet<usize>>,
}

impl World {
    pub(crate) fn after(steps: &[Step]) -> Self {
        let mut world = Self::default();
        for step in steps {
            world.take(step);
        }
        world
    }

    pub(crate) fn take(&mut self, step: &Step) {
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
            Deed::Join { into } => join(*into, &state),
            Deed::Part => {
                let links = state.links.iter().map(|seen| seen.entry);
                Act::Remove { overwrites: unique(links.collect()) }
            }
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

    pub(crate) fn logs(&self) -> BTreeMap<LogDescriptor, Vec<Entry>> {
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

fn join(into: u8, state: &RecordState<'_>) -> Act {
    let values = state.fields.values().flatten().map(|seen| seen.entry);
    let steps = state.workflows.values().flatten().map(|seen| seen.entry);
    let links = state.links.iter().map(|seen| seen.entry);
    let overwrites = unique(values.chain(steps).chain(links).collect());
    Act::Link(Link { relation: name("merged-into"), target: record(into), overwrites })
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
