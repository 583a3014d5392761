//! Questions whose answers are chosen: from a list, a file, or earlier answers.

use super::choices::{Choices, OTHER};
use super::question;
use super::scan;
use super::tree::Element;
use crate::workbook::{Cell, EXTERNAL_CHOICES, Workbook};

/// What a `type` cell asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The type as it is called without its list.
    pub(super) word: &'static str,
    pub(crate) list: String,
    pub(super) is_file: bool,
    pub(super) is_external: bool,
    pub(crate) has_other: bool,
}

impl Asked {
    /// The type as sheets have it today.
    pub(crate) fn command(&self) -> &'static str {
        match self.word {
            ONE => "select_one",
            MANY => "select_multiple",
            word => word,
        }
    }

    /// Whether the choices stand in no list of the form.
    pub(crate) fn is_outside(&self) -> bool {
        let is_file = self.is_file || ending(&self.list).is_some();
        is_file || self.is_external || self.list.contains("${")
    }
}

/// Why a question cannot be chosen as it asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// There is no such list.
    List,
    /// The file's name does not say what it is.
    FileName,
    /// A choice with a blank cannot be one of several.
    Blank(String),
    /// A filter would hide the choice of another answer.
    FilteredOther,
    /// A client cannot search in a file.
    SearchedFile,
}

const ONE: &str = "select one";
const MANY: &str = "select all that apply";
const EXTERNAL: &str = "select one external";
const COMMANDS: [(&str, &str); 15] = [
    ("add select one prompt using", ONE),
    ("add select multiple prompt using", MANY),
    ("select all that apply from", MANY),
    ("select one from", ONE),
    ("select1", ONE),
    ("select_one", ONE),
    ("select one", ONE),
    ("select_multiple", MANY),
    ("select all that apply", MANY),
    ("select_one_external", EXTERNAL),
    ("select_one_from_file", ONE),
    ("select_multiple_from_file", MANY),
    ("select one from file", ONE),
    ("select multiple from file", MANY),
    ("rank", "rank"),
];
/// Endings of files that can be chosen from.
pub(super) const FILES: [&str; 3] = [".xml", ".csv", ".geojson"];

/// Reads a `type` cell; nothing where it asks for no choice.
pub(crate) fn read_type(text: &str) -> Option<Asked> {
    COMMANDS.iter().find_map(|(command, word)| {
        let rest = text.strip_prefix(command)?.strip_prefix(' ')?;
        let (list, more) = rest.split_once(' ').unwrap_or((rest, ""));
        let has_other = match more {
            "" => false,
            "or_other" | "or other" | "or specify other" => true,
            _ => return None,
        };
        let is_file = command.ends_with("file");
        let list = list.to_owned();
        (!list.is_empty()).then(|| Asked {
            word,
            list,
            is_file,
            is_external: *word == EXTERNAL,
            has_other,
        })
    })
}

/// The ending of a file's name, with its dot.
pub(super) fn ending(list: &str) -> Option<&'static str> {
    FILES.into_iter().find(|ending| list.ends_with(ending))
}

/// Ties a question to what it is chosen from.
pub(super) fn complete(
    element: &mut Element,
    asked: &Asked,
    book: &Workbook,
    choices: &mut Choices,
) -> Result<(), Refusal> {
    if asked.is_external {
        let mut rows = book.rows(EXTERNAL_CHOICES).iter();
        if !rows.any(|row| row.text("list name") == Some(&asked.list)) {
            return Err(Refusal::List);
        }
        element.query = Some(asked.list.clone()).filter(|_| element.choice_filter.is_some());
        return Ok(());
    }
    let file = ending(&asked.list);
    let stem = file.and_then(|ending| asked.list.strip_suffix(ending)).unwrap_or_default();
    if asked.is_file && (stem.is_empty() || stem.contains('.')) {
        return Err(Refusal::FileName);
    }
    let refers = scan::references(&asked.list).next().is_some();
    element.itemset = Some(asked.list.clone());
    element.searches = element.controlled("appearance").is_some_and(calls_search);
    if element.searches && file.is_some() {
        return Err(Refusal::SearchedFile);
    }
    if file.is_some() || refers {
        return Ok(());
    }
    let list = choices.get_mut(&asked.list).ok_or(Refusal::List)?;
    if asked.word == MANY
        && let Some(choice) = list.choices.iter().find(|choice| choice.name.contains(' '))
    {
        return Err(Refusal::Blank(choice.name.clone()));
    }
    if asked.has_other {
        if element.choice_filter.is_some() {
            return Err(Refusal::FilteredOther);
        }
        list.add_other();
    }
    list.is_searched |= element.searches;
    Ok(())
}

fn calls_search(appearance: &str) -> bool {
    appearance.split_once("search(").is_some_and(|(_, rest)| rest.contains(')'))
}

/// The question for what no choice fits.
pub(super) fn other_question(name: &str, row: u64) -> Element {
    let mut other = question::generated(&format!("{name}_{OTHER}"), "text", row);
    other.label = Some(Cell::Text("Specify other.".to_owned()));
    other.bind_to("relevant", Cell::Text(format!("selected(../{name}, '{OTHER}')")));
    other
}

/// Selects that are shown as one table: they share a list, whose labels stand above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TableList {
    list: Option<String>,
}

/// Whether the questions of a group are shown as a table; its appearance becomes what clients know.
pub(super) fn table_list(group: &mut Element) -> Option<TableList> {
    let appearance = group.controlled("appearance")?.to_owned();
    let words: Vec<&str> = appearance.split_whitespace().collect();
    if !words.contains(&"table-list") {
        return None;
    }
    let others = words.into_iter().filter(|word| *word != "table-list");
    let appearance: Vec<&str> = std::iter::once("field-list").chain(others).collect();
    group.control_with("appearance", &appearance.join(" "));
    Some(TableList { list: None })
}

impl TableList {
    /// The row of labels, before the first select; the select itself loses its own.
    pub(super) fn header(&mut self, element: &mut Element, asked: &Asked) -> Option<Element> {
        element.control_with("appearance", "list-nolabel");
        if self.list.is_some() {
            return None;
        }
        self.list = Some(asked.list.clone());
        let name = format!("reserved_name_for_field_list_labels_{}", element.row);
        let mut header = question::generated(&name, asked.word, element.row);
        header.control_with("appearance", "label");
        header.label = Some(Cell::Text(" ".to_owned()));
        header.itemset = Some(asked.list.clone());
        Some(header)
    }

    /// The list of the table, where a question is chosen from another.
    pub(super) fn other_list(&self, asked: &Asked) -> Option<&str> {
        self.list.as_deref().filter(|list| *list != asked.list)
    }
}
