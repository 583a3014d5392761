//! Files attached to records: taken in on disk, looked at, kept with the entry that names them, and
//! read back by whoever may read the record.

mod clean;
mod kind;
mod name;
mod outgoing;
mod photo;

use std::fs::{self, File};
use std::io::{Read, Seek, Write};
use std::path::PathBuf;

use journal::{Act, Attachment};
use model::finding::Finding;
use model::id::{BlobId, Name};
use model::limits::ATTACHMENT_BYTES_MAX;
use policy::{Action, Viewer};
use serde_json::{Value as Json, json};
use store::Whole;

use crate::edit::{Planned, allow, field_named, live, shown_values};
use crate::error::AppError;
use crate::node::Node;
use crate::seen::register_of;
use crate::version::Aim;

pub use outgoing::OutgoingFile;

/// Where files lie while they come in.
const FOLDER: &str = "incoming";
/// The finding about a kind of file that nobody takes.
const UNKNOWN_TYPE: &str = "attachment-type-unknown";

/// A file that is coming in, on disk and nowhere in memory. It has no name: it is gone with its value,
/// and with a process that is killed.
#[derive(Debug)]
pub struct Incoming {
    file: File,
    folder: PathBuf,
    bytes: u64,
    bytes_max: u64,
}

/// What is said of a file that came in.
#[derive(Debug, Clone, Default)]
pub struct FileSaid {
    /// Its name, as its owner has it.
    pub name: String,
    /// What kind of file it is, in its owner's words: `image/jpeg`.
    pub media_type: String,
    /// The field it answers.
    pub field: Option<String>,
}

/// A file that is attached to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachedFile {
    /// Its content.
    pub blob: BlobId,
    /// Its name, harmless on every system.
    pub name: String,
    /// What kind of file it is.
    pub media_type: String,
    /// Its length in bytes.
    pub bytes: u64,
}

impl Node {
    /// A place for a file that comes in.
    pub fn incoming(&self) -> Result<Incoming, AppError> {
        self.incoming_up_to(ATTACHMENT_BYTES_MAX)
    }

    /// A place for something that comes in, of so many bytes at most.
    pub fn incoming_up_to(&self, bytes_max: u64) -> Result<Incoming, AppError> {
        let folder = self.files.folder.join(FOLDER);
        let failed = |error| AppError::file(&folder, error);
        fs::create_dir_all(&folder).map_err(failed)?;
        let file = tempfile::tempfile_in(&folder).map_err(failed)?;
        Ok(Incoming { file, folder, bytes: 0, bytes_max })
    }

    /// Attaches a file to a record: its content and the entry that names it in one transaction. The
    /// same file under the same name again changes nothing.
    pub fn attach<'a>(
        &mut self,
        viewer: &Viewer,
        aim: impl Into<Aim<'a>>,
        incoming: &mut Incoming,
        said: &FileSaid,
    ) -> Result<AttachedFile, AppError> {
        incoming.check()?;
        let (aim, content) = (aim.into(), incoming.content()?);
        let blob = BlobId::from_bytes(*blake3::hash(&content).as_bytes());
        self.change_with(viewer, &aim, Some(&content), &|node, whole| {
            live(whole)?;
            let register = node.register(&whole.register)?;
            allow(viewer, Action::Attach, register, &shown_values(register, whole.full()))?;
            let seen = register_of(register, whole);
            let field = said.field.as_deref().map(|name| field_named(&seen, name)).transpose()?;
            let kind = kind::of(&said.media_type, &said.name, &content)?;
            let file = AttachedFile {
                blob,
                name: name::harmless(&said.name, kind.extensions),
                media_type: kind.media_type.to_owned(),
                bytes: content.len() as u64,
            };
            if is_attached(whole, &file, field.as_ref()) {
                return Ok(Planned { operations: Vec::new(), outcome: file });
            }
            let act = Act::Attach(to_entry(&file, field));
            let operations = vec![node.about(viewer, whole, act, None)];
            Ok(Planned { operations, outcome: file })
        })
    }

    /// That the viewer may attach a file to a record: asked before one is taken in.
    pub fn may_attach(&self, viewer: &Viewer, register: &str, id: &str) -> Result<(), AppError> {
        let whole = self.whole(viewer, register, id)?;
        live(&whole)?;
        let register = self.register_for(viewer, register)?;
        allow(viewer, Action::Attach, register, &shown_values(register, whole.full()))
    }

    /// The files attached to a record, the latest first.
    pub fn attachments(&self, viewer: &Viewer, register: &str, id: &str) -> Result<Json, AppError> {
        let whole = self.whole(viewer, register, id)?;
        self.attachments_json(&whole.state(), &self.user_names()?)
    }

    /// A file of a record, where it is attached to it and the viewer may read the record.
    pub fn attached(
        &self,
        viewer: &Viewer,
        (register, id): (&str, &str),
        blob: &str,
    ) -> Result<AttachedFile, AppError> {
        let whole = self.whole(viewer, register, id)?;
        let state = whole.state();
        let found = state.attachments.iter().find(|seen| seen.content.blob.to_string() == blob);
        let absent = || AppError::absent("attachment-absent", blob);
        found.map(|seen| of_entry(seen.content)).ok_or_else(absent)
    }
}

