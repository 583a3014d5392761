//! Reads one mandate's file.

use std::collections::BTreeMap;

use model::id::Name;
use model::time::Date;

use super::{Issue, Mandate, MandateKey, Task, TaskKind};
use crate::document::{self, Section};
use crate::findings::Findings;

const KEYS: [&str; 14] = [
    "number",
    "year",
    "adopted",
    "until",
    "chapter",
    "fictional",
    "title",
    "note",
    "source",
    "tasks_known",
    "replaces",
    "ceilings",
    "task",
    "issue",
];
const TASK_KEYS: [&str; 7] =
    ["id", "priority", "kind", "text", "continues", "modules", "duplicate_of"];
/// The categories of strength the Council sets ceilings for.
const CATEGORIES: [&str; 4] = ["military", "police", "civilian", "uniformed"];

/// Reads a mandate of `mission`; nothing where number, year or day of adoption cannot be read.
pub(crate) fn read(
    mission: &Name,
    file: &str,
    content: &[u8],
    findings: &Findings,
) -> Option<Mandate> {
    document::read(file, content, findings, |root| read_root(mission, file, root)).flatten()
}

fn read_root(mission: &Name, file: &str, root: &Section<'_>) -> Option<Mandate> {
    root.knows(&KEYS);
    for key in ["number", "year", "adopted"] {
        root.demand(key);
    }
    let titles = root.required_labels("title");
    let tasks: Vec<Task> = root.sections("task").iter().filter_map(read_task).collect();
    let key = read_key(mission, root);
    let adopted: Option<Date> = root.date("adopted");
    let rest = Mandate {
        titles,
        notes: root.labels("note"),
        until: root.date("until"),
        chapter: root.integer("chapter"),
        source: root.text("source"),
        tasks_known: root.flag("tasks_known", !tasks.is_empty()),
        replaces: root.sections("replaces").iter().filter_map(read_replaced).collect(),
        ceilings: root.section("ceilings").map(|s| read_ceilings(&s)).unwrap_or_default(),
        tasks,
        issues: root.sections("issue").iter().filter_map(read_issue).collect(),
        file: file.to_owned(),
        key: key?,
        adopted: adopted?,
    };
    Some(rest)
}

fn read_key(mission: &Name, root: &Section<'_>) -> Option<MandateKey> {
    let (number, year) = (root.integer("number"), root.integer("year"));
    let fictional = root.flag("fictional", false);
    Some(MandateKey { mission: mission.clone(), number: number?, year: year?, fictional })
}

fn read_task(section: &Section<'_>) -> Option<Task> {
    section.knows(&TASK_KEYS);
    let kind = section.text("kind").and_then(|word| {
        let known = TaskKind::ALL.map(TaskKind::code);
        TaskKind::ALL.get(section.choice("kind", &word, &known)?).copied()
    });
    let texts = section.required_labels("text");
    Some(Task {
        id: section.required_text("id")?,
        priority: section.flag("priority", false),
        kind: kind.unwrap_or_default(),
        texts,
        continues: section.texts("continues"),
        modules: section.texts("modules"),
        duplicate_of: section.text("duplicate_of"),
        row: section.row,
    })
}

fn read_issue(section: &Section<'_>) -> Option<Issue> {
    section.knows(&["id", "text"]);
    let texts = section.required_labels("text");
    Some(Issue { id: section.required_text("id")?, texts, row: section.row })
}

fn read_replaced(section: &Section<'_>) -> Option<(u32, u16)> {
    section.knows(&["number", "year"]);
    section.demand("number");
    section.demand("year");
    Some((section.integer("number")?, section.integer("year")?))
}

fn read_ceilings(section: &Section<'_>) -> BTreeMap<String, i64> {
    section.knows(&CATEGORIES);
    let mut ceilings = BTreeMap::new();
    for key in section.keys() {
        let Some(ceiling) = section.integer::<i64>(key) else { continue };
        if ceiling < 0 {
            let finding = section.finding("mandate-ceiling-negative", key);
            section.report(finding.with("category", key).with("value", ceiling));
        }
        ceilings.insert(key.to_owned(), ceiling);
    }
    ceilings
}
