//! The arrows between crates: who may depend on whom, and which crate is the one home of an
//! outside library.
//!
//! The tables here are the rule; `docs/ARCHITECTURE.md` gives the reasons. A new arrow is a
//! decision, so it is made here and nowhere else.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::Violation;
use crate::source;
use crate::workspace::Tree;

/// Each crate and the crates of ours it may depend on.
const ARROWS: [(&str, &[&str]); 12] = [
    ("model", &[]),
    ("journal", &["model"]),
    ("spatial", &["model"]),
    ("forms", &["model", "spatial"]),
    ("filter", &["model", "spatial"]),
    ("policy", &["model", "filter"]),
    ("mission", &["model", "forms", "policy", "filter", "spatial"]),
    ("exchange", &["model", "spatial"]),
    ("store", &["model", "journal", "mission", "policy", "filter", "spatial"]),
    (
        "app",
        &[
            "model", "forms", "journal", "policy", "filter", "spatial", "mission", "exchange",
            "store",
        ],
    ),
    ("server", &["model", "app"]),
    ("testkit", &["model"]),
];

/// Crates that only tests (and the benchmarks) may use.
const TEST_ONLY: &str = "testkit";

/// Outside libraries with one home among the crates: what they stand for must not spread.
const HOMES: [(&str, &str); 16] = [
    ("anyhow", "server"),
    ("argon2", "app"),
    ("calamine", "exchange"),
    ("clap", "server"),
    ("ed25519-dalek", "journal"),
    ("encoding_rs", "exchange"),
    ("fluent", "server"),
    ("getrandom", "server"),
    ("indicatif", "server"),
    ("jiff", "model"),
    ("minicbor", "journal"),
    ("rusqlite", "store"),
    ("rust_xlsxwriter", "exchange"),
    ("toml", "mission"),
    ("tracing-subscriber", "server"),
    ("zip", "exchange"),
];

/// Manifests outside of `crates/`: programs for developers, which may use what they need.
const PROGRAMS: [&str; 2] = ["bench/Cargo.toml", "xtask/Cargo.toml"];

/// Every manifest: arrows, homes, versions and lints from the workspace.
pub(crate) fn manifests(tree: &Tree) -> Vec<Violation> {
    let paths = tree.ending("Cargo.toml").filter(|(path, _)| is_member(path));
    paths.flat_map(|(path, text)| manifest(path, text)).collect()
}

/// A dependency that no source of its crate names.
pub(crate) fn unused_dependencies(tree: &Tree) -> Vec<Violation> {
    let members = tree.ending("Cargo.toml").filter(|(path, _)| is_member(path));
    members.flat_map(|(path, text)| unnamed(tree, path, text)).collect()
}

/// Every folder under `crates/` is in the table, and every crate of the table exists.
pub(crate) fn listed_crates(tree: &Tree) -> Vec<Violation> {
    let folders: Vec<&str> = tree.paths().filter_map(crate_of).collect();
    let unlisted = folders.iter().filter(|name| arrows_of(name).is_none());
    let mut violations: Vec<Violation> = unlisted
        .map(|name| {
            Violation::new(&format!("crates/{name}"), 0, "the crate is not in the table of arrows")
        })
        .collect();
    let missing = ARROWS.iter().filter(|(name, _)| !folders.is_empty() && !folders.contains(name));
    violations.extend(missing.map(|(name, _)| {
        Violation::new(
            &format!("crates/{name}"),
            0,
            "the crate is in the table of arrows, but not there",
        )
    }));
    violations
}

/// A version in the root manifest that no manifest uses.
pub(crate) fn unused_versions(tree: &Tree) -> Vec<Violation> {
    let Some(root) = tree.text("Cargo.toml").and_then(|text| text.parse::<Table>().ok()) else {
        return Vec::new();
    };
    let used: Vec<Dependency> = tree
        .ending("Cargo.toml")
        .filter(|(path, _)| is_member(path))
        .filter_map(|(_, text)| text.parse().ok())
        .flat_map(|table| dependencies(&table))
        .collect();
    let known = root.get("workspace").and_then(|workspace| workspace.get("dependencies"));
    let names = known.and_then(Value::as_table).into_iter().flat_map(Table::keys);
    names
        .filter(|name| !used.iter().any(|dependency| dependency.name == **name))
        .map(|name| Violation::new("Cargo.toml", 0, format!("nothing uses `{name}`")))
        .collect()
}

