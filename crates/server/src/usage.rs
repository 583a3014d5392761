//! Wrong command lines as findings, so that they are told like everything else and in any language.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use model::finding::Finding;

use crate::exit::{Exit, Failure};
use crate::terminal::Terminal;

/// What a command line that did not become a command leads to: help, the version, or a failure.
pub(crate) fn told(error: &Error, terminal: &mut Terminal) -> Result<Exit, Failure> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            terminal.text(&error.render().to_string())?;
            Ok(Exit::Done)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            terminal.note(error.render().to_string().trim_end());
            Ok(Exit::Usage)
        }
        kind => Err(Failure::new(Exit::Usage, finding(error, kind))),
    }
}

fn finding(error: &Error, kind: ErrorKind) -> Finding {
    let of = |kind| said(error, kind);
    match kind {
        ErrorKind::UnknownArgument => Finding::error("usage-unknown-argument")
            .with("argument", of(ContextKind::InvalidArg))
            .with("nearest", of(ContextKind::SuggestedArg)),
        ErrorKind::InvalidSubcommand => Finding::error("usage-unknown-command")
            .with("command", of(ContextKind::InvalidSubcommand))
            .with("nearest", of(ContextKind::SuggestedSubcommand)),
        ErrorKind::MissingSubcommand => {
            Finding::error("usage-command-missing").with("known", of(ContextKind::ValidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => {
            Finding::error("usage-argument-missing").with("arguments", of(ContextKind::InvalidArg))
        }
        ErrorKind::ArgumentConflict => Finding::error("usage-conflict")
            .with("argument", of(ContextKind::InvalidArg))
            .with("other", of(ContextKind::PriorArg)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => Finding::error("usage-wrong-value")
            .with("argument", of(ContextKind::InvalidArg))
            .with("value", of(ContextKind::InvalidValue))
            .with("known", of(ContextKind::ValidValue)),
        _ => Finding::error("usage-wrong").with("what", first_line(error)),
    }
}

/// What the error says of one kind: names side by side, nothing where it says nothing.
fn said(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => bare(text).to_owned(),
        Some(ContextValue::Strings(texts)) => {
            texts.iter().map(|text| bare(text)).collect::<Vec<_>>().join(", ")
        }
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// `--limit` of `--limit <NUMBER>`.
fn bare(argument: &str) -> &str {
    argument.split_once(" <").map_or(argument, |(flag, _)| flag)
}

fn first_line(error: &Error) -> String {
    let text = error.render().to_string();
    text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
}
