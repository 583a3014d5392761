//! Running other programs: cargo, the built binary.
//!
//! Nothing is run through a shell; a program that cannot be started is an error that names it.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

/// A cargo command in the workspace: the cargo that started us, not one that happens to be found.
pub(crate) fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root);
    // Set for this program by `cargo run`; they would make dependencies look changed.
    for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME"] {
        command.env_remove(name);
    }
    command
}

/// Runs to the end with the terminal attached; whether it succeeded.
pub(crate) fn succeeds(command: &mut Command) -> anyhow::Result<bool> {
    let status = command.stdin(Stdio::null()).status();
    Ok(status.with_context(|| cannot_start(command))?.success())
}

/// Whether it succeeds, with whatever it prints thrown away; a missing program does not.
pub(crate) fn is_available(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// What it prints on stdout; stderr goes to the terminal, failure is an error.
pub(crate) fn output(command: &mut Command) -> anyhow::Result<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.with_context(|| cannot_start(command))?;
    if !output.status.success() {
        bail!("{} ended with {}", command.get_program().to_string_lossy(), output.status);
    }
    String::from_utf8(output.stdout).context("the program printed something that is not UTF-8")
}

fn cannot_start(command: &Command) -> String {
    format!("cannot start {}", command.get_program().to_string_lossy())
}

/// What a piece of work gave, and how long it took.
#[expect(clippy::disallowed_methods, reason = "the developer's commands measure themselves")]
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}
