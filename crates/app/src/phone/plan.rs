//! What a submission becomes: a record, a change of one, more files of one, or something to look at.
//!
//! A change is held against the document it replaces, not against the record: what differs between
//! the two documents is what somebody changed on the phone. It overwrites what that phone had
//! brought in and nothing else, so whatever the node was told meanwhile stands beside it, as a
//! conflict that is shown.

use std::collections::BTreeMap;

use journal::{Act, Attachment, Content, Edit, Operation};
use mission::register::Register;
use model::finding::Finding;
use model::id::{BlobId, EntryId, Name, RecordId};
use policy::{Action, Viewer};
use store::{Fate, Submission, SubmissionFile};

use super::instance::{Instance, Said};
use super::submissions::{Filing, PhoneOutcome, Plan};
use crate::answers::Answers;
use crate::attachments::kept_name;
use crate::edit::{Values, allow, live, shown_values, with};
use crate::error::{AppError, Kind};
use crate::held::{Done, Moment};
use crate::node::Node;
use crate::seen::register_of;
use crate::workflow;

impl Node {
    /// What becomes of a submission as things stand.
    pub(super) fn phone_plan(
        &mut self,
        sender: &Viewer,
        filing: &Filing,
    ) -> Result<Plan, AppError> {
        let instance = match read(&filing.kept.xml) {
            Ok(instance) => instance,
            Err(finding) => {
                return Ok(Plan::kept(Fate::Refused, PhoneOutcome::Unreadable, vec![finding]));
            }
        };
        if filing.kept.fate == Fate::Dismissed && !filing.is_retried {
            return Ok(Plan::kept(Fate::Dismissed, PhoneOutcome::Kept, Vec::new()));
        }
        let earlier = self.earlier(&filing.kept)?;
        if let (Some(_), false) = (&earlier, filing.is_retried) {
            let finding =
                Finding::error("phone-instance-differs").with("instance", &filing.kept.instance);
            return Ok(Plan::kept(Fate::Refused, PhoneOutcome::Differs, vec![finding]));
        }
        let plan = match filing.kept.record {
            Some(record) => self.late_files(sender, &instance, filing, record),
            None => self.plan_of(sender, &instance, filing, earlier),
        };
        match plan {
            Err(error) if filing.is_incomplete && is_about_content(&error) => {
                Ok(Plan::kept(Fate::Waiting, PhoneOutcome::Waiting, error.findings))
            }
            Err(error) if is_about_content(&error) => {
                Ok(Plan::kept(Fate::Refused, PhoneOutcome::Kept, error.findings))
            }
            plan => plan,
        }
    }

    /// What came under the same name before with other content, and nobody has closed.
    fn earlier(&self, kept: &Submission) -> Result<Option<Submission>, AppError> {
        let all = self.store.ground().submissions_of(kept.user, &kept.instance)?;
        let mut before = all.into_iter().take_while(|other| other.id != kept.id);
        Ok(before.find(|other| other.fate != Fate::Dismissed))
    }

    /// A record, or the change of one.
    fn plan_of(
        &mut self,
        sender: &Viewer,
        instance: &Instance<'_>,
        filing: &Filing,
        earlier: Option<Submission>,
    ) -> Result<Plan, AppError> {
        let form = &filing.kept.form;
        let said = instance.answers(self.phone_register(sender, form)?, &blobs(filing.files()));
        if !said.findings.is_empty() {
            return Err(AppError::invalid(said.findings));
        }
        let replaced = match instance.replaces() {
            Some(name) => Some(self.replaced(&filing.kept, &name)?),
            None => earlier,
        };
        match replaced.and_then(|known| known.record.map(|record| (known, record))) {
            Some((known, record)) => {
                self.phone_edit(sender, (instance, &said), filing, (&known, record))
            }
            // What it replaces never became a record, so this is what that should have been.
            None => self.phone_making(sender, &said, filing),
        }
    }

    /// The submission that another one replaces: of the same user, in the same form.
    fn replaced(&self, kept: &Submission, name: &str) -> Result<Submission, AppError> {
        let all = self.store.ground().submissions_of(kept.user, name)?;
        let mut all =
            all.into_iter().filter(|known| known.form == kept.form && known.id != kept.id);
        let first = all.next();
        let made = first.clone().into_iter().chain(all).find(|known| known.record.is_some());
        let unknown = || {
            let finding = Finding::error("phone-edit-unknown").with("instance", name);
            AppError::invalid(vec![finding])
        };
        made.or(first).ok_or_else(unknown)
    }

