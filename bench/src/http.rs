//! The windows asked over HTTP: Casque's server beside tipg and pygeoapi on PostGIS.
//!
//! All get the same viewer's rights, the same 600 windows, the newest hundred with every field and
//! the exact count. Answers are compared by their ids in order and by their counts before anything
//! is timed; a peer that answers otherwise gets no ratio. CPU is that of all the processes that
//! work for a server, PostgreSQL's included.

mod answer;
mod client;
mod mapserver;
mod mvt;
mod peers;
mod process;
mod report;
mod servers;
pub(crate) mod submissions;
pub(crate) mod tiles;
mod wrk;

use std::fs::{self, File, Permissions};
use std::io::BufWriter;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use answer::Answer;
use client::Client;
pub(crate) use report::written;
use servers::{Loaded, Serving};

use crate::generator::{Generator, write_csv};
use crate::measure::{Memory, Stopwatch, Times, load_average};
use crate::note;
use crate::workload::{Window, Workload};

/// What to run.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) events: u64,
    pub(crate) seed: u64,
    /// Where data is; what is there already is not loaded again.
    pub(crate) work: PathBuf,
    /// The program to measure.
    pub(crate) casque: PathBuf,
    /// The folder of the Python programs of the peers.
    pub(crate) python: Option<PathBuf>,
    /// Seconds of throughput for each server.
    pub(crate) seconds: u32,
}

/// What came out.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) rows: Vec<Row>,
    /// Peers that are not there, and why.
    pub(crate) missing: Vec<String>,
    /// From the start of the process to the first page, milliseconds.
    pub(crate) first_page_ms: f64,
    pub(crate) matched_mean: u64,
}

/// One server's figures.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) version: String,
    pub(crate) cpu_ms: f64,
    pub(crate) times: Times,
    pub(crate) bytes: u64,
    /// Requests a second and p99 milliseconds with eight connections; nothing without wrk.
    pub(crate) throughput: Option<(f64, f64)>,
    pub(crate) memory: Memory,
    /// Where its answers are others than the first server's: how many, and the first of them.
    pub(crate) differs: Option<(usize, String)>,
    pub(crate) load: String,
}

/// Slow servers are asked once, quick ones until their CPU can be told from a clock of 10 ms.
const CPU_ENOUGH: Duration = Duration::from_millis(1_500);
const PASSES_MAX: usize = 12;

/// Carries out `plan`.
pub(crate) fn run(plan: &Plan) -> anyhow::Result<Outcome> {
    fs::create_dir_all(&plan.work)?;
    fs::set_permissions(&plan.work, Permissions::from_mode(0o755))?;
    let csv = events(plan)?;
    let workload = Workload::new(plan.seed, plan.events);
    let loaded = Loaded::load(plan, &csv, peers::are_wanted(plan))?;
    let first_page_ms = first_page(plan, &loaded, &workload.windows)?;
    let (mut servers, missing) = loaded.serve(plan)?;
    let (differences, matched) = compare(&mut servers, &workload.windows)?;
    let mut rows = Vec::new();
    for (server, differs) in servers.iter_mut().zip(differences) {
        note(&format!("timing {}", server.name));
        rows.push(measure(server, &workload.windows, (differs, plan.seconds))?);
    }
    let matched_mean = matched / workload.windows.len().max(1) as u64;
    Ok(Outcome { rows, missing, first_page_ms, matched_mean })
}

fn events(plan: &Plan) -> anyhow::Result<PathBuf> {
    let csv = plan.work.join(format!("events-{}-{}.csv", plan.events, plan.seed));
    if !csv.exists() {
        note("making events");
        let making = csv.with_extension("making");
        write_csv(Generator::new(plan.seed, plan.events), BufWriter::new(File::create(&making)?))?;
        fs::rename(&making, &csv)?;
    }
    Ok(csv)
}

/// From the start of a process to its first page, the file's pages in the system's cache.
fn first_page(plan: &Plan, loaded: &Loaded, windows: &[Window]) -> anyhow::Result<f64> {
    let watch = Stopwatch::start();
    let mut server = loaded.casque(plan)?;
    for window in windows.iter().take(1) {
        server.ask(window)?;
    }
    Ok(crate::measure::milliseconds(watch.elapsed()))
}

type Differences = Vec<Option<(usize, String)>>;

/// Asks everything of everybody once, which also warms.
fn compare(servers: &mut [Serving], windows: &[Window]) -> anyhow::Result<(Differences, u64)> {
    let mut found: Differences = vec![None; servers.len()];
    let mut matched = 0;
    note("comparing answers");
    for window in windows {
        let mut expected: Option<Answer> = None;
        for (server, found) in servers.iter_mut().zip(&mut found) {
            let answer = server.ask(window)?;
            let Some(expected) = &expected else {
                matched += answer.matched;
                expected = Some(answer);
                continue;
            };
            if let Some(parting) = expected.parting(&answer) {
                let first = found.get_or_insert_with(|| (0, format!("{window:?}: {parting}")));
                first.0 += 1;
            }
        }
    }
    Ok((found, matched))
}

fn measure(
    server: &mut Serving,
    windows: &[Window],
    (differs, seconds): (Option<(usize, String)>, u32),
) -> anyhow::Result<Row> {
    let load = load_average();
    let (mut times, mut bytes, mut passes) = (Times::default(), 0, 0);
    let before = server.cpu()?;
    let spent = loop {
        for window in windows {
            let path = server.path(window);
            let watch = Stopwatch::start();
            bytes += server.client.get(&path)?.len() as u64;
            times.add(watch.elapsed(), Duration::ZERO);
        }
        passes += 1;
        let spent = server.cpu()?.saturating_sub(before);
        if spent >= CPU_ENOUGH || passes >= PASSES_MAX {
            break spent;
        }
    };
    let asked = u32::try_from(times.count().max(1)).unwrap_or(u32::MAX);
    let cpu_ms = crate::measure::milliseconds(spent) / f64::from(asked);
    let throughput = wrk::run(server, windows, seconds)?;
    let memory = server.memory()?;
    Ok(Row {
        name: server.name,
        version: server.version.clone(),
        cpu_ms,
        times,
        bytes: bytes / u64::from(asked),
        throughput,
        memory,
        differs,
        load,
    })
}

/// The program of this name, in a folder or on the path.
fn program(folder: Option<&Path>, name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = folder.map(Path::to_owned).into_iter().collect();
    folders.extend(std::env::split_paths(&path));
    folders.into_iter().map(|folder| folder.join(name)).find(|program| program.is_file())
}

/// Everything a server needs to be asked.
impl Serving {
    fn ask(&mut self, window: &Window) -> anyhow::Result<Answer> {
        let path = self.path(window);
        Answer::read(&self.client.get(&path)?)
    }
}

/// A connection that stays open.
fn client(base: &str, token: Option<&str>) -> Client {
    Client::new(base, token)
}
