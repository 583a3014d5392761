//! What changed from one mandate to another.

use std::collections::{BTreeMap, BTreeSet};

use super::{Issue, Mandate, Task};

/// From mandate A to mandate B.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MandateDiff {
    /// Tasks of B that carry on none of A.
    pub added: Vec<Task>,
    /// Tasks of A that none of B carries on.
    pub dropped: Vec<Task>,
    /// Tasks carried on in other words, or with another priority: that of A, that of B.
    pub changed: Vec<(Task, Task)>,
    /// Tasks of B carried on in the same words.
    pub kept: Vec<Task>,
    /// Every ceiling either has: the category, A's, B's.
    pub ceilings: Vec<(String, Option<i64>, Option<i64>)>,
    /// Cross-cutting issues only B has.
    pub issues_added: Vec<Issue>,
    /// Cross-cutting issues only A has.
    pub issues_dropped: Vec<Issue>,
    /// Cross-cutting issues that are worded otherwise: A's, B's.
    pub issues_changed: Vec<(Issue, Issue)>,
    /// Cross-cutting issues both have in the same words.
    pub issues_kept: Vec<Issue>,
}

/// Compares `a` with `b`. A task of `b` carries on one of `a` where it says so, or where a chain of
/// tasks in `all` (the mandates between them) does. Of several it carries on, each is a pair. A
/// mandate later than the other may come first; the chain is then read the other way round.
pub fn diff(a: &Mandate, b: &Mandate, all: &[Mandate]) -> MandateDiff {
    let chain = Chain::new(all.iter().chain([a, b]));
    let mut diff = MandateDiff { ceilings: ceilings(a, b), ..MandateDiff::default() };
    let mut carried_on = BTreeSet::new();
    for task in &b.tasks {
        let earlier: Vec<&Task> =
            a.tasks.iter().filter(|e| chain.connects(&e.id, &task.id)).collect();
        carried_on.extend(earlier.iter().map(|earlier| earlier.id.as_str()));
        diff.place_task(&earlier, task);
    }
    let dropped = a.tasks.iter().filter(|task| !carried_on.contains(task.id.as_str()));
    diff.dropped = dropped.cloned().collect();
    diff.place_issues(a, b);
    diff
}

impl MandateDiff {
    fn place_task(&mut self, earlier: &[&Task], task: &Task) {
        match earlier {
            [] => self.added.push(task.clone()),
            [one] if same(one, task) => self.kept.push(task.clone()),
            several => self.changed.extend(several.iter().map(|e| ((*e).clone(), task.clone()))),
        }
    }

    fn place_issues(&mut self, a: &Mandate, b: &Mandate) {
        for issue in &b.issues {
            match a.issues.iter().find(|earlier| earlier.id == issue.id) {
                None => self.issues_added.push(issue.clone()),
                Some(earlier) if earlier.texts.get("en") == issue.texts.get("en") => {
                    self.issues_kept.push(issue.clone());
                }
                Some(earlier) => self.issues_changed.push((earlier.clone(), issue.clone())),
            }
        }
        let gone = |issue: &&Issue| !b.issues.iter().any(|later| later.id == issue.id);
        self.issues_dropped = a.issues.iter().filter(gone).cloned().collect();
    }
}

fn same(earlier: &Task, later: &Task) -> bool {
    earlier.texts.get("en") == later.texts.get("en") && earlier.priority == later.priority
}

fn ceilings(a: &Mandate, b: &Mandate) -> Vec<(String, Option<i64>, Option<i64>)> {
    let categories: BTreeSet<&String> = a.ceilings.keys().chain(b.ceilings.keys()).collect();
    let of = |mandate: &Mandate, category: &str| mandate.ceilings.get(category).copied();
    categories.into_iter().map(|c| (c.clone(), of(a, c), of(b, c))).collect()
}

/// Which task carries on which.
struct Chain<'a>(BTreeMap<&'a str, &'a [String]>);

impl<'a> Chain<'a> {
    fn new(mandates: impl Iterator<Item = &'a Mandate>) -> Self {
        let tasks = mandates.flat_map(|mandate| &mandate.tasks);
        Self(tasks.map(|task| (task.id.as_str(), task.continues.as_slice())).collect())
    }

    fn connects(&self, one: &str, other: &str) -> bool {
        self.leads(other, one) || self.leads(one, other)
    }

