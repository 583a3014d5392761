//! Killed at any point, hundreds of times: nothing acknowledged is lost, nothing is half done.
//!
//! Two ways: a signal after so many lines of progress, and a limit on the size of files, at which the
//! system kills the process in the middle of a write. Neither waits for time to pass.

use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};

use crate::casque::{Casque, Ran, bare};
use crate::files::many;

/// The pack with the fewest places: these tests begin hundreds of processes.
const PACK: &str = "minusek";
/// Events of the file that is imported again and again.
const EVENTS: u64 = 400;
/// Rows written together.
const ROWS_PER_COMMIT: u64 = 40;
/// Imports that are killed by a signal.
const SIGNALS: u64 = 100;
/// Imports and single records that are killed in a write.
const LIMITS: u64 = 100;

/// Starts an import, reads so many lines of its progress, kills it; whether it had not ended.
fn killed_after_lines(casque: &Casque, file: &std::path::Path, lines: u64) -> bool {
    let rows = ROWS_PER_COMMIT.to_string();
    let flags = [
        "import",
        "--register",
        "incident",
        "--mapping",
        "ucdp",
        "--yes",
        "--progress",
        "plain",
        "--rows-per-commit",
        &rows,
    ];
    let mut command = casque.command(flags);
    command.arg(file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("an import starts");
    let mut progress = BufReader::new(child.stderr.take().expect("its progress"));
    let mut line = String::new();
    for _ in 0..lines {
        progress.read_line(&mut line).expect("a line of progress");
    }
    child.kill().expect("it is killed, or has ended");
    child.wait().expect("it has ended").signal().is_some()
}

/// Runs a command that dies when a file grows beyond so many KiB; whether it lived.
fn killed_in_a_write(casque: &Casque, kib: u64, arguments: &[&str]) -> Ran {
    let mut command = Command::new("bash");
    bare(&mut command);
    let script = format!("ulimit -c 0; ulimit -f {kib}; exec \"$0\" \"$@\"");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_casque")]).args(arguments);
    command.env("CASQUE_DATA", casque.data());
    Ran::of(command)
}

#[test]
fn an_import_killed_by_a_signal_goes_on_where_it_was() {
    let casque = Casque::with_pack(PACK);
    let releases = [3, 4].map(|deaths| casque.file(&format!("{deaths}.csv"), many(EVENTS, deaths)));
    let mut killed = 0;
    for nth in 0..SIGNALS {
        let file = &releases[usize::try_from(nth / 8 % 2).expect("0 or 1")];
        killed += u64::from(killed_after_lines(&casque, file, nth % (EVENTS / 100 + 1)));
        let total = casque.total();
        assert!(total.is_multiple_of(ROWS_PER_COMMIT) || total == EVENTS, "{total} records");
        if nth % 25 == 0 {
            casque.assert_whole();
        }
    }
    assert!(killed > SIGNALS / 4, "only {killed} died");
    casque.assert_whole();
    casque.import(&releases[0]).out();
    assert_eq!((casque.total(), casque.count("deaths_best = 3")), (EVENTS, EVENTS));
    assert!(!casque.line("doctor").out().contains("conflicts-open"));
    casque.assert_whole();
}

#[test]
fn an_import_killed_in_any_write_leaves_whole_commits_and_can_be_finished() {
    let casque = Casque::with_pack(PACK);
    let file = casque.file("events.csv", many(EVENTS, 3));
    let file = file.to_str().expect("a path of text");
    let rows = ROWS_PER_COMMIT.to_string();
    let line = [
        "import",
        "--register",
        "incident",
        "--mapping",
        "ucdp",
        "--yes",
        "--rows-per-commit",
        &rows,
        file,
    ];
    let mut killed = 0;
    for nth in 1..=LIMITS {
        let ran = killed_in_a_write(&casque, nth * 5, &line);
        killed += u64::from(ran.code == -1);
        let total = casque.total();
        assert!(total.is_multiple_of(ROWS_PER_COMMIT) || total == EVENTS, "{total} records");
        if nth % 25 == 0 {
            casque.assert_whole();
        }
    }
    assert!(killed > LIMITS / 4, "only {killed} died");
    casque.import(file.as_ref()).out();
    assert_eq!(casque.total(), EVENTS);
    casque.assert_whole();
}

#[test]
fn a_record_whose_id_was_told_is_there_whatever_kills_the_process() {
    let casque = Casque::with_pack(PACK);
    let mut told = Vec::new();
    let mut killed = 0;
    let small = (1..=LIMITS / 2).map(|nth| nth * 4);
    let large = (1..=LIMITS / 2).map(|nth| nth * 100);
    for kib in small.chain(large) {
        let text = format!("summary={}", "word ".repeat(usize::try_from(kib).expect("a number")));
        let line = ["create", "incident", "type=VC-KILL", "occurred_at=2020-01-01", &text];
        let ran = killed_in_a_write(&casque, kib, &line);
        killed += u64::from(ran.code == -1);
        told.extend(ran.out.lines().next().map(str::to_owned));
    }
    assert!(killed > 5, "only {killed} died");
    assert!(told.len() > 5, "only {} lived", told.len());
    let found = casque.line("query incident --json --limit 1000").json();
    let found = found["records"].as_array().cloned().unwrap_or_default();
    let ids: Vec<&str> = found.iter().filter_map(|record| record["id"].as_str()).collect();
    for id in &told {
        assert!(ids.contains(&id.as_str()), "{id} was told and is lost");
    }
    assert!(
        found.iter().all(|record| record["type"] == "VC-KILL" && record["summary"].is_string())
    );
    casque.assert_whole();
}

#[test]
fn a_node_killed_in_its_making_can_be_made() {
    let casque = Casque::nowhere();
    let pack = crate::casque::pack(PACK);
    let password = casque.path("password");
    let words = [
        "init",
        "--pack",
        pack.to_str().expect("text"),
        "--admin-password-file",
        password.to_str().expect("text"),
    ];
    let mut killed = 0;
    for nth in 1..=30 {
        let ran = killed_in_a_write(&casque, nth * 20, &words);
        killed += u64::from(ran.code == -1);
        assert!(ran.code == 0 || !casque.data().exists(), "half a node is there");
        if ran.code == 0 {
            break;
        }
    }
    assert!(killed > 5, "only {killed} died");
    if !casque.data().exists() {
        casque.init(&pack).out();
    }
    assert_eq!(casque.line("doctor").code, 0);
}
