//! Programs that tests run and that are not ours: GDAL, Chromium, Schemathesis.
//!
//! What is missing is installed where that may be done without asking (root on Debian, or a folder of
//! our own below the target folder); elsewhere the command says what to install, and fails. A test
//! that is passed over for want of a tool would be a test that nobody runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::{shell, terminal, workspace};

/// A program of the system's packages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tool {
    /// What is run, with an argument that makes it succeed at once.
    probe: &'static [&'static str],
    /// Debian's package of it.
    package: &'static str,
    /// What it is needed for.
    purpose: &'static str,
}

/// Reads features and tiles as a geographic information system does.
pub(crate) const GDAL: Tool = Tool {
    probe: &["ogrinfo", "--version"],
    package: "gdal-bin",
    purpose: "reads the node's features and tiles",
};
/// Opens the pages as a person does.
pub(crate) const CHROMIUM: Tool =
    Tool { probe: &["chromium", "--version"], package: "chromium", purpose: "opens the pages" };
/// Makes environments for Python programs.
const VENV: Tool = Tool {
    probe: &["python3", "-c", "import ensurepip, venv"],
    package: "python3-venv",
    purpose: "installs Schemathesis, which asks the node everything its description allows",
};

/// Which versions of Schemathesis and what it needs are installed.
const SCHEMATHESIS: &str = include_str!("../schemathesis.txt");

impl Tool {
    /// Sees to it that the program is there.
    pub(crate) fn ensure(self) -> anyhow::Result<()> {
        if self.is_there() {
            return Ok(());
        }
        if !may_install() {
            bail!(self.missing());
        }
        terminal::line(&format!("{} is missing: installing {}", self.program(), self.package));
        // An old list of packages names versions that are gone.
        let updated = shell::succeeds(&mut apt(&["update"]))?;
        let installed =
            shell::succeeds(&mut apt(&["install", "--no-install-recommends", self.package]));
        if !updated || !installed? || !self.is_there() {
            bail!("installing {} failed; the reason stands above", self.package);
        }
        Ok(())
    }

    /// Debian's package of it.
    pub(crate) const fn package(self) -> &'static str {
        self.package
    }

    fn is_there(self) -> bool {
        shell::is_available(Command::new(self.program()).args(self.probe.iter().skip(1)))
    }

    fn program(self) -> &'static str {
        self.probe.first().copied().unwrap_or_default()
    }

    fn missing(self) -> String {
        let Self { package, purpose, .. } = self;
        let program = self.program();
        format!("{program} is not here; it {purpose}.\nDebian: apt install {package}")
    }
}

/// Schemathesis in an environment of its own below the target folder, made at first need.
pub(crate) fn schemathesis() -> anyhow::Result<PathBuf> {
    let folder = workspace::target_folder()?.join("tools").join("schemathesis");
    let program = folder.join("bin").join("schemathesis");
    let stamp = folder.join("versions.txt");
    if fs::read_to_string(&stamp).is_ok_and(|versions| versions == SCHEMATHESIS) {
        return Ok(program);
    }
    VENV.ensure()?;
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot delete {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    install(&folder)?;
    fs::write(&stamp, SCHEMATHESIS)?;
    Ok(program)
}

fn install(folder: &Path) -> anyhow::Result<()> {
    terminal::line("installing Schemathesis, once");
    let mut make = Command::new("python3");
    make.args(["-m", "venv", "--clear"]).arg(folder);
    let versions = folder.join("wanted.txt");
    let mut fill = Command::new(folder.join("bin").join("pip"));
    fill.args(["install", "--quiet", "--disable-pip-version-check", "--no-deps", "--requirement"]);
    fill.arg(&versions);
    let made = shell::succeeds(&mut make)?;
    fs::write(&versions, SCHEMATHESIS)?;
    if !made || !shell::succeeds(&mut fill)? {
        bail!("Schemathesis could not be installed; the reason stands above");
    }
    Ok(())
}

fn apt(arguments: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command.args(["--quiet", "--yes"]).args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    command
}

/// Whether packages may be installed without asking anybody.
fn may_install() -> bool {
    let user = shell::output(Command::new("id").arg("-u")).unwrap_or_default();
    user.trim() == "0" && shell::is_available(Command::new("apt-get").arg("--version"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_tool_says_what_to_install() {
        let told = GDAL.missing();
        assert!(told.starts_with("ogrinfo is not here") && told.ends_with("apt install gdal-bin"));
    }

    #[test]
    fn every_version_is_pinned() {
        let lines = SCHEMATHESIS.lines().filter(|line| !line.starts_with('#'));
        let unpinned: Vec<&str> = lines.filter(|line| !line.contains("==")).collect();
        assert_eq!(unpinned, Vec::<&str>::new());
        assert!(SCHEMATHESIS.contains("\nschemathesis=="));
    }
}
