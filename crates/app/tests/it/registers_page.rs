//! The page about the registers of the packs we ship, kept where a reviewer sees every change of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::support::packs;

const PACKS: [&str; 2] = ["minusma", "minusek"];

fn listed(pack: &str) -> Json {
    let pack = app::load_pack(&packs().join(pack)).unwrap_or_else(|error| panic!("{error}"));
    app::register_list_json(&pack, "en")
}

fn texts(list: &Json) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Json::as_str).collect()
}

fn joined(list: &Json) -> String {
    let texts = texts(list);
    if texts.is_empty() { "–".to_owned() } else { texts.join(", ") }
}

/// A register as the page shows it, and the tasks of all missions that it is evidence for.
struct Entry {
    register: Json,
    tasks: Vec<String>,
    packs: Vec<&'static str>,
}

fn entries() -> BTreeMap<String, Entry> {
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    for pack in PACKS {
        for register in listed(pack)["registers"].as_array().expect("registers") {
            let name = register["name"].as_str().expect("a name").to_owned();
            let entry = entries.entry(name).or_insert_with(|| Entry {
                register: register.clone(),
                tasks: Vec::new(),
                packs: Vec::new(),
            });
            let new = texts(&register["evidence_for"]).into_iter().map(str::to_owned);
            entry.tasks.extend(new.filter(|id| !entry.tasks.contains(id)).collect::<Vec<_>>());
            entry.packs.push(pack);
        }
    }
    entries
}

fn page() -> String {
    let entries = entries();
    let core = app::load_pack(&packs().join("core")).unwrap_or_else(|error| panic!("{error}"));
    let core = app::register_list_json(&core, "en");
    let number = |key: &str| core["totals"][key].to_string();
    let mut page = format!(
        "# The registers\n\n\
         Written by `cargo xtask gen`; do not edit. What each register of the shipped packs holds, which tasks of the\n\
         mandates it is evidence for, and who reaches it. The same as a document: `casque register list --pack PACK --json`;\n\
         task by task: `casque mandate coverage --pack PACK`.\n\n\
         The core has {} registers with {} fields (rows and their columns counted), {} code lists with {} codes.\n\
         Asked first is how many questions a new record asks before anything is answered (rows count as one): the others\n\
         come with the answers they hang on and with the steps of the workflow. A deadline counts from the field named\n\
         with it, else from when the state was entered. A role is named where it reaches any record, if whoever has it is\n\
         cleared for that; how far it reaches (classification, area, compartment, scope) is in the policy tables\n\
         ([minusma](policy-table-minusma.md),\n\
         [minusek](policy-table-minusek.md)).\n\n{}",
        number("registers"),
        number("fields"),
        number("lists"),
        number("codes"),
        totals(),
    );
    page.push_str(
        "\n| register | fields | asked first | states | deadlines | evidence for |\n|---|---|---|---|---|---|\n",
    );
    for (name, Entry { register, tasks, .. }) in &entries {
        let states = register["workflow"]["states"].as_array().map_or(0, Vec::len);
        let deadlines = register["workflow"]["deadlines"].as_array().map_or(0, Vec::len);
        let [fields, first] = ["fields", "asked_first"].map(|key| &register[key]);
        writeln!(
            page,
            "| [{name}](#{name}) | {fields} | {first} | {states} | {deadlines} | {} |",
            tasks.join(" ")
        )
        .expect("text");
    }
    for (name, entry) in &entries {
        section(&mut page, name, entry);
    }
    page
}

fn totals() -> String {
    let mut table = "| pack | registers | tasks and issues | covered | texts without French |\n|---|---|---|---|---|\n".to_owned();
    for pack in PACKS {
        let listed = listed(pack);
        let [registers, tasks, covered] =
            ["registers", "tasks", "covered"].map(|key| listed["totals"][key].to_string());
        let french = &listed["untranslated"]["fr"];
        writeln!(table, "| {pack} | {registers} | {tasks} | {covered} | {french} |").expect("text");
    }
    table
}

