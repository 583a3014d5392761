//! The machine's troubles: a full disk, a folder that cannot be written, two processes, a clock
//! years off.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use app::{Condition, Environment, NewUser, Node};
use testkit::{FixedClock, SeededRandomness};

use crate::casque::{Casque, Ran, bare, pack};
use crate::files::many;

/// A shell in a mount namespace of its own, whose mounts end with it; nothing where the system does
/// not allow that.
fn in_own_mounts(casque: &Casque, script: &str) -> Option<Ran> {
    let own_mounts = |command: &mut Command| {
        command.args(["--user", "--map-root-user", "--mount"]);
    };
    let mut probe = Command::new("unshare");
    own_mounts(&mut probe);
    let allowed =
        probe.arg("true").stderr(Stdio::null()).status().is_ok_and(|status| status.success());
    allowed.then(|| {
        let mut command = Command::new("unshare");
        bare(&mut command);
        own_mounts(&mut command);
        command.args(["bash", "-c", script]).env("CASQUE_DATA", casque.data());
        command.env("CASQUE", env!("CARGO_BIN_EXE_casque")).env("ROOT", casque.path(""));
        Ran::of(command)
    })
}

/// A disk of 12 MB that holds the node, filled up to a few pages; then an import; then room again.
const FULL_DISK: &str = r#"
    mkdir "$ROOT/disk" && mount -t tmpfs -o size=12m tmpfs "$ROOT/disk" && cp -r "$CASQUE_DATA" "$ROOT/disk/node"
    export CASQUE_DATA="$ROOT/disk/node"
    head -c 200000 /dev/zero > "$ROOT/disk/room"
    cat /dev/zero > "$ROOT/disk/filler" 2>/dev/null
    rm "$ROOT/disk/room"
    "$CASQUE" import --register incident --mapping ucdp --yes "$ROOT/events.csv"; echo "import $?"
    "$CASQUE" query incident --count
    rm "$ROOT/disk/filler"
    "$CASQUE" journal verify >/dev/null; echo "verify $?"
    "$CASQUE" import --register incident --mapping ucdp --yes "$ROOT/events.csv" >/dev/null; echo "again $?"
    "$CASQUE" query incident --count
"#;

#[test]
fn a_full_disk_is_told_and_nothing_is_lost_or_half_done() {
    let casque = Casque::new();
    casque.import(&casque.file("first.csv", many(10, 2))).out();
    casque.file("events.csv", many(3_000, 3));
    let Some(ran) = in_own_mounts(&casque, FULL_DISK) else {
        return full_by_quota(&casque);
    };
    let told: Vec<&str> = ran.out.lines().collect();
    assert_eq!(told, ["import 4", "10", "verify 0", "again 0", "3000"], "{}", ran.err);
    assert!(ran.err.contains("error[store-full]"), "{}", ran.err);
}

/// Where no disk can be made: files may not grow beyond a size.
fn full_by_quota(casque: &Casque) {
    let mut command = Command::new("bash");
    bare(&mut command);
    let script = "trap '' XFSZ; ulimit -f 64; exec \"$0\" import --register incident --mapping ucdp --yes \"$1\"";
    command.args(["-c", script, env!("CARGO_BIN_EXE_casque")]).arg(casque.path("events.csv"));
    let ran = Ran::of({
        command.env("CASQUE_DATA", casque.data());
        command
    });
    assert!(ran.code > 0 && ran.err.contains("error[store-"), "{}", ran.err);
    assert_eq!(casque.total(), 10);
    casque.assert_whole();
}

#[test]
fn a_node_is_made_whole_or_not_at_all_on_a_full_disk() {
    let casque = Casque::nowhere();
    let script = format!(
        r#"mkdir "$ROOT/disk" && mount -t tmpfs -o size=1m tmpfs "$ROOT/disk"
        "$CASQUE" init --data "$ROOT/disk/node" --pack "{}" --admin-password-file "$ROOT/password"; echo "init $?"
        test -e "$ROOT/disk/node" && echo "half a node""#,
        pack("minusma").display()
    );
    if let Some(ran) = in_own_mounts(&casque, &script) {
        assert_eq!(ran.out, "init 4\n", "{}", ran.err);
        assert!(ran.err.contains("error[store-full]"), "{}", ran.err);
    }
}

