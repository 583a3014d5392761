//! A process killed at any moment loses nothing it acknowledged and leaves nothing half done.
//!
//! The child is this very binary, running one test that does nothing unless the parent named a
//! folder in its environment.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use journal::{Act, Operation};
use model::id::EntryId;
use model::time::Timestamp;
use model::value::Value;
use store::{Order, Query, Store};
use testkit::SeededRandomness;

use crate::pack::report;
use crate::reference::{assert_matches_journal, fold, journal};
use crate::support::{
    Values, append, asking, create, created, device, edited, everybody, open, operation, quiet,
    record,
};

const FOLDER: &str = "CASQUE_TEST_KILL";
const ROUNDS: u64 = 200;
/// Rounds after which everything derived is made anew and compared.
const REBUILD_EVERY: u64 = 20;
/// Records the child works on.
const RECORDS: u8 = 40;
const ACKNOWLEDGED: &str = "acknowledged ";

#[test]
fn nothing_acknowledged_is_lost_and_nothing_is_half_done_however_often_it_is_killed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("node.sqlite");
    drop(create(&file));
    let mut dice = SeededRandomness::new(20_181_231);
    let mut acknowledged: BTreeSet<EntryId> = BTreeSet::new();
    for round in 1..=ROUNDS {
        acknowledged.extend(killed_after(folder.path(), &mut dice));
        let mut store = open(&file).unwrap_or_else(|error| panic!("round {round}: {error}"));
        assert_whole(&store, &acknowledged, round);
        if round % REBUILD_EVERY == 0 {
            assert_rebuild_changes_nothing(&mut store, round);
        }
    }
    assert!(acknowledged.len() as u64 > ROUNDS, "the child got to work");
    assert_matches_journal(&open(&file).expect("opened"));
}

/// Runs the child and kills it somewhere after a number of acknowledgements; all it acknowledged.
fn killed_after(folder: &Path, dice: &mut SeededRandomness) -> Vec<EntryId> {
    let mut child = start(folder);
    let (lines, spin) = (1 + dice.below(8), dice.below(3_000));
    let mut output = BufReader::new(child.stdout.take().expect("piped")).lines();
    let mut heard = Vec::new();
    while (heard.len() as u64) < lines {
        let line = output.next().expect("the child works until it is killed").expect("text");
        heard.extend(entry_in(&line));
    }
    burn(spin);
    child.kill().expect("killed");
    let left = output.map_while(Result::ok);
    heard.extend(left.filter_map(|line| entry_in(&line)));
    child.wait().expect("ended");
    heard
}

fn start(folder: &Path) -> Child {
    let this = std::env::current_exe().expect("this binary");
    let mut command = Command::new(this);
    command.args(["--exact", "kill::child", "--test-threads=1"]).env(FOLDER, folder);
    command.stdout(Stdio::piped()).spawn().expect("the child starts")
}

/// The entry of a whole line; the last line may be cut.
fn entry_in(line: &str) -> Option<EntryId> {
    line.strip_prefix(ACKNOWLEDGED)?.parse().ok()
}

/// Passes a moment that is not the same in every round, without a clock.
fn burn(steps: u64) {
    let mut hash = blake3::hash(b"somewhere in the next commit");
    for _ in 0..steps {
        hash = blake3::hash(hash.as_bytes());
    }
    assert_ne!(hash.as_bytes(), &[0; 32]);
}

fn assert_whole(store: &Store, acknowledged: &BTreeSet<EntryId>, round: u64) {
    let check = store.verify(&mut quiet).expect("verified");
    assert!(check.damage.is_empty(), "round {round}: {:?}", check.damage);
    let held: BTreeSet<EntryId> = journal(store).iter().map(|stored| stored.id).collect();
    assert!(acknowledged.is_subset(&held), "round {round}: something acknowledged is gone");
    assert_eq!(check.good, held.len() as u64, "round {round}");
}

fn assert_rebuild_changes_nothing(store: &mut Store, round: u64) {
    let incremental = store.state_hash().expect("a hash");
    store.rebuild(&mut quiet).expect("rebuilt");
    assert_eq!(store.state_hash().expect("a hash"), incremental, "round {round}");
}

