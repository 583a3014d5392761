//! Asking a node: pages, counts, one record, its history, as the viewer may see them.

use exchange::json;
use filter::Filter;
use journal::{Act, Content, Edit, Operation, Seen};
use model::finding::Finding;
use model::id::{EntryId, Name, RecordId};
use model::limits::PAGE_MAX;
use model::value::{FieldType, Value};
use policy::Viewer;
use serde_json::{Map, Value as Json, json};
use store::{Found, Order, Query, StoredEntry, Whole};

use crate::error::{AppError, Kind};
use crate::narrow;
use crate::node::Node;

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

/// One record as JSON: `values`, `conflicts`, remarks, provenance.
#[derive(Debug, Clone)]
pub struct Shown(pub Json);

/// One step of a history as JSON.
#[derive(Debug, Clone)]
pub struct Step(pub Json);

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
        let (register, query) = self.prepared(question)?;
        if query.limit > PAGE_MAX {
            let finding = Finding::error("page-too-large").with("max", PAGE_MAX);
            return Err(AppError::invalid(vec![finding]));
        }
        let page = self.store.query(viewer, &register, &query)?;
        let form = &self.register(register.as_str())?.form;
        let kind = |name: &Name| form.field(name.as_str()).map(|field| (name.clone(), field.kind));
        let view = |Found { id, values, conflict }| RecordView { id, values, conflict };
        Ok(Answer {
            fields: query.fields.iter().filter_map(kind).collect(),
            list_columns: self.register(register.as_str())?.list_columns.clone(),
            records: page.records.into_iter().map(view).collect(),
            more: page.more,
        })
    }

    /// How many records there are.
    pub fn count(&self, viewer: &Viewer, question: &Question) -> Result<u64, AppError> {
        let (register, query) = self.prepared(question)?;
        Ok(self.store.count(viewer, &register, &query)?)
    }

    /// One record whole.
    pub fn show(&self, viewer: &Viewer, register: &str, id: &str) -> Result<Shown, AppError> {
        let whole = self.whole(viewer, register, id)?;
        let names = self.user_names()?;
        Ok(Shown(self.shown(&whole, &names)?))
    }

    /// A record's history, oldest step first.
    pub fn history(
        &self,
        viewer: &Viewer,
        register: &str,
        id: &str,
    ) -> Result<Vec<Step>, AppError> {
        let whole = self.whole(viewer, register, id)?;
        let names = self.user_names()?;
        let mut steps: Vec<&StoredEntry> = whole.history.iter().collect();
        steps.sort_by_key(|stored| (stored.at, stored.id));
        Ok(steps.into_iter().map(|stored| Step(step(stored, &names))).collect())
    }

    /// A register, a filter and the rest of a question, checked.
    pub(crate) fn prepared(&self, question: &Question) -> Result<(Name, Query), AppError> {
        let register = self.register(&question.register)?;
        let filter = whole_filter(question, register)?;
        let fields = if question.fields.is_empty() {
            register.form.fields().iter().map(|field| field.name.clone()).collect()
        } else {
            fields_named(register, &question.fields)?
        };
        let query = Query {
            filter,
            fields,
            search: question.search.clone(),
            order: if question.oldest_first { Order::Oldest } else { Order::Newest },
            limit: question.limit,
            offset: question.offset,
        };
        Ok((register.name.clone(), query))
    }

    pub(crate) fn whole(
        &self,
        viewer: &Viewer,
        register: &str,
        id: &str,
    ) -> Result<Whole, AppError> {
        let register = self.register(register)?;
        let id = crate::undo::batch_id(id)?;
        let whole = self.store.record(viewer, &register.name, &id)?;
        whole.ok_or_else(|| AppError::absent("record-absent", id))
    }

    pub(crate) fn user_names(&self) -> Result<Names, AppError> {
        let users = self.store.ground().accounts()?;
        Ok(Names(users.into_iter().map(|user| (user.number, user.name)).collect()))
    }

    fn shown(&self, whole: &Whole, names: &Names) -> Result<Json, AppError> {
        let state = whole.state();
        let table = self.store.table(&whole.register)?;
        let values: Map<String, Json> = table
            .fields()
            .zip(&whole.values)
            .map(|((name, _), value)| (name.to_string(), optional(value.as_ref())))
            .collect();
        let conflicts: Map<String, Json> = state
            .conflicts()
            .map(|field| (field.to_string(), concurrent(&state.fields[field], names)))
            .collect();
        let comments = state.comments.iter().map(|seen| {
            json!({ "text": seen.content.text, "field": seen.content.field.as_ref().map(Name::as_str),
                    "user": names.of(seen.user), "at": seen.at.wall().to_string() })
        });
        let attachments = state.attachments.iter().map(|seen| {
            json!({ "name": seen.content.name, "bytes": seen.content.bytes,
                    "media_type": seen.content.media_type, "blob": seen.content.blob.to_string() })
        });
        let links = state.links.iter().map(|seen| {
            json!({ "relation": seen.content.relation.as_str(), "target": seen.content.target.to_string() })
        });
        let moment = |moment: Option<journal::Moment>| {
            moment.map(|m| json!({ "at": m.at.wall().to_string(), "user": names.of(m.user) }))
        };
        Ok(json!({
            "id": whole.id.to_string(),
            "register": whole.register.as_str(),
            "deleted": state.deleted,
            "edited_after_deletion": state.edited_after_deletion,
            "values": values,
            "conflicts": conflicts,
            "comments": comments.collect::<Vec<_>>(),
            "attachments": attachments.collect::<Vec<_>>(),
            "links": links.collect::<Vec<_>>(),
            "created": moment(state.first),
            "changed": moment(state.last),
            "batch": self.batch_json(state.batch, names)?,
            "entries": whole.history.len(),
        }))
    }

    fn batch_json(&self, batch: Option<RecordId>, names: &Names) -> Result<Json, AppError> {
        let Some(id) = batch else { return Ok(Json::Null) };
        let batches = self.store.ground().batches()?;
        let Some((id, at, user, batch)) = batches.into_iter().find(|(known, ..)| *known == id)
        else {
            return Ok(json!({ "id": id.to_string() }));
        };
        Ok(json!({
            "id": id.to_string(),
            "file": batch.file_name,
            "file_hash": hex(&batch.file_hash),
            "mapping": batch.mapping.as_str(),
            "importer": names.of(user),
            "at": at.wall().to_string(),
        }))
    }
}

