//! The choices of a form, list by list.

use std::collections::BTreeMap;

use model::finding::Finding;

use super::scan;
use crate::workbook::{CHOICES, Cell, Row, Workbook};

/// The name of what is chosen where nothing fits.
pub(super) const OTHER: &str = "other";
const OTHER_LABEL: &str = "Other";

/// A choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) name: String,
    pub(super) label: Option<Cell>,
    pub(super) media: Vec<(String, Cell)>,
    /// Further columns, for filters.
    pub(super) extra: Vec<(String, String)>,
    pub(super) row: u64,
}

/// A list of choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ChoiceList {
    pub(super) name: String,
    pub(super) choices: Vec<Choice>,
    /// Whether its choices stand in the body of a question that searches.
    pub(super) is_searched: bool,
}

impl ChoiceList {
    /// Whether labels come from the texts of the languages.
    pub(super) fn needs_texts(&self) -> bool {
        self.choices.iter().any(|choice| {
            let is_filled = |cell: &Cell| match cell {
                Cell::Named(_) => true,
                Cell::Text(text) => scan::references(text).next().is_some(),
            };
            !choice.media.is_empty() || choice.label.as_ref().is_some_and(is_filled)
        })
    }

    /// Adds a choice for what no other fits, unless there is one.
    pub(super) fn add_other(&mut self) {
        if self.choices.iter().any(|choice| choice.name == OTHER) {
            return;
        }
        let mut languages: Vec<&String> = Vec::new();
        for cell in self.choices.iter().filter_map(|choice| choice.label.as_ref()) {
            for (language, _) in cell.named() {
                if !languages.contains(&language) {
                    languages.push(language);
                }
            }
        }
        let text = || Cell::Text(OTHER_LABEL.to_owned());
        let label = if languages.is_empty() {
            text()
        } else {
            Cell::Named(languages.into_iter().map(|language| (language.clone(), text())).collect())
        };
        let (name, media, extra) = (OTHER.to_owned(), Vec::new(), Vec::new());
        self.choices.push(Choice { name, label: Some(label), media, extra, row: 0 });
    }
}

/// Every list, in the order of the sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Choices {
    lists: Vec<ChoiceList>,
    places: BTreeMap<String, usize>,
}

impl Choices {
    /// Reads the choices sheet.
    pub(super) fn read(book: &Workbook, findings: &mut Vec<Finding>) -> Self {
        let mut all = Self::default();
        for row in book.rows(CHOICES) {
            if let Some(list) = row.text("list name") {
                let choice = read_choice(row, findings);
                all.add(list, choice);
            }
        }
        if !book.is_set("allow_choice_duplicates") {
            all.lists.iter().for_each(|list| check_twice(list, findings));
        }
        all
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &ChoiceList> {
        self.lists.iter()
    }

    pub(super) fn get(&self, name: &str) -> Option<&ChoiceList> {
        self.places.get(name).and_then(|place| self.lists.get(*place))
    }

    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut ChoiceList> {
        self.places.get(name).and_then(|place| self.lists.get_mut(*place))
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.lists.iter().map(|list| list.name.as_str())
    }

    /// Adds a choice to a list, which is made where it is not there.
    fn add(&mut self, list: &str, choice: Option<Choice>) {
        if !self.places.contains_key(list) {
            self.places.insert(list.to_owned(), self.lists.len());
            let (name, choices) = (list.to_owned(), Vec::new());
            self.lists.push(ChoiceList { name, choices, is_searched: false });
        }
        if let Some(known) = self.get_mut(list) {
            known.choices.extend(choice);
        }
    }
}

fn read_choice(row: &Row, findings: &mut Vec<Finding>) -> Option<Choice> {
    let Some(name) = row.text("name") else {
        let finding = Finding::error("list-code-invalid").in_file(CHOICES).at_row(row.number);
        findings.push(finding.in_column("name").with("value", ""));
        return None;
    };
    let media = row.get("media").map_or(&[][..], Cell::named).to_vec();
    let own = ["name", "label", "media", "list name"];
    let extra = row.cells().iter().filter(|(column, _)| !own.contains(&column.as_str()));
    let extra = extra.filter(|(column, _)| scan::is_tag(column));
    let extra = extra.filter_map(|(column, cell)| Some((column.clone(), cell.text()?.to_owned())));
    Some(Choice {
        name: name.to_owned(),
        label: row.get("label").cloned(),
        media,
        extra: extra.collect(),
        row: row.number,
    })
}

fn check_twice(list: &ChoiceList, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
    for choice in &list.choices {
        if let Some(first) = seen.insert(&choice.name, choice.row) {
            let finding = Finding::error("list-code-twice").in_file(CHOICES).at_row(choice.row);
            let finding = finding.in_column("name").with("code", &choice.name);
            findings.push(finding.with("first", first));
        }
    }
}
