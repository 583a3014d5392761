//! What phones send in becomes records, or is kept with the reasons why it does not.
//!
//! A phone sends again whatever it does not know to have arrived, and forgets what it does: so what
//! came once is made of once, and nothing that was taken is thrown away. A submission keeps its
//! document and its files on this node; the record it becomes is made by its sender in the ordinary
//! way, with the files it brings, in one transaction.

use journal::{Lane, Operation};
use model::finding::Finding;
use model::id::{BlobId, EntryId, RecordId};
use model::limits::{
    ATTACHMENT_BYTES_MAX, PHONE_DAY_BYTES_MAX, PHONE_DAY_MAX, PHONE_DEVICE_CHARS_MAX,
    PHONE_FILES_MAX, PHONE_NAME_BYTES_MAX,
};
use model::time::Timestamp;
use policy::{Action, Viewer};
use serde_json::{Value as Json, json};
use store::{Fate, Submission, SubmissionFile, Whole};

use super::instance::Instance;
use crate::attachments::media_type_of;
use crate::error::{AppError, Kind};
use crate::node::Node;
use crate::version::Version;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// How often a submission is planned anew because something else was quicker.
const TRIES: usize = 4;
const ID_CONTEXT: &str = "casque submission v1";

/// What a phone sends at once.
#[derive(Clone, Debug, Default)]
pub struct PhoneSent<'a> {
    /// The document with the answers.
    pub xml: &'a [u8],
    /// Files that come with it, all or some.
    pub files: Vec<PhoneUpload<'a>>,
    /// Whether further files follow.
    pub is_incomplete: bool,
    /// Which phone it is, in its own words.
    pub device: String,
}

/// A file that comes with a document.
#[derive(Clone, Debug)]
pub struct PhoneUpload<'a> {
    /// Its name, as the document has it.
    pub name: String,
    /// What kind of file the phone calls it.
    pub media_type: String,
    /// Its content.
    pub content: &'a [u8],
}

/// What became of what a phone sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneTaken {
    /// What it is named by from now on.
    pub submission: RecordId,
    /// What became of it.
    pub outcome: PhoneOutcome,
    /// What somebody should know of it.
    pub findings: Vec<Finding>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneOutcome {
    /// It is in a record, now or from before.
    Made(RecordId),
    /// It is kept and waits for its files.
    Waiting,
    /// It is in no record, and is kept for somebody to look at.
    Kept,
    /// Another document came under its name before; it is kept as well.
    Differs,
    /// Its document cannot be read; it is kept as it came.
    Unreadable,
}

/// A finding as it is kept: with its words, since who looks at it later has other ones.
pub(super) type Words<'w> = &'w dyn Fn(&Finding) -> Json;

/// What is appended for a submission, and what is kept of it.
pub(super) struct Plan {
    pub(super) fate: Fate,
    pub(super) outcome: PhoneOutcome,
    pub(super) findings: Vec<Finding>,
    pub(super) record: Option<RecordId>,
    /// The entries of the submission that this one replaces.
    pub(super) entries: Vec<EntryId>,
    pub(super) operations: Vec<Operation>,
    /// The record as it was planned on, and what the sender does to it.
    pub(super) seen: Option<(Whole, Action)>,
}

/// A submission that is about to be looked at.
pub(super) struct Filing {
    pub(super) kept: Submission,
    /// The files that came with it before.
    pub(super) known: Vec<SubmissionFile>,
    /// Those that come now.
    pub(super) new: Vec<SubmissionFile>,
    pub(super) is_incomplete: bool,
    /// Whether somebody who looked at it wants it in.
    pub(super) is_retried: bool,
}

impl Plan {
    /// A submission that becomes no record.
    pub(super) fn kept(fate: Fate, outcome: PhoneOutcome, findings: Vec<Finding>) -> Self {
        let (entries, operations) = (Vec::new(), Vec::new());
        Self { fate, outcome, findings, record: None, entries, operations, seen: None }
    }
}

impl Filing {
    /// Every file it has so far, the first of each name before others of that name.
    pub(super) fn files(&self) -> impl Iterator<Item = &SubmissionFile> {
        self.known.iter().chain(&self.new)
    }
}

