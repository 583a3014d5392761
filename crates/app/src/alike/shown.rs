//! What is told of a record that was merged, or into which others were: as far as its viewer may read
//! the others. Of one they may not read they hear nothing, not from links and not from the history.

use std::collections::BTreeSet;

use journal::{Act, MERGED, MERGED_INTO, NOT_DUPLICATE_OF};
use model::id::{EntryId, RecordId};
use policy::Viewer;
use serde_json::{Value as Json, json};
use store::{StoredEntry, Whole};

use crate::edit::shown_values;
use crate::error::AppError;
use crate::node::Node;
use crate::shown::{Names, comments_json, optional};

/// The others of a record, as its viewer may know of them.
pub(crate) struct MergesShown {
    pub(crate) into: Option<RecordId>,
    /// The records that were merged into it.
    pub(crate) told: Vec<Json>,
    /// What hangs on those: remarks, files, links, each with its record.
    theirs: Json,
}

impl MergesShown {
    /// A list of the record's own, and behind it what the records have that were merged into it.
    pub(crate) fn with_theirs(&self, list: &str, mut own: Json) -> Json {
        if let (Some(own), Some(theirs)) = (own.as_array_mut(), self.theirs[list].as_array()) {
            own.extend(theirs.iter().cloned());
        }
        own
    }
}

impl Node {
    /// What a viewer may know of a record's merges.
    pub(crate) fn merges_shown(
        &self,
        viewer: &Viewer,
        whole: &Whole,
        names: &Names,
    ) -> Result<MergesShown, AppError> {
        let merges = self.store.merges(viewer, &whole.register, &whole.id)?;
        let mut shown = MergesShown { into: merges.into, told: Vec::new(), theirs: json!({}) };
        for id in merges.from {
            let Some(other) = self.store.record(viewer, &whole.register, &id)? else { continue };
            shown.told.push(self.merged_json(&other, names)?);
            let state = other.state();
            let lists = [
                ("comments", comments_json(&state, names)),
                ("attachments", self.attachments_json(&state, names)?),
                ("links", self.links_json(viewer, &other)?),
            ];
            for (name, list) in lists {
                add(&mut shown.theirs[name], list, &id);
            }
        }
        Ok(shown)
    }

    /// The links of a record to others that the viewer may read, but for those of merges.
    pub(crate) fn links_json(&self, viewer: &Viewer, whole: &Whole) -> Result<Json, AppError> {
        let mut told = Vec::new();
        for link in &whole.state().links {
            let (relation, target) = (link.content.relation.as_str(), &link.content.target);
            let is_merge = [MERGED, MERGED_INTO].contains(&relation);
            if !is_merge && self.knows(viewer, whole, target)? {
                told.push(json!({ "relation": relation, "target": target.to_string() }));
            }
        }
        Ok(Json::Array(told))
    }

    /// The steps of a history that tell of no record the viewer may not read.
    pub(crate) fn steps_known<'w>(
        &self,
        viewer: &Viewer,
        whole: &'w Whole,
    ) -> Result<Vec<&'w StoredEntry>, AppError> {
        let mut hidden: BTreeSet<EntryId> = BTreeSet::new();
        for stored in &whole.history {
            if let Some(Act::Link(link)) = stored.operation.as_ref().map(|o| &o.act)
                && !self.knows(viewer, whole, &link.target)?
            {
                hidden.insert(stored.id);
            }
        }
        let takes_back_hidden =
            |stored: &StoredEntry| match stored.operation.as_ref().map(|o| &o.act) {
                Some(Act::Remove { overwrites }) if !overwrites.is_empty() => {
                    overwrites.iter().all(|entry| hidden.contains(entry))
                }
                _ => false,
            };
        let is_known =
            |stored: &&StoredEntry| !hidden.contains(&stored.id) && !takes_back_hidden(stored);
        Ok(whole.history.iter().filter(is_known).collect())
    }

    /// The records of which somebody said that they are not the same as this one.
    pub(crate) fn said_distinct(whole: &Whole) -> BTreeSet<RecordId> {
        let state = whole.state();
        let links = state.links.iter().map(|link| link.content);
        let said = links.filter(|link| link.relation.as_str() == NOT_DUPLICATE_OF);
        said.map(|link| link.target).collect()
    }

    fn knows(&self, viewer: &Viewer, whole: &Whole, other: &RecordId) -> Result<bool, AppError> {
        if self.store.record(viewer, &whole.register, other)?.is_some() {
            return Ok(true);
        }
        Ok(self.store.register_of(viewer, other)?.is_some())
    }

    /// A record that was merged: what it is called, who merged it, when and why.
    fn merged_json(&self, other: &Whole, names: &Names) -> Result<Json, AppError> {
        let register = self.register(&other.register)?;
        let values = shown_values(register, other);
        let title = register.title_field.as_ref().and_then(|field| values.get(field)?.as_ref());
        let state = other.state();
        let link = state.merges().next();
        let entry =
            link.and_then(|link| other.history.iter().find(|stored| stored.id == link.entry));
        let reason = entry.and_then(|stored| stored.operation.as_ref()?.reason.clone());
        Ok(json!({
            "id": other.id.to_string(),
            "title": optional(title),
            "at": link.map(|link| link.at.wall().to_string()),
            "user": link.map(|link| names.of(link.user)),
            "reason": reason,
        }))
    }
}

fn add(lists: &mut Json, more: Json, record: &RecordId) {
    if lists.is_null() {
        *lists = json!([]);
    }
    let Json::Array(more) = more else { return };
    for mut item in more {
        if item.get("record").is_none() {
            item["record"] = record.to_string().into();
        }
        if let Some(list) = lists.as_array_mut() {
            list.push(item);
        }
    }
}
