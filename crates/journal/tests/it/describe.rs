//! The story a log tells, from our own types: what `independent` tells from the bytes.

use std::fmt::Display;

use journal::{
    Act, Attachment, Body, Comment, CompartmentKey, Content, Edit, Entry, LogDescriptor, Member,
    Operation, Pack, Transition, User,
};
use model::id::{EntryId, Name};
use model::place::{Geometry, Position};
use model::rows::Row;
use model::time::Timestamp;
use model::value::Value;

use crate::sample::hex;

/// Tells what a log says.
pub(crate) fn story(descriptor: &LogDescriptor, entries: &[Entry]) -> String {
    let mut told = vec![
        format!("log {}", descriptor.id()),
        format!(
            "device {} compartment {} lane {} incarnation {}",
            descriptor.device,
            or_none(descriptor.compartment.as_ref()),
            descriptor.lane.number(),
            descriptor.incarnation
        ),
    ];
    for entry in entries {
        let header = &entry.header;
        told.push(format!("entry {} {} at {}", header.sequence, entry.id(), header.at.as_bits()));
        match &entry.body {
            Body::Erased => {
                told.push(format!("  erased {} bytes {}", header.body_len, hex(&header.body_hash)));
            }
            Body::Present(body) => told.extend(operation(body)),
        }
    }
    told.push(String::new());
    told.join("\n")
}

fn operation(body: &[u8]) -> Vec<String> {
    let operation = Operation::decode(body).expect("a good body");
    let Operation { record, user, schema, epoch, batch, reason, proof, act } = &operation;
    let part = |word: &str, part: Option<String>| {
        part.map_or(String::new(), |part| format!(" {word} {part}"))
    };
    let record = part("record", record.map(|id| hex(id.as_bytes())));
    let batch = part("batch", batch.map(|id| hex(id.as_bytes())));
    let reason = part("reason", reason.as_ref().map(|text| format!("{text:?}")));
    let proof = part("proof", proof.as_ref().map(|bytes| hex(bytes)));
    let kind = kind(act);
    let head = format!(
        "  kind {kind}{record} user {user} schema {schema} epoch {epoch}{batch}{reason}{proof}"
    );
    [head].into_iter().chain(lines(act).iter().map(|line| format!("    {line}"))).collect()
}

fn kind(act: &Act) -> u64 {
    match act {
        Act::Set { .. } => 1,
        Act::Delete { .. } => 2,
        Act::Restore { .. } => 3,
        Act::Transition(_) => 4,
        Act::Comment(_) => 5,
        Act::Attach(_) => 6,
        Act::Link(_) => 7,
        Act::Remove { .. } => 8,
        Act::Erase(_) => 9,
        Act::Batch(_) => 10,
        Act::Pack(_) => 11,
        Act::Locked(_) => 12,
        Act::Member(Member::Admit(_)) => 16,
        Act::Member(Member::Revoke(_)) => 17,
        Act::Member(Member::User(_)) => 18,
        Act::Member(Member::Log(_)) => 19,
        Act::Member(Member::Compartment(_)) => 20,
        Act::Unknown { kind, .. } => *kind,
    }
}

fn lines(act: &Act) -> Vec<String> {
    match act {
        Act::Set { register, edits } => {
            [format!("set {register}")].into_iter().chain(edits.iter().map(edit)).collect()
        }
        Act::Pack(pack) => pack_lines(pack),
        other => vec![line(other)],
    }
}

fn line(act: &Act) -> String {
    match act {
        Act::Delete { overwrites } => format!("delete{}", over(overwrites)),
        Act::Restore { overwrites } => format!("restore{}", over(overwrites)),
        Act::Remove { overwrites } => format!("remove{}", over(overwrites)),
        Act::Transition(step) => transition(step),
        Act::Comment(said) => comment(said),
        Act::Attach(file) => attachment(file),
        Act::Link(link) => {
            format!(
                "link {} {}{}",
                link.relation,
                hex(link.target.as_bytes()),
                over(&link.overwrites)
            )
        }
        Act::Erase(erasure) => {
            format!("erase{} blobs [{}]", over(&erasure.entries), words(&erasure.blobs))
        }
        Act::Batch(batch) => format!(
            "batch {} by {} from {:?} {} of {} rows",
            batch.register,
            batch.mapping,
            batch.file_name,
            hex(&batch.file_hash),
            batch.rows
        ),
        Act::Locked(locked) => format!("locked {} {}", hex(&locked.nonce), hex(&locked.bytes)),
        Act::Member(change) => member(change),
        Act::Unknown { references, .. } => format!("unknown, refers to [{}]", words(references)),
        Act::Set { .. } | Act::Pack(_) => unreachable!("they take more than a line"),
    }
}

fn edit(edit: &Edit) -> String {
    format!("  {} = {}{}", edit.field, content(&edit.content), over(&edit.overwrites))
}

fn transition(step: &Transition) -> String {
    format!(
        "move {} from {} to {} effective {}{}",
        step.workflow,
        or_none(step.from.as_ref()),
        step.to,
        or_none(step.effective.map(Timestamp::as_ms)),
        over(&step.overwrites)
    )
}