impl Node {
    /// Takes in what a phone of the viewer's sends. `words` are those of a finding, for whoever looks
    /// at it later.
    pub fn phone_submit(
        &mut self,
        viewer: &Viewer,
        sent: &PhoneSent<'_>,
        words: &dyn Fn(&Finding) -> Json,
    ) -> Result<PhoneTaken, AppError> {
        check_lengths(sent)?;
        let id = id_of(viewer.user, sent.xml);
        for _try in 0..TRIES {
            let before = self.store.ground().submission(&id)?;
            let kept = before.clone().unwrap_or_else(|| self.new_submission(viewer, id, sent));
            let filing = self.filing(kept, sent)?;
            if before.is_none() || !filing.new.is_empty() {
                self.check_room(viewer, &filing)?;
            }
            let plan = self.phone_plan(viewer, &filing)?;
            if self.phone_append(before.as_ref(), &filing, &plan, (sent, words))? {
                let Plan { outcome, findings, .. } = plan;
                return Ok(PhoneTaken { submission: id, outcome, findings });
            }
        }
        Err(AppError::new(Kind::Unavailable, Finding::error("store-busy")))
    }

    /// That what comes is within what one submission may bring, and a user in a day.
    fn check_room(&self, viewer: &Viewer, filing: &Filing) -> Result<(), AppError> {
        if filing.files().count() > PHONE_FILES_MAX {
            let finding = Finding::error("phone-file-too-many").with("max", PHONE_FILES_MAX);
            return Err(AppError::invalid(vec![finding]));
        }
        let now = self.environment.clock.now();
        let since = Timestamp::from_ms(now.as_ms().saturating_sub(DAY_MS));
        let (count, bytes, first) = self.store.ground().submissions_since(viewer.user, since)?;
        if count >= PHONE_DAY_MAX || bytes >= PHONE_DAY_BYTES_MAX {
            let wait_ms = first.as_ms().saturating_sub(since.as_ms()).max(0);
            let finding = Finding::error("phone-too-many").with("max", PHONE_DAY_MAX);
            let finding = finding.with("seconds", wait_ms / 1_000 + 1);
            return Err(AppError::new(Kind::Unavailable, finding));
        }
        Ok(())
    }

    /// A submission that comes for the first time.
    fn new_submission(&self, viewer: &Viewer, id: RecordId, sent: &PhoneSent<'_>) -> Submission {
        let document = Instance::read(sent.xml).ok();
        let name = document.as_ref().and_then(|known| known.id().ok()).unwrap_or_default();
        let form = document.as_ref().and_then(|known| known.form().ok()).unwrap_or_default();
        let device = sent.device.chars().filter(|letter| !letter.is_control());
        Submission {
            id,
            user: viewer.user,
            instance: name,
            form: form.to_owned(),
            fate: Fate::Refused,
            record: None,
            entries: Vec::new(),
            device: device.take(PHONE_DEVICE_CHARS_MAX).collect(),
            received: self.environment.clock.now(),
            reasons: String::new(),
            xml: sent.xml.to_vec(),
        }
    }

    fn filing(&self, kept: Submission, sent: &PhoneSent<'_>) -> Result<Filing, AppError> {
        let known = self.store.ground().submission_files(&kept.id)?;
        let mut new: Vec<SubmissionFile> = Vec::new();
        for file in sent.files.iter().map(file_of) {
            let is_it =
                |other: &SubmissionFile| (&other.name, &other.blob) == (&file.name, &file.blob);
            if !known.iter().chain(&new).any(is_it) {
                new.push(file);
            }
        }
        Ok(Filing { kept, known, new, is_incomplete: sent.is_incomplete, is_retried: false })
    }

