//! The peer: PostgreSQL with PostGIS on good indexes, asked over a Unix socket by one connection.
//!
//! Its CPU is that of the connection's own process, so parallel workers are off: they would work
//! unseen. Every index somebody would make for these questions is there, and the planner chooses.

mod server;

use std::fs::File;
use std::path::Path;
use std::time::{Duration, SystemTime};

use anyhow::Context;
use model::place::{Position, UNITS_PER_DEGREE};
use model::time::Timestamp;
use postgres::{Client, Row, Statement};

use crate::measure::{Memory, cpu_of};
use crate::subject::{Figure, Hit, Step, Subject, step};
use crate::workload::{TextQuery, Window};
use server::Server;

/// What is built after the rows are in, each a step of its own.
const INDEXES: [(&str, &str); 6] = [
    ("index of places", "CREATE INDEX ON incident USING gist (place)"),
    ("index of times", "CREATE INDEX ON incident (occurred_at) INCLUDE (place, classification)"),
    ("index of places and times", "CREATE INDEX ON incident USING gist (place, occurred_at)"),
    (
        "index of districts and times",
        "CREATE INDEX ON incident (admin2, occurred_at) INCLUDE (deaths_best, classification)",
    ),
    ("index of words", "CREATE INDEX ON incident USING gin (search)"),
    ("vacuum analyze", "VACUUM (ANALYZE, PARALLEL 0) incident"),
];

/// The subject. Fields are dropped in order: the connection closes before the server stops.
pub(crate) struct Postgres {
    client: Client,
    questions: Questions,
    backend: u32,
    version: String,
    server: Server,
}

struct Questions {
    newest: Statement,
    count: Statement,
    text: Statement,
    deaths: Statement,
}

impl Postgres {
    /// A new server in `folder`, with an empty table.
    pub(crate) fn start(folder: &Path) -> anyhow::Result<Self> {
        Self::on(Server::start(folder, None)?, true)
    }

    /// The same, which other programs reach at a port of this machine.
    pub(crate) fn start_on(folder: &Path, port: u16) -> anyhow::Result<Self> {
        Self::on(Server::start(folder, Some(port))?, true)
    }

    /// A server whose table was loaded before.
    pub(crate) fn reopen(folder: &Path, port: u16) -> anyhow::Result<Self> {
        Self::on(Server::start(folder, Some(port))?, false)
    }

    /// Whether there is a PostgreSQL to start.
    pub(crate) fn is_installed() -> bool {
        server::is_installed()
    }

    /// Where programs connect to.
    pub(crate) fn url(&self) -> String {
        format!("postgresql://postgres:none@127.0.0.1:{}/postgres", self.server.port())
    }

    /// Its port.
    pub(crate) fn port(&self) -> u16 {
        self.server.port()
    }

    /// The id of its first process.
    pub(crate) fn process(&self) -> u32 {
        self.server.process()
    }

    /// A vector tile of the records the viewer may see.
    pub(crate) fn tile(&mut self, (z, x, y): (u8, u32, u32)) -> anyhow::Result<Vec<u8>> {
        let (z, x, y) = (i32::from(z), i32::try_from(x)?, i32::try_from(y)?);
        let row = self.client.query_one(include_str!("postgres/tile.sql"), &[&z, &x, &y])?;
        Ok(row.get(0))
    }

    /// Runs statements.
    pub(crate) fn execute(&mut self, sql: &str) -> anyhow::Result<()> {
        Ok(self.client.batch_execute(sql)?)
    }

    fn on(server: Server, is_new: bool) -> anyhow::Result<Self> {
        let mut client = server.connect()?;
        if is_new {
            client.batch_execute("CREATE EXTENSION postgis; CREATE EXTENSION btree_gist;")?;
            client.batch_execute(include_str!("postgres/schema.sql"))?;
        }
        let questions = Questions::prepare(&mut client)?;
        let backend: i32 = client.query_one("SELECT pg_backend_pid()", &[])?.get(0);
        let version = version(&mut client)?;
        Ok(Self { client, questions, backend: u32::try_from(backend)?, version, server })
    }

    fn bytes(&mut self, function: &str) -> anyhow::Result<u64> {
        let row = self.client.query_one(&format!("SELECT {function}('incident')"), &[])?;
        Ok(u64::try_from(row.get::<_, i64>(0))?)
    }
}

impl Questions {
    fn prepare(client: &mut Client) -> anyhow::Result<Self> {
        Ok(Self {
            newest: client.prepare(include_str!("postgres/newest.sql"))?,
            count: client.prepare(include_str!("postgres/count.sql"))?,
            text: client.prepare(include_str!("postgres/text.sql"))?,
            deaths: client.prepare(include_str!("postgres/deaths.sql"))?,
        })
    }
}

