//! `cargo xtask demo`: a node with a mission and real data, made and asked through the very
//! command line that people use.
//!
//! Every line is printed before it runs, so that it can be typed again. What is loaded and asked is
//! the pack's own business: `demo/demo.toml` beside its data. A second run opens the same node;
//! loading the same files again changes nothing.

mod casque;
mod folder;
mod lines;
mod options;
mod plan;

use std::path::Path;

use anyhow::Context;

use self::casque::Casque;
use self::folder::Folder;
use self::options::Options;
use self::plan::Plan;
use crate::{Outcome, shell, terminal, web, workspace};

const BUILD: [&str; 6] = ["build", "--release", "--package", "server", "--bin", "casque"];

/// Builds the binary, makes or opens the node, loads and asks.
pub(crate) fn run(root: &Path, arguments: &[String]) -> anyhow::Result<Outcome> {
    let Some(options) = Options::parse(arguments)? else {
        return Ok(Outcome::Usage);
    };
    let plan = Plan::read(root, &options.pack)?;
    section("building the pages, then casque (release)");
    web::build(root)?;
    if !shell::succeeds(shell::cargo(root, &BUILD).env("CASQUE_UI", "require"))? {
        return Ok(Outcome::Failed);
    }
    let casque = Casque::new(root, &workspace::release_binary("casque")?);
    let node = Folder::new(root, options.data_folder(root)?);
    terminal::line(&format!("In the lines below, casque is {}", casque.program()));
    open_node(&casque, &node, &options)?;
    load(&casque, &node, &plan, &options)?;
    ask(&casque, &node, &plan)?;
    tell_the_rest(&casque, &node);
    serve(&casque, &node, &options)
}

/// Makes a node at `path` with the records of a pack's demo, by this binary; its administrator's
/// password.
pub(crate) fn prepare(
    root: &Path,
    binary: &Path,
    path: &Path,
    pack: &str,
) -> anyhow::Result<String> {
    let options = Options { pack: pack.to_owned(), ..Options::default() };
    let plan = Plan::read(root, pack)?;
    let casque = Casque::new(root, binary);
    let node = Folder::new(root, path.to_owned());
    open_node(&casque, &node, &options)?;
    load(&casque, &node, &plan, &options)?;
    node.password().context("the demo's node has no password beside it")
}

/// Makes the node, or finds the one of an earlier run.
fn open_node(casque: &Casque, node: &Folder, options: &Options) -> anyhow::Result<()> {
    if options.fresh {
        node.remove()?;
    }
    if node.is_filled() {
        section(&format!("the node in {} is there already (--fresh starts over)", node.shown()));
        return Ok(());
    }
    section(&format!("a node in {} for pack {}", node.shown(), options.pack));
    node.write_password()?;
    casque.run(&lines::init(node, &options.pack))
}

/// Loads the pack's exercise or imports its own data, and the file that may not be shipped when there is one.
fn load(casque: &Casque, node: &Folder, plan: &Plan, options: &Options) -> anyhow::Result<()> {
    if !plan.imports.is_empty() || options.geopko.is_some() {
        section("loading real data (rows that are there already stay as they are)");
    }
    if let Some(day) = plan.exercise {
        casque.run(&lines::exercise(node, day))?;
    } else {
        for import in &plan.imports {
            casque.run(&lines::import(node, import))?;
        }
    }
    match &options.geopko {
        Some(file) => casque.run(&lines::import_geopko(node, &std::path::absolute(file)?)),
        None => Ok(()),
    }
}

fn ask(casque: &Casque, node: &Folder, plan: &Plan) -> anyhow::Result<()> {
    section("what the Security Council asked for: tasks and ceilings");
    casque.run(&lines::mandate(plan))?;
    if let Some(compared) = plan.compare {
        section("what changed between two mandates");
        casque.run(&lines::mandate_diff(plan, compared))?;
    }
    for question in &plan.questions {
        section(&question.title);
        casque.run(&lines::question(node, question))?;
    }
    show_history(casque, node, plan)?;
    section("every hash and signature of the journal");
    casque.run(&lines::verify(node))
}

/// One record and how it came to be what it is.
fn show_history(casque: &Casque, node: &Folder, plan: &Plan) -> anyhow::Result<()> {
    let Some(history) = &plan.history else {
        return Ok(());
    };
    section("one record, and how it came to be what it is");
    let found = casque.ask(&lines::find_one(node, history))?;
    let id = plan::first_id(&found);
    let id = id.with_context(|| format!("no record answers: {}", history.filter))?;
    casque.run(&lines::record(node, "show", &history.register, &id))?;
    casque.run(&lines::record(node, "history", &history.register, &id))
}

/// Where to go from here.
fn tell_the_rest(casque: &Casque, node: &Folder) {
    section("done; try");
    terminal::line(&format!("  {} --help", casque.program()));
    terminal::line(&format!("  {} doctor --data {}", casque.program(), node.shown()));
    if let Some(password) = node.password() {
        terminal::line(&format!("Sign in as  admin  with the password  {password}"));
        terminal::line(&format!("(it is in {})", node.password_shown()));
    }
}

/// Serves the pages until somebody ends it.
fn serve(casque: &Casque, node: &Folder, options: &Options) -> anyhow::Result<Outcome> {
    if let Some(listen) = &options.listen {
        section("the pages (Ctrl-C ends)");
        casque.run(&lines::serve(node, listen))?;
    }
    Ok(Outcome::Done)
}

fn section(title: &str) {
    terminal::heading(&format!("\n== {title}"));
}