fn is_member(path: &str) -> bool {
    PROGRAMS.contains(&path) || (path.starts_with("crates/") && path.matches('/').count() == 2)
}

fn crate_of(path: &str) -> Option<&str> {
    Some(path.strip_prefix("crates/")?.split_once('/')?.0)
}

fn arrows_of(name: &str) -> Option<&'static [&'static str]> {
    ARROWS.iter().find(|(known, _)| *known == name).map(|(_, arrows)| *arrows)
}

fn unnamed(tree: &Tree, path: &str, text: &str) -> Vec<Violation> {
    let folder = path.trim_end_matches("Cargo.toml");
    let sources = tree.ending(".rs").filter(|(path, _)| path.starts_with(folder));
    let words: BTreeSet<&str> =
        sources.flat_map(|(_, text)| source::tokens(text)).map(|token| token.text).collect();
    let declared = text.parse().map(|table| dependencies(&table)).unwrap_or_default();
    let unnamed = declared
        .into_iter()
        .filter(|dependency| !words.contains(dependency.name.replace('-', "_").as_str()));
    unnamed
        .map(|dependency| {
            Violation::new(path, 0, format!("no source here uses `{}`", dependency.name))
        })
        .collect()
}

struct Dependency {
    name: String,
    is_for_tests: bool,
    is_inherited: bool,
}

fn dependencies(manifest: &Table) -> Vec<Dependency> {
    let sections =
        [("dependencies", false), ("build-dependencies", false), ("dev-dependencies", true)];
    let found = sections.iter().flat_map(|(section, is_for_tests)| {
        let table = manifest.get(*section).and_then(Value::as_table);
        table.into_iter().flatten().map(|(name, value)| Dependency {
            name: name.clone(),
            is_for_tests: *is_for_tests,
            is_inherited: value.get("workspace").and_then(Value::as_bool) == Some(true),
        })
    });
    found.collect()
}

fn manifest(path: &str, text: &str) -> Vec<Violation> {
    let table: Table = match text.parse() {
        Ok(table) => table,
        Err(error) => return vec![Violation::new(path, 0, format!("not readable: {error}"))],
    };
    let mut messages = Vec::new();
    let lints = table.get("lints").and_then(|lints| lints.get("workspace"));
    if lints.and_then(Value::as_bool) != Some(true) {
        messages.push(
            "the lints of the workspace are not taken over: `[lints] workspace = true`".to_owned(),
        );
    }
    for dependency in dependencies(&table) {
        if !dependency.is_inherited {
            messages.push(format!(
                "`{}` has its version here, not in the root manifest",
                dependency.name
            ));
        }
        messages.extend(crate_of(path).and_then(|own| misplaced(own, &dependency)));
    }
    messages.into_iter().map(|message| Violation::new(path, 0, message)).collect()
}

