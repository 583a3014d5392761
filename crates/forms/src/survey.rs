//! Reads the survey sheets of an `XLSForm` into one form.
//!
//! Several sheets may follow each other (a register's own survey, then its field groups); names are
//! distinct across all of them. The inside of a repeat is a scope of its own: its names are distinct
//! among themselves, and its questions become the columns of one field of rows.

mod column;
mod question;
mod scope;

use std::collections::BTreeSet;
use std::mem;
use std::sync::Arc;

use crate::suggestion::suggestion;
use model::finding::Finding;
use model::id::Name;
use model::limits::ROWS_DEPTH_MAX;
use model::value::FieldType;

use crate::form::{Field, Form, Group};
use crate::labels::Labels;
use crate::list::CodeList;
use crate::list_sheet;
use crate::sheet::{self, Row, Sheet};
use column::Column;
use question::Question;
use scope::Scope;

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
    let form = Form::new(Labels::default(), reader.scope.fields, reader.scope.groups);
    let mut findings = reader.findings;
    check_references(&form, &reader.known, &mut findings);
    let lists = choices.map(|sheet| list_sheet::read_choices(sheet, language, &mut findings));
    Reading { form, lists: lists.unwrap_or_default(), findings }
}

#[derive(Default)]
struct Reader {
    file: Arc<str>,
    /// The repeat whose inside is being read, or the form itself.
    scope: Scope,
    /// What stands around it, the innermost last.
    around: Vec<Scope>,
    /// Every name of a field or a group, in whatever scope.
    known: BTreeSet<String>,
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
        while !self.around.is_empty() {
            let (name, row) = (self.scope.name.clone(), self.scope.row);
            self.refuse(row, "form-repeat-open", "type", |finding| finding.with("repeat", name));
            self.leave();
        }
        self.close_groups();
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
            Ok(Question::EndRepeat) => self.end_repeat(row.line),
            Ok(Question::BeginRepeat) => self.begin_repeat(columns, row, text(&Column::Name)),
            Ok(Question::Field { kind, word, list, register }) => {
                let Some(name) = self.name(row.line, text(&Column::Name)) else { return };
                let blank = Field { list, register, ..self.blank(name, kind, word, row.line) };
                let field = self.filled(blank, columns, row);
                self.scope.fields.push(field);
            }
        }
    }

    /// A field of which only the type is known.
    fn blank(&self, name: Name, kind: FieldType, word: &str, row: u64) -> Field {
        Field {
            question: word.to_owned(),
            group: self.scope.open.last().map(|(name, _row)| name.clone()),
            file: Arc::clone(&self.file),
            row,
            ..Field::new(name, kind)
        }
    }

    fn filled(&mut self, mut field: Field, columns: &[Column], row: Row<'_>) -> Field {
        for (place, column) in columns.iter().enumerate() {
            let text = row.cell(place);
            match column {
                Column::Type | Column::Name | Column::Unknown => {}
                Column::Label(language) => field.labels.set(language, text),
                Column::Hint(language) => field.hints.set(language, text),
                Column::Required => field.required = self.required(row.line, text),
                Column::Constraint => field.constraint = optional(text),
                Column::Relevant => field.relevant = optional(text),
                Column::Calculation => field.calculation = optional(text),
                Column::Appearance => field.appearance = optional(text),
                Column::Sealed => field.sealed = self.sealed(row.line, text),
                Column::Other(header) => {
                    field.other.extend(optional(text).map(|text| (header.clone(), text)));
                }
            }
        }
        field
    }

    /// A whole field is sealed or none of it: not a column of its rows.
    fn sealed(&mut self, row: u64, text: &str) -> Option<String> {
        if !text.is_empty() && !self.around.is_empty() {
            let (word, column) = ("form-sealed-not-here", "bind::casque:sealed");
            self.refuse(row, word, column, |finding| finding.with("value", text));
            return None;
        }
        optional(text)
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
        let (mut labels, mut relevant) = (Labels::default(), None);
        for (place, column) in columns.iter().enumerate() {
            match column {
                Column::Label(language) => labels.set(language, row.cell(place)),
                Column::Relevant => relevant = optional(row.cell(place)),
                Column::Sealed if !row.cell(place).is_empty() => {
                    let (word, column) = ("form-sealed-not-here", "bind::casque:sealed");
                    let value = row.cell(place);
                    self.refuse(row.line, word, column, |finding| finding.with("value", value));
                }
                _ => {}
            }
        }
        if let Some(name) = self.name(row.line, name) {
            let parent = self.scope.open.last().map(|(name, _row)| name.clone());
            let file = Arc::clone(&self.file);
            let (name, row) = (name.to_string(), row.line);
            self.scope.groups.push(Group { name, labels, parent, relevant, file, row });
        }
        self.scope.open.push((name.to_owned(), row.line));
    }

    fn end_group(&mut self, row: u64) {
        if self.scope.open.pop().is_none() {
            self.refuse(row, "form-group-not-open", "type", |finding| finding);
        }
    }

    fn close_groups(&mut self) {
        for (name, row) in mem::take(&mut self.scope.open) {
            self.refuse(row, "form-group-open", "type", |finding| finding.with("group", name));
        }
    }

    fn begin_repeat(&mut self, columns: &[Column], row: Row<'_>, name: &str) {
        if self.around.len() >= ROWS_DEPTH_MAX {
            let (word, max) = ("form-repeat-too-deep", ROWS_DEPTH_MAX);
            self.refuse(row.line, word, "type", |finding| finding.with("max", max));
        }
        let repeat = self.name(row.line, name).map(|name| {
            let blank = self.blank(name, FieldType::Rows, "begin_repeat", row.line);
            self.filled(blank, columns, row)
        });
        let inside = Scope::of(name, row.line, repeat);
        self.around.push(mem::replace(&mut self.scope, inside));
    }

    fn end_repeat(&mut self, row: u64) {
        if self.around.is_empty() {
            self.refuse(row, "form-repeat-not-open", "type", |finding| finding);
            return;
        }
        self.leave();
    }

    /// Leaves the inside of a repeat: what was read there are its columns.
    fn leave(&mut self) {
        self.close_groups();
        if let Some(around) = self.around.pop() {
            let inside = mem::replace(&mut self.scope, around);
            self.scope.fields.extend(inside.into_field());
        }
    }

    fn name(&mut self, row: u64, text: &str) -> Option<Name> {
        let Ok(name) = Name::new(text) else {
            self.refuse(row, "name-invalid", "name", |finding| finding.with("value", text));
            return None;
        };
        if let Some((file, first)) = self.scope.names.get(text).cloned() {
            self.refuse(row, "form-name-twice", "name", |finding| {
                finding.with("name", text).with("first", format!("{file}:{first}"))
            });
            return None;
        }
        self.scope.names.insert(text.to_owned(), (Arc::clone(&self.file), row));
        self.known.insert(text.to_owned());
        Some(name)
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

/// `${name}` in an expression must name a field or a group.
fn check_references(form: &Form, known: &BTreeSet<String>, findings: &mut Vec<Finding>) {
    for field in form.every_field() {
        let named = [
            ("constraint", &field.constraint),
            ("relevant", &field.relevant),
            ("calculation", &field.calculation),
        ];
        let others = field.other.iter().map(|(header, text)| (header.as_str(), text));
        let named = named.iter().filter_map(|(header, text)| Some((*header, text.as_ref()?)));
        for (header, text) in named.chain(others) {
            let unknown = references(text).into_iter().filter(|name| !known.contains(*name));
            findings.extend(unknown.map(|name| {
                Finding::error("form-reference-unknown")
                    .in_file(&*field.file)
                    .at_row(field.row)
                    .in_column(header)
                    .with("name", name)
                    .with("nearest", suggestion(name, known.iter().map(String::as_str)))
            }));
        }
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
