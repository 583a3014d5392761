//! The built `casque`, run as a person runs it, with every line shown first.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::bail;

use super::folder::shown_from;
use crate::{shell, terminal};

/// Characters a shell takes as they are, beside letters and digits.
const PLAIN: &str = "-_./:=,+@%";
/// Characters that mean something between double quotes.
const SPECIAL: [char; 5] = ['"', '\\', '$', '`', '!'];

/// A line of the command line: the words behind `casque`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line(Vec<String>);

impl Line {
    /// A line that begins with these words.
    pub(crate) fn new(words: &[&str]) -> Self {
        Self(words.iter().map(|word| (*word).to_owned()).collect())
    }

    /// With one more word.
    pub(crate) fn word(mut self, word: &str) -> Self {
        self.0.push(word.to_owned());
        self
    }

    /// With a flag and its value.
    pub(crate) fn flag(self, name: &str, value: &str) -> Self {
        self.word(name).word(value)
    }
}

/// As it can be typed.
impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("casque")?;
        self.0.iter().try_for_each(|word| write!(f, " {}", quoted(word)))
    }
}

/// The binary, run from the root of the workspace.
#[derive(Debug)]
pub(crate) struct Casque {
    root: PathBuf,
    binary: PathBuf,
}

impl Casque {
    /// This binary.
    pub(crate) fn new(root: &Path, binary: &Path) -> Self {
        Self { root: root.to_owned(), binary: binary.to_owned() }
    }

    /// Where the binary is.
    pub(crate) fn program(&self) -> String {
        shown_from(&self.root, &self.binary)
    }

    /// Shows the line, then runs it with its output on the terminal; failure is an error.
    pub(crate) fn run(&self, line: &Line) -> anyhow::Result<()> {
        if !shell::succeeds(&mut self.shown(line))? {
            bail!("this line failed: {line}");
        }
        Ok(())
    }

    /// Shows the line, then runs it and returns what it printed.
    pub(crate) fn ask(&self, line: &Line) -> anyhow::Result<String> {
        shell::output(&mut self.shown(line))
    }

    fn shown(&self, line: &Line) -> Command {
        terminal::heading(&format!("\n$ {line}"));
        let mut command = Command::new(&self.binary);
        command.args(&line.0).current_dir(&self.root);
        command
    }
}

fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || PLAIN.contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else if word.contains(SPECIAL) {
        format!("'{}'", word.replace('\'', "'\\''"))
    } else {
        format!("\"{word}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_can_be_typed_as_shown() {
        let filter = "occurred_at >= DATE('2018-01-01')";
        let line = Line::new(&["query"]).flag("--filter", filter);
        assert_eq!(line.to_string(), format!("casque query --filter \"{filter}\""));
        assert_eq!(quoted("a/b-c_d.csv"), "a/b-c_d.csv");
        assert_eq!(quoted(""), "\"\"");
        assert_eq!(quoted("say \"it's\" $5"), "'say \"it'\\''s\" $5'");
    }
}
