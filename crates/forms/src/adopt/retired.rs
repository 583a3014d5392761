//! What an earlier version of a form had and this one has not: kept, so that what was recorded with it
//! stays readable, and asked no more.

use std::collections::BTreeSet;

use model::finding::Finding;
use model::id::Name;
use model::value::FieldType;

use super::Before;
use super::grid::Grid;
use super::survey::Made;
use crate::form::{Field, NEVER};
use crate::labels::Labels;
use crate::workbook::{CHOICES, SURVEY};

/// Adds the fields of the earlier version that are gone; they are relevant to nothing.
pub(super) fn add_fields(
    grid: &mut Grid,
    made: &[Made],
    before: &Before<'_>,
    findings: &mut Vec<Finding>,
) {
    let known: BTreeSet<&str> = made.iter().map(|made| made.name.as_str()).collect();
    let is_kept = |field: &&Field| {
        known.contains(field.name.as_str()) || before.demanded.contains(&field.name.as_str())
    };
    for field in before.form.fields().iter().filter(|field| !is_kept(field)) {
        add_field(grid, field, true);
        let finding = Finding::warning("form-field-retired").in_file(SURVEY);
        findings.push(finding.with("name", &field.name));
    }
}

fn add_field(grid: &mut Grid, field: &Field, is_outermost: bool) {
    let is_repeat = field.kind == FieldType::Rows;
    let argument = field.list.as_ref().or(field.register.as_ref()).map_or("", Name::as_str);
    let word = match field.question.as_str() {
        _ if is_repeat => "begin_repeat",
        // Types that mean nothing without what they were to do.
        "calculate" => "hidden",
        "background-geopoint" => "geopoint",
        word => word,
    };
    grid.begin_row();
    grid.put("type", format!("{word} {argument}").trim());
    grid.put("name", field.name.as_str());
    put_labels(grid, &field.labels);
    if is_outermost {
        grid.put("relevant", NEVER);
    }
    if is_repeat {
        field.fields.iter().for_each(|column| add_field(grid, column, false));
        grid.begin_row();
        grid.put("type", "end_repeat");
    }
}

/// Adds the codes of the earlier version that are gone; the day before is the last they may be
/// chosen for.
pub(super) fn add_codes(grid: &mut Grid, before: &Before<'_>, findings: &mut Vec<Finding>) {
    let kept: BTreeSet<(String, String)> = grid.pairs().collect();
    for list in before.lists.values().filter(|list| !before.shared.contains(list.name.as_str())) {
        for code in list.codes() {
            let pair = (list.name.to_string(), code.code.clone());
            if kept.contains(&pair) {
                continue;
            }
            grid.begin_row();
            grid.put("list_name", &pair.0);
            grid.put("name", &pair.1);
            put_labels(grid, &code.labels);
            let until = code.valid_to.filter(|until| *until < before.until).unwrap_or(before.until);
            grid.put("valid_to", &until.to_string());
            if code.valid_to.is_none() {
                let finding = Finding::warning("form-code-retired").in_file(CHOICES);
                findings.push(finding.with("code", &pair.1).with("list", &pair.0));
            }
        }
    }
}

fn put_labels(grid: &mut Grid, labels: &Labels) {
    for (language, text) in labels.iter() {
        grid.put(&format!("label::{language}"), text);
    }
}
