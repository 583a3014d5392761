//! Pages of GeoJSON asked in this process, without HTTP: what there is to gain below the server.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;

use crate::generator::{Generator, write_csv};
use crate::measure::{Stopwatch, Times, own_cpu};
use crate::subject::Subject;
use crate::subject::casque::Casque;
use crate::workload::Workload;

/// Loads a node into `folder` where there is none; asks every window `passes` times and says what
/// that cost.
pub(crate) fn pages(
    folder: &Path,
    passes: u32,
    (events, seed): (u64, u64),
) -> anyhow::Result<String> {
    let mut casque = loaded(folder, (events, seed))?;
    let windows = Workload::new(seed, events).windows;
    let (mut lines, mut out) = (Vec::new(), Vec::new());
    for pass in 0..passes {
        let (mut times, mut bytes, mut matched) = (Times::default(), 0, 0);
        for window in &windows {
            out.clear();
            let (before, watch) = (own_cpu(), Stopwatch::start());
            matched += casque.page(window, &mut out)?;
            times.add(watch.elapsed(), own_cpu().saturating_sub(before));
            bytes += out.len();
        }
        lines.push(format!(
            "pass {pass}: {:.3} ms CPU, p50 {:.3}, p99 {:.3}, {} bytes, {matched} matched",
            times.cpu_ms(),
            times.percentile_ms(50),
            times.percentile_ms(99),
            bytes / windows.len()
        ));
    }
    Ok(lines.join("\n"))
}

fn loaded(folder: &Path, (events, seed): (u64, u64)) -> anyhow::Result<Casque> {
    let mut casque = Casque::new(folder);
    if folder.exists() {
        casque.open()?;
        return Ok(casque);
    }
    fs::create_dir_all(folder)?;
    let csv = folder.join("events.csv");
    write_csv(Generator::new(seed, events), BufWriter::new(File::create(&csv)?))?;
    casque.load(&csv)?;
    Ok(casque)
}
