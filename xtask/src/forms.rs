//! `cargo xtask forms`: what Casque writes for phones, held against the programs that others trust.
//!
//! ODK Validate reads the form of every register of every mission's pack in every language of it, as
//! the built binary writes it; of the workbooks in `fixtures/forms` pyxform has to make equal forms.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use serde_json::Value;

use crate::{Outcome, shell, terminal, tools, web, workspace};

/// With the features of the whole workspace: then the tests have built it already.
const BUILD: [&str; 5] = ["build", "--locked", "--workspace", "--bin", "casque"];
/// Converts workbooks with both programs and fails where the forms differ.
const AGAINST_PYXFORM: &str = "bench/peers/xforms.py";
const WORKBOOKS: &str = "fixtures/forms";
/// Within an environment of Python, below the folder of its packages.
const VALIDATE: &str = "pyxform/validators/odk_validate/bin/ODK_Validate.jar";
/// What it says of each form, and it says nothing else that counts.
const VALID: &str = ">> Xform is valid!";

/// Builds the binary and holds its forms against both programs.
pub(crate) fn run(root: &Path) -> anyhow::Result<Outcome> {
    tools::JAVA.ensure()?;
    let environment = tools::PYXFORM.environment()?;
    web::build(root)?;
    if !shell::succeeds(shell::cargo(root, &BUILD).env("CASQUE_UI", "require"))? {
        bail!("casque could not be built");
    }
    let casque = workspace::debug_binary("casque")?;
    let folder = workspace::target_folder()?.join("forms");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut forms = Vec::new();
    for pack in missions(root)? {
        forms.extend(write_forms(&casque, &pack, &folder)?);
    }
    let valid = are_valid(&validator(&environment)?, &forms)?;
    let equal = shell::succeeds(
        Command::new(environment.join("bin").join("python"))
            .arg(AGAINST_PYXFORM)
            .arg(&casque)
            .arg(WORKBOOKS)
            .current_dir(root),
    )?;
    Ok(if valid && equal { Outcome::Done } else { Outcome::Failed })
}

/// The packs that a node can work with: those that extend another.
fn missions(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root.join("packs"))? {
        let path = entry?.path();
        let manifest = fs::read_to_string(path.join("pack.toml")).unwrap_or_default();
        if manifest.lines().any(|line| line.starts_with("extends")) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The form of each register in each language, as the command line writes it.
fn write_forms(casque: &Path, pack: &Path, folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let name = pack.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let node = folder.join(format!("node-{name}"));
    let ask = |words: &[&str]| {
        let mut command = Command::new(casque);
        command.args(["--lang", "en", "--data"]).arg(&node).args(words);
        command
    };
    // It prints the password it makes; nobody will sign in here.
    shell::output(ask(&["init", "--json", "--pack"]).arg(pack))?;
    let shown: Value =
        serde_json::from_str(&shell::output(&mut ask(&["pack", "show", "--json"]))?)?;
    let registers = shown["registers"].as_object().context("a pack has registers")?;
    let all = |part: &str| {
        let names = shown[part].as_object().context("a pack has roles and compartments")?;
        anyhow::Ok(names.keys().map(String::as_str).collect::<Vec<_>>().join(","))
    };
    // Somebody whom no register is closed to: an administrator does not see all of them.
    let (roles, compartments) = (all("roles")?, all("compartments")?);
    let rights = ["--role", &roles, "--compartment", &compartments];
    let everybody = ["user", "add", "everybody", "--json", "--clearance", "strictly-confidential"];
    shell::output(ask(&everybody).args(rights))?;
    let languages = shown["languages"].as_array().context("a pack has languages")?;
    let mut forms = Vec::new();
    for language in languages.iter().filter_map(Value::as_str) {
        for register in registers.keys() {
            let words = ["register", "xform", register, "--user", "everybody", "--lang", language];
            let mut command = Command::new(casque);
            let xml = shell::output(command.arg("--data").arg(&node).args(words))?;
            let form = folder.join(format!("{name}-{register}-{language}.xml"));
            fs::write(&form, xml)?;
            forms.push(form);
        }
    }
    Ok(forms)
}

fn validator(environment: &Path) -> anyhow::Result<PathBuf> {
    let versions = fs::read_dir(environment.join("lib"))?;
    let found = versions.flatten().map(|entry| entry.path().join("site-packages").join(VALIDATE));
    found.into_iter().find(|path| path.is_file()).context("pyxform comes without ODK Validate")
}

/// Whether ODK Validate calls every form valid; it says why not on the screen.
fn are_valid(validator: &Path, forms: &[PathBuf]) -> anyhow::Result<bool> {
    let mut java = Command::new("java");
    java.args(["-Djava.awt.headless=true", "-jar"]).arg(validator).args(forms);
    let output = java.output().context("cannot start java")?;
    let said =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    let valid = said.iter().map(|text| text.matches(VALID).count()).sum::<usize>();
    terminal::line(&format!("ODK Validate: {valid} of {} forms are valid", forms.len()));
    let all_are = output.status.success() && valid == forms.len() && !forms.is_empty();
    if !all_are {
        for text in &said {
            terminal::line(text);
        }
    }
    Ok(all_are)
}
