//! Tiles: Casque's server beside `ST_AsMVT` in PostgreSQL and beside `MapServer`, for the densest
//! tiles of three zooms.
//!
//! All show what the viewer may see. A tile is taken apart first: the records its features stand
//! for must be as many on all sides, but for those on its edges, or there is no ratio.

use std::collections::BTreeMap;

use anyhow::Context;

use super::mapserver::MapServer;
use super::servers::{Loaded, Serving};
use super::{Plan, events, mvt};
use crate::generator::Generator;
use crate::measure::{Stopwatch, Times, load_average, machine, milliseconds};
use crate::note;
use crate::report::{digits, thousands};
use crate::subject::postgres::Postgres;

/// Zooms, and how many of the densest tiles of each.
const ZOOMS: [(u8, usize); 3] = [(4, 3), (7, 40), (10, 80)];
/// A filter that every record passes, which is another one for each number in it: nothing that was
/// kept can answer it.
const FILTER: &str = "?filter=deaths_best%20IS%20NULL%20OR%20deaths_best%20%3E%3D%20-";

/// A tile's address.
type Address = (u8, u32, u32);

/// The figures of one zoom.
#[derive(Debug)]
pub(crate) struct Zoom {
    z: u8,
    tiles: usize,
    records: u64,
    /// Casque in three ways, then `ST_AsMVT` and `MapServer` where they are there.
    sides: Vec<Side>,
    load: String,
}

#[derive(Debug)]
struct Side {
    name: &'static str,
    cpu_ms: f64,
    times: Times,
    bytes_mean: u64,
    bytes_max: u64,
    records: Vec<u64>,
    /// Where there are tiles with another number of records than in Casque's.
    differs: Option<Difference>,
}

#[derive(Debug)]
struct Difference {
    /// How many tiles, and the first of them.
    text: String,
    /// Whether no tile differs by more than records on its edges can explain.
    is_of_edges: bool,
}

/// One record in so many may lie on an edge: a server may show it on both sides.
const ON_EDGES: u64 = 1_000;

/// What came out.
#[derive(Debug)]
pub(crate) struct Outcome {
    zooms: Vec<Zoom>,
    /// Until the first tile of a register came, milliseconds; and its CPU.
    first_ms: (f64, f64),
    memory_kb: u64,
    /// Which `MapServer`, or why there is none.
    mapserver: String,
}

/// Carries out `plan`.
pub(crate) fn run(plan: &Plan) -> anyhow::Result<Outcome> {
    std::fs::create_dir_all(&plan.work)?;
    let csv = events(plan)?;
    let mut loaded = Loaded::load(plan, &csv, Postgres::is_installed())?;
    let mut casque = loaded.casque(plan)?;
    let densest = densest(plan);
    let (before, watch) = (casque.cpu_of_threads()?, Stopwatch::start());
    casque.client.get("/tiles/incident/0/0/0.mvt")?;
    let cpu = casque.cpu_of_threads()?.saturating_sub(before);
    let first_ms = (milliseconds(watch.elapsed()), milliseconds(cpu));
    let mut mapserver = mapserver(plan, &mut loaded);
    let mut zooms = Vec::new();
    for (z, addresses) in densest {
        note(&format!("tiles of zoom {z}"));
        let load = load_average();
        let numbered = format!("{FILTER}{z}");
        let ways = [("casque, first time", ""), ("casque, a new filter", numbered.as_str())];
        let mut sides = Vec::new();
        for (name, filter) in ways.into_iter().chain([("casque, kept", "")]) {
            sides.push(of_casque(&mut casque, name, filter, &addresses)?);
        }
        if let Some(postgres) = loaded.postgres() {
            sides.push(of_postgres(postgres, &addresses)?);
        }
        if let Ok(mapserver) = &mut mapserver {
            sides.push(of_mapserver(mapserver, &addresses)?);
        }
        compare(&mut sides, &addresses);
        let records = sides[0].records.iter().sum();
        zooms.push(Zoom { z, tiles: addresses.len(), records, sides, load });
    }
    let memory_kb = casque.memory()?.anonymous_kb;
    let mapserver = mapserver.map_or_else(|why| format!("{why:#}"), |server| server.version);
    Ok(Outcome { zooms, first_ms, memory_kb, mapserver })
}

