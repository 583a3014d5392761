//! `cargo xtask test`: every check there is, the cheapest first, so that what fails, fails soon.
//!
//! Warnings are refused here, through arguments and the environment of single stages, never in the
//! sources: a newer compiler must not break an old release. No stage sets `RUSTFLAGS`, which would
//! build every dependency a second time.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::tools::{self, Tool};
use crate::{Outcome, api, browser, forms, shell, terminal, tidy, web};

const WITHOUT_NEXTEST: &str = "\
cargo-nextest is not here: `cargo test` runs the tests instead, one crate after the other.
To get it: cargo install --locked cargo-nextest";
const WITHOUT_DENY: &str = "\
cargo-deny is not here: licences and sources of dependencies are not checked.
To get it: cargo install --locked cargo-deny";

/// Tools that are used where they are installed.
#[derive(Clone, Copy, Debug)]
struct Tools {
    nextest: bool,
    deny: bool,
}

/// One check.
struct Stage {
    name: &'static str,
    work: Work,
    /// What to do when it fails.
    hint: &'static str,
}

enum Work {
    Cargo {
        arguments: &'static str,
        rustdoc_flags: &'static str,
    },
    Tidy,
    /// The pages, built; later stages embed them.
    Pages,
    /// A script of `web/package.json`.
    PagesScript(&'static str),
    /// Programs that later stages run, installed where they are missing and that may be done.
    Needs(&'static [Tool]),
    /// The served node against its own description.
    Api,
    /// The forms of phones against ODK Validate and pyxform.
    Forms,
    /// The pages in Chromium.
    Browser,
}

/// Runs every stage up to the first that fails, and prints what each took.
pub(crate) fn run(root: &Path) -> anyhow::Result<Outcome> {
    let mut taken: Vec<(&str, Duration)> = Vec::new();
    for stage in stages(Tools::find(root)) {
        terminal::heading(&format!("== {}: {}", stage.name, stage.work.line()));
        let (passed, time) = shell::timed(|| stage.work.run(root));
        taken.push((stage.name, time));
        if !passed? {
            terminal::heading(&format!("== {} FAILED after {}", stage.name, seconds(time)));
            terminal::line(stage.hint);
            return Ok(Outcome::Failed);
        }
        terminal::line(&format!("== {} ok, {}", stage.name, seconds(time)));
    }
    terminal::heading(&summary(&taken));
    Ok(Outcome::Done)
}

impl Tools {
    /// Looks for them, and says how to get what is missing.
    fn find(root: &Path) -> Self {
        let has = |name: &str| shell::is_available(&mut shell::cargo(root, &[name, "--version"]));
        let tools = Self { nextest: has("nextest"), deny: has("deny") };
        if !tools.nextest {
            terminal::line(WITHOUT_NEXTEST);
        }
        if !tools.deny {
            terminal::line(WITHOUT_DENY);
        }
        tools
    }
}

fn stages(tools: Tools) -> Vec<Stage> {
    let mut stages = vec![format(), house_rules()];
    if tools.deny {
        stages.push(dependencies());
    }
    stages.extend([pages(), pages_check(), pages_tests(), expressions()]);
    stages.extend([clippy(), needs(), tests(tools.nextest), forms_of_phones()]);
    stages.extend([api(), in_browser()]);
    stages.extend([doctests(), documentation()]);
    stages
}

fn format() -> Stage {
    let hint = "mend it: cargo fmt --all";
    cargo_stage("format", "fmt --all -- --check --files-with-diff", hint)
}

fn house_rules() -> Stage {
    let hint = "the rules and their reasons: xtask/src/tidy.rs";
    Stage { name: "tidy", work: Work::Tidy, hint }
}

/// Licences and sources of dependencies.
fn dependencies() -> Stage {
    cargo_stage("dependencies", "deny --locked check bans licenses sources", "the rules: deny.toml")
}

/// Before the first stage that builds the binary, which must carry the pages.
fn pages() -> Stage {
    let hint = "the sources: web/src; what may be large: web/build/publish.ts";
    Stage { name: "pages", work: Work::Pages, hint }
}

fn pages_check() -> Stage {
    let hint = "types and accessibility of the components: web/src";
    Stage { name: "pages check", work: Work::PagesScript("check"), hint }
}

fn pages_tests() -> Stage {
    let hint = "one file alone: cd web && npx vitest run NAME";
    Stage { name: "pages tests", work: Work::PagesScript("test"), hint }
}

/// What expressions of forms are held against, asked of the engine of ODK's web forms anew.
fn expressions() -> Stage {
    let hint = "what the engine says is no longer what fixtures/expressions holds: web/oracle";
    Stage { name: "expressions", work: Work::PagesScript("oracle"), hint }
}

fn clippy() -> Stage {
    let hint = "some are mended by: cargo clippy --workspace --all-targets --fix";
    cargo_stage("clippy", "clippy --locked --workspace --all-targets -- --deny warnings", hint)
}

/// Before the tests, some of which read the node with other programs.
fn needs() -> Stage {
    let hint = "install it, or run as root on Debian: xtask/src/tools.rs";
    Stage { name: "tools", work: Work::Needs(&[tools::GDAL, tools::CHROMIUM, tools::JAVA]), hint }
}

/// After the tests, which have built the binary.
fn forms_of_phones() -> Stage {
    let hint = "the forms are in target/forms; what writes them: crates/forms/src/{own,xform}.rs";
    Stage { name: "forms", work: Work::Forms, hint }
}

fn api() -> Stage {
    let hint = "the failure above has a line for curl; the description: http/routes/AREA.json";
    Stage { name: "api", work: Work::Api, hint }
}

fn tests(nextest: bool) -> Stage {
    let arguments = if nextest {
        "nextest run --locked --workspace"
    } else {
        "test --locked --workspace --lib --bins --tests --no-fail-fast"
    };
    let hint =
        "where a committed file is meant to change: cargo xtask gen, then look at the difference";
    cargo_stage("tests", arguments, hint)
}

/// After the tests, which have built the binary.
fn in_browser() -> Stage {
    let hint = "what is looked at: web/e2e; pictures of the pages: target/pages";
    Stage { name: "browser", work: Work::Browser, hint }
}

fn doctests() -> Stage {
    let hint = "an example in the documentation does not hold";
    cargo_stage("doctests", "test --locked --workspace --doc --quiet", hint)
}

fn documentation() -> Stage {
    let arguments = "doc --locked --workspace --no-deps --document-private-items";
    let work = Work::Cargo { arguments, rustdoc_flags: "--deny warnings" };
    Stage { name: "documentation", work, hint: "a link or a tag in a doc comment is broken" }
}

fn cargo_stage(name: &'static str, arguments: &'static str, hint: &'static str) -> Stage {
    Stage { name, work: Work::Cargo { arguments, rustdoc_flags: "" }, hint }
}

impl Work {
    fn run(&self, root: &Path) -> anyhow::Result<bool> {
        match self {
            Self::Tidy => Ok(tidy::run(root)? == Outcome::Done),
            Self::Pages => Ok(web::run(root)? == Outcome::Done),
            Self::PagesScript(name) => web::script(root, name),
            Self::Needs(needed) => {
                needed.iter().try_for_each(|tool| tool.ensure())?;
                Ok(true)
            }
            Self::Api => Ok(api::run(root)? == Outcome::Done),
            Self::Forms => Ok(forms::run(root)? == Outcome::Done),
            Self::Browser => Ok(browser::run(root, &[])? == Outcome::Done),
            Self::Cargo { arguments, rustdoc_flags } => {
                shell::succeeds(&mut checking(root, arguments, rustdoc_flags))
            }
        }
    }

    /// How a person runs this stage alone.
    fn line(&self) -> String {
        match self {
            Self::Tidy => "cargo xtask tidy".to_owned(),
            Self::Pages => "cargo xtask web".to_owned(),
            Self::PagesScript(name) => format!("cd web && npm run {name}"),
            Self::Needs(needed) => {
                let packages: Vec<&str> = needed.iter().map(|tool| tool.package()).collect();
                packages.join(" ")
            }
            Self::Api => "cargo xtask api".to_owned(),
            Self::Forms => "cargo xtask forms".to_owned(),
            Self::Browser => "cargo xtask browser".to_owned(),
            Self::Cargo { arguments, rustdoc_flags: "" } => format!("cargo {arguments}"),
            Self::Cargo { arguments, rustdoc_flags } => {
                format!("RUSTDOCFLAGS=\"{rustdoc_flags}\" cargo {arguments}")
            }
        }
    }
}

/// A cargo command that compares with the committed files; only `cargo xtask gen` writes them.
fn checking(root: &Path, arguments: &str, rustdoc_flags: &str) -> Command {
    let arguments: Vec<&str> = arguments.split(' ').collect();
    let mut command = shell::cargo(root, &arguments);
    command.env_remove("UPDATE").env("INSTA_UPDATE", "no").env("CASQUE_UI", "require");
    if !rustdoc_flags.is_empty() {
        command.env("RUSTDOCFLAGS", rustdoc_flags);
    }
    command
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn summary(taken: &[(&str, Duration)]) -> String {
    let total: Duration = taken.iter().map(|(_, time)| *time).sum();
    let parts: Vec<String> =
        taken.iter().map(|(name, time)| format!("{name} {}", seconds(*time))).collect();
    format!("everything passed in {}: {}", seconds(total), parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(tools: Tools) -> Vec<&'static str> {
        stages(tools).iter().map(|stage| stage.name).collect()
    }

    #[test]
    fn cheap_stages_come_first() {
        let first = ["format", "tidy", "dependencies", "pages", "pages check", "pages tests"];
        let middle = ["expressions", "clippy", "tools", "tests", "forms"];
        let last = ["api", "browser", "doctests", "documentation"];
        let all = [&first[..], &middle[..], &last[..]].concat();
        assert_eq!(names(Tools { nextest: true, deny: true }), all);
    }

    #[test]
    fn a_missing_tool_leaves_the_tests_in() {
        let tools = Tools { nextest: false, deny: false };
        let all = names(Tools { nextest: true, deny: true });
        let rest: Vec<&str> = all.into_iter().filter(|name| *name != "dependencies").collect();
        assert_eq!(names(tools), rest);
        assert!(tests(false).work.line().starts_with("cargo test --locked --workspace "));
    }

    #[test]
    fn a_stage_says_how_to_run_it_alone() {
        let line = documentation().work.line();
        assert!(line.starts_with("RUSTDOCFLAGS=\"--deny warnings\" cargo doc --locked "), "{line}");
        assert_eq!(house_rules().work.line(), "cargo xtask tidy");
    }

    #[test]
    fn the_summary_adds_up() {
        let taken = [("a", Duration::from_millis(1500)), ("b", Duration::from_millis(500))];
        assert_eq!(summary(&taken), "everything passed in 2.0 s: a 1.5 s, b 0.5 s");
    }
}
