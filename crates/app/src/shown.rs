//! One record and its history as JSON: what stands in it, who put it there, what the viewer may do.

use std::collections::BTreeMap;

use exchange::json;
use journal::{Act, Attachment, Comment, Content, Edit, Member, Operation, RecordState, Seen};
use model::id::{EntryId, Name, RecordId};
use model::time::hybrid::HybridTime;
use model::value::Value;
use policy::{Action, Viewer};
use serde_json::{Map, Value as Json, json};
use store::{StoredEntry, Whole};

use crate::edit::shown_values;
use crate::error::AppError;
use crate::import::ByName;
use crate::node::Node;
use crate::registers::schema;
use crate::version::Version;

/// What can be done to a record, in the order people are told.
const CAN: [Action; 8] = [
    Action::Read,
    Action::Export,
    Action::Edit,
    Action::Transition,
    Action::Comment,
    Action::Settle,
    Action::Attach,
    Action::Delete,
];

/// One record as JSON: `values`, `conflicts`, remarks, provenance, what the viewer may do with it.
#[derive(Debug, Clone)]
pub struct Shown(pub Json);

/// One step of a history as JSON.
#[derive(Debug, Clone)]
pub struct Step(pub Json);

impl Shown {
    /// What whoever reads this has seen: given back with an edit, it says that nothing came between.
    pub fn version(&self) -> &str {
        self.0["version"].as_str().unwrap_or_default()
    }
}

impl Node {
    /// One record whole.
    pub fn show(&self, viewer: &Viewer, register: &str, id: &str) -> Result<Shown, AppError> {
        let whole = self.whole(viewer, register, id)?;
        let names = self.user_names()?;
        Ok(Shown(self.shown(viewer, &whole, &names)?))
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
        let mut steps: Vec<&StoredEntry> = self.steps_known(viewer, &whole)?;
        steps.sort_by_key(|stored| (stored.at, stored.id));
        Ok(steps.into_iter().map(|stored| Step(step(stored, &names))).collect())
    }

    fn shown(&self, viewer: &Viewer, whole: &Whole, names: &Names) -> Result<Json, AppError> {
        let state = whole.state();
        let table = self.store.table(&whole.register)?;
        let values: Map<String, Json> = table
            .fields()
            .zip(&whole.values)
            .filter(|((name, _), _)| !whole.closed.contains(*name))
            .map(|((name, _), value)| (name.to_string(), optional(value.as_ref())))
            .collect();
        let conflicts: Map<String, Json> = state
            .conflicts()
            .map(|field| (field.to_string(), concurrent(&state.fields[field], names)))
            .collect();
        let moment = |at: HybridTime, user: u32| json!({ "at": at.wall().to_string(), "user": names.of(user) });
        let steps = self.steps_known(viewer, whole)?;
        let changed = steps.iter().filter_map(|s| Some((s.at, s.id, s.operation.as_ref()?.user)));
        let changed = changed.max().map(|(at, _, user)| moment(at, user));
        let (can, transitions) = self.can(viewer, whole)?;
        let merges = self.merges_shown(viewer, whole, names)?;
        Ok(json!({
            "id": whole.id.to_string(),
            "register": whole.register.as_str(),
            "version": Version::of(whole).to_string(),
            "deleted": whole.deleted,
            "edited_after_deletion": state.edited_after_deletion,
            "edited_after_merge": state.edited_after_merge(),
            "is_merged": whole.merged,
            "merged_into": merges.into.map(|id| id.to_string()),
            "merged": merges.told,
            "values": values,
            "conflicts": conflicts,
            "comments": merges.with_theirs("comments", comments_json(&state, names)),
            "attachments": merges.with_theirs("attachments", self.attachments_json(&state, names)?),
            "links": merges.with_theirs("links", self.links_json(viewer, whole)?),
            "created": state.first.map(|first| moment(first.at, first.user)),
            "changed": changed,
            "batch": self.batch_json(state.batch, names)?,
            "entries": steps.len(),
            "can": can,
            "transitions": transitions,
            "clock": self.clock_of(whole)?,
        }))
    }

