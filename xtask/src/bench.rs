//! `cargo xtask bench`: the benchmark runner, built as people run Casque: in release.
//!
//! What is measured, and how the results are written down, is the business of package `bench`.

use std::path::Path;

use crate::{Outcome, shell};

/// Subcommands that measure the program `casque` itself.
const OF_THE_PROGRAM: [&str; 2] = ["http", "tiles"];

/// Runs package `bench` with these arguments.
pub(crate) fn run(root: &Path, arguments: &[String]) -> anyhow::Result<Outcome> {
    let first = arguments.first().map_or("", String::as_str);
    if OF_THE_PROGRAM.contains(&first) {
        let mut build = shell::cargo(root, &["build", "--release", "--package", "server"]);
        if !shell::succeeds(&mut build)? {
            return Ok(Outcome::Failed);
        }
    }
    let mut command = shell::cargo(root, &["run", "--release", "--package", "bench", "--"]);
    let passed = shell::succeeds(command.args(arguments))?;
    Ok(if passed { Outcome::Done } else { Outcome::Failed })
}