    fn leads(&self, later: &str, earlier: &str) -> bool {
        let (mut waiting, mut seen) = (vec![later], BTreeSet::new());
        while let Some(id) = waiting.pop() {
            if id == earlier {
                return true;
            }
            if seen.insert(id) {
                let continued = self.0.get(id).copied().unwrap_or_default();
                waiting.extend(continued.iter().map(String::as_str));
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use model::id::Name;

    use super::*;
    use crate::findings::Findings;
    use crate::mandate::read;

    fn mandate(text: &str) -> Mandate {
        let findings = Findings::default();
        let read = read(&Name::new("test").expect("a name"), "x.toml", text.as_bytes(), &findings);
        assert_eq!(findings.into_sorted(), Vec::new());
        read.expect("a mandate")
    }

    fn tasks(number: u16, tasks: &[(&str, &str, &[&str])]) -> Mandate {
        let mut text = format!(
            "number = {number}\nyear = 2014\nadopted = \"2014-01-01\"\ntitle = {{ en = \"T\" }}\n"
        );
        for (id, words, continues) in tasks {
            writeln!(
                text,
                "[[task]]\nid = \"{id}\"\ntext = {{ en = \"{words}\" }}\ncontinues = {continues:?}"
            )
            .expect("a text");
        }
        mandate(&text)
    }

    fn ids<'a>(tasks: impl IntoIterator<Item = &'a Task>) -> Vec<&'a str> {
        tasks.into_iter().map(|task| task.id.as_str()).collect()
    }

    #[test]
    fn tasks_are_added_dropped_changed_and_kept_also_through_a_mandate_between() {
        let a = tasks(1, &[("A1", "protect", &[]), ("A2", "elections", &[]), ("A3", "talks", &[])]);
        let between = tasks(2, &[("B1", "protect civilians", &["A1"]), ("B2", "x", &["A2"])]);
        let b = tasks(
            3,
            &[("C1", "protect", &["B1"]), ("C2", "local elections", &["B2"]), ("C3", "mines", &[])],
        );
        let found = diff(&a, &b, &[a.clone(), between, b.clone()]);
        assert_eq!(ids(&found.kept), ["C1"]);
        assert_eq!(ids(found.changed.iter().flat_map(|(old, new)| [old, new])), ["A2", "C2"]);
        assert_eq!(ids(&found.added), ["C3"]);
        assert_eq!(ids(&found.dropped), ["A3"]);
    }

    #[test]
    fn a_task_of_two_is_changed_twice_and_the_other_direction_works() {
        let a = tasks(1, &[("A1", "one", &[]), ("A2", "two", &[])]);
        let b = tasks(2, &[("B1", "one", &["A1", "A2"])]);
        let all = [a.clone(), b.clone()];
        assert_eq!(ids(diff(&a, &b, &all).changed.iter().map(|(old, _)| old)), ["A1", "A2"]);
        let back = diff(&b, &a, &all);
        assert_eq!(
            (ids(&back.kept), ids(&back.added), ids(&back.dropped)),
            (vec!["A1"], vec![], vec![])
        );
        assert_eq!(ids(back.changed.iter().map(|(_, new)| new)), ["A2"]);
    }

    #[test]
    fn ceilings_and_issues_stand_side_by_side() {
        let head = |number: u16| {
            format!(
                "number = {number}\nyear = 2014\nadopted = \"2014-01-01\"\ntitle = {{ en = \"T\" }}\n"
            )
        };
        let a = mandate(
            &(head(1)
                + "[ceilings]\nmilitary = 11200\npolice = 1440\n[[issue]]\nid = \"X\"\ntext = { en = \"x\" }\n[[issue]]\nid = \"Y\"\ntext = { en = \"y\" }\n"),
        );
        let b = mandate(
            &(head(2)
                + "[ceilings]\nmilitary = 13289\ncivilian = 850\n[[issue]]\nid = \"X\"\ntext = { en = \"xx\" }\n[[issue]]\nid = \"Z\"\ntext = { en = \"z\" }\n"),
        );
        let found = diff(&a, &b, &[]);
        let expected = [
            ("civilian".to_owned(), None, Some(850)),
            ("military".to_owned(), Some(11_200), Some(13_289)),
            ("police".to_owned(), Some(1_440), None),
        ];
        assert_eq!(found.ceilings, expected);
        let ids =
            |issues: &[Issue]| issues.iter().map(|issue| issue.id.clone()).collect::<Vec<_>>();
        assert_eq!(
            (ids(&found.issues_added), ids(&found.issues_dropped)),
            (vec!["Z".into()], vec!["Y".into()])
        );
        assert_eq!(found.issues_changed.len(), 1);
    }
}