/// What is wrong with crate `own` using this dependency.
fn misplaced(own: &str, dependency: &Dependency) -> Option<String> {
    let name = dependency.name.as_str();
    if name == TEST_ONLY {
        return (!dependency.is_for_tests).then(|| format!("`{TEST_ONLY}` is for tests only"));
    }
    if arrows_of(name).is_some() {
        let allowed = arrows_of(own).is_none_or(|arrows| arrows.contains(&name));
        return (!allowed)
            .then(|| format!("`{own}` must not know `{name}`: that arrow does not exist"));
    }
    let (_, home) = HOMES.iter().find(|(library, _)| *library == name)?;
    let is_home = *home == own || dependency.is_for_tests;
    (!is_home).then(|| format!("`{name}` belongs to crate `{home}` alone"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::messages;
    use super::*;

    fn manifest_of(path: &str, body: &str) -> Vec<String> {
        let text = format!("[lints]\nworkspace = true\n{body}");
        messages(manifests, &[(path, &text)])
    }

    #[test]
    fn an_arrow_against_the_list_is_found() {
        let path = "crates/journal/Cargo.toml";
        assert_eq!(
            manifest_of(path, "[dependencies]\nmodel.workspace = true\nstore.workspace = true\n"),
            [
                "crates/journal/Cargo.toml: `journal` must not know `store`: that arrow does not exist"
            ]
        );
        assert_eq!(manifest_of(path, "[dev-dependencies]\nstore.workspace = true\n").len(), 1);
        assert_eq!(manifest_of(path, "[dev-dependencies]\ntestkit.workspace = true\n"), [""; 0]);
    }

    #[test]
    fn test_help_stays_out_of_the_product() {
        let found =
            manifest_of("crates/app/Cargo.toml", "[dependencies]\ntestkit.workspace = true\n");
        assert_eq!(found, ["crates/app/Cargo.toml: `testkit` is for tests only"]);
    }

    #[test]
    fn a_library_keeps_to_its_home() {
        let body = "[dependencies]\nrusqlite.workspace = true\n";
        let found = manifest_of("crates/app/Cargo.toml", body);
        assert_eq!(found, ["crates/app/Cargo.toml: `rusqlite` belongs to crate `store` alone"]);
        assert_eq!(manifest_of("crates/store/Cargo.toml", body), [""; 0]);
        assert_eq!(manifest_of("bench/Cargo.toml", body), [""; 0]);
    }

    #[test]
    fn versions_and_lints_come_from_the_root() {
        let found =
            messages(manifests, &[("crates/model/Cargo.toml", "[dependencies]\ncsv = \"1\"\n")]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(
            messages(manifests, &[("fuzz/Cargo.toml", "[dependencies]\ncsv = \"1\"\n")]),
            [""; 0]
        );
    }

    #[test]
    fn an_unlisted_crate_is_found() {
        let every: Vec<String> =
            ARROWS.iter().map(|(name, _)| format!("crates/{name}/Cargo.toml")).collect();
        let mut files: Vec<(&str, &str)> = every.iter().map(|path| (path.as_str(), "")).collect();
        assert_eq!(messages(listed_crates, &files), [""; 0]);
        files.push(("crates/utils/Cargo.toml", ""));
        assert_eq!(
            messages(listed_crates, &files),
            ["crates/utils: the crate is not in the table of arrows"]
        );
    }

    #[test]
    fn a_dependency_no_source_names_is_found() {
        let manifest =
            "[dependencies]\nrust_xlsxwriter.workspace = true\ned25519-dalek.workspace = true\n";
        let files = [
            ("crates/app/Cargo.toml", manifest),
            ("crates/app/src/lib.rs", "//! csv\nuse ed25519_dalek::Signer;\n"),
        ];
        assert_eq!(
            messages(unused_dependencies, &files),
            ["crates/app/Cargo.toml: no source here uses `rust_xlsxwriter`"]
        );
    }

    #[test]
    fn a_version_nobody_uses_is_found() {
        let root = "[workspace.dependencies]\ncsv = \"1\"\nzip = \"4\"\n";
        let user = "[dependencies]\ncsv.workspace = true\n";
        let found = messages(unused_versions, &[("Cargo.toml", root), ("xtask/Cargo.toml", user)]);
        assert_eq!(found, ["Cargo.toml: nothing uses `zip`"]);
    }

    #[test]
    fn arrows_point_down_the_list() {
        for (index, (name, arrows)) in ARROWS.iter().enumerate() {
            let above: Vec<&str> = ARROWS.iter().take(index).map(|(name, _)| *name).collect();
            assert!(arrows.iter().all(|arrow| above.contains(arrow)), "{name}");
        }
    }
}
