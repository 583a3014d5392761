//! What a phone filled in: its document, read without trust, and the answers in it.
//!
//! A document without a document type, of bounded size: nothing in it brings in anything. Groups are
//! passed through, repeats become rows; every answer is read by its field as if somebody had typed
//! it. A form that has changed since finds its answers by their names; what has no field any more is
//! told apart, so that nobody thinks it is in the record. What the document looks like is described in
//! `forms::own`.

use std::collections::{BTreeMap, BTreeSet};

use forms::answer::parse_answer;
use forms::form::Field;
use mission::register::Register;
use model::finding::Finding;
use model::id::{BlobId, Name};
use model::limits::{PHONE_DEPTH_MAX, PHONE_NAME_BYTES_MAX, PHONE_NODES_MAX, PHONE_XML_BYTES_MAX};
use model::rows::Row;
use model::value::{FieldType, Value};
use roxmltree::{Document, Node, ParsingOptions};

use crate::edit::Values;

/// The element of what is about the document rather than in it.
const META: &str = "meta";
/// What marks an element as the pattern of a repeat rather than an answer.
const TEMPLATE: (&str, &str) = ("http://openrosa.org/javarosa", "template");
/// The most of a name that a finding repeats, in characters.
const SHOWN_CHARS_MAX: usize = 80;

/// A document that a phone sent.
pub(super) struct Instance<'x> {
    document: Document<'x>,
}

/// What a document says in the fields of a register.
#[derive(Default)]
pub(super) struct Said {
    /// The values by field; no value where nothing was answered.
    pub(super) values: Values,
    /// The files that answers name, with the field of each.
    pub(super) files: BTreeMap<String, Name>,
    /// What is wrong with the answers.
    pub(super) findings: Vec<Finding>,
    /// The names of answers that no field asks for.
    pub(super) unplaced: BTreeSet<String>,
}

impl<'x> Instance<'x> {
    /// Reads the document.
    pub(super) fn read(xml: &'x [u8]) -> Result<Self, Finding> {
        if xml.len() > PHONE_XML_BYTES_MAX {
            return Err(Finding::error("phone-xml-too-large").with("max", PHONE_XML_BYTES_MAX));
        }
        let text = std::str::from_utf8(xml).map_err(|error| unreadable(&error))?;
        let options = ParsingOptions { nodes_limit: PHONE_NODES_MAX, ..ParsingOptions::default() };
        let document =
            Document::parse_with_options(text, options).map_err(|error| unreadable(&error))?;
        Ok(Self { document })
    }

    /// The form it answers.
    pub(super) fn form(&self) -> Result<&str, Finding> {
        let id = self.document.root_element().attribute("id");
        id.filter(|id| is_name(id)).ok_or_else(|| Finding::error("phone-form-unsaid"))
    }

    /// What the phone calls it.
    pub(super) fn id(&self) -> Result<String, Finding> {
        self.meta("instanceID").ok_or_else(|| Finding::error("phone-instance-unsaid"))
    }

    /// What it replaces.
    pub(super) fn replaces(&self) -> Option<String> {
        self.meta("deprecatedID")
    }

    /// What it says in the fields of a register, with the files that came so far.
    pub(super) fn answers(&self, register: &Register, files: &BTreeMap<String, BlobId>) -> Said {
        let mut said = Said::default();
        let fields = register.form.fields();
        let mut reading = Reading { files, said: &mut said, within: None };
        let row = reading.scope(self.document.root_element(), fields, 0);
        let state = register.workflow.as_ref().map(|flow| &flow.field);
        // The state is where a new record begins, and moved by transitions ever after.
        for field in fields.iter().filter(|field| Some(&field.name) != state) {
            said.values.insert(field.name.clone(), row.get(&field.name).cloned());
        }
        said
    }

    fn meta(&self, name: &str) -> Option<String> {
        let root = self.document.root_element();
        let meta = root.children().filter(|child| child.tag_name().name() == META);
        let mut within = meta.flat_map(|meta| meta.children());
        let text = text_of(within.find(|child| child.tag_name().name() == name)?);
        is_name(&text).then_some(text)
    }
}

/// Reading the answers of one document.
struct Reading<'r, 's> {
    files: &'r BTreeMap<String, BlobId>,
    said: &'s mut Said,
    /// The field of rows that is being read.
    within: Option<Name>,
}