/// A command run by somebody who owns nothing here.
fn as_nobody(casque: &Casque, arguments: &[&str]) -> Ran {
    if !rights_do_not_bind(casque) {
        return casque.run(arguments);
    }
    let binary = casque.path("casque");
    if !binary.exists() {
        fs::copy(env!("CARGO_BIN_EXE_casque"), &binary).expect("a copy that anybody may run");
    }
    let mut command = Command::new("setpriv");
    bare(&mut command);
    command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]);
    command.arg(binary).args(arguments).env("CASQUE_DATA", casque.data());
    Ran::of(command)
}

/// Whether the tests run as somebody whom no right binds.
fn rights_do_not_bind(casque: &Casque) -> bool {
    let file = casque.file("closed", "");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).expect("closed");
    let readable = fs::read(&file).is_ok();
    fs::remove_file(file).expect("removed");
    readable
}

/// Lets everybody read a folder, and nobody write to it.
fn read_only(folder: &Path) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let mode = if path.is_dir() { 0o555 } else { 0o444 };
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("made read-only");
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).expect("made read-only");
}

#[test]
fn a_folder_that_cannot_be_written_is_told() {
    let casque = Casque::with_events();
    fs::set_permissions(casque.path(""), fs::Permissions::from_mode(0o755)).expect("opened");
    read_only(&casque.data());
    let made =
        as_nobody(&casque, &["create", "incident", "type=VC-KILL", "occurred_at=2020-01-01"]);
    assert_eq!(made.code, 4, "{}{}", made.out, made.err);
    assert!(made.err.contains("error[store-") || made.err.contains("error[file-"), "{}", made.err);
    let queried = as_nobody(&casque, &["query", "incident", "--count"]);
    assert!([0, 4].contains(&queried.code), "{}", queried.err);
    fs::set_permissions(casque.data(), fs::Permissions::from_mode(0o755)).expect("opened");
    assert_eq!(casque.total(), 735);
    let elsewhere = casque.path("elsewhere");
    fs::create_dir(&elsewhere).expect("a folder");
    fs::set_permissions(&elsewhere, fs::Permissions::from_mode(0o555)).expect("closed");
    let data = elsewhere.join("node");
    let pack = pack("minusma");
    let words =
        ["--data", data.to_str().expect("text"), "init", "--pack", pack.to_str().expect("text")];
    let made = as_nobody(&casque, &words);
    assert!(made.code == 4 || made.err.contains("file-not-allowed"), "{}", made.err);
}

#[test]
fn two_processes_importing_at_once_lose_nothing_and_double_nothing() {
    let casque = Casque::new();
    let halves = [casque.file("one.csv", many(400, 3)), casque.file("two.csv", many(700, 3))];
    let start = |file: &std::path::PathBuf| {
        let flags = [
            "import",
            "--register",
            "incident",
            "--mapping",
            "ucdp",
            "--yes",
            "--json",
            "--rows-per-commit",
            "50",
        ];
        let mut command = casque.command(flags);
        command.arg(file).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("an import starts")
    };
    let running = halves.each_ref().map(start);
    for child in running {
        let ran = Ran::from(child.wait_with_output().expect("an import ends"));
        assert_eq!((ran.code, &ran.json()["refused"]), (0, &0.into()), "{}", ran.err);
    }
    assert_eq!(casque.total(), 700);
    assert!(casque.line("doctor").out().lines().all(|line| !line.contains("conflicts-open")));
    casque.assert_whole();
}

#[test]
fn a_process_that_holds_the_node_makes_the_other_give_up_with_words() {
    let casque = Casque::new();
    let file = casque.file("events.csv", many(5_000, 3));
    let mut command = casque.command([
        "import",
        "--register",
        "incident",
        "--mapping",
        "ucdp",
        "--yes",
        "--progress",
        "plain",
    ]);
    command.arg(&file).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut holder = command.spawn().expect("an import starts");
    let mut progress = BufReader::new(holder.stderr.take().expect("its progress"));
    let mut line = String::new();
    progress.read_line(&mut line).expect("a line of progress");
    signal(holder.id(), "STOP");
    let other = casque.run(["create", "incident", "type=VC-KILL", "occurred_at=2020-01-01"]);
    signal(holder.id(), "CONT");
    other.told(4, "store-busy");
    std::io::copy(&mut progress, &mut std::io::sink()).expect("the rest of its progress");
    assert!(holder.wait().expect("the import ends").success());
    assert_eq!(casque.total(), 5_000);
}

