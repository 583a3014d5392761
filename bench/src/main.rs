//! Casque's benchmark: the same made-up events and the same questions for PostgreSQL with PostGIS,
//! for bare `SQLite` and for Casque, in one run. Answers are compared before times are.
//!
//! Not shipped. `docs/benchmarks.md` says what is measured and how; `run` and `growth` write the
//! figures there.

mod clocks;
mod dictionary;
mod event;
mod forms;
mod generator;
mod http;
mod measure;
mod page;
mod random;
mod report;
mod run;
mod subject;
mod workload;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Parser, Subcommand};

use run::{Outcome, Plan};
use subject::Kind;

const DOCUMENT: &str = "docs/benchmarks.md";
/// Workbooks that are shipped.
const WORKBOOKS: &str = "fixtures/forms";
/// Where `cargo xtask forms` puts pyxform, from beside this program.
const PYTHON_OF_FORMS: &str = "../tools/pyxform/bin/python";
const DRAWING: &str = "docs/benchmarks-growth.svg";

#[derive(Debug, Parser)]
#[command(about = "Measure Casque beside PostgreSQL with PostGIS and bare SQLite")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write made-up events as CSV
    Generate {
        #[command(flatten)]
        data: Data,
        /// The file to write
        #[arg(long)]
        out: PathBuf,
    },
    /// Load, compare and time, and write the figures into docs/benchmarks.md
    Run {
        #[command(flatten)]
        data: Data,
        #[command(flatten)]
        how: How,
    },
    /// Run with more and more events and draw the curve
    Growth {
        /// Numbers of events, smallest first
        #[arg(
            long,
            value_delimiter = ',',
            default_value = "10000,30000,100000,300000,1000000,3000000"
        )]
        sizes: Vec<u64>,
        /// Seed of the made-up events
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[command(flatten)]
        how: How,
    },
    /// Ask windows over HTTP beside tipg and pygeoapi, and write the figures into the document
    Http {
        #[command(flatten)]
        data: Data,
        #[command(flatten)]
        web: Web,
    },
    /// Ask the densest tiles beside `ST_AsMVT`, and write the figures into the document
    Tiles {
        #[command(flatten)]
        data: Data,
        #[command(flatten)]
        web: Web,
    },
    /// Ask clocks and overdue records of a register of warnings, and write the figures
    Clocks {
        /// How many warnings
        #[arg(long, default_value_t = 100_000)]
        records: u64,
        /// Seed of the made-up warnings
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Print the figures and leave the document alone
        #[arg(long)]
        print: bool,
    },
    /// Check answers, compile forms and convert workbooks beside pyxform, and write the figures
    Forms {
        /// Folders of workbooks [default: fixtures/forms]
        #[arg(long)]
        workbooks: Vec<PathBuf>,
        /// A Python with pyxform [default: that of `cargo xtask forms`]
        #[arg(long)]
        python: Option<PathBuf>,
        /// Print the figures and leave the document alone
        #[arg(long)]
        print: bool,
    },
    /// Send filled forms as phones do, without a photo and with one, and write the figures
    Submissions {
        /// How many of each kind; both and the first within what a user may send in a day
        #[arg(long, default_value_t = 2_000)]
        submissions: u64,
        /// Seed of the made-up answers
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The program to measure [default: beside this one]
        #[arg(long)]
        casque: Option<PathBuf>,
        /// Print the figures and leave the document alone
        #[arg(long)]
        print: bool,
    },
    /// Ask a loaded node for pages of GeoJSON, again and again: for a profiler
    #[command(hide = true)]
    Page {
        /// Folder of the node; loaded first where it is not there
        #[arg(long)]
        folder: PathBuf,
        /// How often every window is asked
        #[arg(long, default_value_t = 5)]
        passes: u32,
        #[command(flatten)]
        data: Data,
    },
    /// Train the dictionary of the store's bodies on the data the project ships
    Dictionary {
        /// The file to write
        #[arg(long)]
        out: PathBuf,
    },
    /// Open what a run has loaded and say how long it took and what memory it holds
    #[command(hide = true)]
    Probe {
        #[arg(long)]
        subject: Kind,
        #[arg(long)]
        folder: PathBuf,
        #[command(flatten)]
        data: Data,
    },
}

