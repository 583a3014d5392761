//! `cargo xtask browser`: the pages in a real browser, on the demo's records, served by the built
//! binary.
//!
//! What is looked at stands in `web/e2e`. Pictures of the pages are for people to look at; nothing
//! compares them.

use std::path::Path;
use std::process::Command;

use crate::served::{ADMINISTRATOR, Served};
use crate::{Outcome, shell, terminal, tools, workspace};

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
        .args(["--test", "--test-concurrency=1", "e2e/"])
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