/// The answers of one row, and the rows of its repeats so far.
#[derive(Default)]
struct Gathered {
    row: Row,
    repeats: BTreeMap<Name, Vec<Row>>,
}

impl Reading<'_, '_> {
    /// The answers below an element, in groups or not.
    fn scope(&mut self, element: Node<'_, '_>, fields: &[Field], depth: usize) -> Row {
        let mut gathered = Gathered::default();
        self.gather(element, fields, depth, &mut gathered);
        let Gathered { mut row, repeats } = gathered;
        row.extend(repeats.into_iter().map(|(name, rows)| (name, Value::Rows(rows))));
        row
    }

    fn gather(
        &mut self,
        element: Node<'_, '_>,
        fields: &[Field],
        depth: usize,
        gathered: &mut Gathered,
    ) {
        if depth > PHONE_DEPTH_MAX {
            self.said.findings.push(Finding::error("phone-xml-deep").with("max", PHONE_DEPTH_MAX));
            return;
        }
        for child in element.children().filter(Node::is_element) {
            let name = child.tag_name().name();
            let is_meta = depth == 0 && name == META;
            if is_meta || child.has_attribute(TEMPLATE) {
                continue;
            }
            let has_elements = child.children().any(|inner| inner.is_element());
            match fields.iter().find(|field| field.name.as_str() == name) {
                Some(field) if field.kind == FieldType::Record => {}
                Some(field) if field.kind == FieldType::Rows => {
                    let row = self.row(child, field, depth + 1);
                    gathered.repeats.entry(field.name.clone()).or_default().push(row);
                }
                Some(field) if !has_elements => {
                    self.answer(field, &text_of(child), &mut gathered.row);
                }
                None if has_elements => self.gather(child, fields, depth + 1, gathered),
                None if is_number_of_rows(fields, name) => {}
                Some(_) | None => self.unplaced(name, &text_of(child), has_elements),
            }
        }
    }

    fn row(&mut self, element: Node<'_, '_>, field: &Field, depth: usize) -> Row {
        let outer = self.within.clone();
        self.within.get_or_insert_with(|| field.name.clone());
        let row = self.scope(element, &field.fields, depth);
        self.within = outer;
        row
    }

    fn answer(&mut self, field: &Field, text: &str, row: &mut Row) {
        if row.contains_key(&field.name) && !text.is_empty() {
            let finding = Finding::error("phone-answer-twice").with("field", &field.name);
            self.said.findings.push(finding.in_column(field.name.as_str()));
            return;
        }
        let value = match field.kind {
            FieldType::Blob => Ok(self.file(field, text)),
            _ => parse_answer(field, text),
        };
        match value {
            Ok(Some(value)) => {
                row.insert(field.name.clone(), value);
            }
            Ok(None) => {}
            Err(findings) => self.said.findings.extend(findings),
        }
    }

    /// The file of that name, where it came. A file in a row belongs to the field of the rows.
    fn file(&mut self, field: &Field, name: &str) -> Option<Value> {
        if name.is_empty() {
            return None;
        }
        let place = self.within.clone().unwrap_or_else(|| field.name.clone());
        self.said.files.insert(name.to_owned(), place);
        self.files.get(name).map(|blob| Value::Blob(*blob))
    }

    /// Something that the register's form does not ask.
    fn unplaced(&mut self, name: &str, text: &str, has_elements: bool) {
        if has_elements || !text.is_empty() {
            self.said.unplaced.insert(name.chars().take(SHOWN_CHARS_MAX).collect());
        }
    }
}

fn unreadable(what: &dyn std::fmt::Display) -> Finding {
    Finding::error("phone-xml-wrong").with("what", what)
}

/// Whether it says how many rows a repeat has, where that is computed.
fn is_number_of_rows(fields: &[Field], name: &str) -> bool {
    let repeat = name.strip_suffix("_count").unwrap_or_default();
    fields.iter().any(|field| field.kind == FieldType::Rows && field.name.as_str() == repeat)
}

/// The text of an element, comments and the like left out.
fn text_of(element: Node<'_, '_>) -> String {
    let texts = element.children().filter(Node::is_text).filter_map(|text| text.text());
    texts.collect::<String>().trim().to_owned()
}

fn is_name(text: &str) -> bool {
    (1..=PHONE_NAME_BYTES_MAX).contains(&text.len()) && !text.chars().any(char::is_control)
}
