//! Rules for the text of any file: whitespace, and no path that exists on one machine only.

use super::{Violation, is_test_file, lines_with};
use crate::workspace::Tree;

/// Kinds of file people write by hand.
const HAND_WRITTEN: [&str; 11] =
    [".rs", ".toml", ".md", ".ftl", ".sh", ".py", ".ts", ".svelte", ".css", ".html", ".ci/run"];
/// How forms name the items of a list, which is no path of any machine.
const INSTANCE_PATH: &str = concat!("')/", "root/item");
/// Folders that exist on somebody's machine. Split, so that this file does not name them.
const MACHINE_FOLDERS: [&str; 4] =
    [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/")];
/// May be named where a test or an example needs a throw-away folder, not in the product.
const TEMPORARY_FOLDER: &str = concat!("/tm", "p/");

/// No trailing whitespace, and one newline at the end.
pub(crate) fn whitespace(tree: &Tree) -> Vec<Violation> {
    let files = tree.texts().filter(|(path, _)| is_hand_written(path));
    files.flat_map(|(path, text)| loose_whitespace(path, text)).collect()
}

/// No absolute path of a machine.
pub(crate) fn machine_paths(tree: &Tree) -> Vec<Violation> {
    let files = tree.texts().filter(|(path, _)| is_hand_written(path));
    files.flat_map(|(path, text)| named_folders(path, text)).collect()
}

fn is_hand_written(path: &str) -> bool {
    HAND_WRITTEN.iter().any(|end| path.ends_with(end))
}

fn loose_whitespace(path: &str, text: &str) -> Vec<Violation> {
    let loose = text.split('\n').enumerate().filter(|(_, line)| line.ends_with([' ', '\t', '\r']));
    let mut found: Vec<Violation> =
        loose.map(|(index, _)| Violation::new(path, index + 1, "trailing whitespace")).collect();
    if !text.is_empty() && (!text.ends_with('\n') || text.ends_with("\n\n")) {
        found.push(Violation::new(path, 0, "the file does not end with one newline"));
    }
    found
}

fn named_folders(path: &str, text: &str) -> Vec<Violation> {
    let text = &text.replace(INSTANCE_PATH, "");
    let folders = MACHINE_FOLDERS.iter().chain((!is_test_file(path)).then_some(&TEMPORARY_FOLDER));
    let found = folders.flat_map(|folder| {
        let lines = lines_with(text, folder);
        lines.map(move |line| {
            Violation::new(path, line, format!("`{folder}` is a path of one machine"))
        })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::messages;
    use super::*;

    #[test]
    fn loose_whitespace_is_found() {
        assert_eq!(messages(whitespace, &[("a.md", "a\nb \nc")]).len(), 2);
        assert_eq!(messages(whitespace, &[("a.md", "a\n\n")]).len(), 1);
        assert_eq!(messages(whitespace, &[("a.md", "a\nb\n"), ("b.csv", "a \n")]), [""; 0]);
    }

    #[test]
    fn paths_of_a_machine_are_found() {
        let text = format!("see {}x\n", MACHINE_FOLDERS[0]);
        let found = messages(machine_paths, &[("docs/a.md", &text)]);
        assert_eq!(
            found,
            [format!("docs/a.md:1: `{}` is a path of one machine", MACHINE_FOLDERS[0])]
        );
        let text = format!("//! {TEMPORARY_FOLDER}x\n");
        assert_eq!(messages(machine_paths, &[("crates/app/src/a.rs", &text)]).len(), 1);
        assert_eq!(messages(machine_paths, &[("crates/app/tests/it/a.rs", &text)]), [""; 0]);
    }
}