    fn phone_making(
        &mut self,
        sender: &Viewer,
        said: &Said,
        filing: &Filing,
    ) -> Result<Plan, AppError> {
        let reason = Some(filing.kept.instance.clone());
        let answers = Answers::Values(&said.values);
        let making = self.making(sender, &filing.kept.form, answers, reason)?;
        let Done { outcome: (record, making), warnings } = making;
        let mut operations = vec![making];
        operations.extend(self.attaching(sender, record, filing.files(), said));
        let findings = warnings.into_iter().chain(remarks(said, filing)).collect();
        Ok(made(record, operations, findings))
    }

    fn phone_edit(
        &self,
        sender: &Viewer,
        (instance, said): (&Instance<'_>, &Said),
        filing: &Filing,
        (known, record): (&Submission, RecordId),
    ) -> Result<Plan, AppError> {
        let whole = self.whole(sender, &known.form, &record.to_string())?;
        live(&whole)?;
        let register = self.register(&whole.register)?;
        let old_files = self.store.ground().submission_files(&known.id)?;
        let old = read(&known.xml).map_err(|finding| AppError::invalid(vec![finding]))?;
        let old = old.answers(register, &blobs(old_files.iter())).values;
        // A file that is named again and not sent again is the one that came before.
        let files = blobs(filing.files().chain(&old_files));
        let new = instance.answers(register, &files).values;
        let before = shown_values(register, whole.full());
        let mut changes: Values = changed(&old, new).collect();
        check_open(&register_of(register, &whole), &changes)?;
        changes.retain(|name, value| before.get(name) != Some(&*value));
        workflow::refuse_edit(register, &before, &changes)?;
        allow(sender, Action::Edit, register, &before)?;
        let moment = Moment::new(self.now(), self.pack());
        let moment = moment.with_bits_of(*record.as_bytes());
        let held = moment.hold_change(register, (&before, &mut changes), &whole.closed);
        let warnings = held.map_err(AppError::invalid)?;
        changes.retain(|name, value| before.get(name) != Some(&*value));
        allow(sender, Action::Edit, register, &with(&before, &changes))?;
        let state = whole.full().state();
        let edits = changes.into_iter().map(|(field, value)| {
            let seen = state.fields.get(&field).map_or(&[][..], Vec::as_slice);
            let own = seen.iter().map(|seen| seen.entry);
            let overwrites = own.filter(|entry| known.entries.contains(entry)).collect();
            Edit { field, content: Content::Plain(value), overwrites }
        });
        let (edits, reason) = (edits.collect(), filing.kept.instance.clone());
        let mut operations = self.set(sender, &whole, edits, Some(&reason));
        let is_new = |file: &&SubmissionFile| !old_files.iter().any(|old| old.blob == file.blob);
        operations.extend(self.attaching(sender, record, filing.files().filter(is_new), said));
        drop(state);
        let entries = known.entries.clone();
        let findings = warnings.into_iter().chain(remarks(said, filing)).collect();
        let plan = made(record, operations, findings);
        Ok(Plan { entries, seen: Some((whole, Action::Read)), ..plan })
    }

    /// Files that come after the record was made: attached, and set where they are an answer. Where
    /// the record is gone or out of its maker's reach, they are kept with the submission.
    fn late_files(
        &self,
        sender: &Viewer,
        instance: &Instance<'_>,
        filing: &Filing,
        record: RecordId,
    ) -> Result<Plan, AppError> {
        if filing.new.is_empty() {
            let plan = Plan::kept(filing.kept.fate, PhoneOutcome::Made(record), Vec::new());
            return Ok(plan);
        }
        let register = self.phone_register(sender, &filing.kept.form)?;
        let whole = self.store.record_for(sender, Action::Create, &register.name, &record)?;
        let Some(whole) = whole.filter(|whole| !whole.deleted) else {
            let finding = Finding::warning("phone-file-late").with("record", record);
            let plan = made(record, Vec::new(), vec![finding]);
            return Ok(plan);
        };
        let before = instance.answers(register, &blobs(filing.known.iter())).values;
        let said = instance.answers(register, &blobs(filing.files()));
        let mut changes: Values = changed(&before, said.values.clone()).collect();
        let moment = Moment::new(self.now(), self.pack());
        let moment = moment.with_bits_of(*record.as_bytes());
        let shown = shown_values(register, whole.full());
        let held = moment.hold_change(register, (&shown, &mut changes), &whole.closed);
        // What the record has become may leave no room for the answer; the file belongs to it still.
        let left_out = held.unwrap_or_else(|findings| {
            changes.clear();
            findings
        });
        let edits = changes.into_iter().map(|(field, value)| Edit {
            field,
            content: Content::Plain(value),
            overwrites: filing.kept.entries.clone(),
        });
        let (edits, reason) = (edits.collect(), &filing.kept.instance);
        let mut operations = self.set(sender, &whole, edits, Some(reason));
        operations.extend(self.attaching(sender, record, filing.new.iter(), &said));
        let findings = left_out.into_iter().chain(remarks(&said, filing)).collect();
        let plan = made(record, operations, findings);
        Ok(Plan { seen: Some((whole, Action::Create)), ..plan })
    }

    /// What attaches files to a record, each to the field that names it.
    fn attaching<'f>(
        &self,
        sender: &Viewer,
        record: RecordId,
        files: impl Iterator<Item = &'f SubmissionFile>,
        said: &Said,
    ) -> Vec<Operation> {
        let fit = files.filter(|file| !file.media_type.is_empty());
        let attach = fit.map(|file| {
            let attachment = Attachment {
                blob: file.blob,
                bytes: file.bytes,
                name: kept_name(&file.name, &file.media_type),
                media_type: file.media_type.clone(),
                field: said.files.get(&file.name).cloned(),
                key: None,
                overwrites: Vec::new(),
            };
            let operation = self.operation(sender.user, Act::Attach(attachment));
            Operation { record: Some(record), ..operation }
        });
        attach.collect()
    }
}

