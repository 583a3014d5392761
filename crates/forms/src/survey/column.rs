//! What the columns of a survey sheet hold.

use crate::suggestion::suggestion;
use model::finding::Finding;

use crate::labels::language_code;
use crate::sheet::Table;

/// A column of a survey sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Type,
    Name,
    Label(String),
    Hint(String),
    Required,
    Constraint,
    Relevant,
    Calculation,
    Appearance,
    /// The compartment that alone may read the answers.
    Sealed,
    /// Kept for form clients, by its header.
    Other(String),
    Unknown,
}

/// Columns of `XLSForm` that are kept as they are. Those with `::` or a language may have a suffix.
const KEPT: [&str; 18] = [
    "default",
    "choice_filter",
    "read_only",
    "readonly",
    "parameters",
    "repeat_count",
    "trigger",
    "constraint_message",
    "required_message",
    "guidance_hint",
    "media",
    "image",
    "audio",
    "video",
    "instance",
    "bind",
    "body",
    "note",
];

/// Columns a register understands.
const UNDERSTOOD: [&str; 9] = [
    "type",
    "name",
    "label",
    "hint",
    "required",
    "constraint",
    "relevant",
    "calculation",
    "appearance",
];

/// Reads the header; unknown columns and missing ones are findings.
pub(super) fn read(
    table: &Table,
    file: &str,
    language: &str,
    findings: &mut Vec<Finding>,
) -> Vec<Column> {
    let at = |code| Finding::error(code).in_file(file).at_row(1);
    let columns: Vec<Column> = table.headers().iter().map(|h| column(h, language)).collect();
    for (column, header) in columns.iter().zip(table.headers()) {
        if *column == Column::Unknown && !header.is_empty() {
            findings.push(unknown(header, at("form-column-unknown")));
        }
    }
    for (column, header) in [(Column::Type, "type"), (Column::Name, "name")] {
        if !columns.contains(&column) && !table.headers().is_empty() {
            findings.push(at("sheet-column-missing").in_column(header).with("column", header));
        }
    }
    columns
}

fn unknown(header: &str, finding: Finding) -> Finding {
    let (prefix, _language) = header.split_once("::").unwrap_or((header, ""));
    let finding = finding.in_column(header).with("column", header);
    if UNDERSTOOD.contains(&prefix) {
        return finding.with("nearest", format!("{prefix}::en"));
    }
    let known = UNDERSTOOD.into_iter().chain(KEPT);
    finding.with("nearest", suggestion(prefix, known))
}

fn column(header: &str, language: &str) -> Column {
    let (prefix, suffix) = match header.split_once("::") {
        Some((prefix, suffix)) => (prefix, Some(suffix)),
        None => (header, None),
    };
    let spoken = suffix.map_or(Some(language), language_code).map(str::to_owned);
    match (prefix, suffix) {
        ("label", _) => spoken.map_or(Column::Unknown, Column::Label),
        ("hint", _) => spoken.map_or(Column::Unknown, Column::Hint),
        ("type", None) => Column::Type,
        ("name", None) => Column::Name,
        ("required", None) => Column::Required,
        ("constraint", None) => Column::Constraint,
        ("relevant" | "relevance", None) => Column::Relevant,
        ("calculation" | "calculate", None) => Column::Calculation,
        ("appearance", None) => Column::Appearance,
        ("bind", Some("casque:sealed")) => Column::Sealed,
        (prefix, _) if KEPT.contains(&prefix) => Column::Other(header.to_owned()),
        _ => Column::Unknown,
    }
}
