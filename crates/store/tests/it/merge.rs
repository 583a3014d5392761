//! Entries of several devices, in any order of arrival, batching and repetition: one state.

use std::collections::BTreeMap;

use filter::Filter;
use journal::{Body, Entry, Lane, LogDescriptor};
use model::id::{Name, RecordId};
use model::value::Value;
use proptest::prelude::*;
use store::{Admitted, Merges, Store, StoreError};

use crate::pack::report;
use crate::reference::{assert_matches_journal, difference, fold, journal};
use crate::support::{NOW, TestStore, asking, device, everybody, ids, quiet, record};
use crate::world::{Deed, Step, World, steps};

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

#[test]
fn a_record_shows_again_where_the_one_it_was_merged_into_is_deleted() {
    let step = |record: u8, deed: Deed| Step {
        device: 0,
        lane: Lane::Routine,
        record,
        hears: None,
        skew: 0,
        deed,
    };
    let set = || Deed::Set {
        fields: vec![("deaths", Some(Value::Integer(1)))],
        blind: false,
        batch: false,
    };
    let steps =
        [step(1, set()), step(2, set()), step(1, Deed::Join { into: 2 }), step(2, Deed::Delete)];
    let (log, entries) = World::after(&steps).logs().into_iter().next().expect("a log");
    let mut test = TestStore::new();
    let warm = test.warmed();
    let listed = |store: &Store| ids(store, &everybody(), &report(), &asking(Filter::all()));
    for (known, shown) in
        [(2, vec![record(2), record(1)]), (3, vec![record(2)]), (4, vec![record(1)])]
    {
        admit(&mut test, &log, &entries[..known]).expect("taken");
        assert_eq!(listed(&test.store), shown);
        assert_eq!(listed(&warm), shown, "what is held in memory follows");
    }
    let merges =
        |number: u8| test.store.merges(&everybody(), &report(), &record(number)).expect("read");
    assert_eq!(merges(1), Merges::default());
    assert_eq!(merges(2), Merges::default());
}