/// A document that says what it is.
pub(super) fn read(xml: &[u8]) -> Result<Instance<'_>, Finding> {
    let instance = Instance::read(xml)?;
    instance.id()?;
    instance.form()?;
    Ok(instance)
}

/// The first file of each name.
pub(super) fn blobs<'f>(
    files: impl Iterator<Item = &'f SubmissionFile>,
) -> BTreeMap<String, BlobId> {
    let mut blobs = BTreeMap::new();
    for file in files.filter(|file| !file.media_type.is_empty()) {
        blobs.entry(file.name.clone()).or_insert(file.blob);
    }
    blobs
}

fn made(record: RecordId, operations: Vec<Operation>, findings: Vec<Finding>) -> Plan {
    let fate = if findings.is_empty() { Fate::Made } else { Fate::Partly };
    let entries: Vec<EntryId> = Vec::new();
    let outcome = PhoneOutcome::Made(record);
    Plan { fate, outcome, findings, record: Some(record), entries, operations, seen: None }
}

/// What of a submission found no place in its record.
fn remarks(said: &Said, filing: &Filing) -> Vec<Finding> {
    let untaken = filing.files().filter(|file| file.media_type.is_empty());
    let untaken = untaken.map(|file| {
        Finding::warning("phone-file-untaken").with("name", &file.name).in_file(file.name.clone())
    });
    let names: Vec<&str> = said.unplaced.iter().map(String::as_str).collect();
    let unplaced = Finding::warning("phone-answers-unplaced").with("fields", names.join(", "));
    untaken.chain((!names.is_empty()).then_some(unplaced)).collect()
}

/// The values that are others than before.
fn changed(
    before: &Values,
    after: Values,
) -> impl Iterator<Item = (Name, Option<model::value::Value>)> {
    after.into_iter().filter(|(name, value)| before.get(name) != Some(value))
}

/// Refuses changes of what the sender may not see any more, as if there were no such field.
fn check_open(seen: &Register, changes: &Values) -> Result<(), AppError> {
    let unknown = changes.keys().filter(|name| seen.form.field(name.as_str()).is_none());
    let findings: Vec<Finding> =
        unknown.map(|name| forms::check::unknown_field(&seen.form, name.as_str())).collect();
    if findings.is_empty() { Ok(()) } else { Err(AppError::invalid(findings)) }
}

/// Whether somebody can do something about it, rather than wait until it is over.
fn is_about_content(error: &AppError) -> bool {
    matches!(error.kind, Kind::Invalid | Kind::DeniedOrAbsent | Kind::Conflict)
}
