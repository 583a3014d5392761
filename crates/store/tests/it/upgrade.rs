//! Files of older versions: opened in place, with everything they held.
//!
//! `fixtures/ground/version-1.sqlite.zst` was written by the program when version 1 was its own: a
//! user with a password, a setting and one report.

use std::fs;
use std::path::PathBuf;

use model::id::EntryId;
use model::time::Timestamp;
use store::{Ground, SCHEMA_VERSION, Session, SessionLimits, StoreError};
use tempfile::TempDir;

use crate::pack::report;
use crate::support::{asking, everybody, ids, open, record};

const VERSION_1: &[u8] = include_bytes!("../../../../fixtures/ground/version-1.sqlite.zst");

fn version_1() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("node.sqlite");
    fs::write(&file, zstd::decode_all(VERSION_1).expect("unpacked")).expect("written");
    (folder, file)
}

fn version(file: &PathBuf) -> i64 {
    let connection = rusqlite::Connection::open(file).expect("opened");
    connection.pragma_query_value(None, "user_version", |row| row.get(0)).expect("read")
}

#[test]
fn a_file_of_version_1_keeps_all_it_held_and_gains_what_is_new() {
    let (_folder, file) = version_1();
    assert_eq!(version(&file), 1);
    let store = open(&file).expect("opened");
    assert_eq!(version(&file), SCHEMA_VERSION);
    let ground = store.ground();
    assert_eq!(ground.credential(1).expect("read").as_deref(), Some("a hash"));
    assert_eq!(ground.setting("kept").expect("read").as_deref(), Some(&b"value"[..]));
    let (entry, user) = ground.account(1).expect("read").expect("a user");
    assert_eq!(user.name, "awa");
    let found = ids(&store, &everybody(), &report(), &asking(filter::Filter::all()));
    assert_eq!(found, [record(1)]);
    let now = Timestamp::from_ms(1_000);
    let session = Session { user: 1, entry, begun: now, used: now };
    let limits = SessionLimits { begun_after: now, used_after: now, per_user: 1 };
    ground.begin_session(&[1; 32], &session, limits).expect("the new tables are there");
    assert_eq!(ground.session(&[1; 32]).expect("read"), Some(session));
    let again = open(&file).expect("opened once more");
    assert_eq!(again.ground().credential(1).expect("read").as_deref(), Some("a hash"));
}

#[test]
fn two_processes_bring_one_file_up_at_once() {
    let (_folder, file) = version_1();
    let opened: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| Ground::open(&file).is_ok())).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert_eq!(opened, [true; 4]);
    assert_eq!(version(&file), SCHEMA_VERSION);
}

#[test]
fn a_newer_file_is_refused_and_left_as_it_is() {
    let (_folder, file) = version_1();
    let newer = SCHEMA_VERSION + 1;
    let connection = rusqlite::Connection::open(&file).expect("opened");
    connection.pragma_update(None, "user_version", newer).expect("set");
    let refused = Ground::open(&file);
    assert!(matches!(refused, Err(StoreError::Newer { found, .. }) if found == newer));
    assert_eq!(version(&file), newer);
    let tables = "SELECT count(*) FROM sqlite_schema WHERE name = 'casque_session'";
    let tables: i64 = connection.query_row(tables, [], |row| row.get(0)).expect("counted");
    assert_eq!(tables, 0);
}

#[test]
fn a_session_ends_with_any_change_of_its_user() {
    let (_folder, file) = version_1();
    let store = open(&file).expect("opened");
    let now = Timestamp::from_ms(1_000);
    let session = Session { user: 1, entry: EntryId::from_bytes([9; 32]), begun: now, used: now };
    let limits = SessionLimits { begun_after: now, used_after: now, per_user: 1 };
    store.ground().begin_session(&[1; 32], &session, limits).expect("kept");
    assert_eq!(store.ground().session(&[1; 32]).expect("read"), None, "another entry is in force");
}

#[test]
fn of_many_sessions_of_one_user_the_latest_stay_and_those_over_go() {
    let (_folder, file) = version_1();
    let ground = Ground::open(&file).expect("opened");
    let (entry, _) = ground.account(1).expect("read").expect("a user");
    let begin = |number: u8, over: i64| {
        let at = Timestamp::from_ms(i64::from(number));
        let session = Session { user: 1, entry, begun: at, used: at };
        let over = Timestamp::from_ms(over);
        let limits = SessionLimits { begun_after: over, used_after: over, per_user: 3 };
        ground.begin_session(&[number; 32], &session, limits).expect("kept");
    };
    let live = || -> Vec<u8> {
        (1..=9).filter(|n| ground.session(&[*n; 32]).expect("read").is_some()).collect()
    };
    (1..=5).for_each(|number| begin(number, 0));
    assert_eq!(live(), [3, 4, 5]);
    begin(9, 5);
    assert_eq!(live(), [5, 9]);
    ground.end_sessions(1, Some(&[9; 32])).expect("ended");
    assert_eq!(live(), [9]);
    ground.end_session(&[9; 32]).expect("ended");
    assert_eq!(live(), [0_u8; 0]);
}
