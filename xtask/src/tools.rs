//! Programs that tests run and that are not ours: GDAL, Chromium, Java, Schemathesis, pyxform.
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
/// Runs ODK Validate, which comes with pyxform.
pub(crate) const JAVA: Tool = Tool {
    probe: &["java", "-version"],
    package: "default-jre-headless",
    purpose: "runs ODK Validate, which reads the forms that phones get",
};
/// Makes environments for Python programs.
const VENV: Tool = Tool {
    probe: &["python3", "-c", "import ensurepip, venv"],
    package: "python3-venv",
    purpose: "installs Schemathesis and pyxform, which the node is held against",
};

/// Asks a node everything that its description allows.
pub(crate) const SCHEMATHESIS: PythonTool =
    PythonTool { name: "schemathesis", versions: include_str!("../schemathesis.txt") };
/// Makes forms of workbooks; ODK Validate lies within it.
pub(crate) const PYXFORM: PythonTool =
    PythonTool { name: "pyxform", versions: include_str!("../pyxform.txt") };

/// Programs from the registry of Python packages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PythonTool {
    name: &'static str,
    /// Which versions of it and of what it needs are installed.
    versions: &'static str,
}

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

impl PythonTool {
    /// The environment of its own below the target folder, made at first need.
    pub(crate) fn environment(self) -> anyhow::Result<PathBuf> {
        let folder = workspace::target_folder()?.join("tools").join(self.name);
        let stamp = folder.join("versions.txt");
        if fs::read_to_string(&stamp).is_ok_and(|versions| versions == self.versions) {
            return Ok(folder);
        }
        VENV.ensure()?;
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot delete {}", folder.display()))?;
        }
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        self.install(&folder)?;
        fs::write(&stamp, self.versions)?;
        Ok(folder)
    }

    fn install(self, folder: &Path) -> anyhow::Result<()> {
        terminal::line(&format!("installing {}, once", self.name));
        let mut make = Command::new("python3");
        make.args(["-m", "venv", "--clear"]).arg(folder);
        let wanted = folder.join("wanted.txt");
        let mut fill = Command::new(folder.join("bin").join("pip"));
        fill.args(["install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
        fill.arg("--requirement").arg(&wanted);
        let made = shell::succeeds(&mut make)?;
        fs::write(&wanted, self.versions)?;
        if !made || !shell::succeeds(&mut fill)? {
            bail!("{} could not be installed; the reason stands above", self.name);
        }
        Ok(())
    }
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
        for tool in [SCHEMATHESIS, PYXFORM] {
            let lines = tool.versions.lines().filter(|line| !line.starts_with('#'));
            let unpinned: Vec<&str> = lines.filter(|line| !line.contains("==")).collect();
            assert_eq!(unpinned, Vec::<&str>::new());
            assert!(tool.versions.contains(&format!("\n{}==", tool.name)));
        }
    }
}
