//! A subject opened again in a fresh process: how long until it answers, and what memory it holds
//! when it has answered everything once and rests.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};

use crate::measure::{Memory, Stopwatch, milliseconds};
use crate::run::{Plan, question};
use crate::subject::Kind;
use crate::workload::Workload;

/// What a fresh process found out about itself.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Probe {
    /// From before opening until the first window is answered; the file's pages are in the cache.
    pub(crate) first_answer_ms: f64,
    /// After every question was asked once.
    pub(crate) anonymous_kb: u64,
}

impl Probe {
    /// Starts this program once more, on what `plan` has loaded into `folder`.
    pub(crate) fn in_a_new_process(kind: Kind, folder: &Path, plan: &Plan) -> anyhow::Result<Self> {
        let mut command = Command::new(std::env::current_exe().context("cannot find myself")?);
        command.arg("probe").args(["--subject", &format!("{kind:?}").to_lowercase()]);
        command.arg("--folder").arg(folder);
        command.args(["--events", &plan.events.to_string(), "--seed", &plan.seed.to_string()]);
        let output = command.output().context("cannot start the probe")?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "the probe of {kind:?} failed: {said}");
        Self::parse(&String::from_utf8_lossy(&output.stdout))
    }

    /// One line for the process that asked.
    pub(crate) fn line(&self) -> String {
        format!("{} {}", self.first_answer_ms, self.anonymous_kb)
    }

    fn parse(line: &str) -> anyhow::Result<Self> {
        let (first, second) = line.trim().split_once(' ').context("the probe said nothing")?;
        Ok(Self { first_answer_ms: first.parse()?, anonymous_kb: second.parse()? })
    }
}

/// Opens what is loaded in `folder` and asks everything once.
pub(crate) fn probe(kind: Kind, folder: &Path, events: u64, seed: u64) -> anyhow::Result<Probe> {
    let asks = question::asks(&Workload::new(seed, events));
    let mut all = asks.iter().flat_map(|(_, asks)| asks);
    let watch = Stopwatch::start();
    let mut subject = kind.set_up(folder)?;
    subject.open()?;
    let first = all.next().context("there are questions")?;
    std::hint::black_box(first.put(subject.as_mut())?);
    let first_answer_ms = milliseconds(watch.elapsed());
    for ask in all {
        std::hint::black_box(ask.put(subject.as_mut())?);
    }
    Ok(Probe { first_answer_ms, anonymous_kb: Memory::of_self()?.anonymous_kb })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probe_survives_being_said_and_read() {
        let probe = Probe { first_answer_ms: 12.5, anonymous_kb: 90_210 };
        assert_eq!(Probe::parse(&probe.line()).expect("two numbers"), probe);
        assert!(Probe::parse("").is_err());
    }
}
