//! Puts the words of a language on the command line: what commands and flags are for, headings.
//!
//! Keys are `help-` and the words of the command (`help-journal-verify`), `help-arg-` and the id of
//! the flag; one id has one meaning wherever it stands.

use clap::{Arg, Command, CommandFactory};

use crate::cli::Cli;
use crate::words::{Said, Words};

/// What the program calls itself, whatever the command.
const PROGRAM: &str = "casque";
/// What stands below the help of a command, as an attribute of its message.
const AFTER: &str = "after";

/// The command line with its words.
pub(crate) fn worded(words: &Words) -> Command {
    with_words(Cli::command(), "help", words)
}

/// The key of a command.
fn key_below(key: &str, command: &Command) -> String {
    format!("{key}-{}", command.get_name())
}

fn with_words(command: Command, key: &str, words: &Words) -> Command {
    let usage = words.say("help-heading-usage");
    let template =
        format!("{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}");
    let mut place = 0;
    let mut command = command
        .about(words.say(key))
        .display_name(PROGRAM)
        .help_template(template)
        .subcommand_help_heading(words.say("help-heading-commands"))
        .subcommand_value_name(words.say("help-value-command"))
        .mut_args(|arg| {
            place += 1;
            arg_with_words(arg, place, words)
        })
        .mut_subcommands(|sub| {
            let key = key_below(key, &sub);
            with_words(sub, &key, words)
        });
    if let Some(after) = words.aside(key, AFTER) {
        command = command.after_help(after);
    }
    command
}

fn arg_with_words(arg: Arg, place: usize, words: &Words) -> Arg {
    let heading = if arg.is_positional() {
        "help-heading-arguments"
    } else if arg.is_global_set() {
        "help-heading-globals"
    } else {
        "help-heading-options"
    };
    let text = arg_text(&arg, words);
    let takes_values = arg.get_action().takes_values();
    let arg = arg.help(text).help_heading(words.say(heading));
    let arg = if arg.is_positional() { arg.display_order(place) } else { arg };
    if takes_values { arg.hide_possible_values(true).hide_default_value(true) } else { arg }
}

/// What an argument is for, with its choices and its default.
fn arg_text(arg: &Arg, words: &Words) -> String {
    let mut text = words.say(&arg_key(arg));
    let takes_values = arg.get_action().takes_values();
    let choices = arg.get_possible_values();
    if takes_values && !choices.is_empty() {
        let names: Vec<&str> = choices.iter().map(clap::builder::PossibleValue::get_name).collect();
        let choices = names.join(", ");
        text.push_str(&words.say_with("help-choices", &[("choices", Said::Text(&choices))]));
    }
    if let Some(default) = arg.get_default_values().first().filter(|_| takes_values) {
        let default = default.to_string_lossy();
        text.push_str(&words.say_with("help-default", &[("default", Said::Text(&default))]));
    }
    text
}

fn arg_key(arg: &Arg) -> String {
    format!("help-arg-{}", arg.get_id().as_str().replace('_', "-"))
}

#[cfg(test)]
mod tests;
