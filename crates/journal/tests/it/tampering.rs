//! Files that were cut, damaged or forged are never taken for whole.

use journal::wire::file::{FileError, MAGIC, Reader, Writer, read_verified};
use journal::{Body, Cause, Entry, Head, LogDescriptor, VerifyError};
use model::limits::ENTRY_BODY_BYTES_MAX;
use model::value::Value;

use crate::sample;

/// Changes of two bits that are tried; every change of one is.
const DOUBLE_FLIPS: u64 = 100_000;

#[test]
fn what_is_written_is_read_back() {
    let (descriptor, mut entries) = small_log();
    entries[1].body = Body::Erased;
    let bytes = file(&descriptor, &entries);
    let reader = Reader::new(&bytes[..]).expect("a journal");
    assert_eq!(reader.descriptor(), &descriptor);
    let read: Result<Vec<Entry>, FileError> = reader.collect();
    assert_eq!(read.expect("whole"), entries);

    let mut accepted = Vec::new();
    let (_, head) = read_verified(&bytes[..], |entry| accepted.push(entry)).expect("whole");
    let last = Head { height: 3, entry: entries[2].id() };
    assert_eq!((accepted, head), (entries, Some(last)));
}

#[test]
fn an_empty_log_is_a_file_too() {
    let (descriptor, _) = small_log();
    let bytes = file(&descriptor, &[]);
    let (read, head) = read_verified(&bytes[..], |_entry| ()).expect("whole");
    assert_eq!((read, head), (descriptor, None));
}

#[test]
fn a_file_longer_than_is_checked_at_once_is_read_to_its_end_or_first_bad_entry() {
    let signer = sample::signer(1);
    let descriptor = sample::descriptor(&signer);
    let mut entries = sample::log(&signer, &descriptor, &sample::reports(1_100));
    assert!(matches!(accepted(&file(&descriptor, &entries)), (1_100, None)));
    entries[1_050].signature[5] ^= 1;
    let error = VerifyError { sequence: 1_050, cause: Cause::Signature };
    let (count, found) = accepted(&file(&descriptor, &entries));
    assert_eq!(count, 1_050);
    assert!(matches!(found, Some(FileError::Entry(named)) if named == error));
}

#[test]
fn a_file_cut_anywhere_is_not_whole() {
    let (descriptor, entries) = small_log();
    let bytes = file(&descriptor, &entries);
    for length in 0..bytes.len() {
        let (_, error) = accepted(&bytes[..length]);
        match error {
            Some(FileError::Magic) => assert!(length < MAGIC.len()),
            Some(FileError::Truncated { entries }) => assert!(entries <= 3),
            other => panic!("{other:?} at {length}"),
        }
    }
    let (count, error) = accepted(&[&bytes[..], &[0]].concat());
    assert!(count == 3 && matches!(error, Some(FileError::End { entries: 3 })));
}

#[test]
fn a_file_with_a_changed_bit_is_never_accepted() {
    let (descriptor, entries) = small_log();
    let good = file(&descriptor, &entries);
    for bit in 0..bits(&good) {
        let mut bytes = good.clone();
        flip(&mut bytes, bit);
        assert!(accepted(&bytes).1.is_some(), "bit {bit}");
    }
}

#[test]
fn a_file_with_two_changed_bits_is_never_accepted() {
    let (descriptor, entries) = small_log();
    let good = file(&descriptor, &entries[..1]);
    let bits = bits(&good);
    let mut numbers = Numbers(1);
    for _ in 0..DOUBLE_FLIPS {
        let first = numbers.below(bits);
        let second = (first + 1 + numbers.below(bits - 1)) % bits;
        let mut bytes = good.clone();
        flip(&mut bytes, first);
        flip(&mut bytes, second);
        assert!(accepted(&bytes).1.is_some(), "bits {first} and {second}");
    }
}

#[test]
fn the_end_must_tell_the_truth() {
    let (descriptor, entries) = small_log();
    let whole = file(&descriptor, &entries);
    let end =
        file(&descriptor, &entries[..2]).split_off(file(&descriptor, &entries[..2]).len() - 36);
    let lying = [&whole[..whole.len() - 36], &end[..]].concat();
    assert!(matches!(accepted(&lying).1, Some(FileError::End { entries: 3 })));
}

#[test]
fn a_length_no_entry_may_have_is_refused_before_room_is_made_for_it() {
    let (descriptor, mut entries) = small_log();
    entries[0].body = Body::Present(vec![0; ENTRY_BODY_BYTES_MAX + 1]);
    let bytes = file(&descriptor, &entries);
    assert!(matches!(accepted(&bytes).1, Some(FileError::Item { entries: 0, .. })));
}

#[test]
fn every_error_has_words_for_people() {
    let (descriptor, entries) = small_log();
    let bytes = file(&descriptor, &entries);
    let code = |bytes: &[u8]| accepted(bytes).1.expect("an error").finding().code;
    assert_eq!(code(b"PK"), "journal-not-a-journal");
    assert_eq!(code(&bytes[..bytes.len() - 1]), "journal-truncated");
    assert_eq!(code(&[&bytes[..], &[0]].concat()), "journal-wrong-end");
    assert_eq!(code(&[&MAGIC[..], &[0x40]].concat()), "journal-damaged");
    let mut forged = entries;
    forged[1].signature = [0; 64];
    assert_eq!(code(&file(&descriptor, &forged)), "journal-entry-forged");
}

/// Entries that were accepted, and why no more were.
fn accepted(bytes: &[u8]) -> (usize, Option<FileError>) {
    let mut count = 0;
    let error = read_verified(bytes, |_entry| count += 1).err();
    (count, error)
}

fn file(descriptor: &LogDescriptor, entries: &[Entry]) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), descriptor).expect("memory");
    for entry in entries {
        writer.entry(entry).expect("memory");
    }
    writer.finish().expect("memory")
}

fn small_log() -> (LogDescriptor, Vec<Entry>) {
    let signer = sample::signer(1);
    let descriptor = sample::descriptor(&signer);
    let mut operations = sample::reports(2);
    operations.push(sample::set(vec![sample::edit("deaths", Value::Integer(-1), &[])]));
    let entries = sample::log(&signer, &descriptor, &operations);
    (descriptor, entries)
}

fn bits(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).expect("small") * 8
}

fn flip(bytes: &mut [u8], bit: u64) {
    let place = usize::try_from(bit / 8).expect("small");
    bytes[place] ^= 1 << (bit % 8);
}

/// Numbers that look random and are the same in every run (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}