fn comment(comment: &Comment) -> String {
    format!(
        "comment {:?} field {} answers {}{}",
        comment.text,
        or_none(comment.field.as_ref()),
        or_none(comment.answers),
        over(&comment.overwrites)
    )
}

fn attachment(file: &Attachment) -> String {
    format!(
        "attach {} of {} bytes {:?} {:?} field {} key {}{}",
        file.blob,
        file.bytes,
        file.name,
        file.media_type,
        or_none(file.field.as_ref()),
        or_none(file.key.as_ref().map(|key| hex(key))),
        over(&file.overwrites)
    )
}

fn pack_lines(pack: &Pack) -> Vec<String> {
    let head = format!("pack {} {:?} {}", pack.name, pack.version, hex(&pack.hash));
    let file = |file: &journal::PackFile| {
        format!("file {:?} {} of {} bytes", file.path, file.blob, file.bytes)
    };
    [head].into_iter().chain(pack.files.iter().map(file)).collect()
}

fn member(change: &Member) -> String {
    match change {
        Member::Admit(admission) => format!(
            "admit {} {:?} compartments [{}] until {}",
            admission.device,
            admission.label,
            words(&admission.compartments),
            or_none(admission.until.map(Timestamp::as_ms))
        ),
        Member::Revoke(revocation) => {
            let head =
                |(log, head): &(_, journal::Head)| format!("{log} {} {}", head.height, head.entry);
            let believed: Vec<String> = revocation.believed.iter().map(head).collect();
            format!("revoke {} believed [{}]", revocation.device, believed.join(" "))
        }
        Member::User(account) => user(account),
        Member::Log(log) => format!(
            "log 1 {} {} {} {}",
            log.device,
            or_none(log.compartment.as_ref()),
            log.lane.number(),
            log.incarnation
        ),
        Member::Compartment(key) => compartment(key),
    }
}

fn user(user: &User) -> String {
    format!(
        "user {} {:?} {:?} roles [{}] areas [{}] compartments [{}] clearance {} disabled {}",
        user.number,
        user.name,
        user.display,
        words(&user.roles),
        words(user.areas.iter().map(|area| format!("{area:?}"))),
        words(&user.compartments),
        user.clearance.rank(),
        user.disabled
    )
}

fn compartment(key: &CompartmentKey) -> String {
    let recipients =
        key.recipients.iter().map(|(user, wrapped)| format!("{user} {}", hex(wrapped)));
    format!(
        "compartment {} {} {} for [{}]",
        key.compartment,
        key.epoch,
        hex(&key.public_key),
        words(recipients)
    )
}

fn content(content: &Content) -> String {
    match content {
        Content::Plain(None) => "cleared".to_owned(),
        Content::Plain(Some(held)) => value(held),
        Content::Sealed { compartment, epoch, bytes } => {
            format!("sealed {compartment} {epoch} {}", hex(bytes))
        }
    }
}

fn value(held: &Value) -> String {
    match held {
        Value::Text(text) => format!("text {text:?}"),
        Value::Integer(number) => format!("integer {number}"),
        Value::Boolean(yes) => format!("boolean {yes}"),
        Value::Decimal(number) => {
            format!("decimal {}e{}", number.mantissa(), -i32::from(number.scale()))
        }
        Value::Date(date) => format!("date {}", date.as_days()),
        Value::Time(time) => format!("time {}", time.as_ms()),
        Value::Code(code) => format!("code {code:?}"),
        Value::Codes(codes) => {
            format!("codes [{}]", words(codes.iter().map(|code| format!("{code:?}"))))
        }
        Value::Geometry(Geometry::Point(point)) => format!("point {}", positions(&[*point])),
        Value::Geometry(Geometry::Line(line)) => format!("line {}", positions(line)),
        Value::Geometry(Geometry::Area(polygons)) => {
            let polygon = |polygon: &model::place::Polygon| {
                format!("[{}]", words(polygon.rings().map(|ring| positions(ring.positions()))))
            };
            format!("area [{}]", words(polygons.iter().map(polygon)))
        }
        Value::Record(id) => format!("record {}", hex(id.as_bytes())),
        Value::Blob(id) => format!("blob {id}"),
        Value::Rows(rows) => {
            let pair = |(name, held): (&Name, &Value)| format!("{name}: {}", value(held));
            let row = |row: &Row| {
                format!("{{{}}}", row.iter().map(pair).collect::<Vec<String>>().join(", "))
            };
            format!("rows [{}]", words(rows.iter().map(row)))
        }
    }
}

fn positions(positions: &[Position]) -> String {
    let units: Vec<String> =
        positions.iter().map(|at| format!("{} {}", at.lon(), at.lat())).collect();
    format!("({})", units.join(", "))
}

fn over(entries: &[EntryId]) -> String {
    format!(" over [{}]", words(entries))
}

fn words<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<String>>().join(" ")
}

fn or_none(item: Option<impl Display>) -> String {
    item.map_or_else(|| "none".to_owned(), |item| item.to_string())
}
