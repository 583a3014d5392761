//! What the verifier accepts, and which entry it names when something is wrong.

use journal::{
    AppendError, BadDeviceKey, Body, Cause, Entry, Head, Header, LogDescriptor, LogWriter, Signer,
    Verifier, VerifyError,
};
use model::id::{DeviceKey, EntryId, LogId};
use model::limits::ENTRY_BODY_BYTES_MAX;
use proptest::prelude::*;

use crate::sample;

/// More than are checked together.
const LONG: i64 = 600;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_good_log_is_good_however_it_is_cut_into_calls(cuts in prop::collection::vec(0_usize..40, 0..5)) {
        let (descriptor, entries) = log(40);
        let mut verifier = Verifier::new(&descriptor, None).expect("a good key");
        let mut cuts: Vec<usize> = cuts.into_iter().chain([0, entries.len()]).collect();
        cuts.sort_unstable();
        for (from, to) in cuts.iter().zip(&cuts[1..]) {
            prop_assert_eq!(verifier.check(&entries[*from..*to]), Ok(()));
        }
        prop_assert_eq!(verifier.head(), Some(head(&entries)));
    }
}

#[test]
fn a_verifier_goes_on_from_a_head_it_is_given() {
    let (descriptor, entries) = log(10);
    let (known, new) = entries.split_at(4);
    let mut verifier = Verifier::new(&descriptor, Some(head(known))).expect("a good key");
    assert_eq!(verifier.check(new), Ok(()));
    assert_eq!(verifier.head(), Some(head(&entries)));
}

#[test]
fn a_writer_goes_on_from_a_head_it_is_given() {
    let (descriptor, entries) = log(10);
    let signer = sample::signer(1);
    let mut writer =
        LogWriter::new(&signer, &descriptor, Some(head(&entries[..4]))).expect("its own log");
    let body = entries[4].body.bytes().expect("present").to_vec();
    assert_eq!(writer.append(entries[4].header.at, body).as_ref(), Ok(&entries[4]));
    assert_eq!(writer.head(), Some(head(&entries[..5])));
}

#[test]
fn every_kind_of_tampering_is_named_with_the_first_bad_entry() {
    let thief = sample::signer(2);
    let other_log = LogId::from_bytes([5; 16]);
    let other_entry = EntryId::from_bytes([5; 32]);
    let too_long = u32::try_from(ENTRY_BODY_BYTES_MAX).expect("fits") + 1;
    assert_named(Cause::Log { found: other_log }, |entries| {
        entries[3].header.log = other_log;
    });
    assert_named(Cause::Sequence { found: 4 }, |entries| entries.swap(3, 4));
    assert_named(Cause::Sequence { found: 4 }, |entries| {
        drop(entries.remove(3));
    });
    assert_named(Cause::Sequence { found: 2 }, |entries| {
        entries.insert(3, entries[2].clone());
    });
    assert_named(Cause::Previous { found: other_entry }, |entries| {
        entries[3].header.previous = other_entry;
    });
    assert_named(Cause::Body, |entries| {
        entries[3].body = entries[4].body.clone();
    });
    assert_named(Cause::Body, |entries| entries[3].header.body_len += 1);
    assert_named(Cause::Body, |entries| {
        entries[3].body = Body::Present(vec![]);
    });
    assert_named(Cause::BodyTooLong { found: too_long }, |entries| {
        entries[3].header.body_len = too_long;
        entries[3].body = Body::Erased;
    });
    assert_named(Cause::Signature, |entries| {
        entries[3].signature = entries[4].signature;
    });
    assert_named(Cause::Signature, |entries| entries[3].signature = [0; 64]);
    assert_named(Cause::Signature, |entries| {
        entries[3].header.at = sample::noon(99);
    });
    assert_named(Cause::Signature, |entries| forge(&mut entries[3], &thief));
}

#[test]
fn of_a_forged_and_a_reordered_entry_the_first_is_named() {
    let (descriptor, mut entries) = log(LONG);
    entries.swap(590, 591);
    assert_eq!(first_bad(&descriptor, &entries), Some((590, Cause::Sequence { found: 591 })));
    entries[555].signature[0] ^= 1;
    assert_eq!(first_bad(&descriptor, &entries), Some((555, Cause::Signature)));
    entries[7].signature[63] ^= 1;
    assert_eq!(first_bad(&descriptor, &entries), Some((7, Cause::Signature)));
}

