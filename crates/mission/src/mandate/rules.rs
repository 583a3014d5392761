//! What must hold of a pack's mandates, each and together.

use std::collections::BTreeMap;

use forms::suggestion::suggestion;
use model::finding::Finding;
use model::time::Date;

use super::{Mandate, Task};
use crate::findings::Findings;

/// Every task of the pack by id, with its mandate: first comes first.
type Tasks<'a> = BTreeMap<&'a str, (&'a Mandate, &'a Task)>;

/// Checks all mandates of a pack; they are sorted by the day of their adoption.
pub(crate) fn check(mandates: &[Mandate], findings: &Findings) {
    let tasks = known_tasks(mandates, findings);
    for (place, mandate) in mandates.iter().enumerate() {
        check_key(mandate, mandates.get(..place).unwrap_or_default(), findings);
        check_dates(mandate, findings);
        check_replaced(mandate, mandates, findings);
        check_known(mandate, findings);
        check_issues(mandate, &tasks, findings);
        for task in &mandate.tasks {
            check_continued(mandate, task, &tasks, findings);
            check_duplicate(mandate, task, findings);
        }
    }
}

fn at(code: &'static str, mandate: &Mandate, row: Option<u64>, key: &str) -> Finding {
    let finding = Finding::error(code).in_file(&mandate.file).in_column(key);
    match row {
        Some(row) => finding.at_row(row),
        None => finding,
    }
}

fn known_tasks<'a>(mandates: &'a [Mandate], findings: &Findings) -> Tasks<'a> {
    let mut tasks = Tasks::new();
    for (mandate, task) in mandates.iter().flat_map(|m| m.tasks.iter().map(move |t| (m, t))) {
        if let Some((first, known)) = tasks.get(task.id.as_str()) {
            let finding = at("task-id-twice", mandate, Some(task.row), "task.id");
            let first = format!("{}:{}", first.file, known.row);
            findings.push(finding.with("id", &task.id).with("first", first));
        } else {
            tasks.insert(&task.id, (mandate, task));
        }
    }
    tasks
}

fn check_key(mandate: &Mandate, earlier: &[Mandate], findings: &Findings) {
    if let Some(first) = earlier.iter().find(|earlier| earlier.key == mandate.key) {
        let finding = at("mandate-twice", mandate, None, "number");
        findings.push(finding.with("mandate", mandate.citation()).with("first", &first.file));
    }
    let stem = mandate.file.rsplit('/').next().unwrap_or_default();
    let expected = format!("{}-{}.toml", mandate.key.number, mandate.key.year);
    if stem != expected {
        findings.push(at("mandate-file-name", mandate, None, "number").with("expected", expected));
    }
}

fn check_dates(mandate: &Mandate, findings: &Findings) {
    let year = year_of(mandate.adopted);
    if year != i32::from(mandate.key.year) {
        let finding = at("mandate-year-differs", mandate, None, "year");
        findings.push(finding.with("year", mandate.key.year).with("adopted", mandate.adopted));
    }
    if let Some(until) = mandate.until.filter(|until| *until <= mandate.adopted) {
        let finding = at("mandate-until-before-adopted", mandate, None, "until");
        findings.push(finding.with("until", until).with("adopted", mandate.adopted));
    }
}

fn year_of(date: Date) -> i32 {
    date.month_index().div_euclid(12)
}

fn check_replaced(mandate: &Mandate, mandates: &[Mandate], findings: &Findings) {
    for (number, year) in &mandate.replaces {
        let replaced = mandates.iter().find(|m| (m.key.number, m.key.year) == (*number, *year));
        let code = match replaced {
            None => "mandate-replaces-unknown",
            Some(replaced) if replaced.adopted >= mandate.adopted => "mandate-replaces-later",
            Some(_) => continue,
        };
        let finding = at(code, mandate, None, "replaces");
        findings.push(finding.with("mandate", format!("{number} ({year})")));
    }
}

fn check_known(mandate: &Mandate, findings: &Findings) {
    if mandate.tasks_known == mandate.tasks.is_empty() {
        let finding = at("mandate-tasks-known", mandate, None, "tasks_known");
        findings
            .push(finding.with("known", mandate.tasks_known).with("count", mandate.tasks.len()));
    }
}

fn check_issues(mandate: &Mandate, tasks: &Tasks<'_>, findings: &Findings) {
    for (place, issue) in mandate.issues.iter().enumerate() {
        let earlier = mandate.issues.iter().take(place);
        let twice = earlier.filter(|earlier| earlier.id == issue.id).map(|first| first.row).next();
        let first = twice.map(|row| format!("{}:{row}", mandate.file)).or_else(|| {
            let (other, task) = tasks.get(issue.id.as_str())?;
            Some(format!("{}:{}", other.file, task.row))
        });
        if let Some(first) = first {
            let finding = at("task-id-twice", mandate, Some(issue.row), "issue.id");
            findings.push(finding.with("id", &issue.id).with("first", first));
        }
    }
}

