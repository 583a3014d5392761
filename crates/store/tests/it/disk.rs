//! A disk that is full or may not be written is named as such, loses nothing, and work goes on when
//! there is room.
//!
//! The disk is a memory file system of a few megabytes in a name space of the child's own; where
//! the system grants none, only the test in `src/ground.rs` stands for it.

use std::ffi::OsString;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use model::value::Value;
use store::{Store, StoreError};

use crate::pack::report;
use crate::reference::assert_matches_journal;
use crate::support::{
    NOW, Values, append, create, created, device, everybody, ids, open, quiet, record, searching,
};

const FOLDER: &str = "CASQUE_TEST_SMALL_DISK";
const MOUNT: &str = "mount -t tmpfs -o size=4m tmpfs \"$0\" && exec \"$@\"";

#[test]
fn a_full_disk_is_said_and_writing_goes_on_when_there_is_room() {
    run_on_small_disk("disk::on_a_full_disk");
}

#[test]
fn a_disk_that_may_not_be_written_is_said_to_be_so_and_what_is_there_stays() {
    run_on_small_disk("disk::on_a_read_only_disk");
}

/// Runs a test of this binary on a disk of its own.
fn run_on_small_disk(test: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    if !on_small_disk(folder.path()).arg("true").status().is_ok_and(|status| status.success()) {
        let told = "this system grants no name space of one's own; not run:";
        writeln!(std::io::stderr(), "{told} {test}").expect("the tests' output");
        return;
    }
    let this = std::env::current_exe().expect("this binary");
    let mut command = on_small_disk(folder.path());
    command.arg(this).args(["--exact", test, "--nocapture"]).env(FOLDER, folder.path());
    assert!(command.status().expect("the child starts").success());
}

fn on_small_disk(folder: &Path) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c", MOUNT]).arg(folder);
    command
}

/// The folder of the small disk; nothing where the parent named none and there is nothing to do.
fn small_disk() -> Option<PathBuf> {
    std::env::var_os(FOLDER).map(|folder: OsString| PathBuf::from(folder))
}

#[test]
fn on_a_full_disk() {
    let Some(folder) = small_disk() else { return };
    let ballast = folder.join("ballast");
    fs::write(&ballast, vec![0; 1_500_000]).expect("room for ballast");
    let file = folder.join("node.sqlite");
    let mut store = create(&file);
    let written = fill(&mut store);
    assert!(written > 0, "some were written before the disk was full");
    assert_holds(&store, written);
    assert_holds(&open(&file).expect("opened on a full disk"), written);
    fs::remove_file(&ballast).expect("room again");
    append(&mut store, &device(1), &[large(written)]);
    assert_holds(&store, written + 1);
    let before = store.state_hash().expect("a hash");
    store.rebuild(&mut quiet).expect("rebuilt");
    assert_eq!(store.state_hash().expect("a hash"), before);
}

#[test]
fn on_a_read_only_disk() {
    let Some(folder) = small_disk() else { return };
    let file = folder.join("node.sqlite");
    let mut store = create(&file);
    append(&mut store, &device(1), &[large(0)]);
    drop(store);
    remount(&folder, "remount,ro");
    let refused = open(&file).map(|mut store| try_append(&mut store, 1));
    let (Ok(Err(said)) | Err(said)) = refused else {
        panic!("it was written to a disk that may not be written")
    };
    assert!(is_closed(&said), "{said:?}");
    let elsewhere = store::Ground::create(&folder.join("other.sqlite")).map(|_ground| ());
    assert!(elsewhere.as_ref().is_err_and(is_closed), "{elsewhere:?}");
    remount(&folder, "remount,rw");
    let mut store = open(&file).expect("opened");
    append(&mut store, &device(1), &[large(1)]);
    assert_holds(&store, 2);
}

/// A database that is written ahead cannot even be opened where nothing may be written beside it.
fn is_closed(error: &StoreError) -> bool {
    matches!(error, StoreError::ReadOnly(_) | StoreError::CannotOpen(_))
}

fn remount(folder: &Path, how: &str) {
    let status = Command::new("mount").args(["-o", how]).arg(folder).status();
    assert!(status.expect("mount runs").success());
}

/// Writes until there is no room; how many entries were acknowledged.
fn fill(store: &mut Store) -> u8 {
    for number in 0..=u8::MAX {
        match try_append(store, number) {
            Ok(()) => {}
            Err(StoreError::Full(_)) => return number,
            Err(other) => panic!("a full disk is another error: {other:?}"),
        }
    }
    panic!("the disk was not filled");
}

fn try_append(store: &mut Store, number: u8) -> Result<(), StoreError> {
    let signer = device(1);
    let mut writer = store.write(&signer, 0, NOW)?;
    writer.append(journal::Lane::Routine, None, &large(number))?;
    writer.commit()
}

/// A record of text that does not compress.
fn large(number: u8) -> journal::Operation {
    let mut dice = testkit::SeededRandomness::new(u64::from(number));
    let words: Vec<String> = (0..1_500).map(|_| format!("{:x}", dice.next_bits())).collect();
    let text = format!("report {}", words.join(" "));
    let text = text.chars().take(30_000).collect();
    created(record(number), &Values::default().with("summary", Value::Text(text)))
}

fn assert_holds(store: &Store, written: u8) {
    assert_eq!(store.entry_count().expect("a count"), u64::from(written));
    let check = store.verify(&mut quiet).expect("verified");
    assert_eq!((check.good, check.damage.len()), (u64::from(written), 0));
    let found = ids(store, &everybody(), &report(), &searching("report"));
    assert_eq!(found.len(), usize::from(written));
    assert_matches_journal(store);
}
