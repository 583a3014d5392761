//! The pure crates stay pure: no files, no network, no environment, no clock, no randomness.
//!
//! Clippy bans some functions by name; this rule bans the whole module, imports included.

use super::{Violation, is_test_file};
use crate::source::{self, Token};
use crate::workspace::Tree;

/// Crates that know nothing but their arguments.
const PURE: [&str; 8] =
    ["model", "forms", "journal", "spatial", "filter", "policy", "mission", "exchange"];

/// What they must not name.
const BANNED: [(&[&str], &str); 9] = [
    (&["std", ":", ":", "env"], "reads the environment"),
    (&["std", ":", ":", "fs"], "touches files"),
    (&["std", ":", ":", "net"], "speaks to a network"),
    (&["std", ":", ":", "process"], "starts or ends processes"),
    (&["std", ":", ":", "thread"], "starts threads"),
    (&["SystemTime", ":", ":", "now"], "reads the clock"),
    (&["Timestamp", ":", ":", "now"], "reads the clock"),
    (&["RandomState"], "draws randomness"),
    (&["static", "mut"], "keeps global state"),
];

/// Production code of the pure crates.
pub(crate) fn pure_crates(tree: &Tree) -> Vec<Violation> {
    let files = tree.ending(".rs").filter(|(path, _)| is_pure(path) && !is_test_file(path));
    files
        .flat_map(|(path, text)| impure(path, &source::production(&source::tokens(text))))
        .collect()
}

fn is_pure(path: &str) -> bool {
    PURE.iter().any(|name| path.starts_with(&format!("crates/{name}/src/")))
}

fn impure(path: &str, tokens: &[Token<'_>]) -> Vec<Violation> {
    let places = tokens.iter().enumerate();
    let found = places.flat_map(|(at, token)| {
        let banned = BANNED.iter().filter(move |(name, _)| source::starts_with(tokens, at, name));
        banned.map(|(name, why)| {
            Violation::new(
                path,
                token.line,
                format!("`{}` {why}: this crate is pure", name.concat()),
            )
        })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::messages;
    use super::*;

    #[test]
    fn a_pure_crate_that_opens_a_file_is_found() {
        let text = "//! x\nuse std::fs;\n// std::env\n#[cfg(test)]\nmod tests { use std::net; }\n";
        let found = messages(pure_crates, &[("crates/filter/src/text.rs", text)]);
        assert_eq!(
            found,
            ["crates/filter/src/text.rs:2: `std::fs` touches files: this crate is pure"]
        );
        assert_eq!(messages(pure_crates, &[("crates/store/src/ground.rs", text)]), [""; 0]);
        assert_eq!(messages(pure_crates, &[("crates/filter/src/tests.rs", text)]), [""; 0]);
    }
}
