//! The demo's node in a folder of its own, served by the built binary for as long as a value lives.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail};
use serde_json::Value;

use crate::{demo, shell, terminal, web, workspace};

/// With the features of the whole workspace: then the tests have built it already.
const BUILD: [&str; 5] = ["build", "--locked", "--workspace", "--bin", "casque"];
/// The pack whose records are served.
const PACK: &str = "minusma";
/// Who may do everything.
pub(crate) const ADMINISTRATOR: &str = "admin";

/// The server and what it serves. It ends with this value.
#[derive(Debug)]
pub(crate) struct Served {
    binary: PathBuf,
    node: PathBuf,
    password: String,
    child: Child,
    address: String,
}

impl Served {
    /// Builds the binary with its pages, makes the node anew in a folder of this name below the
    /// target folder, serves it on a free port.
    pub(crate) fn start(root: &Path, name: &str) -> anyhow::Result<Self> {
        web::build(root)?;
        let folder = workspace::target_folder()?.join(name);
        if !shell::succeeds(shell::cargo(root, &BUILD).env("CASQUE_UI", "require"))? {
            bail!("casque could not be built");
        }
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot delete {}", folder.display()))?;
        }
        let binary = workspace::debug_binary("casque")?;
        let node = folder.join("node");
        let password = demo::prepare(root, &binary, &node, PACK)?;
        let mut serve = Command::new(&binary);
        serve.args(["serve", "--lang", "en", "--listen", "127.0.0.1:0", "--data"]).arg(&node);
        let child = serve.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
        let child = child.context("cannot start casque")?;
        let mut served = Self { binary, node, password, child, address: String::new() };
        served.address = served.printed_address()?;
        Ok(served)
    }

    /// Where it listens: `http://127.0.0.1:8271`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The binary that serves.
    pub(crate) fn binary(&self) -> &Path {
        &self.binary
    }

    /// The folder of the node.
    pub(crate) fn node(&self) -> &Path {
        &self.node
    }

    /// The administrator's password.
    pub(crate) fn password(&self) -> &str {
        &self.password
    }

    /// A new token of a new administrator: for a client that may change the first one's rights.
    pub(crate) fn token_of_another(&self, name: &str, scope: &str) -> anyhow::Result<String> {
        let mut add = Command::new(&self.binary);
        add.args(["user", "add", name, "--role", "administrator", "--user", ADMINISTRATOR]);
        add.args(["--clearance", "strictly-confidential", "--json", "--data"]).arg(&self.node);
        shell::output(&mut add)?;
        let mut create = Command::new(&self.binary);
        create.args(["token", "create", "--user", name, "--scope", scope, "--json"]);
        let made: Value =
            serde_json::from_str(&shell::output(create.arg("--data").arg(&self.node))?)?;
        Ok(made["token"].as_str().context("no token was made")?.to_owned())
    }

    fn printed_address(&mut self) -> anyhow::Result<String> {
        let printed = self.child.stdout.as_mut().context("the server has no output")?;
        for line in BufReader::new(printed).lines() {
            if let Some(address) = address(&line?) {
                return Ok(address);
            }
        }
        bail!("casque ended before it said where it listens")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Err(error) = self.child.kill().and_then(|()| self.child.wait().map(drop)) {
            terminal::error(&format!("the server could not be ended: {error}\n"));
        }
    }
}

/// The address in a line such as `Listening on http://127.0.0.1:8271`.
fn address(line: &str) -> Option<String> {
    let from = line.find("http://")?;
    let address = line.get(from..)?.split_whitespace().next()?;
    Some(address.trim_end_matches(['/', '.', ',']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_found_in_what_the_server_prints() {
        let url = Some("http://127.0.0.1:41234".to_owned());
        assert_eq!(address("Listening on http://127.0.0.1:41234/."), url);
        assert_eq!(address("http://127.0.0.1:41234"), url);
        assert_eq!(address("The node is open."), None);
    }
}