impl Subject for Postgres {
    fn name(&self) -> &'static str {
        "postgres"
    }

    fn version(&self) -> String {
        self.version.clone()
    }

    fn load(&mut self, csv: &Path) -> anyhow::Result<Vec<Step>> {
        let backend = self.backend;
        let cpu = || cpu_of(backend);
        let mut steps = vec![step("rows", cpu, || copy(&mut self.client, csv))?];
        for (what, sql) in INDEXES {
            steps.push(step(what, cpu, || Ok(self.client.batch_execute(sql)?))?);
        }
        self.client.batch_execute("CHECKPOINT")?;
        Ok(steps)
    }

    fn newest_in_window(&mut self, window: &Window) -> anyhow::Result<Vec<Hit>> {
        let ([west, south, east, north], [from, until]) = window_values(window);
        let rows = self
            .client
            .query(&self.questions.newest, &[&west, &south, &east, &north, &from, &until])?;
        rows.iter().map(hit).collect()
    }

    fn count_in_window(&mut self, window: &Window) -> anyhow::Result<u64> {
        let ([west, south, east, north], [from, until]) = window_values(window);
        let row = self
            .client
            .query_one(&self.questions.count, &[&west, &south, &east, &north, &from, &until])?;
        Ok(u64::try_from(row.get::<_, i64>(0))?)
    }

    fn text_newest(&mut self, query: &TextQuery) -> anyhow::Result<Vec<Hit>> {
        let words = query.0.join(" & ");
        self.client.query(&self.questions.text, &[&words])?.iter().map(hit).collect()
    }

    fn deaths_by_district_month(&mut self) -> anyhow::Result<Vec<Figure>> {
        self.client.query(&self.questions.deaths, &[])?.iter().map(figure).collect()
    }

    fn cpu(&self) -> anyhow::Result<Duration> {
        cpu_of(self.backend)
    }

    fn bytes_on_disk(&mut self) -> anyhow::Result<u64> {
        self.bytes("pg_total_relation_size")
    }

    fn server_memory(&self) -> anyhow::Result<Option<Memory>> {
        Memory::of_family(self.server.process()).map(Some)
    }
}

fn version(client: &mut Client) -> anyhow::Result<String> {
    let sql =
        "SELECT current_setting('server_version'), postgis_lib_version(), current_setting('jit')";
    let row = client.query_one(sql, &[])?;
    let [server, postgis, jit]: [String; 3] = [row.get(0), row.get(1), row.get(2)];
    Ok(format!(
        "PostgreSQL {server} with PostGIS {postgis}, {}, JIT {jit}, one connection, no parallel workers",
        server::SETTINGS_SHOWN
    ))
}

fn copy(client: &mut Client, csv: &Path) -> anyhow::Result<()> {
    let columns = crate::event::COLUMNS.join(", ");
    let sql = format!("COPY incident ({columns}) FROM STDIN WITH (FORMAT csv, HEADER true)");
    let mut writer = client.copy_in(&sql)?;
    std::io::copy(&mut File::open(csv)?, &mut writer)?;
    writer.finish()?;
    Ok(())
}

fn window_values(window: &Window) -> ([f64; 4], [SystemTime; 2]) {
    let degrees = |units: i32| f64::from(units) / f64::from(UNITS_PER_DEGREE);
    let bounds = window.bounds;
    let corners = [bounds.west, bounds.south, bounds.east, bounds.north].map(degrees);
    (corners, [window.from, window.until].map(system_time))
}

fn system_time(at: Timestamp) -> SystemTime {
    let since = Duration::from_millis(at.as_ms().unsigned_abs());
    if at.as_ms() < 0 { SystemTime::UNIX_EPOCH - since } else { SystemTime::UNIX_EPOCH + since }
}

fn timestamp(at: SystemTime) -> anyhow::Result<Timestamp> {
    let since = at.duration_since(SystemTime::UNIX_EPOCH).context("before 1970")?;
    Ok(Timestamp::from_ms(i64::try_from(since.as_millis())?))
}

fn hit(row: &Row) -> anyhow::Result<Hit> {
    Ok(Hit {
        source_id: row.get(0),
        occurred_at: timestamp(row.get(1))?,
        place: Position::from_degrees(row.get(2), row.get(3))?,
        kind: row.get(4),
        admin2: row.get(5),
        deaths_best: row.get::<_, Option<i32>>(6).map(i64::from),
        verification: row.get(7),
    })
}

fn figure(row: &Row) -> anyhow::Result<Figure> {
    Ok(Figure {
        admin2: row.get(0),
        month: timestamp(row.get(1))?.date().month_index(),
        events: row.get(2),
        deaths_best: row.get(3),
    })
}
