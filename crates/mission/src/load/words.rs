//! Which words of a pack are missing in a language it speaks.

use std::sync::Arc;

use forms::labels::Labels;
use forms::list::CodeList;
use model::finding::{Finding, Severity};
use policy::Role;

use crate::findings::Findings;
use crate::laid::{Laid, Parts};
use crate::layer::{LayerFolder, MANIFEST};
use crate::mandate::Mandate;
use crate::mapping::Mapping;
use crate::register::Register;
use crate::translation::Translations;

/// Looks through the parts of a pack.
pub(super) struct Words<'a> {
    pub(super) languages: &'a [String],
    pub(super) findings: &'a Findings,
}

impl Words<'_> {
    fn translations(&self) -> Translations<'_> {
        Translations { languages: self.languages, findings: self.findings }
    }

    /// The title of the pack itself.
    pub(super) fn check_manifest(&self, layer: &LayerFolder) {
        let at = Finding::warning("").in_file(layer.path(MANIFEST)).in_column("title");
        self.translations().check_optional(&layer.manifest.titles, &at, layer.name.as_str());
    }

    /// The codes of all lists.
    pub(super) fn check_lists(&self, lists: &Parts<Arc<CodeList>>) {
        for laid in lists.values() {
            self.translations().check_list(&laid.part, laid.file());
        }
    }

    /// The titles, tasks and issues of all mandates.
    pub(super) fn check_mandates(&self, mandates: &[Mandate]) {
        for mandate in mandates {
            let at = |key: &str| Finding::warning("").in_file(&*mandate.file).in_column(key);
            let (all, name) = (self.translations(), mandate.citation());
            all.check_optional(&mandate.titles, &at("title"), &name);
            all.check_optional(&mandate.notes, &at("note"), &name);
            for task in &mandate.tasks {
                all.check_optional(&task.texts, &at("task.text").at_row(task.row), &task.id);
            }
            for issue in &mandate.issues {
                all.check_optional(&issue.texts, &at("issue.text").at_row(issue.row), &issue.id);
            }
        }
    }

    /// The titles and fields of all registers.
    pub(super) fn check_registers(&self, registers: &Parts<Register>) {
        for laid in registers.values() {
            self.check_title(laid, &laid.part.labels, laid.part.name.as_str());
            self.translations().check_form(&laid.part.form);
        }
    }

    /// The titles of compartments, mappings and roles.
    pub(super) fn check_titles(
        &self,
        compartments: &Parts<Labels>,
        mappings: &Parts<Mapping>,
        roles: &Parts<Role>,
    ) {
        for (name, laid) in compartments {
            self.check_title(laid, &laid.part, name.as_str());
        }
        for (name, laid) in mappings {
            self.check_title(laid, &laid.part.titles, name.as_str());
        }
        for (name, laid) in roles {
            self.check_title(laid, &laid.part.labels.iter().collect(), name.as_str());
        }
    }

    /// A missing title is an error elsewhere; here it must be there in every language.
    fn check_title<T>(&self, laid: &Laid<T>, titles: &Labels, name: &str) {
        let at = Finding { severity: Severity::Warning, ..laid.at.clone() };
        self.translations().check_optional(titles, &at.in_column("title"), name);
    }
}
