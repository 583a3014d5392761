//! One run: load every subject, compare their answers, then time them.
//!
//! Subjects take turns question by question, so that a busy moment of the machine hits all alike.
//! Everything is asked three times: once to compare (which also warms), twice timed; the second
//! counts.

mod compare;
mod probe;
mod question;

use std::fs::{self, File, Permissions};
use std::io::BufWriter;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::Context;

pub(crate) use compare::Difference;
pub(crate) use probe::{Probe, probe};
pub(crate) use question::{GOAL_P99, Question};

use crate::generator::{Generator, write_csv};
use crate::measure::{Memory, Stopwatch, Times, load_average};
use crate::note;
use crate::subject::{Extra, Kind, Step, Subject};
use crate::workload::Workload;
use question::Ask;

const TIMED_PASSES: usize = 2;

/// What to run.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) events: u64,
    pub(crate) seed: u64,
    /// The first is what the others are compared with.
    pub(crate) kinds: Vec<Kind>,
    /// An empty folder for files and databases.
    pub(crate) work: PathBuf,
}

/// What came out.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) plan: Plan,
    pub(crate) subjects: Vec<About>,
    pub(crate) rows: Vec<TimedQuestion>,
    pub(crate) differences: Vec<Difference>,
}

/// What was learned about a subject besides its answers.
#[derive(Debug)]
pub(crate) struct About {
    pub(crate) name: &'static str,
    pub(crate) version: String,
    pub(crate) steps: Vec<Step>,
    pub(crate) bytes_on_disk: u64,
    pub(crate) memory: Memory,
    /// Of subjects that work in the benchmark's process.
    pub(crate) first_answer_ms: Option<f64>,
    pub(crate) extras: Vec<Extra>,
}

/// The times of one kind of question.
#[derive(Debug)]
pub(crate) struct TimedQuestion {
    pub(crate) question: Question,
    /// One per subject, in the order of the plan.
    pub(crate) times: Vec<Times>,
    /// Rows of all answers together, or what was counted.
    pub(crate) answered: u64,
    /// When it began.
    pub(crate) load_average: String,
}

impl Outcome {
    /// Whether `subject` gave another answer than the first subject to a question of this kind.
    pub(crate) fn differs(&self, question: Question, subject: &str) -> bool {
        self.differences.iter().any(|d| question.covers(d.question) && d.subject == subject)
    }
}

/// Carries out `plan`.
pub(crate) fn run(plan: Plan) -> anyhow::Result<Outcome> {
    fs::set_permissions(&plan.work, Permissions::from_mode(0o755))?;
    let csv = generate(&plan)?;
    let workload = Workload::new(plan.seed, plan.events);
    let asks = question::asks(&workload);
    let (mut subjects, loads) = load(&plan, &csv)?;
    let mut differences = Vec::new();
    let mut rows = Vec::new();
    for (question, asks) in &asks {
        note(&format!("asking: {}", question.title()));
        let compared = compare::compare(*question, asks, &mut subjects)?;
        differences.extend(compared.differences);
        rows.push(time(*question, asks, compared.answered, &mut subjects)?);
    }
    rows.extend(together(Question::AllWords, &rows));
    let mut about = describe(&mut subjects, loads)?;
    // A store that lets in one process at a time must be closed before it is opened again.
    drop(subjects);
    for (about, kind) in about.iter_mut().zip(&plan.kinds) {
        open_again(&plan, *kind, about)?;
    }
    Ok(Outcome { plan, subjects: about, rows, differences })
}

fn generate(plan: &Plan) -> anyhow::Result<PathBuf> {
    note(&format!("making {} events of seed {}", plan.events, plan.seed));
    let path = plan.work.join("events.csv");
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    write_csv(Generator::new(plan.seed, plan.events), BufWriter::new(file))?;
    Ok(path)
}

type Loaded = (Vec<Box<dyn Subject>>, Vec<Vec<Step>>);

fn load(plan: &Plan, csv: &Path) -> anyhow::Result<Loaded> {
    let (mut subjects, mut loads) = (Vec::new(), Vec::new());
    for kind in &plan.kinds {
        let folder = folder(plan, *kind);
        fs::create_dir(&folder)?;
        let mut subject = kind.set_up(&folder)?;
        note(&format!("loading {}", subject.name()));
        loads.push(subject.load(csv).with_context(|| format!("cannot load {kind:?}"))?);
        subjects.push(subject);
    }
    Ok((subjects, loads))
}

fn folder(plan: &Plan, kind: Kind) -> PathBuf {
    plan.work.join(format!("{kind:?}").to_lowercase())
}

fn time(
    question: Question,
    asks: &[Ask],
    answered: u64,
    subjects: &mut [Box<dyn Subject>],
) -> anyhow::Result<TimedQuestion> {
    let load_average = load_average();
    let mut times = Vec::new();
    for _ in 0..TIMED_PASSES {
        times = pass(asks, subjects)?;
    }
    Ok(TimedQuestion { question, times, answered, load_average })
}

/// One row for all the `rows` that a question covers.
fn together(question: Question, rows: &[TimedQuestion]) -> Option<TimedQuestion> {
    let mut covered = rows.iter().filter(|row| question.covers(row.question));
    let first = covered.next()?;
    let mut sum = TimedQuestion {
        question,
        times: first.times.clone(),
        answered: first.answered,
        load_average: first.load_average.clone(),
    };
    for row in covered {
        sum.answered += row.answered;
        sum.times.iter_mut().zip(&row.times).for_each(|(all, times)| all.add_all(times));
    }
    Some(sum)
}

fn pass(asks: &[Ask], subjects: &mut [Box<dyn Subject>]) -> anyhow::Result<Vec<Times>> {
    let mut times = vec![Times::default(); subjects.len()];
    for (turn, ask) in asks.iter().enumerate() {
        for offset in 0..subjects.len() {
            let index = (turn + offset) % subjects.len();
            let subject = subjects[index].as_mut();
            let before = subject.cpu()?;
            let watch = Stopwatch::start();
            let answer = ask.put(subject)?;
            let wall = watch.elapsed();
            times[index].add(wall, subject.cpu()?.saturating_sub(before));
            std::hint::black_box(answer);
        }
    }
    Ok(times)
}

fn describe(
    subjects: &mut [Box<dyn Subject>],
    loads: Vec<Vec<Step>>,
) -> anyhow::Result<Vec<About>> {
    let mut abouts = Vec::new();
    for (subject, steps) in subjects.iter_mut().zip(loads) {
        abouts.push(About {
            name: subject.name(),
            version: subject.version(),
            steps,
            bytes_on_disk: subject.bytes_on_disk()?,
            memory: subject.server_memory()?.unwrap_or_default(),
            first_answer_ms: None,
            extras: subject.extras()?,
        });
    }
    Ok(abouts)
}

/// Measures a subject of this process in a fresh one, where nothing else takes memory.
fn open_again(plan: &Plan, kind: Kind, about: &mut About) -> anyhow::Result<()> {
    if about.memory != Memory::default() {
        return Ok(());
    }
    let probe = Probe::in_a_new_process(kind, &folder(plan, kind), plan)?;
    about.memory = Memory { anonymous_kb: probe.anonymous_kb, shared_kb: 0 };
    about.first_answer_ms = Some(probe.first_answer_ms);
    Ok(())
}

#[cfg(test)]
mod tests;