    /// The attachments of a record, the latest first, each with what its camera says of it.
    pub(crate) fn attachments_json(
        &self,
        state: &RecordState<'_>,
        names: &Names,
    ) -> Result<Json, AppError> {
        let one = |seen: &Seen<'_, Attachment>| {
            let mut object = attachment_json(seen.content);
            object["camera"] = self.camera(&seen.content.blob)?;
            object["user"] = names.of(seen.user).into();
            object["at"] = seen.at.wall().to_string().into();
            Ok(object)
        };
        state.attachments.iter().map(one).collect()
    }

    /// The deadline that runs for a record; null where none does.
    fn clock_of(&self, whole: &Whole) -> Result<Json, AppError> {
        let register = self.register(&whole.register)?;
        let Some(workflow) = register.workflow.as_ref().filter(|_| !whole.deleted && !whole.merged)
        else {
            return Ok(Json::Null);
        };
        let (values, stays) = (shown_values(register, whole), self.store.stays(whole)?);
        Ok(self.clock_json(workflow, (&values, &stays)))
    }

    /// What the viewer may do to a record, and which transitions lead on from where it stands.
    fn can(&self, viewer: &Viewer, whole: &Whole) -> Result<(Json, Vec<String>), AppError> {
        let register = self.register(&whole.register)?;
        let values = shown_values(register, whole.full());
        let schema = schema(register);
        let allowed = |action| viewer.decide(action, &schema, &ByName(&values)).allowed;
        let live = |action| match action {
            Action::Read | Action::Comment | Action::Delete => true,
            _ => !whole.deleted && !whole.merged,
        };
        let may = |action: &Action| live(*action) && allowed(*action);
        let can: Map<String, Json> =
            CAN.iter().map(|action| (action.code().to_owned(), may(action).into())).collect();
        let workflow = register.workflow.as_ref().filter(|_| may(&Action::Transition));
        let steps = workflow
            .into_iter()
            .flat_map(|workflow| crate::workflow::leading_on(viewer, workflow, (whole, &values)));
        Ok((Json::Object(can), steps.map(|step| step.name.to_string()).collect()))
    }

    fn batch_json(&self, batch: Option<RecordId>, names: &Names) -> Result<Json, AppError> {
        let Some(id) = batch else { return Ok(Json::Null) };
        let Some((id, at, user, batch)) = self.store.ground().batch(&id)? else {
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
pub(crate) struct Names(pub(crate) BTreeMap<u32, String>);

impl Names {
    pub(crate) fn of(&self, user: u32) -> String {
        match (user, self.0.get(&user)) {
            (_, Some(name)) => name.clone(),
            (0, None) => "node".to_owned(),
            (number, None) => format!("user {number}"),
        }
    }
}

fn attachment_json(file: &Attachment) -> Json {
    json!({ "blob": file.blob.to_string(), "name": file.name, "bytes": file.bytes,
            "media_type": file.media_type, "field": file.field.as_ref().map(Name::as_str) })
}

fn comment(seen: &Seen<'_, Comment>, names: &Names) -> Json {
    json!({ "text": seen.content.text, "field": seen.content.field.as_ref().map(Name::as_str),
            "user": names.of(seen.user), "at": seen.at.wall().to_string() })
}

/// The remarks on a record, the latest first.
pub(crate) fn comments_json(state: &RecordState<'_>, names: &Names) -> Json {
    state.comments.iter().map(|seen| comment(seen, names)).collect()
}

/// A value as JSON; null where there is none.
pub(crate) fn optional(value: Option<&Value>) -> Json {
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
        Act::Comment(comment) => (
            "comment",
            json!({ "text": comment.text,
            "field": comment.field.as_ref().map(Name::as_str) }),
        ),
        Act::Attach(file) => ("attach", attachment_json(file)),
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

fn member_json(member: &Member) -> Json {
    match member {
        Member::Admit(admission) => json!({ "admit": admission.device.to_string() }),
        Member::Revoke(revocation) => json!({ "revoke": revocation.device.to_string() }),
        Member::User(user) => json!({ "user": user.name, "number": user.number }),
        Member::Log(log) => json!({ "log": log.id().to_string() }),
        Member::Compartment(key) => json!({ "compartment": key.compartment.as_str() }),
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
