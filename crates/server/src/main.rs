//! The `casque` binary: reads the command line, runs the command, ends with its exit code.
//!
//! What is done is in `app`. Here is how it is asked for and told: flags, words, tables, exit codes.
//! Words for people are in the catalogues (`i18n/`), printing is in `terminal`, the environment is
//! read in `config`, and nowhere else.

mod cli;
mod command;
mod config;
mod context;
mod exit;
mod help;
mod http;
mod password;
mod system;
mod table;
mod terminal;
mod ui;
mod usage;
mod words;

use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::FromArgMatches;

use cli::Cli;
use config::Config;
use context::Context;
use exit::{Exit, Failure};
use terminal::Terminal;
use words::{Language, Words};

fn main() -> ExitCode {
    let config = Config::from_environment();
    let arguments = config::arguments();
    let words = Words::new(Language::choose(&arguments, config.language.as_deref()));
    let mut terminal = Terminal::new(cli::asks_for_json(&arguments));
    config.log();
    let ran = catch_unwind(AssertUnwindSafe(|| run(&words, &mut terminal, &config, arguments)));
    let ran = ran.unwrap_or_else(|_panic| Err(Failure::fault()));
    let told = ran.and_then(|exit| terminal.flush().map(|()| exit));
    let exit = told.unwrap_or_else(|failure| terminal.fail(&words, &failure));
    exit.into()
}

fn run(
    words: &Words,
    terminal: &mut Terminal,
    config: &Config,
    arguments: Vec<OsString>,
) -> Result<Exit, Failure> {
    let matches = help::worded(words).try_get_matches_from(arguments);
    let cli = matches.and_then(|matches| Cli::from_arg_matches(&matches));
    match cli {
        Ok(cli) => {
            terminal.show_progress(cli.globals.progress);
            let mut context = Context { words, terminal, config, globals: &cli.globals };
            command::run(&mut context, &cli.command)
        }
        Err(error) => usage::told(&error, terminal),
    }
}
