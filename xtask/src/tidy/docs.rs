//! Documents do not lie: links lead somewhere, named files exist, decisions have one number each.

use super::Violation;
use crate::workspace::Tree;

/// The document in which every file named in backticks must exist.
const ARCHITECTURE: &str = "docs/ARCHITECTURE.md";
const DECISIONS: &str = "docs/decisions/";
/// What a name in backticks ends with when it is meant as a file.
const FILE_ENDS: [&str; 8] = [".rs", ".toml", ".md", ".csv", ".ftl", ".json", ".sh", "/"];

/// Relative links of every Markdown file.
pub(crate) fn links(tree: &Tree) -> Vec<Violation> {
    let files = tree.ending(".md").filter(|(path, _)| !path.starts_with("fixtures/"));
    files.flat_map(|(path, text)| dead_links(tree, path, text)).collect()
}

/// Files and folders that the architecture names.
pub(crate) fn named_files(tree: &Tree) -> Vec<Violation> {
    let lines = tree.text(ARCHITECTURE).unwrap_or_default().lines().enumerate();
    let named = lines.flat_map(|(index, line)| code_spans(line).map(move |name| (index + 1, name)));
    let missing = named.filter(|(_, name)| is_file_name(name) && !tree.holds(name));
    missing
        .map(|(line, name)| Violation::new(ARCHITECTURE, line, format!("`{name}` does not exist")))
        .collect()
}

/// Every crate has its line in the architecture.
pub(crate) fn described_crates(tree: &Tree) -> Vec<Violation> {
    let Some(text) = tree.text(ARCHITECTURE) else {
        return Vec::new();
    };
    let manifests = tree.paths().filter_map(|path| path.strip_suffix("Cargo.toml"));
    let crates = manifests.filter(|folder| folder.starts_with("crates/"));
    let silent = crates.filter(|folder| !text.contains(&format!("`{folder}`")));
    silent
        .map(|folder| Violation::new(ARCHITECTURE, 0, format!("`{folder}` is not described")))
        .collect()
}

/// Decision files are `NNNN-title.md`, each number once.
pub(crate) fn decision_numbers(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut before: Option<&str> = None;
    for path in tree.paths().filter(|path| path.starts_with(DECISIONS)) {
        let number = path.strip_prefix(DECISIONS).and_then(decision_number);
        if number.is_none() {
            violations.push(Violation::new(path, 0, "a decision is named `NNNN-title.md`"));
        } else if number == before {
            violations.push(Violation::new(path, 0, "another decision has this number"));
        }
        before = number;
    }
    violations
}

/// The changelog keeps a section for what is not released yet.
pub(crate) fn changelog(tree: &Tree) -> Vec<Violation> {
    let lacking = tree.text("CHANGELOG.md").is_some_and(|text| !text.contains("\n## Unreleased\n"));
    lacking
        .then(|| Violation::new("CHANGELOG.md", 0, "there is no section `## Unreleased`"))
        .into_iter()
        .collect()
}

fn dead_links(tree: &Tree, path: &str, text: &str) -> Vec<Violation> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let lines = text.lines().enumerate();
    let targets =
        lines.flat_map(|(index, line)| link_targets(line).map(move |target| (index + 1, target)));
    let dead = targets.filter(|(_, target)| !tree.holds(&resolve(folder, target)));
    dead.map(|(line, target)| {
        Violation::new(path, line, format!("the link to `{target}` leads nowhere"))
    })
    .collect()
}

/// The files that a line of Markdown links to, without their anchors.
fn link_targets(line: &str) -> impl Iterator<Item = &str> {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split([')', '#', ' ']).next());
    targets.filter(|target| {
        !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:")
    })
}

/// A path from the root: `folder` and a path relative to it.
fn resolve(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn code_spans(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

fn is_file_name(name: &str) -> bool {
    let plain = !name.contains([' ', '<', '*', '{', ':']);
    plain && FILE_ENDS.iter().any(|end| name.ends_with(end))
}

fn decision_number(name: &str) -> Option<&str> {
    let (number, _) = name.strip_suffix(".md")?.split_once('-')?;
    let numbered = number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    numbered.then_some(number)
}

#[cfg(test)]
mod tests {
    use super::super::tests::messages;
    use super::*;

    #[test]
    fn dead_links_are_found_and_live_ones_are_not() {
        let text =
            "[a](../README.md#use) [b](gone.md) [c](https://example.org) [d](#here) ![e](guide/)\n";
        let files = [("docs/a.md", text), ("README.md", "x\n"), ("docs/guide/x.md", "x\n")];
        assert_eq!(messages(links, &files), ["docs/a.md:1: the link to `gone.md` leads nowhere"]);
    }

    #[test]
    fn a_file_the_architecture_names_must_exist() {
        let text = "# A\n`crates/model/` and `gone.rs`, `a::b`, `Vec<u8>`, `*.rs`\n";
        let files = [(ARCHITECTURE, text), ("crates/model/Cargo.toml", "")];
        assert_eq!(
            messages(named_files, &files),
            ["docs/ARCHITECTURE.md:2: `gone.rs` does not exist"]
        );
    }

    #[test]
    fn a_crate_the_architecture_does_not_name_is_found() {
        let files = [
            (ARCHITECTURE, "`crates/model/`\n"),
            ("crates/model/Cargo.toml", ""),
            ("crates/app/Cargo.toml", ""),
        ];
        assert_eq!(
            messages(described_crates, &files),
            ["docs/ARCHITECTURE.md: `crates/app/` is not described"]
        );
    }

    #[test]
    fn two_decisions_of_one_number_are_found() {
        let files = [
            ("docs/decisions/0001-a.md", ""),
            ("docs/decisions/0001-b.md", ""),
            ("docs/decisions/c.md", ""),
        ];
        assert_eq!(
            messages(decision_numbers, &files),
            [
                "docs/decisions/0001-b.md: another decision has this number",
                "docs/decisions/c.md: a decision is named `NNNN-title.md`"
            ]
        );
    }

    #[test]
    fn a_changelog_without_unreleased_is_found() {
        assert_eq!(messages(changelog, &[("CHANGELOG.md", "# Changes\n")]).len(), 1);
        assert_eq!(
            messages(changelog, &[("CHANGELOG.md", "# Changes\n\n## Unreleased\n")]),
            [""; 0]
        );
    }
}