#[test]
fn an_erased_body_leaves_the_log_good_and_its_header_bound() {
    let (descriptor, mut entries) = log(5);
    entries[2].body = Body::Erased;
    assert_eq!(first_bad(&descriptor, &entries), None);
    entries[2].header.body_hash = [0; 32];
    assert_eq!(first_bad(&descriptor, &entries), Some((2, Cause::Signature)));
}

#[test]
fn the_log_of_another_device_is_refused_at_its_first_entry() {
    let (_, entries) = log(3);
    let stranger = sample::descriptor(&sample::signer(2));
    let found = entries[0].header.log;
    assert_eq!(first_bad(&stranger, &entries), Some((0, Cause::Log { found })));
}

#[test]
fn keys_anybody_could_sign_for_are_refused() {
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let mut no_point = [0; 32];
    no_point[0] = 2;
    for bytes in [neutral, no_point, [0; 32]] {
        let device = DeviceKey::from_bytes(bytes);
        let descriptor = LogDescriptor { device, ..sample::descriptor(&sample::signer(1)) };
        assert_eq!(Verifier::new(&descriptor, None).err(), Some(BadDeviceKey(device)));
    }
}

#[test]
fn writers_refuse_foreign_logs_and_bodies_that_would_not_verify() {
    let (own, foreign) = (sample::signer(1), sample::signer(2));
    let descriptor = sample::descriptor(&own);
    let error = AppendError::ForeignLog { log: own.device(), key: foreign.device() };
    assert_eq!(LogWriter::new(&foreign, &descriptor, None).err(), Some(error));

    let mut writer = LogWriter::new(&own, &descriptor, None).expect("its own log");
    let max = ENTRY_BODY_BYTES_MAX;
    let error = AppendError::BodyTooLong { found: max + 1, max };
    assert_eq!(writer.append(sample::noon(0), vec![0; max + 1]).err(), Some(error));
    assert_eq!(writer.head(), None);
    assert!(writer.append(sample::noon(0), vec![0; max]).is_ok());

    let full = Head { height: u64::MAX, entry: EntryId::from_bytes([1; 32]) };
    let mut writer = LogWriter::new(&own, &descriptor, Some(full)).expect("its own log");
    assert_eq!(writer.append(sample::noon(0), vec![]), Err(AppendError::Full));
}

#[test]
fn a_signer_never_prints_its_secret() {
    let signer = Signer::from_secret(&[0xab; 32]);
    assert_eq!(format!("{signer:?}"), format!("Signer({})", signer.device()));
}

fn log(count: i64) -> (LogDescriptor, Vec<Entry>) {
    let signer = sample::signer(1);
    let descriptor = sample::descriptor(&signer);
    let entries = sample::log(&signer, &descriptor, &sample::reports(count));
    (descriptor, entries)
}

fn head(entries: &[Entry]) -> Head {
    let last = entries.last().expect("an entry");
    Head { height: last.header.sequence + 1, entry: last.id() }
}

/// Checks a log of eight of which `tamper` spoils the fourth.
fn assert_named(cause: Cause, tamper: impl FnOnce(&mut Vec<Entry>)) {
    let (descriptor, mut entries) = log(8);
    tamper(&mut entries);
    assert_eq!(first_bad(&descriptor, &entries), Some((3, cause)));
}

/// The error, once it is clear that the verifier stands where the error says.
fn first_bad(descriptor: &LogDescriptor, entries: &[Entry]) -> Option<(u64, Cause)> {
    let mut verifier = Verifier::new(descriptor, None).expect("a good key");
    let verdict = verifier.check(entries);
    let reached = verifier.head().map_or(0, |head| head.height);
    let VerifyError { sequence, cause } = verdict.err()?;
    assert_eq!(reached, sequence);
    Some((sequence, cause))
}

/// What somebody with another key would write in its place.
fn forge(entry: &mut Entry, thief: &Signer) {
    let own = LogDescriptor { device: thief.device(), ..sample::descriptor(thief) };
    let head = Head { height: entry.header.sequence, entry: entry.header.previous };
    let mut writer = LogWriter::new(thief, &own, Some(head)).expect("its own log");
    let body = entry.body.bytes().expect("present").to_vec();
    let forged = writer.append(entry.header.at, body).expect("room in the log");
    *entry = Entry { header: Header { log: entry.header.log, ..forged.header }, ..forged };
}