fn mapserver(plan: &Plan, loaded: &mut Loaded) -> anyhow::Result<MapServer> {
    let postgres = loaded.postgres().context("MapServer: no PostgreSQL")?;
    MapServer::start(plan, postgres)
}

/// The tiles with the most events, of each zoom.
fn densest(plan: &Plan) -> Vec<(u8, Vec<Address>)> {
    let mut counts: BTreeMap<Address, u64> = BTreeMap::new();
    for event in Generator::new(plan.seed, plan.events) {
        for (z, _) in ZOOMS {
            *counts.entry(tile_of(z, event.place)).or_default() += 1;
        }
    }
    let of_zoom = |(z, wanted): (u8, usize)| {
        let mut tiles: Vec<(u64, Address)> =
            counts.iter().filter(|((of, ..), _)| *of == z).map(|(at, n)| (*n, *at)).collect();
        tiles.sort_unstable_by(|a, b| b.cmp(a));
        (z, tiles.into_iter().take(wanted).map(|(_, address)| address).collect())
    };
    ZOOMS.map(of_zoom).to_vec()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a tile's number is small and positive"
)]
fn tile_of(z: u8, at: model::place::Position) -> Address {
    let degrees = |units: i32| f64::from(units) / f64::from(model::place::UNITS_PER_DEGREE);
    let tiles = f64::from(1_u32 << z);
    let (lon, lat) = (degrees(at.lon()), degrees(at.lat()).to_radians());
    let x = (lon + 180.0) / 360.0;
    let y = (1.0 - lat.tan().asinh() / std::f64::consts::PI) / 2.0;
    (z, (x * tiles) as u32, (y * tiles) as u32)
}

fn of_casque(
    server: &mut Serving,
    name: &'static str,
    filter: &str,
    addresses: &[Address],
) -> anyhow::Result<Side> {
    let (mut records, mut sizes, mut times) = (Vec::new(), Vec::new(), Times::default());
    for (z, x, y) in addresses {
        let path = format!("/tiles/incident/{z}/{x}/{y}.mvt{filter}");
        let (before, watch) = (server.cpu_of_threads()?, Stopwatch::start());
        let tile = server.client.get(&path)?;
        times.add(watch.elapsed(), server.cpu_of_threads()?.saturating_sub(before));
        records.push(mvt::records(&tile)?);
        sizes.push(tile.len() as u64);
    }
    Ok(Side::new(name, times, &sizes, records))
}

fn of_postgres(postgres: &mut Postgres, addresses: &[Address]) -> anyhow::Result<Side> {
    let (mut records, mut sizes) = (Vec::new(), Vec::new());
    let mut times = Times::default();
    for address in addresses {
        let tile = postgres.tile(*address)?;
        records.push(mvt::records(&tile)?);
        sizes.push(tile.len() as u64);
        let (before, watch) = (crate::subject::Subject::cpu(postgres)?, Stopwatch::start());
        std::hint::black_box(postgres.tile(*address)?);
        let spent = crate::subject::Subject::cpu(postgres)?.saturating_sub(before);
        times.add(watch.elapsed(), spent);
    }
    Ok(Side::new("ST_AsMVT", times, &sizes, records))
}

fn of_mapserver(server: &mut MapServer, addresses: &[Address]) -> anyhow::Result<Side> {
    let (mut records, mut sizes) = (Vec::new(), Vec::new());
    for address in addresses {
        let tile = server.tile(*address)?;
        records.push(mvt::records(&tile)?);
        sizes.push(tile.len() as u64);
    }
    let mut times = Times::default();
    for address in addresses {
        let (before, watch) = (server.cpu()?, Stopwatch::start());
        std::hint::black_box(server.tile(*address)?);
        times.add(watch.elapsed(), server.cpu()?.saturating_sub(before));
    }
    Ok(Side::new("MapServer", times, &sizes, records))
}

