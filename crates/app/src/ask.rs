//! Asking a node: pages, counts, one record, its history, as the viewer may see them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use filter::Filter;
use mission::register::Register;
use model::finding::Finding;
use model::id::{Name, RecordId};
use model::limits::{OFFSET_MAX, PAGE_MAX};
use model::value::{FieldType, Value};
use policy::{Action, Viewer};
use serde_json::{Map, Value as Json};
use store::{Found, Order, Query, Whole};

use crate::error::{AppError, Kind};
use crate::narrow;
use crate::node::Node;
use crate::shown::{Names, optional};

/// What is asked of a register.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// The register.
    pub register: String,
    /// CQL2 text, or CQL2 JSON where it begins with `{`; nothing for all records.
    pub filter: Option<String>,
    /// Words the text must hold.
    pub search: Option<String>,
    /// A box as OGC API Features has it: four numbers, or six; over the date line where west > east.
    pub bbox: Option<String>,
    /// A day, an instant or a period as OGC API Features has it: `2018-03-01`, `2018-03-01/..`.
    pub datetime: Option<String>,
    /// Fields and the texts their values must equal.
    pub equals: Vec<(String, String)>,
    /// The fields of each record, in this order; none for all.
    pub fields: Vec<String>,
    /// Earliest first rather than newest.
    pub oldest_first: bool,
    /// At most so many records.
    pub limit: usize,
    /// After so many.
    pub offset: usize,
}

/// The answer to a question.
#[derive(Debug)]
pub struct Answer {
    /// The fields, in the order of the values of each record.
    pub fields: Vec<(Name, FieldType)>,
    /// The fields a list shows, as the register says.
    pub list_columns: Vec<Name>,
    /// The records.
    pub records: Vec<RecordView>,
    /// Whether more follow.
    pub more: bool,
}

/// A record on a page.
#[derive(Debug, Clone)]
pub struct RecordView {
    /// Its id.
    pub id: RecordId,
    /// Its values in the order of the fields.
    pub values: Vec<Option<Value>>,
    /// Whether values conflict.
    pub conflict: bool,
}

impl Answer {
    /// A record as a JSON object of its id and every field, null where unknown.
    pub fn json(&self, record: &RecordView) -> Json {
        let mut object = Map::new();
        object.insert("id".to_owned(), Json::String(record.id.to_string()));
        for ((name, _), value) in self.fields.iter().zip(&record.values) {
            object.insert(name.to_string(), optional(value.as_ref()));
        }
        if record.conflict {
            object.insert("_conflict".to_owned(), Json::Bool(true));
        }
        Json::Object(object)
    }

    /// The value of a field of a record.
    pub fn value<'r>(&self, record: &'r RecordView, field: &Name) -> Option<&'r Value> {
        let at = self.fields.iter().position(|(name, _)| name == field)?;
        record.values.get(at)?.as_ref()
    }
}

impl Node {
    /// A page of records.
    pub fn ask(&self, viewer: &Viewer, question: &Question) -> Result<Answer, AppError> {
        let (register, query) = self.asked(viewer, question)?;
        check_page(question)?;
        let page = self.store.query(viewer, &register.name, &query)?;
        let field = |name: &Name| register.form.field(name.as_str());
        let kind = |name: &Name| field(name).map(|field| (name.clone(), field.kind));
        let view = |Found { id, values, conflict }| RecordView { id, values, conflict };
        Ok(Answer {
            fields: query.fields.iter().filter_map(kind).collect(),
            list_columns: register.list_columns.clone(),
            records: page.records.into_iter().map(view).collect(),
            more: page.more,
        })
    }

    /// How many records there are.
    pub fn count(&self, viewer: &Viewer, question: &Question) -> Result<u64, AppError> {
        let (register, query) = self.asked(viewer, question)?;
        Ok(self.store.count(viewer, &register.name, &query)?)
    }

    /// What somebody asks for, of a register that they may know of, as they see it.
    pub(crate) fn asked(
        &self,
        viewer: &Viewer,
        question: &Question,
    ) -> Result<(Cow<'_, Register>, Query), AppError> {
        self.asked_for(viewer, Action::Read, question)
    }

