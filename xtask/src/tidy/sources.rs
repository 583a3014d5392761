//! Rules for Rust files: front matter, leftovers, length, names, one test binary per crate.

use std::collections::BTreeSet;

use super::{Violation, is_test_file, lines_with};
use crate::source::{self, Function};
use crate::workspace::Tree;

/// Lines a file may have.
const FILE_LINES_MAX: usize = 500;
/// Files that may be longer, with the lines they may have. This list only shrinks: a file that got
/// shorter takes its entry along.
const LONGER_FILES: [(&str, usize); 0] = [];
/// How far below its entry a listed file may be before the entry must follow.
const ENTRY_SLACK: usize = 25;
/// A mark for work that never reaches the main branch. Split, so that this file has none.
const FORBIDDEN_MARK: &str = concat!("FIX", "ME");
/// A mark that needs the number of an issue: `TODO(12)`.
const NUMBERED_MARK: &str = concat!("TO", "DO");
/// File and folder names that say nothing.
const EMPTY_NAMES: [&str; 6] = ["utils", "util", "helpers", "misc", "common", "mod"];

/// How an exception from the ban on printing begins.
const PRINTING_LINT: &str = "clippy::print_std";

/// Every file says what it is for.
pub(crate) fn front_matter(tree: &Tree) -> Vec<Violation> {
    let silent = tree.ending(".rs").filter(|(_, text)| !text.starts_with("//!"));
    silent.map(|(path, _)| Violation::new(path, 0, "the file does not begin with `//!`")).collect()
}

/// Nothing unfinished, nothing switched off.
pub(crate) fn leftovers(tree: &Tree) -> Vec<Violation> {
    tree.ending(".rs").flat_map(|(path, text)| unfinished(path, text)).collect()
}

/// No file over the limit, and no entry of the exceptions that is not needed.
pub(crate) fn lengths(tree: &Tree) -> Vec<Violation> {
    let long = tree
        .ending(".rs")
        .filter_map(|(path, text)| over_long(path, text.lines().count(), &LONGER_FILES));
    let stale = LONGER_FILES.iter().filter_map(|(path, lines)| stale_entry(tree, path, *lines));
    long.chain(stale).collect()
}

/// Names that say what is inside; `foo.rs` beside `foo/`.
pub(crate) fn names(tree: &Tree) -> Vec<Violation> {
    let empty = tree.ending(".rs").filter(|(path, _)| {
        path.trim_end_matches(".rs").split('/').any(|part| EMPTY_NAMES.contains(&part))
    });
    empty.map(|(path, _)| Violation::new(path, 0, "the name does not say what is inside")).collect()
}

/// The product prints in modules called `terminal` only.
pub(crate) fn printing(tree: &Tree) -> Vec<Violation> {
    let product = tree
        .ending(".rs")
        .filter(|(path, _)| path.starts_with("crates/") && !path.ends_with("/terminal.rs"));
    let found = product.flat_map(|(path, text)| {
        let lines = lines_with(text, PRINTING_LINT);
        lines.map(move |line| {
            Violation::new(path, line, "printing belongs to the module `terminal`")
        })
    });
    found.collect()
}

/// One integration binary per crate, `tests/it/main.rs`, which names every file beside it.
pub(crate) fn test_binaries(tree: &Tree) -> Vec<Violation> {
    let files = tree.ending(".rs").filter_map(|(path, _)| {
        let (before, after) = path.split_once("/tests/")?;
        (!before.contains("/src")).then_some((path, before, after))
    });
    files.filter_map(|(path, before, after)| stray_test(tree, path, before, after)).collect()
}

