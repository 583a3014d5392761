//! Tiles: Casque's server beside `ST_AsMVT` in PostgreSQL, for the densest tiles of three zooms.
//!
//! Both show what the viewer may see. A tile is taken apart first: the records its features stand
//! for must be as many on both sides, or there is no ratio.

use std::collections::BTreeMap;
use std::time::Duration;

use super::servers::{Loaded, Serving};
use super::{Plan, events, mvt};
use crate::generator::Generator;
use crate::measure::{Stopwatch, Times, load_average, machine, milliseconds};
use crate::note;
use crate::report::{digits, thousands};
use crate::subject::postgres::Postgres;

/// Zooms, and how many of the densest tiles of each.
const ZOOMS: [(u8, usize); 3] = [(4, 3), (7, 20), (10, 20)];
/// Casque's tiles are asked so often: its CPU is read from a clock of 10 ms.
const PASSES: u32 = 20;

/// A tile's address.
type Address = (u8, u32, u32);

/// The figures of one zoom.
#[derive(Debug)]
pub(crate) struct Zoom {
    z: u8,
    tiles: usize,
    records: u64,
    /// Casque, then `ST_AsMVT` where there is a PostgreSQL.
    sides: Vec<Side>,
    differs: Option<String>,
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
}

/// Carries out `plan`.
pub(crate) fn run(plan: &Plan) -> anyhow::Result<Vec<Zoom>> {
    std::fs::create_dir_all(&plan.work)?;
    let csv = events(plan)?;
    let mut loaded = Loaded::load(plan, &csv)?;
    let mut casque = loaded.casque(plan)?;
    let densest = densest(plan);
    let mut zooms = Vec::new();
    for (z, addresses) in densest {
        note(&format!("tiles of zoom {z}"));
        let load = load_average();
        let mut sides = vec![of_casque(&mut casque, &addresses)?];
        if let Some(postgres) = loaded.postgres() {
            sides.push(of_postgres(postgres, &addresses)?);
        }
        let differs = parting(&sides, &addresses);
        let records = sides[0].records.iter().sum();
        zooms.push(Zoom { z, tiles: addresses.len(), records, sides, differs, load });
    }
    Ok(zooms)
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

fn of_casque(server: &mut Serving, addresses: &[Address]) -> anyhow::Result<Side> {
    let path = |(z, x, y): &Address| format!("/tiles/incident/{z}/{x}/{y}.mvt");
    let (mut records, mut sizes) = (Vec::new(), Vec::new());
    for address in addresses {
        let tile = server.client.get(&path(address))?;
        records.push(mvt::records(&tile)?);
        sizes.push(tile.len() as u64);
    }
    let (mut times, before) = (Times::default(), server.cpu()?);
    for address in (0..PASSES).flat_map(|_pass| addresses) {
        let watch = Stopwatch::start();
        std::hint::black_box(server.client.get(&path(address))?);
        times.add(watch.elapsed(), Duration::ZERO);
    }
    let spent = server.cpu()?.saturating_sub(before);
    Ok(Side::new("casque", (spent, times), &sizes, records))
}

fn of_postgres(postgres: &mut Postgres, addresses: &[Address]) -> anyhow::Result<Side> {
    let (mut records, mut sizes) = (Vec::new(), Vec::new());
    let (mut times, mut spent) = (Times::default(), Duration::ZERO);
    for address in addresses {
        let tile = postgres.tile(*address)?;
        records.push(mvt::records(&tile)?);
        sizes.push(tile.len() as u64);
        let (before, watch) = (crate::subject::Subject::cpu(postgres)?, Stopwatch::start());
        std::hint::black_box(postgres.tile(*address)?);
        times.add(watch.elapsed(), Duration::ZERO);
        spent += crate::subject::Subject::cpu(postgres)?.saturating_sub(before);
    }
    Ok(Side::new("ST_AsMVT", (spent, times), &sizes, records))
}

impl Side {
    fn new(
        name: &'static str,
        (spent, times): (Duration, Times),
        sizes: &[u64],
        records: Vec<u64>,
    ) -> Self {
        let asked = u32::try_from(times.count().max(1)).unwrap_or(u32::MAX);
        Self {
            name,
            cpu_ms: milliseconds(spent) / f64::from(asked),
            times,
            bytes_mean: sizes.iter().sum::<u64>() / sizes.len().max(1) as u64,
            bytes_max: sizes.iter().max().copied().unwrap_or(0),
            records,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    fn cpu_per_kb(&self) -> f64 {
        self.cpu_ms * 1_000.0 / self.bytes_mean.max(1) as f64
    }
}

/// The first tile in which the sides show another number of records.
fn parting(sides: &[Side], addresses: &[Address]) -> Option<String> {
    let (first, other) = (sides.first()?, sides.get(1)?);
    let pairs = first.records.iter().zip(&other.records).zip(addresses);
    let differing: Vec<_> = pairs.filter(|((a, b), _)| a != b).collect();
    let ((a, b), address) = differing.first()?;
    let (count, all) = (differing.len(), addresses.len());
    Some(format!("{count} of {all} tiles differ; {address:?} shows {a} and {b} records"))
}

/// The table, under the command that made it.
pub(crate) fn written(plan: &Plan, zooms: &[Zoom], command: &str) -> String {
    let mut lines = vec![
        format!("Command: `{command}`. Machine: {}.", machine()),
        format!(
            "{} events, seed {}; the densest tiles of each zoom. Casque over HTTP with a token, \
             every tile asked {PASSES} times (its own caches work); ST_AsMVT as bare SQL with two \
             attributes, the second of two passes. Not compressed.",
            thousands(plan.events),
            plan.seed
        ),
        String::new(),
        "| zoom | tiles | records shown | by | CPU ms a tile | CPU ms a kB | p50 ms | p99 ms | kB \
         mean (max) | CPU against Casque's | load |"
            .to_owned(),
        "|---:|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|".to_owned(),
    ];
    for zoom in zooms {
        lines.extend(zoom.sides.iter().map(|side| line(zoom, side)));
    }
    lines.push(String::new());
    lines.extend(
        zooms
            .iter()
            .filter_map(|zoom| Some(format!("zoom {}: {}", zoom.z, zoom.differs.as_ref()?))),
    );
    lines.join("\n")
}

fn line(zoom: &Zoom, side: &Side) -> String {
    let own = &zoom.sides[0];
    let ratio = match &zoom.differs {
        _ if side.name == own.name => "–".to_owned(),
        Some(_) => "records differ".to_owned(),
        None => digits(side.cpu_ms / own.cpu_ms),
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
