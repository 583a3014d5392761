//! `MapServer` over `FastCGI`, as its documentation has it, on the peers' table in PostGIS.

mod fastcgi;

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, ensure};
use rustix::process::Signal;

use super::process::{self, Process, free_port};
use super::{Plan, program};
use crate::subject::postgres::Postgres;

const MAP: &str = include_str!("mapserver/tiles.map");

/// How long it may take for a tile.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running `MapServer` and the connection to it.
#[derive(Debug)]
pub(crate) struct MapServer {
    pub(crate) version: String,
    connection: TcpStream,
    process: Process,
    database: u32,
}

impl MapServer {
    /// Starts one worker; an error says what is missing.
    pub(crate) fn start(plan: &Plan, postgres: &Postgres) -> anyhow::Result<Self> {
        let missing =
            "MapServer: not there (apt-get install mapserver-bin cgi-mapserver spawn-fcgi)";
        let worker = program(None, "mapserv").context(missing)?;
        let spawn = program(None, "spawn-fcgi").context(missing)?;
        let (map, settings) = (plan.work.join("tiles.map"), plan.work.join("mapserver.conf"));
        fs::write(&map, MAP.replace("PORT_OF_DATABASE", &postgres.port().to_string()))?;
        let configuration =
            format!("CONFIG\n  ENV\n    MS_MAPFILE \"{}\"\n  END\nEND\n", map.display());
        fs::write(&settings, configuration)?;
        let version = Command::new(&worker).arg("-v").output()?;
        ensure!(version.status.success(), "mapserv -v failed");
        let version = String::from_utf8_lossy(&version.stdout);
        let version = version.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
        let port = free_port()?;
        let mut command = Command::new(spawn);
        command.args(["-n", "-a", "127.0.0.1", "-p", &port.to_string(), "--"]).arg(worker);
        command.env("MAPSERVER_CONFIG_FILE", &settings);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // It waits for its next question whatever it is told.
        let mut process = Process::ended_by(Signal::KILL, &mut command)?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        process.wait_for(address)?;
        let connection = TcpStream::connect(address)?;
        connection.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { version, connection, process, database: postgres.process() })
    }

    /// A vector tile of the records the viewer may see.
    pub(crate) fn tile(&mut self, (z, x, y): (u8, u32, u32)) -> anyhow::Result<Vec<u8>> {
        let query =
            format!("mode=tile&tilemode=gmap&map.imagetype=mvt&layers=points&tile={x}+{y}+{z}");
        fastcgi::get(&mut self.connection, &query)
    }

    /// CPU spent so far by it and by its database.
    pub(crate) fn cpu(&self) -> anyhow::Result<Duration> {
        process::cpu(&[self.process.0.id(), self.database])
    }
}
