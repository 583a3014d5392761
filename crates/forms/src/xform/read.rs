//! Reads the survey's rows into a tree: what begins and ends, and the questions within.

use std::collections::BTreeMap;

use model::finding::Finding;
use model::limits::FORM_DEPTH_MAX;

use super::choices::Choices;
use super::parameters::{self, Fault};
use super::question;
use super::scan;
use super::select::{self, TableList};
use super::tree::{Element, Id, Kind, ROOT, Tree};
use super::types;
use crate::suggestion::suggestion;
use crate::workbook::{Cell, Row, SURVEY, Workbook, yes_or_no};

/// A form that was read.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) tree: Tree,
    pub(super) choices: Choices,
    /// Titles that rows of the survey set, as forms once did.
    pub(super) settings: BTreeMap<&'static str, String>,
}

/// Reads the rows of a workbook.
pub(super) fn read(book: &Workbook, root: &str, findings: &mut Vec<Finding>) -> Form {
    let choices = Choices::read(book, findings);
    let form = Form { tree: Tree::new(root), choices, settings: BTreeMap::new() };
    let open = vec![Open::new(ROOT, Kind::Survey, "", 0)];
    let mut reader =
        Reader { form, book, open, repeats: BTreeMap::new(), meta: Vec::new(), findings };
    for row in book.rows(SURVEY) {
        reader.row(row);
    }
    reader.finish()
}

/// A group, repeat or loop that is open.
struct Open {
    id: Id,
    kind: Kind,
    is_loop: bool,
    name: String,
    row: u64,
    /// Names within, and the row of each.
    names: BTreeMap<String, u64>,
    table_list: Option<TableList>,
}

impl Open {
    fn new(id: Id, kind: Kind, name: &str, row: u64) -> Self {
        let (name, names) = (name.to_owned(), BTreeMap::new());
        Self { id, kind, is_loop: false, name, row, names, table_list: None }
    }
}

