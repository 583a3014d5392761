//! The binary in a folder of its own, and what a run of it said.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value as Json;
use tempfile::TempDir;

/// The password of `admin` in every test.
const PASSWORD: &str = "a password of tests\n";

/// A node in a temporary folder.
pub(crate) struct Casque {
    folder: TempDir,
}

impl Casque {
    /// A folder without a node.
    pub(crate) fn nowhere() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("password"), PASSWORD).expect("the password file");
        Self { folder }
    }

    /// A node with the MINUSMA pack.
    pub(crate) fn new() -> Self {
        Self::with_pack("minusma")
    }

    /// A node with a pack.
    pub(crate) fn with_pack(name: &str) -> Self {
        let casque = Self::nowhere();
        let made = casque.init(&pack(name));
        assert_eq!(made.code, 0, "{}", made.err);
        casque
    }

    /// A node with the 735 events of Mali.
    pub(crate) fn with_events() -> Self {
        let casque = Self::new();
        let report = casque.import(&events()).json();
        assert_eq!(report["created"], 735);
        casque
    }

    /// Makes the node.
    pub(crate) fn init(&self, pack: &Path) -> Ran {
        let password = self.path("password");
        self.run([
            "init".as_ref(),
            "--pack".as_ref(),
            pack.as_os_str(),
            "--admin-password-file".as_ref(),
            password.as_os_str(),
        ])
    }

    /// The folder of the node.
    pub(crate) fn data(&self) -> PathBuf {
        self.path("node")
    }

    /// The database of the node.
    pub(crate) fn database(&self) -> PathBuf {
        self.data().join("node.sqlite")
    }

    /// A path beside the node.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A file beside the node.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, content).expect("a file beside the node");
        path
    }

    /// The command, not yet run: `--data` is set, the environment says nothing.
    pub(crate) fn command<A: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = A>,
    ) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_casque"));
        bare(&mut command);
        command.env("CASQUE_DATA", self.data()).args(arguments);
        command
    }

    /// Runs it.
    pub(crate) fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Ran {
        Ran::of(self.command(arguments))
    }

    /// Runs a line of words with blanks between.
    pub(crate) fn line(&self, line: &str) -> Ran {
        self.run(line.split(' '))
    }

    /// Imports a file of events with `--yes --json`.
    pub(crate) fn import(&self, file: &Path) -> Ran {
        self.import_as("ucdp", file)
    }

    /// Imports a file of events by a mapping, with `--yes --json`.
    pub(crate) fn import_as(&self, mapping: &str, file: &Path) -> Ran {
        let flags = ["import", "--register", "incident", "--mapping", mapping, "--yes", "--json"];
        self.run(flags.map(OsStr::new).into_iter().chain([file.as_os_str()]))
    }

    /// How many incidents fulfil a filter.
    pub(crate) fn count(&self, filter: &str) -> u64 {
        let counted = self.run(["query", "incident", "--count", "--filter", filter]);
        counted.out().trim().parse().expect("a number")
    }

    /// How many incidents there are.
    pub(crate) fn total(&self) -> u64 {
        let counted = self.run(["query", "incident", "--count"]);
        counted.out().trim().parse().expect("a number")
    }

    /// The id of the incident with this key of its source.
    pub(crate) fn id_of(&self, source_id: &str) -> String {
        let filter = format!("source_id = '{source_id}'");
        let found = self.run(["query", "incident", "--json", "--filter", &filter]).json();
        found["records"][0]["id"].as_str().expect("a record of that key").to_owned()
    }

    /// Every hash and signature is right, and what is derived is what a rebuild gives.
    pub(crate) fn assert_whole(&self) {
        let verified = self.line("journal verify --json");
        assert_eq!(verified.json()["good"], true, "{}", verified.out);
        let rebuilt = self.line("rebuild --json").json();
        assert_eq!(rebuilt["same"], true, "{rebuilt}");
    }
}

/// What a run said and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit code; -1 where a signal ended it.
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Runs a command to its end.
    pub(crate) fn of(mut command: Command) -> Self {
        Self::from(command.stdin(Stdio::null()).output().expect("the binary runs"))
    }

    /// What it printed, where it went well.
    pub(crate) fn out(&self) -> &str {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        &self.out
    }

    /// The document it printed.
    pub(crate) fn json(&self) -> Json {
        serde_json::from_str(&self.out).unwrap_or_else(|error| {
            assert_eq!("", error.to_string(), "no JSON: {}{}", self.out, self.err);
            Json::Null
        })
    }

    /// It ended with this exit code and told this finding, with words on how to mend it.
    pub(crate) fn told(&self, code: i32, finding: &str) {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        assert!(!self.err.contains("{$"), "a value is missing: {}", self.err);
        let head = format!("[{finding}]");
        let mut lines = self.err.lines().skip_while(|line| !line.contains(&head));
        let first = lines.next();
        assert!(first.is_some(), "{head} is not in: {}", self.err);
        let fix = lines.next().unwrap_or_default();
        assert!(fix.starts_with("    ") && fix.trim().len() > 5, "no fix below {first:?}: {fix}");
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// Takes away what the environment of the tests would say.
pub(crate) fn bare(command: &mut Command) {
    for name in ["CASQUE_USER", "CASQUE_LANG", "CASQUE_LOG", "LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command.env("NO_COLOR", "1");
}

/// A pack of the project.
pub(crate) fn pack(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs").join(name)
}

/// The 735 events of Mali.
pub(crate) fn events() -> PathBuf {
    pack("minusma").join("demo/ucdp-mali-1990-2019.csv")
}