fn signal(process: u32, name: &str) {
    let script = format!("kill -{name} {process}");
    let sent = Command::new("bash").args(["-c", &script]).status().expect("a shell");
    assert!(sent.success(), "{script}");
}

/// A node of the same folder whose clock is what a test says.
fn node_at(casque: &Casque, instant: &str) -> Node {
    let environment = environment(instant);
    Node::open(&casque.data(), environment).expect("the node opens")
}

fn environment(instant: &str) -> Environment {
    Environment {
        clock: Box::new(FixedClock::at(instant)),
        randomness: Box::new(SeededRandomness::new(instant.len() as u64)),
    }
}

fn report(node: &mut Node, day: &str) -> String {
    let viewer = node.viewer(None).expect("the administrator");
    let answers = [("type", "VC-KILL"), ("occurred_at", day)];
    let answers = answers.map(|(field, value)| (field.to_owned(), value.to_owned()));
    node.create_record(&viewer, "incident", &answers, None).expect("a record").outcome.to_string()
}

#[test]
fn a_clock_years_ahead_loses_no_order_and_the_doctor_says_so() {
    let casque = Casque::new();
    let id = report(&mut node_at(&casque, "2071-05-06T07:08:09Z"), "2020-01-01");
    let doctor = casque.line("doctor");
    assert_eq!(doctor.code, 1, "{}", doctor.out);
    assert!(
        doctor.out.contains("clock-behind") && doctor.out.contains("2071-05-06"),
        "{}",
        doctor.out
    );
    casque.run(["edit", "incident", &id, "deaths_best=4"]).out();
    let shown = casque.run(["show", "incident", &id, "--json"]).json();
    assert_eq!(
        (&shown["values"]["deaths_best"], &shown["conflicts"]),
        (&4.into(), &serde_json::json!({}))
    );
    let history = casque.run(["history", "incident", &id, "--json"]).json();
    assert_eq!(history[1]["detail"]["fields"]["deaths_best"]["value"], 4);
    casque.assert_whole();
}

#[test]
fn a_clock_years_behind_loses_no_order_and_the_doctor_says_so() {
    let casque = Casque::new();
    let made = casque.run(["create", "incident", "type=VC-KILL", "occurred_at=2020-01-01"]);
    let id = made.out().trim().to_owned();
    let mut node = node_at(&casque, "1980-01-01T00:00:00Z");
    let viewer = node.viewer(None).expect("the administrator");
    let edit = [("deaths_best".to_owned(), "5".to_owned())];
    assert_eq!(
        node.edit_record(&viewer, ("incident", &id), &edit, None).expect("an edit").outcome,
        1
    );
    let clock =
        node.doctor(&viewer).expect("checks").into_iter().find(|check| check.what == "clock");
    let condition = clock.expect("the clock is looked at").condition;
    assert!(
        matches!(&condition, Condition::Bad(finding) if finding.code == "clock-wrong"),
        "{condition:?}"
    );
    drop(node);
    let history = casque.run(["history", "incident", &id, "--json"]).json();
    let acts: Vec<bool> = history
        .as_array()
        .into_iter()
        .flatten()
        .map(|step| step["detail"]["fields"]["deaths_best"].is_object())
        .collect();
    assert_eq!(acts, [false, true]);
    casque.assert_whole();
}

#[test]
fn a_node_made_under_a_wrong_clock_works_when_the_clock_is_right() {
    let casque = Casque::nowhere();
    let administrator = NewUser::cleared("admin", &["administrator"]);
    let made = Node::create(
        &casque.data(),
        &pack("minusma"),
        administrator,
        environment("1980-01-01T00:00:00Z"),
    );
    drop(made.expect("a node"));
    casque.import(&casque.file("events.csv", many(5, 3))).out();
    assert_eq!(casque.line("doctor").code, 0);
    casque.assert_whole();
}