/// A line for the reader: how long functions and files are.
pub(crate) fn report(tree: &Tree) -> String {
    let mut files: Vec<usize> = Vec::new();
    let mut lengths: Vec<(usize, String)> = Vec::new();
    for (path, text) in tree.ending(".rs").filter(|(path, _)| !is_test_file(path)) {
        let tokens = source::production(&source::tokens(text));
        let named =
            |function: Function<'_>| (function.lines, format!("{} in {path}", function.name));
        lengths.extend(source::functions(&tokens).into_iter().map(named));
        files.push(text.lines().count());
    }
    files.sort_unstable();
    lengths.sort();
    let lines: Vec<usize> = lengths.iter().map(|(lines, _)| *lines).collect();
    let longest = lengths.last().map_or("none", |(_, name)| name.as_str());
    format!("functions: {} ({longest})\nfiles: {}", spread(&lines), spread(&files))
}

fn spread(sorted: &[usize]) -> String {
    let at = |percent: usize| {
        sorted.get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1)))
    };
    let of = |percent| at(percent).copied().unwrap_or_default();
    format!("{}, lines median {}, p90 {}, longest {}", sorted.len(), of(50), of(90), of(100))
}

fn unfinished(path: &str, text: &str) -> Vec<Violation> {
    let marks = lines_with(text, FORBIDDEN_MARK).map(|line| {
        Violation::new(path, line, format!("`{FORBIDDEN_MARK}`: mend it or file an issue"))
    });
    let unnumbered = text.lines().enumerate().filter(|(_, line)| has_unnumbered_mark(line));
    let unnumbered = unnumbered.map(|(index, _)| {
        Violation::new(
            path,
            index + 1,
            format!("`{NUMBERED_MARK}` without an issue: `{NUMBERED_MARK}(12)`"),
        )
    });
    marks.chain(unnumbered).chain(switched_off(path, text)).collect()
}

fn has_unnumbered_mark(line: &str) -> bool {
    line.split_once(NUMBERED_MARK).is_some_and(|(_, rest)| {
        let number =
            rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map(|(number, _)| number);
        number.is_none_or(|number| {
            number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit())
        })
    })
}

fn switched_off(path: &str, text: &str) -> Vec<Violation> {
    let tokens = source::tokens(text);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if source::starts_with(&tokens, at, &["todo", "!"]) {
            found.push(Violation::new(path, token.line, "`todo!` is not code"));
        }
        if source::starts_with(&tokens, at, &["#", "[", "ignore"]) {
            found.push(Violation::new(path, token.line, "a test that is ignored proves nothing"));
        }
    }
    found
}

fn over_long(path: &str, lines: usize, exceptions: &[(&str, usize)]) -> Option<Violation> {
    let entry = exceptions.iter().find(|(known, _)| *known == path);
    let allowed = entry.map_or(FILE_LINES_MAX, |(_, lines)| *lines);
    let message = format!("{lines} lines, {allowed} are allowed: split it by topic");
    (lines > allowed).then(|| Violation::new(path, 0, message))
}

fn stale_entry(tree: &Tree, path: &str, allowed: usize) -> Option<Violation> {
    let lines = tree.text(path).map_or(0, |text| text.lines().count());
    let stale = lines <= FILE_LINES_MAX || lines + ENTRY_SLACK < allowed;
    stale.then(|| {
        Violation::new(
            path,
            0,
            format!("now {lines} lines: its entry among the longer files must follow"),
        )
    })
}

fn stray_test(tree: &Tree, path: &str, before: &str, after: &str) -> Option<Violation> {
    let Some(inside) = after.strip_prefix("it/") else {
        return Some(Violation::new(
            path,
            0,
            "integration tests live in `tests/it/`, in one binary",
        ));
    };
    if inside == "main.rs" {
        return None;
    }
    let (parent, name) = inside
        .trim_end_matches(".rs")
        .rsplit_once('/')
        .unwrap_or(("main", inside.trim_end_matches(".rs")));
    let modules = tree
        .text(&format!("{before}/tests/it/{parent}.rs"))
        .map(declared_modules)
        .unwrap_or_default();
    let forgotten = !modules.contains(name);
    forgotten.then(|| {
        Violation::new(
            path,
            0,
            format!("`{parent}.rs` has no `mod {name};`: these tests never run"),
        )
    })
}

