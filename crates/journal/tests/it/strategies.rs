//! Operations of every kind with values of every type, for property tests.

use std::collections::BTreeSet;

use journal::{
    Act, Admission, Attachment, Batch, Comment, CompartmentKey, Content, Edit, Erasure, Head, Lane,
    Link, Locked, LogDescriptor, Member, Operation, Pack, PackFile, Revocation, Transition, User,
};
use model::classification::Classification;
use model::decimal::Decimal;
use model::id::{BlobId, DeviceKey, EntryId, LogId, Name, RecordId};
use model::place::{Geometry, LATITUDE_MAX, LONGITUDE_MAX, Polygon, Position, Ring};
use model::time::{Date, Timestamp};
use model::value::Value;
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;

/// Any operation, its lists in the order in which they are written.
pub(crate) fn operation() -> impl Strategy<Value = Operation> {
    let who = (option::of(record()), any::<u32>(), any::<u32>(), any::<u32>());
    let why = (option::of(record()), option::of(text()), option::of(vec(any::<u8>(), 0..40)));
    (who, why, act()).prop_map(|((record, user, schema, epoch), (batch, reason, proof), act)| {
        Operation { record, user, schema, epoch, batch, reason, proof, act }
    })
}

/// Any value a field can hold, rows three deep at most.
pub(crate) fn value() -> impl Strategy<Value = Value> {
    single().prop_recursive(3, 12, 3, |inner| {
        vec(btree_map(name(), inner, 0..3), 0..3).prop_map(Value::Rows)
    })
}

fn single() -> impl Strategy<Value = Value> {
    prop_oneof![
        text().prop_map(Value::Text),
        any::<i64>().prop_map(Value::Integer),
        (any::<i64>(), 0_u8..=18).prop_map(|(mantissa, scale)| Value::Decimal(
            Decimal::new(mantissa, scale).expect("in range")
        )),
        any::<bool>().prop_map(Value::Boolean),
        any::<i32>().prop_map(|days| Value::Date(Date::from_days(days))),
        time().prop_map(Value::Time),
        text().prop_map(Value::Code),
        btree_set(text(), 0..4).prop_map(Value::Codes),
        geometry().prop_map(Value::Geometry),
        record().prop_map(Value::Record),
        blob().prop_map(Value::Blob),
    ]
}

/// Any log.
pub(crate) fn descriptor() -> impl Strategy<Value = LogDescriptor> {
    let lane = prop::sample::select(Lane::ALL.to_vec());
    (device(), option::of(name()), lane, any::<u32>()).prop_map(
        |(device, compartment, lane, incarnation)| LogDescriptor {
            device,
            compartment,
            lane,
            incarnation,
        },
    )
}

/// Any entry id.
pub(crate) fn entry() -> impl Strategy<Value = EntryId> {
    any::<[u8; 32]>().prop_map(EntryId::from_bytes)
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (name(), edits()).prop_map(|(register, edits)| Act::Set { register, edits }),
        entries().prop_map(|overwrites| Act::Delete { overwrites }),
        entries().prop_map(|overwrites| Act::Restore { overwrites }),
        transition().prop_map(Act::Transition),
        (text(), option::of(name()), option::of(entry()), entries()).prop_map(
            |(text, field, answers, overwrites)| Act::Comment(Comment {
                text,
                field,
                answers,
                overwrites
            })
        ),
        attachment().prop_map(Act::Attach),
        (name(), record(), entries()).prop_map(|(relation, target, overwrites)| Act::Link(Link {
            relation,
            target,
            overwrites
        })),
        entries().prop_map(|overwrites| Act::Remove { overwrites }),
        (entries(), btree_set(blob(), 0..3)).prop_map(|(entries, blobs)| Act::Erase(Erasure {
            entries,
            blobs: blobs.into_iter().collect()
        })),
        (name(), name(), text(), any::<[u8; 32]>(), any::<u64>()).prop_map(
            |(register, mapping, file_name, file_hash, rows)| Act::Batch(Batch {
                register,
                mapping,
                file_name,
                file_hash,
                rows
            })
        ),
        pack().prop_map(Act::Pack),
        (any::<[u8; 24]>(), vec(any::<u8>(), 0..60))
            .prop_map(|(nonce, bytes)| Act::Locked(Locked { nonce, bytes })),
        member().prop_map(Act::Member),
        unknown(),
    ]
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    btree_map(name(), (content(), entries()), 0..6).prop_map(|edits| {
        let edit = |(field, (content, overwrites))| Edit { field, content, overwrites };
        edits.into_iter().map(edit).collect()
    })
}

fn content() -> impl Strategy<Value = Content> {
    prop_oneof![
        4 => option::of(value()).prop_map(Content::Plain),
        1 => (name(), any::<u32>(), vec(any::<u8>(), 0..60))
            .prop_map(|(compartment, epoch, bytes)| Content::Sealed { compartment, epoch, bytes }),
    ]
}

fn transition() -> impl Strategy<Value = Transition> {
    (name(), option::of(name()), name(), option::of(time()), entries()).prop_map(
        |(workflow, from, to, effective, overwrites)| Transition {
            workflow,
            from,
            to,
            effective,
            overwrites,
        },
    )
}