/// The process that is killed. Without the parent's folder it has nothing to do.
#[test]
fn child() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let mut store = open(&PathBuf::from(folder).join("node.sqlite")).expect("opened");
    let signer = device(1);
    let mut dice = SeededRandomness::new(store.entry_count().expect("a count"));
    let mut out = std::io::stdout();
    loop {
        let operation = next(&store, &mut dice);
        let entries = append(&mut store, &signer, &[operation]);
        for entry in entries {
            out.write_all(format!("\n{ACKNOWLEDGED}{entry}\n").as_bytes())
                .expect("the parent hears");
            out.flush().expect("the parent hears");
        }
        if dice.below(12) == 0 {
            store.rebuild(&mut quiet).expect("rebuilt");
        }
    }
}

/// Something to do with some record: make it, change it, delete it, bring it back.
fn next(store: &Store, dice: &mut SeededRandomness) -> Operation {
    let id = record(u8::try_from(dice.below(u64::from(RECORDS))).expect("small"));
    let whole = store.record(&everybody(), &report(), &id).expect("read");
    let number = Value::Integer(i64::try_from(dice.below(9)).expect("small"));
    let Some(whole) = whole else { return created(id, &first_values(number)) };
    let state = fold(&whole.history, id);
    let deletions: Vec<EntryId> = state.deletions.iter().map(|seen| seen.entry).collect();
    let visible: BTreeSet<EntryId> =
        state.fields.values().flatten().map(|seen| seen.entry).collect();
    match dice.below(4) {
        0 if !deletions.is_empty() => operation(id, Act::Restore { overwrites: deletions }),
        1 => operation(id, Act::Delete { overwrites: visible.into_iter().collect() }),
        _ => {
            let field = crate::pack::name("deaths");
            let seen = state.fields.get(&field).into_iter().flatten().map(|seen| seen.entry);
            edited(id, "deaths", Some(number), &seen.collect::<Vec<_>>())
        }
    }
}

fn first_values(deaths: Value) -> Values {
    let place = model::place::Position::from_units(-30_000_000, 140_000_000).expect("on the earth");
    Values::default()
        .with("deaths", deaths)
        .with("admin2", Value::Text("ML0301".to_owned()))
        .with("summary", Value::Text("armed men on motorbikes".to_owned()))
        .with("occurred_at", Value::Time(Timestamp::from_ms(1_519_905_600_000)))
        .with("place", Value::Geometry(model::place::Geometry::Point(place)))
}

/// However the two fall together, a page is of one moment.
#[test]
fn a_reader_is_never_told_of_damage_by_what_another_process_writes_meanwhile() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("node.sqlite");
    drop(create(&file));
    let reader = open(&file).expect("opened");
    let writing = std::thread::spawn(move || {
        let (mut store, signer) = (open(&file).expect("opened"), device(1));
        for number in 0..120 {
            let id = record(number);
            let made =
                append(&mut store, &signer, &[created(id, &first_values(Value::Integer(1)))]);
            let delete = operation(id, Act::Delete { overwrites: made });
            append(&mut store, &signer, &[delete]);
        }
    });
    while !writing.is_finished() {
        let page = reader.query(&everybody(), &report(), &asking(filter::Filter::all()));
        let page = page.unwrap_or_else(|error| panic!("{error}"));
        assert!(page.records.len() <= 1, "there is one at a time");
    }
    writing.join().expect("no panic");
}

/// A reader that is there while another process writes sees whole commits and no others.
#[test]
fn a_reader_beside_a_writer_sees_whole_commits() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("node.sqlite");
    let mut store = create(&file);
    let reader = open(&file).expect("opened");
    let newest = Query { order: Order::Newest, ..asking(filter::Filter::all()) };
    for number in 0..10 {
        let signer = device(1);
        let mut writer = store.write(&signer, 0, crate::support::NOW).expect("a transaction");
        let operation = created(record(number), &first_values(Value::Integer(1)));
        writer.append(journal::Lane::Routine, None, &operation).expect("an entry");
        let before = reader.count(&everybody(), &report(), &newest).expect("a count");
        assert_eq!(before, u64::from(number), "what is not committed is not there");
        writer.commit().expect("committed");
        let after = reader.count(&everybody(), &report(), &newest).expect("a count");
        assert_eq!(after, u64::from(number) + 1);
        assert_eq!(reader.entry_count().expect("a count"), after);
    }
}
