//! The servers: what they work on, how they are started and what they are asked.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, ensure};
use model::place::degrees_text;
use model::time::Timestamp;
use serde_json::Value as Json;

use super::client::Client;
use super::process::{self, Process};
use super::{Plan, client, peers};
use crate::measure::Memory;
use crate::note;
use crate::subject::Subject;
use crate::subject::casque::Casque;
use crate::subject::postgres::Postgres;
use crate::workload::Window;

/// Who asks Casque; cleared as far as the peers' view reaches.
const USER: &str = "watch";

/// How a server wants a window to be asked.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Dialect {
    /// Newest first by itself, both ends of a time in.
    Casque,
    /// Sorted on demand, the end of a time out.
    Tipg,
    /// Sorted on demand, both ends of a time in.
    Pygeoapi,
}

/// A running server and the connection to it.
#[derive(Debug)]
pub(crate) struct Serving {
    pub(crate) name: &'static str,
    pub(crate) version: String,
    pub(crate) client: Client,
    dialect: Dialect,
    /// Ended when this is dropped.
    process: Process,
    /// The database it works with, where that is another process.
    database: Option<u32>,
}

/// What was loaded, for Casque and for its peers.
pub(crate) struct Loaded {
    node: PathBuf,
    token: String,
    postgres: Option<Postgres>,
}

impl Serving {
    /// A server that listens; `database` is the first process of its database.
    pub(crate) fn new(
        name: &'static str,
        version: String,
        (process, base): (Process, &str),
        (dialect, database): (Dialect, Option<u32>),
    ) -> Self {
        Self { name, version, client: client(base, None), dialect, process, database }
    }

    /// The address of a window's page.
    pub(crate) fn path(&self, window: &Window) -> String {
        let bounds = window.bounds;
        let corners = [bounds.west, bounds.south, bounds.east, bounds.north].map(degrees_text);
        let bbox = corners.join(",");
        let last = Timestamp::from_ms(window.until.as_ms() - 1);
        let from = window.from;
        match self.dialect {
            Dialect::Casque => format!(
                "/ogc/collections/incident/items?limit=100&bbox={bbox}&datetime={from}/{last}"
            ),
            Dialect::Tipg => format!(
                "/collections/seen.incident/items?limit=100&sortby=-occurred_at&bbox={bbox}\
                 &datetime={from}/{}&f=geojson",
                window.until
            ),
            Dialect::Pygeoapi => format!(
                "/collections/incident/items?limit=100&sortby=-occurred_at&bbox={bbox}\
                 &datetime={from}/{last}&f=json"
            ),
        }
    }

    /// CPU spent so far by all that works for it.
    pub(crate) fn cpu(&self) -> anyhow::Result<Duration> {
        process::cpu(&self.processes())
    }

    /// CPU spent so far by its own threads that live.
    pub(crate) fn cpu_of_threads(&self) -> anyhow::Result<Duration> {
        crate::measure::cpu_of_threads(self.process.0.id())
    }

    /// Memory of all that works for it.
    pub(crate) fn memory(&self) -> anyhow::Result<Memory> {
        process::memory(&self.processes())
    }

    fn processes(&self) -> Vec<u32> {
        std::iter::once(self.process.0.id()).chain(self.database).collect()
    }
}

impl Loaded {
    /// Loads what is not there yet.
    pub(crate) fn load(plan: &Plan, csv: &Path, peers_wanted: bool) -> anyhow::Result<Self> {
        ensure!(
            plan.casque.is_file(),
            "there is no {}: cargo build --release -p server",
            plan.casque.display()
        );
        let folder = plan.work.join("casque");
        let node = folder.join("node");
        if !node.exists() {
            note("loading casque");
            std::fs::create_dir_all(&folder)?;
            Casque::new(&folder).load(csv)?;
        }
        let token = token(&plan.casque, &node)?;
        let postgres = peers_wanted.then(|| peers::postgres(&plan.work, csv)).transpose()?;
        Ok(Self { node, token, postgres })
    }

    /// Starts all servers, Casque first; and says which peers are missing.
    pub(crate) fn serve(&self, plan: &Plan) -> anyhow::Result<(Vec<Serving>, Vec<String>)> {
        let mut servers = vec![self.casque(plan)?];
        let mut missing = Vec::new();
        let Some(postgres) = &self.postgres else {
            missing.push("tipg and pygeoapi: not asked for, or no PostgreSQL".to_owned());
            return Ok((servers, missing));
        };
        for start in [peers::tipg, peers::pygeoapi] {
            match start(plan, postgres) {
                Ok(server) => servers.push(server),
                Err(error) => missing.push(format!("{error:#}")),
            }
        }
        Ok((servers, missing))
    }

    /// The peers' database, where there is one.
    pub(crate) fn postgres(&mut self) -> Option<&mut Postgres> {
        self.postgres.as_mut()
    }

    /// Starts Casque.
    pub(crate) fn casque(&self, plan: &Plan) -> anyhow::Result<Serving> {
        let mut command = Command::new(&plan.casque);
        command.arg("serve").arg("--data").arg(&self.node).args(["--listen", "127.0.0.1:0"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = Process::start(&mut command)?;
        let stdout = process.0.stdout.take().context("its output is a pipe")?;
        let base = address(stdout)?;
        Ok(Serving {
            name: "casque",
            version: "Casque of this checkout, a bearer token, the viewer's filter".to_owned(),
            client: client(&base, Some(&self.token)),
            dialect: Dialect::Casque,
            process,
            database: None,
        })
    }
}

/// Where a server that was just started listens, as it says.
pub(super) fn address(stdout: ChildStdout) -> anyhow::Result<String> {
    let mut lines = BufReader::new(stdout);
    let mut line = String::new();
    ensure!(lines.read_line(&mut line)? > 0, "casque ended before it listened");
    let start = line.find("http").with_context(|| format!("no address in `{line}`"))?;
    let address = line.get(start..).unwrap_or_default().trim().trim_end_matches('/').to_owned();
    std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
    Ok(address)
}

fn token(casque: &Path, node: &Path) -> anyhow::Result<String> {
    let mut command = Command::new(casque);
    command.args(["token", "create", "--scope", "read", "--json", "--user", USER]);
    let output = command.arg("--data").arg(node).output().context("cannot run casque")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "casque token create failed: {said}");
    let document: Json = serde_json::from_slice(&output.stdout).context("no JSON of a token")?;
    document["token"].as_str().map(str::to_owned).context("no token")
}
