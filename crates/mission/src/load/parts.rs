//! Reads the parts of a pack, each from all layers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use forms::labels::Labels;
use forms::list::{CodeList, Lists};
use forms::list_sheet::read_list;
use model::finding::Finding;
use model::id::Name;
use policy::Role;

use crate::document;
use crate::findings::Findings;
use crate::laid::{Laid, Parts, complete, is_covered};
use crate::layer::{LayerFolder, LayerSheet, MANIFEST};
use crate::mandate::{self, Mandate};
use crate::mapping::{self, Mapping};
use crate::register::{self, Content, Register, Shared};
use crate::role;

/// The file of roles.
const ROLES: &str = "roles.toml";
/// The files of a register.
const REGISTER: &str = "register.toml";
const SURVEY: &str = "survey.csv";
const CHOICES: &str = "choices.csv";

/// What reading needs at hand.
pub(super) struct Loader<'a> {
    pub(super) layers: &'a [LayerFolder],
    /// The languages everything should be said in.
    pub(super) languages: &'a [String],
    /// The language of labels that do not say theirs.
    pub(super) language: &'a str,
    pub(super) findings: &'a Findings,
}

impl Loader<'_> {
    /// The code lists.
    pub(super) fn lists(&self) -> Parts<Arc<CodeList>> {
        let mut lists = Parts::new();
        self.each_sheet("codelists/", |name, sheet, overrides| {
            if self.is_covered(&mut lists, &name, &sheet.file, "list-name-twice") {
                return;
            }
            let mut findings = Vec::new();
            let list = read_list(&name, sheet.sheet(), self.language, &mut findings);
            self.findings.extend(findings);
            lists.insert(name, Laid::in_file(Arc::new(list), &sheet.file, overrides));
        });
        complete(lists, self.findings)
    }

    /// The compartments. They only add up: one that a layer below has cannot be changed.
    pub(super) fn compartments(&self) -> Parts<Labels> {
        let mut compartments = Parts::new();
        for layer in self.downwards() {
            let file = layer.path(MANIFEST);
            for (name, titles, row) in layer.manifest.compartments.iter().rev() {
                let (first, code) = (format!("{file}:{row}"), "compartment-name-twice");
                if !self.is_covered(&mut compartments, name, &first, code) {
                    let at = Finding::error("").in_file(&*file).at_row(*row);
                    let at = at.in_column("compartment.name");
                    compartments.insert(name.clone(), Laid::new(titles.clone(), at, false));
                }
            }
        }
        compartments
    }

    /// The mandates of all layers, which become those of the mission, by the day of adoption.
    pub(super) fn mandates(&self, mission: &Name) -> Vec<Mandate> {
        let mut mandates = Vec::new();
        for layer in self.layers {
            for (_stem, path) in layer.files_in("mandates/", ".toml") {
                let (file, content) = (layer.path(path), layer.content(path));
                mandates.extend(mandate::read(mission, &file, content, self.findings));
            }
        }
        mandates.sort_by(|a, b| (a.adopted, &a.key).cmp(&(b.adopted, &b.key)));
        mandate::check(&mandates, self.findings);
        mandates
    }

    /// The registers.
    pub(super) fn registers(
        &self,
        lists: &Parts<Arc<CodeList>>,
        mandates: &[Mandate],
    ) -> Parts<Register> {
        let lists: Lists =
            lists.iter().map(|(n, laid)| (n.clone(), Arc::clone(&laid.part))).collect();
        let tasks = mandates.iter().flat_map(|m| &m.tasks).map(|task| task.id.as_str());
        let issues = mandates.iter().flat_map(|m| &m.issues).map(|issue| issue.id.as_str());
        let tasks: BTreeSet<&str> = tasks.chain(issues).collect();
        let groups = self.field_groups();
        let shared = Shared {
            groups: &groups,
            lists: &lists,
            tasks: &tasks,
            languages: self.languages,
            language: self.language,
        };
        let mut registers = Parts::new();
        for layer in self.downwards() {
            for name in self.register_names(layer) {
                let file = layer.path(&format!("registers/{name}/{REGISTER}"));
                if !self.is_covered(&mut registers, &name, &file, "register-name-twice") {
                    let read = self.register(layer, &name, &shared);
                    registers.extend(read.map(|laid| (name, laid)));
                }
            }
        }
        complete(registers, self.findings)
    }

    /// The roles.
    pub(super) fn roles(
        &self,
        registers: &Parts<Register>,
        compartments: &Parts<Labels>,
    ) -> Parts<Role> {
        let known = role::Known { registers, compartments };
        let mut roles = Parts::new();
        for layer in self.downwards().filter(|layer| layer.folder.has(ROLES)) {
            let (file, content) = (layer.path(ROLES), layer.content(ROLES));
            document::read(&file, content, self.findings, |root| {
                root.knows(&["role"]);
                for section in root.sections("role").iter().rev() {
                    let Some(name) = section.required_name("name") else { continue };
                    let first = format!("{file}:{}", section.row_of("name"));
                    if !self.is_covered(&mut roles, &name, &first, "role-name-twice") {
                        let (at, overrides) =
                            (section.finding("", "name"), section.flag("override", false));
                        let role = role::read(name.clone(), section, &known);
                        roles.insert(name, Laid::new(role, at, overrides));
                    }
                }
            });
        }
        complete(roles, self.findings)
    }

    /// The mappings.
    pub(super) fn mappings(&self, registers: &Parts<Register>) -> Parts<Mapping> {
        let mut mappings = Parts::new();
        for layer in self.downwards() {
            for (stem, path) in layer.files_in("mappings/", ".toml") {
                let file = layer.path(path);
                let Some(name) = self.name(stem, &file) else { continue };
                if self.is_covered(&mut mappings, &name, &file, "mapping-name-twice") {
                    continue;
                }
                let read = document::read(&file, layer.content(path), self.findings, |root| {
                    let mapping = mapping::read(&name, root, registers)?;
                    Some(Laid::in_file(mapping, &file, root.flag("override", false)))
                });
                mappings.extend(read.flatten().map(|laid| (name, laid)));
            }
        }
        complete(mappings, self.findings)
    }

    fn field_groups(&self) -> Parts<LayerSheet<'_>> {
        let mut groups = Parts::new();
        self.each_sheet("field-groups/", |name, sheet, overrides| {
            if !self.is_covered(&mut groups, &name, &sheet.file, "field-group-name-twice") {
                let at = Finding::error("").in_file(&*sheet.file);
                groups.insert(name, Laid::new(sheet, at, overrides));
            }
        });
        complete(groups, self.findings)
    }

    /// Every sheet of a folder, layer by layer, and whether its layer says that it overrides.
    fn each_sheet<'s>(&'s self, folder: &'s str, mut each: impl FnMut(Name, LayerSheet<'s>, bool)) {
        for layer in self.downwards() {
            for (stem, path) in layer.files_in(folder, ".csv") {
                let sheet = layer.sheet(path);
                let Some(name) = self.name(stem, &sheet.file) else { continue };
                each(name, sheet, layer.manifest.overrides.iter().any(|known| known == path));
            }
        }
    }

    /// The layers, the uppermost first.
    fn downwards(&self) -> impl Iterator<Item = &LayerFolder> {
        self.layers.iter().rev()
    }

    fn is_covered<T>(
        &self,
        parts: &mut Parts<T>,
        name: &Name,
        file: &str,
        code: &'static str,
    ) -> bool {
        is_covered(parts, name, (file, code), self.findings)
    }

    /// The name that a file or folder stands for.
    fn name(&self, text: &str, file: &str) -> Option<Name> {
        let wrong = |_no_name| {
            self.findings.push(Finding::error("name-invalid").in_file(file).with("value", text));
        };
        Name::new(text).map_err(wrong).ok()
    }

    /// The folders of registers. Two whose names differ by the size of letters alone would be one
    /// on some file systems.
    fn register_names(&self, layer: &LayerFolder) -> Vec<Name> {
        let paths = layer.folder.paths().filter_map(|path| path.strip_prefix("registers/"));
        let folders: BTreeSet<&str> =
            paths.filter_map(|path| path.split_once('/')).map(|(folder, _file)| folder).collect();
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        let mut names = Vec::new();
        for folder in folders {
            let file = layer.path(&format!("registers/{folder}/{REGISTER}"));
            if let Some(first) = seen.insert(folder.to_lowercase(), folder) {
                let finding = Finding::error("register-name-twice").in_file(&*file);
                self.findings.push(finding.with("name", folder).with("first", first));
            }
            names.extend(self.name(folder, &file));
        }
        names
    }

    fn register(
        &self,
        layer: &LayerFolder,
        name: &Name,
        shared: &Shared<'_>,
    ) -> Option<Laid<Register>> {
        let path = |file: &str| format!("registers/{name}/{file}");
        let missing = |file: &&str| !layer.folder.has(&path(file));
        for file in [REGISTER, SURVEY].iter().filter(|file| missing(file)) {
            let finding = Finding::error("register-file-missing").in_file(layer.path(&path(file)));
            self.findings.push(finding.with("register", name).with("file", file));
        }
        if !layer.folder.has(&path(REGISTER)) {
            return None;
        }
        let choices = Some(path(CHOICES)).filter(|path| layer.folder.has(path));
        let (settings, survey) = (layer.sheet(&path(REGISTER)), layer.sheet(&path(SURVEY)));
        let has_survey = layer.folder.has(&path(SURVEY));
        let content = Content {
            name,
            settings: &settings,
            survey: Some(&survey).filter(|_survey| has_survey),
            choices: choices.map(|path| layer.sheet(&path)),
            is_common: layer.files_in("mandates/", ".toml").next().is_none(),
        };
        let (register, overrides) = register::read(&content, shared, self.findings)?;
        Some(Laid::in_file(register, &settings.file, overrides))
    }
}
