//! What phones sent and somebody has to look at: listed, shown, tried again, closed.
//!
//! A document as it came may hold answers to sealed fields, and to fields that nobody knows any
//! more. So whoever administers sees that it is there, from whom and with which kinds of findings;
//! what is in it is for those who could read the record it would be, with every sealed field it
//! names. A document that tells too little to judge is for those who may read everything.

use mission::register::Register;
use model::classification::Classification;
use model::finding::Finding;
use model::id::{Name, RecordId};
use model::limits::PHONE_LISTED_MAX;
use model::value::Value;
use policy::{Action, Viewer};
use serde_json::{Value as Json, json};
use store::{Fate, Submission, SubmissionFile};

use super::instance::Said;
use super::plan::{blobs, read};
use super::submissions::{Filing, PhoneSent, PhoneTaken, Plan};
use crate::accounts::administers;
use crate::edit::Values;
use crate::edit::protect;
use crate::error::{AppError, Kind};
use crate::node::Node;
use crate::registers::schema;

/// How much of a submission a viewer sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sight {
    /// That it is there.
    Outline,
    /// Everything in it.
    Content,
}

impl Node {
    /// What somebody has to look at, the latest first, as far as it is the viewer's to know.
    pub fn phone_refused(&self, viewer: &Viewer, language: &str) -> Result<Json, AppError> {
        let open = self.store.ground().submissions_open(PHONE_LISTED_MAX)?;
        let mut all = Vec::new();
        for id in open {
            let Some(kept) = self.store.ground().submission(&id)? else { continue };
            let files = self.store.ground().submission_files(&id)?;
            if let Some(sight) = self.sight(viewer, &kept, &files)? {
                all.push(self.refused_json(&kept, &files, (sight, language))?);
            }
        }
        Ok(Json::Array(all))
    }

    /// One of them; its document as well, where the viewer may see what is in it.
    pub fn phone_refused_one(
        &self,
        viewer: &Viewer,
        id: &str,
        language: &str,
    ) -> Result<Json, AppError> {
        let (kept, files, sight) = self.seen_submission(viewer, id)?;
        let mut document = self.refused_json(&kept, &files, (sight, language))?;
        if sight == Sight::Content {
            document["xml"] = String::from_utf8_lossy(&kept.xml).into();
        }
        Ok(document)
    }

    /// A file of one of them, for whoever may see what is in it.
    pub fn phone_refused_file(
        &self,
        viewer: &Viewer,
        id: &str,
        blob: &str,
    ) -> Result<Vec<u8>, AppError> {
        let (_kept, files, sight) = self.seen_submission(viewer, id)?;
        let file = files.into_iter().find(|file| file.blob.to_string() == blob);
        let file = file.filter(|_file| sight == Sight::Content);
        let file = file.ok_or_else(|| AppError::absent("attachment-absent", blob))?;
        let mut content = Vec::new();
        for part in 0.. {
            match self.store.ground().file_part(&file.blob, part)? {
                Some(bytes) => content.extend(bytes),
                None => break,
            }
        }
        Ok(content)
    }

    /// Tries once more to make what a phone sent a record, in the name of whoever sent it and with
    /// their rights as they are now. What came under a name that was taken is a change of what it
    /// was taken by.
    pub fn phone_retry(
        &mut self,
        viewer: &Viewer,
        (id, reason): (&str, &str),
        words: &dyn Fn(&Finding) -> Json,
    ) -> Result<PhoneTaken, AppError> {
        let (before, known) = self.to_close(viewer, id, reason)?;
        let sender = self.viewer_numbered(before.user)?;
        let mut kept = before.clone();
        kept.reasons = self.noted(&before, viewer, ("retried", reason));
        let filing =
            Filing { kept, known, new: Vec::new(), is_incomplete: false, is_retried: true };
        let plan = self.phone_plan(&sender, &filing)?;
        if !self.phone_append(Some(&before), &filing, &plan, (&PhoneSent::default(), words))? {
            return Err(AppError::new(Kind::Unavailable, Finding::error("store-busy")));
        }
        let Plan { outcome, findings, .. } = plan;
        Ok(PhoneTaken { submission: before.id, outcome, findings })
    }

    /// Closes one of them: it stays on the node and is listed no more.
    pub fn phone_dismiss(
        &mut self,
        viewer: &Viewer,
        (id, reason): (&str, &str),
    ) -> Result<(), AppError> {
        let (before, _files) = self.to_close(viewer, id, reason)?;
        let fate = if before.record.is_some() { Fate::Made } else { Fate::Dismissed };
        let reasons = self.noted(&before, viewer, ("dismissed", reason));
        let kept = Submission { fate, reasons, ..before.clone() };
        let mut writer = self.writer()?;
        if writer.submission(&kept.id)?.as_ref() != Some(&before) {
            return Err(AppError::new(Kind::Unavailable, Finding::error("store-busy")));
        }
        writer.put_submission(&kept)?;
        Ok(writer.commit()?)
    }

    /// One that the viewer may try again or close: whoever administers, and whoever may file in its
    /// form and see what is in it.
    fn to_close(
        &self,
        viewer: &Viewer,
        id: &str,
        reason: &str,
    ) -> Result<(Submission, Vec<SubmissionFile>), AppError> {
        let (kept, files, sight) = self.seen_submission(viewer, id)?;
        let files_here = sight == Sight::Content && self.phone_register(viewer, &kept.form).is_ok();
        if !administers(viewer) && !files_here {
            return Err(AppError::absent("administrators-only", &viewer.name));
        }
        if reason.trim().is_empty() {
            return Err(AppError::invalid(vec![Finding::error("phone-reason-missing")]));
        }
        if matches!(kept.fate, Fate::Made | Fate::Dismissed) {
            let finding = Finding::error("phone-submission-closed").with("submission", id);
            return Err(AppError::new(Kind::Conflict, finding));
        }
        Ok((kept, files))
    }