    /// The same for another action than reading.
    pub(crate) fn asked_for(
        &self,
        viewer: &Viewer,
        action: Action,
        question: &Question,
    ) -> Result<(Cow<'_, Register>, Query), AppError> {
        let register = self.register_seen(viewer, action, &question.register)?;
        let query = query(question, &register)?;
        Ok((register, query))
    }

    pub(crate) fn whole(
        &self,
        viewer: &Viewer,
        register: &str,
        id: &str,
    ) -> Result<Whole, AppError> {
        let register = self.register_for(viewer, register)?;
        let id = crate::undo::batch_id(id)?;
        let whole = self.store.record(viewer, &register.name, &id)?;
        whole.ok_or_else(|| AppError::absent("record-absent", id))
    }

    pub(crate) fn user_names(&self) -> Result<Names, AppError> {
        let users = self.store.ground().accounts()?;
        let names: BTreeMap<u32, String> =
            users.into_iter().map(|user| (user.number, user.name)).collect();
        Ok(Names(names))
    }
}

/// The filter and the rest of a question, checked.
pub(crate) fn query(question: &Question, register: &Register) -> Result<Query, AppError> {
    let filter = whole_filter(question, register)?;
    let fields = if question.fields.is_empty() {
        register.form.fields().iter().map(|field| field.name.clone()).collect()
    } else {
        fields_named(register, &question.fields)?
    };
    Ok(Query {
        filter,
        fields,
        search: question.search.clone(),
        order: if question.oldest_first { Order::Oldest } else { Order::Newest },
        limit: question.limit,
        offset: question.offset,
    })
}

/// A page is within its limits.
pub(crate) fn check_page(question: &Question) -> Result<(), AppError> {
    let large = |code, max: usize| AppError::invalid(vec![Finding::error(code).with("max", max)]);
    if question.limit > PAGE_MAX {
        return Err(large("page-too-large", PAGE_MAX));
    }
    if question.offset > OFFSET_MAX {
        return Err(large("offset-too-large", OFFSET_MAX));
    }
    Ok(())
}

fn fields_named(register: &Register, names: &[String]) -> Result<Vec<Name>, AppError> {
    let mut found = Vec::new();
    let mut findings = Vec::new();
    for name in names {
        match register.form.field(name) {
            Some(field) => found.push(field.name.clone()),
            None => findings.push(forms::check::unknown_field(&register.form, name)),
        }
    }
    if findings.is_empty() { Ok(found) } else { Err(AppError::invalid(findings)) }
}

/// Everything a question narrows its records by, as one filter; what is wrong with it, all at once.
pub(crate) fn whole_filter(question: &Question, register: &Register) -> Result<Filter, AppError> {
    let mut findings = Vec::new();
    let mut whole = match question.filter.as_deref().map(|text| parse_filter(text, register)) {
        Some(Err(error)) => {
            findings.extend(error.findings);
            Filter::all()
        }
        Some(Ok(filter)) => filter,
        None => Filter::all(),
    };
    let equals = question.equals.iter().map(|(name, text)| narrow::equals(register, name, text));
    let bbox = question.bbox.iter().map(|text| narrow::bbox(register, text));
    let datetime = question.datetime.iter().map(|text| narrow::datetime(register, text));
    for narrowing in bbox.chain(datetime).chain(equals) {
        match narrowing {
            Ok(filter) => whole = whole.and(filter),
            Err(finding) => findings.push(finding),
        }
    }
    if findings.is_empty() { Ok(whole) } else { Err(AppError::invalid(findings)) }
}

fn parse_filter(text: &str, register: &Register) -> Result<Filter, AppError> {
    let parsed = if text.trim_start().starts_with('{') {
        filter::parse_json(text, register)
    } else {
        filter::parse(text, register)
    };
    parsed.map_err(|findings| AppError { kind: Kind::Invalid, findings, source: None })
}
