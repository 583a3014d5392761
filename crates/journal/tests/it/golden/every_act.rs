//! Operations for the golden files.

use std::collections::BTreeSet;

use journal::{
    Act, Admission, Attachment, Batch, Comment, CompartmentKey, Content, Edit, Erasure, Head, Lane,
    Link, Locked, LogDescriptor, Member, Operation, Pack, PackFile, Revocation, Signer, Transition,
    User,
};
use model::classification::Classification;
use model::id::{BlobId, EntryId, LogId, Name, RecordId};
use model::place::{Geometry, LATITUDE_MAX, LONGITUDE_MAX, Polygon, Position, Ring};
use model::rows::Row;
use model::time::{Date, Timestamp};
use model::value::Value;

use crate::sample::{descriptor, edit, log, name, operation, reports, set, signer};

/// A kind no release has given out.
pub(crate) const UNKNOWN_KIND: u64 = 4_711;

/// Three people died; the next report says five and names the first.
pub(crate) fn report_and_correction(signer: &Signer) -> Vec<Operation> {
    let report = set(vec![edit("deaths_best", Value::Integer(3), &[])]);
    let first = log(signer, &descriptor(signer), std::slice::from_ref(&report))[0].id();
    let correction = Operation {
        reason: Some("hospital list".to_owned()),
        ..set(vec![edit("deaths_best", Value::Integer(5), &[first])])
    };
    vec![report, correction]
}

/// One operation or more of each kind.
pub(crate) fn operations() -> Vec<Operation> {
    let mut operations = vec![
        set(every_value()),
        everything_around(set(vec![edit(
            "summary",
            Value::Text("Gao, « marché »".to_owned()),
            &[entry(9), entry(3)],
        )])),
        operation(Act::Delete { overwrites: vec![entry(4), entry(3)] }),
        operation(Act::Restore { overwrites: vec![entry(5)] }),
    ];
    operations.extend(acts_on_a_record().into_iter().map(operation));
    operations.extend(
        acts_on_the_mission().into_iter().map(|act| Operation { record: None, ..operation(act) }),
    );
    operations
}

fn every_value() -> Vec<Edit> {
    let plain = [
        ("text", Value::Text("Tessalit".to_owned())),
        ("integer_low", Value::Integer(i64::MIN)),
        ("integer_high", Value::Integer(i64::MAX)),
        ("decimal", Value::Decimal("-12.50".parse().expect("in range"))),
        ("decimal_whole", Value::Decimal("700".parse().expect("in range"))),
        ("boolean", Value::Boolean(true)),
        ("date", Value::Date(Date::from_days(17_591))),
        ("date_before", Value::Date(Date::from_days(-1))),
        ("time", Value::Time(Timestamp::from_ms(1_519_905_600_250))),
        ("code", Value::Code("AC-CLASH".to_owned())),
        ("codes", Value::Codes(["a", "b", "c"].map(str::to_owned).into())),
        ("point", Value::Geometry(Geometry::Point(at(-447_000, 162_717_000)))),
        ("corner", Value::Geometry(Geometry::Point(at(-LONGITUDE_MAX, LATITUDE_MAX)))),
        ("line", Value::Geometry(Geometry::Line(vec![at(10, 10), at(25, -300), at(25, -300)]))),
        ("area", Value::Geometry(area())),
        ("record", Value::Record(RecordId::from_bytes([0x11; 16]))),
        ("blob", Value::Blob(BlobId::from_bytes([0x22; 32]))),
    ];
    let sealed = Content::Sealed {
        compartment: name("crsv-survivor"),
        epoch: 2,
        bytes: vec![0xde, 0xad, 0xbe, 0xef],
    };
    let more = [("cleared", Content::Plain(None)), ("sealed", sealed)];
    let plain = plain.into_iter().map(|(field, value)| edit(field, value, &[]));
    let more = more
        .into_iter()
        .map(|(field, content)| Edit { content, ..edit(field, Value::Boolean(false), &[]) });
    let mut edits: Vec<Edit> = plain.chain(more).collect();
    edits.sort_by(|a, b| a.field.cmp(&b.field));
    edits
}

/// Rows that somebody set, and rows that somebody set again.
pub(crate) fn rows() -> Vec<Operation> {
    let row = |values: &[(&str, Value)]| -> Row {
        values.iter().map(|(column, value)| (name(column), value.clone())).collect()
    };
    let injuries = |part: &str| row(&[("part", Value::Code(part.to_owned()))]);
    let people = Value::Rows(vec![
        row(&[
            ("age", Value::Integer(12)),
            ("name", Value::Text("Aïcha".to_owned())),
            ("injuries", Value::Rows(vec![injuries("head"), injuries("leg")])),
        ]),
        Row::new(),
        row(&[(
            "kin",
            Value::Rows(vec![row(&[("met", Value::Rows(vec![row(&[("at", tessalit())])]))])]),
        )]),
    ]);
    let every = Value::Rows(vec![every_value().into_iter().filter_map(plain).collect()]);
    vec![
        set(vec![edit("every", every, &[]), edit("none", Value::Rows(vec![]), &[])]),
        set(vec![edit("people", people, &[entry(6)])]),
    ]
}

