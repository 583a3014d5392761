//! `cargo xtask gen`: the committed files that tests compare with, written again.
//!
//! Each such test compares, unless the environment has `UPDATE=1`; then it writes. So there is one
//! piece of code per file for both, and `cargo xtask test` notices a file that was not written.

use std::path::Path;

use anyhow::{Context, bail};

use crate::{Outcome, shell, terminal};

/// A committed file or folder, and the tests that keep it.
struct Generated {
    what: &'static str,
    package: &'static str,
    /// Part of the names of its tests.
    tests: &'static str,
}

const GENERATED: [Generated; 6] = [
    Generated { what: "journals that readers must agree on", package: "journal", tests: "golden" },
    Generated { what: "who may do what: the policy tables", package: "app", tests: "policy_table" },
    Generated { what: "the page of the registers", package: "app", tests: "registers_page" },
    Generated { what: "the description of the API", package: "server", tests: "openapi" },
    Generated { what: "who may call what", package: "server", tests: "route_table" },
    Generated { what: "the whole help of the command line", package: "server", tests: "help" },
];

/// Runs the tests that write, one kind of file after the other.
pub(crate) fn run(root: &Path) -> anyhow::Result<Outcome> {
    for generated in &GENERATED {
        terminal::heading(&format!("== {}", generated.what));
        let written = write(root, generated)?;
        terminal::line(&format!("{written} tests wrote their files"));
    }
    terminal::line("now look at the difference: git status, git diff");
    Ok(Outcome::Done)
}

/// Runs the tests of one kind of file; how many there were.
fn write(root: &Path, generated: &Generated) -> anyhow::Result<u64> {
    let mut command =
        shell::cargo(root, &["test", "--package", generated.package, generated.tests]);
    command.env("UPDATE", "1").env("INSTA_UPDATE", "always").env("INSTA_FORCE_PASS", "1");
    let printed = shell::output(&mut command)
        .with_context(|| format!("{} is not written", generated.what))?;
    match passed_tests(&printed) {
        0 => bail!(
            "package {} has no test with `{}` in its name",
            generated.package,
            generated.tests
        ),
        count => Ok(count),
    }
}

/// The sum over the binaries' closing lines: `test result: ok. 3 passed; 0 failed; ..`.
fn passed_tests(printed: &str) -> u64 {
    let results = printed.lines().filter_map(|line| line.strip_prefix("test result: ok. "));
    results.filter_map(|line| line.split(' ').next()?.parse::<u64>().ok()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passed_tests_are_added_over_binaries() {
        let printed = "running 1 test\ntest result: ok. 1 passed; 0 failed\n\ntest result: ok. 12 passed; 0 failed\n";
        assert_eq!(passed_tests(printed), 13);
        assert_eq!(passed_tests("test result: ok. 0 passed; 0 failed\n"), 0);
    }
}
