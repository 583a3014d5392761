//! `cargo xtask bench`: the benchmark runner, built as people run Casque: in release.
//!
//! What is measured, and how the results are written down, is the business of package `bench`.

use std::path::Path;

use crate::{Outcome, shell};

/// Runs package `bench` with these arguments.
pub(crate) fn run(root: &Path, arguments: &[String]) -> anyhow::Result<Outcome> {
    let mut command = shell::cargo(root, &["run", "--release", "--package", "bench", "--"]);
    let passed = shell::succeeds(command.args(arguments))?;
    Ok(if passed { Outcome::Done } else { Outcome::Failed })
}
