//! The folder of the demo's node, and the administrator's password beside it.
//!
//! Only a node that a demo made is ever deleted: the password file is the proof.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// Random bytes in the administrator's password.
const PASSWORD_BYTES: usize = 12;

/// A node's folder, which may not be there yet.
#[derive(Debug)]
pub(crate) struct Folder {
    root: PathBuf,
    path: PathBuf,
    password: PathBuf,
    shown: String,
    password_shown: String,
}

impl Folder {
    /// The folder at `path`, shown as it is seen from the root of the workspace.
    pub(crate) fn new(root: &Path, path: PathBuf) -> Self {
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(".password");
        let password = path.with_file_name(name);
        let (shown, password_shown) = (shown_from(root, &path), shown_from(root, &password));
        Self { root: root.to_owned(), path, password, shown, password_shown }
    }

    /// Its path as it stands in the lines.
    pub(crate) fn shown(&self) -> &str {
        &self.shown
    }

    /// The path of the password file as it stands in the lines.
    pub(crate) fn password_shown(&self) -> &str {
        &self.password_shown
    }

    /// Another path as it stands in the lines.
    pub(crate) fn shown_path(&self, path: &Path) -> String {
        shown_from(&self.root, path)
    }

    /// Whether there is a node, or anything else.
    pub(crate) fn is_filled(&self) -> bool {
        fs::read_dir(&self.path).is_ok_and(|mut entries| entries.next().is_some())
    }

    /// Deletes the node.
    pub(crate) fn remove(&self) -> anyhow::Result<()> {
        if self.is_filled() && !self.password.is_file() {
            let missing = self.password.display();
            bail!(
                "{} was not made by the demo ({missing} is missing): delete it yourself",
                self.path.display()
            );
        }
        if self.path.exists() {
            fs::remove_dir_all(&self.path)
                .with_context(|| format!("cannot delete {}", self.path.display()))?;
        }
        Ok(())
    }

    /// The password that was drawn; nothing beside a node that the demo did not make.
    pub(crate) fn password(&self) -> Option<String> {
        let text = fs::read_to_string(&self.password).ok()?;
        Some(text.trim().to_owned())
    }

    /// Draws a password and writes it where only its owner may read it.
    pub(crate) fn write_password(&self) -> anyhow::Result<()> {
        if let Some(parent) = self.password.parent() {
            fs::create_dir_all(parent)
                .with_context(|| format!("cannot make {}", parent.display()))?;
        }
        let text = format!("{}\n", random_password()?);
        fs::write(&self.password, text)
            .with_context(|| format!("cannot write {}", self.password.display()))?;
        keep_private(&self.password)
    }
}

#[cfg(unix)]
fn keep_private(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::set_permissions(path, fs::Permissions::from_mode(0o600))?)
}

/// Elsewhere the rights of the folder above it apply.
#[cfg(not(unix))]
fn keep_private(_path: &Path) -> anyhow::Result<()> {
    Ok(())
}

/// A path as a person in the root of the workspace would write it.
pub(super) fn shown_from(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}

fn random_password() -> anyhow::Result<String> {
    let mut bytes = [0_u8; PASSWORD_BYTES];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
    let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(digits.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_node_of_the_demo_is_deleted() {
        let root = tempfile::tempdir().unwrap();
        let node = Folder::new(root.path(), root.path().join("node"));
        assert!(!node.is_filled());
        node.remove().unwrap();
        fs::create_dir(&node.path).unwrap();
        fs::write(node.path.join("kept"), "x").unwrap();
        assert!(node.remove().is_err() && node.is_filled());
        assert_eq!(node.password(), None);
        node.write_password().unwrap();
        assert_eq!(node.password().map(|password| password.len()), Some(2 * PASSWORD_BYTES));
        node.remove().unwrap();
        assert!(!node.path.exists());
    }

    #[test]
    fn paths_inside_the_workspace_are_short() {
        let node = Folder::new(Path::new("/casque"), PathBuf::from("/casque/demo-data"));
        assert_eq!((node.shown(), node.password_shown()), ("demo-data", "demo-data.password"));
        assert_eq!(node.shown_path(Path::new("/elsewhere/x")), "/elsewhere/x");
    }

    #[test]
    fn passwords_differ() {
        let (first, second) = (random_password().unwrap(), random_password().unwrap());
        assert_ne!(first, second);
        assert_eq!(first.len(), 2 * PASSWORD_BYTES);
    }
}