#[derive(Debug, Args)]
struct Data {
    /// How many events
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(100..=generator::EVENTS_MAX))]
    events: u64,
    /// Seed of the made-up events
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[derive(Debug, Args)]
struct Web {
    /// Folder for databases; what is loaded there already is used again
    #[arg(long)]
    work: PathBuf,
    /// The program to measure [default: beside this one]
    #[arg(long)]
    casque: Option<PathBuf>,
    /// Folder of the peers' Python programs, where they are not on the path
    #[arg(long)]
    python: Option<PathBuf>,
    /// Seconds of throughput for each server; 0 for none
    #[arg(long, default_value_t = 10)]
    seconds: u32,
    /// Print the figures and leave the document alone
    #[arg(long)]
    print: bool,
}

#[derive(Debug, Args)]
struct How {
    /// Subjects, the one to compare with first [default: all]
    #[arg(long, value_delimiter = ',')]
    only: Vec<Kind>,
    /// Folder for databases, emptied afterwards [default: the system's]
    #[arg(long)]
    work: Option<PathBuf>,
    /// Print the figures and leave the document alone
    #[arg(long)]
    print: bool,
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Generate { data, out } => generate(&data, &out),
        Command::Run { data, how } => run_once(&data, &how),
        Command::Growth { sizes, seed, how } => grow(&sizes, seed, &how),
        Command::Http { data, web } => windows_over_http(&data, web),
        Command::Tiles { data, web } => tiles_over_http(&data, web),
        Command::Clocks { records, seed, print } => clocks_of(records, seed, print),
        Command::Forms { workbooks, python, print } => forms_of(workbooks, python, print),
        Command::Submissions { submissions, seed, casque, print } => {
            submitted((submissions, seed), casque, print)
        }
        Command::Page { folder, passes, data } => {
            say(&page::pages(&folder, passes, (data.events, data.seed))?)
        }
        Command::Dictionary { out } => dictionary::write(&out),
        Command::Probe { subject, folder, data } => {
            say(&run::probe(subject, &folder, data.events, data.seed)?.line())
        }
    }
}

/// Tells the person who waits what is going on.
#[expect(clippy::print_stderr, reason = "the one place that reports progress")]
fn note(text: &str) {
    eprintln!("{text}");
}

fn say(text: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout().lock(), "{text}").context("cannot print")
}

fn generate(data: &Data, out: &PathBuf) -> anyhow::Result<()> {
    let file = File::create(out).with_context(|| format!("cannot write {}", out.display()))?;
    let events = generator::Generator::new(data.seed, data.events);
    generator::write_csv(events, BufWriter::new(file))
}

fn run_once(data: &Data, how: &How) -> anyhow::Result<()> {
    let outcome = outcome(data.events, data.seed, how)?;
    let command = format!("run --events {} --seed {}{}", data.events, data.seed, only_shown(how));
    let text = report::run(&outcome, &shown(&command));
    say(&text)?;
    if how.print { Ok(()) } else { report::write_between(DOCUMENT.as_ref(), "run", &text) }
}

fn clocks_of(records: u64, seed: u64, print: bool) -> anyhow::Result<()> {
    let work = tempfile::tempdir()?;
    let command = shown(&format!("clocks --records {records} --seed {seed}"));
    let text = clocks::run(records, seed, work.path(), &command)?;
    say(&text)?;
    if print { Ok(()) } else { report::write_between(DOCUMENT.as_ref(), "clocks", &text) }
}