impl Side {
    fn new(name: &'static str, times: Times, sizes: &[u64], records: Vec<u64>) -> Self {
        Self {
            name,
            cpu_ms: times.cpu_ms(),
            times,
            bytes_mean: sizes.iter().sum::<u64>() / sizes.len().max(1) as u64,
            bytes_max: sizes.iter().max().copied().unwrap_or(0),
            records,
            differs: None,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    fn cpu_per_kb(&self) -> f64 {
        self.cpu_ms * 1_000.0 / self.bytes_mean.max(1) as f64
    }
}

/// Notes with each side the first tile in which it shows another number of records than Casque.
fn compare(sides: &mut [Side], addresses: &[Address]) {
    let Some((first, others)) = sides.split_first_mut() else { return };
    for other in others {
        let pairs = first.records.iter().zip(&other.records).zip(addresses);
        let differing: Vec<_> = pairs.filter(|((a, b), _)| a != b).collect();
        let of_edges = |((a, b), _): &((&u64, &u64), _)| a.abs_diff(**b) <= *a / ON_EDGES;
        let is_of_edges = differing.iter().all(of_edges);
        other.differs = differing.first().map(|((a, b), address)| {
            let (count, all, name) = (differing.len(), addresses.len(), other.name);
            let text = format!(
                "{name}: {count} of {all} tiles differ; {address:?} shows {a} and {b} records"
            );
            Difference { text, is_of_edges }
        });
    }
}

/// The table, under the command that made it.
pub(crate) fn written(plan: &Plan, outcome: &Outcome, command: &str) -> String {
    let Outcome { zooms, first_ms, memory_kb, mapserver } = outcome;
    let mut lines = vec![
        format!("Command: `{command}`. Machine: {}.", machine()),
        format!(
            "{} events, seed {}; the densest tiles of each zoom. Casque over HTTP with a token: asked \
             for the first time, with a filter that is new and passes everything, and once more; \
             ST_AsMVT as bare SQL and {mapserver} over FastCGI, both with two attributes, the second \
             of two passes. Not compressed.",
            thousands(plan.events),
            plan.seed
        ),
        format!(
            "The first tile of the register, for which its points are read: {} ms, {} ms of CPU. \
             Casque's anonymous memory in the end: {} MB.",
            digits(first_ms.0),
            digits(first_ms.1),
            memory_kb / 1_024
        ),
        String::new(),
        "| zoom | tiles | records shown | by | CPU ms a tile | CPU ms a kB | p50 ms | p99 ms | kB \
         mean (max) | CPU against Casque's first | CPU a kB against it | load |"
            .to_owned(),
        "|---:|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|".to_owned(),
    ];
    for zoom in zooms {
        lines.extend(zoom.sides.iter().map(|side| line(zoom, side)));
    }
    lines.push(String::new());
    for zoom in zooms {
        let differing = zoom.sides.iter().filter_map(|side| side.differs.as_ref());
        lines.extend(differing.map(|it| format!("zoom {}: {}", zoom.z, it.text)));
    }
    lines.join("\n")
}

fn line(zoom: &Zoom, side: &Side) -> String {
    let own = &zoom.sides[0];
    let ratio = match &side.differs {
        _ if side.name == own.name => "– | –".to_owned(),
        Some(it) if !it.is_of_edges => "records differ | records differ".to_owned(),
        _ => format!(
            "{} | {}",
            digits(side.cpu_ms / own.cpu_ms),
            digits(side.cpu_per_kb() / own.cpu_per_kb())
        ),
    };
    format!(
        "| {} | {} | {} | {} | {} | {} | {} | {} | {} ({}) | {ratio} | {} |",
        zoom.z,
        zoom.tiles,
        thousands(zoom.records),
        side.name,
        digits(side.cpu_ms),
        format_args!("{:.4}", side.cpu_per_kb()),
        digits(side.times.percentile_ms(50)),
        digits(side.times.percentile_ms(99)),
        side.bytes_mean / 1_000,
        side.bytes_max / 1_000,
        zoom.load
    )
}
