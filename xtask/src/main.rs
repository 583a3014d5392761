//! The developer's commands: `cargo xtask test`, `demo`, `web`, `api`, `forms`, `tidy`, `gen`, `bench`.
//!
//! This program drives cargo and the built `casque` binary and reads the tree. It links none of
//! Casque's own crates, so that a broken crate can never keep the checks from running.

mod api;
mod bench;
mod browser;
mod demo;
mod forms;
mod generate;
mod served;
mod shell;
mod source;
mod stages;
mod terminal;
mod tidy;
mod tools;
mod web;
mod workspace;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <command>

  test                  everything: format, tidy, pages, clippy, tests, forms, browser, doctests,
                        documentation
  demo [--data DIR] [--fresh] [--pack NAME] [--geopko FILE] [--listen ADDRESS] [--no-serve]
                        builds casque, loads a mission with real data, asks it questions, serves its pages
  web                   builds the pages into web/dist, where the build of casque finds them
  api                   a served node, asked everything its description allows (Schemathesis)
  browser [--guide]     looks at the pages with Chromium on the demo's records; --guide keeps the
                        pictures in docs/guide/images
  forms                 the forms that phones get: ODK Validate reads every register's, and pyxform
                        makes the same of the workbooks in fixtures/forms
  tidy                  the house rules that no compiler knows
  gen                   writes the committed generated files again
  bench [ARGUMENTS]     the benchmarks, in release; arguments go to the runner
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.split_first() {
        Some((command, rest)) => run(command, rest),
        None => Ok(Outcome::Usage),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::FAILURE,
        Ok(Outcome::Usage) => {
            terminal::error(USAGE);
            ExitCode::from(2)
        }
        Err(error) => {
            terminal::error(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// How a command ended when it ran at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    /// What failed is already on the screen.
    Failed,
    Usage,
}

fn run(command: &str, arguments: &[String]) -> anyhow::Result<Outcome> {
    let root = workspace::root()?;
    match command {
        "test" if arguments.is_empty() => stages::run(&root),
        "web" if arguments.is_empty() => web::run(&root),
        "api" if arguments.is_empty() => api::run(&root),
        "forms" if arguments.is_empty() => forms::run(&root),
        "tidy" if arguments.is_empty() => tidy::run(&root),
        "gen" if arguments.is_empty() => generate::run(&root),
        "browser" => browser::run(&root, arguments),
        "demo" => demo::run(&root, arguments),
        "bench" => bench::run(&root, arguments),
        "help" | "--help" | "-h" => {
            terminal::line(USAGE.trim_end());
            Ok(Outcome::Done)
        }
        _ => Ok(Outcome::Usage),
    }
}
