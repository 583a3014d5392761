//! A node in a folder of its own, filled and served, for as long as the value lives.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail};

use crate::{shell, workspace};

/// A password for nobody but this run.
const PASSWORD: &str = "a password of one run\n";

/// The server and its token. It is ended with its value.
#[derive(Debug)]
pub(super) struct Served {
    child: Child,
    address: String,
    token: String,
}

impl Served {
    /// Makes the node anew in `folder`, imports a file, serves on a free port.
    pub(super) fn start(root: &Path, folder: &Path, import: [&str; 3]) -> anyhow::Result<Self> {
        let casque = Casque { root: root.to_owned(), node: folder.join("node") };
        if folder.exists() {
            fs::remove_dir_all(folder)
                .with_context(|| format!("cannot delete {}", folder.display()))?;
        }
        fs::create_dir_all(folder)?;
        let password = folder.join("password");
        fs::write(&password, PASSWORD)?;
        let [register, mapping, file] = import;
        let init = ["init", "--pack", "packs/minusma", "--admin-password-file"];
        casque.say(casque.command(&init)?.arg(&password))?;
        let import = ["import", "--register", register, "--mapping", mapping, "--yes", file];
        casque.say(&mut casque.command(&import)?)?;
        let flags = ["token", "create", "--user", "admin", "--scope", "write", "--json"];
        let said: serde_json::Value =
            serde_json::from_str(&casque.say(&mut casque.command(&flags)?)?)?;
        let token = said["token"].as_str().context("no token was made")?.to_owned();
        let mut child = casque
            .command(&["serve", "--listen", "127.0.0.1:0"])?
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start casque")?;
        let mut line = String::new();
        if let Some(out) = child.stdout.as_mut() {
            BufReader::new(out).read_line(&mut line)?;
        }
        let address = line.trim().to_owned();
        let served = Self { child, address, token };
        if !served.address.starts_with("http") {
            bail!("casque did not say where it listens");
        }
        Ok(served)
    }

    /// Where it listens: `http://127.0.0.1:8271`.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// A token that may read and write.
    pub(super) fn token(&self) -> &str {
        &self.token
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The built binary and the node it works on.
struct Casque {
    root: PathBuf,
    node: PathBuf,
}

impl Casque {
    fn command(&self, arguments: &[&str]) -> anyhow::Result<Command> {
        let file = format!("casque{}", std::env::consts::EXE_SUFFIX);
        let binary = workspace::target_folder()?.join("debug").join(file);
        let mut command = Command::new(binary);
        command.args(arguments).current_dir(&self.root).env("CASQUE_DATA", &self.node);
        Ok(command)
    }

    fn say(&self, command: &mut Command) -> anyhow::Result<String> {
        shell::output(command).with_context(|| format!("in {}", self.node.display()))
    }
}
