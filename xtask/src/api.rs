//! `cargo xtask api`: a served node, asked everything its description allows and much it does not.
//!
//! Schemathesis reads `schemas/openapi.json` and holds every answer to it: no fault of the server, no
//! status and no field that the description does not name, nothing wrong taken for right. The
//! questions are the same in every run.

use std::path::Path;
use std::process::Command;

use crate::served::Served;
use crate::{Outcome, shell, terminal, tools, workspace};

/// The dice of every run.
const SEED: &str = "20240117";

/// Builds, serves, asks.
pub(crate) fn run(root: &Path) -> anyhow::Result<Outcome> {
    let schemathesis = tools::SCHEMATHESIS.environment()?.join("bin").join("schemathesis");
    let served = Served::start(root, "api")?;
    terminal::line(&format!("asking {}", served.address()));
    let mut ask = Command::new(schemathesis);
    ask.arg("--config-file").arg(root.join("xtask").join("schemathesis.toml")).arg("run");
    ask.arg(root.join("schemas").join("openapi.json"));
    ask.args(["--url", served.address(), "--seed", SEED]);
    // It keeps what it learnt in the folder it runs in.
    let token = served.token_of_another("schemathesis", "admin")?;
    ask.env("CASQUE_TOKEN", token).current_dir(workspace::target_folder()?.join("api"));
    Ok(if shell::succeeds(&mut ask)? { Outcome::Done } else { Outcome::Failed })
}
