//! How things are told: languages, documents, exit codes, wrong command lines, closed outputs.

use std::fs::OpenOptions;

use crate::casque::{Casque, Ran};

#[test]
fn errors_come_in_words_with_a_fix_and_in_both_languages() {
    let casque = Casque::new();
    let ran = casque.run(["query", "incident", "--filter", "deths_best > 4"]);
    ran.told(1, "filter-unknown-field");
    assert!(ran.err.contains("deaths_best"), "{}", ran.err);
    let french = casque.run(["--lang", "fr", "query", "incident", "--filter", "deths_best > 4"]);
    french.told(1, "filter-unknown-field");
    assert!(french.err.starts_with("erreur["), "{}", french.err);
    let mut command = casque.command(["query", "incidnt"]);
    command.env("CASQUE_LANG", "fr_ML.UTF-8");
    let french = Ran::of(command);
    french.told(1, "register-unknown");
    assert!(french.err.contains("incident") && french.err.starts_with("erreur["), "{}", french.err);
}

#[test]
fn errors_are_documents_where_documents_are_wanted() {
    let casque = Casque::new();
    for arguments in [
        ["query", "incident", "--json", "--filter", "deaths_best = 'x'"],
        ["query", "incident", "--json", "--oder", "newest"],
    ] {
        let ran = casque.run(arguments);
        assert_eq!(ran.out, "");
        let told: serde_json::Value = serde_json::from_str(&ran.err).expect("a document of errors");
        let error = &told["errors"][0];
        for part in ["code", "text", "fix"] {
            assert!(error[part].as_str().is_some_and(|text| !text.is_empty()), "{part}: {told}");
        }
    }
}

#[test]
fn wrong_command_lines_end_with_2_and_say_what_is_meant() {
    let casque = Casque::nowhere();
    for (line, finding, near) in [
        ("qury incident", "usage-unknown-command", "query"),
        ("query incident --fliter x", "usage-unknown-argument", "--filter"),
        ("query", "usage-argument-missing", "<REGISTER>"),
        ("query incident --order sideways", "usage-wrong-value", "newest, oldest"),
        ("query incident --limit many", "usage-wrong-value", "--help"),
        ("query incident --count --by admin1", "usage-conflict", "--by"),
        ("export incident --format pdf", "usage-wrong-value", "geojson"),
        ("create incident deaths_best", "usage-field-value", "deaths_best"),
        ("delete incident 00000000000000000000000000", "usage-yes-missing", "--yes"),
    ] {
        let ran = casque.line(line);
        ran.told(2, finding);
        assert!(ran.err.contains(near), "{line}: {}", ran.err);
    }
    let alone = casque.run([""; 0]);
    assert_eq!((alone.code, alone.out.as_str()), (2, ""));
    assert!(alone.err.contains("query"), "{}", alone.err);
}

#[test]
fn version_and_help_are_data() {
    let casque = Casque::nowhere();
    let version = concat!("casque ", env!("CARGO_PKG_VERSION"), "\n");
    for line in ["-V", "query -V", "import undo --version"] {
        assert_eq!(casque.line(line).out(), version);
    }
    assert!(casque.line("journal verify --help").out().contains("hash"));
    assert!(casque.line("--lang fr journal verify --help").out().contains("empreinte"));
}

#[test]
fn a_folder_without_a_node_says_how_to_make_one() {
    let casque = Casque::nowhere();
    for line in ["query incident", "doctor", "journal verify", "rebuild", "user list"] {
        let ran = casque.line(line);
        ran.told(1, "node-not-found");
        assert!(ran.err.contains("casque init"), "{}", ran.err);
    }
    assert!(!casque.data().exists());
}

#[test]
fn an_output_that_is_full_is_an_error_and_not_a_loss_in_silence() {
    let casque = Casque::with_events();
    for line in
        ["query incident --json", "export incident --format csv", "export incident --format xlsx"]
    {
        let mut command = casque.command(line.split(' '));
        let full = OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
        let output = command.stdout(full).output().expect("the binary runs");
        let ran = Ran::from(output);
        assert_eq!(ran.code, 4, "{line}: {}", ran.err);
        assert!(
            ran.err.contains("output-failed") || ran.err.contains("export-unwritten"),
            "{line}: {}",
            ran.err
        );
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    use std::io::{BufRead, BufReader};
    let casque = Casque::with_events();
    let mut command = casque.command(["export", "incident", "--format", "ndjson"]);
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().expect("the binary runs");
    let mut first = String::new();
    let mut out = BufReader::with_capacity(64, child.stdout.take().expect("its output"));
    out.read_line(&mut first).expect("a line");
    drop(out);
    let ended = Ran::from(child.wait_with_output().expect("it ends"));
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
}

#[test]
fn no_data_of_a_record_can_steer_the_terminal() {
    let casque = Casque::new();
    let named = "\u{1b}[2Jgone";
    let made = casque.run([
        "create",
        "incident",
        "occurred_at=2020-01-01",
        "type=VC-KILL",
        &format!("place_name={named}"),
    ]);
    let id = made.out().trim().to_owned();
    for line in [
        "query incident".to_owned(),
        format!("show incident {id}"),
        format!("history incident {id}"),
    ] {
        let ran = casque.line(&line);
        assert!(!ran.out().contains('\u{1b}') && ran.out.contains("gone"), "{line}: {}", ran.out);
    }
}
