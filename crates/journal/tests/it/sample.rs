//! Signers, logs and operations for tests, the same in every run.

use journal::{Act, Content, Edit, Entry, Lane, LogDescriptor, LogWriter, Operation, Signer};
use model::id::{EntryId, Name, RecordId};
use model::time::Timestamp;
use model::time::hybrid::HybridTime;
use model::value::Value;

/// Midday of 1 March 2018.
const NOON_MS: i64 = 1_519_905_600_000;

/// A device; the same seed is the same device.
pub(crate) fn signer(seed: u8) -> Signer {
    Signer::from_secret(&[seed; 32])
}

/// The routine log of a device.
pub(crate) fn descriptor(signer: &Signer) -> LogDescriptor {
    LogDescriptor {
        device: signer.device(),
        compartment: None,
        lane: Lane::Routine,
        incarnation: 0,
    }
}

/// A log with these operations, a second apart.
pub(crate) fn log(
    signer: &Signer,
    descriptor: &LogDescriptor,
    operations: &[Operation],
) -> Vec<Entry> {
    let mut writer = LogWriter::new(signer, descriptor, None).expect("its own log");
    let append = |(second, operation): (i64, &Operation)| {
        let body = operation.encode().expect("within the limits");
        writer.append(noon(second), body).expect("room in the log")
    };
    (0..).zip(operations).map(append).collect()
}

/// `count` small reports.
pub(crate) fn reports(count: i64) -> Vec<Operation> {
    (0..count).map(|number| set(vec![edit("deaths", Value::Integer(number), &[])])).collect()
}

/// Some seconds after midday.
pub(crate) fn noon(seconds: i64) -> HybridTime {
    HybridTime::at(Timestamp::from_ms(NOON_MS + 1_000 * seconds))
}

/// An edit of an incident.
pub(crate) fn set(edits: Vec<Edit>) -> Operation {
    operation(Act::Set { register: name("incident"), edits })
}

/// Any act, by user 7.
pub(crate) fn operation(act: Act) -> Operation {
    Operation {
        record: Some(RecordId::from_bytes([9; 16])),
        user: 7,
        schema: 1,
        epoch: 1,
        batch: None,
        reason: None,
        proof: None,
        act,
    }
}

/// One field given a value.
pub(crate) fn edit(field: &str, value: Value, overwrites: &[EntryId]) -> Edit {
    Edit {
        field: name(field),
        content: Content::Plain(Some(value)),
        overwrites: overwrites.to_vec(),
    }
}

/// A name.
pub(crate) fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

/// Two digits for each byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
