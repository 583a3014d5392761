//! `cargo xtask browser`: the pages in a real browser, on the demo's records, served by the built
//! binary.
//!
//! What is looked at stands in `web/e2e`. Pictures of the pages are for people to look at; nothing
//! compares them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use crate::served::{ADMINISTRATOR, Served};
use crate::{Outcome, shell, terminal, tools, workspace};

/// What is looked at.
const TESTS: &str = "web/e2e";
/// How the files of it end.
const TEST: &str = ".test.mjs";
/// Pictures for the guide.
const GUIDE: &str = "docs/guide/images";

/// Looks at the pages and leaves their pictures in the target folder, or in the guide.
pub(crate) fn run(root: &Path, arguments: &[String]) -> anyhow::Result<Outcome> {
    let pictures = match arguments {
        [] => workspace::target_folder()?.join("pages"),
        [flag] if flag == "--guide" => root.join(GUIDE),
        _ => return Ok(Outcome::Usage),
    };
    tools::CHROMIUM.ensure()?;
    let served = Served::start(root, "browser")?;
    let mut tests = Command::new("node");
    tests
        .args(["--test", "--test-concurrency=1"])
        .args(files(&root.join(TESTS))?)
        .current_dir(root.join("web"))
        .env("CASQUE_URL", served.address())
        .env("CASQUE_BINARY", served.binary())
        .env("CASQUE_NODE", served.node())
        .env("CASQUE_USER", ADMINISTRATOR)
        .env("CASQUE_PASSWORD", served.password())
        .env("CASQUE_SHOTS", &pictures);
    if !shell::succeeds(&mut tests)? {
        return Ok(Outcome::Failed);
    }
    terminal::line(&format!("pictures of the pages are in {}", pictures.display()));
    Ok(Outcome::Done)
}

/// The files of tests, by name: versions of Node differ in what a folder means.
fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let paths: Vec<PathBuf> =
        entries.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<_>>()?;
    let is_test = |path: &PathBuf| path.to_string_lossy().ends_with(TEST);
    let mut files: Vec<PathBuf> = paths.into_iter().filter(is_test).collect();
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_tests_are_run_in_order_and_no_others() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.test.mjs", "a.test.mjs", "browser.mjs"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let expected = ["a.test.mjs", "b.test.mjs"].map(|name| folder.path().join(name));
        assert_eq!(files(folder.path()).unwrap(), expected);
    }
}
