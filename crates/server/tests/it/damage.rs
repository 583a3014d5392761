//! Damage: truncated, flipped, forged, reordered, newer. It is found, named, and never a crash.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use crate::casque::{Casque, Ran};
use crate::files::many;

/// Events of a node that gets damaged.
const EVENTS: u64 = 60;

fn node() -> Casque {
    let casque = Casque::new();
    casque.import(&casque.file("events.csv", many(EVENTS, 3))).out();
    casque
}

/// Changes the database behind the product's back.
fn forge(casque: &Casque, sql: &str) {
    let connection = Connection::open(casque.database()).expect("the database");
    connection.execute_batch(sql).expect("the forgery");
}

/// The journal is told to be damaged, from this entry of a log on.
fn assert_damaged_at(casque: &Casque, sequence: u64) {
    let ran = casque.line("journal verify --json");
    assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
    let verified = ran.json();
    assert_eq!(verified["good"], false);
    let found = verified["damage"][0]["values"]["sequence"].as_str().map(str::to_owned);
    assert_eq!(found, Some(sequence.to_string()), "{verified}");
    casque.line("journal verify").told(1, "log-damaged");
    assert_eq!(casque.line("doctor").code, 1);
}

#[test]
fn a_forged_body_or_signature_is_found_where_it_is() {
    for column in ["signature", "body"] {
        let casque = node();
        let other = format!("SELECT {column} FROM casque_entry WHERE log = 2 AND sequence = 31");
        forge(
            &casque,
            &format!(
                "UPDATE casque_entry SET {column} = ({other}) WHERE log = 2 AND sequence = 30"
            ),
        );
        assert_damaged_at(&casque, 30);
    }
}

#[test]
fn a_changed_time_is_found() {
    let casque = node();
    forge(&casque, "UPDATE casque_entry SET at = at + 65536 WHERE log = 2 AND sequence = 12");
    assert_damaged_at(&casque, 12);
}

#[test]
fn reordered_entries_are_found() {
    let casque = node();
    forge(
        &casque,
        "UPDATE casque_entry SET sequence = 1000 WHERE log = 2 AND sequence = 20;
         UPDATE casque_entry SET sequence = 20 WHERE log = 2 AND sequence = 21;
         UPDATE casque_entry SET sequence = 21 WHERE log = 2 AND sequence = 1000;",
    );
    assert_damaged_at(&casque, 20);
}

#[test]
fn a_missing_entry_is_found_in_the_middle_and_at_the_end() {
    let casque = node();
    forge(&casque, "DELETE FROM casque_entry WHERE log = 2 AND sequence = 40");
    assert_damaged_at(&casque, 40);
    let casque = node();
    forge(&casque, "DELETE FROM casque_entry WHERE log = 2 AND sequence = 60");
    assert_damaged_at(&casque, 60);
}

#[test]
fn derived_data_that_was_changed_is_mended_by_a_rebuild() {
    let casque = node();
    forge(&casque, "DELETE FROM casque_place_time");
    let rebuilt = casque.line("rebuild --json");
    assert_eq!((rebuilt.code, &rebuilt.json()["same"]), (0, &false.into()));
    assert!(rebuilt.err.contains("state-differed"), "{}", rebuilt.err);
    assert_eq!(casque.count("S_INTERSECTS(place, BBOX(-5, 13, 0, 17))"), EVENTS);
    casque.assert_whole();
}

#[test]
fn a_database_of_a_newer_version_is_left_alone() {
    let casque = node();
    forge(&casque, "PRAGMA user_version = 99");
    let before = fs::read(casque.database()).expect("the database");
    for line in ["query incident", "journal verify", "rebuild", "doctor"] {
        let ran = casque.line(line);
        ran.told(4, "store-newer");
        assert!(ran.err.contains("99"), "{}", ran.err);
    }
    assert!(before == fs::read(casque.database()).expect("the database"), "nothing was changed");
}

#[test]
fn a_truncated_database_is_told_and_not_touched() {
    for parts in [0, 1, 2, 3] {
        let casque = node();
        let path = casque.database();
        let whole = fs::read(&path).expect("the database");
        fs::write(&path, &whole[..whole.len() * parts / 4]).expect("cut");
        for line in ["journal verify", "query incident", "doctor"] {
            assert_told_damage(&casque.line(line), &format!("{line} of {parts}/4"));
        }
    }
}

#[test]
fn a_file_that_is_no_database_is_told() {
    let casque = node();
    fs::write(casque.database(), "not a database at all".repeat(1_000)).expect("written");
    casque.line("journal verify").told(1, "store-damaged");
    let casque = node();
    fs::write(casque.data().join("device.key"), "no key").expect("written");
    casque.line("query incident").told(1, "device-key-damaged");
    let casque = node();
    let other = Casque::new();
    fs::copy(other.data().join("device.key"), casque.data().join("device.key")).expect("copied");
    let ran = casque.line("doctor");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("device-key-foreign"), "{}", ran.out);
}

/// Something is wrong, and it is said: no crash, no signal, no silence.
fn assert_told_damage(ran: &Ran, what: &str) {
    assert_eq!(ran.code, 1, "{what}: {}{}", ran.out, ran.err);
    assert!(ran.err.contains("damaged"), "{what}: {}", ran.err);
}

#[test]
fn no_flipped_bit_is_a_crash_and_none_in_an_entry_goes_unseen() {
    let casque = node();
    let path = casque.database();
    let whole = fs::read(&path).expect("the database");
    let mut seed = testkit::SeededRandomness::new(7);
    for _ in 0..48 {
        let at = usize::try_from(seed.below(whole.len() as u64)).expect("an offset");
        let ran = flipped(&casque, &path, &whole, (&[at], 1 << seed.below(8)));
        assert!([0, 1].contains(&ran.code), "byte {at}: {}{}", ran.out, ran.err);
    }
    for (sequence, at) in bodies(&path, &whole) {
        let ran = flipped(&casque, &path, &whole, (&at, 0x10));
        assert_eq!(ran.code, 1, "entry {sequence}, bytes {at:?}: {}{}", ran.out, ran.err);
    }
}

/// Verifies the database with one bit flipped, in these bytes.
fn flipped(casque: &Casque, path: &Path, whole: &[u8], (bytes, bit): (&[usize], u8)) -> Ran {
    let mut damaged = whole.to_vec();
    for at in bytes {
        damaged[*at] ^= bit;
    }
    fs::write(path, &damaged).expect("written");
    let ran = casque.line("journal verify");
    fs::write(path, whole).expect("written");
    ran
}

/// Sequences of some entries and a byte of each one's body in the file: wherever it stands, because
/// pages keep copies of what was moved from them.
fn bodies(path: &Path, whole: &[u8]) -> Vec<(i64, Vec<usize>)> {
    let connection = Connection::open(path).expect("the database");
    let sql = "SELECT sequence, signature FROM casque_entry WHERE log = 2 AND sequence % 6 = 0";
    let mut statement = connection.prepare(sql).expect("a query");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?)));
    let rows = rows.expect("entries").map(|row| row.expect("an entry"));
    let place = |(sequence, signature): (i64, Vec<u8>)| {
        let windows = whole.windows(signature.len()).enumerate();
        let places = windows.filter(|(_, bytes)| *bytes == signature).map(|(at, _)| at + 7);
        (sequence, places.collect())
    };
    let found: Vec<(i64, Vec<usize>)> = rows.map(place).collect();
    assert!(found.len() > 5 && found.iter().all(|(_, at)| !at.is_empty()), "they lie in the file");
    found
}
