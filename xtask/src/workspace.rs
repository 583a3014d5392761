//! Where things are: the root of the workspace, the built binary, the text of every file.
//!
//! Nothing here judges what it reads.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

/// Folders that hold nothing of ours: output, downloads, version control.
const SKIPPED_FOLDERS: [&str; 7] =
    [".git", "target", "node_modules", "dist", "artifacts", "corpus", "coverage"];
/// Folders the demo makes start with this.
const DEMO_PREFIX: &str = "demo-data";
/// Files the checks read; every other file counts as present and no more.
const TEXT_EXTENSIONS: [&str; 13] =
    ["rs", "toml", "md", "ftl", "csv", "lock", "sh", "json", "py", "ts", "svelte", "css", "html"];
/// Files without an extension which the checks read.
const TEXT_NAMES: [&str; 3] = ["run", "LICENSE", ".gitignore"];

/// The root of the workspace this program was started in.
pub(crate) fn root() -> anyhow::Result<PathBuf> {
    let own = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let root = own.parent().context("xtask has no folder above it")?;
    Ok(root.to_path_buf())
}

/// Where `cargo build --release` puts a binary: beside the profile folder of this very program, so
/// that every way to move the target folder is honoured.
pub(crate) fn release_binary(name: &str) -> anyhow::Result<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    Ok(target_folder()?.join("release").join(file))
}

/// Where `cargo build` puts a binary, as [`release_binary`].
pub(crate) fn debug_binary(name: &str) -> anyhow::Result<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    Ok(target_folder()?.join("debug").join(file))
}

/// The target folder this very program was built into.
pub(crate) fn target_folder() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe().context("cannot tell where xtask runs from")?;
    let target =
        own.parent().and_then(Path::parent).context("xtask runs outside of a target folder")?;
    Ok(target.to_path_buf())
}

/// The committed files, by path from the root with `/`, with the text of those the checks read.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    files: BTreeMap<String, Option<String>>,
}

impl Tree {
    /// Reads the workspace at `root`.
    pub(crate) fn read(root: &Path) -> anyhow::Result<Self> {
        let mut tree = Self::default();
        tree.read_folder(root, "")?;
        Ok(tree)
    }

    /// A tree of these files, for tests.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), Some((*text).to_owned())));
        Self { files: files.collect() }
    }

    /// Every file whose text is known, in order of path.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|(path, text)| Some((path.as_str(), text.as_deref()?)))
    }

    /// The files whose name ends like this.
    pub(crate) fn ending<'a>(&'a self, end: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.texts().filter(move |(path, _)| path.ends_with(end))
    }

    /// The text of one file.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path)?.as_deref()
    }

    /// Whether a file or a folder of this path exists.
    pub(crate) fn holds(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        self.files.contains_key(path) || self.paths().any(|known| known.starts_with(&folder))
    }

    /// Every path.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    fn read_folder(&mut self, folder: &Path, prefix: &str) -> anyhow::Result<()> {
        let entries =
            fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            if !entry.file_type()?.is_dir() {
                let text = if is_text(&name) { read_text(&entry.path())? } else { None };
                self.files.insert(path, text);
            } else if !is_skipped(&name) {
                self.read_folder(&entry.path(), &format!("{path}/"))?;
            }
        }
        Ok(())
    }
}

fn is_skipped(name: &str) -> bool {
    SKIPPED_FOLDERS.contains(&name) || name.starts_with(DEMO_PREFIX)
}

fn is_text(name: &str) -> bool {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
    TEXT_NAMES.contains(&name)
        || extension.is_some_and(|extension| TEXT_EXTENSIONS.contains(&extension))
}

/// The text, or nothing for a file that is not UTF-8 (bad input kept for tests).
fn read_text(path: &Path) -> anyhow::Result<Option<String>> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(String::from_utf8(bytes).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_reads_text_and_skips_output() {
        let folder = tempfile::tempdir().unwrap();
        for path in ["a/b.md", "target/c.md", "demo-data-minusek/d.md", "a/photo.png"] {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "x").unwrap();
        }
        let tree = Tree::read(folder.path()).unwrap();
        assert_eq!(tree.paths().collect::<Vec<_>>(), ["a/b.md", "a/photo.png"]);
        assert_eq!(tree.text("a/b.md"), Some("x"));
        assert_eq!(tree.text("a/photo.png"), None);
        assert!(
            tree.holds("a")
                && tree.holds("a/")
                && tree.holds("a/photo.png")
                && !tree.holds("target")
        );
    }
}