fn declared_modules(text: &str) -> BTreeSet<&str> {
    let tokens = source::tokens(text);
    let pairs = tokens.windows(2).filter_map(|pair| match pair {
        [key, name] if key.is_word("mod") => Some(name.text),
        _ => None,
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::messages;
    use super::*;

    const PATH: &str = "crates/app/src/a.rs";

    #[test]
    fn a_file_without_front_matter_is_found() {
        assert_eq!(messages(front_matter, &[(PATH, "use std::fmt;\n")]).len(), 1);
        assert_eq!(messages(front_matter, &[(PATH, "//! What it is for.\n")]), [""; 0]);
    }

    #[test]
    fn leftovers_are_found() {
        let text = format!(
            "//! x\n// {FORBIDDEN_MARK}\n// {NUMBERED_MARK}: later\n#[ignore]\nfn a() {{ todo!() }}\n"
        );
        assert_eq!(messages(leftovers, &[(PATH, &text)]).len(), 4);
        let text = format!("//! x\n// {NUMBERED_MARK}(12): later\nconst A: &str = \"todo!()\";\n");
        assert_eq!(messages(leftovers, &[(PATH, &text)]), [""; 0]);
    }

    #[test]
    fn long_files_are_found_and_exceptions_must_be_needed() {
        let long = "//! x\n".repeat(FILE_LINES_MAX + 1);
        assert_eq!(messages(lengths, &[(PATH, &long)]).len(), 1);
        assert!(over_long(PATH, 600, &[(PATH, 600)]).is_none());
        assert!(over_long(PATH, 601, &[(PATH, 600)]).is_some());
        let tree = Tree::of(&[(PATH, &long)]);
        assert!(stale_entry(&tree, PATH, 510).is_none());
        assert!(stale_entry(&tree, PATH, 600).is_some());
        assert!(stale_entry(&tree, "crates/app/src/gone.rs", 600).is_some());
    }

    #[test]
    fn names_that_say_nothing_are_found() {
        for path in
            ["crates/app/src/utils.rs", "crates/app/src/import/mod.rs", "crates/common/src/lib.rs"]
        {
            assert_eq!(messages(names, &[(path, "//! x\n")]).len(), 1, "{path}");
        }
        assert_eq!(messages(names, &[("crates/app/src/import.rs", "//! x\n")]), [""; 0]);
    }

    #[test]
    fn printing_elsewhere_is_found() {
        let text = "//! x\n#![expect(clippy::print_stdout, reason = \"x\")]\n";
        assert_eq!(messages(printing, &[(PATH, text)]).len(), 1);
        assert_eq!(messages(printing, &[("crates/server/src/terminal.rs", text)]), [""; 0]);
    }

    #[test]
    fn forgotten_and_stray_tests_are_found() {
        let files = [
            ("crates/app/tests/it/main.rs", "//! x\nmod kept;\n"),
            ("crates/app/tests/it/kept.rs", "//! x\nmod inner;\n"),
            ("crates/app/tests/it/kept/inner.rs", "//! x\n"),
            ("crates/app/tests/it/forgotten.rs", "//! x\n"),
            ("crates/app/tests/second.rs", "//! x\n"),
        ];
        assert_eq!(
            messages(test_binaries, &files),
            [
                "crates/app/tests/it/forgotten.rs: `main.rs` has no `mod forgotten;`: these tests never run",
                "crates/app/tests/second.rs: integration tests live in `tests/it/`, in one binary"
            ]
        );
    }

    #[test]
    fn the_report_measures_production_code() {
        let text = "//! x\nfn a() {\n  1;\n  2;\n}\nfn b() {}\n#[cfg(test)]\nmod tests {\n fn c() {\n\n\n\n\n\n }\n}\n";
        let report = report(&Tree::of(&[(PATH, text)]));
        assert_eq!(
            report,
            "functions: 2, lines median 2, p90 2, longest 2 (a in crates/app/src/a.rs)\nfiles: 1, lines median 16, p90 16, longest 16"
        );
    }
}
