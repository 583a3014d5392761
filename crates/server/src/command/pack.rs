//! `casque pack`: checks, compares, shows a pack, and changes a node to another one.

use std::path::Path;

use app::Pack as LoadedPack;
use model::finding::Finding;
use serde_json::{Map, Value as Json, json};

use crate::cli::Pack;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::table::Table;
use crate::terminal::{counted, finding_json, finding_line};

/// Runs a verb of `pack`.
pub(crate) fn run(context: &mut Context<'_>, pack: &Pack) -> Result<Exit, Failure> {
    match pack {
        Pack::Check { pack } => check(context, pack),
        Pack::Diff { before, after: Some(after) } => diff(context, before, after),
        Pack::Diff { before: to_be, after: None } => diff_of_node(context, to_be),
        Pack::Show(source) => show(context, source.pack.as_deref()),
        Pack::Use { pack } => take(context, pack),
    }
}

/// Every finding at once; wrong where one of them is an error.
fn check(context: &mut Context<'_>, folder: &Path) -> Result<Exit, Failure> {
    let findings = app::check_pack(folder)?;
    let words = context.words;
    if context.json() {
        let all: Json = findings.iter().map(|finding| finding_json(words, finding)).collect();
        context.terminal.json(&all)?;
    } else {
        for finding in &findings {
            context.terminal.line(&finding_line(words, finding))?;
        }
    }
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    let told = [
        counted(words, "cli-errors", errors as u64),
        counted(words, "cli-warnings", (findings.len() - errors) as u64),
    ];
    context.terminal.note(&told.join(", "));
    Ok(if errors == 0 { Exit::Done } else { Exit::Invalid })
}

fn diff(context: &mut Context<'_>, before: &Path, after: &Path) -> Result<Exit, Failure> {
    let (before, after) = (app::load_pack(before)?, app::load_pack(after)?);
    tell_diff(context, &app::pack_diff_json(&before, &after))
}

/// From the pack of the node to another, with what that does to its records; wrong where the node would
/// refuse it.
fn diff_of_node(context: &mut Context<'_>, to_be: &Path) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    let (to_be, effects) = node.pack_to_be(&viewer, to_be)?;
    let words = context.words;
    let mut diff = app::pack_diff_json(node.pack(), &to_be);
    diff["effects"] = effects.iter().map(|effect| finding_json(words, effect)).collect();
    tell_diff(context, &diff)?;
    if !context.json() {
        for effect in &effects {
            context.terminal.line(&finding_line(words, effect))?;
        }
    }
    Ok(if effects.iter().any(Finding::is_error) { Exit::Invalid } else { Exit::Done })
}

fn tell_diff(context: &mut Context<'_>, diff: &Json) -> Result<Exit, Failure> {
    if context.json() {
        context.terminal.json(diff)?;
        return Ok(Exit::Done);
    }
    let mut table = Table::pairs();
    for (key, sign) in [("added", "+"), ("dropped", "-"), ("changed", "~")] {
        for part in diff[key].as_array().into_iter().flatten() {
            table.row([sign, text(&part["part"]), text(&part["name"])]);
            for fact in part["facts"].as_array().into_iter().flatten() {
                let said = format!("{} → {}", text(&fact["before"]), text(&fact["after"]));
                table.row(["", "", text(&fact["attribute"]), said.as_str()]);
            }
        }
    }
    context.terminal.table(&table)?;
    Ok(Exit::Done)
}

fn show(context: &mut Context<'_>, folder: Option<&Path>) -> Result<Exit, Failure> {
    let pack = context.pack(folder)?;
    let document = pack_json(&pack, context.words.language());
    if context.json() {
        context.terminal.json(&document)?;
        return Ok(Exit::Done);
    }
    let words = context.words;
    let mut table = Table::pairs();
    for key in
        ["name", "version", "title", "extends", "languages", "time_zone", "countries", "hash"]
    {
        table
            .row([words.say(&format!("cli-pack-{}", key.replace('_', "-"))), flat(&document[key])]);
    }
    for key in ["registers", "roles", "compartments", "mappings"] {
        let names: Vec<&str> =
            document[key].as_object().into_iter().flat_map(Map::keys).map(String::as_str).collect();
        table.row([words.say(&format!("cli-pack-{key}")), names.join(", ")]);
    }
    table.row([words.say("cli-pack-mandates"), flat(&document["mandates"])]);
    context.terminal.table(&table)?;
    Ok(Exit::Done)
}

/// Changes the node to another pack.
fn take(context: &mut Context<'_>, folder: &Path) -> Result<Exit, Failure> {
    let (node, viewer) = context.session()?;
    let (node, effects) = node.use_pack(&viewer, folder)?;
    let pack = node.pack();
    if context.json() {
        let taken = json!({ "name": pack.name.as_str(), "version": pack.version });
        context.terminal.json(&json!({ "pack": taken }))?;
    } else {
        let values = [("pack", pack.name.as_str().into()), ("version", (&pack.version).into())];
        context.terminal.note(&context.words.say_with("cli-pack-used", &values));
    }
    for warning in pack.warnings.iter().chain(&effects) {
        context.terminal.warn(context.words, warning);
    }
    Ok(Exit::Done)
}

/// What a pack holds, by name.
fn pack_json(pack: &LoadedPack, language: &str) -> Json {
    let named = |names: &mut dyn Iterator<Item = (String, Option<String>)>| -> Json {
        Json::Object(names.map(|(name, title)| (name, json!(title))).collect())
    };
    let mandates: Vec<String> =
        pack.mandates.iter().map(|m| format!("{} ({})", m.key.number, m.key.year)).collect();
    let layers = pack.layers.iter().map(|layer| layer.name.as_str());
    let lists = pack.lists.iter().map(|(name, list)| (name.to_string(), json!(list.codes().len())));
    let title = |label: Option<&str>| label.map(str::to_owned);
    let role = |role: &std::collections::BTreeMap<String, String>| {
        role.get(language).or_else(|| role.get("en")).cloned()
    };
    json!({
        "name": pack.name.as_str(),
        "version": pack.version,
        "title": pack.titles.get(language),
        "extends": layers.filter(|layer| *layer != pack.name.as_str()).collect::<Vec<_>>(),
        "languages": pack.languages,
        "time_zone": pack.time_zone,
        "countries": pack.countries,
        "fictional": pack.fictional,
        "exercise": pack.exercise,
        "hash": hex(&pack.hash),
        "mandates": mandates,
        "registers": named(&mut pack.registers.iter().map(|(n, r)| (n.to_string(), title(r.labels.get(language))))),
        "code_lists": lists.collect::<Map<String, Json>>(),
        "roles": named(&mut pack.roles.iter().map(|(n, r)| (n.to_string(), role(&r.labels)))),
        "compartments": named(&mut pack.compartments.iter().map(|(n, l)| (n.to_string(), title(l.get(language))))),
        "mappings": named(&mut pack.mappings.iter().map(|(n, m)| (n.to_string(), title(m.titles.get(language))))),
        "warnings": pack.warnings.iter().map(Finding::to_string).collect::<Vec<_>>(),
    })
}

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8; 32]) -> String {
    model::id::EntryId::from_bytes(*bytes).to_string()
}

fn text(value: &Json) -> &str {
    value.as_str().unwrap_or_default()
}

fn flat(value: &Json) -> String {
    match value {
        Json::Array(all) => all.iter().map(text).collect::<Vec<_>>().join(", "),
        other => text(other).to_owned(),
    }
}
