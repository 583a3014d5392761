//! Reads the survey sheets of an `XLSForm` into one form.
//!
//! Several sheets may follow each other (a register's own survey, then its field groups); names are
//! distinct across all of them.

mod column;
mod question;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::suggestion::suggestion;
use model::finding::Finding;
use model::id::Name;

use crate::bound;
use crate::form::{Field, Form, Group};
use crate::labels::Labels;
use crate::list::CodeList;
use crate::list_sheet;
use crate::sheet::{self, Row, Sheet};
use column::Column;
use question::Question;

/// What came of reading an `XLSForm`.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The form, without title: that stands in the register.
    pub form: Form,
    /// The lists of the choices sheet.
    pub lists: Vec<CodeList>,
    /// Everything that is wrong.
    pub findings: Vec<Finding>,
}

/// Reads `surveys` one after the other, and `choices`. Columns without a language (`label`) are in
/// `language`.
pub fn read(surveys: &[Sheet<'_>], choices: Option<Sheet<'_>>, language: &str) -> Reading {
    let mut reader = Reader::default();
    for sheet in surveys {
        reader.read_sheet(*sheet, language);
    }
    reader.check_references();
    let mut findings = reader.findings;
    let lists = choices.map(|sheet| list_sheet::read_choices(sheet, language, &mut findings));
    let form = Form::new(Labels::default(), reader.fields, reader.groups);
    Reading { form, lists: lists.unwrap_or_default(), findings }
}

#[derive(Default)]
struct Reader {
    file: Arc<str>,
    fields: Vec<Field>,
    groups: Vec<Group>,
    /// Names of fields and groups, and where each was first.
    names: BTreeMap<String, (Arc<str>, u64)>,
    /// The groups that are open, with the rows they began in.
    open: Vec<(String, u64)>,
    findings: Vec<Finding>,
}

impl Reader {
    fn read_sheet(&mut self, sheet: Sheet<'_>, language: &str) {
        self.file = sheet.file.into();
        let table = sheet::read(sheet, &mut self.findings);
        let columns = column::read(&table, sheet.file, language, &mut self.findings);
        if !columns.contains(&Column::Type) || !columns.contains(&Column::Name) {
            return;
        }
        for row in table.rows() {
            self.read_row(&columns, row);
        }
        for (name, row) in std::mem::take(&mut self.open) {
            self.refuse(row, "form-group-open", "type", |finding| finding.with("group", name));
        }
    }

    fn read_row(&mut self, columns: &[Column], row: Row<'_>) {
        let text = |wanted: &Column| {
            let place = columns.iter().position(|column| column == wanted);
            place.map_or("", |place| row.cell(place))
        };
        match question::read(text(&Column::Type)) {
            Err(finding) => self.findings.push(self.located(finding, row.line, "type")),
            Ok(Question::Note) => {}
            Ok(Question::EndGroup) => self.end_group(row.line),
            Ok(Question::BeginGroup) => self.begin_group(columns, row, text(&Column::Name)),
            Ok(Question::Field { kind, word, list, register }) => {
                let Some(name) = self.name(row.line, text(&Column::Name)) else { return };
                let field = Field {
                    name,
                    kind,
                    question: word.to_owned(),
                    list,
                    register,
                    labels: Labels::default(),
                    hints: Labels::default(),
                    required: false,
                    group: self.open.last().map(|(name, _row)| name.clone()),
                    constraint: None,
                    bounds: Vec::new(),
                    relevant: None,
                    calculation: None,
                    appearance: None,
                    other: BTreeMap::new(),
                    file: Arc::clone(&self.file),
                    row: row.line,
                };
                self.fill(field, columns, row);
            }
        }
    }

    fn fill(&mut self, mut field: Field, columns: &[Column], row: Row<'_>) {
        for (place, column) in columns.iter().enumerate() {
            let text = row.cell(place);
            match column {
                Column::Type | Column::Name | Column::Unknown => {}
                Column::Label(language) => field.labels.set(language, text),
                Column::Hint(language) => field.hints.set(language, text),
                Column::Required => field.required = self.required(row.line, text),
                Column::Constraint => {
                    field.constraint = optional(text);
                    field.bounds = bound::parse(text);
                }
                Column::Relevant => field.relevant = optional(text),
                Column::Calculation => field.calculation = optional(text),
                Column::Appearance => field.appearance = optional(text),
                Column::Other(header) => {
                    field.other.extend(optional(text).map(|text| (header.clone(), text)));
                }
            }
        }
        self.fields.push(field);
    }

    fn required(&mut self, row: u64, text: &str) -> bool {
        match text.to_ascii_lowercase().as_str() {
            "yes" | "true" | "true()" => true,
            "" | "no" | "false" | "false()" => false,
            _ => {
                let word = "form-required-unclear";
                self.refuse(row, word, "required", |finding| finding.with("value", text));
                false
            }
        }
    }

    fn begin_group(&mut self, columns: &[Column], row: Row<'_>, name: &str) {
        let mut labels = Labels::default();
        for (place, column) in columns.iter().enumerate() {
            if let Column::Label(language) = column {
                labels.set(language, row.cell(place));
            }
        }
        if let Some(name) = self.name(row.line, name) {
            let parent = self.open.last().map(|(name, _row)| name.clone());
            let file = Arc::clone(&self.file);
            self.groups.push(Group { name: name.to_string(), labels, parent, file, row: row.line });
        }
        self.open.push((name.to_owned(), row.line));
    }

    fn end_group(&mut self, row: u64) {
        if self.open.pop().is_none() {
            self.refuse(row, "form-group-not-open", "type", |finding| finding);
        }
    }

    fn name(&mut self, row: u64, text: &str) -> Option<Name> {
        let Ok(name) = Name::new(text) else {
            self.refuse(row, "name-invalid", "name", |finding| finding.with("value", text));
            return None;
        };
        if let Some((file, first)) = self.names.get(text).cloned() {
            self.refuse(row, "form-name-twice", "name", |finding| {
                finding.with("name", text).with("first", format!("{file}:{first}"))
            });
            return None;
        }
        self.names.insert(text.to_owned(), (Arc::clone(&self.file), row));
        Some(name)
    }

    /// `${name}` in an expression must name a field or a group.
    fn check_references(&mut self) {
        for field in &self.fields {
            let named = [
                ("constraint", &field.constraint),
                ("relevant", &field.relevant),
                ("calculation", &field.calculation),
            ];
            let others = field.other.iter().map(|(header, text)| (header.as_str(), text));
            let named = named.iter().filter_map(|(header, text)| Some((*header, text.as_ref()?)));
            for (header, text) in named.chain(others) {
                let unknown = references(text).into_iter().filter(|n| !self.names.contains_key(*n));
                self.findings.extend(unknown.map(|name| {
                    let near = suggestion(name, self.names.keys().map(String::as_str));
                    Finding::error("form-reference-unknown")
                        .in_file(&*field.file)
                        .at_row(field.row)
                        .in_column(header)
                        .with("name", name)
                        .with("nearest", near)
                }));
            }
        }
    }

    fn refuse(
        &mut self,
        row: u64,
        code: &'static str,
        column: &str,
        say: impl FnOnce(Finding) -> Finding,
    ) {
        let finding = self.located(Finding::error(code), row, column);
        self.findings.push(say(finding));
    }

    fn located(&self, finding: Finding, row: u64, column: &str) -> Finding {
        finding.in_file(&*self.file).at_row(row).in_column(column)
    }
}

/// The names that stand in `${..}`.
fn references(expression: &str) -> BTreeSet<&str> {
    let parts = expression.split("${").skip(1);
    parts.filter_map(|part| part.split_once('}')).map(|(name, _rest)| name.trim()).collect()
}

fn optional(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests;
