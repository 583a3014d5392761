//! Cells of a question under the headers that sheets of registers have.

use super::grid::Grid;
use super::languages::Languages;
use super::names::Names;
use crate::workbook::{Cell, Row};

/// Columns in languages, and their headers.
const SPOKEN: [(&[&str], &str); 9] = [
    (&["label"], "label"),
    (&["hint"], "hint"),
    (&["guidance_hint"], "guidance_hint"),
    (&["bind", "jr:constraintMsg"], "constraint_message"),
    (&["bind", "jr:requiredMsg"], "required_message"),
    (&["media", "image"], "image"),
    (&["media", "audio"], "audio"),
    (&["media", "video"], "video"),
    (&["media", "big-image"], "media::big-image"),
];
/// Columns of expressions, and their headers.
const EXPRESSIONS: [(&[&str], &str); 11] = [
    (&["bind", "required"], "required"),
    (&["bind", "constraint"], "constraint"),
    (&["bind", "relevant"], "relevant"),
    (&["bind", "calculate"], "calculation"),
    (&["bind", "readonly"], "read_only"),
    (&["control", "appearance"], "appearance"),
    (&["control", "jr:count"], "repeat_count"),
    (&["default"], "default"),
    (&["choice_filter"], "choice_filter"),
    (&["parameters"], "parameters"),
    (&["trigger"], "trigger"),
];
/// Columns that are kept under their own names, with what stands below them.
const KEPT: [(&str, &str); 3] = [("bind", "bind"), ("control", "body"), ("instance", "instance")];

/// Fills the cells of a row; what has no place in a register comes back, by its column.
pub(super) fn fill(
    grid: &mut Grid,
    row: &Row,
    names: &Names,
    languages: &Languages,
) -> Vec<String> {
    for (path, header) in SPOKEN {
        let Some(cell) = find(row, path) else { continue };
        for (language, text) in languages.texts(cell) {
            grid.put(&format!("{header}::{language}"), &names.in_text(text));
        }
    }
    for (path, header) in EXPRESSIONS {
        if let Some(text) = find(row, path).and_then(Cell::text) {
            grid.put(header, &names.in_text(text));
        }
    }
    for (column, header) in KEPT {
        for (name, cell) in row.get(column).map_or(&[][..], Cell::named) {
            let is_done = SPOKEN.iter().any(|(path, _)| *path == [column, name.as_str()])
                || EXPRESSIONS.iter().any(|(path, _)| *path == [column, name.as_str()]);
            if let Some(text) = cell.text().filter(|_| !is_done) {
                grid.put(&format!("{header}::{name}"), &names.in_text(text));
            }
        }
    }
    let known = ["type", "name", "label", "hint", "guidance_hint", "bind", "control", "media"];
    let more = ["instance", "default", "choice_filter", "parameters", "trigger", "disabled"];
    let cells = row.cells().iter().map(|(column, _)| column.clone());
    cells.filter(|column| !known.contains(&&**column) && !more.contains(&&**column)).collect()
}

fn find<'a>(row: &'a Row, path: &[&str]) -> Option<&'a Cell> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(row.get(first)?, |cell, name| cell.get(name))
}
