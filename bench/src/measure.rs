//! Clocks, memory, load and disk, as the kernel tells them. The only file that reads a clock.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use rustix::time::{ClockId, clock_gettime};

/// A started stop watch of wall time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[expect(clippy::disallowed_methods, reason = "the benchmark is what measures time")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// Wall time since the start.
    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// CPU time of this process, all threads.
pub(crate) fn own_cpu() -> Duration {
    let spent = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = u64::try_from(spent.tv_sec).unwrap_or(0);
    Duration::from_secs(seconds) + Duration::from_nanos(u64::try_from(spent.tv_nsec).unwrap_or(0))
}

/// CPU time of another process of one thread, once it sleeps: a server still tidies up for some
/// microseconds after its answer has arrived, and that is part of the price.
pub(crate) fn cpu_of(process: u32) -> anyhow::Result<Duration> {
    while process_state(process)? == 'R' {
        std::hint::spin_loop();
    }
    let path = format!("/proc/{process}/schedstat");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
    let nanoseconds = text.split_whitespace().next().and_then(|first| first.parse().ok());
    nanoseconds.map(Duration::from_nanos).with_context(|| format!("{path} holds no number"))
}

/// CPU time of the threads of a process that live, to the nanosecond. Threads that ended are missed.
pub(crate) fn cpu_of_threads(process: u32) -> anyhow::Result<Duration> {
    let folder = format!("/proc/{process}/task");
    let mut sum = Duration::ZERO;
    for item in fs::read_dir(&folder).with_context(|| format!("cannot list {folder}"))? {
        // A thread may end between being listed and being read.
        let text = fs::read_to_string(item?.path().join("schedstat")).unwrap_or_default();
        let spent = text.split_whitespace().next().and_then(|first| first.parse().ok());
        sum += Duration::from_nanos(spent.unwrap_or(0));
    }
    Ok(sum)
}

/// CPU time of a process and its children that live, all their threads, those that ended too; to
/// the 10 ms of the kernel's clock.
pub(crate) fn ticks_of_family(parent: u32) -> anyhow::Result<Duration> {
    let mut sum = ticks_of(parent)?;
    for child in children(parent)? {
        // A child may end between being listed and being read.
        sum += ticks_of(child).unwrap_or_default();
        for grandchild in children(child)? {
            sum += ticks_of(grandchild).unwrap_or_default();
        }
    }
    Ok(sum)
}

fn ticks_of(process: u32) -> anyhow::Result<Duration> {
    let text = stat(process)?;
    let ticks = |nth: usize| text.split_whitespace().nth(nth).and_then(|word| word.parse().ok());
    // User and system time are the 14th and 15th word, two before the state.
    let (user, system): (u64, u64) = ticks(11).zip(ticks(12)).context("no ticks")?;
    Ok(Duration::from_millis((user + system) * 10))
}

/// Memory of processes, in kB.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Memory {
    /// Pages that belong to no file.
    pub(crate) anonymous_kb: u64,
    /// Their share of memory shared between processes (PostgreSQL's buffers).
    pub(crate) shared_kb: u64,
}

impl Memory {
    /// Of this process.
    pub(crate) fn of_self() -> anyhow::Result<Self> {
        Self::of("self")
    }

    /// Of a process and its children, added.
    pub(crate) fn of_family(parent: u32) -> anyhow::Result<Self> {
        let mut sum = Self::of(&parent.to_string())?;
        for child in children(parent)? {
            // A child may end between being listed and being read.
            let memory = Self::of(&child.to_string()).unwrap_or_default();
            sum.anonymous_kb += memory.anonymous_kb;
            sum.shared_kb += memory.shared_kb;
        }
        Ok(sum)
    }

    fn of(process: &str) -> anyhow::Result<Self> {
        let path = format!("/proc/{process}/smaps_rollup");
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
        Ok(Self { anonymous_kb: kb_of(&text, "Anonymous:"), shared_kb: kb_of(&text, "Pss_Shmem:") })
    }
}

/// The load average of the last minute.
pub(crate) fn load_average() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().next().unwrap_or("unknown").to_owned()
}

/// The processor and how many of it there are.
pub(crate) fn machine() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let models: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("model name")).collect();
    let model =
        models.first().map_or("unknown processor", |m| m.trim_start_matches([' ', '\t', ':']));
    format!("{} cores of {model}", models.len())
}

