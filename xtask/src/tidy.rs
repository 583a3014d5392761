//! `cargo xtask tidy`: the house rules that no compiler knows.
//!
//! A rule is a function from the [`Tree`] of committed files to [`Violation`]s; it never touches
//! the disk itself, so each is tested on a crafted tree. To add one: write it in the file of its
//! topic, name it in [`RULES`], and test that a violation is found and a clean tree is not.

mod arrows;
mod budget;
mod docs;
mod files;
mod findings;
mod packs;
mod pages;
mod purity;
mod sources;
mod words;

use std::fmt;
use std::path::Path;

use crate::workspace::Tree;
use crate::{Outcome, terminal};

/// One place where a house rule is broken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Violation {
    file: String,
    /// From 1; 0 where the file as a whole is meant.
    line: usize,
    message: String,
}

impl Violation {
    fn new(file: &str, line: usize, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, message: message.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            line => write!(f, "{}:{line}: {}", self.file, self.message),
        }
    }
}

type Rule = fn(&Tree) -> Vec<Violation>;

const RULES: [Rule; 23] = [
    arrows::manifests,
    arrows::listed_crates,
    arrows::unused_dependencies,
    arrows::unused_versions,
    budget::packages,
    docs::decision_numbers,
    docs::links,
    docs::named_files,
    docs::described_crates,
    docs::changelog,
    files::machine_paths,
    files::whitespace,
    findings::words,
    packs::french,
    pages::sources,
    purity::pure_crates,
    sources::front_matter,
    sources::leftovers,
    sources::lengths,
    sources::names,
    sources::printing,
    sources::test_binaries,
    words::catalogues,
];

/// Checks the workspace and prints what is wrong, then the measures that are only reported.
pub(crate) fn run(root: &Path) -> anyhow::Result<Outcome> {
    let tree = Tree::read(root)?;
    let violations = check(&tree);
    for violation in &violations {
        terminal::line(&violation.to_string());
    }
    terminal::line(&sources::report(&tree));
    terminal::line(&budget::report(&tree));
    if violations.is_empty() {
        return Ok(Outcome::Done);
    }
    terminal::line(&format!("tidy: {} broken house rules", violations.len()));
    Ok(Outcome::Failed)
}

fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations: Vec<Violation> = RULES.iter().flat_map(|rule| rule(tree)).collect();
    violations.sort();
    violations.dedup();
    violations
}

/// The lines of `text` in which `mark` stands, from 1.
fn lines_with<'a>(text: &'a str, mark: &'a str) -> impl Iterator<Item = usize> + 'a {
    let lines = text.lines().enumerate();
    lines.filter(move |(_, line)| line.contains(mark)).map(|(index, _)| index + 1)
}

/// Whether a Rust file is test code as a whole.
fn is_test_file(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("/tests.rs") || path.starts_with("crates/testkit/")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The messages of one rule on these files.
    pub(super) fn messages(rule: Rule, files: &[(&str, &str)]) -> Vec<String> {
        rule(&Tree::of(files)).iter().map(Violation::to_string).collect()
    }

    #[test]
    fn violations_are_sorted_and_told_once() {
        let tree = Tree::of(&[("b.rs", "//! b\nlet a = 1; \n"), ("a.rs", "fn a() {}\n")]);
        let found: Vec<String> = check(&tree).iter().map(Violation::to_string).collect();
        assert_eq!(
            found,
            ["a.rs: the file does not begin with `//!`", "b.rs:2: trailing whitespace"]
        );
    }
}