fn forms_of(
    mut workbooks: Vec<PathBuf>,
    python: Option<PathBuf>,
    print: bool,
) -> anyhow::Result<()> {
    if workbooks.is_empty() {
        workbooks.push(PathBuf::from(WORKBOOKS));
    }
    let python = match python {
        Some(python) => python,
        None => std::env::current_exe()?.with_file_name(PYTHON_OF_FORMS),
    };
    let folders: Vec<String> =
        workbooks.iter().map(|folder| format!(" --workbooks {}", folder.display())).collect();
    let text = forms::run(&workbooks, &python, &shown(&format!("forms{}", folders.concat())))?;
    say(&text)?;
    if print { Ok(()) } else { report::write_between(DOCUMENT.as_ref(), "forms", &text) }
}

fn submitted(
    (submissions, seed): (u64, u64),
    casque: Option<PathBuf>,
    print: bool,
) -> anyhow::Result<()> {
    let (work, program) = (tempfile::tempdir()?, program_beside(casque)?);
    let command = shown(&format!("submissions --submissions {submissions} --seed {seed}"));
    let text =
        http::submissions::run(submissions, seed, (work.path(), program.as_ref()), &command)?;
    say(&text)?;
    if print { Ok(()) } else { report::write_between(DOCUMENT.as_ref(), "submissions", &text) }
}

fn windows_over_http(data: &Data, web: Web) -> anyhow::Result<()> {
    let (print, plan) = (web.print, plan_of(data, web)?);
    let outcome = http::run(&plan)?;
    let command = format!("http --events {} --seed {} --work W", data.events, data.seed);
    let text = http::written(&plan, &outcome, &shown(&command));
    say(&text)?;
    if print { Ok(()) } else { report::write_between(DOCUMENT.as_ref(), "http", &text) }
}

fn tiles_over_http(data: &Data, web: Web) -> anyhow::Result<()> {
    let (print, plan) = (web.print, plan_of(data, web)?);
    let outcome = http::tiles::run(&plan)?;
    let command = format!("tiles --events {} --seed {} --work W", data.events, data.seed);
    let text = http::tiles::written(&plan, &outcome, &shown(&command));
    say(&text)?;
    if print { Ok(()) } else { report::write_between(DOCUMENT.as_ref(), "tiles", &text) }
}

fn plan_of(data: &Data, web: Web) -> anyhow::Result<http::Plan> {
    Ok(http::Plan {
        events: data.events,
        seed: data.seed,
        casque: program_beside(web.casque)?,
        work: web.work,
        python: web.python,
        seconds: web.seconds,
    })
}

fn program_beside(given: Option<PathBuf>) -> anyhow::Result<PathBuf> {
    match given {
        Some(program) => Ok(program),
        None => Ok(std::env::current_exe()?.with_file_name("casque")),
    }
}

fn grow(sizes: &[u64], seed: u64, how: &How) -> anyhow::Result<()> {
    let outcomes = sizes
        .iter()
        .map(|events| outcome(*events, seed, how))
        .collect::<anyhow::Result<Vec<Outcome>>>()?;
    let listed: Vec<String> = sizes.iter().map(u64::to_string).collect();
    let command = format!("growth --sizes {} --seed {seed}{}", listed.join(","), only_shown(how));
    let text = report::growth(&outcomes, &shown(&command));
    say(&text)?;
    if how.print {
        return Ok(());
    }
    fs::write(DRAWING, report::chart(&outcomes))
        .with_context(|| format!("cannot write {DRAWING}"))?;
    report::write_between(DOCUMENT.as_ref(), "growth", &text)
}

fn outcome(events: u64, seed: u64, how: &How) -> anyhow::Result<Outcome> {
    let parent = how.work.clone().unwrap_or_else(std::env::temp_dir);
    let work = tempfile::Builder::new().prefix("casque-bench-").tempdir_in(parent)?;
    let kinds = if how.only.is_empty() { Kind::ALL.to_vec() } else { how.only.clone() };
    run::run(Plan { events, seed, kinds, work: work.path().to_owned() })
}

fn shown(command: &str) -> String {
    format!("cargo run --release -p bench -- {command}")
}

fn only_shown(how: &How) -> String {
    let names: Vec<String> =
        how.only.iter().map(|kind| format!("{kind:?}").to_lowercase()).collect();
    if names.is_empty() { String::new() } else { format!(" --only {}", names.join(",")) }
}
