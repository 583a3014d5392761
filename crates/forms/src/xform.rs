//! A workbook as an `XForm`: the XML that ODK Collect, Enketo and their like run.
//!
//! The same workbook gives the same bytes. What comes out is held against what pyxform makes of the
//! same workbook (`docs/guide/own-forms.md` has the counts); where a form cannot be written, findings
//! say so, each with its sheet, row and column.

mod body;
mod choices;
mod document;
mod instances;
mod itext;
mod loops;
mod markup;
mod meta;
mod nodes;
mod parameters;
mod question;
mod read;
mod reference;
mod references;
mod scan;
mod select;
mod tree;
mod types;

use model::finding::Finding;

pub(crate) use read::{Controls, control_word};
pub(crate) use scan::{Part, parts};
pub(crate) use select::{Asked, read_type as asked};
pub(crate) use types::{is_shown, newer_word, plain_word};

use crate::workbook::{ENTITIES, EXTERNAL_CHOICES, OSM, Workbook};

/// The name of the root where the settings have none.
const ROOT_NAME: &str = "data";
/// The file that choices outside the form are looked up in.
const ITEMSETS: &str = "itemsets.csv";

/// A form as clients read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emitted {
    /// The document.
    pub xml: String,
    /// Its id, as clients know it.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// The version of its settings.
    pub version: Option<String>,
    /// The files it needs beside itself, by name.
    pub files: Vec<String>,
    /// `itemsets.csv`, where choices are looked up outside the form.
    pub itemsets: Option<String>,
}

/// Writes a workbook as an `XForm`; its id is `fallback_id` where the settings have none.
pub fn emit(book: &Workbook, fallback_id: &str) -> Result<Emitted, Vec<Finding>> {
    let mut findings = Vec::new();
    for sheet in [ENTITIES, OSM].into_iter().filter(|sheet| !book.rows(sheet).is_empty()) {
        findings.push(Finding::error("form-sheet-unsupported").in_file(sheet).with("sheet", sheet));
    }
    let root = book.setting("name").unwrap_or(ROOT_NAME);
    if !scan::is_tag(root) {
        let finding = Finding::error("form-name-unfit").in_file("settings").at_row(2);
        findings.push(finding.in_column("name").with("value", root));
    }
    let form = read::read(book, root, &mut findings);
    references::check(book, &form.tree, &mut findings);
    if findings.iter().any(Finding::is_error) {
        return Err(findings);
    }
    let emission = Emission::new(book, &form, fallback_id);
    let (xml, files) = document::write(&emission, &mut findings);
    if findings.iter().any(Finding::is_error) {
        return Err(findings);
    }
    let version = book.setting("version").map(str::to_owned);
    let itemsets = is_looked_up(&form).then(|| itemsets(book));
    let files = files.into_iter().chain(itemsets.as_ref().map(|_| ITEMSETS.to_owned())).collect();
    Ok(Emitted { xml, id: emission.id, title: emission.title, version, files, itemsets })
}

/// What writing needs at hand.
struct Emission<'a> {
    book: &'a Workbook,
    form: &'a read::Form,
    texts: itext::Texts,
    id: String,
    title: String,
}

impl<'a> Emission<'a> {
    fn new(book: &'a Workbook, form: &'a read::Form, fallback_id: &str) -> Self {
        let setting = |name: &str| {
            let said = form.settings.get(name).map(String::as_str);
            said.or_else(|| book.setting(name))
        };
        let id = setting("id_string").unwrap_or(fallback_id).to_owned();
        let title = setting("title").unwrap_or(&id).to_owned();
        let language = book.setting("default_language").unwrap_or(crate::workbook::NO_LANGUAGE);
        let texts = itext::Texts::gather(&form.tree, &form.choices, language);
        Self { book, form, texts, id, title }
    }
}

fn is_looked_up(form: &read::Form) -> bool {
    form.tree.descend(tree::ROOT).iter().any(|id| form.tree.get(*id).query.is_some())
}

/// The sheet of choices outside the form, as the file that clients read.
fn itemsets(book: &Workbook) -> String {
    let Some(table) = book.sheet(EXTERNAL_CHOICES) else { return String::new() };
    let columns: Vec<&Vec<String>> = table.headers.iter().collect();
    let line = |cells: Vec<String>| {
        let quoted = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
        quoted.collect::<Vec<_>>().join(",") + "\r\n"
    };
    let header = columns.iter().map(|path| path.join("::").replace("list name", "list_name"));
    let mut text = line(header.collect());
    for row in &table.rows {
        let cells = columns.iter().map(|path| {
            let (first, rest) = path.split_first().map_or(("", &[][..]), |(f, r)| (f.as_str(), r));
            let found = rest.iter().try_fold(row.get(first)?, |cell, name| cell.get(name));
            found.and_then(|cell| cell.text().map(str::to_owned))
        });
        text.push_str(&line(cells.map(Option::unwrap_or_default).collect()));
    }
    text
}

#[cfg(test)]
mod tests;
