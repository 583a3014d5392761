//! A damaged, truncated, newer or busy database: named for what it is, and nothing half done.

use std::collections::BTreeMap;
use std::fs;

use filter::Filter;
use journal::{Act, Comment, Lane, Operation};
use model::value::Value;
use proptest::prelude::*;
use proptest::sample::select;
use store::{Damage, EntrySpan, Ground, Store, StoreError};

use crate::pack::{changed, name, report, tiny};
use crate::reference::{assert_matches_journal, journal};
use crate::support::{
    NOW, TestStore, Values, append, asking, created, device, edited, everybody, ids, open,
    operation, quiet, record, searching,
};

/// What must not change when nothing was committed.
fn everything(store: &Store) -> (Vec<u8>, u64, String) {
    let hash = store.state_hash().expect("a hash").to_vec();
    let heads = format!("{:?} {:?}", store.heads(), store.last_time());
    (hash, store.entry_count().expect("a count"), heads)
}

fn comment(number: u8, text: &str) -> Operation {
    let text = text.to_owned();
    let comment = Comment { text, field: None, answers: None, overwrites: Vec::new() };
    operation(record(number), Act::Comment(comment))
}

fn summary(number: u8) -> Operation {
    let text = Value::Text(format!("report {number} of armed men"));
    created(record(number), &Values::default().with("summary", text))
}

/// A store with two logs of some entries.
fn two_logs(entries: u8) -> TestStore {
    let mut test = TestStore::new();
    for number in 0..entries {
        let mut writer = test.store.write(&test.signer, 0, NOW).expect("a transaction");
        writer.append(Lane::Routine, None, &summary(number)).expect("an entry");
        writer.append(Lane::Bulk, None, &comment(number, "seen")).expect("an entry");
        writer.commit().expect("committed");
    }
    test
}

#[test]
fn a_writer_that_is_dropped_leaves_nothing() {
    let mut test = two_logs(3);
    let before = everything(&test.store);
    let signer = device(1);
    let mut writer = test.store.write(&signer, 0, NOW).expect("a transaction");
    writer.append(Lane::Routine, None, &summary(9)).expect("an entry");
    writer.append(Lane::Flash, None, &comment(1, "never said")).expect("an entry");
    drop(writer);
    assert_eq!(everything(&test.store), before);
    let signs = ids(&test.store, &everybody(), &report(), &searching("\"report 9\""));
    assert_eq!(signs, []);
    test.append(&[summary(9)]);
    assert_matches_journal(&test.store);
}

#[test]
fn an_operation_that_cannot_be_written_leaves_the_transaction_as_it_was() {
    let mut test = two_logs(1);
    let signer = device(1);
    let mut writer = test.store.write(&signer, 0, NOW).expect("a transaction");
    writer.append(Lane::Routine, None, &summary(5)).expect("an entry");
    let refused = writer.append(Lane::Routine, None, &comment(5, &"x".repeat(70_000)));
    assert!(matches!(refused, Err(StoreError::Encode(_) | StoreError::Append(_))), "{refused:?}");
    writer.append(Lane::Routine, None, &summary(6)).expect("an entry");
    writer.commit().expect("committed");
    assert_eq!(test.store.entry_count().expect("a count"), 4);
    assert!(test.store.verify(&mut quiet).expect("verified").damage.is_empty());
    assert_matches_journal(&test.store);
}

#[test]
fn a_database_from_a_newer_program_is_refused_and_left_alone() {
    let test = two_logs(1);
    let (known, newer) = (store::SCHEMA_VERSION, store::SCHEMA_VERSION + 1);
    test.tamper(&format!("PRAGMA user_version = {newer}"));
    let refused = open(&test.file()).map(|_store| ());
    assert!(
        matches!(refused, Err(StoreError::Newer { found, .. }) if found == newer),
        "{refused:?}"
    );
    test.tamper(&format!("PRAGMA user_version = {known}"));
    assert_eq!(everything(&test.another()), everything(&test.store));
}

#[test]
fn a_file_that_is_no_database_of_ours_is_damaged() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("node.sqlite");
    for content in ["", "not a database at all", &"x".repeat(20_000)] {
        fs::write(&file, content).expect("written");
        let refused = open(&file).map(|_store| ());
        assert!(matches!(refused, Err(StoreError::Damaged(_))), "{refused:?}");
    }
    let absent = open(&folder.path().join("absent.sqlite")).map(|_store| ());
    assert!(matches!(absent, Err(StoreError::CannotOpen(_))), "{absent:?}");
}

