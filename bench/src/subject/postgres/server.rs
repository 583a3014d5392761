//! A PostgreSQL server of the benchmark's own: its own folder, its own socket, no network. It
//! stops when dropped, and when the benchmark dies in any other way.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail, ensure};
use postgres::{Client, Config, NoTls};
use rustix::process::{Pid, Signal, geteuid, kill_process};

const PROGRAMS: &str = "/usr/lib/postgresql/15/bin";
const POSTGIS: &str = "/usr/share/postgresql/15/extension/postgis.control";
const PACKAGES: [&str; 2] = ["postgresql-15", "postgresql-15-postgis-3"];
/// The user the server runs as when the benchmark runs as root, which PostgreSQL refuses.
const SERVER_USER: &str = "postgres";
/// The port where none is asked for; then nobody but its socket hears of it.
const PORT: u16 = 5432;
const READY: &str = "database system is ready to accept connections";

/// The settings that matter to a reader of the figures.
pub(crate) const SETTINGS_SHOWN: &str = "shared_buffers 2GB, work_mem 64MB";
const SETTINGS: [&str; 13] = [
    "shared_buffers=2GB",
    "work_mem=64MB",
    "maintenance_work_mem=1GB",
    "effective_cache_size=8GB",
    "random_page_cost=1.1",
    "max_wal_size=8GB",
    "checkpoint_timeout=30min",
    "timezone=UTC",
    // The runner vacuums and analyses itself; nothing else shall wake up while it measures.
    "autovacuum=off",
    // Work of other processes would not be counted.
    "max_parallel_workers_per_gather=0",
    "max_parallel_maintenance_workers=0",
    // A plan for each box and word: one plan for all would not know which are dense.
    "plan_cache_mode=force_custom_plan",
    "logging_collector=off",
];

/// A running server.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    socket: PathBuf,
    port: u16,
}

impl Server {
    /// Makes a cluster in `folder`, where there is none, and starts it; returns once it takes
    /// connections: over its socket, and over `port` of this machine where one is given.
    pub(crate) fn start(folder: &Path, port: Option<u16>) -> anyhow::Result<Self> {
        make_installed()?;
        let data = folder.join("cluster");
        if !data.exists() {
            make_cluster(folder, &data)?;
        }
        let mut child = command(&data, folder, port).spawn().context("cannot start PostgreSQL")?;
        let log = child.stderr.take().context("its log is a pipe")?;
        let server = Self { child, socket: folder.to_owned(), port: port.unwrap_or(PORT) };
        wait_until_ready(log)?;
        Ok(server)
    }

    /// The port it listens at, which also names its socket.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// A connection.
    pub(crate) fn connect(&self) -> anyhow::Result<Client> {
        let mut config = Config::new();
        config.host_path(&self.socket).port(self.port).user(SERVER_USER).dbname(SERVER_USER);
        config.connect(NoTls).context("cannot connect to PostgreSQL")
    }

    /// The id of its first process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let process = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        let asked = process.is_some_and(|process| kill_process(process, Signal::INT).is_ok());
        let ended = asked && self.child.wait().is_ok();
        if !ended {
            crate::note("PostgreSQL did not stop when asked to");
        }
    }
}

/// Whether the programs are there.
pub(crate) fn is_installed() -> bool {
    Path::new(PROGRAMS).join("postgres").exists() && Path::new(POSTGIS).exists()
}

fn make_cluster(folder: &Path, data: &Path) -> anyhow::Result<()> {
    prepare_folder(folder)?;
    let mut initdb = as_server_user(&format!("{PROGRAMS}/initdb"));
    initdb.args(["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-U", SERVER_USER, "-D"]);
    run(initdb.arg(data))
}

fn make_installed() -> anyhow::Result<()> {
    if is_installed() {
        return Ok(());
    }
    if !geteuid().is_root() {
        bail!("PostgreSQL is missing; as root: apt-get install {}", PACKAGES.join(" "));
    }
    crate::note("installing PostgreSQL and PostGIS");
    let mut install = Command::new("apt-get");
    install.env("DEBIAN_FRONTEND", "noninteractive");
    run(install.args(["install", "--yes", "--no-install-recommends"]).args(PACKAGES))?;
    ensure!(is_installed(), "PostgreSQL is still missing after apt-get install");
    Ok(())
}

fn prepare_folder(folder: &Path) -> anyhow::Result<()> {
    fs::set_permissions(folder, Permissions::from_mode(0o700))?;
    if geteuid().is_root() {
        let users = fs::read_to_string("/etc/passwd")?;
        let ids = ids_of(&users, SERVER_USER).context("there is no user postgres")?;
        chown(folder, Some(ids.0), Some(ids.1))?;
    }
    Ok(())
}

fn ids_of(passwd: &str, user: &str) -> Option<(u32, u32)> {
    let line = passwd.lines().find(|line| line.split(':').next() == Some(user))?;
    let mut ids = line.split(':').skip(2).map_while(|id| id.parse().ok());
    Some((ids.next()?, ids.next()?))
}

fn command(data: &Path, socket: &Path, port: Option<u16>) -> Command {
    let mut command = as_server_user(&format!("{PROGRAMS}/postgres"));
    command.arg("-D").arg(data).arg("-k").arg(socket);
    let address = if port.is_some() { "127.0.0.1" } else { "" };
    command.args(["-c", &format!("listen_addresses={address}")]);
    command.args(["-p", &port.unwrap_or(PORT).to_string()]);
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// `program`, as the server's user, interrupted (which stops PostgreSQL fast) when we die.
fn as_server_user(program: &str) -> Command {
    let mut command = Command::new("setpriv");
    if geteuid().is_root() {
        command.args(["--reuid", SERVER_USER, "--regid", SERVER_USER, "--init-groups"]);
    }
    command.args(["--pdeathsig", "INT", "--", program]);
    command.current_dir("/");
    command
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    let output = command.output().with_context(|| format!("cannot run {command:?}"))?;
    ensure!(
        output.status.success(),
        "{command:?} failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

/// Reads the log until the server takes connections, then keeps it from filling the pipe.
fn wait_until_ready(log: impl Read + Send + 'static) -> anyhow::Result<()> {
    let mut log = BufReader::new(log);
    let mut said = String::new();
    while !said.contains(READY) {
        let read = log.read_line(&mut said).context("cannot read PostgreSQL's log")?;
        ensure!(read > 0, "PostgreSQL ended before it was ready: {said}");
    }
    std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_from_the_list_of_users() {
        let users =
            "root:x:0:0:root:/root:/bin/bash\npostgres:x:101:104:PostgreSQL:/var/lib:/bin/sh\n";
        assert_eq!(ids_of(users, "postgres"), Some((101, 104)));
        assert_eq!(ids_of(users, "post"), None);
    }

    #[test]
    fn a_server_that_ends_at_once_is_reported_with_what_it_said() {
        let said = std::io::Cursor::new("FATAL: could not create shared memory segment\n");
        let error = wait_until_ready(said).expect_err("it never got ready");
        assert!(error.to_string().contains("shared memory"), "{error}");
    }
}