fn plain(edit: Edit) -> Option<(Name, Value)> {
    match edit.content {
        Content::Plain(Some(value)) => Some((edit.field, value)),
        _ => None,
    }
}

fn tessalit() -> Value {
    Value::Geometry(Geometry::Point(at(-447_000, 162_717_000)))
}

/// Two polygons, the first with a hole.
fn area() -> Geometry {
    let square = |corner: i32, side: i32| {
        let far = corner + side;
        let corners =
            [(corner, corner), (far, corner), (far, far), (corner, far), (corner, corner)];
        Ring::new(corners.map(|(lon, lat)| at(lon, lat)).to_vec()).expect("in range")
    };
    let with_hole = Polygon { outer: square(0, 1_000), holes: vec![square(100, 50)] };
    Geometry::Area(vec![with_hole, Polygon { outer: square(-5_000, 10), holes: vec![] }])
}

fn everything_around(operation: Operation) -> Operation {
    Operation {
        user: u32::MAX,
        schema: 300,
        epoch: 70_000,
        batch: Some(RecordId::from_bytes([0x33; 16])),
        reason: Some("second source".to_owned()),
        proof: Some(vec![1, 2, 3]),
        ..operation
    }
}

fn acts_on_a_record() -> Vec<Act> {
    vec![
        Act::Transition(Transition {
            workflow: name("verification"),
            from: Some(name("reported")),
            to: name("confirmed"),
            effective: Some(Timestamp::from_ms(-1)),
            overwrites: vec![entry(6)],
        }),
        Act::Comment(Comment {
            text: "Seen by the patrol.".to_owned(),
            field: Some(name("deaths_best")),
            answers: Some(entry(8)),
            overwrites: vec![entry(7)],
        }),
        Act::Attach(Attachment {
            blob: BlobId::from_bytes([0x44; 32]),
            bytes: 1_234_567,
            name: "pont.jpg".to_owned(),
            media_type: "image/jpeg".to_owned(),
            field: Some(name("photo")),
            key: Some(vec![5; 48]),
            overwrites: vec![],
        }),
        Act::Link(Link {
            relation: name("duplicate-of"),
            target: RecordId::from_bytes([0x55; 16]),
            overwrites: vec![],
        }),
        Act::Remove { overwrites: vec![entry(7), entry(8)] },
        Act::Erase(Erasure {
            entries: vec![entry(1), entry(2)],
            blobs: vec![BlobId::from_bytes([0x44; 32])],
        }),
        Act::Batch(Batch {
            register: name("incident"),
            mapping: name("ucdp"),
            file_name: "GEDEvent_v24_1.csv".to_owned(),
            file_hash: [0x66; 32],
            rows: 735,
        }),
        Act::Locked(Locked { nonce: [0x77; 24], bytes: vec![9; 30] }),
        Act::Unknown {
            kind: UNKNOWN_KIND,
            references: vec![entry(1)],
            bytes: vec![0x82, 0x00, 0xa1, 0x01, 0xf6],
        },
    ]
}

fn acts_on_the_mission() -> Vec<Act> {
    let file = |path: &str, bytes| PackFile {
        path: path.to_owned(),
        blob: BlobId::from_bytes([0x88; 32]),
        bytes,
    };
    let pack = Pack {
        name: name("minusma"),
        version: "1".to_owned(),
        hash: [0x99; 32],
        files: vec![file("pack.toml", 812), file("roles.toml", 4_096)],
    };
    let members = [
        Member::Admit(Admission {
            device: signer(1).device(),
            label: "TS-14".to_owned(),
            compartments: BTreeSet::from([name("crsv-survivor")]),
            until: Some(Timestamp::from_ms(1_522_497_600_000)),
        }),
        revocation(),
        user(),
        Member::Log(LogDescriptor { lane: Lane::Bulk, incarnation: 1, ..descriptor(&signer(1)) }),
        Member::Compartment(CompartmentKey {
            compartment: name("crsv-survivor"),
            epoch: 2,
            public_key: vec![0xaa; 40],
            recipients: vec![(3, vec![0xbb; 8]), (12, vec![0xcc; 8])],
        }),
    ];
    [Act::Pack(pack)].into_iter().chain(members.map(Act::Member)).collect()
}

fn revocation() -> Member {
    let head = |height| Head { height, entry: entry(1) };
    let believed =
        vec![(LogId::from_bytes([1; 16]), head(12)), (LogId::from_bytes([2; 16]), head(1))];
    Member::Revoke(Revocation { device: signer(1).device(), believed })
}

fn user() -> Member {
    Member::User(User {
        number: 12,
        name: "a.diallo".to_owned(),
        display: "Aïssata Diallo".to_owned(),
        roles: BTreeSet::from([name("analyst"), name("joc-watch-officer")]),
        areas: BTreeSet::from(["ML07".to_owned()]),
        compartments: BTreeSet::new(),
        clearance: Classification::Confidential,
        disabled: false,
    })
}

/// The id of an entry elsewhere.
fn entry(number: i64) -> EntryId {
    let signer = signer(9);
    let count = usize::try_from(number).expect("in range");
    log(&signer, &descriptor(&signer), &reports(number))[count - 1].id()
}

fn at(lon: i32, lat: i32) -> Position {
    Position::from_units(lon, lat).expect("in range")
}