/// A survey that is being read.
pub(super) struct Reader<'a> {
    pub(super) form: Form,
    pub(super) book: &'a Workbook,
    open: Vec<Open>,
    repeats: BTreeMap<String, u64>,
    meta: Vec<Element>,
    findings: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn row(&mut self, row: &Row) {
        if row.text("disabled").and_then(yes_or_no) == Some(true) {
            return;
        }
        let Some(word) = row.text("type").map(types::newer_word) else {
            if row.get("name").is_some() || row.get("label").is_some() {
                self.refuse(row, "form-type-unknown", "type", |finding| {
                    finding.with("type", "").with("nearest", types::WORDS.join(", "))
                });
            }
            return;
        };
        match word {
            "audit" => self.audit(row),
            "form_title" | "set_form_title" => self.set(row, "title"),
            "form_id" | "set_form_id" => self.set(row, "id_string"),
            "prefix" => self.set(row, "prefix"),
            word => match control_word(word) {
                Some(Controls::Begin(kind, list)) => self.begin(row, kind, list),
                Some(Controls::End(kind, is_loop)) => self.end(row, kind, is_loop),
                None => self.question(row, word),
            },
        }
    }

    fn set(&mut self, row: &Row, setting: &'static str) {
        if let Some(name) = row.text("name") {
            self.form.settings.insert(setting, name.to_owned());
        }
    }

    fn audit(&mut self, row: &Row) {
        let mut element = question::element(row, "audit", "audit");
        if let Some(name) = row.text("name").filter(|name| *name != "audit") {
            self.refuse(row, "name-invalid", "name", |finding| finding.with("value", name));
        }
        let read = read_parameters(row)
            .and_then(|read| parameters::apply(&mut element, &read, &self.form.choices));
        self.check(row, read);
        self.meta.push(element);
    }

    fn begin(&mut self, row: &Row, kind: Kind, list: Option<String>) {
        let is_loop = matches!(kind, Kind::Group) && list.is_some();
        let name = self.name(row).unwrap_or_default();
        if kind == Kind::Repeat {
            self.check_repeat(row, &name);
        }
        if self.open.len() > FORM_DEPTH_MAX {
            self.refuse(row, "form-group-deep", "type", |finding| {
                finding.with("max", FORM_DEPTH_MAX)
            });
        }
        if let Some(list) =
            list.as_ref().filter(|list| is_loop && self.form.choices.get(list).is_none())
        {
            self.unknown_list(row, list);
        }
        let mut element = question::section(row, &name, kind);
        element.loop_list = list.filter(|_| is_loop);
        if kind == Kind::Repeat {
            self.count_node(row, &mut element);
        }
        let table = select::table_list(&mut element);
        let label = table.as_ref().and_then(|_| question::table_label(&mut element));
        let parent = self.open.get(..FORM_DEPTH_MAX).and_then(|open| open.last());
        let parent = parent.map_or_else(|| self.innermost(), |open| open.id);
        let id = self.form.tree.add(parent, element);
        if let Some(label) = label {
            self.form.tree.add(id, label);
        }
        let mut open = Open::new(id, kind, &name, row.number);
        open.is_loop = is_loop;
        open.table_list = table;
        self.open.push(open);
    }

    /// A count that is more than a reference gets a node of its own.
    fn count_node(&mut self, row: &Row, element: &mut Element) {
        let Some(count) = element.controlled("jr:count").map(str::to_owned) else { return };
        let is_whole = scan::references(&count)
            .next()
            .is_some_and(|found| found.start == 0 && found.end == count.len());
        if is_whole {
            return;
        }
        let name = format!("{}_count", element.name);
        let mut node = question::generated(&name, "calculate", row.number);
        node.bind_to("readonly", Cell::Text("true()".to_owned()));
        node.bind_to("calculate", Cell::Text(count));
        let parent = self.innermost();
        self.form.tree.add(parent, node);
        element.control_with("jr:count", &format!("${{{name}}}"));
    }

    fn check_repeat(&mut self, row: &Row, name: &str) {
        let root = self.form.tree.get(ROOT).name.clone();
        let first = if root == name {
            Some("settings".to_owned())
        } else {
            let first = self.repeats.insert(name.to_owned(), row.number);
            first.map(|first| format!("{SURVEY}:{first}"))
        };
        if let Some(first) = first {
            self.refuse(row, "form-name-twice", "name", |finding| {
                finding.with("name", name).with("first", first)
            });
        }
    }

    fn end(&mut self, row: &Row, kind: Kind, is_loop: bool) {
        let fits = |open: &Open| open.kind == kind && open.is_loop == is_loop;
        if self.open.len() > 1 && self.open.last().is_some_and(fits) {
            self.open.pop();
        } else {
            self.refuse(row, "form-group-not-open", "type", |finding| finding);
        }
    }

    fn question(&mut self, row: &Row, word: &str) {
        let Some(name) = self.name(row) else { return };
        if let Some(asked) = select::read_type(word) {
            return self.select(row, &name, &asked);
        }
        let parent = self.innermost();
        if let Some(extension) = external(word) {
            self.form.tree.add(parent, Element::new(&name, Kind::External(extension), row.number));
            return;
        }
        let Some(question) = types::of(word) else { return self.unknown_type(row, word) };
        let mut element = question::element(row, &name, word);
        self.defaults(&mut element);
        if word == "calculate" && element.bound("calculate").is_none() && !element.is_dynamic {
            self.refuse(row, "form-calculation-missing", "calculation", |finding| finding);
        }
        if word == "background-geopoint"
            && (element.triggers.is_empty() || element.bound("calculate").is_some())
        {
            self.refuse(row, "form-trigger-missing", "trigger", |finding| finding);
        }
        element.kind = Kind::Question(question);
        let read = read_parameters(row)
            .and_then(|read| parameters::apply(&mut element, &read, &self.form.choices));
        self.check(row, read);
        question::acts(&mut element);
        self.form.tree.add(parent, element);
    }

    fn select(&mut self, row: &Row, name: &str, asked: &select::Asked) {
        let mut element = question::element(row, name, asked.word);
        self.defaults(&mut element);
        let parent = self.innermost();
        let mut table = self.open.last_mut().and_then(|open| open.table_list.take());
        let read = read_parameters(row);
        let is_file = asked.is_file;
        if let Ok(read) = &read {
            element.parameters.clone_from(read);
        }
        self.check(row, read.and_then(|read| parameters::check_select(&read, is_file)));
        let mut header = None;
        match select::complete(&mut element, asked, self.book, &mut self.form.choices) {
            Ok(()) => {
                if let Some(table) = &mut table {
                    header = table.header(&mut element, asked);
                    if let Some(first) = table.other_list(asked) {
                        self.refuse(row, "form-table-list", "type", |finding| {
                            finding.with("list", &asked.list).with("first", first)
                        });
                    }
                }
            }
            Err(refusal) => self.refuse_select(row, &asked.list, refusal),
        }
        if let Some(open) = self.open.last_mut() {
            open.table_list = table;
        }
        if let Some(header) = header {
            self.form.tree.add(parent, header);
        }
        let other = asked.has_other.then(|| select::other_question(name, row.number));
        self.form.tree.add(parent, element);
        if let Some(other) = other {
            self.form.tree.add(parent, other);
        }
    }

    fn refuse_select(&mut self, row: &Row, list: &str, refusal: select::Refusal) {
        match refusal {
            select::Refusal::List => self.unknown_list(row, list),
            select::Refusal::FileName => {
                self.refuse(row, "form-file-name", "type", |finding| finding.with("file", list));
            }
            select::Refusal::Blank(code) => {
                self.refuse(row, "list-code-invalid", "type", |finding| {
                    finding.with("value", code)
                });
            }
            select::Refusal::FilteredOther => {
                self.refuse(row, "form-other-filtered", "choice_filter", |finding| finding);
            }
            select::Refusal::SearchedFile => {
                self.refuse(row, "form-type-unsupported", "appearance", |finding| {
                    finding.with("type", "search()")
                });
            }
        }
    }

    /// Marks a default that is computed: set when the form opens, and anew in every repetition.
    fn defaults(&mut self, element: &mut Element) {
        let has_dashes =
            ["date", "dateTime", "geopoint", "geotrace", "geoshape"].contains(&&*element.word);
        let is_computed = |text: &String| scan::is_computed(text, has_dashes);
        if !element.default.as_ref().is_some_and(is_computed) {
            return;
        }
        element.is_dynamic = true;
        let in_repeat = self.open.iter().any(|open| open.kind == Kind::Repeat);
        question::sets_default(element, in_repeat);
    }

    /// The name of a row, checked against its siblings.
    fn name(&mut self, row: &Row) -> Option<String> {
        let is_note = row.text("type") == Some("note");
        let name = match row.text("name") {
            Some(name) => name.to_owned(),
            None if is_note => format!("generated_note_name_{}", row.number),
            None => {
                self.refuse(row, "form-name-missing", "name", |finding| finding);
                return None;
            }
        };
        if !scan::is_tag(&name) {
            self.refuse(row, "form-name-unfit", "name", |finding| finding.with("value", &name));
            return None;
        }
        let names = self.open.last_mut().map(|open| &mut open.names);
        let first = names.and_then(|names| names.insert(name.clone(), row.number));
        let taken = if name == "meta" { Some(0) } else { first };
        if let Some(first) = taken {
            self.refuse(row, "form-name-twice", "name", |finding| {
                finding.with("name", &name).with("first", format!("{SURVEY}:{first}"))
            });
        }
        Some(name)
    }

    fn innermost(&self) -> Id {
        self.open.last().map_or(ROOT, |open| open.id)
    }

    fn unknown_type(&mut self, row: &Row, word: &str) {
        let first = word.split_whitespace().next().unwrap_or_default();
        if ["include", "osm"].contains(&first) {
            let say = |finding: Finding| finding.with("type", word);
            return self.refuse(row, "form-type-unsupported", "type", say);
        }
        let near = suggestion(first, types::WORDS);
        self.refuse(row, "form-type-unknown", "type", |finding| {
            finding.with("type", word).with("nearest", near)
        });
    }

    fn unknown_list(&mut self, row: &Row, list: &str) {
        let near = suggestion(list, self.form.choices.names());
        self.refuse(row, "form-list-unknown", "type", |finding| {
            finding.with("list", list).with("nearest", near)
        });
    }

    fn check(&mut self, row: &Row, read: Result<(), Fault>) {
        match read {
            Ok(()) => {}
            Err(Fault::Unreadable) => {
                let text = row.text("parameters").unwrap_or_default().to_owned();
                self.refuse(row, "form-parameters-unclear", "parameters", |finding| {
                    finding.with("value", text)
                });
            }
            Err(Fault::Unknown(name, known)) => {
                self.refuse(row, "form-parameter-unknown", "parameters", |finding| {
                    finding.with("name", name).with("known", known.join(", "))
                });
            }
            Err(Fault::Value(name, value)) => {
                self.refuse(row, "form-parameter-value", "parameters", |finding| {
                    finding.with("name", name).with("value", value)
                });
            }
        }
    }

    fn refuse(
        &mut self,
        row: &Row,
        code: &'static str,
        column: &str,
        say: impl FnOnce(Finding) -> Finding,
    ) {
        let finding = Finding::error(code).in_file(SURVEY).at_row(row.number).in_column(column);
        self.findings.push(say(finding));
    }

    /// Closes the form: what is open is said, loops are laid out, and the meta block is added.
    fn finish(mut self) -> Form {
        for open in self.open.drain(1..) {
            let finding = Finding::error("form-group-open").in_file(SURVEY).at_row(open.row);
            self.findings.push(finding.in_column("type").with("group", open.name));
        }
        super::loops::lay_out(&mut self.form);
        super::meta::add(&mut self.form, self.meta, self.book);
        self.form.tree.learn_names();
        self.form
    }
}