/// Bytes of all files under `folder`.
pub(crate) fn bytes_under(folder: &Path) -> anyhow::Result<u64> {
    let mut sum = 0;
    for item in fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let item = item?;
        let about = item.metadata()?;
        sum += if about.is_dir() { bytes_under(&item.path())? } else { about.len() };
    }
    Ok(sum)
}

/// Times of many questions of one kind.
#[derive(Debug, Clone, Default)]
pub(crate) struct Times {
    walls: Vec<Duration>,
    cpu: Duration,
}

impl Times {
    /// Adds one question's.
    pub(crate) fn add(&mut self, wall: Duration, cpu: Duration) {
        self.walls.push(wall);
        self.cpu += cpu;
    }

    /// Adds all of another's.
    pub(crate) fn add_all(&mut self, other: &Self) {
        self.walls.extend_from_slice(&other.walls);
        self.cpu += other.cpu;
    }

    /// How many questions were asked.
    pub(crate) fn count(&self) -> usize {
        self.walls.len()
    }

    /// Mean CPU milliseconds a question.
    pub(crate) fn cpu_ms(&self) -> f64 {
        let count = u32::try_from(self.walls.len().max(1)).unwrap_or(u32::MAX);
        milliseconds(self.cpu) / f64::from(count)
    }

    /// The wall milliseconds that `percent` of the questions stayed within (nearest rank).
    pub(crate) fn percentile_ms(&self, percent: usize) -> f64 {
        let mut sorted = self.walls.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent).div_ceil(100).max(1);
        sorted.get(rank - 1).copied().map_or(0.0, milliseconds)
    }
}

/// Milliseconds of a duration.
pub(crate) fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

fn process_state(process: u32) -> anyhow::Result<char> {
    let text = stat(process)?;
    text.split_whitespace().next().and_then(|word| word.chars().next()).context("no state")
}

fn children(parent: u32) -> anyhow::Result<Vec<u32>> {
    let mut found = Vec::new();
    for item in fs::read_dir("/proc").context("cannot list /proc")? {
        let name = item?.file_name();
        let Some(process) = name.to_str().and_then(|text| text.parse::<u32>().ok()) else {
            continue;
        };
        let Ok(text) = stat(process) else { continue };
        if text.split_whitespace().nth(1) == Some(parent.to_string().as_str()) {
            found.push(process);
        }
    }
    Ok(found)
}

/// What `/proc/PID/stat` says after the name: state, parent, and so on.
fn stat(process: u32) -> anyhow::Result<String> {
    let path = format!("/proc/{process}/stat");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
    let (_, rest) = text.rsplit_once(')').with_context(|| format!("{path} has no name"))?;
    Ok(rest.to_owned())
}

fn kb_of(rollup: &str, key: &str) -> u64 {
    let line = rollup.lines().find_map(|line| line.strip_prefix(key));
    line.and_then(|rest| rest.split_whitespace().next()).and_then(|kb| kb.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_the_nearest_rank() {
        let mut times = Times::default();
        for ms in (1..=200).rev() {
            times.add(Duration::from_millis(ms), Duration::from_millis(3));
        }
        assert_eq!(times.count(), 200);
        assert!((times.percentile_ms(50) - 100.0).abs() < 1e-9);
        assert!((times.percentile_ms(99) - 198.0).abs() < 1e-9);
        assert!((times.cpu_ms() - 3.0).abs() < 1e-9);
    }

    #[test]
    fn work_shows_on_the_own_clock() {
        let before = own_cpu();
        let sum =
            (0..3_000_000_u64).fold(0_u64, |sum, n| std::hint::black_box(sum ^ n.rotate_left(7)));
        assert!(own_cpu() > before, "{sum}");
    }

    #[test]
    fn memory_is_read_from_the_rollup() {
        let text = "Rss: 1800 kB\nPss_Shmem:     12 kB\nAnonymous:   116 kB\n";
        assert_eq!((kb_of(text, "Anonymous:"), kb_of(text, "Pss_Shmem:")), (116, 12));
        assert!(Memory::of_self().expect("this is Linux").anonymous_kb > 0);
    }
}
