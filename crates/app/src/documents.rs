//! Mandates and comparisons as JSON documents, in a language.

use forms::labels::Labels;
use mission::diff::PackDiff;
use mission::mandate::diff::MandateDiff;
use mission::mandate::{Issue, Mandate, Task};
use mission::pack::Pack;
use serde_json::{Map, Value as Json, json};

/// The resolutions of a pack by the day of adoption, each with the key that names it.
pub fn mandates_json(pack: &Pack, language: &str) -> Json {
    let one = |mandate: &Mandate| {
        json!({
            "key": format!("{}-{}", mandate.key.number, mandate.key.year),
            "number": mandate.key.number,
            "year": mandate.key.year,
            "fictional": mandate.key.fictional,
            "title": text(&mandate.titles, language),
            "adopted": mandate.adopted.to_string(),
            "until": mandate.until.map(|day| day.to_string()),
            "tasks": mandate.tasks_known.then_some(mandate.tasks.len()),
        })
    };
    pack.mandates.iter().map(one).collect()
}

/// A resolution with its tasks and ceilings.
pub fn mandate_json(mandate: &Mandate, language: &str) -> Json {
    json!({
        "mission": mandate.key.mission.as_str(),
        "number": mandate.key.number,
        "year": mandate.key.year,
        "fictional": mandate.key.fictional,
        "title": text(&mandate.titles, language),
        "note": text(&mandate.notes, language),
        "adopted": mandate.adopted.to_string(),
        "until": mandate.until.map(|day| day.to_string()),
        "chapter": mandate.chapter,
        "source": mandate.source,
        "replaces": mandate.replaces.iter()
            .map(|(number, year)| json!({ "number": number, "year": year })).collect::<Vec<_>>(),
        "ceilings": mandate.ceilings,
        "tasks_known": mandate.tasks_known,
        "tasks": mandate.tasks.iter().map(|task| task_json(task, language)).collect::<Vec<_>>(),
        "issues": mandate.issues.iter().map(|issue| issue_json(issue, language)).collect::<Vec<_>>(),
    })
}

/// What changed from one resolution to another.
pub fn mandate_diff_json(pack: &Pack, from: &Mandate, to: &Mandate, language: &str) -> Json {
    let diff = mission::mandate::diff::diff(from, to, &pack.mandates);
    let MandateDiff { added, dropped, changed, kept, ceilings, .. } = &diff;
    let tasks = |tasks: &[Task]| -> Json { tasks.iter().map(|t| task_json(t, language)).collect() };
    let issues = |all: &[Issue]| -> Json { all.iter().map(|i| issue_json(i, language)).collect() };
    let pair = |(before, after): &(Task, Task)| json!({ "before": task_json(before, language), "after": task_json(after, language) });
    let issue_pair = |(before, after): &(Issue, Issue)| json!({ "before": issue_json(before, language), "after": issue_json(after, language) });
    let ceilings: Map<String, Json> = ceilings
        .iter()
        .map(|(category, before, after)| {
            (
                category.clone(),
                json!({ "before": before, "after": after, "change": change(*before, *after) }),
            )
        })
        .collect();
    json!({
        "from": { "number": from.key.number, "year": from.key.year, "tasks_known": from.tasks_known },
        "to": { "number": to.key.number, "year": to.key.year, "tasks_known": to.tasks_known },
        "added": tasks(added),
        "dropped": tasks(dropped),
        "changed": changed.iter().map(pair).collect::<Vec<_>>(),
        "kept": tasks(kept),
        "ceilings": ceilings,
        "issues": {
            "added": issues(&diff.issues_added),
            "dropped": issues(&diff.issues_dropped),
            "changed": diff.issues_changed.iter().map(issue_pair).collect::<Vec<_>>(),
            "kept": issues(&diff.issues_kept),
        },
    })
}

/// What changed from one pack to another.
pub fn pack_diff_json(from: &Pack, to: &Pack) -> Json {
    let PackDiff { added, dropped, changed } = mission::diff::diff(from, to);
    let named =
        |(part, name): &(mission::diff::Part, String)| json!({ "part": part.code(), "name": name });
    let changed = changed.iter().map(|change| {
        let facts = change.facts.iter().map(|fact| {
            json!({ "attribute": fact.attribute, "before": fact.before, "after": fact.after })
        });
        json!({ "part": change.part.code(), "name": change.name, "facts": facts.collect::<Vec<_>>() })
    });
    json!({
        "from": { "name": from.name.as_str(), "version": from.version },
        "to": { "name": to.name.as_str(), "version": to.version },
        "added": added.iter().map(named).collect::<Vec<_>>(),
        "dropped": dropped.iter().map(named).collect::<Vec<_>>(),
        "changed": changed.collect::<Vec<_>>(),
    })
}

fn change(before: Option<i64>, after: Option<i64>) -> Option<i64> {
    Some(after? - before?)
}

fn task_json(task: &Task, language: &str) -> Json {
    json!({
        "id": task.id,
        "priority": task.priority,
        "kind": task.kind.code(),
        "text": text(&task.texts, language),
        "continues": task.continues,
        "modules": task.modules,
        "duplicate_of": task.duplicate_of,
    })
}

fn issue_json(issue: &Issue, language: &str) -> Json {
    json!({ "id": issue.id, "text": text(&issue.texts, language) })
}

fn text(labels: &Labels, language: &str) -> Option<String> {
    labels.get(language).map(str::to_owned)
}