#[test]
fn a_page_overwritten_with_noise_is_found() {
    let mut test = two_logs(40);
    test.store.rebuild(&mut quiet).expect("rebuilt");
    let (file, folder) = (test.file(), test.folder);
    drop(test.store);
    let mut bytes = fs::read(&file).expect("read");
    let pages = bytes.len() / 8192;
    let mut found = 0;
    for page in 1..pages {
        let start = page * 8192;
        let kept = bytes[start..start + 512].to_vec();
        bytes[start..start + 512].fill(0xa5);
        fs::write(&file, &bytes).expect("written");
        found += usize::from(is_found(&file));
        bytes[start..start + 512].copy_from_slice(&kept);
    }
    // Free pages hold nothing that could be missed.
    assert!(found * 10 >= pages * 7, "{found} of {pages} pages");
    drop(folder);
}

/// Whether opening, the check of the file, or the check of the journal says that it is damaged.
fn is_found(file: &std::path::Path) -> bool {
    let ground = match Ground::open(file) {
        Ok(ground) => ground,
        Err(error) => return matches!(error, StoreError::Damaged(_)),
    };
    match ground.integrity() {
        Ok(found) if found.is_empty() => {}
        Ok(_) | Err(StoreError::Damaged(_)) => return true,
        Err(other) => panic!("{other:?}"),
    }
    match Store::new(ground, tiny()) {
        Ok(store) => store.verify(&mut quiet).is_ok_and(|check| !check.damage.is_empty()),
        Err(error) => matches!(error, StoreError::Damaged(_) | StoreError::Decode(_)),
    }
}

/// The first bad entry of the only damaged log.
fn the_damage(test: &TestStore) -> Damage {
    let check = test.another().verify(&mut quiet).expect("the database can be read");
    assert_eq!(check.logs, 2);
    let [damage] = <[Damage; 1]>::try_from(check.damage).expect("one damaged log");
    damage
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn one_flipped_bit_of_an_entry_is_found_and_the_entry_named(
        column in select(vec!["body", "signature", "id", "at", "sequence", "codec"]),
        sequence in 0..12_u64,
        bit in any::<u16>(),
    ) {
        let test = two_logs(12);
        let before = contents(&test);
        flip(&test, column, sequence, usize::from(bit));
        // Compressed bytes have bits that mean nothing: what is read is what was signed.
        prop_assume!(column != "body" || contents(&test) != before);
        let damage = the_damage(&test);
        prop_assert_eq!(damage.sequence, sequence, "{}", damage.cause);
        prop_assert_eq!(damage.descriptor.lane, Lane::Routine);
        prop_assert_eq!(damage.log, damage.descriptor.id());
        prop_assert!(!damage.cause.is_empty());
    }
}

/// What every entry says; nothing where it cannot be read.
fn contents(test: &TestStore) -> Option<Vec<Option<Operation>>> {
    let entries = test.another().entries(EntrySpan { after: 0, limit: usize::MAX });
    Some(entries.ok()?.into_iter().map(|entry| entry.operation).collect())
}

