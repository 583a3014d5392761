//! `cargo xtask api`: a served node, asked everything its description allows and much it does not.
//!
//! Schemathesis reads `/api/openapi.json` and holds every answer to it: no fault of the server, no
//! status and no field that the description does not name, nothing wrong taken for right. The
//! questions are the same in every run.

mod served;

use std::path::Path;
use std::process::Command;

use anyhow::Context;

use self::served::Served;
use crate::{Outcome, shell, terminal, tools, workspace};

const BUILD: [&str; 5] = ["build", "--package", "server", "--bin", "casque"];
/// The dice of every run.
const SEED: &str = "20240117";
/// What fills the node: a register, a mapping, a file.
const IMPORT: [&str; 3] = ["incident", "ucdp", "packs/minusma/demo/ucdp-mali-1990-2019.csv"];

/// Builds, serves, asks.
pub(crate) fn run(root: &Path) -> anyhow::Result<Outcome> {
    let schemathesis = tools::schemathesis()?;
    if !shell::succeeds(&mut shell::cargo(root, &BUILD))? {
        return Ok(Outcome::Failed);
    }
    let folder = workspace::target_folder()?.join("api");
    let served = Served::start(root, &folder, IMPORT)?;
    terminal::line(&format!("asking {}", served.address()));
    let description = format!("{}/api/openapi.json", served.address());
    let mut ask = Command::new(schemathesis);
    let config = root.join("xtask").join("schemathesis.toml");
    let config = config.to_str().context("the workspace has a name that is not UTF-8")?;
    ask.args(["--config-file", config, "run", &description, "--seed", SEED]);
    ask.args(["--header", &format!("Authorization: Bearer {}", served.token())]);
    // It keeps what it learnt in the folder it runs in.
    ask.current_dir(&folder);
    Ok(if shell::succeeds(&mut ask)? { Outcome::Done } else { Outcome::Failed })
}