impl AttachedFile {
    /// The file as the record's own document has it.
    pub fn json(&self) -> Json {
        json!({ "blob": self.blob.to_string(), "name": self.name, "bytes": self.bytes,
                "media_type": self.media_type })
    }
}

impl Incoming {
    /// Takes more of the file, up to the largest it may be.
    pub fn take(&mut self, bytes: &[u8]) -> Result<(), AppError> {
        self.bytes += bytes.len() as u64;
        if self.bytes > self.bytes_max {
            let finding = Finding::error("attachment-too-large").with("max", self.bytes_max);
            return Err(AppError::invalid(vec![finding]));
        }
        self.file.write_all(bytes).map_err(|error| AppError::file(&self.folder, error))
    }

    /// That there is anything in it: what is said before anybody looks at the record.
    pub fn check(&self) -> Result<(), AppError> {
        if self.bytes > 0 {
            return Ok(());
        }
        Err(AppError::invalid(vec![Finding::error("attachment-empty")]))
    }

    /// The whole content, which is within the limit.
    pub fn content(&mut self) -> Result<Vec<u8>, AppError> {
        let mut content = Vec::with_capacity(usize::try_from(self.bytes).unwrap_or(0));
        let read = self.file.rewind().and_then(|()| self.file.read_to_end(&mut content));
        read.map_err(|error| AppError::file(&self.folder, error))?;
        Ok(content)
    }
}

/// The media type of a file that a phone sends. Some are of kinds that nobody else attaches: those
/// are files of no kind, since a phone cannot do anything about it.
pub(crate) fn media_type_of(
    said: &str,
    name: &str,
    content: &[u8],
) -> Result<&'static str, AppError> {
    if content.is_empty() {
        return Err(AppError::invalid(vec![Finding::error("attachment-empty")]));
    }
    let kind = match kind::of(said, name, content) {
        Err(error) if error.findings.iter().any(|known| known.code == UNKNOWN_TYPE) => {
            kind::of("", name, content)
        }
        known => known,
    };
    Ok(kind?.media_type)
}

/// What a file of this media type is kept as.
pub(crate) fn kept_name(name: &str, media_type: &str) -> String {
    name::harmless(name, kind::extensions(media_type))
}

fn is_attached(whole: &Whole, file: &AttachedFile, field: Option<&Name>) -> bool {
    let same = |known: &Attachment| of_entry(known) == *file && known.field.as_ref() == field;
    whole.state().attachments.iter().any(|seen| same(seen.content))
}

fn to_entry(file: &AttachedFile, field: Option<Name>) -> Attachment {
    Attachment {
        blob: file.blob,
        bytes: file.bytes,
        name: file.name.clone(),
        media_type: file.media_type.clone(),
        field,
        key: None,
        overwrites: Vec::new(),
    }
}

fn of_entry(file: &Attachment) -> AttachedFile {
    AttachedFile {
        blob: file.blob,
        name: file.name.clone(),
        media_type: file.media_type.clone(),
        bytes: file.bytes,
    }
}