fn section(page: &mut String, name: &str, entry: &Entry) {
    let Entry { register, tasks, packs } = entry;
    let title = register["title"].as_str().unwrap_or_default();
    let mut line = |text: &str| writeln!(page, "{text}").expect("text");
    line(&format!("\n## {name}\n\n{title}.\n"));
    if packs.len() < PACKS.len() {
        line(&format!("- only in `{}`", packs.join("`, `")));
    }
    if !tasks.is_empty() {
        line(&format!("- evidence for: {}", tasks.join(", ")));
    }
    line(&format!(
        "- {} fields, {} required; {} code lists with {} codes; classified {} unless it says otherwise",
        register["fields"],
        register["required"],
        register["lists"],
        register["codes"],
        register["classification"].as_str().unwrap_or_default(),
    ));
    if let Some(caveat) = register["caveat"].as_str() {
        line(&format!("- in the compartment `{caveat}` unless it says another"));
    }
    for (what, key) in [("several of", "rows"), ("points to", "links")] {
        if !texts(&register[key]).is_empty() {
            line(&format!("- {what}: {}", joined(&register[key])));
        }
    }
    line(&format!("- list: {}", joined(&register["list_columns"])));
    for (compartment, fields) in register["sealed"].as_object().into_iter().flatten() {
        line(&format!("- sealed for `{compartment}`: {}", joined(fields)));
    }
    if register["look_alike"] == true {
        line("- has a rule of look-alikes");
    }
    if !register["workflow"].is_null() {
        moves(&mut line, register);
    }
    for (what, key) in
        [("read", "read"), ("made", "create"), ("changed", "edit"), ("moved", "transition")]
    {
        line(&format!("- {what} by: {}", joined(&register["access"][key])));
    }
}

fn moves(line: &mut dyn FnMut(&str), register: &Json) {
    let workflow = &register["workflow"];
    let states = workflow["states"].as_array().into_iter().flatten();
    let states: Vec<&str> = states.filter_map(|state| state["name"].as_str()).collect();
    line(&format!("- states: {}", states.join(", ")));
    for deadline in workflow["deadlines"].as_array().into_iter().flatten() {
        let said = |key: &str, said: &dyn Fn(&str) -> String| {
            deadline[key].as_str().map(said).unwrap_or_default()
        };
        let of = said("of", &|field| format!(" of `{field}`"));
        let only = if deadline["only_dated"] == true { ", if that is there" } else { "" };
        let when = said("when", &|condition| format!(", where `{condition}`"));
        line(&format!(
            "- deadline {}: {} within {}{of}{only}, while {}{when}",
            deadline["name"].as_str().unwrap_or_default(),
            deadline["title"].as_str().unwrap_or_default().to_lowercase(),
            span(deadline["within"].as_str().unwrap_or_default()),
            joined(&deadline["states"]),
        ));
    }
    for clock in register["clocks"].as_array().into_iter().flatten() {
        let [name, from, to] =
            ["name", "from", "to"].map(|key| clock[key].as_str().unwrap_or_default());
        line(&format!("- clock {name}: {from} → {to}"));
    }
}

/// `30m` for people.
fn span(within: &str) -> String {
    let units = [("mo", "months"), ("d", "d"), ("h", "h"), ("m", "min")];
    let said = |(short, long)| Some(format!("{} {long}", within.strip_suffix(short)?));
    units.into_iter().find_map(said).unwrap_or_default()
}

#[test]
fn the_page_of_the_registers_is_the_committed_one() {
    let file: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/registers.md");
    let page = page();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &page).expect("the page is written");
    }
    let kept = fs::read_to_string(&file).expect("the committed page");
    assert!(kept == page, "{} is not as the packs say: cargo xtask gen", file.display());
}

/// Every task of every mandate, and every issue that cuts across them, in both languages.
#[test]
fn no_task_is_without_evidence_and_no_word_without_french() {
    for pack in PACKS {
        let listed = listed(pack);
        assert_eq!(listed["totals"]["tasks"], listed["totals"]["covered"], "{pack}");
        assert_eq!(listed["untranslated"]["fr"], 0, "{pack}");
        let pack = app::load_pack(&packs().join(pack)).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(app::coverage_json(&pack, "fr")["without"], serde_json::json!([]));
    }
}