    fn seen_submission(
        &self,
        viewer: &Viewer,
        id: &str,
    ) -> Result<(Submission, Vec<SubmissionFile>, Sight), AppError> {
        let absent = || AppError::absent("phone-submission-unknown", id);
        let number: RecordId = id.parse().map_err(|_not_an_id| absent())?;
        let kept = self.store.ground().submission(&number)?.ok_or_else(absent)?;
        let files = self.store.ground().submission_files(&number)?;
        let sight = self.sight(viewer, &kept, &files)?.ok_or_else(absent)?;
        Ok((kept, files, sight))
    }

    /// How much of a submission is the viewer's to know; nothing where they do not know of it.
    fn sight(
        &self,
        viewer: &Viewer,
        kept: &Submission,
        files: &[SubmissionFile],
    ) -> Result<Option<Sight>, AppError> {
        if self.may_open(viewer, kept, files)? {
            return Ok(Some(Sight::Content));
        }
        let knows = administers(viewer) || viewer.user == kept.user;
        Ok(knows.then_some(Sight::Outline))
    }

    fn may_open(
        &self,
        viewer: &Viewer,
        kept: &Submission,
        files: &[SubmissionFile],
    ) -> Result<bool, AppError> {
        let register = self.pack().register(&kept.form);
        let said = read(&kept.xml).ok().zip(register).map(|(instance, register)| {
            (instance.answers(register, &blobs(files.iter())), register)
        });
        match said {
            Some((said, register)) if said.findings.is_empty() && said.unplaced.is_empty() => {
                self.may_read_all_of(viewer, register, said)
            }
            _ => Ok(self.reads_everything(viewer)),
        }
    }

    /// Whether the viewer could read the record that a document would be, with all that it names.
    fn may_read_all_of(
        &self,
        viewer: &Viewer,
        register: &Register,
        said: Said,
    ) -> Result<bool, AppError> {
        let mut values = said.values;
        protect(register, &mut values);
        let row = crate::import::ByName(&values);
        if !viewer.decide(Action::Read, &schema(register), &row).allowed {
            return Ok(false);
        }
        let table = self.store.table(&register.name)?;
        let in_order: Vec<Option<Value>> =
            table.fields().map(|(name, _kind)| values.get(name).cloned().flatten()).collect();
        let closed = table.closed_in(viewer, Action::Read, &in_order);
        Ok(!closed.iter().any(|name| is_named(&values, &said.files, name)))
    }

    /// Whether nothing on this node is closed to the viewer: what nobody can judge may be anything.
    fn reads_everything(&self, viewer: &Viewer) -> bool {
        let is_cleared = Some(&viewer.clearance) == Classification::ALL.iter().max();
        let holds = |name: &Name| viewer.compartments.hold(name.as_str());
        let reads_all =
            self.open_to(viewer, &[Action::Read]).count() == self.pack().registers.len();
        let is_anywhere = viewer.areas.is_empty() && reads_all;
        is_cleared && is_anywhere && self.pack().compartments.keys().all(holds)
    }

    fn refused_json(
        &self,
        kept: &Submission,
        files: &[SubmissionFile],
        (sight, language): (Sight, &str),
    ) -> Result<Json, AppError> {
        let is_open = sight == Sight::Content;
        let sent = files.iter().map(|file| {
            json!({ "name": is_open.then_some(&file.name), "bytes": file.bytes,
                    "blob": is_open.then(|| file.blob.to_string()), "media_type": file.media_type })
        });
        let findings = part(&kept.reasons, "findings");
        let findings = findings.as_array().into_iter().flatten();
        let findings = findings.map(|finding| match sight {
            Sight::Content => finding["words"][language].clone(),
            Sight::Outline => json!({ "code": finding["code"] }),
        });
        Ok(json!({
            "id": kept.id.to_string(),
            "form": kept.form,
            "instance": kept.instance,
            "user": self.user_names()?.of(kept.user),
            "device": kept.device,
            "received": kept.received.to_string(),
            "state": state(kept.fate),
            "record": kept.record.map(|record| record.to_string()),
            "bytes": kept.xml.len(),
            "files": sent.collect::<Json>(),
            "findings": findings.collect::<Json>(),
            "notes": part(&kept.reasons, "notes"),
            "content": is_open,
        }))
    }

    /// What is kept of a submission's reasons, and who did what about it.
    fn noted(&self, kept: &Submission, viewer: &Viewer, (act, reason): (&str, &str)) -> String {
        let at = self.environment.clock.now().to_string();
        let mut notes = part(&kept.reasons, "notes");
        let note = json!({ "act": act, "user": viewer.name, "at": at, "reason": reason });
        match notes.as_array_mut() {
            Some(notes) => notes.push(note),
            None => notes = json!([note]),
        }
        json!({ "findings": part(&kept.reasons, "findings"), "notes": notes }).to_string()
    }
}

/// A part of what is kept as the reasons of a submission.
pub(super) fn part(reasons: &str, name: &str) -> Json {
    let mut all: Json = serde_json::from_str(reasons).unwrap_or_default();
    all[name].take()
}

fn is_named(
    values: &Values,
    files: &std::collections::BTreeMap<String, Name>,
    name: &Name,
) -> bool {
    values.get(name).is_some_and(Option::is_some) || files.values().any(|field| field == name)
}

const fn state(fate: Fate) -> &'static str {
    match fate {
        Fate::Made => "made",
        Fate::Dismissed => "dismissed",
        Fate::Partly => "partly",
        Fate::Waiting => "waiting",
        Fate::Refused => "refused",
    }
}