/// Flips a bit of a column of an entry of the routine log.
fn flip(test: &TestStore, column: &str, sequence: u64, bit: usize) {
    let connection = rusqlite::Connection::open(test.file()).expect("the file opens");
    let entry = "FROM casque_entry WHERE sequence = ?1 AND log = \
                 (SELECT no FROM casque_log WHERE lane = 1)";
    let select = format!("SELECT no, {column} {entry}");
    let (number, held): (i64, rusqlite::types::Value) = connection
        .query_row(&select, [sequence.cast_signed()], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("an entry");
    let flipped = match held {
        rusqlite::types::Value::Integer(held) => {
            // A lower bit could make a sequence that is taken, which the database itself refuses.
            rusqlite::types::Value::Integer(held ^ (1 << (4 + bit % 60)))
        }
        rusqlite::types::Value::Blob(mut bytes) => {
            let at = bit % (bytes.len() * 8);
            bytes[at / 8] ^= 1 << (at % 8);
            rusqlite::types::Value::Blob(bytes)
        }
        other => panic!("{other:?}"),
    };
    let update = format!("UPDATE casque_entry SET {column} = ?1 WHERE no = ?2");
    connection.execute(&update, rusqlite::params![flipped, number]).expect("changed");
}

#[test]
fn an_entry_cut_out_of_the_middle_is_missed_where_it_was() {
    let test = two_logs(12);
    test.tamper("DELETE FROM casque_entry WHERE sequence = 5 AND log = (SELECT no FROM casque_log WHERE lane = 1)");
    assert_eq!(the_damage(&test).sequence, 5);
}

#[test]
fn entries_cut_off_the_end_are_missed_by_what_the_log_says_of_itself() {
    let test = two_logs(12);
    test.tamper("DELETE FROM casque_entry WHERE sequence >= 7 AND log = (SELECT no FROM casque_log WHERE lane = 1)");
    assert_eq!(the_damage(&test).sequence, 7);
}

#[test]
fn a_log_that_lost_all_its_entries_is_missed() {
    let test = two_logs(3);
    test.tamper("DELETE FROM casque_entry WHERE log = (SELECT no FROM casque_log WHERE lane = 1)");
    assert_eq!(the_damage(&test).sequence, 0);
}

#[test]
fn a_log_whose_row_is_gone_does_not_make_its_entries_good() {
    let test = two_logs(3);
    test.tamper("DELETE FROM casque_log WHERE lane = 1");
    let check = test.another().verify(&mut quiet).expect("the database can be read");
    assert_eq!((check.orphans, check.good), (3, 3), "{check:?}");
}

#[test]
fn two_entries_exchanged_are_found_at_the_first_of_them() {
    let test = two_logs(6);
    let routine = "log = (SELECT no FROM casque_log WHERE lane = 1)";
    test.tamper(&format!(
        "UPDATE casque_entry SET sequence = 100 WHERE sequence = 2 AND {routine}"
    ));
    test.tamper(&format!("UPDATE casque_entry SET sequence = 2 WHERE sequence = 4 AND {routine}"));
    test.tamper(&format!(
        "UPDATE casque_entry SET sequence = 4 WHERE sequence = 100 AND {routine}"
    ));
    assert_eq!(the_damage(&test).sequence, 2);
}

#[test]
fn an_unreadable_body_is_damage_to_a_reader_too() {
    let test = two_logs(2);
    test.tamper("UPDATE casque_entry SET codec = 1, body = x'00112233' WHERE no = 1");
    let whole = test.another().record(&everybody(), &report(), &record(0));
    assert!(matches!(whole, Err(StoreError::Damaged(_))), "{whole:?}");
}

#[test]
fn content_that_does_not_match_its_name_is_damaged() {
    let test = two_logs(1);
    let id = test.store.ground().put_blob(b"a photograph").expect("kept");
    assert_eq!(test.store.ground().blob(&id).expect("read").as_deref(), Some(&b"a photograph"[..]));
    let other = test.store.ground().put_blob(b"another photo").expect("kept");
    let swap = format!(
        "UPDATE casque_blob SET content = (SELECT content FROM casque_blob WHERE id = x'{other}') WHERE id = x'{id}'"
    );
    test.tamper(&swap);
    let read = test.another().ground().blob(&id).map(|_content| ());
    assert!(matches!(read, Err(StoreError::Damaged(_))), "{read:?}");
}

#[test]
fn two_processes_writing_in_turns_never_fork_a_log() {
    let mut test = TestStore::new();
    let mut other = test.another();
    for number in 0..20 {
        test.append(&[summary(number)]);
        append(&mut other, &test.signer, &[comment(number, "seen"), summary(number + 100)]);
    }
    let check = other.verify(&mut quiet).expect("verified");
    assert_eq!((check.good, check.damage.len(), check.logs), (60, 0, 1));
    assert_eq!(everything(&test.store), everything(&other));
    assert_matches_journal(&test.store);
}

/// Both clocks stand still, so only what is read inside the transaction keeps the times apart.
#[test]
fn two_processes_writing_at_once_never_give_a_time_twice() {
    let test = TestStore::new();
    let file = test.file();
    let work = |first: u8| {
        let file = file.clone();
        move || {
            let (mut store, signer) = (open(&file).expect("opened"), device(1));
            for number in 0..40 {
                append(&mut store, &signer, &[summary(first + number)]);
            }
        }
    };
    let threads = [0, 100].map(|first| std::thread::spawn(work(first)));
    for thread in threads {
        thread.join().expect("no panic");
    }
    let entries = journal(&test.store);
    assert_eq!(entries.len(), 80);
    let times: Vec<_> = entries.iter().map(|stored| stored.at).collect();
    assert!(times.is_sorted_by(|a, b| a < b), "each entry is later than the one before");
    assert!(test.store.verify(&mut quiet).expect("verified").damage.is_empty());
}

#[test]
fn what_is_written_during_a_rebuild_is_there_once() {
    let mut test = two_logs(3);
    let (mut other, signer) = (test.another(), device(1));
    let located = Values::default().with("occurred_at", Value::Time(NOW)).with(
        "place",
        Value::Geometry(model::place::Geometry::Point(
            model::place::Position::from_units(0, 0).expect("on the earth"),
        )),
    );
    let mut written = false;
    let outcome = test.store.rebuild(&mut |_done, _all| {
        if !written {
            append(&mut other, &signer, &[created(record(50), &located)]);
            written = true;
        }
    });
    outcome.expect("rebuilt");
    assert_matches_journal(&test.store);
    let incremental = test.store.state_hash().expect("a hash");
    test.store.rebuild(&mut quiet).expect("rebuilt");
    assert_eq!(test.store.state_hash().expect("a hash"), incremental);
}

#[test]
fn an_interrupted_rebuild_is_done_again_by_the_next_opening() {
    let test = two_logs(5);
    let before = test.store.state_hash().expect("a hash");
    // As an interruption after the first of its transactions leaves it.
    test.tamper("UPDATE casque_setting SET value = x'' WHERE name = 'projection'");
    test.tamper("DELETE FROM report");
    test.tamper("DELETE FROM casque_cube");
    assert_eq!(test.another().state_hash().expect("a hash"), before);
}

#[test]
fn a_pack_with_another_field_shows_what_the_journal_always_had() {
    let mut test = TestStore::new();
    test.append(&[edited(record(0), "later", Some(Value::Integer(4)), &[])]);
    drop(test.store);
    let form = "type,name,label::en\ndatetime,occurred_at,When\ngeopoint,place,Where\nselect_one kind,kind,Kind\n\
                text,admin1,Region\ntext,admin2,District\ninteger,deaths,Deaths\n\
                integer,injured,Injured\ntext,summary,Summary\ntext,side,Side\ninteger,later,Later\ndatetime,reported_at,Reported\n";
    let pack = changed(&[("registers/report/survey.csv", form)]);
    let file = test.folder.path().join("node.sqlite");
    let store = Store::new(Ground::open(&file).expect("opened"), pack).expect("a store");
    let later =
        filter::parse("later = 4", store.table(&report()).expect("a register")).expect("read");
    assert_eq!(ids(&store, &everybody(), &report(), &asking(later)), [record(0)]);
    assert_matches_journal(&store);
    drop(store);
    let store = open(&file).expect("opened with the former pack");
    assert_eq!(ids(&store, &everybody(), &report(), &asking(Filter::all())), [record(0)]);
}

/// A register's and a field's names are columns and tables of the same database as the journal.
#[test]
fn no_name_a_pack_can_give_touches_the_journal() {
    let form = "type,name,label::en\ninteger,no,Number\ngeopoint,place,Where\n\
                text,place_lon,Longitude\ntext,rowid,Row\ntext,select,Select\n";
    let register = "title = { en = \"Odd\" }\nfield_groups = [\"handling\"]\n";
    for odd in ["casque_entry", "casque_log", "casque_record", "sqlite_master", "table", "temp"] {
        let (survey, toml) =
            (format!("registers/{odd}/survey.csv"), format!("registers/{odd}/register.toml"));
        let outcome = std::panic::catch_unwind(|| changed(&[(&survey, form), (&toml, register)]));
        // A pack that is refused cannot do harm.
        let Ok(pack) = outcome else { continue };
        let mut test = two_logs(2);
        let file = test.folder.path().join("node.sqlite");
        drop(test.store);
        test.store = Store::new(Ground::open(&file).expect("opened"), pack)
            .unwrap_or_else(|error| panic!("a register named {odd}: {error}"));
        let check = test.store.verify(&mut quiet).expect("verified");
        assert_eq!((check.good, check.damage.len()), (4, 0), "a register named {odd}");
        let edits = [("no", Value::Integer(3)), ("place_lon", Value::Text("east".to_owned()))];
        let edits = edits.map(|(field, value)| crate::support::edit(field, Some(value), &[]));
        let act = Act::Set { register: name(odd), edits: edits.to_vec() };
        test.append(&[operation(record(7), act)]);
        assert_matches_journal(&test.store);
    }
}

#[test]
fn settings_and_credentials_are_kept_and_replaced() {
    let test = TestStore::new();
    let ground = test.store.ground();
    assert_eq!(ground.setting("nothing").expect("read"), None);
    assert_eq!(ground.credential(4).expect("read"), None);
    let kept: BTreeMap<&str, &[u8]> = [("a", &b"1"[..]), ("b", &b""[..])].into();
    for (name, value) in &kept {
        ground.set_setting(name, b"before").expect("kept");
        ground.set_setting(name, value).expect("kept");
    }
    ground.set_credential(4, "$argon2id$", None).expect("kept");
    let again = test.another();
    for (name, value) in kept {
        assert_eq!(again.ground().setting(name).expect("read").as_deref(), Some(value));
    }
    assert_eq!(again.ground().credential(4).expect("read").as_deref(), Some("$argon2id$"));
}
