//! The states of a workflow: codes of its field that are names.

use std::collections::BTreeSet;

use forms::list::CodeList;
use forms::suggestion::suggestion;
use model::finding::{Finding, Severity};
use model::id::Name;

use super::Workflow;
use super::read::Around;
use crate::document::Section;

/// The codes that can be states.
pub(super) struct States<'a> {
    list: &'a CodeList,
}

impl<'a> States<'a> {
    /// The codes of this field; nothing where it has no list.
    pub(super) fn of(field: &Name, around: &Around<'a>) -> Option<Self> {
        let list = around.register.form.field(field.as_str())?.list.as_ref()?;
        Some(Self { list: around.register.lists.get(list)? })
    }

    /// The state of a key.
    pub(super) fn one(&self, section: &Section<'_>, key: &str) -> Option<Name> {
        let code = section.text(key)?;
        self.state(section, key, &code)
    }

    /// The states of a list, which is not empty.
    pub(super) fn several(&self, section: &Section<'_>, key: &str) -> Vec<Name> {
        let codes = section.texts(key);
        if codes.is_empty() && section.has(key) {
            section.report(section.finding("toml-text-empty", key).with("key", key));
        }
        codes.iter().filter_map(|code| self.state(section, key, code)).collect()
    }

    /// A code no step leads to can be a leftover of an older workflow: worth knowing, no error.
    pub(super) fn check_reachable(&self, workflow: &Workflow, section: &Section<'_>) {
        let reached: BTreeSet<&str> = workflow.reachable().into_iter().map(Name::as_str).collect();
        let codes: BTreeSet<&str> = self.list.codes().iter().map(|c| c.code.as_str()).collect();
        for code in codes.into_iter().filter(|code| !reached.contains(code)) {
            let finding = section.finding("workflow-state-unreachable", "transition");
            let finding = Finding { severity: Severity::Warning, ..finding };
            section.report(finding.with("state", code).with("start", &workflow.start));
        }
    }

    fn state(&self, section: &Section<'_>, key: &str, code: &str) -> Option<Name> {
        if !self.list.knows(code) {
            let known = self.list.codes().iter().map(|known| known.code.as_str());
            let near = suggestion(code, known);
            let finding = section.finding("workflow-state-unknown", key).with("code", code);
            section.report(finding.with("list", &self.list.name).with("nearest", near));
            return None;
        }
        let wrong = |_no_name| {
            section.report(section.finding("workflow-state-name", key).with("code", code));
        };
        Name::new(code).map_err(wrong).ok()
    }
}