fn attachment() -> impl Strategy<Value = Attachment> {
    let content = (blob(), any::<u64>(), text(), text());
    (content, option::of(name()), option::of(vec(any::<u8>(), 0..80)), entries()).prop_map(
        |((blob, bytes, name, media_type), field, key, overwrites)| Attachment {
            blob,
            bytes,
            name,
            media_type,
            field,
            key,
            overwrites,
        },
    )
}

fn pack() -> impl Strategy<Value = Pack> {
    let files = btree_map(text(), (blob(), any::<u64>()), 0..4).prop_map(|files| {
        files.into_iter().map(|(path, (blob, bytes))| PackFile { path, blob, bytes }).collect()
    });
    (name(), text(), any::<[u8; 32]>(), files).prop_map(|(name, version, hash, files)| Pack {
        name,
        version,
        hash,
        files,
    })
}

fn member() -> impl Strategy<Value = Member> {
    let head = (any::<u64>(), entry()).prop_map(|(height, entry)| Head { height, entry });
    let log = any::<[u8; 16]>().prop_map(LogId::from_bytes);
    let believed = btree_map(log, head, 0..3).prop_map(|heads| heads.into_iter().collect());
    let recipients = btree_map(any::<u32>(), vec(any::<u8>(), 0..60), 0..3);
    let key = (name(), any::<u32>(), vec(any::<u8>(), 0..60), recipients);
    prop_oneof![
        (device(), text(), names(), option::of(time())).prop_map(
            |(device, label, compartments, until)| Member::Admit(Admission {
                device,
                label,
                compartments,
                until
            })
        ),
        (device(), believed)
            .prop_map(|(device, believed)| Member::Revoke(Revocation { device, believed })),
        user().prop_map(Member::User),
        descriptor().prop_map(Member::Log),
        key.prop_map(|(compartment, epoch, public_key, recipients)| {
            let recipients = recipients.into_iter().collect();
            Member::Compartment(CompartmentKey { compartment, epoch, public_key, recipients })
        }),
    ]
}

fn user() -> impl Strategy<Value = User> {
    let clearance = prop::sample::select(Classification::ALL.to_vec());
    let areas = btree_set(text(), 0..3);
    ((any::<u32>(), text(), text()), (names(), areas, names()), clearance, any::<bool>()).prop_map(
        |((number, name, display), (roles, areas, compartments), clearance, disabled)| User {
            number,
            name,
            display,
            roles,
            areas,
            compartments,
            clearance,
            disabled,
        },
    )
}

/// A kind no release has given out yet, with a small canonical payload.
fn unknown() -> impl Strategy<Value = Act> {
    let payload = prop::sample::select(vec![
        vec![0x80],
        vec![0x82, 0x01, 0x61, b'a'],
        vec![0xa1, 0x05, 0xf6],
        vec![0xd8, 0x64, 0x20],
    ]);
    (1000_u64.., entries(), payload).prop_map(|(kind, references, bytes)| Act::Unknown {
        kind,
        references,
        bytes,
    })
}

fn geometry() -> impl Strategy<Value = Geometry> {
    prop_oneof![
        position().prop_map(Geometry::Point),
        vec(position(), 2..6).prop_map(Geometry::Line),
        vec(polygon(), 1..3).prop_map(Geometry::Area),
    ]
}

fn polygon() -> impl Strategy<Value = Polygon> {
    (ring(), vec(ring(), 0..2)).prop_map(|(outer, holes)| Polygon { outer, holes })
}

fn ring() -> impl Strategy<Value = Ring> {
    vec(position(), 3..6).prop_map(|mut positions| {
        positions.push(positions[0]);
        Ring::new(positions).expect("in range")
    })
}

fn position() -> impl Strategy<Value = Position> {
    (-LONGITUDE_MAX..=LONGITUDE_MAX, -LATITUDE_MAX..=LATITUDE_MAX)
        .prop_map(|(lon, lat)| Position::from_units(lon, lat).expect("in range"))
}

fn entries() -> impl Strategy<Value = Vec<EntryId>> {
    btree_set(entry(), 0..4).prop_map(|entries| entries.into_iter().collect())
}

fn names() -> impl Strategy<Value = BTreeSet<Name>> {
    btree_set(name(), 0..3)
}

fn name() -> impl Strategy<Value = Name> {
    "[a-z][a-z0-9_-]{0,12}".prop_map(|text| Name::new(&text).expect("in range"))
}

fn text() -> impl Strategy<Value = String> {
    "\\PC{0,12}"
}

fn time() -> impl Strategy<Value = Timestamp> {
    any::<i64>().prop_map(Timestamp::from_ms)
}

fn record() -> impl Strategy<Value = RecordId> {
    any::<[u8; 16]>().prop_map(RecordId::from_bytes)
}

fn blob() -> impl Strategy<Value = BlobId> {
    any::<[u8; 32]>().prop_map(BlobId::from_bytes)
}

fn device() -> impl Strategy<Value = DeviceKey> {
    any::<[u8; 32]>().prop_map(DeviceKey::from_bytes)
}
