//! `cargo xtask web`: the pages, built into `web/dist`, where the build of the binary finds them.
//!
//! A build is kept in the target folder under the hash of everything that went into it, so that
//! going back and forth between branches costs nothing. npm is asked only when the lock file changed.
//! Cargo never runs npm: this command does.

mod hash;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::{Outcome, shell, terminal, workspace};

const WITHOUT_NODE: &str = "\
the pages are built with Node.js 20 or newer and its npm, and they are not here.
Debian: apt install nodejs npm. Elsewhere: https://nodejs.org
Somebody else's build serves as well: CASQUE_UI_DIST=FOLDER cargo build -p server";
/// Says which build lies in a folder, or which packages are installed in it.
const STAMP: &str = ".casque-stamp";
/// Stays in the folder of the built pages: it is committed.
const KEPT: &str = ".gitignore";

/// Builds and says where.
pub(crate) fn run(root: &Path) -> anyhow::Result<Outcome> {
    build(root)?;
    terminal::line("the pages are in web/dist; the next build of casque carries them");
    Ok(Outcome::Done)
}

/// Makes `web/dist` the build of what is in `web/` now.
pub(crate) fn build(root: &Path) -> anyhow::Result<()> {
    let web = root.join("web");
    let inputs = hash::of_folder(&web)?;
    let dist = web.join("dist");
    if is_stamped(&dist, &inputs) {
        return Ok(());
    }
    let kept = workspace::target_folder()?.join("web").join(&inputs);
    if !kept.is_dir() {
        install(&web)?;
        make(&web, &kept)?;
    }
    put(&kept, &dist)?;
    stamp(&dist, &inputs)
}

/// Runs a script of `web/package.json`, such as `check`; whether it succeeded.
pub(crate) fn script(root: &Path, name: &str) -> anyhow::Result<bool> {
    let web = root.join("web");
    install(&web)?;
    shell::succeeds(&mut npm(&web, &["run", "--silent", name]))
}

/// The packages of the lock file, unless they are installed already.
fn install(web: &Path) -> anyhow::Result<()> {
    let lock = fs::read(web.join("package-lock.json")).context("web/ has no package-lock.json")?;
    let lock = hash::of_bytes(&lock);
    let modules = web.join("node_modules");
    if is_stamped(&modules, &lock) {
        return Ok(());
    }
    if !shell::is_available(&mut npm(web, &["--version"])) {
        bail!(WITHOUT_NODE);
    }
    if !shell::succeeds(&mut npm(web, &["ci", "--no-audit", "--no-fund"]))? {
        bail!("npm could not install the packages of web/package-lock.json");
    }
    stamp(&modules, &lock)
}

/// Builds beside its place and moves there when whole: an interrupted build leaves nothing half.
fn make(web: &Path, kept: &Path) -> anyhow::Result<()> {
    let part = kept.with_extension("part");
    fs::create_dir_all(&part).with_context(|| format!("cannot make {}", part.display()))?;
    let out = part.to_str().context("the target folder has a name that is not UTF-8")?;
    if !shell::succeeds(&mut npm(web, &["run", "--silent", "build", "--", "--outDir", out]))? {
        bail!("the pages could not be built; the reason stands above");
    }
    fs::rename(&part, kept).with_context(|| format!("cannot make {}", kept.display()))
}

/// Puts a kept build into place, the files of another away.
fn put(kept: &Path, dist: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(dist)?;
    for entry in fs::read_dir(dist)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else if entry.file_name() != KEPT {
            fs::remove_file(entry.path())?;
        }
    }
    copy(kept, dist)
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target: PathBuf = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&target)?;
            copy(&entry.path(), &target)?;
        } else if entry.file_name() != KEPT {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}

fn is_stamped(folder: &Path, content: &str) -> bool {
    fs::read_to_string(folder.join(STAMP)).is_ok_and(|stamp| stamp == content)
}

fn stamp(folder: &Path, content: &str) -> anyhow::Result<()> {
    fs::write(folder.join(STAMP), content)
        .with_context(|| format!("cannot write into {}", folder.display()))
}

fn npm(web: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.args(arguments).current_dir(web);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, text: &str) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn a_build_replaces_the_one_before_and_keeps_what_is_committed() {
        let folder = tempfile::tempdir().unwrap();
        let (kept, dist) = (folder.path().join("kept"), folder.path().join("dist"));
        write(&kept.join("assets/new.js"), "new");
        write(&dist.join("assets/old.js"), "old");
        write(&dist.join("old.html"), "old");
        write(&dist.join(KEPT), "*\n");
        put(&kept, &dist).unwrap();
        assert_eq!(fs::read_to_string(dist.join("assets/new.js")).unwrap(), "new");
        assert!(!dist.join("assets/old.js").exists() && !dist.join("old.html").exists());
        assert_eq!(fs::read_to_string(dist.join(KEPT)).unwrap(), "*\n");
    }

    #[test]
    fn a_stamp_holds_for_one_content_only() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_stamped(folder.path(), "a"));
        stamp(folder.path(), "a").unwrap();
        assert!(is_stamped(folder.path(), "a") && !is_stamped(folder.path(), "b"));
    }
}