fn read_parameters(row: &Row) -> Result<parameters::Parameters, Fault> {
    parameters::read(row.text("parameters").unwrap_or_default())
}

fn external(word: &str) -> Option<&'static str> {
    match word {
        "csv-external" => Some("csv"),
        "xml-external" => Some("xml"),
        _ => None,
    }
}

/// What begins or ends a section.
pub(crate) enum Controls {
    Begin(Kind, Option<String>),
    End(Kind, bool),
}

/// `begin group`, `end_repeat`, `begin loop over LIST`.
pub(crate) fn control_word(word: &str) -> Option<Controls> {
    let (begins, rest) = match word.split_at_checked(word.find([' ', '_'])?)? {
        ("begin", rest) => (true, rest),
        ("end", rest) => (false, rest),
        _ => return None,
    };
    let rest = rest.trim_start_matches([' ', '_']);
    let names = [
        ("looped group", Kind::Repeat, false),
        ("lgroup", Kind::Repeat, false),
        ("group", Kind::Group, false),
        ("repeat", Kind::Repeat, false),
        ("loop", Kind::Group, true),
    ];
    let (name, kind, is_loop) = names.into_iter().find(|(name, ..)| rest.starts_with(name))?;
    let argument = rest.strip_prefix(name)?;
    if !begins {
        return argument.is_empty().then_some(Controls::End(kind, is_loop));
    }
    let argument = argument.strip_prefix(" over").unwrap_or(argument);
    let list = argument.strip_prefix(' ').filter(|list| !list.contains(char::is_whitespace));
    if !argument.is_empty() && list.is_none() {
        return None;
    }
    Some(Controls::Begin(
        kind,
        if is_loop { Some(list.unwrap_or_default().to_owned()) } else { None },
    ))
}