/// User names by number.
pub(crate) struct Names(std::collections::BTreeMap<u32, String>);

impl Names {
    pub(crate) fn of(&self, user: u32) -> String {
        match (user, self.0.get(&user)) {
            (_, Some(name)) => name.clone(),
            (0, None) => "node".to_owned(),
            (number, None) => format!("user {number}"),
        }
    }
}

fn fields_named(
    register: &mission::register::Register,
    names: &[String],
) -> Result<Vec<Name>, AppError> {
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
fn whole_filter(
    question: &Question,
    register: &mission::register::Register,
) -> Result<Filter, AppError> {
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

fn parse_filter(text: &str, register: &mission::register::Register) -> Result<Filter, AppError> {
    let parsed = if text.trim_start().starts_with('{') {
        filter::parse_json(text, register)
    } else {
        filter::parse(text, register)
    };
    parsed.map_err(|findings| AppError { kind: Kind::Invalid, findings, source: None })
}

fn optional(value: Option<&Value>) -> Json {
    value.map_or(Json::Null, json::value)
}

fn content_json(content: &Content) -> Json {
    match content {
        Content::Plain(value) => optional(value.as_ref()),
        Content::Sealed { compartment, .. } => json!({ "sealed": compartment.as_str() }),
    }
}

fn concurrent(seen: &[Seen<'_, Content>], names: &Names) -> Json {
    let value = |seen: &Seen<'_, Content>| {
        json!({ "value": content_json(seen.content), "entry": seen.entry.to_string(),
                "user": names.of(seen.user), "at": seen.at.wall().to_string() })
    };
    seen.iter().map(value).collect()
}

/// An entry as a step of a history.
pub(crate) fn step(stored: &StoredEntry, names: &Names) -> Json {
    let mut object = json!({
        "entry": stored.id.to_string(),
        "at": stored.at.wall().to_string(),
        "received": stored.received.map(|at| at.to_string()),
        "log": stored.log.to_string(),
        "sequence": stored.sequence,
    });
    let said =
        stored.operation.as_ref().map_or_else(|| json!({ "act": "erased" }), |o| said(o, names));
    if let (Json::Object(object), Json::Object(said)) = (&mut object, said) {
        object.extend(said);
    }
    object
}

fn said(operation: &Operation, names: &Names) -> Json {
    let (act, detail) = act_json(&operation.act);
    json!({
        "act": act,
        "user": names.of(operation.user),
        "record": operation.record.map(|id| id.to_string()),
        "batch": operation.batch.map(|id| id.to_string()),
        "reason": operation.reason,
        "detail": detail,
    })
}

fn act_json(act: &Act) -> (&'static str, Json) {
    match act {
        Act::Set { register, edits } => {
            ("set", json!({ "register": register.as_str(), "fields": edits_json(edits) }))
        }
        Act::Delete { overwrites } => ("delete", ids(overwrites)),
        Act::Restore { overwrites } => ("restore", ids(overwrites)),
        Act::Remove { overwrites } => ("remove", ids(overwrites)),
        Act::Transition(step) => (
            "transition",
            json!({ "workflow": step.workflow.as_str(), "from": step.from.as_ref().map(Name::as_str),
                    "to": step.to.as_str() }),
        ),
        Act::Comment(comment) => ("comment", json!({ "text": comment.text })),
        Act::Attach(file) => ("attach", json!({ "name": file.name, "bytes": file.bytes })),
        Act::Link(link) => (
            "link",
            json!({ "relation": link.relation.as_str(), "target": link.target.to_string() }),
        ),
        Act::Erase(erasure) => ("erase", ids(&erasure.entries)),
        Act::Batch(batch) => (
            "batch",
            json!({ "register": batch.register.as_str(), "mapping": batch.mapping.as_str(),
                    "file": batch.file_name, "file_hash": hex(&batch.file_hash), "rows": batch.rows }),
        ),
        Act::Pack(pack) => (
            "pack",
            json!({ "name": pack.name.as_str(), "version": pack.version, "files": pack.files.len() }),
        ),
        Act::Member(member) => ("member", member_json(member)),
        Act::Locked(_) => ("locked", Json::Null),
        Act::Unknown { kind, .. } => ("unknown", json!({ "kind": kind })),
    }
}

fn member_json(member: &journal::Member) -> Json {
    match member {
        journal::Member::Admit(admission) => json!({ "admit": admission.device.to_string() }),
        journal::Member::Revoke(revocation) => json!({ "revoke": revocation.device.to_string() }),
        journal::Member::User(user) => json!({ "user": user.name, "number": user.number }),
        journal::Member::Log(log) => json!({ "log": log.id().to_string() }),
        journal::Member::Compartment(key) => json!({ "compartment": key.compartment.as_str() }),
    }
}

fn edits_json(edits: &[Edit]) -> Json {
    let edit = |edit: &Edit| {
        let detail =
            json!({ "value": content_json(&edit.content), "overwrites": ids(&edit.overwrites) });
        (edit.field.to_string(), detail)
    };
    Json::Object(edits.iter().map(edit).collect())
}

fn ids(entries: &[EntryId]) -> Json {
    entries.iter().map(|entry| Json::String(entry.to_string())).collect()
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8; 32]) -> String {
    EntryId::from_bytes(*bytes).to_string()
}