fn check_continued(mandate: &Mandate, task: &Task, tasks: &Tasks<'_>, findings: &Findings) {
    for id in &task.continues {
        let finding = |code| at(code, mandate, Some(task.row), "task.continues").with("id", id);
        match tasks.get(id.as_str()) {
            None => {
                let near = suggestion(id, tasks.keys().copied());
                findings.push(finding("task-continues-unknown").with("nearest", near));
            }
            Some((earlier, _)) if earlier.adopted >= mandate.adopted => {
                findings.push(finding("task-continues-later").with("mandate", earlier.citation()));
            }
            Some(_) => {}
        }
    }
}

fn check_duplicate(mandate: &Mandate, task: &Task, findings: &Findings) {
    let Some(id) = &task.duplicate_of else { return };
    if *id == task.id || mandate.task(id).is_none() {
        let known = mandate.tasks.iter().map(|other| other.id.as_str()).filter(|o| *o != task.id);
        let near = suggestion(id, known);
        let finding = at("task-duplicate-unknown", mandate, Some(task.row), "task.duplicate_of");
        findings.push(finding.with("id", id).with("nearest", near));
    }
}

#[cfg(test)]
mod tests {
    use model::id::Name;

    use super::*;
    use crate::mandate::read;

    fn said(files: &[(&str, &str)]) -> Vec<String> {
        let findings = Findings::default();
        let mission = Name::new("test").expect("a name");
        let read = |(file, text): &(&str, &str)| read(&mission, file, text.as_bytes(), &findings);
        let mut mandates: Vec<Mandate> = files.iter().filter_map(read).collect();
        mandates.sort_by_key(|mandate| mandate.adopted);
        check(&mandates, &findings);
        findings.into_sorted().iter().map(Finding::to_string).collect()
    }

    const FIRST: &str = "number = 2100\nyear = 2013\nadopted = \"2013-04-25\"\ntitle = { en = \"A\" }\n\
                         [ceilings]\nmilitary = 11200\n[[task]]\nid = \"M13-01\"\ntext = { en = \"a\" }\n";

    #[test]
    fn a_line_of_mandates_that_carry_on_is_right() {
        let second = "number = 2164\nyear = 2014\nadopted = \"2014-06-25\"\nuntil = \"2015-06-30\"\ntitle = { en = \"B\" }\n\
                      replaces = [{ number = 2100, year = 2013 }]\n[[task]]\nid = \"M14-01\"\ncontinues = [\"M13-01\"]\n\
                      kind = \"objective\"\ntext = { en = \"b\" }\n[[issue]]\nid = \"XC\"\ntext = { en = \"x\" }\n";
        assert_eq!(
            said(&[("mandates/2100-2013.toml", FIRST), ("mandates/2164-2014.toml", second)]),
            Vec::<String>::new()
        );
    }

    #[test]
    fn every_broken_rule_is_found() {
        let second = "number = 2100\nyear = 2013\nadopted = \"2012-06-25\"\nuntil = \"2012-06-25\"\ntitle = { en = \"B\" }\n\
                      tasks_known = false\nreplaces = [{ number = 2100, year = 2014 }, { number = 2100, year = 2013 }]\n\
                      [ceilings]\nmilitary = -1\npolize = 2\n\
                      [[task]]\nid = \"M13-01\"\ncontinues = [\"M13-1\"]\nkind = \"tusk\"\ntext = { en = \"b\" }\n\
                      [[task]]\nid = \"M13-02\"\ncontinues = [\"M13-02\"]\nduplicate_of = \"M13-03\"\ntext = { en = \"b\" }\n\
                      [[issue]]\nid = \"M13-02\"\ntext = { en = \"x\" }\n";
        assert_eq!(
            said(&[("2100-2013.toml", FIRST), ("b.toml", second)]),
            [
                "mandate-twice 2100-2013.toml [number] mandate=2100 (2013) first=b.toml",
                "task-id-twice 2100-2013.toml:7 [task.id] id=M13-01 first=b.toml:11",
                "mandate-file-name b.toml [number] expected=2100-2013.toml",
                "mandate-replaces-later b.toml [replaces] mandate=2100 (2013)",
                "mandate-replaces-unknown b.toml [replaces] mandate=2100 (2014)",
                "mandate-tasks-known b.toml [tasks_known] known=false count=2",
                "mandate-until-before-adopted b.toml [until] until=2012-06-25 adopted=2012-06-25",
                "mandate-year-differs b.toml [year] year=2013 adopted=2012-06-25",
                "mandate-ceiling-negative b.toml:9 [ceilings.military] category=military value=-1",
                "toml-key-unknown b.toml:10 [ceilings.polize] key=polize nearest=police",
                "task-continues-unknown b.toml:11 [task.continues] id=M13-1 nearest=M13-01",
                "toml-value-unknown b.toml:14 [task.kind] value=tusk nearest=task",
                "task-continues-later b.toml:16 [task.continues] id=M13-02 mandate=2100 (2013)",
                "task-duplicate-unknown b.toml:16 [task.duplicate_of] id=M13-03 nearest=M13-01",
                "task-id-twice b.toml:21 [issue.id] id=M13-02 first=b.toml:16",
            ]
        );
    }
}