    /// Writes everything of a plan in one transaction, where things are still as it was made on;
    /// whether they were.
    pub(super) fn phone_append(
        &mut self,
        before: Option<&Submission>,
        filing: &Filing,
        plan: &Plan,
        (sent, words): (&PhoneSent<'_>, Words<'_>),
    ) -> Result<bool, AppError> {
        let sender = filing.kept.user;
        let seen = plan.seen.as_ref();
        let viewer = seen.map(|_seen| self.viewer_numbered(sender)).transpose()?;
        let mut writer = self.writer()?;
        if writer.submission(&filing.kept.id)?.as_ref() != before {
            return Ok(false);
        }
        if let (Some((whole, action)), Some(viewer)) = (seen, &viewer) {
            let found = writer.record_for(viewer, *action, &whole.register, &whole.id)?;
            let planned_on = Version::of(whole.full());
            if found.is_none_or(|found| Version::of(found.full()) != planned_on) {
                return Ok(false);
            }
        }
        for upload in &sent.files {
            writer.put_file(upload.content)?;
        }
        let mut kept = filing.kept.clone();
        kept.entries.extend(&plan.entries);
        for operation in &plan.operations {
            kept.entries.push(writer.append(Lane::Routine, None, operation)?);
        }
        // Files that come later do not take back what was found in the answers.
        let is_more = kept.record.is_some() || plan.fate == Fate::Dismissed;
        kept.reasons = reasons((&kept.reasons, is_more), &plan.findings, words);
        kept.fate = if is_more && kept.fate == Fate::Partly { Fate::Partly } else { plan.fate };
        kept.record = plan.record.or(kept.record);
        if before != Some(&kept) {
            writer.put_submission(&kept)?;
        }
        for file in &filing.new {
            writer.put_submission_file(&kept.id, file)?;
        }
        writer.commit()?;
        Ok(true)
    }

    /// The viewer of a user by number; of one who is shut out nothing.
    pub(super) fn viewer_numbered(&self, user: u32) -> Result<Viewer, AppError> {
        let known = self.store.ground().account(user)?.map(|(_entry, account)| account);
        let name = known.as_ref().map_or_else(String::new, |account| account.name.clone());
        let known = known.filter(|account| !account.disabled);
        Ok(self.viewer_of(&known.ok_or_else(|| AppError::absent("user-unknown", name))?))
    }
}

/// What a submission is named by.
fn id_of(user: u32, xml: &[u8]) -> RecordId {
    let mut hasher = blake3::Hasher::new_derive_key(ID_CONTEXT);
    hasher.update(&user.to_be_bytes()).update(xml);
    let mut bytes = [0; 16];
    hasher.finalize_xof().fill(&mut bytes);
    RecordId::from_bytes(bytes)
}

fn check_lengths(sent: &PhoneSent<'_>) -> Result<(), AppError> {
    let is_large = |file: &PhoneUpload<'_>| file.content.len() as u64 > ATTACHMENT_BYTES_MAX;
    if sent.files.iter().any(is_large) {
        let finding = Finding::error("attachment-too-large").with("max", ATTACHMENT_BYTES_MAX);
        return Err(AppError::invalid(vec![finding]));
    }
    let is_nameless =
        |file: &PhoneUpload<'_>| !(1..=PHONE_NAME_BYTES_MAX).contains(&file.name.len());
    if sent.files.iter().any(is_nameless) {
        let finding = Finding::error("phone-file-nameless").with("max", PHONE_NAME_BYTES_MAX);
        return Err(AppError::invalid(vec![finding]));
    }
    Ok(())
}

/// A file as it is kept; without a media type where it is none that can be attached.
fn file_of(upload: &PhoneUpload<'_>) -> SubmissionFile {
    let media_type = media_type_of(&upload.media_type, &upload.name, upload.content);
    SubmissionFile {
        name: upload.name.clone(),
        blob: BlobId::from_bytes(*blake3::hash(upload.content).as_bytes()),
        bytes: upload.content.len() as u64,
        media_type: media_type.unwrap_or_default().to_owned(),
    }
}

/// Findings as they are kept, beside what people noted.
fn reasons((before, stay): (&str, bool), findings: &[Finding], words: Words<'_>) -> String {
    let [notes, known] = ["notes", "findings"].map(|name| super::refused::part(before, name));
    let mut all: Vec<Json> = known.as_array().cloned().filter(|_| stay).unwrap_or_default();
    for finding in findings.iter().map(words) {
        if !all.contains(&finding) {
            all.push(finding);
        }
    }
    if all.is_empty() && notes.is_null() {
        return String::new();
    }
    json!({ "findings": all, "notes": notes }).to_string()
}
