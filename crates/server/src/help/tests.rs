//! The whole help tree in both languages, as committed files, and a word for every key.

use std::collections::BTreeSet;

use super::*;
use crate::words::Language;

/// Columns of the committed help.
const WIDTH: usize = 100;

/// The help of a command and of those below it.
fn tree(mut command: Command, path: &str, told: &mut String) {
    let path = format!("{path} {}", command.get_name()).trim().to_owned();
    command = command.bin_name(&path).term_width(WIDTH);
    let help = command.render_help().to_string();
    let lines = help.lines().flat_map(|line| [line.trim_end(), "\n"]);
    told.extend(["$ ", path.as_str(), " --help\n"].into_iter().chain(lines).chain(["\n"]));
    let below: Vec<Command> = command.get_subcommands().cloned().collect();
    for sub in below {
        tree(sub, &path, told);
    }
}

fn whole_help(language: Language) -> String {
    let mut command = worded(&Words::new(language));
    command.build();
    let mut told = String::new();
    tree(command, "", &mut told);
    told
}

/// Every key that the command line asks the catalogues for.
fn keys(command: &Command, key: &str, found: &mut BTreeSet<String>) {
    found.insert(key.to_owned());
    found.extend(command.get_arguments().map(arg_key));
    command.get_subcommands().for_each(|sub| keys(sub, &key_below(key, sub), found));
}

#[test]
fn help_in_english_is_as_committed() {
    insta::assert_snapshot!("help_en", whole_help(Language::En));
}

#[test]
fn help_in_french_is_as_committed() {
    insta::assert_snapshot!("help_fr", whole_help(Language::Fr));
}

#[test]
fn every_command_and_flag_has_its_words_and_no_words_are_left_over() {
    let mut used = BTreeSet::new();
    keys(&Cli::command(), "help", &mut used);
    for language in [Language::En, Language::Fr] {
        let words = Words::new(language);
        let silent: Vec<&String> = used.iter().filter(|key| words.say(key) == **key).collect();
        assert_eq!(silent, [""; 0], "{language:?}");
    }
    let general = ["help-heading-", "help-value-", "help-choices", "help-default"];
    let catalogue = include_str!("../../i18n/en.ftl").lines();
    let known = catalogue.filter_map(|line| line.split_once(" =")).map(|(key, _)| key);
    let known = known.filter(|key| key.starts_with("help"));
    let left_over: Vec<&str> = known
        .filter(|key| !used.contains(*key) && !general.iter().any(|g| key.starts_with(g)))
        .collect();
    assert_eq!(left_over, [""; 0]);
}

#[test]
fn help_of_the_command_line_is_consistent() {
    worded(&Words::new(Language::En)).debug_assert();
}
