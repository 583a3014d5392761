//! The other instances of a form: its lists, and files that lie beside it.

use std::collections::BTreeMap;

use model::finding::Finding;

use super::choices::ChoiceList;
use super::markup::Markup;
use super::nodes;
use super::read::Form;
use super::scan;
use super::select;
use super::tree::{Element, Kind, ROOT};
use crate::workbook::SURVEY;

/// Instances that are being gathered: the file of each, none where it stands in the form.
#[derive(Default)]
pub(super) struct Instances {
    seen: BTreeMap<String, Option<String>>,
    pub(super) markups: Vec<Markup>,
    pub(super) files: Vec<String>,
}

/// Gathers the instances of a form.
pub(super) fn gather(form: &Form, findings: &mut Vec<Finding>) -> Instances {
    let mut instances = Instances::default();
    let mut asks_last_saved = false;
    for id in form.tree.descend(ROOT) {
        let element = form.tree.get(id);
        for text in nodes::expressions(element) {
            for file in scan::pulled_files(text) {
                let address = format!("jr://file-csv/{file}.csv");
                instances.add_file(&file, &address, element, findings);
            }
        }
        asks_last_saved |= nodes::asks_last_saved(element);
        instances.add_of(element, findings);
    }
    if asks_last_saved {
        let name = "__last-saved";
        let address = "jr://instance/last-saved";
        instances.seen.insert(name.to_owned(), Some(address.to_owned()));
        instances.markups.push(Markup::new("instance").with("id", name).with("src", address));
    }
    for list in form.choices.iter().filter(|list| !list.is_searched) {
        if instances.seen.insert(list.name.clone(), None).is_some() {
            let finding = Finding::error("form-instance-twice").in_file("choices");
            findings.push(finding.in_column("list_name").with("name", &list.name));
        }
        instances.markups.push(markup(list));
    }
    instances
}

impl Instances {
    fn add_of(&mut self, element: &Element, findings: &mut Vec<Finding>) {
        if let Kind::External(extension) = element.kind {
            let folder = if extension == "csv" { "file-csv" } else { "file" };
            let address = format!("jr://{folder}/{}.{extension}", element.name);
            self.add_file(&element.name, &address, element, findings);
        }
        let Some(itemset) = element.itemset.as_ref().filter(|_| !element.searches) else { return };
        let Some(ending) = select::ending(itemset) else { return };
        let folder = if ending == ".csv" { "file-csv" } else { "file" };
        let stem = itemset.strip_suffix(ending).unwrap_or(itemset);
        self.add_file(stem, &format!("jr://{folder}/{itemset}"), element, findings);
    }

    fn add_file(
        &mut self,
        name: &str,
        address: &str,
        element: &Element,
        findings: &mut Vec<Finding>,
    ) {
        match self.seen.insert(name.to_owned(), Some(address.to_owned())) {
            None => {
                let instance = Markup::new("instance").with("id", name).with("src", address);
                self.markups.push(instance);
                self.files.extend(address.rsplit('/').next().map(str::to_owned));
            }
            Some(Some(known)) if known == address => {}
            Some(_) => {
                let finding = Finding::error("form-instance-twice").in_file(SURVEY);
                let finding = finding.at_row(element.row).in_column("type");
                findings.push(finding.with("name", name));
            }
        }
    }
}

/// A list as an instance.
fn markup(list: &ChoiceList) -> Markup {
    let needs_texts = list.needs_texts();
    let mut root = Markup::new("root");
    for (place, choice) in list.choices.iter().enumerate() {
        let mut item = Markup::new("item");
        if needs_texts {
            item.add(Markup::new("itextId").of(&format!("{}-{place}", list.name)));
        }
        item.add(Markup::new("name").of(&choice.name));
        let label = choice.label.as_ref().and_then(|label| label.text());
        if let Some(label) = label.filter(|_| !needs_texts) {
            item.add(Markup::new("label").of(label));
        }
        for (column, text) in &choice.extra {
            item.add(Markup::new(column).of(text));
        }
        root.add(item);
    }
    Markup::new("instance").with("id", &list.name).holding(root)
}
